"""Makes, opens and describes workspaces: a file, the key that protects it, and the first user in it."""

from __future__ import annotations

import getpass
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.errors import MyCrmError, WorkspaceDamaged, WorkspaceError, WorkspaceTooNew
from services.identity import UidSource
from services.importing.chunks import finish_interrupted
from services.open_workspace import OpenWorkspace, join
from services.records.people import Role
from services.store.engine import Cipher, remove_files
from services.store.queries.about import read_about
from services.store.reencrypting import reencrypt, workspace_uid
from services.store.store import Store, Surroundings
from services.vault.keys import DataKey, KeyStore
from services.vault.opening import FileKind, forget_key, identify, key_fits, remember_key, unlock
from services.vault.protection import NewKey, Protection, new_keyring_workspace_key, new_passphrase_key
from services.vault.recovery import RecoveryCode
from services.vault.rekeying import (
    begin_rekey_to_keyring,
    begin_rekey_to_passphrase,
    finish_rekey,
    give_up_rekey,
)
from services.vault.sidecar import SidecarDamaged, read_sidecar, write_sidecar

SUFFIX = ".mycrm"


@dataclass(frozen=True, slots=True)
class NewWorkspace:
    """How a new workspace is to be protected, and who will work in it."""

    protection: Protection = Protection.KEYRING
    passphrase: str = field(default="", repr=False)
    user_name: str = ""
    email: str = ""
    time_zone: str = ""
    territory: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Created:
    """A workspace just made, open, and its recovery code, to be shown once; None for a plain one."""

    workspace: OpenWorkspace
    recovery_code: RecoveryCode | None


class Workspaces:
    """Makes and opens workspace files."""

    def __init__(self, keys: KeyStore, surroundings: Surroundings) -> None:
        self._keys = keys
        self._surroundings = surroundings

    def create(self, path: Path, request: NewWorkspace) -> Created:
        """Make a workspace file with its first user, an owner.

        Raises InvalidValue for a weak passphrase, NeedsDecision without a usable keyring, WorkspaceError when
        the file exists or cannot be written; then nothing is left behind.
        """
        path = with_suffix(path)
        if path.exists():
            raise WorkspaceError(
                f"{path.name} exists already", "Choose another name; nothing was changed.", code="exists"
            )
        if not path.parent.is_dir():
            raise WorkspaceError(f"There is no folder {path.parent}", "Make the folder first, or choose another one.")
        uid = UidSource(self._surroundings.clock).new()
        made = self._new_key(uid, request)
        cipher = Cipher(made.key.reveal(), uid) if made else None
        try:
            store = Store.create(path, cipher, self._surroundings, uid=uid)
            try:
                workspace = join(store)
                self._first_user(workspace, request)
                if made and made.sidecar is not None:
                    write_sidecar(path, made.sidecar)
            except BaseException:
                store.close()
                remove_files(path)
                raise
        except BaseException:
            if made and made.protection is Protection.KEYRING:
                forget_key(uid, self._keys)
            raise
        return Created(workspace, made.recovery_code if made else None)

    def _new_key(self, uid: bytes, request: NewWorkspace) -> NewKey | None:
        if request.protection is Protection.PLAIN:
            return None
        if request.protection is Protection.PASSPHRASE:
            return new_passphrase_key(uid, request.passphrase)
        return new_keyring_workspace_key(uid, self._keys)

    @staticmethod
    def _first_user(workspace: OpenWorkspace, request: NewWorkspace) -> None:
        name = request.user_name.strip() or getpass.getuser()
        profile = {"time_zone": request.time_zone, "territory": request.territory}
        workspace.users.add(name, request.email, Role.OWNER, kind="setup", **profile)
        workspace.users.act_as(None)
        if request.demo:
            with workspace.store.note() as connection:
                connection.exec_driver_sql("INSERT INTO workspace(name, value) VALUES ('demo', '1')")

    def open(
        self,
        path: Path,
        *,
        passphrase: str | None = None,
        recovery_code: str | None = None,
        user: str | None = None,
    ) -> OpenWorkspace:
        """Open an existing workspace file. Raises WorkspaceError and NotFound."""
        path = path if path.exists() else with_suffix(path)
        cipher = self._cipher(path, passphrase, recovery_code)
        workspace = join(Store.open(path, cipher, self._surroundings))
        try:
            if workspace.users.all() or user is not None:
                workspace.users.act_as(user)
            finish_interrupted(workspace.store)
        except BaseException:
            workspace.close()
            raise
        return workspace

    def _cipher(self, path: Path, passphrase: str | None, recovery_code: str | None) -> Cipher | None:
        identity = identify(path)
        if identity.kind is FileKind.MISSING:
            raise WorkspaceError(
                f"There is no workspace {path}",
                "Check the path, or make one: mycrm workspace create PATH",
                code="missing",
            )
        if identity.kind is FileKind.EMPTY:
            raise WorkspaceDamaged(f"{path.name} is empty", "It is no workspace. Choose another file.")
        if identity.kind is FileKind.PLAIN:
            return None
        code = RecoveryCode.parse(recovery_code) if recovery_code else None
        key = unlock(path, store=self._keys, passphrase=passphrase, recovery_code=code)
        if code is not None and passphrase is None and identity.uid is not None:
            self._keep_again(path, identity.uid, key)
        return Cipher(key.reveal())

    def _keep_again(self, path: Path, uid: bytes, key: DataKey) -> None:
        """A keyring that was lost gets the key back; a passphrase is asked for again next time."""
        if protection_of(path) is Protection.KEYRING:
            try:
                remember_key(uid, key, self._keys)
            except MyCrmError:
                # The workspace is open; only the convenience of opening it by itself is missing.
                return

    def rekey(
        self, path: Path, wanted: Protection, *, passphrase: str | None = None, new_passphrase: str = ""
    ) -> RecoveryCode:
        """Give a workspace a new key and a new recovery code; a plain one becomes encrypted.

        Raises WorkspaceBusy when another program has it open; then nothing was changed.
        """
        former = protection_of(path)
        cipher = self._cipher(path, passphrase, None)
        uid = identify(path).uid or workspace_uid(path, cipher)
        if wanted is Protection.PASSPHRASE:
            new = begin_rekey_to_passphrase(path, uid, new_passphrase)
        else:
            new = begin_rekey_to_keyring(path, uid, self._keys)
        try:
            reencrypt(path, cipher, Cipher(new.key.reveal(), uid))
        except BaseException:
            # The new key is forgotten only while the file does not need it.
            if not key_fits(path, new.key):
                give_up_rekey(path, new, former=former, store=self._keys)
            raise
        finish_rekey(path, new, former=former, store=self._keys)
        return new.recovery_code


def with_suffix(path: Path) -> Path:
    """The path of a workspace file: NAME.mycrm."""
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def protection_of(path: Path) -> Protection:
    """How an existing workspace is protected, as far as the files tell."""
    identity = identify(path)
    if identity.kind is FileKind.PLAIN:
        return Protection.PLAIN
    try:
        sidecar = read_sidecar(path)
    except (SidecarDamaged, WorkspaceTooNew):
        # A sidecar that cannot be read still tells that there is a passphrase.
        return Protection.PASSPHRASE
    return Protection.PASSPHRASE if sidecar is not None and sidecar.uid == identity.uid else Protection.KEYRING


def information(workspace: OpenWorkspace) -> dict[str, Any]:
    """What `workspace info` tells."""
    store = workspace.store
    with store.read() as connection:
        about = read_about(connection)
    user = workspace.users.acting()
    return {
        "path": str(store.path),
        "uid": about.facts.get("uid", ""),
        "encrypted": store.cipher is not None,
        "protection": protection_of(store.path).value,
        "demo": about.facts.get("demo") == "1",
        "read_only": store.read_only,
        "user": user.name if user else "",
        "role": user.role.value if user else "",
        "counts": about.counts,
        "trash": about.trash,
        "changes": about.changes,
        "schema": about.schema,
        "size_bytes": store.path.stat().st_size,
    }
