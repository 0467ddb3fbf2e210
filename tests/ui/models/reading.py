"""A store that reads when it is told to, and lists of numbered rows, for tests of item models."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pytestqt.qtbot import QtBot

from services.errors import MyCrmError
from ui.delegates.roles import CellKind, CellRole
from ui.models.columns import Column
from ui.models.grouped_ids import GroupedIds, GroupOfIds
from ui.models.grouped_table_model import GroupedTableModel
from ui.tasks import Tasks

Result = TypeVar("Result")


@dataclass(frozen=True)
class Numbered:
    """A row that says its id and which edition of the data it comes from."""

    id: int
    text: str


@dataclass
class NumberedSource:
    """A list of ids; what it reads is remembered."""

    listed: Sequence[int]
    edition: str = "a"
    gone: frozenset[int] = frozenset()
    refused: MyCrmError | None = None
    rows_read: list[list[int]] = field(default_factory=list)
    lists_read: int = 0

    def ids(self) -> Sequence[int]:
        """All ids."""
        self.lists_read += 1
        if self.refused is not None:
            raise self.refused
        return array("q", self.listed)

    def rows(self, ids: Sequence[int]) -> Sequence[Numbered]:
        """Their rows."""
        self.rows_read.append(list(ids))
        if self.refused is not None:
            raise self.refused
        return [Numbered(local_id, f"{self.edition}{local_id}") for local_id in ids if local_id not in self.gone]


@dataclass
class GroupedNumbers(NumberedSource):
    """The same by group: what `groups` names with their ids, each worth its count."""

    groups: dict[str | None, Sequence[int]] = field(default_factory=dict)

    def ids(self) -> Sequence[int]:
        super().ids()
        return GroupedIds(
            [GroupOfIds(key, key or "None", array("q", ids), f"€{len(ids)}") for key, ids in self.groups.items()]
        )


class Reins:
    """A runner whose work waits until the test lets it run."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[], Any], Future[Any]]] = []

    def run_read(self, work: Callable[[], Result]) -> Future[Result]:
        """Keep the work."""
        future: Future[Result] = Future()
        self.waiting.append((work, future))
        return future

    run_write = run_read

    def go(self, place: int = 0) -> None:
        """Run one piece of work now."""
        work, future = self.waiting.pop(place)
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(work())
        except MyCrmError as error:
            future.set_exception(error)


class Reading:
    """A lazy model over numbered rows, and the reins of its reads."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.reins = Reins()
        self.tasks = Tasks()
        self.tasks.attach(self.reins)
        columns: list[Column[Numbered]] = [
            Column("check", "", CellKind.CHECK, lambda _row: ""),
            Column("text", "Text", CellKind.NAME, lambda row: row.text, {CellRole.AVATAR_ID: lambda row: row.id}),
            Column("plain", "Plain", CellKind.TEXT, lambda row: row.text, field="plain"),
        ]
        self.model: GroupedTableModel[Numbered] = GroupedTableModel(columns, self.tasks)

    def go(self, place: int = 0) -> None:
        """Run one read and let its answer arrive."""
        self.reins.go(place)
        self.settle()

    def settle(self) -> None:
        """Let the event loop come round."""
        self._qtbot.wait(1)

    def show(self, source: NumberedSource) -> None:
        """Show a list, with its ids arrived."""
        self.model.show_list(source)
        self.go()

    def read_all(self) -> None:
        """Run every read there is, and those that follow from them."""
        self.settle()
        while self.reins.waiting:
            self.go()

    def texts(self, *rows: int) -> list[Any]:
        """What the rows show now; asking for them is what a view does when it paints."""
        return [self.model.index(row, 1).data() for row in rows]

    def state(self, row: int) -> Any:
        """The state of a row."""
        return self.model.index(row, 0).data(CellRole.ROW_STATE)

    def close(self) -> None:
        """End the threads."""
        self.model.close()
        self.tasks.close()


@contextmanager
def reading(qtbot: QtBot) -> Iterator[Reading]:
    """A `Reading` that is closed afterwards."""
    made = Reading(qtbot)
    try:
        yield made
    finally:
        made.close()
