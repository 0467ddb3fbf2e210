"""The list and the panel of deals as the machinery of records knows them, with the commands that deals have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal

from services.records.fields import EntityKind
from services.records.people import Saved
from services.records.sales import DealRow, StageRow, StageVisit
from ui.operations import Operation, deals
from ui.operations.records import TypedRecord
from ui.pages import PageContext
from ui.pages.record.detail_view_model import DetailViewModel
from ui.pages.record.kind import RecordKind
from ui.pages.record.list_view_model import ListViewModel
from ui.pages.record.moments import Moments
from ui.tasks import Task


class DealListViewModel(ListViewModel):
    """The deals that match a query; all that are checked can be moved at once."""

    def __init__(self, kind: RecordKind, context: PageContext, moments: Moments) -> None:
        # The base looks its service up by the kind, and knows only those whose page is a list.
        super().__init__(replace(kind, entity=EntityKind.LEAD), context, moments)
        self.kind = kind
        self._service = context.workspace.deals  # type: ignore[assignment]

    def edit(self, local_id: int, pairs: Mapping[str, str]) -> Task[Any]:
        typed = TypedRecord(tuple(pairs.items()))
        return self.context.perform(deals.change(self.context.workspace, local_id, typed))

    def move_checked(self, stage: StageRow) -> Task[Any]:
        """Put all checked deals into a stage."""
        return self.context.perform(deals.move_many(self.context.workspace, self.table.checked, stage))

    def change_checked(self, field: str, text: str) -> Task[Any]:
        ids = self.table.checked
        typed = TypedRecord(((field, text),))
        progress, end = self._progress(len(ids))
        operation = deals.change_many(self.context.workspace, ids, typed, progress=progress)
        return self.context.perform(operation).finally_(end)

    def tag_checked(self, name: str, *, on: bool = True) -> Task[Any]:
        return self.context.perform(deals.tag(self.context.workspace, self.table.checked, name, on=on))

    def delete(self, ids: Sequence[int]) -> Task[Any]:
        return self.context.perform(deals.delete(self.context.workspace, ids))

    def restore(self, ids: Sequence[int]) -> Task[Any]:
        return self.context.perform(deals.restore(self.context.workspace, ids))


class DealViewModel(DetailViewModel):
    """One deal at a time, with its row (what a board says of it) and its way through the stages."""

    #: The row and the visits of the deal are here.
    standing_read = Signal()

    def __init__(self, kind: RecordKind, context: PageContext, moments: Moments) -> None:
        super().__init__(replace(kind, entity=EntityKind.LEAD), context, moments)
        self.kind = kind
        self._service = context.workspace.deals  # type: ignore[assignment]
        self.row: DealRow | None = None
        self.visits: list[StageVisit] = []
        self.stages: tuple[StageRow, ...] = ()
        self._standing = context.tasks.lane()
        self.card_changed.connect(self._read_standing)

    def add(self, typed: TypedRecord) -> Task[Any]:
        return self.context.perform(deals.add(self.context.workspace, typed))

    def change(self, local_id: int, typed: TypedRecord) -> Task[Any]:
        return self.context.perform(deals.change(self.context.workspace, local_id, typed))

    def tag(self, name: str, *, on: bool) -> Task[Any]:
        return self._do(lambda deal: deals.tag(self.context.workspace, [deal], name, on=on))

    def set_person(self, contact: int, name: str, role: str) -> Task[Any]:
        """Say what part somebody plays."""
        return self._do(lambda deal: deals.set_person(self.context.workspace, deal, contact, name, role=role))

    def make_main(self, contact: int, name: str, role: str) -> Task[Any]:
        """Make somebody the main person."""
        return self._do(lambda deal: deals.make_main_person(self.context.workspace, deal, contact, name, role=role))

    def remove_person(self, contact: int, name: str) -> Task[Any]:
        """Take somebody out."""
        return self._do(lambda deal: deals.remove_person(self.context.workspace, deal, contact, name))

    def delete(self) -> Task[Any]:
        return self.context.perform(deals.delete(self.context.workspace, self._ids()))

    def restore(self) -> Task[Any]:
        return self.context.perform(deals.restore(self.context.workspace, self._ids()))

    def close(self) -> None:
        self._standing.close()
        super().close()

    def _do(self, make: Callable[[int], Operation[Saved]]) -> Task[Any]:
        assert self.local_id is not None
        return self.context.perform(make(self.local_id))

    def _read_standing(self) -> None:
        card, workspace = self.card, self.context.workspace
        if card is None:
            self.row, self.visits, self.stages = None, [], ()
            self._standing.forget()
            return

        def read() -> tuple[list[DealRow], list[StageVisit], tuple[StageRow, ...]]:
            rows = workspace.deals.rows([card.id])
            stage = rows[0].stage_id if rows else None
            pipelines = workspace.pipelines.all()
            mine = next((found for found in pipelines if any(s.id == stage for s in found.stages)), None)
            return rows, workspace.deals.visits(card.id), mine.stages if mine is not None else ()

        self._standing.read(read).then(self._on_standing_read)

    def _on_standing_read(self, found: tuple[list[DealRow], list[StageVisit], tuple[StageRow, ...]]) -> None:
        rows, self.visits, self.stages = found
        self.row = rows[0] if rows else None
        self.standing_read.emit()
