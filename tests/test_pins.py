"""What the project is built on stays what was chosen, and nothing in it names a registry or a machine."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).parent.parent
LOCKS = [ROOT / dev.RUNTIME_LOCK, ROOT / dev.DEV_LOCK]


def pinned(lock: Path) -> dict[str, str]:
    """Every pin of a lock with what stands below it."""
    blocks = re.split(r"^(?=\S)", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {block.split("==")[0].strip().lower(): block for block in blocks if "==" in block}


@pytest.mark.parametrize(("name", "version"), [("pyside6-essentials", "6.11.3"), ("sqlcipher3", "0.6.4")])
def test_a_pin_that_matters_stands_in_every_lock_and_is_installed(name: str, version: str) -> None:
    for lock in LOCKS:
        assert pinned(lock)[name].startswith(f"{name}=={version} ")
    assert importlib.metadata.version(name) == version


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_carries_hashes(lock: Path) -> None:
    assert [name for name, block in pinned(lock).items() if "--hash=sha256:" not in block] == []


def test_both_locks_pin_the_same_versions() -> None:
    runtime, development = ({name: block.split()[0] for name, block in pinned(lock).items()} for lock in LOCKS)
    assert runtime.items() <= development.items()


def test_every_direct_requirement_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=!;\[ ]", text)[0].lower() for text in project["dependencies"]}
    assert wanted <= set(pinned(LOCKS[0]))


def test_a_thousand_disconnects_do_not_end_the_program() -> None:
    # PySide6 6.12.0 drops a reference of True at each; Python 3.11 aborts after some five hundred.
    script = (
        "from PySide6.QtCore import QObject, Signal\n"
        "class Bell(QObject):\n"
        "    rung = Signal()\n"
        "bell = Bell()\n"
        "for _ in range(1000):\n"
        "    bell.rung.connect(print)\n"
        "    bell.rung.disconnect(print)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# --- What the project must not name -------------------------------------------------------------------------

# In pieces, so that this file does not name them either.
REGISTRY_HOSTS = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.", "deb.deb" + "ian.org")
MACHINE_PATHS = re.compile(r"(?<![\w.~])/(ro" + r"ot|ho" + r"me/\w+|Us" + r"ers/\w+|wo" + r"rk)/\w")
# fmt: off
SOURCES = {
    ".py", ".md", ".toml", ".spec", ".txt", ".yml", ".yaml", ".json", ".sh", ".cfg", ".ini", ".qss", ".svg",
}
# fmt: on


def project_texts() -> list[Path]:
    """The text files that belong to the project: those git knows, or all where there is no git."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        names = [ROOT / name for name in done.stdout.split("\0") if name]
    else:
        made = {".venv", "build", "dist", "tour"}
        names = [path for path in ROOT.rglob("*") if not made & set(path.relative_to(ROOT).parts)]
    return [path for path in names if path.is_file() and (path.suffix in SOURCES or path.parent.name == ".ci")]


def test_no_file_names_a_registry_host_or_a_path_of_this_machine() -> None:
    found = []
    for path in project_texts():
        text = path.read_text(encoding="utf-8", errors="replace")
        named = [host for host in REGISTRY_HOSTS if host in text]
        named += [match.group() for match in MACHINE_PATHS.finditer(text)]
        named += [str(ROOT)] if str(ROOT) in text else []
        found += [f"{path.relative_to(ROOT)}: {word}" for word in named]
    assert found == []
