"""What the window remembers between two starts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray

from ui.session_state import FILE_NAME, SessionState


@pytest.mark.parametrize("value", [True, 3, 1.5, "text ä", None, [1, 2], {"widths": {"name": 120}}])
def test_a_value_comes_back_after_a_restart(tmp_path: Path, value: Any) -> None:
    state = SessionState(tmp_path)
    state.set("contacts", "columns", value)
    state.save()
    assert SessionState(tmp_path).get("contacts", "columns", "missing") == value


def test_a_value_that_was_never_kept_is_the_default(tmp_path: Path) -> None:
    assert SessionState(tmp_path).get("contacts", "columns", "default") == "default"


def test_a_value_that_somebody_broke_is_the_default(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("[contacts]\ncolumns={not json\n", encoding="utf-8")
    assert SessionState(tmp_path).get("contacts", "columns", "default") == "default"


def test_groups_do_not_see_each_others_values(tmp_path: Path) -> None:
    state = SessionState(tmp_path)
    state.set("contacts", "sort", "name")
    assert state.get("companies", "sort") is None


def test_what_qt_made_comes_back_after_a_restart(tmp_path: Path) -> None:
    state = SessionState(tmp_path)
    state.set_bytes("window", "geometry", QByteArray(b"\x01\x00geometry"))
    state.save()
    assert SessionState(tmp_path).get_bytes("window", "geometry") == QByteArray(b"\x01\x00geometry")
    assert SessionState(tmp_path).get_bytes("window", "nothing").isEmpty()
