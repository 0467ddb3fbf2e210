"""The window asks about a clock that stands far from the last change, and takes yes for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.running import NOW, Started, make_workspace, started


@pytest.fixture
def late(qtbot: QtBot, tmp_path: Path) -> Iterator[Started]:
    """The window on a clock that is four years ahead of the last change."""
    make_workspace(tmp_path)
    with started(qtbot, tmp_path, now=NOW + timedelta(days=1461)) as running:
        running.wait_open()
        running.wait(lambda: not running.window.frame.banners.isHidden())
        yield running


def test_a_clock_near_the_last_change_is_not_asked_about(qtbot: QtBot, tmp_path: Path) -> None:
    make_workspace(tmp_path)
    with started(qtbot, tmp_path, now=NOW + timedelta(hours=20)) as running:
        running.wait_open()
        assert running.window.frame.banners.isHidden()


def test_a_clock_far_ahead_is_asked_about_with_both_dates(late: Started) -> None:
    banner = late.window.frame.banners.banner
    assert banner is not None
    assert banner.accessibleName().startswith("Is it Saturday 23 November 2030")
    assert "The last change here was on Monday 23 November 2026" in banner.accessibleName()


def test_yes_takes_the_banner_away_and_the_clock_is_followed(late: Started) -> None:
    banner = late.window.frame.banners.banner
    assert banner is not None
    banner.action_pressed.emit()
    late.settle()
    assert late.window.frame.banners.isHidden()
    future = late.workspace.store.run_read(late.workspace.clock.question)
    late.wait(future.done)
    assert future.result() is None


def test_locking_takes_the_question_away(late: Started) -> None:
    late.window.lock()
    late.wait(late.window.frame.banners.isHidden)
    late.settle()


def test_a_clock_behind_the_last_change_is_told_apart(qtbot: QtBot, tmp_path: Path) -> None:
    make_workspace(tmp_path)
    with started(qtbot, tmp_path, now=NOW - timedelta(days=30)) as running:
        running.wait_open()
        running.wait(lambda: not running.window.frame.banners.isHidden())
        banner = running.window.frame.banners.banner
        assert banner is not None
        assert "Until the clock is set" in banner.accessibleName()
