"""Which verdict a row has: found by its number in the lists of an outcome."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

from services.importing.applying import Verdict
from services.importing.outcome import ImportOutcome
from services.records.drafts import RowReject


class RowVerdicts:
    """Answers for single rows, without a table of all of them."""

    def __init__(self, outcome: ImportOutcome | None = None) -> None:
        self._numbers = outcome.numbers if outcome is not None else {}
        self._rejects = {reject.number: reject for reject in outcome.rejects} if outcome is not None else {}

    def of(self, number: int) -> Verdict | None:
        """The verdict of a row; None for one that the file does not have."""
        if number in self._rejects:
            return Verdict.REJECTED
        for verdict, numbers in self._numbers.items():
            place = bisect_left(numbers, number)
            if place < len(numbers) and numbers[place] == number:
                return verdict
        return None

    def reject(self, number: int) -> RowReject | None:
        """Why a row cannot be read; None for one that can."""
        return self._rejects.get(number)

    def rejects_by_column(self) -> dict[str, tuple[RowReject, int]]:
        """For each column with unreadable values the first of them, and how many there are."""
        counts = Counter(reject.column for reject in self._rejects.values() if reject.value)
        firsts: dict[str, RowReject] = {}
        for reject in self._rejects.values():
            if reject.value:
                firsts.setdefault(reject.column, reject)
        return {column: (firsts[column], count) for column, count in counts.items() if column}


def most_telling(numbers: Mapping[Verdict, Sequence[int]]) -> int:
    """The row to show first: one that changes a record, else a new one, else the first of the file."""
    for verdict in (Verdict.UPDATED, Verdict.FILLED, Verdict.CREATED):
        if numbers.get(verdict):
            return numbers[verdict][0]
    return 1
