"""A workspace under another key: the content stays, the old key opens it no more, and a crash leaves a way in."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.errors import MyCrmError, WorkspaceBusy, WorkspaceDamaged, WorkspaceError, WorkspaceLocked
from services.open_workspace import OpenWorkspace
from services.store import engine, reencrypting, replacing
from services.store.engine import Cipher
from services.store.reencrypting import reencrypt, workspace_uid
from services.store.tables import TableKind
from services.vault import protection
from services.vault.memory_store import MemoryStore
from services.vault.opening import FileKind, identify
from services.vault.protection import Protection
from services.workspaces import NewWorkspace, Workspaces
from tests.services.store.rekeying_child import CHEAP, STEPS
from tests.support.table_dumps import Dump, dump, tables_of
from tests.support.workspaces import CIPHER, activity_draft, contact_draft, email, make_book, phone, surroundings

OLD = "correct horse battery"
NEW = "staple of another horse"


@pytest.fixture(autouse=True)
def cheap_and_impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protection, "SCRYPT_N", CHEAP)
    monkeypatch.setattr(replacing, "_PATIENCE_S", 0.1)


@pytest.fixture
def places() -> Workspaces:
    """Where workspaces are made, with a key store that lasts as long as the test."""
    return Workspaces(MemoryStore(), surroundings())


def fill(workspace: OpenWorkspace) -> None:
    for number in range(30):
        saved = workspace.contacts.add(
            contact_draft(
                f"Łukasz {number}", "Żak", email(f"l{number}@example.org"), phone("040 1234567"), tags=("vip",)
            )
        )
        workspace.activities.add(activity_draft("Offer", contact=saved.uid, body="Call back"))
    workspace.contacts.delete([1, 2])
    workspace.history.undo()


def content(workspace: OpenWorkspace) -> Dump:
    """Every row of every table that says something, the index and the counters of ids included."""
    with workspace.store.read() as connection:
        found = dump(connection, [name for name in tables_of(*TableKind) if name != "opened_by"])
        sql = "SELECT name FROM sqlite_master WHERE name LIKE 'search%' AND type = 'table' ORDER BY name"
        shadows = list(connection.exec_driver_sql(sql).scalars())
        found |= dump(connection, [*shadows, "alembic_version"])
        sql = "SELECT name, seq FROM sqlite_sequence WHERE name != 'opened_by'"
        found["sqlite_sequence"] = sorted(tuple(row) for row in connection.exec_driver_sql(sql))
        sql = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql NOT NULL"
        found["sqlite_master"] = sorted(tuple(row) for row in connection.exec_driver_sql(sql))
    return found


@pytest.fixture
def made(tmp_path: Path, places: Workspaces, request: pytest.FixtureRequest) -> Iterator[tuple[Path, str, Dump]]:
    """A closed workspace, the passphrase that opens it (none for a plain one), and its content."""
    kind: Protection = request.param
    passphrase = OLD if kind is Protection.PASSPHRASE else ""
    request_of_it = NewWorkspace(kind, passphrase=passphrase, user_name="Rosa", email="rosa@example.org")
    workspace = places.create(tmp_path / "book.mycrm", request_of_it).workspace
    fill(workspace)
    before = content(workspace)
    workspace.close()
    yield workspace.store.path, passphrase, before


EVERY_KIND = pytest.mark.parametrize("made", list(Protection), indirect=True, ids=str)
PLAIN_OR_PASSPHRASE = pytest.mark.parametrize("made", [Protection.PLAIN, Protection.PASSPHRASE], indirect=True, ids=str)


@EVERY_KIND
def test_the_content_is_the_same_under_the_new_passphrase_and_the_old_one_opens_it_no_more(
    made: tuple[Path, str, Dump], places: Workspaces
) -> None:
    path, old, before = made
    path.chmod(0o600)
    code = places.rekey(path, Protection.PASSPHRASE, passphrase=old or None, new_passphrase=NEW)
    assert identify(path).kind is FileKind.ENCRYPTED
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for wrong in ({"passphrase": OLD}, {}):
        with pytest.raises(WorkspaceLocked):
            places.open(path, **wrong)
    for way_in in ({"passphrase": NEW}, {"recovery_code": code.format()}):
        workspace = places.open(path, **way_in)
        assert content(workspace) == before
        assert workspace.history.verify(full=True) == []
        workspace.close()
    assert b"Lukasz" not in path.read_bytes()
    assert sorted(found.name for found in path.parent.iterdir()) == ["book.mycrm", "book.mycrm-keys"]


@PLAIN_OR_PASSPHRASE
def test_a_workspace_can_be_given_to_the_keyring(made: tuple[Path, str, Dump], places: Workspaces) -> None:
    path, old, before = made
    places.rekey(path, Protection.KEYRING, passphrase=old or None)
    workspace = places.open(path)
    assert content(workspace) == before
    workspace.close()
    with pytest.raises(WorkspaceLocked):
        places.open(path, passphrase=OLD)
    assert [found.name for found in path.parent.iterdir()] == ["book.mycrm"]


def ways_in(path: Path, places: Workspaces) -> list[str]:
    """Which of the passphrases opens the file; "plain" when none is needed."""
    if identify(path).kind is FileKind.PLAIN:
        return ["plain"]
    found = []
    for passphrase in (OLD, NEW):
        try:
            places.open(path, passphrase=passphrase).close()
        except WorkspaceLocked:
            continue
        found.append(passphrase)
    return found


KILLS = [(Protection.PASSPHRASE, step) for step in STEPS]
KILLS += [(Protection.PLAIN, step) for step in ("before the swap", "before the old key is forgotten")]


@pytest.mark.parametrize(("made", "step"), KILLS, indirect=["made"], ids=str)
def test_a_kill_at_any_step_leaves_the_content_and_a_way_in(
    step: str, made: tuple[Path, str, Dump], places: Workspaces
) -> None:
    path, old, before = made
    command = [sys.executable, "-m", "tests.services.store.rekeying_child", str(path), old, NEW, step]
    done = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=False)
    assert done.returncode == 9, done.stderr
    swapped = step in ("before the old key is forgotten", "while the old key is forgotten")
    assert ways_in(path, places) == [NEW if swapped else old or "plain"]
    workspace = places.open(path, passphrase=(NEW if swapped else old) or None)
    assert content(workspace) == before
    assert workspace.history.verify(full=True) == []
    workspace.close()
    # The rekey can be done again, whatever the killed one has left.
    places.rekey(path, Protection.PASSPHRASE, passphrase=(NEW if swapped else old) or None, new_passphrase=NEW[::-1])
    workspace = places.open(path, passphrase=NEW[::-1])
    assert content(workspace) == before
    workspace.close()
    assert sorted(found.name for found in path.parent.iterdir()) == ["book.mycrm", "book.mycrm-keys"]


@pytest.mark.parametrize("place", [(reencrypting, "_copy_under"), (reencrypting, "_check")], ids=lambda place: place[1])
@EVERY_KIND
def test_a_rekey_that_fails_leaves_the_file_byte_for_byte_under_its_old_key(
    place: Any, made: tuple[Path, str, Dump], places: Workspaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, old, before = made
    bytes_before = path.read_bytes()

    def fail(*_: Any) -> None:
        raise WorkspaceDamaged("The copy is broken", "Nothing was changed.")

    with monkeypatch.context() as patched:
        patched.setattr(place[0], place[1], fail)
        with pytest.raises(WorkspaceDamaged, match="The copy is broken"):
            places.rekey(path, Protection.PASSPHRASE, passphrase=old or None, new_passphrase=NEW)
    assert path.read_bytes() == bytes_before
    assert {found.name for found in path.parent.iterdir()} <= {"book.mycrm", "book.mycrm-keys"}
    workspace = places.open(path, passphrase=old or None)
    assert content(workspace) == before
    workspace.close()


@EVERY_KIND
def test_what_fails_after_the_swap_does_not_lock_anybody_out(
    made: tuple[Path, str, Dump], places: Workspaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, old, before = made
    really = replacing.SoleHolder.replace_by

    def swap_and_fail(self: replacing.SoleHolder, copy: Path) -> None:
        really(self, copy)
        raise WorkspaceError("The folder went away", "Try again.")

    for wanted, way_in in ((Protection.PASSPHRASE, {"passphrase": NEW}), (Protection.KEYRING, {})):
        with monkeypatch.context() as patched:
            patched.setattr(replacing.SoleHolder, "replace_by", swap_and_fail)
            with pytest.raises(WorkspaceError, match="The folder went away"):
                places.rekey(path, wanted, passphrase=old or None, new_passphrase=NEW)
        workspace = places.open(path, **way_in)
        assert content(workspace) == before
        workspace.close()
        old = NEW


def test_a_workspace_that_is_open_is_not_rekeyed(tmp_path: Path, places: Workspaces) -> None:
    request = NewWorkspace(Protection.PASSPHRASE, passphrase=OLD, user_name="Rosa")
    workspace = places.create(tmp_path / "book.mycrm", request).workspace
    fill(workspace)
    with pytest.raises(WorkspaceBusy):
        places.rekey(workspace.store.path, Protection.PASSPHRASE, passphrase=OLD, new_passphrase=NEW)
    workspace.contacts.add(contact_draft("Zoë"))
    before = content(workspace)
    workspace.close()
    assert ways_in(workspace.store.path, places) == [OLD]
    reopened = places.open(workspace.store.path, passphrase=OLD)
    assert content(reopened) == before
    reopened.close()


def test_somebody_who_reads_without_signing_on_keeps_the_rekey_out(tmp_path: Path) -> None:
    book = make_book(tmp_path)
    book.close()
    reader = engine.connect(book.store.path, CIPHER)
    with pytest.raises(WorkspaceBusy):
        reencrypt(book.store.path, CIPHER, Cipher(bytes(32), bytes(16)))
    reader.close()
    reencrypt(book.store.path, CIPHER, Cipher(bytes(32), workspace_uid(book.store.path, CIPHER)))
    with pytest.raises(MyCrmError):
        workspace_uid(book.store.path, CIPHER)


def test_a_log_left_by_a_crash_is_rekeyed_too(tmp_path: Path) -> None:
    book = make_book(tmp_path)
    saved = book.contacts.add(contact_draft("Zoë"))
    crashed = tmp_path / "crashed.mycrm"
    for ending in ("", "-wal"):
        shutil.copyfile(f"{book.store.path}{ending}", f"{crashed}{ending}")
    book.close()
    connection = engine.connect(crashed, CIPHER)
    connection.execute("DELETE FROM opened_by")
    connection.close()
    wanted = Cipher(bytes(32))
    reencrypt(crashed, CIPHER, Cipher(bytes(32), workspace_uid(crashed, CIPHER)))
    connection = engine.connect(crashed, wanted)
    assert connection.execute("SELECT first_name FROM contact WHERE id = ?", (saved.id,)).fetchone() == ("Zoë",)
    connection.close()


def test_a_workspace_that_could_not_be_made_leaves_neither_file_nor_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = MemoryStore()
    places = Workspaces(keys, surroundings())

    def fail(*_: Any) -> None:
        raise WorkspaceError("The disk is full", "Free some space.")

    for kind in Protection:
        with monkeypatch.context() as patched:
            patched.setattr(Workspaces, "_first_user", fail)
            with pytest.raises(WorkspaceError, match="The disk is full"):
                places.create(tmp_path / "book.mycrm", NewWorkspace(kind, passphrase=OLD))
        assert list(tmp_path.iterdir()) == []
    assert repr(keys) == "MemoryStore(0 hidden)"
