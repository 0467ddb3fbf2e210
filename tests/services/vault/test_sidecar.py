"""The key file beside a workspace: written whole, read with suspicion."""

from __future__ import annotations

import base64
import errno
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.errors import WorkspaceError, WorkspaceReadOnly, WorkspaceTooNew
from services.vault.keys import DataKey
from services.vault.recovery import RecoveryCode
from services.vault.sidecar import (
    LARGEST_BYTES,
    Sidecar,
    SidecarDamaged,
    read_sidecar,
    remove_sidecar,
    seal_for,
    sidecar_path,
    unseal,
    write_sidecar,
)
from tests.services.vault.real_workspaces import new_uid

CODE = RecoveryCode.from_number(1234567890)
KEY = DataKey(bytes(range(32)))
UID = new_uid()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "sales.mycrm"


def valid() -> dict[str, Any]:
    sealed = seal_for(CODE, UID, KEY)
    return {
        "format": "mycrm-keys",
        "version": 1,
        "workspace": UID.hex(),
        "changing": False,
        "sealed": [
            {
                "nonce": base64.b64encode(sealed.nonce).decode(),
                "key": base64.b64encode(sealed.ciphertext).decode(),
            }
        ],
    }


@pytest.mark.parametrize("changing", [False, True])
def test_a_sidecar_comes_back_as_it_was_written(workspace: Path, changing: bool) -> None:
    sidecar = Sidecar(UID, (seal_for(CODE, UID, KEY), seal_for(CODE, UID, KEY)), changing)
    write_sidecar(workspace, sidecar)

    assert read_sidecar(workspace) == sidecar
    assert sidecar_path(workspace).name == "sales.mycrm-keys"
    assert [path.name for path in workspace.parent.iterdir()] == ["sales.mycrm-keys"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps access lists instead of modes")
def test_it_is_for_its_owner_only_even_when_it_replaces_an_open_one(workspace: Path) -> None:
    path = sidecar_path(workspace)
    path.write_text("{}")
    path.chmod(0o666)
    write_sidecar(workspace, Sidecar(UID, ()))

    assert path.stat().st_mode & 0o777 == 0o600


def test_it_holds_neither_key_nor_code_in_the_clear(workspace: Path) -> None:
    write_sidecar(workspace, Sidecar(UID, (seal_for(CODE, UID, KEY),)))
    content = sidecar_path(workspace).read_bytes()

    for secret in (KEY.reveal(), CODE.reveal()):
        assert secret not in content
        assert base64.b64encode(secret) not in content
        assert secret.hex().encode() not in content


def test_a_sealed_key_opens_with_its_code_and_its_uid_only() -> None:
    sealed = seal_for(CODE, UID, KEY)

    assert unseal(sealed, CODE, UID) == KEY
    assert unseal(sealed, RecoveryCode.make(), UID) is None
    assert unseal(sealed, CODE, new_uid()) is None


def test_the_same_key_is_never_sealed_alike_twice() -> None:
    assert len({seal_for(CODE, UID, KEY).ciphertext for _ in range(20)}) == 20


def test_no_file_is_no_sidecar(workspace: Path) -> None:
    assert read_sidecar(workspace) is None
    remove_sidecar(workspace)


def test_removing_leaves_nothing(workspace: Path) -> None:
    write_sidecar(workspace, Sidecar(UID, ()))
    remove_sidecar(workspace)

    assert read_sidecar(workspace) is None
    assert list(workspace.parent.iterdir()) == []


def altered(**fields: object) -> bytes:
    return json.dumps(valid() | fields).encode()


def sealed_as(**fields: object) -> bytes:
    document = valid()
    document["sealed"][0] |= fields
    return json.dumps(document).encode()


HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "binary": bytes(range(256)),
    "half a document": json.dumps(valid()).encode()[:100],
    "NUL bytes": bytes(100),
    "UTF-16": json.dumps(valid()).encode("utf-16"),
    "a list": b"[]",
    "a number": b"1e999",
    "null": b"null",
    "a bomb of brackets": b"[" * LARGEST_BYTES,
    "a bomb of objects": b'{"a":' * (LARGEST_BYTES // 5),
    "a long number": b"9" * LARGEST_BYTES,
    "too large": json.dumps(valid()).encode() + b" " * LARGEST_BYTES,
    "another format": altered(format="other"),
    "no format": altered(format=None),
    "no version": altered(version=None),
    "version true": altered(version=True),
    "version 0": altered(version=0),
    "version as text": altered(version="1"),
    "version 1.5": altered(version=1.5),
    "no uid": altered(workspace=None),
    "a short uid": altered(workspace=UID.hex()[:-2]),
    "an upper case uid": altered(workspace="AB" * 16),
    "a uid with a newline": altered(workspace=UID.hex() + "\n"),
    "changing as number": altered(changing=1),
    "no changing": altered(changing=None),
    "sealed as object": altered(sealed={}),
    "sealed as text": altered(sealed="abc"),
    "sealed numbers": altered(sealed=[1]),
    "sealed lists": altered(sealed=[[]]),
    "too many sealed": altered(sealed=valid()["sealed"] * 9),
    "no nonce": sealed_as(nonce=None),
    "a short nonce": sealed_as(nonce=base64.b64encode(bytes(11)).decode()),
    "a nonce of no base64": sealed_as(nonce="!" * 16),
    "a nonce beyond ASCII": sealed_as(nonce="é" * 16),
    "a key without a tag": sealed_as(key=base64.b64encode(bytes(32)).decode()),
    "a long key": sealed_as(key=base64.b64encode(bytes(1000)).decode()),
    "a key as number": sealed_as(key=7),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_or_broken_file_is_a_typed_error_that_says_what_still_works(workspace: Path, kind: str) -> None:
    sidecar_path(workspace).write_bytes(HOSTILE[kind])

    with pytest.raises(SidecarDamaged) as caught:
        read_sidecar(workspace)
    assert "sales.mycrm-keys" in caught.value.title
    assert "passphrase" in caught.value.message


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.binary(max_size=300)
    | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(
        lambda value: json.dumps(valid() | {"sealed": value}).encode()
    )
)
def test_arbitrary_content_is_read_or_refused_and_nothing_else(workspace: Path, content: bytes) -> None:
    sidecar_path(workspace).write_bytes(content)
    try:
        read_sidecar(workspace)
    except SidecarDamaged:
        return


def test_a_sidecar_of_a_newer_program_is_left_alone(workspace: Path) -> None:
    content = altered(version=2, sealed={"new": "form"})
    sidecar_path(workspace).write_bytes(content)

    with pytest.raises(WorkspaceTooNew):
        read_sidecar(workspace)
    assert sidecar_path(workspace).read_bytes() == content


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")
@pytest.mark.parametrize("kind", ["pipe", "folder", "dangling link"])
def test_what_is_no_ordinary_file_is_refused_without_waiting(workspace: Path, kind: str) -> None:
    path = sidecar_path(workspace)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(workspace.parent / "nowhere")

    with pytest.raises(SidecarDamaged):
        read_sidecar(workspace)


@pytest.mark.parametrize(
    ("number", "expected"),
    [(errno.EACCES, WorkspaceReadOnly), (errno.EPERM, WorkspaceReadOnly), (errno.ENOSPC, WorkspaceError)],
)
def test_a_folder_that_refuses_is_named_and_the_old_sidecar_stays(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, number: int, expected: type[WorkspaceError]
) -> None:
    def refuse(**_: object) -> tuple[int, str]:
        raise OSError(number, os.strerror(number))

    old = Sidecar(UID, (seal_for(CODE, UID, KEY),))
    write_sidecar(workspace, old)
    monkeypatch.setattr(tempfile, "mkstemp", refuse)

    with pytest.raises(WorkspaceError) as caught:
        write_sidecar(workspace, Sidecar(UID, ()))
    assert type(caught.value) is expected
    assert read_sidecar(workspace) == old


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_write_cut_short_leaves_the_old_sidecar_and_no_leftover(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    old = Sidecar(UID, (seal_for(CODE, UID, KEY),))
    write_sidecar(workspace, old)
    with monkeypatch.context() as broken:
        if step == "fsync":
            broken.setattr(os, "fsync", refuse)
        else:
            broken.setattr(Path, "replace", refuse)
        with pytest.raises(WorkspaceError):
            write_sidecar(workspace, Sidecar(UID, ()))

    assert read_sidecar(workspace) == old
    assert len(list(workspace.parent.iterdir())) == 1
