"""The state of the board: pipelines, lanes with their sums, what stands over them, and the moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from services.errors import InvalidValue
from services.records.fields import EntityKind
from services.records.sales import BoardLane, DealRow, PipelineRow, PipelineTotals, StageKind, StageRow
from services.store.queries.listing import ListRequest
from ui.operations import deals
from ui.operations.deals import Losing, Winning
from ui.operations.records import TypedRecord
from ui.pages import PageContext
from ui.pages.deals.money import with_added
from ui.pages.record.moments import Moments
from ui.tasks import Task

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

PAGE: Final = "deals"
SETTLING_MS: Final = 40
FIRST_ROWS: Final = 10
"""As many cards of each lane come with the lanes: about what a window shows."""
_PERCENT: Final = 100

_CONCERNED: Final = frozenset(
    {EntityKind.DEAL, EntityKind.PIPELINE, EntityKind.STAGE, EntityKind.COMPANY, EntityKind.CONTACT}
)


@dataclass(frozen=True, slots=True)
class BoardReading:
    """A board as it was read in one go."""

    pipelines: tuple[PipelineRow, ...] = ()
    pipeline: int | None = None
    lanes: tuple[BoardLane, ...] = ()
    rows: Mapping[int, DealRow] = field(default_factory=dict)
    has_any: bool = False


def read_board(workspace: OpenWorkspace, wanted: int | None) -> BoardReading:
    """Read a pipeline with its first cards; the first pipeline where the wanted one is gone. Not on the GUI thread."""
    pipelines = tuple(workspace.pipelines.all())
    if not pipelines:
        return BoardReading()
    chosen = next((found.id for found in pipelines if found.id == wanted), pipelines[0].id)
    lanes = workspace.deals.board(chosen)
    first = [local_id for lane in lanes for local_id in lane.ids[:FIRST_ROWS]]
    rows = {int(row.id): row for row in workspace.deals.rows(first)}
    has_any = bool(first) or bool(workspace.deals.page(ListRequest(), limit=1).items)
    return BoardReading(pipelines, int(chosen), lanes, rows, has_any)


class BoardViewModel(QObject):
    """One pipeline at a time; every change is shown at once and read again when it is kept."""

    #: The board was read, or a card moved on it.
    board_changed = Signal()
    #: What stands over the board was read; a moment after the board, which waits for nothing.
    totals_changed = Signal()
    #: The board could not be read: the error.
    board_failed = Signal(object)
    #: A move was refused: the deal, the stage and the error.
    move_refused = Signal(object, object, object)
    #: A deal is to be won or lost first asked about: the deal and the stage.
    closing_wanted = Signal(object, object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.moments = Moments(context.workspace.store.clock.now)
        self.reading = BoardReading()
        self.totals: PipelineTotals | None = None
        self.is_read = False
        self.stale_ids: set[int] | None = set()
        self._lane = context.tasks.lane()
        self._summing = context.tasks.lane()
        self._soon = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._soon.timeout.connect(self.read_again)
        wanted = context.state.get(PAGE, "pipeline", None)
        self._wanted: int | None = wanted if isinstance(wanted, int) else None
        context.bridge.records_changed.connect(self._on_records_changed)

    @property
    def pipeline(self) -> PipelineRow | None:
        """The pipeline on show."""
        return next((found for found in self.reading.pipelines if found.id == self.reading.pipeline), None)

    @property
    def stages(self) -> tuple[StageRow, ...]:
        """The stages of the pipeline in order."""
        return tuple(lane.stage for lane in self.reading.lanes)

    def read_again(self) -> None:
        """Read the board."""
        self._soon.stop()
        workspace, wanted = self.context.workspace, self._wanted
        self._lane.read(lambda: read_board(workspace, wanted)).then(self._on_read).otherwise(self.board_failed.emit)

    def choose_pipeline(self, pipeline: int) -> None:
        """Show another pipeline."""
        self._wanted = pipeline
        self.context.state.set(PAGE, "pipeline", pipeline)
        self.read_again()

    def lane_of(self, deal: int) -> BoardLane | None:
        """The lane a deal stands in."""
        return next((lane for lane in self.reading.lanes if deal in lane.ids), None)

    def move(self, row: DealRow, stage: StageRow, *, place: int = -1) -> None:
        """Put a deal into a stage; winning and losing are asked about first."""
        if row.stage_id == stage.id:
            return
        if stage.kind is not StageKind.OPEN:
            self.closing_wanted.emit(row, stage)
            return
        if place >= 0:
            self._show_moved(row, stage, place)
        task = self.context.perform(deals.move(self.context.workspace, row.id, row.title, stage))
        task.otherwise(lambda error: self._on_refused(row, stage, error))

    def fill_and_move(self, row: DealRow, stage: StageRow, pairs: tuple[tuple[str, str], ...]) -> Task[Any]:
        """Give a deal what its new stage requires, and move it."""
        operation = deals.fill_and_move(self.context.workspace, row.id, row.title, stage, TypedRecord(pairs))
        return self.context.perform(operation)

    def win(self, row: DealRow, said: Winning) -> Task[Any]:
        """Win a deal."""
        return self.context.perform(deals.win(self.context.workspace, row.id, row.title, said))

    def lose(self, row: DealRow, said: Losing) -> Task[Any]:
        """Close a deal as lost."""
        return self.context.perform(deals.lose(self.context.workspace, row.id, row.title, said))

    def delete(self, local_id: int) -> Task[Any]:
        """Put a deal into the trash."""
        return self.context.perform(deals.delete(self.context.workspace, [local_id]))

    def preview_nothing(self) -> None:
        """Look like a workspace without deals, for pictures; the next reading shows what there is."""
        self.reading = BoardReading()
        self.board_changed.emit()

    def close(self) -> None:
        """Ignore what is still to come."""
        self.context.bridge.records_changed.disconnect(self._on_records_changed)
        self._soon.stop()
        self._lane.close()
        self._summing.close()

    def _show_moved(self, row: DealRow, stage: StageRow, place: int) -> None:
        """The card stands where it was dropped until the board is read again."""
        lanes = []
        for lane in self.reading.lanes:
            ids = [local_id for local_id in lane.ids if local_id != row.id]
            if lane.stage.id == stage.id:
                ids.insert(place, row.id)
            lanes.append(replace(moved_sums(lane, row, stage), ids=tuple(ids)))
        moved = replace(
            row, stage_id=stage.id, stage=stage.name, stage_entered_at=self.context.workspace.store.clock.now()
        )
        self.reading = replace(self.reading, lanes=tuple(lanes), rows={int(row.id): moved})
        self.board_changed.emit()

    def _on_refused(self, row: DealRow, stage: StageRow, error: BaseException) -> None:
        self.read_again()
        if isinstance(error, InvalidValue) and error.field:
            self.move_refused.emit(row, stage, error)
        else:
            self.context.tasks.failed.emit(error)

    def _on_read(self, reading: BoardReading) -> None:
        self.reading = reading
        self.is_read = True
        self.board_changed.emit()
        self.stale_ids = set()
        self._sum_up()

    def _sum_up(self) -> None:
        pipeline, deals = self.reading.pipeline, self.context.workspace.deals
        if pipeline is not None:
            self._summing.read(lambda: deals.totals(pipeline)).then(self._on_summed_up)

    def _on_summed_up(self, totals: PipelineTotals) -> None:
        self.totals = totals
        self.totals_changed.emit()

    def _on_records_changed(self, entity: EntityKind, ids: tuple[int, ...] | None, _origin: str, _batch: int) -> None:
        if entity not in _CONCERNED or not self.is_read:
            return
        if entity is EntityKind.DEAL and ids is not None and self.stale_ids is not None:
            self.stale_ids.update(ids)
        else:
            # A card says something of records of other kinds too: the name of its company.
            self.stale_ids = None
        self._soon.start()


def moved_sums(lane: BoardLane, row: DealRow, stage: StageRow) -> BoardLane:
    """The sums of a lane as they would be once a deal has gone to a stage."""
    if row.amount is None or row.stage_id == stage.id:
        return lane
    if lane.stage.id == row.stage_id:
        gone = weighted(row.amount, row.probability)
        total = with_added(lane.total, row.currency, -row.amount)
        return replace(lane, total=total, weighted=with_added(lane.weighted, row.currency, -gone))
    if lane.stage.id == stage.id:
        come = weighted(row.amount, stage.probability)
        total = with_added(lane.total, row.currency, row.amount)
        return replace(lane, total=total, weighted=with_added(lane.weighted, row.currency, come))
    return lane


def weighted(minor_units: int, percent: int) -> int:
    """An amount times a probability, to the nearest minor unit."""
    return (minor_units * percent + _PERCENT // 2) // _PERCENT
