"""`mycrm activities mail`: mails saved as files onto the timelines of those they were with."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from mycrm_desktop.cli.session import session_of


def add_mail(group: typer.Typer) -> typer.Typer:
    """The commands of activities with `mail`."""

    @group.command()
    def mail(
        context: typer.Context,
        files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Mails saved as .eml.")],
        contact: Annotated[str, typer.Option(help="Whose mails they are; found by their addresses without it.")] = "",
    ) -> None:
        """Put mails onto the timelines of the contacts they were with; a Message-ID comes in once."""
        session = session_of(context)
        with session.opened() as workspace:
            whose = workspace.contacts.resolve(contact, trash=False) if contact else None
            taken = workspace.mails.take(files, contact=whose)
        for reject in taken.rejects:
            session.say(f"Left out: {reject.name}. {reject.reason}")
        if taken.attachments:
            session.say(f"Left in the mails: {taken.attachments} attachments; `files attach` keeps one with a contact.")
        session.answer(asdict(taken))

    return group
