"""`mycrm contacts|companies|activities list|show|add|set|mark|delete|restore`, `contacts link` and `activities log`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, Final, Literal

import typer
from babel.numbers import get_currency_precision

from mycrm_desktop.cli.session import Session, session_of
from services.errors import InvalidValue, NotFound
from services.open_workspace import OpenWorkspace
from services.reading import reading_of
from services.record_verbs import RecordVerbs
from services.records.drafts import PointKind, RecordDraft, RoleDraft
from services.records.fields import CUSTOM_PREFIX, EntityKind, FieldKind, FieldSpec
from services.records.people import CompanyRole, RecordCard, Saved
from services.store.queries.listing import ListRequest
from services.values.coercion import coerce
from services.values.drafts import draft_from_pairs
from services.values.lists import joined_list

Pairs = Annotated[
    list[str], typer.Argument(metavar="F=V...", help="Fields and values; repeat email or phone for more.")
]
Uid = Annotated[str, typer.Argument(metavar="UID", help="The uid, or an unambiguous beginning of it.")]


def verbs_of(workspace: OpenWorkspace, entity: EntityKind) -> RecordVerbs:
    """The service that keeps records of this kind."""
    services: dict[EntityKind, RecordVerbs] = {
        EntityKind.CONTACT: workspace.contacts,
        EntityKind.COMPANY: workspace.companies,
        EntityKind.ACTIVITY: workspace.activities,
    }
    return services[entity]


def record(card: RecordCard) -> dict[str, Any]:
    """One record as the contract answers it: uid and fields by name."""
    answer: dict[str, Any] = {"uid": card.uid, **card.fields}
    if "amount" in answer and answer["amount"] is not None:
        answer["amount"] = answer["amount"] / 10 ** get_currency_precision(answer.get("currency") or "EUR")
    answer["owner"] = card.owner or None
    for kind, name in ((PointKind.EMAIL, "emails"), (PointKind.PHONE, "phones")):
        points = [point.normal for point in card.points if point.kind is kind]
        if points or name[:-1] in answer:
            answer[name] = points
    for flag in ("verified", "bounced"):
        marked = [point.normal for point in card.points if getattr(point, flag)]
        if marked:
            answer[flag] = marked
    if "domain" in answer:
        answer["domain"], answer["domains"] = next(iter(card.domains), None), list(card.domains)
    if "participants" in answer:
        answer["participants"] = [{"uid": person.uid, "name": person.name} for person in card.participants]
    if card.roles:
        answer["roles"] = [_role(role) for role in card.roles]
    answer["tags"] = list(card.tags)
    answer.update({f"{CUSTOM_PREFIX}{name}": value for name, value in card.custom.items()})
    answer["created_at"] = card.created_at
    if card.deleted_at is not None:
        answer["deleted_at"] = card.deleted_at
    return answer


def _role(role: CompanyRole) -> dict[str, Any]:
    return {
        "company": role.company_name,
        "role": role.role,
        "is_primary": role.is_primary,
        "started_on": role.started_on,
        "ended_on": role.ended_on,
    }


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
    draft = draft_from_pairs(entity, split, reading_of(workspace.users.acting()), kinds)
    if replace_tags and draft.tags:
        draft.fields["tags"] = None
    return draft


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
        default = "occurred_at" if entity is EntityKind.ACTIVITY else "name"
        request = ListRequest(
            where=where,
            sort=sort.lstrip("-") or default,
            descending=sort.startswith("-") or (not sort and entity is EntityKind.ACTIVITY),
        )
        with session.opened() as workspace:
            items, following = _page(workspace, entity, request, limit=limit, after=after)
        session.answer({"items": items, "next": following or None})

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

    if entity is not EntityKind.ACTIVITY:
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
                    f"`mycrm {_PLURALS[entity]} show` tells which it has.",
                )
            result = verbs.mark_point(local_id, meant[0].uid, verified=verified, bounced=bounced)
            answer = saved(verbs, result)
        session.answer(answer)


_PLURALS: Final = {EntityKind.CONTACT: "contacts", EntityKind.COMPANY: "companies"}


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
    day = coerce(FieldSpec(name, FieldKind.DATE), text, reading_of(workspace.users.acting()))
    return day if isinstance(day, date) else ""


def _page(
    workspace: OpenWorkspace, entity: EntityKind, request: ListRequest, *, limit: int, after: str
) -> tuple[list[dict[str, Any]], str]:
    readers: dict[EntityKind, Callable[..., Any]] = {
        EntityKind.CONTACT: workspace.contacts.page,
        EntityKind.COMPANY: workspace.companies.page,
        EntityKind.ACTIVITY: workspace.activities.page,
    }
    page = readers[entity](request, limit=limit, after=after)
    cards = verbs_of(workspace, entity).cards([row.id for row in page.items])
    return [record(card) for card in cards], page.next


def activity_commands() -> typer.Typer:
    """The commands of activities: those of every record, and `log`."""
    group = record_commands(EntityKind.ACTIVITY)

    @group.command()
    def log(
        context: typer.Context,
        contact: Annotated[str, typer.Option(help="The contact's uid.")],
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
        """Log something that happened with a contact."""
        session: Session = session_of(context)
        with session.opened() as workspace:
            ids = [workspace.contacts.resolve(uid, trash=False) for uid in (contact, *(others or ()))]
            uids = {card.id: card.uid.hex() for card in workspace.contacts.cards(ids)}
            pairs = [f"type={kind}", f"contact={uids[ids[0]]}"]
            given = {
                "occurred_at": at,
                "outcome": outcome,
                "subject": subject,
                "body": body,
                "location": location,
                "participants": joined_list(uids[local_id] for local_id in ids[1:]),
            }
            pairs += [f"{name}={value}" for name, value in given.items() if value]
            draft = draft_of(workspace, EntityKind.ACTIVITY, pairs, replace_tags=False)
            answer = saved(workspace.activities, workspace.activities.add(draft))
        session.answer(answer)

    return group
