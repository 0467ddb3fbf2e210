"""Text on one line in a role of the type scale and a colour of the palette."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme.theme import theme_of
from ui.theme.tokens import ColourRole, TextRole


class Label(QLabel):
    """Plain text; as high as the line of its role, so that stacked labels keep the rhythm."""

    def __init__(
        self,
        text: str = "",
        *,
        role: TextRole = "body",
        colour: ColourRole = "text",
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.theme = theme_of()
        self._role: TextRole = role
        self._colour: ColourRole = colour
        self._tabular = tabular
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._on_theme_changed()
        self.theme.theme_changed.connect(self._on_theme_changed)

    def set_role(self, role: TextRole) -> None:
        """Take another step of the type scale."""
        self._role = role
        self._on_theme_changed()

    def set_colour(self, colour: ColourRole) -> None:
        """Take another colour."""
        self._colour = colour
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self.setFont(self.theme.font(self._role, tabular=self._tabular))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, self.theme.colour(self._colour))
        self.setPalette(palette)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), self.theme.fonts.line_height(self._role)))

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), max(hint.height(), self.theme.fonts.line_height(self._role)))
