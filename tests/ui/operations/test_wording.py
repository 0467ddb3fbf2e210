"""What batches are called in toasts."""

from __future__ import annotations

import pytest

from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.ledger import LeftAlone, UndoOutcome
from ui.operations.history import left_alone, redone, undone
from ui.operations.wording import name_of_batch, things


@pytest.mark.parametrize(
    ("entity", "count", "text"),
    [
        ("contact", 1, "1 contact"),
        ("contact", 1204, "1,204 contacts"),
        ("company", 2, "2 companies"),
        ("activity", 0, "0 activities"),
        ("setting", 1, "1 record"),
        ("setting", 3, "3 records"),
    ],
)
def test_a_count_of_records_is_said_in_words(entity: str, count: int, text: str) -> None:
    assert things(entity, count) == text


@pytest.mark.parametrize(
    ("code", "records", "text"),
    [
        ("contact.import", 1204, "import of 1,204 contacts"),
        ("contact.delete", 12, "12 contacts moved to Trash"),
        ("company.restore", 1, "1 company restored"),
        ("contact.tag", 3, "tag on 3 contacts"),
        ("contact.change", 1, "change of a contact"),
        ("user.profile", 1, "change of your profile"),
        ("something.new", 2, "2 records"),
        ("", 2, "2 records"),
    ],
)
def test_a_batch_is_named_by_what_it_did(code: str, records: int, text: str) -> None:
    assert name_of_batch(code, records) == text


def outcome(*left: LeftAlone) -> UndoOutcome:
    """What undoing a change of one contact tells."""
    return UndoOutcome(None, (), "contact.change", 1, left)


def value(field: str) -> LeftAlone:
    """A value that stayed."""
    return LeftAlone(EntityKind.CONTACT, Uid(b"u" * 16), field, "changed since")


def test_undo_and_redo_name_the_batch() -> None:
    assert undone(outcome()).sentence == "Undone: change of a contact"
    assert redone(outcome()).sentence == "Done again: change of a contact"


@pytest.mark.parametrize(
    ("left", "text"),
    [
        ((), ""),
        ((value("first_name"),), "First name was changed since and stays as it is."),
        ((value("points.ab12.raw"),), "One value was changed since and stays as it is."),
        ((value(""),), "One record is no longer there and was left alone."),
        ((value("a"), value("b")), "2 values were changed since and stay as they are."),
    ],
)
def test_what_was_left_alone_is_said(left: tuple[LeftAlone, ...], text: str) -> None:
    assert left_alone(left) == text
