"""Suggestions below a text field while somebody types: arrows choose, Return takes, typing goes on undisturbed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme.theme import theme_of
from ui.widgets.option_list import OptionList
from ui.widgets.shadow_frame import ShadowFrame

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line of the list, and what it stands for."""

    text: str
    value: str


class _Options(OptionList):
    """A list that leaves the cursor in the field above it, as high as what it holds."""

    def __init__(self, model: QStringListModel) -> None:
        super().__init__(model, shown=1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = model

    def sizeHint(self) -> QSize:
        rows = max(1, min(SHOWN, self._model.rowCount()))
        return QSize(super().sizeHint().width(), rows * self.theme.metrics.menu_item)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())


class SuggestionList(QObject):
    """Belongs to one editor; floats over the window below `anchor`, so that nothing moves when it comes."""

    #: A suggestion was taken; carries it.
    taken = Signal(object)

    def __init__(self, editor: QLineEdit, anchor: QWidget) -> None:
        super().__init__(editor)
        self._editor = editor
        self._anchor = anchor
        self._suggestions: list[Suggestion] = []
        self._texts = QStringListModel()
        self._frame: ShadowFrame | None = None
        self._options: _Options | None = None
        editor.installEventFilter(self)
        editor.destroyed.connect(self._on_editor_destroyed)

    @property
    def is_shown(self) -> bool:
        """Whether suggestions are on show."""
        return self._frame is not None and self._frame.isVisible()

    @property
    def suggestions(self) -> Sequence[Suggestion]:
        """What is offered now."""
        return self._suggestions

    def offer(self, suggestions: Sequence[Suggestion]) -> None:
        """Show these, or nothing when there are none or the cursor has left the field."""
        self._suggestions = list(suggestions)
        self._texts.setStringList([suggestion.text for suggestion in suggestions])
        if not suggestions or self._editor.window().focusWidget() is not self._editor:
            self.hide()
            return
        self._show()

    def hide(self) -> None:
        """Take the list away."""
        if self._frame is not None:
            self._frame.hide()

    def take(self, row: int) -> None:
        """Take a suggestion."""
        if 0 <= row < len(self._suggestions):
            self.hide()
            self.taken.emit(self._suggestions[row])

    def _show(self) -> None:
        if self._frame is None:
            self._frame = ShadowFrame(self._editor.window(), padding=theme_of().metrics.space_4)
            self._options = _Options(self._texts)
            # The list outlives its field for a moment, and its texts must live as long.
            self._texts.setParent(self._options)
            self._options.setAccessibleName(self.tr("Suggestions"))
            self._options.option_chosen.connect(self.take)
            self._frame.set_content(self._options)
        frame, window = self._frame, self._editor.window()
        margins, gap = frame.shadow_margins, theme_of().metrics.space_4
        top_left = self._anchor.mapTo(window, QPoint(0, 0))
        size = frame.sizeHint()
        width = max(size.width(), self._anchor.width() + margins.left() + margins.right())
        y = top_left.y() + self._anchor.height() + gap - margins.top()
        if y + size.height() - margins.bottom() > window.height():
            # No room below: the list stands above its field.
            y = top_left.y() - gap - size.height() + margins.bottom()
        frame.resize(width, size.height())
        frame.move(top_left.x() - margins.left(), y)
        frame.show()
        frame.raise_()

    def _on_editor_destroyed(self) -> None:
        if self._frame is not None:
            self._frame.deleteLater()
            self._frame = None

    def _step(self, step: int) -> None:
        assert self._options is not None
        row = self._options.currentIndex().row() + step
        self._options.setCurrentIndex(self._texts.index(min(max(row, 0), len(self._suggestions) - 1)))

    def _take_current(self) -> bool:
        assert self._options is not None
        row = self._options.currentIndex().row()
        self.take(row)
        return row >= 0

    def _key_pressed(self, event: QKeyEvent) -> bool:
        """Whether the key was for the list."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._take_current()
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.hide()
        # Escape belongs to the list before any shortcut of the page.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.is_shown:
            event.accept()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.is_shown:
            return self._key_pressed(event)
        return super().eventFilter(watched, event)
