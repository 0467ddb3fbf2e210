"""Chips say a query as a person would."""

from __future__ import annotations

from datetime import date

import pytest

from services.filtering import Words, all_of, any_of, describe, parse
from services.filtering.tree import EVERYTHING, And, Comparison, Days, Not, Operator, Or, Pattern
from services.records.fields import EntityKind, FieldKind
from services.records.ids import Uid
from services.records.people import CustomField

CONTACT, COMPANY, ACTIVITY = EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.ACTIVITY
SEATS = CustomField(Uid(bytes(16)), "contact", "seats", FieldKind.NUMBER.value, "Seats booked", (), False)

CASES = [
    (CONTACT, "lifecycle:customer owner:me", ["Lifecycle is Customer", "AND Owner is me"]),
    (CONTACT, "lifecycle:customer OR tag:vip", ["Lifecycle is Customer", "OR Tag is vip"]),
    (CONTACT, "last>30d", ["Last contact more than 30 days ago"]),
    (CONTACT, "last<1w", ["Last contact less than 1 week ago"]),
    (CONTACT, "last:7d..30d", ["Last contact between 7 and 30 days ago"]),
    (CONTACT, "-last>=2m", ["Last contact not at least 2 months ago"]),
    (CONTACT, "city:Hamburg,Berlin", ["City is Hamburg or Berlin"]),
    (CONTACT, "-tag:vip email:none phone:any", ["Tag is not vip", "AND Email is empty", "AND Phone is not empty"]),
    (CONTACT, "-email:none", ["Email is not empty"]),
    (CONTACT, "country:DE title:procurement", ["Country is Germany", "AND Title contains procurement"]),
    (CONTACT, "phone:4567", ["Phone ends in 4567"]),
    (CONTACT, "phone:+494567", ["Phone is +494567"]),
    (CONTACT, "birthday<1990-01-01", ["Birthday before 1 January 1990"]),
    (CONTACT, "created:2026-03 created:2026 created:2026-03-05 created:last-week", [
        "Created in March 2026", "AND Created in 2026", "AND Created on 5 March 2026", "AND Created last week"]),
    (CONTACT, "created>2026-03-05T10:00Z", ["Created after 5 March 2026, 10:00 UTC"]),
    (CONTACT, "custom.seats>10", ["Seats booked is more than 10"]),
    (CONTACT, "anna berg -co", ["Contains anna berg", "AND Does not contain co"]),
    (CONTACT, "anna (city:a OR b)", ["Contains anna", "AND (City is a or contains b)"]),
    (CONTACT, "-(a city:b)", ["Not (contains a and City is b)"]),
    (COMPANY, "size:10..50 domain:*.example", ["Size is between 10 and 50", "AND Domain is *.example"]),
    (ACTIVITY, "type:task_done amount>=1200.50EUR", ["Type is Task done", "AND Amount is at least 1200.50 EUR"]),
    (ACTIVITY, "duration>5400", ["Duration is more than 1 h 30 min"]),
]  # fmt: skip


@pytest.mark.parametrize(("entity", "text", "said"), CASES, ids=[case[1] for case in CASES])
def test_chips_say_the_conditions_in_words(entity: EntityKind, text: str, said: list[str]) -> None:
    chips = describe(parse(text, entity, [SEATS]), [SEATS])
    assert [f"{chip.joint} {chip.text}".strip() for chip in chips] == said


def test_taking_a_chip_away_leaves_the_other_conditions() -> None:
    query = parse("lifecycle:customer owner:me tag:vip", CONTACT)
    chips = describe(query)
    left = all_of(*(chip.query for chip in chips if chip.subject != "Owner"))
    assert left == parse("lifecycle:customer tag:vip", CONTACT)


def test_a_builder_gets_no_needless_groups() -> None:
    one, two = Words(("a",)), Comparison("city", Operator.EMPTY)
    assert all_of() == EVERYTHING
    assert all_of(one) == one
    assert all_of(EVERYTHING, one) == one
    assert all_of(one, And((one, two))) == And((one, one, two))
    assert any_of(one, Or((one, two))) == Or((one, one, two))
    assert any_of(one, EVERYTHING) == EVERYTHING


def test_a_tree_that_could_not_be_typed_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="at least two"):
        And((Words(("a",)),))
    with pytest.raises(ValueError, match="at least two"):
        Or((Words(("a",)), EVERYTHING))
    with pytest.raises(ValueError, match="negation"):
        Not(EVERYTHING)
    with pytest.raises(ValueError, match="does not take"):
        Comparison("size", Operator.BETWEEN, (1,))
    with pytest.raises(ValueError, match="white space"):
        Words(("a b",))
    with pytest.raises(ValueError, match="between two stars"):
        Pattern(("", ""))
    with pytest.raises(ValueError, match="a month or a year"):
        Days(date(2026, 1, 1), date(2026, 2, 3))
