"""Looks at a table file before it is read: encoding, delimiter, header, columns, dates and numbers, size."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from services.importing.dialects import detect_dialect, separator_line, usual_width
from services.importing.encodings import BAD_BYTES, detect_encoding
from services.importing.formats import refuse_foreign
from services.importing.headers import is_known_header
from services.importing.reading import LineFeed, Records, cannot_open
from services.importing.refusals import UnreadableFile
from services.importing.shapes import ColumnShape, Dialect, FileShape, unique_names
from services.values.coercion import is_nothing
from services.values.dates import OrderGuess, detect_order, is_empty_date, looks_like_date
from services.values.emails import is_email
from services.values.numbers import MarkGuess, detect_decimal_mark, looks_like_number

SAMPLED_ROWS: Final = 5_000
SAMPLED_BYTES: Final = 1 << 21
KEPT_SAMPLES: Final = 50
MOST_COLUMNS: Final = 2_000
_FAR_BLOCKS: Final = 4
_FAR_BYTES: Final = 1 << 15
_MOST_PREAMBLE: Final = 12
_JUDGED: Final = 60
_MOST: Final = 0.6
_PHONE: Final = re.compile(r"\+?[\d\s()./-]{6,}")


@dataclass(frozen=True, slots=True)
class _Sample:
    """The beginning of a file as text, and records from further on in it."""

    text: str
    is_whole: bool
    size: int


def detect(path: Path, *, encoding: str = "", delimiter: str = "", region: str = "") -> FileShape:
    """The shape of a table file; what is given is taken, `region` decides where dates show no order.

    Raises UnreadableFile for a file that is empty, no text, of another format or not to be opened.
    """
    try:
        with path.open("rb") as file:
            start = file.read(SAMPLED_BYTES)
        refuse_foreign(path, start)
        chosen = encoding or detect_encoding(path)
        sample = _take_sample(path, chosen, start)
        far = _far_text(path, chosen) if not sample.is_whole else []
    except OSError as error:
        raise cannot_open(path, error) from error
    except LookupError as error:
        raise UnreadableFile(f"“{encoding}” is no encoding", "Choose for example utf-8 or cp1252.") from error
    return _shape(path, sample, far, chosen, delimiter=delimiter, region=region)


def _take_sample(path: Path, encoding: str, start: bytes) -> _Sample:
    size = path.stat().st_size
    is_whole = len(start) >= size
    decoder = codecs.getincrementaldecoder(encoding)(errors=BAD_BYTES)
    text = decoder.decode(start, final=is_whole)
    if not is_whole:
        # The last line may be cut; a text of one endless line stays as it is and is rejected as a row.
        end = max(text.rfind("\n"), text.rfind("\r"))
        text = text[: end + 1] if end > 0 else text
    return _Sample(text.replace("\0", ""), is_whole, size)


def _far_text(path: Path, encoding: str) -> list[str]:
    """Pieces of whole lines from further on: a list sorted by date shows its days there."""
    size = path.stat().st_size
    pieces = []
    with path.open("rb") as file:
        for block in range(1, _FAR_BLOCKS + 1):
            # A multiple of four keeps wide encodings in step.
            file.seek(size * block // (_FAR_BLOCKS + 1) // 4 * 4)
            text = file.read(_FAR_BYTES).decode(_without_mark(encoding), errors=BAD_BYTES)
            lines = text.splitlines(keepends=True)
            pieces.append("".join(lines[1:-1]))
    return pieces


def _without_mark(encoding: str) -> str:
    return {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}.get(encoding, encoding)


def _shape(path: Path, sample: _Sample, far: Sequence[str], encoding: str, *, delimiter: str, region: str) -> FileShape:
    named = separator_line(sample.text[:80].split("\n", 1)[0])
    text = sample.text.split("\n", 1)[1] if named and "\n" in sample.text else sample.text
    dialect = detect_dialect(text[: 1 << 16], delimiter or named)
    feed = LineFeed(io.StringIO(text, newline=""))
    records = [cells for cells, _ in islice(Records(feed, dialect), SAMPLED_ROWS + _MOST_PREAMBLE + 1)]
    if not records:
        raise UnreadableFile(f"“{path.name}” is empty", "Choose a file with a header and rows.")
    preamble = _preamble(records)
    skipped = _lines_before(text, dialect, preamble) + bool(named)
    table = records[preamble:]
    has_header = is_header(table)
    names = list(unique_names(table[0] if has_header else [""] * len(table[0])))
    if len(names) > MOST_COLUMNS:
        title = f"“{path.name}” has {len(names):,} columns"
        raise UnreadableFile(title, f"At most {MOST_COLUMNS:,} can be read.")
    rows = [row for row in (table[1:] if has_header else table) if len(row) == len(names)]
    distant = [row for piece in far for row in _records(piece, dialect, 400) if len(row) == len(names)]
    columns = tuple(_columns(names, rows, distant, region))
    is_exact = sample.is_whole and len(records) <= SAMPLED_ROWS + _MOST_PREAMBLE
    count = len(table) - has_header
    return FileShape(
        encoding=encoding,
        dialect=dialect,
        has_header=has_header,
        skipped_lines=skipped,
        columns=columns,
        rows=count if is_exact else _estimate(path, sample, feed.handed, count),
        rows_exact=is_exact,
        size=sample.size,
        date_order=_order_of_file(columns, rows, distant, region),
        decimal_mark=_mark_of_file(columns),
    )


def _records(text: str, dialect: Dialect, most: int) -> list[list[str]]:
    feed = LineFeed(io.StringIO(text, newline=""))
    return [cells for cells, _ in islice(Records(feed, dialect), most)]


def _preamble(records: Sequence[Sequence[str]]) -> int:
    """How many records stand above the table: a title, a date, narrower than the rows that follow."""
    usual = usual_width([len(record) for record in records])
    for index, record in enumerate(records[:_MOST_PREAMBLE]):
        if len(record) >= usual or sum(map(is_known_header, record)) >= 2:
            return index
    return 0


def _lines_before(text: str, dialect: Dialect, records: int) -> int:
    """The physical lines that the first records and blank lines above the table take."""
    if not records:
        return 0
    feed = LineFeed(io.StringIO(text, newline=""))
    for _ in islice(Records(feed, dialect), records):
        pass
    return feed.handed


def is_header(table: Sequence[Sequence[str]]) -> bool:
    """Whether the first record names the columns, by known names and by how values differ from names."""
    first = table[0]
    known = sum(1 for cell in first if is_known_header(cell))
    values = sum(1 for cell in first if _is_value(cell))
    if known >= 2 or (known and not values):
        return True
    if values or not all(cell.strip() for cell in first):
        return False
    return len(set(first)) == len(first) and all(len(cell) <= 80 for cell in first)


def _is_value(cell: str) -> bool:
    bare = cell.strip()
    return bool(bare) and (
        is_email(bare) or looks_like_number(bare) or bool(_PHONE.fullmatch(bare)) or looks_like_date(bare)
    )


def _columns(
    names: Sequence[str], rows: Sequence[Sequence[str]], distant: Sequence[Sequence[str]], region: str
) -> Iterable[ColumnShape]:
    for index, name in enumerate(names):
        values = [row[index] for row in rows if row[index].strip()]
        further = [row[index] for row in distant if row[index].strip()]
        telling = (value for value in values if not (is_nothing(value) or is_empty_date(value)))
        judged = [*islice(telling, _JUDGED), *further[:_JUDGED]]
        dated = share(judged, looks_like_date) >= _MOST
        numbered = not dated and share(judged, looks_like_number) >= _MOST
        yield ColumnShape(
            name,
            tuple(dict.fromkeys(value.strip() for value in values))[:KEPT_SAMPLES],
            round(len(values) / len(rows), 4) if rows else 0.0,
            detect_order([*values, *further], region) if dated else None,
            detect_decimal_mark([*values[:500], *further]) if numbered else None,
        )


def share(values: Sequence[str], test: Callable[[str], bool]) -> float:
    """Which part of the values passes a test, from 0 to 1; 0 of none."""
    return sum(1 for value in values if test(value)) / len(values) if values else 0.0


def _order_of_file(
    columns: Sequence[ColumnShape],
    rows: Sequence[Sequence[str]],
    distant: Sequence[Sequence[str]],
    region: str,
) -> OrderGuess:
    """The order of all numeric dates of the file that do not begin with the year."""
    dated = [index for index, column in enumerate(columns) if column.date_order is not None]
    values = [row[index] for index in dated for row in [*rows, *distant] if row[index].strip()]
    return detect_order(values, region)


def _mark_of_file(columns: Sequence[ColumnShape]) -> MarkGuess:
    guesses = [column.decimal_mark for column in columns if column.decimal_mark is not None]
    return max(guesses, key=lambda guess: guess.confidence, default=MarkGuess(".", 0.3))


def _estimate(path: Path, sample: _Sample, lines: int, count: int) -> int:
    """Rows of the whole file: its lines, as many of them to a row as in the part that was looked at."""
    end = b"\n" if "\n" in sample.text else b"\r"
    ends = 0
    with path.open("rb") as file:
        while chunk := file.read(SAMPLED_BYTES):
            ends += chunk.count(end)
    return max(count, round(ends * count / max(1, lines)))
