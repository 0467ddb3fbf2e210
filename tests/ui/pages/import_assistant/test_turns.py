"""Things done one after another, each in a turn of the event loop of its own."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from ui.pages.import_assistant.turns import Turns


def test_everything_is_done_in_order_and_others_have_their_turn_in_between(qtbot: QtBot) -> None:
    done: list[str] = []
    turns = Turns()
    turns.add([lambda: done.append("first"), lambda: done.append("second"), lambda: done.append("third")])
    other = QTimer(interval=0)
    other.timeout.connect(lambda: done.append("other") if done and done[-1] != "other" else None)
    other.start()
    with qtbot.waitSignal(turns.finished):
        turns.begin()
    other.stop()
    assert turns.is_done
    assert [name for name in done if name != "other"] == ["first", "second", "third"]
    assert done[:4] == ["first", "other", "second", "other"]


def test_who_is_in_a_hurry_does_not_wait_for_a_late_beginning(qtbot: QtBot) -> None:
    done: list[str] = []
    turns = Turns()
    turns.add([lambda: done.append("first")])
    turns.begin(60_000)
    with qtbot.waitSignal(turns.finished, timeout=5_000):
        turns.begin()
    assert done == ["first"]


def test_what_is_stopped_is_not_done(qtbot: QtBot) -> None:
    done: list[str] = []
    turns = Turns()
    turns.add([lambda: done.append("first")])
    turns.begin()
    turns.stop()
    qtbot.wait(20)
    assert done == []
    assert turns.is_done
