"""What an import did, in one sentence and in counts; what was left out and where it is, and the way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QSpacerItem

from services.importing.applying import OnMatch
from services.importing.outcome import ImportOutcome
from services.importing.rejects import rejects_path
from services.records.fields import EntityKind
from ui.pages.import_assistant.rejects_section import RejectsSection
from ui.pages.import_assistant.rows_card import save_dialog
from ui.pages.import_assistant.verdict_legend import VerdictLegend
from ui.pages.import_assistant.view_model import ImportViewModel
from ui.pages.import_assistant.wording import rows_text, seconds, undoing_text, written
from ui.theme.tokens import Tone
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.separator import Separator
from ui.widgets.tag import Tag


class SummaryCard(Card):
    """The end of the assistant, as long as the user stays on it."""

    #: The file of rejected rows is to be shown.
    reveal_requested = Signal(object)

    def __init__(self, view_model: ImportViewModel) -> None:
        super().__init__("")
        self._view_model = view_model
        self.dialog: QFileDialog | None = None
        self._mark = IconMark("check-circle", colour="ok", size_role="icon_l")
        self._heading = Label(role="title")
        self._tag = Tag("", tone=Tone.NEUTRAL)
        self._sentence = Paragraph()
        self.legend = VerdictLegend(with_links=False)
        self.rejects = RejectsSection()
        self._rule = Separator()
        self._notes = Paragraph(role="caption")
        self.undo = Button(self.tr("Undo the import"), icon="undo")
        self._assemble()
        self.undo.clicked.connect(view_model.run.undo)
        view_model.run.progressed.connect(self._show_undoing)
        self.rejects.reveal_requested.connect(self._on_reveal_requested)
        self.rejects.save_requested.connect(self._on_save_requested)

    def show_outcome(self, outcome: ImportOutcome, *, is_undone: bool, is_undoing: bool) -> None:
        """Say what the import did, and whether it still stands."""
        view_model = self._view_model
        count = view_model.run.what
        heading = self.tr("Import of {things}") if is_undone else self.tr("{things} imported")
        self._heading.setText(heading.format(things=count))
        self._mark.set_icon("undo" if is_undone else "check-circle", colour="text_2" if is_undone else "ok")
        self._tag.set_tag(self.tr("Taken back"))
        self._tag.setVisible(is_undone)
        self._sentence.set_paragraph(self._told(outcome, is_undone=is_undone))
        self._show_undoing()
        filling = view_model.chosen.on_match is OnMatch.FILL
        self.legend.show_outcome(outcome, view_model.entity, filling=filling)
        self.rejects.setVisible(bool(outcome.rejects))
        self._rule.setVisible(bool(outcome.rejects))
        file = view_model.run.rejects_file
        name = file.name if file is not None else ""
        self.rejects.show_rejects(outcome.rejects, name, are_events=view_model.entity is EntityKind.EVENT)
        self._notes.set_paragraph("\n".join(outcome.notes))
        self._notes.setVisible(bool(outcome.notes))
        self.undo.setVisible(outcome.batch is not None and not is_undone)
        self.undo.set_busy(is_undoing)

    def _assemble(self) -> None:
        metrics = self.theme.metrics
        head = QHBoxLayout()
        head.setSpacing(metrics.chip_pad)
        # The button that goes when the import was taken back must not move what stands below.
        head.addSpacerItem(QSpacerItem(0, metrics.control, QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed))
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
        self.body.addWidget(self.rejects)
        self.body.addWidget(self._notes)

    def _told(self, outcome: ImportOutcome, *, is_undone: bool) -> str:
        if is_undone:
            return self.tr("The import was taken back; what was changed since then stayed. Ctrl Shift Z does it again.")
        path = self._view_model.chosen.path
        took = seconds(outcome.seconds)
        if path is None:
            return self.tr("In {time}.").format(time=took)
        rows, records = written(outcome), self._view_model.run.records
        if records and records != rows:
            told = self.tr("From {rows} of {name}, in {time}. Some say something of the same one.")
            return told.format(rows=rows_text(rows), name=path.name, time=took)
        return self.tr("From {name}, in {time}.").format(name=path.name, time=took)

    def _show_undoing(self) -> None:
        run = self._view_model.run
        # What takes no longer than a moment says nothing of its progress.
        if run.is_undoing and run.progress.rate:
            self._sentence.set_paragraph(undoing_text(run.progress))

    def _on_reveal_requested(self) -> None:
        file = self._view_model.run.rejects_file
        if file is not None:
            self.reveal_requested.emit(file)

    def _on_save_requested(self) -> None:
        path = self._view_model.chosen.path
        if path is not None:
            self.dialog = save_dialog(self, rejects_path(path))
            self.dialog.fileSelected.connect(lambda name: self._view_model.save_rejects(Path(name)))
            self.dialog.open()
