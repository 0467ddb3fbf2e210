"""How the cells of a text are parted and quoted, found by what makes its rows most alike."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from services.importing.headers import is_known_header
from services.importing.shapes import Dialect

DELIMITERS: Final = (";", ",", "\t", "|")
_SEPARATOR_LINE: Final = re.compile(r"\ufeff?\"?sep=(.)\"?\s*", re.IGNORECASE)
_NEVER_WRITTEN: Final = "\x1f"  # parts nothing: the table is one column
_ROWS_COMPARED: Final = 300
_ENOUGH_NAMES: Final = 2
_RARE_MARK: Final = 0.75
_NEARLY_ALL: Final = 0.95
_LEAST_SCORE: Final = 0.6
_CLOSE: Final = 0.9
_CHARACTERS_FOR_THE_LIBRARY: Final = 8_000
_HEADER_LINES: Final = 12


def separator_line(line: str) -> str:
    """The delimiter a spreadsheet's first line "sep=;" names, else ""."""
    found = _SEPARATOR_LINE.fullmatch(line)
    return found.group(1) if found else ""


def detect_dialect(text: str, delimiter: str = "") -> Dialect:
    """The dialect of a text of whole lines; a delimiter given is taken."""
    quote = _quote(text)
    escape = "\\" if '\\"' in text and '""' not in text.replace(',""', "").replace(';""', "") else ""
    if delimiter:
        return Dialect(delimiter, quote, escape)
    scores = {mark: _score(text, Dialect(mark, quote, escape)) for mark in DELIMITERS}
    ranked = sorted(scores, key=lambda mark: -scores[mark])
    best, second = ranked[0], ranked[1]
    if scores[best] < _LEAST_SCORE:
        return Dialect(next((mark for mark in (",", *DELIMITERS) if mark not in text), _NEVER_WRITTEN), quote, escape)
    if scores[second] > _CLOSE * scores[best]:
        best = _by_library(text, (best, second))
    return Dialect(best, quote, escape)


def _quote(text: str) -> str:
    doubles = len(re.findall(r'(?:^|[;,\t|])"', text, re.MULTILINE))
    singles = len(re.findall(r"(?:^|[;,\t|])'[^'\n]*'(?=$|[;,\t|\r\n])", text, re.MULTILINE))
    return "'" if singles > 2 and not doubles else '"'


def _score(text: str, dialect: Dialect) -> float:
    """How alike rows are in their number of cells, weighted by that number; 0 for a single column."""
    rows = _rows(text, dialect)
    widths = [len(row) for row in rows]
    width = usual_width(widths)
    if width < 2:
        return 0.0
    share = widths.count(width) / len(widths)
    score = share * math.log2(width)
    if sum(map(is_known_header, rows[0])) >= _ENOUGH_NAMES:
        return score + 1.0
    # Under the right delimiter the first row holds as many names as the rows hold cells; a title above the
    # table is one cell, which is only believed of a table that is wide.
    if widths[0] != width:
        is_title = widths[0] == 1 and width > 2 and not any(mark in rows[0][0] for mark in DELIMITERS)
        return score if is_title and width in widths[:_HEADER_LINES] else score * 0.5
    # Commas stand in names and numbers of every row; another mark in every row, the first included, parts cells.
    return score + _RARE_MARK if dialect.delimiter != "," and share > _NEARLY_ALL else score


def usual_width(widths: Sequence[int]) -> int:
    """How many cells the rows of the table have: often and many, for lines around a table are short; 0 of none."""
    counts = Counter(widths)
    return max(counts, key=lambda width: counts[width] * math.log2(width), default=0)


def _rows(text: str, dialect: Dialect) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = dialect.reader(io.StringIO(text, newline=""), strict=False)
    while len(rows) < _ROWS_COMPARED:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            continue
        if any(cell.strip() for cell in cells):
            rows.append(cells)
    return rows


def _by_library(text: str, marks: Sequence[str]) -> str:
    """Between two delimiters that fit alike, the one whose cells look more like values."""
    import clevercsv  # slow to import, seldom needed

    sample = text[:_CHARACTERS_FOR_THE_LIBRARY]
    try:
        found = clevercsv.Sniffer().sniff(sample, delimiters=list(marks))
    except clevercsv.Error:
        return marks[0]
    if found is None or found.delimiter not in marks:
        return marks[0]
    return str(found.delimiter)
