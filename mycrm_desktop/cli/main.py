"""The entry point of `mycrm`: global options, exit codes, and never a traceback."""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from mycrm_desktop import __version__
from mycrm_desktop.cli import (
    capture,
    doctor,
    duplicates,
    events,
    exchange,
    finding,
    keeping,
    mails,
    planning,
    records,
    sales,
    workspaces,
)
from mycrm_desktop.cli.attachments import files_commands
from mycrm_desktop.cli.explain import history, ledger_commands
from mycrm_desktop.cli.query import query
from mycrm_desktop.cli.session import Session, exit_code
from mycrm_desktop.cli.views import views_commands
from services.errors import MyCrmError
from services.records.fields import EntityKind

app = typer.Typer(
    name="mycrm",
    help="The CRM that a salesperson owns, from the command line.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mycrm {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    workspace: Annotated[
        Path | None, typer.Option(metavar="PATH", help="The workspace; MYCRM_WORKSPACE by default.")
    ] = None,
    passphrase_file: Annotated[
        Path | None, typer.Option(metavar="F", help="A file whose first line is the passphrase.")
    ] = None,
    user: Annotated[str | None, typer.Option(metavar="NAME", help="Work as this user of the workspace.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout and nothing else.")] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask; stop with exit code 3 instead.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """The CRM that a salesperson owns, from the command line."""
    context.obj = Session(
        workspace_path=workspace,
        passphrase_file=passphrase_file,
        user=user,
        as_json=as_json,
        no_input=no_input,
    )


app.add_typer(workspaces.workspace_commands, name="workspace")
app.add_typer(workspaces.workspaces_commands, name="workspaces")
app.add_typer(workspaces.demo_commands, name="demo")
app.add_typer(duplicates.add_merge(records.contact_commands(), EntityKind.CONTACT), name="contacts")
app.add_typer(duplicates.add_merge(records.record_commands(EntityKind.COMPANY), EntityKind.COMPANY), name="companies")
app.add_typer(sales.lead_commands(), name="leads")
app.add_typer(sales.deal_commands(), name="deals")
app.add_typer(sales.pipeline_commands, name="pipelines")
app.add_typer(mails.add_mail(records.activity_commands()), name="activities")
app.add_typer(planning.task_commands(), name="tasks")
app.add_typer(events.event_commands(), name="events")
app.add_typer(duplicates.duplicates_commands, name="duplicates")
app.add_typer(keeping.settings_commands, name="settings")
app.add_typer(keeping.fields_commands, name="fields")
app.add_typer(keeping.users_commands, name="users")
app.add_typer(finding.trash_commands, name="trash")
app.add_typer(views_commands, name="views")
app.add_typer(files_commands, name="files")
app.add_typer(ledger_commands, name="ledger")
app.command("query")(query)
app.command("import")(exchange.import_)
app.command("export")(exchange.export)
app.command("search")(finding.search)
app.command("history")(history)
app.command("undo")(finding.undo)
app.command("redo")(finding.redo)
app.command("capture")(capture.capture)
app.command("doctor")(doctor.doctor)


@app.command("help")
def help_(
    context: typer.Context,
    markdown: Annotated[bool, typer.Option("--markdown", help="As a Markdown page.")] = False,
) -> None:
    """Every command with its options."""
    pages = _help_pages(context.find_root().command, "mycrm", markdown=markdown)
    typer.echo("\n\n".join(pages))


def _help_pages(command: Any, name: str, *, markdown: bool) -> Iterator[str]:
    """The help of a command and of all below it; `command` is of the parser library's own classes."""
    with command.make_context(name, [], resilient_parsing=True) as context:
        text = context.get_help().strip()
        yield f"## `{name}`\n\n```text\n{text}\n```" if markdown else text
        for child in getattr(command, "commands", {}).values():
            yield from _help_pages(child, f"{name} {child.name}", markdown=markdown)


def _fail(error: MyCrmError, *, as_json: bool) -> int:
    typer.echo(f"{error.title}\n{error.message}", err=True)
    if as_json:
        document = {"error": {"title": error.title, "message": error.message, "code": error.code}}
        typer.echo(json.dumps(document, ensure_ascii=False))
    return exit_code(error)


def run(arguments: list[str]) -> int:
    """Run one call; returns the exit code."""
    as_json = "--json" in arguments
    try:
        app(arguments, prog_name="mycrm")
    except MyCrmError as error:
        return _fail(error, as_json=as_json)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


def main() -> None:
    """The console script."""
    multiprocessing.freeze_support()
    sys.exit(run(sys.argv[1:]))
