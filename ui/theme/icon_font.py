"""The one icon set that is used, loaded alone: loading all that qtawesome brings holds the window up for 60 ms."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

import qtawesome
from PySide6.QtGui import QFont
from qtawesome.iconic_font import IconicFont

PREFIX: Final = "ph"
_SET: Final = "phosphor"


@cache
def _set() -> Any:
    folder = Path(qtawesome.__file__).parent / "fonts"
    outlines = next(folder.glob(f"{_SET}-*.ttf"))
    names = next(folder.glob(f"{_SET}-charmap-*.json"))
    return IconicFont((PREFIX, outlines.name, names.name))


def icon_font(size: int) -> QFont:
    """The font of the icon set at a size in pixels."""
    font: QFont = _set().font(PREFIX, size)
    return font


def character_of(glyph: str) -> str:
    """The character that draws a glyph of the set. Raises KeyError for a name it does not have."""
    return str(_set().charmap[PREFIX][glyph])
