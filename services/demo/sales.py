"""What the rep of a demo world sells: deals with the stages they went through, leads and tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

OPEN_STAGES: Final = ("Qualified", "Discovery", "Proposal", "Negotiation")
"""The open stages of the pipeline that a workspace starts with."""

WON: Final = "Won"
LOST: Final = "Lost"


@dataclass(frozen=True, slots=True)
class DemoStep:
    """A deal came into a stage."""

    at_ms: int
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDeal:
    """A deal; `contact` and `company` are row numbers, `people` (row number, role) with the main person first."""

    key: str
    title: str
    company: int
    contact: int
    amount: int
    currency: str
    steps: tuple[DemoStep, ...]
    expected_close: date | None = None
    next_step: str = ""
    next_step_due: date | None = None
    loss_reason: str = ""
    competitor: str = ""
    people: tuple[tuple[int, str], ...] = ()

    @property
    def stage(self) -> str:
        """The stage it stands in at the end."""
        return self.steps[-1].stage


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLead:
    """Somebody who may become a customer; `contact` is the row it was converted into, or -1."""

    key: str
    name: str
    company: str
    status: str
    source: str
    created_ms: int
    title: str = ""
    city: str = ""
    country: str = ""
    email: str = ""
    due_ms: int | None = None
    reason: str = ""
    notes: str = ""
    contact: int = -1
    converted_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTask:
    """Something to do; `deal` and `contact` are row numbers or -1, `due_ms` a moment or the midnight UTC of a day."""

    title: str
    created_ms: int
    priority: str = "normal"
    deal: int = -1
    contact: int = -1
    due_ms: int | None = None
    is_day: bool = True
    remind_ms: int | None = None
    recurrence: str = ""
    done_ms: int | None = None


@dataclass(frozen=True, slots=True)
class DemoSales:
    """What a rep sells in a world."""

    deals: tuple[DemoDeal, ...] = ()
    leads: tuple[DemoLead, ...] = ()
    tasks: tuple[DemoTask, ...] = ()
