"""Changes the key or the recovery code of a workspace so that a crash at any point leaves a way in.

    new = begin_rekey_...(path, ...)      the new key is kept beside the old one
    (the store re-encrypts the file)      PRAGMA rekey, or a copy that is swapped in
    finish_rekey(path, new, ...)          the old key is forgotten; give_up_rekey(...) if the file kept it

Until the end both keys are kept, and `unlock` takes the one that fits. Older backups keep the key they were
made with: they open with the passphrase or the recovery code of their day.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path

from services.errors import NeedsDecision, WorkspaceLocked
from services.vault.keys import DataKey, KeyStore, staged_account_of
from services.vault.opening import forget_key, settle_kept_key
from services.vault.protection import NewKey, Protection, key_from_recovery_code, new_passphrase_key
from services.vault.recovery import RecoveryCode
from services.vault.sidecar import (
    MOST_SEALED_KEYS,
    Sidecar,
    SidecarDamaged,
    read_sidecar,
    remove_sidecar,
    seal_for,
    write_sidecar,
)


def begin_rekey_to_keyring(path: Path, uid: bytes, store: KeyStore) -> NewKey:
    """Make and keep the next key of a workspace that the keyring shall protect, with a new recovery code.

    Raises what `KeyStore.trust` and `put` raise; then nothing has changed.
    """
    store.trust()
    former = _former_sidecar(path, uid)
    code = RecoveryCode.make()
    key = key_from_recovery_code(code, uid)
    store.put(staged_account_of(uid), key.reveal())
    if former is not None:
        # Else `unlock` would ask for a passphrase that no longer opens the rekeyed file.
        write_sidecar(path, replace(former, changing=True))
    return NewKey(uid, Protection.KEYRING, key, code, keyring_name=store.name)


def begin_rekey_to_passphrase(path: Path, uid: bytes, passphrase: str) -> NewKey:
    """Make the next key of a workspace that a passphrase shall protect, with a new recovery code.

    Raises InvalidValue for a weak passphrase, WorkspaceReadOnly when the sidecar cannot be written; then
    nothing has changed.
    """
    new = new_passphrase_key(uid, passphrase)
    former = _former_sidecar(path, uid)
    earlier = () if former is None else former.sealed[-(MOST_SEALED_KEYS - 1) :]
    sealed = () if new.sidecar is None else new.sidecar.sealed
    write_sidecar(path, Sidecar(uid, (*earlier, *sealed), changing=True))
    return new


def finish_rekey(path: Path, new: NewKey, *, former: Protection, store: KeyStore) -> None:
    """Forget the key of the `former` protection, once the file opens with the new one."""
    if new.sidecar is None:
        settle_kept_key(path, new.uid, key=new.key, store=store)
        return
    write_sidecar(path, new.sidecar)
    if former is Protection.KEYRING:
        # A keyring out of reach keeps a key that opens nothing any more; the rekey is done all the same.
        with contextlib.suppress(NeedsDecision, WorkspaceLocked):
            forget_key(new.uid, store)


def give_up_rekey(path: Path, new: NewKey, *, former: Protection, store: KeyStore) -> None:
    """Forget the new key, when the file was left under the `former` protection."""
    if new.protection is Protection.KEYRING:
        store.delete(staged_account_of(new.uid))
    sidecar = _former_sidecar(path, new.uid)
    if sidecar is None:
        return
    if former is Protection.PASSPHRASE:
        added = () if new.sidecar is None else new.sidecar.sealed
        kept = tuple(sealed for sealed in sidecar.sealed if sealed not in added)
        write_sidecar(path, Sidecar(new.uid, kept))
    else:
        remove_sidecar(path)


def new_recovery_code(path: Path, uid: bytes, key: DataKey) -> RecoveryCode:
    """A new recovery code for a PASSPHRASE workspace, in place of every earlier one; the file is not touched.

    A KEYRING workspace needs a rekey for that, because its key is made of the code.
    """
    code = RecoveryCode.make()
    write_sidecar(path, Sidecar(uid, (seal_for(code, uid, key),)))
    return code


def _former_sidecar(path: Path, uid: bytes) -> Sidecar | None:
    try:
        sidecar = read_sidecar(path)
    except SidecarDamaged:
        return None  # nothing in it could open anything
    return sidecar if sidecar is not None and sidecar.uid == uid else None
