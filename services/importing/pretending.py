"""A unit that writes nothing: with it, planning an import runs the same code as carrying it out."""

from __future__ import annotations

from collections.abc import Sequence

from services.clock import Clock, to_millis
from services.identity import UidSource
from services.records.fields import EntityKind
from services.store.connection import Connection
from services.store.rows import Edit
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
