"""`mycrm query SQL`: read-only SQL on documented views."""

from __future__ import annotations

import csv
import io
import math
import sys
from enum import StrEnum
from typing import Annotated, Any, Final

import typer

from mycrm_desktop.cli.session import session_of
from services.store.reading_sql import QueryLimits, SqlAnswer
from services.values.formulas import marked

_HEAP_BYTES: Final = 512 * 1024 * 1024
_WIDEST: Final = 60


class QueryFormat(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"


def query(
    context: typer.Context,
    sql: Annotated[str, typer.Argument(metavar="[SQL]", help="One SELECT; - reads it from standard input.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="The most rows to answer.")] = 1000,
    as_format: Annotated[QueryFormat, typer.Option("--format")] = QueryFormat.TABLE,
    schema: Annotated[bool, typer.Option("--schema", help="Print what the views hold, as Markdown.")] = False,
) -> None:
    """Ask the documented views with SQL; nothing can be changed."""
    session = session_of(context)
    if schema:
        from services.store.describing_views import schema_page

        session.answer({"markdown": schema_page()}, schema_page().rstrip())
        return
    statement = sys.stdin.read() if sql == "-" else sql
    with session.opened() as workspace:
        # The process ends with this answer, so that a limit that stays for ever does no harm.
        answer = workspace.query.run(statement, QueryLimits(rows=limit, heap_bytes=_HEAP_BYTES))
    if answer.truncated:
        session.say(f"There is more than these {len(answer.rows):,} rows; --limit lets more through.")
    document = {
        "columns": list(answer.columns),
        "rows": [[_value(value) for value in row] for row in answer.rows],
        "truncated": answer.truncated,
        "limit": answer.limit,
        "seconds": answer.seconds,
    }
    session.answer(document, _csv(answer) if as_format is QueryFormat.CSV else _table(answer))


def _value(value: Any) -> Any:
    """A value as JSON holds it: no infinity, no bytes."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value.hex() if isinstance(value, bytes) else value


def _csv(answer: SqlAnswer) -> str:
    """RFC 4180, with what a spreadsheet would run as a formula marked."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([marked(name) for name in answer.columns])
    for row in answer.rows:
        cells = [_value(value) for value in row]
        writer.writerow([marked(cell) if isinstance(cell, str) else cell for cell in cells])
    return written.getvalue().removesuffix("\r\n")


def _table(answer: SqlAnswer) -> str:
    shown = [[_cell(value) for value in row] for row in answer.rows]
    widths = [
        min(_WIDEST, max([len(name), *(len(row[place]) for row in shown)])) for place, name in enumerate(answer.columns)
    ]
    numeric = [
        all(isinstance(row[place], int | float | None) for row in answer.rows) and bool(answer.rows)
        for place in range(len(widths))
    ]
    head = [name.ljust(width) for name, width in zip(answer.columns, widths, strict=True)]
    lines = ["  ".join(head).rstrip(), "  ".join("-" * width for width in widths)]
    for row in shown:
        cells = [
            _clipped(cell, width).rjust(width) if right else _clipped(cell, width).ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _clipped(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _cell(value: Any) -> str:
    """A value in one line; signs that would drive the terminal are left out."""
    if value is None:
        return ""
    text = " ".join(str(_value(value)).split())
    return "".join(sign for sign in text if sign.isprintable())
