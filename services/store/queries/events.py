"""Events of a calendar: what may fall into a time, the rows shown of it, and who is known by which address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from services.clock import from_millis
from services.records.ids import CompanyId, ContactId, DealId, EventId, Uid
from services.records.planning import Attendee, EventRow
from services.store.connection import Connection
from services.store.documents import sliced
from services.store.queries.pages import marks, tags_of

_OWN: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class StandingEvent:
    """When an event takes place, and by which rule again; moments in ms UTC, all-day ones midnights UTC."""

    id: int
    starts_at: int
    ends_at: int
    all_day: bool
    time_zone: str
    rule: str
    excluded: frozenset[int]
    added: tuple[int, ...]

    @property
    def repeats(self) -> bool:
        """Whether it takes place more than once."""
        return bool(self.rule or self.added)


def standing(connection: Connection, *, since: int, until: int) -> list[StandingEvent]:
    """Living events that may take place from `since` to `until` (ms UTC), and every series begun before `until`."""
    # With one begun series in ten events the index on the start is of no use: the scan reads the rows in order.
    sql = (
        "SELECT e.id, e.starts_at, coalesce(e.ends_at, e.starts_at), e.all_day, e.time_zone, e.recurrence, e.excluded, "
        "e.added FROM event e LEFT JOIN event s ON s.id = e.recurrence_of_id "
        "WHERE e.deleted_at IS NULL AND e.status <> 'cancelled' AND e.starts_at < ? "
        "AND (e.recurrence IS NOT NULL OR e.added IS NOT NULL OR coalesce(e.ends_at, e.starts_at) >= ?) "
        "AND (e.recurrence_of_id IS NULL OR (s.deleted_at IS NULL AND s.status <> 'cancelled'))"
    )
    return [_standing(row) for row in connection.exec_driver_sql(sql, (until, since))]


def _standing(row: Any) -> StandingEvent:
    return StandingEvent(
        row[0], row[1], row[2], bool(row[3]), row[4] or "", row[5] or "", frozenset(listed(row[6])), listed(row[7])
    )


def listed(text: str | None) -> tuple[int, ...]:
    """The numbers of a JSON list; none of nothing."""
    return tuple(orjson.loads(text)) if text else ()


def replaced(connection: Connection) -> dict[int, set[int]]:
    """By series the occurrences that events of their own stand for, in ms UTC of the start they had.

    One in the trash counts too: who deletes a changed occurrence does not want the unchanged one back.
    """
    sql = (
        "SELECT recurrence_of_id, occurrence_at FROM event "
        "WHERE recurrence_of_id IS NOT NULL AND occurrence_at IS NOT NULL"
    )
    found: dict[int, set[int]] = defaultdict(set)
    for series, occurrence in connection.exec_driver_sql(sql):
        found[series].add(occurrence)
    return found


def trashed_occurrences(connection: Connection) -> dict[int, set[int]]:
    """By series the occurrences whose own events lie in the trash, in ms UTC of the start they had."""
    sql = (
        "SELECT recurrence_of_id, occurrence_at FROM event "
        "WHERE recurrence_of_id IS NOT NULL AND occurrence_at IS NOT NULL AND deleted_at IS NOT NULL"
    )
    found: dict[int, set[int]] = defaultdict(set)
    for series, occurrence in connection.exec_driver_sql(sql):
        found[series].add(occurrence)
    return found


def rows(connection: Connection, ids: Sequence[int]) -> list[EventRow]:
    """The rows of these events in this order, of a series its first occurrence; ids that are gone are left out."""
    found: dict[int, EventRow] = {}
    for chunk in sliced(ids):
        found.update(_rows(connection, list(chunk)))
    return [found[local_id] for local_id in ids if local_id in found]


def _rows(connection: Connection, ids: list[int]) -> dict[int, EventRow]:
    sql = (
        "SELECT e.id, e.uid, e.title, e.starts_at, coalesce(e.ends_at, e.starts_at), e.all_day, e.time_zone, "
        "e.location, e.conference_url, e.status, e.recurrence, e.contact_id, k.display_name, e.company_id, c.name, "
        "e.deal_id, d.title, u.name, e.notes FROM event e LEFT JOIN contact k ON k.id = e.contact_id "
        "LEFT JOIN company c ON c.id = e.company_id LEFT JOIN deal d ON d.id = e.deal_id "
        f"LEFT JOIN user u ON u.id = e.owner_id WHERE e.id IN ({marks(ids)})"
    )
    tags = tags_of(connection, "event", ids)
    people = _attendees(connection, ids)
    return {
        row[0]: _row(row, people.get(row[0], ()), tags.get(row[0], ()))
        for row in connection.exec_driver_sql(sql, tuple(ids))
    }


def _row(row: Any, attendees: Iterable[Attendee], tags: tuple[str, ...]) -> EventRow:
    starts_at, ends_at, all_day = from_millis(row[3]), from_millis(row[4]), bool(row[5])
    return EventRow(
        id=EventId(row[0]),
        uid=Uid(row[1]),
        title=row[2],
        starts_at=starts_at,
        ends_at=ends_at,
        starts_on=starts_at.date() if all_day else None,
        ends_on=ends_at.date() if all_day else None,
        time_zone=row[6] or "",
        location=row[7] or "",
        conference_url=row[8] or "",
        status=row[9],
        recurrence=row[10] or "",
        contact_id=ContactId(row[11]) if row[11] is not None else None,
        contact=row[12] or "",
        company_id=CompanyId(row[13]) if row[13] is not None else None,
        company=row[14] or "",
        deal_id=DealId(row[15]) if row[15] is not None else None,
        deal=row[16] or "",
        owner=row[17] or "",
        notes=row[18] or "",
        attendees=tuple(attendees),
        tags=tags,
    )


def _attendees(connection: Connection, ids: list[int]) -> dict[int, list[Attendee]]:
    sql = (
        "SELECT a.event_id, a.uid, a.contact_id, a.email, coalesce(a.name, k.display_name, ''), a.response, a.role, "
        "a.is_organizer FROM event_attendee a LEFT JOIN contact k ON k.id = a.contact_id "
        f"WHERE a.event_id IN ({marks(ids)}) ORDER BY a.is_organizer DESC, a.uid"
    )
    found: dict[int, list[Attendee]] = defaultdict(list)
    for event, uid, contact, *told in connection.exec_driver_sql(sql, tuple(ids)):
        email, name, response, role, is_organizer = told
        contact_id = ContactId(contact) if contact is not None else None
        found[event].append(Attendee(Uid(uid), contact_id, email, name, response or "", role or "", bool(is_organizer)))
    return found


def by_calendar_uid(connection: Connection, uids: Collection[str]) -> dict[tuple[str, int | None], int]:
    """(uid of the calendar, occurrence in ms UTC or None for the event itself) -> local id, of living events."""
    found: dict[tuple[str, int | None], int] = {}
    for chunk in sliced(sorted(uids)):
        sql = (
            "SELECT calendar_uid, occurrence_at, id FROM event "
            f"WHERE calendar_uid IN ({marks(chunk)}) AND deleted_at IS NULL ORDER BY id DESC"
        )
        # Of two that say the same the older wins: it stands last and overwrites.
        found.update({(row[0], row[1]): row[2] for row in connection.exec_driver_sql(sql, tuple(chunk))})
    # An event made here has no uid of a calendar: files know it by its own.
    own = [bytes.fromhex(uid) for uid in uids if _OWN.fullmatch(uid) and (uid, None) not in found]
    for part in sliced(own):
        sql = (
            f"SELECT uid, id FROM event WHERE uid IN ({marks(part)}) AND calendar_uid IS NULL "
            "AND occurrence_at IS NULL AND deleted_at IS NULL"
        )
        found.update({(row[0].hex(), None): row[1] for row in connection.exec_driver_sql(sql, tuple(part))})
    return found


def contacts_by_email(connection: Connection, emails: Collection[str]) -> dict[str, bytes]:
    """The uids of the living contacts that have these addresses; the oldest contact of one that several have."""
    found: dict[str, bytes] = {}
    for chunk in sliced(sorted(emails)):
        sql = (
            "SELECT p.normal, c.uid FROM contact_point p JOIN contact c ON c.id = p.contact_id "
            f"WHERE p.kind = 'email' AND p.normal IN ({marks(chunk)}) AND c.deleted_at IS NULL ORDER BY c.id DESC"
        )
        found.update({row[0]: row[1] for row in connection.exec_driver_sql(sql, tuple(chunk))})
    return found
