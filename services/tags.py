"""The tags of a workspace."""

from __future__ import annotations

from services.access import Access, Permission, verb
from services.records.people import TagRow
from services.store.queries.tags import tag_rows
from services.store.store import Store


class TagService:
    """Lists tags; records are tagged through their own services."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    @verb(Permission.READ)
    def all(self) -> list[TagRow]:
        """All tags by name, each with how many living contacts and companies carry it."""
        with self._store.read() as connection:
            return tag_rows(connection)
