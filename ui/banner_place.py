"""The strip under the top bar for what concerns the whole workspace: one banner at a time, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QHBoxLayout

from ui.widgets.banner import Banner, BannerKind
from ui.widgets.surface import Surface

_URGENCY: Final = (BannerKind.ATTENTION, BannerKind.OFFLINE, BannerKind.MANAGED, BannerKind.OK)


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a banner says, and what its button does."""

    kind: BannerKind
    clause: str
    sentence: str
    action: str
    act: Callable[[], None]


class BannerPlace(Surface):
    """Keeps announcements by name; takes no room while there is none."""

    def __init__(self) -> None:
        super().__init__("surface")
        self._announcements: dict[str, Announcement] = {}
        self._shown: Announcement | None = None
        self._row = QHBoxLayout(self)
        self.banner: Banner | None = None
        self.restyle()
        self.hide()

    def announce(self, name: str, announcement: Announcement) -> None:
        """Say something, or say it differently."""
        self._announcements[name] = announcement
        self._show()

    def withdraw(self, name: str) -> None:
        """It is settled."""
        if self._announcements.pop(name, None) is not None:
            self._show()

    def withdraw_all(self) -> None:
        """The workspace is closed."""
        self._announcements.clear()
        self._show()

    def restyle(self) -> None:
        super().restyle()
        metrics = self.theme.metrics
        self._row.setContentsMargins(metrics.space_8, metrics.space_8, metrics.space_8, 0)

    def _show(self) -> None:
        by_urgency = sorted(self._announcements.values(), key=lambda said: _URGENCY.index(said.kind))
        self._shown = by_urgency[0] if by_urgency else None
        if self._shown is not None:
            shown = self._shown
            self._made().set_banner(shown.kind, shown.clause, shown.sentence, action=shown.action)
        self.setVisible(self._shown is not None)

    def _made(self) -> Banner:
        """The banner; most windows never need one, so that it is made with the first announcement."""
        if self.banner is None:
            self.banner = Banner(BannerKind.ATTENTION, "")
            self.banner.action_pressed.connect(self._on_action_pressed)
            self._row.addWidget(self.banner)
        return self.banner

    def _on_action_pressed(self) -> None:
        if self._shown is not None:
            self._shown.act()
