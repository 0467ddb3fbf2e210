"""`mycrm settings`, `fields` and `users`."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from mycrm_desktop.cli.session import session_of
from services.errors import InvalidValue, NotFound
from services.records.fields import CUSTOM_KINDS, PLURALS, EntityKind, FieldKind
from services.records.people import Role

settings_commands = typer.Typer(no_args_is_help=True, help="Settings of the workspace.")
fields_commands = typer.Typer(no_args_is_help=True, help="Custom fields.")
users_commands = typer.Typer(no_args_is_help=True, help="Who works in this workspace, and in which role.")

_PLURALS = {f"{kind.value}s": kind for kind in EntityKind} | {
    "companies": EntityKind.COMPANY,
    "activities": EntityKind.ACTIVITY,
}


def entity_named(text: str) -> EntityKind:
    """The kind of record that a word names, in the singular or plural. Raises InvalidValue."""
    try:
        return _PLURALS[text] if text in _PLURALS else EntityKind(text)
    except ValueError as error:
        raise InvalidValue(f"“{text}” is no kind of record", f"Use {', '.join(PLURALS.values())}.") from error


@settings_commands.command()
def get(context: typer.Context, name: Annotated[str, typer.Argument(metavar="[NAME]")] = "") -> None:
    """Show one setting, or all."""
    session = session_of(context)
    with session.opened() as workspace:
        answer = {"name": name, "value": workspace.settings.get(name)} if name else workspace.settings.all()
    session.answer(answer)


@settings_commands.command("set")
def set_(context: typer.Context, name: str, value: str) -> None:
    """Give a setting a value: JSON, or plain text."""
    session = session_of(context)
    parsed: Any
    try:
        parsed = json.loads(value)
    except ValueError:
        parsed = value
    with session.opened() as workspace:
        workspace.settings.set(name, parsed)
    session.answer({"name": name, "value": parsed})


@fields_commands.command("add")
def fields_add(
    context: typer.Context,
    entity: str,
    name: str,
    kind: Annotated[str, typer.Option(help="number, text, date, bool or choice.")] = "text",
    option: Annotated[list[str] | None, typer.Option(help="A choice; repeat.")] = None,
    personal: Annotated[
        bool, typer.Option(help="Whether its values are personal and go when a person is erased.")
    ] = True,
) -> None:
    """Add a typed custom field."""
    session = session_of(context)
    if kind not in CUSTOM_KINDS:
        raise InvalidValue(
            f"“{kind}” is no kind of custom field", f"Kinds are: {', '.join(CUSTOM_KINDS)}.", field="kind"
        )
    with session.opened() as workspace:
        field = workspace.custom_fields.add(
            entity_named(entity), name, FieldKind(kind), options=tuple(option or ()), personal=personal
        )
    session.answer(_field(field))


@fields_commands.command("list")
def fields_list(context: typer.Context, entity: Annotated[str, typer.Argument(metavar="[KIND]")] = "") -> None:
    """List custom fields."""
    session = session_of(context)
    with session.opened() as workspace:
        found = workspace.custom_fields.all(entity_named(entity) if entity else None)
    session.answer({"items": [_field(field) for field in found]})


def _field(field: Any) -> dict[str, Any]:
    return {
        "uid": field.uid,
        "entity": field.entity,
        "name": field.name,
        "kind": field.kind,
        "options": list(field.options),
        "personal": field.personal,
    }


@users_commands.command("list")
def users_list(context: typer.Context) -> None:
    """List users and their roles."""
    session = session_of(context)
    with session.opened() as workspace:
        items = [
            {"uid": user.uid, "name": user.name, "email": user.email, "role": user.role}
            for user in workspace.users.all()
        ]
    session.answer({"items": items})


@users_commands.command("add")
def users_add(
    context: typer.Context,
    name: str,
    email: Annotated[str, typer.Option()] = "",
    role: Annotated[Role, typer.Option()] = Role.MEMBER,
) -> None:
    """Add a user."""
    session = session_of(context)
    with session.opened() as workspace:
        saved = workspace.users.add(name, email, role)
    session.answer({"uid": saved.uid, "name": name, "email": email, "role": role, "batch": saved.batch})


@users_commands.command("role")
def users_role(context: typer.Context, name: str, role: Annotated[Role, typer.Argument()]) -> None:
    """Give a user another role."""
    session = session_of(context)
    with session.opened() as workspace:
        wanted = name.casefold()
        found = [u for u in workspace.users.all() if wanted in (u.name.casefold(), u.email.casefold())]
        if not found:
            raise NotFound(f"Nobody in this workspace is called “{name}”", "`mycrm users list` shows everybody.")
        workspace.users.set_role(found[0].id, role)
    session.answer({"uid": found[0].uid, "name": found[0].name, "role": role})
