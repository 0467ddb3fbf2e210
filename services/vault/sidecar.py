"""`NAME.mycrm-keys`: the key of a passphrase workspace, sealed for its recovery code, beside the file.

JSON of at most 16 KiB:

    {"format": "mycrm-keys", "version": 1, "workspace": "<uid, 32 hex>", "changing": false,
     "sealed": [{"nonce": "<base64, 12 bytes>", "key": "<base64, 32 + 16 bytes>"}]}

    sealed key = ChaCha20-Poly1305(HKDF-SHA256(recovery code, salt = uid, info = "mycrm recovery seal 1"),
                                   nonce = 12 random bytes, data = workspace key, associated data = uid)

(RFC 8439.) Losing the file costs the recovery code and nothing else. While a workspace is being rekeyed it is
marked as changing and holds the old and the new key, so that a crash between two steps locks nobody out.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from services.errors import WorkspaceDamaged, WorkspaceTooNew
from services.vault.durable import part_file, put_in_place, sync_folder, writing
from services.vault.keys import KEY_BYTES, DataKey, check_uid, hkdf
from services.vault.recovery import RecoveryCode

SUFFIX = "-keys"
FORMAT = "mycrm-keys"
VERSION = 1
LARGEST_BYTES = 16 * 1024
MOST_SEALED_KEYS = 8
SEAL_INFO = b"mycrm recovery seal 1"

_NONCE_BYTES = 12
_TAG_BYTES = 16


class SidecarDamaged(WorkspaceDamaged):
    """The sidecar cannot be read as one; the workspace itself may be whole."""

    code = "sidecar_damaged"


@dataclass(frozen=True, slots=True)
class SealedKey:
    """The key of a workspace under a recovery code: safe to store, useless without the code."""

    nonce: bytes
    ciphertext: bytes


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What the file beside a passphrase workspace holds; `changing` while a rekey is not finished."""

    uid: bytes
    sealed: tuple[SealedKey, ...]
    changing: bool = False


def sidecar_path(workspace: Path) -> Path:
    """Where the sidecar of `NAME.mycrm` lies: `NAME.mycrm-keys`."""
    return workspace.with_name(workspace.name + SUFFIX)


def seal_for(code: RecoveryCode, uid: bytes, key: DataKey) -> SealedKey:
    """Seal `key` so that only `code` opens it, and only for the workspace `uid`."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = secrets.token_bytes(_NONCE_BYTES)
    cipher = ChaCha20Poly1305(_sealing_key(code, uid))
    return SealedKey(nonce, cipher.encrypt(nonce, key.reveal(), uid))


def unseal(sealed: SealedKey, code: RecoveryCode, uid: bytes) -> DataKey | None:
    """The key inside, or None when the code, the uid or the sealed bytes do not belong together."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    cipher = ChaCha20Poly1305(_sealing_key(code, uid))
    try:
        return DataKey(cipher.decrypt(sealed.nonce, sealed.ciphertext, uid))
    except InvalidTag:
        return None


def read_sidecar(workspace: Path) -> Sidecar | None:
    """The sidecar of a workspace, or None when there is none.

    Raises SidecarDamaged for a file that is none, WorkspaceTooNew for one of a newer program.
    """
    path = sidecar_path(workspace)
    try:
        # A pipe or a device under this name would be waited for without end.
        if not path.is_file():
            if path.exists() or path.is_symlink():
                raise _damaged(path, "it is no ordinary file")
            return None
        with path.open("rb") as source:
            content = source.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise _damaged(path, f"the system says: {error.strerror}") from error
    if len(content) > LARGEST_BYTES:
        raise _damaged(path, f"it is larger than {LARGEST_BYTES} bytes")
    return _parsed(path, content)


def write_sidecar(workspace: Path, sidecar: Sidecar) -> None:
    """Write the sidecar in one step, for its owner only; raises WorkspaceReadOnly or WorkspaceError."""
    check_uid(sidecar.uid)
    document = {
        "format": FORMAT,
        "version": VERSION,
        "workspace": sidecar.uid.hex(),
        "changing": sidecar.changing,
        "sealed": [{"nonce": _text(item.nonce), "key": _text(item.ciphertext)} for item in sidecar.sealed],
    }
    path = sidecar_path(workspace)
    with writing(path), part_file(path.parent) as (target, part):
        target.write(json.dumps(document, indent=1).encode() + b"\n")
        put_in_place(target, part, path)


def remove_sidecar(workspace: Path) -> None:
    """Delete the sidecar, if there is one."""
    path = sidecar_path(workspace)
    with writing(path):
        if path.exists() or path.is_symlink():
            path.unlink(missing_ok=True)
            sync_folder(path.parent)


def _sealing_key(code: RecoveryCode, uid: bytes) -> bytes:
    check_uid(uid)
    return hkdf(code.reveal(), salt=uid, info=SEAL_INFO)


def _parsed(path: Path, content: bytes) -> Sidecar:
    try:
        document = json.loads(content.decode())
    except (ValueError, RecursionError):
        raise _damaged(path, "it is no JSON in UTF-8") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _damaged(path, "it is no key file")
    version = document.get("version")
    if type(version) is not int or version < 1:
        raise _damaged(path, "it names no version")
    if version > VERSION:
        raise WorkspaceTooNew(
            f"{path.name} was written by a newer program",
            "Update MyCRM Desktop to use the recovery code. The passphrase opens the workspace as before.",
        )
    uid, changing, sealed = document.get("workspace"), document.get("changing"), document.get("sealed")
    if not isinstance(uid, str) or re.fullmatch("[0-9a-f]{32}", uid) is None:
        raise _damaged(path, "it names no workspace")
    if not isinstance(changing, bool) or not isinstance(sealed, list) or len(sealed) > MOST_SEALED_KEYS:
        raise _damaged(path, "its fields have the wrong form")
    return Sidecar(bytes.fromhex(uid), tuple(_sealed_key(path, item) for item in sealed), changing)


def _sealed_key(path: Path, item: object) -> SealedKey:
    if not isinstance(item, dict):
        raise _damaged(path, "a sealed key has the wrong form")
    nonce, ciphertext = _bytes(item.get("nonce")), _bytes(item.get("key"))
    if len(nonce) != _NONCE_BYTES or len(ciphertext) != KEY_BYTES + _TAG_BYTES:
        raise _damaged(path, "a sealed key has the wrong length")
    return SealedKey(nonce, ciphertext)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _bytes(value: object) -> bytes:
    """The bytes of a base64 text; none at all for anything else."""
    if not isinstance(value, str) or not value.isascii():
        return b""
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error:
        return b""


def _damaged(path: Path, detail: str) -> SidecarDamaged:
    return SidecarDamaged(
        f"The key file {path.name} cannot be used: {detail}",
        "Open the workspace with its passphrase and make a new recovery code, or restore this file.",
    )
