"""What tests of the window share: no screen, one theme per test, and silence about what the platform lacks."""

import os
from collections.abc import Iterator
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.theme.theme import THEME_PROPERTY, Theme
from ui.theme.tokens import ThemeMode

WITHOUT_A_SCREEN = r"This plugin does not support .*"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says at every window what it cannot do; that is no fault of ours."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore(WITHOUT_A_SCREEN))


@pytest.fixture(autouse=True)
def widgets_live_as_long_as_their_test(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The bot keeps weak references only, and a window collected while it is painted ends the process."""
    kept: list[QWidget] = []
    add = QtBot.addWidget

    def keep_and_add(self: QtBot, widget: QWidget, **options: Any) -> None:
        kept.append(widget)
        add(self, widget, **options)

    monkeypatch.setattr(QtBot, "addWidget", keep_and_add)
    yield
    kept.clear()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """A light theme without motion, installed on the application for one test."""
    theme = Theme(qapp, mode=ThemeMode.LIGHT, reduced_motion=True)
    theme.install()
    yield theme
    qapp.setProperty(THEME_PROPERTY, None)
    qapp.styleHints().colorSchemeChanged.disconnect(theme._on_color_scheme_changed)
    theme.deleteLater()
