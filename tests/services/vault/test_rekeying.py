"""A rekey cut short between any two of its steps leaves a way in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from services.errors import InvalidValue, MyCrmError, NeedsDecision, WorkspaceTooNew
from services.vault import protection
from services.vault.keyring_backends import no_keyring
from services.vault.keys import DataKey, account_of, staged_account_of
from services.vault.memory_store import MemoryStore
from services.vault.opening import key_fits, unlock
from services.vault.protection import NewKey, Protection, new_keyring_workspace_key, new_passphrase_key
from services.vault.rekeying import (
    begin_rekey_to_keyring,
    begin_rekey_to_passphrase,
    finish_rekey,
    give_up_rekey,
    new_recovery_code,
)
from services.vault.sidecar import MOST_SEALED_KEYS, read_sidecar, sidecar_path, write_sidecar
from tests.services.vault.real_workspaces import make_workspace, new_uid, read_workspace, rekey_workspace

OLD_PASSPHRASE = "old horse staple"
NEW_PASSPHRASE = "new horse staple"

CHANGES = [(old, new) for old in ("keyring", "passphrase") for new in ("keyring", "passphrase")]


class Case:
    """A real workspace under its old protection, and the steps to its new one."""

    def __init__(self, path: Path, old: str, new: str) -> None:
        self.path = path
        self.uid = new_uid()
        self.store = MemoryStore()
        self.former = Protection(old)
        self.wanted = Protection(new)
        if self.former is Protection.KEYRING:
            self.old = new_keyring_workspace_key(self.uid, self.store)
        else:
            self.old = new_passphrase_key(self.uid, OLD_PASSPHRASE)
        make_workspace(path, self.uid, self.old.key)
        if self.old.sidecar is not None:
            write_sidecar(path, self.old.sidecar)

    def begin(self) -> NewKey:
        if self.wanted is Protection.KEYRING:
            return begin_rekey_to_keyring(self.path, self.uid, self.store)
        return begin_rekey_to_passphrase(self.path, self.uid, NEW_PASSPHRASE)

    def rekey(self, new: NewKey) -> None:
        rekey_workspace(self.path, self.uid, old=self.old.key, new=new.key)

    def ways_in(self, made: NewKey, *, kind: Protection, passphrase: str) -> None:
        """Everything that should open the file with `made` does."""
        assert unlock(self.path, store=self.store, recovery_code=made.recovery_code) == made.key
        if kind is Protection.PASSPHRASE:
            assert unlock(self.path, store=self.store, passphrase=passphrase) == made.key
            with pytest.raises(MyCrmError) as caught:
                unlock(self.path, store=self.store)
            assert caught.value.code == "passphrase_needed"
        else:
            assert unlock(self.path, store=self.store) == made.key

    def old_ways_in(self) -> None:
        self.ways_in(self.old, kind=self.former, passphrase=OLD_PASSPHRASE)

    def new_ways_in(self, new: NewKey) -> None:
        self.ways_in(new, kind=self.wanted, passphrase=NEW_PASSPHRASE)


@pytest.fixture(autouse=True)
def cheap_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The formula with its real cost is proved in test_protection; here a cost of 1/128 of it."""
    monkeypatch.setattr(protection, "SCRYPT_N", 2**10)


@pytest.fixture(params=CHANGES, ids=" to ".join)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    return Case(tmp_path / "sales.mycrm", *request.param)


def test_a_finished_rekey_opens_in_the_new_ways_and_keeps_nothing_old(case: Case) -> None:
    new = case.begin()
    case.rekey(new)
    finish_rekey(case.path, new, former=case.former, store=case.store)

    case.new_ways_in(new)
    assert read_workspace(case.path, new.key) == "kept"
    assert not key_fits(case.path, case.old.key)
    assert case.path.read_bytes()[:16] == case.uid
    assert case.store.get(staged_account_of(case.uid)) is None
    kept = case.store.get(account_of(case.uid))
    sidecar = read_sidecar(case.path)
    if case.wanted is Protection.KEYRING:
        assert kept == new.key.reveal()
        assert sidecar is None
    else:
        assert kept is None
        assert sidecar == new.sidecar


def test_a_crash_before_the_file_is_rekeyed_leaves_the_old_ways_in(case: Case) -> None:
    case.begin()

    case.old_ways_in()


def test_a_crash_after_the_file_was_rekeyed_leaves_the_new_ways_in(case: Case) -> None:
    new = case.begin()
    case.rekey(new)

    case.new_ways_in(new)
    case.new_ways_in(new)


def test_a_rekey_begun_a_second_time_after_a_crash_ends_well(case: Case) -> None:
    case.begin()
    new = case.begin()
    case.old_ways_in()
    case.rekey(new)
    finish_rekey(case.path, new, former=case.former, store=case.store)

    case.new_ways_in(new)


def test_finishing_twice_changes_nothing_more(case: Case) -> None:
    new = case.begin()
    case.rekey(new)
    finish_rekey(case.path, new, former=case.former, store=case.store)
    finish_rekey(case.path, new, former=case.former, store=case.store)

    case.new_ways_in(new)


def test_giving_up_restores_the_old_state_exactly(case: Case) -> None:
    sidecar_before = read_sidecar(case.path)
    new = case.begin()
    give_up_rekey(case.path, new, former=case.former, store=case.store)

    case.old_ways_in()
    assert read_sidecar(case.path) == sidecar_before
    assert case.store.get(staged_account_of(case.uid)) is None


def test_opening_settles_a_rekey_to_the_keyring_that_was_cut_short(tmp_path: Path) -> None:
    case = Case(tmp_path / "sales.mycrm", "passphrase", "keyring")
    new = case.begin()
    case.rekey(new)

    unlock(case.path, store=case.store)

    assert case.store.get(account_of(case.uid)) == new.key.reveal()
    assert case.store.get(staged_account_of(case.uid)) is None
    assert read_sidecar(case.path) is None


def test_opening_does_not_depend_on_being_able_to_settle(tmp_path: Path) -> None:
    class ReadOnly(MemoryStore):
        stuck = False

        def put(self, account: str, secret: bytes) -> None:
            if self.stuck:
                raise no_keyring("read only")
            super().put(account, secret)

    case = Case(tmp_path / "sales.mycrm", "passphrase", "keyring")
    store = case.store = ReadOnly()
    new = case.begin()
    case.rekey(new)
    store.stuck = True

    assert unlock(case.path, store=store) == new.key


def test_a_half_done_change_of_passphrase_asks_for_one_where_there_is_no_keyring(tmp_path: Path) -> None:
    case = Case(tmp_path / "sales.mycrm", "passphrase", "passphrase")
    case.begin()

    with pytest.raises(MyCrmError) as caught:
        unlock(case.path, store=NoKeyring())
    assert caught.value.code == "passphrase_needed"


class NoKeyring(MemoryStore):
    """A session in which every touch of the keyring fails."""

    def trust(self) -> None:
        raise no_keyring("no bus")

    def get(self, account: str) -> bytes | None:
        raise no_keyring("no bus")

    def put(self, account: str, secret: bytes) -> None:
        raise no_keyring("no bus")

    def delete(self, account: str) -> None:
        raise no_keyring("no bus")


@pytest.mark.parametrize("ending", ["finished", "given up"])
def test_a_passphrase_is_changed_without_any_keyring(tmp_path: Path, ending: str) -> None:
    case = Case(tmp_path / "sales.mycrm", "passphrase", "passphrase")
    case.store = NoKeyring()
    new = case.begin()
    if ending == "finished":
        case.rekey(new)
        finish_rekey(case.path, new, former=case.former, store=case.store)
        case.new_ways_in(new)
    else:
        give_up_rekey(case.path, new, former=case.former, store=case.store)
        case.old_ways_in()


def test_leaving_a_keyring_that_went_out_of_reach_is_finished_all_the_same(tmp_path: Path) -> None:
    case = Case(tmp_path / "sales.mycrm", "keyring", "passphrase")
    new = case.begin()
    case.rekey(new)
    finish_rekey(case.path, new, former=case.former, store=NoKeyring())

    case.new_ways_in(new)


def test_many_rekeys_that_came_to_nothing_never_overfill_the_sidecar(tmp_path: Path) -> None:
    case = Case(tmp_path / "sales.mycrm", "passphrase", "passphrase")
    for _ in range(MOST_SEALED_KEYS + 3):
        last = case.begin()
    sidecar = read_sidecar(case.path)

    assert sidecar is not None
    assert len(sidecar.sealed) == MOST_SEALED_KEYS
    case.rekey(last)
    case.new_ways_in(last)


def begin_with_a_weak_passphrase(case: Case) -> object:
    return begin_rekey_to_passphrase(case.path, case.uid, "short")


def begin_without_a_keyring(case: Case) -> object:
    return begin_rekey_to_keyring(case.path, case.uid, NoKeyring())


@pytest.mark.parametrize(
    ("begin", "expected"),
    [(begin_with_a_weak_passphrase, InvalidValue), (begin_without_a_keyring, NeedsDecision)],
)
def test_a_rekey_that_cannot_begin_changes_nothing(
    case: Case, begin: Callable[[Case], object], expected: type[MyCrmError]
) -> None:
    sidecar_before = read_sidecar(case.path)

    with pytest.raises(expected):
        begin(case)

    assert read_sidecar(case.path) == sidecar_before
    case.old_ways_in()


def test_a_damaged_sidecar_is_replaced_and_one_of_a_newer_program_is_not(tmp_path: Path) -> None:
    case = Case(tmp_path / "sales.mycrm", "passphrase", "passphrase")
    sidecar_path(case.path).write_text('{"format": "mycrm-keys", "version": 99}')
    with pytest.raises(WorkspaceTooNew):
        case.begin()

    sidecar_path(case.path).write_text("broken")
    new = case.begin()
    case.rekey(new)
    finish_rekey(case.path, new, former=case.former, store=case.store)
    case.new_ways_in(new)


def test_a_new_recovery_code_replaces_the_old_one_and_leaves_file_and_passphrase_alone(
    tmp_path: Path,
) -> None:
    case = Case(tmp_path / "sales.mycrm", "passphrase", "passphrase")
    before = case.path.read_bytes()

    code = new_recovery_code(case.path, case.uid, case.old.key)

    assert unlock(case.path, store=case.store, recovery_code=code) == case.old.key
    assert unlock(case.path, store=case.store, passphrase=OLD_PASSPHRASE) == case.old.key
    with pytest.raises(MyCrmError) as caught:
        unlock(case.path, store=case.store, recovery_code=case.old.recovery_code)
    assert caught.value.code == "wrong_recovery_code"
    assert case.path.read_bytes() == before


def test_a_lost_sidecar_is_made_again_from_the_key(tmp_path: Path) -> None:
    case = Case(tmp_path / "sales.mycrm", "passphrase", "passphrase")
    sidecar_path(case.path).unlink()
    key: DataKey = unlock(case.path, store=case.store, passphrase=OLD_PASSPHRASE)

    code = new_recovery_code(case.path, case.uid, key)

    assert unlock(case.path, store=case.store, recovery_code=code) == key
