"""The last step: how far the import is, then what it did, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui.pages.import_assistant.file_step import TroubleCard
from ui.pages.import_assistant.import_run import RunState
from ui.pages.import_assistant.summary_card import SummaryCard
from ui.pages.import_assistant.view_model import ImportViewModel
from ui.pages.import_assistant.wording import count_text, pace_text
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.progress_bar import ProgressBar
from ui.widgets.scroll_area import ScrollArea


class ResultStep(ScrollArea):
    """One card in the middle: progress, result or failure."""

    #: The user wants to see the file of rejected rows: its path.
    reveal_requested = Signal(object)

    progress: ProgressCard
    summary: SummaryCard
    trouble: TroubleCard

    def __init__(self, view_model: ImportViewModel) -> None:
        super().__init__(bounded=False)
        self._view_model = view_model
        self._stack = QStackedWidget()
        self._stack.setMaximumWidth(self.theme.metrics.text_width)
        self._stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._stack, 20)
        row.addStretch(1)
        self.body.addLayout(row)

    def building(self) -> Sequence[Callable[[], None]]:
        """What fills it, a turn of the event loop each."""
        return (self._add_progress, self._add_summary, self._add_trouble)

    def show_state(self) -> None:
        """Show how far it is, or how it ended."""
        run = self._view_model.run
        if run.state is RunState.DONE and run.outcome is not None:
            self.summary.show_outcome(run.outcome, is_undone=run.is_undone, is_undoing=run.is_undoing)
            self._stack.setCurrentIndex(1)
        elif run.state is RunState.FAILED:
            self.trouble.show_trouble(self._view_model.failure())
            self._stack.setCurrentIndex(2)
        else:
            self.progress.show_progress()
            self._stack.setCurrentIndex(0)

    def _add_progress(self) -> None:
        self.progress = ProgressCard(self._view_model)
        self._add(self.progress)

    def _add_summary(self) -> None:
        self.summary = SummaryCard(self._view_model)
        self.summary.reveal_requested.connect(self.reveal_requested)
        self._add(self.summary)

    def _add_trouble(self) -> None:
        self.trouble = TroubleCard()
        self._add(self.trouble)
        self._view_model.run.progressed.connect(self.progress.show_progress)
        self.show_state()

    def _add(self, card: Card) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, self.theme.metrics.space_8, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self._stack.addWidget(holder)


class ProgressCard(Card):
    """Count, rate, time left, and Cancel."""

    def __init__(self, view_model: ImportViewModel) -> None:
        super().__init__("")
        self._view_model = view_model
        self._heading = ElidedLabel(role="lead")
        self.bar = ProgressBar(self.tr("Import"), label_shown=False)
        self._count = Label(role="caption", colour="text_2", tabular=True)
        self._pace = Label(role="caption", colour="text_2", tabular=True)
        self.cancel = Button(self.tr("Cancel"), key_cap=self.tr("Esc"))
        foot = QHBoxLayout()
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(self._pace)
        last = QHBoxLayout()
        last.addWidget(Paragraph(self.tr("Until the last row is in, nothing of it counts."), role="caption"), 1)
        last.addWidget(self.cancel)
        self.body.addWidget(self._heading)
        self.body.addSpacing(self.theme.metrics.space_4)
        self.body.addWidget(self.bar)
        self.body.addLayout(foot)
        self.body.addSpacing(self.theme.metrics.space_8)
        self.body.addLayout(last)
        self.cancel.clicked.connect(view_model.run.cancel)

    def show_progress(self) -> None:
        """Show how far it is."""
        run = self._view_model.run
        progress = run.progress
        self._heading.setText(self._phase(run.state, finishing=run.is_finishing))
        self.bar.set_progress(progress.share)
        self._count.setText(count_text(progress))
        self._pace.setText("" if run.is_finishing else pace_text(progress))
        self.cancel.setEnabled(run.state is RunState.RUNNING and not run.is_finishing)

    def _phase(self, state: RunState, *, finishing: bool) -> str:
        if state is RunState.STOPPING:
            return self.tr("Stopping, and taking back what was written")
        path = self._view_model.chosen.path
        if finishing or path is None:
            return self.tr("Saving") if finishing else self.tr("Importing")
        return self.tr("Importing {name}").format(name=path.name)
