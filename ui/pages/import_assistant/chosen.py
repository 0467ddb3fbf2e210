"""What the user chose so far: the file, how it is read, where its columns go, and what happens on a match."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from services.importing.applying import OnMatch
from services.importing.decisions import Choice, LikelyRow, RowDecision, decide
from services.importing.mapping import ColumnMapping, as_custom, explained, read_as_told, retargeted
from services.importing.outcome import ImportRequest
from services.importing.shapes import AS_FOUND, ColumnShape, Correction
from services.records.fields import CUSTOM_PREFIX, EntityKind
from services.records.people import CustomField
from ui.pages.import_assistant.looking import Looked

if TYPE_CHECKING:
    from services.importing.service import Inspection
    from ui.operations.calendar_imports import CalendarFound

KEYS: Final = {
    EntityKind.CONTACT: ("email", "phone", "name", "external_key"),
    EntityKind.COMPANY: ("domain", "name", "phone", "external_key"),
    EntityKind.LEAD: ("email", "phone", "name", "external_key"),
    EntityKind.DEAL: ("title", "external_key"),
    EntityKind.TASK: ("title", "external_key"),
    # A key would be that of the people whom activities are with, and these are found by any of theirs.
    EntityKind.ACTIVITY: (),
}


@dataclass(slots=True)
class Chosen:
    """Everything a dry run needs; `has_memory`: such a file was imported before, `also`: other records in it."""

    path: Path | None = None
    inspection: Inspection | None = None
    calendar: CalendarFound | None = None
    also: tuple[EntityKind, ...] = ()
    correction: Correction = AS_FOUND
    own_fields: tuple[CustomField, ...] = ()
    has_memory: bool = False
    key: str = ""
    on_match: OnMatch = OnMatch.UPDATE
    in_parts: bool = False
    make_stages: bool = False
    with_tasks: bool = True
    decisions: dict[int, RowDecision] = field(default_factory=dict)

    @property
    def tasks(self) -> int:
        """The tasks of a calendar that come in with its events."""
        return len(self.calendar.contents.tasks) if self.calendar is not None and self.with_tasks else 0

    @property
    def left_out(self) -> list[ColumnShape]:
        """The columns with values that go nowhere."""
        inspection = self.inspection
        if inspection is None:
            return []
        ignored = {column.column for column in inspection.mapping.columns if column.is_ignored}
        return [column for column in inspection.shape.columns if column.name in ignored and column.samples]

    def keys(self, entity: EntityKind) -> list[str]:
        """What rows can be recognised by: "" for the usual, else fields that columns of the file go to."""
        if self.inspection is None:
            return [""]
        targets = {column.target for column in self.inspection.mapping.columns}
        if targets & {"full_name", "first_name", "last_name"}:
            targets.add("name")
        own = () if entity is EntityKind.ACTIVITY else sorted(_own(targets))
        return ["", *(key for key in KEYS[entity] if key in targets), *own]

    def request(self, entity: EntityKind) -> ImportRequest:
        """What the dry run is asked for. LookupError while no file is chosen."""
        if self.path is None:
            raise LookupError("No file is chosen")
        return ImportRequest(
            self.path,
            entity,
            key=self.key,
            on_match=self.on_match,
            dry_run=True,
            decisions=tuple(self.decisions.values()),
            make_stages=self.make_stages,
        )

    def revise(self, **changes: Any) -> bool:
        """Set options by their names; whether any became different. Then decisions about rows hold no longer."""
        if all(getattr(self, name) == value for name, value in changes.items()):
            return False
        for name, value in changes.items():
            setattr(self, name, value)
        self.decisions.clear()
        return True

    def choice_of(self, number: int) -> Choice:
        """What was decided of a row that looks like a duplicate; it stays a record of its own unless somebody did."""
        decided = self.decisions.get(number)
        return decided.choice if decided is not None else Choice.KEEP

    def decide(self, rows: Iterable[LikelyRow], choice: Choice) -> None:
        """Note what becomes of rows that look like duplicates."""
        for row in rows:
            if choice is Choice.KEEP:
                self.decisions.pop(row.number, None)
            else:
                self.decisions[row.number] = decide(row, choice)

    def take(self, looked: Looked, correction: Correction) -> None:
        """Note what was found out about the file, perhaps anew and with other columns."""
        found = looked.inspection
        if self.inspection is None and found is not None:
            self.has_memory = found.remembered
        self.inspection, self.calendar, self.also = found, looked.calendar, looked.also
        self.decisions.clear()
        self.correction, self.own_fields = correction, looked.own_fields

    def take_keeping_mapping(self, looked: Looked, correction: Correction) -> None:
        """The same, but columns that still have their names go where they went."""
        before, found = self.inspection, looked.inspection
        if before is not None and found is not None and before.shape.names == found.shape.names:
            mapping = explained(read_as_told(before.mapping, correction), found.shape, found.reading)
            looked = replace(looked, inspection=replace(found, mapping=mapping, remembered=before.remembered))
        self.take(looked, correction)

    def take_as_other_kind(self, looked: Looked, correction: Correction) -> None:
        """The same for records of another kind: neither key nor memory of the one before holds."""
        self.inspection, self.key = None, ""
        self.take(looked, correction)

    def send(self, column: ColumnMapping) -> None:
        """Send one column elsewhere."""
        found = self.inspection
        if found is not None:
            mapping = retargeted(found.mapping, found.shape, column, reading=found.reading)
            self.inspection = replace(found, mapping=mapping)
            self.decisions.clear()

    def keep_left_out(self) -> None:
        """Make every column that goes nowhere a field of the user's own."""
        found = self.inspection
        if found is None:
            return
        mapping = found.mapping
        taken = {column.custom_name for column in mapping.columns} | {field.name for field in self.own_fields}
        for column in self.left_out:
            made = as_custom(column)
            if made is not None and made.custom_name not in taken:
                taken.add(made.custom_name)
                mapping = mapping.with_column(replace(made, confidence=1.0))
        self.inspection = replace(found, mapping=explained(mapping, found.shape, found.reading))


def _own(targets: set[str]) -> set[str]:
    return {target for target in targets if target.startswith(CUSTOM_PREFIX)}
