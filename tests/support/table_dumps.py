"""The content of a workspace as plain rows, for comparing two states or two files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection

from services.store.store import Store
from services.store.tables import Base, TableKind

Dump = dict[str, list[tuple[Any, ...]]]

SEARCH: Final = ("search_name", "search_body")
ELEMENTS: Final = frozenset(
    {
        "contact_point",
        "company_point",
        "lead_point",
        "contact_company",
        "contact_relation",
        "contact_consent",
        "company_domain",
        "deal_contact",
        "event_attendee",
    }
)
"""Tables of elements: their uid is what lasts, the local id is given out anew when one comes back."""


def tables_of(*kinds: TableKind) -> list[str]:
    """The names of all tables of these kinds."""
    return sorted(name for name, table in Base.metadata.tables.items() if table.info["kind"] in kinds)


def dump(connection: Connection, tables: Iterable[str], *, element_ids: bool = True) -> Dump:
    """Every row of these tables, sorted; `element_ids=False` leaves out the local ids of elements."""
    found: Dump = {}
    for table in tables:
        rows = connection.exec_driver_sql(f'SELECT * FROM "{table}"')
        names = list(rows.keys())
        skipped = {"id"} if table in ELEMENTS and not element_ids else set()
        kept = [index for index, name in enumerate(names) if name not in skipped]
        found[table] = sorted((tuple(row[index] for index in kept) for row in rows), key=repr)
    return found


def facts(store: Store) -> Dump:
    """What people and providers said."""
    with store.read() as connection:
        return dump(connection, tables_of(TableKind.FACT), element_ids=False)


def everything(store: Store) -> Dump:
    """Facts, ledger, projections and the search index: all that one transaction writes."""
    with store.read() as connection:
        found = dump(connection, tables_of(TableKind.FACT, TableKind.LEDGER, TableKind.PROJECTION))
        index = dump(connection, (*(f"{table}_content" for table in SEARCH), "search_term"))
    return found | index
