"""Fails a window test during which Qt's event loop did not come round for more than 50 ms.

What is watched: the time inside the waits and clicks of `qtbot` and QTest and inside a running qasync loop, that
is, wherever Qt calls the program. Code that a test calls by itself is not on the loop;
`event_loop_watchdog.section(...)` puts it there.

What is measured: a timer on the loop ticks every 10 ms, and each section begins and ends with a tick. Of the
time between two ticks counts what the main thread computed and what it slept, waiting for a lock, a disk or a
timer. What it lost because the machine ran something else does not count, nor does sleep for as long as another
thread of this process was kept waiting like that, since it may hold what the main thread sleeps for (Linux
tells all this per thread). So a busy machine is not mistaken for a loop that is held up. Where the system does
not tell, only computing counts. When a tick is overdue, another thread takes the stack of the main one, so that
the failure names the culprit.
"""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Protocol
from unittest import mock

import pytest

LIMIT_S = 0.050
HEARTBEAT_S = 0.010
OVERDUE_S = 0.035  # so late the stack is taken; it is thrown away if the limit is kept after all
SHOWN_FRAMES = 8
_THREADS = Path("/proc/self/task")

INPUTS = """
    keyClick keyEvent keyPress keyRelease keySequence sendKeyEvent mouseClick mouseDClick mouseEvent mouseMove
    mousePress mouseRelease touchEvent wheelEvent
"""


class Stopwatch(Protocol):
    """Measures from lap to lap the time that is a thread's own, on the thread that made it."""

    def lap(self) -> float:
        """Seconds since the last lap."""
        ...


class ComputingTime:
    """Only the time for which the thread computed."""

    def __init__(self) -> None:
        self._last = time.thread_time()

    def lap(self) -> float:
        """Seconds of processor time since the last lap."""
        last, self._last = self._last, time.thread_time()
        return self._last - last


class Observer:
    """A thread that takes the stack of another one when that has not reported for a while."""

    def __init__(self, observed: int) -> None:
        self.reported_at = time.perf_counter()
        self.stacks: list[traceback.StackSummary] = []
        self.in_the_way_s = 0.0  # for which it kept the interpreter to itself, and the observed thread from it
        self._observed = observed
        self._running = threading.Lock()
        self._thread = threading.Thread(target=self._observe, name="event-loop-observer", daemon=True)

    @property
    def thread(self) -> str:
        """The system's number of the thread."""
        return str(self._thread.native_id)

    def start(self) -> None:
        """Begin to observe."""
        self._running.acquire()
        self._thread.start()

    def stop(self) -> None:
        """End observing."""
        self._running.release()
        self._thread.join()

    def report(self) -> list[traceback.StackSummary]:
        """The observed thread is here; gives the stacks that were taken of it while it was overdue."""
        stacks, self.stacks = self.stacks, []
        self.reported_at = time.perf_counter()
        return stacks

    def _observe(self) -> None:
        pause_s = OVERDUE_S
        while not self._running.acquire(timeout=pause_s):
            woken_at = time.perf_counter()
            pause_s = self.reported_at + OVERDUE_S - woken_at
            if pause_s <= 0:
                self.stacks.append(stack_of(self._observed))
                pause_s = HEARTBEAT_S
            self.in_the_way_s += time.perf_counter() - woken_at


class ComputingAndSleepingTime:
    """The time for which the thread computed or slept, less what the machine made this process wait."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer
        self._thread = str(threading.get_native_id())
        self._computing = ComputingTime()
        self._wall = time.perf_counter()
        self._in_the_way_s = observer.in_the_way_s
        self._delays = self._read()

    def lap(self) -> float:
        """Seconds since the last lap."""
        wall, delays, computed = time.perf_counter(), self._read(), self._computing.lap()
        delayed = {thread: delays[thread] - self._delays.get(thread, 0.0) for thread in delays}
        slept = wall - self._wall - computed - delayed.pop(self._thread, 0.0)
        observer_delay = delayed.pop(self._observer.thread, 0.0)
        excused = sum(delayed.values()) + self._observer.in_the_way_s - self._in_the_way_s
        if computed >= sys.getswitchinterval():
            # Who computes for so long is asked for the interpreter, and sleeps until the one who asked has run.
            excused += observer_delay
        self._wall, self._delays, self._in_the_way_s = wall, delays, self._observer.in_the_way_s
        return computed + max(0.0, slept - excused)

    def _read(self) -> dict[str, float]:
        """Seconds for which each thread was ready to run but did not: the second figure of schedstat."""
        delays: dict[str, float] = {}
        for folder in _THREADS.iterdir():
            try:
                delays[folder.name] = int((folder / "schedstat").read_bytes().split()[1]) / 1e9
            except (OSError, IndexError):
                continue  # the thread has ended in this moment
        return delays


def best_stopwatch(observer: Observer) -> Stopwatch:
    """The most telling stopwatch that this system allows."""
    told = (_THREADS / str(threading.get_native_id()) / "schedstat").exists()
    return ComputingAndSleepingTime(observer) if told else ComputingTime()


def stack_of(thread: int) -> traceback.StackSummary:
    """Where a thread is, innermost last; without the text of the lines, so that it is taken in no time."""
    frame = sys._current_frames().get(thread)
    summary = traceback.StackSummary.extract(traceback.walk_stack(frame), lookup_lines=False)
    summary.reverse()
    return summary


def as_text(stack: traceback.StackSummary) -> str:
    """The innermost frames, from where this module let Qt run."""
    entrances = [index for index, frame in enumerate(stack) if frame.filename == __file__]
    inside = stack[entrances[-1] + 1 :] if entrances else stack
    return "".join(traceback.format_list(inside[-SHOWN_FRAMES:]))


@dataclass(frozen=True, slots=True)
class Stall:
    """One time that the loop was held up."""

    section: str
    seconds: float
    stack: str

    def __str__(self) -> str:
        where = self.stack or "  (nothing was seen on the stack)\n"
        return f"held up for {self.seconds * 1000:.0f} ms in {self.section}, by:\n{where}"


class EventLoopWatchdog:
    """Watches the event loop of the thread that makes it, from `start` to `stop`."""

    def __init__(self, *, limit_s: float = LIMIT_S) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.stalls: list[Stall] = []
        self._limit_s = limit_s
        self._sections: list[str] = []
        self._beat_inside = False
        self._observer = Observer(threading.get_ident())
        self._stopwatch = best_stopwatch(self._observer)
        self._heart = QTimer()
        self._heart.setTimerType(Qt.TimerType.PreciseTimer)
        self._heart.setInterval(round(HEARTBEAT_S * 1000))
        self._heart.timeout.connect(self._on_beat)

    def start(self) -> None:
        """Begin to watch."""
        self._observer.start()
        self._heart.start()

    def stop(self) -> None:
        """End watching; `stalls` stays."""
        self._heart.stop()
        self._observer.stop()

    @contextmanager
    def section(self, name: str, *, idles: bool = False) -> Iterator[None]:
        """Watch what the block does as if Qt had called it; a block that `idles` runs the loop itself."""
        self._tick(allowance_s=HEARTBEAT_S)
        self._sections.append(name)
        self._beat_inside = False
        try:
            yield
        finally:
            # Where the loop ran it may have been idle for up to one beat; otherwise the measure is exact.
            self._tick(allowance_s=HEARTBEAT_S if idles or self._beat_inside else 0.0)
            self._sections.pop()

    def _on_beat(self) -> None:
        self._tick(allowance_s=HEARTBEAT_S)
        self._beat_inside = True

    def _tick(self, *, allowance_s: float) -> None:
        elapsed = self._stopwatch.lap()
        stacks = self._observer.report()
        if self._sections and elapsed > self._limit_s + allowance_s:
            typical = as_text(stacks[len(stacks) // 2]) if stacks else ""
            self.stalls.append(Stall(self._sections[-1], elapsed, typical))


def _watched_call(
    watchdog: EventLoopWatchdog, name: str, function: Callable[..., Any], *, idles: bool
) -> Callable[..., Any]:
    @wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        with watchdog.section(name, idles=idles):
            return function(*arguments, **named)

    return call


@contextmanager
def watched_entrances(watchdog: EventLoopWatchdog) -> Iterator[None]:
    """While the block runs, every way by which a test lets Qt call the program is a section."""
    from PySide6.QtTest import QTest
    from pytestqt.wait_signal import CallbackBlocker, SignalBlocker
    from qasync import QEventLoop

    def key_clicks(widget: Any, text: str, *more: Any) -> None:
        for letter in text:  # one section a key: a long text is not one long event
            getattr(QTest, "keyClick")(widget, letter, *more)  # noqa: B009 (takes letters, whatever its stub says)

    loops = [(SignalBlocker.__base__, "wait"), (CallbackBlocker, "wait"), (QEventLoop, "run_forever")]
    with ExitStack() as patches:

        def watch(owner: type, name: str, *, idles: bool) -> None:
            label = f"{owner.__name__.strip('_')}.{name}"
            watched = _watched_call(watchdog, label, getattr(owner, name), idles=idles)
            replacement = staticmethod(watched) if owner is QTest else watched
            patches.enter_context(mock.patch.object(owner, name, replacement))

        for owner, name in loops:
            watch(owner, name, idles=True)
        for name in INPUTS.split():
            watch(QTest, name, idles=False)
        watch(QTest, "qWait", idles=True)
        patches.enter_context(mock.patch.object(QTest, "keyClicks", staticmethod(key_clicks)))
        yield


@pytest.fixture(autouse=True)
def event_loop_watchdog(request: pytest.FixtureRequest) -> Iterator[EventLoopWatchdog | None]:
    """Fail a test with a window during which the event loop was held up; None in a test without one."""
    if not {"qtbot", "qapp"} & set(request.fixturenames):
        yield None
        return
    request.getfixturevalue("qapp")
    watchdog = EventLoopWatchdog()
    with watched_entrances(watchdog):
        watchdog.start()
        try:
            yield watchdog
        finally:
            watchdog.stop()
    if watchdog.stalls:
        limit = f"the event loop was held up for more than {LIMIT_S * 1000:.0f} ms"
        pytest.fail("\n".join([limit, *map(str, watchdog.stalls)]), pytrace=False)
