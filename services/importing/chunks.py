"""Imports in chunks, each a batch under one parent, taken back when cut short; and remembered mappings."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from services.clock import to_millis
from services.errors import Cancelled
from services.importing.applying import RowApplier
from services.importing.mapping import Mapping, mapping_from_json
from services.records.drafts import RowDraft
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.ledger import Origin
from services.store import undoing
from services.store.aggregates import Document
from services.store.openers import is_running
from services.store.queries.batches import batch_id
from services.store.queries.settings import setting_id, setting_value
from services.store.staging import Staging, leftovers
from services.store.store import Store
from services.store.writing import WriteUnit

Progress = Callable[[str, int, int], None]
MakeApplier = Callable[[WriteUnit], RowApplier]


class ChunkedImport:
    """Carries staged rows out a chunk at a time; between chunks others may write."""

    def __init__(self, store: Store, staging: Staging, entity: EntityKind, digest: bytes) -> None:
        self._store = store
        self._staging = staging
        self._entity = entity
        self._digest = digest

    def run(
        self,
        chunk_rows: int,
        rows: int,
        make_applier: MakeApplier,
        progress: Progress | None,
        stopped: Callable[[], bool],
    ) -> tuple[list[Uid], RowApplier]:
        """Import everything; a stop rolls back the chunks that were done. Raises Cancelled."""
        job = self._begin(chunk_rows)
        batches: list[Uid] = []
        parent: int | None = None
        applier: RowApplier | None = None
        done = 0
        for chunk in self._chunks(chunk_rows):
            if stopped():
                roll_back(self._store, batches[:1])
                self._end(job)
                raise Cancelled("The import was stopped", "The chunks that were done were taken back.")
            applier, parent = self._chunk(chunk, make_applier, applier, parent, batches, job)
            done += len(chunk)
            if progress is not None:
                progress("Importing", done, rows)
        if applier is None:
            with self._store.write("import", f"{self._entity}.import", Origin.IMPORT) as unit:
                applier = make_applier(unit)
        self._end(job)
        return batches, applier

    def _chunk(
        self,
        rows: list[RowDraft],
        make_applier: MakeApplier,
        before: RowApplier | None,
        parent: int | None,
        batches: list[Uid],
        job: int,
    ) -> tuple[RowApplier, int | None]:
        with self._store.write(
            "import", f"{self._entity}.import", Origin.IMPORT, source_digest=self._digest, parent=parent
        ) as unit:
            applier = make_applier(unit)
            applier.gather(rows)
            for start in range(0, len(rows), 500):
                applier.take(rows[start : start + 500])
            unit.connection.exec_driver_sql(
                "UPDATE import_job SET next_row = ?, parent_batch = ? WHERE id = ?",
                (rows[-1].number, batches[0] if batches else unit.batch_uid, job),
            )
        if unit.changed and unit.batch_uid is not None:
            batches.append(unit.batch_uid)
            parent = parent or unit.batch_id
        if before is not None:
            applier.continue_from(before)
        return applier, parent

    def _chunks(self, chunk_rows: int) -> Any:
        waiting: list[RowDraft] = []
        for rows in self._staging.slices():
            waiting.extend(rows)
            while len(waiting) >= chunk_rows:
                yield waiting[:chunk_rows]
                del waiting[:chunk_rows]
        if waiting:
            yield waiting

    def _begin(self, chunk_rows: int) -> int:
        self._staging.sync()
        holder = orjson.dumps({"pid": os.getpid(), "host": platform.node(), "entity": self._entity}).decode()
        with self._store.note() as connection:
            return int(
                connection.exec_driver_sql(
                    "INSERT INTO import_job(parent_batch, staging_path, staging_key, request, chunk_rows, next_row, "
                    "started_at) VALUES (x'', ?, ?, ?, ?, 0, ?) RETURNING id",
                    (
                        str(self._staging.path),
                        self._staging.key,
                        holder,
                        chunk_rows,
                        to_millis(self._store.clock.now()),
                    ),
                ).scalar_one()
            )

    def _end(self, job: int) -> None:
        with self._store.note() as connection:
            connection.exec_driver_sql("DELETE FROM import_job WHERE id = ?", (job,))


def roll_back(store: Store, parents: list[Uid]) -> None:
    """Take back an import that was not finished, with all its chunks."""
    for parent in parents:
        with store.read() as connection:
            found = batch_id(connection, parent)
            targets = undoing.with_children(connection, found) if found is not None else []
        for target in targets:
            with store.write(undoing.UNDO, "import.roll_back", Origin.RULE, undo_of=target) as unit:
                undoing.take_back(unit, target)


def finish_interrupted(store: Store) -> list[str]:
    """Roll back imports in chunks whose program was killed, and remove what they staged; returns what was done."""
    if store.read_only:
        return []
    with store.read() as connection:
        jobs = connection.exec_driver_sql("SELECT id, parent_batch, staging_path, request FROM import_job").fetchall()
    done = []
    live: set[Path] = set()
    for job, parent, staging_path, request in jobs:
        holder = orjson.loads(request)
        if holder["host"] == platform.node() and is_running(holder["pid"]):
            live.add(Path(staging_path))
            continue
        if parent:
            roll_back(store, [Uid(parent)])
        with store.note() as connection:
            connection.exec_driver_sql("DELETE FROM import_job WHERE id = ?", (job,))
        done.append("An import that was cut short was taken back; import the file again.")
    _remove_leftovers(store.path, live)
    return done


def _remove_leftovers(workspace: Path, live: set[Path]) -> None:
    """Staging files of killed programs; a file that somebody still fills is younger than its process."""
    for path in leftovers(workspace):
        if path not in live and not _is_open(path):
            path.unlink(missing_ok=True)


def _is_open(path: Path) -> bool:
    """Whether the process that made a staging file, which its name tells, still runs."""
    parts = path.name.split(".")
    return len(parts) >= 3 and parts[-2].isdigit() and is_running(int(parts[-2]))


def _mapping_name(entity: EntityKind, columns: tuple[str, ...]) -> str:
    signature = hashlib.sha256("\0".join(columns).encode()).hexdigest()[:16]
    return f"import.mapping.{entity.value}.{signature}"


def saved_mapping(store: Store, entity: EntityKind, columns: tuple[str, ...]) -> Mapping | None:
    """The mapping that was used last for a file with these columns."""
    with store.read() as connection:
        value = setting_value(connection, _mapping_name(entity, columns))
    return None if value is None else mapping_from_json(orjson.loads(value))


def save_mapping(store: Store, entity: EntityKind, mapping: Mapping) -> None:
    """Remember where the columns of such a file go."""
    name = _mapping_name(entity, tuple(column.column for column in mapping.columns))
    text = orjson.dumps(mapping.to_json()).decode()
    with store.write("setting", "import.mapping", Origin.RULE) as unit:
        found = setting_id(unit.connection, name)
        if found is None:
            document = unit.blank(EntityKind.SETTING)
            document.update(name=name, value=text)
            unit.create(EntityKind.SETTING, document)
            return

        def change(standing: Document) -> None:
            standing["value"] = text

        unit.edit(EntityKind.SETTING, found, change)
