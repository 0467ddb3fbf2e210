"""Reads what signs tell apart in a line: quotes, addresses, numbers, tags and priorities. Pure."""

from __future__ import annotations

import re
from typing import Final

from services.capture.lexicon import Lexicon, lexicon
from services.capture.lines import Line
from services.records.capture import Part, PartKind
from services.values.emails import normalise_email
from services.values.phones import normalise_phone
from services.values.unreadable import UnreadableValue

_QUOTED: Final = re.compile(r"\"[^\"]+\"|“[^“”]+”|„[^„“”\"]+[“”\"]|«[^«»]+»|»[^«»]+«")
_NAMED_ADDRESS: Final = re.compile(r"\s*<[^<>@\s]+@[^<>@\s]+>")
_URL: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_EMAIL: Final = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
_TAG: Final = re.compile(r"(?:(?<=[\s(\[,;])|^|(?<=#[^\s#]))#(?=[^\W\d]|[0-9]+[^\W\d])([\w-]+)")
_MORE_TAGS: Final = re.compile(r"#(?=[^\W\d]|[0-9]+[^\W\d])([\w-]+)")
_ACCOUNT: Final = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){3,7}(?: ?[0-9A-Z]{1,4})?\b")
_PHONE: Final = re.compile(r"(?<![\w.,:#/-])(?:\+|00|\(?0)[0-9()][0-9()/ -]{4,24}[0-9]")
_MARK: Final = re.compile(r"(?<!\S)(!{1,3})(?:(low|normal|high|urgent)\b)?(?![^\s,;.])", re.IGNORECASE)
_FEWEST_DIGITS: Final = 7
_CLOSING: Final = ".,;:!?)]'\""
_PRIORITY_OF_MARKS: Final = {1: "high", 2: "urgent", 3: "urgent"}


class MarkReader:
    """Finds what needs no words: it is read first, so that nothing else is read inside of it."""

    def __init__(self, line: Line, region: str) -> None:
        self._line = line
        self._region = region
        self._words: Lexicon = lexicon()
        self.parts: list[Part] = []
        self.quoted_names: list[tuple[int, int, str]] = []

    def read(self) -> list[Part]:
        """The parts, in the order in which they were found; their words are taken, those of quotes too."""
        self._quotes()
        self._urls()
        self._emails()
        self._tags()
        for found in _ACCOUNT.finditer(self._line.plain):
            self._line.take(*found.span())
        self._phones()
        self._marks()
        self._priorities()
        return self.parts

    def _add(self, kind: PartKind, value: str, start: int, end: int) -> None:
        if self._line.is_free(start, end):
            self._line.take(start, end)
            self.parts.append(Part(kind, value, self._line.span(start, end)))

    def _quotes(self) -> None:
        for found in _QUOTED.finditer(self._line.plain):
            named = _NAMED_ADDRESS.match(self._line.plain, found.end())
            if named is not None:
                self.quoted_names.append((*found.span(), found.group()[1:-1].strip()))
            self._line.take(*found.span())

    def _urls(self) -> None:
        for found in _URL.finditer(self._line.plain):
            text = found.group().rstrip(_CLOSING)
            self._add(PartKind.URL, text, found.start(), found.start() + len(text))

    def _emails(self) -> None:
        for found in _EMAIL.finditer(self._line.plain):
            text = found.group().rstrip(".")
            try:
                address = normalise_email(text)
            except UnreadableValue:
                continue
            self._add(PartKind.EMAIL, address, found.start(), found.start() + len(text))

    def _tags(self) -> None:
        known: set[str] = set()
        for first in _TAG.finditer(self._line.plain):
            place = first.start()
            while (found := _MORE_TAGS.match(self._line.plain, place)) is not None:
                name = found.group(1).rstrip("-")
                if self._line.is_free(*found.span()):
                    if name.casefold() in known:
                        self._line.take(*found.span())
                        self.parts.append(Part(PartKind.TAG, name, self._line.span(place, place + 1 + len(name))))
                    else:
                        self._add(PartKind.TAG, name, place, place + 1 + len(name))
                    known.add(name.casefold())
                place = found.end()

    def _phones(self) -> None:
        for found in _PHONE.finditer(self._line.plain):
            end = found.end()
            if re.match(r"[.:,]?[0-9]|:", self._line.plain[end : end + 2]):
                end = found.start() + max(found.group().rfind(" "), 0)
            text = self._line.plain[found.start() : end].rstrip()
            number = self._dialled(text)
            if number:
                self._add(PartKind.PHONE, number, found.start(), found.start() + len(text))

    def _dialled(self, text: str) -> str:
        """The number in E.164; "" for figures that nobody dials."""
        if sum(map(str.isdigit, text)) < _FEWEST_DIGITS or text.count("(") != text.count(")"):
            return ""
        try:
            number = normalise_phone(text, self._region)
        except UnreadableValue:
            return ""
        return number if number.startswith("+") else ""

    def _marks(self) -> None:
        for found in _MARK.finditer(self._line.plain):
            named = found.group(2)
            value = named.casefold() if named else _PRIORITY_OF_MARKS[len(found.group(1))]
            self._add(PartKind.PRIORITY, value, *found.span())

    def _priorities(self) -> None:
        """Urgent, p1: only the first counts, and not one that is denied."""
        for number in self._line.free_atoms():
            if any(part.kind is PartKind.PRIORITY for part in self.parts):
                return
            found = self._line.phrase(number, self._words.priorities)
            place = None
            if found is not None:
                value, place = str(self._words.priorities.get(found[0])), found[1]
            elif self._line.word(number) in ("p", "prio") and self._line.said(number + 1) in ("1", "2", "3", "4"):
                value, place = self._numbered(number), number + 2
            if place is None or self._is_denied(number):
                continue
            self._add(PartKind.PRIORITY, value, self._line.atoms[number].start, self._line.atoms[place - 1].end)

    def _numbered(self, number: int) -> str:
        return {"1": "urgent", "2": "high", "3": "normal", "4": "low"}[self._line.said(number + 1)]

    def _is_denied(self, number: int) -> bool:
        """Whether it is said not to be so: "not urgent", "isn't urgent"."""
        before = self._line.said(number - 1) in self._words.denials
        shortened = self._line.said(number - 1) == "t" and self._line.said(number - 2) == "'"
        glued = self._line.atoms[number].glued and self._line.said(number - 1) not in ("(", ",")
        return before or shortened or glued
