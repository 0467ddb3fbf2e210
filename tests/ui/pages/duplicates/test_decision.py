"""What is decided about two records, field by field, and how differences and values are written."""

from datetime import UTC, date, datetime

import pytest

from services.records.duplicates import MergeField, MergePreview, MergeReason, PairSide, Side, WholeAddress
from services.records.fields import EntityKind
from services.records.ids import Uid
from ui.pages.duplicates.decision import Decision, equal_fields
from ui.pages.duplicates.differences import marked
from ui.pages.duplicates.words import (
    conflict_names,
    conflicts_text,
    in_reading_order,
    merge_field_name,
    reason_text,
    short_name,
    value_text,
)
from ui.pages.record.moments import Moments

NOW = datetime(2026, 11, 20, 13, tzinfo=UTC)
TITLE = MergeField("title", "Plant Manager", "Werksleiterin", True, Side.OTHER)
EMAIL = MergeField("email", ("a@x.example",), ("b@x.example", "a@x.example"), True, Side.BOTH, may_both=True)
NOTES = MergeField("notes", "One", "Two", True, Side.BOTH, may_both=True)
PHONE = MergeField("phone", ("+49 40 1",), (), True, Side.KEEP, may_both=True)
CONSENT = MergeField("consent.email", "granted", "withdrawn", True, Side.OTHER, locked=True)
OWNER = MergeField("owner", "Rosa Quill", "Rosa Quill", False, Side.KEEP)
BIRTHDAY = MergeField("birthday", None, None, False, Side.KEEP)
FIELDS = (OWNER, NOTES, TITLE, EMAIL, PHONE, CONSENT, BIRTHDAY)


def preview(*fields: MergeField) -> MergePreview:
    one, two = (PairSide(number, Uid(bytes([number]) * 16), f"N{number}", "", NOW) for number in (1, 2))
    return MergePreview(EntityKind.CONTACT, one, two, 97, "Same name.", fields or FIELDS, ())


def test_what_is_not_chosen_is_as_suggested() -> None:
    decision = Decision(preview())
    assert decision.choices == {}
    assert [decision.result(field) for field in (TITLE, NOTES, CONSENT)] == ["Werksleiterin", "One\n\nTwo", "withdrawn"]
    assert decision.result(EMAIL) == ("a@x.example", "b@x.example")


def test_only_what_differs_from_the_suggestion_is_sent_along() -> None:
    decision = Decision(preview()).chosen("title", Side.KEEP).chosen("email", Side.OTHER)
    assert decision.choices == {"title": Side.KEEP, "email": Side.OTHER}
    assert decision.chosen("title", Side.OTHER).choices == {"email": Side.OTHER}


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("consent.email", Side.KEEP),
        ("title", Side.BOTH),
        ("phone", Side.BOTH),
        ("owner", Side.OTHER),
        ("unknown", Side.OTHER),
    ],
)
def test_a_choice_that_cannot_be_made_changes_nothing(name: str, side: Side) -> None:
    decision = Decision(preview())
    assert decision.chosen(name, side) is decision


def test_a_press_takes_one_of_two_or_adds_and_removes_where_both_fit() -> None:
    decision = Decision(preview())
    assert decision.toggled("title", Side.KEEP).side(TITLE) is Side.KEEP
    assert decision.toggled("title", Side.OTHER).side(TITLE) is Side.OTHER
    only_other = decision.toggled("email", Side.KEEP)
    assert only_other.side(EMAIL) is Side.OTHER
    assert only_other.toggled("email", Side.OTHER) is only_other  # one of the two always stays
    assert only_other.toggled("email", Side.KEEP).side(EMAIL) is Side.BOTH
    assert decision.toggled("phone", Side.OTHER).side(PHONE) is Side.OTHER  # an empty one is one of two


def test_choices_are_carried_onto_a_newer_reading_as_far_as_they_can_still_be_made() -> None:
    decision = Decision(preview()).chosen("title", Side.KEEP).chosen("email", Side.OTHER)
    equal_now = MergeField("email", ("a@x.example",), ("a@x.example",), False, Side.KEEP, may_both=True)
    assert decision.on(preview(TITLE, equal_now)).choices == {"title": Side.KEEP}


def test_equal_fields_are_those_in_which_both_say_something() -> None:
    assert equal_fields(preview()) == (OWNER,)


@pytest.mark.parametrize(
    ("text", "other", "differing"),
    [
        ("Mei-Lin Zhou", "M. Zhou", ["Mei-Lin"]),
        ("M. Zhou", "Mei-Lin Zhou", ["M."]),
        ("mei-lin.zhou@x.example", "m.zhou@x.example", ["mei-lin.zhou"]),
        ("Kanalweg 8, 20457 Hamburg", "kanalweg 8, Hamburg", ["20457"]),
        ("Plant Manager", "Werksleiterin", []),
        ("Same", "Same", []),
        ("", "Something", []),
        ("Something", "", []),
    ],
)
def test_words_that_the_other_lacks_are_marked_unless_they_share_none(
    text: str, other: str, differing: list[str]
) -> None:
    parts = marked(text, other)
    assert [part.text for part in parts if part.differs] == differing
    assert "".join(part.text for part in parts) == text


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("birthday", date(1990, 5, 9), "9 May 1990"),
        ("do_not_contact", True, "Yes"),
        ("consent.email", "withdrawn", "Withdrawn"),
        ("lifecycle", "customer", "Customer"),
        ("language", "de", "German"),
        ("email", ("a@x.example", "b@x.example"), "a@x.example, b@x.example"),
        ("cadence_days", 1400, "1,400"),
        ("notes", "One\n\nTwo", "One Two"),
        ("title", None, ""),
        ("tags", (), ""),
        ("birthday", "--05-09", "9 May"),
        ("birthday", "someday", "someday"),
        ("custom.contract_end", date(2027, 1, 31), "31 January 2027"),
        (
            "address",
            (WholeAddress("Kanalweg 8", "20457", "Hamburg", "", "DE"), WholeAddress("", "", "Austin", "Texas", "US")),
            "Kanalweg 8, 20457 Hamburg, Germany · Austin, Texas, United States",
        ),
    ],
)
def test_values_are_written_on_one_line_as_people_read_them(name: str, value: object, text: str) -> None:
    assert value_text(EntityKind.CONTACT, name, value, Moments(lambda: NOW)) == text


def test_fields_have_names_and_an_order_to_read_them_in() -> None:
    assert [field.name for field in in_reading_order(FIELDS)][:4] == ["title", "email", "phone", "birthday"]
    assert in_reading_order(FIELDS)[-1].name == "notes"
    assert merge_field_name("custom.contract_end") == "Contract end"
    assert merge_field_name("consent.email") == "Consent: Email"


@pytest.mark.parametrize(
    ("name", "other", "short"),
    [("Mei-Lin Zhou", "M. Zhou", "Mei-Lin"), ("Anna Berg", "Anna Bergh", "Anna Berg"), ("", "Anna", "")],
)
def test_a_head_of_a_column_is_the_first_word_unless_both_begin_with_it(name: str, other: str, short: str) -> None:
    assert short_name(name, other) == short


def test_every_reason_is_told_in_a_few_words_unless_both_are_equal() -> None:
    told = {reason: reason_text(reason) for reason in MergeReason}
    assert told.pop(MergeReason.EQUAL) == ""
    assert all(0 < len(text) <= 20 for text in told.values())
    assert len(set(told.values())) == len(told)


def test_fields_in_conflict_are_named_in_reading_order() -> None:
    assert conflict_names(("external_key", "lifecycle", "name")) == "Name, lifecycle, external key"
    assert conflict_names(()) == ""
    assert [conflicts_text(count) for count in (0, 1, 1200)] == [
        "no value in conflict",
        "1 value in conflict",
        "1,200 values in conflict",
    ]
