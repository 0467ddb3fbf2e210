"""What the project is built on stays what was chosen, and nothing in it names a registry or a machine."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

import dev

ROOT = Path(__file__).parent.parent
LOCKS = [ROOT / dev.RUNTIME_LOCK, ROOT / dev.DEV_LOCK]


def pinned(lock: Path) -> list[tuple[str, str]]:
    """Every pin of a lock: the name and the block below it; a library may have one for each Python."""
    blocks = re.split(r"^(?=\S)", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [(block.split("==")[0], block) for block in blocks if "==" in block]


@pytest.mark.parametrize(("name", "version"), [("pyside6-essentials", "6.11.3"), ("sqlcipher3", "0.6.4")])
def test_a_pin_that_matters_stands_in_every_lock_and_is_installed(name: str, version: str) -> None:
    for lock in LOCKS:
        pins = [block.split()[0] for pin, block in pinned(lock) if pin == name]
        assert pins == [f"{name}=={version}"]
    assert importlib.metadata.version(name) == version


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_carries_hashes(lock: Path) -> None:
    assert len(pinned(lock)) > 30
    assert [name for name, block in pinned(lock) if "--hash=sha256:" not in block] == []


def test_both_locks_pin_the_same_versions() -> None:
    runtime, everything = ({block.split("\\")[0] for _, block in pinned(lock)} for lock in LOCKS)
    assert runtime <= everything


def test_every_direct_requirement_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=!;\[ ]", text)[0].lower() for text in project["dependencies"]}
    assert wanted <= {name for name, _ in pinned(LOCKS[0])}


@pytest.fixture(scope="module")
def notices() -> ModuleType:
    """The script beside the locks, which is in no package."""
    spec = importlib.util.spec_from_file_location("notices", ROOT / "packaging" / "notices.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["notices"] = module  # its dataclasses look for their module there
    spec.loader.exec_module(module)
    return module


def test_the_notices_name_every_locked_library_with_its_licence(notices: ModuleType) -> None:
    written = (ROOT / "NOTICES.md").read_text(encoding="utf-8")
    assert written == notices.notices(notices.components()), "run packaging/notices.py"


def test_a_build_carries_a_licence_text_of_every_library_on_this_system(notices: ModuleType) -> None:
    carried = {folder.split("/")[1] for _, folder in notices.licence_texts() if "/" in folder}
    here = {name for name in notices.locked_names() if is_installed(name)}
    # Qt's own packages bring no text; theirs are the LGPL and the GPL, which lie beside the locks.
    assert here - carried == {"pyside6-essentials", "shiboken6"}
    texts = {Path(path).name for path, folder in notices.licence_texts() if folder == "licences"}
    assert {"LGPL-3.0.txt", "GPL-3.0.txt", "SQLCipher.txt", "LICENSE", "NOTICES.md"} <= texts


def is_installed(name: str) -> bool:
    """Whether a library is there; some of the lock are for other systems."""
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


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
