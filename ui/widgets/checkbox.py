"""A checkbox that waits for a button, in three states."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from ui.theme.marks import paint_checkbox
from ui.theme.shapes import LEFT, crisp, draw_text, square, text_width
from ui.theme.theme import theme_of
from ui.widgets.themed import set_focus_shape


class Checkbox(QCheckBox):
    """A box with a label at its right; mixed means some of the rows, and the next press checks all."""

    def __init__(self, text: str, *, label_shown: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.theme = theme_of()
        self._label = text
        self._label_shown = label_shown
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        # A long label gives way and goes on in the next line.
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(label_shown)
        self.setSizePolicy(policy)
        set_focus_shape(self, radius=self.theme.metrics.radius_check)
        self.theme.theme_changed.connect(self._on_theme_changed)

    def set_mixed(self) -> None:
        """Show that some but not all are checked."""
        self.setCheckState(Qt.CheckState.PartiallyChecked)

    def focus_rect(self) -> QRect:
        """The box without its label."""
        metrics = self.theme.metrics
        left = 0 if self._label_shown else (self.width() - metrics.mark) // 2
        return square(left, metrics.hit_area if self._is_wrapped() else self.height(), metrics.mark)

    def _on_theme_changed(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.radius_check)
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        checked = self.checkState() is Qt.CheckState.Checked
        self.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        if not self._label_shown:
            return QSize(metrics.hit_area, metrics.hit_area)
        label = text_width(self.theme.font("body"), self._label)
        return QSize(metrics.mark + metrics.row_gap + label, metrics.hit_area)

    def minimumSizeHint(self) -> QSize:
        wanted = self.sizeHint()
        return QSize(min(wanted.width(), self.theme.metrics.rail), wanted.height())

    def hasHeightForWidth(self) -> bool:
        return self._label_shown

    def heightForWidth(self, width: int) -> int:
        metrics, line = self.theme.metrics, self.theme.fonts.line_height("body")
        room = max(1, width - metrics.mark - metrics.row_gap)
        wrapped = QFontMetrics(self.theme.font("body")).boundingRect(
            QRect(0, 0, room, metrics.rail * 10), Qt.TextFlag.TextWordWrap, self._label
        )
        return max(metrics.hit_area, wrapped.height() + metrics.hit_area - line)

    def _is_wrapped(self) -> bool:
        return self._label_shown and self.width() < self.sizeHint().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Layouts that know only a fixed height give a wrapped label its second line too.
        self.setMinimumHeight(self.heightForWidth(self.width()) if self._is_wrapped() else 0)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics = self.theme.metrics
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            hovered = self.underMouse() and self.isEnabled()
            paint_checkbox(painter, self.focus_rect(), self.checkState(), theme=self.theme, hovered=hovered)
            if self._is_wrapped():
                painter.setFont(self.theme.font("body"))
                painter.setPen(self.theme.palette.text)
                top = (metrics.hit_area - self.theme.fonts.line_height("body")) // 2
                room = self.rect().adjusted(metrics.mark + metrics.row_gap, top, 0, 0)
                painter.drawText(room, Qt.TextFlag.TextWordWrap, self._label)
            elif self._label_shown:
                draw_text(
                    painter,
                    self.rect().adjusted(metrics.mark + metrics.row_gap, 0, 0, 0),
                    self._label,
                    font=self.theme.font("body"),
                    colour=self.theme.palette.text,
                    align=LEFT,
                )
        painter.end()
