"""A surface of level 2: popover ground, strong border, and the shadow in a translucent margin around it."""

from PySide6.QtCore import QMargins, QRect
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme.shapes import crisp, panel
from ui.theme.tokens import ColourRole
from ui.widgets.themed import Themed


class ShadowFrame(Themed):
    """Holds one content widget; its own size includes the shadow margin, `frame_rect` does not."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        padding: int = 0,
        ground: ColourRole = "popover",
        border: ColourRole = "line_strong",
        radius: int | None = None,
    ) -> None:
        super().__init__(parent)
        self._padding = padding
        self._ground: ColourRole = ground
        self._border: ColourRole = border
        self._radius = radius
        self._box = QVBoxLayout(self)
        self._box.setSpacing(0)
        self.restyle()

    @property
    def frame_rect(self) -> QRect:
        """The visible surface in own coordinates."""
        return self.rect().marginsRemoved(self.shadow_margins)

    @property
    def shadow_margins(self) -> QMargins:
        """The translucent space around the surface."""
        return self.theme.shadow.margins(self.theme.metrics)

    def set_content(self, content: QWidget) -> None:
        """Show another content."""
        while (item := self._box.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._box.addWidget(content)

    def restyle(self) -> None:
        edge = self._padding + 1
        self._box.setContentsMargins(self.shadow_margins + QMargins(edge, edge, edge, edge))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, self.theme.colour(self._ground))
        self.setPalette(palette)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self.theme
        radius = theme.metrics.radius_pop if self._radius is None else self._radius
        painter = QPainter(self)
        with crisp(painter):
            theme.shadow.paint(
                painter, self.frame_rect, radius=radius, colour=theme.palette.shadow, metrics=theme.metrics
            )
            panel(
                painter,
                self.frame_rect,
                fill=theme.colour(self._ground),
                border=theme.colour(self._border),
                radius=radius,
            )
        painter.end()
