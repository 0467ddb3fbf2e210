"""Texts into the typed values of fields."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.errors import InvalidValue
from services.records.drafts import Value
from services.records.fields import ACTIVITY_FIELDS, COMPANY_FIELDS, CONTACT_FIELDS, FieldKind, FieldSpec
from services.values.coercion import Reading, coerce
from services.values.dates import DateOrder

GERMAN = Reading(DateOrder.DAY_FIRST, ",", "DE", "EUR", "Europe/Berlin")


@pytest.mark.parametrize(
    ("spec", "text", "value"),
    [
        (CONTACT_FIELDS["first_name"], "  Anna ", "Anna"),
        (CONTACT_FIELDS["notes"], "a\r\nb", "a\nb"),
        (CONTACT_FIELDS["email"], "Anna@Berg.example", "anna@berg.example"),
        (CONTACT_FIELDS["phone"], "040 5550 1182", "+494055501182"),
        (CONTACT_FIELDS["website"], "almeda.example", "https://almeda.example"),
        (CONTACT_FIELDS["social"], "@Anna", "@anna"),
        (CONTACT_FIELDS["country"], "Deutschland", "DE"),
        (CONTACT_FIELDS["birthday"], "23.7.1961", date(1961, 7, 23)),
        (CONTACT_FIELDS["language"], "Deutsch", "de"),
        (CONTACT_FIELDS["time_zone"], "europe/berlin", "Europe/Berlin"),
        (CONTACT_FIELDS["lifecycle"], "Kunde", "customer"),
        (CONTACT_FIELDS["churned_at"], "14.11.2026", datetime(2026, 11, 13, 23, tzinfo=UTC)),
        (COMPANY_FIELDS["domain"], "https://www.almeda.example/x", "almeda.example"),
        (COMPANY_FIELDS["size"], "1.250", 1250),
        (COMPANY_FIELDS["size"], "51-200", 51),
        (COMPANY_FIELDS["size"], "1.000+", 1000),
        (ACTIVITY_FIELDS["type"], "Anruf", "call"),
        (ACTIVITY_FIELDS["duration_s"], "15 min", 900),
        (ACTIVITY_FIELDS["amount"], "1.204,50", 120450),
        (ACTIVITY_FIELDS["amount"], "5000 ¥", 5000),
        (ACTIVITY_FIELDS["currency"], "€", "EUR"),
        (FieldSpec("custom.revenue", FieldKind.NUMBER), "58.300,00 €", 58300),
        (FieldSpec("custom.vip", FieldKind.BOOL), "ja", True),
        (FieldSpec("custom.colour", FieldKind.CHOICE), " red ", "red"),
        (CONTACT_FIELDS["birthday"], "0.0.00", None),
        (CONTACT_FIELDS["birthday"], "-", None),
        (CONTACT_FIELDS["lifecycle"], "NULL", None),
        (CONTACT_FIELDS["lifecycle"], "Other", None),
        (CONTACT_FIELDS["title"], "", None),
        (CONTACT_FIELDS["title"], "-", "-"),
    ],
)
def test_a_text_becomes_the_value_of_its_field(spec: FieldSpec, text: str, value: Value) -> None:
    assert coerce(spec, text, GERMAN) == value


@pytest.mark.parametrize(
    "spec", [s for s in CONTACT_FIELDS.values() if s.kind not in (FieldKind.TEXT, FieldKind.LONG_TEXT)]
)
def test_an_unreadable_text_names_its_field(spec: FieldSpec) -> None:
    if spec.kind in (FieldKind.LINK, FieldKind.TAGS):
        return
    with pytest.raises(InvalidValue) as refusal:
        coerce(spec, "?!?", GERMAN)
    assert refusal.value.field == spec.name
    assert "?!?" in refusal.value.title
    assert refusal.value.message


_SPECS = [*CONTACT_FIELDS.values(), *COMPANY_FIELDS.values(), *ACTIVITY_FIELDS.values()]


@given(st.sampled_from(_SPECS), st.text(max_size=40))
@settings(deadline=None)
def test_any_text_is_a_value_or_refused(spec: FieldSpec, text: str) -> None:
    try:
        value = coerce(spec, text, GERMAN)
    except InvalidValue:
        return
    assert value is None or isinstance(value, str | int | float | bool | date)
    if isinstance(value, str):
        value.encode("utf-8")
