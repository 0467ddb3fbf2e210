"""Runs the tour: one process a scale, because Qt takes its scale at the start, and the list of what was saved."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
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
    with tempfile.TemporaryDirectory(prefix="mycrm-screen-") as name:
        return _in_process(folder, scale, only, screens=Path(name) / "screens.json")


def _in_process(folder: Path, scale: int, only: str, *, screens: Path) -> int:
    frozen = getattr(sys, "frozen", False)
    program = [sys.executable] if frozen else [sys.executable, "-m", "mycrm_desktop"]
    arguments = ["--tour", str(folder), "--scale", str(scale)]
    if only:
        arguments += ["--only", only]
    return subprocess.run([*program, *arguments], env=_environment(scale, screens), check=False).returncode


def _environment(scale: int, screens: Path) -> dict[str, str]:
    """The same pictures on every machine: no screen's own scale, one time zone, and no display on Linux."""
    environment = dict(os.environ)
    environment.update(QT_SCALE_FACTOR=str(scale), QT_ENABLE_HIGHDPI_SCALING="0", TZ="Europe/Berlin")
    if sys.platform == "linux" and environment.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
        # Its own screen of 800 x 800 would push popovers into its corner.
        screen = {"name": "tour", "x": 0, "y": 0, "width": 1920 * scale, "height": 1080 * scale}
        screens.write_text(json.dumps({"screens": [{**screen, "logicalDpi": 96, "dpr": 1}]}), encoding="ascii")
        environment["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens}"
    return environment
