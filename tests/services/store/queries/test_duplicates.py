"""The warning while typing reads no whole table, and what is ignored is known by what it went into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from services.duplicates import DuplicateService
from services.merging import MergeService
from services.records.fields import EntityKind
from services.store import engine
from services.store.queries.duplicates import ignored_keys, survivor
from tests.services.store.statements import Heard, hear, scans
from tests.support.workspaces import CIPHER, Book, company_draft, contact_draft, email, make_book, open_book, phone

CONTACT, COMPANY = EntityKind.CONTACT, EntityKind.COMPANY
SMALL: Final = frozenset({"user", "opened_by", "workspace", "search_name_config", "main", "j"})


@pytest.fixture(scope="module")
def heard_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, Heard]]:
    """A workspace of some people, to whose statements is listened."""
    book = make_book(tmp_path_factory.mktemp("plans"))
    for number in range(60):
        points = (email(f"a{number}@example.org"), phone(f"040 1234{number:03}"))
        book.contacts.add(contact_draft("Anna", f"Bergmann {number}", *points, company=f"Firm {number % 7}"))
    book.close()
    with pytest.MonkeyPatch.context() as patched:
        heard = hear(patched)
        opened = open_book(book.store.path)
        yield opened, heard
        opened.close()


TYPED: Final[dict[str, tuple[EntityKind, Mapping[str, str | list[str]]]]] = {
    "a whole contact": (
        CONTACT,
        {
            "first_name": "Anna",
            "last_name": "Bergmann",
            "email": ["a7@example.org"],
            "phone": "040 1234007",
            "company": "Firm 3",
        },
    ),
    "a name with a typo": (CONTACT, {"first_name": "Ana", "last_name": "Bergman"}),
    "a last name": (CONTACT, {"last_name": "Bergmann"}),
    "an email": (CONTACT, {"email": "a7@example.org"}),
    "a whole company": (COMPANY, {"name": "Firm 3 GmbH", "domain": "firm.example", "phone": "040 1234007"}),
    "a company with a typo": (COMPANY, {"name": "Firn 3"}),
}


@pytest.mark.parametrize("name", TYPED)
def test_the_warning_while_typing_reads_no_whole_table(name: str, heard_book: tuple[Book, Heard]) -> None:
    book, heard = heard_book
    service = DuplicateService(book.store, book.access)
    with heard.during() as statements:
        service.likely(*TYPED[name])
    assert len(statements) > 2
    connection = engine.connect(book.store.path, CIPHER)
    found = {scan for statement in statements for scan in scans(connection, statement)}
    connection.close()
    assert {(table, how) for table, how in found if table not in SMALL and "TEMP" not in how} == set()


def test_what_is_ignored_holds_for_what_a_record_went_into(tmp_path: Path) -> None:
    book = make_book(tmp_path)
    one, two, three = (book.companies.add(company_draft(f"Firm {n}")).id for n in range(3))
    duplicates, merging = (kind(book.store, book.access) for kind in (DuplicateService, MergeService))
    assert isinstance(duplicates, DuplicateService)
    assert isinstance(merging, MergeService)
    duplicates.ignore(COMPANY, three, two)
    with book.store.read() as connection:
        assert ignored_keys(connection, COMPANY) == {(two, three)}
    merged = merging.merge(COMPANY, one, two)
    with book.store.read() as connection:
        assert survivor(connection, COMPANY, two) == one
        assert ignored_keys(connection, COMPANY) == {(one, three)}
    book.history.undo(merged.batch)
    with book.store.read() as connection:
        assert ignored_keys(connection, COMPANY) == {(two, three)}
    book.close()
