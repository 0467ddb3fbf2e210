"""The unlock card: right and wrong passphrases, waits, Caps Lock and the recovery code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from services.store.store import Surroundings
from services.vault.memory_store import MemoryStore
from services.vault.protection import Protection
from services.vault.recovery import RecoveryCode
from services.workspace_list import WorkspaceList
from services.workspaces import NewWorkspace, Workspaces
from tests.ui.running import PASSPHRASE, Started, make_workspace, started
from ui.pages.unlock.page import UnlockPage
from ui.pages.unlock.recovery_fields import RecoveryFields
from ui.theme.theme import Theme


@pytest.fixture
def locked(qtbot: QtBot, tmp_path: Path) -> Iterator[Started]:
    """The window before a workspace that asks for a passphrase."""
    make_workspace(tmp_path, protection=Protection.PASSPHRASE)
    with started(qtbot, tmp_path) as running:
        running.wait(lambda: isinstance(running.window.cards.card, UnlockPage))
        running.settle()
        yield running


def try_passphrase(running: Started, text: str) -> UnlockPage:
    """Try one and wait for the answer."""
    page = running.card(UnlockPage)
    page.passphrase.set_text(text)
    page.unlock_button.click()
    running.wait(lambda: not page.view_model.is_busy)
    return page


def test_nothing_of_the_workspace_is_painted_before_the_passphrase(locked: Started) -> None:
    assert locked.parts.opening.workspace is None
    assert not locked.window.frame.isVisible()


def test_the_right_passphrase_opens_the_workspace(locked: Started) -> None:
    page = locked.card(UnlockPage)
    page.passphrase.set_text(PASSPHRASE)
    page.unlock_button.click()
    locked.wait_open()
    assert len(locked.workspace.contacts.cards([1, 2, 3])) == 3


def test_return_in_the_field_unlocks(locked: Started, qtbot: QtBot) -> None:
    page = locked.card(UnlockPage)
    page.passphrase.set_text(PASSPHRASE)
    qtbot.keyClick(page.passphrase.editor, Qt.Key.Key_Return)
    locked.wait_open()


def test_a_wrong_passphrase_says_what_did_not_change_and_how_many_tries_are_left(locked: Started) -> None:
    page = try_passphrase(locked, "wrong passphrase")
    assert "did not open the workspace" in page._error.text()
    assert "Nothing was changed; 4 more tries" in page._error.text()
    assert page.passphrase.editor.selectedText() != ""


def test_an_empty_passphrase_is_no_try(locked: Started) -> None:
    page = try_passphrase(locked, "")
    assert page.view_model.tries_left == 5


def test_after_five_wrong_tries_one_waits_even_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    make_workspace(tmp_path, protection=Protection.PASSPHRASE)
    with started(qtbot, tmp_path) as running:
        running.wait(lambda: isinstance(running.window.cards.card, UnlockPage))
        for _ in range(5):
            try_passphrase(running, "wrong passphrase")
        page = running.card(UnlockPage)
        assert not page.unlock_button.isEnabled()
        assert "wait 30 seconds" in page._error.text()
    with started(qtbot, tmp_path) as running:
        running.wait(lambda: isinstance(running.window.cards.card, UnlockPage))
        page = running.card(UnlockPage)
        assert not page.unlock_button.isEnabled()
        running.clock.advance(timedelta(seconds=31))
        running.wait(page.unlock_button.isEnabled)
        page.passphrase.set_text(PASSPHRASE)
        page.unlock_button.click()
        running.wait_open()


def test_the_right_passphrase_forgets_the_wrong_ones(locked: Started) -> None:
    try_passphrase(locked, "wrong passphrase")
    locked.card(UnlockPage).passphrase.set_text(PASSPHRASE)
    locked.card(UnlockPage).unlock_button.click()
    locked.wait_open()
    locked.window.lock()
    locked.wait(lambda: isinstance(locked.window.cards.card, UnlockPage))
    assert locked.card(UnlockPage).view_model.tries_left == 5


@pytest.mark.parametrize(
    ("text", "shift", "is_on"),
    [("a", False, False), ("A", True, False), ("A", False, True), ("a", True, True), ("7", False, False)],
)
def test_a_letter_in_a_case_that_shift_does_not_explain_tells_that_caps_lock_is_on(
    locked: Started, text: str, shift: bool, is_on: bool
) -> None:
    page = locked.card(UnlockPage)
    modifiers = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifiers, text)
    QCoreApplication.sendEvent(page.passphrase.editor, press)
    assert ("Caps Lock is on" in page._error.text()) is is_on


def test_the_hint_goes_when_caps_lock_does(locked: Started) -> None:
    page = locked.card(UnlockPage)
    for text in ("A", "b"):
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, text)
        QCoreApplication.sendEvent(page.passphrase.editor, press)
    assert "Caps Lock" not in page._error.text()


def test_the_passphrase_can_be_looked_at(locked: Started) -> None:
    editor = locked.card(UnlockPage).passphrase.editor
    assert editor.echoMode() is QLineEdit.EchoMode.Password


def with_code(folder: Path) -> tuple[Path, RecoveryCode]:
    """A passphrase workspace, known to the window, and its recovery code."""
    workspaces = Workspaces(MemoryStore(), Surroundings(device=b"t" * 16))
    request = NewWorkspace(protection=Protection.PASSPHRASE, passphrase=PASSPHRASE, user_name="Lena")
    created = workspaces.create(folder / "Nordvik.mycrm", request)
    created.workspace.close()
    WorkspaceList(folder / "config").use(created.workspace.store.path)
    assert created.recovery_code is not None
    return created.workspace.store.path, created.recovery_code


def test_the_recovery_code_opens_what_the_passphrase_would(qtbot: QtBot, tmp_path: Path) -> None:
    path, code = with_code(tmp_path)
    with started(qtbot, tmp_path) as running:
        running.wait(lambda: isinstance(running.window.cards.card, UnlockPage))
        page = running.card(UnlockPage)
        assert not page.recovery_button.isEnabled()
        page.recovery.set_text(code.format().lower().replace("-", " "))
        page.recovery_button.click()
        running.wait_open()
        assert running.workspace.store.path == path


def test_a_mistyped_recovery_code_says_where_to_look(qtbot: QtBot, tmp_path: Path) -> None:
    _path, code = with_code(tmp_path)
    wrong = code.format()
    wrong = ("1" if wrong[0] != "1" else "2") + wrong[1:]
    with started(qtbot, tmp_path) as running:
        running.wait(lambda: isinstance(running.window.cards.card, UnlockPage))
        page = running.card(UnlockPage)
        page.recovery.set_text(wrong)
        page.recovery_button.click()
        assert "group 1" in page._recovery_help.text()
        running.settle()


def test_the_code_of_another_workspace_does_not_open_this_one(qtbot: QtBot, tmp_path: Path) -> None:
    with_code(tmp_path)
    with started(qtbot, tmp_path) as running:
        running.wait(lambda: isinstance(running.window.cards.card, UnlockPage))
        page = running.card(UnlockPage)
        page.recovery.set_text(RecoveryCode.from_number(7).format())
        page.recovery_button.click()
        running.wait(lambda: page.view_model.error is not None and not page.view_model.is_busy)
        assert page.view_model.is_error_of_code
        assert running.parts.opening.workspace is None


def test_a_keyring_workspace_whose_key_is_gone_asks_for_the_recovery_code(qtbot: QtBot, tmp_path: Path) -> None:
    make_workspace(tmp_path, protection=Protection.KEYRING)
    with started(qtbot, tmp_path) as running:
        running.wait(lambda: isinstance(running.window.cards.card, UnlockPage))
        page = running.card(UnlockPage)
        assert page.passphrase.isHidden()
        assert page._error.text() != ""
        running.settle()


@pytest.fixture
def fields(qtbot: QtBot, theme: Theme) -> RecoveryFields:
    """The eight fields alone."""
    fields = RecoveryFields()
    qtbot.addWidget(fields)
    fields.show()
    fields.activateWindow()
    qtbot.waitUntil(fields.isActiveWindow)
    return fields


def test_a_paste_into_any_field_fills_all_of_them(fields: RecoveryFields, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("k7pm-4twr-9che-v2na\n6lgy-jx3f-8dbu-q2xd")
    qtbot.keyClick(fields._editors[3], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert fields.text == "K7PM-4TWR-9CHE-V2NA-6LGY-JX3F-8DBU-Q2XD"
    assert fields.is_complete


def test_a_full_group_moves_on_and_backspace_moves_back(fields: RecoveryFields, qtbot: QtBot) -> None:
    fields._editors[0].setFocus()
    qtbot.keyClicks(fields._editors[0], "k7pm")
    assert fields._editors[0].text() == "K7PM"
    assert fields._editors[1].hasFocus()
    qtbot.keyClick(fields._editors[1], Qt.Key.Key_Backspace)
    assert fields._editors[0].hasFocus()


def test_dashes_typed_into_a_field_are_left_out(fields: RecoveryFields, qtbot: QtBot) -> None:
    qtbot.keyClicks(fields._editors[0], "k-7")
    assert fields._editors[0].text() == "K7"
