"""Quick capture in the window: typed, read, changed by hand, saved with one undo; all by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from services.records.drafts import RecordDraft
from services.store.queries.listing import ListRequest
from tests.ui.running import Started, make_workspace, started
from ui.pages.capture.overlay import QuickCapture

CONTROL = Qt.KeyboardModifier.ControlModifier
LINE = "Call Anna 30k tomorrow 10 #renewal"


@pytest.fixture
def running(qtbot: QtBot, tmp_path: Path) -> Iterator[Started]:
    """The window with three people."""
    make_workspace(tmp_path)
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        yield running


def opened(running: Started) -> QuickCapture:
    """Open it by keyboard."""
    running.press(Qt.Key.Key_N, CONTROL)
    overlay = running.window.capture_overlay
    assert overlay is not None and overlay.is_open
    return overlay


def typed(running: Started, qtbot: QtBot, text: str) -> QuickCapture:
    """Open it, type, and wait until it is read."""
    overlay = opened(running)
    qtbot.keyClicks(overlay.line, text)
    running.wait(lambda: overlay.view_model.shown is not None and overlay.view_model.is_read)
    return overlay


def chips(overlay: QuickCapture) -> list[str]:
    """What the chips say."""
    return [chip.accessibleName() for chip in overlay.chips]


def tasks(running: Started) -> list[str]:
    """The titles of all living tasks."""
    service = running.workspace.tasks
    return [row.title for row in service.rows(service.ids(ListRequest("", "id")))]


def deals(running: Started) -> list[tuple[str, int | None]]:
    """Titles and amounts of all living deals."""
    service = running.workspace.deals
    return [(row.title, row.amount) for row in service.rows(service.ids(ListRequest("", "id")))]


def test_a_line_is_read_while_it_is_typed_and_said_in_chips(running: Started, qtbot: QtBot) -> None:
    overlay = typed(running, qtbot, LINE)
    assert chips(overlay)[0] == "To do Call"
    assert chips(overlay)[1] == "Anna Berg Known"
    assert any("30" in chip and chip.startswith("Deal") for chip in chips(overlay))
    assert "Due Tue 24 Nov 2026" in chips(overlay)
    assert "Tag renewal" in chips(overlay)
    assert overlay.save.text() == "Add 1 deal and 1 task"


def test_return_saves_closes_and_one_undo_takes_all_of_it_back(running: Started, qtbot: QtBot) -> None:
    overlay = typed(running, qtbot, LINE)
    qtbot.keyClick(overlay.line, Qt.Key.Key_Return)
    running.wait(lambda: not overlay.is_open)
    running.wait(lambda: running.said() == "1 deal and 1 task added")
    assert (len(tasks(running)), [amount for _title, amount in deals(running)]) == (1, [3_000_000])
    assert overlay.line.line == ""
    running.press(Qt.Key.Key_Z, CONTROL)
    running.wait(lambda: (tasks(running), deals(running)) == ([], []))


def test_return_before_the_line_was_read_means_the_line_that_was_typed(running: Started, qtbot: QtBot) -> None:
    overlay = opened(running)
    qtbot.keyClicks(overlay.line, "Call Karim about pallets")
    assert not overlay.view_model.is_read
    qtbot.keyClick(overlay.line, Qt.Key.Key_Return)
    running.wait(lambda: tasks(running) != [])
    assert "pallets" in tasks(running)[0]
    running.settle()


def test_escape_closes_it_and_the_text_is_there_again(running: Started, qtbot: QtBot) -> None:
    overlay = typed(running, qtbot, "Call Anna")
    qtbot.keyClick(overlay.line, Qt.Key.Key_Escape)
    assert not overlay.is_open
    running.settle()
    assert opened(running).line.line == "Call Anna"
    assert tasks(running) == []


def test_a_chip_is_made_text_again_by_keyboard(running: Started, qtbot: QtBot) -> None:
    overlay = typed(running, qtbot, "Call Anna tomorrow")
    qtbot.keyClick(overlay.line, Qt.Key.Key_Tab)
    qtbot.keyClick(overlay.chips[0], Qt.Key.Key_Tab)
    assert overlay.chips[1].hasFocus()
    qtbot.keyClick(overlay.chips[1], Qt.Key.Key_Delete)
    running.wait(lambda: not any("Anna" in chip for chip in chips(overlay)))
    assert overlay.view_model.shown is not None
    assert "Anna" in overlay.view_model.shown.captured.subject


def test_of_two_people_of_one_name_the_right_one_is_taken_from_the_chip(running: Started, qtbot: QtBot) -> None:
    other = running.workspace.contacts.add(
        RecordDraft({"first_name": "Anna", "last_name": "Berg", "company": "Brightwater Foods"})
    )
    overlay = typed(running, qtbot, "Call Anna Berg tomorrow")
    chip = overlay.chips[1]
    assert chip.accessibleName() == "Anna Berg 2 of the name"
    chip.click()
    menu = overlay.menu
    assert menu is not None
    action = next(action for action in menu.actions() if "Brightwater" in action.text())
    action.trigger()
    menu.close()
    running.wait(lambda: "Anna Berg Known" in chips(overlay))
    overlay.save.click()
    running.wait(lambda: tasks(running) != [])
    service = running.workspace.tasks
    assert [row.contact_id for row in service.rows(service.ids(ListRequest("", "id")))] == [other.id]
    running.settle()


def test_the_amount_goes_to_the_open_deal_of_the_company_when_asked(running: Started, qtbot: QtBot) -> None:
    standing = running.workspace.deals.add(
        RecordDraft({"title": "Renewal 2027", "company": "Almeda Logistics", "amount": 1_000})
    )
    overlay = typed(running, qtbot, "Call Anna 30k")
    assert "Renewal 2027" in overlay.instead.text()
    overlay.instead.click()
    running.wait(lambda: overlay.save.text() == "Add 1 task")
    overlay.save.click()
    running.wait(lambda: not overlay.is_open)
    running.wait(lambda: running.workspace.deals.rows([standing.id])[0].amount == 3_000_000)
    assert len(deals(running)) == 1
    running.settle()


def test_what_happened_is_logged_and_can_be_made_a_task_by_the_chip(running: Started, qtbot: QtBot) -> None:
    overlay = typed(running, qtbot, "Called Anna, wants a quote")
    assert (chips(overlay)[0], overlay.save.text()) == ("Log Call", "Add 1 activity")
    overlay.chips[0].click()
    assert overlay.menu is not None
    next(action for action in overlay.menu.actions() if action.text() == "It is to be done").trigger()
    overlay.menu.close()
    running.wait(lambda: overlay.save.text() == "Add 1 task")
    running.settle()


def test_ctrl_return_opens_what_was_made(running: Started, qtbot: QtBot) -> None:
    overlay = typed(running, qtbot, LINE)
    qtbot.keyClick(overlay.line, Qt.Key.Key_Return, CONTROL)
    running.wait(lambda: running.window.frame.pages.current_name == "deals")
    running.settle()


@pytest.mark.parametrize("text", ["   ", "#renewal"])
def test_nothing_to_save_says_why_and_return_does_nothing(running: Started, qtbot: QtBot, text: str) -> None:
    overlay = opened(running)
    qtbot.keyClicks(overlay.line, text)
    running.settle()
    qtbot.keyClick(overlay.line, Qt.Key.Key_Return)
    running.settle()
    assert overlay.is_open
    assert (tasks(running), deals(running)) == ([], [])
    assert not (overlay.save.isVisible() and overlay.save.isEnabled())


def test_the_button_of_the_bar_opens_it_and_says_its_key(running: Started) -> None:
    running.window.frame.top_bar.capture.click()
    overlay = running.window.capture_overlay
    assert overlay is not None and overlay.is_open


def test_locking_forgets_what_was_typed(running: Started, qtbot: QtBot) -> None:
    typed(running, qtbot, "Call Anna")
    running.window.lock()
    running.wait(lambda: running.window.capture_overlay is None)
    running.settle()
