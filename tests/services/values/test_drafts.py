"""Drafts from the pairs of the command line."""

from __future__ import annotations

import pytest

from services.errors import InvalidValue
from services.records.drafts import PointDraft, PointKind
from services.records.fields import EntityKind, FieldKind
from services.values.coercion import Reading
from services.values.dates import DateOrder
from services.values.drafts import draft_from_pairs

GERMAN = Reading(DateOrder.DAY_FIRST, ",", "DE", "EUR", "Europe/Berlin")


def test_pairs_become_fields_points_tags_and_custom_values() -> None:
    draft = draft_from_pairs(
        EntityKind.CONTACT,
        [
            ("first_name", " Anna "),
            ("email:work", "Anna@Berg.example"),
            ("email", "a@home.example"),
            ("phone", "040 5550 1182"),
            ("company", "Almeda Logistics GmbH"),
            ("tags", "fair, hot"),
            ("custom.revenue", "58.300,00 €"),
        ],
        GERMAN,
        {"revenue": FieldKind.NUMBER},
    )
    assert draft.fields == {"first_name": "Anna", "company": "Almeda Logistics GmbH"}
    assert draft.points == (
        PointDraft(PointKind.EMAIL, "Anna@Berg.example", "anna@berg.example", "work", True),
        PointDraft(PointKind.EMAIL, "a@home.example", "a@home.example"),
        PointDraft(PointKind.PHONE, "040 5550 1182", "+494055501182", "", True),
    )
    assert draft.tags == ("fair", "hot")
    assert draft.custom == {"revenue": 58300}


def test_address_city_and_country_are_one_address_and_place_the_phone() -> None:
    draft = draft_from_pairs(
        EntityKind.CONTACT,
        [("phone", "01 5550 118"), ("city", "Wien"), ("country", "Österreich"), ("address", "Ring 1")],
        GERMAN,
        {},
    )
    assert draft.points == (
        PointDraft(PointKind.PHONE, "01 5550 118", "+4315550118", "", True),
        PointDraft(PointKind.ADDRESS, "Ring 1", "ring 1 wien at", "", True, city="Wien", country="AT"),
    )


def test_an_empty_value_is_there_as_none() -> None:
    draft = draft_from_pairs(EntityKind.CONTACT, [("birthday", ""), ("phone", ""), ("tags", "")], GERMAN, {})
    assert draft.fields == {"birthday": None, "phone": None, "tags": None}
    assert draft.points == ()


def test_an_amount_counts_in_the_minor_units_of_its_currency() -> None:
    pairs = [("type", "purchase"), ("amount", "5000"), ("currency", "JPY")]
    assert draft_from_pairs(EntityKind.ACTIVITY, pairs, GERMAN, {}).fields == {
        "type": "purchase",
        "currency": "JPY",
        "amount": 5000,
    }
    plain = draft_from_pairs(EntityKind.ACTIVITY, [("amount", "120000")], GERMAN, {})
    assert plain.fields == {"amount": 12_000_000, "currency": "EUR"}


def test_an_amount_in_another_currency_than_said_is_refused() -> None:
    with pytest.raises(InvalidValue) as refusal:
        draft_from_pairs(EntityKind.ACTIVITY, [("amount", "5 $"), ("currency", "EUR")], GERMAN, {})
    assert refusal.value.field == "amount"


@pytest.mark.parametrize(
    ("pair", "field", "part_of_message"),
    [
        (("frist_name", "x"), "frist_name", "first_name"),
        (("title:work", "x"), "title:work", "first_name"),
        (("custom.nope", "x"), "custom.nope", "custom.revenue"),
        (("email", "nobody"), "email", "@"),
        (("phone", "nobody"), "phone", "+49"),
        (("birthday", "31.02.2026"), "birthday", "day, month, year"),
        (("country", "Atlantis"), "country", "DE"),
        (("lifecycle", "gone"), "lifecycle", "churned"),
    ],
)
def test_an_unknown_field_or_value_is_refused_and_named(
    pair: tuple[str, str], field: str, part_of_message: str
) -> None:
    with pytest.raises(InvalidValue) as refusal:
        draft_from_pairs(EntityKind.CONTACT, [pair], GERMAN, {"revenue": FieldKind.NUMBER})
    assert refusal.value.field == field
    assert part_of_message in refusal.value.message


def test_a_company_takes_its_own_fields() -> None:
    draft = draft_from_pairs(EntityKind.COMPANY, [("name", "Almeda"), ("size", "1.250")], GERMAN, {})
    assert draft.fields == {"name": "Almeda", "size": 1250}
    with pytest.raises(InvalidValue):
        draft_from_pairs(EntityKind.COMPANY, [("first_name", "Anna")], GERMAN, {})
