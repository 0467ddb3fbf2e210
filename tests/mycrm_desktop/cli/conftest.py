"""A plain workspace and calls of `mycrm` on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mycrm_desktop.folders import CONFIG_FOLDER_VARIABLE
from tests.mycrm_desktop.cli.calls import Mycrm


@pytest.fixture
def mycrm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Mycrm:
    """Calls on a new plain workspace; the laptop's own settings are out of reach."""
    monkeypatch.setenv(CONFIG_FOLDER_VARIABLE, str(tmp_path / "config"))
    calls = Mycrm(tmp_path / "work.mycrm", capsys)
    calls.good(
        "workspace", "create", calls.path, "--plain", "--user", "Lena Hartmann", "--email", "lena@nordvik.example"
    )
    return calls
