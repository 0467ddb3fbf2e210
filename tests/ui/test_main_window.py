"""The window as a whole: start, navigation by keyboard, undo and redo, locking, switching, and its end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from services.vault.protection import Protection
from services.workspace_list import WorkspaceList
from tests.ui.running import Started, make_workspace, started
from ui.navigation import NAVIGATION
from ui.operations import settings as settings_operations
from ui.operations.performing import Performer
from ui.pages import Target
from ui.pages.unlock.page import UnlockPage
from ui.pages.unlock.trouble import TroublePage
from ui.pages.welcome.page import WelcomePage

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def nordvik(qtbot: QtBot, tmp_path: Path) -> Iterator[Started]:
    """The window with a workspace of three people open."""
    make_workspace(tmp_path)
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        yield running


def perform(running: Started) -> Performer:
    """What pages are given to change things with."""
    found = running.window._performer
    assert found is not None
    return found


def test_a_start_without_any_workspace_welcomes_the_user(qtbot: QtBot, tmp_path: Path) -> None:
    with started(qtbot, tmp_path) as running:
        assert isinstance(running.window.cards.card, WelcomePage)
        running.settle()


def test_a_start_opens_the_workspace_used_last(nordvik: Started, tmp_path: Path) -> None:
    assert nordvik.workspace.store.path == tmp_path / "Nordvik.mycrm"
    assert nordvik.window.frame.pages.current_name == "contacts"
    assert nordvik.run.shell.windowTitle() == "Nordvik – MyCRM"


def test_a_workspace_named_at_the_start_goes_before_the_one_used_last(qtbot: QtBot, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    make_workspace(tmp_path)
    named = make_workspace(other, known=False)
    with started(qtbot, tmp_path, workspace=named) as running:
        running.wait_open()
        assert running.workspace.store.path == named


def test_the_rail_names_who_works_where(nordvik: Started) -> None:
    nordvik.wait(lambda: "Lena Hartmann" in nordvik.window.frame.rail.person.accessibleName())
    assert "Nordvik" in nordvik.window.frame.rail.person.accessibleName()


def test_a_plain_workspace_says_for_ever_that_it_is_not_encrypted(nordvik: Started) -> None:
    assert not nordvik.window.frame.top_bar._plain.isHidden()


@pytest.mark.parametrize("line", NAVIGATION, ids=lambda line: line.name)
def test_g_and_a_letter_go_to_a_page(nordvik: Started, line: object) -> None:
    name, letter = getattr(line, "name"), getattr(line, "letter")  # noqa: B009 - the ids above want an object
    nordvik.press(Qt.Key.Key_G)
    nordvik.press(Qt.Key(ord(letter)))
    nordvik.wait(lambda: nordvik.window.frame.pages.current_name == name)
    nordvik.settle()


def test_control_comma_goes_to_the_settings(nordvik: Started) -> None:
    nordvik.press(Qt.Key.Key_Comma, CONTROL)
    nordvik.wait(lambda: nordvik.window.frame.pages.current_name == "settings")
    nordvik.settle()


def test_a_page_that_does_not_exist_is_not_gone_to(nordvik: Started) -> None:
    nordvik.window.navigate(Target("nowhere"))
    assert nordvik.window.frame.pages.current_name == "contacts"


def test_the_page_shown_last_is_in_front_after_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    make_workspace(tmp_path)
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        running.window.navigate(Target("settings"))
        running.wait(lambda: running.window.frame.pages.current_name == "settings")
        running.settle()
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        assert running.window.frame.pages.current_name == "settings"


def test_the_rail_stays_narrow_after_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    make_workspace(tmp_path)
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        running.press(Qt.Key.Key_B, CONTROL)
        assert running.window.frame.rail.is_collapsed
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        assert running.window.frame.rail.is_collapsed


def test_the_window_stands_where_it_stood(qtbot: QtBot, tmp_path: Path) -> None:
    make_workspace(tmp_path)
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        running.run.shell.resize(1000, 640)
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        assert running.run.shell.height() == 640


def test_control_z_takes_back_the_last_change_and_says_what(nordvik: Started) -> None:
    workspace = nordvik.workspace
    perform(nordvik)(settings_operations.change_profile(workspace, territory="Iceland"))
    nordvik.wait(lambda: nordvik.said() == "Profile changed")
    nordvik.press(Qt.Key.Key_Z, CONTROL)
    nordvik.wait(lambda: nordvik.said() == "Undone: change of your profile")
    user = workspace.users.acting()
    assert user is not None and user.territory == ""


def test_control_shift_z_does_it_again(nordvik: Started) -> None:
    workspace = nordvik.workspace
    perform(nordvik)(settings_operations.change_profile(workspace, territory="Iceland"))
    nordvik.settle()
    nordvik.press(Qt.Key.Key_Z, CONTROL)
    nordvik.wait(lambda: nordvik.said().startswith("Undone"))
    nordvik.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    nordvik.wait(lambda: nordvik.said() == "Done again: change of your profile")
    user = workspace.users.acting()
    assert user is not None and user.territory == "Iceland"


def test_undo_with_nothing_to_undo_says_so(nordvik: Started) -> None:
    for _ in range(4):
        nordvik.press(Qt.Key.Key_Z, CONTROL)
        nordvik.settle()
    nordvik.wait(lambda: "nothing to undo" in nordvik.said())


def test_undo_in_the_toast_takes_back_that_change_and_no_later_one(nordvik: Started) -> None:
    workspace = nordvik.workspace
    perform(nordvik)(settings_operations.restore(workspace, EntityKind.CONTACT, [1]))
    nordvik.settle()
    perform(nordvik)(settings_operations.change_profile(workspace, territory="Iceland"))
    nordvik.wait(lambda: nordvik.said() == "Profile changed")
    toast = nordvik.window.frame.toasts.current
    assert toast is not None
    toast.action_pressed.emit()
    nordvik.wait(lambda: nordvik.said().startswith("Undone: change of your profile"))


def test_an_undo_says_what_it_left_alone(nordvik: Started) -> None:
    workspace = nordvik.workspace
    first = workspace.contacts.change(1, RecordDraft({"first_name": "Anne"}))
    workspace.contacts.change(1, RecordDraft({"first_name": "Ann"}))
    perform(nordvik).undo(first.batch)
    nordvik.wait(lambda: "First name was changed since" in nordvik.said())
    assert nordvik.said().startswith("Undone: change of a contact")


def test_a_command_that_a_role_forbids_ends_in_a_toast_that_says_why(nordvik: Started) -> None:
    workspace = nordvik.workspace
    workspace.users.add("Reader", "reader@nordvik.example", role=type(workspace.users.all()[0].role)("read_only"))
    workspace.users.act_as("reader@nordvik.example")
    perform(nordvik)(settings_operations.change_profile(workspace, territory="Iceland"))
    nordvik.wait(lambda: "does not allow" in nordvik.said())


def test_what_nobody_foresaw_ends_in_a_toast_without_its_text(
    nordvik: Started, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ValueError("Anna Berg")

    nordvik.parts.tasks.read(fail)
    nordvik.wait(lambda: "Something went wrong" in nordvik.said())
    assert "Anna" not in nordvik.said()
    assert "A task failed" in caplog.text


def test_the_question_mark_shows_every_key_and_escape_hides_it(nordvik: Started) -> None:
    nordvik.press(Qt.Key.Key_Question, SHIFT)
    assert nordvik.window.sheet.is_open
    nordvik.press(Qt.Key.Key_Escape)
    assert not nordvik.window.sheet.is_open


def test_keys_of_the_window_are_deaf_while_the_palette_is_open(nordvik: Started) -> None:
    nordvik.press(Qt.Key.Key_K, CONTROL)
    nordvik.press(Qt.Key.Key_Comma, CONTROL)
    assert nordvik.window.frame.pages.current_name == "contacts"
    nordvik.press(Qt.Key.Key_Escape)
    nordvik.press(Qt.Key.Key_Comma, CONTROL)
    nordvik.wait(lambda: nordvik.window.frame.pages.current_name == "settings")
    nordvik.settle()


def test_locking_paints_nothing_of_the_workspace_and_unlocking_brings_it_back(nordvik: Started) -> None:
    nordvik.press(Qt.Key.Key_L, CONTROL | SHIFT)
    nordvik.wait(lambda: isinstance(nordvik.window.cards.card, UnlockPage))
    assert nordvik.parts.opening.workspace is None
    assert nordvik.window.frame.pages.current is None
    assert "Lena" not in nordvik.window.frame.rail.person.accessibleName()
    nordvik.card(UnlockPage).unlock_button.click()
    nordvik.wait_open()
    assert nordvik.window.frame.pages.current_name == "contacts"


def test_switching_goes_to_the_other_workspace_and_remembers_both(nordvik: Started, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    path = make_workspace(other, known=False)
    nordvik.parts.opening.switch(path)
    nordvik.wait(lambda: nordvik.window.is_ready and nordvik.workspace.store.path == path)
    nordvik.settle()
    assert [entry.path for entry in WorkspaceList(tmp_path / "config").all()] == [path, tmp_path / "Nordvik.mycrm"]


def test_a_workspace_that_is_gone_is_explained_and_can_be_left(qtbot: QtBot, tmp_path: Path) -> None:
    with started(qtbot, tmp_path, workspace=tmp_path / "gone.mycrm") as running:
        running.wait(lambda: isinstance(running.window.cards.card, TroublePage))
        running.card(TroublePage).welcome_requested.emit()
        assert isinstance(running.window.cards.card, WelcomePage)
        running.settle()


def test_a_file_that_is_no_workspace_is_explained_and_left_alone(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "letter.mycrm"
    file.write_bytes(b"Dear Anna" * 1000)
    with started(qtbot, tmp_path, workspace=file) as running:
        running.wait(lambda: isinstance(running.window.cards.card, TroublePage))
        running.settle()
    assert file.read_bytes() == b"Dear Anna" * 1000


def test_what_another_process_changes_is_shown_within_two_seconds(nordvik: Started, qtbot: QtBot) -> None:
    from services.open_workspace import join
    from services.store.store import Store, Surroundings

    told: list[object] = []
    nordvik.parts.bridge.records_changed.connect(lambda entity, _ids, _origin, _batch: told.append(entity))
    other = join(Store.open(nordvik.workspace.store.path, None, Surroundings(device=b"o" * 16)))
    try:
        other.users.act_as(None)
        other.contacts.add(RecordDraft({"first_name": "Yuki"}))
    finally:
        other.close()
    qtbot.waitUntil(lambda: EntityKind.CONTACT in told, timeout=4_000)


def test_the_end_leaves_no_thread_and_no_lock(qtbot: QtBot, tmp_path: Path) -> None:
    before = set(threading.enumerate())
    path = make_workspace(tmp_path, protection=Protection.PLAIN)
    with started(qtbot, tmp_path) as running:
        running.wait_open()
    left = [thread for thread in set(threading.enumerate()) - before if not isinstance(thread, threading._DummyThread)]
    assert left == []
    assert not path.with_name(f"{path.name}-wal").exists()
