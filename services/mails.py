"""Mails saved as files onto the timelines of those they were with; a mail is known by its Message-ID."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from services.access import Access, Permission, verb
from services.editing import DraftApplier
from services.errors import InvalidValue, NotFound
from services.importing.mails import MailDraft, read_mail
from services.importing.refusals import UnreadableFile
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.mails import MailReject, MailsTaken
from services.store.aggregates import Document
from services.store.queries.events import contacts_by_email
from services.store.queries.mails import by_message_id
from services.store.queries.users import all_users
from services.store.store import Store
from services.store.writing import WriteUnit
from services.values.text import clean

NOBODY_KNOWN = "Nobody in it is a contact; add one with such an address, or name the contact it belongs to."


class MailService:
    """Puts mails on timelines."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    @verb(Permission.EDIT)
    def take(self, paths: Sequence[Path], *, contact: int | None = None) -> MailsTaken:
        """Put the mails of these files on timelines, as one batch.

        A mail belongs to the contact it was with first, others that are contacts took part; `contact` says whose it is
        instead. A mail that is there already changes nothing, one that lies in the trash comes back. What cannot be
        read or is with nobody known is told and left out. Raises InvalidValue for no files and NotFound for no such
        contact.
        """
        if not paths:
            raise InvalidValue("There are no mails to read", "Choose at least one mail saved as .eml.")
        mails, rejects = _read(paths, self._own_addresses())
        with self._store.write("import", "activity.mail") as unit:
            taking = _Taking(unit, mails, contact)
            for name, mail in mails:
                if not taking.take(mail):
                    rejects.append(MailReject(name, NOBODY_KNOWN))
        counts = taking.counts
        return MailsTaken(
            batch=unit.batch_uid if unit.changed else None,
            created=counts["created"],
            restored=counts["restored"],
            known=counts["known"],
            attachments=counts["attachments"],
            rejects=tuple(rejects),
        )

    def _own_addresses(self) -> set[str]:
        with self._store.read() as connection:
            return {user.email.lower() for user in all_users(connection) if user.email}


class _Taking:
    """Takes mails within one batch."""

    def __init__(self, unit: WriteUnit, mails: Sequence[tuple[str, MailDraft]], contact: int | None) -> None:
        self._unit = unit
        self._contact = _living(unit, contact) if contact is not None else None
        self._standing = by_message_id(unit.connection, {mail.message_id for _, mail in mails})
        self._people = contacts_by_email(unit.connection, {email for _, mail in mails for email in mail.counterparts})
        self._applier = DraftApplier(unit, EntityKind.ACTIVITY)
        self._applier.prepare([mail.draft for _, mail in mails])
        self.counts: Counter[str] = Counter()

    def take(self, mail: MailDraft) -> bool:
        """Take one; whether it is on a timeline now."""
        standing = self._standing.get(mail.message_id)
        if standing is None:
            return self._create(mail)
        local_id, is_in_trash = standing
        if is_in_trash:
            self._unit.edit(EntityKind.ACTIVITY, local_id, _restore)
            self._standing[mail.message_id] = (local_id, False)
        self.counts["restored" if is_in_trash else "known"] += 1
        return True

    def _create(self, mail: MailDraft) -> bool:
        people = list(dict.fromkeys(self._people[email] for email in mail.counterparts if email in self._people))
        if self._contact is not None:
            people = [self._contact, *(uid for uid in people if uid != self._contact)]
        if not people:
            return False
        document = self._unit.blank(EntityKind.ACTIVITY)
        document.update(source="import", pinned=0, recorded_at=self._unit.now_millis, message_id=mail.message_id)
        document["owner"] = self._unit.actor.hex() if self._unit.actor is not None else None
        self._applier.apply(document, mail.draft)
        document["contact"] = people[0].hex()
        document["participants"] = {uid.hex(): {} for uid in people[1:]}
        local_id, _ = self._unit.create(EntityKind.ACTIVITY, document)
        self._standing[mail.message_id] = (local_id, False)
        self.counts["created"] += 1
        self.counts["attachments"] += len(mail.attachments)
        return True


def _read(paths: Sequence[Path], own: Collection[str]) -> tuple[list[tuple[str, MailDraft]], list[MailReject]]:
    """The mails by the names of their files, and those that cannot be read."""
    mails: list[tuple[str, MailDraft]] = []
    rejects: list[MailReject] = []
    for path in paths:
        try:
            mails.append((path.name, read_mail(path, own)))
        except UnreadableFile as error:
            rejects.append(MailReject(path.name, clean(f"{error.title}. {error.message}")))
    return mails, rejects


def _living(unit: WriteUnit, local_id: int) -> Uid:
    """The uid of a contact that is not in the trash."""
    found = unit.load(EntityKind.CONTACT, [local_id]).get(local_id)
    if found is None or found[1]["deleted_at"] is not None:
        raise NotFound("There is no such contact any more", "Choose another one.")
    return Uid(found[0])


def _restore(document: Document) -> None:
    document["deleted_at"] = None
