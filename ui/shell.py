"""The window on the screen from the first moment: the shape of the frame, then the frame itself in its place.

It imports Qt and the tokens and nothing else, because what stands on the screen first should cost about as much
as an empty window; everything else is imported once it was painted.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.session_state import SessionState
from ui.theme.palettes import DARK, LIGHT
from ui.theme.tokens import HAIRLINE, MAXIMUM_ZOOM, MINIMUM_ZOOM, Metrics, Palette, ThemeMode

STATE_GROUP: Final = "window"
SMALLEST: Final = QSize(960, 600)
FIRST_SIZE: Final = QSize(1440, 900)
_BAR_SHARE: Final = 0.6
_COLUMNS: Final = 3


class Shell(QWidget):
    """Paints grounds, lines and placeholder rows where the frame will be; keeps the window's place."""

    #: It stands on the screen for the first time.
    painted = Signal()
    #: The user closes it.
    closing = Signal()

    def __init__(self, state: SessionState, *, shows_frame: bool) -> None:
        super().__init__()
        self._state = state
        self._shows_frame = shows_frame
        self._painted = False
        self._content: QWidget | None = None
        self._colours = _palette(state)
        self._metrics = Metrics().scaled(_zoom(state))
        self._collapsed = bool(state.get(STATE_GROUP, "rail_collapsed", default=False))
        self.setWindowTitle("MyCRM")
        self.setMinimumSize(SMALLEST)

    def restore_place(self) -> None:
        """Stand where the window stood last."""
        kept = self._state.get_bytes(STATE_GROUP, "geometry")
        if kept.isEmpty() or not self.restoreGeometry(kept):
            self.resize(FIRST_SIZE.boundedTo(self.screen().availableSize()))

    def set_content(self, content: QWidget) -> None:
        """Put the real window in place of the shape."""
        self._content = content
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(content)
        content.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._state.set_bytes(STATE_GROUP, "geometry", self.saveGeometry())
        self._state.save()
        self.closing.emit()
        super().closeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._content is None:
            painter = QPainter(self)
            if self._shows_frame:
                self._paint_frame(painter)
            else:
                painter.fillRect(self.rect(), QColor(self._colours.canvas))
            painter.end()
        if not self._painted:
            self._painted = True
            # Not from within a paint event.
            QTimer.singleShot(0, self.painted.emit)

    def _paint_frame(self, painter: QPainter) -> None:
        metrics, colours = self._metrics, self._colours
        rail = metrics.rail_collapsed if self._collapsed else metrics.rail
        line = QColor(colours.line)
        painter.fillRect(self.rect(), QColor(colours.surface))
        painter.fillRect(QRect(0, 0, rail, self.height()), QColor(colours.canvas))
        painter.fillRect(QRect(rail - HAIRLINE, 0, HAIRLINE, self.height()), line)
        painter.fillRect(QRect(rail, metrics.top_bar - HAIRLINE, self.width(), HAIRLINE), line)
        top = metrics.top_bar + metrics.page_header + metrics.tab_bar + metrics.filter_bar + metrics.table_head
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        while top + metrics.row <= self.height():
            self._paint_row(painter, rail, top)
            painter.fillRect(QRect(rail, top + metrics.row - HAIRLINE, self.width(), HAIRLINE), line)
            top += metrics.row

    def _paint_row(self, painter: QPainter, rail: int, top: int) -> None:
        metrics = self._metrics
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.pressed))
        side, bar = metrics.avatar_s, metrics.space_8
        left = rail + metrics.page_margin
        painter.drawEllipse(QRect(left, top + (metrics.row - side) // 2, side, side))
        left += side + metrics.group_gap
        width = (self.width() - left - metrics.page_margin) / _COLUMNS
        for column in range(_COLUMNS):
            box = QRectF(left + column * width, top + (metrics.row - bar) / 2, width * _BAR_SHARE, bar)
            painter.drawRoundedRect(box, bar / 2, bar / 2)


def _palette(state: SessionState) -> Palette[str]:
    mode = state.get("appearance", "theme", ThemeMode.SYSTEM.value)
    if mode == ThemeMode.SYSTEM.value:
        is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    else:
        is_dark = mode == ThemeMode.DARK.value
    return DARK if is_dark else LIGHT


def _zoom(state: SessionState) -> float:
    kept = state.get("appearance", "zoom", 1.0)
    return min(MAXIMUM_ZOOM, max(MINIMUM_ZOOM, float(kept))) if isinstance(kept, int | float) else 1.0
