"""The warning while typing, the list for review, and the pairs that are never shown."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from services.demo.build import build_demo
from services.duplicate_blocks import SMALL, WINDOW, Blocks
from services.duplicate_grounds import Ground
from services.duplicates import MOST_WARNINGS
from services.errors import InvalidValue, NotFound
from services.open_workspace import OpenWorkspace
from services.records.drafts import PointDraft, PointKind, RecordDraft
from services.records.fields import EntityKind
from services.vault.memory_store import MemoryStore
from services.vault.protection import Protection
from services.workspaces import NewWorkspace, Workspaces
from tests.support.workspaces import company_draft, contact_draft, email, make_workspace, phone, surroundings

CONTACT, COMPANY = EntityKind.CONTACT, EntityKind.COMPANY
PAIRS: Final = Path(__file__).parents[1] / "data" / "duplicates.toml"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[OpenWorkspace]:
    """A new workspace with every service."""
    workspace = make_workspace(tmp_path)
    yield workspace
    workspace.close()


@pytest.fixture
def zhou(book: OpenWorkspace) -> int:
    """Mei-Lin Zhou of Stellhorn Elektrik, among others."""
    book.contacts.add(contact_draft("Anna", "Berg", email("anna.berg@almeda.example"), company="Almeda Logistics"))
    book.contacts.add(contact_draft("Jörg", "Müller", phone("0171 5551111"), company="Kessler Werke"))
    points = (email("mei-lin.zhou@stellhorn.example"), phone("+49 171 5550138"))
    return book.contacts.add(contact_draft("Mei-Lin", "Zhou", *points, company="Stellhorn Elektrik")).id


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"email": "Mei-Lin.Zhou@Stellhorn.example"}, "Same mail address, names that fit."),
        ({"phone": "+49 (0)171 / 555 01 38"}, "Same mobile number."),
        ({"first_name": "Mei-Lin", "last_name": "Zhou"}, "Same name."),
        ({"first_name": "Zhou", "last_name": "Mei-Lin"}, "First and last name swapped."),
        ({"first_name": "M.", "last_name": "Zhou", "company": "Stellhorn"}, ""),
        ({"first_name": "M.", "last_name": "Zhou", "company": "Stellhorn Elektrik"}, "Same company, names that fit."),
        ({"first_name": "MEI-LIN", "last_name": "Zhuo"}, ""),
        ({"first_name": "Meilin", "last_name": "Zhou", "phone": ["", "+49 171 5550138"]}, "Same mobile number, names"),
    ],
)
def test_a_record_that_may_be_the_one_being_typed_is_shown_with_the_reason(
    typed: dict[str, Any], reason: str, book: OpenWorkspace, zhou: int
) -> None:
    found = book.duplicates.likely(CONTACT, typed)
    if not reason:
        assert [one.id for one in found] in ([], [zhou])
        return
    assert [one.id for one in found] == [zhou]
    assert found[0].reason.startswith(reason), found
    assert (found[0].name, found[0].detail) == ("Mei-Lin Zhou", "Stellhorn Elektrik")


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"first_name": " "},
        {"first_name": "Mei"},
        {"email": "mei-lin.zhou@"},
        {"phone": "0171"},
        {"company": "Stellhorn Elektrik"},
        {"first_name": "Olga", "last_name": "Petrova", "company": "Stellhorn Elektrik"},
        {"first_name": '"*' * 500, "last_name": "x" * 5_000, "email": "@@"},
    ],
)
def test_what_is_unfinished_or_another_warns_of_nothing(typed: dict[str, Any], book: OpenWorkspace, zhou: int) -> None:
    assert zhou
    assert book.duplicates.likely(CONTACT, typed) == ()


def test_a_number_is_read_as_dialled_where_the_user_is(book: OpenWorkspace, zhou: int) -> None:
    book.users.change_profile(region="DE")
    assert [one.id for one in book.duplicates.likely(CONTACT, {"phone": "0171 5550138"})] == [zhou]


def test_an_umlaut_written_out_is_the_same_name(book: OpenWorkspace, zhou: int) -> None:
    found = book.duplicates.likely(CONTACT, {"first_name": "Joerg", "last_name": "Mueller", "company": "Kessler Werke"})
    assert [one.name for one in found] == ["Jörg Müller"]
    assert zhou not in [one.id for one in found]


def test_the_record_being_edited_and_records_in_the_trash_are_not_shown(book: OpenWorkspace, zhou: int) -> None:
    typed = {"first_name": "Mei-Lin", "last_name": "Zhou"}
    assert book.duplicates.likely(CONTACT, typed, exclude=zhou) == ()
    book.contacts.delete([zhou])
    assert book.duplicates.likely(CONTACT, typed) == ()


def test_at_most_five_are_shown_the_likeliest_first(book: OpenWorkspace) -> None:
    for number in range(9):
        book.contacts.add(contact_draft("Anna", "Berg", email(f"a{number}@gmx.de")))
    best = book.contacts.add(contact_draft("Anna", "Berg", email("anna@almeda.example"))).id
    typed = {"first_name": "Anna", "last_name": "Berg", "email": "anna@almeda.example"}
    found = book.duplicates.likely(CONTACT, typed)
    assert len(found) == MOST_WARNINGS
    assert found[0].id == best
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@pytest.mark.parametrize(
    "typed",
    [
        {"domain": "https://www.stellhorn.example/contact"},
        {"name": "Stellhorn Elektrik"},
        {"name": "STELLHORN ELEKTRIK AG", "website": "stellhorn.example", "phone": "+49 40 5550100"},
        {"name": "Stelhorn", "domain": ["stellhorn.example"]},
    ],
)
def test_a_company_that_may_be_the_one_being_typed_is_shown(typed: dict[str, Any], book: OpenWorkspace) -> None:
    book.companies.add(company_draft("Almeda Logistics", domain="almeda.example"))
    draft = company_draft("Stellhorn Elektrik GmbH", phone("+49 40 5550100"), domain="stellhorn.example")
    firm = book.companies.add(draft).id
    found = book.duplicates.likely(COMPANY, typed)
    assert [one.id for one in found] == [firm], found
    assert found[0].detail == "stellhorn.example"


def test_only_contacts_and_companies_are_compared(book: OpenWorkspace) -> None:
    with pytest.raises(InvalidValue, match="not looked for"):
        book.duplicates.pairs(EntityKind.DEAL)


# --- The list for review ------------------------------------------------------------------------------------


def _points(values: dict[str, Any]) -> tuple[PointDraft, ...]:
    found = [PointDraft(PointKind.EMAIL, text, text) for text in values.get("emails", ())]
    found += [PointDraft(PointKind.PHONE, text, text) for text in values.get("phones", ())]
    found += [PointDraft(PointKind.SOCIAL, text, text) for text in values.get("socials", ())]
    found += [PointDraft(PointKind.URL, text, text) for text in values.get("websites", ())]
    if "address" in values or "city" in values:
        place = str(values.get("address") or values["city"])
        found.append(PointDraft(PointKind.ADDRESS, place, place, city=values.get("city", "")))
    return tuple(found)


def _draft(entity: EntityKind, values: dict[str, Any]) -> RecordDraft:
    names = {"key": "external_key", "first": "first_name", "last": "last_name", "name": "name", "company": "company"}
    fields = {names[name]: values[name] for name in names if values.get(name)}
    if "birthday" in values:
        fields["birthday"] = date.fromisoformat(values["birthday"])
    if entity is COMPANY and "domains" in values:
        fields["domain"] = "; ".join(values["domains"])
    return RecordDraft(fields, _points(values))


def _listed_in_a_file(book: OpenWorkspace, entity: EntityKind, pair: dict[str, Any]) -> bool:
    """Whether a labelled pair, as two records of a workspace, is listed."""
    service = book.contacts if entity is CONTACT else book.companies
    ids = [service.add(_draft(entity, pair[side])).id for side in ("a", "b")]
    listed = [{found.first.id, found.second.id} for found in book.duplicates.pairs(entity)]
    service.delete(ids)
    return set(ids) in listed


@pytest.mark.parametrize("entity", [CONTACT, COMPANY])
def test_the_blocks_leave_out_no_pair_that_the_scores_would_list(entity: EntityKind, book: OpenWorkspace) -> None:
    """Of the labelled pairs that are the same: each is found among the records of a workspace too."""
    labelled = tomllib.loads(PAIRS.read_text(encoding="utf-8"))[entity.value]
    alike = [pair for pair in labelled if pair["same"] and "domain" not in pair["a"]]
    missed = [pair["why"] for pair in alike if not _listed_in_a_file(book, entity, pair)]
    assert len(missed) <= len(alike) // 20, missed


def test_a_pair_tells_score_reason_and_which_record_a_merge_would_keep(book: OpenWorkspace) -> None:
    thin = book.contacts.add(
        contact_draft("M.", "Zhou", email("m.zhou@stellhorn.example"), phone("+49 171 5550138"), company="Stellhorn")
    )
    full = book.contacts.add(
        contact_draft(
            "Mei-Lin", "Zhou", email("mei-lin.zhou@stellhorn.example"), phone("+49 171 5550138"), company="Stellhorn"
        )
    )
    (pair,) = book.duplicates.pairs(CONTACT)
    assert (pair.first.id, pair.second.id) == (full.id, thin.id)
    assert pair.reason == "Same mobile number and company, names that fit, mail addresses of one pattern."
    assert pair.score >= 95
    assert Ground.MOBILE in pair.grounds
    assert book.duplicates.compare(CONTACT, thin.id, full.id).score == pair.score


def test_the_list_is_in_the_order_of_the_scores_and_without_the_trash(book: OpenWorkspace) -> None:
    ids = [book.contacts.add(contact_draft("Anna", "Berg", email("a@x.example"))).id for _ in range(2)]
    more = [book.contacts.add(contact_draft("Torvald", "Lind")).id for _ in range(2)]
    found = book.duplicates.pairs(CONTACT)
    assert [{pair.first.id, pair.second.id} for pair in found] == [set(ids), set(more)]
    book.contacts.delete(ids[:1])
    assert [{pair.first.id, pair.second.id} for pair in book.duplicates.pairs(CONTACT)] == [set(more)]
    assert book.duplicates.pairs(CONTACT, least=100) == []


def test_progress_is_told_until_all_are_read(book: OpenWorkspace) -> None:
    for number in range(3):
        book.contacts.add(contact_draft("Anna", f"Berg {number}"))
    told: list[tuple[int, int]] = []
    book.duplicates.pairs(CONTACT, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (3, 3)


@pytest.mark.parametrize("members", [2, SMALL, SMALL + 1, 500])
def test_the_pairs_of_a_block_grow_with_its_size_and_not_with_the_square(members: int) -> None:
    blocks = Blocks()
    for local_id in range(members):
        blocks.add("info@x.example", local_id)
    found = blocks.pairs({local_id: f"{local_id:05}" for local_id in range(members)})
    assert blocks.size("info@x.example") == members
    assert (members - 1, members) not in found
    assert {(n, n + 1) for n in range(members - 1)} <= found
    assert len(found) <= max(members * (SMALL - 1) / 2, members * WINDOW)


def test_duplicates_planted_in_an_invented_world_are_found_and_hardly_any_others(tmp_path: Path) -> None:
    """The world was made by others than the scores: misspelt, swapped, with another address, or with an initial."""
    workspaces = Workspaces(MemoryStore(), surroundings())
    request = NewWorkspace(protection=Protection.PLAIN)
    truth = tmp_path / "truth.csv"
    day = date(2026, 5, 4)
    built = build_demo(workspaces, tmp_path / "demo", request, contacts=1200, months=1, today=day, truth=truth)
    book = built.created.workspace
    with book.store.read() as connection:
        keys = connection.exec_driver_sql("SELECT external_key, id FROM contact")
        ids: dict[str, int] = dict(tuple(row) for row in keys)
    with truth.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["duplicate_of"]]
    planted = {frozenset((ids[row["key"]], ids[row["duplicate_of"]])) for row in rows}
    listed = {frozenset((pair.first.id, pair.second.id)) for pair in book.duplicates.pairs(CONTACT)}
    book.close()
    assert len(planted) >= 18
    assert len(planted & listed) >= 0.85 * len(planted)
    assert len(planted & listed) >= 0.85 * len(listed)


# --- Never these two ----------------------------------------------------------------------------------------


@pytest.fixture
def twins(book: OpenWorkspace) -> tuple[int, int]:
    """Two contacts that look the same."""
    one, two = (book.contacts.add(contact_draft("Anna", "Berg", email("a@x.example"))).id for _ in range(2))
    return one, two


def test_a_pair_that_is_ignored_is_listed_apart_and_not_shown(book: OpenWorkspace, twins: tuple[int, int]) -> None:
    one, two = twins
    saved = book.duplicates.ignore(CONTACT, two, one)
    assert book.duplicates.pairs(CONTACT) == []
    (kept,) = book.duplicates.ignored(CONTACT)
    assert kept.uid == saved.uid
    assert (kept.first.id, kept.second.id) == (one, two)
    assert book.duplicates.ignore(CONTACT, one, two).batch is None
    assert len(book.duplicates.ignored(CONTACT)) == 1
    assert book.duplicates.ignored(COMPANY) == []


def test_an_ignored_pair_stands_in_the_order_in_which_it_was_reviewed(book: OpenWorkspace) -> None:
    for number in range(12):
        short = book.contacts.add(contact_draft("M.", f"Zhou{number}", email(f"m{number}@x.example"))).id
        full = book.contacts.add(
            contact_draft("Mei-Lin", f"Zhou{number}", email(f"m{number}@x.example"), title="Plant Manager")
        ).id
        book.duplicates.ignore(CONTACT, short, full)
        assert (book.duplicates.ignored(CONTACT)[0].first.id, book.duplicates.ignored(CONTACT)[0].second.id) == (
            full,
            short,
        )
    book.contacts.delete([full])
    assert book.duplicates.ignored(CONTACT)[0].first.id == short


def test_to_ignore_a_pair_can_be_undone_and_taken_back(book: OpenWorkspace, twins: tuple[int, int]) -> None:
    saved = book.duplicates.ignore(CONTACT, *twins)
    book.history.undo(saved.batch)
    assert len(book.duplicates.pairs(CONTACT)) == 1
    assert book.duplicates.ignored(CONTACT) == []
    book.history.redo()
    assert book.duplicates.pairs(CONTACT) == []
    book.duplicates.stop_ignoring(saved.id)
    assert len(book.duplicates.pairs(CONTACT)) == 1
    assert book.history.verify(full=True) == []


def test_a_pair_of_one_or_of_none_is_refused(book: OpenWorkspace, twins: tuple[int, int]) -> None:
    with pytest.raises(InvalidValue, match="one record"):
        book.duplicates.ignore(CONTACT, twins[0], twins[0])
    with pytest.raises(NotFound):
        book.duplicates.ignore(CONTACT, twins[0], 999)
    with pytest.raises(NotFound):
        book.duplicates.compare(CONTACT, twins[0], 999)
