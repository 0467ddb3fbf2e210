"""A list of rows of the file: their numbers, and what they say or why they cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent

from services.importing.previewing import RowGlance
from services.importing.rejects import reason_text
from services.records.drafts import RowReject
from ui.delegates.cell_delegate import CellDelegate
from ui.delegates.roles import CellKind, CellRole
from ui.models.columns import Column
from ui.models.lazy_table_model import LazyTableModel
from ui.pages.record.moments import number
from ui.tasks import Tasks
from ui.theme.shapes import crisp
from ui.theme.theme import Theme
from ui.theme.tokens import TextRole, Tone
from ui.widgets.data_table import DataTable
from ui.widgets.placeholder_rows import SHARES, paint_placeholder_bar
from ui.widgets.themed import Themed

if TYPE_CHECKING:
    from services.importing.service import ImportPlan, ImportService

Index = QModelIndex | QPersistentModelIndex


class GlanceSource:
    """Rows that were taken: read from the staged file, a page at a time.

    `reason` stands behind the name in place of what else the row says; `otherwise` is said of a row that names nobody.
    """

    def __init__(
        self, imports: ImportService, plan: ImportPlan, numbers: Sequence[int], *, reason: str, otherwise: str
    ) -> None:
        self._imports = imports
        self._plan = plan
        self._numbers = numbers
        self._reason = reason
        self._otherwise = otherwise

    def ids(self) -> Sequence[int]:
        """The numbers of the rows."""
        return self._numbers

    def rows(self, ids: Sequence[int]) -> Sequence[RowGlance]:
        """What they say; rows that were not taken say why."""
        found = {glance.id: glance for glance in self._imports.glances(self._plan, ids)}
        return [self._told(found.get(row), row) for row in ids]

    def _told(self, glance: RowGlance | None, row: int) -> RowGlance:
        if glance is None:
            return RowGlance(row, "", self._otherwise)
        return replace(glance, detail=self._reason) if self._reason else glance


class RejectSource:
    """Rows that cannot be read, with their reasons."""

    def __init__(self, rejects: Sequence[RowReject]) -> None:
        self._rejects = {reject.number: reject for reject in rejects}

    def ids(self) -> Sequence[int]:
        """The numbers of the rows."""
        return list(self._rejects)

    def rows(self, ids: Sequence[int]) -> Sequence[RowGlance]:
        """Why they cannot be read."""
        return [RowGlance(row, reason_text(self._rejects[row]), "") for row in ids]


def row_list_model(tasks: Tasks, *, tone: Tone = Tone.NEUTRAL) -> LazyTableModel[RowGlance]:
    """A model of rows; in `bad` they are reasons."""
    column: Column[RowGlance] = Column(
        "row",
        "",
        CellKind.TEXT,
        lambda glance: glance.name,
        {
            int(CellRole.SECONDARY): lambda glance: glance.detail,
            int(CellRole.END_TEXT): lambda glance: number(glance.id),
            int(CellRole.TONE): lambda _glance: tone,
            int(Qt.ItemDataRole.ToolTipRole): lambda glance: ", ".join(
                text for text in (glance.name, glance.detail) if text
            ),
        },
    )
    return LazyTableModel([column], tasks)


class RowList(DataTable):
    """Arrows, J and K move; the row reached is the one to be shown as it will look.

    A table of one column: unlike a list it asks its model for nothing but the rows in sight.
    """

    #: The keyboard or the pointer came to a row: its number in the file.
    number_reached = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__(name, kinds=[CellKind.TEXT], in_card=True)
        self._rows: LazyTableModel[Any] | None = None
        self._cell = RowCell(self, self)
        self.setItemDelegateForColumn(0, self._cell)
        self.table_header.hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.row_reached.connect(self._on_row_reached)

    def show_rows(self, rows: LazyTableModel[Any]) -> None:
        """Show another list; the one before is let go of."""
        before, self._rows = self._rows, rows
        rows.setParent(self)
        self.setModel(rows)
        if before is not None:
            before.close()
            before.deleteLater()

    def close_list(self) -> None:
        """Ignore what is still to come."""
        if self._rows is not None:
            self._rows.close()

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        self.verticalHeader().setDefaultSectionSize(self.theme.metrics.control_s)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A table of one column has its ends above and below.
        count = self._rows.rowCount() if self._rows is not None else 0
        if count and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to_row(0 if event.key() == Qt.Key.Key_Home else count - 1)
        else:
            super().keyPressEvent(event)

    def _on_row_reached(self, row: int) -> None:
        found = self._rows.id_at(row) if self._rows is not None else None
        if found is not None:
            self.number_reached.emit(found)


class WaitingRows(Themed):
    """The shape of the list while it is not known, standing still."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Checking"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics = self.theme.metrics
        height, pad, left = metrics.control_s, metrics.card_pad, number_width(self.theme)
        painter = QPainter(self)
        with crisp(painter):
            for place in range(self.height() // height):
                top = place * height
                short = QRect(pad, top, left - metrics.space_24, height)
                paint_placeholder_bar(painter, short, share=1.0, theme=self.theme)
                rest = QRect(pad + left, top, self.width() - 2 * pad - left, height)
                share = SHARES[place % len(SHARES)]
                paint_placeholder_bar(painter, rest, share=share, theme=self.theme)
        painter.end()


class RowCell(CellDelegate):
    """28 high, without rules: the number in text-3, then what the row says."""

    def paint_content(self, painter: QPainter, rect: QRect, index: Index, *, state: int) -> None:
        theme = self.host.theme
        rest = self._without_number(painter, rect, index)
        bad = index.data(CellRole.TONE) == Tone.BAD
        name, detail = str(index.data() or ""), str(index.data(CellRole.SECONDARY) or "")
        role: TextRole = "caption" if bad else "body"
        self.write(painter, rest, name, role=role, colour=theme.palette.bad if bad else theme.palette.text)
        used = round(theme.lettering.width(theme.font(role), name)) + (theme.metrics.group_gap if name else 0)
        rest.adjust(used, 0, 0, 0)
        if detail and rest.width() > theme.metrics.space_32:
            self.write(painter, rest, detail, role="caption", colour=theme.palette.text_2)

    def paint_placeholder(self, painter: QPainter, rect: QRect, index: Index) -> None:
        super().paint_placeholder(painter, rect.adjusted(number_width(self.host.theme), 0, 0, 0), index)

    def _without_number(self, painter: QPainter, rect: QRect, index: Index) -> QRect:
        theme = self.host.theme
        told = self.tr("Row {number}").format(number=index.data(CellRole.END_TEXT) or "")
        self.write(painter, rect, told, role="caption", colour=theme.palette.text_3, tabular=True)
        width = round(theme.lettering.width(theme.font("caption", tabular=True), told)) + theme.metrics.space_8
        return rect.adjusted(max(width, number_width(theme)), 0, 0, 0)

    def _paint_ground(self, painter: QPainter, rect: QRect, *, row: int, column: int, state: int) -> None:
        host, palette = self.host, self.host.theme.palette
        if row == host.current_row:
            painter.fillRect(rect, palette.accent_soft)
            bar = QRect(rect.x(), rect.y(), host.theme.metrics.current_bar, rect.height())
            painter.fillRect(bar, palette.accent)
        elif row == host.hovered_row:
            painter.fillRect(rect, palette.hover)


def number_width(theme: Theme) -> int:
    """The room for `Row 1,204`; longer numbers take more."""
    return 4 * theme.metrics.space_16 + theme.metrics.space_8
