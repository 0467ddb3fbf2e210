"""One row into one draft."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.importing.rows import NO_IDENTITY, NO_NAME, SKIPPED_REASONS
from services.records.drafts import PointKind, RecordDraft, RowReject
from services.records.fields import EntityKind
from tests.services.importing.reading_files import Import, points, read_import

CONTACT, COMPANY, ACTIVITY = EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.ACTIVITY


def _import(
    folder: Path, text: str, entity: EntityKind = CONTACT, *, options: tuple[str, ...] = (), region: str = "DE"
) -> Import:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return read_import(path, entity, options=options, region=region)


def test_an_empty_cell_changes_nothing(tmp_path: Path) -> None:
    read = _import(tmp_path, "Name;Funktion;E-Mail;Geburtstag;Tags\nAnna Berg;;;;\nMei Zhou;-; ; - ; , \n")
    assert read.draft(1).draft == RecordDraft({"first_name": "Anna", "last_name": "Berg"})
    assert read.draft(2).draft == RecordDraft({"first_name": "Mei", "last_name": "Zhou", "title": "-"})


@pytest.mark.parametrize("row", [";;;x", ";;;", " ; ;-;"])
def test_a_row_that_identifies_nobody_is_told_as_skipped(tmp_path: Path, row: str) -> None:
    read = _import(tmp_path, f"Name;E-Mail;Tel;Ort\nAnna;;;\n{row}\n")
    reject = read.rows[1]
    assert isinstance(reject, RowReject)
    assert (reject.number, reject.reason) == (2, NO_IDENTITY)
    assert reject.reason in SKIPPED_REASONS


@pytest.mark.parametrize("row", ["Anna;;;", ";a@b.example;;", ";;040 5550 1182;", ";;;Almeda"])
def test_a_name_an_email_a_phone_or_a_company_is_enough(tmp_path: Path, row: str) -> None:
    read = _import(tmp_path, f"Name;E-Mail;Tel;Firma\n{row}\n")
    assert read.rejects == []


def test_a_company_without_a_name_is_skipped(tmp_path: Path) -> None:
    read = _import(tmp_path, "Firma;Ort\nAlmeda;Hamburg\n;Bonn\n", COMPANY)
    assert read.rejects == [(2, "", "", NO_NAME)]


def test_the_first_of_several_columns_with_a_value_counts(tmp_path: Path) -> None:
    read = _import(tmp_path, "Name;Company;Company name\nAnna;;B\nMei;A;B\n")
    assert [read.draft(n).draft.fields["company"] for n in (1, 2)] == ["B", "A"]


def test_several_columns_of_addresses_are_several_points_each_once(tmp_path: Path) -> None:
    read = _import(
        tmp_path, "Name;E-Mail;E-Mail privat\nAnna;A@b.example, c@d.example;a@B.example; \n".replace("; \n", "\n")
    )
    assert points(read.draft(1), PointKind.EMAIL) == [("a@b.example", "", True), ("c@d.example", "", False)]


def test_the_country_of_a_row_says_where_its_phone_is_dialled(tmp_path: Path) -> None:
    text = "Name;Tel;Land\nAnna;01 5550118;Österreich\nMei;030 23125014;\nJo;+44 20 7946 0958;Schweiz\n"
    read = _import(tmp_path, text)
    assert [points(read.draft(n), PointKind.PHONE)[0][0] for n in (1, 2, 3)] == [
        "+4315550118",
        "+493023125014",
        "+442079460958",
    ]


def test_address_columns_become_one_address(tmp_path: Path) -> None:
    text = "Name;Straße;Adresse 2;PLZ;Ort;Bundesland;Land\nAnna;Hafenstr. 12;2. OG;20457;Hamburg;HH;Deutschland\n"
    address = _import(tmp_path, text).draft(1).draft.points
    assert [(p.kind, p.raw, p.normal, p.postal_code, p.city, p.region, p.country, p.is_primary) for p in address] == [
        (
            PointKind.ADDRESS,
            "Hafenstr. 12, 2. OG",
            "hafenstr 12 2 og 20457 hamburg hh de",
            "20457",
            "Hamburg",
            "HH",
            "DE",
            True,
        )
    ]


@pytest.mark.parametrize(
    ("header", "cell", "reason"),
    [
        ("E-Mail", "anna(at)b.example", "is not an e-mail address"),
        ("Tel", "ask me", "is not a phone number"),
        ("Land", "Atlantis", "is not a country"),
        ("Geburtstag", "31.02.1980", "is not a date"),
        ("Lifecycle", "gone", "is none of prospect, customer, churned"),
        ("Website", "none at all", "is not a web address"),
    ],
)
def test_a_cell_that_cannot_be_read_rejects_its_row_with_column_value_and_reason(
    tmp_path: Path, header: str, cell: str, reason: str
) -> None:
    good = {"Geburtstag": "1.2.1980", "Land": "DE", "Lifecycle": "Kunde", "Website": "b.example"}.get(header, "")
    text = f"Name;{header}\n" + f"Mei;{good}\n" * 3 + f"Anna;{cell}\n"
    read = _import(tmp_path, text)
    assert read.rejects == [(4, header, cell, reason)]
    reject = read.rows[3]
    assert isinstance(reject, RowReject)
    assert reject.cells == ("Anna", cell)


def test_cells_marked_against_formulas_are_read_as_they_were(tmp_path: Path) -> None:
    read = _import(tmp_path, "Name;Tel;Funktion\nAnna;'+49 30 23125014;'=CEO\n'=Mei;;'s Chef\n")
    assert read.draft(1).draft.fields["title"] == "=CEO"
    assert read.draft(1).draft.points[0].raw == "+49 30 23125014"
    assert read.draft(2).draft.fields == {"first_name": "=Mei", "title": "'s Chef"}


def test_a_moment_without_time_is_midnight_where_the_reader_is(tmp_path: Path) -> None:
    read = _import(tmp_path, "Name;Churned at\nAnna;14.07.2026\n")
    assert read.draft(1).draft.fields["churned_at"] == datetime(2026, 7, 13, 22, tzinfo=UTC)


def test_the_currency_of_a_row_counts_its_amount(tmp_path: Path) -> None:
    text = (
        "Type;Contact;Date;Amount;Currency\nOrder;a@b.example;2026-11-14;5000;JPY\nOrder;a@b.example;2026-11-14;5000;\n"
    )
    text += "Order;a@b.example;2026-11-14;50 $;EUR\n"
    read = _import(tmp_path, text, ACTIVITY)
    amounts = [(read.draft(n).draft.fields["amount"], read.draft(n).draft.fields["currency"]) for n in (1, 2)]
    assert amounts == [(5000, "JPY"), (500000, "EUR")]
    assert read.rejects == [(3, "Amount", "50 $", "is not in EUR")]


def test_options_decide_over_names(tmp_path: Path) -> None:
    text = "Name;Feld 7;Tel\nAnna;58.300,00;040 5550 1182\n"
    options = ("Feld 7=custom.revenue:number", "Tel=phone:mobile")
    row = _import(tmp_path, text, options=options).draft(1)
    assert row.draft.custom == {"revenue": 58300}
    assert points(row, PointKind.PHONE) == [("+494055501182", "mobile", True)]
