"""What happened to a record, batch by batch, in plain words. Pure: everything it needs is handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from services.clock import from_millis
from services.records.drafts import PointKind
from services.records.fields import FIELDS, EntityKind, FieldKind
from services.records.ids import Uid
from services.records.ledger import FieldChange, HistoryEntry, Origin
from services.records.people import CustomField
from ui.pages.record.moments import Moments, long_date
from ui.pages.record.wording import choice, field_name, own_field_label

_QUIET: Final = frozenset({"created_at", "source", "is_primary", "position"})
_POINT_FIELDS: Final = {
    PointKind.EMAIL: "email",
    PointKind.PHONE: "phone",
    PointKind.ADDRESS: "address",
    PointKind.URL: "website",
    PointKind.SOCIAL: "social",
}


@dataclass(frozen=True, slots=True)
class Names:
    """What uids in changes stand for: users, companies, contacts and tags by uid in hexadecimal."""

    of_uid: Mapping[str, str] = field(default_factory=dict)
    custom_fields: Mapping[str, CustomField] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One value before and after, in words."""

    what: str
    before: str
    after: str


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


def linked_uids(entries: Sequence[HistoryEntry]) -> set[str]:
    """Every uid in the changes that has a name somewhere."""
    found: set[str] = set()
    for entry in entries:
        for change in entry.fields:
            first, _, rest = change.path.partition("/")
            if first in ("tags", "participants"):
                found.add(rest)
            for value in (change.before, change.after):
                linked = value.get("company") if isinstance(value, dict) else value
                if (first in ("owner", "company", "contact", "parent", "roles")) and isinstance(linked, str):
                    found.add(linked)
    return found


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
    if len(lines) == 1 and entry.fields[0].path.startswith("tags/"):
        return (_tr("Tag put on") if lines[0].after else _tr("Tag taken off")), "tag"
    if len(lines) == 1:
        return _tr("{field} changed").format(field=lines[0].what), "edit"
    return _tr("{count} values changed").format(count=len(lines)), "edit"


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
    if path[0] == "deleted_at" or path[0] in _QUIET or path[-1] in _QUIET:
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
    if path[0] == "roles":
        return _role_line(path, change, names)

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


def _role_line(path: Sequence[str], change: FieldChange, names: Names) -> HistoryLine:
    column = path[2] if len(path) == 3 else "company"

    def said(value: Any) -> str:
        linked = value.get("company") if isinstance(value, dict) else value
        return names.of_uid.get(str(linked), "") if column == "company" and linked else _text(linked)

    return HistoryLine(
        field_name("company" if column == "company" else column), said(change.before), said(change.after)
    )


def _value(entity: EntityKind, name: str, value: Any, names: Names, moments: Moments) -> str:
    if value is None:
        return ""
    spec = FIELDS[entity].get(name)
    kind = spec.kind if spec else FieldKind.TEXT
    if kind is FieldKind.LINK or name == "parent":
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
