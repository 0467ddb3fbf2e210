"""The list of known workspaces: order, forgetting, and what broken files do to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.clock import ManualClock
from services.errors import WorkspaceError
from services.workspace_list import FILE_NAME, WorkspaceList

START = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    """A clock that moves when told to."""
    return ManualClock(START)


def made(folder: Path, name: str) -> Path:
    """A file that passes for a workspace."""
    path = folder / f"{name}.mycrm"
    path.write_bytes(b"")
    return path


def test_the_list_is_empty_before_anything_was_opened(tmp_path: Path) -> None:
    assert WorkspaceList(tmp_path).all() == []
    assert WorkspaceList(tmp_path).last_used() is None


def test_the_workspace_used_last_comes_first(tmp_path: Path, clock: ManualClock) -> None:
    known = WorkspaceList(tmp_path / "config", clock)
    for name in ("first", "second"):
        known.use(made(tmp_path, name))
        clock.advance(timedelta(minutes=1))
    known.use(tmp_path / "first.mycrm")
    assert [entry.name for entry in known.all()] == ["first", "second"]
    assert known.all()[0].last_used_at == START + timedelta(minutes=2)


def test_using_a_workspace_again_does_not_list_it_twice(tmp_path: Path, clock: ManualClock) -> None:
    known = WorkspaceList(tmp_path, clock)
    path = made(tmp_path, "one")
    known.use(path)
    known.use(path)
    assert [entry.path for entry in known.all()] == [path]


def test_a_workspace_whose_file_is_gone_stays_listed_but_is_not_opened(tmp_path: Path, clock: ManualClock) -> None:
    known = WorkspaceList(tmp_path, clock)
    known.use(made(tmp_path, "there"))
    clock.advance(timedelta(minutes=1))
    known.use(tmp_path / "gone.mycrm")
    assert [entry.name for entry in known.all()] == ["gone", "there"]
    assert known.last_used() == tmp_path / "there.mycrm"


def test_forgetting_leaves_the_file_and_the_others(tmp_path: Path, clock: ManualClock) -> None:
    known = WorkspaceList(tmp_path, clock)
    for name in ("one", "two"):
        known.use(made(tmp_path, name))
    known.forget(tmp_path / "one.mycrm")
    assert [entry.name for entry in known.all()] == ["two"]
    assert (tmp_path / "one.mycrm").exists()


def test_two_lists_on_one_folder_see_each_others_entries(tmp_path: Path, clock: ManualClock) -> None:
    window, command_line = WorkspaceList(tmp_path, clock), WorkspaceList(tmp_path, clock)
    window.use(made(tmp_path, "one"))
    command_line.use(made(tmp_path, "two"))
    assert {entry.name for entry in window.all()} == {"one", "two"}


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"workspaces": 3}', '{"workspaces": [1, {"path": 2}, {}]}', "\x00\x01"],
)
def test_a_broken_list_counts_as_empty_and_is_mended_by_the_next_use(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content, encoding="utf-8")
    known = WorkspaceList(tmp_path)
    assert known.all() == []
    known.use(made(tmp_path, "one"))
    assert [entry.name for entry in known.all()] == ["one"]


def test_an_entry_without_a_time_is_kept_as_the_oldest(tmp_path: Path, clock: ManualClock) -> None:
    path = made(tmp_path, "old")
    (tmp_path / FILE_NAME).write_text(f'{{"workspaces": [{{"path": "{path.as_posix()}"}}]}}', encoding="utf-8")
    known = WorkspaceList(tmp_path, clock)
    known.use(made(tmp_path, "new"))
    assert [entry.name for entry in known.all()] == ["new", "old"]


def test_a_path_that_is_no_valid_text_comes_back_as_it_was(tmp_path: Path) -> None:
    path = Path("/disk/\udcff.mycrm")
    known = WorkspaceList(tmp_path)
    known.use(path)
    assert known.all()[0].path == path.absolute()


def test_a_folder_that_cannot_be_written_is_a_known_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(WorkspaceError):
        WorkspaceList(blocked).use(tmp_path / "one.mycrm")
