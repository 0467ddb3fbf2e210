"""The verbs that contacts, companies and activities share: add, change, tag, trash and restore."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from services.access import Access, Permission, verb
from services.editing import DraftApplier, Mode, check_fields
from services.errors import InvalidValue, NotFound
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.people import RecordCard, Saved
from services.store.aggregates import Document
from services.store.catalogue import CATALOGUE
from services.store.queries.cards import read_card, read_cards
from services.store.queries.lookup import resolve
from services.store.store import Store
from services.store.writing import WriteUnit

Progress = Callable[[int, int], None]


class RecordVerbs:
    """Adds, changes, tags, deletes and restores records of one kind."""

    entity: ClassVar[EntityKind]

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    def _complete(self, unit: WriteUnit, document: Document, draft: RecordDraft) -> None:
        """Fill in what a new record of this kind needs. Raises InvalidValue for what is missing."""
        raise NotImplementedError

    @verb(Permission.EDIT)
    def add(self, draft: RecordDraft) -> Saved:
        """Add a record. Raises InvalidValue."""
        check_fields(self.entity, draft.fields)
        with self._store.write("create", f"{self.entity}.add") as unit:
            applier = DraftApplier(unit, self.entity)
            applier.prepare([draft])
            document = unit.blank(self.entity)
            document[CATALOGUE[self.entity].provenance] = "manual"
            self._complete(unit, document, draft)
            applier.apply(document, draft)
            self._check(document)
            local_id, uid = unit.create(self.entity, document)
        return Saved(local_id, uid, unit.batch_uid)

    def _following(self, _unit: WriteUnit, _ids: Sequence[int], _draft: RecordDraft) -> Callable[[], None]:
        """Called before records are changed as a draft says; what it answers is called after, in the same batch."""
        return _nothing

    def _check(self, document: Document) -> None:
        """Refuse a document that must not be kept. Raises InvalidValue."""

    @verb(Permission.EDIT)
    def change(self, local_id: int, draft: RecordDraft, mode: Mode = Mode.REPLACE) -> Saved:
        """Set what the draft gives on one record. Raises InvalidValue and NotFound."""
        return self._change(local_id, draft, mode, f"{self.entity}.change")

    def _change(self, local_id: int, draft: RecordDraft, mode: Mode, label: str) -> Saved:
        check_fields(self.entity, draft.fields)
        with self._store.write("edit", label) as unit:
            applier = DraftApplier(unit, self.entity)
            applier.prepare([draft])

            def carry_over(document: Document) -> None:
                applier.apply(document, draft, mode)
                self._check(document)

            follow = self._following(unit, [local_id], draft)
            unit.edit(self.entity, local_id, carry_over)
            follow()
            uid = unit.load(self.entity, [local_id])[local_id][0]
        return self._saved(unit, local_id, uid)

    @staticmethod
    def _saved(unit: WriteUnit, local_id: int, uid: bytes) -> Saved:
        """What a command answers once its batch is committed."""
        return Saved(local_id, Uid(uid), unit.batch_uid if unit.changed else None)

    @verb(Permission.EDIT)
    def change_many(self, ids: Sequence[int], draft: RecordDraft, *, progress: Progress | None = None) -> Saved:
        """Set the same values on many records in one batch. Raises InvalidValue and NotFound."""
        check_fields(self.entity, draft.fields)

        def prepare(applier: DraftApplier) -> Callable[[Document], None]:
            applier.prepare([draft])

            def carry_over(document: Document) -> None:
                applier.apply(document, draft)
                self._check(document)

            return carry_over

        return self._edit_many(
            ids,
            f"{self.entity}.change_many",
            prepare,
            progress,
            following=lambda unit: self._following(unit, ids, draft),
        )

    @verb(Permission.EDIT)
    def tag(self, ids: Sequence[int], name: str, *, on: bool = True) -> Saved:
        """Put a tag on records, or take it off, in one batch. Raises InvalidValue."""

        def prepare(applier: DraftApplier) -> Callable[[Document], None]:
            # A tag that nobody has ever used need not be made to be taken off.
            uid = applier.directory.tag(name) if on else applier.directory.known_tag(name)
            key = uid.hex() if uid else ""

            def change(document: Document) -> None:
                tags = dict(document["tags"])
                if on:
                    tags.setdefault(key, {})
                else:
                    tags.pop(key, None)
                document["tags"] = tags

            return change

        return self._edit_many(ids, f"{self.entity}.{'tag' if on else 'untag'}", prepare, None)

    @verb(Permission.EDIT)
    def delete(self, ids: Sequence[int]) -> Saved:
        """Put records into the trash, in one batch. Raises NotFound."""

        def prepare(applier: DraftApplier) -> Callable[[Document], None]:
            def change(document: Document) -> None:
                if document["deleted_at"] is None:
                    document["deleted_at"] = applier.now_millis

            return change

        return self._edit_many(ids, f"{self.entity}.delete", prepare, None, kind="delete")

    @verb(Permission.EDIT)
    def restore(self, ids: Sequence[int]) -> Saved:
        """Take records out of the trash, in one batch. Raises NotFound."""

        def prepare(applier: DraftApplier) -> Callable[[Document], None]:
            def change(document: Document) -> None:
                document["deleted_at"] = None

            return change

        return self._edit_many(ids, f"{self.entity}.restore", prepare, None, kind="restore")

    def _edit_many(
        self,
        ids: Sequence[int],
        label: str,
        prepare: Callable[[DraftApplier], Callable[[Document], None]],
        progress: Progress | None,
        *,
        kind: str = "edit",
        following: Callable[[WriteUnit], Callable[[], None]] | None = None,
    ) -> Saved:
        if not ids:
            raise InvalidValue("Nothing is selected", "Choose at least one record.")
        with self._store.write(kind if len(ids) == 1 else f"bulk_{kind}", label) as unit:
            applier = DraftApplier(unit, self.entity)
            change = prepare(applier)
            follow = following(unit) if following is not None else _nothing
            for start in range(0, len(ids), 500):
                unit.edit_many(self.entity, ids[start : start + 500], change)
                if progress is not None:
                    progress(min(start + 500, len(ids)), len(ids))
            follow()
            uid = unit.load(self.entity, [ids[0]])[ids[0]][0]
        return Saved(ids[0], Uid(uid), unit.batch_uid if unit.changed else None)

    @verb(Permission.READ)
    def resolve(self, text: str, *, trash: bool = True) -> int:
        """The local id of a uid or of an unambiguous prefix of one. Raises NotFound."""
        with self._store.read() as connection:
            return resolve(connection, CATALOGUE[self.entity], text, trash=trash)

    @verb(Permission.READ)
    def card(self, local_id: int) -> RecordCard:
        """One record in full. Raises NotFound."""
        with self._store.read() as connection:
            return read_card(connection, CATALOGUE[self.entity], local_id)

    @verb(Permission.READ)
    def cards(self, ids: Sequence[int]) -> list[RecordCard]:
        """Many records in full, in this order; ids that are gone are left out."""
        with self._store.read() as connection:
            return read_cards(connection, CATALOGUE[self.entity], list(ids))


def _nothing() -> None:
    """What follows most changes."""


class ReachableVerbs(RecordVerbs):
    """The verbs of records that have contact points: contacts and companies."""

    @verb(Permission.EDIT)
    def mark_point(
        self, local_id: int, point: Uid, *, verified: bool | None = None, bounced: bool | None = None
    ) -> Saved:
        """Note of a contact point whether it was verified and whether mail to it came back; None leaves it as it is.

        Raises NotFound.
        """
        key = point.hex()
        flags = {
            name: 1 if said else None
            for name, said in (("verified", verified), ("bounced", bounced))
            if said is not None
        }

        def prepare(applier: DraftApplier) -> Callable[[Document], None]:
            def change(document: Document) -> None:
                points = document["points"]
                if key not in points:
                    raise NotFound(f"This {self.entity} has no such contact point", "It may have been removed.")
                document["points"] = {**points, key: {**points[key], **flags}}

            return change

        return self._edit_many([local_id], f"{self.entity}.mark_point", prepare, None)
