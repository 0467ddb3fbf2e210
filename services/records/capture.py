"""What quick capture reads out of a typed line, what saving it would make, and what it made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from services.records.fields import EntityKind
from services.records.ids import Uid


class CaptureKind(StrEnum):
    """What a line is about to do or says was done."""

    CALL = "call"
    EMAIL = "email"
    MEETING = "meeting"
    TASK = "task"
    NOTE = "note"


class PartKind(StrEnum):
    """What the words of a part stand for."""

    KIND = "kind"
    PERSON = "person"
    NEW_PERSON = "new_person"
    COMPANY = "company"
    NEW_COMPANY = "new_company"
    DEAL = "deal"
    AMOUNT = "amount"
    DATE = "date"
    TIME = "time"
    REPEAT = "repeat"
    PRIORITY = "priority"
    TAG = "tag"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """A contact, company or deal that a name means; `detail` tells it from others of the name.

    `amount` in minor units of `currency` and `company_id` are known of deals, `company_id` of contacts too,
    `currency` and `country` of companies that tell them.
    """

    entity: EntityKind
    id: int
    uid: Uid
    name: str
    detail: str = ""
    company_id: int | None = None
    amount: int | None = None
    currency: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class CapturedAmount:
    """Money in the smallest unit of its ISO 4217 currency."""

    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class CapturedTime:
    """A time of the day in the rep's zone, and when it ends where the line says so."""

    starts: time
    ends: time | None = None


PartValue = str | date | CapturedTime | CapturedAmount | NamedRecord | CaptureKind | None
"""A name, tag, address, number, priority or rule as text; None where one of `choices` is to be taken yet."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words of the line and what they mean; `span` is None for a part that was added by hand.

    `is_guess` marks what is likely only, such as a misspelt name. `choices` are the records that an ambiguous
    name may mean; `value` is None until one is taken.
    """

    kind: PartKind
    value: PartValue
    span: tuple[int, int] | None = None
    is_guess: bool = False
    choices: tuple[NamedRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Captured:
    """A line with its parts in the order of the line, those added by hand last.

    `subject` is what remains of the line beside the parts, `title` the line without what becomes a field of its
    own (days, times, tags, priority). `done` says that it happened; otherwise it is to do.
    """

    line: str
    parts: tuple[Part, ...] = ()
    subject: str = ""
    title: str = ""
    done: bool = False

    def of(self, *kinds: PartKind) -> tuple[Part, ...]:
        """The parts of these kinds."""
        return tuple(part for part in self.parts if part.kind in kinds)

    def first(self, kind: PartKind) -> Part | None:
        """The first part of a kind."""
        return next((part for part in self.parts if part.kind is kind), None)

    @property
    def kind(self) -> CaptureKind | None:
        """What is to do or was done; None where only values were typed."""
        part = self.first(PartKind.KIND)
        return part.value if part is not None and isinstance(part.value, CaptureKind) else None


class PlannedChange(StrEnum):
    """Whether saving makes a record or changes one."""

    CREATE = "create"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class PlannedRecord:
    """One record that saving would make or change; `kind` is the type of an activity, else ""."""

    change: PlannedChange
    entity: EntityKind
    title: str
    kind: str = ""
    local_id: int | None = None


@dataclass(frozen=True, slots=True)
class CapturePlan:
    """What saving would do: `words` says it ("1 deal and 1 task"), `problem` what stands in the way.

    `instead` is the one open deal of the company to which the amount could be added instead of to a new deal.
    """

    records: tuple[PlannedRecord, ...]
    words: str
    problem: str = ""
    instead: NamedRecord | None = None


@dataclass(frozen=True, slots=True)
class CapturedRecord:
    """One record that was made or changed."""

    change: PlannedChange
    entity: EntityKind
    id: int
    uid: Uid
    title: str


@dataclass(frozen=True, slots=True)
class CaptureSaved:
    """What saving made; one batch, so one undo."""

    records: tuple[CapturedRecord, ...]
    batch: Uid | None
