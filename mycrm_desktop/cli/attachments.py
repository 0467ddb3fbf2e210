"""`mycrm files attach|list|save|rename|detach|restore|usage|verify|purge`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from mycrm_desktop.cli.finding import record_named
from mycrm_desktop.cli.records import verbs_of
from mycrm_desktop.cli.session import session_of
from services.errors import InvalidValue
from services.open_workspace import OpenWorkspace
from services.records.fields import EntityKind
from services.records.files import FileRow

files_commands = typer.Typer(no_args_is_help=True, help="Files that belong to records, kept encrypted.")

FileUid = Annotated[str, typer.Argument(metavar="UID", help="The file's uid, or an unambiguous beginning of it.")]


def _file(workspace: OpenWorkspace, row: FileRow) -> dict[str, Any]:
    holder = verbs_of(workspace, row.entity).card(row.record_id)
    return {
        "uid": row.uid,
        "name": row.name,
        "media_type": row.media_type,
        "size_bytes": row.size_bytes,
        "entity": row.entity,
        "record": holder.uid,
        "record_name": holder.name,
        "owner": row.owner,
        "created_at": row.created_at,
        "deleted_at": row.deleted_at,
    }


@files_commands.command()
def attach(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="PATH")],
    contact: Annotated[str, typer.Option(metavar="UID")] = "",
    company: Annotated[str, typer.Option(metavar="UID")] = "",
    deal: Annotated[str, typer.Option(metavar="UID")] = "",
    lead: Annotated[str, typer.Option(metavar="UID")] = "",
    activity: Annotated[str, typer.Option(metavar="UID")] = "",
    name: Annotated[str, typer.Option(help="What to call it; its own name without.")] = "",
) -> None:
    """Keep a copy of a file with a record."""
    session = session_of(context)
    given = {
        EntityKind.CONTACT: contact,
        EntityKind.COMPANY: company,
        EntityKind.DEAL: deal,
        EntityKind.LEAD: lead,
        EntityKind.ACTIVITY: activity,
    }
    named = [(entity, uid) for entity, uid in given.items() if uid]
    if len(named) != 1:
        raise InvalidValue(
            "A file belongs to one record", "Give one of --contact, --company, --deal, --lead, --activity."
        )
    entity, uid = named[0]
    with session.opened() as workspace:
        record_id = verbs_of(workspace, entity).resolve(uid, trash=False)
        result = workspace.files.attach(path, entity, record_id, name=name)
        answer = _file(workspace, workspace.files.get(result.id))
    session.answer({**answer, "batch": result.batch})


@files_commands.command("list")
def list_(
    context: typer.Context, uid: Annotated[str, typer.Argument(metavar="UID", help="The uid of the record.")]
) -> None:
    """List the files of a record, the newest first."""
    session = session_of(context)
    with session.opened() as workspace:
        entity, found = record_named(workspace, uid)
        record_id = verbs_of(workspace, entity).resolve(found.hex())
        items = [_file(workspace, row) for row in workspace.files.of_record(entity, record_id)]
    session.answer({"items": items})


@files_commands.command()
def save(
    context: typer.Context,
    uid: FileUid,
    to: Annotated[Path, typer.Option("--to", metavar="PATH", help="The file to write, or a folder.")],
    replace: Annotated[bool, typer.Option("--replace", help="Replace a file that is there.")] = False,
) -> None:
    """Write a readable copy of a file."""
    session = session_of(context)
    with session.opened() as workspace:
        row = workspace.files.get(workspace.files.resolve(uid))
        path = workspace.files.open_copy(row.id, to, replace=replace)
    session.answer({"uid": row.uid, "path": path, "size_bytes": row.size_bytes})


@files_commands.command()
def rename(context: typer.Context, uid: FileUid, name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Call a file something else."""
    session = session_of(context)
    with session.opened() as workspace:
        result = workspace.files.rename(workspace.files.resolve(uid), name)
        answer = _file(workspace, workspace.files.get(result.id))
    session.answer({**answer, "batch": result.batch})


@files_commands.command()
def detach(context: typer.Context, uid: FileUid) -> None:
    """Put a file into the trash."""
    session = session_of(context)
    with session.opened() as workspace:
        result = workspace.files.detach([workspace.files.resolve(uid)])
    session.answer({"uid": result.uid, "batch": result.batch})


@files_commands.command()
def restore(context: typer.Context, uid: FileUid) -> None:
    """Take a file out of the trash."""
    session = session_of(context)
    with session.opened() as workspace:
        result = workspace.files.restore([workspace.files.resolve(uid)])
    session.answer({"uid": result.uid, "batch": result.batch})


@files_commands.command()
def usage(context: typer.Context) -> None:
    """Tell how many files there are and how much room they take."""
    session = session_of(context)
    with session.opened() as workspace:
        found = workspace.files.usage()
    session.answer(
        {
            "files": found.files,
            "named_bytes": found.named_bytes,
            "contents": found.contents,
            "stored_bytes": found.stored_bytes,
        }
    )


@files_commands.command()
def verify(
    context: typer.Context,
    full: Annotated[bool, typer.Option("--full", help="Read every byte.")] = False,
) -> None:
    """Look for missing and damaged contents; exits 1 when there are any."""
    session = session_of(context)
    with session.opened() as workspace:
        problems = workspace.files.problems(
            full=full, progress=lambda done, total: session.progress("Checked", done, total)
        )
    session.answer({"ok": not problems, "full": full, "problems": problems}, "\n".join(problems) or "All is well.")
    if problems:
        raise typer.Exit(1)


@files_commands.command()
def purge(context: typer.Context) -> None:
    """Delete for good the contents that nothing has named for thirty days."""
    session = session_of(context)
    with session.opened() as workspace:
        purged = workspace.files.purge()
    session.answer({"contents": purged.contents, "freed_bytes": purged.freed_bytes})
