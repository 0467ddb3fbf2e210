"""How long a rep waits for the warning while typing, and for the list of duplicates, among 100,000 people."""

from __future__ import annotations

import gc
import random
import shutil
import statistics
import threading
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.importing import DEVICE, empty_workspace
from benchmarks.people_file import write_people
from benchmarks.runner import Aim, BenchCase
from services.importing.outcome import ImportRequest
from services.open_workspace import OpenWorkspace
from services.records.fields import EntityKind
from services.store.store import Surroundings
from services.vault.memory_store import MemoryStore
from services.workspaces import Workspaces

_TYPED: Final[tuple[Mapping[str, str], ...]] = (
    {"first_name": "Anna"},
    {"first_name": "Anna", "last_name": "Be"},
    {"first_name": "Anna", "last_name": "Berg-12"},
    {"first_name": "Søren", "last_name": "Sorensen-123", "company": "Firm 12"},
    {"last_name": "Berg"},
    {"email": "person99@firm3.example"},
    {"phone": "+49302300456"},
    {"first_name": "M.", "last_name": "Garcia-5", "company": "Firm 123 GmbH", "email": "person99@firm3.example"},
    {"first_name": "Dorde", "last_name": "Jovanovic-77"},
    {"first_name": "Greta", "last_name": "Lindgard-33", "company": "Firm"},
    {"first_name": "Jean", "last_name": "Dupont", "company": "Firm 1 GmbH"},
    {"first_name": "a", "last_name": "b"},
    {"first_name": "Henrik", "last_name": "Lindgaard-501", "phone": "030 2300005", "email": "person5@firm7.example"},
)


def _prepare(folder: Path) -> None:
    write_people(folder / "people.csv")
    workspace = empty_workspace(folder)
    workspace.imports.run(ImportRequest(folder / "people.csv", EntityKind.CONTACT))
    workspace.store.checkpoint()
    workspace.close()


def _opened(prepared: Path, scratch: Path) -> OpenWorkspace:
    shutil.copyfile(prepared / "bench.mycrm", scratch / "bench.mycrm")
    return Workspaces(MemoryStore(), Surroundings(device=DEVICE)).open(scratch / "bench.mycrm")


def _warning(prepared: Path, scratch: Path) -> float:
    workspace = _opened(prepared, scratch)
    typed = list(_TYPED) * 10
    random.Random(5).shuffle(typed)
    look = partial(workspace.duplicates.likely, EntityKind.CONTACT)
    look({"first_name": "Warm", "last_name": "Up"})
    spent = []
    for fields in typed:
        started = time.perf_counter()
        look(fields)
        spent.append(time.perf_counter() - started)
    workspace.close()
    return statistics.quantiles(spent, n=100, method="inclusive")[94] * 1000


def _review(prepared: Path, scratch: Path) -> float:
    workspace = _opened(prepared, scratch)
    started = time.perf_counter()
    workspace.duplicates.pairs(EntityKind.CONTACT)
    spent = time.perf_counter() - started
    workspace.close()
    return spent


def _kept_waiting(prepared: Path, scratch: Path) -> float:
    """The longest that a thread which wants to go on every millisecond had to wait, as a window does."""
    workspace = _opened(prepared, scratch)
    worker = threading.Thread(target=workspace.duplicates.pairs, args=(EntityKind.CONTACT,))
    longest = 0.0
    # As in the window, which collects its garbage itself.
    gc.disable()
    worker.start()
    last = time.perf_counter()
    while worker.is_alive():
        time.sleep(0.001)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    gc.enable()
    workspace.close()
    return longest * 1000


CASES: Final = (
    BenchCase(
        "duplicates while typing among 100,000 contacts, p95", "ms", _warning, Aim("value", 30), prepare=_prepare
    ),
    BenchCase("duplicates of 100,000 contacts listed", "s", _review, Aim("value", 20), prepare=_prepare),
    BenchCase(
        "a window kept waiting while duplicates are listed", "ms", _kept_waiting, Aim("value", 20), prepare=_prepare
    ),
)
