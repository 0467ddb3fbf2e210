"""From a file to records and back: mapping, dry run, import, undo, and what is remembered."""

from __future__ import annotations

import csv
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from services.importing.applying import OnMatch, Verdict
from services.importing.mapping import ColumnMapping
from services.records.fields import EntityKind, FieldKind
from services.store.queries.listing import ListRequest
from tests.support.workspaces import open_store
from tests.ui.pages.import_assistant.stage import HEADER, ROWS, HeldImport, Stage
from ui.pages import Target
from ui.pages.import_assistant.dry_run import CheckState
from ui.pages.import_assistant.import_run import RunState
from ui.pages.import_assistant.view_model import Step
from ui.tasks import BACKGROUND_THREADS

LONG = 3_000


def _send(stage: Stage, column: str, target: str, kind: FieldKind | None = None) -> None:
    stage.view_model.send(ColumnMapping(column, target, kind))
    stage.settle()


def _mapped(stage: Stage) -> dict[str, str]:
    inspection = stage.view_model.chosen.inspection
    assert inspection is not None
    return {column.column: column.target for column in inspection.mapping.columns}


def test_a_file_is_mapped_and_checked_without_writing_anything(stage: Stage) -> None:
    stage.add("Anna", "Berg", "anna@almeda.example")
    stage.open()
    stage.check()
    assert stage.view_model.step is Step.MAP
    assert _mapped(stage)["E-Mail"] == "email"
    assert stage.verdicts == {"created": 2, "updated": 1, "skipped": 1}
    assert stage.names() == ["Anna Berg"]
    assert stage.page.view.foot.first.label == "Import 3 contacts"


def test_another_mapping_gives_other_verdicts(stage: Stage) -> None:
    stage.open()
    stage.check()
    assert "rejected" not in stage.verdicts
    _send(stage, "Erstkontakt", "custom.erstkontakt", FieldKind.DATE)
    assert stage.verdicts == {"created": 2, "skipped": 1, "rejected": 1}
    outcome = stage.view_model.dry_run.outcome
    assert outcome is not None
    assert (outcome.rejects[0].number, outcome.rejects[0].value) == (3, "31.02.2026")
    warned = [row.warning for row in stage.page.view.map.columns._columns.rows if row.warning]
    assert warned == ["“31.02.2026” is not a date"]
    _send(stage, "Erstkontakt", "")
    assert stage.verdicts == {"created": 3, "skipped": 1}


def test_what_has_no_place_becomes_fields_of_the_users_own(stage: Stage) -> None:
    stage.open()
    stage.check(stage.file(ROWS[:2]))
    link = stage.page.view.map.columns.keep_rest
    assert link.isVisible()
    stage.qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    stage.settle()
    assert _mapped(stage)["Erstkontakt"] == "custom.erstkontakt"
    assert not link.isVisible()
    stage.import_it()
    assert [field.kind for field in stage.workspace.custom_fields.all()] == ["date"]


def test_options_decide_what_happens_to_what_is_here(stage: Stage) -> None:
    stage.add("Anna", "Berg", "anna@almeda.example", title="Chefin")
    stage.open()
    stage.check()
    for way, expected in (
        (OnMatch.SKIP, {"created": 2, "skipped": 2}),
        (OnMatch.CREATE, {"created": 3, "skipped": 1}),
        (OnMatch.UPDATE, {"created": 2, "updated": 1, "skipped": 1}),
    ):
        stage.view_model.set_on_match(way)
        stage.settle()
        assert stage.verdicts == expected
    stage.view_model.set_on_match(OnMatch.FILL)
    stage.settle()
    stage.import_it()
    contacts = stage.workspace.contacts
    anna = next(row for row in contacts.rows(contacts.ids(ListRequest())) if row.name == "Anna Berg")
    assert (anna.title, anna.company) == ("Chefin", "Almeda Logistics")


def test_another_key_recognises_other_records(stage: Stage) -> None:
    stage.add("Anna", "Berg", "old@almeda.example")
    stage.open()
    stage.check()
    assert stage.verdicts == {"created": 3, "skipped": 1}
    stage.view_model.set_key("name")
    stage.settle()
    assert stage.verdicts == {"created": 2, "updated": 1, "skipped": 1}
    assert stage.view_model.preview is not None
    assert stage.view_model.preview.matched_by == "name"


def test_importing_writes_one_batch_and_undo_takes_all_of_it_back(stage: Stage) -> None:
    stage.open()
    stage.check()
    stage.import_it()
    outcome = stage.view_model.run.outcome
    assert outcome is not None and outcome.batch is not None
    assert stage.names() == ["Anna Berg", "Jörg Weiß", "Mei-Lin Zhou"]
    summary = stage.page.view.result.summary
    assert summary.undo.isVisible()
    stage.qtbot.mouseClick(summary.undo, Qt.MouseButton.LeftButton)
    stage.until(lambda: stage.view_model.run.is_undone)
    assert stage.names() == []
    assert not summary.undo.isVisible()
    assert stage.workspace.history.verify(full=True) == []


def test_an_undo_from_elsewhere_and_its_redo_show_in_the_summary(stage: Stage) -> None:
    stage.open()
    stage.check()
    stage.import_it()
    stage.performer.undo()
    stage.until(lambda: stage.view_model.run.is_undone)
    stage.settle()
    assert stage.names() == []
    stage.performer.redo()
    stage.until(lambda: not stage.view_model.run.is_undone)
    assert len(stage.names()) == 3


def test_cancelling_an_import_leaves_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.open()
    stage.check(stage.long_file(LONG))
    before = stage.workspace.history.batches()
    held = HeldImport(monkeypatch)
    stage.view_model.import_now()
    stage.until(held.is_reached)
    cancel = stage.page.view.result.progress.cancel
    stage.qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert not cancel.isEnabled()
    held.release()
    run = stage.view_model.run
    stage.until(lambda: not run.is_under_way)
    stage.settle()
    assert run.state is RunState.NOTHING
    assert stage.names() == []
    assert stage.workspace.history.batches() == before
    assert "Nothing was written" in stage.toast
    # Everything chosen is still there, and checked again.
    assert stage.view_model.step is Step.MAP
    assert stage.verdicts == {"created": LONG}
    stage.page.left()
    stage.settle()
    assert stage.staged == []


def test_progress_tells_how_far_the_import_is(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.open()
    stage.check(stage.long_file(LONG))
    held = HeldImport(monkeypatch)
    stage.view_model.import_now()
    stage.until(held.is_reached)
    stage.page.left()
    held.release()
    stage.until(lambda: stage.view_model.run.progress.done > 0)
    card = stage.page.view.result.progress
    assert card._count.text().endswith("of 3,000")
    stage.until(lambda: stage.view_model.run.state is RunState.DONE)
    stage.settle()
    assert card.bar.value() == card.bar.maximum()


def test_closing_the_workspace_stops_an_import_and_leaves_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.open()
    stage.check(stage.long_file(LONG))
    held = HeldImport(monkeypatch)
    stage.view_model.import_now()
    stage.until(held.is_reached)
    stage.close_page()
    held.release()
    stage.close()
    path = stage.workspace.store.path
    assert stage.staged == []
    store = open_store(path, plain=True)
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM contact").scalar() == 0
    store.close()


def test_closing_the_workspace_ends_a_dry_run_and_removes_what_it_staged(stage: Stage) -> None:
    stage.open()
    stage.view_model.choose_file(stage.long_file(LONG))
    stage.until(lambda: stage.view_model.dry_run.state is CheckState.RUNNING)
    stage.close()
    assert stage.staged == []


def test_closing_removes_what_was_staged_though_no_thread_is_free_for_it(stage: Stage) -> None:
    stage.open()
    stage.check(stage.long_file(LONG))
    assert stage.staged
    release = threading.Event()
    for _ in range(BACKGROUND_THREADS):
        stage.tasks.background(lambda: release.wait(60))
    stage.view_model.leave()
    stage.close_page()
    assert stage.staged == []
    release.set()


def test_the_same_file_again_is_mapped_as_last_time_and_changes_nothing(stage: Stage) -> None:
    stage.open()
    path = stage.file()
    stage.check(path)
    _send(stage, "Funktion", "notes")
    stage.import_it()
    stage.view_model.start_over()
    stage.check(path)
    chosen = stage.view_model.chosen
    assert chosen.inspection is not None and chosen.inspection.remembered
    assert _mapped(stage)["Funktion"] == "notes"
    assert stage.page.view.map.strip.memory.isVisible()
    assert stage.verdicts == {"unchanged": 3, "skipped": 1}
    assert not stage.page.view.foot.first.isEnabled()
    stage.view_model.use_remembered(False)
    stage.settle()
    assert _mapped(stage)["Funktion"] == "title"
    assert stage.page.view.map.strip.memory.currentText() == "As proposed"


def test_rejected_rows_are_saved_and_lie_beside_the_file_after_the_import(stage: Stage, tmp_path: Path) -> None:
    stage.open()
    path = stage.file()
    stage.check(path)
    _send(stage, "Erstkontakt", "custom.erstkontakt", FieldKind.DATE)
    assert stage.page.view.map.rows.shown_verdict is Verdict.REJECTED
    stage.view_model.save_rejects(tmp_path / "to mend.csv")
    stage.settle()
    assert "to mend.csv" in stage.toast
    with (tmp_path / "to mend.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows[0] == [*HEADER.split(";"), "Row", "Reason"]
    assert rows[1][-2:] == ["3", "Erstkontakt “31.02.2026” is not a date"]
    stage.import_it()
    rejected = path.with_name("fair-rejected.csv")
    assert rejected.exists()
    stage.page.view.result.summary.rejects.link.click()
    assert stage.outside.revealed == [rejected]


def test_companies_are_imported_like_contacts(stage: Stage) -> None:
    stage.open(EntityKind.COMPANY)
    path = stage.file(["Almeda;almeda.example;Logistik", "Kepler;kepler.example;Optik"], header="Firma;Domain;Branche")
    stage.check(path)
    assert stage.verdicts == {"created": 2}
    stage.import_it()
    companies = stage.workspace.companies
    assert [row.name for row in companies.rows(companies.ids(ListRequest()))] == ["Almeda", "Kepler"]
    stage.page.view.foot.first.click()
    assert stage.navigated == [Target("companies", EntityKind.COMPANY)]


def test_a_dry_run_follows_changes_of_the_records(stage: Stage) -> None:
    stage.open()
    stage.check()
    assert stage.verdicts == {"created": 3, "skipped": 1}
    stage.add("Mei-Lin", "Zhou", "zhou@kepler.example")
    stage.until(stage.view_model._changes_settled.isActive)
    stage.settle()
    assert stage.verdicts == {"created": 2, "updated": 1, "skipped": 1}


def test_a_later_mapping_overtakes_the_dry_run_of_an_earlier_one(stage: Stage) -> None:
    stage.open()
    stage.view_model.choose_file(stage.long_file(LONG))
    stage.until(lambda: stage.view_model.dry_run.state is CheckState.RUNNING)
    stage.view_model.send(ColumnMapping("Name", ""))
    stage.view_model.send(ColumnMapping("Firma", ""))
    stage.view_model.send(ColumnMapping("E-Mail", ""))
    stage.until(lambda: stage.view_model.dry_run.state is CheckState.READY)
    stage.settle()
    assert stage.verdicts == {"skipped": LONG}
    assert len(stage.staged) == 1


def test_leaving_the_page_discards_what_is_staged_and_coming_back_checks_again(stage: Stage) -> None:
    stage.open()
    stage.check()
    assert len(stage.staged) == 1
    stage.page.left()
    stage.settle()
    assert stage.staged == []
    stage.open()
    stage.until(lambda: stage.view_model.dry_run.state is CheckState.READY)
    assert stage.verdicts == {"created": 3, "skipped": 1}


def test_an_import_goes_on_while_another_page_is_in_front(stage: Stage) -> None:
    stage.open()
    stage.check(stage.long_file(LONG))
    stage.view_model.import_now()
    stage.page.left()
    assert "Importing" in stage.toast
    stage.until(lambda: stage.view_model.run.state is RunState.DONE)
    stage.settle()
    assert stage.toast == "3,000 contacts imported"
    assert len(stage.names()) == LONG


def test_a_read_only_colleague_may_look_but_is_told_why_nothing_is_imported(stage: Stage) -> None:
    from services.records.people import Role

    stage.workspace.users.add("Theo Gast", "theo@example.org", Role.READ_ONLY)
    stage.workspace.users.act_as("Theo Gast")
    stage.open()
    stage.check()
    stage.import_it()
    assert stage.view_model.run.state is RunState.FAILED
    assert "does not allow" in stage.page.view.result.trouble.accessibleName()
    assert stage.names() == []
    stage.page.view.foot.first.click()
    stage.until(lambda: stage.view_model.dry_run.state is CheckState.READY)
    assert stage.view_model.step is Step.MAP
