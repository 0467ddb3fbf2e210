"""The start as a process of its own: what it imports before the first paint, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("sklearn", "scipy", "pandas", "pyqtgraph", "numpy", "alembic", "sqlalchemy", "sqlcipher3", "cryptography")
BEFORE_FIRST_PAINT = (*HEAVY, "asyncio", "qasync", "qtawesome", "services.open_workspace", "ui.main_window")


def run_python(code: str, *arguments: str) -> str:
    """Run a program in a process of its own; what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_main_window_imports_no_heavy_library() -> None:
    code = f"""
import sys, ui.main_window, mycrm_desktop.app, mycrm_desktop.wiring
print([name for name in {HEAVY} if name in sys.modules])
"""
    assert run_python(code).strip() == "[]"


def test_until_the_first_paint_little_more_than_qt_is_imported(tmp_path: Path) -> None:
    code = f"""
import sys
from mycrm_desktop.app import Run, make_application
from mycrm_desktop.config import read_config
application = make_application()
run = Run(application, read_config(["--config-dir", sys.argv[1]]))
run.shell.painted.disconnect()
run.shell.painted.connect(application.exit)
run.show()
application.exec()
print([name for name in {BEFORE_FIRST_PAINT} if name in sys.modules])
"""
    assert run_python(code, str(tmp_path)).strip() == "[]"


@pytest.mark.parametrize("known", [True, False])
def test_the_program_starts_paints_and_ends_with_0(tmp_path: Path, known: bool) -> None:
    if known:
        (tmp_path / "workspaces.json").write_text("{}", encoding="utf-8")
    code = "import sys; from mycrm_desktop.__main__ import main; sys.argv[1:] = sys.argv[1:]; sys.exit(main())"
    run_python(code, "--config-dir", str(tmp_path), "--stop-at-first-paint")


def test_closing_the_window_before_everything_is_imported_ends_the_program(tmp_path: Path) -> None:
    code = """
import sys
from mycrm_desktop import app
from mycrm_desktop.config import read_config
before = app.Run.show
def show_and_close(run):
    before(run)
    run.shell.painted.connect(run.shell.close)
app.Run.show = show_and_close
print(app.run(read_config(["--config-dir", sys.argv[1]])))
"""
    assert run_python(code, str(tmp_path)).strip() == "0"


def test_the_whole_run_opens_a_workspace_and_leaves_no_trace_of_a_lock(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from tests.ui.running import make_workspace
folder = Path(sys.argv[1])
path = make_workspace(folder)
from mycrm_desktop import app
from mycrm_desktop.config import read_config
seen = []
complete = app.Run.complete
def complete_and_leave(run):
    complete(run)
    window = run.wired.window
    def leave(_name):
        seen.append(window.frame.pages.current_name)
        window.quit_requested.emit()
    window.frame.pages.page_shown.connect(leave)
app.Run.complete = complete_and_leave
code = app.run(read_config(["--config-dir", str(folder / "config")]))
print(code, seen, path.with_name(path.name + "-wal").exists())
"""
    assert run_python(code, str(tmp_path)).strip() == "0 ['contacts'] False"
