"""Decides what records a captured line makes or changes: one list that the plan shows and that saving carries out.

Pure: what the workspace knows beside the line comes in as an argument.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from services.capture.editing import beside_amount
from services.records.capture import (
    Captured,
    CapturedAmount,
    CapturedTime,
    CaptureKind,
    NamedRecord,
    Part,
    PartKind,
    PlannedChange,
    PlannedRecord,
)
from services.records.fields import EntityKind
from services.values.text import clean

NOBODY_NAMED: Final = "A log entry needs somebody"
NOTHING_SAID: Final = "There is nothing to save yet"
_MORNING: Final = time(9)
_NOON: Final = time(12)
_LONGEST_TITLE: Final = 200
_UNTITLED: Final = "Task"


@dataclass(frozen=True, slots=True)
class Named:
    """Whom or what a record is linked to: a known record, or the name of one that the same line makes."""

    name: str
    record: NamedRecord | None = None


@dataclass(frozen=True, slots=True)
class Intent:
    """One record to make or change; `local_id` is that of the one to change.

    Moments are aware UTC, `due` is a day or a moment. `points` are new mail addresses and numbers by kind.
    """

    change: PlannedChange
    entity: EntityKind
    title: str
    kind: str = ""
    local_id: int | None = None
    amount: CapturedAmount | None = None
    due: date | datetime | None = None
    ends_at: datetime | None = None
    remind_at: datetime | None = None
    rule: str = ""
    priority: str = ""
    url: str = ""
    body: str = ""
    duration_s: int | None = None
    points: tuple[tuple[PartKind, str], ...] = ()
    people: tuple[Named, ...] = ()
    company: Named | None = None
    deal: NamedRecord | None = None
    deal_is_new: bool = False
    tags: tuple[str, ...] = ()

    def planned(self) -> PlannedRecord:
        """How a plan shows it."""
        return PlannedRecord(self.change, self.entity, self.title, self.kind, self.local_id)


def intents_of(captured: Captured, now: datetime, zone: tzinfo) -> tuple[Intent, ...]:
    """Every record that a line makes or changes, those first that others are linked to."""
    return _Deciding(captured, now, zone).decide()


class _Deciding:
    """Goes through the parts of one line."""

    def __init__(self, captured: Captured, now: datetime, zone: tzinfo) -> None:
        self._captured = captured
        self._now = now
        self._zone = zone
        self._people = tuple(map(_named, self._settled(PartKind.PERSON, PartKind.NEW_PERSON)))
        self._companies = tuple(map(_named, self._settled(PartKind.COMPANY, PartKind.NEW_COMPANY)))
        self._company = self._companies[0] if self._companies else None
        self._deal = next(iter(self._records(PartKind.DEAL)), None)
        self._tags = tuple(dict.fromkeys(str(part.value) for part in captured.of(PartKind.TAG)))
        amount = captured.first(PartKind.AMOUNT)
        self._amount = amount.value if amount is not None and isinstance(amount.value, CapturedAmount) else None

    def _settled(self, *kinds: PartKind) -> list[Part]:
        return [part for part in self._captured.of(*kinds) if part.value is not None]

    def _records(self, kind: PartKind) -> list[NamedRecord]:
        return [part.value for part in self._captured.of(kind) if isinstance(part.value, NamedRecord)]

    def decide(self) -> tuple[Intent, ...]:
        """The list."""
        made = [*self._new_companies(), *self._contacts(), *self._deals()]
        deed = self._deed(deal_is_new=any(one.entity is EntityKind.DEAL and one.local_id is None for one in made))
        return (*made, deed) if deed is not None else tuple(made)

    def _new_companies(self) -> list[Intent]:
        return [
            Intent(PlannedChange.CREATE, EntityKind.COMPANY, str(part.value))
            for part in self._settled(PartKind.NEW_COMPANY)
        ]

    def _contacts(self) -> list[Intent]:
        """New people, the addresses and numbers of the line being theirs where there is one; or news of one known."""
        new = self._settled(PartKind.NEW_PERSON)
        points = tuple((part.kind, str(part.value)) for part in self._settled(PartKind.EMAIL, PartKind.PHONE))
        tags = self._tags if self._captured.kind is None and self._amount is None else ()
        made = [
            Intent(
                PlannedChange.CREATE,
                EntityKind.CONTACT,
                str(part.value),
                points=points if len(new) == 1 else (),
                company=self._company,
                tags=tags,
            )
            for part in new
        ]
        known = self._records(PartKind.PERSON)
        # An address in a line about a call or a task may be anybody's; one in a note of somebody is news of them.
        if points and not new and len(known) == 1 and self._captured.kind in (None, CaptureKind.NOTE):
            one = known[0]
            made.append(Intent(PlannedChange.CHANGE, EntityKind.CONTACT, one.name, local_id=one.id, points=points))
        return made

    def _deals(self) -> list[Intent]:
        if self._amount is None:
            return []
        if self._deal is not None:
            change = PlannedChange.CHANGE
            return [Intent(change, EntityKind.DEAL, self._deal.name, local_id=self._deal.id, amount=self._amount)]
        return [
            Intent(
                PlannedChange.CREATE,
                EntityKind.DEAL,
                self._deal_title(),
                amount=self._amount,
                people=self._people[:1],
                company=self._company,
                tags=self._tags,
            )
        ]

    def _deal_title(self) -> str:
        """The words of a line that is about nothing else; else whom it is with."""
        whom = (
            (self._company or (self._people[0] if self._people else None)) if self._companies or self._people else None
        )
        words = beside_amount(self._captured)
        if not self._is_deed_said() and words:
            return _shortened(words)
        return whom.name if whom is not None else _shortened(words) or "Deal"

    def _is_deed_said(self) -> bool:
        """Whether a word or a day says that there is more to it than an amount."""
        part = self._captured.first(PartKind.KIND)
        when = self._captured.of(PartKind.DATE, PartKind.TIME, PartKind.REPEAT, PartKind.PRIORITY)
        return part is not None and (part.span is not None or bool(when))

    # --- What is done or to do ------------------------------------------------------------------------------

    def _deed(self, *, deal_is_new: bool) -> Intent | None:
        kind = self._captured.kind
        if kind is None or (self._amount is not None and not self._is_deed_said()):
            return None
        if self._captured.done or kind is CaptureKind.NOTE:
            return self._log_entry(kind, deal_is_new=deal_is_new)
        day = self._day()
        if kind is CaptureKind.MEETING and day is not None and self._time() is not None:
            return self._event(day, deal_is_new=deal_is_new)
        return self._task(day, deal_is_new=deal_is_new)

    def _day(self) -> date | None:
        part = self._captured.first(PartKind.DATE)
        return part.value if part is not None and isinstance(part.value, date) else None

    def _time(self) -> CapturedTime | None:
        part = self._captured.first(PartKind.TIME)
        return part.value if part is not None and isinstance(part.value, CapturedTime) else None

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self._zone).astimezone(UTC)

    def _text(self, kind: PartKind) -> str:
        part = self._captured.first(kind)
        return str(part.value) if part is not None else ""

    def _title(self) -> str:
        return _shortened(self._captured.title or self._captured.line) or _UNTITLED

    def _body(self) -> str:
        """The whole line where the title could not hold it."""
        whole = clean(self._captured.title or self._captured.line)
        return whole if len(whole) > _LONGEST_TITLE else ""

    def _log_entry(self, kind: CaptureKind, *, deal_is_new: bool) -> Intent:
        day, at = self._day(), self._time()
        occurred_at = self._now
        if day is not None and (at is not None or day != self._now.astimezone(self._zone).date()):
            occurred_at = self._moment(day, at.starts if at is not None else _NOON)
        duration = None
        if day is not None and at is not None and at.ends is not None:
            duration = int((self._moment(day, at.ends) - self._moment(day, at.starts)).total_seconds())
        logged = {CaptureKind.TASK: "note"}.get(kind, kind.value)
        return Intent(
            PlannedChange.CREATE,
            EntityKind.ACTIVITY,
            self._title(),
            kind=logged,
            due=occurred_at,
            duration_s=duration,
            body=self._body(),
            people=self._people,
            company=self._company,
            deal=self._deal,
            deal_is_new=deal_is_new,
            tags=self._tags,
        )

    def _event(self, day: date, *, deal_is_new: bool) -> Intent:
        at = self._time() or CapturedTime(_NOON)
        starts_at = self._moment(day, at.starts)
        ends_at = self._moment(day, at.ends) if at.ends is not None else starts_at + timedelta(hours=1)
        return Intent(
            PlannedChange.CREATE,
            EntityKind.EVENT,
            self._title(),
            due=starts_at,
            ends_at=ends_at,
            rule=self._text(PartKind.REPEAT),
            url=_with_scheme(self._text(PartKind.URL)),
            body=self._body(),
            people=self._people,
            company=self._company,
            deal=self._deal,
            deal_is_new=deal_is_new,
            tags=self._tags,
        )

    def _task(self, day: date | None, *, deal_is_new: bool) -> Intent:
        at = self._time()
        due: date | datetime | None = self._moment(day, at.starts) if day is not None and at is not None else day
        return Intent(
            PlannedChange.CREATE,
            EntityKind.TASK,
            self._title(),
            due=due,
            remind_at=self._reminder(due),
            rule=self._text(PartKind.REPEAT) if due is not None else "",
            priority=self._text(PartKind.PRIORITY),
            body=self._body(),
            people=self._people,
            company=self._company,
            deal=self._deal,
            deal_is_new=deal_is_new,
            tags=self._tags,
        )

    def _reminder(self, due: date | datetime | None) -> datetime | None:
        """When it is due, of whole days at nine in the morning; none for what is past."""
        if due is None:
            return None
        at = due if isinstance(due, datetime) else self._moment(due, _MORNING)
        return at if at > self._now else None


def _named(part: Part) -> Named:
    record = part.value if isinstance(part.value, NamedRecord) else None
    return Named(record.name if record is not None else str(part.value), record)


def _shortened(text: str) -> str:
    words = clean(text)
    return words if len(words) <= _LONGEST_TITLE else words[: _LONGEST_TITLE - 1].rstrip() + "…"


def _with_scheme(url: str) -> str:
    return f"https://{url}" if url and "://" not in url else url


_NOUNS: Final = {
    EntityKind.COMPANY: ("company", "companies"),
    EntityKind.CONTACT: ("contact", "contacts"),
    EntityKind.DEAL: ("deal", "deals"),
    EntityKind.TASK: ("task", "tasks"),
    EntityKind.EVENT: ("event", "events"),
    EntityKind.ACTIVITY: ("log entry", "log entries"),
}


def in_words(intents: tuple[Intent, ...]) -> str:
    """What a list of intents comes to: "1 deal and 1 task", "1 contact changed"."""
    pieces: list[str] = []
    for change in PlannedChange:
        for entity, (one, several) in _NOUNS.items():
            count = sum(intent.change is change and intent.entity is entity for intent in intents)
            if count:
                ending = " changed" if change is PlannedChange.CHANGE else ""
                pieces.append(f"{count} {one if count == 1 else several}{ending}")
    if len(pieces) < 2:
        return "".join(pieces) or "Nothing"
    return ", ".join(pieces[:-1]) + " and " + pieces[-1]
