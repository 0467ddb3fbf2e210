"""Events from csv, workbooks and JSON: rows under the names of our own export or of other calendars."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from services.importing.calendars import identified
from services.importing.content import custom_kind
from services.importing.detection import detect
from services.importing.headers import targets_of
from services.importing.reading import RowStream
from services.importing.refusals import UnreadableFile
from services.importing.shapes import FileShape
from services.importing.tables import as_table
from services.records.calendar_drafts import CalendarContents, EventDraft
from services.records.drafts import RecordDraft, RowReject, Value
from services.records.fields import CUSTOM_KINDS, CUSTOM_PREFIX, FIELDS, EntityKind, FieldKind, FieldSpec
from services.values.attendees import split_attendees
from services.values.coercion import Reading, coercer, is_nothing
from services.values.formulas import MARK, unmarked
from services.values.numbers import parse_integer
from services.values.tags import split_tags
from services.values.text import clean
from services.values.unreadable import UnreadableValue
from services.values.zones import parse_time_zone

_SHOWN: Final = 200
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_REST: Final = ("contact", "company", "deal", "owner", "external_key")
_MOMENT: Final = FieldSpec("moment", FieldKind.DAY_OR_MOMENT)

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Column:
    """Where a column goes: a field, or a field of the user's own with its kind."""

    field: str
    kind: FieldKind | None = None


def read_events(path: Path, reading: Reading) -> CalendarContents:
    """The events of a table, and the rows that cannot be read. Raises UnreadableFile."""
    with as_table(path, EntityKind.EVENT, reading) as table:
        shape = detect(table.path, region=reading.default_region)
        columns = _columns(shape)
        if not {"title", "starts_at"} <= {column.field for column in columns.values()}:
            raise UnreadableFile(
                f"{path.name} holds no events", "It needs a column for the title and one for the start of each."
            )
        own = shape.reading(reading)
        events: dict[int, EventDraft] = {}
        rejects = list(table.rejects)
        for number, cells in _rows(table.path, shape, rejects):
            found = _event(number, {index: cells[index] for index in columns}, columns, own)
            if isinstance(found, RowReject):
                rejects.append(replace(found, cells=_titles(cells, columns)))
            else:
                events[number] = found
    custom = {
        column.field.removeprefix(CUSTOM_PREFIX): column.kind for column in columns.values() if column.kind is not None
    }
    in_order = tuple(sorted(rejects, key=lambda reject: reject.number))
    return CalendarContents(tuple(events.values()), rejects=in_order, custom_kinds=custom, numbers=tuple(events))


def _rows(path: Path, shape: FileShape, rejects: list[RowReject]) -> Iterator[tuple[int, Sequence[str]]]:
    with RowStream(path, shape) as stream:
        for row in stream:
            if isinstance(row, RowReject):
                rejects.append(row)
            else:
                yield row[0], [unmarked(cell) if cell[:1] == MARK else cell for cell in row[1]]


def _columns(shape: FileShape) -> dict[int, _Column]:
    targets, _vendor = targets_of(EntityKind.EVENT, shape.names)
    found: dict[int, _Column] = {}
    for index, (name, target) in enumerate(zip(shape.names, targets, strict=True)):
        if name.startswith(CUSTOM_PREFIX):
            own, _, kind = name.partition(":")
            known = {str(one): one for one in CUSTOM_KINDS}.get(kind)
            found[index] = _Column(own, known or custom_kind(shape.columns[index]))
        elif target is not None and target.field and target.field not in {one.field for one in found.values()}:
            found[index] = _Column(target.field)
    return found


def _titles(cells: Sequence[str], columns: Mapping[int, _Column]) -> tuple[str, ...]:
    """The title alone, by which a rejected event is told."""
    return tuple(clean(cells[index])[:_SHOWN] for index, column in columns.items() if column.field == "title")


def _event(
    number: int, cells: Mapping[int, str], columns: Mapping[int, _Column], reading: Reading
) -> EventDraft | RowReject:
    texts = {columns[index].field: text for index, text in cells.items() if text.strip() and not is_nothing(text)}
    row = _Row(texts, reading)
    try:
        draft = row.draft()
        custom = {
            column.field.removeprefix(CUSTOM_PREFIX): row.custom(column)
            for column in columns.values()
            if column.kind is not None and column.field in texts
        }
    except UnreadableValue as unreadable:
        return RowReject(number, row.at, clean(texts.get(row.at, ""))[:_SHOWN], unreadable.predicate)
    if not draft.title:
        return RowReject(number, "title", "", "has no title")
    rest = RecordDraft(row.links(), custom=custom)
    draft = replace(draft, rest=rest if rest.fields or rest.custom else None)
    return draft if draft.calendar_uid else identified(draft)


class _Row:
    """Reads one row; `at` is the field being read."""

    def __init__(self, texts: Cells, reading: Reading) -> None:
        self._texts = texts
        self._reading = reading
        self.at = ""

    def draft(self) -> EventDraft:
        """The event of the row. Raises UnreadableValue."""
        zone = str(self._value("time_zone", parse_time_zone) or "")
        # A time without a zone is meant where the event takes place.
        self._reading = replace(self._reading, time_zone=zone or self._reading.time_zone)
        start = self._moment("starts_at")
        if start is None:
            raise UnreadableValue("", "has no start", "Say when it begins.")
        all_day = not isinstance(start, datetime)
        occurrence = self._moment("occurrence_at")
        return EventDraft(
            title=self._text("title"),
            starts_at=_at(start),
            ends_at=self._end(_at(start), all_day=all_day),
            all_day=all_day,
            time_zone=zone if all_day else self._reading.time_zone,
            location=self._text("location"),
            conference_url=self._text("conference_url"),
            status=self._text("status") or "confirmed",
            transparency=clean(self._texts.get("transparency", "")),
            visibility=clean(self._texts.get("visibility", "")),
            recurrence=self._text("recurrence"),
            excluded=self._moments("excluded"),
            added=self._moments("added"),
            alarms=tuple(sorted(self._numbers("alarms"), reverse=True)),
            calendar_uid=clean(self._texts.get("calendar_uid", "")),
            sequence=next(iter(self._numbers("sequence")), 0),
            occurrence=None if occurrence is None else _at(occurrence),
            attendees=self._value("attendees", split_attendees) or (),
            notes=self._text("notes"),
            tags=split_tags(self._texts.get("tags", "")),
        )

    def _end(self, begins: datetime, *, all_day: bool) -> datetime:
        """The exclusive end; without one a day, or an hour. Raises UnreadableValue for one before the start."""
        end = self._moment("ends_at")
        if end is None:
            return begins + (_DAY if all_day else _HOUR)
        ends = _at(end)
        if ends < begins:
            raise UnreadableValue(self._texts["ends_at"], "is before the start", "Give a later end.")
        return begins + _DAY if all_day and ends == begins else ends

    def _text(self, name: str) -> str:
        return str(self._value(name, coercer(FIELDS[EntityKind.EVENT][name], self._reading)) or "")

    def custom(self, column: _Column) -> Value:
        """The value of a field of the user's own."""
        self.at = column.field
        spec = FieldSpec(column.field, column.kind or FieldKind.TEXT)
        return coercer(spec, self._reading)(self._texts[column.field])

    def links(self) -> dict[str, Value]:
        """Whom and what the event is about, as the row names them."""
        return {name: clean(self._texts[name]) for name in _REST if clean(self._texts.get(name, ""))}

    def _value(self, name: str, read: Callable[[str], Any]) -> Any:
        self.at = name
        text = self._texts.get(name, "")
        return read(text) if text else None

    def _moment(self, name: str) -> date | datetime | None:
        found: date | datetime | None = self._value(name, coercer(_MOMENT, self._reading))
        return found

    def _moments(self, name: str) -> tuple[datetime, ...]:
        self.at = name
        read = coercer(_MOMENT, self._reading)
        found = [read(text) for text in _pieces(self._texts.get(name, ""))]
        return tuple(sorted(_at(one) for one in found if isinstance(one, date)))

    def _numbers(self, name: str) -> list[int]:
        self.at = name
        return [parse_integer(text, self._reading.decimal_mark) for text in _pieces(self._texts.get(name, ""))]


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in text.replace(";", ",").split(",") if piece.strip()]


def _at(found: date | datetime) -> datetime:
    """A moment; of a whole day its midnight UTC, wherever it is."""
    return found if isinstance(found, datetime) else datetime.combine(found, time.min, UTC)
