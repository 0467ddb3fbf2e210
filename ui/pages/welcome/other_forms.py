"""The middle of the welcome card for the demo and for a workspace that exists."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.workspace_list import KnownWorkspace
from ui.pages.welcome.view_model import WelcomeViewModel
from ui.paths import short_path
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.progress_bar import ProgressBar
from ui.widgets.settings_row import SettingsRow
from ui.widgets.themed import Themed

SHOWN_KNOWN = 5


class DemoForm(Themed):
    """What the demo is, and how far its making is."""

    def __init__(self, view_model: WelcomeViewModel, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        metrics = self.theme.metrics
        self._progress = ProgressBar(self.tr("Making the demo"))
        self._progress.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.space_12)
        column.addWidget(Label(self.tr("Eighteen months in the life of a salesperson"), role="lead"))
        text = Paragraph(
            self.tr(
                "Companies, people, calls, meetings and mails, all invented, with good customers and some "
                "about to leave. Search it, change it, import into it, undo everything: it is a workspace "
                "like any other, apart from yours, and not encrypted because nothing in it is real."
            )
        )
        text.setMaximumWidth(metrics.text_width)
        column.addWidget(text)
        row = QHBoxLayout()
        row.setSpacing(metrics.row_gap)
        row.addWidget(IconMark("folder"))
        row.addWidget(
            Label(self.tr("Kept in {place}.").format(place=short_path(view_model.demo_path)), colour="text_2"),
            1,
        )
        column.addLayout(row)
        column.addWidget(self._progress)
        column.addStretch(1)
        view_model.demo_progressed.connect(self._on_progressed)

    def _on_progressed(self, phase: str, done: int, total: int) -> None:
        self._progress.show()
        count = self.tr("{done} of {total}").format(done=f"{done:,}", total=f"{total:,}") if total else ""
        self._progress.set_progress(done / total if total else 0.0, right=count, below=phase)


class ExistingForm(Themed):
    """The workspaces of this laptop, each with its button; the foot's button looks for a file."""

    #: The user wants one of them: its path.
    path_chosen = Signal(object)

    def __init__(self, known: Sequence[KnownWorkspace], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.metrics.space_12)
        shown = [entry for entry in known if entry.path.exists()][:SHOWN_KNOWN]
        if shown:
            column.addWidget(Label(self.tr("On this laptop"), role="lead"))
            column.addWidget(self._list(shown))
        text = (
            self.tr("Another one is found by its file.")
            if shown
            else self.tr("No workspace was opened on this laptop yet. Look for the file of yours.")
        )
        column.addWidget(Paragraph(text))
        column.addStretch(1)

    def _list(self, shown: Sequence[KnownWorkspace]) -> Card:
        card = Card(flush=True)
        card.setAccessibleName(self.tr("On this laptop"))
        for place, entry in enumerate(shown):
            button = Button(self.tr("Open"), small=True)
            button.setAccessibleName(self.tr("Open {name}").format(name=entry.name))
            button.clicked.connect(partial(self.path_chosen.emit, entry.path))
            card.body.addWidget(
                SettingsRow(entry.name, short_path(entry.path), icon="database", control=button, first=place == 0)
            )
        return card
