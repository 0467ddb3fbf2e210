"""Read-only SQL answers what the views hold, writes nothing however it is asked, and ends."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.errors import MyCrmError
from services.open_workspace import OpenWorkspace
from services.querying import QueryService
from services.records.drafts import Value
from services.records.fields import EntityKind, FieldKind
from services.store.bounded_functions import register_bounded
from services.store.reading_sql import QueryLimits, QueryRefused
from services.store.sql_keeping_views import VIEWS
from tests.services.selling import add_event, deal_draft, lead_draft, task_draft
from tests.services.sql_attacks import BOMBS, JOINS, REACHES, WRITES, statements
from tests.support.workspaces import activity_draft, contact_draft, email, make_workspace

MEBIBYTE = 1024 * 1024


def fill(workspace: OpenWorkspace) -> None:
    """A few records of every kind."""
    workspace.custom_fields.add(EntityKind.CONTACT, "segment", FieldKind.TEXT)
    workspace.custom_fields.add(EntityKind.CONTACT, "newsletter", FieldKind.BOOL)
    custom: dict[str, Value] = {"segment": "mid", "newsletter": True}
    anna = workspace.contacts.add(
        contact_draft(
            "Anna", "Łukasz", email("anna@almeda.example"), tags=("vip", "fair"), custom=custom, company="Almeda"
        )
    )
    gone = workspace.contacts.add(contact_draft("Gone", "Person"))
    workspace.contacts.delete([gone.id])
    deal = workspace.deals.add(deal_draft("Robots", amount=12_050_050, currency="EUR", company="Almeda"))
    workspace.deals.add(deal_draft("Sushi", amount=5000, currency="JPY"))
    workspace.deals.win(deal.id)
    workspace.leads.add(lead_draft("Boris Brandt", email("boris@berg.example"), source="fair"))
    workspace.tasks.add(task_draft("Call back", datetime(2026, 5, 6, tzinfo=UTC).date()))
    workspace.activities.add(
        activity_draft("First call", contact=anna.uid, type="call", occurred_at=datetime(2026, 5, 1, 9, 30, tzinfo=UTC))
    )
    add_event(workspace, "Fair", {"email": "anna@almeda.example"})
    workspace.settings.set("secret.word", "swordfish")
    with workspace.store.note() as connection:
        connection.exec_driver_sql("ANALYZE")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenWorkspace]:
    made = make_workspace(tmp_path_factory.mktemp("query"))
    fill(made)
    yield made
    made.close()


@pytest.fixture
def query(workspace: OpenWorkspace) -> QueryService:
    return workspace.query


def written(workspace: OpenWorkspace) -> dict[str, str]:
    """Every file of the folder, as a digest; the log's index changes with every reader."""
    folder = workspace.store.path.parent
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if not path.name.endswith("-shm")
    }


def test_there_are_more_than_sixty_attacks() -> None:
    assert len(statements(WRITES)) + len(statements(REACHES)) + len(BOMBS) > 180


def test_no_statement_writes_a_byte_however_it_is_asked(workspace: OpenWorkspace, query: QueryService) -> None:
    before = written(workspace)
    ran = []
    for statement in statements(WRITES):
        try:
            query.run(statement.replace("{folder}", str(workspace.store.path.parent)))
        except QueryRefused:
            continue
        ran.append(statement)

    assert ran == []
    assert written(workspace) == before


def test_nothing_but_the_views_can_be_reached(workspace: OpenWorkspace, query: QueryService) -> None:
    ran = []
    for statement in statements(REACHES):
        try:
            ran.append((statement, query.run(statement).rows))
        except QueryRefused:
            continue

    assert ran == []


def test_what_sqlite_joins_without_asking_reaches_no_table_of_the_file(query: QueryService) -> None:
    found = []
    for statement in JOINS:
        try:
            found += [value for row in query.run(statement).rows for value in row]
        except QueryRefused:
            continue

    # What is left to be seen are the names of this connection's own temporary views.
    assert [value for value in found if isinstance(value, bytes)] == []
    assert [value for value in found if "swordfish" in str(value) or "CREATE TABLE contact" in str(value)] == []


def test_a_secret_of_the_settings_is_in_no_view(query: QueryService) -> None:
    for view in VIEWS:
        assert "swordfish" not in str(query.run(f"SELECT * FROM {view.name}").rows)
        assert "Anna" not in str(query.run("SELECT * FROM changes").rows)


def test_bombs_are_stopped_in_time_and_in_memory(tmp_path: Path) -> None:
    made = make_workspace(tmp_path)
    made.contacts.add(contact_draft("Anna", "Berg"))
    made.close()
    before = made.store.path.read_bytes()
    # In a process of its own: the limit of memory stays with a process for ever.
    child = [sys.executable, "-m", "tests.services.bombs_child", str(made.store.path)]
    done = subprocess.run(child, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)

    assert [bomb for bomb in report["bombs"] if bomb["must_stop"] and bomb["code"] is None] == []
    slow = [bomb for bomb in report["bombs"] if bomb["seconds"] > 5]
    assert slow == []
    assert report["peak_mebibytes"] < 1200
    assert made.store.path.read_bytes() == before


def test_a_query_that_takes_too_long_is_stopped_in_time(query: QueryService) -> None:
    started = time.monotonic()
    with pytest.raises(QueryRefused) as refused:
        query.run(BOMBS[0], QueryLimits(seconds=0.3))

    assert refused.value.code == "query_too_long"
    assert time.monotonic() - started < 3


def test_rows_beyond_the_limit_are_left_out_and_that_is_told(query: QueryService) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    cut = query.run(endless, QueryLimits(rows=5))
    whole = query.run("VALUES (1), (2), (3), (4), (5)", QueryLimits(rows=5))

    assert (cut.rows, cut.truncated, cut.limit) == (((1,), (2,), (3,), (4,), (5,)), True, 5)
    assert (len(whole.rows), whole.truncated) == (5, False)


def test_an_answer_too_large_to_hold_is_cut_and_that_is_told(query: QueryService) -> None:
    large = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100) "
        "SELECT printf('%.*c', 1000000, 'x') FROM n"
    )
    answer = query.run(large)

    assert answer.truncated
    assert 20 < len(answer.rows) < 40


def test_money_is_in_major_units_of_its_currency(query: QueryService) -> None:
    answer = query.run("SELECT title, amount, amount_minor, currency FROM deals ORDER BY title")

    assert answer.columns == ("title", "amount", "amount_minor", "currency")
    assert answer.rows == (("Robots", 120500.5, 12_050_050, "EUR"), ("Sushi", 5000.0, 5000, "JPY"))


def test_times_are_iso_in_utc_and_whole_days_are_days(query: QueryService) -> None:
    assert query.run("SELECT occurred_at FROM activities").rows == (("2026-05-01T09:30:00Z",),)
    assert query.run("SELECT due_at FROM tasks").rows == (("2026-05-06",),)


def test_what_is_in_the_trash_is_in_no_view(query: QueryService) -> None:
    assert query.run("SELECT name FROM contacts").rows == (("Anna Łukasz",),)


def test_the_view_of_contacts_tells_what_a_list_tells(query: QueryService, workspace: OpenWorkspace) -> None:
    sql = "SELECT uid, name, company, email, tags, owner, last_activity_at, notes FROM contacts"
    card = workspace.contacts.cards([1])[0]

    assert query.run(sql).rows == (
        (
            card.uid.hex(),
            "Anna Łukasz",
            "Almeda",
            "anna@almeda.example",
            "fair, vip",
            "Rosa Quill",
            "2026-05-01T09:30:00Z",
            None,
        ),
    )


def test_custom_values_are_rows_with_the_names_of_their_fields(query: QueryService) -> None:
    answer = query.run("SELECT entity, field, kind, value FROM custom_values ORDER BY field")

    assert answer.rows == (("contact", "newsletter", "bool", 1), ("contact", "segment", "text", "mid"))


def test_stage_changes_name_the_stages(query: QueryService) -> None:
    answer = query.run("SELECT deal, stage_before, stage, kind, amount FROM stage_changes WHERE deal = 'Robots'")

    assert [row[1:4] for row in answer.rows] == [(None, "Qualified", "open"), ("Qualified", "Won", "won")]


def test_views_join_by_their_numbers(query: QueryService) -> None:
    sql = "SELECT d.title FROM companies c JOIN deals d ON d.company_id = c.id JOIN stages s ON s.id = d.stage_id"

    assert query.run(sql).rows == (("Robots",),)


def test_text_that_is_no_text_comes_back_as_some(query: QueryService) -> None:
    assert query.run("SELECT CAST(x'ff41' AS TEXT)").rows == (("�A",),)


@pytest.mark.parametrize(
    ("sql", "hint"),
    [
        ("SELECT hair FROM contacts", "no such column"),
        ("SELECT * FROM nowhere", "no such table"),
        ("SELEC 1", "Only SELECT"),
        ("", "Only SELECT"),
        ("-- only words", "Only SELECT"),
        ("SELECT \x00", "no text"),
        ("SELECT '\ud800'", "no text"),
        ("SELECT ?", "cannot be run"),
        ("WITH", "cannot be run"),
    ],
)
def test_what_cannot_be_run_says_why(query: QueryService, sql: str, hint: str) -> None:
    with pytest.raises(QueryRefused, match=hint):
        query.run(sql)


def test_a_locked_file_and_a_changed_one_are_read_as_they_stand(tmp_path: Path) -> None:
    made = make_workspace(tmp_path)
    assert made.query.run("SELECT count(*) FROM contacts").rows == ((0,),)
    made.contacts.add(contact_draft("Anna", "Berg"))
    assert made.query.run("SELECT count(*) FROM contacts").rows == ((1,),)
    made.close()


LIKES = [
    ("Anna", "anna"),
    ("Anna", "an%"),
    ("Anna", "%na"),
    ("Anna", "a__a"),
    ("Anna", "a_a"),
    ("Anna", "%"),
    ("", "%"),
    ("", "_"),
    ("", ""),
    ("a%b", "a\\%b"),
    ("aXb", "a\\%b"),
    ("abcabd", "%ab%d"),
    ("abab", "%aba%ab"),
    ("aaa", "a%a%a"),
    ("aa", "a%a%a"),
    ("Ärger", "ärger"),
    ("line\nbreak", "line%break"),
    ("a.c", "a.c"),
    ("abc", "a.c"),
    ("aabaab", "%aab"),
    ("x%", "%\\%"),
    ("tail\n", "tail"),
    ("12", "1%"),
]


@pytest.mark.parametrize(("value", "pattern"), LIKES)
def test_like_answers_as_sqlite_does(value: str, pattern: str) -> None:
    import sqlite3

    theirs, ours = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    register_bounded(ours)
    sql = "SELECT ? LIKE ?, ? LIKE ? ESCAPE '\\'"
    bound = (value, pattern, value, pattern)
    answers = [connection.execute(sql, bound).fetchone() for connection in (theirs, ours)]
    theirs.close()
    ours.close()

    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "expression",
    [
        "instr('banane', 'an')",
        "instr('banane', 'x')",
        "instr('', '')",
        "instr(NULL, 'x')",
        "replace('banane', 'an', 'X')",
        "replace('banane', '', 'X')",
        "replace('banane', 'a', NULL)",
        "replace(1201, 20, 3)",
        "trim('xxhixx', 'x')",
        "ltrim('xxhixx', 'xh')",
        "rtrim('xxhixx', 'xi')",
        "trim('x', NULL)",
        "NULL LIKE 'x'",
        "12 LIKE '1_'",
    ],
)
def test_own_versions_of_functions_answer_as_those_of_sqlite(expression: str) -> None:
    import sqlite3

    theirs, ours = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    register_bounded(ours)
    answers = [connection.execute(f"SELECT {expression}").fetchone() for connection in (theirs, ours)]
    theirs.close()
    ours.close()

    assert answers[0] == answers[1]


def test_a_refusal_is_a_known_error(query: QueryService) -> None:
    with pytest.raises(MyCrmError) as refused:
        query.run("SELECT * FROM setting")

    assert refused.value.code == "query_not_allowed"
    assert "contacts" in refused.value.message
