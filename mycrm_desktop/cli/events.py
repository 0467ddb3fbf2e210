"""`mycrm events`: those of every record, and `agenda`, `leave-out`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated

import typer

from mycrm_desktop.cli.records import Uid, read_value, record_commands, saved
from mycrm_desktop.cli.session import session_of
from services.errors import InvalidValue
from services.open_workspace import OpenWorkspace
from services.records.fields import EntityKind, FieldKind


def event_commands() -> typer.Typer:
    """The commands of calendar events."""
    group = record_commands(EntityKind.EVENT)

    @group.command()
    def agenda(
        context: typer.Context,
        since: Annotated[str, typer.Option("--from", metavar="T", help="A day or moment, such as tomorrow.")] = "today",
        days: Annotated[int, typer.Option(min=1, max=366)] = 7,
    ) -> None:
        """Tell what takes place within some days, each occurrence of a series by itself."""
        session = session_of(context)
        with session.opened() as workspace:
            begins_at = _moment(workspace, "from", since)
            rows = workspace.calendar.between(begins_at, begins_at + timedelta(days=days))
        session.answer({"items": [asdict(row) for row in rows]})

    @group.command("leave-out")
    def leave_out(
        context: typer.Context,
        uid: Uid,
        occurrence: Annotated[str, typer.Option(metavar="T", help="When the occurrence would have begun.")],
    ) -> None:
        """Let one occurrence of a series not take place."""
        session = session_of(context)
        with session.opened() as workspace:
            events = workspace.calendar
            moment = _moment(workspace, "occurrence", occurrence)
            answer = saved(events, events.leave_out(events.resolve(uid, trash=False), moment))
        session.answer(answer)

    return group


def _moment(workspace: OpenWorkspace, name: str, text: str) -> datetime:
    """The moment that somebody wrote. Raises InvalidValue."""
    moment = read_value(workspace, name, FieldKind.MOMENT, text)
    if not isinstance(moment, datetime):
        raise InvalidValue("Say when", "Write it like 2026-11-24 09:00.", field=name)
    return moment
