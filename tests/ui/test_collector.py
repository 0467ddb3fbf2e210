"""Garbage is collected on the GUI thread only."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.collector import YOUNG_OBJECTS, Collector


class Knot:
    """An object that only itself refers to."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    """A collector at work."""
    collector = Collector()
    collector.start()
    yield collector
    collector.stop()


def test_python_itself_collects_nothing_while_it_is_at_work(collector: Collector) -> None:
    assert not gc.isenabled()


def test_nothing_is_collected_on_another_thread_however_much_it_makes(collector: Collector) -> None:
    knot = weakref.ref(Knot())

    def work() -> None:
        for _ in range(20 * YOUNG_OBJECTS):
            Knot()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert knot() is not None


def test_what_lies_around_is_collected_when_enough_is_there(collector: Collector) -> None:
    knot = weakref.ref(Knot())
    gc.collect(1)
    knot = weakref.ref(Knot())
    collector.collect_if_due()
    assert knot() is not None
    kept = [Knot() for _ in range(2 * YOUNG_OBJECTS)]
    collector.collect_if_due()
    assert knot() is None
    assert kept


def test_it_looks_by_itself(collector: Collector, qtbot: QtBot) -> None:
    knot = weakref.ref(Knot())
    kept = [Knot() for _ in range(2 * YOUNG_OBJECTS)]
    qtbot.waitUntil(lambda: knot() is None)
    assert kept


@pytest.mark.parametrize("was_enabled", [True, False])
def test_at_the_end_python_collects_as_it_did_before(qtbot: QtBot, was_enabled: bool) -> None:
    (gc.enable if was_enabled else gc.disable)()
    collector = Collector()
    collector.start()
    collector.stop()
    assert gc.isenabled() is was_enabled
    assert gc.get_freeze_count() == 0
    gc.disable()
