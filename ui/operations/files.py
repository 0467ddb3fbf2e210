"""Files of a record: kept with it, saved elsewhere, taken away; mails go onto its timeline instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.mails import MailsTaken
from services.records.people import Saved
from ui.operations import Operation

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

MAIL_SUFFIX: Final = ".eml"


@dataclass(frozen=True, slots=True)
class PutFiles:
    """How many files were attached, and what became of the mails among them; `batch` is the last one made."""

    attached: int
    mails: MailsTaken | None
    batch: Uid | None


def put(
    workspace: OpenWorkspace, entity: EntityKind, record: int, paths: Sequence[Path], *, mails_to_timeline: bool = True
) -> Operation[PutFiles]:
    """Attach files to a record; a mail dropped on a contact stands on the timeline."""

    def run() -> PutFiles:
        takes_mails = mails_to_timeline and entity is EntityKind.CONTACT
        mails = [path for path in paths if takes_mails and path.suffix.lower() == MAIL_SUFFIX]
        others = [path for path in paths if path not in mails]
        saved = workspace.files.attach_many(others, entity, record) if others else None
        taken = workspace.mails.take(mails, contact=record) if mails else None
        batch = taken.batch if taken is not None and taken.batch is not None else saved.batch if saved else None
        return PutFiles(len(others), taken, batch)

    return Operation(run=run, say=_said, batch=lambda done: done.batch, icon="attachment")


def detach(workspace: OpenWorkspace, file: int, name: str) -> Operation[Saved]:
    """Put a file into the trash."""
    text = _tr("“{name}” removed").format(name=name)
    return Operation(run=lambda: workspace.files.detach([file]), say=lambda _: text, batch=_batch, icon="trash")


def save_copy(workspace: OpenWorkspace, file: int, to: Path) -> Operation[Path]:
    """Write a copy of a file where the user said; what the dialog let pass may be replaced."""
    return Operation(
        run=lambda: workspace.files.open_copy(file, to, replace=True),
        say=lambda path: _tr("Saved as {name}").format(name=path.name),
        undoable=False,
    )


def _said(done: PutFiles) -> str:
    parts = []
    if done.attached:
        one = _tr("File attached")
        parts.append(one if done.attached == 1 else _tr("{count} files attached").format(count=done.attached))
    if done.mails is not None:
        parts += _said_of_mails(done.mails)
    return ", ".join(parts)


def _said_of_mails(taken: MailsTaken) -> list[str]:
    counts = (
        (taken.created + taken.restored, _tr("Mail on the timeline"), _tr("{count} mails on the timeline")),
        (taken.known, _tr("Mail was there already"), _tr("{count} mails were there already")),
        (len(taken.rejects), _tr("1 mail cannot be read"), _tr("{count} mails cannot be read")),
    )
    return [one if count == 1 else many.format(count=count) for count, one, many in counts if count]


def _batch(saved: Saved) -> Uid | None:
    return saved.batch


def _tr(text: str) -> str:
    return QCoreApplication.translate("Files", text)
