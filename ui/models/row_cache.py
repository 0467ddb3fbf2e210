"""Rows that were read, by id: what is stale is still shown while the new one is on its way.

A read that began before its record changed again brings a row that is stale already; tickets tell.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Generic, TypeVar

Row = TypeVar("Row")

ROWS_KEPT: Final = 6_000


class RowCache(Generic[Row]):
    """Keeps the rows read last, and what could not be read."""

    def __init__(self, rows_kept: int = ROWS_KEPT) -> None:
        self._rows_kept = rows_kept
        self._rows: dict[int, Row] = {}
        self._stale: set[int] = set()
        self._errors: dict[int, str] = {}
        self._under_way: dict[int, int] = {}
        self._ticket = 0
        self._changed_at: dict[int, int] = {}
        self._all_changed_at = 0

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, local_id: int) -> Row | None:
        """The row as it was read last, stale or not."""
        return self._rows.get(local_id)

    def error(self, local_id: int) -> str:
        """Why the row could not be read, or ""."""
        return self._errors.get(local_id, "")

    def needs(self, local_id: int) -> bool:
        """Whether the row should be read: it is missing or stale, not on its way, and did not fail."""
        if local_id in self._under_way or local_id in self._errors:
            return False
        return local_id not in self._rows or local_id in self._stale

    def begin(self, ids: Iterable[int]) -> int:
        """Note that these are being read; returns the ticket that the answer is handed in with."""
        self._ticket += 1
        for local_id in ids:
            self._under_way[local_id] = self._ticket
        return self._ticket

    def arrived(self, ticket: int, ids: Sequence[int], rows: Mapping[int, Row], *, missing: str) -> None:
        """Keep the rows that were read; an id without one is an error that says `missing`."""
        for local_id in ids:
            self._end(local_id, ticket)
            row = rows.get(local_id)
            if row is None:
                self._errors[local_id] = missing
                continue
            # Read again and put last: the oldest reading is dropped first.
            self._rows.pop(local_id, None)
            self._rows[local_id] = row
            if max(self._changed_at.get(local_id, 0), self._all_changed_at) < ticket:
                self._stale.discard(local_id)
            else:
                self._stale.add(local_id)
        self._drop_oldest()

    def failed(self, ticket: int, ids: Iterable[int], why: str) -> None:
        """These could not be read; rows that were read before stay, and are not tried again by themselves."""
        for local_id in ids:
            self._end(local_id, ticket)
            self._errors[local_id] = why

    def invalidate(self, ids: Iterable[int] | None) -> None:
        """These records changed, or (None) any may have: read again when next shown."""
        # What is under way now carries a ticket up to the present one, and was begun before this change.
        if ids is None:
            self._all_changed_at = self._ticket
            self._stale.update(self._rows)
            self._changed_at.clear()
            self._errors.clear()
            self._under_way.clear()
            return
        for local_id in ids:
            self._changed_at[local_id] = self._ticket
            self._errors.pop(local_id, None)
            self._under_way.pop(local_id, None)
            if local_id in self._rows:
                self._stale.add(local_id)

    def forget_error(self, local_id: int) -> str:
        """Try again from now on; returns what was wrong."""
        return self._errors.pop(local_id, "")

    def forget_errors_like(self, why: str) -> None:
        """Try all again that failed for the same reason."""
        self._errors = {local_id: error for local_id, error in self._errors.items() if error != why}

    def _end(self, local_id: int, ticket: int) -> None:
        if self._under_way.get(local_id) == ticket:
            del self._under_way[local_id]

    def _drop_oldest(self) -> None:
        for local_id in list(self._rows)[: max(0, len(self._rows) - self._rows_kept)]:
            del self._rows[local_id]
            self._stale.discard(local_id)
        if len(self._changed_at) > 4 * self._rows_kept:
            self._changed_at.clear()
            self._all_changed_at = self._ticket
            self._stale.update(self._rows)
