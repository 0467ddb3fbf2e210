"""The sheet of all keys, made from the table that binds them; every key on it can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.commands import Command, key_caps
from ui.key_button import KeyButton
from ui.overlay import Overlay
from ui.shortcuts import Shortcuts
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.icon_button import IconButton
from ui.widgets.key_cap import KeyCap
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.scroll_area import ScrollArea

COLUMNS: Final = 2
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}

Section = tuple[str, list[Command]]


class ShortcutSheet(Overlay):
    """Opened by `?`; any of Escape, the cross or a press outside closes it; arrows go from key to key."""

    def __init__(self, parent: QWidget, shortcuts: Shortcuts) -> None:
        super().__init__(parent, "", width=0, top=0)
        metrics = self.theme.metrics
        self._shortcuts = shortcuts
        self._width = metrics.text_width
        self._top = metrics.palette_top
        self._buttons: list[KeyButton] = []
        self._note = Label("", role="caption", colour="text_2")
        self.reset = LinkButton(self.tr("Give every command its own key back"))
        self.setAccessibleName(self.tr("Keyboard shortcuts"))

    def show_keys(self) -> None:
        """Open with the keys that hold here now."""
        self._fill(self.tr("Press a key on this sheet to change it; Delete takes it away."))
        self.open()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self, note: str, *, trouble: bool = False) -> None:
        self._buttons = []
        self.frame.set_content(self._content(self._shortcuts.sections()))
        self._note.setText(note)
        self._note.set_colour("bad" if trouble else "text_2")
        self.reset.setVisible(self._shortcuts.key_map.is_changed)

    def _content(self, sections: Sequence[Section]) -> QWidget:
        metrics = self.theme.metrics
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(metrics.space_20, metrics.space_16, metrics.space_20, metrics.space_16)
        column.setSpacing(metrics.gap)
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("Keyboard shortcuts"), role="lead"), 1)
        close = IconButton("close", self.tr("Close"), shortcut=self.tr("Esc"), small=True)
        close.clicked.connect(self.dismiss)
        head.addWidget(close)
        column.addLayout(head)
        area = ScrollArea(margins=False, bounded=False)
        columns = QHBoxLayout()
        columns.setSpacing(metrics.space_32)
        for part in _dealt(sections):
            columns.addLayout(self._column(part), 1)
        area.body.addLayout(columns)
        area.body.setContentsMargins(0, 0, metrics.space_8, 0)
        column.addWidget(area, 1)
        column.addLayout(self._foot())
        area.setFixedHeight(min(area.body.sizeHint().height(), self._room()))
        return content

    def _foot(self) -> QHBoxLayout:
        self._note = Label("", role="caption", colour="text_2")
        self.reset = LinkButton(self.tr("Give every command its own key back"))
        self.reset.clicked.connect(self._on_reset)
        foot = QHBoxLayout()
        foot.addWidget(self._note, 1)
        foot.addWidget(self.reset)
        return foot

    def _room(self) -> int:
        metrics = self.theme.metrics
        host = self.parentWidget()
        rest = 2 * metrics.space_16 + 2 * metrics.gap + 2 * metrics.control_s
        return max(metrics.row, (host.height() if host is not None else 0) - self._top - metrics.page_margin - rest)

    def _column(self, sections: Sequence[Section]) -> QVBoxLayout:
        metrics = self.theme.metrics
        column = QVBoxLayout()
        column.setSpacing(metrics.gap)
        for title, commands in sections:
            grid = QGridLayout()
            grid.setHorizontalSpacing(metrics.group_gap)
            grid.setVerticalSpacing(0)
            grid.setColumnStretch(0, 1)
            grid.addWidget(Label(title, role="caption-medium", colour="text_3"), 0, 0, 1, 2)
            for row, command in enumerate(commands, start=1):
                grid.addWidget(ElidedLabel(command.text), row, 0)
                grid.addWidget(self._key(command), row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            column.addLayout(grid)
        column.addStretch(1)
        return column

    def _key(self, command: Command) -> QWidget:
        if command.run is None:
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(*(self.theme.metrics.space_4 for _side in range(4)))
            row.addWidget(KeyCap(*key_caps(command.keys)))
            return holder
        button = KeyButton(command)
        # The sheet is made anew; not from within the press of a key on one of its own buttons.
        button.caught.connect(lambda keys: QTimer.singleShot(0, self, partial(self._choose, command, keys)))
        button.left.connect(self._step)
        self._buttons.append(button)
        return button

    def _choose(self, command: Command, keys: str) -> None:
        taken = self._shortcuts.obstacle(command.name, keys) if keys else ""
        caps = " ".join(key_caps(keys))
        if taken:
            self._fill(
                self.tr("{keys} is taken: {taken}. {command} keeps its key.").format(
                    keys=caps, taken=taken, command=command.text
                ),
                trouble=True,
            )
        else:
            self._shortcuts.key_map.choose(command.name, keys)
            said = self.tr("{command} has no key now.") if not keys else self.tr("{command} is {keys} now.")
            self._fill(said.format(command=command.text, keys=caps))
        again = [button for button in self._buttons if button.command.name == command.name]
        for button in again[:1]:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_reset(self) -> None:
        self._shortcuts.key_map.reset_all()
        QTimer.singleShot(0, self, lambda: self._fill(self.tr("Every command has its own key again.")))

    def _step(self, step: int) -> None:
        stops: list[QWidget] = [*self._buttons, *([self.reset] if self.reset.isVisible() else [])]
        if not stops:
            return
        now = self.focusWidget()
        place = next((place for place, stop in enumerate(stops) if stop is now), -1 if step > 0 else 0)
        stop = stops[(place + step) % len(stops)]
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        holder: QObject | None = stop.parent()
        while holder is not None and not isinstance(holder, ScrollArea):
            holder = holder.parent()
        if isinstance(holder, ScrollArea):
            holder.ensureWidgetVisible(stop)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        self._step(1 if forward else -1)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self._step(step)
            event.accept()
            return
        super().keyPressEvent(event)


def _dealt(sections: Sequence[Section]) -> list[list[Section]]:
    """The sections on columns of about the same height, in order."""
    heights = [len(commands) + 1 for _title, commands in sections]
    half, height = sum(heights) / COLUMNS, 0
    dealt: list[list[Section]] = [[] for _ in range(COLUMNS)]
    for section, lines in zip(sections, heights, strict=True):
        dealt[0 if height + lines / 2 <= half else 1].append(section)
        height += lines
    return dealt
