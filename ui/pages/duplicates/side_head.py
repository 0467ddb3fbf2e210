"""Who one side of the comparison is: avatar, name, since when, and whether it stays."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from services.records.duplicates import PairSide, Side
from services.records.fields import EntityKind
from ui.pages.record.moments import Moments, long_date
from ui.theme.tokens import HAIRLINE, Tone
from ui.widgets.avatar import Avatar
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.tag import Tag
from ui.widgets.themed import Themed

AVATAR = 32
HEIGHT = 60


class SideHead(Themed):
    """60 high, over the values of one record."""

    def __init__(self, side: Side, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        stays = side is Side.KEEP
        self._avatars = {rounded: Avatar("", 0, size=AVATAR, rounded=rounded, parent=self) for rounded in (False, True)}
        self.name = ElidedLabel(role="body-strong")
        self.since = ElidedLabel(role="caption", colour="text_2")
        self.part = Tag(self.tr("Stays"), tone=Tone.ACCENT) if stays else Tag(self.tr("Moves in"))
        self._texts = QVBoxLayout()
        self._texts.addStretch(1)
        self._texts.addWidget(self.name)
        self._texts.addWidget(self.since)
        self._texts.addStretch(1)
        self._row = QHBoxLayout(self)
        for avatar in self._avatars.values():
            self._row.addWidget(avatar)
        self._row.addLayout(self._texts, 1)
        self._row.addWidget(self.part)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.restyle()

    def show_side(self, entity: EntityKind, side: PairSide, moments: Moments) -> None:
        """Show one record of a pair."""
        rounded = entity is EntityKind.COMPANY
        for is_rounded, avatar in self._avatars.items():
            avatar.setVisible(is_rounded is rounded)
        self._avatars[rounded].set_person(side.name, int(side.id))
        self.name.setText(side.name)
        since = self.tr("Since {day}").format(day=long_date(moments.local(side.created_at).date()))
        self.since.setText(", ".join(filter(None, (since, side.detail))))
        self.setAccessibleName(f"{side.name}, {self.part.accessibleName()}")

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self.setFixedHeight(round(HEIGHT * self.theme.zoom))
        self._row.setContentsMargins(metrics.group_gap + HAIRLINE, 0, metrics.group_gap, HAIRLINE)
        self._row.setSpacing(metrics.row_gap)
        self._texts.setSpacing(0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = self.theme.palette.line
        painter.fillRect(QRect(0, 0, HAIRLINE, self.height()), line)
        painter.fillRect(QRect(0, self.height() - HAIRLINE, self.width(), HAIRLINE), line)
        painter.end()
