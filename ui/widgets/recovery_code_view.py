"""The recovery code: shown once in full, afterwards only its first and last group."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.shapes import CENTRE, crisp, draw_text, panel, text_width
from ui.theme.tokens import TextRole
from ui.widgets.themed import Themed

GROUPS_A_LINE = 4
HIDDEN_GROUP = "••••"


class RecoveryCodeView(Themed):
    """Groups of four in two lines, in mono on code background; `clear` forgets the code."""

    def __init__(self, *, masked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[str, ...] = ()
        self._masked = masked
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_code(self, code: str) -> None:
        """Show a code of groups joined by dashes; masked, only the first and the last are drawn."""
        self._groups = tuple(code.split("-")) if code else ()
        spelled = ", ".join(" ".join(group) for group in self._groups)
        self.setAccessibleName(self.tr("Recovery code"))
        self.setAccessibleDescription("" if self._masked else spelled)
        self.updateGeometry()
        self.update()

    def clear(self) -> None:
        """Forget the code; nothing of it is painted or read out afterwards."""
        self.set_code("")

    def _lines(self) -> list[str]:
        last = len(self._groups) - 1
        shown = [
            HIDDEN_GROUP if self._masked and 0 < place < last else group for place, group in enumerate(self._groups)
        ]
        return ["-".join(shown[start : start + GROUPS_A_LINE]) for start in range(0, len(shown), GROUPS_A_LINE)]

    def _role(self) -> TextRole:
        return "mono" if self._masked else "mono-lead"

    def sizeHint(self) -> QSize:
        metrics, lines = self.theme.metrics, self._lines() or [""]
        font, line = self.theme.font(self._role()), self.theme.fonts.line_height("mono-lead")
        width = max(text_width(font, text) for text in lines)
        return QSize(width + 2 * metrics.card_pad, len(lines) * line + 2 * metrics.card_pad)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        line = self.theme.fonts.line_height("mono-lead")
        painter = QPainter(self)
        with crisp(painter):
            panel(painter, self.rect(), fill=palette.code, border=palette.line, radius=metrics.radius)
            font = self.theme.font(self._role())
            for number, text in enumerate(self._lines()):
                rect = QRect(0, metrics.card_pad + number * line, self.width(), line)
                draw_text(painter, rect, text, font=font, colour=palette.text, align=CENTRE)
        painter.end()
