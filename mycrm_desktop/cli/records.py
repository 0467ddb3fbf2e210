"""`mycrm contacts|companies|activities list|show|add|set|delete|restore`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from babel.numbers import get_currency_precision

from mycrm_desktop.cli.session import Session, session_of
from services.errors import InvalidValue
from services.open_workspace import OpenWorkspace
from services.reading import reading_of
from services.record_verbs import RecordVerbs
from services.records.drafts import PointKind, RecordDraft
from services.records.fields import CUSTOM_PREFIX, EntityKind, FieldKind
from services.records.people import RecordCard, Saved
from services.store.queries.listing import ListRequest
from services.values.drafts import draft_from_pairs

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
    answer["tags"] = list(card.tags)
    answer.update({f"{CUSTOM_PREFIX}{name}": value for name, value in card.custom.items()})
    answer["created_at"] = card.created_at
    if card.deleted_at is not None:
        answer["deleted_at"] = card.deleted_at
    return answer


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
    ) -> None:
        """Log something that happened with a contact."""
        session: Session = session_of(context)
        with session.opened() as workspace:
            card = workspace.contacts.card(workspace.contacts.resolve(contact, trash=False))
            pairs = [f"type={kind}", f"contact={card.uid.hex()}"]
            given = {"occurred_at": at, "outcome": outcome, "subject": subject, "body": body}
            pairs += [f"{name}={value}" for name, value in given.items() if value]
            draft = draft_of(workspace, EntityKind.ACTIVITY, pairs, replace_tags=False)
            answer = saved(workspace.activities, workspace.activities.add(draft))
        session.answer(answer)

    return group
