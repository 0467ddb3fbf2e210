"""Attachments come back byte for byte, and nothing that was tampered with comes back at all."""

from __future__ import annotations

import errno
import hashlib
import hmac
import io
import os
import random
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.errors import InvalidValue, NotFound, WorkspaceError, WorkspaceReadOnly
from services.vault.files import FileVault, files_folder
from services.vault.keys import DataKey
from services.vault.sealed_stream import (
    HEADER_BYTES,
    PIECE_BYTES,
    TAG_BYTES,
    FileTampered,
    seal,
)

KEY = DataKey(bytes(range(32)))
SIZES = [0, 1, 100, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES, 3 * PIECE_BYTES + 77]


def content_of(size_bytes: int) -> bytes:
    return random.Random(size_bytes).randbytes(size_bytes)


@pytest.fixture
def vault(tmp_path: Path) -> FileVault:
    return FileVault(tmp_path / "sales.files", KEY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sales.files"


def read(vault: FileVault, name: str) -> bytes:
    with vault.open(name) as source:
        return source.read()


@pytest.mark.parametrize("size_bytes", SIZES)
def test_a_file_comes_back_as_it_went_in(vault: FileVault, size_bytes: int) -> None:
    content = content_of(size_bytes)
    stored = vault.add(io.BytesIO(content))

    assert stored.added
    assert stored.size_bytes == size_bytes
    assert read(vault, stored.name) == content
    assert vault.verify(stored.name) == size_bytes


def test_a_source_that_gives_little_at_a_time_is_sealed_whole(vault: FileVault) -> None:
    class Dripping(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 1, 1000))

    content = content_of(2 * PIECE_BYTES + 5)

    assert read(vault, vault.add(Dripping(content)).name) == content


def test_only_what_lies_after_the_position_of_the_source_is_stored(vault: FileVault) -> None:
    source = io.BytesIO(b"headerbody")
    source.seek(6)

    assert read(vault, vault.add(source).name) == b"body"


def test_the_name_is_a_keyed_digest_of_the_content(vault: FileVault, tmp_path: Path) -> None:
    name = vault.add(io.BytesIO(b"contract")).name

    assert name == hmac.digest(KEY.derive("mycrm file names 1"), b"contract", "sha256").hex()
    assert name != hashlib.sha256(b"contract").hexdigest()
    other = FileVault(tmp_path / "other.files", DataKey(bytes(32)))
    assert other.add(io.BytesIO(b"contract")).name != name


def test_nothing_of_the_content_is_readable_on_the_disk(vault: FileVault, folder: Path) -> None:
    name = vault.add(io.BytesIO(b"canary " * 50_000)).name

    assert b"canary" not in (folder / name).read_bytes()


def test_the_same_content_is_stored_once(vault: FileVault, folder: Path) -> None:
    first = vault.add(io.BytesIO(b"twice"))
    before = (folder / first.name).read_bytes()
    second = vault.add(io.BytesIO(b"twice"))

    assert second.name == first.name
    assert not second.added
    assert second.size_bytes == 5
    assert list(vault.names()) == [first.name]
    assert (folder / first.name).read_bytes() == before


def test_adding_the_content_again_mends_a_damaged_file(vault: FileVault, folder: Path) -> None:
    name = vault.add(io.BytesIO(b"twice")).name
    (folder / name).write_bytes(b"broken")

    assert vault.add(io.BytesIO(b"twice")).added
    assert read(vault, name) == b"twice"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps access lists instead of modes")
def test_folder_and_files_are_for_their_owner_only(vault: FileVault, folder: Path) -> None:
    name = vault.add(io.BytesIO(b"x")).name

    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / name).stat().st_mode & 0o777 == 0o600


def sealed_pieces(sealed: bytes) -> list[bytes]:
    step = PIECE_BYTES + TAG_BYTES
    return [sealed[start : start + step] for start in range(HEADER_BYTES, len(sealed), step)]


def exchanged(sealed: bytes) -> bytes:
    first, second, *others = sealed_pieces(sealed)
    return sealed[:HEADER_BYTES] + second + first + b"".join(others)


TAMPERING: dict[str, Callable[[bytes], bytes]] = {
    "emptied": lambda sealed: b"",
    "cut in the header": lambda sealed: sealed[:20],
    "cut after the header": lambda sealed: sealed[:HEADER_BYTES],
    "cut inside the first tag": lambda sealed: sealed[: HEADER_BYTES + 10],
    "cut after the first piece": lambda sealed: sealed[: HEADER_BYTES + PIECE_BYTES + TAG_BYTES],
    "cut after the second piece": lambda sealed: sealed[: HEADER_BYTES + 2 * (PIECE_BYTES + TAG_BYTES)],
    "cut by one byte": lambda sealed: sealed[:-1],
    "one byte longer": lambda sealed: sealed + b"\0",
    "longer by its last piece": lambda sealed: sealed + sealed_pieces(sealed)[-1],
    "longer by an empty tag": lambda sealed: sealed + bytes(TAG_BYTES),
    "first piece missing": lambda sealed: sealed[:HEADER_BYTES] + b"".join(sealed_pieces(sealed)[1:]),
    "pieces exchanged": exchanged,
    "another magic": lambda sealed: b"X" + sealed[1:],
    "another salt": lambda sealed: sealed[:8] + b"\0" + sealed[9:],
    "plain text": lambda sealed: b"just some text that was never sealed at all, longer than a header",
}


@pytest.mark.parametrize("how", TAMPERING)
@pytest.mark.parametrize("size_bytes", [2 * PIECE_BYTES + 100, 3 * PIECE_BYTES])
def test_a_file_cut_extended_or_rearranged_is_refused(
    vault: FileVault, folder: Path, how: str, size_bytes: int
) -> None:
    path = folder / vault.add(io.BytesIO(content_of(size_bytes))).name
    path.write_bytes(TAMPERING[how](path.read_bytes()))

    with pytest.raises(FileTampered):
        read(vault, path.name)
    with pytest.raises(FileTampered):
        vault.verify(path.name)


@pytest.mark.parametrize("size_bytes", [0, 40, PIECE_BYTES])
def test_every_flipped_byte_is_noticed(vault: FileVault, folder: Path, size_bytes: int) -> None:
    path = folder / vault.add(io.BytesIO(content_of(size_bytes))).name
    sealed = path.read_bytes()
    for place in range(0, len(sealed), 1 if size_bytes < 1000 else 997):
        altered = bytearray(sealed)
        altered[place] ^= 0x40
        path.write_bytes(altered)
        with pytest.raises(FileTampered):
            vault.verify(path.name)


def test_a_file_cut_off_at_a_piece_is_refused_before_anything_is_read(vault: FileVault, folder: Path) -> None:
    path = folder / vault.add(io.BytesIO(content_of(3 * PIECE_BYTES))).name
    path.write_bytes(path.read_bytes()[: HEADER_BYTES + 2 * (PIECE_BYTES + TAG_BYTES)])

    with pytest.raises(FileTampered):
        vault.open(path.name)


def test_one_stored_file_put_in_place_of_another_is_refused(vault: FileVault, folder: Path) -> None:
    wanted = vault.add(io.BytesIO(b"pay Anna")).name
    other = vault.add(io.BytesIO(b"pay Boris")).name
    shutil.copy(folder / other, folder / wanted)

    with pytest.raises(FileTampered):
        vault.open(wanted)


def test_content_sealed_under_a_name_it_does_not_have_fails_verification(vault: FileVault, folder: Path) -> None:
    folder.mkdir()
    name = "ab" * 32
    with (folder / name).open("wb") as target:
        seal(io.BytesIO(b"x"), target, key=KEY.derive("mycrm file contents 1"), name=name)

    with pytest.raises(FileTampered):
        vault.verify(name)


def test_another_key_opens_nothing(vault: FileVault, folder: Path) -> None:
    name = vault.add(io.BytesIO(b"x")).name

    with pytest.raises(FileTampered) as caught:
        FileVault(folder, DataKey(bytes(32))).open(name)
    assert caught.value.code == "file_damaged"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../../etc/passwd",
        "/etc/passwd",
        "A" * 64,
        "a" * 63,
        "a" * 65,
        "a" * 64 + "\n",
        "a" * 63 + "/",
        "\0",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(vault: FileVault, name: str) -> None:
    for use in (vault.open, vault.verify, vault.delete):
        with pytest.raises(InvalidValue) as caught:
            use(name)
        assert caught.value.code == "file_name"


def test_a_missing_file_is_named_as_missing(vault: FileVault) -> None:
    for use in (vault.open, vault.verify):
        with pytest.raises(NotFound) as caught:
            use("a" * 64)
        assert caught.value.code == "file_missing"


def test_deleting_says_whether_there_was_something(vault: FileVault) -> None:
    name = vault.add(io.BytesIO(b"x")).name

    assert vault.delete(name)
    assert not vault.delete(name)
    assert list(vault.names()) == []


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")
@pytest.mark.parametrize("kind", ["link", "dangling link", "pipe", "folder"])
def test_what_is_no_ordinary_file_is_refused_at_once(vault: FileVault, folder: Path, tmp_path: Path, kind: str) -> None:
    name = vault.add(io.BytesIO(b"x")).name
    path = folder / name
    path.rename(tmp_path / "kept")
    if kind == "link":
        path.symlink_to(tmp_path / "kept")
    elif kind == "dangling link":
        path.symlink_to(tmp_path / "nowhere")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()

    with pytest.raises(FileTampered):
        vault.open(name)
    with pytest.raises(FileTampered):
        vault.verify(name)


def test_a_file_that_changes_while_it_is_stored_leaves_nothing_behind(vault: FileVault, folder: Path) -> None:
    class Changing(io.BytesIO):
        def seek(self, position: int, whence: int = 0, /) -> int:
            self.getbuffer()[0:1] = b"!"
            return super().seek(position, whence)

    with pytest.raises(InvalidValue) as caught:
        vault.add(Changing(b"first"))

    assert caught.value.code == "file_changed"
    assert list(folder.iterdir()) == []


def test_a_source_that_breaks_off_leaves_nothing_behind(vault: FileVault, folder: Path) -> None:
    class Breaking(io.BytesIO):
        passes = 0

        def seek(self, position: int, whence: int = 0, /) -> int:
            self.passes += 1
            return super().seek(position, whence)

        def read(self, size: int | None = -1, /) -> bytes:
            if self.passes and self.tell() > 0:
                raise OSError(5, "Input/output error")
            return super().read(size)

    with pytest.raises(WorkspaceError, match="Input/output error"):
        vault.add(Breaking(content_of(2 * PIECE_BYTES)))

    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "expected"),
    [(errno.EACCES, WorkspaceReadOnly), (errno.EROFS, WorkspaceReadOnly), (errno.ENOSPC, WorkspaceError)],
)
def test_a_folder_that_cannot_be_written_is_named(
    vault: FileVault, monkeypatch: pytest.MonkeyPatch, number: int, expected: type[WorkspaceError]
) -> None:
    def refuse(**_: object) -> tuple[int, str]:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(tempfile, "mkstemp", refuse)

    with pytest.raises(WorkspaceError) as caught:
        vault.add(io.BytesIO(b"x"))
    assert type(caught.value) is expected


@pytest.mark.parametrize("step", ["fsync", "rename"])
def test_a_full_disk_at_any_step_leaves_nothing_half_written(
    vault: FileVault, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        if step == "fsync":
            broken.setattr(os, "fsync", refuse)
        else:
            broken.setattr(Path, "replace", refuse)
        with pytest.raises(WorkspaceError) as caught:
            vault.add(io.BytesIO(b"x"))

    assert caught.value.code == "not_written"
    assert list(folder.iterdir()) == []
    assert vault.add(io.BytesIO(b"x")).added


def test_a_file_in_place_of_the_folder_is_a_known_error(vault: FileVault, folder: Path) -> None:
    folder.write_text("not a folder")

    with pytest.raises(WorkspaceError):
        vault.add(io.BytesIO(b"x"))
    assert list(vault.names()) == []


def test_only_old_leftovers_of_interrupted_writes_are_swept(vault: FileVault, folder: Path) -> None:
    kept = vault.add(io.BytesIO(b"x")).name
    old, young, foreign = folder / ".abc.part", folder / ".def.part", folder / "notes.part"
    for path in (old, young, foreign):
        path.write_bytes(b"half")
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    os.utime(old, (moment.timestamp() - 1,) * 2)
    os.utime(young, (moment.timestamp() + 1,) * 2)
    os.utime(foreign, (0, 0))

    assert vault.delete_parts(older_than=moment) == 1
    assert {path.name for path in folder.iterdir()} == {kept, young.name, foreign.name}
    assert list(vault.names()) == [kept]


@pytest.mark.parametrize("size_bytes", SIZES)
def test_the_size_of_the_content_is_known_without_reading_it(vault: FileVault, size_bytes: int) -> None:
    name = vault.add(io.BytesIO(content_of(size_bytes))).name

    assert vault.content_bytes(name) == size_bytes
    assert vault.stored_bytes(name) > size_bytes
    assert vault.holds(name)
    assert not vault.holds("a" * 64)
    assert vault.stored_bytes("a" * 64) == 0
    with pytest.raises(NotFound):
        vault.stored_at("a" * 64)


@pytest.mark.parametrize("size_bytes", SIZES)
def test_a_copy_is_the_content_and_replaces_what_was_there(vault: FileVault, tmp_path: Path, size_bytes: int) -> None:
    name = vault.add(io.BytesIO(content_of(size_bytes))).name
    final = tmp_path / "copy.bin"
    final.write_bytes(b"old")

    assert vault.copy_out(name, final) == size_bytes
    assert final.read_bytes() == content_of(size_bytes)


def test_a_copy_of_a_damaged_file_leaves_what_was_there(vault: FileVault, folder: Path, tmp_path: Path) -> None:
    name = vault.add(io.BytesIO(content_of(3 * PIECE_BYTES))).name
    sealed = bytearray((folder / name).read_bytes())
    sealed[HEADER_BYTES + PIECE_BYTES + TAG_BYTES + 5] ^= 1
    (folder / name).write_bytes(sealed)
    final = tmp_path / "copy.bin"
    final.write_bytes(b"old")

    with pytest.raises(FileTampered):
        vault.copy_out(name, final)
    assert final.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.bin", "sales.files"]


def test_a_folder_not_yet_made_holds_nothing(vault: FileVault) -> None:
    assert list(vault.names()) == []
    assert vault.delete_parts(older_than=datetime(2030, 1, 1, tzinfo=UTC)) == 0
    assert not vault.delete("a" * 64)


def test_the_vault_shows_no_key(vault: FileVault) -> None:
    for purpose in ("mycrm file names 1", "mycrm file contents 1"):
        assert KEY.derive(purpose).hex() not in repr(vault)


@pytest.mark.parametrize(
    ("workspace", "expected"),
    [("sales.mycrm", "sales.files"), ("q.3.mycrm", "q.3.files"), ("odd", "odd.files")],
)
def test_the_folder_lies_beside_the_workspace(tmp_path: Path, workspace: str, expected: str) -> None:
    assert files_folder(tmp_path / workspace) == tmp_path / expected
