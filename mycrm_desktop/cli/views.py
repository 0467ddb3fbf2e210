"""`mycrm views list|run|add|delete|groups|export|import`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from mycrm_desktop.cli.keeping import entity_named
from mycrm_desktop.cli.records import page_of, record, verbs_of
from mycrm_desktop.cli.session import session_of
from services.errors import InvalidValue, MyCrmError
from services.open_workspace import OpenWorkspace
from services.records.fields import FIELDS, PLURALS, EntityKind
from services.records.planning import EventRow
from services.records.saved_views import SavedView, ViewDraft
from services.saved_view_sharing import LARGEST_BYTES
from services.store.queries.listing import ListRequest

views_commands = typer.Typer(no_args_is_help=True, help="Lists that are asked for again.")

Kind = Annotated[str, typer.Option("--kind", help="contacts, companies, deals ...; needed where a name is used twice.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="The view's name, or its uid.")]


def _kind(text: str) -> EntityKind | None:
    return entity_named(text) if text else None


def _found(workspace: OpenWorkspace, name: str, kind: str) -> SavedView:
    """The view of a name; the views to start with are made when no other has it."""
    entity = _kind(kind)
    if not workspace.store.read_only:
        for each in [entity] if entity else FIELDS:
            workspace.views.ensure_starters(each)
    return workspace.views.find(name, entity)


def _event(row: EventRow) -> dict[str, Any]:
    return {"uid": row.uid, "title": row.title, "starts_at": row.starts_at}


def _view(view: SavedView) -> dict[str, Any]:
    return {
        "uid": view.uid,
        "kind": PLURALS[view.entity],
        "name": view.name,
        "query": view.query,
        "columns": view.columns,
        "sort": view.sort,
        "descending": view.descending,
        "grouping": view.grouping,
        "owner": view.owner,
    }


@views_commands.command("list")
def list_(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="[KIND]", help="contacts, companies, leads, deals ...")] = "",
) -> None:
    """List saved views with how many records each shows."""
    session = session_of(context)
    with session.opened() as workspace:
        entities = [entity_named(kind)] if kind else list(FIELDS)
        items: list[dict[str, Any]] = []
        for entity in entities:
            views = workspace.views
            found = views.all(entity) if workspace.store.read_only else views.ensure_starters(entity)
            counts = views.counts(entity)
            items += [{**_view(view), "count": counts.get(view.id)} for view in found]
    session.answer({"items": items})


@views_commands.command("run")
def run_(
    context: typer.Context,
    name: Name,
    kind: Kind = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    after: Annotated[str, typer.Option(help="The cursor that the page before gave.")] = "",
) -> None:
    """List the records that a view shows, a page at a time."""
    session = session_of(context)
    with session.opened() as workspace:
        view = _found(workspace, name, kind)
        default = {EntityKind.ACTIVITY: "occurred_at"}.get(view.entity, "name")
        request = ListRequest(view.query, sort=view.sort or default, descending=view.descending)
        if view.entity is EntityKind.EVENT:
            events = workspace.calendar.page(request, limit=limit, after=after)
            items: list[Any] = [
                {"uid": row.uid, "title": row.title, "starts_at": row.starts_at} for row in events.items
            ]
            following = events.next
        else:
            page = page_of(workspace, view.entity, request, limit=limit, after=after)
            cards = verbs_of(workspace, view.entity).cards([row.id for row in page.items])
            items, following = [record(card) for card in cards], page.next
    session.answer({"view": view.uid, "items": items, "next": following or None})


@views_commands.command("groups")
def groups(
    context: typer.Context,
    name: Name,
    by: Annotated[str, typer.Option(help="A field; the view's own grouping without it.")] = "",
    kind: Kind = "",
) -> None:
    """Count the records of a view by a value that they share."""
    session = session_of(context)
    with session.opened() as workspace:
        view = _found(workspace, name, kind)
        if not by and not view.grouping:
            raise InvalidValue("This view is not grouped", "Give --by a field, such as owner.", field="by")
        found = workspace.views.groups(view.entity, view.query, by or view.grouping)
    session.answer({"items": [{"value": group.value, "label": group.label, "count": group.count} for group in found]})


@views_commands.command()
def add(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="contacts, companies, leads, deals ...")],
    name: Annotated[str, typer.Argument(metavar="NAME")],
    where: Annotated[str, typer.Option(help="A query, such as lifecycle:customer last>30d")] = "",
    column: Annotated[list[str] | None, typer.Option(help="A field to show; repeat.")] = None,
    sort: Annotated[str, typer.Option(help="A field to sort by; a leading - turns the order round.")] = "",
    group: Annotated[str, typer.Option(help="A field to group by.")] = "",
) -> None:
    """Save a view."""
    session = session_of(context)
    draft = ViewDraft(
        entity_named(kind), name, where, tuple(column or ()), sort.lstrip("-"), sort.startswith("-"), group
    )
    with session.opened() as workspace:
        saved = workspace.views.add(draft)
        view = workspace.views.get(saved.id)
    session.answer({**_view(view), "batch": saved.batch})


@views_commands.command()
def delete(context: typer.Context, name: Name, kind: Kind = "") -> None:
    """Take a view away; `mycrm undo` brings it back."""
    session = session_of(context)
    with session.opened() as workspace:
        result = workspace.views.delete(_found(workspace, name, kind).id)
    session.answer({"uid": result.uid, "batch": result.batch})


@views_commands.command("export")
def export_(
    context: typer.Context,
    name: Name,
    to: Annotated[Path, typer.Option("--to", metavar="FILE")],
    kind: Kind = "",
) -> None:
    """Write a view to a file that another workspace can take."""
    session = session_of(context)
    with session.opened() as workspace:
        view = _found(workspace, name, kind)
        data = workspace.views.export_view(view.id)
    try:
        to.write_bytes(data)
    except OSError as error:
        raise MyCrmError(f"{to} could not be written", f"The system says: {error.strerror}.") from error
    session.answer({"uid": view.uid, "path": to})


@views_commands.command("import")
def import_(context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Save the view of a file."""
    session = session_of(context)
    try:
        with file.open("rb") as source:
            data = source.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise MyCrmError(f"{file} could not be read", f"The system says: {error.strerror}.") from error
    with session.opened() as workspace:
        saved = workspace.views.import_view(data)
        view = workspace.views.get(saved.id)
    session.answer({**_view(view), "batch": saved.batch})
