"""A line becomes records in one batch: one undo takes all of them back, and the file stays whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from services.capture import editing
from services.clock import ManualClock
from services.errors import InvalidValue, NotAllowed
from services.open_workspace import OpenWorkspace
from services.records.capture import Captured, CaptureSaved, Part, PartKind
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from services.records.people import RecordCard, Role
from services.store.queries.listing import ListRequest
from tests.services.capture.corpus import fill
from tests.support.table_dumps import Dump, everything
from tests.support.workspaces import make_workspace

WEDNESDAY = datetime(2026, 3, 11, 8, 30, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[OpenWorkspace]:
    """The workspace of the lines, at half past nine in Berlin."""
    workspace = make_workspace(tmp_path, clock=ManualClock(WEDNESDAY))
    workspace.users.change_profile(time_zone="Europe/Berlin", region="DE")
    fill(workspace)
    yield workspace
    assert workspace.history.verify(full=True) == []
    workspace.close()


def save(workspace: OpenWorkspace, line: str) -> CaptureSaved:
    """Read a line and save it."""
    return workspace.capture.save(workspace.capture.read(line))


def kinds(saved: CaptureSaved) -> list[str]:
    """What was made or changed."""
    return [f"{one.change} {one.entity}" for one in saved.records]


def test_the_line_of_the_design_makes_a_deal_and_a_task_that_belong_together(workspace: OpenWorkspace) -> None:
    captured = workspace.capture.read("Call Anna Acme 30k next Tue 10 #renewal")
    plan = workspace.capture.plan(captured)
    assert (plan.words, plan.problem) == ("1 deal and 1 task", "")
    saved = workspace.capture.save(captured)
    deal, task = saved.records
    (row,) = workspace.tasks.rows([task.id])
    assert (row.title, row.contact, row.company, row.deal_id) == (
        "Call Anna Acme 30k",
        "Anna Kowalska",
        "Acme",
        deal.id,
    )
    assert row.due_at == row.remind_at == datetime(2026, 3, 17, 9, tzinfo=UTC)
    (sold,) = workspace.deals.rows([deal.id])
    assert (sold.amount, sold.currency, sold.company, sold.contact) == (3_000_000, "EUR", "Acme", "Anna Kowalska")
    assert workspace.tasks.card(task.id).tags == workspace.deals.card(deal.id).tags == ("renewal",)


LINES = [
    ("Call Bill tomorrow", ["create task"]),
    ("Called Sue, she wants a new quote", ["create activity"]),
    ("Lunch with Bill tomorrow 12:30", ["create event"]),
    ("Lunch with Bill tomorrow", ["create task"]),
    ("Note: Petra prefers calls in the morning", ["create activity"]),
    ("Acme renewal 2026 now 45k", ["change deal"]),
    ("Acme €30k", ["create deal"]),
    ("Met Nadia Petrov from Solarwerk GmbH", ["create company", "create contact", "create activity"]),
    (
        "New contact: Nadia Petrov, Solarwerk GmbH, nadia.petrov@solarwerk.example",
        ["create company", "create contact"],
    ),
    ("Bill neue Nummer 089/99998-123", ["change contact", "create activity"]),
    ("Besuch bei Straßer Metallbau war gut, wollen 15k ausgeben #gut", ["create deal", "create activity"]),
    ("Call Petra every Monday at 9", ["create task"]),
]


@pytest.mark.parametrize(("line", "made"), LINES, ids=[line for line, _ in LINES])
def test_one_undo_takes_everything_back(line: str, made: list[str], workspace: OpenWorkspace) -> None:
    before = living(workspace)
    saved = save(workspace, line)
    assert kinds(saved) == made
    assert living(workspace) != before
    outcome = workspace.history.undo(saved.batch)
    assert outcome.left_alone == ()
    assert living(workspace) == before


def living(workspace: OpenWorkspace) -> dict[str, object]:
    """Every living record of every kind that capture makes, with its values."""
    services: dict[str, Any] = {
        "contacts": workspace.contacts,
        "companies": workspace.companies,
        "deals": workspace.deals,
        "tasks": workspace.tasks,
        "events": workspace.calendar,
        "activities": workspace.activities,
    }
    return {
        name: [
            (card.uid, sorted((key, str(value)) for key, value in card.fields.items()), _numbers(card))
            for card in service.cards(service.ids(ListRequest(sort="created")))
        ]
        for name, service in services.items()
    }


def _numbers(card: RecordCard) -> list[str]:
    return sorted(point.normal for point in card.points)


@pytest.mark.parametrize(("line", "_made"), LINES, ids=[line for line, _ in LINES])
def test_the_plan_says_what_saving_makes(line: str, _made: list[str], workspace: OpenWorkspace) -> None:
    captured = workspace.capture.read(line)
    plan = workspace.capture.plan(captured)
    saved = workspace.capture.save(captured)
    assert [(one.change, one.entity, one.title) for one in plan.records] == [
        (one.change, one.entity, one.title) for one in saved.records
    ]


def test_a_plan_writes_nothing(workspace: OpenWorkspace) -> None:
    before: Dump = everything(workspace.store)
    workspace.capture.plan(workspace.capture.read("Call Anna Acme 30k next Tue 10 #renewal"))
    assert everything(workspace.store) == before


def test_a_call_that_was_made_stands_on_the_timeline_when_it_was_made(workspace: OpenWorkspace) -> None:
    (made,) = save(workspace, "Called Bill yesterday at 4 about the pump").records
    (row,) = workspace.activities.rows([made.id])
    assert (row.type, row.occurred_at) == ("call", datetime(2026, 3, 10, 15, tzinfo=UTC))
    assert row.subject == "Called Bill about the pump"


def test_a_meeting_is_in_the_calendar_with_those_who_come(workspace: OpenWorkspace) -> None:
    (made,) = save(workspace, "Meeting with Claire and Dom Friday 10-11:30").records
    (row,) = workspace.calendar.rows([made.id])
    assert (row.starts_at, row.ends_at) == (
        datetime(2026, 3, 13, 9, tzinfo=UTC),
        datetime(2026, 3, 13, 10, 30, tzinfo=UTC),
    )
    assert sorted(person.email for person in row.attendees) == ["claire@marchsons.example", "dom@marchsons.example"]


def test_a_day_without_a_time_is_a_whole_day_with_a_reminder_in_the_morning(workspace: OpenWorkspace) -> None:
    (made,) = save(workspace, "Send NDA to Claire on Friday !").records
    (row,) = workspace.tasks.rows([made.id])
    assert (row.due_on, row.remind_at) == (date(2026, 3, 13), datetime(2026, 3, 13, 8, tzinfo=UTC))
    assert (row.title, row.priority) == ("Send NDA to Claire", "high")


def test_an_amount_goes_to_the_deal_that_is_named(workspace: OpenWorkspace) -> None:
    saved = save(workspace, "Acme renewal 2026 now 45k")
    (row,) = workspace.deals.rows([saved.records[0].id])
    assert (row.title, row.amount) == ("Acme renewal 2026", 4_500_000)


def test_the_only_open_deal_of_a_company_is_offered_and_taken_by_a_click(workspace: OpenWorkspace) -> None:
    captured = workspace.capture.read("Call Bill Acme 30k tomorrow")
    plan = workspace.capture.plan(captured)
    assert plan.instead is not None
    assert (plan.instead.name, plan.instead.amount) == ("Acme renewal 2026", 3_000_000)
    taken = editing.added(captured, Part(PartKind.DEAL, plan.instead))
    assert workspace.capture.plan(taken).words == "1 task and 1 deal changed"
    workspace.deals.add(RecordDraft({"title": "Second", "company": "Acme"}))
    assert workspace.capture.plan(workspace.capture.read("Call Bill Acme 30k tomorrow")).instead is None


def test_a_new_person_has_the_company_the_address_and_the_number_of_the_line(workspace: OpenWorkspace) -> None:
    saved = save(workspace, "New contact: Nadia Petrov, Solarwerk GmbH, nadia@solarwerk.example, +44 20 7946 0990")
    person = next(one for one in saved.records if one.entity is EntityKind.CONTACT)
    card = workspace.contacts.card(person.id)
    assert card.name == "Nadia Petrov"
    assert {point.normal for point in card.points} == {"nadia@solarwerk.example", "+442079460990"}
    assert workspace.contacts.rows([person.id])[0].company == "Solarwerk GmbH"


def test_a_name_of_two_people_is_saved_as_text_until_one_is_chosen(workspace: OpenWorkspace) -> None:
    (made,) = save(workspace, "Call Anna tomorrow").records
    with workspace.store.read() as connection:
        row = connection.exec_driver_sql("SELECT title, contact_id FROM task WHERE id = ?", (made.id,)).one()
    assert tuple(row) == ("Call Anna", None)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("", "There is nothing to save yet"),
        ("#vip", "There is nothing to save yet"),
        ("Note: x", "A log entry needs somebody"),
    ],
)
def test_what_cannot_be_saved_says_why_and_leaves_nothing(line: str, problem: str, workspace: OpenWorkspace) -> None:
    captured: Captured = workspace.capture.read(line)
    assert workspace.capture.plan(captured).problem == problem
    before = everything(workspace.store)
    with pytest.raises(InvalidValue) as refusal:
        workspace.capture.save(captured)
    assert refusal.value.title == problem
    assert everything(workspace.store) == before


def test_nothing_of_a_line_is_kept_where_a_part_of_it_is_refused(workspace: OpenWorkspace) -> None:
    captured = workspace.capture.read("Call Nadia Petrov tomorrow at 10")
    broken = editing.added(captured, Part(PartKind.REPEAT, "FREQ=NEVER"))
    before = living(workspace)
    with pytest.raises(InvalidValue):
        workspace.capture.save(broken)
    assert living(workspace) == before


def test_who_may_only_read_may_see_a_plan_and_save_nothing(workspace: OpenWorkspace) -> None:
    workspace.users.add("Rea Reader", role=Role.READ_ONLY)
    workspace.users.act_as("Rea Reader")
    captured = workspace.capture.read("Call Bill tomorrow")
    assert workspace.capture.plan(captured).words == "1 task"
    with pytest.raises(NotAllowed):
        workspace.capture.save(captured)
    workspace.users.act_as("Rosa Quill")
