"""A page of records as the frame knows it: the list, its panel, its keys and the states worth a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from services.records.drafts import PointKind
from services.records.fields import EntityKind
from services.records.people import RecordCard
from ui.pages import PageContext, Shortcut, Target, TourState
from ui.pages.record.detail_panel import DetailPanel, OpenUrl
from ui.pages.record.detail_view_model import DetailViewModel
from ui.pages.record.kind import RecordKind
from ui.pages.record.list_menus import RULE, RowCommand, open_row_menu
from ui.pages.record.list_pane import QUICK_CALL, QUICK_MAIL, QUICK_MORE, ListPane
from ui.pages.record.list_view_model import ListViewModel
from ui.pages.record.lookups import Choices, Lookups
from ui.pages.record.moments import Moments
from ui.pages.record.record_table import NAME
from ui.pages.record.tour import tour_states

if TYPE_CHECKING:
    from services.records.people import UserRow

PREPARED_AFTER_MS: Final = 400

_LOOKED_UP = frozenset({EntityKind.USER, EntityKind.TAG, EntityKind.CUSTOM_FIELD})
_PAGE_OF = {
    EntityKind.CONTACT: "contacts",
    EntityKind.COMPANY: "companies",
    EntityKind.LEAD: "leads",
    EntityKind.DEAL: "deals",
    EntityKind.TASK: "tasks",
}


class RecordPage(QObject):
    """The page of one kind of record."""

    def __init__(self, kind: RecordKind, context: PageContext, open_url: OpenUrl = QDesktopServices.openUrl) -> None:
        super().__init__()
        self.kind = kind
        self.context = context
        self.moments = Moments(context.workspace.store.clock.now)
        self.lookups = Lookups(context.workspace, context.tasks, kind.entity)
        self.list_view_model = ListViewModel(kind, context, self.moments)
        self.detail_view_model = DetailViewModel(kind, context, self.moments)
        self.list = ListPane(self.list_view_model, self.lookups)
        self._open_url = open_url
        self._choices: Choices | None = None
        self._detail: DetailPanel | None = None
        self._panel = QWidget()
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(0, 0, 0, 0)
        self._profile = context.tasks.lane()
        self._is_started = False
        self._prepare = QTimer(self, singleShot=True, interval=PREPARED_AFTER_MS)
        self._prepare.timeout.connect(self._on_time_to_prepare)
        self._wanted: Callable[[], None] | None = None
        self._next_turn = QTimer(self, singleShot=True, interval=0)
        self._next_turn.timeout.connect(self._on_next_turn)
        self._connect()

    @property
    def widget(self) -> QWidget:
        """What fills the centre."""
        return self.list

    @property
    def panel(self) -> QWidget:
        """Where the detail panel stands once it is made."""
        return self._panel

    @property
    def detail(self) -> DetailPanel:
        """The detail panel; made when it is wanted, because list and panel at once would hold the window up."""
        if self._detail is None:
            self._detail = DetailPanel(self.detail_view_model, self.lookups, self._open_url, parent=self._panel)
            self._detail.record_wanted.connect(self._on_record_wanted)
            self._detail.saved.connect(self._on_saved)
            self._detail.done.connect(self.close_panel)
            self._detail.editor_left.connect(self.list.take_focus)
            layout = self._panel.layout()
            assert layout is not None
            layout.addWidget(self._detail)
            if self._choices is not None:
                self._detail.show_choices(self._choices)
            self._on_detail_made(self._detail)
        return self._detail

    def _on_detail_made(self, detail: DetailPanel) -> None:
        """For pages whose panel does more than that of any record."""

    def _more_row_commands(self, _local_id: int) -> list[RowCommand]:
        """For pages whose records can do more than any record."""
        return []

    @property
    def title(self) -> str:
        """The page's name."""
        return self.kind.words.title

    def opened(self, target: Target) -> None:
        """In front now, perhaps for one record, or to add one (`argument` is `new`)."""
        if not self._is_started:
            self._is_started = True
            self._read_profile()
            self._look_up()
            self.list_view_model.start()
            self._prepare.start()
        self.list.take_focus()
        if target.argument == "new":
            self.add_new()
        elif target.id is not None:
            self.open_record(target.id)
        elif self._detail is not None or self.context.panel.is_open:
            self.detail.set_active(self.context.panel.is_open)

    def left(self) -> None:
        """Another page is in front: the panel reads nothing until it is back."""
        if self._detail is not None:
            self._detail.set_active(False)

    def closed(self) -> None:
        """The workspace is about to be closed."""
        self.context.bridge.records_changed.disconnect(self._on_records_changed)
        self._prepare.stop()
        self._next_turn.stop()
        self._profile.close()
        self.lookups.close()
        self.list.close_list()
        if self._detail is not None:
            self._detail.close_panel()
        self.list_view_model.close()
        self.detail_view_model.close()

    def focus_search(self) -> bool:
        """Open the typed query."""
        self.list.start_search()
        return True

    def shortcuts(self) -> Sequence[Shortcut]:
        """The keys of the list; those without a command are the table's own."""
        return (
            Shortcut("J", self.tr("Next row"), lambda: self.list.step(1)),
            Shortcut("K", self.tr("Row before"), lambda: self.list.step(-1)),
            Shortcut("Return", self.tr("Open beside the list")),
            Shortcut("Space", self.tr("Preview, and close again")),
            Shortcut("Left", self.tr("Fold the group; from a name to the head over it")),
            Shortcut("Right", self.tr("Unfold the group")),
            Shortcut("X", self.tr("Check the row, or the whole group")),
            Shortcut("Ctrl+A", self.tr("Check all")),
            Shortcut("E", self.tr("Edit in the list; all checked rows at once"), self.edit_in_list),
            Shortcut("Ctrl+E", self.tr("Edit everything"), self.edit_record),
            Shortcut("N", self.kind.words.new, self.add_new),
            Shortcut("Delete", self.tr("Move to Trash"), self.delete),
            Shortcut("Escape", self.tr("Uncheck, then close the panel")),
        )

    def tour_states(self) -> Sequence[TourState]:
        """The states worth a picture."""
        return tour_states(self)

    def open_record(self, local_id: int) -> None:
        """Show a record in the panel."""
        self._with_panel(lambda: self._show_record(local_id))

    def close_panel(self) -> None:
        """Give the room of the panel back to the list."""
        self._next_turn.stop()
        self.context.panel.close()
        self.detail.set_active(False)
        self.list.take_focus()

    def add_new(self) -> None:
        """Put the editor for a new record into the panel."""
        self._with_panel(self._show_new)

    def edit_record(self) -> None:
        """Put the editor for the current record into the panel."""
        local_id = self.list.table.current_id or self.detail_view_model.local_id
        if local_id is None or self.list_view_model.in_trash:
            return
        self.open_record(local_id)
        self._when_read(local_id, lambda _card: self.detail.edit())

    def edit_in_list(self) -> None:
        """Edit the cell the keyboard is on, or one value of all checked records."""
        if self.list_view_model.table.checked_count:
            self.list.selection.open_edit()
        elif self.list.table.current_row >= 0:
            self.list.editing.begin(self.list.table.current_row, self.list.table.current_key() or NAME)

    def delete(self) -> None:
        """Move the checked records, or the current one, to the trash."""
        if self.list_view_model.in_trash:
            return
        current = self.list.table.current_id
        ids = self.list_view_model.table.checked or ([current] if current is not None else [])
        if ids:
            self.list_view_model.delete(ids)

    def _with_panel(self, act: Callable[[], None]) -> None:
        """Do something in the panel; making it and filling it are a turn of the event loop each."""
        if self._detail is None:
            _ = self.detail  # made before anything is announced that it listens to
            self._wanted = act
            self._next_turn.start()
        elif self._next_turn.isActive():
            self._wanted = act
        else:
            act()

    def _on_next_turn(self) -> None:
        act, self._wanted = self._wanted, None
        if act is not None:
            act()

    def _show_record(self, local_id: int) -> None:
        self.list.table.go_to_record(local_id)
        self.detail_view_model.show(local_id)
        self.context.panel.open()
        self.detail.set_active(True)

    def _show_new(self) -> None:
        self.context.panel.open()
        self.detail.edit_new()

    def _connect(self) -> None:
        table = self.list.table
        table.row_reached.connect(self._on_row_reached)
        table.row_activated.connect(self._on_row_activated)
        table.name_pressed.connect(self._on_row_activated)
        table.row_previewed.connect(self._on_row_previewed)
        table.quick_action_pressed.connect(self._on_quick_action_pressed)
        table.row_menu_requested.connect(self._on_row_menu_requested)
        self.list.import_wanted.connect(self._on_import_wanted)
        self.list.new_wanted.connect(self.add_new)
        self.context.bridge.records_changed.connect(self._on_records_changed)

    def _read_profile(self) -> None:
        self._profile.read(self.context.workspace.users.acting).then(self._on_profile_read)

    def _on_profile_read(self, user: UserRow | None) -> None:
        zone = _zone(user.time_zone) if user is not None else None
        if zone != self.moments.zone:
            self.moments.zone = zone
            self.list_view_model.table.invalidate(None, list_too=False)

    def _on_time_to_prepare(self) -> None:
        """Make the panel, and the editor in it one turn later, while nobody waits for them."""
        if self._detail is None:
            _ = self.detail
            self._prepare.start()
        else:
            self._detail.prepare()

    def _look_up(self) -> None:
        self.lookups.refresh(self._on_choices_read)

    def _on_choices_read(self, choices: Choices) -> None:
        self._choices = choices
        if self._detail is not None:
            self._detail.show_choices(choices)

    def _on_records_changed(self, entity: EntityKind, _ids: tuple[int, ...] | None, _origin: str, _batch: int) -> None:
        if entity in _LOOKED_UP:
            self._look_up()
        if entity is EntityKind.USER:
            self._read_profile()

    def _on_row_reached(self, row: int) -> None:
        local_id = self.list_view_model.table.id_at(row)
        if local_id is not None and self.context.panel.is_open:
            self.detail_view_model.show(local_id)

    def _on_row_activated(self, row: int) -> None:
        local_id = self.list_view_model.table.id_at(row)
        if local_id is not None:
            self.open_record(local_id)

    def _on_row_previewed(self, row: int) -> None:
        local_id = self.list_view_model.table.id_at(row)
        if self.context.panel.is_open and local_id == self.detail_view_model.local_id:
            self.close_panel()
        elif local_id is not None:
            self.open_record(local_id)

    def _on_saved(self, local_id: int) -> None:
        self.open_record(local_id)

    def _on_record_wanted(self, entity: EntityKind, local_id: int) -> None:
        self.context.navigate(Target(_PAGE_OF[entity], entity, local_id))

    def _on_import_wanted(self) -> None:
        self.context.navigate(Target("import_assistant", self.kind.entity))

    def _when_read(self, local_id: int, then: Callable[[RecordCard], None]) -> None:
        """Call when the values of a record are on show; not at all when another one is shown before."""
        card = self.detail_view_model.card
        if card is not None and card.id == local_id:
            then(card)
            return

        def arrived() -> None:
            read = self.detail_view_model.card
            if self.detail_view_model.local_id != local_id or read is not None:
                self.detail_view_model.card_changed.disconnect(arrived)
            if read is not None and read.id == local_id:
                then(read)

        self.detail_view_model.card_changed.connect(arrived)

    def _on_quick_action_pressed(self, key: str, row: int) -> None:
        local_id = self.list_view_model.table.id_at(row)
        if local_id is None:
            return
        if key == QUICK_MORE:
            corner = self.list.table.row_rect(row).bottomRight()
            self._open_row_menu(row, self.list.table.viewport().mapToGlobal(corner), to_the_left=True)
            return
        self.open_record(local_id)
        acts = {QUICK_MAIL: self.detail.write_email, QUICK_CALL: self.detail.call}
        self._when_read(local_id, lambda _card: acts[key]())

    def _on_row_menu_requested(self, row: int, corner: QPoint) -> None:
        self._open_row_menu(row, corner, to_the_left=False)

    def _open_row_menu(self, row: int, corner: QPoint, *, to_the_left: bool) -> None:
        local_id = self.list_view_model.table.id_at(row)
        if local_id is None:
            return
        self.list.table.go_to_row(row)
        open_row_menu(self.list, self._row_commands(local_id), corner, to_the_left=to_the_left)

    def _row_commands(self, local_id: int) -> list[RowCommand]:
        opens = RowCommand(
            self.tr("Open"), icon="sidebar", hint=self.tr("Return"), run=lambda: self.open_record(local_id)
        )
        if self.list_view_model.in_trash:
            restore = RowCommand(
                self.tr("Restore"), icon="restore", run=lambda: self.list_view_model.restore([local_id])
            )
            return [opens, restore]
        return [
            opens,
            RowCommand(self.tr("Edit"), icon="edit", hint=self.tr("Ctrl E"), run=self.edit_record),
            RULE,
            RowCommand(self.tr("Write an email"), icon="mail", run=lambda: self._reach(local_id, PointKind.EMAIL)),
            RowCommand(self.tr("Call"), icon="call", run=lambda: self._reach(local_id, PointKind.PHONE)),
            *self._more_row_commands(local_id),
            RULE,
            RowCommand(
                self.tr("Move to Trash"),
                icon="trash",
                hint=self.tr("Del"),
                destructive=True,
                run=lambda: self.list_view_model.delete([local_id]),
            ),
        ]

    def _reach(self, local_id: int, kind: PointKind) -> None:
        def act(_card: RecordCard) -> None:
            if kind is PointKind.EMAIL:
                self.detail.write_email()
            else:
                self.detail.call()

        self.with_record(local_id, act)

    def with_record(self, local_id: int, act: Callable[[RecordCard], None]) -> None:
        """Open a record in the panel and do something with it once its values are on show."""
        self.open_record(local_id)
        self._when_read(local_id, act)

    def with_current(self, act: Callable[[RecordCard], None]) -> None:
        """Do something with the record the keyboard is on, else with the one in the panel."""
        local_id = self.list.table.current_id or self.detail_view_model.local_id
        if local_id is not None and not self.list_view_model.in_trash:
            self.with_record(local_id, act)


def _zone(name: str) -> ZoneInfo | None:
    """The zone of the profile; None, the machine's own, for a name that this system does not know."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None
