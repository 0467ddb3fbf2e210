"""Which mails are on a timeline already."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from services.store.documents import sliced
from services.store.queries.pages import marks


def by_message_id(connection: Connection, message_ids: Collection[str]) -> dict[str, tuple[int, bool]]:
    """Message-ID -> local id of its activity and whether it lies in the trash; a living one is told before that."""
    found: dict[str, tuple[int, bool]] = {}
    for chunk in sliced(sorted(message_ids)):
        sql = (
            "SELECT message_id, id, deleted_at IS NOT NULL FROM activity "
            f"WHERE message_id IN ({marks(chunk)}) ORDER BY deleted_at IS NULL, id DESC"
        )
        found.update({row[0]: (row[1], bool(row[2])) for row in connection.exec_driver_sql(sql, tuple(chunk))})
    return found
