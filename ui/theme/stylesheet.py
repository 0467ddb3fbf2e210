"""The style sheet for what Qt paints itself: scroll bars, bare editors, splitters; built from tokens only."""

from PySide6.QtGui import QColor

from ui.theme.fonts import Fonts
from ui.theme.tokens import Metrics, Palette

PASSWORD_DOT = 0x2022
"""A bullet: the black circle of the platforms is as large as a letter."""


def css_colour(colour: QColor) -> str:
    """A colour as the style sheet wants it, with its opacity."""
    return f"rgba({colour.red()}, {colour.green()}, {colour.blue()}, {colour.alpha()})"


def stylesheet(palette: Palette[QColor], *, metrics: Metrics, fonts: Fonts) -> str:
    """The sheet of the application at these tokens."""
    return "\n".join((_scroll_bars(palette, metrics), _views(palette), _editors(palette, metrics, fonts)))


def _scroll_bars(palette: Palette[QColor], metrics: Metrics) -> str:
    width, inset = metrics.scrollbar, metrics.space_2
    radius = (width - 2 * inset) // 2
    return f"""
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: {width}px; }}
QScrollBar:horizontal {{ height: {width}px; }}
QScrollBar::handle {{
  background: {css_colour(palette.line_strong)}; border-radius: {radius}px; margin: {inset}px;
}}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {css_colour(palette.field_line)}; }}
QScrollBar::handle:vertical {{ min-height: {metrics.control}px; }}
QScrollBar::handle:horizontal {{ min-width: {metrics.control}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; background: none; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
"""


def _views(palette: Palette[QColor]) -> str:
    return f"""
QAbstractScrollArea[bare="true"] {{ background: transparent; border: none; }}
QSplitter::handle {{ background: {css_colour(palette.line)}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QToolTip {{ color: {css_colour(palette.toast_text)}; background: {css_colour(palette.toast)}; border: none; }}
"""


def _editors(palette: Palette[QColor], metrics: Metrics, fonts: Fonts) -> str:
    return f"""
QLineEdit[bare="true"], QPlainTextEdit[bare="true"], QTextEdit[bare="true"] {{
  background: transparent; border: none; padding: 0; margin: 0;
  color: {css_colour(palette.text)};
  selection-background-color: {css_colour(palette.accent_soft_2)};
  selection-color: {css_colour(palette.text)};
}}
QLineEdit[bare="true"] {{ lineedit-password-character: {PASSWORD_DOT}; }}
QPlainTextEdit[code="true"] {{
  background: {css_colour(palette.code)}; color: {css_colour(palette.text)};
  border: 1px solid {css_colour(palette.line)}; border-radius: {metrics.radius}px;
  padding: {metrics.space_12}px;
  font-family: "{fonts.mono_family}"; font-size: {fonts.font("mono").pixelSize()}px;
}}
"""
