"""The leads and tasks of a demo world: the hand-written ones, and drawn ones by the size of the world."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from services.clock import to_millis
from services.demo.draws import Stream
from services.demo.pools import to_ascii
from services.demo.sale_days import SaleDays, midnight, work_day
from services.demo.sales import DemoDeal, DemoLead, DemoTask
from services.values.text import fold

if TYPE_CHECKING:
    from services.demo.world import DemoWorld

_CONTACTS_A_LEAD: Final = 20
_CONTACTS_A_TASK: Final = 10
_OPEN_FROM_CONTACTS: Final = 312
_CONTACTS_AN_OPEN_TASK: Final = 40
_CONTACTS_A_CONVERSION: Final = 100
_MOST_CONVERSIONS: Final = 40
_MOST_DAYS_AHEAD: Final = 21
_LEAD_STATES: Final = ("new", "working", "nurturing", "qualified", "disqualified")
_LEAD_WEIGHTS: Final = (0.30, 0.30, 0.15, 0.10, 0.15)


class LeadMaker:
    """Makes the leads of one world."""

    def __init__(self, world: DemoWorld, days: SaleDays, lists: dict[str, Any]) -> None:
        self._world = world
        self._plan = world.plan
        self._days = days
        self._lists = lists
        self._words: dict[str, list[str]] = lists["words"]
        self.leads: list[DemoLead] = []

    def make(self) -> tuple[DemoLead, ...]:
        """First the hand-written, in worlds of some size, then the drawn, then those whom one knows as contacts now."""
        if self._plan.contacts >= len(self._lists["lead"]):
            self.leads += [self._written_lead(n, entry) for n, entry in enumerate(self._lists["lead"], start=1)]
        self._draw_leads()
        self._draw_converted()
        return tuple(self.leads)

    def _written_lead(self, number: int, entry: dict[str, Any]) -> DemoLead:
        due = self._days.to_come(entry["due"]) if "due" in entry else None
        return DemoLead(
            key=f"L-{number:05d}",
            name=entry["name"],
            company=entry["company"],
            status=entry["status"],
            source=entry["source"],
            created_ms=self._days.moment(work_day(self._days.day(-entry["days"])), time(8, 20)),
            title=entry["title"],
            city=entry["city"],
            country=entry["country"],
            email=_address(entry["name"], entry["company"]),
            due_ms=due,
            reason=entry.get("reason", ""),
            notes=entry.get("notes", ""),
        )

    def _draw_leads(self) -> None:
        count = self._plan.contacts // _CONTACTS_A_LEAD
        stream = Stream(self._plan.seed, "leads")
        contacts = self._world.contacts
        first, last, firm = (stream.below(len(contacts), count).tolist() for _ in range(3))
        state = stream.pick(_LEAD_WEIGHTS, count).tolist()
        age = (3 + stream.exponential(40.0, count)).astype(np.int64).tolist()
        word = stream.uniform(count).tolist()
        words = self._words
        for number in range(count):
            name = f"{contacts.call_names[first[number]]} {contacts.call_last_names[last[number]]}"
            ending = words["firms"][int(word[number] * len(words["firms"]))]
            company = f"{contacts.call_last_names[firm[number]]} {ending}"
            status = _LEAD_STATES[state[number]]
            refusal = words["refusals"][int(word[number] * len(words["refusals"]))]
            day = work_day(max(self._days.day(-age[number]), self._days.first))
            self.leads.append(
                DemoLead(
                    key=f"L-{number + 1 + len(self._lists['lead']):05d}",
                    name=name,
                    company=company,
                    status=status,
                    source=words["sources"][int(word[number] * len(words["sources"]))],
                    created_ms=self._days.moment(day, time(9, 30)),
                    city=contacts.call_cities[firm[number]],
                    country=contacts.countries[firm[number]],
                    email=_address(name, company),
                    due_ms=self._days.to_come(1 + age[number] % 5) if status in ("new", "working") else None,
                    reason=refusal if status == "disqualified" else "",
                )
            )

    def _draw_converted(self) -> None:
        """People who came in as leads: on the day from which one knows them as contacts they were converted."""
        rows = self._once_leads()
        count = min(-(-self._plan.contacts // _CONTACTS_A_CONVERSION), _MOST_CONVERSIONS, len(rows))
        stream = Stream(self._plan.seed, "converted leads")
        order = np.argsort(stream.uniform(len(rows)))[:count].tolist()
        ahead = (4 + stream.below(14, count)).tolist()
        word = stream.uniform(count).tolist()
        contacts, sources, known = self._world.contacts, self._words["sources"], len(self.leads)
        for number in range(count):
            row = rows[order[number]]
            day = contacts.known_since[row]
            self.leads.append(
                DemoLead(
                    key=f"L-{known + number + 1 + len(self._lists['lead']):05d}",
                    name=f"{contacts.first_names[row]} {contacts.last_names[row]}",
                    company=self._world.companies.names[int(contacts.companies[row])],
                    status="converted",
                    source=sources[int(word[number] * len(sources))],
                    created_ms=self._days.moment(work_day(day - timedelta(days=ahead[number])), time(9, 30)),
                    title=contacts.titles[row],
                    email=contacts.emails[row].lower(),
                    contact=row,
                    converted_ms=self._days.moment(day, time(12, 5)),
                )
            )

    def _once_leads(self) -> list[int]:
        """The rows of contacts who can have been leads before: nobody else has their email or their firm's name."""
        contacts, firms = self._world.contacts, self._world.companies
        emails = Counter(email.lower() for email in (*contacts.emails, *contacts.private_emails))
        names = Counter(map(fold, firms.names))
        earliest, last = self._days.first + timedelta(days=_MOST_DAYS_AHEAD), self._days.day(-1)
        return [
            row
            for row, day in enumerate(contacts.known_since)
            if earliest <= day <= last
            and contacts.first_names[row]
            and contacts.last_names[row]
            and contacts.emails[row]
            and emails[contacts.emails[row].lower()] == 1
            and contacts.companies[row] >= 0
            and names[fold(firms.names[int(contacts.companies[row])])] == 1
        ]


class TaskMaker:
    """Makes the tasks of one world, once its deals are known."""

    def __init__(self, world: DemoWorld, days: SaleDays, lists: dict[str, Any], deals: Sequence[DemoDeal]) -> None:
        self._world = world
        self._plan = world.plan
        self._days = days
        self._lists = lists
        self._words: dict[str, list[str]] = lists["words"]
        self._deals = deals
        self.tasks: list[DemoTask] = []

    def make(self) -> tuple[DemoTask, ...]:
        """First the hand-written, then the drawn."""
        self._write_tasks()
        self._draw_tasks()
        return tuple(self.tasks)

    def _write_tasks(self) -> None:
        deals = {deal.title: row for row, deal in reversed(list(enumerate(self._deals)))}
        for entry in self._lists["task"]:
            title = self._days.filled(entry.get("deal", ""))
            if title and title not in deals:
                continue
            row = deals.get(title, -1)
            self.tasks.append(self._written_task(entry, row))

    def _written_task(self, entry: dict[str, Any], deal: int) -> DemoTask:
        due = entry.get("due")
        at = time.fromisoformat(entry["at"]) if "at" in entry else None
        due_ms = None
        if due is not None:
            due_ms = (
                midnight(self._days.day(due))
                if at is None
                else to_millis(datetime.combine(self._days.day(due), at, self._days.zone))
            )
        done = self._days.moment(self._days.day(entry["done"]), time(9, 15)) if "done" in entry else None
        return DemoTask(
            title=entry["title"],
            created_ms=self._days.moment(work_day(self._days.day(min(due or 0, 0) - 6)), time(9, 20)),
            priority=entry["priority"],
            deal=deal,
            contact=self._deals[deal].contact if deal >= 0 else -1,
            due_ms=due_ms,
            is_day=at is None,
            remind_ms=due_ms - entry["remind"] * 60_000 if due_ms is not None and "remind" in entry else None,
            recurrence=entry.get("recurrence", ""),
            done_ms=done,
        )

    def _draw_tasks(self) -> None:
        """Calls and follow-ups of the past months, done; in larger worlds some are still to come."""
        count = self._plan.contacts // _CONTACTS_A_TASK
        stream = Stream(self._plan.seed, "tasks")
        contacts = self._world.contacts
        contact = stream.below(len(contacts), count).tolist()
        age = (2 + stream.exponential(60.0, count)).astype(np.int64).tolist()
        word = stream.uniform(count).tolist()
        to_come = max(0, (self._plan.contacts - _OPEN_FROM_CONTACTS) // _CONTACTS_AN_OPEN_TASK)
        for number in range(count):
            row = contact[number]
            is_open = number < to_come
            day = (
                self._days.day(1 + age[number] % 21) if is_open else max(self._days.day(-age[number]), self._days.first)
            )
            created = min(day, self._plan.today) - timedelta(days=4)
            title = self._words["tasks"][int(word[number] * len(self._words["tasks"]))]
            self.tasks.append(
                DemoTask(
                    title=title.replace("{first}", contacts.call_names[row] or "them"),
                    created_ms=self._days.moment(work_day(created), time(9)),
                    contact=row,
                    due_ms=midnight(day),
                    done_ms=None if is_open else self._days.moment(day, time(14, 10)),
                )
            )


def _address(name: str, company: str) -> str:
    local = ".".join(filter(None, (to_ascii(word, umlauts=True) for word in name.split())))
    firm = "-".join(filter(None, (to_ascii(word, umlauts=True) for word in company.split())))
    return f"{local}@{firm}.example" if local and firm else ""
