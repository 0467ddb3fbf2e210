"""One transaction of changes: rows, ledger, projections and search index together, or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from services.clock import Clock, to_millis
from services.errors import NotFound
from services.events import MANY, RecordsChanged
from services.identity import UidSource
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.store.aggregates import Document
from services.store.catalogue import CATALOGUE
from services.store.documents import copied, ids_of, load
from services.store.ledger.journal import Journal
from services.store.ledger.projections import project
from services.store.ledger.projectors import Projector
from services.store.rows import Edit, RowWriter
from services.store.search_index import SearchIndexer

Change = Callable[[Document], None]


class WriteUnit:
    """What may be done inside `store.write()`; ledger rows follow from it by themselves."""

    actor: bytes | None = None

    def __init__(
        self,
        connection: Connection,
        journal: Journal,
        uids: UidSource,
        projectors: Sequence[Projector],
        clock: Clock,
    ) -> None:
        self.connection = connection
        self.uids = uids
        self.now_millis = to_millis(clock.now())
        self._journal = journal
        self._projectors = projectors
        self._rows = RowWriter(connection, uids)
        self._search = SearchIndexer(connection)
        self._touched: dict[EntityKind, list[int]] = defaultdict(list)
        self.origin = ""
        self.batch_uid: Uid | None = None

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return self._journal.begun

    @property
    def batch_id(self) -> int:
        """The local id of the batch, 0 while nothing was written."""
        return self._journal.batch_id

    def blank(self, entity: EntityKind) -> Document:
        """A document without values, dated now."""
        document = CATALOGUE[entity].blank()
        document["created_at"] = self.now_millis
        return document

    def create(self, entity: EntityKind, document: Document, uid: Uid | None = None) -> tuple[int, Uid]:
        """Add one record; returns its local id and uid."""
        edit = Edit(uid or self.uids.new(), None, document)
        self.save(entity, [edit])
        return edit.id, Uid(edit.uid)

    def create_many(self, entity: EntityKind, documents: Sequence[Document]) -> list[Uid]:
        """Add many records; returns their uids in order."""
        uids = self.uids.many(len(documents))
        self.save(entity, [Edit(uid, None, document) for uid, document in zip(uids, documents, strict=True)])
        return uids

    def edit(self, entity: EntityKind, local_id: int, change: Change) -> bool:
        """Change one record; returns whether anything became different. Raises NotFound."""
        return self.edit_many(entity, [local_id], change) == 1

    def edit_many(self, entity: EntityKind, ids: Iterable[int], change: Change) -> int:
        """Apply the same change to many records; returns how many became different. Raises NotFound."""
        wanted = list(dict.fromkeys(ids))
        documents = load(self.connection, CATALOGUE[entity], wanted)
        edits = []
        for local_id in wanted:
            if local_id not in documents:
                raise NotFound(f"There is no such {entity}", "It may have been removed for good.")
            uid, before = documents[local_id]
            after = copied(before)
            change(after)
            if after != before:
                edits.append(Edit(uid, before, after, local_id))
        self.save(entity, edits)
        return len(edits)

    def save(self, entity: EntityKind, edits: Sequence[Edit]) -> None:
        """Write edits of one kind: rows first, then ledger, projections and index."""
        if not edits:
            return
        spec = CATALOGUE[entity]
        self._rows.write(spec, edits)
        seen = self._journal.record(spec, edits)
        project(self.connection, self._projectors, seen)
        self._search.follow(entity, edits)
        if entity is EntityKind.CUSTOM_FIELD:
            self._journal.forget_custom_fields()
        touched = self._touched[entity]
        if len(touched) <= MANY:
            touched.extend(edit.id for edit in edits)

    def load(self, entity: EntityKind, ids: Iterable[int]) -> dict[int, tuple[bytes, Document]]:
        """Documents as they stand inside this transaction."""
        return load(self.connection, CATALOGUE[entity], ids)

    def id_of(self, entity: EntityKind, uid: bytes) -> int:
        """The local id of a uid. Raises NotFound."""
        found = ids_of(self.connection, CATALOGUE[entity], [uid]).get(uid)
        if found is None:
            raise NotFound(f"There is no {entity} {uid.hex()[:12]}", "Check the uid.")
        return found

    def scalar(self, sql: str, *bound: Any) -> Any:
        """The first value of the first row of a query, or None."""
        return self.connection.exec_driver_sql(sql, bound).scalar()

    def begin(self) -> None:
        """Make this a batch even if nothing is going to change: an undo that leaves all alone was carried out too."""
        self._journal.begin()

    def seal(self) -> list[RecordsChanged]:
        """Close the batch; returns what is to be announced after the commit."""
        if not self.changed:
            return []
        self._journal.close()
        return [
            RecordsChanged(entity, tuple(dict.fromkeys(ids)) if len(ids) <= MANY else None, self.origin, self.batch_id)
            for entity, ids in self._touched.items()
        ]
