"""`mycrm duplicates list|ignore`, and `merge` for contacts and companies."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from mycrm_desktop.cli.keeping import entity_named
from mycrm_desktop.cli.records import Uid, saved
from mycrm_desktop.cli.session import session_of
from services.duplicate_scoring import LISTED
from services.duplicates import COMPARED
from services.errors import InvalidValue, NotFound
from services.open_workspace import OpenWorkspace
from services.record_verbs import RecordVerbs
from services.records.duplicates import MergePreview, PairSide, Side, WholeAddress
from services.records.fields import EntityKind

duplicates_commands = typer.Typer(no_args_is_help=True, help="Records that may be one.")


def _verbs(workspace: OpenWorkspace, entity: EntityKind) -> RecordVerbs:
    return workspace.contacts if entity is EntityKind.CONTACT else workspace.companies


def _side(side: PairSide) -> dict[str, Any]:
    return {"uid": side.uid, "name": side.name, "detail": side.detail, "created_at": side.created_at}


@duplicates_commands.command("list")
def list_(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="[contacts|companies]", help="Contacts without it.")] = "contacts",
    least: Annotated[int, typer.Option(min=0, max=100, help="The lowest score to list.")] = LISTED,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    ignored: Annotated[bool, typer.Option("--ignored", help="The pairs that are never shown, instead.")] = False,
) -> None:
    """List pairs of records that may be one, the likeliest first; `total` counts those beyond the limit too."""
    session = session_of(context)
    entity = entity_named(kind)
    items: list[dict[str, Any]]
    with session.opened() as workspace:
        service = workspace.duplicates
        if ignored:
            kept = service.ignored(entity)
            items = [{"entity": pair.entity, "first": _side(pair.first), "second": _side(pair.second)} for pair in kept]
        else:

            def told(done: int, total: int) -> None:
                session.progress("Compared", done, total)

            items = [
                {
                    "entity": pair.entity,
                    "score": pair.score,
                    "reason": pair.reason,
                    "grounds": pair.grounds,
                    "first": _side(pair.first),
                    "second": _side(pair.second),
                }
                for pair in service.pairs(entity, least=least, progress=told)
            ]
    session.answer({"items": items[:limit], "total": len(items)})


@duplicates_commands.command()
def ignore(context: typer.Context, first: Uid, second: Uid) -> None:
    """Never list these two as a pair again."""
    session = session_of(context)
    with session.opened() as workspace:
        entity = _kind_of(workspace, first)
        verbs = _verbs(workspace, entity)
        ids = [verbs.resolve(uid, trash=False) for uid in (first, second)]
        result = workspace.duplicates.ignore(entity, *ids)
        uids = [card.uid for card in verbs.cards(ids)]
    session.answer({"uid": result.uid, "entity": entity, "records": uids, "batch": result.batch})


def _kind_of(workspace: OpenWorkspace, uid: str) -> EntityKind:
    """The kind of record that a uid names. Raises NotFound."""
    for entity in COMPARED:
        try:
            _verbs(workspace, entity).resolve(uid, trash=False)
        except NotFound:
            continue
        return entity
    raise NotFound(f"“{uid}” names no contact and no company", "Check the uid; lists and searches print it.")


def add_merge(group: typer.Typer, entity: EntityKind) -> typer.Typer:
    """Give the commands of contacts or companies their `merge`; returns the group."""

    @group.command()
    def merge(
        context: typer.Context,
        keep: Annotated[str, typer.Argument(metavar="KEEP", help="The uid of the record that stays.")],
        other: Annotated[str, typer.Argument(metavar="OTHER", help="The uid of the one that goes into it.")],
        take: Annotated[
            list[str] | None,
            typer.Option(metavar="FIELD=keep|other|both", help="Whose value to take; repeat. Else as suggested."),
        ] = None,
        preview: Annotated[bool, typer.Option("--preview", help="Only tell what would happen.")] = False,
    ) -> None:
        """Make two records one; `mycrm undo BATCH` parts them again at any time."""
        session = session_of(context)
        with session.opened() as workspace:
            verbs = _verbs(workspace, entity)
            kept, going = (verbs.resolve(uid, trash=False) for uid in (keep, other))
            if preview:
                answer = _preview(workspace.merging.preview(entity, kept, going))
            else:
                answer = saved(verbs, workspace.merging.merge(entity, kept, going, _choices(take or [])))
        session.answer(answer)

    return group


def _choices(pairs: list[str]) -> dict[str, Side]:
    """The choices that FIELD=SIDE options make. Raises InvalidValue."""
    choices = {}
    for pair in pairs:
        name, _, side = pair.partition("=")
        if side not in list(Side):
            raise InvalidValue(f"“{pair}” is no choice", "Write for example title=other, or email=both.", field=name)
        choices[name.strip()] = Side(side)
    return choices


def _preview(found: MergePreview) -> dict[str, Any]:
    fields = [
        {
            "name": field.name,
            "keep": _told(field.keep),
            "other": _told(field.other),
            "differs": field.differs,
            "suggested": field.suggested,
            "reason": field.reason,
            "locked": field.locked,
        }
        for field in found.fields
    ]
    moves = [{"kind": m.kind, "keep": m.keep, "other": m.other, "result": m.result} for m in found.moves]
    sides = {"keep": _side(found.keep), "other": _side(found.other)}
    return {**sides, "score": found.score, "reason": found.reason, "fields": fields, "moves": moves}


def _told(value: Any) -> Any:
    """A value of the preview; an address on one line."""
    if isinstance(value, tuple):
        return tuple(str(one) if isinstance(one, WholeAddress) else one for one in value)
    return value
