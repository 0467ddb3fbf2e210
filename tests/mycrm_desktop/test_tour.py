"""The picture book: it runs by itself, names its files by the rule, and always takes the same pictures."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

NAME = re.compile(r"[a-z_]+-[a-z0-9-]+-(light|dark)-[12]x\.png")


def take(folder: Path, only: str) -> list[str]:
    """Run the tour for some pictures; the names it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "mycrm_desktop", "--tour", str(folder), "--only", only],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
        env={name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"},
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_page_is_pictured_light_and_dark_at_both_scales(tmp_path: Path) -> None:
    names = take(tmp_path / "tour", "settings-appearance")
    assert sorted(names) == sorted(
        f"settings-appearance-{theme}-{scale}.png" for theme in ("light", "dark") for scale in ("1x", "2x")
    )
    assert sorted(file.name for file in (tmp_path / "tour").iterdir()) == sorted(names)
    assert all(NAME.fullmatch(name) for name in names)
    small = QImage(str(tmp_path / "tour" / "settings-appearance-light-1x.png"))
    large = QImage(str(tmp_path / "tour" / "settings-appearance-light-2x.png"))
    assert (small.width(), small.height()) == (1440, 900)
    assert (large.width(), large.height()) == (2880, 1800)


def test_the_same_picture_is_taken_twice(tmp_path: Path) -> None:
    for run in ("first", "second"):
        take(tmp_path / run, "settings-data")
    for file in (tmp_path / "first").iterdir():
        assert QImage(str(file)) == QImage(str(tmp_path / "second" / file.name)), file.name


def test_a_name_that_no_picture_has_takes_none(tmp_path: Path) -> None:
    assert take(tmp_path, "nothing") == []
