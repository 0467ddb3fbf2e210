"""Whatever is changed behind the ledger's back is found by `verify`, and said in words."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from services.records.fields import EntityKind, FieldKind
from services.records.ledger import Origin
from services.store.search_index import rebuild
from tests.support.workspaces import (
    Book,
    Template,
    activity_draft,
    company_draft,
    contact_draft,
    email,
    make_book,
    open_book,
    phone,
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A small workspace with something of every kind."""
    book = make_book(tmp_path_factory.mktemp("template"))
    book.custom_fields.add(EntityKind.CONTACT, "plan", FieldKind.TEXT, personal=False)
    company = book.companies.add(company_draft("Ørsted", phone("040 99887766"), lifecycle="customer"))
    for name in ("Anna", "Berta", "Carla"):
        draft = contact_draft(
            name, "Berg", email(f"{name}@example.org"), company="Ørsted", tags=("vip",), custom={"plan": "gold"}
        )
        saved = book.contacts.add(draft)
        book.activities.add(activity_draft("Offer", contact=saved.uid, type="call", body="Call her back", notes="soon"))
    book.contacts.change(saved.id, contact_draft("Dora", lifecycle="churned"))
    book.companies.change(company.id, company_draft("Ørsted A/S"))
    book.settings.set("currency", "EUR")
    book.history.undo()
    book.store.checkpoint()
    book.close()
    return Template(book.store.path)


@pytest.fixture
def book(template: Template, tmp_path: Path) -> Iterator[Book]:
    """A workspace that nobody has tampered with yet."""
    opened = open_book(template.copy(tmp_path))
    assert opened.problems() == []
    assert opened.history.verify() == []
    yield opened
    opened.close()


def tamper(book: Book, *statements: str) -> None:
    """Change the file behind the ledger's back; every statement must hit a row."""
    with book.store.note() as connection:
        for sql in statements:
            assert connection.exec_driver_sql(sql).rowcount != 0, sql


@dataclass(frozen=True)
class Case:
    """One way to tamper, and what verification must say of it; `quick` when the quick one must see it too."""

    statements: tuple[str, ...]
    said: str
    quick: bool = False


SOME_UPDATE = "(SELECT max(seq) FROM change WHERE op = 'update' AND entity = 'contact')"
LAST_BATCH = "(SELECT max(id) FROM batch)"


def _swapped(one: int, other: int) -> tuple[str, ...]:
    moves = ((one, -1), (other, one), (-1, other))
    return tuple(f"UPDATE change SET seq = {after} WHERE seq = {before}" for before, after in moves)


LEDGER = {
    "an open value altered": Case(
        (f"UPDATE change SET fields = CAST(replace(fields, 'churned', 'prospect') AS BLOB) WHERE seq = {SOME_UPDATE}",),
        "was altered",
    ),
    "a personal value altered": Case(
        (f"UPDATE change SET personal = CAST(replace(personal, 'Dora', 'Zora') AS BLOB) WHERE seq = {SOME_UPDATE}",),
        "was altered",
    ),
    "a change that is no JSON any more": Case(
        (f"UPDATE change SET fields = CAST('{{' AS BLOB) WHERE seq = {SOME_UPDATE}",), "was altered"
    ),
    "a change that is JSON of another form": Case(
        (f"UPDATE change SET fields = CAST('[1]' AS BLOB) WHERE seq = {SOME_UPDATE}",), "was altered"
    ),
    "text where bytes were": Case((f"UPDATE change SET fields = '{{}}' WHERE seq = {SOME_UPDATE}",), "was altered"),
    "personal values taken away without the salt": Case(
        (f"UPDATE change SET personal = NULL WHERE seq = {SOME_UPDATE}",), "was altered"
    ),
    "a change moved to another record": Case(
        (
            "UPDATE change SET entity_uid = (SELECT uid FROM contact WHERE first_name = 'Anna') "
            f"WHERE seq = {SOME_UPDATE}",
        ),
        "was altered",
    ),
    "an operation altered": Case((f"UPDATE change SET op = 'restore' WHERE seq = {SOME_UPDATE}",), "was altered"),
    "an operation there is not": Case((f"UPDATE change SET op = 'explode' WHERE seq = {SOME_UPDATE}",), "was altered"),
    "a stamp altered": Case((f"UPDATE change SET hlc = hlc + 1 WHERE seq = {SOME_UPDATE}",), "was altered"),
    "a format altered": Case((f"UPDATE change SET schema = 99 WHERE seq = {SOME_UPDATE}",), "was altered"),
    "a digest altered": Case(
        (f"UPDATE change SET row_digest = zeroblob(32) WHERE seq = {SOME_UPDATE}",), "the chain breaks", quick=True
    ),
    "a salt altered": Case(("UPDATE entity_salt SET salt = zeroblob(16)",), "was altered"),
    "a change removed": Case((f"DELETE FROM change WHERE seq = {SOME_UPDATE}",), "the chain breaks", quick=True),
    "two changes of one batch swapped": Case(_swapped(4, 5), "the chain breaks", quick=True),
    "two changes of two batches swapped": Case(_swapped(5, 6), "is not later than the one before it"),
    "a change moved to another batch": Case(
        (f"UPDATE change SET batch = batch - 1 WHERE seq = {SOME_UPDATE}",), "the chain breaks", quick=True
    ),
    "a change without a batch": Case(
        (f"UPDATE change SET batch = 999 WHERE seq = {SOME_UPDATE}",), "changes without a batch", quick=True
    ),
    "a whole batch removed": Case(
        ("DELETE FROM change WHERE batch = 4", "DELETE FROM batch WHERE id = 4"), "the chain breaks", quick=True
    ),
    "the last batch removed": Case(
        (f"DELETE FROM change WHERE batch = {LAST_BATCH}", f"DELETE FROM batch WHERE id = {LAST_BATCH}"),
        "rows of batch are missing",
        quick=True,
    ),
    "the chain itself altered": Case(
        (f"UPDATE batch SET chain = zeroblob(32) WHERE id = {LAST_BATCH}",), "the chain breaks", quick=True
    ),
}
HEADERS = {
    "uid": "zeroblob(16)",
    "kind": "'import'",
    "label_code": "'contact.import'",
    "actor": "NULL",
    "origin": "'rule'",
    "device": "zeroblob(16)",
    "started_at": "started_at - 1",
    "counts": "'{}'",
    "source_digest": "zeroblob(32)",
    "undo_of": "1",
    "parent": "1",
}
for _name, _value in HEADERS.items():
    _said = "does not hold the changes that it counts" if _name == "counts" else "the chain breaks"
    LEDGER[f"{_name} of a batch altered"] = Case(
        (f"UPDATE batch SET {_name} = {_value} WHERE id = 7",), _said, quick=True
    )

RECORDS = {
    "a name changed": Case(
        ("UPDATE contact SET first_name = 'Eve' WHERE id = 1",), "differs from the ledger in first_name"
    ),
    "a computed name changed": Case(("UPDATE contact SET sort_name = 'eve' WHERE id = 1",), "computed values"),
    "a computed company changed": Case(("UPDATE contact SET company_id = NULL WHERE id = 1",), "computed values"),
    "a company's computed name changed": Case(("UPDATE company SET sort_name = 'x'",), "computed values"),
    "a contact point changed": Case(("UPDATE contact_point SET normal = 'x' WHERE id = 1",), "ledger in points"),
    "a contact point removed": Case(("DELETE FROM contact_point WHERE id = 1",), "ledger in points"),
    "a role changed": Case(("UPDATE contact_company SET role = 'CEO' WHERE id = 1",), "ledger in roles"),
    "a tag taken off": Case(("DELETE FROM contact_tag WHERE contact_id = 1",), "ledger in tags"),
    "a custom value changed": Case(("UPDATE contact SET custom = NULL WHERE id = 1",), "ledger in custom"),
    "a contact put into the trash": Case(("UPDATE contact SET deleted_at = 1 WHERE id = 1",), "ledger in deleted_at"),
    "an activity moved": Case(("UPDATE activity SET contact_id = 2 WHERE id = 1",), "ledger in contact"),
    "a role of a user changed": Case(("UPDATE user SET role = 'member'",), "ledger in role"),
    "a setting changed": Case(("UPDATE setting SET value = '\"USD\"'",), "ledger in value"),
    "a tag renamed": Case(("UPDATE tag SET name = 'VIP'",), "ledger in name"),
    "a custom field made open": Case(("UPDATE custom_field SET personal = 1",), "ledger in personal"),
    "a tag made by hand": Case(
        ("INSERT INTO tag(uid, name, created_at, folded_name) VALUES (randomblob(16), 'x', 1, 'x')",),
        "1 rows of tag are not in the ledger",
    ),
    "an activity removed": Case(("DELETE FROM activity WHERE id = 1",), "in the ledger but not in the table"),
    "a link to nothing": Case(
        ("UPDATE activity SET contact_id = 999 WHERE id = 1",), "names a contact that does not exist", quick=True
    ),
    "a projection changed": Case(
        ("UPDATE lifecycle_change SET after = 'x' WHERE after = 'churned'",), "lifecycle_change differ"
    ),
    "a projection row removed": Case(
        ("DELETE FROM lifecycle_change WHERE seq = (SELECT max(seq) FROM lifecycle_change)",), "lifecycle_change differ"
    ),
    "a projection row made up": Case(
        ("INSERT INTO lifecycle_change VALUES (999, 'contact', zeroblob(16), NULL, 'x', 1)",), "lifecycle_change differ"
    ),
}
INDEX = {
    "an entry of a name removed": Case(("DELETE FROM search_name WHERE rowid = 17",), "search_name lacks the entry 17"),
    "an entry of a body removed": Case(("DELETE FROM search_body WHERE rowid = 19",), "search_body lacks the entry 19"),
    "an entry of an old name": Case(
        ("UPDATE search_name SET name = 'eve' WHERE rowid = 17",), "entry 17 of search_name does not say"
    ),
    "an entry too many": Case(
        ("INSERT INTO search_name(rowid, name) VALUES (9999, 'eve')",),
        "search_name holds 5 entries where there should be 4",
    ),
    "an entry of a record in the trash": Case(
        ("INSERT INTO search_body(rowid, body) VALUES (9999, 'eve')",), "search_body holds 4 entries where"
    ),
    "a word removed": Case(("DELETE FROM search_term WHERE term = 'berg'",), "1 words of names are missing"),
    "the text of an entry changed under its words": Case(
        ("UPDATE search_name_content SET c0 = 'eve' WHERE id = 17",), "search_name", quick=True
    ),
    "the text of an entry removed under its words": Case(
        ("DELETE FROM search_name_content WHERE id = 17",), "search_name", quick=True
    ),
}
ALL = LEDGER | RECORDS | INDEX


@pytest.mark.parametrize("name", ALL)
def test_tampering_is_found(name: str, book: Book) -> None:
    case = ALL[name]
    # As somebody would who knows SQL: what SQLite itself would refuse is done around it.
    with book.store._writer.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys = OFF")
        for sql in case.statements:
            assert driver.execute(sql).rowcount != 0, sql
    problems = book.problems()
    assert any(case.said in problem for problem in problems), problems
    quick = book.history.verify()
    assert not case.quick or any(case.said in problem for problem in quick), quick


def test_the_records_are_not_judged_by_a_ledger_that_was_altered(book: Book) -> None:
    tamper(book, *LEDGER["an open value altered"].statements)
    assert "records: not compared, because the ledger itself was altered" in book.problems()


def test_the_index_made_anew_says_what_the_records_say(book: Book) -> None:
    tamper(book, "DELETE FROM search_name", "DELETE FROM search_term")
    assert book.problems() != []
    with book.store.note() as connection:
        rebuild(connection)
    assert book.problems() == []


def test_a_connection_that_searched_before_others_wrote_does_not_take_the_index_for_damaged(book: Book) -> None:
    for number in range(40):
        saved = book.contacts.add(contact_draft("Łukasz", f"Żak {number}"))
        book.search.search("lukasz")
        assert book.history.verify() == []
        book.contacts.delete([saved.id])
        assert book.history.verify() == []


def test_digests_and_chain_are_what_the_document_says(book: Book) -> None:
    with book.store.write("import", "contact.import", Origin.IMPORT, source_digest=bytes(32), parent=3) as unit:
        unit.edit(EntityKind.CONTACT, 1, lambda document: document.update(title="CEO", language="de"))
    chain = bytes(32)
    with book.store.read() as connection:
        batches = connection.exec_driver_sql("SELECT * FROM batch ORDER BY id").mappings().all()
        for batch in batches:
            words = [batch[name] for name in ("kind", "label_code", "origin", "started_at")]
            words += [batch["undo_of"] or 0, batch["parent"] or 0]
            header = batch["uid"] + (batch["actor"] or bytes(16)) + batch["device"]
            header += "".join(f"{word}\0" for word in words).encode() + (batch["source_digest"] or b"")
            digest = hashlib.sha256(chain + hashlib.sha256(header).digest())
            sql = "SELECT c.*, s.salt FROM change c JOIN entity_salt s USING (entity_uid) WHERE batch = ? ORDER BY seq"
            for row in connection.exec_driver_sql(sql, (batch["id"],)).mappings():
                digest.update(_digest_of(row))
            chain = digest.digest()
            assert batch["chain"] == chain


def _digest_of(row: Any) -> bytes:
    head = f"{row['schema']} {row['hlc']} {row['entity']} {row['op']} {len(row['fields'])} ".encode()
    said = head + row["entity_uid"] + row["fields"] + (row["personal"] or b"")
    found = hmac.new(row["salt"], said, hashlib.sha256).digest()
    assert found == row["row_digest"]
    return found
