"""Who may do what: every verb of every service of an open workspace, against every role."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

import pytest

from services.access import ALLOWED, Access, Permission
from services.errors import NotAllowed
from services.open_workspace import OpenWorkspace
from services.records.capture import Captured
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from services.records.ids import Uid, UserId
from services.records.people import Role
from services.records.saved_views import ViewDraft
from services.store.queries.listing import ListRequest
from services.store.store import Store
from services.store.tables import TableKind
from tests.services.selling import deal_draft, lead_draft, task_draft
from tests.support.table_dumps import Dump, dump, everything, tables_of
from tests.support.workspaces import (
    NOON,
    activity_draft,
    company_draft,
    contact_draft,
    make_workspace,
    open_store,
    services_of,
)

VERBS = {
    ("ActivityService", Permission.READ): "card cards ids page resolve rows timeline",
    ("ActivityService", Permission.EDIT): "add change change_many delete restore tag",
    ("CaptureService", Permission.READ): "plan read",
    ("CaptureService", Permission.EDIT): "save",
    ("ClockCheck", Permission.READ): "question",
    ("ClockCheck", Permission.EDIT): "confirm",
    ("CompanyService", Permission.READ): "card cards ids page resolve rows",
    ("CompanyService", Permission.EDIT): "add change change_many delete mark_point restore tag",
    ("ContactService", Permission.READ): "card cards ids page resolve rows",
    ("ContactService", Permission.EDIT): (
        "add add_relation change change_many delete link_company mark_point remove_consent remove_relation restore "
        "set_consent tag unlink_company"
    ),
    ("CustomFieldService", Permission.READ): "all",
    ("CustomFieldService", Permission.EDIT): "add change delete reorder",
    ("DealService", Permission.READ): "board card cards ids page resolve rows totals visits",
    ("DealService", Permission.EDIT): (
        "add change change_many delete lose move move_many remove_person restore set_person tag win"
    ),
    ("DuplicateService", Permission.READ): "compare ignored likely pairs",
    ("DuplicateService", Permission.EDIT): "ignore stop_ignoring",
    ("EventService", Permission.READ): "between card cards drafts ids page resolve rows",
    ("EventService", Permission.EDIT): "add change change_many delete invite leave_out restore tag take",
    ("ExplainService", Permission.READ): "find standing story",
    ("ExportService", Permission.READ): "run",
    ("FileService", Permission.READ): "get of_record open open_copy problems resolve usage",
    ("FileService", Permission.EDIT): "attach attach_many detach rename restore",
    ("FileService", Permission.MANAGE): "purge",
    ("HistoryService", Permission.READ): "at batches can_undo find_batch of_record verify",
    ("HistoryService", Permission.EDIT): "redo undo",
    ("ImportService", Permission.READ): (
        "glances inspect prepare preview read_calendar rehearse rehearse_calendar revise save_rejects"
    ),
    ("ImportService", Permission.EDIT): "apply finish_interrupted run take_calendar",
    ("ImportService", Permission.MANAGE): "pipelines",
    ("LeadService", Permission.READ): "card cards ids page resolve rows",
    ("LeadService", Permission.EDIT): "add change change_many convert delete disqualify restore tag",
    ("MailService", Permission.EDIT): "take",
    ("MergeService", Permission.READ): "plan preview",
    ("MergeService", Permission.EDIT): "merge merge_many",
    ("PipelineService", Permission.READ): "all",
    ("PipelineService", Permission.EDIT): "ensure_default",
    ("PipelineService", Permission.MANAGE): "add change delete",
    ("QueryService", Permission.READ): "run",
    ("SavedViewService", Permission.READ): "all count counts export_view find get groupable grouped groups",
    ("SavedViewService", Permission.EDIT): "add change delete ensure_starters import_view order",
    ("ReminderService", Permission.READ): "due next_at",
    ("SearchService", Permission.READ): "recents remember search",
    ("SettingsService", Permission.READ): "all get",
    ("SettingsService", Permission.EDIT): "set",
    ("TagService", Permission.READ): "all",
    ("TargetService", Permission.READ): "progress target",
    ("TargetService", Permission.EDIT): "set_target",
    ("TaskService", Permission.READ): "card cards due ids next_reminder_at page reminders resolve rows",
    ("TaskService", Permission.EDIT): "add change change_many delete done reopen restore snooze tag",
    ("UserService", Permission.READ): "act_as acting all",
    ("UserService", Permission.EDIT): "change_profile",
    ("UserService", Permission.MANAGE): "add set_role",
}
"""Every verb there is, by what it needs; a new one is added here by whoever adds it."""

NEEDED = {f"{service}.{name}": needed for (service, needed), names in VERBS.items() for name in names.split()}
MAY = {
    Role.OWNER: {Permission.READ, Permission.EDIT, Permission.MANAGE},
    Role.MEMBER: {Permission.READ, Permission.EDIT},
    Role.READ_ONLY: {Permission.READ},
}


def found_verbs() -> dict[str, Any]:
    """Every public method and property of every service, by reflection."""
    found: dict[str, Any] = {}
    for service in typing.get_type_hints(OpenWorkspace).values():
        if service in (Store, Access):
            continue
        for name, member in inspect.getmembers(service):
            public = not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, property))
            if public:
                found[f"{service.__name__}.{name}"] = member
    return found


FOUND = found_verbs()


def test_the_table_names_every_verb_and_what_it_needs() -> None:
    assert {name: getattr(member, "permission", None) for name, member in FOUND.items()} == NEEDED


def test_the_roles_are_what_the_table_takes_them_for() -> None:
    assert {role: set(allowed) for role, allowed in ALLOWED.items()} == MAY


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenWorkspace]:
    """A workspace with a user of every role and a record of every kind."""
    workspace = make_workspace(tmp_path_factory.mktemp("access"))
    workspace.users.add("Mo Member", role=Role.MEMBER)
    workspace.users.add("Rea Reader", role=Role.READ_ONLY)
    contact = workspace.contacts.add(contact_draft("Anna", "Berg", company="Ørsted", tags=("vip",)))
    workspace.contacts.add(contact_draft("Anna", "Bergh"))
    workspace.companies.change(1, company_draft("Ørsted A/S"))
    workspace.activities.add(activity_draft("Offer", contact=contact.uid))
    workspace.deals.add(deal_draft("Pilot", contact=contact.uid.hex()))
    workspace.leads.add(lead_draft("Bo Ek"))
    workspace.tasks.add(task_draft("Call back", NOON))
    workspace.calendar.add(RecordDraft({"title": "Site visit", "starts_at": NOON}))
    workspace.search.remember(EntityKind.CONTACT, contact.id)
    workspace.views.add(ViewDraft(EntityKind.CONTACT, "Everybody"))
    offer = workspace.store.path.with_name("offer.txt")
    offer.write_text("offer")
    workspace.files.attach(offer, EntityKind.CONTACT, contact.id)
    yield workspace
    workspace.close()


ACTORS = {Role.OWNER: "Rosa Quill", Role.MEMBER: "Mo Member", Role.READ_ONLY: "Rea Reader"}


def all_rows(workspace: OpenWorkspace) -> Dump:
    """Everything that can be written, operational rows too."""
    with workspace.store.read() as connection:
        return everything(workspace.store) | dump(connection, tables_of(TableKind.OPERATIONAL))


def bound(workspace: OpenWorkspace, verb: str) -> Any:
    """The verb of the service in this workspace."""
    service, name = verb.split(".")
    owner = next(value for value in vars_of(workspace) if type(value).__name__ == service)
    return getattr(owner, name)


def vars_of(workspace: OpenWorkspace) -> list[Any]:
    """The services of a workspace."""
    return [getattr(workspace, name) for name in typing.get_type_hints(OpenWorkspace)]


def nothings(verb: str) -> dict[str, Any]:
    """An argument for every parameter: whatever it is, a refusal comes before it is looked at."""
    parameters = list(inspect.signature(FOUND[verb]).parameters.values())[1:]
    return {p.name: None for p in parameters if p.default is p.empty and p.kind is not p.VAR_KEYWORD}


REFUSED = [(verb, role) for verb, needed in NEEDED.items() for role, allowed in MAY.items() if needed not in allowed]
PERMITTED = [(verb, role) for verb in NEEDED for role in Role if (verb, role) not in REFUSED]


@pytest.mark.parametrize(("verb", "role"), REFUSED, ids=str)
def test_a_verb_is_refused_before_anything_is_written(verb: str, role: Role, workspace: OpenWorkspace) -> None:
    workspace.users.act_as(ACTORS[role])
    before = all_rows(workspace)
    with pytest.raises(NotAllowed) as refusal:
        bound(workspace, verb)(**nothings(verb))
    assert role.value.replace("_", " ") in refusal.value.title
    assert all_rows(workspace) == before


@pytest.mark.parametrize(("verb", "role"), PERMITTED, ids=str)
def test_a_verb_that_a_role_permits_is_let_through(
    verb: str, role: Role, workspace: OpenWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.users.act_as(ACTORS[role])

    class LetThrough(Exception):
        """The check is over and the verb itself begins."""

    def begin(self: Access, permission: Permission) -> None:
        really(self, permission)
        raise LetThrough

    really = Access.require
    monkeypatch.setattr(Access, "require", begin)
    with pytest.raises(LetThrough):
        bound(workspace, verb)(**nothings(verb))


READABLE: dict[str, dict[str, Any]] = {
    "card": {"local_id": 1},
    "cards": {"ids": [1]},
    "ids": {"request": ListRequest(sort="created")},
    "page": {"request": ListRequest(sort="created")},
    "rows": {"ids": [1]},
    "timeline": {"contact": 1},
    "compare": {"entity": EntityKind.CONTACT, "one": 1, "two": 2},
    "ignored": {"entity": EntityKind.CONTACT},
    "likely": {"entity": EntityKind.CONTACT, "draft_fields": {"first_name": "Anna", "last_name": "Berg"}},
    "pairs": {"entity": EntityKind.CONTACT},
    "MergeService.preview": {"entity": EntityKind.CONTACT, "keep": 1, "other": 2},
    "MergeService.plan": {"entity": EntityKind.CONTACT, "pairs": [(1, 2)]},
    "board": {"pipeline": 1, "where": "stage:open"},
    "totals": {"pipeline": 1},
    "visits": {"local_id": 1},
    "CaptureService.plan": {"captured": Captured("Call Anna")},
    "CaptureService.read": {"line": "Call Anna"},
    "between": {"since": NOON, "until": NOON},
    "drafts": {"ids": [1]},
    "at": {"entity": EntityKind.CONTACT, "moment": NOON},
    "of_record": {},
    "verify": {"full": True},
    "search": {"text": "ann"},
    "get": {"name": "currency"},
    "act_as": {"name": "Rea Reader"},
    "standing": {"at": NOON},
    "FileService.get": {"local_id": 1},
    "FileService.of_record": {"entity": EntityKind.CONTACT, "record_id": 1},
    "FileService.open": {"local_id": 1},
    "QueryService.run": {"sql": "SELECT * FROM contacts"},
    "SavedViewService.count": {"local_id": 1},
    "SavedViewService.counts": {"entity": EntityKind.CONTACT},
    "SavedViewService.export_view": {"local_id": 1},
    "SavedViewService.find": {"text": "Everybody"},
    "SavedViewService.get": {"local_id": 1},
    "SavedViewService.groupable": {"entity": EntityKind.CONTACT},
    "SavedViewService.grouped": {"entity": EntityKind.CONTACT, "request": ListRequest(), "by": "lifecycle"},
    "SavedViewService.groups": {"entity": EntityKind.CONTACT, "where": "", "by": "lifecycle"},
}
BY_FILE = {
    "run",
    "glances",
    "inspect",
    "prepare",
    "preview",
    "read_calendar",
    "rehearse",
    "rehearse_calendar",
    "revise",
    "save_rejects",
}
OF_THE_DEVICE = {"SearchService.remember"}


@pytest.mark.parametrize("verb", [verb for verb, needed in NEEDED.items() if needed is Permission.READ], ids=str)
def test_a_verb_that_only_reads_changes_nothing(verb: str, workspace: OpenWorkspace, tmp_path: Path) -> None:
    name = verb.partition(".")[2]
    if verb in OF_THE_DEVICE or (name in BY_FILE and verb not in READABLE):
        return  # takes a file, or notes on this device what was opened
    workspace.users.act_as(ACTORS[Role.READ_ONLY])
    with workspace.store.read() as connection:
        table = verb.partition("Service")[0].lower()
        table = table if table in ("activity", "company", "deal", "event", "file", "lead", "task") else "contact"
        uid = connection.exec_driver_sql(f"SELECT uid FROM {table} WHERE id = 1").scalar_one()
        batch = connection.exec_driver_sql("SELECT uid FROM batch WHERE id = 1").scalar_one()
    arguments = dict(READABLE.get(verb) or READABLE.get(name, {}))
    if name in ("at", "standing", "story") or verb == "HistoryService.of_record":
        arguments["uid"] = Uid(uid)
    elif verb == "FileService.open_copy":
        arguments |= {"local_id": 1, "to": tmp_path / "copy.txt"}
    elif verb == "ExplainService.find":
        arguments["text"] = uid.hex()
    elif name in ("resolve", "find_batch"):
        arguments["text"] = (uid if name == "resolve" else batch).hex()
    before = all_rows(workspace)
    answer = bound(workspace, verb)(**arguments)
    if isinstance(answer, BufferedReader):
        answer.close()
    assert all_rows(workspace) == before


def test_a_workspace_without_users_belongs_to_whoever_opened_it(tmp_path: Path) -> None:
    from tests.support.workspaces import make_store

    store = make_store(tmp_path)
    book = services_of(store)
    assert book.access.role() is Role.OWNER
    book.users.add("Rosa", role=Role.OWNER)
    store.close()


def test_a_role_that_another_program_changed_holds_at_once(tmp_path: Path) -> None:
    here = make_workspace(tmp_path)
    here.users.add("Uli", role=Role.OWNER)
    here.users.act_as("Uli")
    there = services_of(open_store(here.store.path))
    there.users.act_as("Rosa Quill")
    uli = here.users.acting()
    assert uli is not None
    there.users.set_role(UserId(uli.id), Role.READ_ONLY)
    with pytest.raises(NotAllowed):
        here.contacts.add(contact_draft("Anna"))
    there.close()
    here.close()


def test_somebody_who_is_no_user_any_more_may_only_read(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    added = workspace.users.add("Uli", role=Role.OWNER)
    workspace.users.act_as("Rosa Quill")
    workspace.history.undo(added.batch)
    for actor in (added.uid, Uid(bytes(16))):
        workspace.store.actor = actor
        assert workspace.access.role() is Role.READ_ONLY
        with pytest.raises(NotAllowed):
            workspace.settings.set("currency", "EUR")
    workspace.close()
