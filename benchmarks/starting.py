"""How long it takes until the frame is painted, beside a bare Qt window, each from the start of its process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from benchmarks.runner import Aim, BenchCase

_FRAME: Final = """
import os, sys
from mycrm_desktop.config import read_config
from mycrm_desktop.app import Run, make_application
config = read_config(["--config-dir", sys.argv[1]])
application = make_application()
run = Run(application, config)
run.shell.painted.connect(lambda: os._exit(0))
run.show()
application.exec()
"""

_BARE: Final = """
import os, sys
from PySide6.QtWidgets import QApplication, QMainWindow

class Bare(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        os._exit(0)

application = QApplication(sys.argv[:1])
window = Bare()
window.resize(1280, 800)
window.show()
application.exec()
"""


def _spent(program: str, scratch: Path) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    config = scratch / "config"
    config.mkdir(exist_ok=True)
    # Where a workspace is known the shape of the frame is painted, and not only its ground.
    (config / "workspaces.json").write_text('{"workspaces": []}', encoding="utf-8")
    command = [sys.executable, "-P", "-c", program, str(config)]
    # The first start fills the caches of fonts and files that every later one finds.
    subprocess.run(command, env=environment, check=True, timeout=120)
    started = time.perf_counter()
    subprocess.run(command, env=environment, check=True, timeout=120)
    return (time.perf_counter() - started) * 1000


def _frame(_prepared: Path, scratch: Path) -> float:
    return _spent(_FRAME, scratch)


def _bare(_prepared: Path, scratch: Path) -> float:
    return _spent(_BARE, scratch)


CASES: Final = (BenchCase("frame painted", "ms", _frame, Aim("ratio", 1.5), floor=_bare, runs=7),)
