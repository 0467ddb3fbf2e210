"""Exports of well-known programs, and lists as people keep them, with every value that is to come out of them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from services.importing.rows import NO_DATE, NO_IDENTITY
from services.records.drafts import PointDraft, PointKind
from services.records.fields import EntityKind
from services.values.dates import DateOrder
from tests.services.importing.reading_files import FILES, points, read_import

EMAIL, PHONE, ADDRESS, URL = PointKind.EMAIL, PointKind.PHONE, PointKind.ADDRESS, PointKind.URL


def test_contacts_of_hubspot() -> None:
    read = read_import(FILES / "hubspot-contacts.csv", region="US")
    assert read.mapping.source == "HubSpot"
    assert read.shape.description == "UTF-8, comma"
    anna = read.draft(1)
    assert anna.draft.fields == {
        "external_key": "5501",
        "first_name": "Anna",
        "last_name": "Berg",
        "title": "Leitung Einkauf",
        "company": "Almeda Logistics GmbH",
        "lifecycle": "customer",
        "language": "de-DE",
    }
    assert points(anna, EMAIL) == [
        ("anna.berg@almeda.example", "", True),
        ("a.berg@hafen.example", "", False),
        ("berg@almeda.example", "", False),
    ]
    assert points(anna, PHONE) == [("+493023125014", "work", True), ("+4917139200001", "mobile", False)]
    assert points(anna, URL) == [("https://almeda.example", "", True)]
    assert [p for p in anna.draft.points if p.kind is ADDRESS] == [
        PointDraft(
            ADDRESS,
            "Hafenstraße 12",
            "hafenstrasse 12 20457 hamburg hh de",
            "",
            True,
            city="Hamburg",
            region="HH",
            postal_code="20457",
            country="DE",
        )
    ]
    owen = read.draft(2)
    assert owen.draft.fields["last_name"] == "O'Neill"
    assert owen.draft.fields["lifecycle"] == "prospect"
    assert points(owen, PHONE) == [("+14155550132", "work", True)]
    assert points(read.draft(3), PHONE) == [("+442920180123", "work", True)]
    assert read.rejects == [
        (4, "", "", NO_IDENTITY),
        (5, "Email", "zhou(at)kepler.example", "is not an e-mail address"),
    ]


def test_companies_of_hubspot() -> None:
    read = read_import(FILES / "hubspot-companies.csv", EntityKind.COMPANY, region="US")
    assert read.draft(1).draft.fields == {
        "external_key": "771",
        "name": "Almeda Logistics GmbH",
        "industry": "LOGISTICS_AND_SUPPLY_CHAIN",
        "domain": "almeda.example",
        "size": 1250,
        "lifecycle": "customer",
    }
    assert read.draft(2).draft.fields["domain"] == "tidewater.example"
    assert read.rejects == [(3, "Number of Employees", "many", "is not a number")]


def test_a_report_of_salesforce_with_its_footer() -> None:
    read = read_import(FILES / "salesforce-report-contacts.csv", region="US")
    assert read.mapping.source == "Salesforce"
    assert read.shape.encoding == "cp1252"
    assert read.shape.date_order.order is DateOrder.MONTH_FIRST
    renee = read.draft(1)
    assert renee.draft.fields == {
        "first_name": "Renée",
        "last_name": "Dubois",
        "title": "VP Operations",
        "company": "Solheim Maritime ASA",
        "birthday": date(1984, 3, 2),
    }
    assert points(renee, PHONE) == [
        ("+4755550123", "work", True),
        ("+4741234567", "mobile", False),
        ("+4755550199", "fax", False),
    ]
    address = next(p for p in renee.draft.points if p.kind is ADDRESS)
    assert (address.raw, address.city, address.country) == ("Strandgaten 4\nSuite 210", "Bergen", "NO")
    assert points(read.draft(2), PHONE) == [("+17035550188", "work", True)]
    assert [reject[3] for reject in read.rejects] == ["has 1 cell instead of 19"] * 4


def test_contacts_of_the_salesforce_data_loader() -> None:
    read = read_import(FILES / "salesforce-loader-contacts.csv", region="NO")
    ingrid = read.draft(1)
    assert ingrid.draft.fields == {
        "external_key": "003xx000004TmiQAAS",
        "first_name": "Ingrid",
        "last_name": "Solheim",
        "title": "CEO",
        "company": "Solheim Maritime ASA",
        "birthday": date(1979, 5, 17),
        "notes": "Met at Nor-Shipping.\nLikes short calls.",
    }
    assert points(ingrid, PHONE) == [("+4755550120", "work", True), ("+4741234568", "mobile", False)]
    # Osaka's number is dialled in Japan, whatever the region of the reader.
    assert points(read.draft(2), PHONE) == [("+81665550123", "work", True)]
    assert read.rejects == []


def test_people_of_pipedrive() -> None:
    read = read_import(FILES / "pipedrive-people.csv", region="NL")
    assert read.mapping.source == "Pipedrive"
    assert read.shape.encoding == "utf-8-sig"
    jonas = read.draft(1)
    assert jonas.draft.fields == {
        "external_key": "311",
        "first_name": "Jonas",
        "last_name": "van der Meer",
        "company": "Meerkade BV",
        "title": "Directeur",
        "birthday": date(1988, 7, 9),
    }
    assert jonas.draft.tags == ("Hot lead", "Fair 2026")
    assert points(jonas, PHONE) == [
        ("+31205550117", "work", True),
        ("+31205550118", "work", False),
        ("+31612345678", "mobile", False),
    ]
    assert points(jonas, EMAIL) == [
        ("jonas@meerkade.example", "work", True),
        ("inkoop@meerkade.example", "work", False),
        ("jonas.vdm@thuis.example", "home", False),
    ]
    address = next(p for p in jonas.draft.points if p.kind is ADDRESS)
    assert (address.city, address.postal_code, address.country) == ("Amsterdam", "1012 TM", "NL")
    assert read.draft(2).draft.fields["first_name"] == "Łukasz"
    assert read.rejects == [(3, "Person - Phone - Other", "ask Jonas", "is not a phone number")]


def test_contacts_of_google() -> None:
    read = read_import(FILES / "google-contacts.csv", region="NO")
    assert read.mapping.source == "Google Contacts"
    grace = read.draft(1)
    assert grace.draft.fields == {
        "first_name": "Grace Brewster",
        "last_name": "Holm",
        "company": "Nordlys Research",
        "title": "Head of Lab",
        "birthday": date(1966, 12, 9),
        "notes": "Met in Oslo\nprefers e-mail",
    }
    assert grace.draft.tags == ("Fair 2026",)
    assert points(grace, EMAIL) == [("grace@nordlys.example", "work", True), ("grace.holm@post.example", "home", False)]
    assert points(grace, PHONE) == [
        ("+4721550128", "work", True),
        ("+4721550129", "work", False),
        ("+4741234570", "mobile", False),
    ]
    assert points(grace, URL) == [("https://nordlys.example/grace", "work", True)]
    # A birthday without its year is none.
    assert "birthday" not in read.draft(2).draft.fields
    assert read.draft(3).draft.fields == {"company": "Taxi Gdańsk"}
    assert points(read.draft(3), PHONE) == [("+48585550123", "main", True)]


def test_contacts_of_google_in_the_older_format() -> None:
    read = read_import(FILES / "google-contacts-old.csv", region="DK")
    assert read.mapping.source == "Google Contacts"
    soren = read.draft(1)
    assert soren.draft.fields == {
        "first_name": "Søren Ægidius",
        "last_name": "Lund",
        "company": "Lund & Co.",
        "title": "Indkøber",
        "birthday": date(1975, 2, 28),
    }
    assert soren.draft.tags == ("Customers", "friends")
    assert points(soren, EMAIL) == [
        ("soeren@lund.example", "work", True),
        ("s.lund@lund.example", "work", False),
        ("soeren.lund@hjem.example", "home", False),
    ]
    # The fax stands first in the file, but nobody is called on it.
    assert points(soren, PHONE) == [("+4533550124", "fax", False), ("+4520550123", "mobile", True)]
    assert points(soren, URL) == [("https://lund.example/team", "profile", True)]
    assert read.draft(2).draft.fields == {"first_name": "太郎", "last_name": "山田"}


def test_contacts_of_outlook() -> None:
    read = read_import(FILES / "outlook-en.csv", region="GB")
    assert read.mapping.source == "Outlook"
    chloe = read.draft(1)
    assert chloe.draft.fields == {
        "first_name": "Chloé J.",
        "last_name": "Martin",
        "title": "Head of Purchasing",
        "company": "Café Lumière",
        "birthday": date(1985, 7, 23),
        "notes": "Prefers Tuesdays.\nDo not call before 10.",
    }
    assert chloe.draft.tags == ("Key account", "Fair 2026")
    assert points(chloe, EMAIL) == [("chloe@lumiere.example", "", True), ("c.martin@maison.example", "", False)]
    # The assistant's number is not hers, her fax is not called.
    assert points(chloe, PHONE) == [
        ("+441174960101", "fax", False),
        ("+441174960100", "work", True),
        ("+447700900123", "mobile", False),
    ]
    addresses = [(p.label, p.raw, p.city, p.is_primary) for p in chloe.draft.points if p.kind is ADDRESS]
    assert addresses == [
        ("work", "12 Quay Road, Floor 3", "Bristol", True),
        ("home", "5 Hill Lane", "Bath", False),
    ]
    piers = read.draft(2)
    assert points(piers, EMAIL) == []
    assert "birthday" not in piers.draft.fields
    assert read.rejects == []


def test_contacts_of_a_german_outlook() -> None:
    read = read_import(FILES / "outlook-de.csv", region="DE")
    assert read.mapping.source == "Outlook"
    assert read.shape.encoding == "cp1252"
    juergen = read.draft(1)
    assert juergen.draft.fields == {
        "first_name": "Jürgen",
        "last_name": "Groß",
        "title": "Geschäftsführer",
        "company": "Groß & Söhne KG",
        "birthday": date(1961, 7, 23),
        "notes": "Ruft gern zurück.",
    }
    assert juergen.draft.tags == ("Messe", "Großkunde")
    assert points(juergen, PHONE) == [
        ("+492115550199", "fax", False),
        ("+492115550110", "work", True),
        ("+491713920002", "mobile", False),
    ]
    zoe = read.draft(2)
    assert zoe.draft.fields == {"first_name": "Zoë", "last_name": "Müller-Lüdenscheidt"}
    assert points(zoe, PHONE) == [("+493023125021", "home", True)]
    assert [(p.label, p.city) for p in zoe.draft.points if p.kind is ADDRESS] == [("home", "Berlin")]


def test_the_list_of_a_german_fair() -> None:
    read = read_import(FILES / "fair-hamburg.csv", make_custom=True)
    assert read.shape.description == "Windows-1252, semicolon"
    assert read.shape.rows == 7
    assert read.shape.rows_exact
    assert {c.column: (c.target, c.reason) for c in read.mapping.columns} == {
        "Name": ("full_name", "Split at comma"),
        "Firma": ("company", "Match by name and domain"),
        "E-Mail": ("email", "Lower case"),
        "Tel.": ("phone", "International, Germany"),
        "Funktion": ("title", "As it is"),
        "Umsatz 2025": ("custom.umsatz_2025", "Amount, comma decimals"),
        "Erstkontakt": ("custom.erstkontakt", "Day, month, year"),
        "Quelle": ("custom.quelle", "As it is"),
        "Bemerkung": ("notes", "As it is"),
    }
    anna = read.draft(1)
    assert anna.draft.fields == {
        "first_name": "Anna",
        "last_name": "Berg",
        "company": "Almeda Logistics GmbH",
        "title": "Leitung Einkauf",
        "notes": "Rückruf gewünscht",
    }
    assert anna.draft.custom == {"umsatz_2025": 58300, "erstkontakt": date(2026, 11, 14), "quelle": "Halle B4"}
    assert points(anna, PHONE) == [("+494055501182", "", True)]
    assert points(read.draft(2), PHONE) == [("+493023125030", "", True)]
    joerg = read.draft(3)
    assert joerg.draft.fields["notes"] == "will Muster; ruft an"
    assert joerg.draft.custom["umsatz_2025"] == -250
    assert read.rejects == [
        (4, "Erstkontakt", "31.02.2026", "is not a date"),
        (5, "Umsatz 2025", "n. a.", "is not an amount"),
        (6, "", "", NO_IDENTITY),
        (7, "Erstkontakt", "gestern", "is not a date"),
    ]


def test_columns_without_a_field_are_left_out_unless_asked_for() -> None:
    read = read_import(FILES / "fair-hamburg.csv")
    assert set(read.targets()) == {"Name", "Firma", "E-Mail", "Tel.", "Funktion", "Bemerkung"}
    assert [reject[0] for reject in read.rejects] == [6]


def test_unicode_text_of_a_spreadsheet() -> None:
    read = read_import(FILES / "excel-unicode-text.txt", make_custom=True)
    assert read.shape.description == "UTF-16, tab"
    assert read.shape.date_order.order is DateOrder.MONTH_FIRST
    djordje = read.draft(2)
    assert djordje.draft.fields == {"first_name": "Đorđe", "last_name": "Petrović", "company": "Dunav d.o.o."}
    assert djordje.draft.custom == {"customer_since": date(2025, 1, 2), "newsletter": False}
    assert points(djordje, EMAIL) == [("djordje@dunav.example", "work", True)]
    assert points(djordje, PHONE) == [("+381645550123", "mobile", True)]
    assert read.draft(3).draft.custom == {"customer_since": date(2025, 12, 31), "newsletter": True}
    assert read.rejects == []


def test_a_french_list_from_an_old_mac() -> None:
    read = read_import(FILES / "clients-mac.csv", region="FR", make_custom=True)
    assert read.shape.description == "Mac Roman, semicolon"
    eloise = read.draft(1)
    assert eloise.draft.fields == {"first_name": "Éloïse", "last_name": "Lefèvre", "company": "Maison Lefèvre"}
    assert eloise.draft.tags == ("salon", "fidèle")
    assert eloise.draft.custom == {"client_depuis": date(2024, 2, 3)}
    assert points(eloise, PHONE) == [("+33199001234", "", True)]
    assert [(p.city, p.country) for p in eloise.draft.points if p.kind is ADDRESS] == [("Nîmes", "FR")]
    assert read.draft(2).draft.custom == {"client_depuis": date(2023, 8, 15)}


def test_activities() -> None:
    read = read_import(FILES / "activities.csv", EntityKind.ACTIVITY)
    assert read.draft(1).draft.fields == {
        "type": "call",
        "contact": "anna.berg@almeda.example",
        "occurred_at": datetime(2026, 11, 14, 8, 30, tzinfo=UTC),
        "subject": "Offer",
        "body": "She wants 3 pallets,\nfor January.",
        "outcome": "Reached",
        "duration_s": 720,
        "direction": "out",
    }
    assert read.draft(2).draft.fields["type"] == "email"
    assert read.draft(2).draft.fields["direction"] == "in"
    purchase = read.draft(3).draft.fields
    assert (purchase["type"], purchase["amount"], purchase["currency"]) == ("purchase", 120450, "EUR")
    assert purchase["occurred_at"] == datetime(2026, 11, 11, 23, tzinfo=UTC)
    assert [(number, column) for number, column, _, _ in read.rejects] == [(4, "Type"), (5, "")]
    assert read.rejects[1][3] == NO_DATE
