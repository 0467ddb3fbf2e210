"""Runs one read-only statement on the documented views, where it can reach and harm nothing else.

What keeps it there, each enough for its part: the file is opened for reading, under a name that nobody knows;
`query_only`; an authorizer that allows nothing but SELECT, harmless functions, the views, and what the views
themselves read; own versions of the functions that one call could keep busy for hours; a limit of time, of rows,
of the answer's size, and, where the process may be bound for good, of memory.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as driver

from services.errors import InvalidValue
from services.store.attaching import attach_for_reading
from services.store.bounded_functions import ALLOWED_FUNCTIONS, register_bounded
from services.store.engine import Cipher, translated
from services.store.sql_keeping_views import VIEWS
from services.store.sql_views import create_views

MOST_CHARACTERS: Final = 100_000
_ANSWER_CHARACTERS: Final = 32 * 1024 * 1024
_STEPS_BETWEEN_LOOKS: Final = 10_000

# Action codes of sqlite3_set_authorizer (https://sqlite.org/c3ref/c_alter_table.html).
_READ: Final = 20
_SELECT: Final = 21
_FUNCTION: Final = 31
_RECURSIVE: Final = 33

_BLANK: Final = re.compile(r"(\s+|--[^\n]*(\n|\Z)|/\*.*?(\*/|\Z))+", re.DOTALL)
_BEGINNING: Final = re.compile(r"(?i)(SELECT|WITH|VALUES)\b")


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """How much a statement may take; `heap_bytes` holds for the whole process from then on, and for ever."""

    rows: int = 1000
    seconds: float = 10.0
    heap_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class SqlAnswer:
    """What a statement gave; `truncated` when there was more than the limits let through."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool
    limit: int
    seconds: float


class QueryRefused(InvalidValue):
    """A statement that is not run, or was stopped: `code` says which."""

    code = "query_refused"

    def __init__(self, title: str, message: str, *, code: str = "query_refused") -> None:
        super().__init__(title, message, field="sql", code=code)


def run_sql(path: Path, cipher: Cipher | None, sql: str, limits: QueryLimits) -> SqlAnswer:
    """Run one statement. Raises QueryRefused, and WorkspaceError when the file cannot be opened."""
    text = _checked(sql)
    with _prepared(path, cipher, limits) as connection:
        started = time.monotonic()
        deadline = started + limits.seconds
        connection.set_progress_handler(lambda: int(time.monotonic() > deadline), _STEPS_BETWEEN_LOOKS)
        with _in_words(limits, deadline):
            columns, rows, truncated = _fetch(connection.execute(text), limits, deadline)
        return SqlAnswer(columns, tuple(rows), truncated, limits.rows, time.monotonic() - started)


def _checked(sql: str) -> str:
    if len(sql) > MOST_CHARACTERS:
        raise QueryRefused("The statement is too long", f"Keep it within {MOST_CHARACTERS:,} characters.")
    if any(sign == "\0" or 0xD800 <= ord(sign) <= 0xDFFF for sign in sql):
        raise QueryRefused("The statement holds signs that are no text", "Type it again.")
    beginning = _BLANK.match(sql)
    if _BEGINNING.match(sql, beginning.end() if beginning else 0) is None:
        raise QueryRefused(
            "Only SELECT can be asked here", "Write SELECT, WITH or VALUES. Nothing is changed by a query."
        )
    return sql


@contextmanager
def _prepared(path: Path, cipher: Cipher | None, limits: QueryLimits) -> Iterator[Any]:
    token = secrets.token_hex(16)
    prefix, schema = f"hidden {token} ", f"file {token}"
    connection = attach_for_reading(path, cipher, schema)
    try:
        with translated(path):
            create_views(connection, VIEWS, schema=schema, hidden_prefix=prefix)
        register_bounded(connection)
        connection.text_factory = _text
        connection.execute("PRAGMA query_only = ON")
        # What somebody wrote into the file's own schema cannot call functions with effects.
        connection.execute("PRAGMA trusted_schema = OFF")
        if limits.heap_bytes is not None:
            connection.execute(f"PRAGMA hard_heap_limit = {limits.heap_bytes:d}").fetchone()
        connection.set_authorizer(_authorizer(prefix, schema))
        yield connection
    finally:
        connection.close()


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _authorizer(prefix: str, file: str) -> Callable[..., int]:
    """What SQLite asks before it compiles a part of a statement; see `create_views` for what it does not ask."""
    public = frozenset(view.name for view in VIEWS)
    hidden = frozenset(prefix + name for name in public)

    def may_read(table: str | None, column: str | None, schema: str | None, inside: str | None) -> bool:
        if inside in hidden:
            return True  # the views' own reading: nobody can call a sub-select by a name made a moment ago
        if schema == "temp":
            return table in public or table in hidden
        # count(*) asks for no column: of a sub-select, or of the table that a view was merged into.
        return column == "" and schema in (None, file)

    def allowed(action: int, first: str | None, second: str | None, schema: str | None, inside: str | None) -> int:
        if action in (_SELECT, _RECURSIVE):
            return int(driver.SQLITE_OK)
        if action == _FUNCTION:
            fine = inside in hidden or (second or "").lower() in ALLOWED_FUNCTIONS
        else:
            fine = action == _READ and may_read(first, second, schema, inside)
        return int(driver.SQLITE_OK if fine else driver.SQLITE_DENY)

    return allowed


def _fetch(cursor: Any, limits: QueryLimits, deadline: float) -> tuple[tuple[str, ...], list[tuple[Any, ...]], bool]:
    columns = tuple(str(described[0]) for described in cursor.description or ())
    rows: list[tuple[Any, ...]] = []
    size = 0
    for row in cursor:
        size += sum(len(value) if isinstance(value, str | bytes) else 8 for value in row)
        if len(rows) >= limits.rows or size > _ANSWER_CHARACTERS:
            return columns, rows, True
        rows.append(tuple(row))
        if time.monotonic() > deadline:
            raise _too_long(limits)
    return columns, rows, False


def _too_long(limits: QueryLimits) -> QueryRefused:
    return QueryRefused(
        f"The query took longer than {limits.seconds:g} s and was stopped",
        "Ask for less: a condition, a LIMIT, or a join on id instead of on names.",
        code="query_too_long",
    )


@contextmanager
def _in_words(limits: QueryLimits, deadline: float) -> Iterator[None]:
    try:
        yield
    except MemoryError as error:
        raise QueryRefused(
            "The query needs too much memory and was stopped", "Ask for less at once.", code="query_too_large"
        ) from error
    except (driver.Error, driver.Warning) as error:
        raise _refusal(str(error), limits, time.monotonic() > deadline) from error


def _refusal(text: str, limits: QueryLimits, late: bool) -> QueryRefused:
    lowered = text.lower()
    if "interrupted" in lowered or late:
        return _too_long(limits)
    if "one statement" in lowered:
        return QueryRefused("Only one statement can be asked at a time", "Ask the second one for itself.")
    if "prohibited" in lowered or "not authorized" in lowered or "readonly" in lowered:
        return QueryRefused(
            "This asks for something that a query cannot reach",
            f"A query reads the documented views only: {', '.join(view.name for view in VIEWS)}.",
            code="query_not_allowed",
        )
    if "too big" in lowered or "out of memory" in lowered:
        return QueryRefused(
            "The query needs too much memory and was stopped", "Ask for less at once.", code="query_too_large"
        )
    return QueryRefused(f"The query cannot be run: {text}", "docs/schema.md tells of the views and their columns.")
