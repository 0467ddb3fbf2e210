"""The window: the frame, the cards before a workspace is open, and the way from one to the other."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedLayout, QWidget

from services.errors import MyCrmError
from services.records.fields import EntityKind
from ui.appearance import Appearance
from ui.clock_question import ClockAsker
from ui.frame import Frame
from ui.key_map import KeyMap
from ui.navigation import NAVIGATION
from ui.operations.performing import Performer
from ui.pages import PageContext, Target
from ui.shell import STATE_GROUP
from ui.shortcut_sheet import ShortcutSheet
from ui.shortcuts import Shortcuts
from ui.window_cards import WindowCards
from ui.window_keys import LookCommands, WindowCommands, window_keys
from ui.window_parts import WindowParts
from ui.window_reminders import WindowReminders
from ui.workspace_menu import WorkspaceCommands, open_above, workspace_menu

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace
    from services.records.people import UserRow
    from ui.pages.capture.overlay import QuickCapture
    from ui.pages.search_palette.palette import SearchPalette

FIRST_PAGE: Final = "contacts"
_PAGES: Final = frozenset(line.name for line in NAVIGATION)


class MainWindow(QWidget):
    """Frame and navigation only: every page, card and overlay lives in its own folder."""

    #: The title of the window is different: the name of the workspace and of the program.
    title_changed = Signal(str)
    #: The user wants to leave the program.
    quit_requested = Signal()

    def __init__(self, parts: WindowParts) -> None:
        super().__init__()
        self._parts = parts
        self._workspace: OpenWorkspace | None = None
        self._performer: Performer | None = None
        self.palette_overlay: SearchPalette | None = None
        self.capture_overlay: QuickCapture | None = None
        self.frame = Frame(NAVIGATION, parts.state, parts.undisturbed)
        self._clock = ClockAsker(parts.tasks, self.frame.banners)
        self.reminders = WindowReminders(parts, self.frame.toasts)
        self.shortcuts = Shortcuts(self, KeyMap(parts.state))
        self.sheet = ShortcutSheet(self, self.shortcuts)
        layers = QStackedLayout(self)
        layers.addWidget(self.frame)
        self.cards = WindowCards(self, layers, self.frame, parts)
        self._connect()
        self._announce_page()

    @property
    def is_ready(self) -> bool:
        """Whether a workspace is open and nothing stands in front of the frame."""
        return self._workspace is not None and self.cards.card is None

    def begin(self, workspace: Path | None) -> None:
        """Open a workspace, the one used last, or else welcome the user."""
        path = workspace or self._parts.opening.last_used()
        if path is None:
            self.cards.show_welcome()
        else:
            self._parts.opening.begin(path)

    def navigate(self, target: Target) -> None:
        """Bring a page to the front."""
        if not self.is_ready or target.page not in _PAGES:
            return
        self._parts.state.set(STATE_GROUP, "page", target.page)
        self._announce_page()
        self.frame.pages.show_target(target)

    def lock(self) -> None:
        """Close the workspace and show the unlock card."""
        self._parts.opening.lock()

    def show_palette(self, text: str = "") -> None:
        """Open the palette, with a text typed already."""
        if not self.is_ready:
            return
        if self.palette_overlay is None:
            from ui.pages.search_palette.palette import SearchPalette

            self.palette_overlay = SearchPalette(
                self, self._context("search_palette"), NAVIGATION, self.shortcuts.commands
            )
            self.palette_overlay.closed.connect(self._on_overlay_closed)
        self.shortcuts.set_enabled(False)
        self.palette_overlay.show_with(text)

    def show_capture(self) -> None:
        """Open quick capture, with what was typed into it before and not saved."""
        if not self.is_ready or self._workspace is None or self._workspace.store.read_only:
            return
        if self.capture_overlay is None:
            from ui.pages.capture.overlay import QuickCapture

            self.capture_overlay = QuickCapture(self, self._context("capture"))
            self.capture_overlay.closed.connect(self._on_overlay_closed)
        self.shortcuts.set_enabled(False)
        self.capture_overlay.show_capture()

    def show_sheet(self) -> None:
        """Show every key that holds here."""
        self.shortcuts.set_enabled(False)
        self.sheet.show_keys()

    def show_workspace_menu(self) -> None:
        """Open the menu at the foot of the rail."""
        opening = self._parts.opening
        current = opening.workspace.store.path if opening.workspace is not None else None
        commands = WorkspaceCommands(
            switch=opening.switch,
            open_other=self.cards.open_other,
            start_new=partial(self.cards.show_welcome, can_go_back=True),
            lock=self.lock,
            quit=self.quit_requested.emit,
        )
        menu = workspace_menu(self, opening.known(), current, commands)
        menu.aboutToHide.connect(menu.deleteLater)
        open_above(menu, self.frame.rail.person)

    def reveal(self, path: Path) -> None:
        """Show a file or folder in the file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path if path.is_dir() else path.parent)))

    def _connect(self) -> None:
        opening, frame = self._parts.opening, self.frame
        opening.begun.connect(self._on_begun)
        opening.opened.connect(self._on_opened)
        opening.key_needed.connect(self.cards.show_unlock)
        opening.failed.connect(self.cards.show_trouble)
        opening.closing.connect(self._on_closing)
        self._parts.tasks.failed.connect(self._on_task_failed)
        self._parts.bridge.records_changed.connect(self._on_records_changed)
        self.cards.card_toggled.connect(self._on_card_toggled)
        self.cards.quit_requested.connect(self.quit_requested)
        self.sheet.closed.connect(self._on_overlay_closed)
        frame.rail.page_chosen.connect(lambda name: self.navigate(Target(name)))
        frame.rail.menu_requested.connect(self.show_workspace_menu)
        frame.pages.page_shown.connect(self._on_page_shown)
        frame.top_bar.search_requested.connect(self.show_palette)
        frame.top_bar.capture_requested.connect(self.show_capture)
        appearance = Appearance(self._parts.theme, self._parts.state)
        look = LookCommands(
            zoom_in=appearance.zoom_in,
            zoom_out=appearance.zoom_out,
            zoom_reset=appearance.zoom_reset,
            mode=appearance.switch_mode,
            density=appearance.switch_density,
        )
        commands = WindowCommands(
            navigate=self.navigate,
            palette=self.show_palette,
            capture=self.show_capture,
            focus_search=self._on_search_key,
            undo=self._on_undo_key,
            redo=self._on_redo_key,
            rail=frame.toggle_rail,
            sheet=self.show_sheet,
            lock=self.lock,
            quit=self.quit_requested.emit,
            look=look,
        )
        self.shortcuts.set_global(window_keys(commands))
        self.shortcuts.key_map.keys_changed.connect(self._show_keys)
        self._show_keys()
        self.shortcuts.set_enabled(False)

    def _context(self, name: str) -> PageContext:
        assert self._workspace is not None and self._performer is not None
        return PageContext(
            workspace=self._workspace,
            tasks=self._parts.tasks,
            toasts=self.frame.toasts,
            bridge=self._parts.bridge,
            theme=self._parts.theme,
            state=self._parts.state,
            navigate=self.navigate,
            perform=self._performer,
            panel=self.frame.panel.panel_of(name),
            program=self,
        )

    def _read_user(self) -> None:
        workspace = self._workspace
        if workspace is not None:
            self._parts.tasks.read(workspace.users.acting).then(partial(self._show_user, workspace))

    def _show_user(self, workspace: OpenWorkspace, user: UserRow | None) -> None:
        place = (user.territory if user else "") or workspace.store.path.stem
        self.frame.rail.set_person(user.name if user else place, place, user.id if user else 0)

    def _page_before(self) -> str:
        kept = self._parts.state.get(STATE_GROUP, "page", FIRST_PAGE)
        return kept if kept in _PAGES else FIRST_PAGE

    def _announce_page(self) -> None:
        """Show which page is coming, so that nothing jumps when it is there."""
        line = next(line for line in NAVIGATION if line.name == self._page_before())
        self.frame.rail.set_current(line.name)
        self.frame.pages.set_waiting_title(line.title)

    def _show_keys(self) -> None:
        self.frame.show_keys(self.shortcuts.keys)

    def _on_page_shown(self, _name: str) -> None:
        page = self.frame.pages.current
        if page is not None:
            self.shortcuts.set_page(self.frame.pages.current_name, page.title, page.shortcuts())

    def _on_begun(self, path: Path) -> None:
        self.cards.clear()
        self.title_changed.emit(f"{path.stem} – MyCRM")

    def _on_opened(self, workspace: OpenWorkspace) -> None:
        self._workspace = workspace
        self._performer = Performer(workspace, self._parts.tasks, self.frame.toasts)
        self.cards.clear()
        store = workspace.store
        self.title_changed.emit(f"{store.path.stem} – MyCRM")
        self.frame.top_bar.set_workspace(is_open=True, encrypted=store.cipher is not None, read_only=store.read_only)
        self.frame.pages.open_workspace(self._context)
        self.shortcuts.set_enabled(True)
        self._read_user()
        self._clock.begin(workspace)
        self.reminders.begin(workspace, self.navigate, self._performer)
        self.navigate(Target(self._page_before()))

    def _on_closing(self) -> None:
        for overlay in (self.palette_overlay, self.capture_overlay):
            if overlay is not None:
                overlay.dismiss()
                overlay.deleteLater()
        self.palette_overlay = self.capture_overlay = None
        self.shortcuts.set_enabled(False)
        self.shortcuts.set_page("", "", ())
        self._clock.end()
        self.reminders.end()
        self.frame.toasts.dismiss()
        self.frame.pages.close_pages()
        self.frame.rail.set_person("", "", 0)
        self.frame.top_bar.set_workspace(is_open=False)
        self._performer = None
        self._workspace = None
        self._announce_page()
        self.title_changed.emit("MyCRM")

    def _on_card_toggled(self, shown: bool) -> None:
        self.shortcuts.set_enabled(not shown and self._workspace is not None)

    def _on_overlay_closed(self) -> None:
        self.shortcuts.set_enabled(self.is_ready)

    def _on_records_changed(self, entity: EntityKind, _ids: tuple[int, ...] | None, _origin: str, _batch: int) -> None:
        if entity is EntityKind.USER:
            self._read_user()

    def _on_task_failed(self, error: BaseException) -> None:
        if isinstance(error, MyCrmError):
            self.frame.toasts.show_error(error.title, kept=error.message)
        else:
            self.frame.toasts.show_error(
                self.tr("Something went wrong in the program"),
                kept=self.tr("What was saved is safe. The log says where it happened."),
            )

    def _on_search_key(self) -> None:
        page = self.frame.pages.current
        if page is None or not page.focus_search():
            self.show_palette()

    def _on_undo_key(self) -> None:
        if self._performer is not None:
            self._performer.undo()

    def _on_redo_key(self) -> None:
        if self._performer is not None:
            self._performer.redo()
