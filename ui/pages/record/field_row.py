"""One field of a record in the panel: its name, its value, and the value's editor in the same place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QWidget

from ui.pages.record.inputs import ChoiceInput, CompanyInput, ValueInput
from ui.theme.shapes import LEFT, crisp, draw_text, fill_box
from ui.theme.tags import paint_tag, tag_width
from ui.theme.tokens import Tone
from ui.widgets.themed import Themed, set_focus_shape

MakeInput = Callable[[str], ValueInput]
LABEL_SHARE: Final = 112


class FieldRow(Themed):
    """32 high; a press, Return or F2 opens the editor, Return keeps, Escape drops."""

    #: The user gave another value: field and text.
    changed = Signal(str, str)
    #: The value was pressed in a row that is only read.
    pressed = Signal(str)

    def __init__(self, name: str, label: str, make_input: MakeInput | None) -> None:
        super().__init__()
        self.name = name
        self._label = label
        self._make_input = make_input
        self._shown = ""
        self._typed = ""
        self._tone: Tone | None = None
        self._hovered = False
        self.input: ValueInput | None = None
        self._row = QHBoxLayout(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if make_input else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)
        self.restyle()

    @property
    def is_editing(self) -> bool:
        """Whether the editor stands in the place of the value."""
        return self.input is not None

    def show_value(self, shown: str, typed: str, *, tone: Tone | None = None) -> None:
        """Show a value; `typed` is how it is written in the editor."""
        self._shown, self._typed, self._tone = shown, typed, tone
        self.setAccessibleName(f"{self._label}: {shown or self.tr('empty')}")
        self.setAccessibleDescription(self.tr("Return edits it") if self._make_input else "")
        self.setToolTip(shown if self._width_of(shown) > self._room() else "")
        self.update()

    def edit(self) -> None:
        """Put the editor in the place of the value."""
        if self._make_input is None or self.input is not None:
            return
        made = self._make_input(self.name)
        made.set_text(self._typed)
        made.submitted.connect(self._on_submitted)
        made.installEventFilter(self)
        for child in made.findChildren(QWidget):
            child.installEventFilter(self)
        self.input = made
        self._row.addWidget(made)
        self.updateGeometry()
        self.update()
        made.take_focus()
        if isinstance(made, ChoiceInput):
            made.open_list()

    def show_error(self, text: str) -> None:
        """Say below the value what is wrong with it; the editor stays."""
        if self.input is not None:
            self.input.set_error(text)
            self.input.take_focus()
            self.updateGeometry()

    def end_editing(self) -> None:
        """Show the value again."""
        if self.input is None:
            return
        made, self.input = self.input, None
        focused = self.window().focusWidget()
        had_focus = focused is not None and made.isAncestorOf(focused)
        self._row.removeWidget(made)
        made.hide()
        made.deleteLater()
        self.updateGeometry()
        self.update()
        if had_focus:
            self.setFocus()

    def restyle(self) -> None:
        metrics = self.theme.metrics
        set_focus_shape(self, radius=metrics.radius_s)
        self._row.setContentsMargins(self._left(), 0, metrics.space_20, 0)

    def _left(self) -> int:
        return self.theme.metrics.space_20 + round(LABEL_SHARE * self.theme.zoom)

    def _room(self) -> int:
        return self.width() - self._left() - self.theme.metrics.space_20

    def _width_of(self, text: str) -> int:
        return round(self.theme.lettering.width(self.theme.font("body"), text)) if text else 0

    def _commit(self) -> None:
        if self.input is None:
            return
        text = self.input.text
        if text == self._typed:
            self.end_editing()
        else:
            self.changed.emit(self.name, text)

    def _on_submitted(self) -> None:
        self._commit()

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        # Leaving the field keeps what was typed, as Return does; another window is not leaving.
        if self.input is None or now is None or now.window() is not self.window():
            return
        if now is not self and not self.isAncestorOf(now):
            self._commit()

    def sizeHint(self) -> QSize:
        height = self.theme.metrics.row_compact
        if self.input is not None:
            height = max(height, self.input.sizeHint().height() + self.theme.metrics.space_4)
        return QSize(self._left() * 2, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._left(), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.input is None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            if self._make_input is None:
                self.pressed.emit(self.name)
            else:
                self.edit()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.input is not None:
            if isinstance(self.input, CompanyInput) and self.input.suggestions.is_shown:
                return False
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.end_editing()
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        painter = QPainter(self)
        with crisp(painter):
            height = metrics.row_compact
            label = self.rect().adjusted(metrics.space_20, 0, 0, 0)
            label.setHeight(height)
            label.setWidth(self._left() - metrics.space_20 - metrics.row_gap)
            draw_text(
                painter,
                label,
                self._label,
                font=self.theme.font("body"),
                colour=palette.text_2,
                align=LEFT,
                elide=True,
            )
            if self.input is None:
                self._paint_value(painter)
        painter.end()

    def _paint_value(self, painter: QPainter) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        box = self.rect().adjusted(self._left() - metrics.row_gap, 2, -metrics.space_12, -2)
        if self._hovered and self._make_input is not None:
            fill_box(painter, box, palette.hover, radius=metrics.radius_s)
        inner = box.adjusted(metrics.row_gap, 0, -metrics.row_gap, 0)
        if self._tone is not None and self._shown:
            width = min(tag_width(self.theme, self._shown), inner.width())
            tag = inner.adjusted(0, (inner.height() - metrics.tag) // 2, 0, 0)
            tag.setSize(QSize(width, metrics.tag))
            paint_tag(painter, tag, self._shown, tone=self._tone, theme=self.theme, elide=True)
            return
        text = self._shown or (self.tr("Add") if self._make_input is not None else "–")
        colour = palette.text if self._shown else palette.text_3
        draw_text(painter, inner, text, font=self.theme.font("body"), colour=colour, align=LEFT, elide=True)
