"""`mycrm workspace`, `workspaces` and `demo`."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from mycrm_desktop.cli.session import session_of
from services.errors import InvalidValue
from services.vault.protection import Protection
from services.workspaces import NewWorkspace, information, with_suffix

workspace_commands = typer.Typer(no_args_is_help=True, help="Make, describe and check a workspace.")
workspaces_commands = typer.Typer(no_args_is_help=True, help="The workspaces known on this laptop.")
demo_commands = typer.Typer(no_args_is_help=True, help="Workspaces with invented people.")

PathArgument = Annotated[Path, typer.Argument(metavar="PATH", help="The workspace file, NAME.mycrm.")]


def _protection(*, plain: bool, passphrase: str | None) -> Protection:
    if plain and passphrase is not None:
        raise InvalidValue("A plain workspace has no passphrase", "Give --plain or --passphrase-file, not both.")
    if plain:
        return Protection.PLAIN
    return Protection.PASSPHRASE if passphrase is not None else Protection.KEYRING


@workspace_commands.command()
def create(
    context: typer.Context,
    path: PathArgument,
    plain: Annotated[bool, typer.Option("--plain", help="Do not encrypt the file.")] = False,
    user: Annotated[str, typer.Option(help="Your name.")] = "",
    email: Annotated[str, typer.Option(help="Your email.")] = "",
) -> None:
    """Make a workspace; prints its recovery code, once."""
    session = session_of(context)
    passphrase = session.passphrase()
    request = NewWorkspace(
        protection=_protection(plain=plain, passphrase=passphrase),
        passphrase=passphrase or "",
        user_name=user,
        email=email,
    )
    created = session.workspaces().create(path, request)
    answer: dict[str, Any] = information(created.workspace)
    created.workspace.close()
    session.remember(created.workspace.store.path)
    if created.recovery_code is not None:
        answer["recovery_code"] = created.recovery_code.format()
    session.answer(answer)


@workspace_commands.command()
def info(context: typer.Context) -> None:
    """Describe the workspace."""
    session = session_of(context)
    with session.opened() as workspace:
        answer = information(workspace)
    session.answer(answer)


@workspace_commands.command()
def verify(
    context: typer.Context,
    full: Annotated[bool, typer.Option("--full", help="Replay the whole ledger.")] = False,
) -> None:
    """Check pages, links, files and the ledger's chain; exits 1 when anything is wrong."""
    session = session_of(context)
    started = time.monotonic()
    with session.opened() as workspace:
        problems = [*workspace.history.verify(full=full), *workspace.files.problems(full=full)]
    answer = {"ok": not problems, "full": full, "problems": problems, "seconds": time.monotonic() - started}
    session.answer(answer, "All is well." if not problems else "\n".join(problems))
    if problems:
        raise typer.Exit(1)


@workspace_commands.command()
def rekey(
    context: typer.Context,
    to: Annotated[str, typer.Option(help="keyring or passphrase.")] = "keyring",
    new_passphrase_file: Annotated[Path | None, typer.Option(help="The file with the new passphrase.")] = None,
) -> None:
    """Give the workspace a new key and a new recovery code; encrypts a plain one."""
    session = session_of(context)
    replacement = session.first_line(new_passphrase_file) if new_passphrase_file else None
    wanted = Protection.PASSPHRASE if replacement is not None else Protection(to)
    if wanted is Protection.PASSPHRASE and replacement is None:
        raise InvalidValue("A passphrase workspace needs a passphrase", "Give --new-passphrase-file FILE.")
    code = session.workspaces().rekey(
        session.existing_path(), wanted, passphrase=session.passphrase(), new_passphrase=replacement or ""
    )
    session.answer({"path": session.existing_path(), "protection": wanted, "recovery_code": code.format()})


@workspaces_commands.command("list")
def list_(context: typer.Context) -> None:
    """List the workspaces known on this laptop."""
    session = session_of(context)
    session.answer({"items": session.known_workspaces()})


@workspaces_commands.command()
def use(context: typer.Context, path: PathArgument) -> None:
    """Make a workspace the one that commands work with."""
    session = session_of(context)
    found = path if path.exists() else with_suffix(path)
    if not found.exists():
        raise InvalidValue(f"There is no workspace {path}", "Check the path.", field="path")
    session.remember(found)
    session.answer({"path": found.absolute()})


@demo_commands.command("create")
def demo_create(
    context: typer.Context,
    path: PathArgument,
    contacts: Annotated[int, typer.Option(min=1, max=2_000_000)] = 2000,
    months: Annotated[int, typer.Option(min=1, max=120)] = 18,
    seed: Annotated[int, typer.Option(min=0)] = 7,
    truth: Annotated[Path | None, typer.Option(help="Where to write each contact's true churn probability.")] = None,
    today: Annotated[str, typer.Option(help="The last day of the invented history, such as 2026-11-22.")] = "",
) -> None:
    """Make a workspace with invented people and their history."""
    from services.demo.build import build_demo

    session = session_of(context)
    passphrase = session.passphrase()
    request = NewWorkspace(
        protection=Protection.PASSPHRASE if passphrase is not None else Protection.PLAIN,
        passphrase=passphrase or "",
        demo=True,
    )
    built = build_demo(
        session.workspaces(),
        path,
        request,
        contacts=contacts,
        months=months,
        seed=seed,
        today=date.fromisoformat(today) if today else None,
        truth=truth,
        progress=session.progress,
    )
    answer = information(built.created.workspace)
    built.created.workspace.close()
    if built.created.recovery_code is not None:
        answer["recovery_code"] = built.created.recovery_code.format()
    session.remember(Path(answer["path"]))
    session.answer({**answer, "seconds": built.seconds})
