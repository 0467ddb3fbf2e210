"""Reads what duplicates are found by: the traits of records, candidates for one of them, and ignored pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import orjson
from sqlalchemy import Connection

from services.clock import from_millis
from services.records.duplicates import PairSide
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.store.documents import sliced
from services.store.queries.pages import marks
from services.store.queries.typos import neighbours
from services.store.search_entries import CODES, STRIDE

SLICE: Final = 500
"""Records read in one transaction: no reader keeps the log from being folded in, or the window waiting."""

_ENOUGH: Final = 30
"""Candidates of one kind: of a name that hundreds have, the first ones do."""

_VARIANTS: Final = 24


@dataclass(slots=True)
class Described:
    """What is read of one record to compare it."""

    id: int
    first: str | None
    last: str | None
    birthday: str | None = None
    key: str | None = None
    companies: set[str] = field(default_factory=set)
    domains: set[str] = field(default_factory=set)
    points: dict[str, set[str]] = field(default_factory=dict)
    city: str | None = None
    country: str | None = None

    def values(self, kind: str) -> set[str]:
        """The normal forms of its points of a kind."""
        return self.points.get(kind, set())


def living_ids(connection: Connection, entity: EntityKind) -> list[int]:
    """The ids of all living records, the oldest first."""
    sql = f"SELECT id FROM {entity} WHERE deleted_at IS NULL ORDER BY id"
    return list(connection.exec_driver_sql(sql).scalars())


def described(connection: Connection, entity: EntityKind, ids: Sequence[int]) -> dict[int, Described]:
    """What is compared of these records; ids that are gone or in the trash are left out."""
    found: dict[int, Described] = {}
    for chunk in sliced(ids):
        found.update(_described_chunk(connection, entity, chunk))
    return found


def _described_chunk(connection: Connection, entity: EntityKind, ids: Sequence[int]) -> dict[int, Described]:
    among, bound = f"IN ({marks(ids)})", tuple(ids)
    columns = "first_name, last_name, birthday" if entity is EntityKind.CONTACT else "name, NULL, NULL"
    sql = f"SELECT id, {columns}, external_key FROM {entity} WHERE id {among} AND deleted_at IS NULL"
    found = {row[0]: Described(*row) for row in connection.exec_driver_sql(sql, bound).fetchall()}
    sql = f"SELECT {entity}_id, kind, normal, city, country FROM {entity}_point WHERE {entity}_id {among}"
    for owner, kind, normal, city, country in connection.exec_driver_sql(sql, bound).fetchall():
        one = found.get(owner)
        if one is not None:
            one.points.setdefault(kind, set()).add(normal)
            one.city, one.country = one.city or city, one.country or country
    if entity is EntityKind.CONTACT:
        sql = (
            "SELECT x.contact_id, c.name, c.domain FROM contact_company x JOIN company c ON c.id = x.company_id "
            f"WHERE x.contact_id {among}"
        )
    else:
        sql = f"SELECT company_id, NULL, domain FROM company_domain WHERE company_id {among}"
    for owner, name, domain in connection.exec_driver_sql(sql, bound).fetchall():
        if owner in found:
            found[owner].companies.update(filter(None, (name,)))
            found[owner].domains.update(filter(None, (domain,)))
    return found


_DETAIL: Final = {
    EntityKind.CONTACT: (
        "SELECT t.id, t.uid, t.display_name, coalesce(c.name, ''), t.created_at "
        "FROM contact t LEFT JOIN company c ON c.id = t.company_id"
    ),
    EntityKind.COMPANY: "SELECT t.id, t.uid, t.name, coalesce(t.domain, ''), t.created_at FROM company t",
}


def sides(connection: Connection, entity: EntityKind, ids: Iterable[int]) -> dict[int, PairSide]:
    """How these records are shown in a pair, in the trash or not."""
    found: dict[int, PairSide] = {}
    for chunk in sliced(ids):
        rows = connection.exec_driver_sql(f"{_DETAIL[entity]} WHERE t.id IN ({marks(chunk)})", tuple(chunk))
        found.update({r[0]: PairSide(r[0], Uid(r[1]), r[2], r[3], from_millis(r[4])) for r in rows})
    return found


def holders(connection: Connection, entity: EntityKind, values: Iterable[str], most: int) -> dict[str, int]:
    """How many records have each of these mail addresses, numbers or domains, counted up to a few above `most`."""
    tables = [(f"{entity}_point", "normal")] + ([("company_domain", "domain")] if entity is EntityKind.COMPANY else [])
    counted: dict[str, int] = {}
    for value in values:
        for table, column in tables:
            sql = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {column} = ? LIMIT ?)"
            count = connection.exec_driver_sql(sql, (value, most + 2)).scalar_one()
            counted[value] = max(counted.get(value, 0), count)
    return counted


# --- Candidates for one record ------------------------------------------------------------------------------


def reached_by(connection: Connection, entity: EntityKind, values: Sequence[str]) -> list[int]:
    """Records that have one of these points, in their normal form."""
    if not values:
        return []
    sql = f"SELECT DISTINCT {entity}_id FROM {entity}_point WHERE normal IN ({marks(values)}) LIMIT ?"
    return list(connection.exec_driver_sql(sql, (*values, _ENOUGH)).scalars())


def with_domain(connection: Connection, domains: Sequence[str]) -> list[int]:
    """Companies that have one of these domains."""
    if not domains:
        return []
    sql = f"SELECT company_id FROM company_domain WHERE domain IN ({marks(domains)}) LIMIT ?"
    return list(connection.exec_driver_sql(sql, (*domains, _ENOUGH)).scalars())


def named(connection: Connection, entity: EntityKind, sort_name: str) -> list[int]:
    """Living records whose name, in the order of lists, begins so."""
    if not sort_name:
        return []
    sql = (
        f"SELECT id FROM {entity} WHERE sort_name >= ? AND sort_name < ? AND deleted_at IS NULL "
        "ORDER BY sort_name, id LIMIT ?"
    )
    return list(connection.exec_driver_sql(sql, (sort_name, sort_name + chr(1114111), _ENOUGH)).scalars())


def _quoted(word: str) -> str:
    return f'"{word}"'


def one_of(words: Iterable[str]) -> str:
    """The full-text expression in which one of these words occurs."""
    return "(" + " OR ".join(map(_quoted, words)) + ")"


def beginning(word: str) -> str:
    """The full-text expression in which a word begins so."""
    return f"{_quoted(word)}*"


def matching(connection: Connection, entity: EntityKind, columns: Mapping[str, Sequence[str]]) -> list[int]:
    """Records in whose columns of the index all of these expressions hold; none without an expression."""
    clauses = [f"{{{column}}} : ({' AND '.join(wanted)})" for column, wanted in columns.items() if wanted]
    if not clauses:
        return []
    sql = "SELECT rowid / ? FROM search_name WHERE search_name MATCH ? AND rowid % ? = ? LIMIT ?"
    bound = (STRIDE, " AND ".join(clauses), STRIDE, CODES[entity], _ENOUGH)
    return list(connection.exec_driver_sql(sql, bound).scalars())


def spelt_alike(connection: Connection, word: str) -> list[str]:
    """A word and the known words that are one typo away from it."""
    near = neighbours(word)
    if not near:
        return [word]
    sql = "SELECT j.value FROM json_each(?) j WHERE EXISTS(SELECT 1 FROM search_term WHERE term = j.value) LIMIT ?"
    known = connection.exec_driver_sql(sql, (orjson.dumps(sorted(near)).decode(), _VARIANTS)).scalars()
    return [word, *known]


# --- Pairs that are not the same ----------------------------------------------------------------------------


# A record that somebody took out of the trash since stands for itself again.
_INTO: Final = "iif(deleted_at IS NULL, NULL, merged_into_id)"


def ignored_keys(connection: Connection, entity: EntityKind) -> frozenset[tuple[int, int]]:
    """Ids of the pairs that are not to be shown, the smaller first; a merged record stands for what it went into."""
    rows = list(_ignored_rows(connection, entity))
    standing = _survivors(connection, entity, {uid for row in rows for uid in row[2:4]})
    pairs = ((standing.get(row[2]), standing.get(row[3])) for row in rows)
    return frozenset((min(one, two), max(one, two)) for one, two in pairs if one and two)


def ignored_rows(connection: Connection, entity: EntityKind) -> list[tuple[int, bytes, int, int, int]]:
    """Every pair that was ignored: its id and uid, the ids of both records, and when; the newest first."""
    rows = list(_ignored_rows(connection, entity))
    ids = _local_ids(connection, entity, {uid for row in rows for uid in row[2:4]})
    return [(row[0], row[1], ids[row[2]][0], ids[row[3]][0], row[4]) for row in rows if row[2] in ids and row[3] in ids]


def _ignored_rows(connection: Connection, entity: EntityKind) -> Iterator[tuple[int, bytes, str, str, int]]:
    sql = (
        "SELECT id, uid, first, second, created_at FROM distinct_pair WHERE entity = ? AND deleted_at IS NULL "
        "ORDER BY id DESC"
    )
    for row in connection.exec_driver_sql(sql, (entity.value,)):
        yield row[0], row[1], row[2], row[3], row[4]


def ignored_pair(connection: Connection, entity: EntityKind, first: str, second: str) -> int | None:
    """The id of the living record that keeps two uids apart, if there is one."""
    sql = "SELECT id FROM distinct_pair WHERE first = ? AND second = ? AND entity = ? AND deleted_at IS NULL LIMIT 1"
    found = connection.exec_driver_sql(sql, (first, second, entity.value)).scalar()
    return None if found is None else int(found)


def _local_ids(connection: Connection, entity: EntityKind, uids: Iterable[str]) -> dict[str, tuple[int, int | None]]:
    """The id of each uid in hexadecimal, and the id of what it was merged into."""
    found: dict[str, tuple[int, int | None]] = {}
    for chunk in sliced(bytes.fromhex(uid) for uid in uids):
        sql = f"SELECT uid, id, {_INTO} FROM {entity} WHERE uid IN ({marks(chunk)})"
        found.update({r[0].hex(): (r[1], r[2]) for r in connection.exec_driver_sql(sql, tuple(chunk))})
    return found


def _survivors(connection: Connection, entity: EntityKind, uids: Iterable[str]) -> dict[str, int]:
    """The id of what each uid was merged into in the end; its own where it was not."""
    ids = _local_ids(connection, entity, uids)
    return {uid: survivor(connection, entity, local_id) if into else local_id for uid, (local_id, into) in ids.items()}


def survivor(connection: Connection, entity: EntityKind, local_id: int) -> int:
    """What a record was merged into in the end; itself where it was not."""
    seen = {local_id}
    while True:
        sql = f"SELECT {_INTO} FROM {entity} WHERE id = ?"
        into = connection.exec_driver_sql(sql, (local_id,)).scalar()
        if into is None or into in seen:
            return local_id
        seen.add(into)
        local_id = into
