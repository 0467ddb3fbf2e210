"""Makes the records of a captured line within one transaction, so that one undo takes all of them back."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.capture.intents import NOBODY_NAMED, Intent, Named
from services.editing import DraftApplier
from services.errors import InvalidValue
from services.records.capture import CapturedRecord, PartKind, PlannedChange
from services.records.drafts import PointDraft, RecordDraft, Value
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.recurrence import normal_rule, until_end_of_day
from services.store.aggregates import Document
from services.store.catalogue import CATALOGUE
from services.store.queries.listing import zone_of
from services.store.writing import WriteUnit
from services.values.lists import MARK
from services.values.names import split_full_name
from services.values.points import email_points, phone_points


@dataclass(slots=True)
class Making:
    """Carries out the intents of one line inside a transaction."""

    unit: WriteUnit
    region: str
    made: list[CapturedRecord] = field(default_factory=list)
    _new: dict[tuple[EntityKind, str], Uid] = field(default_factory=dict)
    _new_deal: Uid | None = None

    def make(self, intent: Intent) -> None:
        """Make or change one record. Raises InvalidValue and NotFound."""
        if intent.change is PlannedChange.CHANGE:
            self._change(intent)
            return
        applier = DraftApplier(self.unit, intent.entity)
        draft = self._draft(intent)
        applier.prepare([draft])
        document = self._blank(intent.entity)
        applier.apply(document, draft)
        self._complete(document, intent)
        local_id, uid = self.unit.create(intent.entity, document)
        self._new[intent.entity, intent.title] = uid
        if intent.entity is EntityKind.DEAL:
            self._new_deal = uid
        self.made.append(CapturedRecord(intent.change, intent.entity, local_id, uid, intent.title))

    def _blank(self, entity: EntityKind) -> Document:
        """A new document with what every record of its kind has."""
        document = self.unit.blank(entity)
        document[CATALOGUE[entity].provenance] = "manual"
        document["owner"] = self.unit.actor.hex() if self.unit.actor is not None else None
        if entity is EntityKind.CONTACT:
            document["lifecycle"] = "prospect"
        elif entity is EntityKind.ACTIVITY:
            document.update(pinned=0, recorded_at=self.unit.now_millis)
        elif entity is EntityKind.TASK:
            document.update(status="open", all_day=0, priority="normal")
        elif entity is EntityKind.EVENT:
            document.update(status="confirmed", all_day=0, sequence=0)
            document["time_zone"] = str(zone_of(self.unit.connection, self.unit.actor))
        return document

    def _complete(self, document: Document, intent: Intent) -> None:
        """Set what no draft can say, and refuse what must not be kept."""
        linked = ("contact", "company", "deal")
        if intent.entity is EntityKind.ACTIVITY and all(document[name] is None for name in linked):
            raise InvalidValue(NOBODY_NAMED, "Name the contact, company or deal that it was with.", field="contact")
        if intent.entity is EntityKind.EVENT:
            document["attendees"] = self._attendees(intent)
        if intent.rule:
            rule = normal_rule(intent.rule)
            document["recurrence"] = rule if document["all_day"] else until_end_of_day(rule)

    def _change(self, intent: Intent) -> None:
        local_id = intent.local_id or 0
        applier = DraftApplier(self.unit, intent.entity)
        fields: dict[str, Value] = {}
        if intent.amount is not None:
            fields = {"amount": intent.amount.minor, "currency": intent.amount.currency}

        def carry_over(document: Document) -> None:
            standing = {point["normal"] for point in document.get("points", {}).values()}
            new = tuple(point for point in self._points(intent) if point.normal not in standing)
            applier.apply(document, RecordDraft(fields, new))

        self.unit.edit(intent.entity, local_id, carry_over)
        uid = Uid(self.unit.load(intent.entity, [local_id])[local_id][0])
        self.made.append(CapturedRecord(intent.change, intent.entity, local_id, uid, intent.title))

    # --- Drafts ---------------------------------------------------------------------------------------------

    def _draft(self, intent: Intent) -> RecordDraft:
        fields = {
            EntityKind.COMPANY: self._company_fields,
            EntityKind.CONTACT: self._contact_fields,
            EntityKind.DEAL: self._deal_fields,
            EntityKind.ACTIVITY: self._activity_fields,
            EntityKind.TASK: self._task_fields,
            EntityKind.EVENT: self._event_fields,
        }[intent.entity](intent)
        said: dict[str, Value] = {name: value for name, value in fields.items() if value is not None}
        return RecordDraft(said, self._points(intent), intent.tags)

    def _points(self, intent: Intent) -> tuple[PointDraft, ...]:
        points: list[PointDraft] = []
        for kind, text in intent.points:
            points += email_points(text) if kind is PartKind.EMAIL else phone_points(text, self.region)
        return tuple(points)

    def _company_fields(self, intent: Intent) -> dict[str, Value]:
        return {"name": intent.title}

    def _contact_fields(self, intent: Intent) -> dict[str, Value]:
        name = split_full_name(intent.title)
        company = self._uid(EntityKind.COMPANY, intent.company)
        return {"first_name": name.first or None, "last_name": name.last or None, "company": company}

    def _deal_fields(self, intent: Intent) -> dict[str, Value]:
        amount = intent.amount
        return {
            "title": intent.title,
            "amount": amount.minor if amount is not None else None,
            "currency": amount.currency if amount is not None else None,
            "company": self._company_of(intent),
            "contact": self._contact_of(intent),
        }

    def _links(self, intent: Intent) -> dict[str, Value]:
        deal = intent.deal.uid.hex() if intent.deal is not None else None
        if deal is None and intent.deal_is_new and self._new_deal is not None:
            deal = self._new_deal.hex()
        return {"contact": self._contact_of(intent), "company": self._company_of(intent), "deal": deal}

    def _activity_fields(self, intent: Intent) -> dict[str, Value]:
        others = [self._uid(EntityKind.CONTACT, one) for one in intent.people[1:]]
        return {
            "type": intent.kind,
            "subject": intent.title,
            "body": intent.body or None,
            "occurred_at": intent.due,
            "duration_s": intent.duration_s,
            "participants": MARK.join(one for one in others if one is not None) or None,
            **self._links(intent),
        }

    def _task_fields(self, intent: Intent) -> dict[str, Value]:
        return {
            "title": intent.title,
            "due_at": intent.due,
            "remind_at": intent.remind_at,
            "priority": intent.priority or None,
            "notes": self._notes(intent),
            **self._links(intent),
        }

    def _event_fields(self, intent: Intent) -> dict[str, Value]:
        return {
            "title": intent.title,
            "starts_at": intent.due,
            "ends_at": intent.ends_at,
            "conference_url": intent.url or None,
            "notes": self._notes(intent),
            **self._links(intent),
        }

    def _notes(self, intent: Intent) -> str | None:
        """Everybody beside the first, whom the record has no place for, and the text that its title cut short."""
        others = [one.name for one in intent.people[1:]] if intent.entity is EntityKind.TASK else []
        beside = [f"With {', '.join(others)}"] if others else []
        return "\n".join([*beside, *([intent.body] if intent.body else [])]) or None

    def _attendees(self, intent: Intent) -> Document:
        """The people who have a mail address: those who have none are invited by word of mouth."""
        attendees: Document = {}
        for one in intent.people:
            uid = self._uid(EntityKind.CONTACT, one)
            address = self._address(uid) if uid is not None else None
            if uid is None or address is None or address in {known["email"] for known in attendees.values()}:
                continue
            attendees[self.unit.uids.new().hex()] = {
                "contact": uid,
                "email": address,
                "name": one.name,
                "response": "needs-action",
                "role": None,
                "is_organizer": 0,
            }
        return attendees

    def _address(self, uid: str) -> str | None:
        """The main mail address of a contact."""
        local_id = self.unit.id_of(EntityKind.CONTACT, bytes.fromhex(uid))
        points = self.unit.load(EntityKind.CONTACT, [local_id])[local_id][1]["points"].values()
        found = sorted((not point["is_primary"], point["normal"]) for point in points if point["kind"] == "email")
        return found[0][1] if found else None

    # --- Links ----------------------------------------------------------------------------------------------

    def _uid(self, entity: EntityKind, named: Named | None) -> str | None:
        """The uid of a known record, or of one that this line made."""
        if named is None:
            return None
        if named.record is not None:
            return named.record.uid.hex()
        made = self._new.get((entity, named.name))
        return made.hex() if made is not None else None

    def _contact_of(self, intent: Intent) -> str | None:
        return self._uid(EntityKind.CONTACT, intent.people[0]) if intent.people else None

    def _company_of(self, intent: Intent) -> str | None:
        """The company of the line, else that of its deal or first person."""
        if intent.company is not None:
            return self._uid(EntityKind.COMPANY, intent.company)
        known = [intent.deal, *(one.record for one in intent.people[:1])]
        local_id = next((one.company_id for one in known if one is not None and one.company_id is not None), None)
        if local_id is None:
            return None
        found = self.unit.load(EntityKind.COMPANY, [local_id]).get(local_id)
        return found[0].hex() if found is not None else None
