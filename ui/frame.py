"""What stands around every page: the rail, the top bar and the panel, arranged for the window's width."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.banner_place import BannerPlace
from ui.commands import key_caps
from ui.navigation import NavigationLine
from ui.page_stack import PageStack
from ui.panel_host import NARROW_BELOW, PanelHost
from ui.rail import Rail
from ui.session_state import SessionState
from ui.shell import STATE_GROUP
from ui.top_bar import TopBar
from ui.undisturbed import Undisturbed
from ui.widgets.surface import Surface
from ui.widgets.toast_host import ToastHost


class Frame(Surface):
    """Rail left, top bar over the page, panel right; a narrow window trades the rail for the panel."""

    def __init__(
        self,
        lines: Sequence[NavigationLine],
        state: SessionState,
        undisturbed: Undisturbed,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("surface", parent=parent)
        self._state = state
        self._wanted_narrow = bool(state.get(STATE_GROUP, "rail_collapsed", default=False))
        self._widened_anyway = False
        self.rail = Rail(lines)
        self.top_bar = TopBar()
        self.banners = BannerPlace()
        self.panel = PanelHost()
        self.pages = PageStack(self.panel, undisturbed)
        self.toasts = ToastHost(self.pages)
        self.rail.collapse_toggled.connect(self.toggle_rail)
        self.panel.panel_toggled.connect(self._on_panel_toggled)
        self._assemble()
        self._arrange()

    def toggle_rail(self) -> None:
        """Narrow or widen the rail; in a narrow window with the panel open only for as long as that lasts."""
        if self._makes_room():
            self._widened_anyway = self.rail.is_collapsed
        else:
            self._wanted_narrow = not self.rail.is_collapsed
            self._state.set(STATE_GROUP, "rail_collapsed", self._wanted_narrow)
        self._arrange()

    def show_keys(self, keys: Callable[[str, str], str]) -> None:
        """Say the keys that hold now; `keys` answers for a section and the key a command came with."""

        def caps(default: str) -> str:
            return " ".join(key_caps(keys("window", default)))

        self.top_bar.search.set_key_cap(caps("Ctrl+K"))
        self.top_bar.capture.set_key_cap(caps("Ctrl+N"))
        self.rail.set_keys(caps("Ctrl+B"), lambda letter: key_caps(keys("go", f"G, {letter}")))
        self.toasts.set_keys(undo=caps("Ctrl+Z"), redo=caps("Ctrl+Shift+Z"))

    def _assemble(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.pages, 1)
        below.addWidget(self.panel)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top_bar)
        right.addWidget(self.banners)
        right.addLayout(below, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)

    def _makes_room(self) -> bool:
        return self.width() < NARROW_BELOW and self.panel.is_open

    def _arrange(self) -> None:
        self.panel.set_window_width(self.width())
        collapsed = self._wanted_narrow or (self._makes_room() and not self._widened_anyway)
        if collapsed is not self.rail.is_collapsed:
            self.rail.set_collapsed(collapsed)

    def _on_panel_toggled(self, is_open: bool) -> None:
        if not is_open:
            self._widened_anyway = False
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.panel.is_open:
            self.panel.set_page_open(self.pages.current_name, False)
            if self.pages.current is not None:
                # What had the keyboard may have been in the panel.
                self.pages.current.widget.setFocus()
            return
        super().keyPressEvent(event)
