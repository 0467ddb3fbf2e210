"""One sentence across a page about the whole of it: offline, something needs attention, managed."""

from enum import StrEnum

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme.shapes import LEFT, crisp, draw_text, fill_box, square, text_width
from ui.theme.tokens import ColourRole
from ui.widgets.button import Button
from ui.widgets.themed import Themed


class BannerKind(StrEnum):
    """Why the banner is there; the most urgent is shown, one at a time."""

    OFFLINE = "offline"
    ATTENTION = "attention"
    MANAGED = "managed"
    OK = "ok"


_LOOKS: dict[BannerKind, tuple[ColourRole, ColourRole, ColourRole, str]] = {
    BannerKind.OFFLINE: ("hover", "text", "text_2", "offline"),
    BannerKind.ATTENTION: ("warn_soft", "warn", "text_2", "warning"),
    BannerKind.MANAGED: ("accent_soft", "accent_text", "text_2", "managed"),
    BannerKind.OK: ("ok_soft", "ok", "ok", "encrypted"),
}


class Banner(Themed):
    """40 high: icon, a bold clause in the banner's colour, one sentence, one small button."""

    #: The button was pressed.
    action_pressed = Signal()

    def __init__(
        self,
        kind: BannerKind,
        clause: str,
        sentence: str = "",
        *,
        action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.addStretch(1)
        self._button = Button(action, small=True)
        self._button.clicked.connect(self.action_pressed)
        self._row.addWidget(self._button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_banner(kind, clause, sentence, action=action)
        self.restyle()

    def set_banner(self, kind: BannerKind, clause: str, sentence: str = "", *, action: str = "") -> None:
        """Say something else."""
        self._kind = kind
        self._clause = clause
        self._sentence = sentence
        self._button.set_label(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(f"{clause} {sentence}".strip())
        self.setToolTip("")
        self.update()
        if self.isVisible():
            self._tell()

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._row.setContentsMargins(0, 0, metrics.space_8 - metrics.space_2, 0)

    def _tell(self) -> None:
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        texts = text_width(self.theme.font("body-strong"), self._clause)
        texts += text_width(self.theme.font("body"), self._sentence)
        frame = metrics.space_12 * 2 + metrics.icon_m + metrics.chip_pad + metrics.space_24
        return QSize(texts + frame + self._button.sizeHint().width(), metrics.banner)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.metrics.search_width // 2, self.theme.metrics.banner)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics = self.theme.metrics
        ground, strong, plain, icon = _LOOKS[self._kind]
        painter = QPainter(self)
        with crisp(painter):
            fill_box(painter, self.rect(), self.theme.colour(ground), radius=metrics.radius)
            left = metrics.space_12
            self.theme.icons.paint(painter, square(left, self.height(), metrics.icon_m), icon, strong)
            left += metrics.icon_m + metrics.chip_pad
            bold = self.theme.font("body-strong")
            end = self._button.x() if not self._button.isHidden() else self.width()
            rect = QRect(left, 0, end - metrics.space_8 - left, self.height())
            draw_text(
                painter,
                rect,
                self._clause,
                font=bold,
                colour=self.theme.colour(strong),
                align=LEFT,
                elide=True,
            )
            rect.setLeft(left + text_width(bold, self._clause) + metrics.space_4)
            draw_text(
                painter,
                rect,
                self._sentence,
                font=self.theme.font("body"),
                colour=self.theme.colour(plain),
                align=LEFT,
                elide=True,
            )
            needed = text_width(self.theme.font("body"), self._sentence)
            self.setToolTip(self.accessibleName() if needed > rect.width() else "")
        painter.end()
