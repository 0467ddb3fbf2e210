"""The page of deals as the frame knows it: board and list, the panel, the dialogs and the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from services.reading import reading_of
from services.records.fields import EntityKind
from services.records.people import UserRow
from services.records.sales import DealRow, StageKind, StageRow
from ui.pages import PageContext, Shortcut, Target, TourState
from ui.pages.deals.board import Board
from ui.pages.deals.board_pane import BoardPane
from ui.pages.deals.board_view_model import PAGE, BoardViewModel
from ui.pages.deals.closing import Closing
from ui.pages.deals.commands import open_deal_menu
from ui.pages.deals.detail_side import DetailSide
from ui.pages.deals.head import DealsHead, View
from ui.pages.deals.inputs import DealLookups
from ui.pages.deals.kind import deal_kind
from ui.pages.deals.list_side import ListSide
from ui.pages.deals.refusals import Refusals
from ui.pages.deals.tour import tour_states
from ui.widgets.menu import Menu
from ui.widgets.surface import Surface

_LOOKED_UP: Final = frozenset({EntityKind.USER, EntityKind.TAG, EntityKind.CUSTOM_FIELD})


def make_page(context: PageContext) -> DealsPage:
    """Make the page for one open workspace."""
    return DealsPage(context)


class DealsPage(QObject):
    """Board and list show the same deals; the list is made when it is looked at for the first time."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.kind = deal_kind()
        self.context = context
        self.lookups = DealLookups(context)
        self.board_view_model = BoardViewModel(context)
        # The board is read while the widgets are made.
        self.board_view_model.read_again()
        self.moments = self.board_view_model.moments
        self.side = DetailSide(self.kind, context, self.moments, self.lookups)
        self._surface = Surface("surface")
        self.head = DealsHead()
        self.board_pane = BoardPane(self.board_view_model, self.moments)
        self.list_side = ListSide(self.kind, context, self.moments, self.lookups)
        self.closing = Closing(self.board_view_model, self.lookups, self._surface)
        self.refusals = Refusals(self.board_view_model, self.lookups, self.board, self._surface)
        self.menu: Menu | None = None
        self._views = QStackedWidget()
        self._profile = context.tasks.lane()
        self._one = context.tasks.lane()
        self._is_started = False
        self._assemble()
        self._connect()

    @property
    def board(self) -> Board:
        """The lanes."""
        return self.board_pane.board

    @property
    def view(self) -> View:
        """Whether board or list is on show."""
        return View(self._views.currentIndex())

    @property
    def widget(self) -> QWidget:
        """What fills the centre."""
        return self._surface

    @property
    def panel(self) -> QWidget:
        """Where the detail panel stands once it is made."""
        return self.side.widget

    @property
    def title(self) -> str:
        """The page's name."""
        return self.kind.words.title

    def opened(self, target: Target) -> None:
        """In front now, perhaps for one deal, or to add one (`argument` is `new`)."""
        if not self._is_started:
            self._is_started = True
            self._read_profile()
            self._look_up()
            self.side.start()
        self.take_focus()
        if target.argument == "new":
            self.add_new()
        elif target.id is not None:
            self.open_record(target.id)
        else:
            self.side.set_active(True)

    def left(self) -> None:
        """Another page is in front: nothing of this one stays over the window."""
        self.closing.dismiss()
        self.refusals.close()
        self.side.set_active(False)

    def closed(self) -> None:
        """The workspace is about to be closed."""
        self.context.bridge.records_changed.disconnect(self._on_records_changed)
        self.closing.dismiss()
        self.refusals.close()
        self._profile.close()
        self._one.close()
        self.lookups.close()
        self.board.close_board()
        self.list_side.close()
        self.side.close()
        self.board_view_model.close()

    def focus_search(self) -> bool:
        """Open the typed query of the list."""
        self.show_view(View.LIST)
        self.list_side.pane.start_search()
        return True

    def shortcuts(self) -> Sequence[Shortcut]:
        """The keys of board and list; those without a command are the widgets' own."""
        return (
            Shortcut("J", self.tr("Next deal"), lambda: self._step(1)),
            Shortcut("K", self.tr("Deal before"), lambda: self._step(-1)),
            Shortcut("Left", self.tr("To the lane at the left or right")),
            Shortcut("Shift+Right", self.tr("Move the deal a stage on, or back with Left")),
            Shortcut("Return", self.tr("Open beside the board")),
            Shortcut("E", self.tr("Edit the deal"), self.edit_current),
            Shortcut("Ctrl+E", self.tr("Edit everything"), lambda: self._with_current(self.edit_everything)),
            Shortcut("N", self.kind.words.new, self.add_new),
            Shortcut("W", self.tr("Won"), lambda: self._close_current(StageKind.WON)),
            Shortcut("Shift+L", self.tr("Lost"), lambda: self._close_current(StageKind.LOST)),
            Shortcut("V", self.tr("Board or list"), self.switch_view),
            Shortcut("Delete", self.tr("Move to Trash"), self.delete_current),
        )

    def tour_states(self) -> Sequence[TourState]:
        """The states worth a picture."""
        return tour_states(self)

    def show_view(self, view: View) -> None:
        """Show the board or the list."""
        if view is View.LIST:
            self._views.insertWidget(View.LIST, self.list_side.pane)
        self.head.view.set_current(view)
        self._views.setCurrentIndex(view)
        self.context.state.set(PAGE, "view", int(view))
        if view is View.LIST:
            self.list_side.start()
        self.take_focus()

    def switch_view(self) -> None:
        """Show the other one."""
        self.show_view(View.LIST if self.view is View.BOARD else View.BOARD)

    def take_focus(self) -> None:
        """Give the keyboard to what is on show."""
        if self.view is View.BOARD:
            self.board.take_focus()
        else:
            self.list_side.pane.take_focus()

    def open_record(self, local_id: int) -> None:
        """Show a deal in the panel."""
        self._mark(local_id)
        self.side.open(local_id)

    def edit_everything(self, local_id: int) -> None:
        """Put the editor of a deal into the panel."""
        self._mark(local_id)
        self.side.edit(local_id)

    def log(self, local_id: int, kind: str) -> None:
        """Start an entry of the timeline of a deal."""
        self.side.write(local_id, kind)

    def add_new(self, stage: StageRow | None = None) -> None:
        """Put the editor for a new deal into the panel."""
        if self.closing.is_open:
            return
        texts = {"stage": stage.name} if stage is not None else {}
        self.side.add_new(texts)

    def move(self, row: DealRow, stage: StageRow) -> None:
        """Put a deal into a stage."""
        self.board.await_deal(row.id)
        self.board_view_model.move(row, stage)

    def close_deal(self, row: DealRow, kind: StageKind) -> None:
        """Ask how a deal was won or lost."""
        self.closing.ask(row, kind)

    def delete(self, local_id: int) -> None:
        """Put a deal into the trash."""
        self.board_view_model.delete(local_id)

    def edit_current(self) -> None:
        """Edit the deal the keyboard is on; in the list, its cell or all that are checked."""
        if self.view is View.LIST:
            self.list_side.edit()
        else:
            self._with_current(self.edit_everything)

    def delete_current(self) -> None:
        """Put the deal the keyboard is on, or all that are checked, into the trash."""
        checked = self.list_side.checked if self.view is View.LIST else []
        if checked:
            self.list_side.delete_checked()
        else:
            self._with_current(self.delete)

    def _with_current(self, act: Callable[[int], None]) -> None:
        """Do something with the deal the keyboard is on, else with the one in the panel."""
        current = self.board.current_deal if self.view is View.BOARD else self.list_side.current
        shown = self.side.view_model.local_id if self.side.is_open else None
        wanted = current if current is not None else shown
        if wanted is not None and not self.closing.is_open:
            act(wanted)

    def _mark(self, local_id: int) -> None:
        """The card of a deal that the panel shows is marked on the board."""
        self.board.go_to(local_id, focus=False)
        self.board.mark_current()

    def _with_row(self, local_id: int, act: Callable[[DealRow], None]) -> None:
        """Do something with what is known of a deal; one that no lane has read is read first."""
        row = self.board.row(local_id)
        if row is not None:
            act(row)
            return
        deals = self.context.workspace.deals
        self._one.read(lambda: deals.rows([local_id])).then(lambda rows: act(rows[0]) if rows else None)

    def _close_current(self, kind: StageKind) -> None:
        self._with_current(lambda deal: self._with_row(deal, lambda row: self._close_open(row, kind)))

    def _close_open(self, row: DealRow, kind: StageKind) -> None:
        if row.kind is StageKind.OPEN:
            self.close_deal(row, kind)

    def _step(self, step: int) -> None:
        if self.closing.is_open:
            return
        if self.view is View.BOARD:
            self.board.step(step)
        else:
            self.list_side.pane.step(step)

    def _assemble(self) -> None:
        column = QVBoxLayout(self._surface)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._views, 1)
        self._views.addWidget(self.board_pane)

    def _connect(self) -> None:
        self.head.view_chosen.connect(self.show_view)
        self.head.pipeline_chosen.connect(self.board_view_model.choose_pipeline)
        self.head.new_pressed.connect(self.add_new)
        self.board_pane.new_wanted.connect(self.add_new)
        self.board.deal_opened.connect(self.side.toggle)
        self.board.deal_reached.connect(self.side.follow)
        self.board.add_wanted.connect(self.add_new)
        self.board.menu_wanted.connect(self._on_menu_wanted)
        self.list_side.deal_opened.connect(self.open_record)
        self.list_side.deal_reached.connect(self.side.follow)
        self.list_side.deal_previewed.connect(self.side.toggle)
        self.list_side.new_wanted.connect(self.add_new)
        self.list_side.menu_wanted.connect(
            lambda deal, at: self._with_row(deal, lambda row: self._on_menu_wanted(row, at))
        )
        self.list_side.log_wanted.connect(self.log)
        self.side.left.connect(self.take_focus)
        self.side.closing_wanted.connect(self.close_deal)
        self.side.stage_chosen.connect(self.move)
        self.side.menu_wanted.connect(self._on_panel_menu_wanted)
        self.board_view_model.closing_wanted.connect(lambda row, stage: self.close_deal(row, stage.kind))
        self.board_view_model.board_changed.connect(self._on_board_changed)
        self.board_view_model.totals_changed.connect(lambda: self.head.show_totals(self.board_view_model.totals))
        self.context.bridge.records_changed.connect(self._on_records_changed)

    def _read_profile(self) -> None:
        self._profile.read(self.context.workspace.users.acting).then(self._on_profile_read)

    def _on_profile_read(self, user: UserRow | None) -> None:
        try:
            zone = ZoneInfo(user.time_zone) if user is not None and user.time_zone else None
        except (ZoneInfoNotFoundError, ValueError):
            zone = None  # the machine's own
        self.lookups.decimal_mark = reading_of(user).decimal_mark
        if zone != self.moments.zone:
            self.moments.zone = zone
            self.board.forget_faces()

    def _look_up(self) -> None:
        self.lookups.refresh(self.side.show_choices)

    def _on_board_changed(self) -> None:
        reading = self.board_view_model.reading
        self.lookups.stages = self.board_view_model.stages
        self.head.show_pipelines(reading.pipelines, reading.pipeline)
        if not reading.has_any:
            self.head.show_totals(None)

    def _on_menu_wanted(self, row: DealRow, corner: QPoint) -> None:
        self.menu = open_deal_menu(self._surface, row, self.board_view_model.stages, self, corner)

    def _on_panel_menu_wanted(self, button: QWidget) -> None:
        row = self.side.view_model.row
        if row is not None:
            self._on_menu_wanted(row, button.mapToGlobal(QPoint(0, button.height())))

    def _on_records_changed(self, entity: EntityKind, _ids: tuple[int, ...] | None, _origin: str, _batch: int) -> None:
        if entity in _LOOKED_UP:
            self._look_up()
        if entity is EntityKind.USER:
            self._read_profile()
