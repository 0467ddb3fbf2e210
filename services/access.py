"""Who may do what: every verb of every service declares the permission it needs.

The roles keep colleagues from mistakes; they are not a defence against somebody who holds the key of the file.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final, TypeVar, cast

from services.errors import NotAllowed
from services.records.people import Role
from services.store.store import Store

Method = TypeVar("Method", bound=Callable[..., Any])


class Permission(StrEnum):
    """What a verb needs of the acting user's role."""

    READ = "read"
    EDIT = "edit"
    MANAGE = "manage"


ALLOWED: Final[dict[Role, frozenset[Permission]]] = {
    Role.OWNER: frozenset(Permission),
    Role.MEMBER: frozenset({Permission.READ, Permission.EDIT}),
    Role.READ_ONLY: frozenset({Permission.READ}),
}

_NEEDED: Final = {
    Permission.READ: "read",
    Permission.EDIT: "change records",
    Permission.MANAGE: "manage the workspace",
}


class Access:
    """Checks permissions for the acting user of one open workspace."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def role(self) -> Role:
        """The acting user's role; a workspace without users yet belongs to whoever opened it."""
        if self._store.actor is None:
            return Role.OWNER
        with self._store.read() as connection:
            sql = "SELECT role FROM user WHERE uid = ? AND deleted_at IS NULL"
            role = connection.exec_driver_sql(sql, (self._store.actor,)).scalar()
        return Role(role) if role else Role.READ_ONLY

    def require(self, permission: Permission) -> None:
        """Raise NotAllowed unless the acting user's role permits this."""
        if permission is Permission.READ:
            return
        role = self.role()
        if permission not in ALLOWED[role]:
            raise NotAllowed(
                f"Your role ({role.value.replace('_', ' ')}) does not allow you to {_NEEDED[permission]}",
                "Ask an owner of this workspace to change your role.",
            )


def verb(permission: Permission) -> Callable[[Method], Method]:
    """Mark a service method as a verb that needs `permission`, and check it at each call."""

    def mark(method: Method) -> Method:
        @functools.wraps(method)
        def checked(self: Any, *args: Any, **kwargs: Any) -> Any:
            access: Access = self._access
            access.require(permission)
            return method(self, *args, **kwargs)

        vars(checked)["permission"] = permission
        return cast(Method, checked)

    return mark
