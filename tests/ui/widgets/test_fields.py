"""Fields tell what is wrong beside them, and combos open a list that keys can work."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ui.theme.theme import Theme
from ui.widgets.combo_field import ComboField
from ui.widgets.form_row import FormRow
from ui.widgets.icon_button import IconButton
from ui.widgets.line_field import LineField
from ui.widgets.option_list import OptionList
from ui.widgets.paragraph import Paragraph
from ui.widgets.settings_row import SettingsRow
from ui.widgets.switch import Switch
from ui.widgets.text_field import TextField


def said_below(field: LineField) -> str:
    """What a screen reader hears after the value."""
    return field.editor.accessibleDescription()


def test_a_field_is_named_by_its_label(theme: Theme, qtbot: QtBot) -> None:
    field = LineField("Your name")
    qtbot.addWidget(field)
    assert field.editor.accessibleName() == "Your name"


def test_an_error_replaces_the_help_and_leaves_again(theme: Theme, qtbot: QtBot) -> None:
    field = LineField("Day", help_text="Day, month, year")
    qtbot.addWidget(field)
    field.set_error("Pick a day from 1 to 28.")
    assert field.field_state.value == "error"
    assert said_below(field) == "Pick a day from 1 to 28."
    field.set_error("")
    assert field.field_state.value == "normal"
    assert said_below(field) == "Day, month, year"


def test_a_warning_keeps_the_field_usable(theme: Theme, qtbot: QtBot) -> None:
    field = LineField("Source")
    qtbot.addWidget(field)
    field.set_warning("New, check the spelling.")
    assert field.field_state.value == "warning"
    assert field.editor.isEnabled()


def test_typing_and_return_are_told(theme: Theme, qtbot: QtBot) -> None:
    field = LineField("Name")
    qtbot.addWidget(field)
    with qtbot.waitSignals([field.text_edited, field.text_changed], timeout=1000):
        QTest.keyClicks(field.editor, "A")
    with qtbot.waitSignal(field.submitted, timeout=1000):
        QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.text == "A"


def test_a_secret_is_shown_only_on_request(theme: Theme, qtbot: QtBot) -> None:
    field = LineField("Passphrase", secret=True)
    qtbot.addWidget(field)
    assert field.editor.echoMode() is QLineEdit.EchoMode.Password
    assert field._eye is not None
    field._eye.click()
    assert field.editor.echoMode() is QLineEdit.EchoMode.Normal
    assert field._eye.accessibleName() == "Hide"


def test_a_managed_field_says_by_whom(theme: Theme, qtbot: QtBot) -> None:
    field = ComboField("Lock when idle", [("10 minutes", 10)])
    qtbot.addWidget(field)
    field.set_managed(True, source="Nordvik Trading")
    assert not field.combo.isEnabled()
    assert field.combo.toolTip() == "Nordvik Trading"
    field.set_managed(False)
    assert field.combo.isEnabled()
    assert field.combo.toolTip() == ""


def test_a_text_field_lets_tab_move_on(theme: Theme, qtbot: QtBot) -> None:
    field = TextField("Note", lines=4)
    qtbot.addWidget(field)
    assert field.editor.tabChangesFocus()
    assert field.editor.height() == 4 * theme.fonts.line_height("body")


def test_a_combo_carries_values(theme: Theme, qtbot: QtBot) -> None:
    field = ComboField("Stage", [("Proposal", 1), ("Negotiation", 2)])
    qtbot.addWidget(field)
    field.set_value(2)
    assert (field.value, field.combo.currentText()) == (2, "Negotiation")
    with pytest.raises(ValueError, match="3"):
        field.set_value(3)


def test_a_combo_is_chosen_by_keyboard(theme: Theme, qtbot: QtBot) -> None:
    field = ComboField("Stage", [("Proposal", 1), ("Negotiation", 2)])
    qtbot.addWidget(field)
    field.show()
    QTest.keyClick(field.combo, Qt.Key.Key_Space)
    assert field.combo.is_open
    popover = QApplication.activePopupWidget()
    assert popover is not None
    options = popover.findChild(OptionList)
    assert isinstance(options, OptionList)
    QTest.keyClick(options, Qt.Key.Key_Down)
    with qtbot.waitSignal(field.value_chosen, timeout=1000) as caught:
        QTest.keyClick(options, Qt.Key.Key_Return)
    assert caught.args == [2]
    assert not field.combo.is_open


def test_escape_closes_a_combo_without_choosing(theme: Theme, qtbot: QtBot) -> None:
    field = ComboField("Stage", [("Proposal", 1), ("Negotiation", 2)])
    qtbot.addWidget(field)
    field.show()
    field.combo.showPopup()
    popover = QApplication.activePopupWidget()
    assert popover is not None
    with qtbot.assertNotEmitted(field.value_chosen):
        QTest.keyClick(popover, Qt.Key.Key_Escape)
    assert not field.combo.is_open
    assert field.value == 1


def test_a_paragraph_is_as_high_as_its_lines_at_any_width(theme: Theme, qtbot: QtBot) -> None:
    paragraph = Paragraph("Opens your data if the keyring of this laptop is lost. " * 2)
    qtbot.addWidget(paragraph)
    paragraph.show()
    paragraph.resize(200, 10)
    narrow = paragraph.minimumHeight()
    paragraph.resize(600, 10)
    assert paragraph.minimumHeight() < narrow
    assert narrow >= 4 * theme.fonts.line_height("body")


def test_text_of_users_is_never_markup(theme: Theme, qtbot: QtBot) -> None:
    paragraph = Paragraph("<b>Anna</b> & <script>")
    qtbot.addWidget(paragraph)
    assert "&lt;b&gt;Anna&lt;/b&gt; &amp; &lt;script&gt;" in paragraph.text()


def test_a_settings_row_names_its_control(theme: Theme, qtbot: QtBot) -> None:
    switch = Switch("")
    row = SettingsRow("Hide amounts", "Shows dots instead.", icon="eye", control=switch)
    qtbot.addWidget(row)
    assert switch.accessibleName() == "Hide amounts"
    row.set_managed(True, source="Nordvik Trading")
    assert not switch.isEnabled()


def test_a_form_row_without_a_control_shows_a_value(theme: Theme, qtbot: QtBot) -> None:
    row = FormRow("Work e-mail", value="a@almeda.example")
    qtbot.addWidget(row)
    row.set_value("b@almeda.example")
    with_control = FormRow("Off", Switch("Off"))
    qtbot.addWidget(with_control)
    with pytest.raises(ValueError, match="control"):
        with_control.set_value("x")


def test_a_field_that_can_be_cleared_offers_it_only_while_something_is_in_it(theme: Theme, qtbot: QtBot) -> None:
    field = LineField("", placeholder="Find a setting", clearable=True)
    qtbot.addWidget(field)
    field.show()
    clear = field.findChild(IconButton)
    assert clear is not None
    seen = [clear.isVisible()]
    field.set_text("theme")
    seen.append(clear.isVisible())
    clear.click()
    assert (seen, field.text, clear.isVisible()) == ([False, True], "", False)
