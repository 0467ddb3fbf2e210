"""The tags of a record as chips that can be taken off, and a field for one more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.pages.record.lookups import Lookups
from ui.pages.record.suggestion_list import Suggestion, SuggestionList
from ui.widgets.chip import Chip
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.line_field import LineField
from ui.widgets.themed import Themed

FIELD_WIDTH: Final = 200


class TagRow(Themed):
    """Says what is to be put on or taken off; it does neither by itself."""

    #: A tag is to be put on.
    added = Signal(str)
    #: A tag is to be taken off.
    removed = Signal(str)

    def __init__(self, lookups: Lookups) -> None:
        super().__init__()
        self._lookups = lookups
        self._tags: tuple[str, ...] = ()
        self.chips: list[Chip] = []
        self._chip_area = QWidget()
        self._flow = FlowLayout(self._chip_area, gap=self.theme.metrics.space_6)
        self.more = Chip(self.tr("Tag"), icon="add")
        self.line = LineField("", placeholder=self.tr("New or known tag"), icon="tag", small=True)
        self.line.editor.setAccessibleName(self.tr("Tag to put on"))
        self.suggestions = SuggestionList(self.line.editor, self.line)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._chip_area)
        self._column.addWidget(self.line)
        self.line.hide()
        self.more.clicked.connect(self.start)
        self.line.text_edited.connect(self._on_text_edited)
        self.line.submitted.connect(self._on_submitted)
        self.suggestions.taken.connect(self._on_taken)
        self.line.editor.installEventFilter(self)
        self.restyle()
        self.show_tags(())

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags on show."""
        return self._tags

    def show_tags(self, tags: Sequence[str]) -> None:
        """Show these."""
        if tuple(tags) == self._tags and self.chips:
            return
        self._tags = tuple(tags)
        self.more.setParent(None)
        self._flow.clear()
        self.chips = []
        for tag in tags:
            chip = Chip(tag, removable=True)
            chip.removed.connect(lambda name=tag: self.removed.emit(name))
            self._flow.addWidget(chip)
            self.chips.append(chip)
        self.more = Chip(self.tr("Tag"), icon="add")
        self.more.clicked.connect(self.start)
        self._flow.addWidget(self.more)

    def start(self) -> None:
        """Open the field for one more."""
        self.line.show()
        self.line.editor.setFocus()
        self.suggestions.offer(self._offered(""))

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(metrics.row_gap)
        self.line.setFixedWidth(round(FIELD_WIDTH * self.theme.zoom))

    def _offered(self, text: str) -> list[Suggestion]:
        return [found for found in self._lookups.tags_like(text) if found.value not in self._tags]

    def _put_on(self, name: str) -> None:
        self.line.set_text("")
        self.line.hide()
        if name and name not in self._tags:
            self.added.emit(name)

    def _on_text_edited(self, text: str) -> None:
        self.suggestions.offer(self._offered(text))

    def _on_submitted(self) -> None:
        self._put_on(self.line.text.strip())

    def _on_taken(self, suggestion: Suggestion) -> None:
        self._put_on(suggestion.value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and not self.suggestions.is_shown:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._put_on("")
                return True
        return super().eventFilter(watched, event)
