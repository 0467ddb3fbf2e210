"""Tells the ledger of a record in plain words, and shows a record as it stood at any moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from services.access import Access, Permission, verb
from services.clock import from_millis, to_millis
from services.errors import NotFound
from services.explaining_standing import card_fields, name_of
from services.explaining_values import Wording
from services.explaining_words import by_what, sentences
from services.records.explanations import Standing, Told
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.ledger import Origin
from services.store.catalogue import CATALOGUE
from services.store.connection import Connection
from services.store.documents import copied
from services.store.ledger.diff import forward
from services.store.ledger.replay import as_of
from services.store.queries import explaining as queries
from services.store.queries.explaining import ChangeInBatch
from services.store.queries.listing import zone_of
from services.store.store import Store

_WITHOUT_ACTOR: Final = {Origin.RULE: "MyCRM", Origin.IMPORT: "An import", Origin.TEAM: "A colleague"}


class ExplainService:
    """Reads the ledger aloud."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    @verb(Permission.READ)
    def find(self, text: str) -> tuple[EntityKind, Uid]:
        """The record of any kind that a uid, or an unambiguous beginning of one, names. Raises NotFound."""
        digits = text.strip().lower().replace("-", "")
        valid = digits and len(digits) <= 32 and all(digit in "0123456789abcdef" for digit in digits)
        with self._store.read() as connection:
            found = queries.records_beginning(connection, digits) if valid else []
            kind = queries.kind_of(connection, found[0]) if len(found) == 1 else None
        if kind is None:
            several = "more than one record" if len(found) > 1 else "no record"
            raise NotFound(
                f"“{text}” names {several} of the ledger", "Give the whole uid; lists and searches print it."
            )
        return kind, found[0]

    @verb(Permission.READ)
    def story(self, uid: Uid) -> list[Told]:
        """Every change of a record in plain words, the newest last. Raises NotFound."""
        with self._store.read() as connection:
            found = queries.changes_with_batches(connection, uid)
            if not found:
                raise NotFound(f"The ledger knows no record {uid.hex()[:12]}", "Check the uid.")
            return self._told(connection, found)

    def _told(self, connection: Connection, found: Sequence[ChangeInBatch]) -> list[Told]:
        spec = CATALOGUE[found[0].change.entity]
        states = [spec.blank()]
        linked: set[tuple[EntityKind, str]] = set()
        for one in found:
            state = copied(states[-1])
            forward(spec, state, one.change.pairs)
            states.append(state)
            linked.update(queries.links_of(spec, state))
        words = self._wording(connection, spec.entity, linked)
        return [
            Told(
                seq=one.change.seq,
                batch=one.batch,
                changed_at=from_millis(one.started_at),
                who=one.actor or _WITHOUT_ACTOR.get(one.origin, "Somebody"),
                by=by_what(one, words.moment),
                sentences=tuple(sentences(spec, one, before, after, words)),
                undone=one.is_undone,
                erased=one.erased,
            )
            for one, before, after in zip(found, states[:-1], states[1:], strict=True)
        ]

    @verb(Permission.READ)
    def standing(self, uid: Uid, at: datetime) -> Standing:
        """A record as the ledger says it stood at a moment, links by what they are called now.

        Raises NotFound when it did not exist yet.
        """
        with self._store.read() as connection:
            entity = queries.kind_of(connection, uid)
            document = as_of(connection, CATALOGUE[entity], uid, to_millis(at)) if entity is not None else None
            if entity is None or document is None:
                raise NotFound(
                    f"There was no record {uid.hex()[:12]} at that time", "`mycrm ledger explain UID` tells since when."
                )
            spec = CATALOGUE[entity]
            words = self._wording(connection, entity, set(queries.links_of(spec, document)))
            fields: dict[str, Any] = card_fields(spec, document, words)
            erased = any(change.erased for change in queries.changes_with_batches(connection, uid))
        return Standing(entity, uid, at, name_of(spec, document), fields, document["deleted_at"] is not None, erased)

    def _wording(self, connection: Connection, entity: EntityKind, linked: set[tuple[EntityKind, str]]) -> Wording:
        return Wording(
            entity,
            queries.names_of(connection, linked),
            queries.custom_kinds(connection),
            zone_of(connection, self._store.actor),
        )
