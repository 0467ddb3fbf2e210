"""How this window looks on this laptop: acts at once, kept outside the workspace."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from ui.appearance import ZOOMS, Appearance
from ui.pages.settings.section import FoundRow, Section
from ui.session_state import SessionState
from ui.theme.theme import Theme
from ui.theme.tokens import Density, ThemeMode
from ui.widgets.combo_box import ComboBox
from ui.widgets.segmented import Segmented
from ui.widgets.switch import Switch

MODES: Final = (ThemeMode.SYSTEM, ThemeMode.LIGHT, ThemeMode.DARK)
DENSITIES: Final = (Density.COMFORTABLE, Density.COMPACT)


class AppearanceSection(Section):
    """Theme, density, zoom and motion."""

    def __init__(self, theme: Theme, state: SessionState, *, parent: QWidget | None = None) -> None:
        super().__init__("", "appearance", parent=parent)
        self.title = self.tr("Appearance")
        appearance = Appearance(theme, state)
        self.mode = Segmented([self.tr("As the system"), self.tr("Light"), self.tr("Dark")], name=self.tr("Theme"))
        self.density = Segmented([self.tr("Comfortable"), self.tr("Compact")], name=self.tr("Rows"))
        self.zoom = ComboBox()
        for zoom in ZOOMS:
            self.zoom.addItem(f"{zoom:.0%}".replace("%", "\u202f%"), zoom)
        self.motion = Switch(self.tr("Reduced motion"), on=theme.motion.reduced)
        self._look()
        # A method of this object, so that the theme forgets it with the section.
        theme.theme_changed.connect(self._look)
        self.mode.part_chosen.connect(lambda part: appearance.set_mode(MODES[part]))
        self.density.part_chosen.connect(lambda part: appearance.set_density(DENSITIES[part]))
        self.zoom.activated.connect(lambda _row: appearance.set_zoom(float(self.zoom.currentData())))
        self.motion.toggled.connect(appearance.set_reduced_motion)
        self._fill()

    def _fill(self) -> None:
        self.zoom.setFixedWidth(round(120 * self.theme.zoom))
        self.rows_card(
            self.tr("Look"),
            [
                FoundRow(
                    self.tr("Theme"),
                    self.tr("Light or dark, or whatever the system says."),
                    icon="appearance",
                    control=self.mode,
                ),
                FoundRow(
                    self.tr("Rows"),
                    self.tr("Compact shows a quarter more of a list."),
                    icon="table",
                    control=self.density,
                ),
                FoundRow(
                    self.tr("Size"),
                    self.tr("Of everything in the window, on top of the scale of the system."),
                    icon="search",
                    control=self.zoom,
                ),
                FoundRow(
                    self.tr("Reduced motion"),
                    self.tr("Nothing glides; every change is there at once."),
                    icon="pause",
                    control=self.motion,
                ),
            ],
        )

    def _look(self) -> None:
        theme = self.theme
        self.mode.set_current(MODES.index(theme.mode))
        self.density.set_current(DENSITIES.index(theme.density))
        nearest = min(range(len(ZOOMS)), key=lambda place: abs(ZOOMS[place] - theme.zoom))
        self.zoom.setCurrentIndex(nearest)
