"""Runs the tour: one process a scale, because Qt takes its scale at the start, and the list of what was saved."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from mycrm_desktop.config import Config

SCALES: Final = (1, 2)


def run_tour(config: Config) -> int:
    """Take every picture and print the list; the exit code is 0 when all could be taken."""
    folder = config.tour
    assert folder is not None
    folder.mkdir(parents=True, exist_ok=True)
    if config.tour_scale:
        from mycrm_desktop.tour.camera import take_pictures

        return take_pictures(folder, scale=config.tour_scale, only=config.tour_only)
    codes = [_at_scale(folder, scale, config.tour_only) for scale in SCALES]
    return max(codes)


def _at_scale(folder: Path, scale: int, only: str) -> int:
    frozen = getattr(sys, "frozen", False)
    program = [sys.executable] if frozen else [sys.executable, "-m", "mycrm_desktop"]
    arguments = ["--tour", str(folder), "--scale", str(scale)]
    if only:
        arguments += ["--only", only]
    return subprocess.run([*program, *arguments], env=_environment(scale), check=False).returncode


def _environment(scale: int) -> dict[str, str]:
    """The same pictures on every machine: no screen's own scale, one time zone, and no display on Linux."""
    environment = dict(os.environ)
    environment.update(QT_SCALE_FACTOR=str(scale), QT_ENABLE_HIGHDPI_SCALING="0", TZ="Europe/Berlin")
    if sys.platform == "linux":
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return environment
