"""The view of the due lists: the pointer ticks circles and opens chips, keys move over headings."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from ui.pages.record.moments import Moments
from ui.pages.record.overlay_scroll import OverlayScroll
from ui.pages.tasks.agenda_model import AgendaModel, TaskRole
from ui.pages.tasks.task_row import TaskDelegate
from ui.widgets.themed import set_focus_shape

Index = QModelIndex | QPersistentModelIndex


class TaskList(QListView):
    """Rows of one height; what concerns one task goes out as a signal with its id."""

    #: The circle of a task was pressed, or X or Space on it.
    ticked = Signal(int)
    #: A task is to be shown beside the list.
    opened = Signal(int)
    #: Another task is the current one; -1 for none.
    current_moved = Signal(int)
    #: The chip of a linked record was pressed: its kind and local id.
    link_pressed = Signal(object, int)
    #: The menu of a task is wanted at a point of the screen.
    menu_wanted = Signal(int, QPoint)

    def __init__(self, agenda: AgendaModel, moments: Moments, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._agenda = agenda
        self.delegate = TaskDelegate(self, moments)
        self._wanted: int | None = None
        self._pressed_part = ""
        self._scrolled = 0
        self.setModel(agenda)
        self.setItemDelegate(self.delegate)
        self.setUniformItemSizes(True)
        self.setProperty("bare", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Tasks"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        OverlayScroll(self)
        set_focus_shape(self, radius=0, style="none")
        agenda.modelAboutToBeReset.connect(self._on_about_to_be_reset)
        agenda.ids_replaced.connect(self._on_ids_replaced)

    @property
    def current_id(self) -> int | None:
        """The task the keyboard is on."""
        local_id = self._agenda.id_at(self.currentIndex().row()) if self.currentIndex().isValid() else None
        return local_id if local_id is not None and local_id > 0 else None

    def go_to(self, local_id: int) -> bool:
        """Make a task the current one; False when no list holds it."""
        row = self._agenda.row_of(local_id)
        if row < 0:
            return False
        self.setCurrentIndex(self._agenda.index(row, 0))
        self.scrollTo(self.currentIndex())
        return True

    def step(self, step: int) -> None:
        """Go to the next task (1) or the one before (-1); headings are passed over."""
        row = self.currentIndex().row() if self.currentIndex().isValid() else -1
        row += step
        while self._agenda.is_heading(row):
            row += step
        if 0 <= row < len(self._agenda.ids):
            self.setCurrentIndex(self._agenda.index(row, 0))
            # The heading of the first task of a list comes into view with it.
            above = row - 1 if self._agenda.is_heading(row - 1) else row
            self.scrollTo(self._agenda.index(above, 0))
            self.scrollTo(self.currentIndex())

    def keep_near(self, local_id: int) -> None:
        """A task is about to leave its place: the next one takes the keyboard, else the one before."""
        row = self._agenda.row_of(local_id)
        near = [row + step for step in (1, -1) if not self._agenda.is_heading(row + step)]
        near += [place for place in (row + 2, row - 2) if not self._agenda.is_heading(place)]
        ids = (self._agenda.id_at(place) for place in near)
        self._wanted = next((found for found in ids if found is not None), None)

    def _on_about_to_be_reset(self) -> None:
        if self._wanted is None:
            self._wanted = self.current_id
        self._scrolled = self.verticalScrollBar().value()

    def _on_ids_replaced(self, _is_other: bool) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            return
        row = self._agenda.row_of(wanted)
        if row >= 0:
            self.setCurrentIndex(self._agenda.index(row, 0))
            self.verticalScrollBar().setValue(self._scrolled)

    def _part_at(self, index: QModelIndex, point: QPoint) -> str:
        """`circle`, the place of a chip as a digit, or `row`."""
        rect = self.visualRect(index)
        reach = self.delegate.theme.metrics.space_6
        if self.delegate.layout.circle(rect).adjusted(-reach, -reach, reach, reach).contains(point):
            return "circle"
        chip = self.delegate.chip_at(index, rect, point)
        return str(chip) if chip >= 0 else "row"

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        local_id = self.current_id
        self.current_moved.emit(-1 if local_id is None else local_id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed_part = self._part_at(index, event.position().toPoint()) if index.isValid() and is_left else ""
        if self._pressed_part in ("", "row"):
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index, part = self.indexAt(point), self._pressed_part
        self._pressed_part = ""
        local_id = self._agenda.id_at(index.row()) if index.isValid() else None
        if local_id is None or local_id < 0 or not part or self._part_at(index, point) != part:
            super().mouseReleaseEvent(event)
        elif part == "circle":
            self.ticked.emit(local_id)
        elif part == "row":
            super().mouseReleaseEvent(event)
            self.opened.emit(local_id)
        else:
            chip = self.delegate.layout.chips(self.visualRect(index), index.data(TaskRole.TASK))[int(part)]
            self.link_pressed.emit(chip.entity, chip.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        part = self._part_at(index, point) if index.isValid() and not self._agenda.is_heading(index.row()) else ""
        chip = (index.row(), int(part)) if part.isdigit() else (-1, -1)
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if part not in ("", "row") else Qt.CursorShape.ArrowCursor
        )
        if chip != self.delegate.hovered_chip:
            self.delegate.hovered_chip = chip
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        self.delegate.hovered_chip = (-1, -1)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos()) if event.reason() is QContextMenuEvent.Reason.Mouse else self.currentIndex()
        local_id = self._agenda.id_at(index.row()) if index.isValid() else None
        if local_id is not None and local_id > 0:
            self.setCurrentIndex(index)
            corner = event.globalPos()
            if event.reason() is not QContextMenuEvent.Reason.Mouse:
                corner = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            self.menu_wanted.emit(local_id, corner)

    def keyboardSearch(self, _text: str) -> None:
        # Letters are commands here; Qt would ask every row of the list for its text.
        return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, current = event.key(), self.current_id
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step(1 if key == Qt.Key.Key_Down else -1)
        elif current is not None and key in (Qt.Key.Key_Space, Qt.Key.Key_X):
            self.ticked.emit(current)
        elif current is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(current)
        else:
            super().keyPressEvent(event)
