"""The sheet of all keys, made from the table that binds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.overlay import Overlay
from ui.shortcuts import ShortcutSection, key_caps
from ui.widgets.icon_button import IconButton
from ui.widgets.key_cap import KeyCap
from ui.widgets.label import Label

COLUMNS: Final = 2


class ShortcutSheet(Overlay):
    """Opened by `?`; any of Escape, the cross or a press outside closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "", width=0, top=0)
        metrics = self.theme.metrics
        self._width = metrics.palette_width
        self._top = metrics.palette_top
        self.setAccessibleName(self.tr("Keyboard shortcuts"))

    def show_sections(self, sections: Sequence[ShortcutSection]) -> None:
        """Open with these keys."""
        self.frame.set_content(self._content(sections))
        self.open()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _content(self, sections: Sequence[ShortcutSection]) -> QWidget:
        metrics = self.theme.metrics
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(metrics.space_20, metrics.space_16, metrics.space_20, metrics.space_20)
        column.setSpacing(metrics.gap)
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("Keyboard shortcuts"), role="lead"), 1)
        close = IconButton("close", self.tr("Close"), shortcut=self.tr("Esc"), small=True)
        close.clicked.connect(self.dismiss)
        head.addWidget(close)
        column.addLayout(head)
        columns = QHBoxLayout()
        columns.setSpacing(metrics.space_32)
        for part in _dealt(sections):
            columns.addLayout(self._column(part), 1)
        column.addLayout(columns)
        return content

    def _column(self, sections: Sequence[ShortcutSection]) -> QVBoxLayout:
        metrics = self.theme.metrics
        column = QVBoxLayout()
        column.setSpacing(metrics.gap)
        for section in sections:
            grid = QGridLayout()
            grid.setHorizontalSpacing(metrics.group_gap)
            grid.setVerticalSpacing(metrics.space_6)
            grid.setColumnStretch(0, 1)
            grid.addWidget(Label(section.title, role="caption-medium", colour="text_3"), 0, 0, 1, 2)
            for row, shortcut in enumerate(section.shortcuts, start=1):
                grid.addWidget(Label(shortcut.text), row, 0)
                grid.addWidget(KeyCap(*key_caps(shortcut.keys)), row, 1, Qt.AlignmentFlag.AlignRight)
            column.addLayout(grid)
        column.addStretch(1)
        return column


def _dealt(sections: Sequence[ShortcutSection]) -> list[list[ShortcutSection]]:
    """The sections on columns of about the same height, in order."""
    heights = [len(section.shortcuts) + 1 for section in sections]
    half, height = sum(heights) / COLUMNS, 0
    dealt: list[list[ShortcutSection]] = [[] for _ in range(COLUMNS)]
    for section, lines in zip(sections, heights, strict=True):
        dealt[0 if height + lines / 2 <= half else 1].append(section)
        height += lines
    return dealt
