"""People the user knows: add, change, link to companies, tag, trash, list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from services.access import Permission, verb
from services.clock import to_millis
from services.editing import DraftApplier
from services.errors import InvalidValue, NotFound
from services.record_verbs import ReachableVerbs
from services.records.drafts import ConsentDraft, RecordDraft, RoleDraft
from services.records.fields import CHANNELS, EntityKind
from services.records.ids import Uid
from services.records.people import CONSENT_BASES, CONSENT_STATES, RELATION_KINDS, ContactRow, Saved
from services.store.aggregates import Document
from services.store.catalogue import display_name
from services.store.queries import contacts as queries
from services.store.queries.listing import ListPage, ListRequest, list_ids, list_page
from services.store.writing import WriteUnit


class ContactService(ReachableVerbs):
    """Keeps the people of a workspace."""

    entity = EntityKind.CONTACT

    def _complete(self, unit: WriteUnit, document: Document, draft: RecordDraft) -> None:
        if self._store.actor is not None and "owner" not in draft.fields:
            document["owner"] = self._store.actor.hex()
        if not draft.fields.get("lifecycle"):
            document["lifecycle"] = "prospect"

    def _check(self, document: Document) -> None:
        if not display_name(document):
            raise InvalidValue(
                "A contact needs a name, an email or a phone",
                "Type one of them and save again.",
                field="first_name",
            )

    @verb(Permission.EDIT)
    def link_company(self, local_id: int, draft: RoleDraft) -> Saved:
        """Say what a contact is, or was, at a company: a new link, or what the draft gives of a standing one.

        Raises InvalidValue and NotFound.
        """
        return self._edit_links(local_id, draft.company, "contact.link_company", partial(_linked, draft))

    @verb(Permission.EDIT)
    def unlink_company(self, local_id: int, company: str) -> Saved:
        """Take the links to a company, by its name or uid, away as if they had never been. Raises NotFound."""

        def without(roles: Document, uid: str, new_key: str) -> Document:
            kept = {key: role for key, role in roles.items() if role["company"] != uid}
            if len(kept) == len(roles):
                raise NotFound(f"The contact is not linked to “{company}”", "The card lists the companies it is.")
            return _with_a_main_one(kept)

        return self._edit_links(local_id, company, "contact.unlink_company", without)

    @verb(Permission.EDIT)
    def set_consent(self, local_id: int, draft: ConsentDraft) -> Saved:
        """Say whether a contact may be written to on a channel; what was said of it before is replaced.

        Raises InvalidValue and NotFound.
        """
        _check_consent(draft)
        now = self._store.clock.now()
        if draft.decided_at is not None and draft.decided_at > now:
            raise InvalidValue("A consent cannot be decided later", "Choose a moment up to now.", field="decided_at")
        said = {
            "channel": draft.channel,
            "state": draft.state,
            "basis": draft.basis or None,
            "decided_at": to_millis(draft.decided_at or now),
            "proof": draft.proof.strip() or None,
        }

        def with_it(consents: Document, new_key: str) -> Document:
            key = _key_of_channel(consents, draft.channel) or new_key
            return {**consents, key: said}

        return self._edit_part(local_id, "consents", "contact.consent", with_it)

    @verb(Permission.EDIT)
    def remove_consent(self, local_id: int, channel: str) -> Saved:
        """Forget what was said of a channel, as if nothing ever had been. Raises NotFound."""

        def without(consents: Document, _new_key: str) -> Document:
            key = _key_of_channel(consents, channel)
            if key is None:
                raise NotFound(f"Nothing is known of the channel {channel}", "It may have been removed already.")
            return {other: value for other, value in consents.items() if other != key}

        return self._edit_part(local_id, "consents", "contact.consent", without)

    @verb(Permission.EDIT)
    def add_relation(self, local_id: int, other: int, kind: str, *, note: str = "") -> Saved:
        """Say what another contact is to this one; the same said twice changes the note.

        Raises InvalidValue and NotFound.
        """
        if kind not in RELATION_KINDS:
            raise InvalidValue(f"“{kind}” is no relation", f"Relations are: {', '.join(RELATION_KINDS)}.", field="kind")
        if other == local_id:
            raise InvalidValue("Nobody is related to themselves", "Choose another contact.", field="other")
        with self._store.write("edit", "contact.relation") as unit:
            found = unit.load(self.entity, [other]).get(other)
            if found is None:
                raise NotFound("There is no such contact", "It may have been removed for good.")
            said = {"other": found[0].hex(), "kind": kind, "note": note.strip() or None}
            new_key = unit.uids.new().hex()

            def change(document: Document) -> None:
                same = (said["other"], kind)
                standing = document["relations"]
                key = next((key for key, value in standing.items() if (value["other"], value["kind"]) == same), new_key)
                document["relations"] = {**standing, key: said}

            unit.edit(self.entity, local_id, change)
            uid = unit.load(self.entity, [local_id])[local_id][0]
        return self._saved(unit, local_id, uid)

    @verb(Permission.EDIT)
    def remove_relation(self, local_id: int, relation: Uid) -> Saved:
        """Take what another contact is to this one away. Raises NotFound."""
        key = relation.hex()

        def without(relations: Document, _new_key: str) -> Document:
            if key not in relations:
                raise NotFound("There is no such relation", "It may have been removed already.")
            return {other: value for other, value in relations.items() if other != key}

        return self._edit_part(local_id, "relations", "contact.relation", without)

    def _edit_part(self, local_id: int, part: str, label: str, edited: Callable[[Document, str], Document]) -> Saved:
        def prepare(applier: DraftApplier) -> Callable[[Document], None]:
            new_key = applier.new_key()

            def change(document: Document) -> None:
                document[part] = edited(document[part], new_key)

            return change

        return self._edit_many([local_id], label, prepare, None)

    def _edit_links(
        self, local_id: int, company: str, label: str, edited: Callable[[Document, str, str], Document]
    ) -> Saved:
        def prepare(applier: DraftApplier) -> Callable[[Document], None]:
            uid = applier.directory.company(company).hex()
            new_key = applier.new_key()

            def change(document: Document) -> None:
                document["roles"] = edited(document["roles"], uid, new_key)

            return change

        return self._edit_many([local_id], label, prepare, None)

    @verb(Permission.READ)
    def ids(self, request: ListRequest) -> Sequence[int]:
        """The local ids of all contacts that match, in order. Raises InvalidValue for a query it cannot read."""
        with self._store.read() as connection:
            return list_ids(connection, self.entity, request, now=self._store.clock.now(), actor=self._store.actor)

    @verb(Permission.READ)
    def rows(self, ids: Sequence[int]) -> list[ContactRow]:
        """The rows of these contacts, in this order; ids that are gone are left out."""
        with self._store.read() as connection:
            return queries.rows(connection, ids)

    @verb(Permission.READ)
    def page(self, request: ListRequest, *, limit: int = 50, after: str = "") -> ListPage[ContactRow]:
        """One page of contacts and the cursor of the next."""
        with self._store.read() as connection:
            now, actor = self._store.clock.now(), self._store.actor
            found = list_page(connection, self.entity, request, limit=limit, after=after, now=now, actor=actor)
            return ListPage(tuple(queries.rows(connection, found.items)), found.next)


def _check_consent(draft: ConsentDraft) -> None:
    """Refuse a consent that says what the program does not know. Raises InvalidValue."""
    for name, value, known in (
        ("channel", draft.channel, CHANNELS),
        ("state", draft.state, CONSENT_STATES),
        ("basis", draft.basis, ("", *CONSENT_BASES)),
    ):
        if value not in known:
            raise InvalidValue(
                f"“{value}” is no {name}", f"It is one of: {', '.join(filter(None, known))}.", field=name
            )


def _key_of_channel(consents: Document, channel: str) -> str | None:
    """The element that speaks of a channel; the newest, where an import left several."""
    mine = [(value["decided_at"] or 0, key) for key, value in consents.items() if value["channel"] == channel]
    return max(mine)[1] if mine else None


def _linked(draft: RoleDraft, roles: Document, company: str, new_key: str) -> Document:
    """The roles with what the draft says of the one at a company; its current one, where there are several."""
    mine = sorted((role["ended_on"] is not None, key) for key, role in roles.items() if role["company"] == company)
    key = mine[0][1] if mine else new_key
    role = roles.get(key) or {"company": company, "role": "", "is_primary": 0, "started_on": None, "ended_on": None}
    role = {**role, **_said(draft)}
    if role["started_on"] and role["ended_on"] and role["ended_on"] < role["started_on"]:
        raise InvalidValue("A role cannot end before it began", "Mend one of the two dates.", field="ended_on")
    others = {other: value for other, value in roles.items() if other != key}
    if draft.is_primary:
        others = {other: {**value, "is_primary": 0} for other, value in others.items()}
        role["is_primary"] = 1
    return _with_a_main_one({**others, key: role})


def _said(draft: RoleDraft) -> Document:
    said: Document = {}
    if draft.role is not None:
        said["role"] = draft.role.strip()
    for name, day in (("started_on", draft.started_on), ("ended_on", draft.ended_on)):
        if day is not None:
            said[name] = day.isoformat() if isinstance(day, date) else None
    return said


def _with_a_main_one(roles: Document) -> Document:
    """The roles, of which one is primary: the oldest that has not ended, where none was."""
    if not roles or any(role["is_primary"] for role in roles.values()):
        return roles
    heir = min((role["ended_on"] is not None, key) for key, role in roles.items())[1]
    return {**roles, heir: {**roles[heir], "is_primary": 1}}
