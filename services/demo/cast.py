"""The hand-written people every world begins with, read from `resources/seed/demo/cast.toml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from services.clock import to_millis
from services.demo.pools import read_toml

if TYPE_CHECKING:
    from services.demo.plan import Calendar, DemoPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class CastCompany:
    """A firm of the cast."""

    name: str
    domain: str
    industry: str
    segment: str
    size: int
    country: str
    city: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CastEntry:
    """One activity of the cast: `at` is "days-before-the-end HH:MM" in the owner's zone."""

    at: str
    channel: str
    mood: int
    subject: str
    body: str
    minutes: int = 0
    outcome: str = ""
    amount: int = 0

    @property
    def days_ago(self) -> int:
        """How many days before the last one."""
        return int(self.at.split()[0])

    def moment_ms(self, plan: DemoPlan) -> int:
        """Milliseconds UTC; what is older than a day and falls on a weekend moves to the Friday before."""
        day = plan.today - timedelta(days=self.days_ago)
        if self.days_ago > 1 and day.weekday() >= 5:
            day -= timedelta(days=day.weekday() - 4)
        clock = time.fromisoformat(self.at.split()[1])
        return to_millis(datetime.combine(day, clock, ZoneInfo(plan.time_zone)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CastContact:
    """A person of the cast; empty texts are filled as for anybody else."""

    first: str
    last: str
    title: str
    company: str
    notes: str = ""
    email: str = ""
    mobile: str = ""
    office: str = ""
    street: str = ""
    postal_code: str = ""
    language: str = ""
    plan: str = ""
    seats: int = 0
    tags: tuple[str, ...] = ()
    latents: dict[str, float] = field(default_factory=dict)
    older: int = 0
    entries: tuple[CastEntry, ...] = ()
    duplicate_of: str = ""
    duplicate_kind: str = ""

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"


@dataclass(frozen=True, slots=True)
class Cast:
    """The firms and people in the order in which they open a world, cut to its size."""

    companies: tuple[CastCompany, ...]
    contacts: tuple[CastContact, ...]

    def company_of(self) -> list[int]:
        """Index of each person's firm."""
        names = [company.name for company in self.companies]
        return [names.index(contact.company) for contact in self.contacts]


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """A hand-written activity in its world: whose, when, and the texts with the dates filled in."""

    contact: int
    at_ms: int
    entry: CastEntry
    subject: str
    body: str


def load_cast(plan: DemoPlan) -> Cast:
    """The first people of the cast, as many as the world holds."""
    lists = read_toml("cast.toml")
    contacts = tuple(_contact(entry) for entry in lists["contact"][: plan.contacts])
    wanted = {contact.company for contact in contacts}
    companies = (CastCompany(**entry) for entry in lists["company"])
    return Cast(tuple(company for company in companies if company.name in wanted), contacts)


def place_entries(cast: Cast, *, plan: DemoPlan, calendar: Calendar, months: tuple[str, ...]) -> list[PlacedEntry]:
    """The hand-written activities that lie inside the world; `months` are the names of the twelve."""
    slots = {
        "{owner}": plan.owner_name.split()[0],
        "{year}": str(coming_year(plan.today.year, plan.today.month)),
        "{yy}": f"{plan.today.year % 100:02d}",
        "{month}": months[plan.today.month % 12],
        "{promised}": ordinal((plan.today - timedelta(days=5)).day),
    }
    placed = []
    for row, contact in enumerate(cast.contacts):
        for entry in contact.entries:
            at_ms = entry.moment_ms(plan)
            if calendar.start_ms <= at_ms <= calendar.end_ms:
                subject, body = _fill(entry.subject, slots), _fill(entry.body, slots)
                placed.append(PlacedEntry(row, at_ms, entry, subject, body))
    return placed


def coming_year(year: int, month: int) -> int:
    """The year people plan for: this one in its first half, then the next."""
    return year + int(month > 6)


def ordinal(day: int) -> str:
    """A day of the month in English: 1st, 2nd, 19th."""
    ending = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _fill(text: str, slots: dict[str, str]) -> str:
    for slot, value in slots.items():
        text = text.replace(slot, value)
    return text


def _contact(entry: dict[str, Any]) -> CastContact:
    values = {**entry, "tags": tuple(entry.get("tags", ()))}
    values["entries"] = tuple(CastEntry(**line) for line in entry.get("entries", ()))
    return CastContact(**values)
