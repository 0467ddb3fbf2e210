"""What stands in front of the frame while no workspace is open: welcome, unlock, or what went wrong."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Protocol, cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from ui.operations.workspaces import Identified
from ui.page_stack import NEXT_TURN_MS
from ui.window_parts import WindowParts


class Card(Protocol):
    """What the cards have in common."""

    def left(self) -> None:
        """The card goes away: forget secrets, stop timers."""
        ...


class WindowCards(QObject):
    """One card at a time over the frame; nothing of a workspace is painted behind it."""

    #: A card came or went: whether one is shown.
    card_toggled = Signal(bool)
    #: The user wants to leave the program.
    quit_requested = Signal()

    def __init__(self, window: QWidget, layers: QStackedLayout, frame: QWidget, parts: WindowParts) -> None:
        super().__init__(window)
        self._window = window
        self._layers = layers
        self._frame = frame
        self._parts = parts
        self._card: QWidget | None = None

    @property
    def card(self) -> QWidget | None:
        """The card in front."""
        return self._card

    def show_welcome(self, *, can_go_back: bool = False) -> None:
        """Offer to create a workspace, open a demo or open an existing one."""
        from ui.pages.welcome.page import WelcomePage

        page = WelcomePage(self._parts, can_go_back=can_go_back)
        page.quit_requested.connect(self.quit_requested)
        page.back_requested.connect(self.clear)
        self._show(page)

    def show_unlock(self, identified: Identified) -> None:
        """Ask for the key of a workspace."""
        from ui.pages.unlock.page import UnlockPage

        page = UnlockPage(self._parts, identified)
        page.other_requested.connect(self.open_other)
        self._show(page)

    def show_trouble(self, path: Path, error: BaseException) -> None:
        """Say why a workspace could not be opened, and what can be done."""
        from ui.pages.unlock.trouble import TroublePage

        page = TroublePage(path, error)
        page.retry_requested.connect(partial(self._parts.opening.begin, path))
        page.other_requested.connect(self.open_other)
        page.welcome_requested.connect(self.show_welcome)
        self._show(page)

    def open_other(self) -> None:
        """Let the user choose a workspace file."""
        title = self.tr("Open a workspace")
        folder = str(self._parts.documents_folder)
        kinds = self.tr("Workspaces (*.mycrm)")
        path, _kind = QFileDialog.getOpenFileName(self._window, title, folder, kinds)
        if path:
            self._parts.opening.switch(Path(path))

    def clear(self) -> None:
        """Show the frame."""
        self._layers.setCurrentWidget(self._frame)
        if self._card is None:
            return
        self._drop()
        self.card_toggled.emit(False)

    def _show(self, card: QWidget) -> None:
        self._drop()
        self._card = card
        self._layers.addWidget(card)
        self.card_toggled.emit(True)
        # The card was made in this turn of the loop; it is laid out and painted in the next.
        QTimer.singleShot(NEXT_TURN_MS, card, partial(self._bring, card))

    def _bring(self, card: QWidget) -> None:
        if card is self._card:
            self._layers.setCurrentWidget(card)
            card.setFocus()

    def _drop(self) -> None:
        card, self._card = self._card, None
        if card is None:
            return
        cast(Card, card).left()
        self._layers.removeWidget(card)
        card.hide()
        card.deleteLater()
