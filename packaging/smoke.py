"""Uses a built program as its first user would: create, import, search, verify, look at every page.

Takes the folder that holds `mycrm` and `mycrm-desktop`. The programs get an empty home, a foreign working
folder and hardly any environment, so that nothing of the checkout can help them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mycrm_desktop import __version__
from tests.support.private_home import settle_in

SUFFIX = ".exe" if os.name == "nt" else ""
KEPT_ENVIRONMENT = ("SYSTEMROOT", "TEMP", "TMP")  # Windows starts nothing without them
LONGEST_STEP_S = 1800.0
SMALLEST_PICTURE = 5_000

PEOPLE = """First name;Last name;Email;Phone;Company
Łukasz;Wójcik;lukasz@example.com;+48 22 123 45 67;Zażółć Sp. z o.o.
Søren;Ørsted;soren@example.com;+45 33 12 34 56;Blåbær ApS
İpek;Yıldız;ipek@example.com;+90 212 123 45 67;Güneş A.Ş.
"""
MORE_PEOPLE = 6_000  # enough for an import to start its second process, which in a build is the program again


class Trial:
    """One program folder under trial, in a home of its own."""

    def __init__(self, programs: Path, home: Path) -> None:
        self._programs = programs
        self._home = home
        self.workspace = home / "smoke.mycrm"
        self._environment = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
        self._environment["PATH"] = os.defpath
        settle_in(home, self._environment)

    def run(self, program: str, *arguments: str) -> str:
        """What a program prints; fails when it does not end well."""
        command = [str(self._programs / f"{program}{SUFFIX}"), *arguments]
        done = subprocess.run(
            command,
            cwd=self._home,
            env=self._environment,
            capture_output=True,
            encoding="utf-8",
            timeout=LONGEST_STEP_S,
            check=False,
        )
        if done.returncode != 0 or "Traceback" in done.stderr:
            raise SystemExit(f"{program} {' '.join(arguments)}: exit {done.returncode}\n{done.stderr}")
        return done.stdout

    def answer(self, *arguments: str) -> dict[str, Any]:
        """The document that `mycrm` answers about the workspace."""
        here = ["--workspace", str(self.workspace), "--json", "--no-input"]
        document: dict[str, Any] = json.loads(self.run("mycrm", *here, *arguments))
        return document


def told_its_version(trial: Trial) -> None:
    """The build is of this checkout."""
    assert __version__ in trial.run("mycrm", "--version")


def created_a_workspace(trial: Trial) -> None:
    """A workspace appears where it was asked for."""
    trial.answer("workspace", "create", str(trial.workspace), "--plain")
    assert trial.workspace.exists()


def imported(trial: Trial) -> None:
    """Everybody comes in."""
    people = trial.workspace.with_name("people.csv")
    more = "".join(f"Person;Number {i};person{i}@example.com;;\n" for i in range(MORE_PEOPLE))
    people.write_text(PEOPLE + more, encoding="utf-8")
    receipt = trial.answer("import", "contacts", str(people))
    assert (receipt["created"], receipt["rejected"]) == (3 + MORE_PEOPLE, 0), receipt


def found(trial: Trial) -> None:
    """A stroked letter is found by the plain one."""
    titles = [result["title"] for result in trial.answer("search", "lukasz")["results"]]
    assert titles == ["Łukasz Wójcik"], titles


def verified(trial: Trial) -> None:
    """The ledger and the projections agree."""
    verdict = trial.answer("workspace", "verify", "--full")
    assert verdict["problems"] == [], verdict


def shown(trial: Trial) -> None:
    """The window draws its pages."""
    pictures = trial.workspace.with_name("tour")
    trial.run("mycrm-desktop", "--tour", str(pictures))
    sizes = [picture.stat().st_size for picture in pictures.glob("*.png")]
    assert sizes and min(sizes) > SMALLEST_PICTURE, f"{len(sizes)} pictures"


STEPS: tuple[Callable[[Trial], None], ...] = (told_its_version, created_a_workspace, imported, found, verified, shown)


def main(programs: Path) -> int:
    """Take every step, tell how long each took."""
    megabytes = sum(path.lstat().st_size for path in programs.rglob("*")) / 1e6
    print(f"{programs.name}: {megabytes:.0f} MB", flush=True)
    with tempfile.TemporaryDirectory(prefix="mycrm-smoke-") as home:
        trial = Trial(programs.resolve(), Path(home).resolve())
        for step in STEPS:
            started = time.monotonic()
            step(trial)
            print(f"{step.__name__.replace('_', ' '):<22}{time.monotonic() - started:6.1f} s", flush=True)
    print("smoke run passed")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
