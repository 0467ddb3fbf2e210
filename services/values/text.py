"""Text as it is kept (NFC, no control characters, single spaces) and as it is compared (folded)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LETTERS_WITHOUT_DECOMPOSITION: Final = {
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ð": "d",
    "ı": "i",
    "ĸ": "k",
    "ŋ": "n",
    "ſ": "s",
    "ß": "ss",
    "ŉ": "n",
    "ȷ": "j",
    "ς": "σ",
}
_NAMED_VARIANT: Final = re.compile(r"LATIN (?:SMALL|CAPITAL) LETTER ([A-Z]) WITH ")
_KEPT_CONTROLS: Final = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85"  # str.split takes these for spaces
_HANGUL_SYLLABLES: Final = range(0xAC00, 0xD7A4)
# Accents, vowel points and harakat are written or left out at will; the vowel signs of Indic and
# South-East Asian scripts are letters of the word and stay.
_OPTIONAL_MARKS: Final = (
    range(0x0300, 0x0370),
    range(0x0483, 0x0488),
    range(0x0591, 0x05C8),
    range(0x0610, 0x061B),
    range(0x064B, 0x0660),
    range(0x0670, 0x0671),
    range(0x06D6, 0x06EE),
    range(0x1AB0, 0x1B00),
    range(0x1DC0, 0x1E00),
    range(0x20D0, 0x2100),
    range(0xFE20, 0xFE30),
)
# Characters nobody sees and nobody can search for: zero-width space, soft hyphen, byte-order mark and the
# direction overrides with which a text is made to look like another. The joiners stay: Persian needs them.
_INVISIBLE: Final = frozenset([0x00AD, 0x180E, 0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class _Dropping(dict[int, str | None]):
    """A translation table that learns which characters are dropped from kept text."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        kept: str | None = character
        if character in _KEPT_CONTROLS:
            kept = character
        elif code in _INVISIBLE or unicodedata.category(character) in ("Cc", "Cs"):
            kept = None
        self[code] = kept
        return kept


class _Folding(dict[int, str]):
    """A translation table that learns the folded form of each character it meets."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


def _fold_character(character: str) -> str:
    if ord(character) in _HANGUL_SYLLABLES:
        return character
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return unicodedata.normalize("NFC", "".join(map(_fold_piece, decomposed)))


def _fold_piece(piece: str) -> str:
    if piece in _LETTERS_WITHOUT_DECOMPOSITION:
        return _LETTERS_WITHOUT_DECOMPOSITION[piece]
    if any(ord(piece) in span for span in _OPTIONAL_MARKS):
        return ""
    category = unicodedata.category(piece)
    if category[0] == "M":
        return piece
    if not piece.isalnum():
        return " "
    variant = _NAMED_VARIANT.match(unicodedata.name(piece, "")) if ord(piece) > 0x7F else None
    return variant.group(1).lower() if variant else piece


_DROPPED: Final = _Dropping()
_FOLDED: Final = _Folding()
_ASCII_WORD_BREAKS: Final = {code: " " for code in range(128) if not chr(code).isalnum()}
_SPACES_AT_LINE_ENDS: Final = re.compile(r"[ \t]+(?=\n)")


def listed(text: str) -> frozenset[str]:
    """The words of a table that is written as one text."""
    return frozenset(text.split())


def clean(text: str) -> str:
    """One line of text as it is kept: NFC, runs of white space as one space, nothing invisible."""
    if text.isascii() and text.isprintable():
        if "  " not in text and text[:1] != " " and text[-1:] != " ":
            return text
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", text.translate(_DROPPED)).split())


def clean_lines(text: str) -> str:
    """Text of several lines as it is kept: like `clean`, but line breaks (as LF) and inner spaces stay."""
    if text.isascii() and text.isprintable():
        return text.strip()
    unified = text.replace("\r\n", "\n").replace("\r", "\n").translate(_DROPPED)
    kept = _SPACES_AT_LINE_ENDS.sub("", unicodedata.normalize("NFC", unified))
    return kept.strip()


def fold(text: str) -> str:
    """The form in which text is compared and searched: lower case, no accents or strokes, words by one space.

    Ł and l, Ø and o, Đ and d, ß and ss, ı, İ and i, Æ and ae, Œ and oe, Þ and th are the same.
    """
    if text.isascii():
        if text.isalnum():
            return text.lower()
        return " ".join(text.lower().translate(_ASCII_WORD_BREAKS).split())
    folded = unicodedata.normalize("NFC", text).translate(_FOLDED)
    return " ".join(unicodedata.normalize("NFC", folded).split())


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return fold(text).split()
