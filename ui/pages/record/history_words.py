"""What happened to a record, batch by batch, in plain words. Pure: everything it needs is handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from services.clock import from_millis
from services.records.drafts import PointKind
from services.records.fields import FIELDS, EntityKind, FieldKind
from services.records.ids import Uid
from services.records.ledger import FieldChange, HistoryEntry, Origin
from ui.pages.record.history_parts import HistoryLine, Names, link_of, part_line
from ui.pages.record.moments import Moments, long_date
from ui.pages.record.wording import choice, field_name, own_field_label

_QUIET: Final = frozenset(
    {"created_at", "deleted_at", "provenance", "is_primary", "position", "series", "all_day", "converted_at"}
)
"""What follows from something else, and would only be noise beside it."""
_POINT_FIELDS: Final = {
    PointKind.EMAIL: "email",
    PointKind.PHONE: "phone",
    PointKind.ADDRESS: "address",
    PointKind.URL: "website",
    PointKind.SOCIAL: "social",
}


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One batch, as far as it concerned this record."""

    batch: Uid
    title: str
    icon: str
    who: str
    at: datetime
    lines: tuple[HistoryLine, ...]
    can_undo: bool


def history_items(entries: Sequence[HistoryEntry], names: Names, moments: Moments) -> list[HistoryItem]:
    """The entries by batch, in their order: the newest first."""
    items = []
    for _, together in groupby(entries, key=lambda entry: entry.batch):
        items.append(_item(list(together), names, moments))
    return items


def _item(entries: Sequence[HistoryEntry], names: Names, moments: Moments) -> HistoryItem:
    first = entries[0]
    lines = tuple(line for entry in entries for line in _lines(entry, names, moments))
    title, icon = _title(first, lines)
    who = first.actor_name or _origin_name(first.origin)
    return HistoryItem(first.batch, title, icon, who, first.changed_at, lines, can_undo=not first.erased)


def _title(entry: HistoryEntry, lines: Sequence[HistoryLine]) -> tuple[str, str]:
    imported = entry.origin == Origin.IMPORT
    if entry.erased:
        return _tr("Erased for good"), "lock"
    if entry.op == "create":
        return (_tr("Came with an import"), "import") if imported else (_tr("Added"), "add")
    if entry.origin == Origin.UNDO:
        return _tr("Taken back"), "undo"
    if entry.op in ("delete", "restore"):
        return (_tr("Moved to Trash"), "trash") if entry.op == "delete" else (_tr("Restored from Trash"), "restore")
    if imported:
        return _tr("Updated by an import"), "import"
    named = _named_commands().get(entry.label_code)
    if named is not None:
        return named
    if len(lines) == 1 and entry.fields[0].path.startswith("tags/"):
        return (_tr("Tag put on") if lines[0].after else _tr("Tag taken off")), "tag"
    if len(lines) == 1:
        return _tr("{field} changed").format(field=lines[0].what), "edit"
    return _tr("{count} values changed").format(count=len(lines)), "edit"


def _named_commands() -> dict[str, tuple[str, str]]:
    """Commands that say more than the values they change."""
    return {
        "lead.convert": (_tr("Converted"), "won"),
        "deal.move": (_tr("Moved to another stage"), "deals"),
        "deal.move_many": (_tr("Moved to another stage"), "deals"),
        "deal.win": (_tr("Won"), "won"),
        "deal.lose": (_tr("Lost"), "lost"),
        "contact.merge": (_tr("Merged"), "merge"),
        "company.merge": (_tr("Merged"), "merge"),
        "task.done": (_tr("Done"), "check"),
        "task.reopen": (_tr("Opened again"), "undo"),
        "task.snooze": (_tr("Snoozed"), "snooze"),
    }


def _origin_name(origin: str) -> str:
    names = {Origin.IMPORT: _tr("An import"), Origin.RULE: _tr("A rule"), Origin.UNDO: _tr("An undo")}
    if origin.startswith("sync:"):
        return origin.removeprefix("sync:").capitalize()
    return names.get(origin, _tr("Somebody"))


def _lines(entry: HistoryEntry, names: Names, moments: Moments) -> list[HistoryLine]:
    if entry.op == "create" or entry.erased:
        return []
    said = (_line(entry.entity, change, names, moments) for change in entry.fields)
    return [line for line in said if line is not None]


def _line(entity: EntityKind, change: FieldChange, names: Names, moments: Moments) -> HistoryLine | None:
    path = change.path.split("/")
    if path[0] in _QUIET or path[-1] in _QUIET or (path[0] == "source" and entity is not EntityKind.LEAD):
        return None
    if path[0] == "points":
        return _point_line(path, change)
    if path[0] == "tags":
        tag = names.of_uid.get(path[1], _tr("a tag"))
        there = (tag, "") if change.after is None else ("", tag)
        return HistoryLine(field_name("tags"), *there)
    if path[0] == "participants":
        person = names.of_uid.get(path[1], _tr("somebody"))
        return HistoryLine(field_name("participants"), *((person, "") if change.after is None else ("", person)))
    if path[0] == "domains":
        return HistoryLine(field_name("domain"), _domain(change.before), _domain(change.after))
    if path[0] == "custom":
        return _custom_line(path[1], change, names)
    part = part_line(path, change, names, moments)
    if part is not None:
        return part

    def said(value: Any) -> str:
        return _value(entity, path[0], value, names, moments)

    return HistoryLine(field_name(path[0]), said(change.before), said(change.after))


def _point_line(path: Sequence[str], change: FieldChange) -> HistoryLine | None:
    if len(path) == 3 and path[2] in ("verified", "bounced"):
        return HistoryLine(
            field_name(path[2]), *(_tr("Yes") if flag else _tr("No") for flag in (change.before, change.after))
        )
    if len(path) == 3:
        # `normal` is the form in which points are compared: the user never typed it.
        return (
            None
            if path[2] == "normal"
            else HistoryLine(
                field_name("points") if path[2] == "raw" else field_name(path[2]),
                _text(change.before),
                _text(change.after),
            )
        )
    known = change.after or change.before or {}
    kind = known.get("kind")
    what = field_name(_POINT_FIELDS[PointKind(kind)]) if kind else field_name("points")

    def shown(point: Mapping[str, Any] | None) -> str:
        if not point:
            return ""
        return ", ".join(
            _text(point.get(name)) for name in ("raw", "postal_code", "city", "country") if point.get(name)
        )

    return HistoryLine(what, shown(change.before), shown(change.after))


def _domain(value: Any) -> str:
    return _text(value.get("domain") if isinstance(value, dict) else value)


def _custom_line(key: str, change: FieldChange, names: Names) -> HistoryLine:
    found = names.custom_fields.get(key)
    is_bool = found is not None and found.kind == FieldKind.BOOL

    def said(value: Any) -> str:
        return (_tr("Yes") if value else _tr("No")) if is_bool and value is not None else _text(value)

    return HistoryLine(own_field_label(found) if found else _tr("Own field"), said(change.before), said(change.after))


def _value(entity: EntityKind, name: str, value: Any, names: Names, moments: Moments) -> str:
    if value is None:
        return ""
    spec = FIELDS[entity].get(name)
    kind = spec.kind if spec else FieldKind.TEXT
    if link_of(entity, name) is not None:
        return names.of_uid.get(str(value), "")
    if kind is FieldKind.CHOICE:
        return choice(str(value))
    if kind is FieldKind.BOOL:
        return _tr("Yes") if value else _tr("No")
    if kind is FieldKind.DATE:
        return long_date(date.fromisoformat(str(value)))
    if kind is FieldKind.MOMENT:
        return moments.exact(from_millis(int(value)))
    return _text(value)


def _text(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())


def _tr(text: str) -> str:
    return QCoreApplication.translate("History", text)
