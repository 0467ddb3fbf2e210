"""Writes the rows that could not be taken to a file beside the imported one, to be mended and imported again."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, TextIO

from services.importing.reading import RowStream, cannot_open
from services.importing.shapes import FileShape
from services.records.drafts import RowReject
from services.values.formulas import marked, unmarked

if TYPE_CHECKING:
    from _csv import Writer

REASON_COLUMN: Final = "Reason"
ROW_COLUMN: Final = "Row"
_MOST_NAMES_TRIED: Final = 1_000


def reason_text(reject: RowReject) -> str:
    """Why a row was not taken, as a sentence: Erstkontakt “31.02.2026” is not a date."""
    if reject.column and reject.value:
        return f"{reject.column} “{reject.value}” {reject.reason}"
    return f"The row {reject.reason}" if reject.reason.startswith(_VERBS) else reject.reason


_VERBS: Final = ("is ", "has ", "holds ", "ends ", "opens ")


def rejects_path(path: Path) -> Path:
    """Where the rejected rows of a file go: FILE-rejected.csv beside it, counted up rather than overwritten."""
    for count in range(1, _MOST_NAMES_TRIED):
        suffix = "" if count == 1 else f"-{count}"
        candidate = path.with_name(f"{path.stem}-rejected{suffix}.csv")
        if not candidate.exists():
            return candidate
    return path.with_name(f"{path.stem}-rejected.csv")


class RejectsFile:
    """The file of rejected rows: made with the first of them, complete when the context ends.

    Its columns are those of the imported file, then the number of the row and the reason; it is UTF-8 with a
    mark, which spreadsheets need, and no cell of it can run as a formula.
    """

    def __init__(self, path: Path, shape: FileShape) -> None:
        self._path = path
        self._shape = shape
        self._file: TextIO | None = None
        self._writer: Writer | None = None
        self.count = 0

    @property
    def written(self) -> Path | None:
        """The file, None while there is no rejected row."""
        return self._path if self.count else None

    def __enter__(self) -> RejectsFile:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file; after an error nothing is left of it."""
        if self._file is None:
            return
        self._file.close()
        if kind is not None:
            self._path.unlink(missing_ok=True)

    def add(self, rejects: Iterable[RowReject]) -> None:
        """Write rejected rows; raises UnreadableFile if the folder cannot be written."""
        for reject in rejects:
            writer = self._writer or self._open()
            cells = _fitted(reject.cells, len(self._shape.columns))
            writer.writerow([_safe(cell) for cell in (*cells, str(reject.number), reason_text(reject))])
            self.count += 1

    def _open(self) -> Writer:
        try:
            self._file = self._path.open("x", encoding="utf-8-sig", newline="", errors="replace")
        except OSError as error:
            raise cannot_open(self._path, error) from error
        dialect = self._shape.dialect
        self._writer = csv.writer(self._file, delimiter=dialect.delimiter, quotechar='"')
        self._writer.writerow([_safe(name) for name in (*self._shape.names, ROW_COLUMN, REASON_COLUMN)])
        return self._writer


def write_rejects(source: Path, shape: FileShape, rejects: Sequence[RowReject], target: Path) -> Path | None:
    """Write rejected rows as they stood in their file; those refused late have their cells read again.

    Raises UnreadableFile if the folder cannot be written; `target` is new, or a file to be replaced.
    """
    late = {reject.number for reject in rejects if not reject.cells}
    cells: dict[int, tuple[str, ...]] = {}
    if late:
        with RowStream(source, shape) as stream:
            for row in stream:
                if not isinstance(row, RowReject) and row[0] in late:
                    cells[row[0]] = tuple(row[1])
    unfinished = rejects_path(target)
    with RejectsFile(unfinished, shape) as file:
        file.add(replace(reject, cells=reject.cells or cells.get(reject.number, ())) for reject in rejects)
    if file.written is None:
        return None
    try:
        return unfinished.replace(target)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise cannot_open(target, error) from error


def _safe(cell: str) -> str:
    """The cell with one mark if it needs one; a mark it came with is not doubled."""
    return marked(unmarked(cell))


def _fitted(cells: Sequence[str], width: int) -> list[str]:
    """Cells for every column; what stood in more of them than there are is kept in the last."""
    if len(cells) > width > 0:
        return [*cells[: width - 1], " ".join(cells[width - 1 :]).strip()]
    return [*cells, *[""] * (width - len(cells))]
