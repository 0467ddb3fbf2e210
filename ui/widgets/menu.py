"""A menu on level 2: rows of 32 with icon, text and shortcut, the destructive one last and in bad."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from ui.theme.shapes import LEFT, RIGHT, crisp, draw_text, fill_box, hairline, panel, square, text_width
from ui.theme.theme import theme_of
from ui.theme.tokens import HAIRLINE

ICON = "menuIcon"
HINT = "menuHint"
DESTRUCTIVE = "menuDestructive"


class Menu(QMenu):
    """Add items, separators and sub-menus from top to bottom, then open it at a widget or a point."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self.theme = theme_of()
        self._highlighted: QAction | None = None
        self.setAccessibleName(name)
        self.setWindowFlags(
            self.windowFlags() | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
        )
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.aboutToShow.connect(self._on_about_to_show)

    def add_item(
        self,
        text: str,
        *,
        icon: str = "",
        hint: str = "",
        destructive: bool = False,
        checked: bool | None = None,
    ) -> QAction:
        """Add an item; connect to the action's `triggered`. The hint is its shortcut or a count."""
        action = self.addAction(text.replace("&", "&&"))
        action.setProperty(ICON, icon)
        action.setProperty(HINT, hint)
        action.setProperty(DESTRUCTIVE, destructive)
        if checked is not None:
            action.setCheckable(True)
            action.setChecked(checked)
        return action

    def add_submenu(self, text: str, *, icon: str = "") -> "Menu":
        """Add an item that opens another menu; gives that menu."""
        menu = Menu(self, name=text)
        action = self.addMenu(menu)
        menu.setTitle(text.replace("&", "&&"))
        action.setProperty(ICON, icon)
        return menu

    def open_at(self, anchor: QWidget, *, align_right: bool = False) -> None:
        """Open below a widget."""
        self._on_about_to_show()
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + self.theme.metrics.space_4))
        if align_right:
            margin = self._shadow().left()
            corner.setX(corner.x() + anchor.width() - self.sizeHint().width() + 2 * margin)
        self.open_at_point(corner)

    def open_at_point(self, corner: QPoint) -> None:
        """Open with the visible corner at a point of the screen."""
        self._on_about_to_show()
        self.popup(corner - QPoint(self._shadow().left(), self._shadow().top()))

    def preview(self, highlighted: QAction) -> None:
        """Become a plain child widget with one item highlighted, for pictures of the states."""
        self._on_about_to_show()
        self.setWindowFlags(Qt.WindowType.Widget)
        self._highlighted = highlighted

    def _shadow(self) -> QMargins:
        return self.theme.shadow.margins(self.theme.metrics)

    def _has_marks(self) -> bool:
        return any(action.property(ICON) or action.isCheckable() for action in self.actions())

    def _on_about_to_show(self) -> None:
        metrics = self.theme.metrics
        body, small = self.theme.font("body"), self.theme.font("caption-medium")
        widest = 0
        for action in self.actions():
            hint = str(action.property(HINT) or "")
            width = text_width(body, action.text().replace("&&", "&"))
            width += metrics.space_24 + text_width(small, hint) if hint else metrics.space_24
            widest = max(widest, width)
        widest += 2 * metrics.field_pad
        if self._has_marks():
            widest += metrics.icon_s + metrics.chip_pad
        padding = self._shadow().left() + metrics.space_4 + HAIRLINE
        rule = 2 * metrics.space_4 + HAIRLINE
        sheet = (
            f"QMenu {{ background: transparent; border: none; margin: 0; padding: {padding}px; }}"
            f"QMenu::item {{ height: {metrics.menu_item}px; padding: 0; min-width: {widest}px; }}"
            f"QMenu::separator {{ height: {rule}px; }}"
        )
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def sizeHint(self) -> QSize:
        # Asked before the menu opens, by who places it above a button: it must know its items by then.
        self._on_about_to_show()
        return super().sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self.theme
        metrics, palette = theme.metrics, theme.palette
        frame = self.rect().marginsRemoved(self._shadow())
        painter = QPainter(self)
        with crisp(painter):
            theme.shadow.paint(painter, frame, radius=metrics.radius_pop, colour=palette.shadow, metrics=metrics)
            panel(painter, frame, fill=palette.popover, border=palette.line_strong, radius=metrics.radius_pop)
            for action in self.actions():
                rect = QRect(
                    frame.left() + metrics.space_4 + HAIRLINE,
                    self.actionGeometry(action).top(),
                    frame.width() - 2 * (metrics.space_4 + HAIRLINE),
                    self.actionGeometry(action).height(),
                )
                if action.isSeparator():
                    edge = metrics.space_6
                    hairline(
                        painter,
                        start=rect.left() + edge,
                        end=rect.right() + 1 - edge,
                        y=rect.center().y(),
                        colour=palette.line,
                    )
                else:
                    self._paint_item(painter, rect, action)
        painter.end()

    def _paint_item(self, painter: QPainter, rect: QRect, action: QAction) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        destructive = bool(action.property(DESTRUCTIVE))
        lit = action is (self._highlighted or self.activeAction()) and action.isEnabled()
        with crisp(painter, enabled=action.isEnabled()):
            if lit:
                ground = palette.bad_soft if destructive else palette.accent_soft
                fill_box(painter, rect, ground, radius=metrics.radius_s)
            inner = rect.adjusted(metrics.field_pad, 0, -metrics.field_pad, 0)
            icon = "check" if action.isChecked() else str(action.property(ICON) or "")
            if icon:
                box = square(inner.left(), rect.height(), metrics.icon_s).translated(0, rect.top())
                self.theme.icons.paint(painter, box, icon, palette.bad if destructive else palette.text_2)
            text = inner.adjusted(metrics.icon_s + metrics.chip_pad if self._has_marks() else 0, 0, 0, 0)
            draw_text(
                painter,
                text,
                action.text().replace("&&", "&"),
                font=self.theme.font("body"),
                colour=palette.bad if destructive else palette.text,
                align=LEFT,
            )
            self._paint_end(painter, inner, action)

    def _paint_end(self, painter: QPainter, inner: QRect, action: QAction) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        if isinstance(action.menu(), QMenu):
            box = square(inner.right() + 1 - metrics.icon_xs, inner.height(), metrics.icon_xs)
            self.theme.icons.paint(painter, box.translated(0, inner.top()), "chevron-right", palette.text_2)
            return
        colour = palette.bad if action.property(DESTRUCTIVE) else palette.text_2
        hint = str(action.property(HINT) or "")
        draw_text(painter, inner, hint, font=self.theme.font("caption"), colour=colour, align=RIGHT)
