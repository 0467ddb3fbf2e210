"""The views that read-only SQL may ask: their columns with meaning and type, and how they are made.

A view is documented where it is defined: docs/schema.md is written from here, and cannot fall behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from babel.core import get_global

TEXT: Final = "text"
INTEGER: Final = "integer"
NUMBER: Final = "number"
MOMENT: Final = "time"
DAY: Final = "day"
FLAG: Final = "yes/no"
ANY: Final = "any"


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """A column of a view: the expression it is made of, the type of its values, and what it means."""

    name: str
    kind: str
    meaning: str
    expression: str


@dataclass(frozen=True, slots=True)
class Example:
    """A statement that answers a question people ask."""

    question: str
    sql: str


@dataclass(frozen=True, slots=True)
class ViewSpec:
    """A view: what a row of it is, where rows come from, its columns, and two examples.

    In `source` and in expressions `main.` stands for the workspace, however it is attached.
    """

    name: str
    meaning: str
    source: str
    columns: tuple[ViewColumn, ...]
    examples: tuple[Example, ...]

    def select(self) -> str:
        """The statement that the view stands for."""
        listed = ", ".join(f'{column.expression} AS "{column.name}"' for column in self.columns)
        return f"SELECT {listed} FROM {self.source}"


def column(name: str, kind: str, meaning: str, expression: str = "") -> ViewColumn:
    """A column; without an expression it is the column of that name of the row `t`."""
    return ViewColumn(name, kind, meaning, expression or f't."{name}"')


def uid(expression: str) -> str:
    """A uid as 32 hexadecimal digits, as every command of the program takes it."""
    # hex(NULL) is an empty text, which would look like a value.
    return f"nullif(lower(hex({expression})), '')"


def iso(expression: str) -> str:
    """A moment in ms since 1970 as ISO 8601 in UTC, to the second."""
    return f"strftime('%Y-%m-%dT%H:%M:%SZ', {expression} / 1000, 'unixepoch')"


def day_or_moment(expression: str, all_day: str = "t.all_day") -> str:
    """A moment, or only its day where a whole day is meant."""
    return f"CASE WHEN {all_day} THEN strftime('%Y-%m-%d', {expression} / 1000, 'unixepoch') ELSE {iso(expression)} END"


def _digits_of_currencies() -> dict[int, list[str]]:
    """The currencies whose minor units are not hundredths, by how many digits they have (Unicode CLDR)."""
    found: dict[int, list[str]] = {}
    for code, fractions in sorted(get_global("currency_fractions").items()):
        if code != "DEFAULT" and fractions[0] != 2:
            found.setdefault(fractions[0], []).append(code)
    return found


def major(amount: str, currency: str) -> str:
    """An amount in major units of its currency, as people write it."""
    cases = " ".join(
        f"WHEN {currency} IN ({', '.join(repr(code) for code in codes)}) THEN {10**digits}.0"
        for digits, codes in _digits_of_currencies().items()
    )
    return f"{amount} / (CASE {cases} ELSE 100.0 END)"


def owner_columns(name: str = "owner") -> tuple[ViewColumn, ...]:
    """Who looks after a record."""
    return (
        column(name, TEXT, "the user who looks after it", "(SELECT u.name FROM main.user u WHERE u.id = t.owner_id)"),
    )


def identity(entity: str) -> tuple[ViewColumn, ...]:
    """What every record begins with."""
    return (
        column("id", INTEGER, f"the number of the {entity} in this file; joins the views"),
        column("uid", TEXT, "32 hexadecimal digits; names it on the command line and everywhere else", uid("t.uid")),
        column("external_key", TEXT, "its key in the system it came from"),
    )


def ending(entity: str) -> tuple[ViewColumn, ...]:
    """What every record ends with."""
    names = (
        f"(SELECT group_concat(g.name, ', ' ORDER BY g.folded_name) FROM main.{entity}_tag x "
        f"JOIN main.tag g ON g.id = x.tag_id WHERE x.{entity}_id = t.id)"
    )
    return (
        column("notes", TEXT, "what was noted of it"),
        column("tags", TEXT, "the names of its tags, with commas between; `record_tags` has one a row", names),
        column("created_at", MOMENT, "when it was entered", iso("t.created_at")),
    )


def point(entity: str, kind: str, value: str = "raw") -> str:
    """The primary way of one kind to reach a record."""
    return (
        f"(SELECT nullif(p.{value}, '') FROM main.{entity}_point p WHERE p.{entity}_id = t.id AND p.kind = '{kind}' "
        "ORDER BY p.is_primary DESC, p.uid LIMIT 1)"
    )


def qualified(expression: str) -> str:
    """An expression written for the file alone, with its tables named as views name them."""
    return re.sub(r"\b(FROM|JOIN) (?=[a-z_]+ )", r"\1 main.", expression)


def create_views(connection: Any, views: Iterable[ViewSpec], *, schema: str, hidden_prefix: str) -> None:
    """Make temporary views on one driver connection, to which the workspace is attached as `schema`.

    Each view reads the file through a hidden one below it, and a view that answers nobody stands before every table
    of the file. SQLite names to its authorizer the innermost view, or named sub-select, that a read happens in; a
    statement can call a sub-select anything, so that name proves something only where nobody can know it. And
    of columns that JOIN ... USING compares it asks nobody: what must not be read must not be nameable.
    """
    # Names that begin with sqlite_ can be given to no view; the empty database in front gets tables of its own.
    connection.execute("CREATE TABLE main.empty(id INTEGER PRIMARY KEY AUTOINCREMENT, value)")
    connection.execute("CREATE INDEX main.empty_value ON empty(value)")
    connection.execute("ANALYZE main")
    for view in views:
        hidden = view.select().replace("main.", f'"{schema}".')
        connection.execute(f'CREATE TEMP VIEW "{hidden_prefix}{view.name}" AS {hidden}')
        connection.execute(f'CREATE TEMP VIEW "{view.name}" AS SELECT * FROM temp."{hidden_prefix}{view.name}"')
    tables = connection.execute(f"SELECT name FROM \"{schema}\".sqlite_schema WHERE type IN ('table', 'view')")
    for (name,) in tables.fetchall():
        escaped = name.replace('"', '""')
        if not name.startswith("sqlite_"):
            # Calls what the authorizer allows nobody, so that whoever names it is refused instead of finding nothing.
            connection.execute(f"CREATE TEMP VIEW \"{escaped}\" AS SELECT load_extension('') AS hidden")
