"""The dashed area that takes a file: dropped, or chosen with its button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from services.records.fields import EntityKind
from ui.pages.import_assistant.busy_mark import BusyMark
from ui.pages.import_assistant.kinds import CARD_KINDS, entity_words
from ui.theme.shapes import crisp, dashed_box, fill_box
from ui.widgets.button import Button, ButtonKind
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.themed import Themed


class DropArea(Themed):
    """Says what belongs here; while a file is held over the page it says so."""

    #: The button was pressed.
    choose_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_over = False
        self._icon = IconMark("import", size_role="icon_l")
        self._busy = BusyMark()
        self._title = Label(role="lead")
        self._sentence = Paragraph(centred=True)
        self.choose = Button(self.tr("Choose a file"), kind=ButtonKind.PRIMARY, icon="folder-open")
        self.choose.clicked.connect(self.choose_pressed)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._head = QHBoxLayout()
        self._head.addStretch(1)
        self._head.addWidget(self._busy)
        self._head.addWidget(self._title)
        self._head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        self._column.addWidget(self._icon, 0, middle)
        self._column.addLayout(self._head)
        self._column.addWidget(self._sentence)
        self._column.addSpacing(self.theme.metrics.space_4)
        self._column.addWidget(self.choose, 0, middle)
        self._column.addStretch(1)
        self.restyle()

    def show_invitation(self, entity: EntityKind) -> None:
        """Ask for a file with records of this kind."""
        self._busy.set_running(False)
        self._icon.show()
        self.choose.set_busy(False)
        self._title.setText(self.tr("Drop a file here"))
        self._sentence.set_paragraph(self._invitation(entity))

    def _invitation(self, entity: EntityKind) -> str:
        if entity is EntityKind.EVENT:
            calendar = self.tr("A calendar (ics), as Google Calendar, Outlook and Apple Calendar export it;")
            return f"{calendar} {self.tr('or csv, a spreadsheet or JSON with titles and starts.')}"
        formats = self.tr("csv, a spreadsheet (xlsx, xls, ods) or JSON")
        if entity in CARD_KINDS:
            formats = self.tr("csv, a spreadsheet (xlsx, xls, ods), JSON or vCards (vcf)")
        told = self.tr("{formats}, {one_row}. ").format(formats=formats, one_row=entity_words(entity).one_row)
        if entity in CARD_KINDS:
            return told + self.tr(
                "Exports of HubSpot, Salesforce, Pipedrive, Google Contacts and Outlook are known by their columns."
            )
        if entity is EntityKind.ACTIVITY:
            return told.strip()
        return told + self.tr("Exports of HubSpot, Salesforce and Pipedrive are known by their columns.")

    def show_looking(self, name: str) -> None:
        """A file is being looked at."""
        self._busy.set_running(True)
        self._icon.hide()
        # Busy, not disabled: the keyboard stays on it, should the file be refused.
        self.choose.set_busy(True)
        self._title.setText(self.tr("Looking at {name}").format(name=name))
        self._sentence.set_paragraph(self.tr("Encoding, columns, dates and numbers"))

    def set_over(self, is_over: bool) -> None:
        """A file is held over the page, or not any more."""
        if is_over is not self._is_over:
            self._is_over = is_over
            self.update()

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self.setFixedHeight(6 * metrics.row)
        side = 2 * metrics.row
        self._column.setContentsMargins(side, metrics.space_24, side, metrics.space_24)
        self._column.setSpacing(metrics.space_12)
        self._head.setSpacing(metrics.row_gap)

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, radius = self.theme.palette, self.theme.metrics.radius
        painter = QPainter(self)
        with crisp(painter):
            ground = palette.accent_soft if self._is_over else palette.raised
            fill_box(painter, self.rect(), ground, radius=radius)
            border = palette.accent if self._is_over else palette.field_line
            dashed_box(painter, self.rect(), border, radius=radius)
        painter.end()


def dropped_file(data: QMimeData) -> Path | None:
    """The one file that is dropped; None for anything else."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 else None
