"""A choice from a list, painted like an input, its list in a popover."""

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from ui.theme.shapes import LEFT, crisp, draw_text, panel, square, text_width
from ui.theme.theme import theme_of
from ui.widgets.input_frame import FieldState
from ui.widgets.option_list import OptionList
from ui.widgets.popover import Popover
from ui.widgets.themed import set_focus_shape

LONGEST_LIST = 10


class ComboBox(QComboBox):
    """A combo box without a label of its own; small ones stand in tables."""

    def __init__(self, *, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme_of()
        self._small = small
        self._state = FieldState.NORMAL
        self._popover: Popover | None = None
        self._previews_focus = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Never shown, the popover takes its place; assistive technology meets it all the same.
        self.view().setAccessibleName(self.tr("Choices"))
        self._on_theme_changed()
        self.theme.theme_changed.connect(self._on_theme_changed)

    def set_state(self, state: FieldState) -> None:
        """Colour the border."""
        self._state = state
        self.update()

    def preview_focus(self) -> None:
        """Look focused without the focus, for pictures of the states."""
        self._previews_focus = True
        self.update()

    def _is_active(self) -> bool:
        return self._previews_focus or self.hasFocus() or self.is_open

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._popover is not None

    def _on_theme_changed(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.radius, style="halo")
        self.updateGeometry()
        self.update()

    def _on_option_chosen(self, row: int) -> None:
        self.hidePopup()
        self.setCurrentIndex(row)
        self.activated.emit(row)
        self.textActivated.emit(self.itemText(row))

    def _on_popover_closed(self) -> None:
        self._popover = None
        self.update()

    def _border(self) -> QColor:
        palette = self.theme.palette
        if self._state is FieldState.ERROR:
            return palette.bad
        if self._state is FieldState.WARNING:
            return palette.warn_fill
        return palette.focus if self._is_active() else palette.field_line

    def showPopup(self) -> None:
        if self._popover is not None or self.count() == 0:
            return
        options = OptionList(self.model(), shown=min(self.count(), LONGEST_LIST))
        options.setAccessibleName(self.accessibleName())
        options.setCurrentIndex(self.model().index(self.currentIndex(), self.modelColumn(), QModelIndex()))
        options.option_chosen.connect(self._on_option_chosen)
        popover = Popover(self, padding=self.theme.metrics.space_4)
        popover.set_content(options)
        popover.closed.connect(self._on_popover_closed)
        self._popover = popover
        popover.open_at(self, minimum_width=self.width())
        options.setFocus(Qt.FocusReason.PopupFocusReason)
        self.update()

    def hidePopup(self) -> None:
        if self._popover is not None:
            self._popover.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.showPopup()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.EnabledChange:
            self.update()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        metrics, font = self.theme.metrics, self.theme.font("body")
        texts = [self.itemText(row) for row in range(min(self.count(), 100))] + [self.placeholderText()]
        longest = max(text_width(font, text) for text in texts)
        width = longest + 2 * metrics.field_pad + metrics.icon_s + metrics.row_gap + 2
        return QSize(width, metrics.control_s if self._small else metrics.control)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.metrics.space_32 * 2, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            active = self._is_active()
            panel(
                painter,
                self.rect(),
                fill=palette.raised,
                border=self._border(),
                radius=metrics.radius,
                width=1.5 if active else 1.0,
            )
            text = self.currentText() if self.currentIndex() >= 0 else ""
            right = metrics.field_pad + metrics.icon_xs
            draw_text(
                painter,
                self.rect().adjusted(metrics.field_pad, 0, -right - metrics.space_4, 0),
                text or self.placeholderText(),
                font=self.theme.font("body"),
                colour=palette.text if text else palette.text_3,
                align=LEFT,
                elide=True,
            )
            box = square(self.width() - right, self.height(), metrics.icon_xs)
            self.theme.icons.paint(painter, box, "chevron-down", "text_2")
        painter.end()
