"""The page of tasks on a real workspace, in a window with its panel and its toasts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from services.bus import EventBus
from services.clock import ManualClock
from services.records.drafts import RecordDraft, Value
from services.records.planning import TaskRow
from services.store.queries.listing import ListRequest
from tests.ui.pages.record.stage import NOW, WAIT_MS, OpenPanel, QuietProgram, make_book
from ui.bridge import Bridge
from ui.key_map import KeyMap
from ui.operations.performing import Performer
from ui.pages import PageContext, Target
from ui.pages.tasks.agenda import DueList
from ui.pages.tasks.agenda_model import list_name
from ui.pages.tasks.page import TasksPage
from ui.session_state import SessionState
from ui.shortcuts import Shortcuts
from ui.tasks import Tasks
from ui.theme.theme import Theme
from ui.widgets.toast_host import ToastHost

WIDTH: Final = 1200
HEIGHT: Final = 800


class TaskStage:
    """One page with everything it needs; what it does outside is remembered."""

    def __init__(self, qtbot: QtBot, theme: Theme, folder: Path) -> None:
        self.qtbot = qtbot
        self.clock = ManualClock(NOW)
        self.tasks = Tasks()
        self.navigated: list[Target] = []
        bus = EventBus(self.tasks.gui.post)
        self.workspace = make_book(folder, self.clock, bus)
        self.tasks.attach(self.workspace.store)
        self.bridge = Bridge(bus)
        self.window = QWidget()
        self.window.resize(WIDTH, HEIGHT)
        qtbot.addWidget(self.window)
        self.toasts = ToastHost(self.window)
        self.panel = OpenPanel()
        self.performer = Performer(self.workspace, self.tasks, self.toasts)
        self.context = PageContext(
            workspace=self.workspace,
            tasks=self.tasks,
            toasts=self.toasts,
            bridge=self.bridge,
            theme=theme,
            state=SessionState(folder),
            navigate=self.navigated.append,
            perform=self.performer,
            panel=self.panel,
            program=QuietProgram(),
        )
        self._page: TasksPage | None = None

    @property
    def page(self) -> TasksPage:
        """The page, made when it is first asked for."""
        if self._page is None:
            page = TasksPage(self.context)
            row = QHBoxLayout(self.window)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(0)
            row.addWidget(page.widget, 1)
            page.panel.setFixedWidth(400)
            page.panel.hide()
            row.addWidget(page.panel)
            self.panel.widget = page.panel
            self.keys = Shortcuts(self.window, KeyMap(self.context.state))
            self.keys.set_page("tasks", page.title, page.shortcuts())
            self._page = page
        return self._page

    def add(self, title: str, due: Value = None, *, own: Mapping[str, Value] | None = None, **values: Value) -> int:
        """A task, put in beforehand; `own` are the user's own fields by name."""
        fields: dict[str, Value] = {"title": title, **values}
        if due is not None:
            fields["due_at"] = due
        return self.workspace.tasks.add(RecordDraft(fields, custom=dict(own or {}))).id

    def open(self, target: Target | None = None) -> None:
        """Bring the page to the front, with its lists read."""
        page = self.page
        self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        page.opened(target or Target("tasks"))
        self.settle()

    @property
    def lists(self) -> dict[str, list[str]]:
        """The titles in each due list, as they stand on the page."""
        self.settle()
        agenda = self.page.view_model.agenda
        found: dict[str, list[str]] = {}
        for row in range(agenda.rowCount()):
            due_list = agenda.list_at(row)
            assert isinstance(due_list, DueList)
            titles = found.setdefault(list_name(due_list), [])
            if not agenda.is_heading(row):
                agenda.index(row, 0).data()
                self.settle()
                titles.append(str(agenda.index(row, 0).data()))
        return found

    def go_to(self, title: str) -> int:
        """Put the keyboard on the task of that title; its id."""
        local_id = self.row(title).id
        assert self.page.pane.list.go_to(local_id)
        self.settle()
        return local_id

    def open_task(self, title: str) -> None:
        """Show the task of that title in the panel."""
        self.page.open_task(self.row(title).id)
        self.until(lambda: self.page.task_panel.local_id == self.row(title).id)
        self.settle()

    def row(self, title: str) -> TaskRow:
        """The newest living task of that title as it stands in the store."""
        service = self.workspace.tasks
        rows = service.rows(service.ids(ListRequest("", "id", descending=True)))
        return next(row for row in rows if row.title == title)

    def press(self, keys: str) -> None:
        """Run the shortcut of the page, as the frame does when nobody types."""
        run = next(shortcut.run for shortcut in self.page.shortcuts() if shortcut.keys == keys)
        assert run is not None
        run()

    def settle(self) -> None:
        """Wait until nothing is under way, and nothing is about to begin."""
        for _ in range(2):
            self.qtbot.wait(5)
            self.qtbot.waitUntil(self._is_quiet, timeout=WAIT_MS)

    def until(self, condition: Callable[[], Any]) -> None:
        """Wait for something to become true."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

    def undo(self) -> None:
        """Press Ctrl+Z."""
        self.performer.undo()
        self.settle()

    @property
    def toast(self) -> str:
        """What the toast on show says, "" for none."""
        shown = self.toasts.current
        return shown.message if shown is not None else ""

    def set_time(self, moment: datetime) -> None:
        """Let time pass."""
        self.clock.set(moment)

    def close(self) -> None:
        """Close the page, the store and the threads."""
        if self._page is not None:
            self._page.closed()
        self.bridge.close()
        self.tasks.close()
        self.workspace.close()

    def _is_quiet(self) -> bool:
        if self._page is None or not self.tasks.is_settled:
            return self.tasks.is_settled
        view_model = self._page.view_model
        timers = (view_model.agenda._reread, view_model.agenda._next_reads, view_model._reread)
        return not any(timer.isActive() for timer in timers)
