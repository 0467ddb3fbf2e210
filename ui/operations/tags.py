"""Putting tags on records and taking them off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from services.records.fields import EntityKind
from services.records.people import Saved
from ui.operations import Operation
from ui.operations.records import service_of
from ui.operations.wording import things

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace


def put_on(workspace: OpenWorkspace, entity: EntityKind, ids: Sequence[int], name: str) -> Operation[Saved]:
    """Tag records, in one batch."""
    return _tagging(workspace, entity, ids, name, on=True, said=_tr("“{tag}” on {things}"))


def take_off(workspace: OpenWorkspace, entity: EntityKind, ids: Sequence[int], name: str) -> Operation[Saved]:
    """Take a tag off records, in one batch."""
    return _tagging(workspace, entity, ids, name, on=False, said=_tr("“{tag}” taken off {things}"))


def _tagging(
    workspace: OpenWorkspace,
    entity: EntityKind,
    ids: Sequence[int],
    name: str,
    *,
    on: bool,
    said: str,
) -> Operation[Saved]:
    chosen = list(ids)
    said = said.format(tag=name, things=things(entity, len(chosen)))
    return Operation(
        run=lambda: service_of(workspace, entity).tag(chosen, name, on=on),
        say=lambda saved: said if saved.batch else "",
        icon="tag",
        batch=lambda saved: saved.batch,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Tags", text)
