"""The main job on real input: 100,000 rows in, unchanged when imported again, edited, undone, and never half there."""

from __future__ import annotations

import csv
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from benchmarks.people_file import ROWS, write_people
from services.importing.outcome import ImportOutcome, ImportRequest
from services.open_workspace import OpenWorkspace
from services.records.fields import EntityKind
from services.store.queries.listing import ListRequest
from services.store.store import Surroundings
from services.vault.memory_store import MemoryStore
from services.vault.protection import Protection
from services.workspaces import NewWorkspace, Workspaces
from tests.support.proofs import RecordProof

CHANGED = 1_000
_SHORT_ROWS = 6_000
_SHORT_CHANGED = 60


def _workspaces() -> Workspaces:
    return Workspaces(MemoryStore(), Surroundings(device=bytes(16)))


def _new(folder: Path) -> OpenWorkspace:
    request = NewWorkspace(protection=Protection.PLAIN, user_name="Lena Hartmann")
    return _workspaces().create(folder / "work.mycrm", request).workspace


def _import(workspace: OpenWorkspace, file: Path) -> ImportOutcome:
    return workspace.imports.run(ImportRequest(file, EntityKind.CONTACT))


def _counts(outcome: ImportOutcome) -> dict[str, int]:
    return {verdict.value: count for verdict, count in outcome.verdicts.items() if count}


def _with_changes(source: Path, target: Path, changed: int) -> set[str]:
    """The same file with other titles in `changed` random rows; returns their emails."""
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    chosen = random.Random(11).sample(range(1, len(rows)), changed)
    for number in chosen:
        rows[number][5] = f"Changed title {number}"
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return {rows[number][2] for number in chosen}


def _content(workspace: OpenWorkspace) -> dict[str, Any]:
    """Everything a living contact says, by email."""
    ids = list(workspace.contacts.ids(ListRequest()))
    content = {}
    for start in range(0, len(ids), 500):
        for row in workspace.contacts.rows(ids[start : start + 500]):
            content[row.email] = (row.id, row.uid, row.name, row.title, row.company, row.phone, row.lifecycle)
    return content


def _whole_story(folder: Path, rows: int, changed: int) -> dict[str, float]:
    spent: dict[str, float] = {}
    workspace = _new(folder)
    file, second = folder / "people.csv", folder / "changed.csv"
    write_people(file, rows)
    try:
        started = time.monotonic()
        assert _counts(_import(workspace, file)) == {"created": rows}
        spent["import_s"] = time.monotonic() - started
        started = time.monotonic()
        assert _counts(_import(workspace, file)) == {"unchanged": rows}
        spent["again_s"] = time.monotonic() - started
        before = _content(workspace)
        assert len(before) == rows
        emails = _with_changes(file, second, changed)
        outcome = _import(workspace, second)
        assert _counts(outcome) == {"updated": changed, "unchanged": rows - changed}
        after = _content(workspace)
        assert {email for email in after if after[email] != before[email]} == emails
        assert outcome.batch is not None
        workspace.history.undo(outcome.batch)
        assert _content(workspace) == before
        started = time.monotonic()
        workspace.history.undo()
        spent["undo_s"] = time.monotonic() - started
        assert _content(workspace) == {}
        started = time.monotonic()
        assert workspace.history.verify(full=True) == []
        spent["verify_full_s"] = time.monotonic() - started
        workspace.history.redo()
        assert _content(workspace) == before
    finally:
        workspace.close()
    return spent


def test_an_import_repeated_changed_and_undone_leaves_what_was_there_before(tmp_path: Path) -> None:
    _whole_story(tmp_path, _SHORT_ROWS, _SHORT_CHANGED)


@pytest.mark.deep
@pytest.mark.timeout(3600)
def test_a_hundred_thousand_people_imported_repeated_changed_and_undone(
    tmp_path: Path, record_proof: RecordProof
) -> None:
    spent = _whole_story(tmp_path, ROWS, CHANGED)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {name: f"{value:.1f}" for name, value in spent.items()}
    record_proof("100,000 contacts: import, again, 1,000 changed, undo both", **figures, peak_mb=f"{peak:.0f}")


_CHILD = """
import sys
from pathlib import Path
from services.importing.outcome import ImportRequest
from services.records.fields import EntityKind
from services.store.store import Surroundings
from services.vault.memory_store import MemoryStore
from services.workspaces import Workspaces

if __name__ == "__main__":
    workspace = Workspaces(MemoryStore(), Surroundings(device=bytes(16))).open(Path(sys.argv[1]))
    print("opened", flush=True)
    workspace.imports.run(ImportRequest(Path(sys.argv[2]), EntityKind.CONTACT))
    print("acknowledged", flush=True)
    workspace.close()
"""


@pytest.mark.deep
@pytest.mark.timeout(3600)
def test_an_import_of_a_hundred_thousand_killed_at_ten_moments_is_all_or_nothing(
    tmp_path: Path, record_proof: RecordProof
) -> None:
    workspace = _new(tmp_path)
    workspace.close()
    path, file = workspace.store.path, tmp_path / "people.csv"
    write_people(file)
    (tmp_path / "child.py").write_text(_CHILD, encoding="utf-8")
    (tmp_path / "calm").mkdir()
    started = time.monotonic()
    calm = _new(tmp_path / "calm")
    _import(calm, file)
    calm.close()
    whole_time, whole, nothing = time.monotonic() - started, 0, 0
    for moment in range(10):
        command = [sys.executable, str(tmp_path / "child.py"), str(path), str(file)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        child.stdout.readline()
        try:
            # From the first tenth of an import to a little after its end.
            child.wait(timeout=whole_time * (moment + 1) / 8)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
        acknowledged = "acknowledged" in child.stdout.read()
        child.wait()
        child.stdout.close()
        opened = _workspaces().open(path)
        with opened.store.read() as connection:
            found = connection.exec_driver_sql("SELECT count(*) FROM contact WHERE deleted_at IS NULL").scalar_one()
        assert found in ((ROWS,) if acknowledged else (0, ROWS))
        assert opened.history.verify(full=found > 0) == []
        whole, nothing = whole + (found == ROWS), nothing + (found == 0)
        if found:
            opened.history.undo()
        opened.close()
    record_proof("kill -9 at ten moments of an import of 100,000", whole=whole, nothing=nothing, half=0)
