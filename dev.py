#!/usr/bin/env python3
"""Sets the project up and does its daily jobs: run, test, measure, picture, package, lock.

Uses the standard library only. Starts on any Python from 3.8 on, and hands over to a supported one.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
SUFFIX = ".exe" if os.name == "nt" else ""
PYTHON = SCRIPTS / f"python{SUFFIX}"
STAMP = VENV / ".ready.json"
REFUSED = VENV / ".refused-packages"
RUNTIME_LOCK = Path("packaging", "requirements.txt")
DEV_LOCK = Path("packaging", "requirements-dev.txt")
PROOFS = Path("docs", "proofs.md")

SUPPORTED = ((3, 11), (3, 12), (3, 13))
# What Qt's window plugin, its fonts and the daemons of the tests (keyring, notifications) need on Debian and Ubuntu.
SYSTEM_PACKAGES = """
    xvfb xauth libegl1 libgl1 libdbus-1-3 libfontconfig1 libglib2.0-0 libxkbcommon0 libxkbcommon-x11-0
    libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
    libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1
    fonts-dejavu-core fonts-noto-color-emoji fonts-noto-cjk fonts-inter gnome-keyring dbus libsecret-tools dunst
"""
# The same need where there is no dpkg to ask: the libraries that a window cannot do without.
WINDOW_LIBRARIES = """
    libEGL.so.1 libGL.so.1 libfontconfig.so.1 libdbus-1.so.3 libglib-2.0.so.0 libxkbcommon.so.0
    libxkbcommon-x11.so.0 libxcb-cursor.so.0 libxcb-icccm.so.4 libxcb-keysyms.so.1
"""


def say(text: str) -> None:
    """Tell the user, at once and in order with what child processes print."""
    print(text, flush=True)


def stop(sentence: str) -> NoReturn:
    """End with one clear sentence and a failing exit code."""
    sys.exit(f"dev.py: {sentence}")


def call(command: list[str], environment: dict[str, str] | None = None) -> int:
    """Run a command in the project's folder and give its exit code."""
    merged = {**os.environ, **(environment or {})}
    return subprocess.run(command, cwd=ROOT, env=merged, check=False).returncode


def must(command: list[str], sentence: str, environment: dict[str, str] | None = None) -> None:
    """Run a command that has to succeed, or stop with the sentence."""
    if call(command, environment) != 0:
        stop(sentence)


def output_of(command: list[str]) -> str:
    """What a command prints, empty when it fails or is not there."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout if done.returncode == 0 else ""


# --- Python and its environment -----------------------------------------------------------------------------


def supported(command: list[str]) -> bool:
    """Whether a command starts a Python that the program runs on."""
    answer = output_of([*command, "-c", "import sys; print(*sys.version_info[:2])"])
    return tuple(int(part) for part in answer.split()) in SUPPORTED


def hand_over() -> None:
    """Where this interpreter is too old or too new, let a supported one do the whole job."""
    if sys.version_info[:2] in SUPPORTED:
        return
    for major, minor in reversed(SUPPORTED):
        for command in ([f"python{major}.{minor}"], ["py", f"-{major}.{minor}"]):
            if shutil.which(command[0]) and supported(command):
                sys.exit(subprocess.run([*command, __file__, *sys.argv[1:]], check=False).returncode)
    stop(f"Python 3.11, 3.12 or 3.13 is needed; this is {sys.version.split()[0]} and no other was found.")


def ensure_venv() -> None:
    """Make `.venv`, or make it again when its interpreter is gone or not supported."""
    if PYTHON.exists() and supported([str(PYTHON)]):
        return
    say(f"Making .venv with Python {sys.version.split()[0]}")
    must([sys.executable, "-m", "venv", "--clear", str(VENV)], "Python could not make .venv (see above).")


def declared_project() -> bytes:
    """What of pyproject.toml an installation depends on; the tools' settings do not matter to it."""
    import tomllib

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    relevant = [settings["build-system"], settings["project"], settings["tool"]["hatch"], str(ROOT)]
    return json.dumps(relevant, sort_keys=True).encode()


def read_stamp() -> dict[str, str]:
    """What the environment was last made from; empty when it was not."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def ensure_installed() -> None:
    """Install what is pinned, then the project itself, each only when its description has changed."""
    stamp = read_stamp()
    sources = {"requirements": (ROOT / DEV_LOCK).read_bytes(), "project": declared_project()}
    wanted = {name: hashlib.sha256(content).hexdigest() for name, content in sources.items()}
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    if stamp.get("requirements") != wanted["requirements"]:
        say("Installing the pinned requirements (a minute or two the first time)")
        pinned = [*pip, "--require-hashes", "--requirement", str(DEV_LOCK)]
        must(pinned, "the pinned requirements could not be installed (see above).")
    if stamp.get("project") != wanted["project"]:
        editable = [*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
        must(editable, "the project itself could not be installed (see above).")
    if stamp != wanted:
        STAMP.write_text(json.dumps(wanted), encoding="utf-8")


# --- System libraries ---------------------------------------------------------------------------------------


def missing_packages() -> list[str]:
    """Debian packages that are not installed; a library may carry the suffix of the 64-bit time change."""
    wanted = SYSTEM_PACKAGES.split()
    if importlib.util.find_spec("ensurepip") is None:
        wanted.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    names = [name + suffix for name in wanted for suffix in ("", "t64")]
    query = ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *names]
    # Its exit code is not asked: it is 1 as soon as one name is unknown.
    lines = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
    there = {line.split()[0] for line in lines if line.endswith(" installed")}
    return [name for name in wanted if name not in there and name + "t64" not in there]


def loads(library: str) -> bool:
    """Whether the system's loader finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def root_prefix() -> list[str]:
    """What makes a command run as root without a question; empty when that is not possible."""
    if os.geteuid() == 0:
        return ["env"]
    if shutil.which("sudo") and call(["sudo", "-n", "true"]) == 0:
        return ["sudo", "-n", "env"]
    return []


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages where that may be done; fetches the package lists when they do not suffice."""
    prefix = root_prefix()
    if not prefix:
        return False
    say(f"Installing system packages: {' '.join(packages)}")
    apt = [*prefix, "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    install = [*apt, "install", "-y", "-q", "--no-install-recommends", *packages]
    if any(Path("/var/lib/apt/lists").glob("*_Packages*")) and call(install) == 0:
        return True
    return call([*apt, "update", "-q"]) == 0 and call(install) == 0


def ensure_system_libraries() -> None:
    """Install the system libraries that are missing, or print the one line to run."""
    if not sys.platform.startswith("linux"):
        return
    if not shutil.which("dpkg-query"):
        absent = [library for library in WINDOW_LIBRARIES.split() if not loads(library)]
        if absent:
            say(f"Missing system libraries, to be had with the package tool: {' '.join(absent)}")
        return
    packages = missing_packages()
    asked = " ".join(packages)
    # What could not be had once is not tried again at every start.
    refused = REFUSED.exists() and REFUSED.read_text(encoding="utf-8") == asked
    if not packages or (not refused and apt_install(packages)):
        return
    if VENV.exists():
        REFUSED.write_text(asked, encoding="utf-8")
    say(f"Missing system packages; run: sudo apt-get install -y --no-install-recommends {asked}")


# --- Jobs ---------------------------------------------------------------------------------------------------


def script(name: str) -> str:
    """Path of a program in the environment."""
    return str(SCRIPTS / f"{name}{SUFFIX}")


def set_up(_: argparse.Namespace) -> int:
    """Nothing more to do than was done before any job: say where the programs are."""
    say(f"Ready: {script('mycrm')} and {script('mycrm-desktop')}")
    return 0


def without_display() -> bool:
    """Whether there is no screen to open a window on."""
    screens = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return sys.platform.startswith("linux") and not screens


def tour(folder: Path) -> int:
    """Leave pictures of every page in a folder."""
    offscreen = {"QT_QPA_PLATFORM": "offscreen"} if without_display() else {}
    return call([script("mycrm-desktop"), "--tour", str(folder)], offscreen)


def run_program(arguments: argparse.Namespace) -> int:
    """Open the last workspace, or make the tour where there is no display."""
    if without_display():
        say("There is no display here: making the tour into tour/ instead of opening the window.")
        return tour(ROOT / "tour")
    return call([script("mycrm-desktop"), *arguments.rest])


QUALITY = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "import contracts": ["lint-imports", "--no-logo"],
}


def pytest_command(arguments: argparse.Namespace) -> list[str]:
    """The tests in random order on two processes; or the long proofs, one after another."""
    command = [str(PYTHON), "-m", "pytest", "-q"]
    command += ["--color=yes"] if sys.stdout.isatty() else []
    if arguments.deep:
        command += ["-m", "deep", "--timeout=0", "-s", f"--record-proofs={PROOFS}"]
    else:
        command += ["-n", "2", "--dist", "worksteal"]
    return command + (["-k", arguments.only] if arguments.only else [])


def echoed(command: list[str], environment: dict[str, str]) -> tuple[int, str]:
    """Run pytest, passing its output through; gives the exit code and its closing line."""
    closing = "pytest did not finish"
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            plain = re.sub(r"\x1b\[[0-9;]*m", "", line).strip().strip("= ")
            if re.search(r"\b(passed|failed|errors?|deselected|no tests ran)\b.* in [\d.]+s", plain):
                closing = plain
        return process.wait(), closing


def run_tests(arguments: argparse.Namespace) -> int:
    """Format, lint, types, import contracts, tests: all are run, each timed; one failure fails all."""
    environment = {"QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}
    rows: list[tuple[str, float, int]] = []
    partly = arguments.deep or arguments.only
    for name, (program, *rest) in {} if partly else QUALITY.items():
        say(f"\n--- {name}: {shlex.join([program, *rest])}")
        started = time.monotonic()
        code = call([script(program), *rest], environment)
        rows.append((name, time.monotonic() - started, code))
    name = "proofs" if arguments.deep else "tests"
    command = pytest_command(arguments)
    say(f"\n--- {name}: {shlex.join(command[2:])}")
    started = time.monotonic()
    code, closing = echoed(command, environment)
    rows.append((name, time.monotonic() - started, code))
    return report(rows, closing)


def report(rows: list[tuple[str, float, int]], closing: str) -> int:
    """Print the closing table of stages, and give the exit code."""
    failed = [name for name, _, code in rows if code != 0]
    say(f"\n{'stage':<18}{'seconds':>9}  result")
    for name, seconds, code in [*rows, ("total", sum(row[1] for row in rows), len(failed))]:
        say(f"{name:<18}{seconds:>9.1f}  {'FAILED' if code else 'passed'}")
    say(f"\n{closing}")
    say(f"dev.py test: {'FAILED: ' + ', '.join(failed) if failed else 'passed'}")
    return 1 if failed else 0


def run_benchmarks(arguments: argparse.Namespace) -> int:
    """Measure the program against its floors."""
    command = [str(PYTHON), "-P", "-m", "benchmarks", *arguments.names]
    command += ["--json", str(Path(arguments.json).absolute())] if arguments.json else []
    return call(command, {"QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1"})


def package(_: argparse.Namespace) -> int:
    """Freeze window and command line into dist/, then use the result as a user would."""
    # With a fixed time and hash seed, two builds of one commit are equal file by file.
    made_at = output_of(["git", "log", "-1", "--format=%ct"]).strip() or "1700000000"
    fixed = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": made_at}
    build = [str(PYTHON), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "build.spec"]
    must([*build, "--distpath", "dist", "--workpath", "build"], "the build failed (see above).", fixed)
    return call([str(PYTHON), "packaging/smoke.py", "dist/mycrm-desktop"])


def lock(arguments: argparse.Namespace) -> int:
    """Make both locks again from pyproject.toml: for every platform, with hashes, naming no index."""
    compiling = [
        script("uv"),
        "pip",
        "compile",
        "pyproject.toml",
        "--quiet",
        "--universal",
        "--python-version",
    ]
    compiling += ["3.11", "--generate-hashes", "--no-emit-index-url", "--no-header"]
    compiling += ["--upgrade"] if arguments.upgrade else []
    same = ["--extra", "dev", "--constraint", RUNTIME_LOCK.as_posix()]  # one version of a library in both
    names_a_host = re.compile(r"^\s*--(index-url|extra-index-url|find-links|trusted-host)|://")
    for target, more in ((RUNTIME_LOCK, []), (DEV_LOCK, same)):
        must([*compiling, *more, "--output-file", target.as_posix()], f"{target.name} could not be made.")
        lines = (ROOT / target).read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if not names_a_host.search(line)]
        (ROOT / target).write_text("\n".join(kept) + "\n", encoding="utf-8", newline="\n")
        say(f"{target.as_posix()}: {sum('==' in line for line in kept)} pins")
    return 0


def commands() -> argparse.ArgumentParser:
    """The command line of this file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    jobs = parser.add_subparsers(dest="job", metavar="JOB", required=True)

    def add(name: str, job: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = jobs.add_parser(name, help=text, description=text)
        sub.set_defaults(work=job)
        return sub

    run = add("run", run_program, "open the last workspace (without a display: make the tour into tour/)")
    run.add_argument("rest", nargs="*", help="passed to mycrm-desktop; options after --")
    test = add("test", run_tests, "format, lint, types, import contracts, tests")
    test.add_argument("--deep", action="store_true", help="the long proofs; figures go to docs/proofs.md")
    test.add_argument("--only", metavar="NAME", help="only the tests (or proofs) whose name matches")
    add("setup", set_up, "make .venv with everything in it, and do nothing else")
    bench = add("bench", run_benchmarks, "measure against the floors")
    bench.add_argument("--json", metavar="FILE", help="write the results there")
    bench.add_argument("names", nargs="*", metavar="NAME", help="only these cases")
    touring = add("tour", lambda named: tour(Path(named.folder).absolute()), "leave pictures of every page")
    touring.add_argument("folder", metavar="DIR")
    add("package", package, "freeze the program into dist/ and try the result")
    locking = add("lock", lock, "make the pinned requirements again")
    locking.add_argument("--upgrade", action="store_true", help="to the newest that pyproject.toml allows")
    return parser


def main() -> int:
    """Make everything ready, then do the job that was asked for."""
    arguments = commands().parse_args()
    hand_over()
    ensure_system_libraries()
    ensure_venv()
    ensure_installed()
    work: Callable[[argparse.Namespace], int] = arguments.work
    return work(arguments)


if __name__ == "__main__":
    sys.exit(main())
