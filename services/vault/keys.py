"""The secret of a workspace, hidden wherever a value could be printed, and the border to where it is kept.

A `DataKey` is 32 bytes. One opens the database; another, made at random and kept inside the database, may
seal attachments and tokens, so that changing the first leaves those untouched. Every use takes its own key
from it by HKDF-SHA256 (RFC 5869) with a purpose of its own, so that no two uses share key material.

What this cannot do: Python copies bytes as it likes, so a key is not wiped from memory when it is let go.
"""

from __future__ import annotations

import hmac
import secrets
from typing import NoReturn, Protocol, SupportsIndex

KEY_BYTES = 32
UID_BYTES = 16


class DataKey:
    """A 256-bit secret that shows itself in no repr, log, exception, copy or pickle."""

    __hash__ = None  # type: ignore[assignment]  # a hash would put a trace of the secret into dictionaries
    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError(f"a data key has {KEY_BYTES} bytes, not {len(secret)}")
        self._secret = bytes(secret)

    @classmethod
    def generate(cls) -> DataKey:
        """A new key from the operating system's random source."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def reveal(self) -> bytes:
        """The 32 bytes themselves: for the driver and the key store only."""
        return self._secret

    def sqlcipher_literal(self, uid: bytes) -> str:
        """The value of `PRAGMA key`: `x'<raw key, 64 hex><salt, 32 hex>'` (SQLCipher, Raw Key Data)."""
        check_uid(uid)
        return f"x'{self._secret.hex()}{uid.hex()}'"

    def derive(self, purpose: str, *, salt: bytes = b"") -> bytes:
        """32 bytes for one purpose: HKDF-SHA256(key, salt, info=purpose in UTF-8)."""
        return hkdf(self._secret, salt=salt, info=purpose.encode())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DataKey):
            return NotImplemented
        return hmac.compare_digest(self._secret, other._secret)

    def __repr__(self) -> str:
        return "DataKey(hidden)"

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("a data key is never pickled, copied or sent to another process")


class KeyStore(Protocol):
    """Keeps small secrets by account name, outside the workspace."""

    @property
    def name(self) -> str:
        """What keeps the secrets, for messages and settings; empty until it was first reached."""
        ...

    def trust(self) -> None:
        """Raise NeedsDecision(code="no_keyring") when secrets would not be safe here."""
        ...

    def get(self, account: str) -> bytes | None:
        """The secret kept for `account`, or None when there is none."""
        ...

    def put(self, account: str, secret: bytes) -> None:
        """Keep `secret`, in place of any earlier one, and be sure of it before returning."""
        ...

    def delete(self, account: str) -> None:
        """Forget the secret of `account`; one that is not there is no error."""
        ...


def is_workspace_uid(uid: bytes) -> bool:
    """Whether these bytes are a UUID of version 7 (RFC 9562), as every workspace uid is."""
    return len(uid) == UID_BYTES and uid[6] >> 4 == 7 and uid[8] >> 6 == 2


def check_uid(uid: bytes) -> None:
    """Refuse, as a mistake in the program, what is no workspace uid."""
    if not is_workspace_uid(uid):
        raise ValueError("a workspace uid is a UUID of version 7, as 16 bytes")


def account_of(uid: bytes) -> str:
    """The name under which a key store keeps the key of the workspace."""
    check_uid(uid)
    return uid.hex()


def staged_account_of(uid: bytes) -> str:
    """The name that holds the next key while a workspace is being rekeyed."""
    return f"{account_of(uid)}.next"


def hkdf(secret: bytes, *, salt: bytes, info: bytes) -> bytes:
    """HKDF with SHA-256 (RFC 5869), 32 bytes."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(secret)
