"""Flags and folders of one start."""

from __future__ import annotations

from pathlib import Path

import pytest

from mycrm_desktop import __version__
from mycrm_desktop.config import LOG_FILE, read_config


def test_without_flags_the_folders_are_the_systems_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYCRM_CONFIG_DIR", str(tmp_path))
    config = read_config([])
    assert config.config_folder == tmp_path
    assert config.log_file.name == LOG_FILE
    assert config.documents_folder.name == "MyCRM"
    assert (config.workspace, config.tour, config.tour_scale) == (None, None, 0)


def test_a_folder_of_ones_own_holds_settings_and_log(tmp_path: Path) -> None:
    config = read_config(["--config-dir", str(tmp_path)])
    assert config.config_folder == tmp_path
    assert config.log_file == tmp_path / "state" / LOG_FILE


def test_the_flag_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYCRM_WORKSPACE", "/from/environment.mycrm")
    assert read_config([]).workspace == Path("/from/environment.mycrm")
    assert read_config(["--workspace", "/from/flag.mycrm"]).workspace == Path("/from/flag.mycrm")


def test_the_tour_has_a_folder_and_a_scale(tmp_path: Path) -> None:
    config = read_config(["--tour", str(tmp_path), "--scale", "2", "--only", "settings"])
    assert (config.tour, config.tour_scale, config.tour_only) == (tmp_path, 2, "settings")


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        read_config(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"mycrm-desktop {__version__}\n"


@pytest.mark.parametrize("arguments", [["--unknown"], ["--scale", "3"], ["--workspace"]])
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        read_config(arguments)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err
