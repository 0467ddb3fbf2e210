"""Seals the small secrets kept inside the workspace, such as access tokens.

Fernet (AES-128-CBC and HMAC-SHA256, specification version 0x80) under HKDF(key, "mycrm tokens 1"). Fernet has
no associated data, so what a secret belongs to is sealed with it and compared: a token moved to another row
is refused. The time of sealing is readable without the key; the tokens lie in an encrypted database.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Sequence
from typing import TYPE_CHECKING

from services.errors import MyCrmError
from services.vault.keys import DataKey

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

PURPOSE = "mycrm tokens 1"

_LENGTH_BYTES = 4


class SecretUnreadable(MyCrmError):
    """A sealed secret was altered, belongs elsewhere, or was sealed under a key no longer held."""

    code = "secret_unreadable"


class TokenCipher:
    """Seals under `key`, opens what `key` or any of the `older` keys sealed."""

    def __init__(self, key: DataKey, older: Sequence[DataKey] = ()) -> None:
        self._fernet = _multi_fernet((key, *older))

    def encrypt(self, secret: bytes, *, bound_to: str) -> bytes:
        """Seal `secret` for one use, for example `"google|<account uid>|refresh"`."""
        owner = bound_to.encode()
        return self._fernet.encrypt(len(owner).to_bytes(_LENGTH_BYTES, "big") + owner + secret)

    def decrypt(self, token: bytes, *, bound_to: str) -> bytes:
        """The secret sealed for `bound_to`; raises SecretUnreadable."""
        from cryptography.fernet import InvalidToken

        try:
            content = self._fernet.decrypt(token)
        except InvalidToken:
            raise _unreadable() from None
        end = _LENGTH_BYTES + int.from_bytes(content[:_LENGTH_BYTES], "big")
        if not hmac.compare_digest(content[_LENGTH_BYTES:end], bound_to.encode()):
            raise _unreadable()
        return content[end:]

    def rotate(self, token: bytes) -> bytes:
        """The same secret under the newest key, its time of sealing unchanged; raises SecretUnreadable."""
        from cryptography.fernet import InvalidToken

        try:
            return self._fernet.rotate(token)
        except InvalidToken:
            raise _unreadable() from None

    def __repr__(self) -> str:
        return "TokenCipher(hidden)"


def _multi_fernet(keys: Sequence[DataKey]) -> MultiFernet:
    from cryptography.fernet import Fernet, MultiFernet

    return MultiFernet([Fernet(base64.urlsafe_b64encode(key.derive(PURPOSE))) for key in keys])


def _unreadable() -> SecretUnreadable:
    return SecretUnreadable("A stored secret cannot be read", "Connect the account again; everything else is intact.")
