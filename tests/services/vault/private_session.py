"""A desktop session of its own for one test: bus, keyring daemon, home, run folder; ended by process id."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parents[3]
CHILD = "tests.services.vault.keyring_child"
PROMPTER = "tests.services.vault.silent_prompter"
APT_LINE = "apt-get install -y --no-install-recommends gnome-keyring dbus"
PROGRAMS = ("gnome-keyring-daemon", "dbus-daemon", "dbus-send")
READY_WITHIN_S = 20.0

# No service folders: nothing on this bus starts by itself, so a case holds only what the test put there.
BUS_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
 <type>session</type><listen>unix:dir={folder}</listen><auth>EXTERNAL</auth>
 <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
"""


@dataclass
class PrivateSession:
    """The environment of the session, and ways to start things in it."""

    folder: Path
    environment: dict[str, str]
    stack: contextlib.ExitStack
    daemons: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def start_bus(self) -> None:
        configuration = self.folder / "bus.conf"
        configuration.write_text(BUS_CONFIGURATION.format(folder=self.folder))
        bus = self._start(["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address=1"])
        assert bus.stdout is not None
        address = bus.stdout.readline().decode().strip()
        assert address, "the bus did not start"
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address

    def start_daemon(self, password: str | None) -> None:
        """Start the keyring daemon; without a password it is one that no login unlocked."""
        command = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
        daemon = self._start([*command, "--unlock"] if password else command, given=(password or "").encode())
        self.daemons.append(daemon)
        self._wait_for_name("org.freedesktop.secrets")

    def start_named(self, command: list[str], name: str) -> None:
        """Start a program of the session, and wait until it has its name on the bus."""
        self.daemons.append(self._start(command))
        self._wait_for_name(name)

    def start_display(self) -> None:
        """Start a screen that nobody sees, for programs that need one."""
        screen = self._start(["Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp"])
        assert screen.stdout is not None
        number = screen.stdout.readline().decode().strip()
        assert number, "the screen did not start"
        self.environment["DISPLAY"] = f":{number}"

    def stop_daemon(self) -> None:
        end(self.daemons.pop())

    def start_silent_prompter(self) -> None:
        prompter = self._start([sys.executable, "-m", PROMPTER], keep_open=True)
        assert prompter.stdout is not None
        assert prompter.stdout.readline() == b"ready\n"

    def run(
        self, *steps: Sequence[object], timeout_s: float = 20.0, environment: Mapping[str, str] | None = None
    ) -> list[dict[str, Any]]:
        """The answers of one child process to the steps; `environment` is added to the session's."""
        finished = subprocess.run(
            [sys.executable, "-m", CHILD, str(timeout_s)],
            input="".join(json.dumps(step) + "\n" for step in steps),
            env={**self.environment, **(environment or {})},
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert finished.returncode == 0, finished.stderr
        return [json.loads(line) for line in finished.stdout.splitlines()]

    def start_child(self) -> Callable[[Sequence[object]], dict[str, Any]]:
        """A child process that stays: gives the function that asks it one step."""
        child = self._start([sys.executable, "-m", CHILD, "20"], keep_open=True)
        commands, answers = child.stdin, child.stdout
        assert commands is not None
        assert answers is not None

        def ask(step: Sequence[object]) -> dict[str, Any]:
            commands.write(json.dumps(step).encode() + b"\n")
            commands.flush()
            answer: dict[str, Any] = json.loads(answers.readline())
            return answer

        return ask

    def _start(self, command: list[str], *, given: bytes = b"", keep_open: bool = False) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            command,
            env=self.environment,
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.stack.callback(end, process)
        assert process.stdin is not None
        if not keep_open:
            process.stdin.write(given)
            process.stdin.close()
        return process

    def _wait_for_name(self, name: str) -> None:
        question = [
            "dbus-send", f"--bus={self.environment['DBUS_SESSION_BUS_ADDRESS']}", "--print-reply=literal",
            "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", f"string:{name}",
        ]  # fmt: skip
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline:
            answer = subprocess.run(question, capture_output=True, text=True, check=True, timeout=READY_WITHIN_S)
            if "true" in answer.stdout:
                return
        raise AssertionError(f"{name} did not appear on the bus within {READY_WITHIN_S} s")


def end(process: subprocess.Popen[bytes]) -> None:
    """End this one process, gently and then firmly, and leave none of its pipes open."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


@contextlib.contextmanager
def private_session() -> Iterator[PrivateSession]:
    """A session with a home and nothing running; everything started in it is ended afterwards, last first."""
    # Sockets have short names only: a folder of pytest's would be too deep.
    with tempfile.TemporaryDirectory(prefix="mk") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        (folder / "home").mkdir()
        (folder / "run").mkdir(mode=0o700)
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder / "home"),
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "PYTHONPATH": str(CHECKOUT),
            "LC_ALL": "C.UTF-8",
        }
        yield PrivateSession(folder, environment, stack)
