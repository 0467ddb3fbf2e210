"""A deal is won: celebrated once, with the amount that was signed and the day."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from services.errors import InvalidValue, MyCrmError
from services.records.sales import DealRow
from ui.operations.deals import Winning
from ui.pages.deals.celebration import Celebration
from ui.pages.deals.dialog import DealDialog
from ui.pages.deals.money import typed_amount
from ui.pages.record.moments import Moments
from ui.pages.record.money_words import money
from ui.theme.user_locale import number
from ui.widgets.label import Label
from ui.widgets.line_field import LineField
from ui.widgets.paragraph import Paragraph


class WinDialog(DealDialog):
    """Return is Done."""

    def __init__(self, parent: QWidget, row: DealRow, moments: Moments, *, mark: str) -> None:
        title = self.tr("{deal} is won").format(deal=row.title)
        undo = self.tr("Ctrl Z takes the deal back")
        super().__init__(parent, title, confirm=self.tr("Done"), key_cap=self.tr("Enter"), undo=undo)
        self.row = row
        today = moments.now().date().isoformat()
        self._before = (typed_amount(row.amount, row.currency, mark), today)
        self.mark = Celebration()
        self.title = Paragraph(title, role="title", colour="text", centred=True)
        sentence = Label(win_sentence(row, moments), colour="text_2")
        label = self.tr("Signed amount")
        self.amount = LineField(f"{label}, {row.currency}" if row.currency else label)
        self.signed_on = LineField(self.tr("Signed on"), icon="calendar")
        self.amount.set_text(self._before[0])
        self.signed_on.set_text(today)
        metrics, middle = self.theme.metrics, Qt.AlignmentFlag.AlignHCenter
        self.body.setSpacing(0)
        self.body.addWidget(self.mark, 0, middle)
        self.body.addSpacing(metrics.space_8)
        self.body.addWidget(self.title)
        self.body.addSpacing(metrics.space_2)
        self.body.addWidget(sentence, 0, middle)
        self.body.addSpacing(metrics.space_24)
        fields = QHBoxLayout()
        fields.setSpacing(metrics.space_12)
        fields.addWidget(self.amount, 1, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(self.signed_on, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(fields)

    @property
    def said(self) -> Winning:
        """What is different from what the deal says already."""
        amount, day = self.amount.text.strip(), self.signed_on.text.strip()
        before_amount, today = self._before
        return Winning(amount if amount != before_amount else "", day if day != today else "")

    def open(self) -> None:
        super().open()
        self.confirm.setFocus()
        self.mark.celebrate()

    def show_error(self, error: BaseException) -> bool:
        """Say what is wrong beside its field; False where no field is concerned."""
        fields = {"amount": self.amount, "currency": self.amount, "won_at": self.signed_on}
        field = fields.get(error.field) if isinstance(error, InvalidValue) else None
        if field is None or not isinstance(error, MyCrmError):
            return False
        field.set_error(f"{error.title}. {error.message}")
        field.setFocus()
        self.place()
        return True

    def takes_return(self, event: QKeyEvent) -> bool:
        return True


def win_sentence(row: DealRow, moments: Moments) -> str:
    """`€92,000, Lindgaard Marine, 15 days before its close date`."""
    parts = [money(row.amount, row.currency), row.company or row.contact, _close(row, moments)]
    return ", ".join(part for part in parts if part)


def _close(row: DealRow, moments: Moments) -> str:
    if row.expected_close is None:
        return ""
    days = (row.expected_close - moments.now().date()).days
    if days == 0:
        return _tr("on its close date")
    if days > 0:
        text = _tr("a day before its close date") if days == 1 else _tr("{count} days before its close date")
    else:
        text = _tr("a day after its close date") if days == -1 else _tr("{count} days after its close date")
    return text.format(count=number(abs(days)))


def _tr(text: str) -> str:
    return QCoreApplication.translate("WinDialog", text)
