"""vCards as phones, mail programs and address books write them, into drafts of contacts and companies.

An e-mail address or number that cannot be read refuses its card, as it refuses a row of a csv; other properties that
cannot be kept are told with the card they stand in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from services.exporting.vcards import PRODUCT
from services.importing.reading import cannot_open
from services.importing.refusals import UnreadableFile
from services.importing.vcard_lines import Card, Property, cards
from services.importing.vcard_points import PointReader, labels_of
from services.importing.vcard_quirks import SYSTEM_GROUPS, birthday_of, is_company, is_group, is_silent
from services.records.drafts import PointKind, RecordDraft, RowDraft, RowReject, Value
from services.records.fields import EntityKind
from services.values.coercion import Reading
from services.values.languages import parse_language
from services.values.names import split_full_name
from services.values.text import clean, clean_lines, listed
from services.values.unreadable import UnreadableValue
from services.values.zones import parse_time_zone

LARGEST_FILE: Final = 256 << 20
"""Bytes of a file of cards; photos are what makes them large."""

NOBODY: Final = "no name and no e-mail"
GROUP: Final = "is a list of other cards"
_SHOWN: Final = 200
_READ: Final = listed("N FN ORG TITLE ROLE BDAY NOTE CATEGORIES LANG TZ UID")
_OF_PERSONS: Final = frozenset([PointKind.EMAIL, PointKind.SOCIAL])


@dataclass(frozen=True, slots=True)
class CardDraft:
    """One card as a contact, or as a company where it says so; `left_out` names what is not kept of it."""

    entity: EntityKind
    row: RowDraft
    version: str
    left_out: tuple[str, ...] = ()


def read_cards(path: Path, reading: Reading) -> Iterator[CardDraft | RowReject]:
    """The cards of a file in their order. Raises UnreadableFile."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableFile(f"“{path.name}” is too large", "Export the address book in several files.")
        data = path.read_bytes()
    except OSError as error:
        raise cannot_open(path, error) from error
    found = 0
    for card in cards(data):
        found += 1
        yield draft_of(card, reading)
    if not found:
        what = "is empty" if not data.strip() else "holds no vCard"
        raise UnreadableFile(f"“{path.name}” {what}", "Choose a file that begins with BEGIN:VCARD.")


def draft_of(card: Card, reading: Reading) -> CardDraft | RowReject:
    """One card as a draft, or the reason why it is none."""
    if card.broken:
        return RowReject(card.number, "", "", card.broken)
    if is_group(card):
        return _refused(card, GROUP)
    reader = _CardReader(card, reading)
    try:
        return reader.company() if is_company(card) else reader.contact()
    except UnreadableValue as unreadable:
        return RowReject(card.number, unreadable.field, clean(unreadable.value)[:_SHOWN], unreadable.predicate)


def _refused(card: Card, reason: str) -> RowReject:
    name = card.first("FN")
    return RowReject(card.number, "", clean(name.text)[:_SHOWN] if name else "", reason)


class _CardReader:
    """Reads the properties of one card, noting those that cannot be kept."""

    def __init__(self, card: Card, reading: Reading) -> None:
        self._card = card
        self._points = PointReader(card, reading)
        self._fields: dict[str, Value] = {}
        self._left_out: list[str] = []

    def contact(self) -> CardDraft | RowReject:
        """The card of a person."""
        points = self._points.read()
        self._organisation()
        self._name()
        self._title()
        self._birthday()
        self._choices()
        if not (self._fields.keys() & {"first_name", "last_name", "company"}) and not self._points.is_reachable:
            return _refused(self._card, NOBODY)
        self._common()
        return self._draft(EntityKind.CONTACT, RecordDraft(self._fields, points, self._tags()))

    def company(self) -> CardDraft | RowReject:
        """The card of an organisation."""
        points = self._points.read()
        named = self._card.first("ORG") or self._card.first("FN")
        name = clean(named.parts()[0] if named is not None and named.name == "ORG" else named.text) if named else ""
        if not name:
            return _refused(self._card, "no name")
        self._fields["name"] = name
        self._left_out += [f"{found.name} {clean(found.text)}" for found in self._card.all("TITLE", "BDAY")]
        self._left_out += [f"{point.kind.upper()} {point.raw}" for point in points if point.kind in _OF_PERSONS]
        self._common()
        kept = tuple(point for point in points if point.kind not in _OF_PERSONS)
        return self._draft(EntityKind.COMPANY, RecordDraft(self._fields, kept, self._tags()))

    def _draft(self, entity: EntityKind, draft: RecordDraft) -> CardDraft:
        left_out = [*self._left_out, *self._points.left_out, *self._unread()]
        row = RowDraft(self._card.number, draft)
        return CardDraft(entity, row, self._card.version, tuple(dict.fromkeys(left_out)))

    def _unread(self) -> Iterator[str]:
        """What nothing has read: photos, anniversaries, relations."""
        if self._card.has_agent:
            yield "AGENT"
        for found in self._card.properties:
            known = found.name in _READ or found.name in self._points.READ or is_silent(found)
            if not known and found.value.strip(" ;,"):
                yield found.name

    def _organisation(self) -> None:
        organisation = self._card.first("ORG")
        if organisation is None:
            return
        company, *units = (clean(part) for part in organisation.parts())
        if company:
            self._fields["company"] = company
        unit = ", ".join(part for part in units if part)
        if unit:
            self._left_out.append(f"ORG {unit}")

    def _name(self) -> None:
        structured = self._card.first("N")
        first = last = ""
        if structured is not None:
            parts = [clean(part) for part in structured.parts()] + [""] * 5
            last, first = parts[0], f"{parts[1]} {parts[2]}".strip()
            extras = " ".join(part for part in parts[3:5] if part)
            if extras:
                self._left_out.append(f"N {extras}")
        shown = self._shown_name()
        is_unparted = structured is not None and len(structured.parts()) == 1
        if shown and (is_unparted or not (first or last)):
            name = split_full_name(shown)
            first, last = name.first, name.last
        if first:
            self._fields["first_name"] = first
        if last:
            self._fields["last_name"] = last

    def _shown_name(self) -> str:
        """FN where it names a person: programs fill it with the company or an address when there is no name."""
        found = self._card.first("FN")
        shown = clean(found.text) if found else ""
        others = {str(self._fields.get("company", ""))} | self._points.texts
        return "" if shown in others or "@" in shown else shown

    def _title(self) -> None:
        title, role = self._card.first("TITLE"), self._card.first("ROLE")
        chosen = title or role
        if chosen is not None:
            self._fields["title"] = clean(chosen.text)
        if title is not None and role is not None and clean(role.text) != clean(title.text):
            self._left_out.append(f"ROLE {clean(role.text)}")

    def _birthday(self) -> None:
        found = self._card.first("BDAY")
        if found is None:
            return
        day = birthday_of(found)
        if isinstance(day, date):
            self._fields["birthday"] = day
        else:
            self._left_out.append(f"BDAY {clean(day)}")

    def _choices(self) -> None:
        for name, field, parse in (("LANG", "language", parse_language), ("TZ", "time_zone", parse_time_zone)):
            found = preferred(self._card.all(name))
            if found is None:
                continue
            try:
                self._fields[field] = parse(found.text)
            except UnreadableValue:
                self._left_out.append(f"{name} {clean(found.text)}")

    def _common(self) -> None:
        notes = [clean_lines(found.text) for found in self._card.all("NOTE")]
        if any(notes):
            self._fields["notes"] = "\n".join(note for note in notes if note)
        key = self._card.first("UID")
        if key is not None:
            self._fields["external_key"] = clean(key.text)

    def _tags(self) -> tuple[str, ...]:
        tags: dict[str, str] = {}
        written_by = self._card.first("PRODID")
        given_by_itself = frozenset() if written_by and written_by.text.strip() == PRODUCT else SYSTEM_GROUPS
        for found in self._card.all("CATEGORIES"):
            for part in found.parts(","):
                tag = clean(part).lstrip("#")
                if tag and tag.casefold() not in given_by_itself:
                    tags.setdefault(tag.casefold(), tag)
        return tuple(tags.values())


def preferred(found: list[Property]) -> Property | None:
    """The property that its card prefers, else the first."""
    return min(found, key=lambda one: labels_of(one).preference, default=None)
