"""What converting a lead will make, said before it is made; a deal only where one is wanted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.errors import InvalidValue, MyCrmError
from ui.operations.leads import Foreseen, TypedDeal
from ui.widgets.button import Button, ButtonKind
from ui.widgets.combo_field import ComboField
from ui.widgets.label import Label
from ui.widgets.line_field import LineField
from ui.widgets.paragraph import Paragraph
from ui.widgets.settings_row import SettingsRow
from ui.widgets.surface import Surface
from ui.widgets.switch import Switch
from ui.widgets.themed import Themed

CURRENCIES = ("EUR", "USD", "GBP", "CHF", "SEK", "DKK", "NOK", "PLN", "CZK", "JPY")


class ConvertForm(Themed):
    """Three rows - contact, company, deal - and one button."""

    #: Convert; carries the deal as it was typed, or None.
    convert_wanted = Signal(object)
    #: The form needs more room, or less.
    resized = Signal()
    #: Leave the lead as it is.
    cancelled = Signal()

    def __init__(self, name: str, foreseen: Foreseen) -> None:
        super().__init__()
        self._title = Label(self.tr("Convert {name}").format(name=name), role="lead")
        self.contact = SettingsRow(*_contact_words(self, name, foreseen), icon="contacts", first=True)
        self.company = SettingsRow(*_company_words(self, foreseen), icon="companies")
        self.wants_deal = Switch(self.tr("Open a deal"))
        sentence = self.tr("For what they want to buy; it goes into the first stage.")
        self.deal = SettingsRow(self.tr("Open a deal"), sentence, icon="deals", control=self.wants_deal)
        self.deal_title = LineField(self.tr("Title"))
        self.deal_title.set_text(foreseen.deal_title)
        self.amount = LineField(self.tr("Amount"), placeholder=self.tr("12,000"))
        codes = list(dict.fromkeys((foreseen.currency, *CURRENCIES)))
        self.currency = ComboField(self.tr("Currency"), [(code, code) for code in codes])
        self.close_day = LineField(self.tr("Expected close"), placeholder=self.tr("2026-12-18, or in 4 weeks"))
        self._fields = QWidget()
        self._general = Paragraph(role="caption", colour="bad")
        self.cancel = Button(self.tr("Cancel"), kind=ButtonKind.QUIET)
        self.convert = Button(self.tr("Convert"), kind=ButtonKind.PRIMARY, key_cap=self.tr("Ctrl ↵"))
        self._assemble()
        self._connect()

    @property
    def typed(self) -> TypedDeal | None:
        """The deal as it stands in the form, None where none is wanted."""
        if not self.wants_deal.isChecked():
            return None
        currency = str(self.currency.value or "")
        return TypedDeal(self.deal_title.text, self.amount.text, currency, self.close_day.text)

    def show_error(self, error: BaseException) -> None:
        """Say beside the value what is wrong with it."""
        self.convert.set_busy(False)
        if not isinstance(error, MyCrmError):
            return
        text = f"{error.title}. {error.message}"
        field = error.field if isinstance(error, InvalidValue) else ""
        places = {
            "title": self.deal_title,
            "amount": self.amount,
            "currency": self.amount,
            "expected_close": self.close_day,
        }
        place = places.get(field)
        if place is not None and self.wants_deal.isChecked():
            place.set_error(text)
            place.editor.setFocus()
        else:
            self._general.set_paragraph(text)
            self._general.show()

    def submit(self) -> None:
        """Convert, once."""
        if self.convert.is_busy:
            return
        for field in (self.deal_title, self.amount, self.close_day):
            field.set_error("")
        self._general.hide()
        self.convert.set_busy(True)
        self.convert_wanted.emit(self.typed)

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._column.setSpacing(0)
        self._title.setContentsMargins(metrics.card_pad, metrics.card_pad, metrics.card_pad, metrics.space_8)
        self._grid.setContentsMargins(
            metrics.card_pad + metrics.icon_l + metrics.group_gap, 0, metrics.card_pad, metrics.card_pad
        )
        self._grid.setSpacing(metrics.group_gap)
        self._pair.setSpacing(metrics.row_gap)
        self._foot_row.setContentsMargins(metrics.card_pad, 0, metrics.card_pad, 0)
        self._foot_row.setSpacing(metrics.row_gap)
        self._foot.setFixedHeight(metrics.dialog_foot)

    def _assemble(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._title, self.contact, self.company, self.deal):
            self._column.addWidget(widget)
        self._grid = QVBoxLayout(self._fields)
        self._grid.addWidget(self.deal_title)
        self._pair = QHBoxLayout()
        for field, share in ((self.amount, 3), (self.currency, 2), (self.close_day, 4)):
            self._pair.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(self._pair)
        self._column.addWidget(self._fields)
        self._column.addWidget(self._general)
        self._foot = Surface("popover", lines=Qt.Edge.TopEdge)
        self._foot_row = QHBoxLayout(self._foot)
        self._foot_row.addStretch(1)
        self._foot_row.addWidget(self.cancel)
        self._foot_row.addWidget(self.convert)
        self._column.addWidget(self._foot)
        self._fields.hide()
        self._general.hide()
        self.restyle()

    def _connect(self) -> None:
        self.wants_deal.toggled.connect(self._on_deal_toggled)
        self.cancel.clicked.connect(self.cancelled)
        self.convert.clicked.connect(self.submit)
        self.close_day.submitted.connect(self.submit)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.submit)

    def _on_deal_toggled(self, on: bool) -> None:
        self._fields.setVisible(on)
        if on:
            self.amount.editor.setFocus()
        self.resized.emit()


def _contact_words(form: QWidget, name: str, foreseen: Foreseen) -> tuple[str, str]:
    if foreseen.contact:
        title = form.tr("Fills up {name}").format(name=foreseen.contact)
        return title, form.tr("A contact with the same email, {email}; nothing there is lost.").format(
            email=foreseen.email
        )
    title = form.tr("New contact: {name}").format(name=name)
    return title, form.tr("With every address, tag, note and the whole timeline of the lead.")


def _company_words(form: QWidget, foreseen: Foreseen) -> tuple[str, str]:
    if foreseen.company:
        return form.tr("Known company: {name}").format(name=foreseen.company), form.tr("They are linked to it.")
    if foreseen.company_name:
        title = form.tr("New company: {name}").format(name=foreseen.company_name)
        return title, form.tr("No company of that name is here yet.")
    return form.tr("No company"), form.tr("The lead names none.")
