"""Leads, deals and tasks as HubSpot, Salesforce and Pipedrive export them, and lists in six languages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from services.importing.headers import lookup
from services.importing.rows import NO_IDENTITY, NO_TITLE, NOTHING
from services.records.drafts import PointKind
from services.records.fields import EntityKind
from tests.services.importing.reading_files import Import, points, read_import

LEAD, DEAL, TASK, ACTIVITY = EntityKind.LEAD, EntityKind.DEAL, EntityKind.TASK, EntityKind.ACTIVITY


def read(folder: Path, entity: EntityKind, *lines: str) -> Import:
    """A file of these lines, read."""
    file = folder / "list.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_import(file, entity)


def test_deals_of_hubspot(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        DEAL,
        "Record ID,Deal Name,Pipeline,Deal Stage,Amount,Currency,Close Date,Create Date,Last Activity Date,Deal owner,"
        "Deal probability,Associated Company IDs (Primary),Associated Company (Primary),Associated Contact IDs,"
        "Associated Contact,Deal Description,Closed Lost Reason",
        "9001,Renewal 2027,Sales Pipeline,Presentation Scheduled (Sales Pipeline),58300.00,EUR,2026-12-15 00:00,"
        "2026-09-01 10:00,2026-11-20 09:00,Sam Porter,0.6,701,Almeda Logistics;Almeda Yard,5501;5502,"
        "Anna Berg (Anna.Berg@almeda.example);Otto Lund (otto@x.example),Board in December,",
        "9002,Kiln pilot,Sales Pipeline,Closed Lost,8000,USD,2026-10-02 11:00,2026-08-01 10:00,,Sam Porter,0,703,"
        "Tessaro,,,,Price",
    )
    assert found.mapping.source == "HubSpot"
    assert found.draft(1).draft.fields == {
        "external_key": "9001",
        "title": "Renewal 2027",
        "pipeline": "Sales Pipeline",
        "stage": "Presentation Scheduled (Sales Pipeline)",
        "amount": 5830000,
        "currency": "EUR",
        "expected_close": date(2026, 12, 15),
        "closed_at": datetime(2026, 12, 14, 23, tzinfo=UTC),
        "company": "Almeda Logistics",
        "company_key": "701",
        "contact": "anna.berg@almeda.example",
        "notes": "Board in December",
    }
    lost = found.draft(2).draft.fields
    assert (lost["stage"], lost["loss_reason"], lost["currency"]) == ("Closed Lost", "Price", "USD")
    assert lost["closed_at"] == datetime(2026, 10, 2, 9, tzinfo=UTC)


def test_opportunities_of_a_salesforce_report(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        DEAL,
        "Opportunity Owner,Account Name,Opportunity Name,Stage,Fiscal Period,Amount Currency,Amount,Probability (%),"
        "Age,Close Date,Created Date,Next Step,Lead Source,Type",
        'Sam,Almeda,Renewal,Negotiation/Review,Q4-2026,EUR,"58,300.00",70,84,15/12/2026,01/09/2026,Pricing,Web,New',
    )
    assert found.mapping.source == "Salesforce"
    assert found.draft(1).draft.fields == {
        "title": "Renewal",
        "company": "Almeda",
        "stage": "Negotiation/Review",
        "amount": 5830000,
        "currency": "EUR",
        "probability": 70,
        "expected_close": date(2026, 12, 15),
        "closed_at": datetime(2026, 12, 14, 23, tzinfo=UTC),
        "next_step": "Pricing",
    }


def test_opportunities_of_the_salesforce_data_loader(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        DEAL,
        "Id,IsDeleted,AccountId,Name,Description,StageName,Amount,Probability,CloseDate,Type,NextStep,LeadSource,IsClosed,"
        "IsWon,ForecastCategoryName,OwnerId,CreatedDate,LastStageChangeDate,ContactId",
        "0065g00000AbC,false,0015g00000XyZ,Renewal,,Closed Won,58300,100,2026-11-14,,,Web,true,true,Closed,0055g,"
        "2026-09-01T10:00:00.000Z,2026-11-14T15:30:00.000Z,0035g00000Ann",
    )
    assert found.mapping.source == "Salesforce"
    assert found.draft(1).draft.fields == {
        "external_key": "0065g00000AbC",
        "company_key": "0015g00000XyZ",
        "contact": "0035g00000Ann",
        "title": "Renewal",
        "stage": "Closed Won",
        "amount": 5830000,
        "currency": "EUR",
        "probability": 100,
        "expected_close": date(2026, 11, 14),
        "closed_at": datetime(2026, 11, 13, 23, tzinfo=UTC),
        "stage_entered_at": datetime(2026, 11, 14, 15, 30, tzinfo=UTC),
    }


def test_deals_of_pipedrive(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        DEAL,
        "Deal - ID,Deal - Title,Deal - Value,Deal - Currency of Value,Deal - Organization,Deal - Contact person,"
        "Deal - Owner,Deal - Stage,Deal - Pipeline,Deal - Status,Deal - Label,Deal - Deal created,Deal - Won time,"
        "Deal - Lost time,Deal - Deal closed on,Deal - Lost reason,Deal - Expected close date,Deal - Probability,"
        "Deal - Next activity date",
        '17,Almeda deal,58300,EUR,Almeda,Anna Berg,Sam,Negotiations Started,Pipeline,Lost,"Hot, Fair",'
        "2026-09-01 10:00:00,,2026-11-14 15:30:00,2026-11-14 15:30:00,Price,2026-12-15,,2026-11-20",
    )
    assert found.mapping.source == "Pipedrive"
    row = found.draft(1).draft
    assert row.tags == ("Hot", "Fair")
    assert row.fields == {
        "external_key": "17",
        "title": "Almeda deal",
        "amount": 5830000,
        "currency": "EUR",
        "company": "Almeda",
        "contact": "Anna Berg",
        "stage": "Negotiations Started",
        "pipeline": "Pipeline",
        "status": "Lost",
        "lost_at": datetime(2026, 11, 14, 14, 30, tzinfo=UTC),
        "closed_at": datetime(2026, 11, 14, 14, 30, tzinfo=UTC),
        "loss_reason": "Price",
        "expected_close": date(2026, 12, 15),
    }


def test_leads_of_salesforce(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        LEAD,
        "Lead Owner,First Name,Last Name,Title,Company / Account,Email,Phone,Lead Source,Lead Status,Rating,Street,"
        "City,Zip/Postal Code,Country",
        "Sam,Clara,Voss,Operations,Voss Kühltransporte,Clara@Voss.example,040 5550 1182,Trade Show,"
        "Open - Not Contacted,Hot,Hafenstr. 1,Bremen,28195,Germany",
    )
    assert found.mapping.source == "Salesforce"
    clara = found.draft(1)
    assert clara.draft.fields == {
        "name": "Clara Voss",
        "title": "Operations",
        "company": "Voss Kühltransporte",
        "source": "Trade Show",
        "status": "new",
    }
    assert points(clara, PointKind.EMAIL) == [("clara@voss.example", "", True)]
    assert points(clara, PointKind.PHONE) == [("+494055501182", "work", True)]
    (address,) = [point for point in clara.draft.points if point.kind is PointKind.ADDRESS]
    assert (address.raw, address.city, address.postal_code, address.country) == ("Hafenstr. 1", "Bremen", "28195", "DE")


def test_leads_of_hubspot_are_contacts_with_a_lead_status(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        LEAD,
        "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Company Name,Original Source,"
        "Job Title",
        "51,Clara,Voss,clara@voss.example,,Sam,Attempted to Contact,Voss,Offline Sources,Operations",
        "52,,,,,Sam,New,,,",
    )
    assert found.mapping.source == "HubSpot"
    assert found.draft(1).draft.fields == {
        "external_key": "51",
        "name": "Clara Voss",
        "status": "working",
        "company": "Voss",
        "source": "Offline Sources",
        "title": "Operations",
    }
    assert found.rejects == [(2, "", "", NO_IDENTITY)]


def test_leads_of_pipedrive_are_called_after_the_person_not_the_title(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        LEAD,
        "Lead - ID,Lead - Title,Lead - Labels,Lead - Contact person,Lead - Organization,Lead - Owner,"
        "Lead - Source channel,Lead - Value",
        "3f9a,Voss lead,Hot,Clara Voss,Voss Kühltransporte,Sam,Webforms,5000",
    )
    assert found.mapping.source == "Pipedrive"
    row = found.draft(1).draft
    assert row.tags == ("Hot",)
    assert row.fields == {
        "external_key": "3f9a",
        "name": "Clara Voss",
        "company": "Voss Kühltransporte",
        "notes": "Voss lead",
        "source": "Webforms",
    }


def test_tasks_keep_days_and_moments_apart(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        TASK,
        "Task,Due date,Priority,Status,Deal,Repeats",
        "Call Anna,2026-11-24,High,Open,Renewal,weekly",
        "Send offer,2026-11-24 10:00,Medium,Done,,",
        ",2026-11-24,,,,",
        ",,,,,",
    )
    assert found.draft(1).draft.fields == {
        "title": "Call Anna",
        "due_at": date(2026, 11, 24),
        "priority": "high",
        "status": "open",
        "deal": "Renewal",
        "recurrence": "FREQ=WEEKLY",
    }
    assert found.draft(2).draft.fields["due_at"] == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert [reason for *_, reason in found.rejects] == [NO_TITLE, NOTHING]


@pytest.mark.parametrize(
    ("entity", "name", "field"),
    [
        (DEAL, "Abschlussname", "title"),
        (DEAL, "Auftragswert", "amount"),
        (DEAL, "Voraussichtlicher Abschluss", "expected_close"),
        (DEAL, "Vertriebsphase", "stage"),
        (DEAL, "Étape", "stage"),
        (DEAL, "Date de clôture", "expected_close"),
        (DEAL, "Etapa del negocio", "stage"),
        (DEAL, "Fecha de cierre", "expected_close"),
        (DEAL, "Motivo della perdita", "loss_reason"),
        (DEAL, "Data di chiusura", "expected_close"),
        (DEAL, "Verwachte sluitingsdatum", "expected_close"),
        (DEAL, "Verliesreden", "loss_reason"),
        (DEAL, "Won time", "won_at"),
        (LEAD, "Ansprechpartner", "name"),
        (LEAD, "Leadquelle", "source"),
        (LEAD, "Source du prospect", "source"),
        (LEAD, "Estado del lead", "status"),
        (LEAD, "Origine lead", "source"),
        (LEAD, "Leadbron", "source"),
        (TASK, "Fälligkeitsdatum", "due_at"),
        (TASK, "Échéance", "due_at"),
        (TASK, "Fecha de vencimiento", "due_at"),
        (TASK, "Scadenza", "due_at"),
        (TASK, "Vervaldatum", "due_at"),
        (ACTIVITY, "Associated deal", "deal"),
        (ACTIVITY, "Lead", "lead"),
    ],
)
def test_columns_are_known_in_six_languages(entity: EntityKind, name: str, field: str) -> None:
    found = lookup(entity, name)
    assert found is not None
    assert found.field == field


def test_a_name_beside_a_first_name_is_the_family_name_of_a_lead_too(tmp_path: Path) -> None:
    found = read(tmp_path, LEAD, "Vorname,Name,E-Mail", "Clara,Voss,clara@voss.example")
    assert found.draft(1).draft.fields == {"name": "Clara Voss"}
