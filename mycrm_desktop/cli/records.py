"""What every kind of record has: `list show add set mark delete restore`; `contacts link` and `activities log`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

import typer
from babel.numbers import get_currency_precision

from mycrm_desktop.cli.session import Session, session_of
from services.errors import InvalidValue, NotFound
from services.open_workspace import OpenWorkspace
from services.reading import reading_of
from services.record_verbs import RecordVerbs
from services.records.drafts import PointKind, RecordDraft, RoleDraft, Value
from services.records.fields import CUSTOM_PREFIX, PLURALS, EntityKind, FieldKind, FieldSpec
from services.records.people import CompanyRole, RecordCard, Saved
from services.store.queries.listing import ListPage, ListRequest
from services.values.coercion import Reading, coerce
from services.values.drafts import draft_from_pairs
from services.values.lists import joined_list

Pairs = Annotated[
    list[str], typer.Argument(metavar="F=V...", help="Fields and values; repeat email or phone for more.")
]
Uid = Annotated[str, typer.Argument(metavar="UID", help="The uid, or an unambiguous beginning of it.")]


KEPT: Final = (
    EntityKind.CONTACT,
    EntityKind.COMPANY,
    EntityKind.LEAD,
    EntityKind.DEAL,
    EntityKind.ACTIVITY,
    EntityKind.TASK,
    EntityKind.EVENT,
)
"""The kinds of record that these commands keep."""

_MARKED: Final = (EntityKind.CONTACT, EntityKind.COMPANY)
_FIRST_SORT: Final = {EntityKind.ACTIVITY: "occurred_at", EntityKind.TASK: "due_at", EntityKind.EVENT: "starts_at"}


def verbs_of(workspace: OpenWorkspace, entity: EntityKind) -> RecordVerbs:
    """The service that keeps records of this kind."""
    services: dict[EntityKind, RecordVerbs] = {
        EntityKind.CONTACT: workspace.contacts,
        EntityKind.COMPANY: workspace.companies,
        EntityKind.LEAD: workspace.leads,
        EntityKind.DEAL: workspace.deals,
        EntityKind.ACTIVITY: workspace.activities,
        EntityKind.TASK: workspace.tasks,
        EntityKind.EVENT: workspace.calendar,
    }
    return services[entity]


def major(minor: int, currency: str) -> float:
    """An amount in major units, as people write it."""
    return float(minor / 10 ** get_currency_precision(currency or "EUR"))


def record(card: RecordCard) -> dict[str, Any]:
    """One record as the contract answers it: uid and fields by name."""
    answer: dict[str, Any] = {"uid": card.uid, **card.fields}
    if "amount" in answer and answer["amount"] is not None:
        answer["amount"] = major(answer["amount"], answer.get("currency") or "")
    answer["owner"] = card.owner or None
    for kind, name in ((PointKind.EMAIL, "emails"), (PointKind.PHONE, "phones")):
        points = [point.normal for point in card.points if point.kind is kind]
        if points or name[:-1] in answer:
            answer[name] = points
    for flag in ("verified", "bounced"):
        marked = [point.normal for point in card.points if getattr(point, flag)]
        if marked:
            answer[flag] = marked
    answer.update(_parts(card, answer))
    answer["tags"] = list(card.tags)
    answer.update({f"{CUSTOM_PREFIX}{name}": value for name, value in card.custom.items()})
    answer["created_at"] = card.created_at
    if card.deleted_at is not None:
        answer["deleted_at"] = card.deleted_at
    return answer


def _parts(card: RecordCard, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What a record has several of, and what a lead became."""
    found: dict[str, Any] = {link.field: link.uid for link in card.links if link.field.startswith("converted_")}
    if "domain" in fields:
        found["domain"], found["domains"] = next(iter(card.domains), None), list(card.domains)
    if "participants" in fields:
        found["participants"] = [{"uid": person.uid, "name": person.name} for person in card.participants]
    if "stage" in fields:
        found["people"] = [
            {"uid": person.contact_uid, "name": person.name, "role": person.role, "is_primary": person.is_primary}
            for person in card.people
        ]
    if card.roles:
        found["roles"] = [_role(role) for role in card.roles]
    return found


def _role(role: CompanyRole) -> dict[str, Any]:
    return {
        "company": role.company_name,
        "role": role.role,
        "is_primary": role.is_primary,
        "started_on": role.started_on,
        "ended_on": role.ended_on,
    }


def whole_uid(workspace: OpenWorkspace, entity: EntityKind, text: str) -> str:
    """The whole uid of a living record that a uid or its beginning names. Raises NotFound."""
    verbs = verbs_of(workspace, entity)
    return verbs.card(verbs.resolve(text, trash=False)).uid.hex()


def saved(verbs: RecordVerbs, result: Saved) -> dict[str, Any]:
    """The record a command made or changed, with its batch."""
    return {**record(verbs.card(result.id)), "batch": result.batch}


def draft_of(workspace: OpenWorkspace, entity: EntityKind, pairs: Sequence[str], *, replace_tags: bool) -> RecordDraft:
    """The draft that F=V arguments describe. Raises InvalidValue."""
    split = []
    for pair in pairs:
        name, separator, value = pair.partition("=")
        if not separator:
            raise InvalidValue(f"“{pair}” is no FIELD=VALUE", "Write for example email=anna@almeda.example", field=pair)
        split.append((name.strip(), value))
    kinds = {field.name: FieldKind(field.kind) for field in workspace.custom_fields.all(entity)}
    draft = draft_from_pairs(entity, split, spoken_reading(workspace), kinds)
    if replace_tags and draft.tags:
        draft.fields["tags"] = None
    return draft


def spoken_reading(workspace: OpenWorkspace) -> Reading:
    """How the acting user's words are read: as in the profile, "tomorrow" being the day after today."""
    reading = reading_of(workspace.users.acting())
    return replace(reading, today=workspace.store.clock.now().astimezone(ZoneInfo(reading.time_zone)).date())


def read_value(workspace: OpenWorkspace, name: str, kind: FieldKind, text: str) -> Value:
    """The typed value of an option. Raises InvalidValue naming it."""
    return coerce(FieldSpec(name, kind), text, spoken_reading(workspace))


def parsed_moment(text: str) -> datetime:
    """A moment as scripts write it: ISO 8601; a date alone is the end of that day in UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidValue(f"“{text}” is no time", "Write it like 2026-11-22 or 2026-11-22T10:30:00Z.") from error
    if len(text.strip()) <= len("2026-11-22"):
        moment = moment.replace(hour=23, minute=59, second=59, microsecond=999_999)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def record_commands(entity: EntityKind) -> typer.Typer:
    """The group of commands that every kind of record has."""
    group = typer.Typer(no_args_is_help=True, help=f"List, show, add and change {entity.value} records.")

    @group.command("list")
    def list_(
        context: typer.Context,
        where: Annotated[str, typer.Option(help="A query, such as lifecycle:customer last>30d")] = "",
        sort: Annotated[str, typer.Option(help="A field to sort by; a leading - turns the order round.")] = "",
        limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
        after: Annotated[str, typer.Option(help="The cursor that the page before gave.")] = "",
    ) -> None:
        """List living records, a page at a time."""
        session = session_of(context)
        default = _FIRST_SORT.get(entity, "name")
        request = ListRequest(
            where=where,
            sort=sort.lstrip("-") or default,
            descending=sort.startswith("-") or (not sort and entity is EntityKind.ACTIVITY),
        )
        with session.opened() as workspace:
            page = page_of(workspace, entity, request, limit=limit, after=after)
            items = [record(card) for card in verbs_of(workspace, entity).cards([row.id for row in page.items])]
        session.answer({"items": items, "next": page.next or None})

    @group.command()
    def show(context: typer.Context, uid: Uid) -> None:
        """Show one record in full."""
        session = session_of(context)
        with session.opened() as workspace:
            verbs = verbs_of(workspace, entity)
            answer = record(verbs.card(verbs.resolve(uid)))
        session.answer(answer)

    @group.command()
    def add(context: typer.Context, pairs: Pairs) -> None:
        """Add a record."""
        session = session_of(context)
        with session.opened() as workspace:
            verbs = verbs_of(workspace, entity)
            answer = saved(verbs, verbs.add(draft_of(workspace, entity, pairs, replace_tags=False)))
        session.answer(answer)

    @group.command("set")
    def set_(context: typer.Context, uid: Uid, pairs: Pairs) -> None:
        """Change fields of a record; an empty value takes a field away."""
        session = session_of(context)
        with session.opened() as workspace:
            verbs = verbs_of(workspace, entity)
            draft = draft_of(workspace, entity, pairs, replace_tags=True)
            answer = saved(verbs, verbs.change(verbs.resolve(uid, trash=False), draft))
        session.answer(answer)

    if entity in _MARKED:
        _add_mark(group, entity)

    @group.command()
    def delete(context: typer.Context, uid: Uid) -> None:
        """Put a record into the trash."""
        session = session_of(context)
        with session.opened() as workspace:
            verbs = verbs_of(workspace, entity)
            result = verbs.delete([verbs.resolve(uid, trash=False)])
        session.answer({"uid": result.uid, "batch": result.batch})

    @group.command()
    def restore(context: typer.Context, uid: Uid) -> None:
        """Take a record out of the trash."""
        session = session_of(context)
        with session.opened() as workspace:
            verbs = verbs_of(workspace, entity)
            answer = saved(verbs, verbs.restore([verbs.resolve(uid)]))
        session.answer(answer)

    return group


def _add_mark(group: typer.Typer, entity: EntityKind) -> None:
    @group.command()
    def mark(
        context: typer.Context,
        uid: Uid,
        point: Annotated[str, typer.Argument(metavar="POINT", help="The email, number or address, as it is shown.")],
        verified: Annotated[bool | None, typer.Option("--verified/--not-verified")] = None,
        bounced: Annotated[bool | None, typer.Option("--bounced/--not-bounced")] = None,
    ) -> None:
        """Note of an email, a number or an address that it was verified, or that mail to it came back."""
        session = session_of(context)
        with session.opened() as workspace:
            verbs = workspace.contacts if entity is EntityKind.CONTACT else workspace.companies
            local_id = verbs.resolve(uid, trash=False)
            wanted = point.strip().casefold()
            meant = [p for p in verbs.card(local_id).points if wanted in (p.normal.casefold(), p.raw.casefold())]
            if len(meant) != 1:
                raise NotFound(
                    f"“{point}” is {'more than one' if meant else 'no'} contact point of this record",
                    f"`mycrm {PLURALS[entity]} show` tells which it has.",
                )
            result = verbs.mark_point(local_id, meant[0].uid, verified=verified, bounced=bounced)
            answer = saved(verbs, result)
        session.answer(answer)


def contact_commands() -> typer.Typer:
    """The commands of contacts: those of every record, and the links to companies."""
    group = record_commands(EntityKind.CONTACT)

    @group.command()
    def link(
        context: typer.Context,
        uid: Uid,
        company: Annotated[str, typer.Option(help="The company's name or uid; made if it is new.")],
        role: Annotated[str | None, typer.Option(help="What the contact is there.")] = None,
        since: Annotated[str | None, typer.Option("--from", metavar="DAY", help="Empty takes the day away.")] = None,
        until: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Empty takes the day away.")] = None,
        primary: Annotated[bool, typer.Option("--primary", help="Show the contact under this company.")] = False,
    ) -> None:
        """Say what a contact is, or was, at a company."""
        session = session_of(context)
        with session.opened() as workspace:
            draft = RoleDraft(
                company,
                role,
                _day(workspace, "started_on", since),
                _day(workspace, "ended_on", until),
                is_primary=primary,
            )
            local_id = workspace.contacts.resolve(uid, trash=False)
            answer = saved(workspace.contacts, workspace.contacts.link_company(local_id, draft))
        session.answer(answer)

    @group.command()
    def unlink(
        context: typer.Context, uid: Uid, company: Annotated[str, typer.Option(help="The company's name or uid.")]
    ) -> None:
        """Take a contact's links to a company away as if they had never been."""
        session = session_of(context)
        with session.opened() as workspace:
            local_id = workspace.contacts.resolve(uid, trash=False)
            answer = saved(workspace.contacts, workspace.contacts.unlink_company(local_id, company))
        session.answer(answer)

    return group


def _day(workspace: OpenWorkspace, name: str, text: str | None) -> date | Literal[""] | None:
    if text is None:
        return None
    day = read_value(workspace, name, FieldKind.DATE, text)
    return day if isinstance(day, date) else ""


def page_of(
    workspace: OpenWorkspace, entity: EntityKind, request: ListRequest, *, limit: int, after: str = ""
) -> ListPage[Any]:
    """One page of the rows of a kind."""
    readers: dict[EntityKind, Callable[..., ListPage[Any]]] = {
        EntityKind.CONTACT: workspace.contacts.page,
        EntityKind.COMPANY: workspace.companies.page,
        EntityKind.LEAD: workspace.leads.page,
        EntityKind.DEAL: workspace.deals.page,
        EntityKind.ACTIVITY: workspace.activities.page,
        EntityKind.TASK: workspace.tasks.page,
        EntityKind.EVENT: workspace.calendar.page,
    }
    return readers[entity](request, limit=limit, after=after)


def activity_commands() -> typer.Typer:
    """The commands of activities: those of every record, and `log`."""
    group = record_commands(EntityKind.ACTIVITY)

    @group.command()
    def log(
        context: typer.Context,
        contact: Annotated[str, typer.Option(help="The contact's uid.")] = "",
        deal: Annotated[str, typer.Option(help="The uid of the deal it was about.")] = "",
        lead: Annotated[str, typer.Option(help="The uid of the lead it was with.")] = "",
        company: Annotated[str, typer.Option(help="The company's uid.")] = "",
        kind: Annotated[str, typer.Option("--type", help="call, meeting, email, note, visit ...")] = "call",
        at: Annotated[str, typer.Option(help="When it happened; now without it.")] = "",
        outcome: Annotated[str, typer.Option()] = "",
        subject: Annotated[str, typer.Option()] = "",
        body: Annotated[str, typer.Option()] = "",
        location: Annotated[str, typer.Option(help="Where it happened.")] = "",
        others: Annotated[
            list[str] | None, typer.Option("--with", metavar="UID", help="Another contact who took part; repeat.")
        ] = None,
    ) -> None:
        """Log something that happened with somebody, or about a deal."""
        session: Session = session_of(context)
        with session.opened() as workspace:
            named = {
                EntityKind.CONTACT: contact,
                EntityKind.COMPANY: company,
                EntityKind.DEAL: deal,
                EntityKind.LEAD: lead,
            }
            links = {entity.value: whole_uid(workspace, entity, uid) for entity, uid in named.items() if uid}
            if not links:
                raise InvalidValue("Say whom it was with", "Give --contact, --company, --deal or --lead.")
            with_others = [whole_uid(workspace, EntityKind.CONTACT, uid) for uid in others or ()]
            given = {
                "type": kind,
                **links,
                "occurred_at": at,
                "outcome": outcome,
                "subject": subject,
                "body": body,
                "location": location,
                "participants": joined_list(with_others),
            }
            pairs = [f"{name}={value}" for name, value in given.items() if value]
            draft = draft_of(workspace, EntityKind.ACTIVITY, pairs, replace_tags=False)
            answer = saved(workspace.activities, workspace.activities.add(draft))
        session.answer(answer)

    return group
