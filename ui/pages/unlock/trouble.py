"""The card for a workspace that could not be opened: what happened, what to do, and the ways on."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.errors import MyCrmError
from ui.brand_mark import BrandMark
from ui.widgets.button import Button, ButtonKind
from ui.widgets.card import Card
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.surface import Surface

CARD_WIDTH: Final = 536


class TroublePage(Surface):
    """Nothing is changed by a workspace that does not open; the card says so."""

    #: The user wants to try again.
    retry_requested = Signal()
    #: The user wants another workspace.
    other_requested = Signal()
    #: The user wants to start afresh.
    welcome_requested = Signal()

    def __init__(self, path: Path, error: BaseException, *, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent=parent)
        metrics = self.theme.metrics
        known = isinstance(error, MyCrmError)
        title = error.title if isinstance(error, MyCrmError) else self.tr("The workspace could not be opened")
        text = (
            error.message
            if isinstance(error, MyCrmError)
            else self.tr("Something went wrong in the program. The file was not changed; the log says where.")
        )
        card = Card()
        card.setAccessibleName(title)
        card.setFixedWidth(round(CARD_WIDTH * self.theme.zoom))
        head = QHBoxLayout()
        head.setSpacing(metrics.row_gap)
        head.addWidget(IconMark("warning", colour="warn" if known else "bad", size_role="icon_l"))
        head.addWidget(Label(title, role="lead"), 1)
        card.body.addLayout(head)
        card.body.addWidget(Paragraph(text))
        card.body.addWidget(Label(str(path), role="mono", colour="text_3"))
        card.body.addSpacing(metrics.space_8)
        self.retry = Button(self.tr("Try again"), kind=ButtonKind.PRIMARY, icon="refresh")
        other = Button(self.tr("Open another workspace"), icon="folder")
        welcome = Button(self.tr("Start afresh"), kind=ButtonKind.QUIET)
        self.retry.clicked.connect(self.retry_requested)
        other.clicked.connect(self.other_requested)
        welcome.clicked.connect(self.welcome_requested)
        buttons = QHBoxLayout()
        buttons.setSpacing(metrics.row_gap)
        for button in (self.retry, other, welcome):
            buttons.addWidget(button)
        buttons.addStretch(1)
        card.body.addLayout(buttons)
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(BrandMark(large=True), 0, middle)
        column.addSpacing(metrics.space_24)
        column.addWidget(card, 0, middle)
        column.addStretch(2)
        self.setFocusProxy(self.retry)

    def left(self) -> None:
        """The card goes away."""
