"""Tests live in a home of their own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import platformdirs
import pytest

from tests.support.private_home import settle_in


def test_the_suite_runs_in_a_home_under_the_temporary_folder() -> None:
    temporary = Path(tempfile.gettempdir()).resolve()
    for folder in (Path.home(), platformdirs.user_data_path("x"), platformdirs.user_config_path("x")):
        assert folder.resolve().is_relative_to(temporary)


def test_the_suite_sees_no_workspace_and_no_session_bus_of_the_user() -> None:
    assert not [name for name in os.environ if name.startswith("MYCRM_")]
    assert "DBUS_SESSION_BUS_ADDRESS" not in os.environ


@pytest.mark.parametrize("name", ["MYCRM_WORKSPACE", "MYCRM_ENDPOINTS", "DBUS_SESSION_BUS_ADDRESS"])
def test_what_leads_out_of_the_home_is_taken_away(tmp_path: Path, name: str) -> None:
    environment = {name: "something of the user", "PATH": "kept"}
    settle_in(tmp_path, environment)
    assert name not in environment
    assert environment["PATH"] == "kept"
    assert environment["HOME"] == str(tmp_path.resolve())
