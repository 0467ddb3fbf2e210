"""Runs services off the GUI thread and brings their answers back to it: `tasks.read(fn).then(show)`.

Rule: a service is never called on the GUI thread, and an answer is never delivered on another one. What a
task raises goes to `otherwise`, else to `Tasks.failed`; nothing is lost silently.

What a task was given holds widgets now and then, and a widget whose last reference goes on another thread takes
the program with it. So the GUI thread lets go of all of it last: the work, the calls, the way an error came.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any, Final, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from services.errors import MyCrmError

Result = TypeVar("Result")
Value = TypeVar("Value")

BACKGROUND_THREADS: Final = 2

_log = logging.getLogger(__name__)


class Runner(Protocol):
    """Where reads and writes run; an open store is one."""

    def run_read(self, work: Callable[[], Result], /) -> Future[Result]:
        """Run on a reader thread."""
        ...

    def run_write(self, work: Callable[[], Result], /) -> Future[Result]:
        """Run on the writer thread."""
        ...


class GuiThread(QObject):
    """Brings calls to the GUI thread, in the order in which they were posted and one a turn of the loop.

    Answers that arrive together would otherwise be one long event, and nothing could be typed or painted between.
    """

    #: A call was posted; queued, so that it runs on the thread this object lives on.
    call_posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = True
        self._waiting: deque[Callable[[], None]] = deque()
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._on_turn)
        self.call_posted.connect(self._on_call_posted, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], None]) -> None:
        """Run `call` on the GUI thread soon; any thread may ask. After `close` nothing runs any more."""
        if self._open:
            self.call_posted.emit(call)

    def close(self) -> None:
        """Drop what is still on its way."""
        self._open = False
        self._turn.stop()
        self._waiting.clear()

    def _on_call_posted(self, call: Callable[[], None]) -> None:
        if self._open:
            self._waiting.append(call)
            self._turn.start()

    def _on_turn(self) -> None:
        call = self._waiting.popleft()
        if self._waiting:
            self._turn.start()
        call()


class Task(Generic[Result]):
    """Work under way; `then` or `otherwise` is called once, on the GUI thread, and never after `forget`."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._then: list[Callable[[Result], None]] = []
        self._otherwise: list[Callable[[BaseException], None]] = []
        self._finally: list[Callable[[], None]] = []
        self._wanted = True
        self._work: _Work[Result] | None = None
        self._future: Future[Result] | None = None

    def then(self, call: Callable[[Result], None]) -> Task[Result]:
        """Hand the result to `call`."""
        self._then.append(call)
        return self

    def otherwise(self, call: Callable[[BaseException], None]) -> Task[Result]:
        """Hand an error to `call` instead of reporting it as a toast."""
        self._otherwise.append(call)
        return self

    def finally_(self, call: Callable[[], None]) -> Task[Result]:
        """Call after the result or the error was handed over."""
        self._finally.append(call)
        return self

    def forget(self) -> None:
        """The answer is not wanted any more; work that has not begun is not done."""
        self._wanted = False
        if self._future is not None:
            self._future.cancel()

    def start(self, run: Callable[[Callable[[], Result]], Future[Result]], work: Callable[[], Result]) -> None:
        """Have the work done by `run`, and deliver what comes of it."""
        self._work = _Work(work)
        self._future = run(self._work)
        self._future.add_done_callback(lambda done: self._tasks.gui.post(lambda: self._deliver(done)))

    def _deliver(self, future: Future[Result]) -> None:
        self._tasks.finished(self)
        try:
            if self._wanted and not future.cancelled():
                self._hand_over(future)
        finally:
            self._let_go(future)

    def _hand_over(self, future: Future[Result]) -> None:
        error = future.exception()
        try:
            if error is None:
                self._accept(future.result())
            elif not isinstance(error, CancelledError):
                self._refuse(error)
        finally:
            for end in self._finally:
                end()

    def _let_go(self, future: Future[Result]) -> None:
        """Drop on this thread what the executor may hold a moment longer."""
        for calls in (self._then, self._otherwise, self._finally):
            calls.clear()
        if self._work is not None:
            self._work.let_go()
        error = None if future.cancelled() else future.exception()
        while error is not None:
            error.__traceback__ = None
            error = error.__cause__ or error.__context__

    def _accept(self, result: Result) -> None:
        for call in self._then:
            call(result)

    def _refuse(self, error: BaseException) -> None:
        if not isinstance(error, MyCrmError):
            _log.error("A task failed", exc_info=error)
        if not self._otherwise:
            self._tasks.failed.emit(error)
        for call in self._otherwise:
            call(error)


class Lane:
    """A question asked again and again: only the newest answer is delivered, none after `close`."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._current: Task[Any] | None = None
        self._open = True

    def read(self, work: Callable[[], Result]) -> Task[Result]:
        """Ask again, on a reader thread; an earlier answer that is still to come is dropped, and all after `close`."""
        self.forget()
        if not self._open:
            # A timer of a page that was closed meanwhile: there may be no workspace to ask.
            return Task(self._tasks)
        self._current = self._tasks.read(work)
        return self._current

    def forget(self) -> None:
        """Drop the answer that is still to come."""
        if self._current is not None:
            self._current.forget()
            self._current = None

    def close(self) -> None:
        """Drop it, and every later one."""
        self._open = False
        self.forget()


class Tasks(QObject):
    """Starts work on the threads of the open store, or on two of its own when no store is needed."""

    #: A task failed and nobody handled it: the error. The frame shows it.
    failed = Signal(object)
    #: Nothing is under way any more.
    settled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.gui = GuiThread(self)
        self._runner: Runner | None = None
        self._own = ThreadPoolExecutor(BACKGROUND_THREADS, thread_name_prefix="background")
        self._under_way: set[Task[Any]] = set()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return not self._under_way

    def attach(self, runner: Runner) -> None:
        """Read and write through this store from now on."""
        self._runner = runner

    def detach(self) -> None:
        """The store is about to close: nothing that it still does is delivered."""
        for task in list(self._under_way):
            task.forget()
        self._runner = None

    def read(self, work: Callable[[], Result]) -> Task[Result]:
        """Run on a reader thread of the store."""
        return self._start(self._attached().run_read, work)

    def write(self, work: Callable[[], Result]) -> Task[Result]:
        """Run on the writer thread of the store, after everything asked for before."""
        return self._start(self._attached().run_write, work)

    def background(self, work: Callable[[], Result]) -> Task[Result]:
        """Run on a thread that belongs to no store: opening one, creating one, asking the keyring."""
        return self._start(self._own.submit, work)

    def lane(self) -> Lane:
        """A lane for a question that is asked again and again."""
        return Lane(self)

    def reporting(self, show: Callable[[Value], None]) -> Callable[[Value], None]:
        """A function that any thread may call often: `show` gets the newest value on the GUI thread."""
        return _Newest(self.gui, show).put

    def finished(self, task: Task[Any]) -> None:
        """A task was delivered."""
        self._under_way.discard(task)
        if not self._under_way:
            self.settled.emit()

    def close(self) -> None:
        """Wait for what runs, deliver nothing more."""
        self.detach()
        self.gui.close()
        self._own.shutdown(wait=True, cancel_futures=True)

    def _attached(self) -> Runner:
        if self._runner is None:
            raise LookupError("No workspace is open")
        return self._runner

    def _start(self, run: Callable[[Callable[[], Result]], Future[Result]], work: Callable[[], Result]) -> Task[Result]:
        task: Task[Result] = Task(self)
        self._under_way.add(task)
        task.start(run, work)
        return task


class _Work(Generic[Result]):
    """Work as an executor gets it: held by its task too, which lets go of it on the GUI thread."""

    def __init__(self, work: Callable[[], Result]) -> None:
        self._work: Callable[[], Result] | None = work

    def __call__(self) -> Result:
        # `let_go` comes after the end only, or when it was never begun.
        assert self._work is not None
        return self._work()

    def let_go(self) -> None:
        self._work = None


class _Newest(Generic[Value]):
    """Keeps one value on its way to the GUI thread, so that a fast worker does not flood it."""

    def __init__(self, gui: GuiThread, show: Callable[[Value], None]) -> None:
        self._gui = gui
        self._show = show
        self._lock = threading.Lock()
        self._waiting: list[Value] = []

    def put(self, value: Value) -> None:
        with self._lock:
            posted = bool(self._waiting)
            self._waiting[:] = [value]
        if not posted:
            self._gui.post(self._take)

    def _take(self) -> None:
        with self._lock:
            value = self._waiting.pop()
        self._show(value)
