"""The deals of a demo world: those of the cast as they are written, the rest drawn.

Drawn deals move on every other Friday, when the rep looks through her pipeline. They are closed before the last day,
so that the board shows the hand-written ones, until a world is large enough to have more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from services.demo.draws import Stream
from services.demo.sale_days import SaleDays, work_day
from services.demo.sales import LOST, OPEN_STAGES, WON, DemoDeal, DemoStep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.demo.world import DemoWorld

_CLOSED_A_CONTACT: Final = 0.1
_OPEN_FROM_CONTACTS: Final = 312
_CONTACTS_AN_OPEN_DEAL: Final = 40
_WIN_SHARE: Final = 0.42
_DAYS_IN_STAGE: Final = (10.0, 16.0, 15.0, 12.0)
_SHORTEST_STAY: Final = 14
_REACHES: Final = (0.30, 0.30, 0.25, 0.15)
_VALUE_MEDIAN: Final = (3_200.0, 17_000.0, 46_000.0, 24_000.0)
_VALUE_SPREAD: Final = 0.55
_MINOR: Final = 100
_CAST_HOUR: Final = time(9, 5)
_WITHOUT_MINOR: Final = frozenset({"JPY", "KRW", "ISK", "HUF"})


class DealMaker:
    """Makes the deals of one world."""

    def __init__(self, world: DemoWorld, days: SaleDays, lists: dict[str, Any]) -> None:
        self._world = world
        self._plan = world.plan
        self._days = days
        self._lists = lists
        self._words: dict[str, list[str]] = lists["words"]
        self._at_company: dict[int, int] = {}
        for row, company in enumerate(world.contacts.companies.tolist()):
            self._at_company.setdefault(company, row)
        self.deals: list[DemoDeal] = []

    def make(self) -> tuple[DemoDeal, ...]:
        """First the hand-written, then the drawn."""
        companies = {name: row for row, name in enumerate(self._world.companies.names)}
        for entry in self._lists["deal"]:
            row = companies.get(entry["company"], -1)
            if row in self._at_company:
                self.deals.append(self._written_deal(entry, row))
        self._draw_deals()
        return tuple(self.deals)

    def _written_deal(self, entry: dict[str, Any], company: int) -> DemoDeal:
        is_won = entry["stage"] == WON
        reached = (*OPEN_STAGES, WON) if is_won else OPEN_STAGES[: OPEN_STAGES.index(entry["stage"]) + 1]
        entered = self._days.day(-entry["since"])
        first = entered - timedelta(days=entry["before"])
        steps = []
        for place, stage in enumerate(reached[:-1]):
            day = first + timedelta(days=round(entry["before"] * place / (len(reached) - 1)))
            steps.append(DemoStep(self._days.friday_before(day) + place, stage))
        steps.append(DemoStep(self._days.moment(work_day(entered), _CAST_HOUR), reached[-1]))
        people = self._people(entry.get("people", ()), company)
        return DemoDeal(
            key=f"D-{len(self.deals) + 1:05d}",
            title=self._days.filled(entry["title"]),
            company=company,
            contact=people[0][0],
            amount=entry["amount"] * _MINOR,
            currency="EUR",
            steps=tuple(steps),
            expected_close=self._days.day(entry["close"]) if "close" in entry else entered,
            next_step=entry.get("step", ""),
            next_step_due=self._days.day(entry["due"]) if "due" in entry else None,
            people=people,
        )

    def _people(self, named: Any, company: int) -> tuple[tuple[int, str], ...]:
        contacts = self._world.contacts
        names = {
            f"{contacts.first_names[row]} {contacts.last_names[row]}": row
            for row in range(min(len(contacts), len(self._at_company) + 40))
        }
        found = [(names[person["name"]], person["role"]) for person in named if person["name"] in names]
        return tuple(found) or ((self._at_company[company], ""),)

    def _draw_deals(self) -> None:
        closed = round(self._plan.contacts * _CLOSED_A_CONTACT)
        still_open = max(0, (self._plan.contacts - _OPEN_FROM_CONTACTS) // _CONTACTS_AN_OPEN_DEAL)
        count = closed + still_open
        draws = _DealDraws.of(self._plan.seed, count, len(self._world.contacts))
        for number in range(count):
            deal = self._drawn_deal(draws, number, is_open=number >= closed)
            if deal is not None:
                self.deals.append(deal)

    def _drawn_deal(self, draws: _DealDraws, number: int, *, is_open: bool) -> DemoDeal | None:
        contacts = self._world.contacts
        contact = int(draws.contact[number])
        company = int(contacts.companies[contact])
        if company < 0:
            return None
        known = (contacts.known_since[contact] - self._days.first).days
        days = (self._plan.today - self._days.first).days
        last = min(days - 15, int(self._world.journeys.left[contact]) - 1)
        stays = [max(_SHORTEST_STAY, round(length)) for length in draws.stays[number]]
        reached = 1 + int(draws.reached[number])
        is_won = not is_open and bool(draws.won[number])
        passed = OPEN_STAGES if is_won else OPEN_STAGES[:reached]
        took = sum(stays[: len(passed)])
        earliest = max(known, 0) + took
        if last - earliest < 1:
            return None
        ends = days - 1 if is_open else earliest + int(draws.when[number] * (last - earliest))
        steps = list(self._drawn_steps(passed, stays, ends - took))
        if not is_open:
            steps.append(DemoStep(self._days.friday(ends), WON if is_won else LOST))
        ordered = tuple(DemoStep(step.at_ms + place, step.stage) for place, step in enumerate(steps))
        return self._told(draws, number, contact, company, ordered)

    def _drawn_steps(self, stages: tuple[str, ...], stays: list[int], begins: int) -> Iterator[DemoStep]:
        day = begins
        for stage, stay in zip(stages, stays, strict=False):
            yield DemoStep(self._days.friday(day), stage)
            day += stay

    def _told(
        self, draws: _DealDraws, number: int, contact: int, company: int, steps: tuple[DemoStep, ...]
    ) -> DemoDeal:
        contacts, words = self._world.contacts, self._words
        stage = steps[-1].stage
        is_open = stage in OPEN_STAGES
        segment = int(self._world.latents.segment[contact])
        major = max(8, round(_VALUE_MEDIAN[segment] * float(np.exp(_VALUE_SPREAD * draws.value[number])) / 100)) * 100
        currency = contacts.currencies[contact] or "EUR"
        reason = words["losses"][int(draws.word[number] * len(words["losses"]))]
        rivals = words["competitors"]
        entered = datetime.fromtimestamp(steps[-1].at_ms / 1000, self._days.zone).date()
        return DemoDeal(
            key=f"D-{len(self.deals) + 1:05d}",
            title=self._days.filled(words["titles"][int(draws.title[number] * len(words["titles"]))]),
            company=company,
            contact=contact,
            amount=major * (1 if currency in _WITHOUT_MINOR else _MINOR),
            currency=currency,
            steps=steps,
            expected_close=self._days.day(20 + int(draws.when[number] * 70)) if is_open else entered,
            next_step=words["steps"][int(draws.word[number] * len(words["steps"]))] if is_open else "",
            next_step_due=self._days.day(int(draws.when[number] * 14) - 1) if is_open else None,
            loss_reason=reason if stage == LOST else "",
            competitor=rivals[int(draws.title[number] * len(rivals))]
            if reason == "Competitor" and stage == LOST
            else "",
            people=((contact, ""),),
        )


@dataclass(frozen=True, slots=True)
class _DealDraws:
    """The random numbers of all drawn deals, an entry a deal."""

    contact: Any
    stays: Any
    reached: Any
    won: Any
    when: Any
    value: Any
    title: Any
    word: Any

    @classmethod
    def of(cls, seed: int, count: int, contacts: int) -> _DealDraws:
        """Draw for `count` deals."""
        stream = Stream(seed, "deals")
        stays = np.stack([stream.exponential(mean, count) for mean in _DAYS_IN_STAGE], axis=1)
        return cls(
            contact=stream.below(contacts, count),
            stays=stays,
            reached=stream.pick(_REACHES, count),
            won=stream.chance(_WIN_SHARE, count),
            when=stream.uniform(count),
            value=stream.normal(count),
            title=stream.uniform(count),
            word=stream.uniform(count),
        )
