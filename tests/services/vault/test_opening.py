"""Real SQLCipher files are told apart, opened by what opens them, and refused with advice otherwise."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from services.errors import (
    MyCrmError,
    NeedsDecision,
    WorkspaceDamaged,
    WorkspaceError,
    WorkspaceLocked,
)
from services.vault import protection
from services.vault.keyring_backends import no_keyring
from services.vault.keys import DataKey, account_of, staged_account_of
from services.vault.memory_store import MemoryStore
from services.vault.opening import (
    FileIdentity,
    FileKind,
    forget_key,
    identify,
    key_fits,
    remember_key,
    unlock,
)
from services.vault.protection import NewKey, new_keyring_workspace_key, new_passphrase_key
from services.vault.recovery import RecoveryCode
from services.vault.sidecar import sidecar_path, write_sidecar
from tests.services.vault.real_workspaces import make_workspace, new_uid, read_workspace

PASSPHRASE = "canary horse staple"


@pytest.fixture(autouse=True)
def cheap_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The formula with its real cost is proved in test_protection; here a cost of 1/128 of it."""
    monkeypatch.setattr(protection, "SCRYPT_N", 2**10)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sales.mycrm"


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def keyring_workspace(path: Path, store: MemoryStore) -> NewKey:
    new = new_keyring_workspace_key(new_uid(), store)
    make_workspace(path, new.uid, new.key)
    return new


@pytest.fixture
def passphrase_workspace(path: Path) -> NewKey:
    new = new_passphrase_key(new_uid(), PASSPHRASE)
    make_workspace(path, new.uid, new.key)
    assert new.sidecar is not None
    write_sidecar(path, new.sidecar)
    return new


class UnreachableStore(MemoryStore):
    """A keyring that is not there."""

    def get(self, account: str) -> bytes | None:
        raise no_keyring("no bus")


def refused(opening: Callable[[], object], code: str) -> MyCrmError:
    with pytest.raises(MyCrmError) as caught:
        opening()
    assert caught.value.code == code
    return caught.value


def test_an_encrypted_file_begins_with_its_uid_and_reopens_with_the_key_alone(
    path: Path, keyring_workspace: NewKey
) -> None:
    assert path.read_bytes()[:16] == keyring_workspace.uid
    assert identify(path) == FileIdentity(FileKind.ENCRYPTED, keyring_workspace.uid)
    assert read_workspace(path, keyring_workspace.key) == "kept"
    assert b"SQLite" not in path.read_bytes()


def test_the_driver_refuses_a_wrong_key(path: Path, keyring_workspace: NewKey) -> None:
    with pytest.raises(sqlcipher.DatabaseError):
        read_workspace(path, DataKey.generate())


def test_a_key_is_known_to_fit_or_not_without_the_driver(path: Path, keyring_workspace: NewKey) -> None:
    right = keyring_workspace.key.reveal()

    assert key_fits(path, keyring_workspace.key)
    for bit in range(256):
        wrong = bytearray(right)
        wrong[bit // 8] ^= 1 << bit % 8
        assert not key_fits(path, DataKey(bytes(wrong)))


def test_the_key_still_fits_after_much_was_written_and_moved(path: Path, keyring_workspace: NewKey) -> None:
    connection = sqlcipher.connect(str(path))
    connection.execute(f'PRAGMA key = "{keyring_workspace.key.sqlcipher_literal(keyring_workspace.uid)}"')
    for text in ("a" * 5000, "b" * 50_000):
        connection.executemany("INSERT INTO note VALUES (?)", [(text,)] * 50)
        connection.commit()
        assert key_fits(path, keyring_workspace.key)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.execute("VACUUM")
    connection.close()

    assert key_fits(path, keyring_workspace.key)


def test_a_workspace_that_was_just_made_and_is_open_is_known_already(path: Path) -> None:
    uid, key = new_uid(), DataKey.generate()
    connection = sqlcipher.connect(str(path))
    connection.execute(f'PRAGMA key = "{key.sqlcipher_literal(uid)}"')
    connection.execute("PRAGMA journal_mode = WAL").fetchall()

    assert identify(path) == FileIdentity(FileKind.ENCRYPTED, uid)
    assert key_fits(path, key)
    connection.close()


def test_plain_empty_and_missing_files_are_told_apart(tmp_path: Path) -> None:
    plain, empty = tmp_path / "plain.mycrm", tmp_path / "empty.mycrm"
    connection = sqlite3.connect(plain)
    connection.execute("CREATE TABLE t (a)")
    connection.close()
    empty.touch()

    assert identify(plain) == FileIdentity(FileKind.PLAIN)
    assert identify(empty) == FileIdentity(FileKind.EMPTY)
    assert identify(tmp_path / "missing.mycrm") == FileIdentity(FileKind.MISSING)
    assert identify(empty / "below.mycrm") == FileIdentity(FileKind.MISSING)
    assert not any(key_fits(file, DataKey.generate()) for file in (plain, empty, tmp_path / "missing.mycrm"))


@pytest.mark.parametrize(
    "content",
    [
        b"x",
        b"SQLite format 3",
        b"hello world, this is text. " * 1000,
        bytes(5000),
        b"PK\x03\x04" * 2000,
        b"\xff" * 4095,
    ],
)
def test_what_cannot_be_a_workspace_is_called_so_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    with pytest.raises(WorkspaceDamaged):
        identify(path)
    with pytest.raises(WorkspaceDamaged):
        unlock(path, store=MemoryStore())
    assert path.read_bytes() == content


def test_a_workspace_cut_short_within_its_first_page_is_damaged(path: Path, keyring_workspace: NewKey) -> None:
    path.write_bytes(path.read_bytes()[:3000])

    with pytest.raises(WorkspaceDamaged):
        identify(path)


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_folder_or_a_pipe_is_refused_without_waiting(path: Path, tmp_path: Path) -> None:
    os.mkfifo(path)
    for place in (path, tmp_path):
        with pytest.raises(WorkspaceDamaged):
            identify(place)


def test_a_file_that_may_not_be_read_is_named(
    path: Path, keyring_workspace: NewKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    error = refused(lambda: identify(path), "unreadable")

    assert isinstance(error, WorkspaceError)
    assert "Permission denied" in error.message


def test_the_keyring_opens_without_a_question(path: Path, store: MemoryStore, keyring_workspace: NewKey) -> None:
    assert unlock(path, store=store) == keyring_workspace.key


def test_the_recovery_code_and_the_file_alone_are_enough_on_another_computer(
    path: Path, keyring_workspace: NewKey, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere" / "renamed.mycrm"
    elsewhere.parent.mkdir()
    shutil.copy(path, elsewhere)
    typed = RecoveryCode.parse(keyring_workspace.recovery_code.format().lower())
    new_store = MemoryStore()

    key = unlock(elsewhere, store=new_store, recovery_code=typed)
    assert read_workspace(elsewhere, key) == "kept"

    remember_key(keyring_workspace.uid, key, new_store)
    assert unlock(elsewhere, store=new_store) == key


def test_without_a_key_on_this_computer_the_advice_names_code_and_passphrase(
    path: Path, keyring_workspace: NewKey
) -> None:
    error = refused(lambda: unlock(path, store=MemoryStore()), "no_key")

    assert isinstance(error, WorkspaceLocked)
    assert "recovery code" in error.message
    assert "passphrase" in error.message


def test_a_keyring_out_of_reach_locks_the_workspace_and_says_what_to_do(path: Path, keyring_workspace: NewKey) -> None:
    error = refused(lambda: unlock(path, store=UnreachableStore()), "keyring_out_of_reach")

    assert isinstance(error, WorkspaceLocked)
    assert not isinstance(error, NeedsDecision)
    assert "recovery code" in error.message


@pytest.mark.parametrize("kept", [bytes(32), b"", b"short", bytes(33)])
def test_a_wrong_key_in_the_keyring_opens_nothing(
    path: Path, store: MemoryStore, keyring_workspace: NewKey, kept: bytes
) -> None:
    store.put(account_of(keyring_workspace.uid), kept)

    refused(lambda: unlock(path, store=store), "wrong_key_kept" if len(kept) == 32 else "no_key")


def test_the_code_of_another_workspace_is_told_to_be_wrong(path: Path, keyring_workspace: NewKey) -> None:
    error = refused(lambda: unlock(path, store=MemoryStore(), recovery_code=RecoveryCode.make()), "wrong_recovery_code")

    assert isinstance(error, WorkspaceLocked)


def test_the_passphrase_opens_with_and_without_the_sidecar(path: Path, passphrase_workspace: NewKey) -> None:
    assert unlock(path, store=UnreachableStore(), passphrase=PASSPHRASE) == passphrase_workspace.key
    sidecar_path(path).unlink()
    assert unlock(path, store=UnreachableStore(), passphrase=PASSPHRASE) == passphrase_workspace.key


@pytest.mark.parametrize("wrong", ["", "canary horse stapl", "Canary horse staple", "x" * 5000, "\ud800"])
def test_a_wrong_passphrase_locks_and_is_not_repeated(path: Path, passphrase_workspace: NewKey, wrong: str) -> None:
    before = path.read_bytes()
    error = refused(lambda: unlock(path, store=UnreachableStore(), passphrase=wrong), "wrong_passphrase")

    assert isinstance(error, WorkspaceLocked)
    assert path.read_bytes() == before
    if wrong:
        assert wrong not in f"{error} {error!r} {error.__cause__!r}"


def test_a_passphrase_workspace_asks_for_it_without_bothering_the_keyring(
    path: Path, passphrase_workspace: NewKey
) -> None:
    class Untouchable(MemoryStore):
        def get(self, account: str) -> bytes | None:
            raise AssertionError("a prompt would have come up")

    refused(lambda: unlock(path, store=Untouchable()), "passphrase_needed")


def test_the_recovery_code_opens_a_passphrase_workspace_through_its_sidecar(
    path: Path, passphrase_workspace: NewKey
) -> None:
    code = passphrase_workspace.recovery_code
    assert unlock(path, store=UnreachableStore(), recovery_code=code) == passphrase_workspace.key

    sidecar_path(path).unlink()
    error = refused(lambda: unlock(path, store=UnreachableStore(), recovery_code=code), "wrong_recovery_code")
    assert "sales.mycrm-keys" in error.message


def test_a_damaged_sidecar_hinders_the_code_but_not_the_passphrase(path: Path, passphrase_workspace: NewKey) -> None:
    sidecar_path(path).write_bytes(b"{broken")
    store = UnreachableStore()

    assert unlock(path, store=store, passphrase=PASSPHRASE) == passphrase_workspace.key
    refused(lambda: unlock(path, store=store, recovery_code=passphrase_workspace.recovery_code), "sidecar_damaged")
    refused(lambda: unlock(path, store=store), "passphrase_needed")


def test_a_damaged_sidecar_does_not_hinder_the_code_of_a_keyring_workspace(
    path: Path, keyring_workspace: NewKey
) -> None:
    sidecar_path(path).write_bytes(b"{broken")

    key = unlock(path, store=MemoryStore(), recovery_code=keyring_workspace.recovery_code)
    assert key == keyring_workspace.key


def test_the_sidecar_of_another_workspace_counts_for_nothing(
    path: Path, store: MemoryStore, keyring_workspace: NewKey
) -> None:
    other = new_passphrase_key(new_uid(), PASSPHRASE)
    assert other.sidecar is not None
    write_sidecar(path, other.sidecar)

    assert unlock(path, store=store) == keyring_workspace.key
    refused(lambda: unlock(path, store=store, recovery_code=other.recovery_code), "wrong_recovery_code")


def test_a_sidecar_whose_sealed_key_is_another_key_opens_nothing(path: Path, passphrase_workspace: NewKey) -> None:
    forged = new_passphrase_key(passphrase_workspace.uid, "another passphrase")
    assert forged.sidecar is not None
    write_sidecar(path, forged.sidecar)

    refused(lambda: unlock(path, store=MemoryStore(), recovery_code=forged.recovery_code), "wrong_recovery_code")


@pytest.mark.parametrize("seed", range(20))
def test_a_bit_rotted_first_page_is_never_taken_for_a_fit(
    path: Path, store: MemoryStore, keyring_workspace: NewKey, seed: int
) -> None:
    content = bytearray(path.read_bytes())
    place = random.Random(seed).randrange(16, 4096)
    content[place] ^= 1 << seed % 8
    path.write_bytes(content)

    refused(lambda: unlock(path, store=store), "wrong_key_kept")


def test_plain_empty_and_missing_files_have_nothing_to_unlock(tmp_path: Path, store: MemoryStore) -> None:
    plain, empty = tmp_path / "plain.mycrm", tmp_path / "empty.mycrm"
    plain.write_bytes(b"SQLite format 3\0" + bytes(100))
    empty.touch()

    refused(lambda: unlock(plain, store=store), "not_encrypted")
    refused(lambda: unlock(empty, store=store), "damaged")
    refused(lambda: unlock(tmp_path / "none.mycrm", store=store, passphrase=PASSPHRASE), "missing")


def test_forgetting_a_workspace_leaves_no_key_of_it(store: MemoryStore, keyring_workspace: NewKey) -> None:
    store.put(staged_account_of(keyring_workspace.uid), bytes(32))
    other = new_keyring_workspace_key(new_uid(), store)

    forget_key(keyring_workspace.uid, store)

    assert store.get(account_of(keyring_workspace.uid)) is None
    assert store.get(staged_account_of(keyring_workspace.uid)) is None
    assert store.get(account_of(other.uid)) == other.key.reveal()


def test_no_refusal_tells_a_secret(path: Path, store: MemoryStore, keyring_workspace: NewKey) -> None:
    store.put(account_of(keyring_workspace.uid), b"K" * 32)
    code = RecoveryCode.make()
    for passphrase, given in ((None, None), (None, code), (PASSPHRASE, None)):
        with pytest.raises(WorkspaceLocked) as caught:
            unlock(path, store=store, passphrase=passphrase, recovery_code=given)
        error: BaseException | None = caught.value
        while error is not None:
            told = f"{error} {error!r} {error.__dict__}"
            assert PASSPHRASE not in told
            assert code.groups[0] not in told
            assert "KKKK" not in told
            assert (b"K" * 32).hex() not in told
            error = error.__cause__ or error.__context__
