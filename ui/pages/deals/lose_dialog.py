"""A deal is lost: why, to whom, and what is worth knowing the next time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from services.errors import InvalidValue, MyCrmError
from services.records.sales import DealRow
from ui.operations.deals import Losing
from ui.pages.deals.card_face import days_in_stage
from ui.pages.deals.dialog import DealDialog
from ui.pages.record.moments import Moments
from ui.pages.record.money_words import money
from ui.theme.user_locale import number
from ui.widgets.avatar import Avatar
from ui.widgets.chip import Chip
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label
from ui.widgets.line_field import LineField
from ui.widgets.paragraph import Paragraph
from ui.widgets.text_field import TextField

REASONS: Final[Mapping[str, Any]] = {
    "price": QT_TRANSLATE_NOOP("LoseDialog", "Price"),
    "competitor": QT_TRANSLATE_NOOP("LoseDialog", "Competitor"),
    "no answer": QT_TRANSLATE_NOOP("LoseDialog", "No answer"),
    "timing": QT_TRANSLATE_NOOP("LoseDialog", "Timing"),
    "missing feature": QT_TRANSLATE_NOOP("LoseDialog", "Missing feature"),
    "no budget": QT_TRANSLATE_NOOP("LoseDialog", "No budget"),
    "contact left": QT_TRANSLATE_NOOP("LoseDialog", "Contact left"),
    "other": QT_TRANSLATE_NOOP("LoseDialog", "Other"),
}
"""As they are kept, and as they are shown; kept in one language, so that they can be counted."""
OTHER: Final = "other"
NOTE_LINES: Final = 4


class LoseDialog(DealDialog):
    """No celebration and no red; Ctrl+Return closes the deal."""

    def __init__(self, parent: QWidget, row: DealRow, moments: Moments) -> None:
        title = self.tr("Close {deal} as lost").format(deal=row.title)
        undo = self.tr("Undo reopens it where it was")
        super().__init__(parent, title, confirm=self.tr("Close as lost"), key_cap=self.tr("Ctrl ↵"), undo=undo)
        self.row = row
        self.reasons: dict[str, Chip] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.details = LineField(self.tr("In their words"), placeholder=self.tr("Optional"))
        self.competitor = LineField(self.tr("Who won it"), icon="flag", placeholder=self.tr("If you know"))
        self.note = TextField(self.tr("What would you do differently next time"), lines=NOTE_LINES)
        self._missing = Label(role="caption", colour="bad")
        self._missing.hide()
        self._assemble(title, row, moments)
        self._group.buttonClicked.connect(self._on_reason_chosen)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.submit)

    @property
    def reason(self) -> str:
        """The chosen reason, "" for none."""
        return next((reason for reason, chip in self.reasons.items() if chip.isChecked()), "")

    @property
    def said(self) -> Losing:
        """What was chosen and typed."""
        return Losing(self.reason, self.details.text, self.competitor.text, self.note.text)

    def choose(self, reason: str) -> None:
        """Choose a reason."""
        self.reasons[reason].setChecked(True)
        self._on_reason_chosen()

    def open(self) -> None:
        super().open()
        next(iter(self.reasons.values())).setFocus()

    def submit(self) -> None:
        if not self.reason:
            self._refuse(self.tr("Choose the main reason: it is what the next deal learns from."))
        elif self.reason == OTHER and not self.details.text.strip():
            self.details.set_error(self.tr("Say it in a few words."))
            self.details.setFocus()
            self.place()
        else:
            super().submit()

    def show_error(self, error: BaseException) -> bool:
        """Say what is wrong; False where it is nothing that is typed here."""
        if not isinstance(error, InvalidValue) or not isinstance(error, MyCrmError):
            return False
        self._refuse(f"{error.title}. {error.message}")
        return True

    def _refuse(self, text: str) -> None:
        self._missing.setText(text)
        self._missing.show()
        next(iter(self.reasons.values())).setFocus()
        self.place()

    def _assemble(self, title: str, row: DealRow, moments: Moments) -> None:
        metrics = self.theme.metrics
        self.body.setSpacing(metrics.space_16)
        head = QHBoxLayout()
        head.setSpacing(metrics.space_12)
        avatar = Avatar(row.company or row.contact, row.company_id or 0, size=metrics.avatar_m, rounded=True)
        head.addWidget(avatar, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(metrics.space_2)
        heading = Paragraph(title, role="title", colour="text")
        heading.setContentsMargins(0, 0, metrics.space_32, 0)
        texts.addWidget(heading)
        texts.addWidget(Paragraph(_lose_sentence(row, moments), colour="text_2"))
        head.addLayout(texts, 1)
        self.body.addLayout(head)
        self.body.addLayout(self._reason_part())
        pair = QHBoxLayout()
        pair.setSpacing(metrics.space_12)
        pair.addWidget(self.competitor, 1, Qt.AlignmentFlag.AlignTop)
        pair.addWidget(self.details, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(pair)
        self.body.addWidget(self.note)

    def _reason_part(self) -> QVBoxLayout:
        metrics = self.theme.metrics
        column = QVBoxLayout()
        column.setSpacing(metrics.label_gap)
        column.addWidget(Label(self.tr("Main reason"), role="caption-medium", colour="text_2"))
        chips = QWidget()
        flow = FlowLayout(chips)
        for reason in REASONS:
            chip = self.reasons[reason] = Chip(reason_name(reason), choosable=True, answer=True)
            self._group.addButton(chip)
            flow.addWidget(chip)
        column.addWidget(chips)
        column.addWidget(self._missing)
        return column

    def _on_reason_chosen(self, *_: object) -> None:
        self._missing.hide()
        self.details.set_error("")
        self.place()


def reason_name(reason: str) -> str:
    """A reason as it is shown; what was kept with details, or in words of their own, as it is."""
    known, _, details = reason.partition(": ")
    if known not in REASONS:
        return reason
    shown = QCoreApplication.translate("LoseDialog", REASONS[known])
    return f"{shown}: {details}" if details else shown


def _lose_sentence(row: DealRow, moments: Moments) -> str:
    days = days_in_stage(row, moments.now())
    one = QCoreApplication.translate("LoseDialog", "a day in {stage}")
    many = QCoreApplication.translate("LoseDialog", "{count} days in {stage}")
    age = (one if days == 1 else many).format(count=number(days), stage=row.stage)
    return ", ".join(part for part in (money(row.amount, row.currency), row.company or row.contact, age) if part)
