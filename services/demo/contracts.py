"""The custom fields of the demo world: plan, seats, contract end, newsletter.

They depend on the latents and on whether somebody bought, never on whether they left: a field that knew would
give away the label it is later judged by.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from services.demo.draws import Stream
from services.demo.journeys import NEVER

if TYPE_CHECKING:
    from datetime import date

    from services.demo.draws import IntArray
    from services.demo.journeys import Journeys
    from services.demo.latents import Latents
    from services.demo.plan import Calendar

PLANS: Final = ("Starter", "Team", "Business", "Enterprise")
_PLAN_WEIGHTS: Final = (
    (0.55, 0.35, 0.10, 0.00),
    (0.12, 0.45, 0.38, 0.05),
    (0.00, 0.08, 0.42, 0.50),
    (0.10, 0.40, 0.40, 0.10),
)
_SEATS_MEDIAN: Final = (8.0, 24.0, 70.0, 260.0)
_SEATS_SPREAD: Final = 0.4
_SEATS_BY_TOUCH: Final = 0.42
_NEWSLETTER: Final = 0.41
_TERMS_DAYS: Final = (365, 365, 730, 1096)


@dataclass(frozen=True, slots=True)
class Contracts:
    """Columns of the custom fields; empty where nothing was bought."""

    plans: list[str]
    seats: list[int | None]
    ends: list[date | None]
    newsletters: list[bool]


def draw_contracts(seed: int, *, latents: Latents, journeys: Journeys, calendar: Calendar) -> Contracts:
    """Draw the fields; a contract ends where its running term does, counted from the day it was signed."""
    count = len(latents.segment)
    stream = Stream(seed, "contracts")
    edges = np.cumsum(np.array(_PLAN_WEIGHTS), axis=1)[latents.segment]
    plan = (stream.uniform(count)[:, None] >= edges[:, :-1]).sum(axis=1)
    spread = _SEATS_SPREAD * stream.normal(count) + _SEATS_BY_TOUCH * latents.touch
    seats = np.maximum(np.array(_SEATS_MEDIAN)[plan] * np.exp(spread), 1).astype(np.int64)
    term = np.array(_TERMS_DAYS)[stream.below(len(_TERMS_DAYS), count)]
    bought = journeys.customer < NEVER
    return Contracts(
        plans=[PLANS[code] if signed else "" for code, signed in zip(plan.tolist(), bought, strict=True)],
        seats=[number if signed else None for number, signed in zip(seats.tolist(), bought, strict=True)],
        ends=_ends(journeys.customer, term=term, calendar=calendar),
        newsletters=stream.chance(_NEWSLETTER, count).tolist(),
    )


def _ends(customer: IntArray, *, term: IntArray, calendar: Calendar) -> list[date | None]:
    """The first end of term after the last day: the date as it stands in a file of today."""
    bought = customer < NEVER
    running = np.where(bought, calendar.days - customer, 0)
    end = np.where(bought, customer + (running // term + 1) * term, 0)
    return [
        calendar.first_day + timedelta(days=day) if signed else None
        for day, signed in zip(end.tolist(), bought.tolist(), strict=True)
    ]
