"""What shows a tooltip, so that item delegates need not know the widget that does."""

from typing import Protocol

from PySide6.QtCore import QObject, QRect


class TipPresenter(Protocol):
    """Shows one tooltip at a time."""

    def show_tip(self, tip: str, near: QRect, *, owner: QObject | None = None) -> None:
        """Show a text near a rectangle of the screen; an empty text hides what is shown."""
