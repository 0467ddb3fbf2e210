"""The three ways a workspace is protected, and how the key of each is made.

    KEYRING     key = HKDF-SHA256(20 bytes of the recovery code, salt = uid, info = "mycrm workspace key 1"),
                kept in the operating system's keyring
    PASSPHRASE  key = scrypt(passphrase in NFKC and UTF-8, salt = uid, n = 2**17, r = 8, p = 1), kept nowhere;
                a recovery code opens a copy of it, sealed in the sidecar file
    PLAIN       no key

The uid is the database's salt and stands in its first 16 bytes, so the file with the code, or the file with
the passphrase, is all that is needed. HKDF is RFC 5869, scrypt RFC 7914; its cost is the one OWASP's password
storage cheat sheet names (128 MiB, 0.3 s on a laptop).
"""

from __future__ import annotations

import enum
import hashlib
import unicodedata
from dataclasses import dataclass

from services.errors import InvalidValue, WorkspaceError
from services.vault.keys import KEY_BYTES, DataKey, KeyStore, account_of, check_uid, hkdf
from services.vault.recovery import RecoveryCode
from services.vault.sidecar import Sidecar, seal_for

SHORTEST_PASSPHRASE = 8
LONGEST_PASSPHRASE = 1024
SCRYPT_N = 2**17
SCRYPT_R = 8
SCRYPT_P = 1
SCRYPT_MEMORY_BYTES = 128 * SCRYPT_N * SCRYPT_R
KEYRING_KEY_INFO = b"mycrm workspace key 1"


class Protection(enum.Enum):
    """What stands between a stolen file and its content."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - a name, not a password
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made and the recovery code to show once; write `sidecar` after the database."""

    uid: bytes
    protection: Protection
    key: DataKey
    recovery_code: RecoveryCode
    keyring_name: str = ""
    sidecar: Sidecar | None = None


def new_keyring_workspace_key(uid: bytes, store: KeyStore) -> NewKey:
    """Make the key of a new workspace and keep it in the keyring.

    Raises NeedsDecision(code="no_keyring") when no keyring can be trusted with it, WorkspaceLocked when the
    keyring is locked or does not answer; then nothing was kept.
    """
    store.trust()
    if store.get(account_of(uid)) is not None:
        raise WorkspaceError(
            "The keyring already holds a key for this workspace",
            "It was left untouched, because another file may need it. Make the workspace under a new uid.",
            code="key_exists",
        )
    code = RecoveryCode.make()
    key = key_from_recovery_code(code, uid)
    store.put(account_of(uid), key.reveal())
    return NewKey(uid, Protection.KEYRING, key, code, keyring_name=store.name)


def new_passphrase_key(uid: bytes, passphrase: str) -> NewKey:
    """Make the key of a workspace that a passphrase protects; raises InvalidValue for a weak passphrase."""
    check_passphrase(passphrase)
    code = RecoveryCode.make()
    key = key_from_passphrase(passphrase, uid)
    sidecar = Sidecar(uid, (seal_for(code, uid, key),))
    return NewKey(uid, Protection.PASSPHRASE, key, code, sidecar=sidecar)


def key_from_recovery_code(code: RecoveryCode, uid: bytes) -> DataKey:
    """The key of a KEYRING workspace, out of its recovery code."""
    check_uid(uid)
    return DataKey(hkdf(code.reveal(), salt=uid, info=KEYRING_KEY_INFO))


def key_from_passphrase(passphrase: str, uid: bytes) -> DataKey:
    """The key of a PASSPHRASE workspace: about 0.3 s and 128 MiB, so never on the GUI thread.

    Raises InvalidValue for an empty or overlong passphrase, or one that is no text; a short one passes,
    because an existing workspace may have been made under another policy.
    """
    check_uid(uid)
    secret = _normalised(passphrase)
    try:
        raw = hashlib.scrypt(
            secret,
            salt=uid,
            n=SCRYPT_N,
            r=SCRYPT_R,
            p=SCRYPT_P,
            dklen=KEY_BYTES,
            maxmem=2 * SCRYPT_MEMORY_BYTES,  # the limit counts OpenSSL's own buffers too; its default is 32 MiB
        )
    except MemoryError:
        raise WorkspaceError(
            "There is too little memory to open the workspace",
            f"Working out its key takes {SCRYPT_MEMORY_BYTES >> 20} MiB. Close other programs and try again.",
            code="too_little_memory",
        ) from None
    return DataKey(raw)


def check_passphrase(passphrase: str) -> None:
    """Raise InvalidValue for a passphrase that may not protect a new workspace.

    At least 8 characters after NFKC, at least 2 different ones, any characters, no rules of composition, no
    expiry: NIST SP 800-63B, section 5.1.1.2.
    """
    characters = _normalised(passphrase).decode()
    if len(characters) < SHORTEST_PASSPHRASE:
        raise _weak(f"It needs at least {SHORTEST_PASSPHRASE} characters; four or five words are easy to keep in mind")
    if len(set(characters)) < 2:
        raise _weak("It is one character again and again; four or five words are easy to keep in mind")


def _normalised(passphrase: str) -> bytes:
    if not passphrase:
        raise InvalidValue(
            "The passphrase is empty", "Type the passphrase.", field="passphrase", code="passphrase_empty"
        )
    # Before NFKC, which makes up to 18 characters of one.
    if len(passphrase) > LONGEST_PASSPHRASE:
        raise _weak(f"It may have {LONGEST_PASSPHRASE} characters at most")
    # Looked for, not caught: a UnicodeEncodeError would carry the passphrase along.
    if any("\ud800" <= character <= "\udfff" for character in passphrase):
        raise _weak("It holds a character that is no valid text")
    return unicodedata.normalize("NFKC", passphrase).encode()


def _weak(detail: str) -> InvalidValue:
    return InvalidValue("The passphrase cannot be used", f"{detail}.", field="passphrase", code="passphrase_refused")
