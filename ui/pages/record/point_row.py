"""A contact point in the panel: what it is, how to use it, and a button that copies it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from services.records.drafts import PointKind
from services.records.people import Point
from ui.pages.record.moments import country_name
from ui.pages.record.wording import point_label
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.icon_button import IconButton
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.themed import Themed

_ICONS: Final = {
    PointKind.EMAIL: "mail",
    PointKind.PHONE: "call",
    PointKind.ADDRESS: "location",
    PointKind.URL: "globe",
    PointKind.SOCIAL: "link",
}


class PointRow(Themed):
    """Filled again for each record; hidden while it shows none."""

    #: Use it: write, call, or open it in the browser.
    use_wanted = Signal(object)
    #: Its text is to be copied.
    copy_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._point: Point | None = None
        # An address cannot be used by a press: its icon stands where the others have their button.
        self._place = IconMark(_ICONS[PointKind.ADDRESS])
        self._text = _PointText()
        self._label = Label(role="caption", colour="text_3")
        self._use = IconButton("mail", "", small=True)
        self._copy = IconButton("copy", self.tr("Copy"), small=True)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._use)
        self._row.addWidget(self._place)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._label)
        self._row.addWidget(self._copy)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._text.pressed.connect(self._on_use)
        self._use.clicked.connect(self._on_use)
        self._copy.clicked.connect(self._on_copy)
        self.restyle()

    def show_point(self, point: Point) -> None:
        """Show a point."""
        self._point = point
        text = point_text(point)
        self._text.setText(text)
        usable = point.kind is not PointKind.ADDRESS
        self._text.set_usable(usable)
        self._label.setText(point_label(point.label))
        names = {
            PointKind.EMAIL: _tr("Write to {text}"),
            PointKind.PHONE: _tr("Call {text}"),
            PointKind.ADDRESS: "",
            PointKind.URL: _tr("Open {text}"),
            PointKind.SOCIAL: _tr("Open {text}"),
        }
        self._use.set_icon(_ICONS[point.kind])
        self._use.set_name(names[point.kind].format(text=text))
        self._use.setVisible(usable)
        self._place.setVisible(not usable)
        self._copy.set_name(_tr("Copy {text}").format(text=text))

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self.setFixedHeight(metrics.row_compact)
        # The glyph in the button, not the button, stands on the edge of the panel.
        inset = (metrics.control_s - metrics.icon_s) // 2
        self._row.setContentsMargins(metrics.space_20 - inset, 0, metrics.space_16, 0)
        self._row.setSpacing(metrics.space_4)
        self._place.setFixedWidth(metrics.control_s)

    def _on_use(self) -> None:
        if self._point is not None and self._point.kind is not PointKind.ADDRESS:
            self.use_wanted.emit(self._point)

    def _on_copy(self) -> None:
        if self._point is not None:
            self.copy_wanted.emit(point_text(self._point))


class _PointText(ElidedLabel):
    """The text of a point; a press uses it."""

    #: It was pressed.
    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(self.theme.metrics.space_4, 0, 0, 0)

    def set_usable(self, usable: bool) -> None:
        """Whether a press does something."""
        if usable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()
        super().mouseReleaseEvent(event)


def point_text(point: Point) -> str:
    """A point as people write it; an address on one line."""
    if point.kind is not PointKind.ADDRESS:
        return point.raw
    street = ", ".join(line.strip() for line in point.raw.splitlines() if line.strip())
    town = " ".join(part for part in (point.postal_code, point.city) if part)
    return ", ".join(part for part in (street, town, point.region, country_name(point.country)) if part)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PointRow", text)
