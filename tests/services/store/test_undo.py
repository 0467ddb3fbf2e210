"""What an undo takes back, what it leaves alone and says so, and who may undo what."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from services.errors import InvalidValue, NotAllowed, NotFound
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind, FieldKind
from services.records.ids import Uid, UserId
from services.records.ledger import LeftAlone, Origin
from services.records.people import Role
from services.store import undoing
from services.store.aggregates import Document
from tests.support.table_dumps import facts
from tests.support.workspaces import Book, company_draft, contact_draft, email, make_book, open_book, phone


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    book = make_book(tmp_path)
    yield book
    book.close()


def rename(name: str, document: Document) -> None:
    document["first_name"] = name


def name_of(book: Book, local_id: int) -> Any:
    return book.contacts.card(local_id).fields["first_name"]


def test_an_undo_that_leaves_everything_alone_makes_way_for_the_one_before_it(book: Book) -> None:
    first = book.contacts.add(contact_draft("Anna"))
    second = book.contacts.add(contact_draft("Berta"))
    book.contacts.change(first.id, contact_draft("Hanna"))
    with book.store.write("edit", "test.rule", Origin.RULE) as unit:
        unit.edit(EntityKind.CONTACT, first.id, lambda document: document.update(first_name="Johanna"))
    outcome = book.history.undo()
    assert outcome.left_alone == (LeftAlone(EntityKind.CONTACT, first.uid, "first_name", undoing.SINCE),)
    assert outcome.batch is not None
    book.history.undo()
    assert book.contacts.card(second.id).deleted_at is not None
    assert name_of(book, first.id) == "Johanna"
    assert book.problems() == []


def test_a_command_is_taken_back_after_what_a_rule_made_of_it(book: Book) -> None:
    saved = book.contacts.add(contact_draft("Anna"))
    with book.store.write("edit", "contact.change") as unit:
        unit.edit(EntityKind.CONTACT, saved.id, lambda document: document.update(first_name="Berta"))
    asked = unit.batch_uid
    with book.store.write("rule", "test.rule", Origin.RULE, parent=unit.batch_id) as following:
        following.edit(EntityKind.CONTACT, saved.id, lambda document: document.update(first_name="Carla"))
    outcome = book.history.undo()
    assert name_of(book, saved.id) == "Anna"
    assert outcome.left_alone == ()
    assert outcome.undone == (asked, following.batch_uid)
    assert outcome.label_code == "contact.change"
    redone = book.history.redo()
    assert name_of(book, saved.id) == "Carla"
    assert redone.label_code == "contact.change"


def test_chunks_that_touched_the_same_record_are_taken_back_the_last_one_first(book: Book) -> None:
    saved = book.contacts.add(contact_draft("Anna"))
    parent = None
    for name in ("Berta", "Carla", "Dora"):
        with book.store.write("import", "contact.import", Origin.IMPORT, parent=parent) as unit:
            unit.edit(EntityKind.CONTACT, saved.id, partial(rename, name))
        parent = parent or unit.batch_id
    outcome = book.history.undo()
    assert (name_of(book, saved.id), outcome.left_alone) == ("Anna", ())
    book.history.redo()
    assert name_of(book, saved.id) == "Dora"


def test_a_value_inside_an_element_that_is_gone_is_left_alone_and_said_so(book: Book) -> None:
    saved = book.contacts.add(contact_draft("Anna", "Berg", email("a@example.org")))
    with book.store.read() as connection:
        point = connection.exec_driver_sql("SELECT lower(hex(uid)) FROM contact_point").scalar_one()

    def change(path: str, value: Any) -> Uid:
        with book.store.write("edit", "test.point") as unit:
            unit.edit(EntityKind.CONTACT, saved.id, lambda document: document["points"][point].update({path: value}))
        assert unit.batch_uid is not None
        return unit.batch_uid

    change("city", "Bonn")
    emptied = change("city", None)
    book.contacts.change(saved.id, RecordDraft({"email": None}))
    outcome = book.history.undo(emptied)
    assert outcome.left_alone == (LeftAlone(EntityKind.CONTACT, saved.uid, f"points/{point}/city", undoing.SINCE),)


def test_a_tag_that_others_carry_by_now_is_not_undone_with_the_first_use_of_it(book: Book) -> None:
    first, second = (book.contacts.add(contact_draft(name)) for name in ("Anna", "Berta"))
    tagged = book.contacts.tag([first.id], "vip")
    book.contacts.tag([second.id], "VIP")
    assert tagged.batch is not None
    outcome = book.history.undo(tagged.batch)
    assert [(left.entity, left.why) for left in outcome.left_alone] == [(EntityKind.TAG, undoing.IN_USE)]
    assert [(tag.name, tag.records) for tag in book.tags.all()] == [("vip", 1)]
    assert book.contacts.card(first.id).tags == ()


def test_a_company_that_others_work_for_by_now_is_not_undone_with_its_first_contact(book: Book) -> None:
    first = book.contacts.add(contact_draft("Anna", company="Ørsted"))
    second = book.contacts.add(contact_draft("Berta", company="Orsted"))
    assert first.batch is not None
    outcome = book.history.undo(first.batch)
    assert [(left.entity, left.why) for left in outcome.left_alone] == [(EntityKind.COMPANY, undoing.IN_USE)]
    assert book.contacts.card(first.id).deleted_at is not None
    company = book.contacts.card(second.id).roles[0]
    assert book.companies.card(company.company_id).deleted_at is None


def test_companies_and_tags_made_on_the_way_go_with_the_only_contact_that_has_them(book: Book) -> None:
    saved = book.contacts.add(contact_draft("Anna", company="Ørsted", tags=("vip",)))
    before = facts(book.store)
    outcome = book.history.undo()
    assert outcome.left_alone == ()
    assert book.count("SELECT count(*) FROM company WHERE deleted_at IS NULL") == 0
    assert book.tags.all() == []
    book.history.redo()
    assert facts(book.store) == before
    assert book.contacts.card(saved.id).tags == ("vip",)


def test_a_bulk_edit_of_several_slices_is_undone_and_redone_to_the_row(book: Book) -> None:
    with book.store.write("create", "test.many") as unit:
        documents = []
        for number in range(2_600):
            document = unit.blank(EntityKind.CONTACT)
            document.update(first_name=f"Anna {number}", lifecycle="prospect", title=f"{number % 7}")
            documents.append(document)
        unit.create_many(EntityKind.CONTACT, documents)
    with book.store.read() as connection:
        ids = [row[0] for row in connection.exec_driver_sql("SELECT id FROM contact")]
    before = facts(book.store)
    book.contacts.change_many(ids, RecordDraft({"title": "3", "lifecycle": "customer"}))
    changed = facts(book.store)
    told: list[tuple[int, int]] = []
    outcome = book.history.undo(progress=lambda done, of: told.append((done, of)))
    assert facts(book.store) == before
    assert (outcome.records, outcome.left_alone, told[-1]) == (2_600, (), (2_600, 2_600))
    book.history.redo()
    assert facts(book.store) == changed
    assert book.problems() == []


def test_undo_and_redo_go_on_after_the_file_was_closed(tmp_path: Path) -> None:
    book = make_book(tmp_path)
    saved = book.contacts.add(contact_draft("Anna"))
    book.contacts.change(saved.id, contact_draft("Berta"))
    for expected, step in (("Anna", "undo"), ("Berta", "redo"), ("Anna", "undo")):
        book.close()
        book = open_book(book.store.path)
        getattr(book.history, step)()
        assert name_of(book, saved.id) == expected
    book.close()


def test_there_is_nothing_to_redo_after_something_new(book: Book) -> None:
    saved = book.contacts.add(contact_draft("Anna"))
    book.contacts.change(saved.id, contact_draft("Berta"))
    book.history.undo()
    book.contacts.change(saved.id, contact_draft("Carla"))
    with pytest.raises(NotFound):
        book.history.redo()


def erase(book: Book, uid: bytes) -> None:
    with book.store.note() as connection:
        connection.exec_driver_sql("UPDATE change SET personal = NULL WHERE entity_uid = ?", (uid,))
        connection.exec_driver_sql("DELETE FROM entity_salt WHERE entity_uid = ?", (uid,))


def test_a_bulk_undo_takes_back_what_it_can_of_an_erased_person_and_says_what_it_cannot(book: Book) -> None:
    points = (email("a@example.org"), phone("040 123456"))
    erased = book.contacts.add(contact_draft("Anna", "", *points, language="de"))
    other = book.contacts.add(contact_draft("Berta", "", *points, language="de"))
    with book.store.write("edit", "test.bulk") as unit:
        unit.edit_many(
            EntityKind.CONTACT,
            [erased.id, other.id],
            lambda document: document.update(points={}, language="fr", last_name="Berg"),
        )
    erase(book, erased.uid)
    outcome = book.history.undo()
    assert outcome.left_alone == (LeftAlone(EntityKind.CONTACT, erased.uid, "", undoing.ERASED),)
    assert book.contacts.card(erased.id).fields["language"] == "de"
    assert book.contacts.card(erased.id).points == ()
    assert len(book.contacts.card(other.id).points) == 2
    assert book.problems() == []


def test_what_is_changed_after_an_erasure_is_proved_again_and_can_be_undone(book: Book) -> None:
    saved = book.contacts.add(contact_draft("Anna"))
    erase(book, saved.uid)
    book.contacts.change(saved.id, contact_draft("Berta", title="CEO"))
    assert book.problems() == []
    book.history.undo()
    assert (name_of(book, saved.id), book.contacts.card(saved.id).fields["title"]) == ("Anna", None)
    with book.store.note() as connection:
        connection.exec_driver_sql("UPDATE change SET fields = '{}' WHERE seq = (SELECT max(seq) FROM change)")
        connection.exec_driver_sql("UPDATE contact SET lifecycle = 'churned'")
    assert len(book.problems()) >= 2


def test_a_member_may_not_undo_what_an_owner_decided_about_roles(book: Book) -> None:
    added = book.users.add("Uli", role=Role.OWNER)
    book.users.set_role(UserId(added.id), Role.MEMBER)
    decided = book.history.batches(limit=1)[0].uid
    book.users.act_as("Uli")
    for batch in (decided, added.batch):
        with pytest.raises(NotAllowed):
            book.history.undo(batch)
    book.users.change_profile(territory="North")
    book.history.undo()
    book.users.act_as("Rosa Quill")
    book.history.undo(decided)
    assert [user.role for user in book.users.all()] == [Role.OWNER, Role.OWNER]


def test_no_undo_leaves_a_workspace_without_an_owner(book: Book) -> None:
    rosa = book.users.all()[0]
    added = book.users.add("Uli", role=Role.OWNER)
    book.users.act_as("Uli")
    book.users.set_role(rosa.id, Role.MEMBER)
    before = facts(book.store)
    with pytest.raises(InvalidValue):
        book.history.undo(added.batch)
    assert facts(book.store) == before


def test_a_custom_field_that_is_undone_and_redone_shows_its_values_again(book: Book) -> None:
    book.custom_fields.add(EntityKind.CONTACT, "plan", FieldKind.TEXT)
    saved = book.contacts.add(contact_draft("Anna", custom={"plan": "gold"}))
    book.history.undo()
    book.history.undo()
    book.history.redo()
    book.history.redo()
    assert book.contacts.card(saved.id).custom == {"plan": "gold"}


def test_the_company_draft_of_an_undone_company_makes_a_new_one(book: Book) -> None:
    first = book.companies.add(company_draft("Ørsted"))
    book.history.undo()
    second = book.companies.add(company_draft("Ørsted"))
    assert second.id > first.id


def test_an_undo_counts_the_records_that_the_command_was_about_and_not_what_came_with_them(book: Book) -> None:
    book.contacts.add(RecordDraft({"first_name": "Anna", "company": "Almeda"}, tags=("vip",)))
    assert book.history.undo().records == 1
    assert book.history.redo().records == 1
