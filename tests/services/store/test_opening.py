"""Opening a file: every way in which it can fail says what is wrong and where, and changes nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from services.errors import (
    MyCrmError,
    WorkspaceBusy,
    WorkspaceDamaged,
    WorkspaceError,
    WorkspaceLocked,
    WorkspaceReadOnly,
    WorkspaceTooNew,
)
from services.store import engine
from services.store.engine import Cipher
from services.store.store import Store
from tests.support.table_dumps import everything
from tests.support.workspaces import (
    CIPHER,
    KEY,
    Template,
    contact_draft,
    email,
    make_book,
    make_store,
    open_book,
    open_store,
    surroundings,
)

PAGE = 4096
ALL_PAGES = 60


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """An encrypted workspace of some pages, closed."""
    book = make_book(tmp_path_factory.mktemp("template"))
    for number in range(40):
        book.contacts.add(contact_draft("Anna", f"Berg {number}", email(f"a{number}@example.org")))
    book.store.checkpoint()
    book.close()
    return Template(book.store.path)


@pytest.fixture
def path(template: Template, tmp_path: Path) -> Path:
    """A file of its own."""
    return template.copy(tmp_path)


def overwrite(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def another_database(path: Path) -> None:
    path.unlink()
    connection = driver.connect(str(path))
    connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()


def newer(path: Path) -> None:
    connection = engine.connect(path, CIPHER)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def without_version(path: Path) -> None:
    connection = engine.connect(path, CIPHER)
    connection.execute("DELETE FROM alembic_version")
    connection.close()


SPOILT: dict[str, tuple[Callable[[Path], None], Cipher | None, type[WorkspaceError]]] = {
    "a wrong key": (lambda path: None, Cipher(bytes(32)), WorkspaceLocked),
    "no key for an encrypted file": (lambda path: None, None, WorkspaceLocked),
    "a first page that is broken": (lambda path: overwrite(path, 200, b"x" * 50), CIPHER, WorkspaceLocked),
    "a file cut inside its first page": (lambda path: os.truncate(path, 100), CIPHER, WorkspaceLocked),
    "a file cut in the middle": (lambda path: os.truncate(path, path.stat().st_size // 2), CIPHER, WorkspaceDamaged),
    "an empty file": (lambda path: os.truncate(path, 0), CIPHER, WorkspaceDamaged),
    "an empty file without a key": (lambda path: os.truncate(path, 0), None, WorkspaceDamaged),
    "a text file": (lambda path: overwrite(path, 0, b"first_name;last_name\n" * 500), None, WorkspaceLocked),
    "the database of another program": (another_database, None, WorkspaceDamaged),
    "a newer workspace": (newer, CIPHER, WorkspaceTooNew),
    "a workspace without a version": (without_version, CIPHER, WorkspaceDamaged),
}


@pytest.mark.parametrize("case", SPOILT)
def test_a_file_that_cannot_be_opened_is_refused_and_left_byte_for_byte(
    case: str, path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    spoil, cipher, expected = SPOILT[case]
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(expected) as refusal:
        Store.open(path, cipher, surroundings())
    assert type(refusal.value) is expected
    assert refusal.value.title
    assert refusal.value.message
    assert path.read_bytes() == before
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    # The driver has words of its own for a wrong key, which would stand on the terminal of a script.
    assert capfd.readouterr() == ("", "")


def test_a_plain_file_does_not_open_with_a_key(tmp_path: Path) -> None:
    store = make_store(tmp_path, plain=True)
    store.close()
    with pytest.raises(WorkspaceLocked, match=r"book\.mycrm"):
        Store.open(store.path, CIPHER, surroundings())


def test_a_folder_is_no_workspace(tmp_path: Path) -> None:
    folder = tmp_path / "folder.mycrm"
    folder.mkdir()
    with pytest.raises(WorkspaceError, match="is no file"):
        Store.open(folder, CIPHER, surroundings())


def test_a_missing_file_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="could not be opened"):
        Store.open(tmp_path / "nowhere.mycrm", CIPHER, surroundings())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("page", [2, 3, 5, 8, 13, 21, 34, 55])
def test_a_broken_page_is_reported_as_damage_never_as_a_wrong_key(page: int, path: Path) -> None:
    assert path.stat().st_size > page * PAGE
    overwrite(path, (page - 1) * PAGE + 100, os.urandom(64))
    try:
        book = open_book(path)
    except MyCrmError as error:
        assert type(error) is WorkspaceDamaged
        assert path.name in error.title
        return
    try:
        problems = book.history.verify()
        assert any(problem.startswith("pages:") for problem in problems)
        assert any(problem.startswith("pages:") for problem in book.problems())
    finally:
        book.close()


def test_a_log_that_was_left_behind_by_a_crash_is_read_also_when_only_looking(path: Path, tmp_path: Path) -> None:
    book = open_book(path)
    saved = book.contacts.add(contact_draft("Zoë"))
    crashed = tmp_path / "crashed.mycrm"
    for ending in ("", "-wal"):
        shutil.copyfile(f"{path}{ending}", f"{crashed}{ending}")
    book.close()
    looked = engine.look(crashed, CIPHER)
    assert looked.execute("SELECT first_name FROM contact WHERE id = ?", (saved.id,)).fetchone() == ("Zoë",)
    looked.close()
    again = open_book(crashed)
    assert again.contacts.card(saved.id).name == "Zoë"
    assert again.problems() == []
    again.close()


@pytest.fixture
def locked_folder(path: Path) -> Iterator[Path]:
    """A folder in which nothing can be written: by its mode, or for root by the immutable attribute."""
    folder = path.parent / "locked"
    folder.mkdir()
    path = path.rename(folder / path.name)
    folder.chmod(0o555)
    attribute = False
    if os.access(folder, os.W_OK):
        attribute = subprocess.run(["chattr", "+i", str(folder)], capture_output=True, check=False).returncode == 0
    if os.access(folder, os.W_OK):
        folder.chmod(0o755)
        pytest.skip("this file system lets root write everywhere")
    yield path
    if attribute:
        subprocess.run(["chattr", "-i", str(folder)], check=True)
    folder.chmod(0o755)


def test_a_workspace_in_a_folder_that_cannot_be_written_is_open_for_reading(locked_folder: Path) -> None:
    before = locked_folder.read_bytes()
    book = open_book(locked_folder)
    assert book.store.read_only
    assert len(book.search.search("berg").hits) == 20
    assert book.problems() == []
    for change in (lambda: book.contacts.add(contact_draft("Zoë")), lambda: book.settings.set("currency", "EUR")):
        with pytest.raises(WorkspaceReadOnly, match=locked_folder.name):
            change()
    book.close()
    assert locked_folder.read_bytes() == before
    assert [found.name for found in locked_folder.parent.iterdir()] == [locked_folder.name]


def test_a_file_that_the_system_says_is_read_only_is_not_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()
    may = os.access
    monkeypatch.setattr(os, "access", lambda place, mode: may(place, mode) and not (place == path and mode == os.W_OK))
    book = open_book(path)
    with pytest.raises(WorkspaceReadOnly), book.store.note() as connection:
        connection.exec_driver_sql("INSERT INTO workspace VALUES ('x', 'y')")
    with pytest.raises(WorkspaceReadOnly):
        book.contacts.add(contact_draft("Zoë"))
    book.close()
    assert path.read_bytes() == before


def test_an_older_workspace_that_cannot_be_written_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = engine.connect(path, CIPHER)
    connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()
    monkeypatch.setattr(os, "access", lambda place, mode: mode != os.W_OK)
    with pytest.raises(WorkspaceReadOnly):
        open_store(path)


def test_a_full_disk_keeps_nothing_of_the_change_and_says_so(path: Path) -> None:
    book = open_book(path)
    with book.store.note() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    kept = everything(book.store)
    with pytest.raises(WorkspaceError, match="The disk is full") as refusal:
        for number in range(200):
            book.contacts.add(contact_draft("Zoë" * 40, f"{number}"))
            kept = everything(book.store)
    assert type(refusal.value) is WorkspaceError
    assert everything(book.store) == kept
    with book.store.note() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")
    assert book.problems() == []
    book.contacts.add(contact_draft("Zoë"))
    book.close()


def test_a_write_that_waits_too_long_is_told_that_the_file_is_busy(path: Path) -> None:
    book = open_book(path)
    with book.store.note() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    holder = engine.connect(path, CIPHER)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorkspaceBusy, match=path.name):
        book.contacts.add(contact_draft("Zoë"))
    assert len(book.search.search("berg").hits) == 20
    holder.execute("COMMIT")
    book.contacts.add(contact_draft("Zoë"))
    holder.close()
    book.close()


def test_closing_does_not_wait_for_an_import_of_another_program(path: Path) -> None:
    book = open_book(path)
    holder = engine.connect(path, CIPHER)
    holder.execute("BEGIN IMMEDIATE")
    started = time.perf_counter()
    book.close()
    assert time.perf_counter() - started < 10
    holder.execute("COMMIT")
    assert holder.execute("SELECT count(*) FROM opened_by").fetchone() == (1,)
    holder.close()


def test_an_entry_of_a_killed_program_is_struck_out_at_the_next_opening(path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    connection = engine.connect(path, CIPHER)
    connection.execute(
        "INSERT INTO opened_by(pid, host, program, opened_at) VALUES (?, ?, 'mycrm', 0)",
        (gone.pid, os.uname().nodename),
    )
    connection.close()
    store = open_store(path)
    with store.read() as reading:
        assert reading.exec_driver_sql("SELECT pid FROM opened_by").scalars().all() == [os.getpid()]
    store.close()


@pytest.mark.parametrize(
    ("version", "is_safe"),
    [("3.7.0", False), ("3.50.4", False), ("3.51.2", False), ("3.51.3", True), ("3.53.0", True), ("4.0.0", True)],
)
def test_an_sqlite_that_can_damage_the_file_is_refused(
    version: str, is_safe: bool, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "sqlite_version", version)
    if is_safe:
        open_store(path).close()
        return
    with pytest.raises(WorkspaceError, match=f"SQLite {version} is too old"):
        open_store(path)
    with pytest.raises(WorkspaceError, match=f"SQLite {version} is too old"):
        make_store(path.parent, name="new")


def test_this_sqlite_is_safe_and_can_encrypt() -> None:
    engine.check_version()
    assert engine.cipher_version().startswith("4.")


def test_a_new_workspace_never_takes_the_place_of_a_file(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(MyCrmError, match="exists already"):
        Store.create(path, CIPHER, surroundings(), uid=bytes(16))
    assert path.read_bytes() == before


def test_a_workspace_that_could_not_be_made_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Store) -> None:
        raise WorkspaceError("The disk is full", "Free some space.")

    monkeypatch.setattr(Store, "_start", fail)
    with pytest.raises(WorkspaceError, match="The disk is full"):
        make_store(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_key_shows_in_no_error_and_no_repr(path: Path) -> None:
    assert KEY.hex() not in repr(CIPHER)
    with pytest.raises(WorkspaceLocked) as refusal:
        Store.open(path, Cipher(KEY[::-1]), surroundings())
    shown = f"{refusal.value!r} {refusal.value} {refusal.value.__cause__!r}"
    assert KEY[::-1].hex() not in shown


def test_acknowledged_writes_are_synced_and_the_settings_hold_on_every_connection(path: Path) -> None:
    store = open_store(path)
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "temp_store": 2}
    with store.note() as writing, store.read() as reading:
        for connection in (writing, reading):
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in expected}
            assert found == expected
    store.close()
