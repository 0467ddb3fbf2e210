"""Events of the bus as Qt signals."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from services.bus import EventBus
from services.events import RecordsChanged, WorkspaceReplaced
from services.records.fields import EntityKind
from ui.bridge import Bridge
from ui.tasks import GuiThread


def test_a_change_published_on_another_thread_arrives_on_the_gui_thread(qtbot: QtBot) -> None:
    gui = GuiThread()
    bus = EventBus(gui.post)
    bridge = Bridge(bus)
    told: list[tuple[object, ...]] = []
    bridge.records_changed.connect(
        lambda entity, ids, origin, batch: told.append((entity, ids, origin, batch, threading.current_thread()))
    )
    event = RecordsChanged(EntityKind.CONTACT, (3, 4), "user", 9)
    thread = threading.Thread(target=bus.publish, args=(event,))
    thread.start()
    thread.join()
    assert told == []
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(EntityKind.CONTACT, (3, 4), "user", 9, threading.main_thread())]


def test_a_change_of_too_many_records_comes_without_ids(qtbot: QtBot) -> None:
    bus = EventBus()
    bridge = Bridge(bus)
    with qtbot.waitSignal(bridge.records_changed) as changed:
        bus.publish(RecordsChanged(EntityKind.COMPANY, None, "import", 1))
    assert changed.args == [EntityKind.COMPANY, None, "import", 1]


def test_another_workspace_is_announced(qtbot: QtBot) -> None:
    bus = EventBus()
    bridge = Bridge(bus)
    with qtbot.waitSignal(bridge.workspace_replaced) as replaced:
        bus.publish(WorkspaceReplaced("Nordvik"))
    assert replaced.args == ["Nordvik"]


def test_a_closed_bridge_says_nothing_more(qtbot: QtBot) -> None:
    bus = EventBus()
    bridge = Bridge(bus)
    bridge.close()
    with qtbot.assertNotEmitted(bridge.records_changed):
        bus.publish(RecordsChanged(EntityKind.CONTACT, (1,), "user", 1))


def test_after_the_end_nothing_posted_runs_any_more(qtbot: QtBot) -> None:
    gui, ran = GuiThread(), list[int]()
    gui.post(lambda: ran.append(1))
    gui.close()
    gui.post(lambda: ran.append(2))
    qtbot.wait(1)
    assert ran == []
