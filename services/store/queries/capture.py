"""Reads whom and what the names of a captured line may mean, by the indexes of names and the full text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import Connection

from services.records.capture import NamedRecord
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.store.documents import sliced
from services.store.queries.matching import rotations
from services.store.queries.pages import marks
from services.store.queries.typos import neighbours
from services.store.search_entries import CODES, STRIDE

_ENOUGH: Final = 24
_LATELY: Final = 8
_VARIANTS: Final = 24
_LAST: Final = chr(1114111)

_PERSON: Final = (
    "SELECT t.id, t.uid, t.display_name, coalesce(c.name, ''), t.company_id, coalesce(t.first_name, '') "
    "FROM contact t LEFT JOIN company c ON c.id = t.company_id WHERE t.deleted_at IS NULL AND "
)
_COMPANY: Final = (
    "SELECT t.id, t.uid, t.name, coalesce(t.domain, ''), coalesce((SELECT p.country FROM company_point p "
    "WHERE p.company_id = t.id AND p.country IS NOT NULL ORDER BY p.id LIMIT 1), '') "
    "FROM company t WHERE t.deleted_at IS NULL AND "
)
_DEAL: Final = (
    "SELECT t.id, t.uid, t.title, coalesce(c.name, ''), t.company_id, t.amount, coalesce(t.currency, '') "
    "FROM deal t LEFT JOIN company c ON c.id = t.company_id WHERE t.deleted_at IS NULL AND "
)


def _person(row: Any) -> tuple[NamedRecord, str]:
    record = NamedRecord(EntityKind.CONTACT, row[0], Uid(row[1]), row[2], row[3], company_id=row[4])
    return record, row[5]


def _company(row: Any) -> NamedRecord:
    return NamedRecord(EntityKind.COMPANY, row[0], Uid(row[1]), row[2], row[3], company_id=row[0], country=row[4])


def _deal(row: Any) -> NamedRecord:
    return NamedRecord(EntityKind.DEAL, row[0], Uid(row[1]), row[2], row[3], row[4], row[5], row[6])


def people_named(connection: Connection, names: Iterable[str]) -> list[tuple[NamedRecord, str]]:
    """Living contacts with one of these folded names, in any order of its words; each with its first name."""
    orders = {order for name in names for order in rotations(name.split())}
    found: list[tuple[NamedRecord, str]] = []
    for chunk in sliced(sorted(orders)):
        sql = f"{_PERSON} t.sort_name IN ({marks(chunk)}) ORDER BY t.id LIMIT ?"
        found += map(_person, connection.exec_driver_sql(sql, (*chunk, _ENOUGH)))
    return found


def _all_of(words: Iterable[str]) -> str:
    # A word may fold to several, as ¼ does, and the index holds no phrases.
    return " AND ".join(f'"{piece}"' for word in words for piece in word.replace('"', " ").split())


def _colleagues_with(connection: Connection, words: Sequence[str], company: int) -> list[tuple[NamedRecord, str]]:
    """Those of one company: few enough to look at each, where its name may be made of words that thousands have."""
    named = [f" {piece} " for word in words for piece in word.split()]
    held = "".join(" AND instr(' ' || t.sort_name || ' ', ?) > 0" for _ in named)
    sql = f"{_PERSON} t.company_id = ?{held} ORDER BY t.id LIMIT ?"
    return [_person(row) for row in connection.exec_driver_sql(sql, (company, *named, _ENOUGH))]


def people_with(connection: Connection, words: Sequence[str], company: int | None) -> list[tuple[NamedRecord, str]]:
    """Living contacts with all of these folded words in their names, of a company if it is told.

    Those who were opened lately come first.
    """
    if company is not None:
        return _colleagues_with(connection, words, company)
    match = f"{{name}} : ({_all_of(words)})"
    code = CODES[EntityKind.CONTACT]
    sql = (
        "SELECT s.rowid / ? FROM recent r JOIN search_name s ON s.rowid = CAST(r.key AS INTEGER) * ? + ? "
        "WHERE r.kind = 'contact' AND s.search_name MATCH ? ORDER BY r.used_at DESC, r.id DESC LIMIT ?"
    )
    lately = connection.exec_driver_sql(sql, (STRIDE, STRIDE, code, match, _LATELY)).scalars().all()
    sql = "SELECT rowid / ? FROM search_name WHERE search_name MATCH ? AND rowid % ? = ? LIMIT ?"
    found = connection.exec_driver_sql(sql, (STRIDE, match, STRIDE, code, _ENOUGH)).scalars()
    ids = list(dict.fromkeys([*lately, *found]))
    if not ids:
        return []
    rows = connection.exec_driver_sql(f"{_PERSON} t.id IN ({marks(ids)})", tuple(ids))
    people = {row[0]: _person(row) for row in rows}
    return [people[local_id] for local_id in ids if local_id in people]


def people_reached(connection: Connection, points: Sequence[str]) -> list[tuple[str, NamedRecord, str]]:
    """The oldest living contact with each of these mail addresses or numbers in their normal form."""
    if not points:
        return []
    sql = (
        "SELECT p.normal, min(p.contact_id) FROM contact_point p JOIN contact t ON t.id = p.contact_id "
        f"WHERE p.normal IN ({marks(points)}) AND t.deleted_at IS NULL GROUP BY p.normal"
    )
    owners = {row[0]: row[1] for row in connection.exec_driver_sql(sql, tuple(points))}
    if not owners:
        return []
    ids = sorted(set(owners.values()))
    rows = connection.exec_driver_sql(f"{_PERSON} t.id IN ({marks(ids)})", tuple(ids))
    people = {row[0]: _person(row) for row in rows}
    return [(normal, *people[local_id]) for normal, local_id in owners.items() if local_id in people]


def companies_named(connection: Connection, names: Collection[str]) -> list[NamedRecord]:
    """Living companies with one of these folded names."""
    found: list[NamedRecord] = []
    for chunk in sliced(names):
        sql = f"{_COMPANY} t.sort_name IN ({marks(chunk)}) ORDER BY t.id LIMIT ?"
        found += map(_company, connection.exec_driver_sql(sql, (*chunk, _ENOUGH)))
    return found


def companies_beginning(connection: Connection, word: str) -> list[NamedRecord]:
    """Living companies whose folded name is this word, or begins with it and a space."""
    sql = f"{_COMPANY} (t.sort_name = ? OR (t.sort_name >= ? AND t.sort_name < ?)) ORDER BY t.sort_name, t.id LIMIT ?"
    bound = (word, f"{word} ", f"{word} {_LAST}", _ENOUGH)
    return [_company(row) for row in connection.exec_driver_sql(sql, bound)]


def deals_titled(connection: Connection, titles: Collection[str]) -> list[NamedRecord]:
    """Living deals with one of these folded titles, open ones first, then the newest."""
    found: list[NamedRecord] = []
    for chunk in sliced(titles):
        sql = f"{_DEAL} t.sort_name IN ({marks(chunk)}) ORDER BY t.status <> 'open', t.id DESC LIMIT ?"
        found += map(_deal, connection.exec_driver_sql(sql, (*chunk, _ENOUGH)))
    return found


def open_deals(connection: Connection, company: int) -> list[NamedRecord]:
    """At most two open deals of a company: whether it is one is all that matters."""
    rows = connection.exec_driver_sql(
        f"{_DEAL} t.company_id = ? AND t.status = 'open' ORDER BY t.id LIMIT 2", (company,)
    )
    return [_deal(row) for row in rows]


def alike(connection: Connection, word: str) -> list[str]:
    """Words of names that are one typo away from this one."""
    near = neighbours(word)
    if not near:
        return []
    sql = "SELECT j.value FROM json_each(?) j WHERE EXISTS(SELECT 1 FROM search_term WHERE term = j.value) LIMIT ?"
    return list(connection.exec_driver_sql(sql, (orjson.dumps(sorted(near)).decode(), _VARIANTS)).scalars())
