"""Setting up: dev.py makes everything ready on a fresh machine, does its jobs and tells how they went."""

from __future__ import annotations

import argparse
import ast
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).parent.parent
ON_POSIX = pytest.mark.skipif(os.name == "nt", reason="puts shell scripts in the path of programs")

Program = Callable[[str, str], None]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Makes a shell script that is the only program to be found besides others made so."""
    monkeypatch.setenv("PATH", str(tmp_path))

    def make(name: str, body: str) -> None:
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)

    return make


class Calls:
    """Stands in for running commands: keeps each and answers with the exit code chosen for its program."""

    def __init__(self, codes: dict[str, int] | None = None) -> None:
        self.made: list[list[str]] = []
        self._codes = codes or {}

    def __call__(self, command: list[str], environment: dict[str, str] | None = None) -> int:
        self.made.append(command)
        return self._codes.get(Path(command[0]).stem, 0)

    def first_words(self) -> list[str]:
        """The programs that were called, in order."""
        return [Path(command[0]).stem for command in self.made]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Commands are kept, not run."""
    made = Calls()
    monkeypatch.setattr(dev, "call", made)
    return made


# --- Which Python -------------------------------------------------------------------------------------------


def test_dev_py_starts_on_old_pythons_with_nothing_but_the_standard_library() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 8))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name if isinstance(node, ast.Import) else node.module for node in imports for alias in node.names}
    assert {str(name).split(".")[0] for name in names} <= sys.stdlib_module_names


@ON_POSIX
def test_without_any_supported_python_one_sentence_is_said(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "SUPPORTED", ((9, 8), (9, 9)))
    program("python9.9", "exit 1")
    with pytest.raises(SystemExit, match=r"^dev\.py: Python 3\.11, 3\.12 or 3\.13 is needed[^\n]*$"):
        dev.hand_over()


@ON_POSIX
def test_a_python_that_is_not_supported_hands_over_with_all_arguments(
    program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dev, "SUPPORTED", ((9, 9),))
    monkeypatch.setattr(sys, "argv", ["dev.py", "test", "--only", "x"])
    program("python9.9", f'[ "$1" = -c ] && echo 9 9 || {{ echo "$@" > {tmp_path}/asked; exit 7; }}')
    with pytest.raises(SystemExit) as ended:
        dev.hand_over()
    assert ended.value.code == 7
    assert (tmp_path / "asked").read_text(encoding="utf-8").split()[1:] == ["test", "--only", "x"]


# --- What is installed, and when ----------------------------------------------------------------------------


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own with an empty environment."""
    (tmp_path / "packaging").mkdir()
    (tmp_path / dev.DEV_LOCK).write_text("one==1\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv" / ".ready.json")
    return tmp_path


def installed(calls: Calls) -> list[str]:
    """What pip was told to install since the last time."""
    told = ["requirements" if "--require-hashes" in command else "project" for command in calls.made]
    calls.made.clear()
    return told


def test_a_fresh_environment_gets_the_pins_by_hash_and_the_project(fresh: Path, calls: Calls) -> None:
    dev.ensure_installed()
    assert installed(calls) == ["requirements", "project"]


def test_nothing_is_installed_twice(fresh: Path, calls: Calls) -> None:
    dev.ensure_installed()
    calls.made.clear()
    with (fresh / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[tool.something]\nchanged = true\n")
    dev.ensure_installed()
    assert calls.made == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("packaging/requirements-dev.txt", "one==1", "one==2", ["requirements"]),
        ("pyproject.toml", "[project.scripts]", '[project.scripts]\nother = "x:y"', ["project"]),
    ],
)
def test_what_has_changed_is_installed_again(
    fresh: Path, calls: Calls, file: str, old: str, new: str, expected: list[str]
) -> None:
    dev.ensure_installed()
    calls.made.clear()
    text = (fresh / file).read_text(encoding="utf-8")
    (fresh / file).write_text(text.replace(old, new), encoding="utf-8")
    dev.ensure_installed()
    assert installed(calls) == expected


@pytest.mark.parametrize("stamp", ["", "[]", "{", '{"requirements": "other"}'])
def test_a_damaged_stamp_means_installing(fresh: Path, calls: Calls, stamp: str) -> None:
    dev.STAMP.write_text(stamp, encoding="utf-8")
    dev.ensure_installed()
    assert installed(calls) == ["requirements", "project"]
    assert set(json.loads(dev.STAMP.read_text(encoding="utf-8"))) == {"requirements", "project"}


def test_a_failed_installation_ends_with_a_sentence_and_is_tried_again(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "call", Calls({dev.PYTHON.stem: 1}))
    with pytest.raises(SystemExit, match="could not be installed"):
        dev.ensure_installed()
    assert not dev.STAMP.exists()


# --- System libraries ---------------------------------------------------------------------------------------


@ON_POSIX
def test_a_library_counts_as_there_under_its_64_bit_time_name(program: Program) -> None:
    there = [name + ("t64" if name == "libglib2.0-0" else "") for name in dev.SYSTEM_PACKAGES.split()]
    there.remove("xvfb")
    lines = "\n".join(f"echo {name} installed" for name in there)
    program("dpkg-query", f"{lines}\necho xvfb not-installed\nexit 1")
    assert dev.missing_packages() == ["xvfb"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has system packages")
class TestMissingPackages:
    """What is done about packages that Debian does not have installed."""

    @pytest.fixture(autouse=True)
    def lacking(self, program: Program, fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every package is missing."""
        program("dpkg-query", "exit 1")
        monkeypatch.setattr(dev, "VENV", fresh / ".venv")
        monkeypatch.setattr(dev, "REFUSED", fresh / ".venv" / ".refused-packages")

    def test_are_installed_where_that_needs_no_question(self, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dev, "root_prefix", lambda: ["sudo", "-n", "env"])
        dev.ensure_system_libraries()
        assert {"apt-get", "--no-install-recommends", "libegl1"} <= set(calls.made[-1])

    def test_become_the_one_line_to_run_where_it_does(
        self, calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(dev, "root_prefix", list)
        dev.ensure_system_libraries()
        assert calls.made == []
        assert "sudo apt-get install -y --no-install-recommends xvfb" in capsys.readouterr().out

    def test_that_cannot_be_had_are_asked_for_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        refusing = Calls({"env": 100})
        monkeypatch.setattr(dev, "call", refusing)
        monkeypatch.setattr(dev, "root_prefix", lambda: ["env"])
        dev.ensure_system_libraries()
        assert any("update" in command for command in refusing.made)
        refusing.made.clear()
        dev.ensure_system_libraries()
        assert refusing.made == []


# --- Jobs ---------------------------------------------------------------------------------------------------


def asked(*words: str) -> argparse.Namespace:
    """The arguments of a command line."""
    return dev.commands().parse_args(words)


def test_all_stages_run_even_when_one_fails_and_the_failure_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = Calls({"ruff": 1})
    monkeypatch.setattr(dev, "call", commands)
    monkeypatch.setattr(dev, "echoed", lambda *_: (0, "3 passed in 1.00s"))
    assert dev.run_tests(asked("test")) == 1
    assert commands.first_words() == ["ruff", "ruff", "mypy", "lint-imports"]
    told = capsys.readouterr().out.splitlines()
    assert told[-2:] == ["3 passed in 1.00s", "dev.py test: FAILED: format, lint"]
    table = [line.split() for line in told if re.search(r" (passed|FAILED)$", line) and not line.startswith("dev")]
    assert [row[0] for row in table] == ["format", "lint", "types", "import", "tests", "total"]


@pytest.mark.parametrize("code", [1, 2, 5], ids=["a failed test", "an interruption", "no test at all"])
def test_the_job_fails_when_pytest_does(
    calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int
) -> None:
    monkeypatch.setattr(dev, "echoed", lambda *_: (code, "closing line"))
    assert dev.run_tests(asked("test")) == 1
    assert "FAILED: tests" in capsys.readouterr().out


def test_everything_passed_means_zero(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "echoed", lambda *_: (0, "3 passed in 1.00s"))
    assert dev.run_tests(asked("test")) == 0


@pytest.mark.parametrize(
    "closing",
    [
        "3 passed in 0.01s",
        "1 failed, 3 passed, 2 deselected, 1 error in 61.30s (0:01:01)",
        "no tests ran in 0.01s",
    ],
)
def test_the_closing_line_of_pytest_is_found(closing: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = ["tests/test_x.py::test_passed_in_time PASSED", f"\x1b[32m==== {closing} ====\x1b[0m", "bye"]
    printing = [sys.executable, "-c", f"print({chr(10).join(lines)!r}); raise SystemExit(3)"]
    assert dev.echoed(printing, {}) == (3, closing)
    assert "bye" in capsys.readouterr().out


def test_proofs_run_alone_one_after_another_and_leave_their_figures() -> None:
    command = dev.pytest_command(asked("test", "--deep", "--only", "kill"))
    assert command[-2:] == ["-k", "kill"]
    assert command[command.index("deep") - 1] == "-m"
    assert f"--record-proofs={dev.PROOFS}" in command
    assert "-n" not in command


def test_tests_run_on_two_processes() -> None:
    command = dev.pytest_command(asked("test"))
    assert command[command.index("-n") + 1] == "2"
    assert "deep" not in command


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_without_a_display_run_makes_the_tour(
    calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert dev.run_program(asked("run")) == 0
    assert calls.made == [[dev.script("mycrm-desktop"), "--tour", str(dev.ROOT / "tour")]]
    assert "no display" in capsys.readouterr().out


def test_with_a_display_run_opens_the_window(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    dev.run_program(asked("run", "--", "--workspace", "mine.mycrm"))
    assert calls.made == [[dev.script("mycrm-desktop"), "--workspace", "mine.mycrm"]]


def test_a_new_lock_names_no_index(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = "--index-url https://index.example/simple\none==1 \\\n    --hash=sha256:00\n    # via two\n"

    def compiling(command: list[str], environment: dict[str, str] | None = None) -> int:
        (fresh / command[command.index("--output-file") + 1]).write_text(written, encoding="utf-8")
        return 0

    monkeypatch.setattr(dev, "call", compiling)
    assert dev.lock(asked("lock")) == 0
    for lock in (dev.RUNTIME_LOCK, dev.DEV_LOCK):
        text = (fresh / lock).read_text(encoding="utf-8")
        assert text == "one==1 \\\n    --hash=sha256:00\n    # via two\n"


def test_ci_runs_the_command_that_the_readme_names() -> None:
    assert "python3 dev.py test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "python3 dev.py test" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert os.name == "nt" or os.access(ROOT / ".ci" / "run", os.X_OK)
