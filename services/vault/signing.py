"""Signs what leaves the workspace and shall be recognised later: Ed25519 (RFC 8032).

The private key is HKDF(key, "mycrm signing 1"). Made from a `DataKey` kept inside the workspace it outlives a
change of the workspace's own key. The signed bytes are "mycrm signed 1" NUL purpose NUL message, so that a
signature made for one purpose is worth nothing for another.
"""

from __future__ import annotations

from services.errors import MyCrmError
from services.vault.keys import DataKey

PURPOSE = "mycrm signing 1"
PUBLIC_KEY_BYTES = 32
SIGNATURE_BYTES = 64

_PRIME = 2**255 - 19
_ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
# y of the eight points of small order: as a public key each of them accepts forged signatures.
_SMALL_ORDER = frozenset({0, 1, _PRIME - 1, _ORDER_8, _PRIME - _ORDER_8})


class SignatureRefused(MyCrmError):
    """Not signed by that key, for that purpose, with that content."""

    code = "signature_refused"


class SigningKey:
    """Signs; `public_key` (32 bytes) is what others need to verify."""

    def __init__(self, key: DataKey) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._private_key = Ed25519PrivateKey.from_private_bytes(key.derive(PURPOSE))
        self.public_key = self._private_key.public_key().public_bytes_raw()

    def sign(self, message: bytes, *, purpose: str) -> bytes:
        """The signature of `message`, 64 bytes, the same at each call."""
        return self._private_key.sign(_framed(message, purpose))

    def __repr__(self) -> str:
        return f"SigningKey(public_key={self.public_key.hex()})"


def verify(message: bytes, signature: bytes, *, public_key: bytes, purpose: str) -> None:
    """Raise SignatureRefused unless the owner of `public_key` signed `message` for `purpose`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    # The top bit is the sign of x; y may be written unreduced.
    y = (int.from_bytes(public_key, "little") & (2**255 - 1)) % _PRIME
    if len(public_key) != PUBLIC_KEY_BYTES or y in _SMALL_ORDER:
        raise _refused()
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, _framed(message, purpose))
    except (InvalidSignature, ValueError):
        raise _refused() from None


def _framed(message: bytes, purpose: str) -> bytes:
    if "\0" in purpose:
        raise ValueError("a purpose holds no NUL")
    return b"mycrm signed 1\0" + purpose.encode() + b"\0" + message


def _refused() -> SignatureRefused:
    return SignatureRefused(
        "The signature does not fit",
        "The content was altered or was signed by someone else; do not rely on it.",
    )
