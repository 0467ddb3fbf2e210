"""The first step: what is imported, from which file, and what is wrong with a file that cannot be read."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from services.importing.tables import CARDS, JSON, WORKBOOKS
from ui.pages.import_assistant.drop_area import DropArea
from ui.pages.import_assistant.earlier_card import EarlierCard
from ui.pages.import_assistant.kinds import CALENDARS, KINDS, SUFFIXES, TEXTS, entity_words
from ui.pages.import_assistant.recent_files import RecentFile
from ui.pages.import_assistant.trouble import Trouble
from ui.pages.import_assistant.view_model import ImportViewModel, Step
from ui.pages.record.moments import Moments
from ui.theme.shapes import LEFT, RIGHT, crisp, draw_text, fill_box, hairline, square
from ui.theme.user_locale import user_locale
from ui.widgets.card import Card
from ui.widgets.icon_mark import IconMark
from ui.widgets.paragraph import Paragraph
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.segmented import Segmented
from ui.widgets.themed import ThemedButton, set_focus_shape


class FileStep(ScrollArea):
    """One column in the middle of the page."""

    #: The user chose a file: its path.
    file_chosen = Signal(object)

    def __init__(self, view_model: ImportViewModel, now: Moments) -> None:
        super().__init__(bounded=False)
        self._view_model = view_model
        self._now = now
        self.dialog: QFileDialog | None = None
        self.entity = Segmented([entity_words(kind).name for kind in KINDS], name=self.tr("What the file holds"))
        self.area = DropArea()
        self.trouble = TroubleCard()
        self.recent = Card("", flush=True)
        self._recent_rows: list[RecentRow] = []
        self.recent.set_title(self.tr("Lately downloaded"))
        self.recent.hide()
        self.earlier = EarlierCard(now)
        self._assemble()
        self.entity.part_chosen.connect(lambda place: view_model.tell_entity(KINDS[place]))
        self.area.choose_pressed.connect(self.open_dialog)
        view_model.file_changed.connect(self.show_state)
        view_model.step_changed.connect(self.show_state)
        self.show_state()

    def open_dialog(self) -> None:
        """Ask for a file with the dialog of the system, without holding anything up."""
        dialog = QFileDialog(self, self.tr("Choose a file to import"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(name_filters())
        dialog.fileSelected.connect(lambda name: self.file_chosen.emit(Path(name)))
        self.dialog = dialog
        dialog.open()

    def show_recent(self, files: list[RecentFile]) -> None:
        """Offer the files that arrived lately."""
        for row in self._recent_rows:
            row.deleteLater()
        self._recent_rows = [RecentRow(file, self._now, is_last=file is files[-1]) for file in files]
        for row in self._recent_rows:
            row.clicked.connect(partial(self.file_chosen.emit, row.path))
            self.recent.body.addWidget(row)
        self.recent.setVisible(bool(files))

    def show_state(self) -> None:
        """Show what the view model knows of the file."""
        view_model = self._view_model
        # A file that was looked at before its step is built is still on its way for the user.
        looking = view_model.is_looking or (view_model.step is not Step.FILE and self.isVisible())
        self.entity.set_current(KINDS.index(view_model.entity))
        self.entity.setEnabled(not looking)
        if looking and view_model.chosen.path is not None:
            self.area.show_looking(view_model.chosen.path.name)
        else:
            self.area.show_invitation(view_model.entity)
        self.trouble.setVisible(view_model.trouble is not None)
        if view_model.trouble is not None:
            self.trouble.show_trouble(view_model.trouble)

    def _assemble(self) -> None:
        metrics = self.theme.metrics
        middle = QWidget()
        middle.setMaximumWidth(metrics.text_width)
        middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, metrics.space_8, 0, 0)
        column.setSpacing(metrics.gap)
        column.addWidget(self.entity, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.trouble)
        column.addWidget(self.area)
        column.addWidget(self.recent)
        column.addWidget(self.earlier)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle, 20)
        row.addStretch(1)
        self.body.addLayout(row)


def name_filters() -> list[str]:
    """What the dialog offers: all that can be imported first, then a format at a time."""
    formats = (
        (QCoreApplication.translate("FileStep", "Files to import"), SUFFIXES),
        (QCoreApplication.translate("FileStep", "Tables"), TEXTS),
        (QCoreApplication.translate("FileStep", "Spreadsheets"), sorted(WORKBOOKS)),
        (QCoreApplication.translate("FileStep", "JSON"), (JSON,)),
        (QCoreApplication.translate("FileStep", "vCards"), sorted(CARDS)),
        (QCoreApplication.translate("FileStep", "Calendars"), CALENDARS),
    )
    told = [f"{name} ({' '.join(f'*{suffix}' for suffix in suffixes)})" for name, suffixes in formats]
    return [*told, QCoreApplication.translate("FileStep", "All files (*)")]


class TroubleCard(Card):
    """What happened in bold, what to do below it."""

    def __init__(self) -> None:
        super().__init__("")
        self._what = Paragraph(role="body-strong", colour="bad")
        self._advice = Paragraph()
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._what)
        texts.addWidget(self._advice)
        row = QHBoxLayout()
        row.setSpacing(self.theme.metrics.group_gap)
        row.addWidget(IconMark("warning", colour="bad", size_role="icon_l"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        self.body.addLayout(row)

    def show_trouble(self, trouble: Trouble) -> None:
        """Say what is wrong."""
        self._what.set_paragraph(trouble.title)
        self._advice.set_paragraph(trouble.text)
        told = f"{trouble.title}. {trouble.text}"
        if told != self.accessibleName():
            self.setAccessibleName(told)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


class RecentRow(ThemedButton):
    """40 high: icon, name, size and age; a press imports the file."""

    def __init__(self, file: RecentFile, now: Moments, *, is_last: bool) -> None:
        super().__init__()
        self.path = file.path
        self._is_last = is_last
        size = user_locale().formattedDataSize(file.size, 0, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
        self._told = f"{size}, {now.relative(file.written_at)}"
        self.setAccessibleName(self.tr("Import {name}, {told}").format(name=file.path.name, told=self._told))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def restyle(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.radius)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.metrics.search_width, self.theme.metrics.row)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.metrics.search_width // 2, self.theme.metrics.row)

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette, theme = self.theme.metrics, self.theme.palette, self.theme
        inner = self.rect().adjusted(metrics.card_pad, 0, -metrics.card_pad, 0)
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            if self.hover.value > 0 or self.isDown():
                ground = palette.pressed if self.isDown() else palette.hover
                fill_box(painter, self.rect().adjusted(1, 0, -1, 0), ground, radius=metrics.radius_s)
            elif not self._is_last:
                hairline(painter, start=0, end=self.width(), y=self.height() - 1, colour=palette.line)
            box = square(inner.left(), self.height(), metrics.icon_s)
            theme.icons.paint(painter, box, "file", "text_2")
            small = theme.font("caption", tabular=True)
            draw_text(painter, inner, self._told, font=small, colour=palette.text_3, align=RIGHT)
            left = metrics.icon_s + metrics.group_gap
            used = round(theme.lettering.width(small, self._told)) + metrics.group_gap
            name = inner.adjusted(left, 0, -used, 0)
            strong = theme.font("body-medium")
            draw_text(painter, name, self.path.name, font=strong, colour=palette.text, align=LEFT, elide=True)
        painter.end()
