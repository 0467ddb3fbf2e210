"""What a merge suggests is what a careful colleague would take; each suggestion says why."""

from __future__ import annotations

from typing import Any, Final

import pytest

from services.clock import to_millis
from services.merge_choices import Row, combined, rows_of
from services.merge_suggestions import Suggestion, covers, suggestion
from services.records.duplicates import MergeReason, Side, WholeAddress
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.people import CustomField
from services.store.aggregates import Document
from services.store.catalogue import CATALOGUE
from tests.support.workspaces import NOON

CONTACT, COMPANY = EntityKind.CONTACT, EntityKind.COMPANY
KEEP, OTHER, BOTH = Side.KEEP, Side.OTHER, Side.BOTH
OLD, NEW = 1, 2
MARCH: Final = to_millis(NOON)
JUNE: Final = MARCH + 90 * 86_400_000
CUSTOM: Final = {
    name: CustomField(Uid(bytes(16)), "contact", name, kind, name, (), personal=False)
    for name, kind in (("plan", "text"), ("seats", "number"), ("contract_end", "date"), ("tier", "choice"))
}


def document(entity: EntityKind, **values: Any) -> Document:
    return {**CATALOGUE[entity].blank(), **values}


def row_named(name: str, mine: Document, other: Document, entity: EntityKind = CONTACT) -> Row:
    return next(row for row in rows_of(CATALOGUE[entity], mine, other, CUSTOM) if row.name == name)


def suggested(
    name: str,
    mine: dict[str, Any],
    other: dict[str, Any],
    *,
    entity: EntityKind = CONTACT,
    written: tuple[int, int] = (OLD, NEW),
) -> Suggestion:
    """What is taken of a row where everything of the other record was written later, unless something else is said."""
    one, two = document(entity, **mine), document(entity, **other)
    row = row_named(name, one, two, entity)
    mine_written, other_written = (dict.fromkeys(row.paths, seq) for seq in written)
    return suggestion(row, one, two, (mine_written, other_written))


def told(side: Side, reason: str) -> Suggestion:
    return Suggestion(side, MergeReason(reason))


@pytest.mark.parametrize(
    ("mine", "other", "side", "reason"),
    [
        (("Mei-Lin", "Zhou"), ("M.", "Zhou"), KEEP, "fuller"),
        (("M.", "Zhou"), ("Mei-Lin", "Zhou"), OTHER, "fuller"),
        (("Anna", None), ("Anna", "Berg"), OTHER, "fuller"),
        (("Anna Maria", "Berg"), ("Anne", "Bergh"), KEEP, "fuller"),
        (("Anna", "Schmidt"), ("Anna", "Müller"), OTHER, "newer"),
        (("JÖRG", "MÜLLER"), ("Jörg", "Müller"), OTHER, "written"),
        (("Jörg", "Müller"), ("jörg", "müller"), KEEP, "written"),
        (("Soren", "Olsen"), ("Søren", "Olsen"), OTHER, "written"),
        ((None, None), ("Anna", "Berg"), OTHER, "only"),
        (("Anna", "Berg"), (None, None), KEEP, "only"),
        (("Anna", "Berg"), ("Anna", "Berg"), KEEP, "equal"),
    ],
)
def test_of_two_names_the_more_complete_is_taken(
    mine: tuple[str | None, str | None], other: tuple[str | None, str | None], side: Side, reason: str
) -> None:
    fields = [dict(zip(("first_name", "last_name"), name, strict=True)) for name in (mine, other)]
    assert suggested("name", *fields) == told(side, reason)


@pytest.mark.parametrize(
    ("mine", "other", "side", "reason"),
    [
        ("Plant Manager", "Werksleiterin", OTHER, "newer"),
        ("Head of Sales", "Sales", KEEP, "fuller"),
        ("Head of Strategic Sales", "Manager", KEEP, "fuller"),
        ("Sales", "Head of Sales", OTHER, "fuller"),
        ("Head of Sales", "CEO", OTHER, "newer"),
        ("Manager", "VP Sales", OTHER, "newer"),
        ("Buyer", "-", KEEP, "only"),
        ("n/a", "Buyer", OTHER, "only"),
        ("buyer", "Buyer", OTHER, "written"),
        ("Buyer", None, KEEP, "only"),
    ],
)
def test_a_newer_but_emptier_job_title_is_not_taken(
    mine: str | None, other: str | None, side: Side, reason: str
) -> None:
    assert suggested("title", {"title": mine}, {"title": other}) == told(side, reason)


def test_of_two_titles_that_say_as_much_the_newer_is_taken_whichever_stays() -> None:
    fields = {"title": "Plant Manager"}, {"title": "Werksleiterin"}
    assert suggested("title", *fields, written=(NEW, OLD)) == told(KEEP, "newer")
    assert suggested("title", *fields, written=(OLD, OLD)) == told(KEEP, "stays")


LEFT: Final = {"lifecycle": "churned", "churned_at": MARCH, "churn_reason": "Price"}


@pytest.mark.parametrize(
    ("mine", "other", "written", "side", "reason"),
    [
        ({"lifecycle": "customer"}, {"lifecycle": "prospect"}, (OLD, NEW), KEEP, "further"),
        ({"lifecycle": "prospect"}, {"lifecycle": "customer"}, (NEW, OLD), OTHER, "further"),
        ({"lifecycle": "customer"}, LEFT, (OLD, NEW), OTHER, "left"),
        ({"lifecycle": "customer"}, LEFT, (NEW, OLD), KEEP, "not_since"),
        (LEFT, {"lifecycle": "prospect"}, (NEW, OLD), KEEP, "left"),
        (LEFT, {"lifecycle": "customer"}, (OLD, NEW), OTHER, "not_since"),
        (LEFT, {**LEFT, "churned_at": JUNE}, (NEW, OLD), OTHER, "left"),
        ({**LEFT, "churn_reason": None}, LEFT, (NEW, OLD), OTHER, "left"),
        (LEFT, {**LEFT, "churn_reason": "Moved"}, (OLD, NEW), OTHER, "newer"),
        ({"lifecycle": None}, {"lifecycle": "prospect"}, (NEW, OLD), OTHER, "only"),
        ({"lifecycle": "customer"}, {"lifecycle": "partner"}, (OLD, NEW), KEEP, "further"),
    ],
)
def test_a_customer_stands_over_a_prospect_and_one_who_left_only_where_that_was_later(
    mine: dict[str, Any], other: dict[str, Any], written: tuple[int, int], side: Side, reason: str
) -> None:
    assert suggested("lifecycle", mine, other, written=written) == told(side, reason)


@pytest.mark.parametrize(
    ("since", "side", "reason"), [("2026-01-01", OTHER, "left"), ("2027-01-01", KEEP, "not_since")]
)
def test_whether_a_company_came_back_is_told_by_the_days_where_both_are_known(
    since: str, side: Side, reason: str
) -> None:
    customer = {"lifecycle": "customer", "customer_since": since}
    for written in ((OLD, NEW), (NEW, OLD)):
        assert suggested("lifecycle", customer, LEFT, entity=COMPANY, written=written) == told(side, reason)


def test_who_left_takes_day_and_reason_along() -> None:
    mine, other = document(CONTACT, lifecycle="customer"), document(CONTACT, **LEFT)
    row = row_named("lifecycle", mine, other)
    after = combined([row], mine, other, {row.name: OTHER}, lambda: "new")
    assert {name: after[name] for name in LEFT} == LEFT


@pytest.mark.parametrize(
    ("name", "mine", "other", "side", "reason"),
    [
        ("owner", "aa", "bb", KEEP, "stays"),
        ("owner", None, "bb", OTHER, "only"),
        ("external_key", "A-1", "B-2", KEEP, "stays"),
        ("birthday", "--05-09", "1986-05-09", OTHER, "fuller"),
        ("birthday", "1986-05-09", "--05-09", KEEP, "fuller"),
        ("birthday", "1986-05-09", "1987-05-09", OTHER, "newer"),
        ("cadence_days", 250, 25, OTHER, "newer"),
        ("cadence_days", 25, 250, OTHER, "newer"),
        ("language", "en", "en-GB", OTHER, "newer"),
        ("preferred_channel", "call", "email", OTHER, "newer"),
        ("do_not_contact", 1, None, KEEP, "stricter"),
        ("do_not_contact", 0, 1, OTHER, "stricter"),
        ("do_not_contact", 1, 0, KEEP, "stricter"),
        ("notes", "One", "Two", BOTH, "both"),
        ("notes", "One", "One and more", OTHER, "has_all"),
        ("notes", "One and more", "One", KEEP, "has_all"),
        ("tags", {"x": {}}, {"y": {}}, BOTH, "both"),
        ("tags", {"x": {}, "y": {}}, {"y": {}}, KEEP, "has_all"),
    ],
)
def test_other_fields_have_a_rule_and_a_reason(name: str, mine: Any, other: Any, side: Side, reason: str) -> None:
    assert suggested(name, {name: mine}, {name: other}) == told(side, reason)


@pytest.mark.parametrize(
    ("name", "mine", "other", "side", "reason"),
    [
        ("plan", "Team", "Team yearly", OTHER, "fuller"),
        ("plan", "Team yearly", "Team", KEEP, "fuller"),
        ("seats", 250, 25, OTHER, "newer"),
        ("contract_end", "2027-01-31", "2026-12-31", OTHER, "newer"),
        ("tier", "Gold plus", "Gold", OTHER, "newer"),
    ],
)
def test_own_fields_are_compared_by_their_kind(name: str, mine: Any, other: Any, side: Side, reason: str) -> None:
    values = {"custom": {name: mine}}, {"custom": {name: other}}
    assert suggested(f"custom.{name}", *values) == told(side, reason)


def test_a_company_is_a_customer_since_the_earlier_day() -> None:
    days = {"customer_since": "2024-05-01"}, {"customer_since": "2021-02-03"}
    assert suggested("customer_since", *days, entity=COMPANY, written=(NEW, OLD)) == told(OTHER, "earlier")
    assert suggested("customer_since", *reversed(days), entity=COMPANY) == told(KEEP, "earlier")


def point(kind: str, normal: str, *, primary: bool = True, **values: Any) -> Document:
    blank = dict.fromkeys(("city", "region", "postal_code", "country", "verified", "bounced"))
    return {"kind": kind, "label": "", "raw": normal, "normal": normal, "is_primary": int(primary), **blank, **values}


@pytest.mark.parametrize(
    ("mine", "other", "side", "reason"),
    [
        ([point("email", "a")], [point("email", "b")], BOTH, "both"),
        ([point("email", "a")], [point("email", "a")], KEEP, "has_all"),
        ([point("email", "a")], [point("email", "a", verified=1)], BOTH, "both"),
        ([point("email", "a"), point("email", "b", primary=False)], [point("email", "b")], KEEP, "has_all"),
        ([], [point("email", "b")], OTHER, "only"),
        ([point("email", "a")], [], KEEP, "only"),
    ],
)
def test_addresses_and_numbers_of_both_are_kept_and_the_main_one_stays(
    mine: list[Document], other: list[Document], side: Side, reason: str
) -> None:
    one = document(CONTACT, points={f"a{n}": found for n, found in enumerate([*mine, point("phone", "1")])})
    two = document(CONTACT, points={f"b{n}": found for n, found in enumerate([*other, point("phone", "1")])})
    row = row_named("email", one, two)
    found = suggestion(row, one, two, ({}, {}))
    assert found == told(side, reason)
    keys = iter("xyz")
    merged = combined([row], one, two, {row.name: found.side}, lambda: next(keys))["points"].values()
    emails = {known["normal"]: known["is_primary"] for known in merged if known["kind"] == "email"}
    assert emails.keys() == {known["normal"] for known in [*mine, *other]}
    assert [normal for normal, primary in emails.items() if primary] == [(mine or other)[0]["normal"]]


def consent(state: str, decided_at: int | None, proof: str | None = None) -> Document:
    return {"channel": "email", "state": state, "basis": None, "decided_at": decided_at, "proof": proof}


@pytest.mark.parametrize(
    ("mine", "other", "side", "reason", "holds"),
    [
        ([("granted", 1)], [("withdrawn", 2)], OTHER, "withdrawn", "withdrawn"),
        ([("granted", 2)], [("withdrawn", 1)], OTHER, "withdrawn", "withdrawn"),
        ([("withdrawn", 1)], [("granted", 2)], KEEP, "withdrawn", "withdrawn"),
        ([("granted", 3), ("granted", 4)], [("withdrawn", 1)], OTHER, "withdrawn", "withdrawn"),
        ([("granted", None)], [("withdrawn", None)], OTHER, "withdrawn", "withdrawn"),
        ([("granted", 1)], [("granted", 2)], OTHER, "newer", "granted"),
        ([("withdrawn", 2)], [("withdrawn", 1)], KEEP, "newer", "withdrawn"),
        ([("granted", 1)], [("granted", 1)], KEEP, "equal", "granted"),
        ([], [("granted", 1)], OTHER, "only", "granted"),
        ([("withdrawn", 1)], [], KEEP, "only", "withdrawn"),
        ([("withdrawn", 1), ("granted", 2)], [("granted", 1)], KEEP, "newer", "granted"),
    ],
)
def test_a_withdrawal_stands_against_every_grant_and_of_two_equal_answers_the_last_one_holds(
    mine: list[tuple[str, int | None]], other: list[tuple[str, int | None]], side: Side, reason: str, holds: str
) -> None:
    one, two = (
        document(CONTACT, consents={f"{letter}{n}": consent(*answer) for n, answer in enumerate(answers)})
        for letter, answers in (("a", mine), ("b", other))
    )
    row = row_named("consent.email", one, two)
    found = suggestion(row, one, two, ({}, {}))
    assert found == told(side, reason)
    after = combined([row], one, two, {row.name: found.side}, lambda: "new")["consents"].values()
    assert max(after, key=lambda answer: answer["decided_at"] or 0)["state"] == holds


def test_a_grant_with_its_proof_is_taken_of_two_on_one_day() -> None:
    one, two = (document(CONTACT, consents={"a": consent("granted", 1, proof)}) for proof in (None, "form.pdf"))
    assert suggestion(row_named("consent.email", one, two), one, two, ({}, {})) == told(OTHER, "newer")


@pytest.mark.parametrize(
    ("full", "short", "expected"),
    [
        ("Mei-Lin Zhou", "M. Zhou", True),
        ("M. Zhou", "Mei-Lin Zhou", False),
        ("Anna Berg", "Anna Berg", False),
        ("Stellhorn Elektrik GmbH", "Stellhorn", True),
        ("Anna Berg", "Jonas", False),
    ],
)
def test_a_text_covers_another_when_it_says_all_of_it_and_more(full: str, short: str, expected: bool) -> None:
    assert covers(full, short) is expected


@pytest.mark.parametrize(
    ("address", "line"),
    [
        (WholeAddress("Kanalweg 8", "20457", "Hamburg", "", "DE"), "Kanalweg 8, 20457 Hamburg, DE"),
        (WholeAddress("Kanalweg 8\nHinterhaus"), "Kanalweg 8 Hinterhaus"),
        (WholeAddress("", "", "Austin", "Texas", "US"), "Austin, Texas, US"),
        (WholeAddress("Kanalweg 8, 20457 Hamburg", "20457", "Hamburg", "", "DE"), "Kanalweg 8, 20457 Hamburg, DE"),
    ],
)
def test_an_address_is_told_whole_and_nothing_of_it_twice(address: WholeAddress, line: str) -> None:
    assert str(address) == line
