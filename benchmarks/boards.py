"""How long a rep waits for a board of 5,000 deals: until its first cards are painted."""

from __future__ import annotations

import random
import shutil
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from benchmarks.importing import DEVICE, empty_workspace
from benchmarks.runner import Aim, BenchCase
from services.bus import EventBus
from services.clock import SystemClock
from services.open_workspace import OpenWorkspace
from services.records.drafts import RecordDraft
from services.store.queries.listing import ListRequest
from services.store.store import Surroundings
from services.vault.memory_store import MemoryStore
from services.workspaces import Workspaces
from ui.bridge import Bridge
from ui.operations.performing import Performer
from ui.pages import PageContext, Target
from ui.pages.deals.board_view_model import read_board
from ui.pages.deals.page import DealsPage
from ui.session_state import SessionState
from ui.tasks import Tasks
from ui.theme.theme import Theme
from ui.widgets.toast_host import ToastHost

_DEALS: Final = 5_000
_COMPANIES: Final = 400
_LONGEST_WAIT_MS: Final = 20_000
_STAGES: Final = ("Qualified", "Discovery", "Proposal", "Negotiation")
_STEPS: Final = ("Call the buyer", "Send the offer", "Workshop on site", "")


def _prepare(folder: Path) -> None:
    workspace = empty_workspace(folder)
    draw, today = random.Random(11), SystemClock().now().date()
    for number in range(_DEALS):
        workspace.deals.add(_deal(number, draw, today))
    workspace.store.checkpoint()
    workspace.close()


def _deal(number: int, draw: random.Random, today: date) -> RecordDraft:
    return RecordDraft(
        {
            "title": f"Contract {number:04d}",
            "company": f"Firm {draw.randrange(_COMPANIES):03d} Works",
            "amount": draw.randrange(1_000, 90_000) * 100,
            "currency": "EUR",
            "stage": draw.choice(_STAGES),
            "expected_close": today + timedelta(days=draw.randrange(-20, 200)),
            "next_step": draw.choice(_STEPS) or None,
            "next_step_due": today + timedelta(days=draw.randrange(-5, 20)),
        }
    )


def _opened(prepared: Path, scratch: Path, bus: EventBus) -> OpenWorkspace:
    shutil.copyfile(prepared / "bench.mycrm", scratch / "bench.mycrm")
    return Workspaces(MemoryStore(), Surroundings(device=DEVICE, bus=bus)).open(scratch / "bench.mycrm")


def _lanes_read(prepared: Path, scratch: Path) -> float:
    """What the reader thread does of it: the lanes, their sums and the rows of the first cards."""
    workspace = _opened(prepared, scratch, EventBus())
    read_board(workspace, None)
    started = time.perf_counter()
    reading = read_board(workspace, None)
    spent = time.perf_counter() - started
    assert sum(len(lane.ids) for lane in reading.lanes) == _DEALS
    workspace.close()
    return spent * 1000


def _first_paint(prepared: Path, scratch: Path) -> float:
    """From making the page to the first paint with cards; its modules are imported beforehand, as at the start."""
    application = QApplication([])
    theme = Theme(application, reduced_motion=True)
    theme.install()
    tasks = Tasks()
    workspace = _opened(prepared, scratch, EventBus(tasks.gui.post))
    tasks.attach(workspace.store)
    _warm_up(workspace, theme)
    spent, page = _paint(workspace, tasks, theme, scratch)
    page.closed()
    tasks.close()
    workspace.close()
    return spent * 1000


class _NoPanel:
    """A window without a detail panel."""

    is_open = False

    def open(self) -> None:
        """Open nothing."""

    def close(self) -> None:
        """Close nothing."""


class _QuietProgram:
    """A program around the page that does nothing."""

    def lock(self) -> None:
        """Lock nothing."""

    def show_palette(self, text: str = "") -> None:
        """Show nothing."""

    def reveal(self, path: Path) -> None:
        """Reveal nothing."""


def _context(workspace: OpenWorkspace, tasks: Tasks, theme: Theme, window: QWidget, folder: Path) -> PageContext:
    toasts = ToastHost(window)
    return PageContext(
        workspace=workspace,
        tasks=tasks,
        toasts=toasts,
        bridge=Bridge(workspace.store.bus),
        theme=theme,
        state=SessionState(folder),
        navigate=lambda _target: None,
        perform=Performer(workspace, tasks, toasts),
        panel=_NoPanel(),
        program=_QuietProgram(),
    )


class _Painted(QObject):
    """Ends a loop once a lane with cards was painted."""

    def __init__(self, loop: QEventLoop) -> None:
        super().__init__()
        self._loop = loop
        self.at = 0.0

    def watch(self, page: DealsPage) -> None:
        """Wait for the paint of the first lane."""
        lane = next(lane for lane in page.board.lanes.values() if lane.model.ids)
        lane.list.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            # The paint itself is still to come: the loop ends when it is done.
            QTimer.singleShot(0, self, self._on_painted)
        return False

    def _on_painted(self) -> None:
        self.at = self.at or time.perf_counter()
        self._loop.exit(0)


def _warm_up(workspace: OpenWorkspace, theme: Theme) -> None:
    """The window stands already, with the icons of its rail and the page of contacts read."""
    theme.icons.pixmap("contacts", "text_2", theme.metrics.icon_m)
    for found in [workspace.store.run_read(lambda: workspace.contacts.ids(ListRequest())) for _ in range(4)]:
        found.result()


def _paint(workspace: OpenWorkspace, tasks: Tasks, theme: Theme, folder: Path) -> tuple[float, DealsPage]:
    window = QWidget()
    window.resize(1240, 848)
    row = QHBoxLayout(window)
    window.show()
    context = _context(workspace, tasks, theme, window, folder)
    loop = QEventLoop()
    QTimer.singleShot(_LONGEST_WAIT_MS, loop, lambda: loop.exit(1))
    painted = _Painted(loop)
    started = time.perf_counter()
    page = DealsPage(context)
    row.addWidget(page.widget)
    page.board_view_model.board_changed.connect(lambda: painted.watch(page))
    page.opened(Target("deals"))
    assert loop.exec() == 0, "no card was painted"
    spent = painted.at - started
    window.hide()
    return spent, page


CASES: Final = (
    BenchCase("board of 5,000 deals read", "ms", _lanes_read, Aim("value", 30), prepare=_prepare),
    BenchCase("board of 5,000 deals, first paint", "ms", _first_paint, Aim("value", 100), prepare=_prepare),
)
