"""A list of rows of the file: their numbers, and what they say or why they cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from services.importing.previewing import RowGlance
from services.importing.rejects import reason_text
from services.records.drafts import RowReject
from ui.delegates.roles import CellKind, CellRole, RowState
from ui.models.columns import Column
from ui.models.lazy_table_model import LazyTableModel
from ui.pages.record.moments import number
from ui.tasks import Tasks
from ui.theme.shapes import LEFT, crisp, draw_text, fill_box
from ui.theme.theme import theme_of
from ui.theme.tokens import Tone
from ui.widgets.placeholder_rows import SHARES, paint_placeholder_bar
from ui.widgets.themed import Themed

if TYPE_CHECKING:
    from services.importing.service import ImportPlan, ImportService

Index = QModelIndex | QPersistentModelIndex

_GAP: Final = 12


class GlanceSource:
    """Rows that were taken: read from the staged file, a page at a time."""

    def __init__(self, imports: ImportService, plan: ImportPlan, numbers: Sequence[int], otherwise: str) -> None:
        self._imports = imports
        self._plan = plan
        self._numbers = numbers
        self._otherwise = otherwise

    def ids(self) -> Sequence[int]:
        """The numbers of the rows."""
        return self._numbers

    def rows(self, ids: Sequence[int]) -> Sequence[RowGlance]:
        """What they say; rows that were not taken say why."""
        found = {glance.id: glance for glance in self._imports.glances(self._plan, ids)}
        return [found.get(row) or RowGlance(row, "", self._otherwise) for row in ids]


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


class RowList(QListView):
    """Arrows, J and K move; the row reached is the one to be shown as it will look."""

    #: The keyboard or the pointer came to a row: its number in the file.
    row_reached = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._theme = theme_of()
        self._rows: LazyTableModel[Any] | None = None
        self.setAccessibleName(name)
        self.setProperty("bare", True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_RowDelegate(self))
        self._theme.theme_changed.connect(self.doItemsLayout)

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

    def keyboardSearch(self, search: str) -> None:
        """Letters move here, they are not the beginning of a name."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() == Qt.KeyboardModifier.NoModifier and self.model() is not None:
            row = max(0, min(self.currentIndex().row() + step, self.model().rowCount() - 1))
            self.setCurrentIndex(self.model().index(row, 0))
            return
        super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self._rows is not None and current.isValid():
            row = self._rows.id_at(current.row())
            if row is not None:
                self.row_reached.emit(row)


class WaitingRows(Themed):
    """The shape of the list while it is not known, standing still."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Checking"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics = self.theme.metrics
        height, pad, number_width = metrics.control_s, metrics.card_pad, 4 * metrics.space_16 + metrics.space_8
        painter = QPainter(self)
        with crisp(painter):
            for place in range(self.height() // height):
                top = place * height
                short = QRect(pad, top, number_width - metrics.space_24, height)
                paint_placeholder_bar(painter, short, share=1.0, theme=self.theme)
                rest = QRect(pad + number_width, top, self.width() - 2 * pad - number_width, height)
                share = SHARES[place % len(SHARES)]
                paint_placeholder_bar(painter, rest, share=share, theme=self.theme)
        painter.end()


class _RowDelegate(QStyledItemDelegate):
    """28 high, without rules: the number in text-3, then what the row says."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, theme_of().metrics.control_s)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = theme_of()
        metrics, palette, rect = theme.metrics, theme.palette, option.rect
        with crisp(painter):
            self._paint_ground(painter, option)
            inner = rect.adjusted(metrics.card_pad, 0, -metrics.card_pad, 0)
            if (index.data(CellRole.ROW_STATE) or RowState.NORMAL) & RowState.LOADING:
                height = metrics.space_8
                bar = QRect(inner.x(), inner.y() + (inner.height() - height) // 2, inner.width() // 2, height)
                fill_box(painter, bar, palette.pressed, radius=height / 2)
                return
            small = theme.font("caption", tabular=True)
            told = self.tr("Row {number}").format(number=index.data(CellRole.END_TEXT) or "")
            draw_text(painter, inner, told, font=small, colour=palette.text_3, align=LEFT)
            used = max(round(theme.lettering.width(small, told)), 4 * metrics.space_16) + metrics.space_8
            self._paint_texts(painter, inner.adjusted(used, 0, 0, 0), index)

    @staticmethod
    def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
        palette = theme_of().palette
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, palette.accent_soft)
            bar = QRect(option.rect.x(), option.rect.y(), theme_of().metrics.current_bar, option.rect.height())
            painter.fillRect(bar, palette.accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, palette.hover)

    @staticmethod
    def _paint_texts(painter: QPainter, rect: QRect, index: Index) -> None:
        theme = theme_of()
        bad = index.data(CellRole.TONE) == Tone.BAD
        name, detail = str(index.data() or ""), str(index.data(CellRole.SECONDARY) or "")
        font = theme.font("caption" if bad else "body")
        colour = theme.palette.bad if bad else theme.palette.text
        name = theme.lettering.elided(font, name, rect.width())
        draw_text(painter, rect, name, font=font, colour=colour, align=LEFT)
        used = round(theme.lettering.width(font, name)) + (_GAP if name else 0)
        rest = rect.adjusted(used, 0, 0, 0)
        if detail and rest.width() > theme.metrics.space_32:
            small = theme.font("caption")
            detail = theme.lettering.elided(small, detail, rest.width())
            draw_text(painter, rest, detail, font=small, colour=theme.palette.text_2, align=LEFT)
