"""Finds companies, tags, users and custom fields by the names people use, and makes the ones that are new."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import Connection

from services.errors import InvalidValue, NotFound
from services.records.fields import CUSTOM_KINDS, EntityKind, FieldKind
from services.records.ids import Uid
from services.records.people import CustomField
from services.store.documents import sliced
from services.store.names import name_key
from services.store.writing import WriteUnit
from services.values.text import fold


def custom_fields(connection: Connection, entity: EntityKind | None = None) -> list[CustomField]:
    """The living custom fields, of one kind of record or of all, in their order."""
    sql = (
        "SELECT uid, entity, name, kind, label, options, personal FROM custom_field "
        "WHERE deleted_at IS NULL AND (? IS NULL OR entity = ?) ORDER BY entity, position, id"
    )
    return [
        CustomField(
            Uid(row[0]),
            row[1],
            row[2],
            row[3],
            row[4] or row[2],
            tuple(orjson.loads(row[5])) if row[5] else (),
            bool(row[6]),
        )
        for row in connection.exec_driver_sql(sql, (entity, entity))
    ]


class Directory:
    """Names to uids inside one transaction."""

    def __init__(self, unit: WriteUnit, *, make_missing: bool = True) -> None:
        self._unit = unit
        self._make_missing = make_missing
        self._companies: dict[str, bytes] = {}
        self._tags: dict[str, bytes] = {}
        self._custom: dict[tuple[str, str], CustomField] | None = None
        self.companies_made = 0

    def learn_companies(self, names: Iterable[str]) -> None:
        """Look up many companies by name; make those that are new. A uid is no name."""
        by_name = (name for name in names if self._by_uid(EntityKind.COMPANY, name) is None)
        self._learn(EntityKind.COMPANY, "sort_name", by_name, self._companies)

    def learn_tags(self, names: Iterable[str]) -> None:
        """Look up many tags by name; make those that are new."""
        self._learn(EntityKind.TAG, "folded_name", names, self._tags)

    def _learn(self, entity: EntityKind, column: str, names: Iterable[str], known: dict[str, bytes]) -> None:
        wanted: dict[str, str] = {}
        for name in names:
            key = name_key(name)
            if key and key not in known:
                wanted.setdefault(key, name)
        for chunk in sliced(wanted):
            marks = ",".join("?" * len(chunk))
            sql = (
                f"SELECT {column}, uid FROM {entity} WHERE {column} IN ({marks}) "
                "AND deleted_at IS NULL ORDER BY id DESC"
            )
            # Of two with one name the older wins: it stands last and overwrites.
            known.update({row[0]: row[1] for row in self._unit.connection.exec_driver_sql(sql, tuple(chunk))})
        missing = [(key, name) for key, name in wanted.items() if key not in known]
        if not missing or not self._make_missing:
            return
        documents = []
        for _, name in missing:
            document = self._unit.blank(entity)
            document["name"] = name.strip()
            documents.append(document)
        for (key, _), uid in zip(missing, self._unit.create_many(entity, documents), strict=True):
            known[key] = uid
        if entity is EntityKind.COMPANY:
            self.companies_made += len(missing)

    def company(self, name: str) -> bytes:
        """The uid of a company by name or uid, made if it is new."""
        known = self._companies.get(name_key(name))
        if known is not None:
            return known
        by_uid = self._by_uid(EntityKind.COMPANY, name)
        if by_uid is not None:
            return by_uid
        self.learn_companies([name])
        return self._known(self._companies, name, "company")

    def tag(self, name: str) -> bytes:
        """The uid of a tag by name, made if it is new."""
        known = self._tags.get(name_key(name))
        if known is not None:
            return known
        self.learn_tags([name])
        return self._known(self._tags, name, "tag")

    def known_tag(self, name: str) -> bytes | None:
        """The uid of a tag by name; None when there is none."""
        maker = Directory(self._unit, make_missing=False)
        maker.learn_tags([name])
        return maker._tags.get(name_key(name))

    @staticmethod
    def _known(known: dict[str, bytes], name: str, what: str) -> bytes:
        uid = known.get(name_key(name))
        if uid is None:
            raise InvalidValue(f"“{name}” is no name for a {what}", "Use letters or digits.", field=what)
        return uid

    def _by_uid(self, entity: EntityKind, text: str) -> bytes | None:
        if len(text) != 32:
            return None
        try:
            uid = bytes.fromhex(text)
        except ValueError:
            return None
        sql = f'SELECT uid FROM "{entity}" WHERE uid = ?'
        found: Any = self._unit.scalar(sql, uid)
        return bytes(found) if found else None

    def user(self, name: str) -> bytes:
        """The uid of a user by uid, email or name, or of the acting user for "me". Raises NotFound."""
        if name.casefold() == "me" and self._unit.actor is not None:
            return self._unit.actor
        by_uid = self._by_uid(EntityKind.USER, name)
        if by_uid is not None:
            return by_uid
        sql = "SELECT uid FROM user WHERE deleted_at IS NULL AND (lower(email) = lower(?) OR name = ?) ORDER BY id"
        found = self._unit.scalar(sql, name, name)
        if found is None:
            raise NotFound(f"Nobody in this workspace is called “{name}”", "Name a user by name, email or uid.")
        return bytes(found)

    def named(self, entity: EntityKind, text: str) -> bytes:
        """The uid of the record of a kind that is meant. Raises NotFound and InvalidValue."""
        if entity is EntityKind.USER:
            return self.user(text)
        if entity is EntityKind.COMPANY:
            return self.company(text)
        if entity is EntityKind.CONTACT:
            return self.contact(text)
        return self._titled(entity, text)

    def _titled(self, entity: EntityKind, key: str) -> bytes:
        """A deal or lead by uid, external key or name, if only one has it."""
        by_uid = self._by_uid(entity, key)
        if by_uid is not None:
            return by_uid
        for column, value in (("external_key", key.strip()), ("sort_name", fold(key))):
            sql = f"SELECT uid FROM {entity} WHERE {column} = ? AND deleted_at IS NULL LIMIT 2"
            rows = self._unit.connection.exec_driver_sql(sql, (value,)).fetchall()
            if len(rows) == 1:
                return bytes(rows[0][0])
            if rows:
                raise NotFound(f"There is more than one {entity} “{key}”", "Name it by its uid.")
        raise NotFound(f"There is no {entity} “{key}”", "Name it by uid, external key or name.")

    def contact(self, key: str) -> bytes:
        """The uid of a contact by uid, external key or email. Raises NotFound."""
        by_uid = self._by_uid(EntityKind.CONTACT, key)
        if by_uid is not None:
            return by_uid
        found = self._unit.scalar(
            "SELECT uid FROM contact WHERE external_key = ? AND deleted_at IS NULL ORDER BY id", key
        ) or self._unit.scalar(
            "SELECT c.uid FROM contact_point p JOIN contact c ON c.id = p.contact_id "
            "WHERE p.normal = ? AND p.kind = 'email' AND c.deleted_at IS NULL ORDER BY c.id",
            key.strip().lower(),
        )
        if found is None:
            found = self._contact_called(key)
        return bytes(found)

    def _contact_called(self, name: str) -> bytes:
        sql = "SELECT uid FROM contact WHERE display_name = ? AND deleted_at IS NULL LIMIT 2"
        rows = self._unit.connection.exec_driver_sql(sql, (name.strip(),)).fetchall()
        if len(rows) != 1:
            found = "no contact" if not rows else "more than one contact"
            raise NotFound(f"There is {found} “{name}”", "Name a contact by uid, external key or email.")
        return bytes(rows[0][0])

    def custom_field(self, entity: EntityKind, name: str) -> CustomField:
        """A custom field by name. Raises InvalidValue when there is none."""
        if self._custom is None:
            self._custom = {(field.entity, fold(field.name)): field for field in custom_fields(self._unit.connection)}
        found = self._custom.get((entity.value, fold(name)))
        if found is None:
            raise InvalidValue(
                f"There is no custom field “{name}” on a {entity}",
                f"Add it first: mycrm fields add {entity} {name} --kind text",
                field=f"custom.{name}",
            )
        return found

    def custom_fields(self, entity: EntityKind) -> list[CustomField]:
        """The custom fields of a kind of record."""
        return custom_fields(self._unit.connection, entity)

    def same_custom_field(self, entity: EntityKind, field: CustomField) -> CustomField | None:
        """The field of that name on another kind of record, made if it is new; None where it is of another kind."""
        kind = FieldKind(field.kind)
        found = self.make_custom_field(entity, field.name, kind, field.options, personal=field.personal)
        return found if found.kind == field.kind else None

    def make_custom_field(
        self,
        entity: EntityKind,
        name: str,
        kind: FieldKind,
        options: tuple[str, ...] = (),
        *,
        personal: bool = True,
    ) -> CustomField:
        """The custom field of that name, made if it is new. Raises InvalidValue for a kind that cannot be one."""
        try:
            return self.custom_field(entity, name)
        except InvalidValue:
            pass
        if kind not in CUSTOM_KINDS:
            raise InvalidValue(
                f"A custom field cannot be of kind {kind}",
                f"Kinds are: {', '.join(CUSTOM_KINDS)}.",
                field="kind",
            )
        if not fold(name):
            raise InvalidValue("A custom field needs a name", "Use letters or digits.", field="name")
        document = self._unit.blank(EntityKind.CUSTOM_FIELD)
        position = self._unit.scalar("SELECT count(*) FROM custom_field WHERE entity = ?", entity.value)
        document.update(
            entity=entity.value,
            name=name.strip(),
            kind=kind.value,
            options=orjson.dumps(options).decode() if options else None,
            personal=int(personal),
            position=position,
        )
        _, uid = self._unit.create(EntityKind.CUSTOM_FIELD, document)
        made = CustomField(uid, entity.value, document["name"], kind.value, document["name"], options, personal)
        assert self._custom is not None
        self._custom[entity.value, fold(name)] = made
        return made
