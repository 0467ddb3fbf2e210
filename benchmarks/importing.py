"""How long an import of 100,000 people takes, beside the plainest script that leaves the same rows."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from benchmarks.floor_import import import_plainly
from benchmarks.people_file import write_people
from benchmarks.runner import Aim, BenchCase
from services.importing.outcome import ImportRequest
from services.open_workspace import OpenWorkspace
from services.reading import reading_of
from services.records.fields import EntityKind
from services.store.store import Surroundings
from services.vault.memory_store import MemoryStore
from services.vault.protection import Protection
from services.workspaces import NewWorkspace, Workspaces

DEVICE: Final = bytes(16)
FILE: Final = "people.csv"


def empty_workspace(folder: Path) -> OpenWorkspace:
    """A new plain workspace, open."""
    workspaces = Workspaces(MemoryStore(), Surroundings(device=DEVICE))
    request = NewWorkspace(protection=Protection.PLAIN, user_name="Lena Hartmann")
    return workspaces.create(folder / "bench.mycrm", request).workspace


def import_ours(file: Path, folder: Path) -> OpenWorkspace:
    """The import as the program does it."""
    workspace = empty_workspace(folder)
    workspace.imports.run(ImportRequest(file, EntityKind.CONTACT))
    return workspace


def import_floor(file: Path, folder: Path) -> Path:
    """The same by the plain script."""
    workspace = empty_workspace(folder)
    user = workspace.users.acting()
    assert user is not None
    path = workspace.store.path
    workspace.close()
    import_plainly(file, path, reading_of(user), user.uid, DEVICE)
    return path


def _prepare(folder: Path) -> None:
    write_people(folder / FILE)


def _ours(prepared: Path, scratch: Path) -> float:
    workspace = empty_workspace(scratch)
    started = time.perf_counter()
    workspace.imports.run(ImportRequest(prepared / FILE, EntityKind.CONTACT))
    spent = time.perf_counter() - started
    workspace.close()
    return spent


def _floor(prepared: Path, scratch: Path) -> float:
    workspace = empty_workspace(scratch)
    user = workspace.users.acting()
    assert user is not None
    path = workspace.store.path
    workspace.close()
    started = time.perf_counter()
    import_plainly(prepared / FILE, path, reading_of(user), user.uid, DEVICE)
    return time.perf_counter() - started


CASES: Final = (BenchCase("import 100,000 contacts", "s", _ours, Aim("ratio", 1.8), floor=_floor, prepare=_prepare),)
