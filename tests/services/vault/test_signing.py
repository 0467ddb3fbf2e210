"""Signatures are recognised, forgeries are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.vault.keys import DataKey
from services.vault.signing import SignatureRefused, SigningKey, verify

KEY = SigningKey(DataKey(bytes(range(32))))


@given(st.binary(max_size=300))
def test_a_signature_is_accepted_for_its_message_and_purpose(message: bytes) -> None:
    signature = KEY.sign(message, purpose="score card")

    verify(message, signature, public_key=KEY.public_key, purpose="score card")
    assert len(signature) == 64


def test_the_same_secret_gives_the_same_key_pair_again() -> None:
    assert SigningKey(DataKey(bytes(range(32)))).public_key == KEY.public_key
    assert SigningKey(DataKey(bytes(32))).public_key != KEY.public_key


@pytest.mark.parametrize("bit", range(0, 512, 7))
def test_a_signature_with_one_bit_changed_is_refused(bit: int) -> None:
    signature = bytearray(KEY.sign(b"message", purpose="p"))
    signature[bit // 8] ^= 1 << bit % 8

    with pytest.raises(SignatureRefused):
        verify(b"message", bytes(signature), public_key=KEY.public_key, purpose="p")


@pytest.mark.parametrize(
    ("message", "purpose"),
    [(b"messagf", "p"), (b"", "p"), (b"message", "q"), (b"message", ""), (b"\0message", "p")],
)
def test_another_message_or_purpose_is_refused(message: bytes, purpose: str) -> None:
    signature = KEY.sign(b"message", purpose="p")

    with pytest.raises(SignatureRefused):
        verify(message, signature, public_key=KEY.public_key, purpose=purpose)


@pytest.mark.parametrize("public_key", [b"", bytes(32), bytes(31), b"\xff" * 32, bytes(1000)])
@pytest.mark.parametrize("signature", [b"", bytes(64), bytes(63), bytes(10_000)])
def test_hostile_keys_and_signatures_are_refused_with_a_typed_error(public_key: bytes, signature: bytes) -> None:
    with pytest.raises(SignatureRefused):
        verify(b"message", signature, public_key=public_key, purpose="p")


def test_the_points_of_small_order_are_refused_as_keys_however_they_are_written() -> None:
    prime = 2**255 - 19
    d = -121665 * pow(121666, -1, prime) % prime
    # Order 8 doubles to y = 0, and then the equation of the curve leaves d*y**4 + 2*y**2 - 1 = 0.
    eighth = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
    assert (d * eighth**4 + 2 * eighth**2 - 1) % prime == 0
    for y in (0, 1, prime - 1, prime, prime + 1, eighth, prime - eighth):
        for sign in (0, 1 << 255):
            with pytest.raises(SignatureRefused):
                verify(b"m", bytes(64), public_key=(y | sign).to_bytes(32, "little"), purpose="p")


def test_a_purpose_cannot_reach_into_the_message() -> None:
    with pytest.raises(ValueError, match="NUL"):
        KEY.sign(b"c", purpose="a\0b")


def test_the_signing_key_shows_its_public_half_only() -> None:
    secret = bytes(range(32))

    assert KEY.public_key.hex() in repr(KEY)
    assert secret.hex() not in repr(KEY)
    assert DataKey(secret).derive("mycrm signing 1").hex() not in repr(KEY)
