"""A page that scrolls, with the page margins and a bounded width."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.theme.theme import theme_of


class ScrollArea(QScrollArea):
    """Put content into `body`; the scroll bar is the page's own, never one per card."""

    def __init__(self, *, margins: bool = True, bounded: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme_of()
        self._margins = margins
        self._bounded = bounded
        self.setProperty("bare", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = QWidget()
        self._content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.body = QVBoxLayout(self._content)
        self.setWidget(self._content)
        self._content.setAutoFillBackground(False)
        self._spacing = -1
        self._on_theme_changed()
        self.theme.theme_changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        metrics = self.theme.metrics
        side = metrics.page_margin if self._margins else 0
        self.body.setContentsMargins(side, metrics.gap if self._margins else 0, side, side)
        # Who gave the body another spacing keeps it when the theme changes.
        if self._spacing < 0 or self.body.spacing() == self._spacing:
            self._spacing = metrics.gap
            self.body.setSpacing(self._spacing)
        if self._bounded:
            self._content.setMaximumWidth(metrics.content_width + 2 * side)
