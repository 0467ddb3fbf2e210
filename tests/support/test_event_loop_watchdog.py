"""The watchdog sees a loop that is held up, names what did it, and is not fooled by a busy machine."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.event_loop_watchdog import (
    LIMIT_S,
    ComputingAndSleepingTime,
    ComputingTime,
    EventLoopWatchdog,
    Observer,
    best_stopwatch,
)

LONG_S = 0.120


def burn(seconds: float) -> None:
    """Keep the processor busy for so long."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def burn_long() -> None:
    """A slot that computes for too long."""
    burn(LONG_S)


def wait_long() -> None:
    """A slot that waits for too long for something that never comes."""
    threading.Event().wait(LONG_S)


def allocate_short() -> None:
    """A slot well within the limit."""
    burn(LIMIT_S / 5)


def spin(milliseconds: int) -> None:
    """Run the event loop for so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


@pytest.fixture
def watchdog(qapp: QApplication) -> Iterator[EventLoopWatchdog]:
    """A watchdog whose findings the test judges itself."""
    made = EventLoopWatchdog()
    made.start()
    yield made
    made.stop()


@pytest.mark.parametrize("slot", [burn_long, wait_long], ids=["computes", "waits"])
def test_a_slot_that_holds_the_loop_up_is_found_and_named(
    watchdog: EventLoopWatchdog, slot: Callable[[], None]
) -> None:
    QTimer.singleShot(30, slot)
    with watchdog.section("a window", idles=True):
        spin(300)
    assert len(watchdog.stalls) == 1
    found = watchdog.stalls[0]
    assert found.section == "a window"
    assert LIMIT_S < found.seconds < LONG_S * 3
    assert slot.__name__ in str(found)


def test_an_idle_loop_is_not_held_up(watchdog: EventLoopWatchdog) -> None:
    with watchdog.section("a window", idles=True):
        spin(300)
    assert not watchdog.stalls


def test_many_short_slots_do_not_hold_the_loop_up(watchdog: EventLoopWatchdog) -> None:
    timer = QTimer()
    timer.setInterval(0)
    timer.timeout.connect(allocate_short)
    timer.start()
    with watchdog.section("a window", idles=True):
        spin(300)
    timer.stop()
    assert not watchdog.stalls


def test_a_block_without_a_loop_is_measured_exactly(watchdog: EventLoopWatchdog) -> None:
    with watchdog.section("within"):
        burn(LIMIT_S * 0.8)
    assert not watchdog.stalls
    with watchdog.section("beyond"):
        burn(LIMIT_S * 1.1)
    assert [stall.section for stall in watchdog.stalls] == ["beyond"]


def test_what_a_test_does_outside_the_loop_does_not_count(watchdog: EventLoopWatchdog) -> None:
    burn_long()
    with watchdog.section("a window", idles=True):
        spin(30)
    burn_long()
    assert not watchdog.stalls


@pytest.fixture
def crowded_processor() -> Iterator[None]:
    """This thread shares one processor with twenty processes that never rest."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    command = [sys.executable, "-c", "print(flush=True)\nwhile True: pass"]
    crowd = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(20)]
    for process in crowd:
        assert process.stdout is not None
        process.stdout.readline()
    yield
    for process in crowd:
        process.kill()
        process.communicate()
    os.sched_setaffinity(0, allowed)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells how long a thread waited")
@pytest.mark.usefixtures("crowded_processor")
def test_a_crowded_machine_is_not_a_loop_that_is_held_up(watchdog: EventLoopWatchdog) -> None:
    beats: list[float] = []

    def beat() -> None:
        beats.append(time.perf_counter())
        burn(0.004)  # who computes has its processor taken away

    timer = QTimer()
    timer.setInterval(1)
    timer.timeout.connect(beat)
    timer.start()
    with watchdog.section("a window", idles=True):
        spin(1000)
    timer.stop()
    by_the_clock = max(later - earlier for earlier, later in pairwise(beats))
    assert by_the_clock > LIMIT_S, "the machine was not crowded enough to show anything"
    assert not watchdog.stalls


def test_the_time_of_another_thread_that_was_waited_for_counts(watchdog: EventLoopWatchdog) -> None:
    def slot() -> None:
        worker = threading.Thread(target=burn_long)
        worker.start()
        worker.join()

    QTimer.singleShot(10, slot)
    with watchdog.section("a window", idles=True):
        spin(300)
    assert len(watchdog.stalls) == 1


def test_linux_measures_sleep_too() -> None:
    expected = ComputingAndSleepingTime if sys.platform.startswith("linux") else ComputingTime
    assert isinstance(best_stopwatch(Observer(0)), expected)


def test_computing_time_leaves_a_sleep_out() -> None:
    stopwatch = ComputingTime()
    wait_long()
    assert stopwatch.lap() < LONG_S / 2
    burn_long()
    assert stopwatch.lap() >= LONG_S


def test_a_click_is_watched_and_a_quick_one_passes(qtbot: QtBot, event_loop_watchdog: EventLoopWatchdog) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.clicked.connect(allocate_short)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not event_loop_watchdog.stalls
    button.clicked.disconnect(allocate_short)
    button.clicked.connect(burn_long)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [stall.section for stall in event_loop_watchdog.stalls] == ["QTest.mouseClick"]
    assert "burn_long" in str(event_loop_watchdog.stalls[0])
    event_loop_watchdog.stalls.clear()


def test_a_long_text_is_watched_letter_by_letter(qtbot: QtBot, event_loop_watchdog: EventLoopWatchdog) -> None:
    from PySide6.QtWidgets import QLineEdit

    edit = QLineEdit()
    qtbot.addWidget(edit)
    edit.textChanged.connect(allocate_short)
    qtbot.keyClicks(edit, "thirty letters, each in 10 ms.")
    assert edit.text() == "thirty letters, each in 10 ms."
    assert not event_loop_watchdog.stalls


INNER_SUITE = """
import time
import threading
from PySide6.QtCore import QTimer

def hold_everything_up():
    threading.Event().wait(0.12)

def test_idle(qtbot):
    qtbot.wait(100)

def test_held_up(qtbot):
    QTimer.singleShot(10, hold_everything_up)
    qtbot.wait(200)

def test_held_up_in_asyncio(qapp):
    import asyncio, qasync

    async def main():
        asyncio.get_running_loop().call_later(0.01, hold_everything_up)
        await asyncio.sleep(0.2)

    with qasync.QEventLoop(qapp) as loop:
        loop.run_until_complete(main())

def test_without_a_window():
    hold_everything_up()
"""


def test_a_suite_fails_exactly_where_its_loop_is_held_up(pytester: pytest.Pytester) -> None:
    pytester.makeconftest('pytest_plugins = ["tests.support.event_loop_watchdog"]')
    pytester.makepyfile(INNER_SUITE)
    # Without the summary, which repeats the failures where CI is set.
    result = pytester.runpytest_subprocess("-p", "no:randomly", "-p", "no:xdist", "-rN")
    result.assert_outcomes(passed=4, errors=2)
    result.stdout.fnmatch_lines(["*ERROR*test_held_up*", "*held up for * ms in AbstractSignalBlocker.wait*"])
    assert result.stdout.str().count("in hold_everything_up") == 2
