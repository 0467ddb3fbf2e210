"""Rows that look like a record that is here, or like an earlier row, and what somebody decided of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from services.records.ids import Uid

SURE: Final = 95
"""From this score on, likely duplicates may be decided all at once."""


class Choice(StrEnum):
    """What becomes of a row that looks like a duplicate: one record of both, a record of its own, or nothing."""

    MERGE = "merge"
    KEEP = "keep"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class LikelyRow:
    """A row that no key matches, and what it looks like: a standing record, or an earlier row (`other_number`).

    `score` is 0 to 100, `reason` one sentence.
    """

    number: int
    name: str
    other: str
    other_detail: str
    score: int
    reason: str
    grounds: tuple[str, ...]
    standing_id: int | None = None
    standing_uid: Uid | None = None
    other_number: int = 0

    def as_document(self) -> dict[str, Any]:
        """The answer of the command line."""
        like = {"like_row": self.other_number} if self.standing_uid is None else {"like_uid": self.standing_uid.hex()}
        return {
            "row": self.number,
            "name": self.name,
            "like": self.other,
            **like,
            "score": self.score,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class RowDecision:
    """What was decided of one row; merged into the record of this id, or into an earlier row."""

    number: int
    choice: Choice
    standing_id: int | None = None
    other_number: int = 0


def decide(likely: LikelyRow, choice: Choice) -> RowDecision:
    """A decision about a row."""
    return RowDecision(likely.number, choice, likely.standing_id, likely.other_number)


def decide_sure(likely: Iterable[LikelyRow], choice: Choice) -> tuple[RowDecision, ...]:
    """The same decision about all rows that are surely duplicates; the others stay records of their own."""
    return tuple(decide(one, choice) for one in likely if one.score >= SURE)


class Decided:
    """Decisions as an import needs them."""

    def __init__(self, decisions: Iterable[RowDecision] = ()) -> None:
        self.skipped: set[int] = set()
        self.into: dict[int, int] = {}
        self.leaders: dict[int, int] = {}
        for one in decisions:
            if one.choice is Choice.SKIP:
                self.skipped.add(one.number)
            elif one.choice is Choice.MERGE and one.standing_id is not None:
                self.into[one.number] = one.standing_id
            elif one.choice is Choice.MERGE and one.other_number:
                self.leaders[one.number] = one.other_number
