"""How paths are shown to people."""

from __future__ import annotations

from pathlib import Path


def short_path(path: Path) -> str:
    """A path below the home folder without that part; any other in full."""
    try:
        return str(path.relative_to(Path.home()))
    except ValueError:
        return str(path)
