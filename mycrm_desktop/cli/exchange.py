"""`mycrm import` and `export`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mycrm_desktop.cli.session import session_of
from services.importing.applying import OnMatch
from services.importing.service import ImportRequest
from services.records.fields import EntityKind


class Importable(StrEnum):
    """What can be imported."""

    CONTACTS = "contacts"
    COMPANIES = "companies"
    ACTIVITIES = "activities"


class Exportable(StrEnum):
    """What can be exported."""

    CONTACTS = "contacts"
    COMPANIES = "companies"
    ACTIVITIES = "activities"
    EVERYTHING = "everything"


class ExportFormat(StrEnum):
    """The formats of an export."""

    CSV = "csv"
    JSON = "json"


_ENTITIES = {
    "contacts": EntityKind.CONTACT,
    "companies": EntityKind.COMPANY,
    "activities": EntityKind.ACTIVITY,
}


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


def export(
    context: typer.Context,
    what: Annotated[Exportable, typer.Argument()],
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="The file, or the folder for everything as csv.")],
    as_format: Annotated[ExportFormat, typer.Option("--format")] = ExportFormat.CSV,
) -> None:
    """Write records to a file that this program and others can read."""
    session = session_of(context)
    with session.opened() as workspace:
        entities = tuple(_ENTITIES.values()) if what is Exportable.EVERYTHING else (_ENTITIES[what.value],)
        outcome = workspace.exports.run(
            entities, as_format.value, to, everything=what is Exportable.EVERYTHING, progress=session.progress
        )
    session.answer(outcome.as_document())
