"""The theme follows the system or stays, zooms, and tells when it changed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.theme.palettes import DARK, LIGHT
from ui.theme.theme import Theme, theme_of
from ui.theme.tokens import Density, ThemeMode


def test_without_a_theme_asking_for_it_fails_loudly(qapp: QApplication) -> None:
    with pytest.raises(LookupError):
        theme_of(qapp)


def test_an_installed_theme_is_found(theme: Theme) -> None:
    assert theme_of() is theme


def test_choosing_dark_changes_colours_and_tells(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.theme_changed, timeout=1000):
        theme.set_mode(ThemeMode.DARK)
    assert theme.is_dark
    assert theme.palette.raised.name().upper() == DARK.raised


def test_what_qt_paints_itself_takes_the_palette(theme: Theme, qapp: QApplication) -> None:
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == LIGHT.surface


def test_a_fixed_mode_ignores_the_system(theme: Theme) -> None:
    theme._on_color_scheme_changed(Qt.ColorScheme.Dark)
    assert not theme.is_dark


def test_choosing_the_same_mode_again_tells_nothing(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.theme_changed):
        theme.set_mode(ThemeMode.LIGHT)


def test_compact_rows_are_lower(theme: Theme) -> None:
    assert theme.row_height == 40
    theme.set_density(Density.COMPACT)
    assert theme.row_height == 32


def test_zoom_scales_sizes_and_fonts(theme: Theme) -> None:
    theme.set_zoom(2.0)
    assert theme.metrics.control == 64
    assert theme.font("body").pixelSize() == 26


def test_zoom_stays_within_reason(theme: Theme) -> None:
    theme.set_zoom(9.0)
    assert theme.zoom == 2.0


def test_reduced_motion_takes_no_time(theme: Theme) -> None:
    assert (theme.motion.fast, theme.motion.normal, theme.motion.celebrate) == (0, 0, 0)
    theme.set_reduced_motion(False)
    assert (theme.motion.fast, theme.motion.normal, theme.motion.celebrate) == (90, 140, 150)


def test_the_style_sheet_names_no_colour_that_is_not_a_token(theme: Theme, qapp: QApplication) -> None:
    assert "#" not in qapp.styleSheet()
    assert qapp.styleSheet()
