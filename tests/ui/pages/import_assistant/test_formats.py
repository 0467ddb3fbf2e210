"""Spreadsheets, JSON and address books through the window, for every kind of record; broken ones are refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from services.records.drafts import RecordDraft
from services.records.fields import EntityKind, FieldKind
from services.store.queries.listing import ListRequest
from tests.ui.pages.import_assistant.stage import Stage
from ui.pages.import_assistant.file_step import name_filters
from ui.pages.import_assistant.kinds import KINDS, SUFFIXES, entity_words
from ui.pages.import_assistant.looking import best_kind
from ui.pages.import_assistant.targets import options_of
from ui.pages.import_assistant.view_model import Step

CARDS = """BEGIN:VCARD
VERSION:4.0
FN:Anna Berg
N:Berg;Anna;;;
EMAIL:anna@almeda.example
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:org
FN:Almeda Logistics
ORG:Almeda Logistics
TEL:+49 40 55501182
END:VCARD
"""


def workbook(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """A spreadsheet with one sheet."""
    import xlsxwriter  # type: ignore[import-untyped]

    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet("List")
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    made.close()
    return path


def _count(stage: Stage, entity: EntityKind) -> int:
    workspace = stage.workspace
    services: dict[EntityKind, Any] = {
        EntityKind.CONTACT: workspace.contacts,
        EntityKind.COMPANY: workspace.companies,
        EntityKind.LEAD: workspace.leads,
        EntityKind.DEAL: workspace.deals,
        EntityKind.TASK: workspace.tasks,
        EntityKind.ACTIVITY: workspace.activities,
    }
    sort = "occurred_at" if entity is EntityKind.ACTIVITY else "due_at" if entity is EntityKind.TASK else "name"
    return len(services[entity].ids(ListRequest(sort=sort)))


def _entity(stage: Stage) -> EntityKind:
    return stage.view_model.entity


def _undo(stage: Stage) -> None:
    stage.view_model.run.undo()
    stage.until(lambda: stage.view_model.run.is_undone)
    stage.settle()


def test_a_spreadsheet_of_contacts_is_imported_and_taken_back(stage: Stage) -> None:
    stage.open()
    rows = (
        ("Name", "E-Mail", "Seats"),
        ("Anna Berg", "anna@almeda.example", 12),
        ("Mei Zhou", "mei@kepler.example", 7),
    )
    stage.check(workbook(stage.folder / "fair.xlsx", rows))
    stage.view_model.keep_left_out()
    stage.settle()
    assert stage.verdicts == {"created": 2}
    assert not stage.page.view.map.strip._written.isVisible()
    stage.import_it()
    assert sorted(stage.names()) == ["Anna Berg", "Mei Zhou"]
    assert [field.name for field in stage.workspace.custom_fields.all(EntityKind.CONTACT)] == ["seats"]
    _undo(stage)
    assert stage.names() == []
    assert stage.staged == []


ROWS: dict[EntityKind, tuple[list[str], list[str]]] = {
    EntityKind.CONTACT: (["Name", "E-Mail"], ["Anna Berg", "anna@almeda.example"]),
    EntityKind.COMPANY: (["Name", "Domain", "Industry"], ["Kepler Optik", "kepler.example", "Optics"]),
    EntityKind.LEAD: (["Name", "Company", "Email", "Source"], ["Mei Zhou", "Kepler", "mei@kepler.example", "Fair"]),
    EntityKind.DEAL: (["Title", "Amount", "Currency", "Company"], ["Scanners", "1200", "EUR", "Kepler Optik"]),
    EntityKind.TASK: (["Title", "Due", "Priority"], ["Call Kepler", "2026-12-01", "high"]),
    EntityKind.ACTIVITY: (
        ["Type", "Contact", "Occurred at", "Subject"],
        ["call", "rosa@known.example", "2026-11-02", "Offer"],
    ),
}


@pytest.mark.parametrize("entity", ROWS, ids=str)
def test_each_kind_of_record_comes_in_and_goes_again(stage: Stage, entity: EntityKind) -> None:
    stage.add("Rosa", "Known", "rosa@known.example")
    before = _count(stage, entity)
    stage.open()
    stage.view_model.tell_entity(entity)
    header, row = ROWS[entity]
    stage.check(stage.file([";".join(row)], name="list.csv", header=";".join(header)))
    assert _entity(stage) is entity
    assert stage.verdicts == {"created": 1}, stage.view_model.dry_run.outcome
    stage.import_it()
    assert _count(stage, entity) == before + 1
    assert entity_words(entity).one in stage.page.view.result.summary._heading.text()
    _undo(stage)
    assert _count(stage, entity) == before


@pytest.mark.parametrize("entity", ROWS, ids=str)
def test_the_targets_follow_the_kind_and_offer_its_own_fields(stage: Stage, entity: EntityKind) -> None:
    own = stage.workspace.custom_fields.add(entity, "seats", FieldKind.NUMBER)
    texts = [option.text for option in options_of(entity, [own])]
    assert "Seats, own" in texts
    assert len(texts) == len(set(texts))


def test_a_json_export_of_everything_is_read_as_the_kind_that_was_chosen(stage: Stage) -> None:
    path = stage.folder / "all.json"
    people = [{"name": "Kepler Optik", "custom.seats": 4}]
    path.write_text(json.dumps({"pipelines": [{}], "contacts": [], "companies": people, "leads": [{"name": "Mei"}]}))
    stage.open()
    stage.check(path)
    assert _entity(stage) is EntityKind.COMPANY
    assert stage.view_model.chosen.also == (EntityKind.LEAD,)
    assert "leads" in stage.page.view.map.strip._also.accessibleName()
    stage.view_model.tell_entity(EntityKind.LEAD)
    stage.settle()
    assert _entity(stage) is EntityKind.LEAD
    assert stage.verdicts == {"created": 1}
    stage.import_it()
    assert _count(stage, EntityKind.LEAD) == 1
    assert _count(stage, EntityKind.COMPANY) == 0


def test_an_address_book_gives_its_people_and_on_wish_its_companies(stage: Stage) -> None:
    path = stage.folder / "book.vcf"
    path.write_text(CARDS, encoding="utf-8")
    stage.open()
    stage.check(path)
    strip = stage.page.view.map.strip
    assert stage.verdicts == {"created": 1}
    assert [strip.kind.itemText(place) for place in range(strip.kind.count())] == ["Contacts", "Companies"]
    strip.kind.setCurrentIndex(1)
    strip.kind.activated.emit(1)
    stage.settle()
    assert _entity(stage) is EntityKind.COMPANY
    stage.import_it()
    assert _count(stage, EntityKind.COMPANY) == 1
    _undo(stage)
    assert _count(stage, EntityKind.COMPANY) == 0


def test_a_table_that_is_clearly_of_another_kind_is_taken_for_that(stage: Stage) -> None:
    stage.open()
    header = "Deal name;Amount;Currency;Stage;Expected close"
    stage.check(stage.file(["Scanners;1200;EUR;;2026-12-01"], name="export.csv", header=header))
    assert _entity(stage) is EntityKind.DEAL
    assert stage.page.view.map.strip.kind.currentText() == "Deals"
    assert stage.page.view._title.text() == "Import deals"


def test_what_the_user_said_the_file_holds_is_not_doubted(stage: Stage) -> None:
    stage.open()
    stage.view_model.tell_entity(EntityKind.COMPANY)
    stage.view_model.tell_entity(EntityKind.CONTACT)
    header = "Deal name;Amount;Currency;Stage;Name"
    stage.check(stage.file(["Scanners;1200;EUR;;Anna Berg"], name="export.csv", header=header))
    assert _entity(stage) is EntityKind.CONTACT


def test_columns_that_several_kinds_know_alike_change_nothing() -> None:
    for entity in (EntityKind.CONTACT, EntityKind.LEAD):
        assert best_kind(entity, ["Name", "Company", "Email", "Phone"]) is entity


def test_another_kind_forgets_the_key_of_the_one_before(stage: Stage) -> None:
    stage.open()
    stage.check()
    stage.view_model.set_key("email")
    stage.settle()
    stage.view_model.tell_entity(EntityKind.COMPANY)
    stage.settle()
    assert stage.view_model.chosen.key == ""
    assert _entity(stage) is EntityKind.COMPANY


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("list.xlsx", b"PK\x03\x04" + bytes(200), "list.xlsx"),
        ("list.xlsx", b"", "is empty"),
        ("list.ods", b"not a spreadsheet", "list.ods"),
        ("list.json", b'{"contacts": [{"name": ', "is no JSON"),
        ("list.json", b'{"people": 3}', "holds no list of contacts"),
        ("list.vcf", b"no card at all", "holds no vCard"),
        ("list.ics", b"no calendar at all", "holds no calendar"),
        ("list.ics", b"", "is empty"),
        ("list.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "holds no events"),
    ],
)
def test_a_broken_file_is_refused_and_nothing_is_written(stage: Stage, name: str, content: bytes, said: str) -> None:
    stage.open()
    before = len(stage.workspace.history.batches())
    path = stage.folder / name
    path.write_bytes(content)
    stage.view_model.choose_file(path)
    stage.until(lambda: stage.view_model.trouble is not None)
    trouble = stage.view_model.trouble
    assert trouble is not None
    assert said in trouble.title
    assert trouble.text
    assert stage.page.view.file.trouble.isVisible()
    assert stage.view_model.step is Step.FILE
    assert stage.staged == []
    assert len(stage.workspace.history.batches()) == before


def test_an_address_book_without_people_says_what_it_holds(stage: Stage) -> None:
    path = stage.folder / "book.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:4.0\nFN:Anna Berg\nEND:VCARD\n", encoding="utf-8")
    stage.open()
    stage.view_model.tell_entity(EntityKind.COMPANY)
    stage.view_model.choose_file(path)
    stage.until(lambda: stage.view_model.trouble is not None)
    assert stage.view_model.trouble is not None
    assert stage.view_model.trouble.title == "“book.vcf” holds no companies"
    assert "contacts" in stage.view_model.trouble.text


def test_every_format_is_offered_by_the_dialog_and_named_in_the_area(stage: Stage) -> None:
    stage.open()
    first = name_filters()[0]
    assert all(f"*{suffix}" in first for suffix in SUFFIXES)
    assert {".csv", ".xlsx", ".json", ".vcf", ".ics"} <= set(SUFFIXES)
    step = stage.page.view.file
    said = ""
    for kind in KINDS:
        stage.view_model.tell_entity(kind)
        assert step.entity.current == KINDS.index(kind)
        said += step.area._sentence.text()
    assert all(name in said for name in ("csv", "xlsx", "JSON", "vcf", "ics"))


def test_a_task_is_known_again_by_its_title(stage: Stage) -> None:
    stage.workspace.tasks.add(RecordDraft({"title": "Call Kepler"}))
    stage.open()
    stage.view_model.tell_entity(EntityKind.TASK)
    stage.check(stage.file(["Call Kepler;high"], name="tasks.csv", header="Title;Priority"))
    stage.view_model.set_key("title")
    stage.settle()
    assert stage.verdicts == {"updated": 1}


def test_stages_that_are_missing_are_named_and_made_if_the_user_wants_them(stage: Stage) -> None:
    stage.open(EntityKind.DEAL)
    path = stage.file(("Pilot;Legal review", "Seats;Proposal"), name="deals.csv", header="Title;Stage")
    stage.check(path)
    options = stage.page.view.map.dry_run.options
    assert options.make_stages.isVisible()
    assert "Legal review" in options.missing.text()
    assert stage.verdicts == {"created": 1, "rejected": 1}
    options.make_stages.setChecked(True)
    stage.settle()
    assert stage.verdicts == {"created": 2}
    assert stage.workspace.pipelines.all() == []
    stage.import_it()
    names = [one.name for one in stage.workspace.pipelines.all()[0].stages]
    assert "Legal review" in names
