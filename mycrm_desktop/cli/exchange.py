"""`mycrm import` and `export`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from mycrm_desktop.cli.records import KEPT
from mycrm_desktop.cli.session import Session, session_of
from services.importing.applying import OnMatch
from services.importing.decisions import SURE, Choice, LikelyRow
from services.importing.service import ImportRequest
from services.records.fields import PLURALS, EntityKind


class Importable(StrEnum):
    """What can be imported."""

    CONTACTS = "contacts"
    COMPANIES = "companies"
    LEADS = "leads"
    DEALS = "deals"
    ACTIVITIES = "activities"
    TASKS = "tasks"
    EVENTS = "events"
    PIPELINES = "pipelines"


class Exportable(StrEnum):
    """What can be exported."""

    CONTACTS = "contacts"
    COMPANIES = "companies"
    LEADS = "leads"
    DEALS = "deals"
    ACTIVITIES = "activities"
    TASKS = "tasks"
    EVENTS = "events"
    EVERYTHING = "everything"


class ExportFormat(StrEnum):
    """The formats of an export."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    VCF = "vcf"
    ICS = "ics"


_TOLD: Final = 10
_ENTITIES = {PLURALS[entity]: entity for entity in KEPT}


def import_(
    context: typer.Context,
    what: Annotated[Importable, typer.Argument()],
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    mapping: Annotated[
        list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD", help="Where a column goes; repeat.")
    ] = None,
    key: Annotated[str, typer.Option(help="The field by which rows match records.")] = "",
    on_match: Annotated[OnMatch, typer.Option(help="What happens to rows whose record exists.")] = OnMatch.UPDATE,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would happen; write nothing.")] = False,
    chunk: Annotated[int, typer.Option(min=0, help="Rows a batch; 0 imports the whole file as one.")] = 0,
    on_duplicate: Annotated[
        Choice,
        typer.Option(help=f"What happens to rows without a match that look like a record ({SURE}% or more)."),
    ] = Choice.KEEP,
    make_stages: Annotated[
        bool, typer.Option("--make-stages", help="Make the stages and pipelines that deals name and nobody has.")
    ] = False,
    with_tasks: Annotated[
        bool, typer.Option("--with-tasks", help="Of a calendar take the tasks with the events, as one batch.")
    ] = False,
) -> None:
    """Bring in a file; the whole import is one batch that can be undone at any time."""
    session = session_of(context)
    if what is Importable.EVENTS:
        _import_events(session, file, with_tasks=with_tasks, dry_run=dry_run)
        return
    if what is Importable.PIPELINES:
        with session.opened() as workspace:
            taken = workspace.imports.pipelines(file, dry_run=dry_run)
        session.answer(taken.as_document())
        return
    request = ImportRequest(
        path=file,
        entity=_ENTITIES[what.value],
        mapping=tuple(mapping or ()),
        key=key,
        on_match=on_match,
        dry_run=dry_run,
        chunk_rows=chunk,
        on_duplicate=on_duplicate,
        make_stages=make_stages,
    )
    with session.opened() as workspace:
        outcome = workspace.imports.run(request, progress=session.progress)
    for note in (*outcome.notes, *_duplicates_told(outcome.likely or ())):
        session.say(note)
    session.answer(outcome.as_document())


def _duplicates_told(likely: Sequence[LikelyRow]) -> Iterator[str]:
    """The first rows that look like duplicates, each with the reason."""
    for one in likely[:_TOLD]:
        other = f"row {one.other_number}, {one.other}" if one.other_number else one.other
        yield f"Row {one.number}, {one.name}, may be {other} ({one.score}%): {one.reason}"
    if len(likely) > _TOLD:
        yield f"{len(likely) - _TOLD:,} more rows look like duplicates."


def _import_events(session: Session, file: Path, *, with_tasks: bool, dry_run: bool) -> None:
    """A calendar or a table: what has an identity of its own is known again, so that again changes nothing."""
    with session.opened() as workspace:
        contents = workspace.imports.read_calendar(file)
        run = workspace.imports.rehearse_calendar if dry_run else workspace.imports.take_calendar
        outcome = run(file, contents, with_tasks=with_tasks)
    for reject in outcome.rejects:
        session.say(f"Left out: {reject.value} {reject.reason}".replace("  ", " "))
    if outcome.tasks_left:
        session.say(f"Left out: {outcome.tasks_left} tasks of the calendar; --with-tasks takes them too.")
    session.answer(outcome.as_document())


def export(
    context: typer.Context,
    what: Annotated[Exportable, typer.Argument()],
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="The file, or the folder for everything as csv.")],
    as_format: Annotated[ExportFormat, typer.Option("--format")] = ExportFormat.CSV,
) -> None:
    """Write records to a file that this program and others can read."""
    session = session_of(context)
    with session.opened() as workspace:
        entities = _kinds(what)
        outcome = workspace.exports.run(
            entities, as_format.value, to, everything=what is Exportable.EVERYTHING, progress=session.progress
        )
    for left_out in outcome.cannot_hold:
        session.say(f"{as_format.value} cannot hold: {left_out}")
    session.answer(outcome.as_document())


def _kinds(what: Exportable) -> tuple[EntityKind, ...]:
    if what is not Exportable.EVERYTHING:
        return (_ENTITIES[what.value],)
    return KEPT
