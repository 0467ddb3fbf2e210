"""The system's UI font in the roles of the type scale; on Linux not a generic family if a better one is."""

import sys
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from ui.theme.tokens import TYPE_SCALE, TextRole, TypeStyle

BETTER_FAMILIES: Final = ("Inter", "Noto Sans", "Cantarell", "Ubuntu", "Open Sans", "Roboto", "Source Sans 3")
GENERIC_FAMILIES: Final = frozenset(
    {
        "",
        "sans",
        "sans serif",
        "sans-serif",
        "dejavu sans",
        "bitstream vera sans",
        "helvetica",
        "liberation sans",
    }
)
BETTER_MONO_FAMILIES: Final = (
    "JetBrains Mono",
    "IBM Plex Mono",
    "Noto Sans Mono",
    "DejaVu Sans Mono",
    "Liberation Mono",
)
GENERIC_MONO_FAMILIES: Final = frozenset({"", "monospace", "mono", "courier", "courier new"})


def preferred_family(system: str, installed: frozenset[str], *, platform: str = sys.platform) -> str:
    """The family of all text: the system's own, unless that is a generic one on Linux."""
    if platform != "linux" or system.casefold() not in GENERIC_FAMILIES:
        return system
    return next((family for family in BETTER_FAMILIES if family in installed), system)


def preferred_mono_family(system: str, installed: frozenset[str], *, platform: str = sys.platform) -> str:
    """The family of codes and payloads, chosen by the same rule."""
    if platform != "linux" or system.casefold() not in GENERIC_MONO_FAMILIES:
        return system
    return next((family for family in BETTER_MONO_FAMILIES if family in installed), system)


class Fonts:
    """Fonts by role at one zoom; cached, so asking in a paint event is cheap."""

    def __init__(self, *, zoom: float = 1.0) -> None:
        installed = frozenset(QFontDatabase.families())
        general = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self.family = preferred_family(general.family(), installed)
        self.mono_family = preferred_mono_family(fixed.family(), installed)
        self._general = general
        self._fixed = fixed
        self._zoom = zoom
        self._cache: dict[tuple[TextRole, bool], QFont] = {}

    def font(self, role: TextRole = "body", *, tabular: bool = False) -> QFont:
        """The font of a role; tabular gives digits of one width for columns, axes and times."""
        key = (role, tabular)
        font = self._cache.get(key)
        if font is None:
            font = self._cache[key] = self._built(TYPE_SCALE[role], tabular=tabular)
        return font

    def line_height(self, role: TextRole) -> int:
        """Height of one line of a role in logical pixels."""
        return round(TYPE_SCALE[role].line * self._zoom)

    def glyph_font(self, size: int) -> QFont:
        """The one exception to the scale: initials painted at a size given by their avatar."""
        return self._built(TypeStyle(size, size, 600), tabular=False, zoom=1.0)

    def _built(self, style: TypeStyle, *, tabular: bool, zoom: float | None = None) -> QFont:
        factor = self._zoom if zoom is None else zoom
        font = QFont(self._fixed if style.mono else self._general)
        font.setFamily(self.mono_family if style.mono else self.family)
        if style.mono:
            font.setStyleHint(QFont.StyleHint.Monospace)
        font.setPixelSize(max(1, round(style.size * factor)))
        font.setWeight(QFont.Weight(style.weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if style.tracking:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, style.tracking * factor)
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font
