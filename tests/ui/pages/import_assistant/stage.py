"""The import assistant on a real workspace, in a window with its toasts and keys, and files to import."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from services.bus import EventBus
from services.clock import ManualClock
from services.identity import UidSource
from services.importing.applying import Verdict
from services.open_workspace import OpenWorkspace, join
from services.records.fields import EntityKind
from services.records.people import Role
from services.store.queries.listing import ListRequest
from services.store.staging import leftovers
from services.store.store import Store, Surroundings
from tests.support.workspaces import DEVICE, NOON, contact_draft, email
from ui.bridge import Bridge
from ui.key_map import KeyMap
from ui.operations.performing import Performer
from ui.pages import PageContext, Target
from ui.pages.import_assistant.dry_run import CheckState
from ui.pages.import_assistant.import_run import RunState
from ui.pages.import_assistant.pace import Pace, Progress
from ui.pages.import_assistant.page import ImportAssistantPage
from ui.pages.import_assistant.view_model import ImportViewModel, Step
from ui.pages.import_assistant.wording import count_of
from ui.session_state import SessionState
from ui.shortcuts import Shortcuts
from ui.tasks import Tasks
from ui.theme.theme import Theme
from ui.widgets.toast_host import ToastHost

WAIT_MS: Final = 20_000
HANDED_OVER_S: Final = 0.001
"""How long a thread that computes may keep the interpreter from the one that paints."""
HEADER: Final = "Name;Firma;E-Mail;Tel.;Funktion;Erstkontakt"
ROWS: Final = (
    "Berg, Anna;Almeda Logistics;anna@almeda.example;040 5550 1182;Leitung Einkauf;14.11.2026",
    "Zhou, Mei-Lin;Kepler Optik;zhou@kepler.example;030 5550 117;Einkauf;13.11.2026",
    "Weiß, Jörg;Groß & Söhne;weiss@gross.example;0211 5550 110;;31.02.2026",
    ";;;;Messe;12.11.2026",
)


class NoPanel:
    """The assistant has no detail panel."""

    is_open = False

    def open(self) -> None:
        """Nothing opens."""

    def close(self) -> None:
        """Nothing closes."""


class Outside:
    """The program around the page; what it is asked for is remembered."""

    version = "tests"

    def __init__(self) -> None:
        self.revealed: list[Path] = []

    def lock(self) -> None:
        """Lock nothing."""

    def show_palette(self, text: str = "") -> None:
        """Show nothing."""

    def reveal(self, path: Path) -> None:
        """Remember what is to be shown."""
        self.revealed.append(path)


class Stage:
    """The page with everything it needs."""

    def __init__(self, qtbot: QtBot, theme: Theme, folder: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.theme = theme
        self.tasks = Tasks()
        self.navigated: list[Target] = []
        self.outside = Outside()
        self.clock = ManualClock(NOON)
        bus = EventBus(self.tasks.gui.post)
        around = Surroundings(device=DEVICE, clock=self.clock, bus=bus, program="tests")
        (folder / "workspace").mkdir()
        store = Store.create(folder / "workspace" / "book.mycrm", None, around, uid=UidSource(self.clock).new())
        self.workspace: OpenWorkspace = join(store)
        self.workspace.users.add("Rosa Quill", "rosa@example.org", Role.OWNER, kind="setup", region="DE")
        self.workspace.users.act_as(None)
        self.tasks.attach(store)
        self.bridge = Bridge(bus)
        self.window = QWidget()
        self.window.resize(1240, 848)
        qtbot.addWidget(self.window)
        self.toasts = ToastHost(self.window)
        self.performer = Performer(self.workspace, self.tasks, self.toasts)
        self.page = self._made()
        self._page_is_closed = self._is_closed = False

    @property
    def view_model(self) -> ImportViewModel:
        """The view model of the page."""
        return self.page.view_model

    @property
    def toast(self) -> str:
        """What the toast on show says, "" for none."""
        shown = self.toasts.current
        return shown.message if shown is not None else ""

    @property
    def verdicts(self) -> dict[str, int]:
        """The verdicts of the dry run that are not 0, by name."""
        outcome = self.view_model.dry_run.outcome
        assert outcome is not None
        return {verdict.value: count_of(outcome, verdict) for verdict in Verdict if count_of(outcome, verdict)}

    @property
    def staged(self) -> list[Path]:
        """The staging files beside the workspace."""
        return leftovers(self.workspace.store.path)

    def open(self, entity: EntityKind = EntityKind.CONTACT, *, argument: str = "") -> None:
        """Bring the page to the front."""
        self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.page.opened(Target("import_assistant", entity, argument=argument))
        self.settle()

    def file(self, rows: Sequence[str] = ROWS, *, name: str = "fair.csv", header: str = HEADER) -> Path:
        """A file to import."""
        path = self.folder / name
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        return path

    def long_file(self, rows: int, *, name: str = "long.csv") -> Path:
        """A file with that many people."""
        lines = [f"Person {n};Firma {n % 50};person{n}@long.example;;;" for n in range(1, rows + 1)]
        return self.file(lines, name=name)

    def check(self, path: Path | None = None) -> None:
        """Choose a file and wait for its dry run."""
        self.view_model.choose_file(path or self.file())
        self.until(lambda: self.view_model.dry_run.state is CheckState.READY)
        self.settle()

    def import_it(self) -> None:
        """Import, and wait for the end."""
        self.view_model.import_now()
        assert self.view_model.step is Step.IMPORT
        self.until(lambda: self.view_model.run.state in (RunState.DONE, RunState.FAILED))
        self.settle()

    def names(self) -> list[str]:
        """All living contacts, in order."""
        contacts = self.workspace.contacts
        return [row.name for row in contacts.rows(contacts.ids(ListRequest()))]

    def add(self, first: str, last: str, address: str, **values: Any) -> int:
        """A contact, put in beforehand."""
        return self.workspace.contacts.add(contact_draft(first, last, email(address), **values)).id

    def settle(self) -> None:
        """Wait until nothing is under way, and nothing is about to begin."""
        for _ in range(2):
            self.qtbot.wait(5)
            self.qtbot.waitUntil(self._is_quiet, timeout=WAIT_MS)

    def until(self, condition: Callable[[], Any]) -> None:
        """Wait for something to become true."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

    def press(self, keys: str) -> None:
        """Run a shortcut of the page, as the frame does."""
        run = next(shortcut.run for shortcut in self.page.shortcuts() if shortcut.keys == keys)
        assert run is not None
        run()

    def close_page(self) -> None:
        """The workspace is about to be closed."""
        if not self._page_is_closed:
            self._page_is_closed = True
            self.page.closed()

    def close(self) -> None:
        """Close the page, the store and the threads; a second time does nothing."""
        self.close_page()
        if self._is_closed:
            return
        self._is_closed = True
        self.bridge.close()
        self.tasks.close()
        self.workspace.close()

    def _is_quiet(self) -> bool:
        timers = (self.view_model.dry_run._soon, self.view_model._changes_settled, self.page._earlier_soon)
        waits = any(timer.isActive() for timer in timers)
        return self.tasks.is_settled and self.page.view.is_built and not waits

    def _made(self) -> ImportAssistantPage:
        context = PageContext(
            workspace=self.workspace,
            tasks=self.tasks,
            toasts=self.toasts,
            bridge=self.bridge,
            theme=self.theme,
            state=SessionState(self.folder),
            navigate=self.navigated.append,
            perform=self.performer,
            panel=NoPanel(),
            program=self.outside,
        )
        page = ImportAssistantPage(context, self.folder / "Downloads")
        row = QHBoxLayout(self.window)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(page.widget)
        self.keys = Shortcuts(self.window, KeyMap(context.state))
        self.keys.set_page("import_assistant", page.title, page.shortcuts())
        return page


class HeldImport:
    """An import that waits in its midst, with rows written, until it is let go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._reached = threading.Event()
        self._released = threading.Event()
        report = Pace.report

        def held(pace: Pace, phase: str, done: int, total: int) -> Progress:
            if phase == "Importing" and 0 < done < total:
                self._reached.set()
                self._released.wait(WAIT_MS / 1000)
            return report(pace, phase, done, total)

        monkeypatch.setattr(Pace, "report", held)

    def is_reached(self) -> bool:
        """Whether rows are written, and more are to come."""
        return self._reached.is_set()

    def release(self) -> None:
        """Let it go on."""
        self._released.set()


@contextmanager
def stage_for(qtbot: QtBot, theme: Theme, folder: Path) -> Iterator[Stage]:
    """A stage for one test, closed after it."""
    # Widgets that only garbage still refers to must not be destroyed on a reader thread, where Python may
    # choose to collect.
    gc.disable()
    before = sys.getswitchinterval()
    sys.setswitchinterval(HANDED_OVER_S)
    stage = Stage(qtbot, theme, folder)
    try:
        yield stage
    finally:
        stage.close()
        sys.setswitchinterval(before)
        gc.collect()
        gc.enable()
