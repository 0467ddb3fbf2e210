"""What a stage requires and a deal does not have: asked for beside the card that could not be moved."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.errors import InvalidValue, MyCrmError
from services.records.sales import DealRow, StageRow
from ui.pages.deals.inputs import DealLookups, make_deal_input
from ui.pages.record.inputs import LineInput, ValueInput
from ui.widgets.button import Button, ButtonKind
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.popover import Popover
from ui.widgets.themed import Themed

WIDTH: Final = 300


def missing_in(row: DealRow, stage: StageRow, named: str) -> tuple[str, ...]:
    """The fields that the stage requires and the row does not have; `named` is the one the refusal names."""
    known: dict[str, Any] = {
        "amount": row.amount,
        "company": row.company_id,
        "contact": row.contact_id,
        "expected_close": row.expected_close,
        "next_step": row.next_step,
        "next_step_due": row.next_step_due,
        "owner": row.owner,
    }
    # What a row does not tell may be there; the refusal has said if it is not.
    wanted = [name for name in stage.required_fields if not known.get(name, True) and known.get(name) != 0]
    return tuple(dict.fromkeys([named, *wanted]))


class MissingFields(Themed):
    """The reason, a control for each missing field, and the button that fills them in and moves the deal."""

    #: Fill these in and move: (field, text) pairs.
    wanted = Signal(object)

    def __init__(self, row: DealRow, stage: StageRow, error: InvalidValue, lookups: DealLookups) -> None:
        super().__init__()
        self.row = row
        self.stage = stage
        self.inputs: dict[str, ValueInput] = {}
        self._problem = Paragraph(role="caption", colour="bad")
        self._problem.hide()
        metrics = self.theme.metrics
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.group_gap)
        head = QHBoxLayout()
        head.setSpacing(metrics.row_gap)
        head.addWidget(IconMark("warning", colour="warn"))
        head.addWidget(Label(row.title, role="body-strong"))
        head.addStretch(1)
        column.addLayout(head)
        self.reason = Paragraph(f"{error.title}.", colour="text")
        column.addWidget(self.reason)
        for name in missing_in(row, stage, error.field):
            made = self.inputs[name] = make_deal_input(name, lookups)
            column.addWidget(made)
        column.addWidget(self._problem)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.move_on = Button(self.tr("Save and move"), kind=ButtonKind.PRIMARY)
        foot.addWidget(self.move_on)
        column.addLayout(foot)
        self.setFixedWidth(round(WIDTH * self.theme.zoom))
        self.move_on.clicked.connect(self.submit)
        for made in self.inputs.values():
            if isinstance(made, LineInput):
                made.line.submitted.connect(self.submit)

    def submit(self) -> None:
        """Ask for the move with what was typed."""
        empty = [made for made in self.inputs.values() if not made.text]
        for made in self.inputs.values():
            made.set_error("")
        if empty:
            empty[0].set_error(self.tr("Fill this in."))
            empty[0].take_focus()
            return
        pairs = [(name, made.text) for name, made in self.inputs.items()]
        if "amount" in self.inputs and self.row.currency:
            pairs.append(("currency", self.row.currency))
        self.wanted.emit(tuple(pairs))

    def show_error(self, error: BaseException) -> None:
        """Say what cannot be kept."""
        if not isinstance(error, MyCrmError):
            return
        text = f"{error.title}. {error.message}"
        made = self.inputs.get(error.field) if isinstance(error, InvalidValue) else None
        if made is not None:
            made.set_error(text)
            made.take_focus()
        else:
            self._problem.set_paragraph(text)
            self._problem.show()


def open_beside(parent: QWidget, form: MissingFields, corner: QPoint) -> Popover:
    """Open the form below a card, whose lower left corner is at this point of the screen."""
    anchor = QWidget(parent)
    anchor.move(parent.mapFromGlobal(corner))
    anchor.resize(1, 1)
    popover = Popover(parent)
    popover.set_content(form)
    popover.closed.connect(anchor.deleteLater)
    popover.open_at(anchor)
    next(iter(form.inputs.values())).take_focus()
    return popover
