"""Flags and folders of one start of the window, read once into one frozen value.

Folders are looked up when they are asked for, because the library that knows them is not needed for the first paint.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mycrm_desktop import __version__

ENVIRONMENT_WORKSPACE: Final = "MYCRM_WORKSPACE"
LOG_FILE: Final = "mycrm-desktop.log"
_APPLICATION: Final = "MyCRM"


@dataclass(frozen=True, slots=True)
class Config:
    """Where this start keeps its things, and what it was asked to do.

    `state` is the folder of logs and `documents` that of new workspaces; None means the system's own.
    `stops_at_first_paint` is for measuring. `tour_scale` is 0 in the process that starts the tour, 1 or 2 in
    those that take the pictures.
    """

    config_folder: Path
    state: Path | None = None
    documents: Path | None = None
    workspace: Path | None = None
    tour: Path | None = None
    stops_at_first_paint: bool = False
    tour_scale: int = 0
    tour_only: str = ""

    @property
    def log_file(self) -> Path:
        """The plain log, without personal data."""
        if self.state is not None:
            return self.state / LOG_FILE
        import platformdirs

        return Path(platformdirs.user_state_dir(_APPLICATION, appauthor=False)) / LOG_FILE

    @property
    def documents_folder(self) -> Path:
        """Where new workspaces are kept unless the user says otherwise."""
        if self.documents is not None:
            return self.documents
        import platformdirs

        return platformdirs.user_documents_path() / _APPLICATION


def read_config(arguments: Sequence[str]) -> Config:
    """The configuration of this start; ends the program with exit code 2 for wrong usage, 0 for --version."""
    parser = argparse.ArgumentParser(prog="mycrm-desktop", description="The window of MyCRM.")
    parser.add_argument("--workspace", type=Path, metavar="PATH", help="the workspace to open")
    parser.add_argument("--tour", type=Path, metavar="DIR", help="save a picture of every page into DIR")
    parser.add_argument("--only", default="", metavar="NAME", help="only pictures whose names begin like this")
    parser.add_argument("--config-dir", type=Path, metavar="DIR", help="the folder of this laptop's settings")
    parser.add_argument("--version", action="version", version=f"mycrm-desktop {__version__}")
    parser.add_argument("--scale", type=int, default=0, choices=(0, 1, 2), help=argparse.SUPPRESS)
    parser.add_argument("--stop-at-first-paint", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    named = os.environ.get(ENVIRONMENT_WORKSPACE)
    return Config(
        config_folder=given.config_dir or _config_folder(),
        state=given.config_dir / "state" if given.config_dir else None,
        workspace=given.workspace or (Path(named) if named else None),
        tour=given.tour,
        stops_at_first_paint=given.stop_at_first_paint,
        tour_scale=given.scale,
        tour_only=given.only,
    )


def _config_folder() -> Path:
    from mycrm_desktop.folders import config_folder

    return config_folder()
