"""Workbooks, JSON and address books as the table of texts that a csv file is: all of the import is for them too."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import orjson

from services.importing.refusals import UnreadableFile
from services.records.calendar_drafts import AttendeeDraft
from services.records.drafts import RowReject
from services.records.fields import CUSTOM_PREFIX, PLURALS, EntityKind
from services.values.attendees import joined_attendees
from services.values.coercion import Reading

WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
JSON: Final = ".json"
CARDS: Final = frozenset({".vcf", ".vcard"})
CALENDARS: Final = frozenset({".ics", ".ical", ".ifb", ".icalendar"})
LARGEST_JSON: Final = 512 * 1024 * 1024

_POINT_NAMES: Final = {"email": "E-mail", "phone": "Phone", "url": "Website", "social": "Social", "address": "Address"}
_ADDRESS_PARTS: Final = (
    ("Street", "value"),
    ("City", "city"),
    ("Region", "region"),
    ("Postal Code", "postal_code"),
    ("Country", "country"),
)
_NOT_TAKEN: Final = frozenset({"uid", "created_at", "points", "roles", "domains", "relations", "consents", "links"})

_SAID_BY_POINTS: Final = frozenset({"email", "phone", "website", "social", "address", "city", "country"})


@dataclass(frozen=True, slots=True)
class Table:
    """A table of text, and what of its source could not become a row of it."""

    path: Path
    rejects: tuple[RowReject, ...] = ()


@contextmanager
def as_table(path: Path, entity: EntityKind, reading: Reading) -> Iterator[Table]:
    """The file itself where it is a table of text; else one that is there for the time of the block.

    Raises UnreadableFile.
    """
    rejects: list[RowReject] = []
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        from services.importing.workbooks import rows

        content: Iterable[list[str]] = rows(path)
    elif suffix == JSON:
        content = json_rows(path, entity)
    elif suffix in CARDS:
        from services.importing.card_tables import card_rows

        content, rejects = card_rows(path, entity, reading)
    elif suffix in CALENDARS and entity is EntityKind.TASK:
        from services.importing.task_tables import task_rows

        content, rejects = task_rows(path, reading.time_zone)
    else:
        yield Table(path)
        return
    with TemporaryDirectory(prefix="mycrm-import-") as folder:
        table = Path(folder, f"{path.stem}.csv")
        with os.fdopen(
            os.open(table, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline=""
        ) as file:
            csv.writer(file).writerows(content)
        yield Table(table, tuple(rejects))


def json_rows(path: Path, entity: EntityKind) -> Iterator[list[str]]:
    """Header and rows of a list of objects, or of the list that our own export names after the kind of record."""
    objects = _objects(path, entity)
    flat = [dict(_flattened(found)) for found in objects]
    header = list(dict.fromkeys(name for row in flat for name in row))
    yield header
    for row in flat:
        yield [row.get(name, "") for name in header]


def _objects(path: Path, entity: EntityKind) -> list[Mapping[str, Any]]:
    try:
        if path.stat().st_size > LARGEST_JSON:
            raise UnreadableFile(f"{path.name} is too large", "Split it into files of at most 512 MB.")
        content: Any = orjson.loads(path.read_bytes())
    except OSError as error:
        raise UnreadableFile(f"{path.name} could not be read", "Check the path and its permissions.") from error
    except orjson.JSONDecodeError as error:
        raise UnreadableFile(
            f"{path.name} is no JSON (line {error.lineno})", "Export it again, or save it as csv."
        ) from error
    if isinstance(content, dict):
        content = content.get(PLURALS[entity])
    if not isinstance(content, list) or not all(isinstance(found, dict) for found in content):
        raise UnreadableFile(
            f"{path.name} holds no list of {PLURALS[entity]}",
            f"It should be a list of objects, or an object with such a list under “{PLURALS[entity]}”.",
        )
    return content


def _flattened(found: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    left_out = _NOT_TAKEN | (_SAID_BY_POINTS if found.get("points") else frozenset())
    for name, value in found.items():
        if value is None or (not above and name in left_out):
            continue
        if name == "attendees" and not above and isinstance(value, list):
            yield name, _attendees(value)
        elif isinstance(value, dict):
            yield from _flattened(value, f"{above}{name}.")
        elif name.startswith(CUSTOM_PREFIX) and not above:
            yield f"{name}:{_custom_kind(value)}", _text(value)
        else:
            yield f"{above}{name}", _text(value)
    if not above:
        if isinstance(found.get("domains"), list):
            yield "domain", "; ".join(map(str, found["domains"]))
        yield from _points(found.get("points"))


def _points(points: Any) -> Iterator[tuple[str, str]]:
    """The columns of our csv export: "E-mail 1 - Label" and "E-mail 1 - Value", the primary one first."""
    if not isinstance(points, list):
        return
    counts: dict[str, int] = {}
    for point in (found for found in points if isinstance(found, dict)):
        name = _POINT_NAMES.get(str(point.get("kind")))
        if name is None:
            continue
        number = counts[name] = counts.get(name, 0) + 1
        yield f"{name} {number} - Label", _text(point.get("label"))
        parts = _ADDRESS_PARTS if name == "Address" else (("Value", "value"),)
        yield from ((f"{name} {number} - {part}", _text(point.get(key))) for part, key in parts)
        yield from (
            (f"{name} {number} - {flag.capitalize()}", "yes") for flag in ("verified", "bounced") if point.get(flag)
        )


def _attendees(value: list[Any]) -> str:
    """Who is invited, as our csv writes it."""
    return joined_attendees(
        AttendeeDraft(
            str(one["email"]),
            str(one.get("name") or ""),
            str(one.get("response") or ""),
            str(one.get("role") or ""),
            bool(one.get("is_organizer")),
        )
        for one in value
        if isinstance(one, dict) and one.get("email")
    )


def _custom_kind(value: Any) -> str:
    if isinstance(value, bool):
        return "bool"
    return "number" if isinstance(value, int | float) else "text"


def _person(item: Mapping[str, Any]) -> str:
    """Somebody with the part that is played: "anna@almeda.example (champion)"."""
    key = str(next((item[name] for name in ("key", "email", "uid", "name") if item.get(name)), ""))
    return f"{key} ({item['role']})" if key and item.get("role") else key


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        # People are named by what names them in other workspaces too.
        return "; ".join(filter(None, map(_person, value)))
    if isinstance(value, list):
        return ", ".join(f'"{item}"' if "," in str(item) else str(item) for item in value)
    return str(value)
