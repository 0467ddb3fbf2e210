"""Units that leave nothing behind: with them, planning an import runs the same code as carrying it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from services.clock import Clock, to_millis
from services.identity import UidSource
from services.records.fields import EntityKind
from services.store.connection import Connection
from services.store.queries.pipelines import pipelines
from services.store.rows import Edit
from services.store.store import Store
from services.store.writing import WriteUnit


class PretendUnit(WriteUnit):
    """Reads like a write unit; what is saved is only counted, and new records get uids that are thrown away."""

    def __init__(self, clock: Clock) -> None:
        self.uids = UidSource(clock)
        self.now_millis = to_millis(clock.now())
        self.fields_set = 0

    def read_from(self, connection: Connection) -> None:
        """Use this read transaction from now on: one a slice, so that none lives long."""
        self.connection = connection

    def save(self, entity: EntityKind, edits: Sequence[Edit]) -> None:
        """Count the values that would be set on standing records."""
        for edit in edits:
            if edit.before is not None:
                self.fields_set += sum(1 for name in edit.after if edit.after[name] != edit.before[name])


class _TakenBack(Exception):
    """Ends a write that was never meant to stay."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A unit to plan with; what is read of it is read inside `looking`."""

    unit: WriteUnit
    _store: Store

    @property
    def values_set(self) -> int:
        """How many values would be set on records that stand."""
        return self.unit.fields_set if isinstance(self.unit, PretendUnit) else 0

    @contextmanager
    def looking(self) -> Iterator[WriteUnit]:
        """The unit, for as long as one slice of rows takes."""
        if isinstance(self.unit, PretendUnit):
            with self._store.read() as connection:
                self.unit.read_from(connection)
                yield self.unit
        else:
            yield self.unit


@contextmanager
def rehearsing(store: Store, entity: EntityKind, *, makes_stages: bool = False) -> Iterator[Rehearsal]:
    """What an import is planned with.

    The first deals of a workspace bring its pipelines with them, others perhaps stages, and can only be planned where
    these stand: they are written, and everything is taken back at the end.
    """
    if entity is not EntityKind.DEAL or (_has_pipelines(store) and not makes_stages):
        yield Rehearsal(PretendUnit(store.clock), store)
        return
    with taken_back(store) as unit:
        yield Rehearsal(unit, store)


@contextmanager
def taken_back(store: Store) -> Iterator[WriteUnit]:
    """A unit that writes, and of which nothing is left at the end of the block."""
    try:
        with store.write("import", "import.rehearse") as unit:
            yield unit
            raise _TakenBack
    except _TakenBack:
        return


def _has_pipelines(store: Store) -> bool:
    with store.read() as connection:
        return bool(pipelines(connection))
