"""The ring of work in progress: appears after 300 ms, turns, and stands still with reduced motion."""

from PySide6.QtCore import QElapsedTimer, QObject, QRect, QRectF, QTimer
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from ui.theme.marks import paint_busy
from ui.theme.theme import theme_of
from ui.theme.tokens import BUSY_DELAY_MS, BUSY_TURN_MS

FRAME_MS = 40
STILL_TURN = 0.0


class BusyRing(QObject):
    """Paints into its host and asks the host to repaint; short work never shows it."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._running = False
        self._visible = False
        self._clock = QElapsedTimer()
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(BUSY_DELAY_MS)
        self._delay.timeout.connect(self._on_delay_passed)
        self._frames = QTimer(self)
        self._frames.setInterval(FRAME_MS)
        self._frames.timeout.connect(host.update)

    @property
    def is_running(self) -> bool:
        """Whether work runs, shown or not yet."""
        return self._running

    @property
    def is_visible(self) -> bool:
        """Whether the ring is painted by now."""
        return self._visible

    def set_running(self, running: bool, *, at_once: bool = False) -> None:
        """Start or end; `at_once` shows the ring without the delay."""
        self._running = running
        self._delay.stop()
        self._frames.stop()
        if not running:
            self._visible = False
        elif at_once:
            self._on_delay_passed()
        else:
            self._delay.start()

    def paint(self, painter: QPainter, box: QRect, colour: QColor) -> None:
        """Paint the ring as it stands at this moment."""
        turn = (self._clock.elapsed() % BUSY_TURN_MS) / BUSY_TURN_MS if self._frames.isActive() else STILL_TURN
        paint_busy(painter, QRectF(box), colour, turn=turn)

    def _on_delay_passed(self) -> None:
        self._visible = True
        self._clock.start()
        if not theme_of().motion.reduced:
            self._frames.start()
        self._host.updateGeometry()
        self._host.update()
