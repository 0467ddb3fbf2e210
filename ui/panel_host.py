"""The place of the detail panel at the right: one panel per page, open or not, as wide as the window allows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from ui.theme.motion import Transition
from ui.widgets.surface import Surface

NARROW_BELOW: Final = 1360
WIDE_FROM: Final = 1920


class PanelHost(Surface):
    """Glides open and closed; a page that comes to the front finds its panel as it left it."""

    #: The panel of the page in front was opened or closed.
    panel_toggled = Signal(bool)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("raised", lines=Qt.Edge.LeftEdge, parent=parent)
        self._panels: dict[str, QWidget] = {}
        self._open: set[str] = set()
        self._page = ""
        self._width = self.theme.metrics.panel
        self._stack = QStackedWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 0, 0, 0)
        # The content keeps its width while the host glides, so that nothing in it is laid out at every step.
        row.addWidget(self._stack, 0, Qt.AlignmentFlag.AlignLeft)
        self._glide = Transition(self, self._on_glide_stepped)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._on_glide_stepped()

    @property
    def is_open(self) -> bool:
        """Whether a panel is on show."""
        return self._page in self._open

    def panel_of(self, page: str) -> PagePanel:
        """What a page opens and closes its panel with."""
        return PagePanel(self, page)

    def place(self, page: str, panel: QWidget) -> None:
        """Take in the panel of a page."""
        self._panels[page] = panel
        self._stack.addWidget(panel)

    def remove_all(self) -> None:
        """The workspace is closed: no page has a panel any more."""
        for panel in self._panels.values():
            self._stack.removeWidget(panel)
            panel.deleteLater()
        self._panels.clear()
        self._open.clear()
        self._show("", glide=False)

    def show_page(self, page: str) -> None:
        """Another page is in front."""
        self._show(page, glide=False)

    def is_page_open(self, page: str) -> bool:
        """Whether the panel of a page is, or would be, on show."""
        return page in self._open

    def set_page_open(self, page: str, wanted: bool) -> None:
        """Open or close the panel of a page."""
        if wanted == (page in self._open) or (wanted and page not in self._panels):
            return
        if wanted:
            self._open.add(page)
        else:
            self._open.discard(page)
        if page == self._page:
            self._show(page, glide=self.isVisible() or wanted)

    def set_window_width(self, width: int) -> None:
        """Take the width that belongs to a width of the window."""
        metrics = self.theme.metrics
        if width < NARROW_BELOW:
            self._width = metrics.panel_narrow
        else:
            self._width = metrics.panel_wide if width >= WIDE_FROM else metrics.panel
        self._on_glide_stepped()

    def _show(self, page: str, *, glide: bool) -> None:
        self._page = page
        is_open = self.is_open
        if is_open:
            self._stack.setCurrentWidget(self._panels[page])
        self._glide.go(1.0 if is_open else 0.0, self.theme.motion.normal if glide else 0)
        self.panel_toggled.emit(is_open)

    def _on_glide_stepped(self) -> None:
        share = self._glide.value
        self._stack.setFixedWidth(self._width - 1)
        self.setFixedWidth(round(self._width * share))
        self.setVisible(share > 0.0)


class PagePanel:
    """What a page opens and closes its panel with."""

    def __init__(self, host: PanelHost, page: str) -> None:
        self._host = host
        self._page = page

    @property
    def is_open(self) -> bool:
        """Whether the panel of this page is on show."""
        return self._host.is_page_open(self._page)

    def open(self) -> None:
        """Show the page's panel beside the list."""
        self._host.set_page_open(self._page, True)

    def close(self) -> None:
        """Give its room back to the list."""
        self._host.set_page_open(self._page, False)
