"""The middle of the welcome card for the demo and for a workspace that exists."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.workspace_list import KnownWorkspace
from ui.pages.welcome.view_model import WelcomeViewModel
from ui.paths import short_path
from ui.theme.user_locale import number
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
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
        column.addWidget(self._things_to_try())
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

    def _things_to_try(self) -> Card:
        card = Card(flush=True)
        card.setAccessibleName(self.tr("What to try"))
        rows = (
            (
                self.tr("Look around"),
                self.tr("Everybody is there with their history, from the first mail to the last call."),
                "contacts",
            ),
            (
                self.tr("Change anything, take it back"),
                self.tr("Ctrl Z undoes every step, and each record remembers what it was."),
                "undo",
            ),
            (
                self.tr("Bring a list of your own"),
                self.tr("The import shows what it will do before it does it, and goes away again at one press."),
                "import",
            ),
        )
        for place, (title, sentence, icon) in enumerate(rows):
            card.body.addWidget(SettingsRow(title, sentence, icon=icon, first=place == 0))
        return card

    def _on_progressed(self, phase: str, done: int, total: int) -> None:
        self._progress.show()
        count = self.tr("{done} of {total}").format(done=number(done), total=number(total)) if total else ""
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
            column.addWidget(Paragraph(self.tr("Another one is found by its file.")))
            column.addStretch(1)
        else:
            nothing = EmptyState(
                self.tr("No workspace was opened on this laptop yet"),
                self.tr("Look for the file of yours, on this disk or on the one you brought."),
                badge="folder",
                in_card=True,
            )
            column.addWidget(nothing, 1)

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
