"""Does things one after another, each in a turn of the event loop of its own, so that none holds it up for long."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

NEXT_TURN_MS: Final = 1
"""A timer of 0 would be the same turn."""

Do = Callable[[], Any]


class Turns(QObject):
    """A queue of things to do; whoever cannot wait has the rest done at once."""

    #: Everything is done.
    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Do] = []
        self._next = QTimer(self, singleShot=True, interval=NEXT_TURN_MS)
        self._next.timeout.connect(self._on_next_turn)

    @property
    def is_done(self) -> bool:
        """Whether nothing is waiting."""
        return not self._waiting

    def add(self, things: Iterable[Do]) -> None:
        """Have these done too, after what is waiting already."""
        self._waiting.extend(things)

    def begin(self, after_ms: int = NEXT_TURN_MS) -> None:
        """Do the first thing after a while, or earlier if it was begun already."""
        if self._waiting and (not self._next.isActive() or self._next.remainingTime() > after_ms):
            self._next.start(after_ms)

    def stop(self) -> None:
        """Do nothing of what is waiting."""
        self._next.stop()
        self._waiting.clear()

    def _on_next_turn(self) -> None:
        if self._waiting:
            self._waiting.pop(0)()
        if self._waiting:
            self._next.start(NEXT_TURN_MS)
        else:
            self.finished.emit()
