"""The head of a table: 32 high, quiet, with the sort arrow and the checkbox for all rows."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.delegates.roles import CellKind
from ui.theme.marks import paint_checkbox
from ui.theme.shapes import LEFT, RIGHT, crisp, draw_text, square, text_width
from ui.theme.theme import theme_of
from ui.theme.tokens import HAIRLINE, ColourRole


class TableHeader(QHeaderView):
    """Texts come from the model; numbers stand at the right. A press sorts, a drag resizes or moves."""

    #: The checkbox for all rows was pressed; True asks to check all.
    all_checked_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme = theme_of()
        self.ground: ColourRole = "surface"
        self._kinds: list[CellKind] = []
        self._edge_padding = self.theme.metrics.page_margin
        self._check_state = Qt.CheckState.Unchecked
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(True)
        self.setStretchLastSection(True)
        self.setMinimumSectionSize(self.theme.metrics.control)
        self.setMouseTracking(True)
        self.theme.theme_changed.connect(self._on_theme_changed)

    def set_kinds(self, kinds: list[CellKind], *, edge_padding: int) -> None:
        """Tell what stands in the columns and how far the outer cells keep from the edge."""
        self._kinds = kinds
        self._edge_padding = edge_padding
        self.viewport().update()

    def set_check_state(self, state: Qt.CheckState) -> None:
        """Show whether all, some or none of the rows are checked."""
        self._check_state = state
        self.viewport().update()

    def kind_of(self, section: int) -> CellKind:
        """What stands in a column."""
        return self._kinds[section] if section < len(self._kinds) else CellKind.TEXT

    def outer_sections(self) -> tuple[int, int]:
        """The columns painted leftmost and rightmost, -1 when all are hidden."""
        shown = [
            self.logicalIndex(place)
            for place in range(self.count())
            if not self.isSectionHidden(self.logicalIndex(place))
        ]
        return (shown[0], shown[-1]) if shown else (-1, -1)

    def _on_theme_changed(self) -> None:
        self.setFixedHeight(self.theme.metrics.table_head)
        self.viewport().update()

    def _check_section(self) -> int:
        return self._kinds.index(CellKind.CHECK) if CellKind.CHECK in self._kinds else -1

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.theme.metrics.table_head)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        section = self.logicalIndexAt(event.position().toPoint())
        if section >= 0 and section == self._check_section():
            self.all_checked_toggled.emit(self._check_state is not Qt.CheckState.Checked)
            event.accept()
            return
        super().mouseReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        section = self.logicalIndexAt(event.position().toPoint())
        if section >= 0 and section == self._check_section():
            event.accept()
            return
        super().mousePressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.viewport().update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.viewport().update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self.theme.palette
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.theme.colour(self.ground))
        first, last = self.outer_sections()
        with crisp(painter):
            for section in range(self.count()):
                if self.isSectionHidden(section):
                    continue
                left = self.sectionViewportPosition(section)
                rect = QRect(left, 0, self.sectionSize(section), self.height())
                if rect.intersects(event.rect()):
                    self._paint_one(painter, rect, section, outer=(section == first, section == last))
        bottom = self.height() - HAIRLINE
        painter.fillRect(QRect(0, bottom, self.viewport().width(), HAIRLINE), palette.line)
        painter.end()

    def _paint_one(self, painter: QPainter, rect: QRect, section: int, *, outer: tuple[bool, bool]) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        left = self._edge_padding if outer[0] else metrics.cell_pad
        right = self._edge_padding if outer[1] else metrics.cell_pad
        inner = rect.adjusted(left, 0, -right, -HAIRLINE)
        kind = self.kind_of(section)
        if kind is CellKind.CHECK:
            box = square(inner.left(), self.height(), metrics.mark)
            paint_checkbox(painter, box, self._check_state, theme=self.theme)
            return
        if self.underMouse() and not outer[1]:
            grip = QRect(rect.right(), metrics.space_8, HAIRLINE, rect.height() - metrics.space_16)
            painter.fillRect(grip, palette.line_strong)
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        font = self.theme.font("caption-strong" if sorted_here else "caption-medium")
        colour = palette.text if sorted_here else palette.text_2
        arrow = metrics.icon_xs + metrics.space_4 if sorted_here else 0
        if kind is CellKind.NUMBER:
            place = inner.adjusted(0, 0, -arrow, 0)
            draw_text(painter, place, text, font=font, colour=colour, align=RIGHT, elide=True)
            arrow_left = inner.right() + 1 - metrics.icon_xs
        else:
            place = inner.adjusted(0, 0, -arrow, 0)
            draw_text(painter, place, text, font=font, colour=colour, align=LEFT, elide=True)
            arrow_left = min(place.left() + text_width(font, text), place.right()) + metrics.space_4
        if sorted_here:
            descending = self.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
            box = square(arrow_left, self.height(), metrics.icon_xs)
            self.theme.icons.paint(painter, box, "arrow-down" if descending else "arrow-up", colour)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            place = self.mapFromGlobal(self.cursor().pos())
            self._tell_full_text(place)
        return super().viewportEvent(event)

    def _tell_full_text(self, place: QPoint) -> None:
        section = self.logicalIndexAt(place)
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "") if section >= 0 else ""
        room = self.sectionSize(section) - 2 * self.theme.metrics.cell_pad if section >= 0 else 0
        self.viewport().setToolTip(text if text_width(self.theme.font("caption-medium"), text) > room else "")
