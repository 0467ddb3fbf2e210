"""The rows that look like a record that is here or like an earlier row: each with its reason, to be decided."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from services.importing.decisions import SURE, Choice, LikelyRow
from services.records.fields import EntityKind
from ui.pages.import_assistant.dry_run import CheckState
from ui.pages.import_assistant.turns import Turns
from ui.pages.import_assistant.view_model import ImportViewModel
from ui.pages.import_assistant.wording import likely_title, likely_to
from ui.pages.record.moments import number
from ui.theme.user_locale import user_locale
from ui.widgets.avatar import Avatar
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.segmented import Segmented
from ui.widgets.separator import Separator
from ui.widgets.themed import Themed

SHOWN: Final = 30
"""As many are listed at once; a link lists as many more."""
_AT_ONCE: Final = 3
CHOICES: Final = (Choice.MERGE, Choice.KEEP, Choice.SKIP)


class DuplicatesCard(Card):
    """Its lines are made a few in a turn of the event loop: thirty at once would hold the window up."""

    def __init__(self, view_model: ImportViewModel) -> None:
        super().__init__("", flush=True)
        self._view_model = view_model
        self._shown: tuple[LikelyRow, ...] = ()
        self._most = SHOWN
        self.lines: list[DuplicateLine] = []
        self._turns = Turns(self)
        self.all_sure = Button("", small=True)
        self.add_action(self.all_sure)
        self._area = ScrollArea(margins=False, bounded=False)
        self._area.body.setSpacing(0)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.more = LinkButton("")
        self._area.body.addLayout(self._rows)
        self._area.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)
        self._area.body.addStretch(1)
        self.body.addWidget(self._area, 1)
        # The last row keeps away from the round corners of the card.
        self.body.addSpacing(self.theme.metrics.space_8)
        self.all_sure.clicked.connect(self._on_all_sure_pressed)
        self.more.clicked.connect(self._on_more_pressed)
        view_model.dry_run.changed.connect(self._on_dry_run_changed)
        view_model.mapping_changed.connect(self._on_decided)
        self._on_dry_run_changed()

    @property
    def count(self) -> int:
        """How many rows look like duplicates."""
        return len(self._shown)

    def close_card(self) -> None:
        """Make no more lines."""
        self._turns.stop()

    def _on_dry_run_changed(self) -> None:
        dry_run = self._view_model.dry_run
        if dry_run.state is not CheckState.READY or dry_run.outcome is None:
            return
        likely = dry_run.outcome.likely or ()
        if likely != self._shown:
            self._shown, self._most = likely, SHOWN
            self._show_lines()
        self._on_decided()

    def _show_lines(self) -> None:
        self._turns.stop()
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = []
        self.set_title(likely_title(len(self._shown)))
        self._add_lines()

    def _add_lines(self) -> None:
        waiting = self._shown[len(self.lines) : self._most]
        slices = [waiting[start : start + _AT_ONCE] for start in range(0, len(waiting), _AT_ONCE)]
        self._turns.add(partial(self._make_lines, some) for some in slices)
        self._turns.begin()
        left = len(self._shown) - self._most
        self.more.setVisible(left > 0)
        self.more.set_label(self.tr("Show {count} more").format(count=number(min(left, SHOWN))))

    def _make_lines(self, rows: Sequence[LikelyRow]) -> None:
        for row in rows:
            line = DuplicateLine(row, self._view_model.entity)
            line.set_choice(self._view_model.chosen.choice_of(row.number))
            line.choice_made.connect(partial(self._view_model.decide, [row]))
            line.pressed.connect(partial(self._view_model.show_row, row.number))
            self.lines.append(line)
            self._rows.addWidget(line)

    def _on_decided(self) -> None:
        chosen = self._view_model.chosen
        for line in self.lines:
            line.set_choice(chosen.choice_of(line.row.number))
        sure = [row for row in self._shown if row.score >= SURE]
        share = user_locale().toString(SURE)
        told = self.tr("Merge all above {share}%").format(share=share)
        undo = self.tr("Keep all")
        self._is_merged = bool(sure) and all(chosen.choice_of(row.number) is Choice.MERGE for row in sure)
        self.all_sure.set_label(undo if self._is_merged else told)
        self.all_sure.setVisible(bool(sure))

    def _on_all_sure_pressed(self) -> None:
        sure = [row for row in self._shown if row.score >= SURE]
        self._view_model.decide(sure, Choice.KEEP if self._is_merged else Choice.MERGE)

    def _on_more_pressed(self) -> None:
        self._most += SHOWN
        self._add_lines()


class DuplicateLine(Themed):
    """40 high: who it is, what it looks like and how much, and what becomes of it."""

    #: The user decided: Choice.
    choice_made = Signal(object)
    #: The row is to be shown as it will look.
    pressed = Signal()

    def __init__(self, row: LikelyRow, entity: EntityKind) -> None:
        super().__init__()
        self.row = row
        parts = [self.tr("Merge"), self.tr("Keep"), self.tr("Skip")]
        self.choices = Segmented(parts, name=row.name, small=True)
        self.choices.set_current(CHOICES.index(Choice.KEEP))
        self._avatar = Avatar(row.name, -row.number, size=24, rounded=entity is EntityKind.COMPANY)
        name, like = ElidedLabel(role="body"), ElidedLabel(role="caption", colour="text_2")
        name.setText(row.name)
        like.setText(likely_to(row))
        score = Label(self.tr("{score}%").format(score=row.score), role="caption", colour="text_2", tabular=True)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(name)
        texts.addWidget(like)
        self._line = QHBoxLayout()
        self._line.addWidget(self._avatar)
        self._line.addLayout(texts, 1)
        self._line.addWidget(score)
        self._line.addWidget(self.choices)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._line)
        column.addWidget(Separator())
        said = ", ".join(text for text in (row.other, row.other_detail) if text)
        self.setToolTip(f"{said}\n{row.reason}")
        self.setAccessibleName(f"{row.name}: {likely_to(row)}, {row.score}%")
        self.choices.part_chosen.connect(lambda part: self.choice_made.emit(CHOICES[part]))
        self.restyle()

    def set_choice(self, choice: Choice) -> None:
        """Show what was decided."""
        self.choices.set_current(CHOICES.index(choice))

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._line.setContentsMargins(metrics.card_pad, metrics.space_6, metrics.card_pad, metrics.space_6)
        self._line.setSpacing(metrics.row_gap)

    def mousePressEvent(self, _event: object) -> None:
        self.pressed.emit()
