"""The right lower card: the rows of one verdict; those that cannot be read first, if there are any."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from services.importing.applying import OnMatch, Verdict
from services.importing.outcome import ImportOutcome
from services.importing.rejects import rejects_path
from ui.pages.import_assistant.dry_run import CheckState
from ui.pages.import_assistant.row_list import GlanceSource, RejectSource, RowList, WaitingRows, row_list_model
from ui.pages.import_assistant.view_model import ImportViewModel
from ui.pages.import_assistant.wording import LEGEND, count_of, nameless, rows_title, shown_numbers, undecided
from ui.theme.tokens import Tone
from ui.widgets.card import Card
from ui.widgets.link_button import LinkButton

_TELLING = (Verdict.REJECTED, Verdict.UPDATED, Verdict.CREATED, Verdict.SKIPPED, Verdict.UNCHANGED)


class RowsCard(Card):
    """Follows the dry run: the verdict that was shown stays on show as long as it has rows."""

    def __init__(self, view_model: ImportViewModel) -> None:
        super().__init__("", flush=True)
        self._view_model = view_model
        self._chosen: Verdict | None = None
        self._shown: tuple[Verdict, int] | None = None
        self.dialog: QFileDialog | None = None
        self.save = LinkButton(self.tr("Save as file"))
        self.save.setToolTip(self.tr("The rows with their reasons, to be mended and imported again"))
        self.add_action(self.save)
        self.list = RowList(self.tr("Rows of the file"))
        self._waiting = WaitingRows()
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self._waiting, 1)
        # The last row keeps away from the round corners of the card.
        self.body.addSpacing(self.theme.metrics.space_8)
        self.list.number_reached.connect(view_model.show_row)
        self.save.clicked.connect(self._on_save_pressed)
        view_model.dry_run.changed.connect(self._on_dry_run_changed)
        view_model.file_changed.connect(self._on_file_changed)
        self._on_dry_run_changed()

    @property
    def shown_verdict(self) -> Verdict | None:
        """The verdict whose rows are listed."""
        return self._shown[0] if self._shown is not None else None

    def show_verdict(self, verdict: Verdict) -> None:
        """List the rows of a verdict."""
        self._chosen = verdict
        self._on_dry_run_changed()
        self.list.setFocus()

    def close_card(self) -> None:
        """Ignore what is still to come."""
        self.list.close_list()

    def _on_file_changed(self) -> None:
        if self._view_model.chosen.inspection is None:
            self._chosen = None

    def _on_dry_run_changed(self) -> None:
        dry_run = self._view_model.dry_run
        outcome, plan = dry_run.outcome, dry_run.plan
        ready = dry_run.state is CheckState.READY and outcome is not None and plan is not None
        self._waiting.setVisible(not ready)
        self.list.setVisible(ready)
        self.save.setVisible(False)
        if not ready or outcome is None or plan is None:
            self._shown = None
            self.set_title(self.tr("Rows"))
            return
        verdict = self._verdict_to_show(outcome)
        count = count_of(outcome, verdict) - undecided(outcome, verdict)
        self.set_title(rows_title(verdict, count, filling=self._view_model.chosen.on_match is OnMatch.FILL))
        rejected = verdict is Verdict.REJECTED
        self.save.setVisible(rejected and count > 0)
        rows = row_list_model(self._view_model.context.tasks, tone=Tone.BAD if rejected else Tone.NEUTRAL)
        imports = self._view_model.context.workspace.imports
        self.list.show_rows(rows)
        if rejected:
            rows.show_list(RejectSource(outcome.rejects))
        else:
            reason = self.tr("Already here") if verdict is Verdict.SKIPPED else ""
            nobody = _capital(nameless(self._view_model.entity))
            rows.show_list(
                GlanceSource(imports, plan, shown_numbers(outcome, verdict), reason=reason, otherwise=nobody)
            )
        self._shown = (verdict, count)

    def _verdict_to_show(self, outcome: ImportOutcome) -> Verdict:
        if self._chosen in LEGEND and count_of(outcome, self._chosen):
            return self._chosen
        return next((verdict for verdict in _TELLING if count_of(outcome, verdict)), Verdict.CREATED)

    def _on_save_pressed(self) -> None:
        path = self._view_model.chosen.path
        if path is None:
            return
        self.dialog = save_dialog(self, rejects_path(path))
        self.dialog.fileSelected.connect(lambda name: self._view_model.save_rejects(Path(name)))
        self.dialog.open()


def save_dialog(parent: QWidget, path: Path) -> QFileDialog:
    """A dialog of the system that asks where to save, without holding anything up."""
    dialog = QFileDialog(parent, QCoreApplication.translate("ImportRows", "Save the rows that cannot be read"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(path.name)
    dialog.setDefaultSuffix("csv")
    return dialog


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
