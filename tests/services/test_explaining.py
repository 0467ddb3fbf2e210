"""The ledger of a record in plain words: who, by what, what became different; and the record as of a moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from services.clock import ManualClock
from services.errors import NotFound
from services.importing.service import ImportRequest
from services.open_workspace import OpenWorkspace
from services.records.drafts import RecordDraft, RoleDraft
from services.records.explanations import Told
from services.records.fields import EntityKind, FieldKind
from services.records.ids import Uid
from tests.services.selling import deal_draft, task_draft
from tests.support.workspaces import NOON, activity_draft, contact_draft, email, make_workspace, phone


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


@pytest.fixture
def workspace(tmp_path: Path, clock: ManualClock) -> Iterator[OpenWorkspace]:
    made = make_workspace(tmp_path, clock=clock)
    yield made
    made.close()


def last(workspace: OpenWorkspace, uid: Uid) -> Told:
    return workspace.explaining.story(uid)[-1]


def erase(workspace: OpenWorkspace, uid: Uid) -> None:
    with workspace.store.note() as connection:
        connection.exec_driver_sql("UPDATE change SET personal = NULL WHERE entity_uid = ?", (uid,))
        connection.exec_driver_sql("DELETE FROM entity_salt WHERE entity_uid = ?", (uid,))


def test_a_story_says_who_did_what_when_the_newest_last(workspace: OpenWorkspace, clock: ManualClock) -> None:
    anna = workspace.contacts.add(contact_draft("Anna", "Berg", email("anna@almeda.example"), company="Almeda"))
    clock.advance(timedelta(hours=1))
    workspace.contacts.change(anna.id, RecordDraft({"title": "CTO", "birthday": date(1980, 2, 3), "last_name": "Zhou"}))
    first, second = workspace.explaining.story(anna.uid)

    assert (first.who, first.by, first.changed_at) == ("Rosa Quill", "added by hand (contact)", NOON)
    assert first.sentences[0] == "The contact came into being."
    assert {"Set first name to “Anna”.", "Added email “anna@almeda.example”.", "Added company “Almeda”."} <= set(
        first.sentences
    )
    assert second.changed_at == NOON + timedelta(hours=1)
    assert second.sentences == (
        "Set birthday to 3 February 1980.",
        "Changed last name from “Berg” to “Zhou”.",
        "Set title to “CTO”.",
    )


def test_stages_and_amounts_are_told_by_name_and_in_major_units(workspace: OpenWorkspace) -> None:
    deal = workspace.deals.add(deal_draft("Robots", amount=12_050_050, currency="EUR"))
    workspace.deals.change(deal.id, RecordDraft({"amount": 5000, "currency": "JPY"}))
    assert last(workspace, deal.uid).sentences == ("Changed amount from 120,500.50 EUR to 5,000 JPY.",)

    workspace.deals.win(deal.id)
    assert "Moved from stage “Qualified” to “Won”." in last(workspace, deal.uid).sentences
    assert last(workspace, deal.uid).by == "marked as won (deal)"


def test_links_tags_points_and_custom_values_are_told_by_name(workspace: OpenWorkspace) -> None:
    workspace.custom_fields.add(EntityKind.CONTACT, "newsletter", FieldKind.BOOL)
    anna = workspace.contacts.add(contact_draft("Anna", "Berg", phone("040 123456")))
    workspace.contacts.tag([anna.id], "vip")
    assert last(workspace, anna.uid).sentences == ("Tagged it “vip”.",)
    workspace.contacts.tag([anna.id], "vip", on=False)
    assert last(workspace, anna.uid).sentences == ("Took the tag “vip” off.",)
    workspace.contacts.link_company(anna.id, RoleDraft("Almeda", "CTO", date(2020, 1, 1), None))
    assert last(workspace, anna.uid).sentences == ("Added company “Almeda” (CTO, from 1 January 2020).",)
    workspace.contacts.change(anna.id, contact_draft(custom={"newsletter": True}))
    assert last(workspace, anna.uid).sentences == ("Set newsletter to yes.",)
    point = workspace.contacts.card(anna.id).points[0].uid
    workspace.contacts.mark_point(anna.id, point, bounced=True)
    assert last(workspace, anna.uid).sentences == ("Set bounced of phone “040 123456” to yes.",)

    boris = workspace.contacts.add(contact_draft("Boris"))
    call = workspace.activities.add(activity_draft("Call", contact=anna.uid, type="call"))
    workspace.activities.change(call.id, RecordDraft({"contact": boris.uid.hex()}))
    assert "Changed contact from “Anna Berg” to “Boris”." in last(workspace, call.uid).sentences


def test_the_trash_an_undo_and_a_redo_are_told_as_such(workspace: OpenWorkspace) -> None:
    anna = workspace.contacts.add(contact_draft("Anna"))
    workspace.contacts.delete([anna.id])
    assert last(workspace, anna.uid).sentences == ("Moved to the trash.",)
    workspace.history.undo()
    story = workspace.explaining.story(anna.uid)

    assert [told.undone for told in story] == [False, True, False]
    assert story[-1].by == "undoing: moved to the trash (contact) of 4 May 2026, 12:00"
    assert story[-1].sentences == ("Taken out of the trash.",)
    workspace.history.redo()
    assert last(workspace, anna.uid).by.startswith("doing again: moved to the trash (contact)")


def test_an_import_says_how_many_records_it_brought(workspace: OpenWorkspace, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("first_name,email,company\nAnna,anna@a.example,Almeda\nBoris,boris@b.example,Almeda\n")
    workspace.imports.run(ImportRequest(path=file, entity=EntityKind.CONTACT))
    uid = workspace.contacts.cards([1])[0].uid

    assert last(workspace, uid).by == "import of 2 contacts"


def test_times_are_told_on_the_clock_of_the_reader_and_whole_days_without_one(workspace: OpenWorkspace) -> None:
    workspace.users.change_profile(time_zone="Asia/Tokyo")
    day = workspace.tasks.add(task_draft("Call", date(2026, 5, 6)))
    moment = workspace.tasks.add(task_draft("Meet", datetime(2026, 5, 6, 20, 30, tzinfo=UTC)))

    assert "Set due to 6 May 2026." in last(workspace, day.uid).sentences
    assert "Set due to 7 May 2026, 05:30." in last(workspace, moment.uid).sentences


def test_what_was_erased_is_said_to_be_erased(workspace: OpenWorkspace) -> None:
    anna = workspace.contacts.add(contact_draft("Anna", "Berg", email("anna@a.example"), language="de"))
    workspace.contacts.change(anna.id, RecordDraft({"last_name": "Zhou"}))
    assert not last(workspace, anna.uid).erased
    erase(workspace, anna.uid)
    first, second = workspace.explaining.story(anna.uid)

    assert first.erased
    assert second.erased
    assert "Set language to “de”." in first.sentences
    assert first.sentences[-1] == second.sentences[-1] == "What was personal in this change has been erased."
    assert "Added email (erased)." in first.sentences
    assert "Anna" not in str((first, second))
    standing = workspace.explaining.standing(anna.uid, NOON)
    assert (standing.name, standing.erased, standing.fields["language"]) == ("", True, "de")


def test_a_linked_record_that_is_gone_for_good_is_told_by_its_uid(workspace: OpenWorkspace) -> None:
    anna = workspace.contacts.add(contact_draft("Anna"))
    call = workspace.activities.add(activity_draft("Call", contact=anna.uid, type="call"))
    with workspace.store.note() as connection:
        connection.exec_driver_sql("UPDATE activity SET contact_id = NULL")
        for table in ("contact_point", "contact_tag", "contact_company"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        connection.exec_driver_sql("DELETE FROM contact")

    assert f"Set contact to a contact without a name ({anna.uid.hex()[:12]})." in last(workspace, call.uid).sentences


def test_a_record_is_shown_as_it_stood_with_names_for_its_links(workspace: OpenWorkspace, clock: ManualClock) -> None:
    workspace.custom_fields.add(EntityKind.CONTACT, "segment", FieldKind.TEXT)
    draft = contact_draft(
        "Anna", "Berg", email("anna@a.example"), company="Almeda", tags=("vip",), custom={"segment": "mid"}
    )
    anna = workspace.contacts.add(draft)
    clock.advance(timedelta(days=1))
    workspace.contacts.change(anna.id, contact_draft("Anja", custom={"segment": "large"}))
    workspace.contacts.delete([anna.id])
    then = workspace.explaining.standing(anna.uid, NOON + timedelta(hours=1))
    now = workspace.explaining.standing(anna.uid, NOON + timedelta(days=2))

    assert (then.entity, then.name, then.in_trash) == (EntityKind.CONTACT, "Anna Berg", False)
    assert then.fields["company"] == "Almeda"
    assert then.fields["owner"] == "Rosa Quill"
    assert then.fields["tags"] == ["vip"]
    assert then.fields["email"] == ["anna@a.example"]
    assert then.fields["custom.segment"] == "mid"
    assert (now.name, now.in_trash, now.fields["custom.segment"]) == ("Anja Berg", True, "large")
    with pytest.raises(NotFound):
        workspace.explaining.standing(anna.uid, NOON - timedelta(seconds=1))


def test_money_and_days_of_a_standing_record_are_as_people_write_them(workspace: OpenWorkspace) -> None:
    deal = workspace.deals.add(
        deal_draft("Robots", amount=12_050_050, currency="EUR", expected_close=date(2026, 6, 1), company="Almeda")
    )
    task = workspace.tasks.add(task_draft("Call", date(2026, 5, 6)))
    fields = workspace.explaining.standing(deal.uid, NOON).fields

    assert (fields["amount"], fields["stage"], fields["pipeline"]) == (120500.5, "Qualified", "Sales")
    assert fields["expected_close"] == date(2026, 6, 1)
    assert workspace.explaining.standing(task.uid, NOON).fields["due_at"] == date(2026, 5, 6)


def test_a_record_of_any_kind_is_found_by_the_beginning_of_its_uid(workspace: OpenWorkspace) -> None:
    anna = workspace.contacts.add(contact_draft("Anna", tags=("vip",)))
    task = workspace.tasks.add(task_draft("Call"))

    assert workspace.explaining.find(anna.uid.hex()) == (EntityKind.CONTACT, anna.uid)
    assert workspace.explaining.find(task.uid.hex().upper()) == (EntityKind.TASK, task.uid)
    for text in ("", "01", "zz", "f" * 32, "0" * 33, "%"):
        with pytest.raises(NotFound):
            workspace.explaining.find(text)
    with pytest.raises(NotFound):
        workspace.explaining.story(Uid(bytes(16)))


def test_every_record_of_a_workspace_can_be_told_and_shown(workspace: OpenWorkspace) -> None:
    from tests.services.test_querying import fill

    fill(workspace)
    with workspace.store.read() as connection:
        uids = [Uid(row[0]) for row in connection.exec_driver_sql("SELECT DISTINCT entity_uid FROM change")]
    kinds = set()
    for uid in uids:
        story = workspace.explaining.story(uid)
        kinds.add(workspace.explaining.standing(uid, NOON).entity)
        assert all(told.sentences and told.by and told.who for told in story)

    assert len(uids) > 15
    assert {EntityKind.TAG, EntityKind.STAGE, EntityKind.EVENT, EntityKind.SETTING, EntityKind.USER} <= kinds
