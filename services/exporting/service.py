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
from services.exporting.documents import document_of
from services.exporting.writers import CsvWriter, JsonWriter
from services.records.fields import EntityKind
from services.records.people import RecordCard
from services.store.catalogue import CATALOGUE
from services.store.directory import custom_fields
from services.store.queries.cards import read_cards
from services.store.queries.exports import flagged_points, ids_after, most_points
from services.store.store import Store

FORMATS: Final = ("csv", "json")
PLURALS: Final = {
    EntityKind.CONTACT: "contacts",
    EntityKind.COMPANY: "companies",
    EntityKind.ACTIVITY: "activities",
}
_SLICE: Final = 500

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class ExportOutcome:
    """What was written, and where."""

    path: Path
    files: tuple[Path, ...]
    counts: dict[str, int]
    seconds: float

    def as_document(self) -> dict[str, Any]:
        """The answer of the command line."""
        return {"path": self.path, "files": list(self.files), "counts": self.counts, "seconds": self.seconds}


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
        started = time.monotonic()
        counts: dict[str, int] = {}
        try:
            if as_format == "json":
                files = self._json(entities, to, counts, progress)
            else:
                files = self._csv(entities, to, counts, everything=everything, progress=progress)
        except OSError as error:
            raise MyCrmError(
                f"{to} could not be written", f"{error.strerror or 'The disk refused'}: choose another place."
            ) from error
        return ExportOutcome(to, tuple(files), counts, time.monotonic() - started)

    def _csv(
        self,
        entities: Sequence[EntityKind],
        to: Path,
        counts: dict[str, int],
        *,
        everything: bool,
        progress: Progress | None,
    ) -> list[Path]:
        files = []
        if everything:
            to.mkdir(parents=True, exist_ok=True)
        for entity in entities:
            path = to / f"{PLURALS[entity]}.csv" if everything else to
            layout = self._layout(entity)
            with _replacing(path) as part, CsvWriter(part, layout.headers) as writer:
                for card in self._cards(entity, counts, progress):
                    writer.write(row_of(layout, card))
            files.append(path)
        return files

    def _json(
        self, entities: Sequence[EntityKind], to: Path, counts: dict[str, int], progress: Progress | None
    ) -> list[Path]:
        with _replacing(to) as part, JsonWriter(part) as writer:
            for entity in entities:
                writer.begin(PLURALS[entity])
                for card in self._cards(entity, counts, progress):
                    writer.write(document_of(entity, card))
        return [to]

    def _layout(self, entity: EntityKind) -> Layout:
        with self._store.read() as connection:
            return layout_of(
                entity,
                most_points(connection, entity),
                custom_fields(connection, entity),
                flagged_points(connection, entity),
            )

    def _cards(self, entity: EntityKind, counts: dict[str, int], progress: Progress | None) -> Iterator[RecordCard]:
        """Living records in slices, each in a read transaction of its own."""
        spec = CATALOGUE[entity]
        name = PLURALS[entity]
        counts[name] = 0
        last = 0
        while True:
            with self._store.read() as connection:
                ids = ids_after(connection, spec.table, last, _SLICE)
                cards = read_cards(connection, spec, ids)
            if not ids:
                return
            last = ids[-1]
            yield from cards
            counts[name] += len(cards)
            if progress is not None:
                progress(f"Exporting {name}", counts[name], 0)


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
