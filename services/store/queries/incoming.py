"""Finds the standing records that are worth comparing with the rows of a file, without reading all of any of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection

from services.records.fields import EntityKind
from services.store.documents import sliced
from services.store.queries.pages import marks

_NAMES = {
    EntityKind.CONTACT: "SELECT id, first_name, last_name FROM contact WHERE deleted_at IS NULL",
    EntityKind.COMPANY: "SELECT id, name, NULL FROM company WHERE deleted_at IS NULL",
}


def names_of(connection: Connection, entity: EntityKind) -> Iterator[tuple[int, str | None, str | None]]:
    """The id and both names of every living contact, or the id and the name of every living company."""
    for row in connection.exec_driver_sql(_NAMES[entity]):
        yield row[0], row[1], row[2]


def with_points(connection: Connection, entity: EntityKind, values: Iterable[str]) -> set[int]:
    """Records that have one of these points, in their normal form."""
    return _matching(connection, f"SELECT {entity}_id FROM {entity}_point WHERE normal", values)


def with_keys(connection: Connection, entity: EntityKind, values: Iterable[str]) -> set[int]:
    """Living records with one of these external keys."""
    return _matching(connection, f"SELECT id FROM {entity} WHERE deleted_at IS NULL AND external_key", values)


def with_domains(connection: Connection, values: Iterable[str]) -> set[int]:
    """Companies with one of these domains."""
    return _matching(connection, "SELECT company_id FROM company_domain WHERE domain", values)


def at_companies(connection: Connection, companies: Iterable[int]) -> set[int]:
    """Contacts who are or were at one of these companies."""
    return _matching(connection, "SELECT contact_id FROM contact_company WHERE company_id", companies)


def mail_hosts(connection: Connection) -> Iterator[tuple[int, str]]:
    """Every contact's mail addresses, of each the part after the @."""
    sql = "SELECT contact_id, substr(normal, instr(normal, '@') + 1) FROM contact_point WHERE kind = 'email'"
    for row in connection.exec_driver_sql(sql):
        yield row[0], row[1]


def _matching(connection: Connection, sql: str, values: Iterable[str] | Iterable[int]) -> set[int]:
    found: set[int] = set()
    for chunk in sliced(values):
        found.update(connection.exec_driver_sql(f"{sql} IN ({marks(chunk)})", tuple(chunk)).scalars())
    return found
