"""How long a rep waits with 100,000 people: the first page of the list, a search, a saved edit."""

from __future__ import annotations

import os
import random
import shutil
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import orjson

from benchmarks.importing import DEVICE, empty_workspace
from benchmarks.people_file import write_people
from benchmarks.runner import Aim, BenchCase
from services.importing.outcome import ImportRequest
from services.open_workspace import OpenWorkspace
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from services.store.engine import connect
from services.store.queries.listing import ListRequest
from services.store.store import Surroundings
from services.vault.memory_store import MemoryStore
from services.workspaces import Workspaces

_EDITS: Final = 200
_QUERIES: Final = (
    "anna",
    "berg",
    "lindgaard henrik",
    "søren sorensen",
    "firm 123",
    "person4711",
    "person99@firm",
    "2300123",
    "030 23 00 456",
    "lindgard",
    "jovanovic dorde",
    "zo",
    "a",
    "garcia maria firm",
    "nobody at all",
    "yilmza",
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


def _percentile_ms(spent: list[float], percent: int) -> float:
    return statistics.quantiles(spent, n=100, method="inclusive")[percent - 1] * 1000


def _timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _first_page(prepared: Path, scratch: Path) -> float:
    workspace = _opened(prepared, scratch)

    def show() -> None:
        ids = workspace.contacts.ids(ListRequest())
        assert len(workspace.contacts.rows(ids[:50])) == 50

    spent = _timed(show)
    workspace.close()
    return spent * 1000


def _search(prepared: Path, scratch: Path) -> float:
    workspace = _opened(prepared, scratch)
    queries = list(_QUERIES) * 10
    random.Random(3).shuffle(queries)
    workspace.search.search("warm")
    spent = [_timed(partial(workspace.search.search, query)) for query in queries]
    workspace.close()
    return _percentile_ms(spent, 95)


def _edit(prepared: Path, scratch: Path) -> float:
    workspace = _opened(prepared, scratch)
    ids = workspace.contacts.ids(ListRequest())[:_EDITS]
    drafts = {local_id: RecordDraft(fields={"title": f"Director {local_id}"}) for local_id in ids}
    spent = [_timed(partial(workspace.contacts.change, local_id, draft)) for local_id, draft in drafts.items()]
    workspace.close()
    return _percentile_ms(spent, 95)


def _plain_edit(prepared: Path, scratch: Path) -> float:
    """The same rows by one plain transaction an edit: contact, change, batch, and the entry in the index."""
    path = scratch / "bench.mycrm"
    shutil.copyfile(prepared / "bench.mycrm", path)
    raw = connect(path, None)
    ids = [row[0] for row in raw.execute("SELECT id FROM contact ORDER BY sort_name, id LIMIT ?", (_EDITS,))]

    def edit(local_id: int) -> None:
        raw.execute("BEGIN IMMEDIATE")
        uid, title = raw.execute("SELECT uid, title FROM contact WHERE id = ?", (local_id,)).fetchone()
        raw.execute("UPDATE contact SET title = ? WHERE id = ?", (f"Director {local_id}", local_id))
        batch = raw.execute(
            "INSERT INTO batch(uid, kind, label_code, origin, device, started_at, counts, chain) "
            "VALUES (?, 'edit', 'contact.change', 'user', ?, 0, '{}', ?)",
            (os.urandom(16), DEVICE, bytes(32)),
        ).lastrowid
        personal = orjson.dumps({"title": [title, f"Director {local_id}"]})
        raw.execute(
            "INSERT INTO change(batch, hlc, schema, entity, entity_uid, op, fields, personal, row_digest) "
            "VALUES (?, 0, 1, 'contact', ?, 'update', '{}', ?, ?)",
            (batch, uid, personal, bytes(32)),
        )
        entry = raw.execute("SELECT name, company, email, phone FROM search_name WHERE rowid = ?", (local_id * 16 + 1,))
        kept = entry.fetchone()
        raw.execute("DELETE FROM search_name WHERE rowid = ?", (local_id * 16 + 1,))
        raw.execute(
            "INSERT INTO search_name(rowid, name, company, email, phone, other) VALUES (?, ?, ?, ?, ?, ?)",
            (local_id * 16 + 1, *kept, f"director {local_id}"),
        )
        raw.execute("COMMIT")

    spent = [_timed(partial(edit, local_id)) for local_id in ids]
    raw.close()
    return _percentile_ms(spent, 95)


CASES: Final = (
    BenchCase("first page of 100,000 contacts", "ms", _first_page, Aim("value", 100), prepare=_prepare),
    BenchCase("search among 100,000 contacts, p95", "ms", _search, Aim("value", 16), prepare=_prepare),
    BenchCase("edit saved, p95", "ms", _edit, Aim("value", 8), prepare=_prepare),
    BenchCase(
        "edit saved beside a plain transaction, p95", "ms", _edit, Aim("ratio", 4), floor=_plain_edit, prepare=_prepare
    ),
)
