"""Mappings: proposed, changed by options, saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.errors import InvalidValue
from services.importing.detection import detect
from services.importing.mapping import (
    ColumnMapping,
    Mapping,
    mapping_from_json,
    parse_map_option,
    propose,
    with_options,
)
from services.importing.shapes import FileShape
from services.records.fields import EntityKind, FieldKind
from services.values.coercion import Reading
from services.values.dates import DateOrder
from tests.services.importing.reading_files import FILES

CONTACT, COMPANY, ACTIVITY = EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.ACTIVITY


def _shape(folder: Path, text: str, region: str = "DE") -> FileShape:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return detect(path, region=region)


def _targets(mapping: Mapping) -> list[str]:
    return [column.target for column in mapping.columns]


@pytest.mark.parametrize(
    ("header", "targets"),
    [
        ("Vorname;Name", ["first_name", "last_name"]),
        ("Prénom;Nom", ["first_name", "last_name"]),
        ("Nombre;Apellidos", ["first_name", "last_name"]),
        ("Nome;Cognome", ["first_name", "last_name"]),
        ("Name;Ort", ["full_name", "city"]),
        ("Name;Vorname;Nachname", ["full_name", "first_name", "last_name"]),
    ],
)
def test_a_name_beside_a_first_name_is_the_family_name(tmp_path: Path, header: str, targets: list[str]) -> None:
    row = ";".join(f"Anna{i}" for i, _ in enumerate(targets))
    assert _targets(propose(CONTACT, _shape(tmp_path, f"{header}\n{row}\n"))) == targets


def test_columns_without_a_telling_name_are_known_by_what_they_hold(tmp_path: Path) -> None:
    text = "A;B;C;D;E\n" + "x;anna@b.example;+49 30 23125014;https://b.example;Deutschland\n" * 3
    mapping = propose(CONTACT, _shape(tmp_path, text))
    assert _targets(mapping) == ["", "email", "phone", "website", "country"]
    assert all(0 < column.confidence < 0.9 for column in mapping.columns[1:])


def test_a_name_whose_values_do_not_fit_is_not_believed(tmp_path: Path) -> None:
    text = "Name;Status;Land\n" + "Anna;platinum;12 ha\n" * 3
    assert _targets(propose(CONTACT, _shape(tmp_path, text))) == ["full_name", "", ""]


def test_one_bad_phone_does_not_hide_the_phones(tmp_path: Path) -> None:
    text = "Name;Phone\nAnna;ask Jonas\n"
    assert _targets(propose(CONTACT, _shape(tmp_path, text))) == ["full_name", "phone"]


def test_unknown_columns_become_typed_custom_fields_when_asked_for(tmp_path: Path) -> None:
    text = "Name;Since;Sum;News letter;Hall;PIN\n" + "Anna;14.11.2026;5,5;ja;B4;0042\nMei;1.12.2026;7,25;nein;B5;0043\n"
    mapping = propose(CONTACT, _shape(tmp_path, text), make_custom=True)
    assert mapping.custom_kinds == {
        "since": FieldKind.DATE,
        "sum": FieldKind.NUMBER,
        "news_letter": FieldKind.BOOL,
        "hall": FieldKind.TEXT,
        "pin": FieldKind.TEXT,
    }


def test_a_custom_field_that_exists_is_found_by_its_name(tmp_path: Path) -> None:
    text = "Name;custom.revenue;News Letter\nAnna;5;ja\n"
    kinds = {"revenue": FieldKind.NUMBER, "news-letter": FieldKind.TEXT}
    mapping = propose(CONTACT, _shape(tmp_path, text), custom_kinds=kinds)
    assert mapping.custom_kinds == kinds


def test_a_column_that_proves_another_order_than_the_file_keeps_its_own(tmp_path: Path) -> None:
    shape = _shape(
        tmp_path, "Name;Birthday;Churned_at\n" + "Anna;14.11.1980;11/14/2026\nMei;15.11.1981;11/15/2026\n" * 3
    )
    reading = Reading(DateOrder.DAY_FIRST)
    mapping = propose(CONTACT, shape, reading=reading)
    assert [column.date_order for column in mapping.columns] == [None, None, DateOrder.MONTH_FIRST]
    assert [column.reason for column in mapping.columns[1:]] == ["Day, month, year", "Month, day, year"]


def test_the_contact_of_an_activity_is_the_column_with_its_email(tmp_path: Path) -> None:
    text = "Type;Contact;Contact email;Date\ncall;Anna Berg;anna@b.example;2026-11-14\n"
    assert _targets(propose(ACTIVITY, _shape(tmp_path, text))) == ["type", "", "contact", "occurred_at"]


def test_phones_are_read_by_country_where_there_is_one(tmp_path: Path) -> None:
    reading = Reading(default_region="AT")
    with_country = propose(CONTACT, _shape(tmp_path, "Name;Tel;Land\nAnna;1;DE\n"), reading=reading)
    assert with_country.columns[1].reason == "International, by country, else Austria"
    without = propose(CONTACT, _shape(tmp_path, "Name;Tel\nAnna;1\n"), reading=reading)
    assert without.columns[1].reason == "International, Austria"


def test_a_mapping_survives_being_saved() -> None:
    shape = detect(FILES / "fair-hamburg.csv")
    mapping = propose(CONTACT, shape, make_custom=True)
    assert mapping_from_json(mapping.to_json()) == mapping


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"columns": 5}',
        '{"version": 2, "entity": "contact", "source": "", "columns": []}',
        '{"version": 1, "entity": "cat", "source": "", "columns": []}',
        '{"version": 1, "entity": "contact", "source": "", "columns": [{"column": "A"}]}',
    ],
)
def test_what_is_no_saved_mapping_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="no saved mapping"):
        mapping_from_json(text)


def test_a_saved_mapping_is_taken_over_for_another_file(tmp_path: Path) -> None:
    first = _shape(tmp_path, "Name;Ort;Halle\nAnna;Köln;B4\n")
    mapping = propose(CONTACT, first, make_custom=True)
    second = _shape(tmp_path, "Halle;Name;Neu;Ort\nB5;Mei;x;Bonn\n")
    assert mapping.fits(second)
    assert _targets(mapping.adapted(second)) == ["custom.halle", "full_name", "", "city"]
    assert not mapping.fits(_shape(tmp_path, "Name;Stadt\nAnna;Köln\n"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Name=full_name", ColumnMapping("Name", "full_name", confidence=1.0)),
        ("Tel.=phone:mobile", ColumnMapping("Tel.", "phone", label="mobile", confidence=1.0)),
        ("A=B=city", ColumnMapping("A=B", "city", confidence=1.0)),
        ("Sum = custom.revenue:number", ColumnMapping("Sum", "custom.revenue", FieldKind.NUMBER, confidence=1.0)),
        ("Sum=custom.revenue", ColumnMapping("Sum", "custom.revenue", confidence=1.0)),
        ("Fax=ignore", ColumnMapping("Fax", confidence=1.0, reason="Not imported")),
    ],
)
def test_an_option_of_the_command_line_names_column_and_field(text: str, expected: ColumnMapping) -> None:
    assert parse_map_option(text) == expected


@pytest.mark.parametrize(
    "text", ["", "Name", "=city", "Name=", "A=custom.:number", "A=custom.x y", "A=custom.x:money", "A=title:work"]
)
def test_an_option_that_names_neither_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        parse_map_option(text)


def test_options_change_what_was_proposed(tmp_path: Path) -> None:
    shape = _shape(tmp_path, "Name;Umsatz;Seit;Tel\nAnna;58.300,00 €;14.11.2026;1\nMei;1,50 €;1.12.2026;2\n")
    reading = shape.reading(Reading(default_region="DE"))
    mapping = with_options(
        propose(CONTACT, shape, reading=reading),
        shape,
        ["umsatz=custom.revenue:number", "Seit=custom.since", "Tel=ignore"],
        reading=reading,
    )
    assert [(c.column, c.target, c.reason) for c in mapping.columns] == [
        ("Name", "full_name", "First name, then family name"),
        ("Umsatz", "custom.revenue", "Amount, comma decimals"),
        ("Seit", "custom.since", "Day, month, year"),
        ("Tel", "", "Not imported"),
    ]
    assert mapping.custom_kinds == {"revenue": FieldKind.NUMBER, "since": FieldKind.DATE}


@pytest.mark.parametrize(
    ("option", "known"),
    [("Stadt=city", "Name, Ort"), ("Ort=town", "first_name"), ("Ort=name", "first_name")],
)
def test_an_unknown_column_or_field_is_refused_naming_the_known_ones(tmp_path: Path, option: str, known: str) -> None:
    shape = _shape(tmp_path, "Name;Ort\nAnna;Köln\n")
    with pytest.raises(InvalidValue) as refusal:
        with_options(propose(CONTACT, shape), shape, [option])
    assert known in refusal.value.message
    assert refusal.value.field == "map"


def test_the_picture_of_the_assistant_is_what_a_company_sees(tmp_path: Path) -> None:
    shape = _shape(tmp_path, "Firma;Branche;Mitarbeiter;Kunde seit;Land\nA;Logistik;51-200;1.2.2024;DE\n")
    mapping = propose(COMPANY, shape)
    assert _targets(mapping) == ["name", "industry", "size", "customer_since", "country"]
