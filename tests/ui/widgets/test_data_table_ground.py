"""A table shown while the theme changes stands on the new theme's ground, head and rows alike."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QStandardItemModel
from pytestqt.qtbot import QtBot

from ui.delegates.roles import CellKind
from ui.theme.theme import Theme
from ui.theme.tokens import ThemeMode
from ui.widgets.data_table import DataTable


def test_the_ground_follows_a_theme_that_changes_while_the_table_is_shown(qtbot: QtBot, theme: Theme) -> None:
    theme.set_mode(ThemeMode.LIGHT)
    table = DataTable("People", kinds=[CellKind.TEXT])
    qtbot.addWidget(table)
    table.setModel(QStandardItemModel(0, 1, table))
    table.resize(400, 300)
    table.show()
    qtbot.waitExposed(table)
    for mode in (ThemeMode.DARK, ThemeMode.LIGHT):
        theme.set_mode(mode)
        picture = table.grab().toImage()
        below = table.viewport().mapTo(table, QPoint(20, 150))
        head = table.table_header.mapTo(table, QPoint(200, 4))
        assert picture.pixelColor(below) == theme.colour("surface")
        assert picture.pixelColor(head) == theme.colour("surface")
