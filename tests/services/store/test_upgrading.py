"""Older workspaces: the scripts lead to today's tables, and a file is replaced by a checked copy or left as it is."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
import sys
from collections import namedtuple
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from alembic import command  # noqa: TID253
from alembic.autogenerate import compare_metadata  # noqa: TID253
from alembic.config import Config  # noqa: TID253
from alembic.migration import MigrationContext  # noqa: TID253
from alembic.script import ScriptDirectory  # noqa: TID253
from sqlalchemy import Connection

from services.clock import ManualClock
from services.errors import WorkspaceBusy, WorkspaceDamaged, WorkspaceError, WorkspaceTooNew
from services.identity import UidSource
from services.open_workspace import join
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from services.store import engine as engines
from services.store import replacing, schema, upgrading
from services.store.catalogue import domains_of
from services.store.engine import Cipher
from services.store.ledger.verifying import full_problems
from services.store.search_index import CREATE_SQL
from services.store.tables import Base
from tests.services.store.reading import facts
from tests.support.workspaces import CIPHER, KEY, NOON, Book, open_book, open_store

LEDGERS = Path(__file__).parents[2] / "data" / "ledgers"
LEDGER_0003 = LEDGERS / "0003.json"
CHILD = Path(__file__).with_name("holding_child.py")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replacing, "_PATIENCE_S", 0.1)


def configuration() -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("services.store") / "migrations"))
    return config


def at_revision(path: Path, revision: str, fill: Callable[[Connection], None] = lambda connection: None) -> None:
    """Make a workspace file as a program of that revision left it."""
    uid = UidSource(ManualClock(NOON)).new()
    engine = engines.make_engine(lambda: engines.connect(path, Cipher(KEY, uid)), size=1, begin="BEGIN IMMEDIATE")
    with engine.begin() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.exec_driver_sql("INSERT INTO workspace(name, value) VALUES ('uid', ?)", (uid.hex(),))
        fill(connection)
    engine.dispose()


def upgraded_to(revision: str, connection: Connection) -> None:
    """Bring a file on as the program of that revision did."""
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def recorded(connection: Connection, *, kept: str = "0002", ledger: Path | None = None) -> None:
    """The rows that a program of that revision left behind; up to 0002 the ledger was of format 1."""
    # Rows stand in no order of their links.
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for table, found in json.loads((ledger or LEDGERS / f"{kept}.json").read_text(encoding="utf-8")).items():
        names = ", ".join(f'"{name}"' for name in found["columns"])
        marks = ", ".join("?" * len(found["columns"]))
        rows = [tuple(map(as_kept, row)) for row in found["rows"] if row[0] != "uid"]
        if table == "sqlite_sequence":
            connection.exec_driver_sql("DELETE FROM sqlite_sequence")
        connection.exec_driver_sql(f"INSERT INTO {table}({names}) VALUES ({marks})", rows)


def as_kept(value: Any) -> Any:
    return bytes.fromhex(value["hex"]) if isinstance(value, dict) else value


@pytest.fixture(params=schema.REVISIONS[:3])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A workspace as an older program left it; one of 0003 was upgraded to that before and not changed since."""
    path = tmp_path / "old.mycrm"

    def fill(connection: Connection) -> None:
        recorded(connection)
        upgraded_to(request.param, connection)

    at_revision(path, min(request.param, "0002"), fill)
    return path


@pytest.fixture
def of_0003(tmp_path: Path) -> Path:
    """A workspace that a program of revision 0003 made and filled: domains, participants, what is known of points."""
    path = tmp_path / "old.mycrm"
    at_revision(path, "0003", lambda connection: recorded(connection, ledger=LEDGER_0003))
    return path


def tables(connection: Connection) -> dict[str, str]:
    """The search tables and their shadows, as SQLite keeps them."""
    sql = "SELECT name, sql FROM sqlite_master WHERE name LIKE 'search%' ORDER BY name"
    return {row[0]: row[1] for row in connection.exec_driver_sql(sql)}


def columns(connection: Connection) -> dict[str, list[Any]]:
    """Every column and index of every table, as SQLite describes them."""
    found: dict[str, list[Any]] = {}
    for name in sorted(Base.metadata.tables):
        described = [tuple(row[1:]) for row in connection.exec_driver_sql(f'PRAGMA table_info("{name}")')]
        links = [tuple(row[2:]) for row in connection.exec_driver_sql(f'PRAGMA foreign_key_list("{name}")')]
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql NOT NULL"
        indexes = [tuple(row) for row in connection.exec_driver_sql(sql, (name,))]
        found[name] = [sorted(described), sorted(links, key=repr), sorted(indexes)]
    return found


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Connection, Connection]]:
    """A file that the scripts made, and one that was made new."""
    migrated, fresh = tmp_path / "migrated.mycrm", tmp_path / "fresh.mycrm"
    at_revision(migrated, "head")
    scripts = engines.make_engine(lambda: engines.connect(migrated, CIPHER), size=1, begin="BEGIN")
    program = engines.make_engine(lambda: engines.connect(fresh, Cipher(KEY, bytes(16))), size=1, begin="BEGIN")
    with scripts.connect() as one, program.connect() as other:
        schema.create_all(other)
        yield one, other
    scripts.dispose()
    program.dispose()


def test_the_scripts_make_the_tables_that_the_program_knows(both: tuple[Connection, Connection]) -> None:
    migrated, _ = both

    def known(entry: object, name: str | None, kind: str, reflected: bool, compared: object) -> bool:
        return not (kind == "table" and reflected and str(name).startswith(("search_", "sqlite_")))

    options = {"include_object": known, "compare_type": True, "compare_server_default": True}
    context = MigrationContext.configure(migrated, opts=options)
    assert compare_metadata(context, Base.metadata) == []


def test_a_migrated_file_has_the_columns_links_and_indexes_of_a_new_one(both: tuple[Connection, Connection]) -> None:
    migrated, fresh = both
    assert columns(migrated) == columns(fresh)


def test_a_migrated_file_has_the_search_tables_of_a_new_one(both: tuple[Connection, Connection]) -> None:
    migrated, fresh = both
    assert tables(migrated) == tables(fresh)
    made = [sql for sql in CREATE_SQL if sql.startswith("CREATE")]
    assert [tables(migrated)[name] for name in ("search_name", "search_body", "search_term")] == made
    config = "SELECT k, v FROM {}_config ORDER BY k"
    for name in ("search_name", "search_body"):
        settings = [
            migrated.exec_driver_sql(config.format(name)).fetchall(),
            fresh.exec_driver_sql(config.format(name)).fetchall(),
        ]
        assert settings[0] == settings[1]


def test_every_column_that_a_new_file_gives_out_ids_for_never_reuses_them(both: tuple[Connection, Connection]) -> None:
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%' ORDER BY name"
    found = [[row[0] for row in connection.exec_driver_sql(sql)] for connection in both]
    assert found[0] == found[1]
    assert {"contact", "company", "activity", "change", "batch"} <= set(found[0])


def test_the_program_knows_exactly_the_revisions_that_have_scripts() -> None:
    scripts = ScriptDirectory.from_config(configuration())
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == schema.REVISIONS
    assert scripts.get_current_head() == schema.HEAD


def test_an_older_workspace_is_upgraded_when_it_is_opened(old: Path) -> None:
    book = open_book(old)
    assert book.count("SELECT version_num FROM alembic_version") == schema.HEAD
    assert [company.name for company in book.companies.rows([2])] == ["Ørsted"]
    assert [hit.title for hit in book.search.search("orst").hits] == ["Ørsted"]
    assert book.problems() == []
    book.close()
    assert [path.name for path in old.parent.iterdir()] == [old.name]
    reopened = open_book(old)
    assert reopened.problems() == []
    reopened.close()


def test_an_upgrade_keeps_who_may_read_the_file(old: Path) -> None:
    content = old.read_bytes()
    for mode in (0o600, 0o640):
        old.write_bytes(content)
        old.chmod(mode)
        open_store(old).close()
        assert stat.S_IMODE(old.stat().st_mode) == mode


def test_a_log_left_by_a_crash_is_upgraded_too(old: Path, tmp_path: Path) -> None:
    connection = engines.connect(old, CIPHER)
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("INSERT INTO workspace(name, value) VALUES ('late', 'kept')")
    crashed = tmp_path / "crashed.mycrm"
    for ending in ("", "-wal"):
        shutil.copyfile(f"{old}{ending}", f"{crashed}{ending}")
    connection.close()
    store = open_store(crashed)
    with store.read() as reading:
        assert reading.exec_driver_sql("SELECT value FROM workspace WHERE name = 'late'").scalar() == "kept"
    store.close()


def fail(*_: Any, **__: Any) -> Any:
    raise WorkspaceDamaged("Something broke", "Nothing to be done.")


def say_problem(connection: Connection) -> list[str]:
    return ["pages: page 7 is never used"]


FAILURES: dict[str, tuple[Any, str, Any]] = {
    "copying": (upgrading, "_copy_bytes", fail),
    "migrating": (command, "upgrade", fail),
    "verifying": (upgrading, "_verify", fail),
    "a copy that does not verify": (upgrading, "quick_problems", say_problem),
    "swapping": (replacing.SoleHolder, "replace_by", fail),
}


@pytest.mark.parametrize("where", FAILURES)
def test_an_upgrade_that_fails_leaves_the_file_byte_for_byte(
    where: str, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, identity = old.read_bytes(), old.stat().st_ino
    with monkeypatch.context() as patched:
        patched.setattr(*FAILURES[where])
        with pytest.raises(WorkspaceDamaged) as failure:
            open_store(old)
    assert old.read_bytes() == before
    assert old.stat().st_ino == identity
    assert [path.name for path in old.parent.iterdir()] == [old.name]
    assert where != "a copy that does not verify" or "old.mycrm could not be upgraded" in failure.value.title
    open_store(old).close()


def test_a_migration_that_breaks_a_link_is_refused(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old.read_bytes()
    really = command.upgrade

    def careless(config: Config, revision: str) -> None:
        really(config, revision)
        config.attributes["connection"].exec_driver_sql("UPDATE company SET owner_id = 77")

    monkeypatch.setattr(command, "upgrade", careless)
    with pytest.raises(WorkspaceDamaged, match="could not be upgraded"):
        open_store(old)
    assert old.read_bytes() == before


def test_a_newer_workspace_is_refused_byte_for_byte(old: Path) -> None:
    open_store(old).close()
    connection = engines.connect(old, CIPHER)
    connection.execute("UPDATE alembic_version SET version_num = '0999'")
    connection.close()
    before = old.read_bytes()
    with pytest.raises(WorkspaceTooNew, match="0999"):
        open_store(old)
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir()] == [old.name]


def test_an_upgrade_needs_twice_the_space_and_says_how_much(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old.read_bytes()
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(0, 0, 2 * len(before) - 1))
    with pytest.raises(WorkspaceError, match="no space to upgrade") as refusal:
        open_store(old)
    assert refusal.value.code == "disk_full"
    assert "1 MB free, there are 0 MB" in refusal.value.message
    assert old.read_bytes() == before
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(0, 0, 2 * len(before)))
    open_store(old).close()


@pytest.fixture
def hold() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Let another process have a file open; it lets go when the test ends."""
    children: list[subprocess.Popen[str]] = []

    def start(path: Path, how: str) -> subprocess.Popen[str]:
        root = Path(__file__).parents[3]
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.services.store.holding_child", str(path), how],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        children.append(child)
        assert child.stdout is not None
        assert child.stdout.readline() == "holding\n"
        return child

    yield start
    for child in children:
        child.communicate(timeout=30)


def test_an_upgrade_waits_for_nobody_and_names_who_has_the_file_open(old: Path, hold: Callable[..., Any]) -> None:
    before = old.read_bytes()
    child = hold(old, "signed on")
    with pytest.raises(WorkspaceBusy, match=rf"window \(process {child.pid} on "):
        open_store(old)
    child.communicate(timeout=30)
    assert before[:16] == old.read_bytes()[:16]
    open_store(old).close()


@pytest.mark.parametrize("how", ["reading", "idle"])
def test_an_upgrade_keeps_out_of_a_file_that_somebody_reads_without_signing_on(
    how: str, old: Path, hold: Callable[..., Any]
) -> None:
    child = hold(old, how)
    with pytest.raises(WorkspaceBusy, match=old.name):
        open_store(old)
    child.communicate(timeout=30)
    open_store(old).close()


def test_whoever_waited_while_the_file_was_replaced_does_not_go_on_with_the_old_one(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(old).close()
    entering = engines.connect
    other = tmp_path / "other"

    def slow(path: Path, cipher: Cipher | None, **options: Any) -> Any:
        connection = entering(path, cipher, **options)
        if not other.exists():
            # Another program replaces the file after this one has opened it and before it signs on.
            shutil.copyfile(path, other)
            shutil.copyfile(path, tmp_path / "replacement")
            (tmp_path / "replacement").replace(path)
        return connection

    monkeypatch.setattr(engines, "connect", slow)
    with pytest.raises(WorkspaceBusy, match="was replaced by another program"):
        open_store(old)


def test_a_full_verification_of_an_upgraded_file_finds_nothing(old: Path) -> None:
    store = open_store(old)
    with store.read() as connection:
        assert full_problems(connection, store.projectors) == []
    store.close()


def test_a_ledger_of_the_revision_before_is_read_verified_and_undone_to_the_beginning(of_0003: Path) -> None:
    book = open_book(of_0003)
    assert book.count("SELECT version_num FROM alembic_version") == schema.HEAD
    assert book.problems() == []
    assert book.companies.card(1).domains == ("almeda-group.example", "almeda.example", "almeda.test")
    assert [person.name for person in book.activities.card(1).participants] == ["Cem Ünal", "Łukasz Ek"]
    assert [hit.title for hit in book.search.search("lukasz").hits] == ["Łukasz Ek"]
    state = facts(book.store)
    own = [row for row in book.history.batches(limit=100) if row.kind not in ("setup", "undo", "redo")]
    outcomes = [book.history.undo(row.uid) for row in own if not row.undone]
    assert [outcome.left_alone for outcome in outcomes] == [()] * len(outcomes)
    assert book.problems() == []
    assert book.count("SELECT count(*) FROM contact WHERE deleted_at IS NULL") == 0
    assert book.count("SELECT count(*) FROM company WHERE deleted_at IS NULL") == 0
    for outcome in reversed(outcomes):
        book.history.undo(outcome.batch)
    assert facts(book.store) == state
    assert book.problems() == []
    book.close()


def test_an_upgraded_workspace_takes_deals_leads_and_tasks_of_the_people_it_had(of_0003: Path) -> None:
    open_store(of_0003).close()
    store = open_store(of_0003)
    book = join(store)
    book.users.act_as(None)
    before = facts(store)
    deal = book.deals.add(RecordDraft({"title": "Pilot", "company": "Ørsted", "contact": "anna@almeda.example"}))
    lead = book.leads.add(RecordDraft({"name": "Bo", "company": "Almeda Logistics"}))
    book.tasks.add(RecordDraft({"title": "Call", "deal": "Pilot", "lead": lead.uid.hex()}))
    made = book.leads.convert(lead.id)
    assert (made.made_contact, made.made_company) == (True, False)
    book.deals.win(deal.id)
    assert book.history.verify(full=True) == []
    for _ in range(5):
        assert book.history.undo().left_alone == ()
    assert book.history.verify(full=True) == []
    kept = {table: rows for table, rows in facts(store).items() if before[table]}
    assert {table: rows for table, rows in kept.items() if table not in ("contact", "contact_company")} == {
        table: before[table] for table in kept if table not in ("contact", "contact_company")
    }
    book.close()


def domains(book: Book) -> dict[str, tuple[str, ...]]:
    return {card.name: card.domains for card in book.companies.cards([1, 2, 3, 4])}


@pytest.mark.parametrize("revision", sorted(file.stem for file in LEDGERS.glob("*.json")))
def test_the_kept_ledger_of_a_revision_is_verified_undone_and_done_again(revision: str, tmp_path: Path) -> None:
    path = tmp_path / "kept.mycrm"
    at_revision(path, revision, partial(recorded, kept=revision))
    book = open_book(path)
    assert book.problems() == []
    before = facts(book.store)
    outcomes = [book.history.undo() for _ in range(4)]
    assert book.problems() == []
    for _ in outcomes:
        book.history.redo()
    assert facts(book.store) == before
    assert book.problems() == []
    book.close()


def test_the_one_domain_of_a_company_is_the_first_of_several(old: Path) -> None:
    book = open_book(old)
    standing = {
        "Almeda Logistics": ("almeda-group.example",),
        "Ørsted": ("orsted.example",),
        "Meerkade BV": (),
        "Gone Ltd": ("gone.example",),
    }
    assert domains(book) == standing
    assert [row.domain for row in book.companies.rows([1, 2, 3])] == ["almeda-group.example", "orsted.example", ""]
    book.companies.change(1, RecordDraft({"domain": "almeda-group.example; almeda.example"}))
    assert domains(book)["Almeda Logistics"] == ("almeda-group.example", "almeda.example")
    book.history.undo()
    assert domains(book) == standing
    assert book.problems() == []
    book.close()


def test_what_was_said_of_a_domain_before_the_upgrade_can_be_read_undone_and_done_again(old: Path) -> None:
    book = open_book(old)
    uid = book.companies.card(1).uid
    before, since = (book.history.at(EntityKind.COMPANY, uid, NOON + timedelta(minutes=at)) for at in (2, 9))
    assert before is not None
    assert since is not None
    assert (domains_of(before), domains_of(since)) == (["almeda.example"], ["almeda-group.example"])
    for local_id, back in ((1, ("almeda.example",)), (2, ()), (3, ("meerkade.example",))):
        standing = book.companies.card(local_id)
        changed = [entry for entry in book.history.of_record(standing.uid) if entry.op == "update"][-1]
        outcome = book.history.undo(changed.batch)
        assert (book.companies.card(local_id).domains, outcome.left_alone) == (back, ())
        book.history.redo()
        assert book.companies.card(local_id).domains == standing.domains
    assert book.problems() == []
    book.close()


def test_a_company_erased_before_the_upgrade_still_verifies(old: Path) -> None:
    connection = engines.connect(old, CIPHER)
    uid = connection.execute("SELECT uid FROM company WHERE id = 1").fetchone()
    connection.execute("UPDATE change SET personal = NULL WHERE entity_uid = ?", uid)
    connection.execute("DELETE FROM entity_salt WHERE entity_uid = ?", uid)
    connection.close()
    book = open_book(old)
    assert book.problems() == []
    book.companies.change(1, RecordDraft({"domain": "new.example; almeda-group.example"}))
    assert book.problems() == []
    book.history.undo()
    assert book.problems() == []
    book.close()


def test_a_row_of_the_ledger_is_never_rewritten_by_an_upgrade(old: Path) -> None:
    def rows() -> Any:
        connection = engines.connect(old, CIPHER)
        try:
            return connection.execute("SELECT * FROM change ORDER BY seq").fetchall()
        finally:
            connection.close()

    before = rows()
    open_store(old).close()
    assert rows() == before
    assert {row[3] for row in before} == {1}


def test_alembic_is_not_imported_to_open_a_workspace_of_today(old: Path) -> None:
    open_store(old).close()
    script = (
        "import sys; from pathlib import Path; from tests.support.workspaces import open_store; "
        f"open_store(Path({str(old)!r})).close(); assert 'alembic' not in sys.modules"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
