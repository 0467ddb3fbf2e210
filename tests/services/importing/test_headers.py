"""Names of columns in six languages, and the programs that give themselves away by theirs."""

from __future__ import annotations

import pytest

from services.importing.header_words import WORDS
from services.importing.headers import Target, extra_targets, is_known_header, lookup, targets_of
from services.importing.vendors import VENDORS, find_vendor
from services.records.fields import FIELDS, EntityKind
from services.values.text import fold

CONTACT, COMPANY, ACTIVITY = EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.ACTIVITY


@pytest.mark.parametrize(
    ("name", "field", "label"),
    [
        ("First Name", "first_name", ""),
        ("Vorname", "first_name", ""),
        ("Prénom", "first_name", ""),
        ("Nombre de pila", "first_name", ""),
        ("Voornaam", "first_name", ""),
        ("Surname", "last_name", ""),
        ("Nachname", "last_name", ""),
        ("Nom de famille", "last_name", ""),
        ("Apellidos", "last_name", ""),
        ("Cognome", "last_name", ""),
        ("Achternaam", "last_name", ""),
        ("Name", "full_name", ""),
        ("Ansprechpartner", "full_name", ""),
        ("Firma", "company", ""),
        ("Société", "company", ""),
        ("Empresa", "company", ""),
        ("Azienda", "company", ""),
        ("Bedrijf", "company", ""),
        ("E-Mail", "email", ""),
        ("E-Mail-Adresse", "email", ""),
        ("Work e-mail", "email", "work"),
        ("E-Mail privat", "email", "home"),
        ("Email 2", "email", ""),
        ("Courriel", "email", ""),
        ("Correo electrónico", "email", ""),
        ("Tel.", "phone", ""),
        ("Telefon geschäftlich", "phone", "work"),
        ("Telefon (privat)", "phone", "home"),
        ("Business Phone 2", "phone", "work"),
        ("Mobile", "phone", "mobile"),
        ("Handy", "phone", "mobile"),
        ("Portable", "phone", "mobile"),
        ("Fax", "phone", "fax"),
        ("Téléphone", "phone", ""),
        ("Funktion", "title", ""),
        ("Job Title", "title", ""),
        ("Cargo", "title", ""),
        ("Straße", "address", ""),
        ("Home street", "address", "home"),
        ("Ort", "city", ""),
        ("Ville", "city", ""),
        ("PLZ", "postal_code", ""),
        ("Land", "country", ""),
        ("País", "country", ""),
        ("Geburtstag", "birthday", ""),
        ("Date de naissance", "birthday", ""),
        ("Schlagworte", "tags", ""),
        ("Bemerkung", "notes", ""),
        ("Webseite", "website", ""),
        ("Kundennummer", "external_key", ""),
        ("external_key", "external_key", ""),
        ("churned_at", "churned_at", ""),
        ("Sprache", "language", ""),
    ],
)
def test_a_column_of_contacts_is_known_by_its_name(name: str, field: str, label: str) -> None:
    assert lookup(CONTACT, name) == Target(field, label)
    assert is_known_header(name)


@pytest.mark.parametrize("name", ["Newsletter", "Quelle", "Halle", "Anrede", "Titel", "Work", "", "Umsatz 2025"])
def test_a_column_without_a_field_is_not_known(name: str) -> None:
    assert lookup(CONTACT, name) is None


@pytest.mark.parametrize(
    ("entity", "name", "target"),
    [
        (COMPANY, "Firma", Target("name")),
        (COMPANY, "Branche", Target("industry")),
        (COMPANY, "Mitarbeiter", Target("size")),
        (COMPANY, "Kunde seit", Target("customer_since")),
        (COMPANY, "Company domain", Target("domain")),
        (ACTIVITY, "Typ", Target("type")),
        (ACTIVITY, "Datum", Target("occurred_at")),
        (ACTIVITY, "Betreff", Target("subject")),
        (ACTIVITY, "Contact email", Target("contact")),
        (ACTIVITY, "Duration (minutes)", Target("duration_s", unit="min")),
        (ACTIVITY, "Dauer in Stunden", Target("duration_s", unit="h")),
        (ACTIVITY, "Duration", Target("duration_s")),
        (ACTIVITY, "duration_s", Target("duration_s")),
        (ACTIVITY, "Betrag", Target("amount")),
    ],
)
def test_columns_of_companies_and_activities_are_known(entity: EntityKind, name: str, target: Target) -> None:
    found = lookup(entity, name)
    assert found is not None
    assert (found.field, found.unit or "s") == (target.field, target.unit or "s")


@pytest.mark.parametrize("entity", list(WORDS))
def test_every_field_of_the_contract_is_known_by_its_own_name(entity: EntityKind) -> None:
    for field in FIELDS[entity]:
        assert lookup(entity, field) == Target(field), field


@pytest.mark.parametrize("entity", list(WORDS))
def test_every_word_is_folded_and_leads_to_a_field_there_is(entity: EntityKind) -> None:
    for target, text in WORDS[entity].items():
        assert target.partition(":")[0] in set(FIELDS[entity]) | extra_targets(entity)
        for word in filter(None, text.split("|")):
            assert word == fold(word)


def test_every_vendors_table_is_folded_and_leads_to_fields_there_are() -> None:
    for vendor in VENDORS:
        for sign in vendor.signs:
            assert all(header == fold(header) for header in sign)
        for entity, targets in vendor.targets.items():
            for header, target in targets.items():
                assert header == fold(header), header
                assert target.partition(":")[0] in set(FIELDS[entity]) | extra_targets(entity) | {""}, target


@pytest.mark.parametrize(
    ("headers", "vendor"),
    [
        (["Record ID", "First Name", "Lifecycle Stage"], "HubSpot"),
        (["First Name", "Account Name", "Mailing City"], "Salesforce"),
        (["Id", "LastName", "MailingCity"], "Salesforce"),
        (["Person - Name", "Person - Email - Work"], "Pipedrive"),
        (["Organization - Name", "Organization - ID"], "Pipedrive"),
        (["First Name", "Labels", "Organization Name", "E-mail 1 - Value"], "Google Contacts"),
        (["Name", "Given Name", "Yomi Name"], "Google Contacts"),
        (["First Name", "E-mail Address", "Business Phone"], "Outlook"),
        (["Vorname", "E-Mail-Adresse", "Telefon geschäftlich"], "Outlook"),
        (["Name", "Firma", "E-Mail"], ""),
    ],
)
def test_an_export_is_known_by_its_columns(headers: list[str], vendor: str) -> None:
    found = find_vendor(headers)
    assert (found.name if found is not None else "") == vendor


def test_the_same_name_means_what_it_means_in_the_program_it_comes_from() -> None:
    salesforce, _ = targets_of(CONTACT, ["Title", "Account Name", "Mailing City", "Contact Owner", "Email Opt Out"])
    assert [t.field if t else None for t in salesforce] == ["title", "company", "city", "", ""]
    outlook, _ = targets_of(CONTACT, ["Title", "E-mail Address", "Business Phone", "Job Title", "Assistant's Phone"])
    assert [t.field if t else None for t in outlook] == ["", "email", "phone", "title", ""]


def test_a_numbered_column_is_labelled_by_its_neighbour() -> None:
    names = ["First Name", "Labels", "Organization Name", "Phone 2 - Label", "Phone 2 - Value", "Event 1 - Value"]
    found, _ = targets_of(CONTACT, names)
    assert found[4] == Target("phone", label_column="Phone 2 - Label")
    assert found[3] == Target("")
    assert found[5] == Target("")
