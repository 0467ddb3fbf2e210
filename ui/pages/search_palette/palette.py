"""The palette over the window: one line to type in, the answers below, all by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from ui.commands import Command
from ui.overlay import Overlay
from ui.pages import PageContext
from ui.pages.search_palette.entry_delegate import EntryDelegate
from ui.pages.search_palette.items import Destination, PaletteGroup
from ui.pages.search_palette.list_model import PaletteListModel
from ui.pages.search_palette.view_model import PaletteViewModel
from ui.widgets.icon_mark import IconMark
from ui.widgets.key_cap import KeyCap
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.separator import Separator

INPUT_HEIGHT: Final = 56
FOOT_HEIGHT: Final = 40


class SearchPalette(Overlay):
    """Up and Down choose, Enter opens, Escape closes; typing never waits for an answer."""

    def __init__(
        self,
        parent: QWidget,
        context: PageContext,
        lines: Sequence[Destination],
        commands: Callable[[], Sequence[Command]],
    ) -> None:
        super().__init__(parent, "", width=0, top=0)
        metrics = self.theme.metrics
        self._width, self._top = metrics.palette_width, metrics.palette_top
        self.setAccessibleName(self.tr("Search"))
        self.view_model = PaletteViewModel(context, lines, commands)
        self._choose_when_answered = False
        self.input = QLineEdit()
        self.list = QListView()
        self._rows = PaletteListModel(self)
        self._nothing = Paragraph()
        self._fill()
        self.input.textEdited.connect(self.view_model.type)
        self.view_model.groups_changed.connect(self._on_groups_changed)
        self.list.clicked.connect(self._on_clicked)

    def show_with(self, text: str = "") -> None:
        """Open with a text typed already."""
        self.input.setText(text)
        self.open()
        self.input.setFocus(Qt.FocusReason.PopupFocusReason)
        self.view_model.type(text, at_once=True)

    def dismiss(self) -> None:
        """Close, and drop what is still to come."""
        self.view_model.close()
        super().dismiss()

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._width, self._top = metrics.palette_width, metrics.palette_top

    def _fill(self) -> None:
        metrics = self.theme.metrics
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(metrics.space_20, 0, metrics.space_20, 0)
        head.setSpacing(metrics.group_gap)
        head.addWidget(IconMark("search", colour="accent_text", size_role="icon_l"))
        self.input.setFrame(False)
        self.input.setProperty("bare", True)
        self.input.setProperty("focusStyle", "none")
        self.input.setFixedHeight(round(INPUT_HEIGHT * self.theme.zoom))
        font = QFont(self.theme.font("lead"))
        font.setWeight(QFont.Weight.Normal)
        self.input.setFont(font)
        self.input.setPlaceholderText(self.tr("Search anything, go to a page or run a command"))
        self.input.setAccessibleName(self.tr("Search"))
        self.input.installEventFilter(self)
        head.addWidget(self.input, 1)
        column.addLayout(head)
        column.addWidget(Separator())
        column.addWidget(self._nothing)
        self._nothing.setContentsMargins(metrics.space_20, metrics.space_16, metrics.space_20, metrics.space_16)
        self._nothing.hide()
        self._prepare_list()
        column.addWidget(self.list, 1)
        column.addWidget(self._foot())
        self.frame.set_content(content)

    def _prepare_list(self) -> None:
        view, metrics = self.list, self.theme.metrics
        view.setModel(self._rows)
        view.setItemDelegate(EntryDelegate(view))
        view.setProperty("bare", True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setAccessibleName(self.tr("Results"))
        view.setMouseTracking(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setViewportMargins(metrics.space_8, 0, metrics.space_8, metrics.space_8)
        view.entered.connect(self._on_entered)

    def _foot(self) -> QWidget:
        metrics = self.theme.metrics
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Separator())
        row = QHBoxLayout()
        row.setContentsMargins(metrics.space_20, 0, metrics.space_20, 0)
        row.setSpacing(metrics.row_gap)
        hints: list[tuple[tuple[str, ...], str]] = [
            (("↑", "↓"), self.tr("choose")),
            ((self.tr("Enter"),), self.tr("open")),
            ((self.tr("Esc"),), self.tr("close")),
        ]
        for place, (keys, text) in enumerate(hints):
            if place == 2:
                row.addStretch(1)
            row.addWidget(KeyCap(*keys))
            row.addWidget(Label(text, role="caption", colour="text_2"))
            row.addSpacing(metrics.row_gap)
        column.addLayout(row, 1)
        foot.setFixedHeight(round(FOOT_HEIGHT * self.theme.zoom))
        return foot

    def _on_groups_changed(self, groups: list[PaletteGroup]) -> None:
        self._rows.set_groups(groups)
        text = self.input.text().strip()
        self._nothing.setVisible(not groups)
        self._nothing.set_paragraph(
            self.tr("Nothing holds every word of “{text}”. Try fewer words, or the beginning of a name.").format(
                text=text
            )
        )
        self._reach(self._rows.next_entry(-1, 1))
        self._fit()
        if self._choose_when_answered:
            self._choose_when_answered = False
            self._choose(self.list.currentIndex().row())

    def _fit(self) -> None:
        """Be as high as the answers, as far as the window allows."""
        delegate_heights = sum(self.list.sizeHintForRow(row) for row in range(self._rows.rowCount()))
        self.list.setVisible(self._rows.rowCount() > 0)
        self.list.setMinimumHeight(0)
        self.list.setFixedHeight(min(delegate_heights + self.theme.metrics.space_8, self._room()))
        self.place()

    def _room(self) -> int:
        metrics = self.theme.metrics
        host = self.parentWidget()
        height = host.height() if host is not None else 0
        fixed = self._top + metrics.page_margin + round((INPUT_HEIGHT + FOOT_HEIGHT) * self.theme.zoom) + 4
        return max(metrics.row, height - fixed)

    def _reach(self, row: int) -> None:
        if row >= 0:
            index = self._rows.index(row, 0)
            self.list.setCurrentIndex(index)
            # The heading over the first entry stays in sight.
            self.list.scrollTo(self._rows.index(row - 1, 0) if row == 1 else index)

    def _choose(self, row: int) -> None:
        entry = self._rows.entry(row)
        if entry is not None:
            self.dismiss()
            self.view_model.choose(entry)

    def _on_entered(self, index: QModelIndex) -> None:
        if self._rows.entry(index.row()) is not None:
            self.list.setCurrentIndex(index)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())

    def _on_key(self, event: QKeyEvent) -> bool:
        row = self.list.currentIndex().row()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self._reach(self._rows.next_entry(row, step))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Whoever types fast means the answer to what was typed, not what happens to stand there.
            if self.view_model.is_answered:
                self._choose(row)
            else:
                self._choose_when_answered = True
            return True
        self._choose_when_answered = False
        return event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.input and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return QSize(self._width, 0)
