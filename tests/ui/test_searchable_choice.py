"""A long choice that is narrowed down by typing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListView
from pytestqt.qtbot import QtBot

from ui.searchable_choice import SearchableChoice
from ui.theme.theme import Theme

CITIES = [
    ("Berlin, UTC+1", "Europe/Berlin"),
    ("Bern, UTC+1", "Europe/Zurich"),
    ("Buenos Aires, UTC\u22123", "America/Argentina/Buenos_Aires"),
    ("Oslo, UTC+1", "Europe/Oslo"),
]


@pytest.fixture
def choice(qtbot: QtBot, theme: Theme) -> SearchableChoice:
    """Four cities, Berlin chosen."""
    choice = SearchableChoice("Find a city")
    qtbot.addWidget(choice)
    for name, zone in CITIES:
        choice.addItem(name, zone)
    choice.show()
    return choice


def opened(choice: SearchableChoice) -> tuple[QLineEdit, QListView]:
    """The field and the list of the open popover."""
    choice.showPopup()
    popover = choice._popover
    assert popover is not None
    field, options = popover.findChild(QLineEdit), popover.findChild(QListView)
    assert isinstance(field, QLineEdit) and isinstance(options, QListView)
    return field, options


def shown(options: QListView) -> list[str]:
    """The texts of the list."""
    model = options.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_everything_is_listed_before_anything_is_typed(choice: SearchableChoice) -> None:
    _field, options = opened(choice)
    assert shown(options) == [name for name, _zone in CITIES]
    choice.hidePopup()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ber", ["Berlin, UTC+1", "Bern, UTC+1"]),
        ("OSLO", ["Oslo, UTC+1"]),
        ("buenos aires", ["Buenos Aires, UTC\u22123"]),
        ("argentina", ["Buenos Aires, UTC\u22123"]),
        ("europe utc+1", ["Berlin, UTC+1", "Bern, UTC+1", "Oslo, UTC+1"]),
        ("atlantis", []),
    ],
)
def test_only_what_holds_every_typed_word_is_listed(choice: SearchableChoice, typed: str, found: list[str]) -> None:
    field, options = opened(choice)
    field.setText(typed)
    assert shown(options) == found
    choice.hidePopup()


def test_arrows_and_return_choose_without_leaving_the_field(choice: SearchableChoice, qtbot: QtBot) -> None:
    field, _options = opened(choice)
    field.setText("ber")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(choice.activated):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert choice.currentData() == "Europe/Zurich"
    assert not choice.is_open


def test_return_with_nothing_found_changes_nothing(choice: SearchableChoice, qtbot: QtBot) -> None:
    field, _options = opened(choice)
    field.setText("atlantis")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert choice.currentData() == "Europe/Berlin"


def test_the_next_opening_lists_everything_again(choice: SearchableChoice) -> None:
    field, _options = opened(choice)
    field.setText("oslo")
    choice.hidePopup()
    _field, options = opened(choice)
    assert len(shown(options)) == len(CITIES)
    choice.hidePopup()
