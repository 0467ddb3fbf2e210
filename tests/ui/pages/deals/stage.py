"""The page of deals on a real workspace, in a window with its panel, its keys and its toasts."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from services.bus import EventBus
from services.clock import Clock, ManualClock
from services.open_workspace import OpenWorkspace
from services.records.drafts import RecordDraft, Value
from services.records.sales import DealRow
from services.store.queries.listing import ListRequest
from tests.ui.pages.record.stage import OpenPanel, QuietProgram, add_contact, make_book, open_copy
from ui.bridge import Bridge
from ui.delegates.deal_card import card_rect
from ui.key_map import KeyMap
from ui.operations.performing import Performer
from ui.pages import PageContext, Target
from ui.pages.deals.lane import Lane
from ui.pages.deals.page import DealsPage
from ui.session_state import SessionState
from ui.shortcuts import Shortcuts
from ui.tasks import Tasks
from ui.theme.theme import Theme
from ui.widgets.toast_host import ToastHost

NOW: Final = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY: Final = date(2026, 11, 24)
WAIT_MS: Final = 10_000

BOARD: Final = (
    ("Harrow & Finch", "Document workflow", 9_400, "Qualified", 4, date(2027, 1, 12), "Intro mail", 2),
    ("Arden Valley Dairy", "Cold chain", 16_300, "Qualified", 2, date(2027, 1, 30), "Log visit notes", None),
    ("Solveig Textiles", "Dye plant pilot", 18_600, "Qualified", 41, date(2026, 12, 19), "", None),
    ("Tessaro Ceramics", "Kiln analytics", 53_000, "Discovery", 8, date(2026, 12, 18), "Site visit", 0),
    ("Vireo Health", "Patient scheduling", 38_500, "Discovery", 11, date(2026, 12, 17), "Review", 3),
    ("Almeda Logistics", "Renewal 2027", 58_300, "Proposal", 14, date(2026, 12, 15), "Pricing", -2),
    ("Cobalt Ridge", "Haulage module", 76_200, "Proposal", 27, date(2026, 12, 22), "NDA", -5),
    ("Lindgaard Marine", "Fleet contract", 92_000, "Negotiation", 6, date(2026, 12, 9), "Terms", 1),
)
"""Company, title, whole euros, stage, days in it, close, next step, days until it is due."""


def add_deal(workspace: OpenWorkspace, title: str, **values: Value) -> int:
    """A deal with these values."""
    return workspace.deals.add(RecordDraft({"title": title, "currency": "EUR", **values})).id


def make_board(folder: Path) -> Path:
    """A closed workspace with the deals of `BOARD`, one of them won this month, and two contacts."""
    clock = ManualClock(NOW)
    book = make_book(folder, clock, EventBus())
    fill_board(book, clock)
    book.store.checkpoint()
    book.close()
    return folder / "book.mycrm"


def fill_board(book: OpenWorkspace, clock: ManualClock) -> None:
    """Put the deals of `BOARD` into a workspace."""
    for company, title, euros, stage, days, close, step, due in BOARD:
        values: dict[str, Value] = {
            "company": company,
            "amount": euros * 100,
            "stage": stage,
            "expected_close": close,
            "stage_entered_at": clock.now() - timedelta(days=days),
        }
        if step:
            values["next_step"] = step
        if due is not None:
            values["next_step_due"] = TODAY + timedelta(days=due)
        add_deal(book, title, **values)
    won = add_deal(book, "Sorting line", company="Dunmore Glass", amount=2_160_000)
    book.deals.win(won)
    add_contact(book, "Jonas", "Lind", company="Lindgaard Marine", title="Head of Fleet")
    add_contact(book, "Priya", "Nair", company="Lindgaard Marine")


class DealStage:
    """The page with everything it needs; what it does outside is remembered."""

    def __init__(
        self, qtbot: QtBot, theme: Theme, folder: Path, *, copy_of: Path | None = None, width: int = 1240
    ) -> None:
        self.qtbot = qtbot
        self.clock = ManualClock(NOW)
        self.tasks = Tasks()
        self.navigated: list[Target] = []
        bus = EventBus(self.tasks.gui.post)
        self.workspace = _workspace(folder, copy_of, self.clock, bus)
        self.tasks.attach(self.workspace.store)
        self.bridge = Bridge(bus)
        self.state = SessionState(folder)
        self.window = QWidget()
        self.window.resize(width, 848)
        qtbot.addWidget(self.window)
        self.toasts = ToastHost(self.window)
        self.panel = OpenPanel()
        self.performer = Performer(self.workspace, self.tasks, self.toasts)
        context = PageContext(
            workspace=self.workspace,
            tasks=self.tasks,
            toasts=self.toasts,
            bridge=self.bridge,
            theme=theme,
            state=self.state,
            navigate=self.navigated.append,
            perform=self.performer,
            panel=self.panel,
            program=QuietProgram(),
        )
        self.page = DealsPage(context)
        row = QHBoxLayout(self.window)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.page.widget, 1)
        self.page.panel.setFixedWidth(400)
        self.page.panel.hide()
        row.addWidget(self.page.panel)
        self.panel.widget = self.page.panel
        self.keys = Shortcuts(self.window, KeyMap(self.state))
        self.keys.set_page("deals", self.page.title, self.page.shortcuts())

    def open(self, target: Target | None = None) -> None:
        """Bring the page to the front, with what it shows read."""
        self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.page.opened(target or Target("deals"))
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way, and nothing is about to begin."""
        for _ in range(2):
            self.qtbot.wait(5)
            self.qtbot.waitUntil(self._is_quiet, timeout=WAIT_MS)

    def until(self, condition: Callable[[], Any]) -> None:
        """Wait for something to become true."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

    def lane(self, name: str) -> Lane:
        """The lane of a stage."""
        lanes = self.page.board.lanes.values()
        return next(lane for lane in lanes if lane.shown is not None and lane.shown.stage.name == name)

    def titles(self, name: str) -> list[str]:
        """What stands in a lane, in order."""
        model = self.lane(name).model
        return [row.title for deal in model.ids if (row := model.row(deal)) is not None]

    def id_of(self, title: str) -> int:
        """The local id of a deal."""
        return next(int(row.id) for row in self.deals() if row.title == title)

    def row(self, title: str) -> DealRow:
        """A deal as it stands in the store."""
        return next(row for row in self.deals() if row.title == title)

    def deals(self) -> list[DealRow]:
        """All living deals."""
        return self.workspace.deals.rows(self.workspace.deals.ids(ListRequest()))

    def stand_on(self, title: str) -> None:
        """Put the keyboard on a card."""
        self.page.board.go_to(self.id_of(title))
        self.until(lambda: self.page.board.current_deal == self.id_of(title))

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        # The offscreen platform does not give the activity back that another window took.
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifiers)

    def drag(self, title: str, to: QWidget, *, drop: bool = True) -> None:
        """Take a card with the mouse and carry it over a widget."""
        lane = self.page.board.lane_of(self.id_of(title))
        assert lane is not None
        view = lane.list
        rect = view.visualRect(lane.model.index(lane.model.row_of(self.id_of(title))))
        start = card_rect(rect, view.itemDelegate().theme).center()  # type: ignore[attr-defined]
        viewport = view.viewport()
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
        aim = viewport.mapFromGlobal(to.mapToGlobal(QPoint(to.width() // 2, 120)))
        for share in (0.2, 0.6, 1.0):
            QTest.mouseMove(viewport, start + (aim - start) * share)
            self.qtbot.wait(1)
        if drop:
            QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=aim)

    @property
    def toast(self) -> str:
        """What the toast on show says, "" for none."""
        shown = self.toasts.current
        return shown.message if shown is not None else ""

    def undo(self) -> None:
        """Press Ctrl+Z."""
        self.performer.undo()
        self.settle()

    def close(self) -> None:
        """Close the page, the store and the threads."""
        self.page.closed()
        self.bridge.close()
        self.tasks.close()
        self.workspace.close()

    def _is_quiet(self) -> bool:
        page = self.page
        timers = [page.board_view_model._soon, page.side.view_model._reread, page.side._next_turn]
        timers += [lane.model._soon for lane in page.board.lanes.values()]
        if page.list_side.is_started:
            table = page.list_side.view_model.table
            timers += [table._reread, table._next_reads, page.list_side.view_model._count_soon]
        return self.tasks.is_settled and not any(timer.isActive() for timer in timers)


def _workspace(folder: Path, copy_of: Path | None, clock: Clock, bus: EventBus) -> OpenWorkspace:
    return open_copy(folder, copy_of, clock, bus) if copy_of else make_book(folder, clock, bus)


@contextmanager
def deal_stage(
    qtbot: QtBot, theme: Theme, folder: Path, *, copy_of: Path | None = None, width: int = 1240
) -> Iterator[DealStage]:
    """A stage that is closed afterwards."""
    # Widgets that only garbage still refers to must not be destroyed on a reader thread, where Python may
    # choose to collect.
    gc.disable()
    gc.freeze()
    made = DealStage(qtbot, theme, folder, copy_of=copy_of, width=width)
    try:
        yield made
    finally:
        made.close()
        gc.collect()
        gc.enable()
