"""Which tasks stand in which due list: ids in the order of the page, a heading before each list that holds any."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from services.records.planning import TaskRow
from services.store.queries.listing import ListRequest

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

ROWS_AT_ONCE: Final = 500


class DueList(IntEnum):
    """The due lists in the order of the page."""

    OVERDUE = 1
    TODAY = 2
    TOMORROW = 3
    THIS_WEEK = 4
    NEXT_WEEK = 5
    LATER = 6
    NO_DATE = 7
    DONE_TODAY = 8


QUERIES: Final = {
    DueList.TOMORROW: "status:open due_at:tomorrow",
    DueList.THIS_WEEK: "status:open due_at>tomorrow due_at<=this-week",
    DueList.NEXT_WEEK: "status:open due_at>tomorrow due_at:next-week",
    DueList.LATER: "status:open due_at>next-week",
    DueList.NO_DATE: "status:open due_at:none",
    DueList.DONE_TODAY: "status:done done_at:today",
}
_ORDER: Final = {DueList.NO_DATE: ("created", True), DueList.DONE_TODAY: ("done_at", True)}


def heading_id(due_list: DueList) -> int:
    """What stands for the heading of a list among the ids: no record has a number below 1."""
    return -due_list


def list_of_heading(local_id: int) -> DueList | None:
    """The list whose heading this is, None for a task."""
    return DueList(-local_id) if local_id < 0 else None


class AgendaSource:
    """Reads the due lists of everybody's open tasks, as they stand now."""

    def __init__(self, workspace: OpenWorkspace) -> None:
        self._workspace = workspace

    def ids(self) -> Sequence[int]:
        """The ids of all lists with their headings."""
        found = array("q")
        for due_list, ids in self._lists().items():
            if ids:
                found.append(heading_id(due_list))
                found.extend(ids)
        return found

    def rows(self, ids: Sequence[int]) -> Sequence[TaskRow]:
        """The rows of these tasks; headings have none."""
        return self._workspace.tasks.rows([local_id for local_id in ids if local_id > 0])

    def _lists(self) -> dict[DueList, Sequence[int]]:
        late = list(self._ids("status:open due_at<today"))
        today: list[int] = []
        now = self._workspace.store.clock.now()
        for row in self._today():
            # A whole day is late when it is over, a moment as soon as it has passed.
            (late if row.due_at is not None and row.due_at < now else today).append(row.id)
        lists: dict[DueList, Sequence[int]] = {DueList.OVERDUE: late, DueList.TODAY: today}
        for due_list, where in QUERIES.items():
            lists[due_list] = self._ids(where, *_ORDER.get(due_list, ("due_at", False)))
        return lists

    def _ids(self, where: str, sort: str = "due_at", descending: bool = False) -> Sequence[int]:
        return self._workspace.tasks.ids(ListRequest(where, sort, descending))

    def _today(self) -> list[TaskRow]:
        ids = self._ids("status:open due_at:today")
        found: list[TaskRow] = []
        for start in range(0, len(ids), ROWS_AT_ONCE):
            found += self._workspace.tasks.rows(ids[start : start + ROWS_AT_ONCE])
        # What has a time comes in its order, what may be done at any time after it.
        return sorted(found, key=lambda row: row.due_at is None)
