"""Contacts and companies as vCards 4.0 (RFC 6350, 9554) or 3.0 (RFC 2426), which read back as they were.

What no card holds is in CARD_CANNOT_HOLD; a company's e-mail addresses and profiles are not read back either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final, Literal

from services.records.drafts import PointKind
from services.records.fields import EntityKind
from services.records.people import Point, RecordCard
from services.values.countries import country_name, find_country

Version = Literal["4.0", "3.0"]
PRODUCT: Final = "-//MyCRM//MyCRM Desktop//EN"
"""By this a card is known as ours when it is read back: its categories are tags that somebody gave."""


CARD_CANNOT_HOLD: Final = (
    "preferred_channel",
    "cadence_days",
    "do_not_contact",
    "lifecycle",
    "churned_at",
    "churn_reason",
    "owner",
    "custom fields",
    "further companies, and roles with their dates",
    "relations",
    "consents",
    "whether an address was verified or bounced",
    "industry, size and domains of a company",
)
"""What of a contact or company is in no vCard."""

_LONGEST_LINE: Final = 75
_TYPES: Final = {"work": "work", "home": "home"}
_PHONE_TYPES: Final = {**_TYPES, "mobile": "cell", "fax": "fax", "pager": "pager"}
_PROPERTIES: Final = {PointKind.EMAIL: "EMAIL", PointKind.PHONE: "TEL", PointKind.URL: "URL"}


class VcardWriter:
    """A file of cards in UTF-8; a context manager that owns the file."""

    def __init__(self, path: Path, version: Version = "4.0") -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._version = version

    def __enter__(self) -> VcardWriter:
        return self

    def write(self, entity: EntityKind, card: RecordCard) -> None:
        """Append the card of a contact or company."""
        self._file.write(card_text(entity, card, self._version))

    def __exit__(self, *_: object) -> None:
        self._file.close()


def card_text(entity: EntityKind, card: RecordCard, version: Version = "4.0") -> str:
    """One card with its line ends."""
    lines = _Lines(version)
    lines.add("BEGIN", "VCARD")
    lines.add("VERSION", version)
    lines.add("PRODID", PRODUCT)
    if card.fields.get("external_key"):
        lines.add("UID", _escaped(str(card.fields["external_key"])))
    if entity is EntityKind.COMPANY:
        _add_company(lines, card)
    else:
        _add_person(lines, card)
    for point in card.points:
        _add_point(lines, point)
    if card.fields.get("notes"):
        lines.add("NOTE", _escaped(str(card.fields["notes"])))
    if card.tags:
        lines.add("CATEGORIES", ",".join(map(_escaped, card.tags)))
    lines.add("END", "VCARD")
    return lines.text


class _Lines:
    """The lines of a card, folded, and the number of the next group."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self._lines: list[str] = []
        self._groups = 0

    @property
    def text(self) -> str:
        """All lines with their ends."""
        return "".join(self._lines)

    def add(self, name: str, value: str, parameters: Iterable[str] = (), label: str = "") -> None:
        """Append a property; a label of its own goes with it in a group, as Apple introduced it."""
        if label:
            self._groups += 1
            name = f"item{self._groups}.{name}"
        self._lines.append(_folded(f"{';'.join([name, *parameters])}:{value}"))
        if label:
            self._lines.append(_folded(f"item{self._groups}.X-ABLabel:{_escaped(label)}"))


def _add_person(lines: _Lines, card: RecordCard) -> None:
    fields = card.fields
    first, last = (str(fields.get(name) or "") for name in ("first_name", "last_name"))
    company = str(fields.get("company") or "")
    lines.add("FN", _escaped(" ".join(part for part in (first, last) if part) or company or card.name or "?"))
    lines.add("N", f"{_escaped(last)};{_escaped(first)};;;")
    if company:
        lines.add("ORG", _escaped(company))
    if fields.get("title"):
        lines.add("TITLE", _escaped(str(fields["title"])))
    birthday = fields.get("birthday")
    if isinstance(birthday, date):
        lines.add("BDAY", f"{birthday:%Y%m%d}" if lines.version == "4.0" else birthday.isoformat())
    if fields.get("language"):
        lines.add("LANG", _escaped(str(fields["language"])))
    if fields.get("time_zone"):
        lines.add("TZ", _escaped(str(fields["time_zone"])), ["VALUE=text"] if lines.version == "3.0" else [])


def _add_company(lines: _Lines, card: RecordCard) -> None:
    lines.add("FN", _escaped(card.name))
    if lines.version == "4.0":
        lines.add("KIND", "org")
    else:
        lines.add("N", ";;;;")
        lines.add("X-ABShowAs", "COMPANY")
    lines.add("ORG", _escaped(card.name))


def _add_point(lines: _Lines, point: Point) -> None:
    if point.kind is PointKind.ADDRESS:
        parts = ("", "", point.raw, point.city, point.region, point.postal_code, _country(point.country))
        parameters, label = _parameters(lines, point, _TYPES)
        lines.add("ADR", ";".join(map(_escaped, parts)), parameters, label)
    elif point.kind is PointKind.SOCIAL:
        parameters, _ = _parameters(lines, point, {})
        if point.label:
            key = "SERVICE-TYPE" if lines.version == "4.0" else "X-SERVICE-TYPE"
            parameters.append(f"{key}={_quoted(point.label)}")
        name = "SOCIALPROFILE" if lines.version == "4.0" else "X-SOCIALPROFILE"
        lines.add(name, _reference(point.raw), [*parameters, "VALUE=text"])
    else:
        types = _PHONE_TYPES if point.kind is PointKind.PHONE else _TYPES
        parameters, label = _parameters(lines, point, types)
        lines.add(_PROPERTIES[point.kind], _reference(point.raw), parameters, label)


def _parameters(lines: _Lines, point: Point, types: dict[str, str]) -> tuple[list[str], str]:
    """The parameters of a point, and its label where no type says it."""
    parameters = []
    if point.label in types:
        parameters.append(f"TYPE={types[point.label]}")
    if point.is_primary:
        parameters.append("PREF=1" if lines.version == "4.0" else "TYPE=pref")
    return parameters, "" if point.label in types or point.kind is PointKind.SOCIAL else point.label


def _country(code: str) -> str:
    """The country's name where it reads back as the same country, else its code."""
    name = country_name(code) if code else ""
    return name if find_country(name) == code else code


def _escaped(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    return plain.replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")


def _reference(text: str) -> str:
    """An address or number: its commas and semicolons are its own, and other programs take them as they stand."""
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _quoted(text: str) -> str:
    """A value of a parameter, in quotation marks and with the escapes of RFC 6868."""
    return '"' + text.replace("^", "^^").replace('"', "^'").replace("\n", "^n") + '"'


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, none of them parting a character."""
    return "\r\n ".join(_pieces(line)) + "\r\n"


def _pieces(line: str) -> Iterator[str]:
    start = octets = 0
    for position, character in enumerate(line):
        width = len(character.encode("utf-8", "replace"))
        # What follows a fold begins with a space, which counts.
        if octets + width > (_LONGEST_LINE if start == 0 else _LONGEST_LINE - 1):
            yield line[start:position]
            start, octets = position, 0
        octets += width
    yield line[start:]
