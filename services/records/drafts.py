"""What a person, a file or a provider gives to make or change a record, already normalised."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

Value = str | int | float | bool | date | datetime | None
"""A typed scalar: money is (minor units) int, moments are aware UTC, dates are plain dates."""


class PointKind(StrEnum):
    """The kinds of contact point."""

    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    URL = "url"
    SOCIAL = "social"


@dataclass(frozen=True, slots=True)
class PointDraft:
    """One way to reach somebody: as it was written, and in the form in which it is compared.

    `normal` is: email lower-cased; phone in E.164 (or its digits when it is no dialable number); url with
    scheme and lower-cased host; address folded to one line of lower-case words. `verified` and `bounced` are
    None where nothing is said of it: what is known of the same point stays.
    """

    kind: PointKind
    raw: str
    normal: str
    label: str = ""
    is_primary: bool = False
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    verified: bool | None = None
    bounced: bool | None = None


@dataclass(frozen=True, slots=True)
class RecordDraft:
    """The values of one record by contract name; only what is present in `fields` is meant to be changed.

    Fields with several values (`domain`, `participants`) are one text, parted by `values.lists.MARK`.
    """

    fields: dict[str, Value] = field(default_factory=dict)
    points: tuple[PointDraft, ...] = ()
    tags: tuple[str, ...] = ()
    custom: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RoleDraft:
    """What a contact is or was at a company, named by name or uid; None leaves a value, "" takes a day away."""

    company: str
    role: str | None = None
    started_on: date | Literal[""] | None = None
    ended_on: date | Literal[""] | None = None
    is_primary: bool = False


@dataclass(frozen=True, slots=True)
class ConsentDraft:
    """What a contact said of a channel: `state` is granted or withdrawn, `basis` "" where none is known.

    `decided_at` None means now.
    """

    channel: str
    state: str
    basis: str = ""
    decided_at: datetime | None = None
    proof: str = ""


@dataclass(frozen=True, slots=True)
class RowDraft:
    """One row of a file, normalised: `number` counts data rows from 1."""

    number: int
    draft: RecordDraft


@dataclass(frozen=True, slots=True)
class RowReject:
    """One row that cannot be read: which column, what stood there, and why."""

    number: int
    column: str
    value: str
    reason: str
    cells: tuple[str, ...] = ()
