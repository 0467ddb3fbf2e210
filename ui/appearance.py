"""How the window looks on this laptop: changed at once and kept for the next start."""

from __future__ import annotations

from typing import Final

from ui.session_state import SessionState
from ui.theme.theme import Theme
from ui.theme.tokens import Density, ThemeMode

STATE_GROUP: Final = "appearance"
ZOOMS: Final = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


class Appearance:
    """Changes the theme and keeps what was chosen; nothing of it is in the workspace."""

    def __init__(self, theme: Theme, state: SessionState) -> None:
        self.theme = theme
        self._state = state

    def set_mode(self, mode: ThemeMode) -> None:
        """Be light, dark, or as the system says."""
        self._state.set(STATE_GROUP, "theme", mode)
        self.theme.set_mode(mode)

    def set_density(self, density: Density) -> None:
        """Show comfortable or compact rows."""
        self._state.set(STATE_GROUP, "density", density)
        self.theme.set_density(density)

    def set_zoom(self, zoom: float) -> None:
        """Show everything at this size, 1.0 being the usual one."""
        self._state.set(STATE_GROUP, "zoom", zoom)
        self.theme.set_zoom(zoom)

    def set_reduced_motion(self, reduced: bool) -> None:
        """Glide, or be there at once."""
        self._state.set(STATE_GROUP, "reduced_motion", reduced)
        self.theme.set_reduced_motion(reduced)

    def zoom_in(self) -> None:
        """The next larger size."""
        self.set_zoom(min((zoom for zoom in ZOOMS if zoom > self.theme.zoom), default=ZOOMS[-1]))

    def zoom_out(self) -> None:
        """The next smaller size."""
        self.set_zoom(max((zoom for zoom in ZOOMS if zoom < self.theme.zoom), default=ZOOMS[0]))

    def zoom_reset(self) -> None:
        """The usual size."""
        self.set_zoom(1.0)

    def switch_mode(self) -> None:
        """From light to dark, or back."""
        self.set_mode(ThemeMode.LIGHT if self.theme.is_dark else ThemeMode.DARK)

    def switch_density(self) -> None:
        """From comfortable rows to compact ones, or back."""
        is_compact = self.theme.density is Density.COMPACT
        self.set_density(Density.COMFORTABLE if is_compact else Density.COMPACT)
