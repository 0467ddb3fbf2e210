"""The push button in its four kinds, with icon, key cap and busy ring."""

from enum import StrEnum

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.marks import blended, key_cap_width, paint_key_cap
from ui.theme.shapes import LEFT, crisp, draw_text, fill_box, panel, square, text_width
from ui.theme.tokens import TextRole
from ui.widgets.busy_ring import BusyRing
from ui.widgets.themed import ThemedButton, set_focus_shape


class ButtonKind(StrEnum):
    """How loud a button is; one primary at most on a page."""

    PRIMARY = "primary"
    DEFAULT = "default"
    QUIET = "quiet"
    DESTRUCTIVE = "destructive"


class Button(ThemedButton):
    """A button with a label; grows with its text and never truncates it."""

    def __init__(
        self,
        text: str,
        *,
        kind: ButtonKind = ButtonKind.DEFAULT,
        icon: str = "",
        key_cap: str = "",
        small: bool = False,
        menu_arrow: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._icon = icon
        self._key_cap = key_cap
        self._small = small
        self._menu_arrow = menu_arrow
        self._busy = BusyRing(self)
        self._label = text
        self.set_label(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.restyle()

    @property
    def label(self) -> str:
        """The text on the button."""
        return self._label

    def set_label(self, text: str) -> None:
        """Show another text; screen readers read it too."""
        self._label = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str) -> None:
        """Show another icon, or none for an empty name."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: ButtonKind) -> None:
        """Make the button louder or quieter."""
        self._kind = kind
        self.update()

    def set_key_cap(self, key_cap: str) -> None:
        """Show the single key that does the same, or none for an empty text."""
        self._key_cap = key_cap
        self.updateGeometry()
        self.update()

    @property
    def is_busy(self) -> bool:
        """Whether work started by this button is running."""
        return self._busy.is_running

    def set_busy(self, busy: bool, *, at_once: bool = False) -> None:
        """Say that the work is running: the label stays, a ring takes the icon's place after 300 ms."""
        self._busy.set_running(busy, at_once=at_once)
        self.setAccessibleDescription(self.tr("Working") if busy else "")
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.radius)

    def _text_role(self) -> TextRole:
        return "body-strong" if self._kind is ButtonKind.PRIMARY else "body-medium"

    def _text_colour(self) -> QColor:
        palette = self.theme.palette
        return {
            ButtonKind.PRIMARY: palette.on_accent,
            ButtonKind.DEFAULT: palette.text,
            ButtonKind.QUIET: palette.text_2,
            ButtonKind.DESTRUCTIVE: palette.bad,
        }[self._kind]

    def _shows_glyph(self) -> bool:
        return bool(self._icon) or self._busy.is_visible

    def _content_width(self) -> int:
        metrics = self.theme.metrics
        width = text_width(self.theme.font(self._text_role()), self._label)
        if self._shows_glyph():
            width += metrics.icon_s + metrics.row_gap
        if self._key_cap:
            width += metrics.row_gap + key_cap_width(self._key_cap, self.theme)
        if self._menu_arrow:
            width += metrics.space_6 + metrics.icon_xs
        return width

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        height = metrics.control_s if self._small else metrics.control
        pad = metrics.chip_pad if self._small else metrics.button_pad
        return QSize(self._content_width() + 2 * pad + 2, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.is_busy:
            super().keyPressEvent(event)

    def hitButton(self, pos: QPoint) -> bool:
        return not self.is_busy and super().hitButton(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            self._paint_ground(painter)
            self._paint_content(painter)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        palette, radius = self.theme.palette, self.theme.metrics.radius
        hover = self.hover.value
        if self._kind is ButtonKind.PRIMARY:
            ground = palette.accent_pressed if self.isDown() else blended(palette.accent, palette.accent_hover, hover)
            fill_box(painter, self.rect(), ground, radius=radius)
            return
        if self._kind is ButtonKind.QUIET:
            faint = QColor(palette.hover)
            faint.setAlphaF(hover)
            ground = palette.pressed if self.isDown() or self.isChecked() else faint
            fill_box(painter, self.rect(), ground, radius=radius)
            return
        ground = palette.pressed if self.isDown() else blended(palette.raised, palette.hover, hover)
        panel(painter, self.rect(), fill=ground, border=palette.line_strong, radius=radius)

    def _paint_content(self, painter: QPainter) -> None:
        metrics, colour = self.theme.metrics, self._text_colour()
        left = (self.width() - self._content_width()) // 2
        if self._shows_glyph():
            box = square(left, self.height(), metrics.icon_s)
            if self._busy.is_visible:
                self._busy.paint(painter, box.adjusted(1, 1, -1, -1), colour)
            else:
                self.theme.icons.paint(painter, box, self._icon, colour)
            left += metrics.icon_s + metrics.row_gap
        font = self.theme.font(self._text_role())
        width = text_width(font, self._label)
        draw_text(painter, QRect(left, 0, width, self.height()), self._label, font=font, colour=colour, align=LEFT)
        left += width
        if self._key_cap:
            self._paint_key_cap(painter, left + metrics.row_gap)
        if self._menu_arrow:
            box = square(left + metrics.space_6, self.height(), metrics.icon_xs)
            self.theme.icons.paint(painter, box, "chevron-down", colour)

    def _paint_key_cap(self, painter: QPainter, left: int) -> None:
        metrics = self.theme.metrics
        rect = QRect(
            left,
            (self.height() - metrics.key_cap) // 2,
            key_cap_width(self._key_cap, self.theme),
            metrics.key_cap,
        )
        inverted = self._text_colour() if self._kind is ButtonKind.PRIMARY else None
        paint_key_cap(painter, rect, self._key_cap, theme=self.theme, colour=inverted)
