"""Pipelines, stages, deals and leads as they are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from services.records.ids import CompanyId, ContactId, DealId, LeadId, PipelineId, StageId, Uid


class StageKind(StrEnum):
    """What it means to be in a stage."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class StageRow:
    """A step of a pipeline; `probability` in percent, `rotting_days` after which a deal in it is stale."""

    id: StageId
    uid: Uid
    pipeline_id: PipelineId
    pipeline_uid: Uid
    name: str
    kind: StageKind
    probability: int
    rotting_days: int | None
    required_fields: tuple[str, ...]
    position: int


@dataclass(frozen=True, slots=True)
class PipelineRow:
    """A way from the first talk to the order, with its stages in order."""

    id: PipelineId
    uid: Uid
    name: str
    currency: str
    position: int
    stages: tuple[StageRow, ...]

    def first_of(self, kind: StageKind) -> StageRow | None:
        """The first stage of a kind."""
        return next((stage for stage in self.stages if stage.kind is kind), None)


@dataclass(frozen=True, slots=True)
class StageDraft:
    """What a user says of a stage; one without `uid` is new."""

    name: str
    kind: StageKind = StageKind.OPEN
    probability: int = 0
    rotting_days: int | None = None
    required_fields: tuple[str, ...] = ()
    uid: Uid | None = None


@dataclass(frozen=True, slots=True)
class DealRow:
    """A deal as lists and boards show it; `amount` in minor units, `probability` the one that counts now."""

    id: DealId
    uid: Uid
    title: str
    company_id: CompanyId | None
    company: str
    contact_id: ContactId | None
    contact: str
    amount: int | None
    currency: str
    pipeline: str
    stage_id: StageId | None
    stage: str
    kind: StageKind
    probability: int
    stage_entered_at: datetime | None
    rotting_days: int | None
    expected_close: date | None
    closed_at: datetime | None
    next_step: str
    next_step_due: date | None
    owner: str
    created_at: datetime
    last_activity_at: datetime | None
    tags: tuple[str, ...]


DEAL_ROLES: Final = ("champion", "decision", "user", "influencer", "blocker", "other")
"""The parts that people play in a deal; `decision` is who decides."""


@dataclass(frozen=True, slots=True)
class DealPerson:
    """Somebody who plays a part in a deal."""

    uid: Uid
    contact_id: ContactId
    contact_uid: Uid
    name: str
    role: str
    is_primary: bool


@dataclass(frozen=True, slots=True)
class StageVisit:
    """A deal came into a stage, worth so much then; names are empty for stages that are gone for good."""

    before: str
    after: str
    changed_at: datetime
    amount: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class LeadRow:
    """A lead as a list shows it."""

    id: LeadId
    uid: Uid
    name: str
    title: str
    company: str
    email: str
    phone: str
    city: str
    country: str
    source: str
    status: str
    score: int | None
    response_due: datetime | None
    responded_at: datetime | None
    owner: str
    last_activity_at: datetime | None
    created_at: datetime
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a lead became; `deal` is None when none was wanted."""

    lead: Uid
    contact: Uid
    company: Uid | None
    deal: Uid | None
    made_contact: bool
    made_company: bool
    batch: Uid | None


Money = tuple[tuple[str, int], ...]
"""Sums by currency, in minor units, the largest count of deals first."""


@dataclass(frozen=True, slots=True)
class BoardLane:
    """One stage of a board; a won or lost stage holds the deals closed in the running month."""

    stage: StageRow
    ids: tuple[int, ...]
    total: Money
    weighted: Money


@dataclass(frozen=True, slots=True)
class PipelineTotals:
    """What stands over a board; the three counts are of open deals."""

    open: int
    total: Money
    weighted: Money
    overdue: int
    without_next_step: int
    stale: int
