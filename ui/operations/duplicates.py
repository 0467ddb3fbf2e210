"""Merging two records that are one, and saying of two that they are not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from services.records.duplicates import MergePlan, PairSide, Side
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.people import Saved
from ui.operations import Operation
from ui.theme.user_locale import number

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace


def merge(
    workspace: OpenWorkspace, entity: EntityKind, keep: PairSide, other: PairSide, *, choices: Mapping[str, Side]
) -> Operation[Saved]:
    """Make two records one; what `choices` leaves out is as suggested. Raises NotFound and InvalidValue."""
    chosen = dict(choices)
    said = _tr("{other} merged into {keep}").format(other=other.name, keep=keep.name)
    return Operation(
        run=lambda: workspace.merging.merge(entity, keep.id, other.id, chosen),
        say=lambda saved: said if saved.batch else "",
        icon="merge",
        batch=_batch,
    )


def merge_many(workspace: OpenWorkspace, plan: MergePlan) -> Operation[Saved]:
    """Carry out a plan in one batch, as suggested. Raises NotFound and InvalidValue; then nothing is merged."""
    pairs = [(int(one.keep.id), int(one.other.id)) for one in plan.merges]
    said = _tr("1 pair merged") if len(pairs) == 1 else _tr("{count} pairs merged").format(count=number(len(pairs)))
    return Operation(
        run=lambda: workspace.merging.merge_many(plan.entity, pairs),
        say=lambda saved: said if saved.batch else "",
        icon="merge",
        batch=_batch,
    )


def ignore(workspace: OpenWorkspace, entity: EntityKind, one: PairSide, two: PairSide) -> Operation[Saved]:
    """Never show these two as a pair again. Raises NotFound."""
    said = _tr("{one} and {two} are never shown as a pair again").format(one=one.name, two=two.name)
    return Operation(
        run=lambda: workspace.duplicates.ignore(entity, one.id, two.id),
        say=lambda saved: said if saved.batch else "",
        icon="unlink",
        batch=_batch,
    )


def stop_ignoring(workspace: OpenWorkspace, ignored: int, one: PairSide, two: PairSide) -> Operation[Saved]:
    """Show a pair again, named by the id of what was said about it. Raises NotFound."""
    said = _tr("{one} and {two} may be shown as a pair again").format(one=one.name, two=two.name)
    return Operation(
        run=lambda: workspace.duplicates.stop_ignoring(ignored),
        say=lambda saved: said if saved.batch else "",
        icon="eye",
        batch=_batch,
    )


def _batch(saved: Saved) -> Uid | None:
    return saved.batch


def _tr(text: str) -> str:
    return QCoreApplication.translate("Duplicates", text)
