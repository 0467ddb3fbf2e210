"""Work off the GUI thread and its answers on it: order, errors, what is forgotten, and the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from services.errors import InvalidValue
from ui.tasks import Tasks

Result = TypeVar("Result")


class Threads:
    """A store's threads without a store."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="reader")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")

    def run_read(self, work: Callable[[], Result]) -> Future[Result]:
        """Run on one of two threads."""
        return self._pool.submit(work)

    def run_write(self, work: Callable[[], Result]) -> Future[Result]:
        """Run on one thread."""
        return self._writer.submit(work)

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown()
        self._writer.shutdown()


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    """Tasks with threads attached."""
    threads, tasks = Threads(), Tasks()
    tasks.attach(threads)
    yield tasks
    tasks.close()
    threads.close()


def test_work_runs_elsewhere_and_its_answer_comes_on_the_gui_thread(tasks: Tasks, qtbot: QtBot) -> None:
    names: list[str] = []
    tasks.read(lambda: threading.current_thread().name).then(
        lambda worker: names.extend([worker, threading.current_thread().name])
    )
    qtbot.waitUntil(lambda: len(names) == 2)
    assert names[0].startswith("reader")
    assert names[1] == threading.main_thread().name


def test_writes_run_in_the_order_asked_for(tasks: Tasks, qtbot: QtBot) -> None:
    done: list[int] = []
    for number in range(20):
        tasks.write(lambda number=number: number).then(done.append)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(done) == 20)
    assert done == list(range(20))


def test_an_error_goes_to_whoever_handles_it(tasks: Tasks, qtbot: QtBot) -> None:
    caught: list[BaseException] = []
    unhandled: list[object] = []
    tasks.failed.connect(unhandled.append)

    def fail() -> None:
        raise InvalidValue("No", "Never.")

    tasks.read(fail).otherwise(caught.append)
    qtbot.waitUntil(lambda: bool(caught))
    assert isinstance(caught[0], InvalidValue)
    assert unhandled == []


def test_an_error_nobody_handles_is_reported(tasks: Tasks, qtbot: QtBot) -> None:
    def fail() -> None:
        raise InvalidValue("No", "Never.")

    with qtbot.waitSignal(tasks.failed) as failed:
        tasks.read(fail)
    assert failed.args is not None
    assert isinstance(failed.args[0], InvalidValue)


def test_an_unforeseen_error_is_logged_with_its_trace(
    tasks: Tasks, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(tasks.failed):
        tasks.read(fail)
    assert caplog.records[0].exc_info is not None


def test_the_end_of_a_task_is_told_after_success_and_after_failure(tasks: Tasks, qtbot: QtBot) -> None:
    ended: list[str] = []

    def fail() -> None:
        raise InvalidValue("No", "Never.")

    tasks.read(lambda: 1).finally_(lambda: ended.append("well"))
    tasks.read(fail).otherwise(lambda _error: None).finally_(lambda: ended.append("badly"))
    qtbot.waitUntil(lambda: sorted(ended) == ["badly", "well"])


def test_a_forgotten_answer_is_not_delivered(tasks: Tasks, qtbot: QtBot) -> None:
    answers: list[int] = []
    task = tasks.read(lambda: 1).then(answers.append)
    task.forget()
    qtbot.waitUntil(lambda: tasks.is_settled)
    assert answers == []


def test_only_the_newest_answer_of_a_lane_is_delivered(tasks: Tasks, qtbot: QtBot) -> None:
    answers: list[int] = []
    gate = threading.Event()
    lane = tasks.lane()

    def slowly() -> int:
        gate.wait()
        return 1

    lane.read(slowly).then(answers.append)
    lane.read(lambda: 2).then(answers.append)
    qtbot.waitUntil(lambda: answers == [2])
    gate.set()
    qtbot.waitUntil(lambda: tasks.is_settled)
    assert answers == [2]


def test_a_closed_lane_delivers_nothing_more(tasks: Tasks, qtbot: QtBot) -> None:
    answers: list[int] = []
    lane = tasks.lane()
    lane.read(lambda: 1).then(answers.append)
    lane.close()
    lane.read(lambda: 2).then(answers.append)
    qtbot.waitUntil(lambda: tasks.is_settled)
    assert answers == []


def test_after_the_store_is_detached_nothing_of_it_is_delivered(tasks: Tasks, qtbot: QtBot) -> None:
    answers: list[int] = []
    tasks.read(lambda: 1).then(answers.append)
    tasks.detach()
    qtbot.waitUntil(lambda: tasks.is_settled)
    assert answers == []
    with pytest.raises(LookupError):
        tasks.read(lambda: 2)


def test_background_work_needs_no_store(qtbot: QtBot) -> None:
    tasks, answers = Tasks(), list[int]()
    tasks.background(lambda: 7).then(answers.append)
    qtbot.waitUntil(lambda: answers == [7])
    tasks.close()


def test_a_fast_worker_reports_only_what_the_window_can_show(tasks: Tasks, qtbot: QtBot) -> None:
    shown: list[int] = []
    show = tasks.reporting(shown.append)

    def count() -> None:
        for number in range(50_000):
            show(number)

    with qtbot.waitSignal(tasks.settled):
        tasks.read(count)
    qtbot.waitUntil(lambda: bool(shown) and shown[-1] == 49_999)
    assert len(shown) < 50_000
    assert shown == sorted(shown)


def test_closing_waits_for_what_runs_and_delivers_nothing(qtbot: QtBot) -> None:
    tasks, answers, finished = Tasks(), list[int](), list[int]()

    def work() -> int:
        finished.append(1)
        return 1

    tasks.background(work).then(answers.append)
    tasks.close()
    qtbot.wait(1)
    assert answers == []


class Slow:
    """An executor that lets go of a work item only when it is told to, as a busy machine may."""

    def __init__(self) -> None:
        self.delivered = threading.Event()
        self.threads: list[threading.Thread] = []

    def run_read(self, work: Callable[[], Result]) -> Future[Result]:
        """Run on a thread of its own, and hold the work until the answer was delivered."""
        item: list[tuple[Callable[[], Result], Future[Result]]] = [(work, Future())]
        answer = item[0][1]

        def run() -> None:
            held, future = item.pop()
            try:
                future.set_result(held())
            except InvalidValue as error:
                future.set_exception(error)
            assert self.delivered.wait(10)

        thread = threading.Thread(target=run)
        self.threads.append(thread)
        thread.start()
        return answer

    run_write = run_read

    def close(self) -> None:
        """End the threads."""
        self.delivered.set()
        for thread in self.threads:
            thread.join()


class Probe:
    """Remembers on which thread its last reference went."""

    def __init__(self, gone_on: list[str]) -> None:
        self._gone_on = gone_on

    def __del__(self) -> None:
        self._gone_on.append(threading.current_thread().name)


@pytest.mark.parametrize("fails", [False, True])
def test_what_work_and_its_calls_hold_is_let_go_on_the_gui_thread(qtbot: QtBot, fails: bool) -> None:
    slow, tasks = Slow(), Tasks()
    tasks.attach(slow)
    gone_on: list[str] = []
    said: list[object] = []

    def ask() -> None:
        in_work, in_call = Probe(gone_on), Probe(gone_on)

        def work() -> str:
            local = Probe(gone_on)
            if fails:
                raise InvalidValue("No", f"Never, {type(local)} {type(in_work)}.")
            return "answer"

        tasks.read(work).then(lambda answer: said.append((answer, type(in_call)))).otherwise(
            lambda error: said.append((type(error), type(in_call)))
        )

    ask()
    qtbot.waitUntil(lambda: len(gone_on) == 3)
    slow.close()
    tasks.close()
    assert len(said) == 1
    # The local of work that ended well goes with its frame, on the thread that ran it.
    elsewhere = [name for name in gone_on if name != threading.main_thread().name]
    assert len(elsewhere) == (0 if fails else 1)


def test_a_lane_that_was_closed_asks_nothing_even_without_a_store(qtbot: QtBot) -> None:
    tasks = Tasks()
    lane = tasks.lane()
    lane.close()
    said: list[str] = []
    lane.read(lambda: "answer").then(said.append)
    assert tasks.is_settled
    tasks.close()
    assert said == []
