"""Collects Python's garbage on the GUI thread only, and never much of it at once.

A widget that only a cycle of objects still holds is destroyed by whoever collects the cycle. On a reader thread that
ends the process, and Python collects wherever it happens to allocate; so the automatic collection is off.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY_MS: Final = 400
YOUNG_OBJECTS: Final = 5_000
GENERATIONS_BEFORE_THE_NEXT: Final = 10


class Collector(QObject):
    """Looks now and then whether enough is there to be collected; what was imported is left out for good."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect_if_due)

    def start(self) -> None:
        """Take over from Python."""
        self._was_enabled = gc.isenabled()
        gc.disable()
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Give it back."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()

    def collect_if_due(self) -> None:
        """Collect the oldest generation that is due, and with it the younger ones."""
        young, middle, old = gc.get_count()
        if old > GENERATIONS_BEFORE_THE_NEXT:
            gc.collect(2)
        elif middle > GENERATIONS_BEFORE_THE_NEXT:
            gc.collect(1)
        elif young > YOUNG_OBJECTS:
            gc.collect(0)
