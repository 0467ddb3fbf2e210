"""How long a rep waits for the parts of a line at each keystroke, among 100,000 people."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from benchmarks.importing import DEVICE, empty_workspace
from benchmarks.people_file import write_people
from benchmarks.runner import Aim, BenchCase
from services.importing.outcome import ImportRequest
from services.open_workspace import OpenWorkspace
from services.records.fields import EntityKind
from services.store.store import Surroundings
from services.values.text import fold
from services.vault.memory_store import MemoryStore
from services.workspaces import Workspaces

_TYPED: Final = (
    "Call Anna Berg-12 Firm 3 30k next Tue 10 #renewal",
    "Lunch with Søren tomorrow 12:30",
    "Met Greta Lindgard-33 and Anna from Firm 123 GmbH today, budget approved",
    "Angebot an Firm 7 schicken bis Montag, 4.500 €",
    "Termin mit Herrn Berg am Freitag um 14 Uhr",
    "Email person99@firm3.example the price list by Friday",
    "Called +49302300456, no answer, try again on 24 March",
    "Jean und Dorde am Donnerstag anrufen wegen Verlängerung",
    "New contact: Nadia Petrov, Solarwerk GmbH, nadia.petrov@solarwerk.example",
    "Henrik yesterday at Firm 501, wants a discount of 5% for 20 licences, follow up in two weeks p1",
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


def _keystrokes() -> Iterator[str]:
    """Every line as it stands after each of its characters."""
    for line in _TYPED:
        for end in range(1, len(line) + 1):
            yield line[:end]


def _p95_ms(answer: Callable[[str], object]) -> float:
    answer("Warm up")
    spent = []
    for text in _keystrokes():
        started = time.perf_counter()
        answer(text)
        spent.append(time.perf_counter() - started)
    return statistics.quantiles(spent, n=100, method="inclusive")[94] * 1000


def _reading(prepared: Path, scratch: Path) -> float:
    workspace = _opened(prepared, scratch)
    spent = _p95_ms(workspace.capture.read)
    workspace.close()
    return spent


def _asking_plainly(prepared: Path, scratch: Path) -> float:
    """One question to the index of names for each word of the line, and nothing made of the answers."""
    workspace = _opened(prepared, scratch)
    sql = "SELECT rowid FROM search_name WHERE search_name MATCH ? AND rowid % 16 = 1 LIMIT 24"

    def ask(text: str) -> None:
        with workspace.store.read() as connection:
            for word in fold(text).split():
                connection.exec_driver_sql(sql, (f'{{name}} : ("{word}")',)).fetchall()

    spent = _p95_ms(ask)
    workspace.close()
    return spent


CASES: Final = (
    BenchCase(
        "a captured line read at each keystroke among 100,000 contacts, p95",
        "ms",
        _reading,
        Aim("value", 30),
        prepare=_prepare,
    ),
    BenchCase(
        "a captured line read against its words looked up, p95",
        "ms",
        _reading,
        Aim("ratio", 3),
        floor=_asking_plainly,
        prepare=_prepare,
    ),
)
