"""Rows of files, which contents they name, and the key that those are kept under."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection

from services.clock import from_millis
from services.records.fields import EntityKind
from services.records.files import FileRow
from services.records.ids import FileId, Uid
from services.store.queries.pages import moment

HOLDERS: Final = (EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.DEAL, EntityKind.LEAD, EntityKind.ACTIVITY)
"""The kinds of record that files belong to."""

_KEY_NAME: Final = "files_key"
_COLUMNS: Final = (
    "SELECT t.id, t.uid, t.name, coalesce(t.media_type, ''), t.size, coalesce(u.name, ''), t.created_at, t.deleted_at, "
    "t.contact_id, t.company_id, t.deal_id, t.lead_id, t.activity_id FROM file t LEFT JOIN user u ON u.id = t.owner_id "
)


def files_of(connection: Connection, entity: EntityKind, record_id: int) -> list[FileRow]:
    """The living files of a record, the newest first."""
    sql = f"{_COLUMNS} WHERE t.{entity}_id = ? AND t.deleted_at IS NULL ORDER BY t.created_at DESC, t.id DESC"
    return [_row(row) for row in connection.exec_driver_sql(sql, (record_id,))]


def file_row(connection: Connection, local_id: int) -> FileRow | None:
    """A file by its local id, in the trash or not."""
    row = connection.exec_driver_sql(f"{_COLUMNS} WHERE t.id = ?", (local_id,)).fetchone()
    return _row(row) if row else None


def _row(row: Any) -> FileRow:
    held = next(((kind, value) for kind, value in zip(HOLDERS, row[8:], strict=True) if value is not None), None)
    entity, record_id = held or (EntityKind.CONTACT, 0)
    return FileRow(
        FileId(row[0]),
        Uid(row[1]),
        row[2],
        row[3],
        row[4],
        entity,
        record_id,
        row[5],
        from_millis(row[6]),
        moment(row[7]),
    )


def living_uid(connection: Connection, entity: EntityKind, local_id: int) -> bytes | None:
    """The uid of a record that is not in the trash."""
    sql = f'SELECT uid FROM "{entity}" WHERE id = ? AND deleted_at IS NULL'
    found: bytes | None = connection.exec_driver_sql(sql, (local_id,)).scalar()
    return found


def digest_of(connection: Connection, local_id: int) -> str | None:
    """The name of a file's content."""
    found: str | None = connection.exec_driver_sql("SELECT digest FROM file WHERE id = ?", (local_id,)).scalar()
    return found


def named_contents(connection: Connection, since_millis: int) -> set[str]:
    """The contents of files that are living, or came into the trash after that moment."""
    sql = "SELECT DISTINCT digest FROM file WHERE deleted_at IS NULL OR deleted_at > ?"
    return {row[0] for row in connection.exec_driver_sql(sql, (since_millis,))}


def living_contents(connection: Connection) -> Iterator[tuple[str, str, int]]:
    """Digest, uid in hexadecimal and size of every living file, by digest."""
    sql = "SELECT digest, uid, size FROM file WHERE deleted_at IS NULL ORDER BY digest, id"
    for digest, uid, size in connection.exec_driver_sql(sql).fetchall():
        yield digest, uid.hex(), size


def living_usage(connection: Connection) -> tuple[int, int]:
    """How many living files there are, and their bytes together."""
    sql = "SELECT count(*), coalesce(sum(size), 0) FROM file WHERE deleted_at IS NULL"
    row = connection.exec_driver_sql(sql).one()
    return int(row[0]), int(row[1])


def kept_key(connection: Connection) -> bytes | None:
    """The key of the contents, None before the first file."""
    found = connection.exec_driver_sql("SELECT value FROM workspace WHERE name = ?", (_KEY_NAME,)).scalar()
    return bytes.fromhex(found) if found else None


def keep_key(connection: Connection, secret: bytes) -> None:
    """Keep the key of the contents; one that is there stays."""
    sql = "INSERT OR IGNORE INTO workspace(name, value) VALUES (?, ?)"
    connection.exec_driver_sql(sql, (_KEY_NAME, secret.hex()))
