"""The consents of a contact: a row per channel, and the form in which it is said."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.errors import InvalidValue, MyCrmError
from services.records.fields import CHANNELS
from services.records.people import CONSENT_BASES, CONSENT_STATES, Consent
from ui.operations.contact_parts import TypedConsent
from ui.pages.record.field_row import FieldRow
from ui.pages.record.inputs import ValueInput
from ui.pages.record.moments import Moments
from ui.pages.record.wording import activity_name, choice
from ui.theme.tokens import Tone
from ui.widgets.button import Button, ButtonKind
from ui.widgets.combo_field import ComboField
from ui.widgets.label import Label
from ui.widgets.line_field import LineField
from ui.widgets.popover import Popover
from ui.widgets.themed import Themed

WIDTH: Final = 300


class ConsentRow(FieldRow):
    """A channel and what was said of it; a press or Return asks for the form."""

    def __init__(self, channel: str) -> None:
        super().__init__(channel, activity_name(channel), _no_input)

    def edit(self) -> None:
        """The editor is a form of its own."""
        self.pressed.emit(self.name)


def _no_input(name: str) -> ValueInput:
    raise LookupError(f"The consent on {name} is edited in a form.")


class ConsentForm(Themed):
    """State, lawful basis, since when, and by what it is shown."""

    #: The user is done: a TypedConsent.
    consent_typed = Signal(object)

    def __init__(self, channel: str, consent: Consent | None, moments: Moments) -> None:
        super().__init__()
        self._channel = channel
        states = [(_tr("Not known"), ""), *((choice(state), state) for state in CONSENT_STATES)]
        self.state = ComboField(_tr("State"), states)
        bases = [(_tr("Not said"), ""), *((choice(basis), basis) for basis in CONSENT_BASES)]
        self.basis = ComboField(_tr("Lawful basis"), bases)
        self.since = LineField(_tr("Since"), placeholder=_tr("Now"))
        self.proof = LineField(_tr("Proof"), placeholder=_tr("Form, mail, recording"))
        self._save = Button(_tr("Save"), kind=ButtonKind.PRIMARY)
        if consent is not None:
            self.state.set_value(consent.state)
            self.basis.set_value(consent.basis if consent.basis in CONSENT_BASES else "")
            self.since.set_text(moments.typed(consent.decided_at) if consent.decided_at else "")
            self.proof.set_text(consent.proof)
        else:
            self.state.set_value("granted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.metrics.group_gap)
        column.addWidget(Label(_tr("Consent: {channel}").format(channel=activity_name(channel)), role="lead"))
        for field in (self.state, self.basis, self.since, self.proof):
            column.addWidget(field)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._save)
        column.addLayout(foot)
        self.setFixedWidth(round(WIDTH * self.theme.zoom))
        self._save.clicked.connect(self.submit)
        for line in (self.since, self.proof):
            line.submitted.connect(self.submit)

    def submit(self) -> None:
        """Say what stands in the form."""
        state, basis = str(self.state.value or ""), str(self.basis.value or "")
        self.consent_typed.emit(TypedConsent(self._channel, state, basis, self.since.text, self.proof.text))

    def show_error(self, error: BaseException) -> None:
        """Say what is wrong beside the value."""
        if isinstance(error, MyCrmError):
            field = error.field if isinstance(error, InvalidValue) else ""
            place = self.since if field == "decided_at" else self.state
            place.set_error(f"{error.title}. {error.message}")


class ConsentGroup(QWidget):
    """A row for each channel there is."""

    #: The consent on a channel was typed: a TypedConsent; the form waits for `close_form` or `show_error`.
    consent_typed = Signal(object)

    def __init__(self, moments: Moments) -> None:
        super().__init__()
        self._moments = moments
        self._known: dict[str, Consent] = {}
        self.rows = {channel: ConsentRow(channel) for channel in CHANNELS}
        self.popover: Popover | None = None
        self.form: ConsentForm | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for channel, row in self.rows.items():
            row.pressed.connect(partial(self.open_form, channel))
            column.addWidget(row)

    def show_consents(self, consents: Sequence[Consent]) -> None:
        """Show what a contact said."""
        # In the order of the card the newest of a channel is not first: the last moment counts.
        self._known = {}
        for consent in consents:
            standing = self._known.get(consent.channel)
            if standing is None or _when(consent) >= _when(standing):
                self._known[consent.channel] = consent
        for channel, row in self.rows.items():
            known = self._known.get(channel)
            row.show_value(
                consent_words(known, self._moments) if known else "",
                "",
                tone=Tone.WARN if known and known.state == "withdrawn" else None,
            )
            if known and known.proof:
                row.setToolTip(known.proof)

    def open_form(self, channel: str, *_: object) -> None:
        """Ask what the contact said of a channel."""
        form = ConsentForm(channel, self._known.get(channel), self._moments)
        popover = Popover(self.rows[channel])
        popover.set_content(form)
        self.popover, self.form = popover, form
        form.consent_typed.connect(self.consent_typed)
        popover.closed.connect(self._on_closed)
        popover.open_at(self.rows[channel])
        form.state.combo.setFocus()

    def close_form(self) -> None:
        """It is kept."""
        if self.popover is not None:
            self.popover.close()

    def show_error(self, error: BaseException) -> bool:
        """Say in the form what is wrong; False when there is none any more."""
        if self.form is None:
            return False
        self.form.show_error(error)
        return True

    def _on_closed(self) -> None:
        self.popover, self.form = None, None


def consent_words(consent: Consent, moments: Moments) -> str:
    """`Granted since 3 Mar 2026, contract`."""
    state = choice(consent.state)
    if consent.decided_at is not None:
        day = moments.day(consent.decided_at, weekday=False)
        state = _tr("{state} since {day}").format(state=state, day=day)
    return ", ".join(part for part in (state, choice(consent.basis).lower() if consent.basis else "") if part)


def _when(consent: Consent) -> float:
    return consent.decided_at.timestamp() if consent.decided_at is not None else 0.0


def _tr(text: str) -> str:
    return QCoreApplication.translate("Consents", text)
