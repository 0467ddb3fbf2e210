"""What a search finds, in which order, and that it never fails: the contract, case by case and by property."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.records.drafts import PointDraft, PointKind, RecordDraft
from services.records.fields import EntityKind, FieldKind
from services.store.queries.typos import neighbours
from services.values.text import fold
from tests.support.workspaces import (
    Book,
    activity_draft,
    company_draft,
    contact_draft,
    email,
    make_book,
    phone,
)

NAMES = (
    ("Łukasz", "Żółkiewski"),
    ("Søren", "Ørsted"),
    ("Đorđe", "Đukić"),
    ("Rüdiger", "Strauß"),
    ("Irmak", "Işık"),
    ("İpek", "İnönü"),
    ("Þórður", "Þorláksson"),
    ("Zoë", "Ångström"),
    ("Ægir", "Œuvre"),
    ("Nguyễn", "Thị Hằng"),
    ("Анна", "Йорданова"),
    ("名前", "山田"),
    ("Mary-Jane", "O'Brien"),
    ("Wojciech", "Meyerhoff"),
    ("Anna", "Schmidt"),
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A workspace that the cases read and leave as they found it."""
    book = make_book(tmp_path_factory.mktemp("search"))
    for first, last in NAMES:
        book.contacts.add(contact_draft(first, last))
    yield book
    book.close()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Book]:
    """A workspace of a test's own."""
    book = make_book(tmp_path)
    yield book
    book.close()


def titles(book: Book, query: str, limit: int = 20) -> list[str]:
    """The titles of the answers, best first."""
    return [hit.title for hit in book.search.search(query, limit=limit).hits]


def finds(book: Book, query: str, title: str) -> bool:
    """Whether a record is among the answers."""
    return title in titles(book, query)


STROKES = {
    "Łukasz Żółkiewski": ("lukasz", "LUKASZ", "Łukasz", "łuk", "zolkiewski", "Zół"),
    "Søren Ørsted": ("soren", "orsted", "ØRSTED", "sören"),
    "Đorđe Đukić": ("dorde", "dukic", "Đor", "đuk"),
    "Rüdiger Strauß": ("rudiger", "strauss", "STRAUSS", "strauß", "straus", "Strauẞ"),
    "Irmak Işık": ("irmak", "ırmak", "IRMAK", "isik", "işik", "ISIK"),
    "İpek İnönü": ("ipek", "İPEK", "ıpek", "inonu", "INÖNÜ"),
    "Þórður Þorláksson": ("thordur", "Þórður", "thorlaksson", "þor"),
    "Zoë Ångström": ("zoe", "angstrom", "Ang", "Zoe\u0308", "A\u030angstro\u0308m"),
    "Ægir Œuvre": ("aegir", "oeuvre", "Ægir", "œuv"),
    "Nguyễn Thị Hằng": ("nguyen", "thi hang", "hang nguyen"),
    "Анна Йорданова": ("анна", "АННА", "иорданова", "йор"),
    "名前 山田": ("名前", "山", "山田 名前"),
    "Mary-Jane O'Brien": ("mary", "jane", "o'brien", "brien", "mary jane", "Mary-J"),
}


@pytest.mark.parametrize(("title", "query"), [(title, query) for title, all_ in STROKES.items() for query in all_])
def test_case_accents_and_strokes_do_not_matter(title: str, query: str, book: Book) -> None:
    assert finds(book, query, title)


@pytest.mark.parametrize("name", NAMES, ids=" ".join)
def test_every_word_is_found_by_each_of_its_beginnings_in_any_order(name: tuple[str, str], book: Book) -> None:
    first, last = name
    for left in range(1, len(first) + 1):
        for right in range(1, len(last) + 1):
            assert finds(book, f"{last[:right]} {first[:left]}", f"{first} {last}")


def test_every_word_must_occur(book: Book) -> None:
    assert titles(book, "anna schmidt zebra") == []
    assert titles(book, "wojciech schmidt") == []


FIELDS = {
    "the name": "cornelius",
    "the company": "hafencity",
    "the domain of an email": "elbwerk",
    "the person in an email": "c.vogel",
    "a whole email": "C.Vogel@Elbwerk.example",
    "a phone": "040 556677",
    "notes": "sailing",
    "the title": "procurement",
    "the town": "blankenese",
    "a custom field": "platinum",
    "the key of another system": "SF-00917",
}


@pytest.fixture(scope="module")
def cornelius(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """One contact with something in every field, and others that share single words with him."""
    book = make_book(tmp_path_factory.mktemp("fields"))
    book.custom_fields.add(EntityKind.CONTACT, "plan", FieldKind.TEXT)
    points = (email("c.vogel@elbwerk.example"), phone("+49 40 556677"))
    saved = book.contacts.add(
        contact_draft(
            "Cornelius",
            "Vogel",
            *points,
            company="HafenCity Logistik",
            title="Head of procurement",
            notes="Likes sailing. Renewal in Q3.",
            external_key="SF-00917",
            custom={"plan": "Platinum"},
        )
    )
    address = PointDraft(PointKind.ADDRESS, "Elbchaussee 1", "elbchaussee 1 blankenese", city="Blankenese")
    book.contacts.change(saved.id, RecordDraft({}, (address,)))
    for number in range(3):
        book.contacts.add(contact_draft(f"Cornelius {number}", "Fisch", notes="likes sailing, procurement"))
    yield book
    book.close()


@pytest.mark.parametrize("one", FIELDS)
@pytest.mark.parametrize("other", FIELDS)
def test_the_words_may_stand_in_any_two_fields(one: str, other: str, cornelius: Book) -> None:
    assert titles(cornelius, f"{FIELDS[one]} {FIELDS[other]} vogel") == ["Cornelius Vogel"]


def test_short_words_are_found_in_notes_too(cornelius: Book) -> None:
    assert titles(cornelius, "q3") == ["Cornelius Vogel"]
    assert titles(cornelius, "vogel in q3") == ["Cornelius Vogel"]


NUMBERS = {
    ("+49 40 1234567", "DE"): (
        *("+49 40 1234567", "+49 (0)40 1234567", "+49(0)401234567", "0049 40 1234567", "0049401234567"),
        *("040 1234567", "040/1234567", "(040) 123-45-67", "04 01 23 45 67", "0401234567", "40 1234567"),
        *("1234567", "12 34 56 7", "123.4567", "4567", "567", "+49 40 12", "040 12", "123", "49 40"),
    ),
    ("(415) 555-0132", "US"): (
        *("+1 415 555 0132", "1 415 555 0132", "415-555-0132", "(415) 555.0132", "4155550132", "5550132"),
        *("555-0132", "0132", "001 415 555 0132", "415 555", "132"),
    ),
    ("06 6982 1234", "IT"): ("+39 06 6982 1234", "0039 06 6982", "06 6982 1234", "0669821234", "6982 1234", "1234"),
    ("020 7946 0958", "GB"): (
        *("+44 (0)20 7946 0958", "+44 20 7946 0958", "020 7946 0958", "0044 20 7946 0958", "7946 0958"),
        *("(020) 79460958", "44 20 7946", "958"),
    ),
}


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A contact for each number, and one with another number."""
    book = make_book(tmp_path_factory.mktemp("numbers"))
    for number, region in NUMBERS:
        book.contacts.add(contact_draft(region, "", phone(number, region)))
    book.contacts.add(contact_draft("nobody", "", phone("089 9988776655", "DE")))
    yield book
    book.close()


@pytest.mark.parametrize(
    ("region", "query"), [(region, query) for (_, region), all_ in NUMBERS.items() for query in all_]
)
def test_a_phone_is_found_by_its_digits_in_any_grouping(region: str, query: str, numbers: Book) -> None:
    assert finds(numbers, query, region)
    assert not finds(numbers, query, "nobody")


def test_a_number_that_is_another_one_is_not_found(numbers: Book) -> None:
    for query in ("040 1234568", "+49 41 1234567", "0402345671", "7654321"):
        assert titles(numbers, query) == []


def test_a_company_is_found_by_its_phone(own: Book) -> None:
    own.companies.add(company_draft("Ørsted", phone("040 1234567")))
    assert titles(own, "+49 (0)40 123") == ["Ørsted"]


def typos(word: str) -> dict[str, list[str]]:
    """Every word with one typo, by what went wrong."""
    places = range(len(word))
    return {
        "a letter lost": [word[:i] + word[i + 1 :] for i in places],
        "a letter added": [word[:i] + letter + word[i:] for i in range(len(word) + 1) for letter in "xq"],
        "a letter replaced": [word[:i] + letter + word[i + 1 :] for i in places for letter in "xq"],
        "two letters swapped": [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in places[:-1]],
    }


@pytest.mark.parametrize("what", ["a letter lost", "a letter added", "a letter replaced", "two letters swapped"])
@pytest.mark.parametrize("name", [NAMES[0], NAMES[1], NAMES[3], NAMES[10], NAMES[13], NAMES[14]], ids=" ".join)
def test_names_forgive_one_typo_from_four_letters_on(name: tuple[str, str], what: str, book: Book) -> None:
    for word in name:
        for typed in typos(fold(word))[what]:
            if len(typed) >= 4:
                assert finds(book, typed, " ".join(name)), typed


def test_both_words_of_a_name_may_have_a_typo(book: Book) -> None:
    assert finds(book, "shcmidt anan", "Anna Schmidt")
    assert finds(book, "anna schmit", "Anna Schmidt")


def test_three_letters_and_two_typos_are_not_forgiven(book: Book) -> None:
    assert titles(book, "znn") == []
    assert titles(book, "zchmidtz") == []


def test_a_name_without_the_typo_comes_before_those_with_one(own: Book) -> None:
    for name in ("Marta", "Maria", "Mario", "Marla"):
        own.contacts.add(contact_draft(name, "Berg"))
    assert titles(own, "maria")[0] == "Maria Berg"
    assert set(titles(own, "maria")) == {"Maria Berg", "Marta Berg", "Mario Berg", "Marla Berg"}


def test_a_name_among_very_many_close_ones_is_forgiven_too(own: Book) -> None:
    near = sorted(neighbours("mara"))[::6]
    assert len(near) > 40
    for word in near:
        own.contacts.add(contact_draft(word.capitalize(), "Berg"))
    found = set(titles(own, "mara", limit=200))
    assert found == {f"{word.capitalize()} Berg" for word in near}


def test_the_record_that_is_named_so_comes_first_however_many_others_hold_the_word(own: Book) -> None:
    with own.store.write("create", "test.many") as unit:
        documents = []
        for number in range(300):
            document = unit.blank(EntityKind.CONTACT)
            document.update(first_name="Anna Berg", last_name=f"Nr {number}")
            documents.append(document)
        unit.create_many(EntityKind.CONTACT, documents)
    own.contacts.add(contact_draft("Anna", "Berg"))
    own.companies.add(company_draft("Anna"))
    assert titles(own, "anna berg", 5)[0] == "Anna Berg"
    assert titles(own, "ANNA", 5)[0] == "Anna"
    assert titles(own, "anna berg nr 250", 5)[0] == "Anna Berg Nr 250"
    assert titles(own, "berg anna", 5)[0].startswith("Anna Berg")
    assert len(titles(own, "anna", 250)) == 250


def test_a_name_that_begins_so_comes_before_one_that_holds_the_word_later(own: Book) -> None:
    own.contacts.add(contact_draft("Zora", "Berger"))
    own.contacts.add(contact_draft("Berger", "Zimmer"))
    own.companies.add(company_draft("Hotel Berger"))
    assert titles(own, "berger")[0] == "Berger Zimmer"


def test_names_come_before_bodies(own: Book) -> None:
    first = own.contacts.add(contact_draft("Anna", "Berg"))
    own.activities.add(activity_draft("Angebot", contact=first.uid, body="Call about the Renewal contract"))
    own.contacts.add(contact_draft("Renewal", "Smith"))
    found = own.search.search("renewal").hits
    assert [(hit.entity, hit.title, hit.rank) for hit in found] == [
        ("contact", "Renewal Smith", 0),
        ("activity", "Angebot", 1),
    ]
    assert found[1].snippet == "Anna Berg – Call about the Renewal contract"


def test_a_body_is_found_by_the_beginnings_of_all_its_words(own: Book) -> None:
    contact = own.contacts.add(contact_draft("Anna"))
    own.activities.add(activity_draft("Q3 budget", contact=contact.uid, body="Zu teuer für Łódź"))
    for query in ("q3", "q3 bud", "budget lodz", "teu q", "zu fur l"):
        assert titles(own, query) == ["Q3 budget"], query
    assert titles(own, "q3 anna zebra") == []


def test_what_is_in_the_trash_is_not_found_until_it_comes_back(own: Book) -> None:
    contact = own.contacts.add(contact_draft("Anna", "Berg", notes="sailing"))
    company = own.companies.add(company_draft("Ørsted"))
    activity = own.activities.add(activity_draft("Offer", contact=contact.uid, body="renewal"))
    cases = ((own.contacts, contact, "berg"), (own.companies, company, "orsted"), (own.activities, activity, "renewal"))
    for service, saved, query in cases:
        assert len(titles(own, query)) == 1
        service.delete([saved.id])
        assert titles(own, query) == []
        assert titles(own, f"{query[:-1]}x") == []
        own.history.undo()
        assert len(titles(own, query)) == 1
        own.history.redo()
        assert titles(own, query) == []
        service.restore([saved.id])
        assert len(titles(own, query)) == 1


def test_people_are_found_by_the_new_name_of_their_company_and_not_by_the_old_one(own: Book) -> None:
    contact = own.contacts.add(contact_draft("Anna", "Berg", company="Blau GmbH"))
    trashed = own.contacts.add(contact_draft("Berta", "Berg", company="Blau GmbH"))
    own.contacts.delete([trashed.id])
    own.companies.change(1, company_draft("Rot AG"))
    assert titles(own, "rot berg") == ["Anna Berg"]
    assert titles(own, "blau") == []
    own.contacts.restore([trashed.id])
    assert titles(own, "rot berg") == ["Anna Berg", "Berta Berg"]
    own.contacts.change(contact.id, contact_draft(company="Grün SE"))
    assert titles(own, "grun") == ["Grün SE", "Anna Berg"]
    assert titles(own, "rot berg") == ["Berta Berg"]
    own.history.undo()
    assert titles(own, "rot anna") == ["Anna Berg"]
    assert own.problems() == []


def test_a_record_that_was_edited_is_found_by_what_it_says_now(own: Book) -> None:
    saved = own.contacts.add(contact_draft("Anna", "Berg", email("anna@old.example"), phone("040 123456")))
    own.contacts.change(saved.id, RecordDraft({}, (email("anna@new.example"), phone("030 654321"))))
    assert titles(own, "anna@new") == ["Anna Berg"]
    assert titles(own, "030 654321") == ["Anna Berg"]
    assert titles(own, "anna@old.example") == []
    assert titles(own, "040 123456") == []


def test_the_limit_holds_and_ranks_count_up_from_nought(own: Book) -> None:
    for number in range(30):
        own.contacts.add(contact_draft("Anna", f"Berg {number}"))
    for limit in (1, 7, 20, 30, 100):
        hits = own.search.search("anna", limit=limit).hits
        assert [hit.rank for hit in hits] == list(range(min(limit, 30)))
    assert len(own.search.search("anna", limit=0).hits) == 1


def test_the_snippet_tells_records_apart(own: Book) -> None:
    own.contacts.add(contact_draft("Anna", "Berg", email("a@example.org"), title="CEO", company="Ørsted"))
    assert own.search.search("anna").hits[0].snippet == "CEO · Ørsted · a@example.org"


def test_recents_are_the_records_opened_last_without_those_in_the_trash(own: Book) -> None:
    saved = [own.contacts.add(contact_draft(name)) for name in ("Anna", "Berta", "Carla")]
    company = own.companies.add(company_draft("Ørsted"))
    for contact in saved:
        own.search.remember(EntityKind.CONTACT, contact.id)
    own.search.remember(EntityKind.COMPANY, company.id)
    own.search.remember(EntityKind.CONTACT, saved[0].id)
    own.contacts.delete([saved[1].id])
    assert [hit.title for hit in own.search.recents()] == ["Anna", "Ørsted", "Carla"]
    assert [hit.title for hit in own.search.recents(limit=1)] == ["Anna"]
