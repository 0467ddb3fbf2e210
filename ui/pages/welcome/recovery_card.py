"""The recovery code at the right of the welcome card: what it is, then the code itself, shown once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from services.clock import Clock
from services.errors import MyCrmError
from ui.pages.welcome.recovery_sheet import print_sheet, save_sheet
from ui.theme.tokens import ColourRole, Tone
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.checkbox import Checkbox
from ui.widgets.icon_button import IconButton
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.recovery_code_view import HIDDEN_GROUP, RecoveryCodeView
from ui.widgets.separator import Separator
from ui.widgets.tag import Tag
from ui.widgets.themed import Themed

if TYPE_CHECKING:
    from services.vault.recovery import RecoveryCode

CLIPBOARD_CLEARED_AFTER_MS: Final = 60_000
GROUPS: Final = 8


class RecoveryCard(Themed):
    """Waits with dots until the code is made; then print, save or copy it, and tick that it is kept."""

    #: The user ticked or unticked that the code is kept.
    kept_toggled = Signal(bool)

    def __init__(self, clock: Clock, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._groups: tuple[str, ...] = ()
        self._workspace: Path | None = None
        self._tag = Tag(self.tr("Shown once"), tone=Tone.WARN)
        self._view = RecoveryCodeView()
        self._view.set_code("-".join([HIDDEN_GROUP] * GROUPS))
        self._text = Paragraph()
        self._print = Button(self.tr("Print"), icon="print", small=True)
        self._save = Button(self.tr("Save as file"), icon="download", small=True)
        self._copy = IconButton("copy", self.tr("Copy"), small=True)
        self._kept = Checkbox(self.tr("I have it on paper or on another disk"))
        self._done_mark = IconMark("check", colour="ok", size_role="icon_xs")
        self._done = Label(role="caption", colour="ok")
        self._actions = QWidget()
        self._foot = QWidget()
        self._fill()
        self._print.clicked.connect(self._on_print_clicked)
        self._save.clicked.connect(self._on_save_clicked)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._kept.toggled.connect(self.kept_toggled)
        self.forget_code()

    @property
    def is_kept(self) -> bool:
        """Whether the user said that the code is kept."""
        return self._kept.isChecked()

    def show_code(self, code: RecoveryCode, workspace: Path) -> None:
        """Show a code that was just made."""
        self._groups, self._workspace = code.groups, workspace
        self._view.set_code(code.format())
        self._text.set_paragraph(
            self.tr(
                "Opens your data if this laptop’s keyring is lost. Print it or save it somewhere else now; "
                "it cannot be shown or sent again."
            )
        )
        self._tag.show()
        self._set_usable(True)

    def forget_code(self) -> None:
        """Show dots, and keep nothing of a code."""
        self._groups = ()
        self._view.set_code("-".join([HIDDEN_GROUP] * GROUPS))
        self._text.set_paragraph(
            self.tr(
                "Made together with the key, and shown here once. It opens your data if this laptop’s "
                "keyring is lost or the passphrase forgotten. Have paper or another disk at hand."
            )
        )
        self._tag.hide()
        self._set_usable(False)

    def say_done(self, sentence: str, *, colour: ColourRole = "ok") -> None:
        """Say what became of the code: printed, saved, copied."""
        self._done.setText(sentence)
        self._done.set_colour(colour)
        self._done_mark.set_icon("check" if colour == "ok" else "warning", colour=colour)

    def tick(self) -> None:
        """Say that the code is kept."""
        self._kept.setChecked(True)

    def _fill(self) -> None:
        metrics = self.theme.metrics
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("Recovery code"), role="lead"), 1)
        head.addWidget(self._tag)
        actions = QHBoxLayout(self._actions)
        actions.setContentsMargins(0, metrics.space_4, 0, 0)
        actions.setSpacing(metrics.row_gap)
        for widget in (self._print, self._save, self._copy):
            actions.addWidget(widget)
        actions.addStretch(1)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, metrics.space_4, 0, 0)
        foot.setSpacing(0)
        foot.addWidget(Separator())
        foot.addSpacing(metrics.space_6)
        foot.addWidget(self._kept)
        done = QHBoxLayout()
        done.setContentsMargins(metrics.mark + metrics.row_gap, 0, 0, 0)
        done.setSpacing(metrics.space_6)
        done.addWidget(self._done_mark)
        done.addWidget(self._done, 1)
        foot.addLayout(done)
        self._done.setText(" ")
        self._done_mark.set_icon("check", colour="raised")
        card = Card()
        card.setAccessibleName(self.tr("Recovery code"))
        card.body.setSpacing(metrics.space_12)
        for part in (self._view, self._text, self._actions, self._foot):
            card.body.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.space_12)
        column.addLayout(head)
        column.addWidget(card)
        column.addStretch(1)

    def _set_usable(self, usable: bool) -> None:
        """Buttons and box keep their places while there is no code, so that nothing jumps when it is made."""
        for widget in (self._print, self._save, self._copy, self._kept):
            widget.setEnabled(usable)

    def _time(self) -> str:
        now: datetime = self._clock.now().astimezone()
        return f"{now:%H:%M}"

    def _on_print_clicked(self) -> None:
        if self._workspace is not None and print_sheet(self, self._workspace.stem, self._groups):
            self.say_done(self.tr("Printed at {time}").format(time=self._time()))

    def _on_save_clicked(self) -> None:
        if self._workspace is None:
            return
        suggested = str(Path.home() / self.tr("MyCRM recovery code.txt"))
        name, _kind = QFileDialog.getSaveFileName(self, self.tr("Save the recovery code"), suggested)
        if not name:
            return
        try:
            save_sheet(Path(name), self._workspace.stem, self._groups)
        except MyCrmError as error:
            self.say_done(str(error), colour="bad")
            return
        if Path(name).parent == self._workspace.parent:
            self.say_done(self.tr("Saved beside the workspace: move it to another disk."), colour="warn")
        else:
            self.say_done(self.tr("Saved at {time}").format(time=self._time()))

    def _on_copy_clicked(self) -> None:
        clipboard = QGuiApplication.clipboard()
        text = "-".join(self._groups)
        clipboard.setText(text)
        self.say_done(self.tr("Copied. The clipboard is emptied in a minute."))

        def empty() -> None:
            if clipboard.text() == text:
                clipboard.clear()

        QTimer.singleShot(CLIPBOARD_CLEARED_AFTER_MS, clipboard, empty)
