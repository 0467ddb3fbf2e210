"""A bulk edit over ten thousand records: one batch, one undo, every other value as it was, and a clean file."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from benchmarks.people_file import write_people
from services.importing.applying import Verdict
from services.importing.outcome import ImportRequest
from services.open_workspace import OpenWorkspace
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind, FieldKind
from services.store.queries.listing import ListRequest
from tests.services.store.reading import facts
from tests.support.proofs import RecordProof
from tests.support.workspaces import make_workspace

RECORDS = 10_000
_SHORT = 1_200


def _people(folder: Path, count: int) -> OpenWorkspace:
    workspace = make_workspace(folder)
    file = folder / "people.csv"
    write_people(file, count)
    outcome = workspace.imports.run(ImportRequest(file, EntityKind.CONTACT))
    assert outcome.verdicts[Verdict.CREATED] == count
    workspace.custom_fields.add(EntityKind.CONTACT, "round", FieldKind.NUMBER)
    # The tag is there before: one that an edit made stays as a deleted row when the edit is undone.
    first = workspace.contacts.ids(ListRequest())[0]
    workspace.contacts.tag([first], "fair")
    return workspace


def _bulk_story(folder: Path, count: int) -> dict[str, float]:
    spent: dict[str, float] = {}
    workspace = _people(folder, count)
    try:
        ids = list(workspace.contacts.ids(ListRequest()))
        before = facts(workspace.store)
        started = time.monotonic()
        draft = RecordDraft({"lifecycle": "customer", "country": "NO"}, custom={"round": 7}, tags=("fair",))
        edited = workspace.contacts.change_many(ids, draft)
        spent["edit_s"] = time.monotonic() - started
        request = ListRequest(where="lifecycle:customer tag:fair custom.round=7")
        assert len(workspace.contacts.ids(request)) == count
        changed = facts(workspace.store)
        assert workspace.history.verify(full=True) == []
        started = time.monotonic()
        outcome = workspace.history.undo(edited.batch)
        spent["undo_s"] = time.monotonic() - started
        assert outcome.left_alone == ()
        assert facts(workspace.store) == before
        assert workspace.history.verify(full=True) == []
        workspace.history.redo()
        assert facts(workspace.store) == changed
        started = time.monotonic()
        assert workspace.history.verify(full=True) == []
        spent["verify_full_s"] = time.monotonic() - started
    finally:
        workspace.close()
    return spent


def test_a_bulk_edit_is_one_change_that_one_undo_takes_back(tmp_path: Path) -> None:
    _bulk_story(tmp_path, _SHORT)


@pytest.mark.deep
@pytest.mark.timeout(1800)
def test_ten_thousand_records_are_changed_and_changed_back(tmp_path: Path, record_proof: RecordProof) -> None:
    spent = _bulk_story(tmp_path, RECORDS)
    figures = {name: f"{value:.1f}" for name, value in spent.items()}
    record_proof("10,000 records changed at once and undone", records=RECORDS, **figures)
