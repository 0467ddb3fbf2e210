"""The right upper card: what the import would do, and what it should do with what is here already."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.errors import MyCrmError
from services.importing.applying import OnMatch
from ui.pages.import_assistant.busy_mark import BusyMark
from ui.pages.import_assistant.dry_run import CheckState
from ui.pages.import_assistant.verdict_legend import VerdictLegend
from ui.pages.import_assistant.view_model import ImportViewModel
from ui.pages.import_assistant.wording import key_name, seconds, stages_told, ways_with_matches
from ui.theme.tokens import BUSY_DELAY_MS
from ui.theme.user_locale import user_locale
from ui.widgets.card import Card
from ui.widgets.checkbox import Checkbox
from ui.widgets.combo_field import ComboField
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.paragraph import Paragraph
from ui.widgets.separator import Separator


class DryRunCard(Card):
    """Counts give way to placeholders only when a new answer takes longer than a moment."""

    #: The rows of a verdict are to be shown.
    verdict_chosen = Signal(object)
    #: The rows that look like duplicates are to be shown.
    likely_chosen = Signal()

    def __init__(self, view_model: ImportViewModel) -> None:
        super().__init__("")
        self._view_model = view_model
        self.set_title(self.tr("Dry run"))
        self._status = _Status()
        self.add_action(self._status)
        self.legend = VerdictLegend(with_links=True)
        self.legend.verdict_chosen.connect(self.verdict_chosen)
        self.legend.likely_chosen.connect(self.likely_chosen)
        self._trouble = Paragraph(colour="bad")
        self.again = LinkButton(self.tr("Try again"))
        self.options = MatchOptions(view_model)
        self.body.addWidget(self.legend)
        self.body.addWidget(self._trouble)
        self.body.addWidget(self.again)
        self.body.addWidget(Separator())
        self.body.addWidget(self.options)
        self._wait = QTimer(self, singleShot=True, interval=BUSY_DELAY_MS)
        self._wait.timeout.connect(self._on_waited)
        self.again.clicked.connect(view_model.try_again)
        view_model.dry_run.changed.connect(self._on_dry_run_changed)
        view_model.dry_run.progressed.connect(self._on_progressed)
        view_model.step_changed.connect(self._on_dry_run_changed)
        self._on_dry_run_changed()

    def _on_dry_run_changed(self) -> None:
        dry_run = self._view_model.dry_run
        failed = dry_run.state is CheckState.FAILED
        self._trouble.setVisible(failed)
        self.again.setVisible(failed)
        self.legend.setVisible(not failed)
        if dry_run.state is CheckState.READY and dry_run.outcome is not None:
            self._wait.stop()
            chosen, entity = self._view_model.chosen, self._view_model.entity
            filling, decisions = chosen.on_match is OnMatch.FILL, tuple(chosen.decisions.values())
            self.legend.show_outcome(dry_run.outcome, entity, filling=filling, decisions=decisions)
            self._status.show_done(self.tr("Nothing written yet, {time}").format(time=seconds(dry_run.outcome.seconds)))
        elif failed:
            self._wait.stop()
            self._show_failure()
        elif dry_run.state is CheckState.NOTHING:
            self._wait.stop()
            self.legend.show_waiting()
            self._status.show_nothing()
        elif dry_run.outcome is None:
            self.legend.show_waiting()
            self._status.show_running(self.tr("Checking"))
        elif not self._wait.isActive():
            self._wait.start()
            self._status.show_running(self.tr("Checking"))

    def _show_failure(self) -> None:
        error = self._view_model.dry_run.error
        told = str(error) if isinstance(error, MyCrmError) else self.tr("The file could not be checked.")
        self._trouble.set_paragraph(told)
        self._status.show_failed(self.tr("Nothing written"))

    def _on_progressed(self) -> None:
        progress = self._view_model.dry_run.progress
        share = user_locale().toString(progress.share * 100, "f", 0)
        self._status.show_running(self.tr("Checking, {share}%").format(share=share))

    def _on_waited(self) -> None:
        if self._view_model.dry_run.state is CheckState.RUNNING:
            self.legend.show_waiting()


class MatchOptions(QWidget):
    """By what a record is recognised, and what happens then."""

    def __init__(self, view_model: ImportViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self.key = ComboField(self.tr("Recognised by"), small=True)
        self.way = ComboField(self.tr("If it is here already"), list(ways_with_matches()), small=True)
        self.in_parts = Checkbox(self.tr("In parts, so that others can write in between"))
        self.make_stages = Checkbox(self.tr("Make the stages that are missing"))
        self.missing = Paragraph(role="caption", colour="text_2")
        row = QHBoxLayout()
        row.setSpacing(self.key.theme.metrics.group_gap)
        row.addWidget(self.key, 1)
        row.addWidget(self.way, 1)
        column = QVBoxLayout(self)
        metrics = self.key.theme.metrics
        column.setContentsMargins(0, metrics.space_4, 0, metrics.space_6)
        column.setSpacing(metrics.row_gap)
        column.addLayout(row)
        column.addWidget(self.in_parts)
        column.addWidget(self.make_stages)
        column.addWidget(self.missing)
        self.key.value_chosen.connect(view_model.set_key)
        self.way.value_chosen.connect(self._on_way_chosen)
        self.in_parts.toggled.connect(view_model.set_in_parts)
        self.make_stages.toggled.connect(view_model.set_make_stages)
        view_model.mapping_changed.connect(self._on_mapping_changed)
        view_model.dry_run.changed.connect(self._on_mapping_changed)
        self._on_mapping_changed()

    def _on_mapping_changed(self) -> None:
        view_model, chosen = self._view_model, self._view_model.chosen
        keys = [(key_name(key, view_model.entity), key) for key in chosen.keys(view_model.entity)]
        if keys != [(self.key.combo.itemText(row), self.key.combo.itemData(row)) for row in range(len(keys))]:
            self.key.set_options(keys)
        self.key.set_value(chosen.key)
        self.way.combo.setCurrentIndex([way for _, way in ways_with_matches()].index(chosen.on_match))
        matches = chosen.on_match is not OnMatch.CREATE
        self.key.set_control_enabled(matches, reason=self.tr("Every row is added, whatever is here"))
        self.in_parts.setVisible(view_model.is_large)
        self._show_missing_stages()

    def _show_missing_stages(self) -> None:
        dry_run = self._view_model.dry_run
        if dry_run.state is CheckState.RUNNING and dry_run.outcome is not None:
            return
        stages = dry_run.outcome.missing_stages if dry_run.outcome is not None else ()
        self.make_stages.setVisible(bool(stages))
        self.make_stages.setChecked(self._view_model.chosen.make_stages)
        self.missing.setVisible(bool(stages))
        self.missing.set_paragraph(stages_told(stages))

    def _on_way_chosen(self, way: object) -> None:
        self._view_model.set_on_match(OnMatch(str(way)))


class _Status(QWidget):
    """At the right of the head: a tick and that nothing is written, or a ring and how far it is."""

    def __init__(self) -> None:
        super().__init__()
        self._mark = IconMark("check", colour="ok", size_role="icon_s")
        self._busy = BusyMark()
        self._text = Label(role="caption", colour="text_2", tabular=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._text.theme.metrics.space_6)
        row.addWidget(self._mark)
        row.addWidget(self._busy)
        row.addWidget(self._text)

    def show_done(self, text: str) -> None:
        """The answer is there."""
        self._show(text, busy=False, icon="check")

    def show_running(self, text: str) -> None:
        """The answer is on its way."""
        self._show(text, busy=True, icon="")

    def show_failed(self, text: str) -> None:
        """There is no answer."""
        self._show(text, busy=False, icon="warning")

    def show_nothing(self) -> None:
        """Nobody has asked."""
        self._show("", busy=False, icon="")

    def _show(self, text: str, *, busy: bool, icon: str) -> None:
        self._busy.set_running(busy)
        self._mark.setVisible(bool(icon))
        if icon:
            self._mark.set_icon(icon, colour="ok" if icon == "check" else "bad")
        self._text.setText(text)
        self.setAccessibleName(text)
