"""`mycrm tasks`: those of every record, and `done`, `reopen`, `snooze` and `due`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from mycrm_desktop.cli.records import Uid, read_value, record_commands, saved
from mycrm_desktop.cli.session import session_of
from services.errors import InvalidValue
from services.records.fields import EntityKind, FieldKind


def task_commands() -> typer.Typer:
    """The commands of tasks."""
    group = record_commands(EntityKind.TASK)

    @group.command()
    def done(context: typer.Context, uid: Uid) -> None:
        """Tick a task off; one that repeats leaves the next behind."""
        session = session_of(context)
        with session.opened() as workspace:
            tasks = workspace.tasks
            answer = saved(tasks, tasks.done([tasks.resolve(uid, trash=False)]))
        session.answer(answer)

    @group.command()
    def reopen(context: typer.Context, uid: Uid) -> None:
        """Take the tick away again."""
        session = session_of(context)
        with session.opened() as workspace:
            tasks = workspace.tasks
            answer = saved(tasks, tasks.reopen([tasks.resolve(uid, trash=False)]))
        session.answer(answer)

    @group.command()
    def snooze(
        context: typer.Context,
        uid: Uid,
        until: Annotated[str, typer.Option(metavar="T", help="A moment, such as 2026-11-24 09:00 or tomorrow 9:00.")],
    ) -> None:
        """Be reminded of a task later."""
        session = session_of(context)
        with session.opened() as workspace:
            tasks = workspace.tasks
            moment = read_value(workspace, "until", FieldKind.MOMENT, until)
            if not isinstance(moment, datetime):
                raise InvalidValue("Say until when", "Write it like 2026-11-24 09:00.", field="until")
            answer = saved(tasks, tasks.snooze(tasks.resolve(uid, trash=False), moment))
        session.answer(answer)

    @group.command()
    def due(context: typer.Context) -> None:
        """Count the open tasks: overdue, today, upcoming and without a date."""
        session = session_of(context)
        with session.opened() as workspace:
            counts = workspace.tasks.due()
        session.answer(asdict(counts))

    return group
