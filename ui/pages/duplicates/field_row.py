"""One field of two records: its name and both values to choose from."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from services.records.duplicates import MergeField, Side
from services.records.fields import EntityKind
from ui.pages.duplicates.choice_cell import ChoiceCell
from ui.pages.duplicates.decision import Decision, both_fit
from ui.pages.duplicates.differences import Part, marked
from ui.pages.duplicates.words import merge_field_name, reason_text, value_text
from ui.pages.record.moments import Moments
from ui.theme.shapes import LEFT, draw_text
from ui.theme.tokens import HAIRLINE
from ui.widgets.themed import Themed

LABEL_WIDTH: Final = 136


class FieldChoice(Themed):
    """A row of the comparison, with why its value is suggested below its name; the current one has a bar at its left
    and shows its keys."""

    #: A value was pressed: the field and its `Side`.
    side_pressed = Signal(str, object)
    #: The pointer or the focus is on this row.
    reached = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field: MergeField | None = None
        self._label = ""
        self._reason = ""
        self._is_current = False
        self.cells = {side: ChoiceCell(side, parent=self) for side in (Side.KEEP, Side.OTHER)}
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        for side, cell in self.cells.items():
            self._row.addWidget(cell, 1)
            cell.clicked.connect(lambda _on=False, side=side: self._on_pressed(side))
        self.restyle()

    @property
    def reason(self) -> str:
        """Why the value that is marked is taken."""
        return self._reason

    def show_field(self, entity: EntityKind, field: MergeField, moments: Moments) -> None:
        """Show both values of a field."""
        self.field, self._label = field, merge_field_name(field.name)
        keep, other = (value_text(entity, field.name, value, moments) for value in (field.keep, field.other))
        texts = {Side.KEEP: marked(keep, other), Side.OTHER: marked(other, keep)}
        for side, cell in self.cells.items():
            parts = texts[side] if field.differs else (Part(keep, differs=False),)
            locked = field.locked and field.differs
            cell.show_value(self._label, parts, may_both=both_fit(field), locked=locked, equal=not field.differs)
        self.setAccessibleName(self._label)
        self.update()

    def show_decision(self, decision: Decision) -> None:
        """Mark what is taken."""
        if self.field is not None:
            for side, cell in self.cells.items():
                cell.set_taken(not self.field.differs or decision.takes(self.field, side))
            chosen = self.field.name in decision.choices
            self._reason = self.tr("Your choice") if chosen else reason_text(self.field.reason)
            if not self.field.differs:
                self._reason = ""
            self.setAccessibleDescription(self._reason)
            self.setToolTip(self._reason)
            self.update()

    def set_current(self, current: bool) -> None:
        """Whether the keys choose here."""
        self._is_current = current
        for cell in self.cells.values():
            cell.set_current(current)
        self.update()

    def restyle(self) -> None:
        self._row.setContentsMargins(round(LABEL_WIDTH * self.theme.zoom), 0, 0, 0)

    def _on_pressed(self, side: Side) -> None:
        if self.field is not None:
            self.reached.emit()
            self.side_pressed.emit(self.field.name, side)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.reached.emit()
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        painter = QPainter(self)
        painter.fillRect(QRect(0, self.height() - HAIRLINE, self.width(), HAIRLINE), palette.line)
        if self._is_current:
            painter.fillRect(QRect(0, 0, metrics.current_bar, self.height() - HAIRLINE), palette.accent)
        room = QRect(metrics.card_pad, 0, self._row.contentsMargins().left() - metrics.card_pad, self.height())
        self._paint_name(painter, room)
        painter.end()

    def _paint_name(self, painter: QPainter, room: QRect) -> None:
        palette, fonts = self.theme.palette, self.theme.fonts
        if self._reason:
            lines = fonts.line_height("body"), fonts.line_height("caption")
            room.setTop((room.height() - sum(lines)) // 2)
            below = QRect(room.left(), room.top() + lines[0], room.width(), lines[1])
            room.setHeight(lines[0])
            font = self.theme.font("caption")
            draw_text(painter, below, self._reason, font=font, colour=palette.text_3, align=LEFT, elide=True)
        font = self.theme.font("body-medium")
        draw_text(painter, room, self._label, font=font, colour=palette.text_2, align=LEFT, elide=True)
