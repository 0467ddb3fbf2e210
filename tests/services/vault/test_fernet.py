"""Tokens sealed inside the workspace come back whole, or not at all."""

from __future__ import annotations

import base64

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from services.vault.fernet import SecretUnreadable, TokenCipher
from services.vault.keys import DataKey

KEY = DataKey(bytes(range(32)))
OTHER = DataKey(bytes(32))
SECRET = b'{"refresh_token": "1//canary"}'


@given(st.binary(max_size=500), st.text(st.characters(codec="utf-8"), max_size=50))
def test_a_secret_comes_back_as_it_went_in(secret: bytes, owner: str) -> None:
    cipher = TokenCipher(KEY)

    assert cipher.decrypt(cipher.encrypt(secret, bound_to=owner), bound_to=owner) == secret


def test_sealed_tokens_are_unlike_each_other_and_hold_nothing_readable() -> None:
    cipher = TokenCipher(KEY)
    tokens = {cipher.encrypt(SECRET, bound_to="google|1") for _ in range(10)}

    assert len(tokens) == 10
    assert all(b"canary" not in token for token in tokens)


@pytest.mark.parametrize("owner", ["google|2", "", "google|1 ", "google|"])
def test_a_token_moved_to_another_owner_is_refused(owner: str) -> None:
    cipher = TokenCipher(KEY)
    token = cipher.encrypt(SECRET, bound_to="google|1")

    with pytest.raises(SecretUnreadable):
        cipher.decrypt(token, bound_to=owner)


def test_a_token_under_a_former_key_opens_until_that_key_is_let_go() -> None:
    token = TokenCipher(OTHER).encrypt(SECRET, bound_to="a")
    both = TokenCipher(KEY, [OTHER])

    assert both.decrypt(token, bound_to="a") == SECRET
    rotated = both.rotate(token)
    assert TokenCipher(KEY).decrypt(rotated, bound_to="a") == SECRET
    with pytest.raises(SecretUnreadable):
        TokenCipher(OTHER).decrypt(rotated, bound_to="a")
    with pytest.raises(SecretUnreadable):
        TokenCipher(KEY).decrypt(token, bound_to="a")
    with pytest.raises(SecretUnreadable):
        TokenCipher(KEY).rotate(token)


def test_rotation_keeps_the_time_of_sealing() -> None:
    token = TokenCipher(OTHER).encrypt(SECRET, bound_to="a")
    old = Fernet(_fernet_key(OTHER)).extract_timestamp(token)

    rotated = TokenCipher(KEY, [OTHER]).rotate(token)

    assert Fernet(_fernet_key(KEY)).extract_timestamp(rotated) == old


def test_every_altered_character_of_a_token_is_noticed() -> None:
    token = TokenCipher(KEY).encrypt(b"x", bound_to="a")
    for place in range(len(token.rstrip(b"=")) - 1):  # the last character has bits that base64 ignores
        altered = bytearray(token)
        altered[place] = ord("B") if altered[place] == ord("A") else ord("A")
        with pytest.raises(SecretUnreadable):
            TokenCipher(KEY).decrypt(bytes(altered), bound_to="a")


@pytest.mark.parametrize("token", [b"", b"x", b"gAAAA", b"\xff\xfe" * 100, b"A" * 10_000])
def test_garbage_is_refused_with_a_typed_error(token: bytes) -> None:
    with pytest.raises(SecretUnreadable):
        TokenCipher(KEY).decrypt(token, bound_to="a")
    with pytest.raises(SecretUnreadable):
        TokenCipher(KEY).rotate(token)


def test_a_plain_text_too_short_for_its_owner_is_refused() -> None:
    token = Fernet(_fernet_key(KEY)).encrypt(b"\0\0")

    with pytest.raises(SecretUnreadable):
        TokenCipher(KEY).decrypt(token, bound_to="a")


def test_the_cipher_shows_no_key() -> None:
    assert repr(TokenCipher(KEY, [OTHER])) == "TokenCipher(hidden)"


def _fernet_key(key: DataKey) -> bytes:
    return base64.urlsafe_b64encode(key.derive("mycrm tokens 1"))
