"""Looking at workspace files, and making them."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.errors import WorkspaceDamaged, WorkspaceError
from services.store.store import Surroundings
from services.vault.memory_store import MemoryStore
from services.vault.protection import Protection
from services.workspaces import Workspaces
from tests.ui.running import PASSPHRASE, make_workspace
from ui.operations.workspaces import Key, Wanted, create_workspace, free_path, identify, open_workspace, workspace_uid


@pytest.fixture
def workspaces() -> Workspaces:
    """What makes and opens workspaces, with keys in memory."""
    return Workspaces(MemoryStore(), Surroundings(device=b"t" * 16))


@pytest.mark.parametrize("protection", [Protection.PLAIN, Protection.PASSPHRASE, Protection.KEYRING])
def test_a_file_tells_how_it_is_protected(tmp_path: Path, protection: Protection) -> None:
    path = make_workspace(tmp_path, protection=protection)
    assert identify(path).protection == protection.value


def test_the_suffix_may_be_left_out(tmp_path: Path) -> None:
    path = make_workspace(tmp_path)
    assert identify(path.with_suffix("")).path == path


def test_a_missing_file_is_a_known_error(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as error:
        identify(tmp_path / "gone.mycrm")
    assert error.value.code == "missing"


def test_an_empty_file_is_a_known_error(tmp_path: Path) -> None:
    path = tmp_path / "empty.mycrm"
    path.touch()
    with pytest.raises(WorkspaceDamaged):
        identify(path)


def test_the_folder_of_a_new_workspace_is_made(tmp_path: Path, workspaces: Workspaces) -> None:
    path = tmp_path / "Documents" / "MyCRM" / "Mine.mycrm"
    created = create_workspace(workspaces, Wanted(path, "plain", user_name="Lena", time_zone="Europe/Berlin"))
    try:
        user = created.workspace.users.acting()
        assert path.exists()
        assert user is not None and (user.name, user.time_zone) == ("Lena", "Europe/Berlin")
        assert len(workspace_uid(created.workspace)) == 32
    finally:
        created.workspace.close()


def test_a_folder_that_cannot_be_made_is_a_known_error(tmp_path: Path, workspaces: Workspaces) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(WorkspaceError) as error:
        create_workspace(workspaces, Wanted(blocked / "deep" / "Mine.mycrm", "plain"))
    assert error.value.code == "folder"


def test_what_was_made_with_a_passphrase_opens_with_it(tmp_path: Path, workspaces: Workspaces) -> None:
    path = make_workspace(tmp_path, protection=Protection.PASSPHRASE)
    workspace = open_workspace(workspaces, path, Key(passphrase=PASSPHRASE))
    workspace.close()


def test_a_free_path_never_names_a_file_that_is_there(tmp_path: Path) -> None:
    assert free_path(tmp_path, "Mine").name == "Mine.mycrm"
    (tmp_path / "Mine.mycrm").touch()
    (tmp_path / "Mine 2.mycrm").touch()
    assert free_path(tmp_path, "Mine").name == "Mine 3.mycrm"


def test_secrets_do_not_show_in_what_is_logged() -> None:
    shown = repr(Key(passphrase=PASSPHRASE, recovery_code="K7PM-4TWR")) + repr(
        Wanted(Path("x"), "passphrase", passphrase=PASSPHRASE)
    )
    assert PASSPHRASE not in shown
    assert "K7PM" not in shown
