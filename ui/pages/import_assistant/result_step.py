"""The last step: how far the import is, then what it did, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from services.importing.applying import OnMatch
from services.importing.outcome import ImportOutcome
from ui.operations.wording import things
from ui.pages.import_assistant.file_step import TroubleCard
from ui.pages.import_assistant.import_run import RunState
from ui.pages.import_assistant.verdict_legend import VerdictLegend
from ui.pages.import_assistant.view_model import ImportViewModel
from ui.pages.import_assistant.wording import count_text, pace_text, seconds, written
from ui.theme.tokens import Tone
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.paragraph import Paragraph
from ui.widgets.progress_bar import ProgressBar
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.separator import Separator
from ui.widgets.tag import Tag


class ResultStep(ScrollArea):
    """One card in the middle: progress, result or failure."""

    #: The user wants to see the file of rejected rows: its path.
    reveal_requested = Signal(object)

    def __init__(self, view_model: ImportViewModel) -> None:
        super().__init__(bounded=False)
        self._view_model = view_model
        self.progress = ProgressCard(view_model)
        self.summary = SummaryCard(view_model)
        self.summary.reveal_requested.connect(self.reveal_requested)
        self.trouble = TroubleCard()
        self._stack = QStackedWidget()
        for card in (self.progress, self.summary, self.trouble):
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, self.theme.metrics.space_8, 0, 0)
            column.addWidget(card)
            column.addStretch(1)
            self._stack.addWidget(holder)
        self._stack.setMaximumWidth(self.theme.metrics.text_width)
        self._stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._stack, 20)
        row.addStretch(1)
        self.body.addLayout(row)
        view_model.run.changed.connect(self.show_state)
        view_model.run.progressed.connect(self.progress.show_progress)
        self.show_state()

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


class ProgressCard(Card):
    """Count, rate, time left, and Cancel."""

    def __init__(self, view_model: ImportViewModel) -> None:
        super().__init__("")
        self._view_model = view_model
        self._heading = Label(role="lead")
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
        return self.tr("Saving") if finishing else self.tr("Importing")


class SummaryCard(Card):
    """What was imported, in one sentence and in counts; what was left out, and where it is."""

    #: The file of rejected rows is to be shown.
    reveal_requested = Signal(object)

    def __init__(self, view_model: ImportViewModel) -> None:
        super().__init__("")
        self._view_model = view_model
        self._outcome: ImportOutcome | None = None
        self._mark = IconMark("check-circle", colour="ok", size_role="icon_l")
        self._heading = Label(role="title")
        self._tag = Tag("", tone=Tone.NEUTRAL)
        self._sentence = Paragraph()
        self.legend = VerdictLegend(with_links=False)
        self._rejects = RejectsRow()
        self._rule = Separator()
        self._notes = Paragraph(role="caption")
        self.undo = Button(self.tr("Undo the import"), icon="undo")
        self._assemble()
        self.undo.clicked.connect(view_model.run.undo)
        self._rejects.show_folder.clicked.connect(self._on_reveal_pressed)

    def show_outcome(self, outcome: ImportOutcome, *, is_undone: bool, is_undoing: bool) -> None:
        """Say what the import did, and whether it still stands."""
        self._outcome = outcome
        view_model = self._view_model
        self._heading.setText(self.tr("{things} imported").format(things=things(view_model.entity, written(outcome))))
        self._mark.set_icon("undo" if is_undone else "check-circle", colour="text_2" if is_undone else "ok")
        self._tag.set_tag(self.tr("Taken back"))
        self._tag.setVisible(is_undone)
        self._sentence.set_paragraph(self._told(outcome, is_undone=is_undone))
        filling = view_model.chosen.on_match is OnMatch.FILL
        self.legend.show_outcome(outcome, view_model.entity, filling=filling)
        self._rejects.setVisible(outcome.rejects_file is not None)
        self._rule.setVisible(outcome.rejects_file is not None)
        if outcome.rejects_file is not None:
            self._rejects.show_file(outcome.rejects_file.name)
        self._notes.set_paragraph("\n".join(outcome.notes))
        self._notes.setVisible(bool(outcome.notes))
        self.undo.setVisible(outcome.batch is not None and not is_undone)
        self.undo.set_busy(is_undoing)

    def _assemble(self) -> None:
        metrics = self.theme.metrics
        head = QHBoxLayout()
        head.setSpacing(metrics.chip_pad)
        head.addWidget(self._mark)
        head.addWidget(self._heading)
        head.addWidget(self._tag)
        head.addStretch(1)
        head.addWidget(self.undo)
        self.body.addLayout(head)
        self.body.addWidget(self._sentence)
        self.body.addSpacing(metrics.space_8)
        self.body.addWidget(self.legend)
        self.body.addWidget(self._rule)
        self.body.addWidget(self._rejects)
        self.body.addWidget(self._notes)

    def _told(self, outcome: ImportOutcome, *, is_undone: bool) -> str:
        if is_undone:
            return self.tr("The import was taken back; what was changed since then stayed. Ctrl Shift Z does it again.")
        took = self.tr("It took {time}.").format(time=seconds(outcome.seconds))
        made = outcome.also_created
        if not made:
            return took
        companies = things("company", made)
        return self.tr("{companies} were added on the way. {took}").format(companies=companies, took=took)

    def _on_reveal_pressed(self) -> None:
        if self._outcome is not None and self._outcome.rejects_file is not None:
            self.reveal_requested.emit(self._outcome.rejects_file)


class RejectsRow(QWidget):
    """Where the rows are that could not be read."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ElidedLabel(colour="text_2")
        self.show_folder = LinkButton(self.tr("Show in folder"))
        row = QHBoxLayout(self)
        metrics = self._text.theme.metrics
        row.setContentsMargins(0, metrics.space_4, 0, 0)
        row.setSpacing(metrics.row_gap)
        row.addWidget(IconMark("file"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, 1)
        row.addWidget(self.show_folder)

    def show_file(self, name: str) -> None:
        """Name the file."""
        self._text.setText(self.tr("What could not be read is in {name}, with the reasons").format(name=name))
