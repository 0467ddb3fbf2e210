"""How the workspace is protected, the recovery code, and whether the file is sound."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from ui.pages.settings.section import FoundRow, Section
from ui.pages.settings.view_model import CheckResult, SettingsViewModel
from ui.theme.tokens import Tone
from ui.theme.user_locale import number
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.checkbox import Checkbox
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.recovery_code_view import HIDDEN_GROUP, RecoveryCodeView
from ui.widgets.tag import Tag

GROUPS: Final = 8
SHOWN_PROBLEMS: Final = 5


class SecuritySection(Section):
    """States plainly what stands between a stolen laptop and the data."""

    def __init__(self, view_model: SettingsViewModel, *, parent: QWidget | None = None) -> None:
        super().__init__("", "security", parent=parent)
        self.title = self.tr("Security")
        self._view_model = view_model
        self._state_tag = Tag("", icon="lock")
        self._data_key = FoundRow(
            self.tr("Encryption"), self.tr("Locks the database and everything in it."), icon="key"
        )
        self._unlocked_by = FoundRow(self.tr("Unlocked by"), self.tr("Nothing."), icon="unlock")
        self.lock_button = Button(self.tr("Lock now"), small=True)
        self.check_button = Button(self.tr("Check now"), small=True)
        self.full_button = Button(self.tr("Check everything"), small=True)
        self.kept = Checkbox(self.tr("I have it on paper or on another disk"))
        self._code_tag = Tag("")
        self._code_card = Card(self.tr("Recovery code"))
        self._sound_tag = Tag("")
        self._sound_text = Paragraph()
        self._last_check = Label(role="caption", colour="text_2", tabular=True)
        self._changes = 0
        self._fill()
        self.lock_button.clicked.connect(view_model.context.program.lock)
        self.check_button.clicked.connect(lambda: view_model.check(full=False))
        self.full_button.clicked.connect(lambda: view_model.check(full=True))
        self.kept.toggled.connect(self._on_kept_toggled)
        view_model.information_read.connect(self._on_information_read)
        view_model.check_changed.connect(self._on_check_changed)

    def _fill(self) -> None:
        lock = FoundRow(
            self.tr("Lock"),
            self.tr("Closes the workspace and paints nothing of it. Ctrl Shift L does it from anywhere."),
            icon="lock",
            control=self.lock_button,
        )
        card = self.rows_card(self.tr("Encryption and keys"), [self._data_key, self._unlocked_by, lock])
        card.add_beside_title(self._state_tag)
        self._add_side_cards()

    def _add_side_cards(self) -> None:
        view = RecoveryCodeView(masked=True)
        view.set_code("-".join([HIDDEN_GROUP] * GROUPS))
        code = self._code_card
        code.add_action(self._code_tag)
        code.body.addWidget(view)
        code.body.addWidget(
            Paragraph(
                self.tr(
                    "Opens your data if the keyring is lost or the passphrase forgotten. Only you have it; "
                    "it was shown once and is kept nowhere, and nobody can send you a new one."
                )
            )
        )
        code.body.addWidget(self.kept)
        self.add_side_card(code)
        sound = Card(self.tr("Integrity"))
        sound.add_action(self._sound_tag)
        sound.body.addWidget(self._sound_text)
        sound.body.addWidget(self._last_check)
        buttons = FlowLayout(gap=self.theme.metrics.row_gap)
        buttons.addWidget(self.check_button)
        buttons.addWidget(self.full_button)
        sound.body.addLayout(buttons)
        self.add_side_card(sound)

    def _on_information_read(self, facts: dict[str, Any]) -> None:
        encrypted = bool(facts["encrypted"])
        protection = str(facts["protection"]) if encrypted else "plain"
        self._changes = int(facts["changes"])
        if encrypted:
            self._state_tag.set_tag(self.tr("On"), tone=Tone.OK, icon="lock")
            self._data_key.set_sentence(self.tr("Locks the database and everything in it, with AES-256."))
        else:
            self._state_tag.set_tag(self.tr("Off"), tone=Tone.WARN, icon="warning")
            self._data_key.set_sentence(
                self.tr(
                    "Off: whoever gets this disk or a backup reads every name, note and mail. "
                    "“mycrm workspace rekey” encrypts the file; copies made before stay readable."
                )
            )
        sentences = {
            "keyring": self.tr("This laptop’s system keyring, or your recovery code."),
            "passphrase": self.tr("Your passphrase at every start, or your recovery code."),
            "plain": self.tr("Nothing is needed to open this workspace."),
        }
        values = {"keyring": self.tr("Keyring"), "passphrase": self.tr("Passphrase"), "plain": ""}
        self._unlocked_by.set_sentence(sentences[protection])
        self._unlocked_by.set_value(values[protection])
        self._code_card.setVisible(encrypted)
        self.kept.setChecked(self._view_model.is_code_kept())
        self._show_code_state()

    def _show_code_state(self) -> None:
        if self.kept.isChecked():
            self._code_tag.set_tag(self.tr("Written down"), tone=Tone.OK, icon="check")
        else:
            self._code_tag.set_tag(self.tr("Not confirmed"), tone=Tone.WARN, icon="warning")

    def _on_kept_toggled(self, kept: bool) -> None:
        self._view_model.set_code_kept(kept)
        self._show_code_state()

    def _on_check_changed(self, result: CheckResult | None, checking: bool) -> None:
        for button in (self.check_button, self.full_button):
            button.set_busy(checking)
        self._last_check.setVisible(result is not None)
        if result is None:
            self._sound_tag.set_tag(self.tr("Not checked yet"), tone=Tone.NEUTRAL, icon="")
            self._sound_text.set_paragraph(
                self.tr(
                    "“Check now” reads every page and the chain of changes; "
                    "“Check everything” also replays the whole history."
                )
            )
            return
        when = _day_and_time(result.checked_at)
        self._last_check.setText(
            self.tr("Everything checked {when}").format(when=when)
            if result.full
            else self.tr("Last check {when}").format(when=when)
        )
        if result.problems:
            count = len(result.problems)
            self._sound_tag.set_tag(
                self.tr("1 problem") if count == 1 else self.tr("{count} problems").format(count=number(count)),
                tone=Tone.BAD,
                icon="warning",
            )
            self._sound_text.set_paragraph("\n".join(result.problems[:SHOWN_PROBLEMS]))
        else:
            self._sound_tag.set_tag(self.tr("Sound"), tone=Tone.OK, icon="check")
            self._sound_text.set_paragraph(
                self.tr("History chain of {count} changes, no gaps.").format(count=number(self._changes))
            )


def _day_and_time(moment: datetime) -> str:
    local = moment.astimezone()
    return f"{local:%d %b %H:%M}".lstrip("0")
