"""The unlock card: passphrase or keyring, or the recovery code."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.brand_mark import BrandMark
from ui.operations.workspaces import Identified
from ui.pages.unlock.recovery_fields import RecoveryFields
from ui.pages.unlock.view_model import WRONG_PASSPHRASE, UnlockViewModel
from ui.widgets.button import Button, ButtonKind
from ui.widgets.card import Card
from ui.widgets.icon_mark import IconMark
from ui.widgets.input_frame import FieldState
from ui.widgets.label import Label
from ui.widgets.line_field import LineField
from ui.widgets.paragraph import Paragraph
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.separator import Separator
from ui.widgets.surface import Surface
from ui.window_parts import WindowParts

CARD_WIDTH: Final = 344


class UnlockPage(Surface):
    """Only this card is painted while a workspace is locked."""

    #: The user wants another workspace.
    other_requested = Signal()

    def __init__(self, parts: WindowParts, identified: Identified, *, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent=parent)
        self.view_model = UnlockViewModel(parts, identified)
        self._asks_passphrase = identified.protection == "passphrase"
        self._caps_lock = False
        self.passphrase = LineField(self.tr("Passphrase"), icon="key", secret=True)
        self.passphrase.editor.installEventFilter(self)
        self._explained = Paragraph()
        self._alert = IconMark("warning", colour="bad", size_role="icon_xs")
        self._error = Paragraph(role="caption", colour="bad")
        self.unlock_button = Button(self.tr("Unlock"), kind=ButtonKind.PRIMARY, icon="unlock", key_cap=self.tr("Enter"))
        self.recovery = RecoveryFields()
        self._recovery_help = Paragraph(role="caption", colour="text_3")
        self.recovery_button = Button(self.tr("Use the recovery code"))
        self._other = Button(self.tr("Open another workspace"), kind=ButtonKind.QUIET, icon="folder")
        self._fill(identified)
        self._connect()
        self.setFocusProxy(self.passphrase if self._asks_passphrase else self.unlock_button)
        self._show()

    def left(self) -> None:
        """The card goes away."""
        self.view_model.stop()
        self.passphrase.set_text("")
        self.recovery.set_text("")

    def _fill(self, identified: Identified) -> None:
        metrics = self.theme.metrics
        middle = Qt.AlignmentFlag.AlignHCenter
        scroll = ScrollArea(bounded=False)
        column = scroll.body
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(BrandMark(large=True), 0, middle)
        column.addSpacing(metrics.space_24)
        column.addWidget(Label(self.tr("Locked"), role="title"), 0, middle)
        column.addSpacing(metrics.space_6)
        column.addWidget(Label(identified.path.stem, colour="text_2"), 0, middle)
        if identified.since is not None:
            since = self.tr("Since {time}").format(time=f"{identified.since.astimezone():%H:%M}")
            column.addWidget(Label(since, role="caption", colour="text_2"), 0, middle)
        column.addSpacing(metrics.space_24)
        column.addWidget(self._card(identified.protection), 0, middle)
        column.addSpacing(metrics.space_16)
        column.addWidget(self._other, 0, middle)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _card(self, protection: str) -> Card:
        metrics = self.theme.metrics
        card = Card()
        card.setAccessibleName(self.tr("Unlock"))
        card.setFixedWidth(round(CARD_WIDTH * self.theme.zoom))
        body = card.body
        body.addWidget(self.passphrase)
        body.addWidget(self._explained)
        self._error_row = QWidget()
        error = QHBoxLayout(self._error_row)
        error.setContentsMargins(0, 0, 0, 0)
        error.setSpacing(metrics.space_6)
        error.addWidget(self._alert, 0, Qt.AlignmentFlag.AlignTop)
        error.addWidget(self._error, 1)
        body.addWidget(self._error_row)
        body.addSpacing(metrics.space_6)
        body.addWidget(self.unlock_button)
        if protection != "plain":
            self._add_recovery(body)
        self.passphrase.setVisible(protection == "passphrase")
        texts = {
            "keyring": self.tr("The key is in this laptop’s keyring."),
            "plain": self.tr("This workspace is not encrypted; nothing is needed to open it."),
        }
        self._explained.set_paragraph(texts.get(protection, ""))
        self._explained.setVisible(protection != "passphrase")
        return card

    def _add_recovery(self, body: QVBoxLayout) -> None:
        metrics = self.theme.metrics
        either = QHBoxLayout()
        either.setSpacing(metrics.group_gap)
        either.addWidget(Separator(), 1)
        either.addWidget(Label(self.tr("or"), role="caption", colour="text_3"))
        either.addWidget(Separator(), 1)
        body.addSpacing(metrics.space_6)
        body.addLayout(either)
        body.addSpacing(metrics.space_6)
        title = Paragraph(
            self.tr("Recovery code, eight groups from your printed sheet"),
            role="caption-medium",
            colour="text_2",
        )
        body.addWidget(title)
        body.addWidget(self.recovery)
        body.addWidget(self._recovery_help)
        body.addSpacing(metrics.space_6)
        body.addWidget(self.recovery_button)

    def _connect(self) -> None:
        self.unlock_button.clicked.connect(self._on_unlock_clicked)
        self.passphrase.submitted.connect(self._on_unlock_clicked)
        self.recovery_button.clicked.connect(self._on_recovery_clicked)
        self.recovery.submitted.connect(self._on_recovery_clicked)
        self.recovery.changed.connect(self._show)
        self._other.clicked.connect(self.other_requested)
        self.view_model.changed.connect(self._show)
        self.view_model.refused.connect(self._on_refused)
        for button in (self.unlock_button, self.recovery_button):
            policy = button.sizePolicy()
            policy.setHorizontalPolicy(policy.Policy.Expanding)
            button.setSizePolicy(policy)

    def _on_unlock_clicked(self) -> None:
        if not self._asks_passphrase or self.passphrase.text:
            self.view_model.unlock(self.passphrase.text if self._asks_passphrase else "")

    def _on_recovery_clicked(self) -> None:
        if self.recovery.is_complete:
            self.view_model.use_recovery_code(self.recovery.text)

    def _on_refused(self) -> None:
        self.passphrase.editor.selectAll()
        self.passphrase.setFocus()

    def _show(self) -> None:
        view_model = self.view_model
        busy, wait = view_model.is_busy, view_model.wait_s
        self.unlock_button.set_busy(busy and not view_model.is_error_of_code)
        self.unlock_button.setEnabled(not wait)
        self.unlock_button.setToolTip(self.tr("Wait {seconds} seconds.").format(seconds=wait) if wait else "")
        self.recovery_button.setEnabled(self.recovery.is_complete and not busy)
        of_code = view_model.is_error_of_code and view_model.error is not None
        text = "" if of_code else self._error_text()
        self._error.set_paragraph(text)
        self._error_row.setVisible(bool(text))
        wrong = view_model.error is not None and view_model.error.code == WRONG_PASSPHRASE
        self.passphrase.show_state(FieldState.ERROR if wrong and not of_code else FieldState.NORMAL)
        self.recovery.set_wrong(of_code)
        help_text = self.tr("Paste works. Capitals and dashes do not matter.")
        if of_code and view_model.error is not None:
            help_text = f"{view_model.error.title}. {view_model.error.message}"
        self._recovery_help.set_colour("bad" if of_code else "text_3")
        self._recovery_help.set_paragraph(help_text)

    def _error_text(self) -> str:
        error, wait = self.view_model.error, self.view_model.wait_s
        parts = []
        if error is not None and error.code == WRONG_PASSPHRASE:
            parts.append(self.tr("That passphrase did not open the workspace."))
        elif error is not None:
            parts.append(f"{error.title}. {error.message}")
        if self._caps_lock:
            parts.append(self.tr("Caps Lock is on."))
        if wait:
            parts.append(self.tr("Nothing was changed; wait {seconds} seconds.").format(seconds=wait))
        elif error is not None and error.code == WRONG_PASSPHRASE:
            parts.append(
                self.tr("Nothing was changed; {tries} more tries before a wait of 30 seconds.").format(
                    tries=self.view_model.tries_left
                )
            )
        return " ".join(parts)

    def _judge_caps_lock(self, event: QKeyEvent) -> None:
        """Qt does not tell the state of Caps Lock; a letter in the case that Shift does not explain does."""
        text = event.text()
        if len(text) == 1 and text.isalpha() and text.lower() != text.upper():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._caps_lock = text.isupper() is not shifted
        elif event.key() == Qt.Key.Key_CapsLock:
            self._caps_lock = not self._caps_lock
        else:
            return
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._judge_caps_lock(event)
        return super().eventFilter(watched, event)
