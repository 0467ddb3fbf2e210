"""Writes docs/schema.md: what every view holds, column by column, with examples that run."""

from __future__ import annotations

from collections.abc import Iterator

from services.store.sql_keeping_views import VIEWS
from services.store.sql_views import ViewSpec

_HEAD = """\
# The views of `mycrm query`

`mycrm query "SELECT ..."` runs one read-only statement on the views below; it can change nothing. This page is
written from the definitions of the views: `mycrm query --schema` prints it.

* The views hold what is not in the trash. `id` numbers join the views within one file; `uid` names a record
  everywhere, and every command takes it.
* Times are ISO 8601 in UTC to the second, such as `2026-11-22T10:30:00Z`, days `2026-11-22`: they compare and sort
  as text, and SQLite's `date`, `strftime` and `julianday` read them. Yes and no are 1 and 0.
* Money is in major units of its currency. Amounts of two currencies are never to be added up.
* A statement may take 10 s and answers 1,000 rows unless `--limit` says otherwise; when there is more, the answer
  says `truncated`.
* Besides SQLite's functions for numbers, texts, dates, aggregates and windows there is `fold(text)`: the text
  without case, accents and strokes, as searches compare it. `LIKE` ignores the case of ASCII letters."""


def schema_page() -> str:
    """The whole page, as Markdown."""
    return "\n\n".join([_HEAD, _contents(), *(_section(view) for view in VIEWS)]) + "\n"


def _contents() -> str:
    lines = [f"| [`{view.name}`](#{view.name}) | {view.meaning} |" for view in VIEWS]
    return "\n".join(["| view | a row is |", "|---|---|", *lines])


def _section(view: ViewSpec) -> str:
    return "\n\n".join([f"## {view.name}", view.meaning, "\n".join(_columns(view)), *_examples(view)])


def _columns(view: ViewSpec) -> Iterator[str]:
    yield "| column | type | meaning |"
    yield "|---|---|---|"
    for column in view.columns:
        yield f"| `{column.name}` | {column.kind} | {column.meaning} |"


def _examples(view: ViewSpec) -> Iterator[str]:
    for example in view.examples:
        yield f"{example.question}:\n\n```sql\n{example.sql}\n```"
