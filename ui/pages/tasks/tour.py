"""The states of the page of tasks that are worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QPoint

from ui.pages import TourState
from ui.pages.tasks.tasks_pane import TasksPane
from ui.pages.tasks.view_model import TasksViewModel

SHOWN_STEPS: Final = 4


class PhotographedTasks(Protocol):
    """What the tour asks of the page."""

    pane: TasksPane
    view_model: TasksViewModel

    def open_task(self, local_id: int) -> None:
        """Show a task in the panel."""
        ...

    def close_panel(self) -> None:
        """Give the room of the panel back to the lists."""
        ...

    def snooze_current(self) -> None:
        """Offer moments for the current task."""
        ...


def tour_states(page: PhotographedTasks) -> list[TourState]:
    """Each state starts from the due lists as they open."""
    makers: dict[str, Callable[[], None]] = {
        "list": lambda: _reach(page, 1),
        "editor": lambda: _open(page),
        "adding": lambda: _add(page),
        "due-menu": page.pane.add.offer_days,
        "month": page.pane.add.open_month,
        "snooze": lambda: _snooze(page),
        "row-menu": lambda: _row_menu(page),
    }
    return [_state(page, name, make) for name, make in makers.items()]


def _state(page: PhotographedTasks, name: str, make: Callable[[], None]) -> TourState:
    def prepare() -> None:
        page.close_panel()
        page.pane.add.clear()
        page.pane.list.setFocus()
        _when_filled(page, make)

    return TourState(name, prepare)


def _when_filled(page: PhotographedTasks, then: Callable[[], None]) -> None:
    if page.view_model.agenda.is_read:
        then()
        return

    def arrived() -> None:
        page.view_model.lists_changed.disconnect(arrived)
        then()

    page.view_model.lists_changed.connect(arrived)


def _reach(page: PhotographedTasks, steps: int) -> None:
    page.pane.list.clearSelection()
    page.pane.list.setCurrentIndex(page.view_model.agenda.index(-1, 0))
    for _ in range(steps):
        page.pane.list.step(1)
    page.pane.list.scrollToTop()


def _open(page: PhotographedTasks) -> None:
    _reach(page, SHOWN_STEPS)
    current = page.pane.list.current_id
    if current is not None:
        page.open_task(current)


def _add(page: PhotographedTasks) -> None:
    page.pane.start_adding()
    page.pane.add.title.set_text("Send the signed offer")


def _snooze(page: PhotographedTasks) -> None:
    _reach(page, SHOWN_STEPS)
    page.snooze_current()


def _row_menu(page: PhotographedTasks) -> None:
    _reach(page, SHOWN_STEPS)
    current = page.pane.list.current_id
    if current is not None:
        rect = page.pane.list.visualRect(page.pane.list.currentIndex())
        corner = page.pane.list.viewport().mapToGlobal(rect.center() + QPoint(0, rect.height() // 2))
        page.pane.list.menu_wanted.emit(current, corner)
