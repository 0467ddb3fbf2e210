"""A message over the page in inverted colours: what happened, and the way back."""

from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QEnterEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.shapes import crisp, fill_box, square
from ui.theme.tokens import HAIRLINE
from ui.widgets.busy_ring import BusyRing
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.shadow_frame import ShadowFrame
from ui.widgets.themed import Themed

TRACK_OPACITY = 0.22


class Toast(ShadowFrame):
    """One message; the host shows it, times it and takes it away."""

    #: The action, Undo or Cancel for instance, was pressed.
    action_pressed = Signal()
    #: The pointer came over it or left; a hovered toast stays.
    hover_changed = Signal(bool)

    def __init__(
        self,
        text: str,
        *,
        second_line: str = "",
        icon: str = "check",
        action: str = "",
        shortcut: str = "",
        action_icon: str = "",
        with_progress: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, ground="toast", border="toast")
        self.message = f"{text} {second_line}".strip()
        self._lead = _Lead(icon, busy=with_progress)
        self._text = ElidedLabel(text, role="body", colour="toast_text")
        self._second = ElidedLabel(second_line, role="body", colour="toast_text")
        self._second.setVisible(bool(second_line))
        self._action = LinkButton(
            action,
            icon=action_icon,
            hint=shortcut,
            colour="toast_action",
            hint_colour="toast_text",
            role="body-strong",
        )
        self._action.setVisible(bool(action))
        self._action.clicked.connect(self.action_pressed)
        self._bar = _Bar()
        self._left = Label(role="caption", colour="toast_text", tabular=True)
        self._right = Label(role="caption", colour="toast_text", tabular=True)
        self._two_lines = bool(second_line)
        self._with_progress = with_progress
        self._assemble()
        self.setAccessibleName(self.message)

    def set_progress(self, share: float, *, count: str, rate: str = "") -> None:
        """Show a share between 0 and 1, `1,140 of 1,842` at the left and rate and time left at the right."""
        self._bar.set_share(share)
        self._left.setText(count)
        self._right.setText(rate)

    def _assemble(self) -> None:
        metrics = self.theme.metrics
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(metrics.space_16, 0, metrics.space_12, 0)
        column.setSpacing(metrics.space_6)
        row = QHBoxLayout()
        row.setSpacing(metrics.row_gap)
        row.addWidget(self._lead)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._text)
        texts.addWidget(self._second)
        row.addLayout(texts)
        row.addStretch(1)
        if not self._action.isHidden():
            row.addSpacing(metrics.space_16)
        row.addWidget(self._action)
        column.addStretch(1)
        column.addLayout(row)
        if self._with_progress:
            column.setContentsMargins(metrics.space_16, metrics.space_4, metrics.space_16, metrics.space_12)
            column.addWidget(self._bar)
            # Numbers that change must not change the width of what stands still.
            content.setMinimumWidth(metrics.toast_progress_width)
            foot = QHBoxLayout()
            foot.addWidget(self._left)
            foot.addStretch(1)
            foot.addWidget(self._right)
            column.addLayout(foot)
        column.addStretch(1)
        height = metrics.toast_progress if self._with_progress else metrics.toast
        if self._two_lines and not self._with_progress:
            height = metrics.toast_two_lines
        content.setFixedHeight(height - 2 * HAIRLINE)
        self.set_content(content)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.hover_changed.emit(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hover_changed.emit(False)
        super().leaveEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


class _Lead(Themed):
    """The icon at the left, or the busy ring of running work."""

    def __init__(self, icon: str, *, busy: bool) -> None:
        super().__init__()
        self._icon = icon
        self._ring = BusyRing(self)
        self._ring.set_running(busy, at_once=True)

    def sizeHint(self) -> QSize:
        side = self.theme.metrics.icon_s
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colour = self.theme.palette.toast_text
        box = square(0, self.height(), self.theme.metrics.icon_s)
        painter = QPainter(self)
        with crisp(painter):
            if self._ring.is_visible:
                self._ring.paint(painter, box.adjusted(1, 1, -1, -1), colour)
            else:
                self.theme.icons.paint(painter, box, self._icon, colour)
        painter.end()


class _Bar(Themed):
    """The bar of a progress toast: toast-action on a faint track."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0

    def set_share(self, share: float) -> None:
        """Show another share."""
        self._share = min(1.0, max(0.0, share))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.metrics.rail, self.theme.metrics.progress_thin)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.theme.metrics.progress_thin)

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self.theme.palette
        track = QColor(palette.toast_text)
        track.setAlphaF(TRACK_OPACITY)
        painter = QPainter(self)
        with crisp(painter):
            radius = self.height() / 2
            fill_box(painter, self.rect(), track, radius=radius)
            done = QRectF(0, 0, max(self.height(), self.width() * self._share), self.height())
            if self._share > 0:
                fill_box(painter, done, palette.toast_action, radius=radius)
        painter.end()
