"""Finds records by words, in two stages: names, companies, emails and phones first, then notes and bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import orjson
from sqlalchemy import Connection

from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.people import SearchHit
from services.store.documents import sliced
from services.store.queries.matching import rotations
from services.store.queries.pages import marks
from services.store.queries.typos import neighbours
from services.store.search_entries import KINDS, STRIDE, row_id
from services.values.text import fold

_CANDIDATES: Final = 64
_VARIANTS: Final = 64
_MOST_WORDS: Final = 32
_LONGEST_WORD: Final = 64
"""Of a text that was pasted into the search, the beginning is searched for: the full text refuses very deep queries."""
_SNIPPET: Final = 90
_TRUNK: Final = re.compile(r"\(\s*0\s*\)")


def words_of(text: str) -> list[str]:
    """The folded words of a query; the (0) that people write into international numbers is left out."""
    beginning = text[: _MOST_WORDS * _LONGEST_WORD]
    return [word[:_LONGEST_WORD] for word in fold(_TRUNK.sub(" ", beginning)).split()[:_MOST_WORDS]]


def _quoted(word: str, *, prefix: bool = True) -> str:
    return f'"{word}"*' if prefix else f'"{word}"'


def _runs(words: Sequence[str]) -> list[list[str]]:
    """Words one by one, but neighbouring groups of digits together: they may be one number."""
    runs: list[list[str]] = []
    for word in words:
        if word.isdigit() and runs and runs[-1][-1].isdigit():
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def match_expression(words: Sequence[str], *, prefix: bool = True) -> str:
    """The full-text expression in which every word occurs; digits match in any grouping."""
    clauses = []
    for run in _runs(words):
        single = " AND ".join(_quoted(word, prefix=prefix) for word in run)
        if not run[0].isdigit():
            clauses.append(single)
            continue
        number = "".join(run)
        forms = [number, number.removeprefix("00")] if number.startswith("00") else [number]
        joined = " OR ".join(_quoted(form, prefix=prefix) for form in dict.fromkeys(forms) if form)
        clauses.append(f"(({single}) OR {joined})" if len(run) > 1 else f"({joined})")
    return " AND ".join(clauses)


def search(connection: Connection, text: str, *, limit: int) -> list[SearchHit]:
    """The best records for a query, best first; every word must occur, each as a prefix."""
    words = words_of(text)
    if not words:
        return []
    found = dict.fromkeys(_named(connection, words, limit))
    for expression in _stages(words):
        if len(found) >= limit:
            break
        found.update(dict.fromkeys(_names(connection, expression, words, limit)))
    for expression in (*_forgiving(connection, words, enough=len(found) >= limit), match_expression(words)):
        if len(found) < limit:
            found.update(dict.fromkeys(_names(connection, expression, words, limit)))
    if len(found) < limit:
        found.update(dict.fromkeys(_bodies(connection, words, limit)))
    return _hits(connection, list(found)[:limit], words)


def _named(connection: Connection, words: Sequence[str], limit: int) -> list[int]:
    """The records whose whole name is the query, however many other names hold its words."""
    query = " ".join(words)
    orders = rotations(words)
    contacts = (
        f"SELECT id, display_name FROM contact WHERE sort_name IN ({marks(orders)}) AND deleted_at IS NULL "
        "ORDER BY id LIMIT ?"
    )
    found = connection.exec_driver_sql(contacts, (*orders, limit)).fetchall()
    rows = [row_id(EntityKind.CONTACT, row[0]) for row in found if fold(row[1]) == query]
    for entity in _NAMED_WHOLE:
        sql = f"SELECT id FROM {entity} WHERE sort_name = ? AND deleted_at IS NULL ORDER BY id LIMIT ?"
        rows += [row_id(entity, row[0]) for row in connection.exec_driver_sql(sql, (query, limit))]
    return rows


_NAMED_WHOLE: Final = (EntityKind.COMPANY, EntityKind.DEAL, EntityKind.LEAD)


def _stages(words: Sequence[str]) -> Iterable[str]:
    """From the closest to the loosest: whole words of the name, beginnings in it, beginnings in the first stage."""
    yield "{name} : (" + match_expression(words, prefix=False) + ")"
    yield "{name} : (" + match_expression(words) + ")"
    yield "{name company email phone} : (" + match_expression(words) + ")"


def _names(connection: Connection, expression: str, words: Sequence[str], limit: int) -> list[int]:
    sql = "SELECT rowid, name FROM search_name WHERE search_name MATCH ? LIMIT ?"
    rows = connection.exec_driver_sql(sql, (expression, max(_CANDIDATES, limit))).fetchall()
    query = " ".join(words)
    return [row[0] for row in sorted(rows, key=lambda row: _closeness(row[1], query, words, row[0]))]


def _closeness(name: str, query: str, words: Sequence[str], row: int) -> tuple[int, int, int, int]:
    """Smaller is better: the name itself, a name that begins so, a name with more of the words, the shorter name."""
    if name == query:
        form = 0
    elif name.startswith(query):
        form = 1
    else:
        form = 2
    missing = len(words) - len(set(words) & set(name.split()))
    return (form, missing, len(name), row)


def _forgiving(connection: Connection, words: Sequence[str], *, enough: bool) -> list[str]:
    """Expressions that forgive one typo a word, in names before companies; none when no known name is that close."""
    if enough:
        return []
    runs = _runs(words)
    variants = {run[0]: _known(connection, neighbours(run[0])) for run in runs if not run[0].isdigit()}
    if not any(variants.values()):
        return []
    return [" AND ".join(_forgiven(run, variants, columns) for run in runs) for columns in ("name", "name company")]


def _forgiven(run: Sequence[str], variants: Mapping[str, Sequence[str]], columns: str) -> str:
    """One word, or one that is a typo away from it; digits are taken as they are."""
    near = variants.get(run[0], ())
    if not near:
        return "(" + match_expression(run) + ")"
    return "{" + columns + "} : (" + " OR ".join(_quoted(word) for word in (run[0], *near)) + ")"


def _known(connection: Connection, candidates: set[str]) -> list[str]:
    """Those that begin a word of some name; whole words before beginnings."""
    if not candidates:
        return []
    sql = (
        "SELECT j.value, EXISTS(SELECT 1 FROM search_term WHERE term = j.value) AS whole FROM json_each(?) j "
        "WHERE EXISTS(SELECT 1 FROM search_term WHERE term >= j.value AND term < j.value || char(1114111)) "
        "ORDER BY whole DESC, j.value LIMIT ?"
    )
    rows = connection.exec_driver_sql(sql, (orjson.dumps(sorted(candidates)).decode(), _VARIANTS))
    return [row[0] for row in rows]


def _bodies(connection: Connection, words: Sequence[str], limit: int) -> list[int]:
    sql = "SELECT rowid FROM search_body WHERE search_body MATCH ? ORDER BY rowid DESC LIMIT ?"
    return [row[0] for row in connection.exec_driver_sql(sql, (match_expression(words), limit))]


_DETAILS: Final = {
    EntityKind.CONTACT: (
        "SELECT t.id, t.uid, t.display_name, coalesce(t.title, ''), coalesce(c.name, ''), coalesce(t.notes, ''), "
        "coalesce((SELECT group_concat(p.raw, ' · ') FROM contact_point p WHERE p.contact_id = t.id "
        "AND p.kind IN ('email', 'phone')), '') FROM contact t LEFT JOIN company c ON c.id = t.company_id "
    ),
    EntityKind.COMPANY: (
        "SELECT t.id, t.uid, t.name, coalesce(t.industry, ''), coalesce(t.domain, ''), coalesce(t.notes, ''), "
        "coalesce((SELECT group_concat(p.raw, ' · ') FROM company_point p WHERE p.company_id = t.id "
        "AND p.kind = 'phone'), '') FROM company t "
    ),
    EntityKind.ACTIVITY: (
        "SELECT t.id, t.uid, coalesce(nullif(t.subject, ''), t.type), '', "
        "coalesce(p.display_name, c.name, ''), coalesce(t.body, t.notes, ''), '' FROM activity t "
        "LEFT JOIN contact p ON p.id = t.contact_id LEFT JOIN company c ON c.id = t.company_id "
    ),
    EntityKind.LEAD: (
        "SELECT t.id, t.uid, t.display_name, coalesce(t.title, ''), coalesce(t.company, ''), coalesce(t.notes, ''), "
        "coalesce((SELECT group_concat(p.raw, ' · ') FROM lead_point p WHERE p.lead_id = t.id "
        "AND p.kind IN ('email', 'phone')), '') FROM lead t "
    ),
    EntityKind.DEAL: (
        "SELECT t.id, t.uid, t.title, coalesce(c.name, ''), coalesce(s.name, ''), coalesce(t.notes, ''), '' "
        "FROM deal t LEFT JOIN company c ON c.id = t.company_id LEFT JOIN stage s ON s.id = t.stage_id "
    ),
    EntityKind.TASK: (
        "SELECT t.id, t.uid, t.title, t.status, coalesce(p.display_name, c.name, d.title, ''), coalesce(t.notes, ''), "
        "'' FROM task t LEFT JOIN contact p ON p.id = t.contact_id LEFT JOIN company c ON c.id = t.company_id "
        "LEFT JOIN deal d ON d.id = t.deal_id "
    ),
    EntityKind.EVENT: (
        "SELECT t.id, t.uid, t.title, coalesce(t.location, ''), coalesce(p.display_name, c.name, ''), "
        "coalesce(t.notes, ''), '' FROM event t LEFT JOIN contact p ON p.id = t.contact_id "
        "LEFT JOIN company c ON c.id = t.company_id "
    ),
    EntityKind.FILE: (
        "SELECT t.id, t.uid, t.name, '', coalesce(p.display_name, c.name, d.title, ''), coalesce(t.notes, ''), '' "
        "FROM file t LEFT JOIN contact p ON p.id = t.contact_id LEFT JOIN company c ON c.id = t.company_id "
        "LEFT JOIN deal d ON d.id = t.deal_id "
    ),
}


def _hits(connection: Connection, rows: Sequence[int], words: Sequence[str]) -> list[SearchHit]:
    """Titles and snippets for rows of the index, in their order."""
    by_kind: dict[EntityKind, list[int]] = {}
    for row in rows:
        by_kind.setdefault(KINDS[row % STRIDE], []).append(row // STRIDE)
    shown: dict[tuple[EntityKind, int], tuple[bytes, str, str]] = {}
    for kind, ids in by_kind.items():
        for chunk in sliced(ids):
            sql = f"{_DETAILS[kind]} WHERE t.id IN ({marks(chunk)})"
            for local_id, uid, title, *parts in connection.exec_driver_sql(sql, tuple(chunk)):
                shown[kind, local_id] = (uid, title, _snippet(kind, parts, words))
    hits: list[SearchHit] = []
    for row in rows:
        kind, local_id = KINDS[row % STRIDE], row // STRIDE
        if (kind, local_id) in shown:
            uid, title, snippet = shown[kind, local_id]
            hits.append(SearchHit(kind.value, local_id, Uid(uid), title, snippet, len(hits)))
    return hits


def _snippet(kind: EntityKind, parts: Sequence[str], words: Sequence[str]) -> str:
    """What tells this record apart: the text around the match for bodies, else what it is and how to reach it."""
    first, second, body, points = parts
    if kind is EntityKind.ACTIVITY:
        return " – ".join(filter(None, (second, around(body, words))))
    return " · ".join(filter(None, (first, second, points))) or around(body, words)


def around(text: str, words: Sequence[str]) -> str:
    """The stretch of a text in which the first word of a query occurs, at most 90 characters."""
    line = " ".join(text.split())
    if len(line) <= _SNIPPET:
        return line
    pieces = line.split(" ")
    hit = next(
        (i for i, piece in enumerate(pieces) if any(w.startswith(tuple(words)) for w in fold(piece).split())),
        0,
    )
    start = max(0, hit - 4)
    found = " ".join(pieces[start:])
    shortened = found[:_SNIPPET].rsplit(" ", 1)[0] if len(found) > _SNIPPET else found
    return ("… " if start else "") + shortened + (" …" if len(found) > _SNIPPET else "")
