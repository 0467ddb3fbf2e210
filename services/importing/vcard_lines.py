"""The content lines of vCards 2.1, 3.0 and 4.0, out of bytes as phones and mail programs write them.

Lines are put together while they are still bytes: programs fold in the middle of a character, and a 2.1 card names
the encoding of each of its properties.
"""

from __future__ import annotations

import binascii
import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from services.importing.encodings import likeliest_encoding

OLD: Final = "2.1"
_BREAK: Final = re.compile(rb"\r\n|\n|\r")
_START: Final = re.compile(rb"(?:([\w-]+)\.)?([A-Za-z][\w-]*)(?=[;:])")
_BEGIN: Final = re.compile(rb"BEGIN[ \t]*:[ \t]*VCARD", re.IGNORECASE)
_END: Final = re.compile(rb"END[ \t]*:[ \t]*VCARD", re.IGNORECASE)
_CUSTOM: Final = re.compile(r"X-CUSTOM\((?:CHARSET=([\w-]+),)?(?:ENCODING=QUOTED-PRINTABLE,)?(.*)\)", re.IGNORECASE)
_ENCODINGS: Final = frozenset(["QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT", "BINARY"])
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ESCAPES: Final = re.compile(r"\\(.)", re.DOTALL)
_OLD_ESCAPES: Final = re.compile(r"\\([;:,])")
_CARETS: Final = re.compile(r"\^([n'^])")
_CARET_VALUES: Final = {"n": "\n", "'": '"', "^": "^"}
_SHOWN: Final = 40
_SAMPLED_LINES: Final = 2000


class BrokenCard(Exception):
    """A card that cannot be told apart into properties; `str()` completes the sentence "The card ..."."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its group ("item1" or ""), its name and parameters in capitals, its value before unescaping."""

    group: str
    name: str
    parameters: dict[str, list[str]]
    value: str
    version: str = ""

    @property
    def types(self) -> list[str]:
        """The values of TYPE in lower case, "TYPE=work,voice" and "WORK;VOICE" alike."""
        return [word.lower() for text in self.parameters.get("TYPE", []) for word in text.split(",") if word]

    def parameter(self, name: str) -> str:
        """The first value of a parameter, else ""."""
        return next(iter(self.parameters.get(name, ())), "")

    @property
    def text(self) -> str:
        """The value as one text."""
        return unescaped(self.value, self.version)

    def parts(self, separator: str = ";") -> list[str]:
        """The values between separators that are not escaped."""
        return [unescaped(part, self.version) for part in _split(self.value, separator)]


@dataclass(slots=True)
class Card:
    """One card: the number it has in the file, counted from 1, its version, and its properties in their order."""

    number: int
    version: str = ""
    properties: list[Property] = field(default_factory=list)
    broken: str = ""
    has_agent: bool = False

    def all(self, *names: str) -> list[Property]:
        """The properties of these names that have a value."""
        return [found for found in self.properties if found.name in names and found.value.strip(" ;,")]

    def first(self, name: str) -> Property | None:
        """The first property of that name with a value."""
        return next(iter(self.all(name)), None)


def unescaped(text: str, version: str) -> str:
    """A value without its escapes; in 2.1 only separators are escaped, and a backslash is a backslash."""
    if "\\" not in text:
        return text
    if version == OLD:
        return _OLD_ESCAPES.sub(r"\1", text)
    return _ESCAPES.sub(lambda found: "\n" if found.group(1) in "nN" else found.group(1), text)


def _split(text: str, separator: str) -> list[str]:
    parts, start, position = [], 0, 0
    while position < len(text):
        if text[position] == "\\":
            position += 1
        elif text[position] == separator:
            parts.append(text[start:position])
            start = position + 1
        position += 1
    parts.append(text[start:])
    return parts


def as_utf8(data: bytes) -> bytes:
    """The bytes without their byte-order mark, and in UTF-8 where that says they are not."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.removeprefix(mark) if name == "utf-8" else data.decode(name, "replace").encode()
    if data[:2] == b"B\0":
        return data.decode("utf-16-le", "replace").encode()
    return data.decode("utf-16-be", "replace").encode() if data[:2] == b"\0B" else data


def cards(data: bytes) -> Iterator[Card]:
    """The cards of a file in their order, broken ones with the reason; what stands between cards is passed over."""
    current: list[bytes] | None = None
    depth = number = 0
    has_agent = False
    lines = _BREAK.split(as_utf8(data))
    otherwise = _likeliest(lines)
    for line in lines:
        if _BEGIN.fullmatch(line.strip()):
            if current is None or not _opens_another(current):
                if current is not None:
                    yield Card(number, broken="has no END:VCARD")
                current, depth, has_agent = [], 1, False
                number += 1
            else:
                depth += 1
                has_agent = True
        elif current is not None and _END.fullmatch(line.strip()):
            depth -= 1
            if depth == 0:
                yield _card(number, current, otherwise, has_agent=has_agent)
                current = None
        elif current is not None and depth == 1:
            current.append(line)
    if current is not None:
        yield Card(number, broken="has no END:VCARD")


def _likeliest(lines: list[bytes]) -> str:
    """The encoding of lines that are not in UTF-8 and do not name theirs."""
    sample = b"\n".join(islice((line for line in lines if not line.isascii()), _SAMPLED_LINES))
    try:
        sample.decode()
    except UnicodeDecodeError:
        return likeliest_encoding(sample)
    return "cp1252"


def _opens_another(lines: list[bytes]) -> bool:
    """Whether the card that begins is that of somebody's assistant, inside the other (2.1)."""
    last = next((line for line in reversed(lines) if line.strip()), b"")
    return last.upper().startswith(b"AGENT") and last.rstrip().endswith(b":")


def _card(number: int, lines: list[bytes], otherwise: str, *, has_agent: bool) -> Card:
    card = Card(number, has_agent=has_agent)
    card.version = next((line[8:].decode("ascii", "ignore").strip() for line in lines if _is_version(line)), "")
    try:
        card.properties = [_property(line, card.version, otherwise) for line in _unfolded(lines)]
    except BrokenCard as broken:
        card.broken = str(broken)
    return card


def _is_version(line: bytes) -> bool:
    return line[:8].upper() == b"VERSION:"


class _Held:
    """A property whose lines are being put together."""

    def __init__(self, line: bytes) -> None:
        self._pieces = [line]
        head = line.partition(b":")[0].upper()
        self._is_quoted = b"QUOTED-PRINTABLE" in head
        self._is_base64 = b"BASE64" in head or b"ENCODING=B" in head

    @property
    def _is_soft(self) -> bool:
        return self._is_quoted and self._pieces[-1].endswith(b"=")

    def take(self, line: bytes) -> bool:
        """Add a line if it goes on with this property: folded, after a soft break, or base64 without indent."""
        if self._is_soft:
            self._pieces[-1] = self._pieces[-1][:-1]
            self._pieces.append(line)
        elif line[:1] in (b" ", b"\t"):
            self._pieces.append(line[1:])
        elif self._is_base64 and line.strip() and b":" not in line:
            self._pieces.append(line)
        else:
            return False
        return True

    @property
    def whole(self) -> bytes:
        """The property in one line."""
        return b"".join(self._pieces)


def _unfolded(lines: list[bytes]) -> Iterator[bytes]:
    held: _Held | None = None
    for line in lines:
        if held is not None and held.take(line):
            continue
        if held is not None:
            yield held.whole
        held = _Held(line) if line.strip() else None
    if held is not None:
        yield held.whole


def _property(line: bytes, version: str, otherwise: str) -> Property:
    start = _START.match(line.lstrip())
    if start is None:
        shown = line.decode("utf-8", "replace").strip()[:_SHOWN]
        raise BrokenCard(f"has a line that is no property: “{shown}”")
    line = line.lstrip()
    head, value = _parted(line, start.end())
    parameters = _parameters(head)
    group = (start.group(1) or b"").decode("ascii", "replace").lower()
    name = start.group(2).decode("ascii", "replace").upper()
    return Property(group, name, parameters, _decoded(value, parameters, name, otherwise), version)


def _parted(line: bytes, position: int) -> tuple[str, bytes]:
    """The parameters of a line and its value: a colon between quotation marks parts nothing."""
    quoted = False
    for end in range(position, len(line)):
        byte = line[end]
        if byte == 0x22:
            quoted = not quoted
        elif byte == 0x3A and not quoted:
            return line[position:end].decode("utf-8", "replace"), line[end + 1 :]
    head, _, value = line[position:].partition(b":")
    return head.decode("utf-8", "replace"), value


def _parameters(head: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text in _split_quoted(head):
        custom = _CUSTOM.fullmatch(text)
        if custom:
            found.setdefault("TYPE", []).append(_custom_label(*custom.groups()))
            continue
        name, sign, value = text.partition("=")
        name = name.strip().upper()
        if not sign:
            name, value = ("ENCODING" if name in _ENCODINGS else "TYPE"), text
        plain = _CARETS.sub(lambda caret: _CARET_VALUES[caret.group(1)], value.strip().strip('"'))
        if plain:
            found.setdefault(name, []).append(plain)
    return found


def _split_quoted(head: str) -> list[str]:
    parts, held, quoted = [], "", False
    for character in head:
        if character == '"':
            quoted = not quoted
        if character == ";" and not quoted:
            parts.append(held)
            held = ""
        else:
            held += character
    return [part for part in [*parts, held] if part.strip()]


def _custom_label(charset: str | None, text: str) -> str:
    return _text_of(quopri.decodestring(text.encode("utf-8", "replace")), charset or "")


def _decoded(value: bytes, parameters: dict[str, list[str]], name: str, otherwise: str) -> str:
    encoding = next(iter(parameters.get("ENCODING", ())), "").upper()
    if encoding == "QUOTED-PRINTABLE":
        value = quopri.decodestring(value)
    elif encoding in ("BASE64", "B"):
        if name in ("PHOTO", "LOGO", "SOUND", "KEY"):
            return "…"  # told as not kept: what it holds is of no interest
        value = _from_base64(value)
    charset = next(iter(parameters.get("CHARSET", ())), "")
    return _text_of(value, charset, otherwise).replace("\r\n", "\n").replace("\r", "\n")


def _from_base64(value: bytes) -> bytes:
    packed = b"".join(value.split())
    try:
        return binascii.a2b_base64(packed + b"=" * (-len(packed) % 4))
    except binascii.Error as error:
        raise BrokenCard("has a value that is no base64") from error


def _text_of(value: bytes, charset: str, otherwise: str = "cp1252") -> str:
    """The text in the encoding that is named, else in UTF-8, else in the one that the file seems to have."""
    for name in (charset, "utf-8", otherwise):
        try:
            if name:
                return value.decode(name)
        except (LookupError, ValueError):  # no such encoding, not its bytes, or a name that is none
            continue
    return value.decode("latin-1")
