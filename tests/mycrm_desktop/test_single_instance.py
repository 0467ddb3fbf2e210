"""One window per settings folder: the second start hands over, whoever dies leaves no lock behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from mycrm_desktop.single_instance import LONGEST, SingleInstance, Wish
from tests.ui.running import make_workspace, started

ROOT = Path(__file__).parents[2]
SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from mycrm_desktop.single_instance import SingleInstance, Wish
application = QCoreApplication([])
instance = SingleInstance(Path(sys.argv[1]))
print("first" if instance.claim() else instance.hand_over(Wish(Path(sys.argv[2])), patience_s=float(sys.argv[3])))
"""
HOLDER = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from mycrm_desktop.single_instance import SingleInstance
application = QCoreApplication([])
instance = SingleInstance(Path(sys.argv[1]))
print(instance.claim(), flush=True)
instance.listen()
application.exec()
"""


@contextmanager
def first(folder: Path) -> Iterator[SingleInstance]:
    """The instance that came first, hearing."""
    instance = SingleInstance(folder)
    assert instance.claim()
    instance.listen()
    yield instance
    instance.close()


def process(code: str, *arguments: str) -> subprocess.Popen[str]:
    """A program in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


def ended(started: subprocess.Popen[str], qtbot: QtBot) -> str:
    """What a process printed; the loop here runs meanwhile, because the process may wait for an answer."""
    qtbot.waitUntil(lambda: started.poll() is not None, timeout=20_000)
    return started.communicate()[0].strip()


def test_a_second_start_hands_over_what_it_was_asked_for(qtbot: QtBot, tmp_path: Path) -> None:
    wishes: list[Wish] = []
    with first(tmp_path) as instance:
        instance.asked.connect(wishes.append)
        assert ended(process(SECOND, str(tmp_path), "/home/a b/Ödland.mycrm", "20"), qtbot) == "True"
    assert wishes == [Wish(Path("/home/a b/Ödland.mycrm"))]


def test_another_settings_folder_has_a_window_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    with first(tmp_path / "one"):
        assert ended(process(SECOND, str(tmp_path / "two"), "/x", "20"), qtbot) == "first"


def test_a_first_window_that_does_not_answer_is_not_waited_for_for_ever(qtbot: QtBot, tmp_path: Path) -> None:
    instance = SingleInstance(tmp_path)
    assert instance.claim()
    assert ended(process(SECOND, str(tmp_path), "/x", "0.3"), qtbot) == "False"
    instance.close()


def test_after_a_kill_the_next_start_is_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    holder = process(HOLDER, str(tmp_path))
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == "True"
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    wishes: list[Wish] = []
    with first(tmp_path) as instance:
        instance.asked.connect(wishes.append)
        assert ended(process(SECOND, str(tmp_path), "/x", "20"), qtbot) == "True"
    assert wishes == [Wish(Path("/x"))]


@pytest.mark.parametrize(
    "sent",
    [b"\n", b"[]\n", b'{"workspace": 3}\n', b"\xff\xfe\n", b"x" * (LONGEST + 1)],
    ids=["empty", "list", "number", "bytes", "endless"],
)
def test_anything_else_than_a_wish_is_hung_up_on(qtbot: QtBot, tmp_path: Path, sent: bytes) -> None:
    wishes: list[Wish] = []
    with first(tmp_path) as instance:
        instance.asked.connect(wishes.append)
        socket = QLocalSocket()
        socket.connectToServer(instance.name)
        socket.write(sent)
        qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    assert wishes == []


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe has no file")
def test_nobody_else_may_open_the_socket(qtbot: QtBot, tmp_path: Path) -> None:
    with first(tmp_path) as instance:
        assert instance.socket_file is not None
        assert instance.socket_file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("wish", [Wish(), Wish(Path("/a/b.mycrm"))])
def test_a_wish_is_read_as_it_was_written(wish: Wish) -> None:
    assert Wish.read(wish.written()) == wish


# The offscreen platform has no order of windows.
@pytest.mark.qt_log_ignore("does not support raise")
def test_a_later_start_brings_the_window_back_with_the_workspace_it_named(qtbot: QtBot, tmp_path: Path) -> None:
    path = make_workspace(tmp_path)
    other = path.rename(tmp_path / "Solvang.mycrm")
    make_workspace(tmp_path)
    with started(qtbot, tmp_path, workspace=path) as running:
        running.wait_open()
        running.run.shell.showMinimized()
        running.run.on_asked(Wish())
        assert not running.run.shell.isMinimized()
        assert running.workspace.store.path.stem == "Nordvik"
        running.run.on_asked(Wish(other))
        running.wait(lambda: running.run.shell.windowTitle() == "Solvang – MyCRM")
        running.wait_open()
