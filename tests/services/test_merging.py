"""What a merge takes of two records, what moves with them, and that its undo parts them again at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from services.clock import ManualClock
from services.errors import InvalidValue, NotFound
from services.merging import groups_of
from services.open_workspace import OpenWorkspace
from services.records.drafts import PointDraft, PointKind, RecordDraft, RoleDraft
from services.records.duplicates import MergeReason, Side
from services.records.fields import EntityKind, FieldKind
from services.records.people import RecordCard, Saved
from services.values.points import address_point
from tests.services.merged_books import documents
from tests.support.workspaces import (
    NOON,
    activity_draft,
    company_draft,
    contact_draft,
    email,
    make_workspace,
    phone,
)

CONTACT, COMPANY = EntityKind.CONTACT, EntityKind.COMPANY


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands at noon until it is moved."""
    return ManualClock(NOON)


@pytest.fixture
def book(tmp_path: Path, clock: ManualClock) -> Iterator[OpenWorkspace]:
    """A new workspace with every service."""
    workspace = make_workspace(tmp_path, clock=clock)
    yield workspace
    workspace.close()


def zhou(book: OpenWorkspace) -> tuple[Saved, Saved]:
    """Mei-Lin Zhou by hand, and M. Zhou as a fair's list has her."""
    keep = book.contacts.add(
        contact_draft(
            "Mei-Lin",
            "Zhou",
            email("mei-lin.zhou@stellhorn.example"),
            phone("+49 171 5550138"),
            tags=("Key account", "Panels"),
            company="Stellhorn Elektrik",
            title="Plant Manager",
            notes="Met in Hamburg.",
        )
    )
    other = book.contacts.add(
        contact_draft(
            "M.",
            "Zhou",
            email("m.zhou@stellhorn.example"),
            phone("+49 171 5550138"),
            phone("+49 40 55501900"),
            tags=("Hamburg fair",),
            company="Stellhorn Elektrik",
            birthday=date(1986, 5, 9),
            notes="Wants panels.",
        )
    )
    return keep, other


def edit(book: OpenWorkspace, entity: EntityKind, local_id: int, change: Callable[[dict[str, Any]], object]) -> None:
    """Change a document directly: for what has no verb of its own."""
    with book.store.write("edit", "test.edit") as unit:
        unit.edit(entity, local_id, lambda document: (change(document), None)[1])


def key(book: OpenWorkspace) -> str:
    """The key of a new element."""
    with book.store.write("edit", "test.key") as unit:
        return unit.uids.new().hex()


def card(book: OpenWorkspace, local_id: int) -> RecordCard:
    return book.contacts.card(local_id)


def points(found: RecordCard, kind: PointKind) -> list[tuple[str, bool]]:
    return [(point.normal, point.is_primary) for point in found.points if point.kind is kind]


def test_a_merge_takes_the_fuller_value_and_keeps_both_where_both_fit(book: OpenWorkspace) -> None:
    keep, other = zhou(book)
    book.merging.merge(CONTACT, keep.id, other.id)
    merged = card(book, keep.id)
    assert (merged.name, merged.fields["title"], merged.fields["birthday"]) == (
        "Mei-Lin Zhou",
        "Plant Manager",
        date(1986, 5, 9),
    )
    assert points(merged, PointKind.EMAIL) == [
        ("mei-lin.zhou@stellhorn.example", True),
        ("m.zhou@stellhorn.example", False),
    ]
    assert points(merged, PointKind.PHONE) == [("+491715550138", True), ("+494055501900", False)]
    assert merged.tags == ("Hamburg fair", "Key account", "Panels")
    assert merged.fields["notes"] == "Met in Hamburg.\n\nWants panels."
    assert [role.company_name for role in merged.roles] == ["Stellhorn Elektrik"]


def test_the_other_record_is_in_the_trash_and_says_where_it_went(book: OpenWorkspace) -> None:
    keep, other = zhou(book)
    saved = book.merging.merge(CONTACT, keep.id, other.id)
    gone = card(book, other.id)
    assert gone.deleted_at == NOON
    assert [(link.field, link.uid) for link in gone.links if link.field == "merged_into"] == [("merged_into", keep.uid)]
    assert book.history.batches(limit=1)[0].kind == "merge"
    assert saved.uid == keep.uid


def test_the_newer_value_is_taken_where_none_is_fuller(book: OpenWorkspace) -> None:
    keep, other = zhou(book)
    book.contacts.change(other.id, contact_draft(title="Werksleiterin"))
    fields = {field.name: field for field in book.merging.preview(CONTACT, keep.id, other.id).fields}
    assert fields["title"].suggested is Side.OTHER
    book.contacts.change(keep.id, contact_draft(title="Plant Director"))
    fields = {field.name: field for field in book.merging.preview(CONTACT, keep.id, other.id).fields}
    assert fields["title"].suggested is Side.KEEP
    assert (fields["name"].keep, fields["name"].other, fields["name"].suggested) == ("Mei-Lin Zhou", "M. Zhou", "keep")


def test_of_two_values_that_came_in_together_none_is_newer(book: OpenWorkspace) -> None:
    with book.store.write("import", "test.import") as unit:
        ids = [
            unit.create(CONTACT, {**unit.blank(CONTACT), "last_name": "Zhou", "title": title})[0]
            for title in ("Plant Manager", "Werksleiterin")
        ]
    fields = {field.name: field for field in book.merging.preview(CONTACT, *ids).fields}
    assert (fields["title"].suggested, fields["title"].reason) == (Side.KEEP, MergeReason.STAYS)


def test_the_preview_tells_an_address_whole_and_the_day_of_an_own_field_as_a_day(book: OpenWorkspace) -> None:
    keep, other = zhou(book)
    for saved, postal_code in ((keep, "20457"), (other, "")):
        found = address_point(street="Kanalweg 8", city="Hamburg", country="DE", postal_code=postal_code)
        assert found is not None
        book.contacts.change(saved.id, RecordDraft(points=(found,)))
    book.custom_fields.add(CONTACT, "contract_end", FieldKind.DATE)
    book.contacts.change(keep.id, RecordDraft(custom={"contract_end": date(2027, 1, 31)}))
    fields = {field.name: field for field in book.merging.preview(CONTACT, keep.id, other.id).fields}
    assert [str(one) for one in (*fields["address"].keep, *fields["address"].other)] == [
        "Kanalweg 8, 20457 Hamburg, DE",
        "Kanalweg 8, Hamburg, DE",
    ]
    assert fields["custom.contract_end"].keep == date(2027, 1, 31)


def test_what_reaches_both_is_told_as_the_record_that_stays_writes_it(book: OpenWorkspace) -> None:
    keep = book.contacts.add(contact_draft("Anna", "Berg", PointDraft(PointKind.PHONE, "+49 40 1", "+49401")))
    other = book.contacts.add(contact_draft("Anna", "Berg", PointDraft(PointKind.PHONE, "040 1", "+49401")))
    fields = {field.name: field for field in book.merging.preview(CONTACT, keep.id, other.id).fields}
    assert fields["phone"].keep == fields["phone"].other == ("+49 40 1",)


def test_a_choice_overrides_what_is_suggested(book: OpenWorkspace) -> None:
    keep, other = zhou(book)
    choices = {"name": Side.OTHER, "email": Side.OTHER, "tags": Side.KEEP, "notes": Side.OTHER, "birthday": Side.KEEP}
    book.merging.merge(CONTACT, keep.id, other.id, choices)
    merged = card(book, keep.id)
    assert merged.name == "M. Zhou"
    assert points(merged, PointKind.EMAIL) == [("m.zhou@stellhorn.example", True)]
    assert (merged.tags, merged.fields["notes"], merged.fields["birthday"]) == (
        ("Key account", "Panels"),
        "Wants panels.",
        None,
    )


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"shoe_size": Side.OTHER}, "no field"),
        ({"title": Side.BOTH}, "Only one value"),
        ({"do_not_contact": Side.KEEP}, "cannot be chosen"),
        ({"consent.email": Side.KEEP}, "cannot be chosen"),
    ],
)
def test_a_choice_that_cannot_be_made_is_refused_and_nothing_changes(
    choices: dict[str, Side], words: str, book: OpenWorkspace
) -> None:
    keep, other = zhou(book)
    _consent(book, keep.id, "granted", 1)
    before = documents(book.store)
    with pytest.raises(InvalidValue, match=words):
        book.merging.merge(CONTACT, keep.id, other.id, choices)
    assert documents(book.store) == before


def _consent(book: OpenWorkspace, local_id: int, state: str, decided_at: int) -> None:
    element = {"channel": "email", "state": state, "basis": "consent", "decided_at": decided_at, "proof": None}
    new = key(book)
    edit(book, CONTACT, local_id, lambda document: document["consents"].update({new: element}))


@pytest.mark.parametrize(
    ("mine", "other", "expected"),
    [
        (["granted"], ["withdrawn"], "withdrawn"),
        (["withdrawn"], ["granted"], "withdrawn"),
        (["withdrawn", "granted"], ["granted"], "granted"),
        (["granted"], ["withdrawn", "granted"], "granted"),
        ([], ["withdrawn"], "withdrawn"),
        ([], ["granted"], "granted"),
        (["granted"], [], "granted"),
    ],
)
def test_of_two_answers_about_consent_the_stricter_wins_by_what_each_said_last(
    mine: list[str], other: list[str], expected: str, book: OpenWorkspace
) -> None:
    keep, going = zhou(book)
    for saved, states in ((keep, mine), (going, other)):
        for number, state in enumerate(states):
            _consent(book, saved.id, state, 1000 + number)
    fields = {field.name: field for field in book.merging.preview(CONTACT, keep.id, going.id).fields}
    assert fields["consent.email"].locked
    book.merging.merge(CONTACT, keep.id, going.id)
    latest = max(card(book, keep.id).consents, key=lambda consent: consent.decided_at or NOON)
    assert latest.state == expected


@pytest.mark.parametrize(("mine", "other"), [(True, None), (None, True), (True, False), (False, True)])
def test_who_is_not_to_be_contacted_on_one_record_is_not_on_the_result(
    mine: bool | None, other: bool | None, book: OpenWorkspace
) -> None:
    keep, going = zhou(book)
    book.contacts.change(keep.id, contact_draft(do_not_contact=mine))
    book.contacts.change(going.id, contact_draft(do_not_contact=other))
    book.merging.merge(CONTACT, keep.id, going.id)
    assert card(book, keep.id).fields["do_not_contact"] is True


@pytest.fixture
def full(book: OpenWorkspace) -> tuple[Saved, Saved]:
    """Two contacts with everything that can hang on one, on each or on both."""
    keep, other = zhou(book)
    boss = book.contacts.add(contact_draft("Lukas", "Stellhorn"))
    named = [keep.uid.hex(), other.uid.hex()]
    for number, contact in enumerate((keep, other)):
        book.activities.add(activity_draft(f"Call {number}", contact=contact.uid))
        book.tasks.add(RecordDraft({"title": f"Task {number}", "contact": contact.uid.hex()}))
    together = book.activities.add(activity_draft("Fair", contact=boss.uid))
    at_work = book.activities.add(activity_draft("Visit", contact=keep.uid))
    trashed = book.activities.add(activity_draft("Wrong number", contact=other.uid))
    book.activities.delete([trashed.id])
    edit(book, EntityKind.ACTIVITY, together.id, lambda d: d["participants"].update({uid: {} for uid in named}))
    edit(book, EntityKind.ACTIVITY, at_work.id, lambda d: d["participants"].update({named[1]: {}}))
    for title, people in (("Panels", [other]), ("Inspection", [keep, other])):
        deal = book.deals.add(RecordDraft({"title": title}))
        for person in people:
            book.deals.set_person(deal.id, person.id, role="champion" if person is other else "")
    with book.store.write("edit", "test.more") as unit:
        event = {"title": "Tour", "starts_at": 1, "all_day": 0, "status": "confirmed", "sequence": 0}
        attendees = {
            unit.uids.new().hex(): {
                "contact": uid,
                "email": f"{n}@x.example",
                "name": None,
                "response": None,
                "role": None,
                "is_organizer": 0,
            }
            for n, uid in enumerate(named)
        }
        unit.create(
            EntityKind.EVENT,
            {**unit.blank(EntityKind.EVENT), **event, "contact": other.uid.hex(), "attendees": attendees},
        )
        file = {"name": "offer.pdf", "size": 3, "digest": "d", "contact": other.uid.hex()}
        unit.create(EntityKind.FILE, {**unit.blank(EntityKind.FILE), **file})
        lead = {"name": "M. Zhou", "status": "converted", "converted_contact": other.uid.hex()}
        unit.create(EntityKind.LEAD, {**unit.blank(EntityKind.LEAD), **lead})
        relation = {"kind": "reports_to", "note": None}
        new = unit.uids.new
        unit.edit(
            CONTACT,
            other.id,
            lambda d: d["relations"].update(
                {
                    new().hex(): {**relation, "other": boss.uid.hex()},
                    new().hex(): {**relation, "kind": "colleague", "other": keep.uid.hex()},
                }
            ),
        )
        unit.edit(
            CONTACT,
            boss.id,
            lambda d: d["relations"].update({new().hex(): {**relation, "kind": "colleague", "other": named[1]}}),
        )
        unit.edit(
            CONTACT,
            keep.id,
            lambda d: d["relations"].update({new().hex(): {**relation, "kind": "other", "other": named[1]}}),
        )
    return keep, other


def test_everything_that_hangs_on_the_other_record_moves(book: OpenWorkspace, full: tuple[Saved, Saved]) -> None:
    keep, other = full
    counted = {move.kind: move for move in book.merging.preview(CONTACT, keep.id, other.id).moves}
    told = {kind: (move.keep, move.other, move.result) for kind, move in counted.items()}
    assert told == {
        "timeline": (3, 3, 4),
        "deals": (1, 2, 2),
        "tasks": (1, 1, 2),
        "events": (1, 1, 1),
        "files": (0, 1, 1),
        "leads": (0, 1, 1),
        "relations": (1, 2, 1),
    }
    book.merging.merge(CONTACT, keep.id, other.id)
    with book.store.read() as connection:
        for table, column in (
            ("activity", "contact_id"),
            ("activity_contact", "contact_id"),
            ("deal", "contact_id"),
            ("deal_contact", "contact_id"),
            ("task", "contact_id"),
            ("event", "contact_id"),
            ("event_attendee", "contact_id"),
            ("file", "contact_id"),
            ("lead", "converted_contact_id"),
        ):
            sql = f"SELECT count(*) FROM {table} WHERE {column} = ?"
            assert connection.exec_driver_sql(sql, (other.id,)).scalar() == 0, table
        sql = "SELECT count(*) FROM contact_relation x WHERE x.other_id = ? AND x.contact_id != ?"
        assert connection.exec_driver_sql(sql, (other.id, other.id)).scalar() == 0
    merged = card(book, keep.id)
    assert [(relation.kind, relation.other) for relation in merged.relations] == [("reports_to", "Lukas Stellhorn")]
    assert book.history.verify(full=True) == []


def test_nobody_stands_twice_in_a_deal_or_beside_himself_in_an_activity(
    book: OpenWorkspace, full: tuple[Saved, Saved]
) -> None:
    keep, other = full
    book.merging.merge(CONTACT, keep.id, other.id)
    people = {found.name: found.people for found in book.deals.cards([1, 2])}
    assert [(p.contact_id, p.role, p.is_primary) for p in people["Inspection"]] == [(keep.id, "champion", True)]
    with book.store.read() as connection:
        sql = (
            "SELECT count(*) FROM activity_contact x JOIN activity t ON t.id = x.activity_id "
            "WHERE x.contact_id = t.contact_id"
        )
        assert connection.exec_driver_sql(sql).scalar() == 0


def test_the_undo_of_a_merge_puts_every_record_back(book: OpenWorkspace, full: tuple[Saved, Saved]) -> None:
    keep, other = full
    before = documents(book.store)
    saved = book.merging.merge(CONTACT, keep.id, other.id)
    assert documents(book.store) != before
    outcome = book.history.undo(saved.batch)
    assert outcome.left_alone == ()
    assert documents(book.store) == before
    book.history.redo()
    assert card(book, other.id).deleted_at is not None
    assert book.history.verify(full=True) == []


def test_an_undo_long_after_leaves_what_was_edited_since_and_says_so(
    book: OpenWorkspace, full: tuple[Saved, Saved], clock: ManualClock
) -> None:
    keep, other = full
    saved = book.merging.merge(CONTACT, keep.id, other.id)
    clock.advance(timedelta(days=400))
    book.contacts.change(keep.id, contact_draft(birthday=date(1987, 1, 1), title="Director"))
    book.contacts.change(keep.id, RecordDraft(points=(email("mei-lin.zhou@stellhorn.example"), email("new@z.example"))))
    added = book.activities.add(activity_draft("Later", contact=keep.uid))
    outcome = book.history.undo(saved.batch)
    assert [(left.uid, left.field, left.why) for left in outcome.left_alone] == [
        (keep.uid, "birthday", "changed since")
    ]
    parted, back = card(book, keep.id), card(book, other.id)
    assert (parted.fields["birthday"], parted.fields["title"]) == (date(1987, 1, 1), "Director")
    assert [normal for normal, _ in points(parted, PointKind.EMAIL)] == [
        "mei-lin.zhou@stellhorn.example",
        "new@z.example",
    ]
    assert back.deleted_at is None
    assert points(back, PointKind.EMAIL) == [("m.zhou@stellhorn.example", True)]
    assert book.activities.card(added.id).fields["contact"] == "Mei-Lin Zhou"
    assert book.history.verify(full=True) == []


def test_an_undo_after_the_kept_record_was_deleted_brings_the_other_back(
    book: OpenWorkspace, full: tuple[Saved, Saved]
) -> None:
    keep, other = full
    saved = book.merging.merge(CONTACT, keep.id, other.id)
    book.contacts.delete([keep.id])
    outcome = book.history.undo(saved.batch)
    assert outcome.left_alone == ()
    assert card(book, keep.id).deleted_at is not None
    assert card(book, other.id).deleted_at is None


def test_an_undo_says_what_was_moved_on_or_taken_away_since(book: OpenWorkspace, full: tuple[Saved, Saved]) -> None:
    keep, other = full
    third = book.contacts.add(contact_draft("Tara", "Third"))
    saved = book.merging.merge(CONTACT, keep.id, other.id)
    task = next(found for found in book.tasks.cards([1, 2]) if found.fields["title"] == "Task 1")
    book.tasks.change(task.id, RecordDraft({"contact": third.uid.hex()}))
    gone = next(point for point in card(book, keep.id).points if point.normal == "m.zhou@stellhorn.example")
    edit(book, CONTACT, keep.id, lambda document: document["points"].pop(gone.uid.hex()))
    outcome = book.history.undo(saved.batch)
    told = {(left.entity, left.field) for left in outcome.left_alone}
    assert told == {(EntityKind.TASK, "contact"), (CONTACT, f"points/{gone.uid.hex()}")}
    assert {left.why for left in outcome.left_alone} == {"changed since"}
    assert points(card(book, other.id), PointKind.EMAIL) == [("m.zhou@stellhorn.example", True)]
    assert book.history.verify(full=True) == []


def test_an_undo_leaves_a_record_that_was_taken_out_of_the_trash_since(book: OpenWorkspace) -> None:
    keep, other = zhou(book)
    saved = book.merging.merge(CONTACT, keep.id, other.id)
    book.contacts.restore([other.id])
    outcome = book.history.undo(saved.batch)
    assert [(left.uid, left.field) for left in outcome.left_alone] == [(other.uid, "deleted_at")]
    assert card(book, other.id).deleted_at is None


# --- Companies ----------------------------------------------------------------------------------------------


@pytest.fixture
def firms(book: OpenWorkspace) -> tuple[Saved, Saved]:
    """Two companies with people, deals, a child and a parent."""
    keep = book.companies.add(
        company_draft("Stellhorn Elektrik GmbH", phone("+49 40 5550100"), domain="stellhorn.example", tags=("Key",))
    )
    group = book.companies.add(company_draft("Stellhorn Group"))
    other = book.companies.add(company_draft("Stellhorn", domain="stellhorn.test", industry="Electrics"))
    child = book.companies.add(company_draft("Stellhorn Service"))
    edit(book, COMPANY, other.id, lambda document: document.update(parent=group.uid.hex()))
    edit(book, COMPANY, child.id, lambda document: document.update(parent=other.uid.hex()))
    zara = book.contacts.add(contact_draft("Zara", "Zhou", company=other.uid.hex()))
    both = book.contacts.add(contact_draft("Both", "Sides", company=keep.uid.hex()))
    book.contacts.link_company(both.id, RoleDraft(other.uid.hex()))
    book.deals.add(RecordDraft({"title": "Panels", "company": other.uid.hex()}))
    book.activities.add(activity_draft("Visit", company=other.uid))
    book.tasks.add(RecordDraft({"title": "Call", "company": other.uid.hex()}))
    assert zara.id
    return keep, other


def test_a_merge_of_companies_moves_people_deals_and_subsidiaries(
    book: OpenWorkspace, firms: tuple[Saved, Saved]
) -> None:
    keep, other = firms
    before = documents(book.store)
    counted = {move.kind: (move.keep, move.other, move.result) for move in _moves(book, firms)}
    assert counted["contacts"] == (1, 2, 2)
    assert counted["subsidiaries"] == (0, 1, 1)
    saved = book.merging.merge(COMPANY, keep.id, other.id)
    merged = book.companies.card(keep.id)
    assert merged.domains == ("stellhorn.example", "stellhorn.test")
    assert merged.fields["industry"] == "Electrics"
    assert [link.name for link in merged.links if link.field == "parent"] == ["Stellhorn Group"]
    assert [[role.company_id for role in found.roles] for found in book.contacts.cards([1, 2])] == [[keep.id]] * 2
    assert book.deals.card(1).fields["company"] == "Stellhorn Elektrik GmbH"
    assert [link.id for link in book.companies.card(4).links if link.field == "parent"] == [keep.id]
    found = [hit.title for hit in book.search.search("zara elektrik").hits]
    assert found == ["Zara Zhou"]
    assert book.history.verify(full=True) == []
    assert book.history.undo(saved.batch).left_alone == ()
    assert documents(book.store) == before


def _moves(book: OpenWorkspace, pair: tuple[Saved, Saved]) -> Any:
    return book.merging.preview(COMPANY, pair[0].id, pair[1].id).moves


def _set_parent(uid: str, document: dict[str, Any]) -> None:
    document["parent"] = uid


@pytest.mark.parametrize("chain", [("keep", "other"), ("other", "keep"), ("keep", "mid", "other")])
def test_a_company_never_comes_to_stand_above_itself(chain: tuple[str, ...], book: OpenWorkspace) -> None:
    firms = {name: book.companies.add(company_draft(f"Firm {name}")) for name in ("keep", "mid", "other")}
    for below, above in pairwise(chain):
        uid = firms[above].uid.hex()
        edit(book, COMPANY, firms[below].id, partial(_set_parent, uid))
    before = documents(book.store)
    book.merging.merge(COMPANY, firms["keep"].id, firms["other"].id)
    parents = [link for link in book.companies.card(firms["keep"].id).links if link.field == "parent"]
    assert parents == []
    assert book.history.verify(full=True) == []
    assert book.history.undo().left_alone == ()
    assert documents(book.store) == before


# --- Many, and refusals -------------------------------------------------------------------------------------


def test_many_pairs_are_one_batch_even_where_they_share_records(book: OpenWorkspace) -> None:
    ids = [book.contacts.add(contact_draft("Anna", f"Berg {n}", email(f"a{n}@x.example"))).id for n in range(6)]
    before = documents(book.store)
    saved = book.merging.merge_many(CONTACT, [(ids[0], ids[1]), (ids[1], ids[2]), (ids[3], ids[4]), (ids[5], ids[3])])
    assert saved.id == ids[0]
    living = [local_id for local_id in ids if card(book, local_id).deleted_at is None]
    assert living == [ids[0], ids[5]]
    assert len(points(card(book, ids[0]), PointKind.EMAIL)) == 3
    assert sum(primary for _, primary in points(card(book, ids[5]), PointKind.EMAIL)) == 1
    assert book.history.verify(full=True) == []
    book.history.undo(saved.batch)
    assert documents(book.store) == before


def test_the_plan_of_many_pairs_tells_who_stays_and_what_is_left_behind(book: OpenWorkspace) -> None:
    keep, other = zhou(book)
    book.contacts.change(other.id, contact_draft(title="Werksleiterin"))
    third = book.contacts.add(contact_draft("Anna", "Berg"))
    before = documents(book.store)
    plan = book.merging.plan(CONTACT, [(keep.id, other.id), (other.id, third.id)])
    assert [(one.keep.id, one.other.id, one.conflicts) for one in plan.merges] == [
        (keep.id, other.id, ("name", "title")),
        (other.id, third.id, ("name",)),
    ]
    assert (plan.conflicts, plan.remaining, plan.ends) == (3, 1, frozenset((other.id, third.id)))
    assert documents(book.store) == before
    with pytest.raises(NotFound):
        book.merging.plan(CONTACT, [(keep.id, 999)])


def test_pairs_that_share_records_become_groups_around_what_stays() -> None:
    found = {group.keep: set(group.others) for group in groups_of([(1, 2), (2, 3), (4, 1), (5, 6), (1, 4)])}
    assert found == {4: {1, 2, 3}, 5: {6}}


def test_a_record_is_not_merged_with_itself_with_none_or_with_one_in_the_trash(book: OpenWorkspace) -> None:
    keep, other = zhou(book)
    with pytest.raises(InvalidValue, match="one record"):
        book.merging.merge(CONTACT, keep.id, keep.id)
    with pytest.raises(NotFound):
        book.merging.merge(CONTACT, keep.id, 999)
    with pytest.raises(InvalidValue, match="cannot be merged"):
        book.merging.merge(EntityKind.DEAL, keep.id, other.id)
    with pytest.raises(InvalidValue, match="Nothing is selected"):
        book.merging.merge_many(CONTACT, [])
    book.contacts.delete([other.id])
    with pytest.raises(InvalidValue, match="trash"):
        book.merging.merge(CONTACT, keep.id, other.id)
    with pytest.raises(InvalidValue, match="trash"):
        book.merging.preview(CONTACT, keep.id, other.id)
