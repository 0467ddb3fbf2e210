"""The key of a command on the sheet: shows its caps, and takes another key when it is pressed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QKeyCombination, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.commands import Command, key_caps
from ui.theme.marks import key_cap_width, paint_key_cap
from ui.theme.shapes import RIGHT, crisp, draw_text, fill_box, text_width
from ui.widgets.themed import ThemedButton, set_focus_shape

LONGEST: Final = 2
"""Presses in one key: `G, C` has two."""
PAUSE_MS: Final = 900
"""How long after a press another one still belongs to the same key."""
_MODIFIERS: Final = frozenset({Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr})


class KeyButton(ThemedButton):
    """Press it, then press the new key; Escape keeps the old one, Delete takes it away."""

    #: The user pressed a key for the command: as Qt spells it, empty for none.
    caught = Signal(str)
    #: The user goes on to another key with an arrow: 1 down, -1 up.
    left = Signal(int)

    def __init__(self, command: Command, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.command = command
        self._presses: list[QKeyCombination] = []
        self._catching = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._finish)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.start)
        self.restyle()
        self._name()

    @property
    def is_catching(self) -> bool:
        """Whether the next press of a key is the new key."""
        return self._catching

    def start(self) -> None:
        """Wait for the new key."""
        self._presses.clear()
        self._catching = True
        self._name()
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.radius_s)

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        caps = key_caps(self.command.keys)
        if self._catching or not caps:
            width = text_width(self.theme.font("caption-medium"), self._words())
        else:
            width = sum(key_cap_width(cap, self.theme) for cap in caps) + metrics.space_4 * (len(caps) - 1)
        return QSize(width + 2 * metrics.space_4, metrics.key_cap + 2 * metrics.space_4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            if self._catching:
                fill_box(painter, self.rect(), palette.accent_soft, radius=metrics.radius_s)
            elif self.hover.value:
                fill_box(painter, self.rect(), palette.hover, radius=metrics.radius_s)
            caps = key_caps(self.command.keys)
            if self._catching or not caps:
                colour = palette.accent_text if self._catching else palette.text_2
                inner = self.rect().adjusted(metrics.space_4, 0, -metrics.space_4, 0)
                font = self.theme.font("caption-medium")
                draw_text(painter, inner, self._words(), font=font, colour=colour, align=RIGHT)
            else:
                left = metrics.space_4
                for cap in caps:
                    width = key_cap_width(cap, self.theme)
                    box = QRect(left, metrics.space_4, width, metrics.key_cap)
                    paint_key_cap(painter, box, cap, theme=self.theme)
                    left += width + metrics.space_4
        painter.end()

    def _words(self) -> str:
        if not self._catching:
            return self.tr("Add a key")
        return " ".join(key_caps(self._keys())) + " …" if self._presses else self.tr("Press the new key")

    def _name(self) -> None:
        if self._catching:
            self.setAccessibleName(self.tr("{command}: press the new key").format(command=self.command.text))
        else:
            keys = " ".join(key_caps(self.command.keys)) or self.tr("no key")
            self.setAccessibleName(
                self.tr("{command}: {keys}. Press to change").format(command=self.command.text, keys=keys)
            )

    def _keys(self) -> str:
        return QKeySequence(*self._presses).toString(QKeySequence.SequenceFormat.PortableText)

    def _finish(self) -> None:
        keys = self._keys()
        self._stop()
        self.caught.emit(keys)

    def _stop(self) -> None:
        self._pause.stop()
        self._presses.clear()
        self._catching = False
        self._name()
        self.updateGeometry()
        self.update()

    def _catch(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._stop()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and not self._presses:
            self._stop()
            self.caught.emit("")
        elif event.key() not in _MODIFIERS:
            self._presses.append(_written(event))
            self.update()
            if len(self._presses) == LONGEST:
                self._finish()
            else:
                self._pause.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._catching:
            self._catch(event)
            return
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            # Left to the list it would scroll it.
            self.left.emit(step)
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._catching:
            self._stop()
        super().focusOutEvent(event)


def _written(event: QKeyEvent) -> QKeyCombination:
    """A press as a key is written: a sign that needs Shift on this keyboard is the sign alone."""
    combination = event.keyCombination()
    modifiers = combination.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
    text = event.text()
    if len(text) == 1 and text.isprintable() and not text.isalnum() and not text.isspace():
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeyCombination(modifiers, combination.key())
