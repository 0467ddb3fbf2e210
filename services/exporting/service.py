"""Writes records to files that this program, spreadsheets and scripts can read."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from services.access import Access, Permission, verb
from services.errors import InvalidValue, MyCrmError
from services.exporting.columns import Layout, layout_of, row_of
from services.exporting.documents import document_of, pipeline_document
from services.exporting.events import event_names
from services.exporting.limits import Limits
from services.exporting.naming import Names, clear_names
from services.exporting.writers import CsvWriter, JsonWriter
from services.records.fields import PLURALS, EntityKind
from services.records.people import RecordCard
from services.records.sales import PipelineRow
from services.store.catalogue import CATALOGUE
from services.store.directory import custom_fields
from services.store.queries.cards import read_cards
from services.store.queries.exports import flagged_points, ids_after, most_points
from services.store.queries.pipelines import pipelines
from services.store.queries.tasks import rows as task_rows
from services.store.store import Store

FORMATS: Final = ("csv", "json", "xlsx", "vcf", "ics")
HOLDS: Final = {
    "vcf": (EntityKind.CONTACT, EntityKind.COMPANY),
    "ics": (EntityKind.EVENT, EntityKind.TASK),
}
"""The kinds of record of formats that are not for all of them."""
_SLICE: Final = 500

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class ExportOutcome:
    """What was written, and where; `cannot_hold` tells what the format has no place for."""

    path: Path
    files: tuple[Path, ...]
    counts: dict[str, int]
    seconds: float
    cannot_hold: tuple[str, ...] = ()

    def as_document(self) -> dict[str, Any]:
        """The answer of the command line."""
        return {
            "path": self.path,
            "files": list(self.files),
            "counts": self.counts,
            "seconds": self.seconds,
            "cannot_hold": list(self.cannot_hold),
        }


class ExportService:
    """Exports living records as csv or JSON."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    @verb(Permission.READ)
    def run(
        self,
        entities: Sequence[EntityKind],
        as_format: str,
        to: Path,
        *,
        everything: bool = False,
        progress: Progress | None = None,
    ) -> ExportOutcome:
        """Write these kinds of record; everything as csv makes a folder with a file a kind.

        A file that exists is replaced only once the new one is complete. Raises MyCrmError.
        """
        if as_format not in FORMATS:
            raise InvalidValue(f"There is no format {as_format}", f"Formats are: {', '.join(FORMATS)}.", field="format")
        entities = _held(entities, as_format)
        started = time.monotonic()
        counts: dict[str, int] = {}
        limits = Limits()
        try:
            if as_format == "json":
                files = self._json(entities, to, counts, everything=everything, progress=progress)
            elif as_format == "csv":
                files = self._csv(entities, to, counts, limits, everything=everything, progress=progress)
            elif as_format == "xlsx":
                files = self._xlsx(entities, to, counts, limits, everything=everything, progress=progress)
            elif as_format == "vcf":
                files = self._vcf(entities, to, counts, limits, progress)
            else:
                files = self._ics(entities, to, counts, limits)
        except OSError as error:
            raise MyCrmError(
                f"{to} could not be written", f"{error.strerror or 'The disk refused'}: choose another place."
            ) from error
        return ExportOutcome(to, tuple(files), counts, time.monotonic() - started, limits.told())

    def _csv(
        self,
        entities: Sequence[EntityKind],
        to: Path,
        counts: dict[str, int],
        limits: Limits,
        *,
        everything: bool,
        progress: Progress | None,
    ) -> list[Path]:
        files = []
        if everything:
            to.mkdir(parents=True, exist_ok=True)
            limits.add("pipelines and their stages", len(self._pipelines()))
        for entity in entities:
            path = to / f"{PLURALS[entity]}.csv" if everything else to
            layout = self._layout(entity)
            with _replacing(path) as part, CsvWriter(part, layout.headers) as writer:
                for card, names in self._cards(entity, counts, progress):
                    limits.note(entity, card)
                    writer.write(row_of(layout, card, names))
            files.append(path)
        return files

    def _json(
        self,
        entities: Sequence[EntityKind],
        to: Path,
        counts: dict[str, int],
        *,
        everything: bool,
        progress: Progress | None,
    ) -> list[Path]:
        with _replacing(to) as part, JsonWriter(part) as writer:
            if everything:
                writer.begin("pipelines")
                for pipeline in self._pipelines():
                    writer.write(pipeline_document(pipeline))
            for entity in entities:
                writer.begin(PLURALS[entity])
                for card, names in self._cards(entity, counts, progress):
                    writer.write(document_of(entity, card, names))
        return [to]

    def _xlsx(
        self,
        entities: Sequence[EntityKind],
        to: Path,
        counts: dict[str, int],
        limits: Limits,
        *,
        everything: bool,
        progress: Progress | None,
    ) -> list[Path]:
        from services.exporting.workbooks import WorkbookWriter

        if everything:
            limits.add("pipelines and their stages", len(self._pipelines()))
        with _replacing(to) as part, WorkbookWriter(part) as writer:
            for entity in entities:
                layout = self._layout(entity)
                writer.begin(PLURALS[entity], layout.headers)
                for card, names in self._cards(entity, counts, progress):
                    limits.note(entity, card)
                    writer.write(row_of(layout, card, names))
            limits.add("texts beyond 32,767 characters", writer.shortened)
        return [to]

    def _vcf(
        self,
        entities: Sequence[EntityKind],
        to: Path,
        counts: dict[str, int],
        limits: Limits,
        progress: Progress | None,
    ) -> list[Path]:
        from services.exporting.vcards import CARD_CANNOT_HOLD, VcardWriter

        with _replacing(to) as part, VcardWriter(part) as writer:
            for entity in entities:
                for card, _ in self._cards(entity, counts, progress):
                    writer.write(entity, card)
        limits.add(f"in cards: {', '.join(CARD_CANNOT_HOLD)}", sum(counts.values()))
        return [to]

    def _ics(self, entities: Sequence[EntityKind], to: Path, counts: dict[str, int], limits: Limits) -> list[Path]:
        from services.calendar import EventService
        from services.exporting.calendars import CALENDAR_CANNOT_HOLD, calendar_file

        events = self._all_ids(EntityKind.EVENT) if EntityKind.EVENT in entities else []
        tasks = self._all_ids(EntityKind.TASK) if EntityKind.TASK in entities else []
        drafts = EventService(self._store, self._access).drafts(events)
        with self._store.read() as connection:
            rows = task_rows(connection, tasks)
        with _replacing(to) as part:
            part.write_bytes(calendar_file(drafts, rows, written_at=self._store.clock.now()))
        counts.update({PLURALS[EntityKind.EVENT]: len(drafts), PLURALS[EntityKind.TASK]: len(rows)})
        limits.add(f"in calendars: {', '.join(CALENDAR_CANNOT_HOLD)}", len(drafts) + len(rows))
        return [to]

    def _event_names(self, ids: Sequence[int]) -> dict[tuple[int, str], str]:
        from services.calendar import EventService

        events = EventService(self._store, self._access)
        found: dict[tuple[int, str], str] = {}
        for local_id, draft in zip(ids, events.drafts(ids), strict=True):
            found.update(event_names(local_id, draft))
        return found

    def _all_ids(self, entity: EntityKind) -> list[int]:
        found: list[int] = []
        while True:
            with self._store.read() as connection:
                ids = ids_after(connection, CATALOGUE[entity].table, found[-1] if found else 0, _SLICE)
            if not ids:
                return found
            found += ids

    def _pipelines(self) -> list[PipelineRow]:
        with self._store.read() as connection:
            return pipelines(connection)

    def _layout(self, entity: EntityKind) -> Layout:
        with self._store.read() as connection:
            return layout_of(
                entity,
                most_points(connection, entity),
                custom_fields(connection, entity),
                flagged_points(connection, entity),
            )

    def _cards(
        self, entity: EntityKind, counts: dict[str, int], progress: Progress | None
    ) -> Iterator[tuple[RecordCard, Names]]:
        """Living records in slices, each in a read transaction of its own, with keys for names that are not clear."""
        spec = CATALOGUE[entity]
        name = PLURALS[entity]
        counts[name] = 0
        last = 0
        while True:
            with self._store.read() as connection:
                ids = ids_after(connection, spec.table, last, _SLICE)
                cards = read_cards(connection, spec, ids)
                names = clear_names(connection, entity, cards)
            if not ids:
                return
            if entity is EntityKind.EVENT:
                names.update(self._event_names([card.id for card in cards]))
            last = ids[-1]
            yield from ((card, names) for card in cards)
            counts[name] += len(cards)
            if progress is not None:
                progress(f"Exporting {name}", counts[name], 0)


def _held(entities: Sequence[EntityKind], as_format: str) -> Sequence[EntityKind]:
    """The kinds that the format can hold. Raises InvalidValue where it can hold none of them."""
    holds = HOLDS.get(as_format)
    if holds is None:
        return entities
    found = [entity for entity in entities if entity in holds]
    if not found:
        raise InvalidValue(
            f"A file of format {as_format} holds no {PLURALS[entities[0]]}",
            f"It holds {' and '.join(PLURALS[entity] for entity in holds)}; csv, json and xlsx hold everything.",
            field="format",
        )
    return found


class _replacing:  # noqa: N801 - reads as the statement it is used in
    """A file that takes its name only once it is complete."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = path.with_name(f".{path.name}.{os.getpid()}.part")

    def __enter__(self) -> Path:
        return self._part

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if kind is None:
            self._part.replace(self._path)
        else:
            self._part.unlink(missing_ok=True)
