"""A data key is used and never shown."""

from __future__ import annotations

import copy
import hashlib
import hmac
import json
import logging
import pickle

import pytest

from services.vault.keys import DataKey, account_of, hkdf, staged_account_of
from tests.services.vault.real_workspaces import new_uid

SECRET = bytes(range(32))


def test_hkdf_gives_the_first_32_bytes_of_the_vector_in_rfc_5869() -> None:
    output = hkdf(bytes([0x0B] * 22), salt=bytes(range(13)), info=bytes(range(0xF0, 0xFA)))

    assert output.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"


def test_each_purpose_takes_a_key_of_its_own_and_always_the_same() -> None:
    key = DataKey(SECRET)
    extracted = hmac.digest(bytes(32), SECRET, "sha256")

    assert key.derive("one") == hmac.digest(extracted, b"one\x01", "sha256")
    assert key.derive("one") == DataKey(SECRET).derive("one")
    assert len({key.derive("one"), key.derive("two"), key.derive("one", salt=b"salt"), SECRET}) == 4


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_another_length_is_refused_without_being_repeated(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes") as caught:
        DataKey(b"S" * length)

    assert "SS" not in str(caught.value)


def test_a_key_shows_itself_in_no_text_log_pickle_or_copy(caplog: pytest.LogCaptureFixture) -> None:
    key = DataKey(SECRET)
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("any").warning("opened with %s %r", key, [key])
    shown = f"{key}{key!r}{[key]}{caplog.text}" + "%s" % (key,)  # noqa: UP031 - every way of formatting counts

    assert "DataKey(hidden)" in shown
    assert SECRET.hex() not in shown
    assert repr(SECRET)[2:20] not in shown
    for leave in (pickle.dumps, copy.copy, copy.deepcopy, json.dumps, hash):
        with pytest.raises(TypeError) as caught:
            leave(key)
        assert SECRET.hex() not in str(caught.value)
    assert not hasattr(key, "__dict__")


def test_keys_are_equal_by_their_bytes_and_to_nothing_else() -> None:
    assert DataKey(SECRET) == DataKey(bytes(SECRET))
    assert DataKey(SECRET) != DataKey(bytes(32))
    assert DataKey(SECRET) != SECRET


def test_made_keys_differ() -> None:
    assert len({DataKey.generate().reveal() for _ in range(50)}) == 50


def test_the_driver_is_given_key_and_salt_in_hex() -> None:
    uid = new_uid()

    assert DataKey(SECRET).sqlcipher_literal(uid) == f"x'{SECRET.hex()}{uid.hex()}'"


@pytest.mark.parametrize("uid", [b"", bytes(16), bytes(15), b"hello world, thi", hashlib.sha256(b"").digest()])
def test_what_is_no_uuid_of_version_7_names_no_workspace(uid: bytes) -> None:
    with pytest.raises(ValueError, match="version 7"):
        account_of(uid)


def test_the_next_key_of_a_rekey_lies_under_a_name_of_its_own() -> None:
    uid = new_uid()

    assert account_of(uid) == uid.hex()
    assert staged_account_of(uid) != account_of(uid)
