"""Staged rows looked at before they are imported: in a few words, as records, with other options, corrected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.errors import InvalidValue
from services.importing.applying import OnMatch, Verdict
from services.importing.outcome import ImportRequest
from services.importing.previewing import RowGlance
from services.importing.refusals import UnreadableFile
from services.importing.service import ImportPlan
from services.importing.shapes import Correction
from services.open_workspace import OpenWorkspace
from services.records.fields import EntityKind
from services.store.staging import leftovers
from services.values.dates import DateOrder
from tests.support.workspaces import contact_draft, email, make_workspace, phone

LINES = (
    "Berg, Anna;Almeda;anna@almeda.example;+49 40 55501182;Chefin",
    "Zhou, Mei;Kepler;zhou@kepler.example;;",
    ";;;;",
    "Zhou, Mei;;zhou@kepler.example;;Einkauf",
)


@pytest.fixture(name="workspace")
def _workspace(tmp_path: Path) -> Iterator[OpenWorkspace]:
    (tmp_path / "w").mkdir()
    workspace = make_workspace(tmp_path / "w")
    yield workspace
    workspace.close()


def _file(folder: Path, lines: tuple[str, ...] = LINES) -> Path:
    path = folder / "list.csv"
    path.write_text("\n".join(["Name;Firma;E-Mail;Tel;Funktion", *lines, ""]), encoding="utf-8")
    return path


@pytest.fixture(name="plan")
def _plan(workspace: OpenWorkspace, tmp_path: Path) -> Iterator[ImportPlan]:
    plan = _prepared(workspace, _file(tmp_path))
    yield plan
    plan.discard()


def _prepared(workspace: OpenWorkspace, path: Path) -> ImportPlan:
    request = ImportRequest(path, EntityKind.CONTACT, dry_run=True)
    return workspace.imports.prepare(request, workspace.imports.inspect(path, EntityKind.CONTACT))


def test_rows_are_found_by_their_numbers_across_slices(workspace: OpenWorkspace, tmp_path: Path) -> None:
    lines = tuple(f"Person {n};;p{n}@x.example;;" if n % 7 else ";;;;" for n in range(1, 1_301))
    plan = _prepared(workspace, _file(tmp_path, lines))
    try:
        found = workspace.imports.glances(plan, [1300, 1, 7, 499, 501, 1, 9_999, 0])
        assert [(glance.id, glance.name) for glance in found] == [
            (1, "Person 1"),
            (499, "Person 499"),
            (501, "Person 501"),
            (1300, "Person 1300"),
        ]
        outcome = workspace.imports.rehearse(plan)
        assert outcome.nameless == 185
        assert outcome.numbers[Verdict.SKIPPED] == list(range(7, 1_301, 7))
    finally:
        plan.discard()


def test_a_glance_says_whom_a_row_is_about(workspace: OpenWorkspace, plan: ImportPlan) -> None:
    assert workspace.imports.glances(plan, [1, 2, 3, 4]) == [
        RowGlance(1, "Anna Berg", "Almeda"),
        RowGlance(2, "Mei Zhou", "Kepler"),
        RowGlance(4, "Mei Zhou", "zhou@kepler.example"),
    ]


def test_a_preview_shows_the_new_record(workspace: OpenWorkspace, plan: ImportPlan) -> None:
    preview = workspace.imports.preview(plan, 1)
    assert preview is not None
    assert (preview.name, preview.title, preview.company) == ("Anna Berg", "Chefin", "Almeda")
    assert (preview.emails, preview.phones) == (("anna@almeda.example",), ("+49 40 55501182",))
    assert (preview.standing_id, preview.matched_by, preview.changes) == (None, "", ())
    assert workspace.imports.preview(plan, 3) is None


def test_a_preview_shows_what_changes_on_a_standing_record(workspace: OpenWorkspace, plan: ImportPlan) -> None:
    points = (email("anna@almeda.example"), phone("+49 30 1234567"))
    saved = workspace.contacts.add(contact_draft("Anna", "Berg", *points, title="Leitung", company="Almeda"))
    preview = workspace.imports.preview(plan, 1)
    assert preview is not None
    assert (preview.standing_id, preview.matched_by) == (saved.id, "email")
    assert preview.changes == ("title", "phone")
    filling = workspace.imports.revise(
        plan, ImportRequest(plan.request.path, EntityKind.CONTACT, on_match=OnMatch.FILL)
    )
    kept = workspace.imports.preview(filling, 1)
    assert kept is not None
    assert (kept.title, kept.changes) == ("Leitung", ())


def test_a_preview_says_that_other_rows_have_the_same_key(workspace: OpenWorkspace, plan: ImportPlan) -> None:
    repeats = [workspace.imports.preview(plan, number) for number in (1, 2, 4)]
    assert [preview.repeats for preview in repeats if preview is not None] == [False, True, True]


def test_previews_and_rehearsals_write_nothing_even_when_not_asked_for_a_dry_run(
    workspace: OpenWorkspace, tmp_path: Path
) -> None:
    path = _file(tmp_path, (*LINES, "broken;row"))
    request = ImportRequest(path, EntityKind.CONTACT)
    plan = workspace.imports.prepare(request, workspace.imports.inspect(path, EntityKind.CONTACT))
    before = workspace.history.batches()
    outcome = workspace.imports.rehearse(plan)
    workspace.imports.preview(plan, 1)
    plan.discard()
    plan.discard()
    assert (outcome.dry_run, outcome.rejects_file) == (True, None)
    assert workspace.history.batches() == before
    assert sorted(file.name for file in tmp_path.glob("*.csv")) == ["list.csv"]
    assert leftovers(workspace.store.path) == []


def test_a_rehearsal_counts_the_values_it_would_set(workspace: OpenWorkspace, plan: ImportPlan) -> None:
    workspace.contacts.add(contact_draft("Anna", "Berg", email("anna@almeda.example")))
    outcome = workspace.imports.rehearse(plan)
    assert outcome.count(Verdict.UPDATED) == 2  # the second row of Mei fills up the first
    assert outcome.values_set == 3  # title, phone and company


def test_another_key_is_tried_without_reading_the_file_again(workspace: OpenWorkspace, plan: ImportPlan) -> None:
    workspace.contacts.add(contact_draft("Anna", "Berg"))
    plan.request.path.unlink()
    by_name = workspace.imports.revise(plan, ImportRequest(plan.request.path, EntityKind.CONTACT, key="name"))
    assert workspace.imports.rehearse(by_name).count(Verdict.UPDATED) == 2
    assert workspace.imports.rehearse(plan).count(Verdict.CREATED) == 2
    with pytest.raises(InvalidValue):
        workspace.imports.revise(plan, ImportRequest(plan.request.path, EntityKind.CONTACT, key="birthday"))


def test_an_import_is_done_even_where_its_rejects_cannot_be_written(workspace: OpenWorkspace, tmp_path: Path) -> None:
    path = _file(tmp_path, (*LINES, "broken;row"))
    plan = workspace.imports.prepare(
        ImportRequest(path, EntityKind.CONTACT), workspace.imports.inspect(path, EntityKind.CONTACT)
    )
    # Its folder cannot be written: here because it is gone.
    path.rename(tmp_path / "w" / "list.csv")
    gone = ImportRequest(tmp_path / "gone" / "list.csv", EntityKind.CONTACT)
    outcome = workspace.imports.apply(workspace.imports.revise(plan, gone))
    assert (outcome.count(Verdict.CREATED), outcome.rejects_file) == (2, None)
    assert any("could not be written" in note for note in outcome.notes)


def test_rejects_are_saved_where_they_are_wanted_and_replace_what_was_there(
    workspace: OpenWorkspace, tmp_path: Path
) -> None:
    plan = _prepared(workspace, _file(tmp_path, (*LINES, "broken;row")))
    rejects = workspace.imports.rehearse(plan).rejects
    target = tmp_path / "mend.csv"
    target.write_text("older", encoding="utf-8")
    workspace.imports.save_rejects(plan, rejects, target)
    assert "has 2 cells instead of 5" in target.read_text(encoding="utf-8-sig")
    assert sorted(file.name for file in tmp_path.glob("*.csv")) == ["list.csv", "mend.csv"]
    with pytest.raises(UnreadableFile):
        workspace.imports.save_rejects(plan, rejects, tmp_path / "gone" / "mend.csv")
    plan.discard()


def test_a_correction_holds_for_every_column_and_beats_a_remembered_mapping(
    workspace: OpenWorkspace, tmp_path: Path
) -> None:
    path = tmp_path / "dates.csv"
    path.write_text("Name;Geburtstag\nAnna Berg;25/06/1990\nMei Zhou;05/06/1991\n", encoding="utf-8")
    workspace.imports.run(ImportRequest(path, EntityKind.CONTACT))
    told = Correction(date_order=DateOrder.MONTH_FIRST, decimal_mark=",")
    inspection = workspace.imports.inspect(path, EntityKind.CONTACT, correction=told)
    assert inspection.remembered
    assert inspection.mapping.columns[1].reason == "Month, day, year"
    plan = workspace.imports.prepare(ImportRequest(path, EntityKind.CONTACT), inspection)
    assert [reject.number for reject in workspace.imports.rehearse(plan).rejects] == [1]
    plan.discard()
    assert not workspace.imports.inspect(path, EntityKind.CONTACT, remembered=False).remembered
