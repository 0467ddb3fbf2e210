"""The history of a record in plain words."""

from datetime import UTC, datetime
from typing import Any

import pytest

from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.ledger import FieldChange, HistoryEntry, Origin
from services.records.people import CustomField
from ui.pages.record.history_parts import HistoryLine, Names, linked_uids
from ui.pages.record.history_words import history_items
from ui.pages.record.moments import Moments

NOW = datetime(2026, 11, 20, 13, tzinfo=UTC)
ROSA, ACME, VIP, SCORE = (bytes([number] * 16).hex() for number in (1, 2, 3, 4))
NAMES = Names(
    {ROSA: "Rosa Quill", ACME: "Acme", VIP: "vip"},
    {SCORE: CustomField(Uid(bytes.fromhex(SCORE)), "contact", "fit", "bool", "Fits", (), False)},
)
POINT = {"kind": "email", "raw": "a@x.example", "normal": "a@x.example", "label": ""}


def entry(*changes: tuple[str, Any, Any], op: str = "update", batch: int = 1, **other: Any) -> HistoryEntry:
    """A change of one record."""
    values: dict[str, Any] = {
        "seq": 1,
        "batch": Uid(bytes([batch] * 16)),
        "label_code": "contact.change",
        "origin": Origin.USER,
        "actor_name": "Rosa Quill",
        "changed_at": NOW,
        "entity": EntityKind.CONTACT,
        "uid": Uid(bytes(16)),
        "op": op,
        "fields": tuple(FieldChange(*change) for change in changes),
        "erased": False,
    }
    return HistoryEntry(**values | other)


def said(*entries: HistoryEntry) -> tuple[str, tuple[HistoryLine, ...]]:
    """Title and lines of the newest item."""
    item = history_items(entries, NAMES, Moments(lambda: NOW, UTC))[0]
    return item.title, item.lines


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (("title", "Buyer", "Owner"), HistoryLine("Title", "Buyer", "Owner")),
        (("lifecycle", "prospect", "customer"), HistoryLine("Lifecycle", "Prospect", "Customer")),
        (("owner", None, ROSA), HistoryLine("Owner", "", "Rosa Quill")),
        (("birthday", None, "1990-05-09"), HistoryLine("Birthday", "", "9 May 1990")),
        (("do_not_contact", None, 1), HistoryLine("Do not contact", "", "Yes")),
        ((f"tags/{VIP}", None, {}), HistoryLine("Tags", "", "vip")),
        ((f"tags/{VIP}", {}, None), HistoryLine("Tags", "vip", "")),
        ((f"points/{VIP}", None, POINT), HistoryLine("Email", "", "a@x.example")),
        ((f"points/{VIP}/bounced", None, 1), HistoryLine("Bounced", "No", "Yes")),
        ((f"participants/{ROSA}", None, {}), HistoryLine("Participants", "", "Rosa Quill")),
        ((f"participants/{ROSA}", {}, None), HistoryLine("Participants", "Rosa Quill", "")),
        ((f"domains/{VIP}", None, {"domain": "x.example", "position": 0}), HistoryLine("Domain", "", "x.example")),
        ((f"domains/{VIP}/domain", "x.example", "y.example"), HistoryLine("Domain", "x.example", "y.example")),
        (
            (f"points/{VIP}/raw", "a@x.example", "b@x.example"),
            HistoryLine("Contact point", "a@x.example", "b@x.example"),
        ),
        ((f"roles/{VIP}", None, {"company": ACME, "is_primary": 1}), HistoryLine("Company", "", "Acme")),
        ((f"roles/{VIP}/company", ROSA, ACME), HistoryLine("Company", "Rosa Quill", "Acme")),
        ((f"custom/{SCORE}", None, 1), HistoryLine("Fits", "", "Yes")),
    ],
)
def test_a_value_is_said_as_people_say_it(change: tuple[str, Any, Any], line: HistoryLine) -> None:
    assert said(entry(change))[1] == (line,)


def test_what_only_the_program_needs_is_left_out() -> None:
    quiet = ((f"points/{VIP}/normal", "a", "b"), (f"points/{VIP}/is_primary", 0, 1), ("title", "a", "b"))
    assert [line.what for line in said(entry(*quiet))[1]] == ["Title"]


@pytest.mark.parametrize(
    ("made", "title"),
    [
        (entry(("title", "a", "b")), "Title changed"),
        (entry(("title", "a", "b"), ("notes", "a", "b")), "2 values changed"),
        (entry((f"tags/{VIP}", None, {})), "Tag put on"),
        (entry((f"tags/{VIP}", {}, None)), "Tag taken off"),
        (entry(("first_name", None, "Anna"), op="create"), "Added"),
        (entry(("first_name", None, "Anna"), op="create", origin=Origin.IMPORT), "Came with an import"),
        (entry(("title", "a", "b"), origin=Origin.IMPORT), "Updated by an import"),
        (entry(("deleted_at", None, 1), op="delete"), "Moved to Trash"),
        (entry(("deleted_at", 1, None), op="restore"), "Restored from Trash"),
        (entry(("title", "b", "a"), origin=Origin.UNDO), "Taken back"),
        (entry(op="update", erased=True), "Erased for good"),
    ],
)
def test_a_batch_has_a_title_that_says_what_it_did(made: HistoryEntry, title: str) -> None:
    assert said(made)[0] == title


def test_the_changes_of_one_batch_stand_together() -> None:
    items = history_items(
        [entry(("title", "b", "c"), batch=2), entry(("title", "a", "b")), entry(("notes", "a", "b"))],
        NAMES,
        Moments(lambda: NOW, UTC),
    )
    assert [(item.batch[0], len(item.lines)) for item in items] == [(2, 1), (1, 2)]


def test_every_uid_that_has_a_name_is_looked_up() -> None:
    found = linked_uids(
        [entry(("owner", ROSA, None), (f"tags/{VIP}", None, {}), (f"roles/{SCORE}", None, {"company": ACME}))]
    )
    assert found == {ROSA: EntityKind.USER, VIP: EntityKind.TAG, ACME: EntityKind.COMPANY}


def test_an_erased_change_cannot_be_taken_back() -> None:
    item = history_items([entry(erased=True)], NAMES, Moments(lambda: NOW, UTC))[0]
    assert not item.can_undo
