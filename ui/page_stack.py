"""The centre of the window: makes pages when somebody first goes there, shows one, closes them all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.navigation import make_page
from ui.pages import Page, PageContext, Target
from ui.panel_host import PanelHost
from ui.undisturbed import Undisturbed
from ui.widgets.label import Label
from ui.widgets.placeholder_rows import PlaceholderRows
from ui.widgets.surface import Surface

MakeContext = Callable[[str], PageContext]

NEXT_TURN_MS: Final = 1
"""Making a page, seating it and showing it are a turn of the event loop each; a timer of 0 would be the same turn."""


class PageStack(QStackedWidget):
    """One page in front; while no workspace is open, placeholders stand in its place."""

    #: A page came to the front: its name.
    page_shown = Signal(str)

    def __init__(self, panels: PanelHost, undisturbed: Undisturbed, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panels = panels
        self._undisturbed = undisturbed
        self._pages: dict[str, Page] = {}
        self._current = ""
        self._wanted: Target | None = None
        self._make_context: MakeContext | None = None
        self._waiting = WaitingPage()
        self.addWidget(self._waiting)

    @property
    def current(self) -> Page | None:
        """The page in front."""
        return self._pages.get(self._current)

    @property
    def current_name(self) -> str:
        """The name of the page in front, empty for the placeholders."""
        return self._current

    def set_waiting_title(self, title: str) -> None:
        """Say over the placeholders which page is coming."""
        self._waiting.set_title(title)

    def open_workspace(self, make_context: MakeContext) -> None:
        """Pages are made with these contexts from now on."""
        self._make_context = make_context

    def show_target(self, target: Target) -> None:
        """Bring a page to the front; one that has to be made first comes a moment later, over placeholders."""
        self._wanted = target
        if self._is_seated(target.page):
            self._bring()
            return
        self._leave()
        self.setCurrentWidget(self._waiting)
        self._panels.show_page("")
        QTimer.singleShot(NEXT_TURN_MS, self, self._make)

    def close_pages(self) -> None:
        """The workspace is about to be closed: every page lets go of it."""
        self._make_context = None
        self._wanted = None
        self._current = ""
        self.setCurrentWidget(self._waiting)
        for page in self._pages.values():
            page.closed()
            self.removeWidget(page.widget)
            page.widget.deleteLater()
        self._pages.clear()
        self._panels.remove_all()

    def _is_seated(self, name: str) -> bool:
        page = self._pages.get(name)
        return page is not None and self.indexOf(page.widget) >= 0

    def _make(self) -> None:
        if self._wanted is None or self._make_context is None:
            return
        name = self._wanted.page
        if name not in self._pages:
            with self._undisturbed.building():
                self._pages[name] = make_page(name, self._make_context(name))
        QTimer.singleShot(NEXT_TURN_MS, self, self._seat)

    def _seat(self) -> None:
        page = self._pages.get(self._wanted.page) if self._wanted is not None else None
        if self._wanted is None or page is None:
            return
        if self.indexOf(page.widget) < 0:
            with self._undisturbed.building():
                self.addWidget(page.widget)
                if page.panel is not None:
                    self._panels.place(self._wanted.page, page.panel)
        QTimer.singleShot(NEXT_TURN_MS, self, self._bring)

    def _bring(self) -> None:
        target = self._wanted
        page = self._pages.get(target.page) if target is not None else None
        if target is None or page is None:
            return
        self._wanted = None
        if self.current is not page:
            self._leave()
        self._current = target.page
        self.setCurrentWidget(page.widget)
        self._panels.show_page(target.page)
        page.opened(target)
        self.page_shown.emit(target.page)

    def _leave(self) -> None:
        if self.current is not None:
            self.current.left()
        self._current = ""


class WaitingPage(Surface):
    """The shape of a list while the workspace opens, so that nothing jumps when it is there."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self._title = Label(role="title")
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._rows = PlaceholderRows()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self._rows, 1)
        self.restyle()

    def set_title(self, title: str) -> None:
        """Say which page is coming."""
        self._title.setText(title)

    def restyle(self) -> None:
        metrics = self.theme.metrics
        margin = metrics.page_margin
        self._title.setFixedHeight(metrics.page_header)
        self._head.setContentsMargins(margin, 0, margin, metrics.tab_bar + metrics.filter_bar + metrics.table_head)
