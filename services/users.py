"""The people who work in a workspace, and the roles they have."""

from __future__ import annotations

from typing import Any, Final

import orjson

from services.access import Access, Permission, verb
from services.errors import InvalidValue, NotFound
from services.records.fields import EntityKind
from services.records.ids import UserId
from services.records.people import Role, Saved, UserRow
from services.store.aggregates import Document
from services.store.queries.users import DEFAULT_WORK_WEEK, all_users, other_owners, user_with_uid
from services.store.store import Store

_PROFILE_FIELDS: Final = frozenset({"name", "email", "time_zone", "locale", "region", "work_week", "territory"})


class UserService:
    """Keeps the users of a workspace and tells who is acting."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    @verb(Permission.READ)
    def all(self) -> list[UserRow]:
        """All users, the oldest first."""
        with self._store.read() as connection:
            return all_users(connection)

    @verb(Permission.READ)
    def acting(self) -> UserRow | None:
        """Who is working here."""
        if self._store.actor is None:
            return None
        with self._store.read() as connection:
            return user_with_uid(connection, self._store.actor)

    @verb(Permission.READ)
    def act_as(self, name: str | None) -> UserRow:
        """Work as the user of that name or email from now on, or as the first owner. Raises NotFound."""
        users = self.all()
        if name is None:
            found = next((user for user in users if user.role is Role.OWNER), users[0] if users else None)
        else:
            wanted = name.casefold()
            found = next((user for user in users if wanted in (user.email.casefold(), user.name.casefold())), None)
        if found is None:
            raise NotFound(f"Nobody in this workspace is called “{name or ''}”", "Name a user by name or email.")
        self._store.actor = found.uid
        return found

    @verb(Permission.MANAGE)
    def add(
        self, name: str, email: str = "", role: Role = Role.MEMBER, *, kind: str = "create", **profile: Any
    ) -> Saved:
        """Add a user. Raises InvalidValue."""
        with self._store.write(kind, "user.add") as unit:
            document = unit.blank(EntityKind.USER)
            document.update(role=role.value, work_week=orjson.dumps(DEFAULT_WORK_WEEK).decode())
            _set_profile(document, {"name": name, "email": email, **profile})
            local_id, uid = unit.create(EntityKind.USER, document)
        return Saved(local_id, uid, unit.batch_uid)

    @verb(Permission.EDIT)
    def change_profile(self, **values: Any) -> None:
        """Change the acting user's own name, email, time zone, locale, region, work week or territory."""
        if self._store.actor is None:
            raise NotFound("Nobody is working in this workspace yet", "Create a user first.")
        with self._store.write("edit", "user.profile") as unit:
            local_id = unit.id_of(EntityKind.USER, self._store.actor)
            unit.edit(EntityKind.USER, local_id, lambda document: _set_profile(document, values))

    @verb(Permission.MANAGE)
    def set_role(self, user: UserId, role: Role) -> None:
        """Give a user another role. Raises InvalidValue when no owner would be left."""
        with self._store.write("edit", "user.role") as unit:
            if role is not Role.OWNER and other_owners(unit.connection, user) == 0:
                raise InvalidValue("A workspace needs an owner", "Make somebody else owner first.", field="role")
            unit.edit(EntityKind.USER, user, lambda document: document.update(role=role.value))


def _set_profile(document: Document, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if name not in _PROFILE_FIELDS:
            raise InvalidValue(f"A user has no “{name}”", "Change name, email, time zone or work week.", field=name)
        if name == "work_week":
            document[name] = orjson.dumps(sorted(value)).decode()
        elif name == "name":
            document[name] = _user_name(value)
        elif name == "email":
            document[name] = (value or "").strip().lower() or None
        else:
            document[name] = value or None


def _user_name(value: str | None) -> str:
    name = (value or "").strip()
    if not name:
        raise InvalidValue("A user needs a name", "Type a name.", field="name")
    return name
