"""`mycrm search`, `history`, `undo`, `redo` and `trash`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from mycrm_desktop.cli.records import KEPT, page_of, parsed_moment, verbs_of
from mycrm_desktop.cli.session import session_of
from services.errors import NotFound
from services.open_workspace import OpenWorkspace
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.ledger import HistoryEntry, UndoOutcome

trash_commands = typer.Typer(no_args_is_help=True, help="What was deleted and can be restored.")


def search(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT")],
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
) -> None:
    """Find records by words: names, companies, emails and phones first, then notes and bodies."""
    session = session_of(context)
    with session.opened() as workspace:
        outcome = workspace.search.search(text, limit=limit)
    results = [
        {"entity": hit.entity, "uid": hit.uid, "title": hit.title, "snippet": hit.snippet, "rank": hit.rank}
        for hit in outcome.hits
    ]
    lines = "\n".join(f"{hit.uid.hex()}  {hit.title}  {hit.snippet}" for hit in outcome.hits)
    session.answer({"results": results, "ms": outcome.ms}, lines or "Nothing found.")


def history(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(metavar="[UID]")] = "",
    at: Annotated[str, typer.Option(help="Show the record as it stood at this time.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 50,
) -> None:
    """The newest batches, or every change of one record, or a record as it was."""
    session = session_of(context)
    with session.opened() as workspace:
        answer: dict[str, Any]
        if not uid:
            answer = {"items": [_batch(row) for row in workspace.history.batches(limit=limit)]}
        else:
            entity, found = record_named(workspace, uid)
            if at:
                document = workspace.history.at(entity, found, parsed_moment(at))
                answer = {"entity": entity, "uid": found, "at": parsed_moment(at), "record": document}
            else:
                entries = workspace.history.of_record(found, limit=limit)
                answer = {"entity": entity, "uid": found, "items": [_entry(entry) for entry in entries]}
    session.answer(answer)


def record_named(workspace: OpenWorkspace, text: str) -> tuple[EntityKind, Uid]:
    """The record of any kind that a uid or prefix names. Raises NotFound."""
    found = []
    for verbs in (verbs_of(workspace, entity) for entity in KEPT):
        try:
            found.append((verbs.entity, verbs.card(verbs.resolve(text)).uid))
        except NotFound as error:
            if "More than one" in error.title:
                raise
    if len(found) != 1:
        raise NotFound(f"“{text}” names {'more than one' if found else 'no'} record", "Give the whole uid.")
    return found[0]


def _batch(row: Any) -> dict[str, Any]:
    return {
        "batch": row.uid,
        "kind": row.kind,
        "label": row.label_code,
        "origin": row.origin,
        "actor": row.actor_name,
        "started_at": row.started_at,
        "counts": row.counts,
        "undone": row.undone,
    }


def _entry(entry: HistoryEntry) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "batch": entry.batch,
        "label": entry.label_code,
        "origin": entry.origin,
        "actor": entry.actor_name,
        "changed_at": entry.changed_at,
        "op": entry.op,
        "fields": {change.path: [change.before, change.after] for change in entry.fields},
        "erased": entry.erased,
    }


def undo(
    context: typer.Context,
    batch: Annotated[str, typer.Argument(metavar="[BATCH]", help="A batch's uid; your last one without it.")] = "",
) -> None:
    """Take back a batch: your last one, or any, however old."""
    session = session_of(context)
    with session.opened() as workspace:
        target = workspace.history.find_batch(batch) if batch else None
        outcome = workspace.history.undo(target, progress=lambda done, total: session.progress("Undoing", done, total))
    session.answer(_outcome(outcome))


def redo(context: typer.Context) -> None:
    """Do again what the last undo took back."""
    session = session_of(context)
    with session.opened() as workspace:
        outcome = workspace.history.redo(progress=lambda done, total: session.progress("Redoing", done, total))
    session.answer(_outcome(outcome))


def _outcome(outcome: UndoOutcome) -> dict[str, Any]:
    return {
        "batch": outcome.batch,
        "undone": list(outcome.undone),
        "records": outcome.records,
        "left_alone": [
            {"entity": item.entity, "uid": item.uid, "field": item.field, "why": item.why}
            for item in outcome.left_alone
        ],
    }


@trash_commands.command("list")
def trash_list(context: typer.Context, limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50) -> None:
    """List what is in the trash, of every kind."""
    from services.store.queries.listing import ListRequest

    session = session_of(context)
    items: list[dict[str, Any]] = []
    with session.opened() as workspace:
        for entity in KEPT:
            sort = "occurred_at" if entity is EntityKind.ACTIVITY else "name"
            page = page_of(workspace, entity, ListRequest(trash=True, sort=sort), limit=limit)
            items += [
                {"entity": entity, "uid": card.uid, "name": card.name, "deleted_at": card.deleted_at}
                for card in verbs_of(workspace, entity).cards([row.id for row in page.items])
            ]
    session.answer({"items": items[:limit]})
