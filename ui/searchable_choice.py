"""A choice from a list too long to read: its popover has a field that narrows the list down."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.combo_box import ComboBox
from ui.widgets.line_field import LineField
from ui.widgets.option_list import OptionList
from ui.widgets.popover import Popover

SHOWN_OPTIONS = 8


class SearchableChoice(ComboBox):
    """A combo box; typing into the popover shows only the entries that hold every typed word."""

    def __init__(self, search_name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._search_name = search_name
        self._narrowed = _Narrowed(self)
        self._options: OptionList | None = None

    def _content(self) -> QWidget:
        metrics = self.theme.metrics
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(metrics.space_4, metrics.space_4, metrics.space_4, metrics.space_4)
        column.setSpacing(metrics.space_6)
        field = LineField("", placeholder=self._search_name, icon="search")
        field.editor.setAccessibleName(self._search_name)
        field.text_changed.connect(self._on_text_changed)
        field.editor.installEventFilter(self)
        options = OptionList(self._narrowed, shown=SHOWN_OPTIONS)
        options.setAccessibleName(self.accessibleName())
        options.option_chosen.connect(self._on_narrowed_chosen)
        options.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(field)
        column.addWidget(options)
        content.setFocusProxy(field.editor)
        self._options = options
        return content

    def _on_text_changed(self, text: str) -> None:
        self._narrowed.narrow(text)
        self._reach(0)

    def _reach(self, row: int) -> None:
        if self._options is not None and self._narrowed.rowCount():
            row = max(0, min(row, self._narrowed.rowCount() - 1))
            self._options.setCurrentIndex(self._narrowed.index(row, 0))

    def _on_narrowed_chosen(self, row: int) -> None:
        source = self._narrowed.mapToSource(self._narrowed.index(row, 0)).row()
        self.hidePopup()
        if source >= 0:
            self.setCurrentIndex(source)
            self.activated.emit(source)

    def showPopup(self) -> None:
        if self._popover is not None or self.count() == 0:
            return
        # Not before: it would look at every entry while the list is being filled.
        self._narrowed.setSourceModel(self.model())
        self._narrowed.narrow("")
        content = self._content()
        popover = Popover(self, padding=self.theme.metrics.space_4)
        popover.set_content(content)
        popover.closed.connect(self._on_popover_closed)
        self._popover = popover
        popover.open_at(self, minimum_width=self.width())
        self._reach(self._narrowed.mapFromSource(self.model().index(self.currentIndex(), 0)).row())
        content.setFocus(Qt.FocusReason.PopupFocusReason)
        self.update()

    def sizeHint(self) -> QSize:
        # Hundreds of entries are not measured: the width is the form's to say.
        return QSize(self.theme.metrics.rail, self.theme.metrics.control)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._options is not None:
            row = self._options.currentIndex().row()
            step = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: SHOWN_OPTIONS,
                Qt.Key.Key_PageUp: -SHOWN_OPTIONS,
            }.get(Qt.Key(event.key()))
            if step is not None:
                self._reach(row + step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_narrowed_chosen(row)
                return True
        return super().eventFilter(watched, event)


class _Narrowed(QSortFilterProxyModel):
    """Keeps the entries in which every word occurs, in any case."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._words: list[str] = []

    def narrow(self, text: str) -> None:
        """Keep what holds these words."""
        self.beginResetModel()
        self._words = text.casefold().split()
        self.endResetModel()

    def filterAcceptsRow(self, row: int, parent: object) -> bool:  # noqa: N802 - Qt's name
        model = self.sourceModel()
        texts = [model.index(row, 0).data(role) for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.UserRole)]
        whole = " ".join(str(text) for text in texts).casefold().replace("_", " ")
        return all(word in whole for word in self._words)
