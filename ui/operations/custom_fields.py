"""What the user does with own fields: add, rename, offer other options, put in order, delete."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from services.records.fields import EntityKind, FieldKind
from services.records.ids import Uid
from services.records.people import CustomField, Saved
from ui.operations import Operation

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace


def add(
    workspace: OpenWorkspace, entity: EntityKind, name: str, kind: FieldKind, options: Sequence[str]
) -> Operation[CustomField]:
    """Add a field to all records of a kind."""
    return Operation(
        run=lambda: workspace.custom_fields.add(entity, name, kind, options=tuple(options)),
        say=lambda made: _tr("Field added: {name}").format(name=made.label),
        icon="field",
    )


def change(
    workspace: OpenWorkspace, field: Uid, *, label: str | None = None, options: Sequence[str] | None = None
) -> Operation[Saved]:
    """Call a field otherwise, or offer other options."""
    return Operation(
        run=lambda: workspace.custom_fields.change(field, label=label, options=options),
        say=lambda saved: _tr("Field changed") if saved.batch else "",
        icon="field",
        batch=_batch,
    )


def reorder(workspace: OpenWorkspace, entity: EntityKind, fields: Sequence[Uid]) -> Operation[Saved]:
    """Put the fields of a kind of record into another order."""
    chosen = list(fields)
    return Operation(
        run=lambda: workspace.custom_fields.reorder(entity, chosen),
        say=lambda saved: _tr("Order changed") if saved.batch else "",
        icon="sort",
        batch=_batch,
    )


def delete(workspace: OpenWorkspace, field: CustomField) -> Operation[Saved]:
    """Take a field away; its values come back with it."""
    return Operation(
        run=lambda: workspace.custom_fields.delete(field.uid),
        say=lambda _saved: _tr("Field deleted: {name}").format(name=field.label),
        icon="trash",
        batch=_batch,
    )


def _batch(saved: Saved) -> Uid | None:
    return saved.batch


def _tr(text: str) -> str:
    return QCoreApplication.translate("CustomFields", text)
