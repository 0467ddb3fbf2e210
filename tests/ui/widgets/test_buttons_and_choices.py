"""Buttons, chips and choices: they grow with their text, work by keyboard and say their names."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme.shapes import text_width
from ui.theme.theme import Theme
from ui.widgets.button import Button, ButtonKind
from ui.widgets.checkbox import Checkbox
from ui.widgets.chip import Chip
from ui.widgets.icon_button import IconButton
from ui.widgets.protection_choice import ProtectionChoice
from ui.widgets.segmented import Segmented
from ui.widgets.start_choice import StartChoice
from ui.widgets.switch import Switch


@pytest.mark.parametrize("kind", list(ButtonKind))
def test_a_button_grows_with_a_longer_text(theme: Theme, qtbot: QtBot, kind: ButtonKind) -> None:
    short, long = Button("Merge contacts", kind=kind), Button("Kontakte zusammenführen", kind=kind)
    qtbot.addWidget(short)
    qtbot.addWidget(long)
    needed = text_width(theme.font("body-medium"), "Kontakte zusammenführen")
    assert long.minimumSizeHint().width() > needed
    assert long.minimumSizeHint().width() > short.minimumSizeHint().width()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_is_pressed_by_key(theme: Theme, qtbot: QtBot, key: Qt.Key) -> None:
    button = Button("Save")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked, timeout=1000):
        QTest.keyClick(button, key)


def test_a_busy_button_keeps_its_label_and_ignores_presses(theme: Theme, qtbot: QtBot) -> None:
    button = Button("Save")
    qtbot.addWidget(button)
    button.set_busy(True, at_once=True)
    with qtbot.assertNotEmitted(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert button.label == "Save"
    assert button.accessibleDescription()
    button.set_busy(False)
    with qtbot.waitSignal(button.clicked, timeout=1000):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_an_ampersand_in_a_label_is_no_shortcut(theme: Theme, qtbot: QtBot) -> None:
    button = Button("R&D")
    qtbot.addWidget(button)
    assert button.shortcut().isEmpty()
    assert button.accessibleName() == "R&D"


def test_an_icon_button_has_a_name_and_a_tooltip(theme: Theme, qtbot: QtBot) -> None:
    button = IconButton("columns", "Columns", shortcut="C")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Columns"
    assert button.toolTip() == "Columns\tC"


def test_a_mixed_checkbox_becomes_checked_by_the_next_press(theme: Theme, qtbot: QtBot) -> None:
    box = Checkbox("All rows")
    qtbot.addWidget(box)
    box.set_mixed()
    box.click()
    assert box.checkState() is Qt.CheckState.Checked
    box.click()
    assert box.checkState() is Qt.CheckState.Unchecked


def test_the_focus_ring_of_a_checkbox_goes_around_the_box_only(theme: Theme, qtbot: QtBot) -> None:
    box = Checkbox("A long label that needs room")
    qtbot.addWidget(box)
    box.resize(box.sizeHint())
    assert box.focus_rect().width() == theme.metrics.mark


def test_a_switch_acts_at_once(theme: Theme, qtbot: QtBot) -> None:
    switch = Switch("Hide amounts")
    qtbot.addWidget(switch)
    with qtbot.waitSignal(switch.toggled, timeout=1000) as caught:
        QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert caught.args == [True]


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_a_removable_chip_goes_by_key(theme: Theme, qtbot: QtBot, key: Qt.Key) -> None:
    chip = Chip("Owner is me", removable=True)
    qtbot.addWidget(chip)
    with qtbot.waitSignal(chip.removed, timeout=1000):
        QTest.keyClick(chip, key)


def test_the_cross_of_a_chip_removes_and_its_text_does_not(theme: Theme, qtbot: QtBot) -> None:
    chip = Chip("Owner is me", removable=True)
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    with qtbot.assertNotEmitted(chip.removed), qtbot.waitSignal(chip.clicked, timeout=1000):
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(15, chip.height() // 2))
    with qtbot.waitSignal(chip.removed, timeout=1000):
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 14, chip.height() // 2))


def test_a_plain_chip_is_not_removed_by_delete(theme: Theme, qtbot: QtBot) -> None:
    chip = Chip("Mail")
    qtbot.addWidget(chip)
    with qtbot.assertNotEmitted(chip.removed):
        QTest.keyClick(chip, Qt.Key.Key_Delete)


def test_arrows_move_a_segmented_control_past_a_forbidden_part(theme: Theme, qtbot: QtBot) -> None:
    views = Segmented(["Board", "List", "Forecast"], name="View")
    qtbot.addWidget(views)
    views.set_part_enabled(1, False)
    with qtbot.waitSignal(views.part_chosen, timeout=1000) as caught:
        QTest.keyClick(views, Qt.Key.Key_Right)
    assert caught.args == [2]
    assert views.accessibleName() == "View: Forecast"


def test_a_segmented_control_stays_at_its_end(theme: Theme, qtbot: QtBot) -> None:
    views = Segmented(["Board", "List"], name="View")
    qtbot.addWidget(views)
    with qtbot.assertNotEmitted(views.part_chosen):
        QTest.keyClick(views, Qt.Key.Key_Left)


def test_start_choices_are_read_with_their_sentence(theme: Theme, qtbot: QtBot) -> None:
    choice = StartChoice("Open a demo", "312 invented customers", icon="play")
    qtbot.addWidget(choice)
    assert (choice.accessibleName(), choice.accessibleDescription()) == (
        "Open a demo",
        "312 invented customers",
    )


def test_arrows_move_the_protection_choice_and_tell(theme: Theme, qtbot: QtBot) -> None:
    choice = ProtectionChoice("How it is protected")
    qtbot.addWidget(choice)
    choice.add_choice("keyring", "System keyring", "Opens by itself.")
    choice.add_choice("none", "Not encrypted", "Whoever gets this disk reads it.", warning=True)
    choice.set_chosen("keyring")
    with qtbot.waitSignal(choice.choice_made, timeout=1000) as caught:
        QTest.keyClick(choice, Qt.Key.Key_Down)
    assert caught.args == ["none"]
    assert choice.chosen == "none"


def test_a_forbidden_protection_is_skipped(theme: Theme, qtbot: QtBot) -> None:
    choice = ProtectionChoice("How it is protected")
    qtbot.addWidget(choice)
    for key in ("keyring", "passphrase", "none"):
        choice.add_choice(key, key, key)
    choice.set_choice_enabled("passphrase", False, reason="Not on this laptop")
    choice.set_chosen("keyring")
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert choice.chosen == "none"


def test_a_long_label_of_a_checkbox_goes_on_in_the_next_line(theme: Theme, qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    column = QVBoxLayout(around)
    box = Checkbox("I have it on paper, on another disk, or in the safe of the office next door")
    column.addWidget(box)
    column.addStretch(1)
    around.resize(900, 200)
    around.show()
    wide = (box.width(), box.height())
    around.resize(280, 200)
    qtbot.waitUntil(lambda: box.height() > theme.metrics.hit_area)
    assert wide == (box.sizeHint().width(), theme.metrics.hit_area)
    assert box.width() < box.sizeHint().width()
    assert box.height() >= theme.metrics.hit_area + theme.fonts.line_height("body") - 4
    assert box.focus_rect().bottom() < theme.metrics.hit_area
