"""Text over several lines with the line height of the type scale, emphasised parts and links."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent, QTextDocumentFragment
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme.theme import theme_of
from ui.theme.tokens import TYPE_SCALE, ColourRole, TextRole


class Paragraph(QLabel):
    """Wrapped text; markup may hold <b>, <a href> and <code>, with everything from users escaped first."""

    #: A link was clicked or activated by key; carries its href.
    link_activated = Signal(str)

    def __init__(
        self,
        text: str = "",
        *,
        role: TextRole = "body",
        colour: ColourRole = "text_2",
        markup: bool = False,
        centred: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme_of()
        self._role: TextRole = role
        self._colour: ColourRole = colour
        self._markup = markup
        self._centred = centred
        self._text = text
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
            if "<a " in text
            else Qt.TextInteractionFlag.NoTextInteraction
        )
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._on_theme_changed()
        self.theme.theme_changed.connect(self._on_theme_changed)
        self.linkActivated.connect(self.link_activated)

    def set_paragraph(self, text: str, *, markup: bool | None = None) -> None:
        """Show another text."""
        self._text = text
        if markup is not None:
            self._markup = markup
        self._on_theme_changed()

    def set_colour(self, colour: ColourRole) -> None:
        """Take another colour."""
        self._colour = colour
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        line = self.theme.fonts.line_height(self._role)
        align = "center" if self._centred else "left"
        body = self._text if self._markup else escape(self._text, quote=False)
        link = self.theme.colour("accent_text").name()
        body = body.replace("<a ", f'<a style="color:{link};text-decoration:none;font-weight:600" ')
        body = body.replace("<b>", '<span style="font-weight:600">').replace("</b>", "</span>")
        body = body.replace("<code>", f'<span style="font-family:{self.theme.fonts.mono_family!r}">')
        body = body.replace("</code>", "</span>").replace("\n", "<br>")
        self.setFont(self.theme.font(self._role))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, self.theme.colour(self._colour))
        self.setPalette(palette)
        weight = TYPE_SCALE[self._role].weight
        self.setText(f'<p align="{align}" style="margin:0;line-height:{line}px;font-weight:{weight}">{body}</p>')
        plain = QTextDocumentFragment.fromHtml(body).toPlainText() if self._markup else self._text
        self.setAccessibleName(plain)
        self._keep_lines_whole()

    def _keep_lines_whole(self) -> None:
        """Layouts know a wrapped text's height only roughly; this keeps its last line from being cut."""
        # A label never reports less than its minimum, so the old one must go before asking.
        self.setMinimumHeight(0)
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._keep_lines_whole()
