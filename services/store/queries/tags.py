"""The tags of a workspace."""

from __future__ import annotations

from sqlalchemy import Connection

from services.records.ids import Uid
from services.records.people import TagRow


def tag_rows(connection: Connection) -> list[TagRow]:
    """All tags by name, each with how many living contacts and companies carry it."""
    sql = (
        "SELECT g.uid, g.name, g.colour, "
        "(SELECT count(*) FROM contact_tag x JOIN contact c ON c.id = x.contact_id "
        " WHERE x.tag_id = g.id AND c.deleted_at IS NULL) + "
        "(SELECT count(*) FROM company_tag y JOIN company d ON d.id = y.company_id "
        " WHERE y.tag_id = g.id AND d.deleted_at IS NULL) "
        "FROM tag g WHERE g.deleted_at IS NULL ORDER BY g.folded_name"
    )
    return [TagRow(Uid(row[0]), row[1], row[2] or "", row[3]) for row in connection.exec_driver_sql(sql)]
