"""The text of a mail: HTML as plain lines, and where a reply ends and what it quotes begins."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from services.values.text import clean_lines, listed

_BLOCKS: Final = listed(
    "address article div dl dt dd footer form h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tr ul blockquote"
)
_APART: Final = frozenset(["p", "h1", "h2", "h3", "ul", "ol", "table", "blockquote"])
_UNSEEN: Final = frozenset(["head", "script", "style", "title", "template", "noscript"])
_VOID: Final = frozenset(["br", "hr", "img", "input", "meta", "link"])
_DEEPEST_QUOTE: Final = 10
_LONGEST_PAGE: Final = 2_000_000
_LONGEST_LINE: Final = 500
_CONDITIONS: Final = re.compile(r"<!\[(?!(?:if|else|endif)\b)[^>]{0,200}>", re.IGNORECASE)
_TAGS: Final = re.compile(r"<[^<>]{0,2000}>")
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_MANY_LINES: Final = re.compile(r"\n(?:[ \t]*\n){2,}")

_WROTE: Final = re.compile(
    r"(?:on\b.*\bwrote|am\b.*\bschrieb\b.*|le\b.*\ba écrit|el\b.*\bescribió|il\b.*\bha scritto|op\b.*\bschreef\b.*|"
    r"em\b.*\bescreveu|den\b.*\bskrev\b.*|w dniu\b.*\bpisze|dnia\b.*\bnapisał\(?a?\)?)\s*:",
    re.IGNORECASE | re.DOTALL,
)
_ORIGINAL: Final = re.compile(
    r"-{2,}\s*(?:original message|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale|"
    r"oorspronkelijk bericht|forwarded message|weitergeleitete nachricht)\s*-{2,}",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r"\*?(?:from|von|de|da|van|od|från)\s?:\*?\s*\S", re.IGNORECASE)
_SENT: Final = re.compile(r"\*?(?:sent|date|gesendet|datum|envoyé|enviado|inviato|verzonden|data)\s?:", re.IGNORECASE)
_HEADER_LINES: Final = 4
_LINES_OF_WROTE: Final = 3


def text_of_html(html: str) -> str:
    """The words of a page in lines; what it quotes is marked with ">"."""
    reader = _PageReader()
    try:
        # Conditions that only Word understands; the parser refuses those that it does not know.
        reader.feed(_CONDITIONS.sub("", html[:_LONGEST_PAGE]))
        reader.close()
    except AssertionError:
        return clean_lines(_TAGS.sub(" ", html[:_LONGEST_PAGE]))
    return reader.text


def quote_start(text: str) -> int:
    """Where the mail begins that this one answers or forwards; the length of the text when nothing is quoted."""
    lines = text.split("\n")
    cut = next((number for number in range(len(lines)) if _opens_quote(lines, number)), None)
    if cut is None:
        cut = _trailing_quote(lines)
    return min(len(text), sum(len(line) + 1 for line in lines[:cut]))


def _opens_quote(lines: list[str], number: int) -> bool:
    line = lines[number].strip()
    if not line or len(line) > _LONGEST_LINE:
        return False
    if _ORIGINAL.fullmatch(line):
        return True
    if _FROM.match(line):
        return any(_SENT.match(other.strip()) for other in lines[number + 1 : number + _HEADER_LINES])
    # The line that says who wrote is broken by some programs; what follows it is the quotation.
    for length in range(1, _LINES_OF_WROTE + 1):
        said = "\n".join(lines[number : number + length]).strip()
        if len(said) <= _LONGEST_LINE and _WROTE.fullmatch(said):
            rest = [other for other in lines[number + length :] if other.strip()]
            return bool(rest) and rest[0].lstrip().startswith(">")
    return False


def _trailing_quote(lines: list[str]) -> int:
    cut = len(lines)
    while cut and (lines[cut - 1].lstrip().startswith(">") or not lines[cut - 1].strip()):
        cut -= 1
    quoted = any(line.lstrip().startswith(">") for line in lines[cut:])
    return cut if quoted and cut else len(lines)


class _PageReader(HTMLParser):
    """Gathers the text of a page line by line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._unseen = 0
        self._quotes = 0
        self._as_is = 0
        self._link = ""
        self._link_text = ""

    @property
    def text(self) -> str:
        """All lines."""
        self._end_line()
        while self._lines and not self._lines[-1].strip(" >"):
            self._lines.pop()
        return clean_lines(_MANY_LINES.sub("\n\n", "\n".join(self._lines)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, a quotation or a link."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "br":
            self._end_line(keep_empty=True)
        elif tag in _BLOCKS:
            self._end_line()
            if tag in _APART:
                self._part()
            self._quotes = min(self._quotes + (tag == "blockquote"), _DEEPEST_QUOTE)
            self._as_is += tag == "pre"
            self._line += "- " if tag == "li" else ""
        elif tag in ("td", "th") and self._line:
            self._line += " "
        elif tag == "a":
            self._link, self._link_text = dict(attrs).get("href") or "", ""

    def handle_endtag(self, tag: str) -> None:
        """End what began."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS and tag not in _VOID:
            self._end_line()
            if tag in _APART:
                self._part()
            self._quotes = max(0, self._quotes - (tag == "blockquote"))
            self._as_is = max(0, self._as_is - (tag == "pre"))
        elif tag == "a":
            self._end_link()

    def _end_link(self) -> None:
        shown = self._link_text.strip()
        if self._link.startswith(("http://", "https://")) and shown and shown.rstrip("/") not in self._link:
            self._line += f" ({self._link})"
        self._link = ""

    def handle_data(self, data: str) -> None:
        """Take words; spaces count once."""
        if self._unseen:
            return
        if self._as_is:
            first, *others = data.split("\n")
            self._line += first
            for other in others:
                self._end_line(keep_empty=True)
                self._line = other
            return
        words = _SPACES.sub(" ", data.replace("\xa0", " "))
        self._line += words.lstrip() if not self._line or self._line.endswith(" ") else words
        self._link_text += words

    def _part(self) -> None:
        if self._lines and self._lines[-1].strip(" >"):
            self._lines.append(self._mark.rstrip())

    @property
    def _mark(self) -> str:
        return "> " * self._quotes

    def _end_line(self, *, keep_empty: bool = False) -> None:
        line = self._line.rstrip()
        if line.strip() or keep_empty:
            self._lines.append((self._mark + line).rstrip())
        self._line = ""
