"""An import that is killed leaves all or nothing, and what it staged is removed at the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.people_file import write_people
from services.importing.outcome import ImportRequest
from services.open_workspace import OpenWorkspace
from services.records.fields import EntityKind
from services.store.staging import leftovers
from services.store.store import Surroundings
from services.vault.memory_store import MemoryStore
from services.vault.protection import Protection
from services.workspaces import NewWorkspace, Workspaces

ROWS = 3_000

_CHILD = """
import sys
from pathlib import Path
from services.importing.outcome import ImportRequest
from services.records.fields import EntityKind
from services.store.store import Surroundings
from services.vault.memory_store import MemoryStore
from services.workspaces import Workspaces

def said(phase, done, total):
    print(phase, done, flush=True)

if __name__ == "__main__":
    workspace = Workspaces(MemoryStore(), Surroundings(device=bytes(16))).open(Path(sys.argv[1]))
    request = ImportRequest(Path(sys.argv[2]), EntityKind.CONTACT, chunk_rows=int(sys.argv[3]))
    workspace.imports.run(request, progress=said)
    print("acknowledged", flush=True)
    workspace.close()
"""


def _workspaces() -> Workspaces:
    return Workspaces(MemoryStore(), Surroundings(device=bytes(16)))


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    request = NewWorkspace(protection=Protection.PLAIN, user_name="Lena")
    workspace = _workspaces().create(tmp_path / "w.mycrm", request).workspace
    workspace.close()
    write_people(tmp_path / "people.csv", ROWS)
    (tmp_path / "child.py").write_text(_CHILD, encoding="utf-8")
    return workspace.store.path


def _start(path: Path, chunk: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(path.parent / "child.py"), str(path), str(path.parent / "people.csv"), str(chunk)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def _killed_after(path: Path, lines: int, chunk: int = 0) -> bool:
    """Kill a running import after so many lines of progress; returns whether it had acknowledged."""
    child = _start(path, chunk)
    assert child.stdout is not None
    seen = []
    for line in child.stdout:
        seen.append(line)
        if len(seen) >= lines:
            break
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read()
    child.wait()
    child.stdout.close()
    return "acknowledged" in "".join(seen) + rest


def _count(workspace: OpenWorkspace) -> int:
    with workspace.store.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM contact WHERE deleted_at IS NULL").scalar_one())


@pytest.mark.parametrize("lines", [1, 3, 5, 6, 7, 8, 9, 10, 12, 13])
def test_an_import_killed_at_any_moment_is_there_whole_or_not_at_all(path: Path, lines: int) -> None:
    acknowledged = _killed_after(path, lines)
    workspace = _workspaces().open(path)
    try:
        assert _count(workspace) in ({ROWS} if acknowledged else {0, ROWS})
        assert workspace.history.verify(full=True) == []
        assert leftovers(path) == []
    finally:
        workspace.close()


def test_an_import_in_chunks_that_was_killed_is_taken_back_at_the_next_start(path: Path) -> None:
    acknowledged = _killed_after(path, lines=8, chunk=500)
    assert not acknowledged
    workspace = _workspaces().open(path)
    try:
        assert _count(workspace) == 0
        assert workspace.history.verify(full=True) == []
        assert leftovers(path) == []
        outcome = workspace.imports.run(ImportRequest(path.parent / "people.csv", EntityKind.CONTACT))
        assert outcome.rows == ROWS
        assert _count(workspace) == ROWS
    finally:
        workspace.close()


def test_an_import_that_another_living_process_runs_is_left_alone(path: Path) -> None:
    child = _start(path, chunk=500)
    assert child.stdout is not None
    for line in child.stdout:
        if line.startswith("Importing"):
            break
    workspace = _workspaces().open(path)
    workspace.close()
    rest = child.stdout.read()
    child.wait(timeout=60)
    child.stdout.close()
    assert "acknowledged" in rest
    after = _workspaces().open(path)
    deadline = time.monotonic() + 5
    while leftovers(path) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _count(after) == ROWS
    after.close()
