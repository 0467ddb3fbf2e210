"""A page of records on a real workspace, in a window with its panel, its keys and its toasts."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from services.bus import EventBus
from services.clock import Clock, ManualClock
from services.identity import UidSource
from services.open_workspace import OpenWorkspace, join
from services.records.drafts import RecordDraft, Value
from services.records.fields import EntityKind
from services.records.people import ContactRow, RecordCard, Role
from services.store.queries.listing import ListRequest
from services.store.store import Store, Surroundings
from tests.support.workspaces import DEVICE, email, phone
from ui.bridge import Bridge
from ui.key_map import KeyMap
from ui.operations.performing import Performer
from ui.pages import PageContext, Target
from ui.pages.companies.kind import company_kind
from ui.pages.contacts.kind import contact_kind
from ui.pages.leads.kind import lead_kind
from ui.pages.leads.page import LeadsPage
from ui.pages.record.comparable_page import ComparablePage
from ui.pages.record.kind import RecordKind
from ui.pages.record.page import RecordPage
from ui.session_state import SessionState
from ui.shortcuts import Shortcuts
from ui.tasks import Tasks
from ui.theme.theme import Theme
from ui.widgets.toast_host import ToastHost

NOW: Final = datetime(2026, 11, 20, 13, tzinfo=UTC)
KINDS: Final[dict[EntityKind, Callable[[], RecordKind]]] = {
    EntityKind.CONTACT: contact_kind,
    EntityKind.COMPANY: company_kind,
    EntityKind.LEAD: lead_kind,
}
WAIT_MS: Final = 10_000


def make_book(folder: Path, clock: Clock, bus: EventBus) -> OpenWorkspace:
    """A new workspace with its first user, who is acting."""
    around = Surroundings(device=DEVICE, clock=clock, bus=bus, program="tests")
    workspace = join(Store.create(folder / "book.mycrm", None, around, uid=UidSource(clock).new()))
    workspace.users.add("Rosa Quill", "rosa@example.org", Role.OWNER, kind="setup", time_zone="Europe/Berlin")
    workspace.users.act_as(None)
    return workspace


def open_copy(folder: Path, original: Path, clock: Clock, bus: EventBus) -> OpenWorkspace:
    """A copy of a closed workspace."""
    path = folder / "book.mycrm"
    shutil.copyfile(original, path)
    around = Surroundings(device=DEVICE, clock=clock, bus=bus, program="tests")
    workspace = join(Store.open(path, None, around))
    workspace.users.act_as(None)
    return workspace


def add_contact(
    workspace: OpenWorkspace,
    first: str,
    last: str,
    *,
    address: str = "",
    number: str = "",
    tags: tuple[str, ...] = (),
    **values: Value,
) -> int:
    """A contact with an email and a phone where they are given."""
    points = [*([email(address)] if address else []), *([phone(number)] if number else [])]
    draft = RecordDraft({"first_name": first, "last_name": last, **values}, tuple(points), tags)
    return workspace.contacts.add(draft).id


def add_activity(workspace: OpenWorkspace, contact: int, kind: str, *, days_ago: int = 0, **values: Value) -> int:
    """An entry of a contact's timeline."""
    uid = workspace.contacts.card(contact).uid
    fields: dict[str, Value] = {"type": kind, "contact": uid.hex(), "occurred_at": NOW - timedelta(days=days_ago)}
    return workspace.activities.add(RecordDraft(fields | values)).id


def make_people(folder: Path) -> Path:
    """A closed workspace with five people; Anna was called today, Karim written to long ago."""
    book = make_book(folder, ManualClock(NOW), EventBus())
    anna = add_contact(
        book,
        "Anna",
        "Berg",
        address="anna@almeda.example",
        number="+49 40 5550100",
        company="Almeda Logistics",
        title="Head of Procurement",
        lifecycle="customer",
    )
    karim = add_contact(book, "Karim", "Haddad", company="Castellan Insurance", lifecycle="customer")
    add_contact(book, "Sofia", "Tessaro", address="sofia@tessaro.example", title="Owner", tags=("vip",))
    add_contact(book, "Julia", "Rowe", lifecycle="churned")
    add_contact(book, "Yuki", "Tanabe", title="Planner")
    add_activity(book, anna, "call", duration_s=840, body="Asked for a volume discount.", outcome="reached")
    add_activity(book, karim, "email", days_ago=60, subject="Offer", body="As discussed.")
    book.store.checkpoint()
    book.close()
    return folder / "book.mycrm"


class OpenPanel:
    """Shows and hides the panel beside the list, as the frame does."""

    def __init__(self) -> None:
        self.widget: QWidget | None = None
        self.is_open = False

    def open(self) -> None:
        """Show it."""
        self.is_open = True
        if self.widget is not None:
            self.widget.show()

    def close(self) -> None:
        """Hide it."""
        self.is_open = False
        if self.widget is not None:
            self.widget.hide()


class QuietProgram:
    """A program around the page that does nothing."""

    def lock(self) -> None:
        """Lock nothing."""

    def show_palette(self, text: str = "") -> None:
        """Show nothing."""

    def reveal(self, path: Path) -> None:
        """Reveal nothing."""


class Stage:
    """One page with everything it needs; what it does outside is remembered."""

    def __init__(
        self,
        qtbot: QtBot,
        theme: Theme,
        folder: Path,
        kind: EntityKind = EntityKind.CONTACT,
        *,
        copy_of: Path | None = None,
    ) -> None:
        self.qtbot = qtbot
        self.clock = ManualClock(NOW)
        self.tasks = Tasks()
        self.opened_urls: list[str] = []
        self.opens_urls = True
        self.navigated: list[Target] = []
        bus = EventBus(self.tasks.gui.post)
        self.workspace = open_copy(folder, copy_of, self.clock, bus) if copy_of else make_book(folder, self.clock, bus)
        self.tasks.attach(self.workspace.store)
        self.bridge = Bridge(bus)
        self.state = SessionState(folder)
        self.window = self._made_window()
        self.toasts = ToastHost(self.window)
        self.panel = OpenPanel()
        self.performer = Performer(self.workspace, self.tasks, self.toasts)
        self._theme = theme
        self._kind = kind
        self._page: RecordPage | None = None

    @property
    def page(self) -> RecordPage:
        """The page, made when it is first asked for."""
        if self._page is None:
            self._page = self._made()
        return self._page

    @property
    def rows(self) -> list[str]:
        """The names on the list."""
        table = self.page.list_view_model.table
        self.settle()
        return [str(table.index(row, table.column_of("name")).data()) for row in range(table.rowCount())]

    def cell(self, row: int, key: str) -> str:
        """The text of a cell."""
        table = self.page.list_view_model.table
        return str(table.index(row, table.column_of(key)).data() or "")

    def open(self, target: Target | None = None) -> None:
        """Bring the page to the front, with its list read."""
        page = self.page
        self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        page.opened(target or Target(page.kind.page))
        self.settle()

    def open_again(self) -> None:
        """Close the page and make another one, as the next start of the program does."""
        self.page.closed()
        self._page = None
        self.window.hide()
        self.window = self._made_window()
        self.open()

    def settle(self) -> None:
        """Wait until nothing is under way, and nothing is about to begin."""
        for _ in range(2):
            self.qtbot.wait(5)
            self.qtbot.waitUntil(self._is_quiet, timeout=WAIT_MS)

    def until(self, condition: Callable[[], Any]) -> None:
        """Wait for something to become true."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

    def show_record(self, name: str) -> None:
        """Open the record of that name in the panel."""
        self.page.open_record(self.id_of(name))
        self.until(lambda: self.page.detail_view_model.card is not None)
        self.settle()

    def id_of(self, name: str) -> int:
        """The local id of the living record of that name."""
        return int(next(row.id for row in self.records() if row.name == name))

    def records(self, *, trash: bool = False) -> list[Any]:
        """All records of the page's kind as they stand in the store."""
        service = self.service
        return list(service.rows(service.ids(ListRequest(trash=trash))))

    def names(self, *, trash: bool = False) -> list[str]:
        """The names of all records, in order."""
        return [row.name for row in self.records(trash=trash)]

    def row(self, name: str) -> ContactRow:
        """The row of a contact as it stands in the store."""
        found: ContactRow = next(row for row in self.records() if row.name == name)
        return found

    def card(self, name: str) -> RecordCard:
        """A record in full as it stands in the store."""
        found: RecordCard = self.service.card(self.id_of(name))
        return found

    @property
    def service(self) -> Any:
        """The service of the page's kind."""
        services: dict[EntityKind, Any] = {
            EntityKind.CONTACT: self.workspace.contacts,
            EntityKind.COMPANY: self.workspace.companies,
            EntityKind.LEAD: self.workspace.leads,
        }
        return services[self._kind]

    @property
    def toast(self) -> str:
        """What the toast on show says, "" for none."""
        shown = self.toasts.current
        return shown.message if shown is not None else ""

    def undo(self) -> None:
        """Press Ctrl+Z."""
        self.performer.undo()
        self.settle()

    def press(self, keys: str) -> None:
        """Run the shortcut of the page, as the frame does when nobody types."""
        run = next(shortcut.run for shortcut in self.page.shortcuts() if shortcut.keys == keys)
        assert run is not None
        run()

    def add_contact(self, first: str, last: str, **values: Any) -> int:
        """A contact, put in beforehand."""
        return add_contact(self.workspace, first, last, **values)

    def add_activity(self, contact: int, kind: str, *, days_ago: int = 0, **values: Value) -> int:
        """An entry of a contact's timeline, put in beforehand."""
        return add_activity(self.workspace, contact, kind, days_ago=days_ago, **values)

    def close(self) -> None:
        """Close the page, the store and the threads."""
        if self._page is not None:
            self._page.closed()
        self.bridge.close()
        self.tasks.close()
        self.workspace.close()

    def _made_window(self) -> QWidget:
        window = QWidget()
        window.resize(1440, 848)
        self.qtbot.addWidget(window)
        return window

    def _made(self) -> RecordPage:
        context = PageContext(
            workspace=self.workspace,
            tasks=self.tasks,
            toasts=self.toasts,
            bridge=self.bridge,
            theme=self._theme,
            state=self.state,
            navigate=self.navigated.append,
            perform=self.performer,
            panel=self.panel,
            program=QuietProgram(),
        )
        if self._kind is EntityKind.LEAD:
            page: RecordPage = LeadsPage(context, self._open_url)
        else:
            page = ComparablePage(KINDS[self._kind](), context, open_url=self._open_url)
        row = QHBoxLayout(self.window)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(page.widget, 1)
        page.panel.setFixedWidth(400)
        page.panel.hide()
        row.addWidget(page.panel)
        self.panel.widget = page.panel
        self.keys = Shortcuts(self.window, KeyMap(self.state))
        self.keys.set_page("contacts", page.title, page.shortcuts())
        return page

    def _open_url(self, url: QUrl) -> bool:
        self.opened_urls.append(url.toString())
        return self.opens_urls

    def _is_quiet(self) -> bool:
        page = self._page
        if page is None or not self.tasks.is_settled:
            return self.tasks.is_settled
        timers = (
            page.list_view_model.table._reread,
            page.list_view_model.table._next_reads,
            page.list_view_model._count_soon,
            page.detail_view_model._reread,
        )
        return not any(timer.isActive() for timer in timers)


@contextmanager
def stage_for(
    qtbot: QtBot,
    theme: Theme,
    folder: Path,
    kind: EntityKind = EntityKind.CONTACT,
    *,
    copy_of: Path | None = None,
) -> Iterator[Stage]:
    """A stage that is closed afterwards."""
    # Widgets that only garbage still refers to must not be destroyed on a reader thread, where Python may
    # choose to collect.
    gc.disable()
    gc.freeze()
    made = Stage(qtbot, theme, folder, kind, copy_of=copy_of)
    try:
        yield made
    finally:
        made.close()
        gc.collect()
        gc.enable()
