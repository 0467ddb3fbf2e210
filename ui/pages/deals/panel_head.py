"""The head of a deal's panel: title, company, amount, where it stands, and the next step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.records.people import RecordCard
from services.records.sales import DealRow, StageKind, StageRow
from ui.pages.deals.card_face import days_in_stage, due_text, step_icon
from ui.pages.deals.stage_bar import StageBar
from ui.pages.record.moments import Moments
from ui.pages.record.money_words import money
from ui.pages.record.panel_head import PanelHead
from ui.theme.tokens import ColourRole, Tone
from ui.theme.user_locale import number
from ui.widgets.button import Button
from ui.widgets.icon_button import IconButton
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.tag import Tag

_TONES: Final = {StageKind.OPEN: Tone.ACCENT, StageKind.WON: Tone.OK, StageKind.LOST: Tone.NEUTRAL}


class DealHead(PanelHead):
    """Below the title and its company: amount, stage and bar, the next step, and Won, Lost, Call and Note."""

    #: The deal is won.
    win_pressed = Signal()
    #: The deal is lost.
    lose_pressed = Signal()
    #: Put the deal into a stage: carries it.
    stage_chosen = Signal(object)
    #: The next step is to be written.
    step_pressed = Signal()

    def show_card(self, card: RecordCard) -> None:
        """Show a deal."""
        super().show_card(card)
        link = next((link for link in card.links if link.field == "company"), None)
        self.avatar.set_person(link.name if link else card.name, link.id if link else f"deal {card.id}")
        self._in_trash = card.deleted_at is not None

    def show_standing(self, row: DealRow, stages: Sequence[StageRow], moments: Moments) -> None:
        """Show what it is worth, where it stands and what comes next."""
        amount = money(row.amount, row.currency)
        self.amount.setText(amount or _tr("No amount yet"))
        self.amount.set_colour("text" if amount else "text_3")
        self.stage.set_tag(row.stage, tone=_TONES[row.kind])
        self.age.setText(_age(row, moments))
        self.bar.show_stage(stages, row.stage_id, row.kind)
        is_open = row.kind is StageKind.OPEN
        self.bar.setEnabled(not self._in_trash)
        for button in (self.won, self.lost):
            button.setVisible(is_open and not self._in_trash)
        self._show_step(row, moments)

    def _show_step(self, row: DealRow, moments: Moments) -> None:
        is_open = row.kind is StageKind.OPEN
        late = row.next_step_due is not None and row.next_step_due < moments.now().date()
        text = row.next_step or _tr("Add a next step")
        if row.next_step and row.next_step_due is not None:
            text = _tr("{step}, {due}").format(step=row.next_step, due=due_text(row.next_step_due, moments))
        tone: ColourRole = "bad" if row.next_step and late else "text" if row.next_step else "warn"
        self.step_mark.set_icon(step_icon(row.next_step) if row.next_step else "warning", colour=tone)
        self.step.set_label(text)
        self.step.set_colour(tone)
        self.step_line.setVisible(is_open and not self._in_trash)

    def _make_actions(self) -> list[QWidget]:
        self._in_trash = False
        self.amount = Label(role="title", tabular=True)
        self.stage = Tag("")
        self.age = Label(role="caption", colour="text_2", tabular=True)
        self.bar = StageBar()
        self.won = Button(self.tr("Won"), icon="won", small=True)
        self.lost = Button(self.tr("Lost"), icon="lost", small=True)
        self.step_line = QWidget()
        self.step_mark = IconMark("check", size_role="icon_s")
        self.step = StepLink()
        self.email.setParent(self)
        self.email.hide()
        self.log_call = IconButton("call", self.tr("Log a call"), framed=True, small=True, colour="text")
        self.call.setParent(self)
        self.call.hide()
        self.meet.setParent(self)
        self.meet.hide()
        return [self.won, self.lost, self.log_call, self.note]

    def _assemble(self) -> None:
        super()._assemble()
        metrics = self.theme.metrics
        figures = QHBoxLayout()
        figures.setSpacing(metrics.row_gap)
        figures.addWidget(self.amount)
        figures.addStretch(1)
        figures.addWidget(self.stage)
        figures.addWidget(self.age)
        standing = QVBoxLayout()
        standing.setSpacing(metrics.space_4)
        standing.addLayout(figures)
        standing.addWidget(self.bar)
        step = QHBoxLayout(self.step_line)
        step.setContentsMargins(0, 0, 0, 0)
        step.setSpacing(metrics.space_4)
        step.addWidget(self.step_mark)
        step.addWidget(self.step, 1)
        standing.addWidget(self.step_line)
        self._column.insertLayout(1, standing)
        # A link brings its own padding; the name above it has none.
        self._second.setContentsMargins(-metrics.space_4, 0, 0, 0)

    def _connect(self) -> None:
        super()._connect()
        self.log_call.clicked.connect(lambda: self.log_pressed.emit("call"))
        self.won.clicked.connect(self.win_pressed)
        self.lost.clicked.connect(self.lose_pressed)
        self.bar.stage_chosen.connect(self.stage_chosen)
        self.step.clicked.connect(self.step_pressed)


class StepLink(LinkButton):
    """The next step as a line that is pressed to write another."""

    def __init__(self) -> None:
        super().__init__("", colour="text", elides=True)

    def set_colour(self, colour: ColourRole) -> None:
        """Take another colour: that of what is overdue, or missing."""
        self._colour = colour
        self.update()


def _age(row: DealRow, moments: Moments) -> str:
    """How long it has stood there, or when it was closed."""
    if row.kind is not StageKind.OPEN:
        return moments.day(row.closed_at, weekday=False)
    days = days_in_stage(row, moments.now())
    if days == 1:
        return _tr("for a day")
    return _tr("for {count} days").format(count=number(days))


def _tr(text: str) -> str:
    return QCoreApplication.translate("DealHead", text)
