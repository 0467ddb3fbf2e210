"""Flags and folders of one start of the window, read once into one frozen value."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from mycrm_desktop import __version__
from mycrm_desktop.folders import config_folder

ENVIRONMENT_WORKSPACE: Final = "MYCRM_WORKSPACE"
LOG_FILE: Final = "mycrm-desktop.log"
_APPLICATION: Final = "MyCRM"


@dataclass(frozen=True, slots=True)
class Config:
    """Where this start keeps its things, and what it was asked to do.

    `tour_scale` is 0 in the process that starts the tour and 1 or 2 in those that take the pictures.
    """

    config_folder: Path
    state_folder: Path
    documents_folder: Path
    workspace: Path | None = None
    tour: Path | None = None
    tour_scale: int = 0
    tour_only: str = ""

    @property
    def log_file(self) -> Path:
        """The plain log, without personal data."""
        return self.state_folder / LOG_FILE


def read_config(arguments: Sequence[str]) -> Config:
    """The configuration of this start; ends the program with exit code 2 for wrong usage, 0 for --version."""
    parser = argparse.ArgumentParser(prog="mycrm-desktop", description="The window of MyCRM.")
    parser.add_argument("--workspace", type=Path, metavar="PATH", help="the workspace to open")
    parser.add_argument("--tour", type=Path, metavar="DIR", help="save a picture of every page into DIR")
    parser.add_argument("--only", default="", metavar="NAME", help="only pictures whose names begin like this")
    parser.add_argument("--scale", type=int, default=0, choices=(0, 1, 2), help=argparse.SUPPRESS)
    parser.add_argument("--config-dir", type=Path, metavar="DIR", help="the folder of this laptop's settings")
    parser.add_argument("--version", action="version", version=f"mycrm-desktop {__version__}")
    given = parser.parse_args(arguments)
    named = os.environ.get(ENVIRONMENT_WORKSPACE)
    workspace = given.workspace or (Path(named) if named else None)
    return Config(
        config_folder=given.config_dir or config_folder(),
        state_folder=given.config_dir / "state" if given.config_dir else _state_folder(),
        documents_folder=platformdirs.user_documents_path() / _APPLICATION,
        workspace=workspace,
        tour=given.tour,
        tour_scale=given.scale,
        tour_only=given.only,
    )


def _state_folder() -> Path:
    return Path(platformdirs.user_state_dir(_APPLICATION, appauthor=False))
