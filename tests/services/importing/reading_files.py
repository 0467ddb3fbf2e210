"""Reads a file the way an import does, for tests: from its bytes to drafts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from services.importing.detection import detect
from services.importing.mapping import Mapping, propose, with_options
from services.importing.shapes import FileShape
from services.importing.worker import Job, normalise_file
from services.records.drafts import PointKind, RowDraft, RowReject
from services.records.fields import EntityKind
from services.values.coercion import Reading

FILES = Path(__file__).parents[2] / "data" / "imports"

Point = tuple[str, str, bool]
"""Normal form, label, whether it is primary."""


@dataclass(frozen=True)
class Import:
    """A file that has been read: its shape, the proposed mapping, and every row."""

    shape: FileShape
    mapping: Mapping
    rows: list[RowDraft | RowReject]

    def draft(self, number: int) -> RowDraft:
        """The row of this number, which has to be a draft."""
        row = self.rows[number - 1]
        assert isinstance(row, RowDraft), row
        assert row.number == number
        return row

    @property
    def rejects(self) -> list[tuple[int, str, str, str]]:
        """Number, column, value and reason of the rows that could not be read."""
        return [(r.number, r.column, r.value, r.reason) for r in self.rows if isinstance(r, RowReject)]

    def targets(self) -> dict[str, str]:
        """The columns that go somewhere, with target and label."""
        return {
            c.column: c.target + (f":{c.label}" if c.label else "") for c in self.mapping.columns if not c.is_ignored
        }


def read_import(
    path: Path,
    entity: EntityKind = EntityKind.CONTACT,
    *,
    region: str = "DE",
    make_custom: bool = False,
    options: tuple[str, ...] = (),
) -> Import:
    """Detect, map and normalise a file."""
    shape = detect(path, region=region)
    reading = shape.reading(Reading(default_region=region, time_zone="Europe/Berlin"))
    mapping = propose(entity, shape, reading=reading, make_custom=make_custom)
    mapping = with_options(mapping, shape, options, reading=reading)
    slices = normalise_file(Job(path, entity, shape, mapping, reading))
    return Import(shape, mapping, [row for piece in slices for row in piece])


def points(row: RowDraft, kind: PointKind) -> list[Point]:
    """The points of one kind of a row."""
    return [(p.normal, p.label, p.is_primary) for p in row.draft.points if p.kind is kind]
