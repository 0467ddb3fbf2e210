"""Files of records come back byte for byte or not at all, are kept once, and are never half there."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.clock import ManualClock
from services.errors import InvalidValue, MyCrmError, NotAllowed, NotFound, WorkspaceError
from services.files import LARGEST_BYTES, FileService
from services.open_workspace import OpenWorkspace, join
from services.records.fields import EntityKind
from services.records.people import Role
from services.store.engine import Cipher
from services.store.reencrypting import reencrypt
from services.store.store import Store
from services.vault.files import FileVault
from services.vault.sealed_stream import FileTampered
from tests.services.selling import deal_draft, lead_draft, problems
from tests.support.workspaces import (
    NOON,
    activity_draft,
    company_draft,
    contact_draft,
    make_workspace,
    open_store,
    surroundings,
)

CONTACT = EntityKind.CONTACT
CONTENT = b"The contract, signed. " * 1000


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


@pytest.fixture
def workspace(tmp_path: Path, clock: ManualClock) -> Iterator[OpenWorkspace]:
    made = make_workspace(tmp_path, clock=clock)
    made.contacts.add(contact_draft("Anna", "Berg"))
    yield made
    made.close()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "contract.pdf"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "book.files"


def read(workspace: OpenWorkspace, local_id: int) -> bytes:
    with workspace.files.open(local_id) as content:
        return content.read()


def contents(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def test_a_file_comes_back_byte_for_byte(workspace: OpenWorkspace, source: Path) -> None:
    saved = workspace.files.attach(source, CONTACT, 1)
    row = workspace.files.get(saved.id)

    assert read(workspace, saved.id) == CONTENT
    assert (row.name, row.media_type, row.size_bytes) == ("contract.pdf", "application/pdf", len(CONTENT))
    assert (row.entity, row.record_id, row.owner, row.created_at) == (CONTACT, 1, "Rosa Quill", NOON)
    assert workspace.files.of_record(CONTACT, 1) == [row]
    assert workspace.files.resolve(row.uid.hex()[:24]) == saved.id
    assert problems(workspace) == []


def test_files_belong_to_five_kinds_of_record(workspace: OpenWorkspace, source: Path) -> None:
    anna = workspace.contacts.cards([1])[0]
    made = {
        EntityKind.CONTACT: 1,
        EntityKind.COMPANY: workspace.companies.add(company_draft("Almeda")).id,
        EntityKind.DEAL: workspace.deals.add(deal_draft()).id,
        EntityKind.LEAD: workspace.leads.add(lead_draft("Boris")).id,
        EntityKind.ACTIVITY: workspace.activities.add(activity_draft("x", contact=anna.uid, type="call")).id,
    }
    for entity, local_id in made.items():
        workspace.files.attach(source, entity, local_id)

    assert [len(workspace.files.of_record(entity, local_id)) for entity, local_id in made.items()] == [1] * 5
    with pytest.raises(InvalidValue):
        workspace.files.attach(source, EntityKind.TASK, 1)


def test_what_lies_on_the_disk_is_readable_with_the_key_only(
    workspace: OpenWorkspace, source: Path, folder: Path
) -> None:
    workspace.files.attach(source, CONTACT, 1)
    stored = contents(folder)

    assert len(stored) == 1
    assert b"contract" not in stored[0].read_bytes()
    assert "contract" not in stored[0].name


def test_equal_files_are_kept_once(workspace: OpenWorkspace, source: Path, folder: Path, tmp_path: Path) -> None:
    twin = tmp_path / "copy of contract.pdf"
    twin.write_bytes(CONTENT)
    first, second = workspace.files.attach(source, CONTACT, 1), workspace.files.attach(twin, CONTACT, 1)
    usage = workspace.files.usage()

    assert len(contents(folder)) == 1
    assert (usage.files, usage.contents, usage.named_bytes) == (2, 1, 2 * len(CONTENT))
    assert len(CONTENT) < usage.stored_bytes < len(CONTENT) + 200
    workspace.files.detach([first.id])
    assert read(workspace, second.id) == CONTENT


def test_a_workspace_without_files_has_no_folder_and_no_key(workspace: OpenWorkspace, folder: Path) -> None:
    assert workspace.files.of_record(CONTACT, 1) == []
    assert workspace.files.usage().contents == 0
    assert workspace.files.purge().contents == 0
    assert workspace.files.problems(full=True) == []
    assert not folder.exists()


def test_the_key_is_made_once_and_survives_a_new_key_of_the_workspace(
    workspace: OpenWorkspace, source: Path, tmp_path: Path
) -> None:
    saved = workspace.files.attach(source, CONTACT, 1)
    path, cipher = workspace.store.path, workspace.store.cipher
    workspace.close()
    other = Cipher(bytes(reversed(range(32))), b"\x01" * 16)
    reencrypt(path, cipher, other)
    again = join(Store.open(path, Cipher(other.key), surroundings()))

    assert read(again, saved.id) == CONTENT
    assert again.files.problems(full=True) == []
    again.close()


def test_a_moved_workspace_finds_its_files(workspace: OpenWorkspace, source: Path, tmp_path: Path) -> None:
    saved = workspace.files.attach(source, CONTACT, 1)
    workspace.close()
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    shutil.copy(tmp_path / "book.mycrm", moved / "renamed.mycrm")
    shutil.copytree(tmp_path / "book.files", moved / "renamed.files")
    again = join(open_store(moved / "renamed.mycrm"))

    assert read(again, saved.id) == CONTENT
    again.close()


def test_rename_detach_restore_and_their_undo(workspace: OpenWorkspace, source: Path) -> None:
    saved = workspace.files.attach(source, CONTACT, 1)
    workspace.files.rename(saved.id, " Ver\u202etrag\n2026.TXT ")
    assert workspace.files.get(saved.id).name == "Vertrag 2026.TXT"
    assert workspace.files.get(saved.id).media_type == "text/plain"
    workspace.files.detach([saved.id])
    assert workspace.files.of_record(CONTACT, 1) == []

    workspace.history.undo()
    assert len(workspace.files.of_record(CONTACT, 1)) == 1
    workspace.history.undo()
    assert workspace.files.get(saved.id).name == "contract.pdf"
    workspace.history.undo()
    assert workspace.files.of_record(CONTACT, 1) == []
    workspace.files.restore([saved.id])
    assert read(workspace, saved.id) == CONTENT
    assert problems(workspace) == []


@pytest.mark.parametrize("name", ["", " ", "\n", "x" * 256, "\u200b"])
def test_a_file_needs_a_name(workspace: OpenWorkspace, source: Path, name: str) -> None:
    saved = workspace.files.attach(source, CONTACT, 1)
    with pytest.raises(InvalidValue):
        workspace.files.rename(saved.id, name)


def test_what_is_no_file_is_refused_and_leaves_nothing(workspace: OpenWorkspace, tmp_path: Path, folder: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "loop", tmp_path / "nowhere", tmp_path / "x" / "y"):
        with pytest.raises((InvalidValue, NotFound)):
            workspace.files.attach(path, CONTACT, 1)

    assert workspace.files.of_record(CONTACT, 1) == []
    assert contents(folder) == []


def test_a_file_too_large_is_refused_before_it_is_read(workspace: OpenWorkspace, tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as sparse:
        sparse.truncate(LARGEST_BYTES + 1)
    with pytest.raises(InvalidValue, match="too large"):
        workspace.files.attach(large, CONTACT, 1)


def test_nothing_is_attached_to_what_is_gone(workspace: OpenWorkspace, source: Path, folder: Path) -> None:
    workspace.contacts.delete([1])
    for local_id in (1, 99):
        with pytest.raises(NotFound):
            workspace.files.attach(source, CONTACT, local_id)
    assert contents(folder) == []


def test_a_ledger_that_cannot_be_written_leaves_no_row_and_no_half_file(
    workspace: OpenWorkspace, source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise WorkspaceError("The disk is full", "Free some space.")

    with monkeypatch.context() as broken:
        broken.setattr(workspace.store, "write", refuse)
        with pytest.raises(WorkspaceError):
            workspace.files.attach(source, CONTACT, 1)

    assert workspace.files.of_record(CONTACT, 1) == []
    assert [path.name for path in contents(folder) if path.name.endswith(".part")] == []
    # What was written is whole, and the next attempt finds it.
    saved = workspace.files.attach(source, CONTACT, 1)
    assert read(workspace, saved.id) == CONTENT


def test_a_folder_that_cannot_be_written_leaves_no_row(workspace: OpenWorkspace, source: Path, folder: Path) -> None:
    folder.write_text("in the way")
    with pytest.raises(WorkspaceError):
        workspace.files.attach(source, CONTACT, 1)

    assert workspace.files.of_record(CONTACT, 1) == []
    assert problems(workspace) == []


def test_a_program_that_is_killed_while_attaching_leaves_whole_files_only(tmp_path: Path) -> None:
    made = make_workspace(tmp_path)
    made.contacts.add(contact_draft("Anna", "Berg"))
    made.close()
    child = [sys.executable, "-m", "tests.services.attaching_child", str(made.store.path), str(tmp_path)]
    for delay in (0.02, 0.06, 0.12, 0.2):
        running = subprocess.Popen(child, stdout=subprocess.PIPE)
        assert running.stdout is not None
        running.stdout.readline()  # it attaches from now on
        try:
            running.wait(delay)
        except subprocess.TimeoutExpired:
            running.kill()
        running.wait()
        running.stdout.close()
    again = join(open_store(made.store.path))

    rows = again.files.of_record(CONTACT, 1)
    assert rows
    assert again.files.problems(full=True) == []
    assert problems(again) == []
    again.close()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "emptied": lambda path: path.write_bytes(b""),
    "cut by one byte": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "one byte longer": lambda path: path.write_bytes(path.read_bytes() + b"\0"),
    "first byte flipped": lambda path: path.write_bytes(b"X" + path.read_bytes()[1:]),
    "a byte in the middle flipped": lambda path: path.write_bytes(
        path.read_bytes()[:500] + bytes([path.read_bytes()[500] ^ 1]) + path.read_bytes()[501:]
    ),
    "plain": lambda path: path.write_bytes(CONTENT),
}


@pytest.mark.parametrize("how", DAMAGES)
def test_what_is_missing_or_was_altered_is_told_and_never_given(
    workspace: OpenWorkspace, source: Path, folder: Path, tmp_path: Path, how: str
) -> None:
    saved = workspace.files.attach(source, CONTACT, 1)
    DAMAGES[how](contents(folder)[0])
    expected = NotFound if how == "missing" else FileTampered

    with pytest.raises(expected):
        read(workspace, saved.id)
    with pytest.raises(expected):
        workspace.files.open_copy(saved.id, tmp_path / "copy.pdf")
    assert not (tmp_path / "copy.pdf").exists()
    told = "missing" if how == "missing" else "damaged"
    assert workspace.files.problems(full=True) == [f"files: the content of file {saved.uid.hex()} is {told}"]
    if how != "a byte in the middle flipped":
        assert workspace.files.problems() == workspace.files.problems(full=True)
    # Attaching it again mends both.
    workspace.files.attach(source, CONTACT, 1)
    assert workspace.files.problems(full=True) == []
    assert read(workspace, saved.id) == CONTENT


def test_a_folder_lost_as_a_whole_is_told_file_by_file(workspace: OpenWorkspace, source: Path, folder: Path) -> None:
    uids = [workspace.files.attach(source, CONTACT, 1).uid.hex() for _ in range(2)]
    shutil.rmtree(folder)

    assert workspace.files.problems() == [f"files: the content of file {uid} is missing" for uid in uids]
    assert workspace.files.usage().contents == 0
    assert workspace.files.purge().contents == 0


def test_a_copy_is_written_whole_or_not_at_all(workspace: OpenWorkspace, source: Path, tmp_path: Path) -> None:
    saved = workspace.files.attach(source, CONTACT, 1)
    target = tmp_path / "out"
    target.mkdir()

    assert workspace.files.open_copy(saved.id, target) == target / "contract.pdf"
    assert workspace.files.open_copy(saved.id, target) == target / "contract (2).pdf"
    assert (target / "contract (2).pdf").read_bytes() == CONTENT
    with pytest.raises(MyCrmError) as refused:
        workspace.files.open_copy(saved.id, target / "contract.pdf")
    assert refused.value.code == "exists"
    (target / "contract.pdf").write_bytes(b"old")
    workspace.files.open_copy(saved.id, target / "contract.pdf", replace=True)
    assert (target / "contract.pdf").read_bytes() == CONTENT
    with pytest.raises(WorkspaceError):
        workspace.files.open_copy(saved.id, target / "no" / "where.pdf")
    assert sorted(path.name for path in target.iterdir()) == ["contract (2).pdf", "contract.pdf"]


@pytest.mark.parametrize(
    "name",
    ["../../evil.sh", "/etc/passwd", "..", "C:\\x\\y.exe", "con.txt", "nul", ".bashrc", "a" * 250 + ".pdf", "é" * 120],
)
def test_a_copy_never_leaves_its_folder_whatever_the_file_is_called(
    workspace: OpenWorkspace, source: Path, tmp_path: Path, name: str
) -> None:
    saved = workspace.files.attach(source, CONTACT, 1, name=name)
    target = tmp_path / "out"
    target.mkdir()
    path = workspace.files.open_copy(saved.id, target)

    assert path.parent == target
    assert [found.name for found in target.iterdir()] == [path.name]
    assert path.read_bytes() == CONTENT


def backdate(folder: Path, moment: datetime) -> None:
    for path in folder.iterdir():
        os.utime(path, (moment.timestamp(),) * 2)


def test_contents_are_purged_when_nothing_has_named_them_long_enough(
    workspace: OpenWorkspace, source: Path, folder: Path, clock: ManualClock, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(b"kept")
    gone, kept = workspace.files.attach(source, CONTACT, 1), workspace.files.attach(other, CONTACT, 1)
    backdate(folder, NOON)
    workspace.files.detach([gone.id])
    clock.advance(timedelta(days=29))
    assert workspace.files.purge().contents == 0
    clock.advance(timedelta(days=2))
    purged = workspace.files.purge()

    assert purged.contents == 1
    assert purged.freed_bytes > len(CONTENT)
    assert read(workspace, kept.id) == b"kept"
    assert workspace.files.problems(full=True) == []
    with pytest.raises(NotFound) as refused:
        read(workspace, gone.id)
    assert refused.value.code == "file_missing"


def test_what_was_stored_a_moment_ago_and_is_not_named_yet_stays(
    workspace: OpenWorkspace, source: Path, folder: Path, clock: ManualClock
) -> None:
    workspace.files.attach(source, CONTACT, 1)
    orphan = folder / ("ab" * 32)
    orphan.write_bytes(b"x")
    backdate(folder, NOON)
    clock.advance(timedelta(days=20))
    assert workspace.files.purge().contents == 0
    clock.advance(timedelta(days=20))
    assert workspace.files.purge().contents == 1
    assert not orphan.exists()


def test_a_purge_between_storing_and_naming_loses_nothing(
    workspace: OpenWorkspace, source: Path, folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = workspace.files.attach(source, CONTACT, 1)
    workspace.files.detach([first.id])
    backdate(folder, NOON)
    clock.advance(timedelta(days=31))
    add = FileVault.add
    purged: list[int] = []

    def add_then_purge(vault: FileVault, content: object) -> object:
        stored = add(vault, content)  # type: ignore[arg-type]
        if not purged:
            purged.append(FileService(workspace.store, workspace.access).purge().contents)
        return stored

    monkeypatch.setattr(FileVault, "add", add_then_purge)
    second = workspace.files.attach(source, CONTACT, 1)

    assert purged == [1]
    assert read(workspace, second.id) == CONTENT


def test_who_may_only_read_attaches_nothing_but_reads(workspace: OpenWorkspace, source: Path) -> None:
    saved = workspace.files.attach(source, CONTACT, 1)
    workspace.users.add("Reader", "", Role.READ_ONLY)
    workspace.users.act_as("Reader")

    assert read(workspace, saved.id) == CONTENT
    refused: tuple[Callable[[], object], ...] = (
        lambda: workspace.files.attach(source, CONTACT, 1),
        lambda: workspace.files.rename(saved.id, "x"),
        lambda: workspace.files.detach([saved.id]),
        workspace.files.purge,
    )
    for use in refused:
        with pytest.raises(NotAllowed):
            use()


def test_random_files_of_many_sizes_come_back(workspace: OpenWorkspace, tmp_path: Path) -> None:
    drawn = random.Random(5)
    sizes = [0, 1, 65_535, 65_536, 65_537, 200_000]
    wanted = {}
    for size in sizes:
        path = tmp_path / f"{size}.bin"
        path.write_bytes(drawn.randbytes(size))
        wanted[workspace.files.attach(path, CONTACT, 1).id] = path.read_bytes()

    assert {local_id: read(workspace, local_id) for local_id in wanted} == wanted
    assert workspace.files.problems() == workspace.files.problems(full=True) == []


def test_the_moment_of_a_file_is_that_of_the_workspace(workspace: OpenWorkspace, source: Path) -> None:
    row = workspace.files.get(workspace.files.attach(source, CONTACT, 1).id)

    assert row.created_at == datetime(2026, 5, 4, 12, tzinfo=UTC)
    assert row.deleted_at is None


def test_files_put_there_together_are_one_batch(workspace: OpenWorkspace, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(3)]
    for path in paths:
        path.write_bytes(CONTENT + path.name.encode())
    saved = workspace.files.attach_many(paths, CONTACT, 1)
    assert sorted(file.name for file in workspace.files.of_record(CONTACT, 1)) == ["0.txt", "1.txt", "2.txt"]
    assert saved.batch is not None
    workspace.history.undo(saved.batch)
    assert workspace.files.of_record(CONTACT, 1) == []


def test_where_one_of_several_cannot_be_kept_none_is(workspace: OpenWorkspace, tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_bytes(CONTENT)
    for paths, error in (([good, tmp_path / "none.txt"], NotFound), ([], InvalidValue)):
        with pytest.raises(error):
            workspace.files.attach_many(paths, CONTACT, 1)
    assert workspace.files.of_record(CONTACT, 1) == []
