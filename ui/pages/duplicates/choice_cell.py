"""One of the two values of a field: a mark to choose it by, the text with what differs, and its key."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from services.records.duplicates import Side
from ui.pages.duplicates.differences import Part
from ui.theme.marks import blended, key_cap_width, paint_checkbox, paint_key_cap, paint_radio
from ui.theme.shapes import LEFT, crisp, draw_text, fill_box, square, text_width
from ui.theme.tokens import HAIRLINE, Tone
from ui.widgets.themed import ThemedButton, set_focus_shape

_KEYS: Final = {Side.KEEP: "1", Side.OTHER: "2"}


class ChoiceCell(ThemedButton):
    """44 high; a circle where one value is taken, a box where both may be, a lock where a rule decides,
    a tick where both say the same."""

    def __init__(self, side: Side, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._parts: tuple[Part, ...] = ()
        self._may_both = False
        self._is_locked = False
        self._is_equal = False
        self._is_current = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        set_focus_shape(self, radius=self.theme.metrics.radius_xs)

    @property
    def text_shown(self) -> str:
        """The value as it is written."""
        return "".join(part.text for part in self._parts)

    def show_value(self, field: str, parts: tuple[Part, ...], *, may_both: bool, locked: bool, equal: bool) -> None:
        """Show a value; empty parts for none."""
        self._parts, self._may_both, self._is_locked = parts, may_both, locked
        self._is_equal = equal
        said = self.text_shown or self.tr("Empty")
        self.setAccessibleName(f"{field}: {said}")
        self.setAccessibleDescription(self.tr("Decided by a rule") if locked else "")
        self.setEnabled(not locked and not equal)
        self.setToolTip(self.text_shown)
        self.update()

    def set_taken(self, taken: bool) -> None:
        """Whether the merge takes this value."""
        self.setChecked(taken)

    def set_current(self, current: bool) -> None:
        """Whether the keys choose in this row."""
        self._is_current = current
        self.update()

    def nextCheckState(self) -> None:
        # The decision says what is taken, not the press.
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.metrics.search_width // 2, self.theme.metrics.row_two_lines)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.metrics.search_width // 4, self.theme.metrics.row_two_lines)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        painter = QPainter(self)
        with crisp(painter):
            if self.isChecked() and not self._is_equal:
                painter.fillRect(self.rect(), palette.accent_soft)
            else:
                painter.fillRect(self.rect(), blended(palette.raised, palette.hover, self.hover.value))
            painter.fillRect(QRect(0, 0, HAIRLINE, self.height()), palette.line)
            painter.fillRect(QRect(0, self.height() - HAIRLINE, self.width(), HAIRLINE), palette.line)
            left = metrics.group_gap + HAIRLINE
            self._paint_mark(painter, square(left, self.height(), metrics.mark))
            left += metrics.mark + metrics.row_gap
            room = QRect(left, 0, self.width() - left - metrics.group_gap, self.height())
            if self._is_current and self.isEnabled():
                cap = key_cap_width(_KEYS[self._side], self.theme)
                top = (self.height() - metrics.key_cap) // 2
                at = QRect(room.right() + 1 - cap, top, cap, metrics.key_cap)
                paint_key_cap(painter, at, _KEYS[self._side], theme=self.theme)
                room.adjust(0, 0, -cap - metrics.row_gap, 0)
            self._paint_text(painter, room)
        painter.end()

    def _paint_mark(self, painter: QPainter, box: QRect) -> None:
        taken = self.isChecked()
        hovered = self.underMouse() and self.isEnabled()
        if self._is_equal:
            self.theme.icons.paint(painter, box, "check", self.theme.colour("text_3"))
        elif self._is_locked:
            colour = self.theme.colour("accent_text" if taken else "text_3")
            self.theme.icons.paint(painter, box, "lock", colour)
        elif self._may_both:
            state = Qt.CheckState.Checked if taken else Qt.CheckState.Unchecked
            paint_checkbox(painter, box, state, theme=self.theme, hovered=hovered)
        else:
            paint_radio(painter, box, on=taken, theme=self.theme, hovered=hovered)

    def _paint_text(self, painter: QPainter, room: QRect) -> None:
        palette, font = self.theme.palette, self.theme.font("body")
        colour = palette.text if self.isChecked() else palette.text_2
        if not self.text_shown:
            draw_text(painter, room, self.tr("Empty"), font=font, colour=palette.text_3, align=LEFT)
            return
        if len(self._parts) == 1 or text_width(font, self.text_shown) > room.width():
            draw_text(painter, room, self.text_shown, font=font, colour=colour, align=LEFT, elide=True)
            return
        self._paint_parts(painter, room)

    def _paint_parts(self, painter: QPainter, room: QRect) -> None:
        """What differs stands on the soft colour of its side: of the one that stays green, of the other amber."""
        metrics, font = self.theme.metrics, self.theme.font("body")
        tone = self.theme.tone(Tone.OK if self._side is Side.KEEP else Tone.WARN)
        plain = self.theme.palette.text if self.isChecked() else self.theme.palette.text_2
        line = self.theme.fonts.line_height("body")
        left, top = room.left(), (self.height() - line) // 2
        for part in self._parts:
            width = text_width(font, part.text)
            if part.differs:
                ground = QRect(left - metrics.space_2, top, width + 2 * metrics.space_2, line)
                fill_box(painter, ground, tone.soft, radius=metrics.radius_xs)
            at = QRect(left, 0, width, self.height())
            draw_text(painter, at, part.text, font=font, colour=tone.text if part.differs else plain, align=LEFT)
            left += width
