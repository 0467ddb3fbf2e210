"""Who names a record, how many of each kind hang on it, and when its values were last written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection

from services.records.fields import EntityKind
from services.store.catalogue import CATALOGUE
from services.store.documents import sliced
from services.store.ledger.replay import changes_of
from services.store.queries.pages import marks

MERGED_INTO: Final = "merged_into"


def _references(entity: EntityKind) -> Iterator[tuple[EntityKind, str]]:
    """For each way in which a record can name one of this kind: its kind, and the statement that finds its id."""
    for spec in CATALOGUE.values():
        for column in spec.columns:
            if column.link is entity and column.name != MERGED_INTO:
                # Apart, because there are indexes of living records only.
                for state in ("IS NULL", "IS NOT NULL"):
                    yield (
                        spec.entity,
                        f'SELECT id FROM "{spec.table}" WHERE deleted_at {state} AND "{column.column}" IN ',
                    )
        for part in spec.parts:
            linked = [column.column for column in part.columns if column.link is entity]
            for name in [*linked, *([part.key_column] if part.key_link is entity else [])]:
                yield spec.entity, f'SELECT "{part.owner_column}" FROM "{part.table}" WHERE "{name}" IN '


_REFERENCES: Final = MappingProxyType(
    {kind: tuple(_references(kind)) for kind in (EntityKind.CONTACT, EntityKind.COMPANY)}
)


def naming(connection: Connection, entity: EntityKind, ids: Collection[int]) -> dict[EntityKind, list[int]]:
    """The records that name one of these, in the trash or not, by kind; what was merged into them is left out."""
    found: dict[EntityKind, set[int]] = defaultdict(set)
    for chunk in sliced(ids):
        for kind, sql in _REFERENCES[entity]:
            rows = connection.exec_driver_sql(f"{sql} ({marks(chunk)})", tuple(chunk)).scalars()
            found[kind].update(rows)
    return {kind: sorted(found[kind]) for kind in CATALOGUE if found.get(kind)}


_COUNTED: Final = MappingProxyType(
    {
        EntityKind.CONTACT: {
            "timeline": (
                "SELECT id FROM activity WHERE contact_id {among} AND deleted_at IS NULL UNION "
                "SELECT t.id FROM activity_contact x JOIN activity t ON t.id = x.activity_id "
                "WHERE x.contact_id {among} AND t.deleted_at IS NULL"
            ),
            "deals": (
                "SELECT t.id FROM deal_contact x JOIN deal t ON t.id = x.deal_id "
                "WHERE x.contact_id {among} AND t.deleted_at IS NULL"
            ),
            "tasks": "SELECT id FROM task WHERE contact_id {among} AND deleted_at IS NULL",
            "events": (
                "SELECT id FROM event WHERE contact_id {among} AND deleted_at IS NULL UNION "
                "SELECT t.id FROM event_attendee x JOIN event t ON t.id = x.event_id "
                "WHERE x.contact_id {among} AND t.deleted_at IS NULL"
            ),
            "files": "SELECT id FROM file WHERE contact_id {among} AND deleted_at IS NULL",
            "leads": "SELECT id FROM lead WHERE converted_contact_id {among} AND deleted_at IS NULL",
            "relations": (
                "SELECT t.id FROM contact_relation x JOIN contact t ON t.id = x.other_id "
                "WHERE x.contact_id {among} AND t.deleted_at IS NULL AND NOT t.id {among} UNION "
                "SELECT t.id FROM contact_relation x JOIN contact t ON t.id = x.contact_id "
                "WHERE x.other_id {among} AND t.deleted_at IS NULL AND NOT t.id {among}"
            ),
        },
        EntityKind.COMPANY: {
            "contacts": (
                "SELECT t.id FROM contact_company x JOIN contact t ON t.id = x.contact_id "
                "WHERE x.company_id {among} AND t.deleted_at IS NULL"
            ),
            "timeline": "SELECT id FROM activity WHERE company_id {among} AND deleted_at IS NULL",
            "deals": "SELECT id FROM deal WHERE company_id {among} AND deleted_at IS NULL",
            "tasks": "SELECT id FROM task WHERE company_id {among} AND deleted_at IS NULL",
            "events": "SELECT id FROM event WHERE company_id {among} AND deleted_at IS NULL",
            "files": "SELECT id FROM file WHERE company_id {among} AND deleted_at IS NULL",
            "leads": "SELECT id FROM lead WHERE converted_company_id {among} AND deleted_at IS NULL",
            "subsidiaries": "SELECT id FROM company WHERE parent_id {among} AND deleted_at IS NULL AND NOT id {among}",
        },
    }
)


def counts(connection: Connection, entity: EntityKind, ids: Sequence[int]) -> dict[str, int]:
    """How many living records of each kind hang on one of these records, none counted twice."""
    found = {}
    for kind, statement in _COUNTED[entity].items():
        among = f"IN ({marks(ids)})"
        times = statement.count("{among}")
        sql = f"SELECT count(DISTINCT id) FROM ({statement.replace('{among}', among)})"
        found[kind] = int(connection.exec_driver_sql(sql, tuple(ids) * times).scalar_one())
    return found


def last_written(connection: Connection, uid: bytes) -> dict[str, int]:
    """The batch that changed each column of a record last; custom values under `custom/` and their field's uid."""
    found: dict[str, int] = {}
    for change in changes_of(connection, uid):
        for path in change.pairs:
            found[path if path.startswith("custom/") else path.partition("/")[0]] = change.batch
    return found


def stands_above_itself(connection: Connection, company: int) -> bool:
    """Whether the companies above one lead back to it."""
    seen: set[int] = set()
    above: int | None = company
    while above is not None and above not in seen:
        seen.add(above)
        above = connection.exec_driver_sql("SELECT parent_id FROM company WHERE id = ?", (above,)).scalar()
    return above == company
