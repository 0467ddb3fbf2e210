"""The calendar: events, whom they are with, and when each of a series takes place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import orjson

from services.access import Permission, verb
from services.clock import from_millis, to_millis
from services.editing import DraftApplier
from services.errors import InvalidValue
from services.occurring import starts
from services.record_verbs import RecordVerbs
from services.records.calendar_drafts import AttendeeDraft, EventDraft, EventsTaken
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from services.records.people import Saved
from services.records.planning import EventRow
from services.recurrence import following, normal_rule, until_end_of_day
from services.store.aggregates import Document
from services.store.catalogue import CATALOGUE
from services.store.documents import copied, load, sliced
from services.store.queries import events as queries
from services.store.queries.listing import ListPage, ListRequest, list_ids, list_page, zone_of
from services.store.queries.pages import tags_of
from services.store.rows import Edit
from services.store.writing import WriteUnit
from services.values.emails import normalise_email

DAY_MS: Final = 86_400_000
_HOUR_MS: Final = 3_600_000
_TEXTS: Final = (
    "title",
    "location",
    "conference_url",
    "status",
    "transparency",
    "visibility",
    "recurrence",
    "notes",
)
_UNTITLED: Final = "(no title)"
_Key = tuple[str, int | None]


class EventService(RecordVerbs):
    """Keeps the calendar of a workspace."""

    entity = EntityKind.EVENT

    def _complete(self, unit: WriteUnit, document: Document, draft: RecordDraft) -> None:
        document.update(status="confirmed", all_day=0, sequence=0)
        document["time_zone"] = str(zone_of(unit.connection, self._store.actor))
        if self._store.actor is not None and "owner" not in draft.fields:
            document["owner"] = self._store.actor.hex()

    def _check(self, document: Document) -> None:
        if not (document["title"] or "").strip():
            raise InvalidValue("An event needs a title", "Say in a few words what it is.", field="title")
        if document["starts_at"] is None:
            raise InvalidValue("An event needs a start", "Say when it begins.", field="starts_at")
        _settle_end(document)
        if document["recurrence"]:
            document["recurrence"] = _lasting_rule(document)

    @verb(Permission.EDIT)
    def invite(self, local_id: int, attendees: Sequence[AttendeeDraft]) -> Saved:
        """Set who is invited; contacts are known by their addresses. Raises InvalidValue and NotFound."""
        people = [replace(person, email=normalise_email(person.email)) for person in attendees]

        def invite(applier: DraftApplier, unit: WriteUnit, document: Document) -> None:
            known = queries.contacts_by_email(unit.connection, {person.email for person in people})
            _set_attendees(applier, document, people, known)

        with self._store.write("edit", "event.invite") as unit:
            applier = DraftApplier(unit, self.entity)
            unit.edit(self.entity, local_id, lambda document: invite(applier, unit, document))
            uid = unit.load(self.entity, [local_id])[local_id][0]
        return self._saved(unit, local_id, uid)

    @verb(Permission.EDIT)
    def leave_out(self, local_id: int, occurrence: datetime) -> Saved:
        """Let one occurrence of a series not take place. Raises NotFound."""
        with self._store.write("edit", "event.leave_out") as unit:
            millis = to_millis(occurrence)

            def leave_out(document: Document) -> None:
                document["excluded"] = _numbers({*queries.listed(document["excluded"]), millis})

            unit.edit(self.entity, local_id, leave_out)
            uid = unit.load(self.entity, [local_id])[local_id][0]
        return self._saved(unit, local_id, uid)

    @verb(Permission.READ)
    def ids(self, request: ListRequest) -> Sequence[int]:
        """The local ids of all events that match, in order; a series is one. Raises InvalidValue."""
        with self._store.read() as connection:
            return list_ids(connection, self.entity, request, now=self._store.clock.now(), actor=self._store.actor)

    @verb(Permission.READ)
    def page(self, request: ListRequest, *, limit: int = 50, after: str = "") -> ListPage[EventRow]:
        """One page of events and the cursor of the next."""
        with self._store.read() as connection:
            now, actor = self._store.clock.now(), self._store.actor
            found = list_page(connection, self.entity, request, limit=limit, after=after, now=now, actor=actor)
            return ListPage(tuple(queries.rows(connection, found.items)), found.next)

    @verb(Permission.READ)
    def rows(self, ids: Sequence[int]) -> list[EventRow]:
        """The rows of these events, in this order; ids that are gone are left out."""
        with self._store.read() as connection:
            return queries.rows(connection, ids)

    @verb(Permission.READ)
    def drafts(self, ids: Sequence[int]) -> list[EventDraft]:
        """These events as a calendar file holds them, in this order; ids that are gone are left out."""
        with self._store.read() as connection:
            documents = load(connection, CATALOGUE[self.entity], ids)
            tags: dict[int, tuple[str, ...]] = {}
            for chunk in sliced(documents):
                tags.update(tags_of(connection, "event", chunk))
            gone = queries.trashed_occurrences(connection)
        return [_draft(*documents[one], tags.get(one, ()), gone.get(one, set())) for one in ids if one in documents]

    @verb(Permission.READ)
    def between(self, since: datetime, until: datetime) -> list[EventRow]:
        """What takes place from `since` to before `until`, series unrolled, ordered by start, whole days first.

        Whole days are those of the acting user's zone.
        """
        with self._store.read() as connection:
            zone = zone_of(connection, self._store.actor)
            days = _days(since, until, zone)
            low, high = min(since, days[0]), max(until, days[1])
            standing = queries.standing(connection, since=to_millis(low), until=to_millis(high))
            replaced = queries.replaced(connection) if any(event.repeats for event in standing) else {}
            found: list[tuple[datetime, datetime, int]] = []
            for event in standing:
                window = days if event.all_day else (since, until)
                found += _occurrences(event, window, replaced.get(event.id, set()))
            by_id: dict[int, EventRow] = {
                row.id: row for row in queries.rows(connection, list({local_id for _, _, local_id in found}))
            }
        shown = [_shown(by_id[local_id], start, end) for start, end, local_id in found if local_id in by_id]
        return sorted(shown, key=lambda row: (row.starts_on is None, row.starts_at, row.ends_at, row.id))

    @verb(Permission.EDIT)
    def take(self, drafts: Iterable[EventDraft]) -> EventsTaken:
        """Make or change the events of a calendar by their uid and occurrence, in one batch.

        What stands here with a higher sequence is newer and stays.
        """
        with self._store.write("import", "event.take") as unit:
            taken = take_events(unit, drafts, self._store.actor)
        return replace(taken, batch=unit.batch_uid if unit.changed else None)


def take_events(unit: WriteUnit, drafts: Iterable[EventDraft], actor: bytes | None) -> EventsTaken:
    """Make or change the events of a calendar inside a unit, perhaps one that leaves nothing; without a batch."""
    wanted = _newest(drafts)
    taking = _Taking(unit, wanted, actor)
    taking.take([draft for key, draft in wanted.items() if key[1] is None])
    taking.take([draft for key, draft in wanted.items() if key[1] is not None])
    return EventsTaken(taking.created, taking.updated, taking.unchanged, taking.outdated, None)


class _Taking:
    """Carries the drafts of a calendar over to events, within one transaction."""

    def __init__(self, unit: WriteUnit, wanted: Mapping[_Key, EventDraft], actor: bytes | None) -> None:
        self._unit = unit
        self._actor = actor
        self._applier = DraftApplier(unit, EntityKind.EVENT, from_file=True)
        self._applier.prepare([RecordDraft(tags=draft.tags) for draft in wanted.values()])
        self._standing = queries.by_calendar_uid(unit.connection, {uid for uid, _ in wanted})
        emails = {person.email for draft in wanted.values() for person in draft.attendees}
        self._known = queries.contacts_by_email(unit.connection, emails)
        self._series: dict[str, str] = {}
        self.created = self.updated = self.unchanged = self.outdated = 0

    def take(self, drafts: Sequence[EventDraft]) -> None:
        """Make or change the events of these drafts."""
        ids = {_key(draft): self._standing.get(_key(draft)) for draft in drafts}
        masters = {draft.calendar_uid: self._standing.get((draft.calendar_uid, None)) for draft in drafts}
        wanted = {local_id for local_id in (*ids.values(), *masters.values()) if local_id is not None}
        documents = self._unit.load(EntityKind.EVENT, wanted)
        for uid, master in masters.items():
            if master is not None:
                self._series.setdefault(uid, documents[master][0].hex())
        edits = []
        for draft in drafts:
            local_id = ids[_key(draft)]
            edit = self._made(draft) if local_id is None else self._changed(draft, local_id, documents[local_id])
            if edit is not None:
                edits.append(edit)
        self._unit.save(EntityKind.EVENT, edits)

    def _made(self, draft: EventDraft) -> Edit:
        document = self._unit.blank(EntityKind.EVENT)
        document["source"] = "calendar"
        document["owner"] = self._actor.hex() if self._actor is not None else None
        self._carry_over(document, draft)
        uid = self._unit.uids.new()
        if draft.occurrence is None:
            self._series[draft.calendar_uid] = uid.hex()
        self.created += 1
        return Edit(uid, None, document)

    def _changed(self, draft: EventDraft, local_id: int, standing: tuple[bytes, Document]) -> Edit | None:
        uid, before = standing
        if draft.sequence < (before["sequence"] or 0):
            self.outdated += 1
            return None
        after = copied(before)
        self._carry_over(after, draft)
        if before["calendar_uid"] is None and draft.calendar_uid == uid.hex():
            # An event made here that comes back from a file: it is known by its own uid.
            after["calendar_uid"] = None
        if after == before:
            self.unchanged += 1
            return None
        self.updated += 1
        return Edit(uid, before, after, local_id)

    def _carry_over(self, document: Document, draft: EventDraft) -> None:
        document.update(
            title=draft.title or _UNTITLED,
            starts_at=to_millis(draft.starts_at),
            ends_at=to_millis(draft.ends_at),
            all_day=int(draft.all_day),
            # Whole days are the same in every zone: the one in which they were entered stays.
            time_zone=draft.time_zone or (document["time_zone"] if draft.all_day else None),
            location=draft.location or None,
            conference_url=draft.conference_url or None,
            status=draft.status,
            transparency=draft.transparency or None,
            visibility=draft.visibility or None,
            recurrence=draft.recurrence or None,
            excluded=_numbers(map(to_millis, draft.excluded)),
            added=_numbers(map(to_millis, draft.added)),
            alarms=_numbers(draft.alarms),
            calendar_uid=draft.calendar_uid or None,
            sequence=draft.sequence,
            notes=draft.notes or None,
        )
        if draft.occurrence is not None:
            document["occurrence_at"] = to_millis(draft.occurrence)
            document["recurrence_of"] = self._series.get(draft.calendar_uid) if draft.calendar_uid else None
        _set_attendees(self._applier, document, draft.attendees, self._known)
        rest = draft.rest or RecordDraft()
        self._applier.apply(document, RecordDraft(rest.fields, tags=draft.tags, custom=rest.custom))


def _key(draft: EventDraft) -> _Key:
    return draft.calendar_uid, None if draft.occurrence is None else to_millis(draft.occurrence)


def _newest(drafts: Iterable[EventDraft]) -> dict[_Key, EventDraft]:
    """The drafts by what they stand for, of several for one event the newest; those without a uid are all kept."""
    found: dict[_Key, EventDraft] = {}
    for number, draft in enumerate(drafts):
        key = _key(draft) if draft.calendar_uid else (f"\0{number}", None)
        known = found.get(key)
        if known is None or draft.sequence >= known.sequence:
            found[key] = draft
    return found


def _set_attendees(
    applier: DraftApplier, document: Document, people: Iterable[AttendeeDraft], known: Mapping[str, bytes]
) -> None:
    """Who is invited; somebody who was before keeps the element, and the contact that was chosen by hand."""
    standing = {element["email"]: (key, element) for key, element in sorted(document["attendees"].items())}
    attendees: Document = {}
    for person in people:
        key, before = standing.get(person.email, ("", {}))
        contact = known.get(person.email)
        attendees[key or applier.new_key()] = {
            "contact": contact.hex() if contact is not None else before.get("contact"),
            "email": person.email,
            "name": person.name or None,
            "response": person.response or None,
            "role": person.role or None,
            "is_organizer": int(person.is_organizer),
        }
    document["attendees"] = attendees


def _settle_end(document: Document) -> None:
    """An end after the start: of whole days one day later unless it is told, else an hour later."""
    start, end = document["starts_at"], document["ends_at"]
    if document["all_day"]:
        if start % DAY_MS or (end or 0) % DAY_MS:
            raise InvalidValue(
                "Start and end are not of one kind", "Give both as days or both with times.", field="ends_at"
            )
        document["ends_at"] = start + DAY_MS if end is None or end == start else end
    elif end is None:
        document["ends_at"] = start + _HOUR_MS
    if document["ends_at"] < start:
        raise InvalidValue("The event ends before it begins", "Choose a later end.", field="ends_at")


def _lasting_rule(document: Document) -> str:
    """The rule in its usual form. Raises InvalidValue for one that names no day."""
    rule = normal_rule(document["recurrence"])
    if not document["all_day"]:
        rule = until_end_of_day(rule)
    zone = _zone(document["all_day"], document["time_zone"])
    if following(rule, from_millis(document["starts_at"]), datetime.min.replace(tzinfo=UTC), zone) is None:
        raise InvalidValue(f"“{rule}” names no day that exists", "Choose another rule.", field="recurrence")
    return rule


def _zone(all_day: Any, name: str | None) -> tzinfo:
    """Where an event's rule counts: whole days are the same anywhere."""
    try:
        return UTC if all_day or not name else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _days(since: datetime, until: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """The whole days of a zone that a time touches, as midnights UTC, the end exclusive."""
    first = since.astimezone(zone).date()
    last = max(since, until - timedelta(microseconds=1)).astimezone(zone).date()
    return datetime.combine(first, time.min, UTC), datetime.combine(last + timedelta(days=1), time.min, UTC)


def _occurrences(
    event: queries.StandingEvent, window: tuple[datetime, datetime], replaced: set[int]
) -> Iterable[tuple[datetime, datetime, int]]:
    """Start, end and id of each time that an event takes place within a window."""
    since, until = window
    lasting = timedelta(milliseconds=event.ends_at - event.starts_at)
    start = from_millis(event.starts_at)
    found = {start}
    if event.repeats:
        zone = _zone(event.all_day, event.time_zone)
        by_rule = starts(event.rule, start, zone, since=since - lasting, until=until) if event.rule else [start]
        left_out = set(map(from_millis, event.excluded | replaced))
        found = {*by_rule, *map(from_millis, event.added)} - left_out
    for moment in found:
        end = moment + lasting
        if moment < until and (end > since or moment == end == since):
            yield moment, end, event.id


def _shown(row: EventRow, start: datetime, end: datetime) -> EventRow:
    if start == row.starts_at:
        return row
    days = (start.date(), end.date()) if row.starts_on is not None else (None, None)
    return replace(row, starts_at=start, ends_at=end, starts_on=days[0], ends_on=days[1])


def _draft(uid: bytes, document: Document, tags: tuple[str, ...], gone: set[int]) -> EventDraft:
    """An event as a file holds it, without the occurrences that are `gone`: changed, and deleted after."""
    people = sorted(document["attendees"].items(), key=lambda item: (not item[1]["is_organizer"], item[0]))
    texts: dict[str, Any] = {name: document[name] or "" for name in _TEXTS}
    return EventDraft(
        **texts,
        starts_at=from_millis(document["starts_at"]),
        ends_at=from_millis(document["ends_at"] if document["ends_at"] is not None else document["starts_at"]),
        all_day=bool(document["all_day"]),
        time_zone="" if document["all_day"] else document["time_zone"] or "UTC",
        excluded=tuple(map(from_millis, sorted({*queries.listed(document["excluded"]), *gone}))),
        added=tuple(map(from_millis, queries.listed(document["added"]))),
        alarms=tuple(reversed(queries.listed(document["alarms"]))),
        calendar_uid=document["calendar_uid"] or uid.hex(),
        sequence=document["sequence"] or 0,
        occurrence=None if document["occurrence_at"] is None else from_millis(document["occurrence_at"]),
        attendees=tuple(
            AttendeeDraft(
                person["email"],
                person["name"] or "",
                person["response"] or "",
                person["role"] or "",
                bool(person["is_organizer"]),
            )
            for _, person in people
        ),
        tags=tags,
    )


def _numbers(values: Iterable[int]) -> str | None:
    """A JSON list in order; None of nothing."""
    found = sorted(set(values))
    return orjson.dumps(found).decode() if found else None
