"""Saved views are checked when they are saved, counted, grouped, undone, and travel as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from services.errors import InvalidValue, MyCrmError, NotFound
from services.filtering import UnreadableQuery
from services.open_workspace import OpenWorkspace
from services.records.fields import FIELDS, EntityKind, FieldKind
from services.records.saved_views import ViewDraft
from services.saved_view_sharing import LARGEST_BYTES, UnreadableViewFile
from services.saved_view_starters import STARTERS
from services.store.queries.listing import ListRequest
from tests.services.selling import add_event, deal_draft, lead_draft, problems, stage_drafts, task_draft
from tests.support.workspaces import activity_draft, company_draft, contact_draft, make_workspace

CONTACT = EntityKind.CONTACT
DEAL = EntityKind.DEAL


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[OpenWorkspace]:
    made = make_workspace(tmp_path)
    yield made
    made.close()


def names(workspace: OpenWorkspace, entity: EntityKind = CONTACT) -> list[str]:
    return [view.name for view in workspace.views.all(entity)]


def groups(workspace: OpenWorkspace, entity: EntityKind, by: str, where: str = "") -> list[tuple[Any, str, int]]:
    return [(group.value, group.label, group.count) for group in workspace.views.groups(entity, where, by)]


def test_a_view_comes_back_as_it_was_saved(workspace: OpenWorkspace) -> None:
    draft = ViewDraft(CONTACT, " Mine ", "owner:me ", ("name", "last"), "last", True, "lifecycle")
    saved = workspace.views.add(draft)
    view = workspace.views.get(saved.id)

    assert (view.entity, view.name, view.query, view.columns) == (CONTACT, "Mine", "owner:me", ("name", "last"))
    assert (view.sort, view.descending, view.grouping, view.owner) == ("last", True, "lifecycle", "Rosa Quill")
    assert view.uid == saved.uid
    assert workspace.views.find("mine") == workspace.views.find(view.uid.hex()[:20]) == view
    assert problems(workspace) == []


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"query": "lifecycel:customer"}, UnreadableQuery, "where"),
        ({"query": "lifecycle:custmer"}, UnreadableQuery, "where"),
        ({"query": "(a"}, UnreadableQuery, "where"),
        ({"query": "stage:won"}, UnreadableQuery, "where"),
        ({"name": " "}, InvalidValue, "name"),
        ({"name": "x" * 121}, InvalidValue, "name"),
        ({"name": "a\nb"}, InvalidValue, "name"),
        ({"sort": "hair"}, InvalidValue, "sort"),
        ({"grouping": "notes"}, InvalidValue, "grouping"),
        ({"grouping": "hair"}, InvalidValue, "grouping"),
        ({"columns": ("name", "hair")}, InvalidValue, "columns"),
        ({"columns": ("name",) * 101}, InvalidValue, "columns"),
        ({"entity": EntityKind.TAG}, InvalidValue, ""),
    ],
)
def test_a_view_that_could_not_be_shown_is_not_saved(
    workspace: OpenWorkspace, changes: dict[str, Any], error: type[InvalidValue], field: str
) -> None:
    with pytest.raises(error) as refused:
        workspace.views.add(ViewDraft(**{"entity": CONTACT, "name": "View", **changes}))

    assert refused.value.field == field
    assert workspace.views.all() == []


def test_two_views_of_a_kind_cannot_have_one_name_but_two_kinds_can(workspace: OpenWorkspace) -> None:
    first = workspace.views.add(ViewDraft(CONTACT, "Łódź"))
    workspace.views.add(ViewDraft(DEAL, "Łódź"))
    with pytest.raises(InvalidValue) as refused:
        workspace.views.add(ViewDraft(CONTACT, "LODZ"))

    assert refused.value.code == "exists"
    assert workspace.views.change(first.id, ViewDraft(CONTACT, "lodz")).batch is not None
    with pytest.raises(NotFound, match="more than one"):
        workspace.views.find("lodz")
    assert workspace.views.find("lodz", CONTACT).id == first.id


def test_change_delete_and_order_are_undone(workspace: OpenWorkspace) -> None:
    ids = {name: workspace.views.add(ViewDraft(CONTACT, name)) for name in ("one", "two", "three")}
    workspace.views.change(ids["two"].id, ViewDraft(CONTACT, "second", "lifecycle:customer"))
    assert names(workspace) == ["one", "second", "three"]
    workspace.views.order(CONTACT, [ids["three"].uid, ids["one"].uid])
    assert names(workspace) == ["three", "one", "second"]
    workspace.views.delete(ids["one"].id)
    assert names(workspace) == ["three", "second"]

    workspace.history.undo()
    assert names(workspace) == ["three", "one", "second"]
    workspace.history.undo()
    assert names(workspace) == ["one", "second", "three"]
    workspace.history.undo()
    assert names(workspace) == ["one", "two", "three"]
    assert problems(workspace) == []


def test_what_is_gone_cannot_be_changed(workspace: OpenWorkspace) -> None:
    saved = workspace.views.add(ViewDraft(CONTACT, "one"))
    with pytest.raises(InvalidValue, match="kind of record"):
        workspace.views.change(saved.id, ViewDraft(DEAL, "one"))
    with pytest.raises(NotFound):
        workspace.views.order(DEAL, [saved.uid])
    workspace.views.delete(saved.id)
    for use in (workspace.views.get, workspace.views.count, workspace.views.delete, workspace.views.export_view):
        with pytest.raises(NotFound):
            use(saved.id)


@pytest.mark.parametrize("entity", FIELDS)
def test_the_views_to_start_with_are_made_once_and_can_all_be_asked(
    workspace: OpenWorkspace, entity: EntityKind
) -> None:
    made = workspace.views.ensure_starters(entity)
    again = workspace.views.ensure_starters(entity)

    assert [view.name for view in made] == [draft.name for draft in STARTERS[entity]]
    assert made == again
    assert workspace.views.counts(entity) == {view.id: 0 for view in made}
    for view in made:
        workspace.views.delete(view.id)
    assert workspace.views.ensure_starters(entity) == []


def test_views_of_ones_own_keep_no_others_from_being_made(workspace: OpenWorkspace) -> None:
    workspace.views.add(ViewDraft(CONTACT, "customers", "lifecycle:customer"))
    made = workspace.views.ensure_starters(CONTACT)

    assert [view.name for view in made] == ["customers", "All contacts", "My contacts", "Not heard from"]
    workspace.history.undo()
    assert names(workspace) == ["All contacts", "My contacts", "Not heard from"]


@pytest.mark.parametrize("entity", FIELDS)
def test_a_view_to_start_with_is_one_that_a_user_could_have_saved(workspace: OpenWorkspace, entity: EntityKind) -> None:
    for draft in STARTERS[entity]:
        workspace.views.add(draft)

    assert names(workspace, entity) == [draft.name for draft in STARTERS[entity]]


def test_counts_are_those_of_the_lists(workspace: OpenWorkspace) -> None:
    for number in range(5):
        workspace.contacts.add(contact_draft("Anna", f"Berg{number}", lifecycle="customer" if number < 2 else None))
    gone = workspace.contacts.add(contact_draft("Gone", "Berg", lifecycle="customer"))
    workspace.contacts.delete([gone.id])
    every = workspace.views.add(ViewDraft(CONTACT, "All"))
    customers = workspace.views.add(ViewDraft(CONTACT, "Customers", "lifecycle:customer"))

    assert workspace.views.counts(CONTACT) == {every.id: 5, customers.id: 2}
    assert workspace.views.count(customers.id) == len(workspace.contacts.ids(ListRequest("lifecycle:customer")))


def test_a_view_on_a_field_that_is_gone_has_no_count(workspace: OpenWorkspace) -> None:
    field = workspace.custom_fields.add(CONTACT, "segment", FieldKind.TEXT)
    view = workspace.views.add(ViewDraft(CONTACT, "Mid", "custom.segment:mid", ("custom.segment",)))
    assert workspace.views.count(view.id) == 0
    with workspace.store.write("delete", "custom_field.delete") as unit:
        local_id = unit.id_of(EntityKind.CUSTOM_FIELD, field.uid)
        unit.edit(EntityKind.CUSTOM_FIELD, local_id, lambda document: document.update(deleted_at=unit.now_millis))

    assert workspace.views.counts(CONTACT) == {view.id: None}
    with pytest.raises(UnreadableQuery):
        workspace.views.count(view.id)


def test_groups_of_choices_links_tags_and_places(workspace: OpenWorkspace) -> None:
    workspace.companies.add(company_draft("Zeta"))
    workspace.contacts.add(contact_draft("A", "A", lifecycle="customer", company="Zeta", tags=("vip", "fair")))
    workspace.contacts.add(contact_draft("B", "B", lifecycle="customer", company="Alpha", tags=("vip",)))
    workspace.contacts.add(contact_draft("C", "C", do_not_contact=True))
    uids = {row.name: row.uid.hex() for row in workspace.companies.page(ListRequest()).items}

    assert groups(workspace, CONTACT, "lifecycle") == [("prospect", "Prospect", 1), ("customer", "Customer", 2)]
    assert groups(workspace, CONTACT, "company") == [
        (uids["Alpha"], "Alpha", 1),
        (uids["Zeta"], "Zeta", 1),
        (None, "No company", 1),
    ]
    assert groups(workspace, CONTACT, "tags") == [("fair", "fair", 1), ("vip", "vip", 2), (None, "No tag", 1)]
    assert groups(workspace, CONTACT, "tags", "company:Zeta") == [("fair", "fair", 1), ("vip", "vip", 1)]
    assert [group[1:] for group in groups(workspace, CONTACT, "owner")] == [("Rosa Quill", 3)]
    assert groups(workspace, CONTACT, "country") == [(None, "No country", 3)]
    assert groups(workspace, CONTACT, "do_not_contact") == [(1, "Yes", 1), (None, "No do not contact", 2)]


def test_stages_are_grouped_in_the_order_of_the_board(workspace: OpenWorkspace) -> None:
    won = workspace.deals.add(deal_draft("Won", amount=100, currency="EUR"))
    workspace.deals.add(deal_draft("Open", amount=100, currency="EUR"))
    workspace.deals.win(won.id)

    assert [group[1:] for group in groups(workspace, DEAL, "stage")] == [("Qualified", 1), ("Won", 1)]
    assert groups(workspace, DEAL, "status") == [("open", "Open", 1), ("won", "Won", 1)]


def test_stages_that_two_pipelines_call_the_same_are_told_apart(workspace: OpenWorkspace) -> None:
    first = workspace.pipelines.ensure_default()
    same = [replace(stage, uid=None) for stage in stage_drafts(first)]
    workspace.pipelines.add("Renewals", same)
    workspace.deals.add(deal_draft("One"))
    assert [group[1:] for group in groups(workspace, DEAL, "stage")] == [("Qualified", 1)]
    workspace.deals.add(deal_draft("Two", pipeline="Renewals", stage="Qualified"))

    labels = [f"Qualified ({name})" for name in (first.name, "Renewals")]
    assert [group[1:] for group in groups(workspace, DEAL, "stage")] == [(label, 1) for label in labels]


def test_times_are_grouped_by_month_in_the_zone_of_the_user(workspace: OpenWorkspace) -> None:
    workspace.users.change_profile(time_zone="Pacific/Auckland")
    anna = workspace.contacts.add(contact_draft("Anna", "Berg"))
    for moment in (datetime(2026, 3, 31, 10, 59, tzinfo=UTC), datetime(2026, 3, 31, 11, 0, tzinfo=UTC)):
        workspace.activities.add(activity_draft("x", contact=anna.uid, type="call", occurred_at=moment))

    assert groups(workspace, EntityKind.ACTIVITY, "occurred_at") == [
        ("2026-03", "2026-03", 1),
        ("2026-04", "2026-04", 1),
    ]


def test_every_field_that_can_be_grouped_by_is_grouped_by(workspace: OpenWorkspace) -> None:
    workspace.custom_fields.add(CONTACT, "plan", FieldKind.CHOICE, options=("b", "a"))
    workspace.custom_fields.add(CONTACT, "news", FieldKind.BOOL)
    workspace.custom_fields.add(CONTACT, "since", FieldKind.DATE)
    workspace.contacts.add(contact_draft("Anna", "Berg", custom={"plan": "a", "news": False}))
    workspace.contacts.add(contact_draft("Anna", "Cole", custom={"plan": "b"}))
    workspace.leads.add(lead_draft("Boris", source="fair"))
    workspace.deals.add(deal_draft())
    workspace.tasks.add(task_draft())
    add_event(workspace, "Fair")

    for entity in FIELDS:
        for field in workspace.views.groupable(entity):
            found = workspace.views.groups(entity, "", field)
            total = workspace.views.groups(entity, "", "created")
            assert sum(group.count for group in found) == sum(group.count for group in total), (entity, field)
    assert groups(workspace, CONTACT, "custom.plan") == [("b", "b", 1), ("a", "a", 1)]
    assert groups(workspace, CONTACT, "custom.news") == [(0, "No", 1), (None, "No news", 1)]


def parted(workspace: OpenWorkspace, entity: EntityKind, by: str, request: ListRequest) -> list[tuple[str, list[int]]]:
    """The groups of a list with the ids of their records."""
    found = workspace.views.grouped(entity, request, by)
    assert [group.count for group in found.groups] == [len(ids) for ids in found.ids]
    return [(group.label, list(ids)) for group, ids in zip(found.groups, found.ids, strict=True)]


def test_a_list_is_parted_with_its_records_in_its_order(workspace: OpenWorkspace) -> None:
    for first, lifecycle in (("Cora", "customer"), ("Anna", "customer"), ("Bo", "prospect"), ("Dia", "prospect")):
        workspace.contacts.add(contact_draft(first, "Berg", lifecycle=lifecycle))

    assert parted(workspace, CONTACT, "lifecycle", ListRequest()) == [("Prospect", [3, 4]), ("Customer", [2, 1])]
    assert parted(workspace, CONTACT, "lifecycle", ListRequest("Anna")) == [("Customer", [2])]
    down = ListRequest(sort="lifecycle", descending=True)
    assert parted(workspace, CONTACT, "lifecycle", down) == [("Customer", [2, 1]), ("Prospect", [4, 3])]
    workspace.contacts.delete([1])
    assert parted(workspace, CONTACT, "lifecycle", ListRequest(trash=True)) == [("Customer", [1])]


def test_a_parted_record_stands_under_each_of_its_tags(workspace: OpenWorkspace) -> None:
    workspace.contacts.add(contact_draft("Anna", "Berg", tags=("vip", "Ärzte")))
    workspace.contacts.add(contact_draft("Bo", "Berg"))

    assert parted(workspace, CONTACT, "tags", ListRequest()) == [("Ärzte", [1]), ("vip", [1]), ("No tag", [2])]


def test_months_of_many_moments_keep_the_order_of_the_list(workspace: OpenWorkspace) -> None:
    anna = workspace.contacts.add(contact_draft("Anna", "Berg"))
    days = (3, 28, 14)
    for day in days:
        moment = datetime(2026, 3, day, 10, 59, tzinfo=UTC)
        workspace.activities.add(activity_draft("x", contact=anna.uid, type="call", occurred_at=moment))

    found = parted(workspace, EntityKind.ACTIVITY, "occurred_at", ListRequest(sort="occurred_at"))
    assert found == [("2026-03", [1, 3, 2])]


def test_the_groups_of_deals_are_worth_their_sums_by_currency(workspace: OpenWorkspace) -> None:
    for amount, currency in ((100, "EUR"), (250, "USD"), (50, "USD")):
        workspace.deals.add(deal_draft(amount=amount, currency=currency))
    workspace.deals.add(deal_draft(amount=None))
    won = workspace.deals.add(deal_draft(amount=70, currency="EUR"))
    workspace.deals.win(won.id)

    found = workspace.views.grouped(DEAL, ListRequest(), "status")
    assert [(group.value, group.count, group.sums) for group in found.groups] == [
        ("open", 4, (("USD", 300), ("EUR", 100))),
        ("won", 1, (("EUR", 70),)),
    ]


def test_lists_and_counts_know_the_same_groups(workspace: OpenWorkspace) -> None:
    workspace.custom_fields.add(CONTACT, "plan", FieldKind.CHOICE, options=("b", "a"))
    workspace.contacts.add(contact_draft("Anna", "Berg", company="Ørsted", custom={"plan": "a"}, tags=("vip",)))
    workspace.contacts.add(contact_draft("Anna", "Cole"))
    workspace.leads.add(lead_draft("Boris", source="fair"))
    workspace.deals.add(deal_draft())
    workspace.tasks.add(task_draft())
    add_event(workspace, "Fair")

    for entity in FIELDS:
        for field in workspace.views.groupable(entity):
            listed = workspace.views.grouped(entity, ListRequest(sort="created"), field).groups
            counted = workspace.views.groups(entity, "", field)
            assert [(g.value, g.label, g.count) for g in listed] == [(g.value, g.label, g.count) for g in counted]


def test_a_list_cannot_be_parted_by_a_field_that_is_none(workspace: OpenWorkspace) -> None:
    with pytest.raises(InvalidValue) as refused:
        workspace.views.grouped(CONTACT, ListRequest(), "hair")
    assert refused.value.field == "grouping"


def test_a_view_travels_as_a_file(workspace: OpenWorkspace, tmp_path: Path) -> None:
    draft = ViewDraft(CONTACT, "Müde", "owner:me OR last>30d", ("name", "email"), "name", True, "owner")
    saved = workspace.views.add(draft)
    data = workspace.views.export_view(saved.id)
    other = make_workspace(tmp_path, name="other")
    first, second = other.views.import_view(data), other.views.import_view(data)
    views = [other.views.get(found.id) for found in (first, second)]
    other.close()

    assert [view.name for view in views] == ["Müde", "Müde (2)"]
    for view in views:
        assert (view.query, view.columns, view.sort, view.descending, view.grouping) == (
            "owner:me OR last>30d",
            ("name", "email"),
            "name",
            True,
            "owner",
        )


GOOD: dict[str, Any] = {"format": "mycrm-view", "version": 1, "kind": "contacts", "name": "x", "query": ""}
BAD_FILES: dict[str, bytes] = {
    "empty": b"",
    "no json": b"name: x",
    "cut": orjson.dumps(GOOD)[:-5],
    "not utf-8": b'{"format": "\xff"}',
    "a list": b"[1]",
    "null": b"null",
    "nested": b"[" * 100_000,
    "foreign": orjson.dumps({"name": "x"}),
    "too large": orjson.dumps({**GOOD, "query": "x" * LARGEST_BYTES}),
    "no version": orjson.dumps({**GOOD, "version": None}),
    "version a truth": orjson.dumps({**GOOD, "version": True}),
    "newer": orjson.dumps({**GOOD, "version": 2}),
    "unknown kind": orjson.dumps({**GOOD, "kind": "settings"}),
    "kind a list": orjson.dumps({**GOOD, "kind": ["contacts"]}),
    "name a number": orjson.dumps({**GOOD, "name": 1}),
    "query a list": orjson.dumps({**GOOD, "query": ["a"]}),
    "columns a text": orjson.dumps({**GOOD, "columns": "name"}),
    "columns of numbers": orjson.dumps({**GOOD, "columns": [1]}),
    "descending a number": orjson.dumps({**GOOD, "descending": 1}),
    "sort null": orjson.dumps({**GOOD, "sort": None}),
}


@pytest.mark.parametrize("how", BAD_FILES)
def test_a_file_that_is_no_view_is_refused_with_a_reason(workspace: OpenWorkspace, how: str) -> None:
    with pytest.raises(UnreadableViewFile) as refused:
        workspace.views.import_view(BAD_FILES[how])

    assert refused.value.code in ("view_file", "view_file_too_new")
    assert workspace.views.all() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"query": "custom.unknown:1"},
        {"query": "x" * 5000},
        {"query": "(" * 3000},
        {"columns": ["'; DROP TABLE contact"]},
        {"columns": ["name"] * 2000},
        {"sort": "t.id; DELETE"},
        {"grouping": "(SELECT 1)"},
        {"name": ""},
        {"name": "a\u0000b"},
        {"name": "\u202eevil"},
    ],
)
def test_what_a_file_asks_is_checked_like_what_a_user_types(workspace: OpenWorkspace, changes: dict[str, Any]) -> None:
    with pytest.raises(MyCrmError):
        workspace.views.import_view(orjson.dumps({**GOOD, **changes}))

    assert workspace.views.all() == []
