"""The parts of a record in its history: people of a deal, relations, consents, roles at companies. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from services.clock import from_millis
from services.records.fields import FIELDS, LINKED, EntityKind, FieldKind
from services.records.ledger import FieldChange, HistoryEntry
from services.records.people import CustomField
from ui.pages.record.moments import Moments
from ui.pages.record.wording import activity_name, choice, field_name

_LINKS: Final = MappingProxyType(
    {
        **LINKED,
        "parent": EntityKind.COMPANY,
        "converted_contact": EntityKind.CONTACT,
        "converted_company": EntityKind.COMPANY,
        "converted_deal": EntityKind.DEAL,
        "recurrence_of": EntityKind.EVENT,
    }
)
_LINKS_OF_PARTS: Final = MappingProxyType(
    {
        "roles": ("company", EntityKind.COMPANY),
        "contacts": ("contact", EntityKind.CONTACT),
        "attendees": ("contact", EntityKind.CONTACT),
        "relations": ("other", EntityKind.CONTACT),
    }
)
_KEYS: Final = MappingProxyType({"tags": EntityKind.TAG, "participants": EntityKind.CONTACT})
"""Parts whose elements are known by the uid of what they link to."""


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


def link_of(entity: EntityKind, name: str) -> EntityKind | None:
    """The kind of record that a column of this kind of record names; None for a plain value."""
    if name == "merged_into":
        return entity
    spec = FIELDS[entity].get(name)
    # A lead's company is only a name.
    return None if spec is not None and spec.kind is not FieldKind.LINK else _LINKS.get(name)


def linked_uids(entries: Sequence[HistoryEntry]) -> dict[str, EntityKind]:
    """Every uid in the changes that has a name somewhere, and the kind of record it stands for."""
    found: dict[str, EntityKind] = {}
    for entry in entries:
        for change in entry.fields:
            found.update(_linked(entry.entity, change))
    return found


def _linked(entity: EntityKind, change: FieldChange) -> dict[str, EntityKind]:
    path = change.path.split("/")
    if path[0] in _KEYS:
        return {path[1]: _KEYS[path[0]]}
    if path[0] in _LINKS_OF_PARTS:
        column, kind = _LINKS_OF_PARTS[path[0]]
        if len(path) == 3 and path[2] != column:
            return {}
        values = [value.get(column) if isinstance(value, dict) else value for value in (change.before, change.after)]
    else:
        linked = link_of(entity, path[0])
        if linked is None or len(path) > 1:
            return {}
        kind, values = linked, [change.before, change.after]
    return {value: kind for value in values if isinstance(value, str)}


def part_line(path: Sequence[str], change: FieldChange, names: Names, moments: Moments) -> HistoryLine | None:
    """An element of a part that came, went or became different; None for a part that is none of these."""
    if path[0] == "roles":
        return _role_line(path, change, names)
    if path[0] not in ("contacts", "relations", "consents", "attendees"):
        return None
    column = path[2] if len(path) == 3 else ""
    if column:
        what = column if column not in ("kind", "contact", "other") else path[0]
        said = (_said(column, value, names, moments) for value in (change.before, change.after))
        return HistoryLine(_name(what), *said)
    elements = (_element(path[0], value, names) for value in (change.before, change.after))
    return HistoryLine(_name(path[0]), *elements)


def _name(what: str) -> str:
    names = {
        "contacts": _tr("Person"),
        "attendees": _tr("Guest"),
        "role": _tr("Part"),
        "note": _tr("Note"),
        "state": _tr("Consent"),
        "basis": _tr("Lawful basis"),
        "decided_at": _tr("Decided"),
        "proof": _tr("Proof"),
        "channel": _tr("Channel"),
        "response": _tr("Answer"),
    }
    return names.get(what) or field_name(what)


def _element(part: str, value: Any, names: Names) -> str:
    """`Anna Berg, Champion`, `Reports to Anna Berg`, `Email: Granted`; "" for none."""
    if not isinstance(value, dict):
        return ""
    if part == "consents":
        channel = activity_name(str(value.get("channel") or ""))
        return _tr("{channel}: {state}").format(channel=channel, state=choice(str(value.get("state") or "")))
    column, _kind = _LINKS_OF_PARTS[part]
    person = names.of_uid.get(str(value.get(column)), "") or str(value.get("name") or value.get("email") or "")
    if part == "relations":
        return _tr("{kind}: {person}").format(kind=choice(str(value.get("kind") or "")), person=person)
    role = str(value.get("role") or "")
    return f"{person}, {choice(role)}" if role else person


def _said(column: str, value: Any, names: Names, moments: Moments) -> str:
    if value is None or value == "":
        return ""
    if column in ("kind", "state", "basis", "role", "response"):
        return choice(str(value))
    if column in ("contact", "other"):
        return names.of_uid.get(str(value), "")
    if column == "decided_at":
        decided: datetime = from_millis(int(value))
        return moments.exact(decided)
    return activity_name(str(value)) if column == "channel" else " ".join(str(value).split())


def _role_line(path: Sequence[str], change: FieldChange, names: Names) -> HistoryLine:
    column = path[2] if len(path) == 3 else "company"

    def said(value: Any) -> str:
        linked = value.get("company") if isinstance(value, dict) else value
        if column == "company":
            return names.of_uid.get(str(linked), "") if linked else ""
        return "" if linked is None else " ".join(str(linked).split())

    return HistoryLine(field_name(column), said(change.before), said(change.after))


def _tr(text: str) -> str:
    return QCoreApplication.translate("History", text)
