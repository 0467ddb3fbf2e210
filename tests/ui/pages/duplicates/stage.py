"""The page of duplicates on a real workspace, in a window with its keys and its toasts."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from services.bus import EventBus
from services.clock import ManualClock
from services.open_workspace import OpenWorkspace
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from services.store.queries.listing import ListRequest
from tests.ui.pages.record.stage import (
    NOW,
    OpenPanel,
    QuietProgram,
    add_activity,
    add_contact,
    make_book,
    open_copy,
)
from ui.bridge import Bridge
from ui.key_map import KeyMap
from ui.operations.performing import Performer
from ui.pages import PageContext, Target
from ui.pages.duplicates.decision import Decision
from ui.pages.duplicates.page import DuplicatesPage
from ui.session_state import SessionState
from ui.shortcuts import Shortcuts
from ui.tasks import Tasks
from ui.theme.theme import Theme
from ui.widgets.toast_host import ToastHost

WAIT_MS: Final = 10_000


def make_doubles(folder: Path) -> Path:
    """A closed workspace with two pairs of contacts, one pair of companies, and one who is nobody's double."""
    book = make_book(folder, ManualClock(NOW), EventBus())
    fill(book)
    book.store.checkpoint()
    book.close()
    return folder / "book.mycrm"


def fill(book: OpenWorkspace) -> None:
    """Put the pairs into a workspace."""
    firm = "Stellhorn Elektrik"
    full = add_contact(
        book,
        "Mei-Lin",
        "Zhou",
        address="mei-lin.zhou@stellhorn.example",
        number="+49 171 5550138",
        company=firm,
        title="Plant Manager",
        tags=("panels",),
    )
    short = add_contact(
        book,
        "M.",
        "Zhou",
        address="m.zhou@stellhorn.example",
        number="+49 171 5550138",
        company=firm,
        title="Werksleiterin",
        tags=("fair",),
    )
    add_activity(book, full, "call", subject="First")
    add_activity(book, short, "call", subject="Second")
    for address in ("anna@almeda.example", "anna.berg@mail.example"):
        add_contact(book, "Anna", "Berg", address=address, number="+49 40 5550100", company="Almeda Logistics")
    add_contact(book, "Yuki", "Tanabe", address="yuki@tanabe.example")
    for name in ("Vireo Health GmbH", "Vireo Health"):
        book.companies.add(RecordDraft({"name": name, "domain": "vireo.example"}))


class DuplicatesStage:
    """The page with everything it needs; what it does outside is remembered."""

    def __init__(self, qtbot: QtBot, theme: Theme, folder: Path, *, copy_of: Path | None = None) -> None:
        self.qtbot = qtbot
        self.clock = ManualClock(NOW)
        self.tasks = Tasks()
        self.failed: list[BaseException] = []
        self.tasks.failed.connect(self.failed.append)
        bus = EventBus(self.tasks.gui.post)
        self.workspace = open_copy(folder, copy_of, self.clock, bus) if copy_of else make_book(folder, self.clock, bus)
        self.tasks.attach(self.workspace.store)
        self.bridge = Bridge(bus)
        self.window = QWidget()
        self.window.resize(1240, 848)
        qtbot.addWidget(self.window)
        self.toasts = ToastHost(self.window)
        self.performer = Performer(self.workspace, self.tasks, self.toasts)
        self.page = DuplicatesPage(
            PageContext(
                workspace=self.workspace,
                tasks=self.tasks,
                toasts=self.toasts,
                bridge=self.bridge,
                theme=theme,
                state=SessionState(folder),
                navigate=lambda _target: None,
                perform=self.performer,
                panel=OpenPanel(),
                program=QuietProgram(),
            )
        )
        row = QHBoxLayout(self.window)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.page.widget)
        self.keys = Shortcuts(self.window, KeyMap(SessionState(folder)))
        self.keys.set_page("duplicates", self.page.title, self.page.shortcuts())

    def open(self, target: Target | None = None) -> None:
        """Bring the page to the front, with its pairs read."""
        self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.page.opened(target or Target("duplicates"))
        self.settle()

    def open_pair(self, names: str) -> Decision:
        """Put the pair of that line side by side, with what is suggested read."""
        place = self.lines.index(names)
        self.page.open_pair(self.page.view_model.pairs[place])
        self.settle()
        return self.decision

    @property
    def decision(self) -> Decision:
        """What is decided about the pair on show."""
        found = self.page.view_model.decision
        assert found is not None
        return found

    @property
    def lines(self) -> list[str]:
        """The names of the pairs on the list."""
        model = self.page.list_pane.list.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def names(self, entity: EntityKind = EntityKind.CONTACT) -> list[str]:
        """The names of all living records of a kind."""
        service: Any = self.workspace.contacts if entity is EntityKind.CONTACT else self.workspace.companies
        return sorted(row.name for row in service.rows(service.ids(ListRequest())))

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is, and let come what comes of it."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way, and nothing is about to begin."""
        for _ in range(2):
            self.qtbot.wait(5)
            self.qtbot.waitUntil(self._is_quiet, timeout=WAIT_MS)

    def until(self, condition: Callable[[], Any]) -> None:
        """Wait for something to become true."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

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
        return self.tasks.is_settled and not self.page.view_model._soon.isActive()


@contextmanager
def duplicates_stage(
    qtbot: QtBot, theme: Theme, folder: Path, *, copy_of: Path | None = None
) -> Iterator[DuplicatesStage]:
    """A stage that is closed afterwards."""
    # Widgets that only garbage still refers to must not be destroyed on a reader thread, where Python may
    # choose to collect.
    gc.disable()
    gc.freeze()
    made = DuplicatesStage(qtbot, theme, folder, copy_of=copy_of)
    try:
        yield made
    finally:
        made.close()
        gc.collect()
        gc.enable()
