"""Tells what a file is and finds the key that opens it, before any database driver is loaded.

Whether a key fits is read from the first page. SQLCipher 4 (design document, "Database Encryption" and "Page
HMAC"; defaults: pages of 4096 bytes, HMAC-SHA512) ends every page with a check value:

    check key = PBKDF2-HMAC-SHA512(key, salt XOR 0x3a in every byte, 2 rounds, 32 bytes)
    page[-64:] = HMAC-SHA512(check key, page[16:-64] + page number 1 as 4 bytes little-endian)

so a wrong passphrase is known for certain without the driver, in microseconds beside the 0.3 s of scrypt.
"""

from __future__ import annotations

import contextlib
import enum
import hashlib
import hmac
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from services.errors import (
    InvalidValue,
    MyCrmError,
    NeedsDecision,
    WorkspaceDamaged,
    WorkspaceError,
    WorkspaceLocked,
    WorkspaceTooNew,
)
from services.vault.keys import (
    KEY_BYTES,
    UID_BYTES,
    DataKey,
    KeyStore,
    account_of,
    is_workspace_uid,
    staged_account_of,
)
from services.vault.protection import key_from_passphrase, key_from_recovery_code
from services.vault.recovery import RecoveryCode
from services.vault.sidecar import (
    Sidecar,
    SidecarDamaged,
    read_sidecar,
    remove_sidecar,
    sidecar_path,
    unseal,
)

PLAIN_HEADER = b"SQLite format 3\0"
PAGE_BYTES = 4096

_CHECK_BYTES = 64
_CHECK_ROUNDS = 2
_SALT_MASK = 0x3A


class FileKind(enum.Enum):
    """What lies at the path of a workspace."""

    PLAIN = "plain"
    ENCRYPTED = "encrypted"
    EMPTY = "empty"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """What a file says of itself without a key: `uid` when it is encrypted, None otherwise."""

    kind: FileKind
    uid: bytes | None = None


def identify(path: Path) -> FileIdentity:
    """Tell by its first page what a file is.

    Raises WorkspaceDamaged for what cannot be a workspace, WorkspaceError for what cannot be read.
    """
    page = _first_page(path)
    if page is None:
        return FileIdentity(FileKind.MISSING)
    if not page:
        return FileIdentity(FileKind.EMPTY)
    if page.startswith(PLAIN_HEADER):
        return FileIdentity(FileKind.PLAIN)
    uid = page[:UID_BYTES]
    if len(page) < PAGE_BYTES or not is_workspace_uid(uid):
        raise _no_workspace(path)
    return FileIdentity(FileKind.ENCRYPTED, uid)


def key_fits(path: Path, key: DataKey) -> bool:
    """Whether `key` opens the encrypted workspace at `path`; False for any other file."""
    page = _first_page(path)
    if page is None or len(page) < PAGE_BYTES or page.startswith(PLAIN_HEADER):
        return False
    salt = bytes(byte ^ _SALT_MASK for byte in page[:UID_BYTES])
    check_key = hashlib.pbkdf2_hmac("sha512", key.reveal(), salt, _CHECK_ROUNDS, KEY_BYTES)
    signed = page[UID_BYTES:-_CHECK_BYTES] + (1).to_bytes(4, "little")
    return hmac.compare_digest(hmac.digest(check_key, signed, "sha512"), page[-_CHECK_BYTES:])


def unlock(
    path: Path,
    *,
    store: KeyStore,
    passphrase: str | None = None,
    recovery_code: RecoveryCode | None = None,
) -> DataKey:
    """The key that opens an encrypted workspace: by code or passphrase if given, else from the keyring.

    Raises WorkspaceLocked saying what is missing or wrong and what to do (codes: passphrase_needed,
    wrong_passphrase, wrong_recovery_code, no_key, wrong_key_kept, keyring_out_of_reach and those of the
    store); WorkspaceDamaged or WorkspaceError for a file that is no encrypted workspace. Changes nothing,
    except that it settles a rekey that was cut short.
    """
    uid = _encrypted_uid(path)
    if recovery_code is not None:
        return _by_recovery_code(path, uid, recovery_code)
    if passphrase is not None:
        return _by_passphrase(path, uid, passphrase)
    return _by_keyring(path, uid, store)


def remember_key(uid: bytes, key: DataKey, store: KeyStore) -> None:
    """Keep the key of a KEYRING workspace on this computer again, after its recovery code opened it."""
    store.trust()
    store.put(account_of(uid), key.reveal())


def forget_key(uid: bytes, store: KeyStore) -> None:
    """Delete every key this computer keeps for a workspace that was erased or never came to be."""
    store.delete(account_of(uid))
    store.delete(staged_account_of(uid))


def settle_kept_key(path: Path, uid: bytes, *, key: DataKey, store: KeyStore) -> None:
    """Make `key` the one kept key of the workspace, after its file was rekeyed to it."""
    store.put(account_of(uid), key.reveal())
    store.delete(staged_account_of(uid))
    remove_sidecar(path)


def _by_recovery_code(path: Path, uid: bytes, code: RecoveryCode) -> DataKey:
    sidecar: Sidecar | None = None
    problem: MyCrmError | None = None
    try:
        sidecar = read_sidecar(path)
    except (SidecarDamaged, WorkspaceTooNew) as error:
        problem = error  # told only if the code does not open the file by itself
    candidates = [key_from_recovery_code(code, uid)]
    if sidecar is not None:
        candidates += [key for sealed in sidecar.sealed if (key := unseal(sealed, code, uid)) is not None]
    for key in candidates:
        if key_fits(path, key):
            return key
    if problem is not None:
        raise problem
    raise WorkspaceLocked(
        f"This recovery code does not open {path.name}",
        "Check that it is the newest code made for this workspace. If a passphrase protects it, "
        f"the code works only with the file {sidecar_path(path).name} beside it. Nothing was changed.",
        code="wrong_recovery_code",
    )


def _by_passphrase(path: Path, uid: bytes, passphrase: str) -> DataKey:
    try:
        key = key_from_passphrase(passphrase, uid)
    except InvalidValue as error:
        # Empty or overlong: for someone who opens a file that is a wrong passphrase like any other.
        raise WorkspaceLocked(error.title, error.message, code="wrong_passphrase") from None
    if key_fits(path, key):
        return key
    raise WorkspaceLocked(
        f"The passphrase does not open {path.name}",
        "Check Caps Lock and the keyboard layout and try again, or use the recovery code. Nothing changed.",
        code="wrong_passphrase",
    )


def _by_keyring(path: Path, uid: bytes, store: KeyStore) -> DataKey:
    sidecar = _readable_sidecar(path, uid)
    # During a rekey from or to a passphrase the sidecar lies there too, and either way may open the file.
    if sidecar is not None and not sidecar.changing:
        raise _passphrase_needed(path)
    try:
        kept = list(_kept_keys(uid, store))
    except NeedsDecision as error:
        if sidecar is not None:
            raise _passphrase_needed(path) from None
        raise WorkspaceLocked(
            f"The keyring with the key of {path.name} is out of reach",
            "Log in to the desktop where you made the workspace, or give the recovery code; "
            "if a passphrase protects it, give that.",
            code="keyring_out_of_reach",
        ) from error
    for account, key in kept:
        if key_fits(path, key):
            if account == staged_account_of(uid):
                # The key opens the file even if this cannot be tidied now; the next opening tries again.
                with contextlib.suppress(MyCrmError):
                    settle_kept_key(path, uid, key=key, store=store)
            return key
    if sidecar is not None:
        raise _passphrase_needed(path)
    raise _no_key_fits(path, store, any_kept=bool(kept))


def _readable_sidecar(path: Path, uid: bytes) -> Sidecar | None:
    """The sidecar, if it belongs to this file; a damaged one still tells that there is a passphrase."""
    try:
        sidecar = read_sidecar(path)
    except (SidecarDamaged, WorkspaceTooNew):
        raise _passphrase_needed(path) from None
    return sidecar if sidecar is not None and sidecar.uid == uid else None


def _passphrase_needed(path: Path) -> WorkspaceLocked:
    return WorkspaceLocked(
        f"{path.name} is protected by a passphrase",
        "Give the passphrase, or the recovery code.",
        code="passphrase_needed",
    )


def _no_key_fits(path: Path, store: KeyStore, *, any_kept: bool) -> WorkspaceLocked:
    if any_kept:
        return WorkspaceLocked(
            f"The key kept for {path.name} does not open it",
            "This may be a copy from before the key was changed: give the recovery code that was valid then.",
            code="wrong_key_kept",
        )
    return WorkspaceLocked(
        f"No key for {path.name} is kept on this computer",
        f"Give the recovery code, or the passphrase if one protects it. ({store.name} was asked; "
        "a key kept by another desktop or on another computer is not seen there.)",
        code="no_key",
    )


def _kept_keys(uid: bytes, store: KeyStore) -> Iterator[tuple[str, DataKey]]:
    for account in (account_of(uid), staged_account_of(uid)):
        secret = store.get(account)
        if secret is not None and len(secret) == KEY_BYTES:
            yield account, DataKey(secret)


def _encrypted_uid(path: Path) -> bytes:
    identity = identify(path)
    if identity.kind is FileKind.ENCRYPTED and identity.uid is not None:
        return identity.uid
    if identity.kind is FileKind.PLAIN:
        raise WorkspaceError(
            f"{path.name} is not encrypted", "Open it without a passphrase or code.", code="not_encrypted"
        )
    if identity.kind is FileKind.EMPTY:
        raise _no_workspace(path)
    raise WorkspaceError(
        f"There is no workspace at {path}", "Check the path, or create the workspace first.", code="missing"
    )


def _first_page(path: Path) -> bytes | None:
    """At most one page from the start of the file; None when nothing is there."""
    try:
        # Asked first, because opening a pipe would wait for its other end.
        if not stat.S_ISREG(path.stat().st_mode):
            raise _no_workspace(path)
        with path.open("rb") as source:
            return source.read(PAGE_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise WorkspaceError(
            f"{path.name} cannot be read",
            f"The system says: {error.strerror}. Mend that and try again.",
            code="unreadable",
        ) from error


def _no_workspace(path: Path) -> WorkspaceDamaged:
    return WorkspaceDamaged(
        f"{path.name} is no workspace, or its beginning is broken",
        "Choose another file, or restore the workspace from a backup. This file was left as it is.",
    )
