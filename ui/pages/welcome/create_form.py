"""Who works in the new workspace, how it is protected, and where it is kept."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from services.clock import Clock
from ui.pages.welcome.recovery_card import RecoveryCard
from ui.pages.welcome.view_model import KEYRING, PASSPHRASE, PLAIN, WelcomeViewModel
from ui.paths import short_path
from ui.searchable_choice import SearchableChoice
from ui.time_zones import zone_name
from ui.widgets.field import Field
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.line_field import LineField
from ui.widgets.paragraph import Paragraph
from ui.widgets.protection_choice import ProtectionChoice
from ui.widgets.themed import Themed

RECOVERY_WIDTH: Final = 320


class CreateForm(Themed):
    """The middle of the welcome card while a workspace is to be created."""

    #: Return was pressed in a field.
    submitted = Signal()

    def __init__(self, view_model: WelcomeViewModel, clock: Clock, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view_model = view_model
        self._clock = clock
        wanted = view_model.wanted
        self.name = LineField(self.tr("Your name"), help_text=self.tr("Signs your mails and notes"))
        self.email = LineField(self.tr("E-mail"), help_text=self.tr("Tells your own messages from theirs"))
        self.zone = SearchableChoice(self.tr("Find a city"))
        self.zone.addItem(zone_name(wanted.time_zone, clock.now()), wanted.time_zone)
        self.protection = ProtectionChoice(self.tr("How it is protected"))
        self.passphrase = LineField(
            self.tr("Passphrase"),
            secret=True,
            help_text=self.tr("At least 8 characters; four or five words are easy to keep in mind."),
        )
        self.repeated = LineField(self.tr("Once more"), secret=True)
        self.recovery = RecoveryCard(clock)
        self._no_keyring = Paragraph(role="caption", colour="warn")
        self._promise = Paragraph()
        self._place = Paragraph(markup=True)
        self._fill()
        self._connect()
        self._show_all()

    def _fill(self) -> None:
        metrics = self.theme.metrics
        who = QHBoxLayout()
        who.setSpacing(metrics.group_gap)
        zone = Field(self.tr("Time zone"), self.zone, help_text=self.tr("Read from this laptop"))
        for field in (self.name, self.email, zone):
            who.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.protection.add_choice(
            KEYRING,
            self.tr("System keyring"),
            self.tr("Opens by itself when you sign in to this laptop. Nothing to remember."),
            tag=self.tr("Recommended"),
        )
        self.protection.add_choice(
            PASSPHRASE,
            self.tr("Passphrase"),
            self.tr("You type it at every start and after a lock. Safest if others use this laptop."),
        )
        self.protection.add_choice(
            PLAIN,
            self.tr("Not encrypted"),
            self.tr(
                "Whoever gets this disk or a backup reads every name, note and mail. You can encrypt later, "
                "copies made before stay readable."
            ),
            warning=True,
        )
        columns = QHBoxLayout()
        columns.setSpacing(metrics.space_24)
        columns.addLayout(self._left(), 1)
        self.recovery.setFixedWidth(round(RECOVERY_WIDTH * self.theme.zoom))
        columns.addWidget(self.recovery)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.space_32)
        column.addLayout(who)
        column.addLayout(columns)

    def _left(self) -> QVBoxLayout:
        metrics = self.theme.metrics
        self._secrets = QWidget()
        secrets = QHBoxLayout(self._secrets)
        secrets.setContentsMargins(0, 0, 0, 0)
        secrets.setSpacing(metrics.group_gap)
        secrets.addWidget(self.passphrase, 1, Qt.AlignmentFlag.AlignTop)
        secrets.addWidget(self.repeated, 1, Qt.AlignmentFlag.AlignTop)
        left = QVBoxLayout()
        left.setSpacing(metrics.space_12)
        left.addWidget(Label(self.tr("How it is protected"), role="lead"))
        left.addWidget(self.protection)
        left.addWidget(self._no_keyring)
        left.addWidget(self._secrets)
        left.addLayout(self._line("encrypted", self._promise))
        left.addLayout(self._line("folder", self._place))
        left.addStretch(1)
        return left

    def _line(self, icon: str, text: Paragraph) -> QHBoxLayout:
        beside = QVBoxLayout()
        # The icon is lower than the line it stands beside.
        beside.setContentsMargins(0, self.theme.metrics.space_2, 0, 0)
        beside.addWidget(IconMark(icon), 0, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(self.theme.metrics.row_gap)
        row.addLayout(beside)
        row.addWidget(text, 1)
        return row

    def _connect(self) -> None:
        wish = self._view_model.wish
        self.name.text_edited.connect(lambda text: wish(user_name=text))
        self.email.text_edited.connect(lambda text: wish(email=text.strip()))
        self.passphrase.text_edited.connect(lambda text: wish(passphrase=text))
        self.repeated.text_edited.connect(lambda _text: self.repeated.set_error(""))
        self.zone.activated.connect(lambda _row: wish(time_zone=str(self.zone.currentData())))
        self.protection.choice_made.connect(lambda key: wish(protection=key))
        self._place.link_activated.connect(self._on_place_clicked)
        for field in (self.name, self.email, self.passphrase, self.repeated):
            field.submitted.connect(self.submitted)
        self._view_model.changed.connect(self._show_all)
        self._view_model.zones_read.connect(self._on_zones_read)
        self._view_model.code_made.connect(self._on_code_made)

    def _show_all(self) -> None:
        view_model, wanted = self._view_model, self._view_model.wanted
        self.protection.set_chosen(wanted.protection)
        reason = view_model.no_keyring
        self.protection.set_choice_enabled(KEYRING, not reason, reason=reason)
        self._no_keyring.set_paragraph(
            self.tr("{reason}. Choose a passphrase, or no encryption.").format(reason=reason) if reason else ""
        )
        self._no_keyring.setVisible(bool(reason))
        self._secrets.setVisible(wanted.protection == PASSPHRASE and not view_model.is_created)
        encrypted = wanted.protection != PLAIN
        self.recovery.setVisible(encrypted)
        self._promise.set_paragraph(
            self.tr("Encrypted with a key made here. Neither we nor your organisation can open it.")
            if encrypted
            else self.tr("Not encrypted. The window will say so for as long as that holds.")
        )
        link = "" if view_model.is_created else f' <a href="place">{self.tr("Change folder")}</a>'
        place = f"<code>{escape(short_path(wanted.path))}</code>"
        self._place.set_paragraph(self.tr("Kept in {place}.").format(place=place) + link)
        self._show_trouble()
        for part in (self.name, self.email, self.zone, self.protection):
            part.setEnabled(not view_model.is_busy and not view_model.is_created)

    def _show_trouble(self) -> None:
        trouble = self._view_model.trouble
        fields = {
            "name": self.name,
            "email": self.email,
            "passphrase": self.passphrase,
            "repeated": self.repeated,
        }
        for name, field in fields.items():
            field.set_error(trouble.text if trouble is not None and trouble.field == name else "")

    def _on_zones_read(self, options: list[tuple[str, str]]) -> None:
        chosen = self._view_model.wanted.time_zone
        self.zone.clear()
        for name, zone in options:
            self.zone.addItem(name, zone)
        place = self.zone.findData(chosen)
        if place < 0:
            self.zone.insertItem(0, zone_name(chosen, self._clock.now()), chosen)
            place = 0
        self.zone.setCurrentIndex(place)

    def _on_code_made(self, code: object) -> None:
        from services.vault.recovery import RecoveryCode

        assert isinstance(code, RecoveryCode)
        self.passphrase.set_text("")
        self.repeated.set_text("")
        self.recovery.show_code(code, self._view_model.wanted.path)

    def _on_place_clicked(self, _link: str) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self,
            self.tr("Where to keep the workspace"),
            str(self._view_model.wanted.path),
            self.tr("Workspaces (*.mycrm)"),
        )
        if name:
            path = Path(name)
            self._view_model.wish(path=path if path.suffix == ".mycrm" else Path(f"{name}.mycrm"))
