"""The way of a deal through the stages of its pipeline, one part a stage; a press moves it there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from services.records.sales import StageKind, StageRow
from ui.theme.marks import blended
from ui.theme.shapes import crisp, fill_box
from ui.widgets.themed import Themed, set_focus_shape

BAR: Final = 6
HEIGHT: Final = 18


class StageBar(Themed):
    """The open stages in order; those that are behind the deal and its own are filled."""

    #: Put the deal into this stage.
    stage_chosen = Signal(object)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[StageRow, ...] = ()
        self._place = -1
        self._kind = StageKind.OPEN
        self._hovered = -1
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    @property
    def stages(self) -> tuple[StageRow, ...]:
        """The parts of the bar."""
        return self._stages

    def show_stage(self, stages: Sequence[StageRow], current: int | None, kind: StageKind) -> None:
        """Show where a deal stands; one that is won has all parts behind it."""
        self._stages = tuple(stage for stage in stages if stage.kind is StageKind.OPEN)
        self._place = next((place for place, stage in enumerate(self._stages) if stage.id == current), -1)
        self._current = max(0, self._place)
        self._kind = kind
        name = self._stages[self._place].name if self._place >= 0 else ""
        said = self.tr("Stage {place} of {count}: {name}")
        shown = said.format(place=self._place + 1, count=len(self._stages), name=name) if name else self.tr("Closed")
        self.setAccessibleName(shown)
        self.setAccessibleDescription(self.tr("Arrows choose another stage, Return moves the deal there"))
        self.setVisible(bool(self._stages))
        self.update()

    def restyle(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.radius_xs)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.metrics.space_32, round(HEIGHT * self.theme.zoom))

    def _part(self, place: int) -> QRect:
        count, gap = max(1, len(self._stages)), self.theme.metrics.space_2
        left = round(place * (self.width() + gap) / count)
        right = round((place + 1) * (self.width() + gap) / count) - gap
        return QRect(left, 0, right - left, self.height())

    def _part_at(self, event: QMouseEvent) -> int:
        place = event.position().toPoint()
        return next((part for part in range(len(self._stages)) if self._part(part).contains(place)), -1)

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._stages) and place != self._place:
            self.stage_chosen.emit(self._stages[place])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self._current = min(max(0, self._current + step), len(self._stages) - 1)
            self._hovered = self._current
            self.setToolTip(self._stages[self._current].name)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._current)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._part_at(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._part_at(event)
        self.setToolTip(self._stages[self._hovered].name if self._hovered >= 0 else "")
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, bar = self.theme.palette, round(BAR * self.theme.zoom)
        behind = palette.ok_fill if self._kind is StageKind.WON else palette.accent
        painter = QPainter(self)
        with crisp(painter):
            for place in range(len(self._stages)):
                part = self._part(place)
                box = QRect(part.x(), (part.height() - bar) // 2, part.width(), bar)
                done = self._kind is StageKind.WON or (self._kind is StageKind.OPEN and place <= self._place)
                ground = behind if done else palette.hover
                if place == self._hovered:
                    ground = blended(ground, palette.text_3, 0.35)
                fill_box(painter, box, ground, radius=self.theme.metrics.radius_xs)
        painter.end()
