"""`mycrm ledger explain UID`, and `history UID --at TIME` as a card."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from mycrm_desktop.cli import finding
from mycrm_desktop.cli.records import parsed_moment
from mycrm_desktop.cli.session import as_lines, session_of
from services.records.explanations import Told

ledger_commands = typer.Typer(no_args_is_help=True, help="What was changed, by whom, in plain words.")


@ledger_commands.command()
def explain(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(metavar="UID", help="The uid of any record, or a beginning of it.")],
) -> None:
    """Tell everything that happened to a record, the newest last."""
    session = session_of(context)
    with session.opened() as workspace:
        entity, found = workspace.explaining.find(uid)
        story = workspace.explaining.story(found)
    items = [_told(told) for told in story]
    session.answer({"entity": entity, "uid": found, "items": items}, "\n\n".join(_lines(told) for told in story))


@ledger_commands.callback()
def _group() -> None:
    """What was changed, by whom, in plain words."""


def _told(told: Told) -> dict[str, Any]:
    return {
        "seq": told.seq,
        "batch": told.batch,
        "changed_at": told.changed_at,
        "who": told.who,
        "by": told.by,
        "sentences": told.sentences,
        "undone": told.undone,
        "erased": told.erased,
    }


def _lines(told: Told) -> str:
    undone = " (taken back since)" if told.undone else ""
    head = f"{told.changed_at:%Y-%m-%d %H:%M} UTC  {told.who}: {told.by}{undone}"
    return "\n".join([head, *(f"  {sentence}" for sentence in told.sentences)])


def history(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(metavar="[UID]")] = "",
    at: Annotated[str, typer.Option(help="Show the record as it stood at this time.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 50,
) -> None:
    """The newest batches, or every change of one record, or a record as it was."""
    if not (uid and at):
        finding.history(context, uid, at, limit)
        return
    session = session_of(context)
    moment = parsed_moment(at)
    with session.opened() as workspace:
        entity, found = workspace.explaining.find(uid)
        standing = workspace.explaining.standing(found, moment)
    answer = {
        "entity": entity,
        "uid": found,
        "at": moment,
        "name": standing.name,
        "in_trash": standing.in_trash,
        "erased": standing.erased,
        "record": standing.fields,
    }
    head = f"{standing.name}  ({entity.value}) as of {moment:%Y-%m-%d %H:%M} UTC"
    notes = ["It was in the trash."] if standing.in_trash else []
    if standing.erased:
        notes.append("What was personal has been erased since.")
    session.answer(answer, "\n".join([head, *notes, as_lines(standing.fields)]))
