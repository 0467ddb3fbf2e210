"""The users of a workspace as they are kept."""

from __future__ import annotations

from typing import Final

import orjson
from sqlalchemy import Connection

from services.records.ids import Uid, UserId
from services.records.people import Role, UserRow

DEFAULT_WORK_WEEK: Final = (1, 2, 3, 4, 5)
"""Monday to Friday, as ISO weekdays."""

_SELECT: Final = (
    "SELECT id, uid, name, email, role, time_zone, locale, region, work_week, territory FROM user "
    "WHERE deleted_at IS NULL"
)


def all_users(connection: Connection) -> list[UserRow]:
    """All users, the oldest first."""
    return [_row(*row) for row in connection.exec_driver_sql(f"{_SELECT} ORDER BY id")]


def user_with_uid(connection: Connection, uid: Uid) -> UserRow | None:
    """The user of that uid, unless there is none."""
    row = connection.exec_driver_sql(f"{_SELECT} AND uid = ?", (uid,)).fetchone()
    return _row(*row) if row else None


def other_owners(connection: Connection, user: UserId) -> int:
    """How many owners there are besides this user."""
    sql = "SELECT count(*) FROM user WHERE role = 'owner' AND deleted_at IS NULL AND id != ?"
    return int(connection.exec_driver_sql(sql, (user,)).scalar_one())


def lacks_an_owner(connection: Connection) -> bool:
    """Whether there are users, but no owner among them."""
    sql = "SELECT EXISTS(SELECT 1 FROM user), EXISTS(SELECT 1 FROM user WHERE role = 'owner' AND deleted_at IS NULL)"
    somebody, an_owner = connection.exec_driver_sql(sql).one()
    return bool(somebody and not an_owner)


def _row(
    local_id: int,
    uid: bytes,
    name: str,
    email: str | None,
    role: str,
    time_zone: str | None,
    locale: str | None,
    region: str | None,
    work_week: str | None,
    territory: str | None,
) -> UserRow:
    return UserRow(
        id=UserId(local_id),
        uid=Uid(uid),
        name=name,
        email=email or "",
        role=Role(role),
        time_zone=time_zone or "",
        locale=locale or "",
        region=region or "",
        work_week=tuple(orjson.loads(work_week)) if work_week else DEFAULT_WORK_WEEK,
        territory=territory or "",
    )
