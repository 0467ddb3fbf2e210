"""Lists that are asked for again: saved, called otherwise, moved, taken away, shared as files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from services.errors import InvalidValue
from services.records.ids import Uid
from services.records.people import Saved
from services.records.saved_views import SavedView, ViewDraft
from ui.operations import Operation

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

LARGEST_BYTES = 1 << 20


def add(workspace: OpenWorkspace, draft: ViewDraft) -> Operation[Saved]:
    """Save a list under a name."""
    text = _tr("View “{name}” saved").format(name=draft.name.strip())
    return Operation(run=lambda: workspace.views.add(draft), say=lambda _: text, batch=_batch)


def change(workspace: OpenWorkspace, view: SavedView, draft: ViewDraft) -> Operation[Saved]:
    """Give a view another name, query or order."""
    text = _tr("View “{name}” changed").format(name=draft.name.strip())
    return Operation(
        run=lambda: workspace.views.change(view.id, draft), say=lambda saved: text if saved.batch else "", batch=_batch
    )


def rename(workspace: OpenWorkspace, view: SavedView, name: str) -> Operation[Saved]:
    """Call a view something else."""
    return change(workspace, view, replace(draft_of(view), name=name))


def delete(workspace: OpenWorkspace, view: SavedView) -> Operation[Saved]:
    """Take a view away."""
    text = _tr("View “{name}” deleted").format(name=view.name)
    return Operation(run=lambda: workspace.views.delete(view.id), say=lambda _: text, batch=_batch, icon="trash")


def move(workspace: OpenWorkspace, views: tuple[SavedView, ...], view: SavedView, by: int) -> Operation[object]:
    """Move a view among its neighbours: -1 to the left, 1 to the right."""
    uids = [one.uid for one in views]
    place = uids.index(view.uid)
    uids.insert(max(0, place + by), uids.pop(place))
    text = _tr("View “{name}” moved").format(name=view.name)
    return Operation(run=lambda: workspace.views.order(view.entity, uids), say=lambda _: text)


def export(workspace: OpenWorkspace, view: SavedView, to: Path) -> Operation[Path]:
    """Write a view to a file that another workspace can take."""

    def run() -> Path:
        try:
            to.write_bytes(workspace.views.export_view(view.id))
        except OSError as error:
            raise InvalidValue(_tr("The view could not be saved"), _tr("Choose another folder.")) from error
        return to

    return Operation(run=run, say=lambda path: _tr("Saved as {name}").format(name=path.name), undoable=False)


def take(workspace: OpenWorkspace, path: Path) -> Operation[Saved]:
    """Save the view of a file."""

    def run() -> Saved:
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST_BYTES)
        except OSError as error:
            raise InvalidValue(_tr("The file could not be read"), _tr("Choose another file.")) from error
        return workspace.views.import_view(data)

    return Operation(run=run, say=lambda _: _tr("View saved"), batch=_batch)


def draft_of(view: SavedView) -> ViewDraft:
    """A view as it would be saved again."""
    return ViewDraft(view.entity, view.name, view.query, view.columns, view.sort, view.descending, view.grouping)


def _batch(saved: Saved) -> Uid | None:
    return saved.batch


def _tr(text: str) -> str:
    return QCoreApplication.translate("SavedViews", text)
