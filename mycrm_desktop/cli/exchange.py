"""`mycrm import` and `export`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mycrm_desktop.cli.records import KEPT
from mycrm_desktop.cli.session import Session, session_of
from services.importing.applying import OnMatch
from services.importing.calendars import read_calendar
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
) -> None:
    """Bring in a file; the whole import is one batch that can be undone at any time."""
    session = session_of(context)
    if what is Importable.EVENTS:
        _import_events(session, file)
        return
    request = ImportRequest(
        path=file,
        entity=_ENTITIES[what.value],
        mapping=tuple(mapping or ()),
        key=key,
        on_match=on_match,
        dry_run=dry_run,
        chunk_rows=chunk,
    )
    with session.opened() as workspace:
        outcome = workspace.imports.run(request, progress=session.progress)
    for note in outcome.notes:
        session.say(note)
    session.answer(outcome.as_document())


def _import_events(session: Session, file: Path) -> None:
    """A calendar file: what has an identity of its own is known again, so that a second import changes nothing."""
    with session.opened() as workspace:
        acting = workspace.users.acting()
        contents = read_calendar(file, acting.time_zone if acting and acting.time_zone else "UTC")
        taken = workspace.calendar.take(contents.events)
    for reject in contents.rejects:
        session.say(f"Left out: {reject.value} {reject.reason}".replace("  ", " "))
    if contents.tasks:
        session.say(f"Left out: {len(contents.tasks)} tasks of the calendar; import them as tasks.")
    session.answer(
        {
            "batch": taken.batch.hex() if taken.batch else None,
            "rows": len(contents.events) + len(contents.rejects),
            "created": taken.created,
            "updated": taken.updated,
            "unchanged": taken.unchanged + taken.outdated,
            "rejected": len(contents.rejects),
        }
    )


def export(
    context: typer.Context,
    what: Annotated[Exportable, typer.Argument()],
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="The file, or the folder for everything as csv.")],
    as_format: Annotated[ExportFormat, typer.Option("--format")] = ExportFormat.CSV,
) -> None:
    """Write records to a file that this program and others can read."""
    session = session_of(context)
    with session.opened() as workspace:
        entities = _kinds(what, as_format)
        outcome = workspace.exports.run(
            entities, as_format.value, to, everything=what is Exportable.EVERYTHING, progress=session.progress
        )
    for left_out in outcome.cannot_hold:
        session.say(f"{as_format.value} cannot hold: {left_out}")
    session.answer(outcome.as_document())


def _kinds(what: Exportable, as_format: ExportFormat) -> tuple[EntityKind, ...]:
    if what is not Exportable.EVERYTHING:
        return (_ENTITIES[what.value],)
    # Only JSON has a place for who is invited to an event, and nothing reads events back from csv.
    if as_format in (ExportFormat.JSON, ExportFormat.ICS):
        return KEPT
    return tuple(entity for entity in KEPT if entity is not EntityKind.EVENT)
