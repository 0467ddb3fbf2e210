"""New keys are made as documented, and refused before anything is made when they would be weak or lost."""

from __future__ import annotations

import hashlib
import hmac
import traceback

import pytest
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from services.errors import InvalidValue, NeedsDecision, WorkspaceError
from services.vault.keyring_backends import no_keyring
from services.vault.keys import DataKey, KeyStore, account_of
from services.vault.memory_store import MemoryStore
from services.vault.protection import (
    Protection,
    check_passphrase,
    key_from_passphrase,
    key_from_recovery_code,
    new_keyring_workspace_key,
    new_passphrase_key,
)
from services.vault.recovery import RecoveryCode
from services.vault.sidecar import unseal
from tests.services.vault.real_workspaces import new_uid

PASSPHRASE = "canary horse staple"


def test_the_memory_store_is_a_key_store_that_forgets_nothing_but_what_it_should() -> None:
    store: KeyStore = MemoryStore()
    store.trust()
    store.put("a", b"1")
    store.put("a", b"2")
    store.put("b", b"3")
    store.delete("b")
    store.delete("never there")

    assert store.get("a") == b"2"
    assert store.get("b") is None
    assert "2" not in repr(store)
    assert store.name == "memory"


def test_a_keyring_key_is_hkdf_of_the_recovery_code_under_the_uid() -> None:
    uid, code = new_uid(), RecoveryCode.make()
    extracted = hmac.digest(uid, code.reveal(), "sha256")
    expected = hmac.digest(extracted, b"mycrm workspace key 1\x01", "sha256")

    assert key_from_recovery_code(code, uid).reveal() == expected


def test_a_new_keyring_key_is_kept_and_can_be_made_again_from_its_code() -> None:
    store, uid = MemoryStore(), new_uid()
    new = new_keyring_workspace_key(uid, store)

    assert new.protection is Protection.KEYRING
    assert store.get(account_of(uid)) == new.key.reveal()
    assert key_from_recovery_code(new.recovery_code, uid) == new.key
    assert new.keyring_name == "memory"
    assert new.sidecar is None


def test_a_key_already_kept_for_the_uid_is_never_replaced_by_a_new_workspace() -> None:
    store, uid = MemoryStore(), new_uid()
    first = new_keyring_workspace_key(uid, store)

    with pytest.raises(WorkspaceError) as caught:
        new_keyring_workspace_key(uid, store)

    assert caught.value.code == "key_exists"
    assert store.get(account_of(uid)) == first.key.reveal()


def test_without_a_trustworthy_keyring_the_user_decides_and_nothing_is_kept() -> None:
    class Untrusted(MemoryStore):
        def trust(self) -> None:
            raise no_keyring("")

    store, uid = Untrusted(), new_uid()

    with pytest.raises(NeedsDecision) as caught:
        new_keyring_workspace_key(uid, store)

    assert caught.value.code == "no_keyring"
    assert "passphrase" in caught.value.message
    assert store.get(account_of(uid)) is None


def test_a_passphrase_key_is_scrypt_of_the_normalised_passphrase_under_the_uid() -> None:
    uid = new_uid()
    oracle = Scrypt(salt=uid, length=32, n=2**17, r=8, p=1)

    # "é" typed as one character on one keyboard and as two on another is the same passphrase.
    assert key_from_passphrase("cafe\u0301 creme", uid).reveal() == oracle.derive("café creme".encode())


def test_a_new_passphrase_key_has_a_recovery_code_that_opens_its_copy_in_the_sidecar() -> None:
    uid = new_uid()
    new = new_passphrase_key(uid, PASSPHRASE)

    assert new.protection is Protection.PASSPHRASE
    assert new.key == key_from_passphrase(PASSPHRASE, uid)
    assert new.sidecar is not None
    assert [unseal(sealed, new.recovery_code, uid) for sealed in new.sidecar.sealed] == [new.key]
    assert new.sidecar.uid == uid
    assert not new.sidecar.changing


@pytest.mark.parametrize(
    ("passphrase", "code"),
    [
        ("", "passphrase_empty"),
        ("seven77", "passphrase_refused"),
        ("aaaaaaaaaaaa", "passphrase_refused"),
        ("ﬁve!!!", "passphrase_refused"),  # seven characters once the ligature is two
        ("x" * 1025, "passphrase_refused"),
        ("pass\ud800phrase", "passphrase_refused"),
    ],
)
def test_weak_empty_and_broken_passphrases_are_refused_without_being_repeated(passphrase: str, code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        new_passphrase_key(new_uid(), passphrase)

    assert caught.value.code == code
    assert caught.value.field == "passphrase"
    if passphrase:
        told = "".join(traceback.format_exception(caught.value)[-1:]) + repr(caught.value) + caught.value.message
        assert passphrase not in told


@pytest.mark.parametrize("passphrase", ["8letters", "        x", "ﬁﬁﬁﬁ!", "Łukasz ☃", "пароль12", "x" * 1023 + "y"])
def test_a_passphrase_of_eight_characters_of_any_kind_is_accepted(passphrase: str) -> None:
    check_passphrase(passphrase)


def test_too_little_memory_for_scrypt_is_a_known_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def starve(*_: object, **__: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(hashlib, "scrypt", starve)

    with pytest.raises(WorkspaceError) as caught:
        key_from_passphrase(PASSPHRASE, new_uid())
    assert caught.value.code == "too_little_memory"
    assert "128 MiB" in caught.value.message


def test_a_new_key_shows_neither_key_nor_code() -> None:
    new = new_passphrase_key(new_uid(), PASSPHRASE)
    shown = repr(new)

    assert new.recovery_code.groups[0] not in shown
    assert new.key.reveal().hex() not in shown
    assert repr(new.key.reveal())[2:20] not in shown
    assert PASSPHRASE not in shown


@pytest.mark.parametrize("uid", [b"", bytes(16)])
def test_a_key_is_made_for_a_real_uid_only(uid: bytes) -> None:
    for make in (
        lambda: new_keyring_workspace_key(uid, MemoryStore()),
        lambda: new_passphrase_key(uid, PASSPHRASE),
        lambda: key_from_recovery_code(RecoveryCode.make(), uid),
        lambda: DataKey(bytes(32)).sqlcipher_literal(uid),
    ):
        with pytest.raises(ValueError, match="uid"):
            make()
