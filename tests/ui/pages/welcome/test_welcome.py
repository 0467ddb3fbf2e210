"""The first start: creating, the recovery code, the demo, and what can be missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from services.errors import NeedsDecision
from services.vault.memory_store import MemoryStore
from services.vault.opening import FileKind, identify
from services.vault.recovery import RecoveryCode
from services.workspace_list import WorkspaceList
from tests.ui.running import PASSPHRASE, Started, make_workspace, started
from ui.pages.welcome import recovery_card
from ui.pages.welcome.page import DEMO, EXISTING, WelcomePage
from ui.pages.welcome.recovery_sheet import save_sheet, sheet_lines


class NoKeyring(MemoryStore):
    """A laptop whose keyring cannot be trusted."""

    def trust(self) -> None:
        """Refuse."""
        raise NeedsDecision("This laptop has no keyring", "Choose a passphrase.", code="no_keyring")


@pytest.fixture
def running(qtbot: QtBot, tmp_path: Path) -> Iterator[Started]:
    """The window at its first start."""
    with started(qtbot, tmp_path) as running:
        running.settle()
        yield running


def fill_in(running: Started, qtbot: QtBot, *, name: str = "Lena Hartmann") -> WelcomePage:
    """Type who works here."""
    page = running.card(WelcomePage)
    qtbot.keyClicks(page.create_form.name.editor, name)
    qtbot.keyClicks(page.create_form.email.editor, "lena@nordvik.example")
    return page


def shown_code(page: WelcomePage) -> RecoveryCode:
    """The recovery code on show."""
    return RecoveryCode.parse("-".join(page.create_form.recovery._groups))


def test_a_workspace_is_created_encrypted_and_opens_after_its_code_was_kept(
    running: Started, qtbot: QtBot, tmp_path: Path
) -> None:
    page = fill_in(running, qtbot)
    page.primary.click()
    running.wait(lambda: page.view_model.is_created)
    path = tmp_path / "Documents" / "My workspace.mycrm"
    assert identify(path).kind is FileKind.ENCRYPTED
    assert not page.primary.isEnabled()
    shown_code(page)
    page.create_form.recovery.tick()
    assert page.primary.isEnabled()
    page.primary.click()
    running.wait_open()
    user = running.workspace.users.acting()
    assert user is not None and (user.name, user.email) == ("Lena Hartmann", "lena@nordvik.example")
    assert running.workspace.store.cipher is not None
    assert WorkspaceList(tmp_path / "config").last_used() == path


def test_the_recovery_code_that_was_shown_opens_the_workspace_without_the_keyring(
    running: Started, qtbot: QtBot
) -> None:
    from services.store.store import Surroundings
    from services.workspaces import Workspaces

    page = fill_in(running, qtbot)
    page.primary.click()
    running.wait(lambda: page.view_model.is_created)
    code, path = shown_code(page), page.view_model.wanted.path
    page.create_form.recovery.tick()
    page.primary.click()
    running.wait_open()
    elsewhere = Workspaces(MemoryStore(), Surroundings(device=b"e" * 16))
    workspace = elsewhere.open(path, recovery_code=code.format())
    workspace.close()


def test_nothing_of_the_code_is_left_on_the_card_once_the_workspace_is_open(running: Started, qtbot: QtBot) -> None:
    page = fill_in(running, qtbot)
    page.primary.click()
    running.wait(lambda: page.view_model.is_created)
    recovery = page.create_form.recovery
    recovery.tick()
    page.primary.click()
    assert recovery._groups == ()
    assert recovery._view.accessibleDescription().replace("•", "").replace(",", "").strip() == ""
    running.wait_open()


def test_the_settings_know_that_the_code_was_written_down(running: Started, qtbot: QtBot) -> None:
    page = fill_in(running, qtbot)
    page.primary.click()
    running.wait(lambda: page.view_model.is_created)
    page.create_form.recovery.tick()
    page.primary.click()
    running.wait_open()
    uid = running.workspace.store.path.read_bytes()[:16].hex()
    running.wait(lambda: bool(running.parts.state.get("settings", f"code_kept_{uid}")))


def test_return_in_a_field_creates_too(running: Started, qtbot: QtBot) -> None:
    page = fill_in(running, qtbot)
    qtbot.keyClick(page.create_form.email.editor, Qt.Key.Key_Return)
    running.wait(lambda: page.view_model.is_created)


@pytest.mark.parametrize(
    ("prepare", "field", "text"),
    [
        (lambda page: None, "name", "Type your name"),
        (lambda page: page.view_model.wish(user_name="  "), "name", "Type your name"),
        (lambda page: page.view_model.wish(user_name="Lena", email="lena"), "email", "has an @"),
        (
            lambda page: page.view_model.wish(user_name="Lena", protection="passphrase", passphrase="four words"),
            "repeated",
            "Both must be the same",
        ),
    ],
)
def test_what_is_missing_stands_beside_its_field_and_nothing_is_made(
    running: Started, tmp_path: Path, prepare: Callable[[WelcomePage], None], field: str, text: str
) -> None:
    page = running.card(WelcomePage)
    prepare(page)
    page.primary.click()
    running.settle()
    form = page.create_form
    beside = {"name": form.name, "email": form.email, "repeated": form.repeated}[field]
    assert text in beside._message.text()
    assert not (tmp_path / "Documents").exists()


def test_a_weak_passphrase_is_refused_beside_its_field(running: Started, qtbot: QtBot, tmp_path: Path) -> None:
    page = fill_in(running, qtbot)
    page.view_model.wish(protection="passphrase", passphrase="short")
    page.create_form.repeated.set_text("short")
    page.primary.click()
    running.wait(lambda: page.view_model.trouble is not None)
    assert "8 characters" in page.create_form.passphrase._message.text()
    assert list((tmp_path / "Documents").glob("*")) == []


def test_a_passphrase_workspace_is_made_and_forgets_the_passphrase(running: Started, qtbot: QtBot) -> None:
    page = fill_in(running, qtbot)
    page.create_form.protection._rows["passphrase"].radio.click()
    qtbot.keyClicks(page.create_form.passphrase.editor, PASSPHRASE)
    qtbot.keyClicks(page.create_form.repeated.editor, PASSPHRASE)
    page.primary.click()
    running.wait(lambda: page.view_model.is_created)
    assert page.view_model.wanted.passphrase == ""
    assert page.create_form.passphrase.text == ""


def test_a_plain_workspace_opens_at_once_and_has_no_code(running: Started, qtbot: QtBot) -> None:
    page = fill_in(running, qtbot)
    page.create_form.protection._rows["plain"].radio.click()
    assert page.create_form.recovery.isHidden()
    page.primary.click()
    running.wait_open()
    assert running.workspace.store.cipher is None


def test_without_a_keyring_the_card_says_so_and_chooses_the_passphrase(qtbot: QtBot, tmp_path: Path) -> None:
    with started(qtbot, tmp_path, keys=NoKeyring()) as running:
        page = running.card(WelcomePage)
        running.wait(lambda: bool(page.view_model.no_keyring))
        assert page.view_model.wanted.protection == "passphrase"
        assert not page.create_form.protection._rows["keyring"].isEnabled()
        assert "no keyring" in page.create_form._no_keyring.text()
        running.settle()


def test_a_folder_that_cannot_be_written_is_said_at_the_foot(running: Started, qtbot: QtBot, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    page = fill_in(running, qtbot)
    page.view_model.wish(path=blocked / "Mine.mycrm")
    page.primary.click()
    running.wait(lambda: page.view_model.trouble is not None)
    assert "could not be made" in page._error.text()
    assert page.primary.isEnabled()


def test_another_place_can_be_chosen(running: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = running.card(WelcomePage)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "Nordvik"), ""))
    page.create_form._on_place_clicked("place")
    assert page.view_model.wanted.path == tmp_path / "Nordvik.mycrm"


def test_the_demo_is_built_and_opened(running: Started) -> None:
    page = running.card(WelcomePage)
    page.choose(DEMO)
    page.primary.click()
    running.wait_open()
    assert running.workspace.store.path.name == "Demo.mycrm"
    assert len(running.workspace.contacts.cards([1, 2])) == 2


def test_a_known_workspace_is_opened_from_the_list(qtbot: QtBot, tmp_path: Path) -> None:
    path = make_workspace(tmp_path)
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        running.window.cards.show_welcome(can_go_back=True)
        page = running.card(WelcomePage)
        page.choose(EXISTING)
        page.existing_form.path_chosen.emit(path)
        running.wait_open()
        assert running.workspace.store.path == path


def test_back_returns_to_the_open_workspace(qtbot: QtBot, tmp_path: Path) -> None:
    make_workspace(tmp_path)
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        running.window.cards.show_welcome(can_go_back=True)
        running.card(WelcomePage).back_requested.emit()
        assert running.window.is_ready
        running.settle()


def test_leaving_while_the_code_is_on_show_keeps_the_workspace_and_closes_it(
    running: Started, qtbot: QtBot, tmp_path: Path
) -> None:
    page = fill_in(running, qtbot)
    page.primary.click()
    running.wait(lambda: page.view_model.is_created)
    running.window.cards.clear()
    running.settle()
    assert (tmp_path / "Documents" / "My workspace.mycrm").exists()
    assert not (tmp_path / "Documents" / "My workspace.mycrm-wal").exists()


def test_the_saved_sheet_holds_the_code_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    code = RecoveryCode.from_number(7)
    file = tmp_path / "code.txt"
    save_sheet(file, "Nordvik", code.groups)
    text = file.read_text(encoding="utf-8")
    assert RecoveryCode.parse(text.split("\n\n")[2] + text.split("\n\n")[3]) == code
    assert file.stat().st_mode & 0o077 == 0
    assert len(sheet_lines("Nordvik", code.groups)) == 6


def test_saving_beside_the_workspace_warns(running: Started, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = fill_in(running, qtbot)
    page.primary.click()
    running.wait(lambda: page.view_model.is_created)
    beside = page.view_model.wanted.path.with_name("code.txt")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(beside), ""))
    page.create_form.recovery._save.click()
    assert "another disk" in page.create_form.recovery._done.text()
    assert beside.exists()


def test_the_copied_code_leaves_the_clipboard_again(
    running: Started, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery_card, "CLIPBOARD_CLEARED_AFTER_MS", 20)
    page = fill_in(running, qtbot)
    page.primary.click()
    running.wait(lambda: page.view_model.is_created)
    page.create_form.recovery._copy.click()
    assert RecoveryCode.parse(QGuiApplication.clipboard().text()) == shown_code(page)
    running.wait(lambda: QGuiApplication.clipboard().text() == "")
