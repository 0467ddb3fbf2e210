"""The page of tasks as the frame knows it: due lists, the panel beside them, keys and tour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from services.records.fields import EntityKind
from services.records.people import RecordCard, UserRow
from ui.pages import PageContext, Shortcut, Target, TourState
from ui.pages.record.list_menus import RULE, RowCommand, open_row_menu
from ui.pages.record.moments import Moments
from ui.pages.tasks.snooze_menu import SnoozeForm, open_snooze_form, open_snooze_menu
from ui.pages.tasks.task_form import TaskForm
from ui.pages.tasks.task_panel import TaskPanel
from ui.pages.tasks.tasks_pane import TasksPane
from ui.pages.tasks.tour import tour_states
from ui.pages.tasks.view_model import TasksViewModel
from ui.widgets.menu import Menu
from ui.widgets.popover import Popover

PREPARED_AFTER_MS: Final = 400
PAGES: Final = {
    EntityKind.CONTACT: "contacts",
    EntityKind.COMPANY: "companies",
    EntityKind.DEAL: "deals",
    EntityKind.LEAD: "leads",
}


class TasksPage(QObject):
    """The panel is made when it is wanted: list and panel at once would hold the window up."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.moments = Moments(context.workspace.store.clock.now)
        self.view_model = TasksViewModel(context, self.moments)
        self.pane = TasksPane(self.view_model)
        self.menu: Menu | None = None
        self.popover: Popover | None = None
        self.snooze_form: SnoozeForm | None = None
        self._panel = QWidget()
        QVBoxLayout(self._panel).setContentsMargins(0, 0, 0, 0)
        self._task_panel: TaskPanel | None = None
        self._profile = context.tasks.lane()
        self._wants_focus = False
        self._is_started = False
        self._prepare = QTimer(self, singleShot=True, interval=PREPARED_AFTER_MS)
        self._prepare.timeout.connect(self._on_time_to_prepare)
        self._connect()

    @property
    def widget(self) -> QWidget:
        """What fills the centre."""
        return self.pane

    @property
    def panel(self) -> QWidget:
        """Where the panel stands once it is made."""
        return self._panel

    @property
    def title(self) -> str:
        """The page's name."""
        return self.tr("Tasks")

    @property
    def task_panel(self) -> TaskPanel:
        """The panel of one task, made when it is wanted."""
        if self._task_panel is None:
            form = TaskForm(self.context.workspace, self.context.tasks, self.moments)
            made = TaskPanel(form, parent=self._panel)
            made.save_wanted.connect(self._on_save_wanted)
            made.tick_wanted.connect(self.tick)
            made.snooze_wanted.connect(self._on_snooze_wanted)
            made.delete_wanted.connect(self._delete)
            made.closed.connect(self.close_panel)
            made.nothing.action_pressed.connect(self.pane.start_adding)
            layout = self._panel.layout()
            assert layout is not None
            layout.addWidget(made)
            self._task_panel = made
        return self._task_panel

    def opened(self, target: Target) -> None:
        """In front now, perhaps for one task, or to add one (`argument` is `new`)."""
        if not self._is_started:
            self._is_started = True
            self._profile.read(self.context.workspace.users.acting).then(self._on_profile_read)
            self._prepare.start()
        self.view_model.set_active(True)
        self.pane.take_focus()
        if target.argument == "new":
            self.pane.start_adding()
        elif target.id is not None:
            self.open_task(target.id)
        elif self.context.panel.is_open and self.view_model.local_id is None:
            self.task_panel.show_nothing()

    def left(self) -> None:
        """Another page is in front."""
        self.view_model.set_active(False)

    def closed(self) -> None:
        """The workspace is about to be closed."""
        self.context.bridge.records_changed.disconnect(self._on_records_changed)
        self._prepare.stop()
        self._profile.close()
        self._close_popover()
        self.view_model.close()
        self.pane.add.contact.close_field()
        if self._task_panel is not None:
            self._task_panel.form.close_form()

    def focus_search(self) -> bool:
        """Tasks are found in the palette."""
        return False

    def shortcuts(self) -> Sequence[Shortcut]:
        """The keys of the due lists."""
        return (
            Shortcut("J", self.tr("Next task"), lambda: self._step(1)),
            Shortcut("K", self.tr("Task before"), lambda: self._step(-1)),
            Shortcut("Return", self.tr("Open beside the list")),
            Shortcut("X", self.tr("Tick, or open again"), self.tick_current),
            Shortcut("Space", self.tr("Tick, or open again")),
            Shortcut("E", self.tr("Edit"), self.edit_current),
            Shortcut("N", self.tr("New task"), self.pane.start_adding),
            Shortcut("S", self.tr("Snooze"), self.snooze_current),
            Shortcut("Delete", self.tr("Move to Trash"), self.delete_current),
            Shortcut("Escape", self.tr("Close the panel")),
        )

    def tour_states(self) -> Sequence[TourState]:
        """The states worth a picture."""
        return tour_states(self)

    def open_task(self, local_id: int, *, edit: bool = False) -> None:
        """Show a task in the panel."""
        self.pane.list.go_to(local_id)
        self._wants_focus = edit
        self._show(local_id)
        self.context.panel.open()

    def close_panel(self) -> None:
        """Give the room of the panel back to the list."""
        if self._task_panel is not None:
            self._task_panel.leave()
            self._task_panel.show_nothing()
        self.view_model.show(None)
        self.context.panel.close()
        self.pane.list.setFocus()

    def tick(self, local_id: int) -> None:
        """Tick a task off, or open it again; the keyboard goes on to the next one."""
        self.pane.list.keep_near(local_id)
        self.view_model.tick(local_id)

    def tick_current(self) -> None:
        """Tick the task the keyboard is on."""
        current = self.pane.list.current_id
        if current is not None:
            self.tick(current)

    def edit_current(self) -> None:
        """Put the cursor into the form of the task the keyboard is on."""
        current = self.pane.list.current_id or self.view_model.local_id
        if current is not None:
            self.open_task(current, edit=True)

    def snooze_current(self) -> None:
        """Offer to put the reminder of the task the keyboard is on off."""
        current = self.pane.list.current_id
        if current is not None:
            self._open_snooze(current, self._corner_of_current())

    def delete_current(self) -> None:
        """Throw the task the keyboard is on away."""
        current = self.pane.list.current_id
        if current is not None:
            self._delete(current)

    def _connect(self) -> None:
        tasks = self.pane.list
        tasks.ticked.connect(self.tick)
        tasks.opened.connect(self.open_task)
        tasks.current_moved.connect(self._on_current_moved)
        tasks.link_pressed.connect(self._on_link_pressed)
        tasks.menu_wanted.connect(self._on_menu_wanted)
        self.pane.add.add_wanted.connect(self._on_add_wanted)
        self.view_model.card_read.connect(self._on_card_read)
        self.context.bridge.records_changed.connect(self._on_records_changed)

    def _step(self, step: int) -> None:
        self.pane.list.setFocus()
        self.pane.list.step(step)

    def _show(self, local_id: int) -> None:
        if local_id == self.view_model.local_id and self.task_panel.local_id == local_id:
            self._focus_form()
            return
        self.task_panel.leave()
        self.task_panel.show_waiting()
        self.view_model.show(local_id)

    def _focus_form(self) -> None:
        if self._wants_focus:
            self._wants_focus = False
            self.task_panel.take_focus()

    def _delete(self, local_id: int) -> None:
        self.pane.list.keep_near(local_id)
        self.view_model.delete(local_id)

    def _corner_of_current(self) -> QPoint:
        tasks = self.pane.list
        rect = tasks.visualRect(tasks.currentIndex())
        return tasks.viewport().mapToGlobal(rect.bottomLeft() + QPoint(self.pane.theme.metrics.page_margin, 0))

    def _open_snooze(self, local_id: int, corner: QPoint) -> None:
        def snooze(until: datetime, said: str) -> None:
            self.view_model.snooze(local_id, until, said=said)

        self.menu = open_snooze_menu(
            self.pane, self.moments, corner, snooze=snooze, choose=lambda: self.choose_snooze(local_id)
        )
        self.menu.aboutToHide.connect(self._on_menu_hidden)

    def choose_snooze(self, local_id: int) -> None:
        """Ask for a moment."""
        self.popover, form = open_snooze_form(self.pane.add, self.moments)
        self.snooze_form = form
        self.popover.closed.connect(self._on_popover_closed)
        form.moment_typed.connect(lambda text: self._snooze_typed(local_id, form, text))

    def _snooze_typed(self, local_id: int, form: SnoozeForm, text: str) -> None:
        def refused(error: BaseException) -> None:
            if self.snooze_form is form:
                form.show_error(error)
            else:
                self.context.tasks.failed.emit(error)

        task = self.view_model.snooze_typed(local_id, text)
        task.then(lambda _saved: self._close_popover()).otherwise(refused)

    def _close_popover(self) -> None:
        if self.popover is not None:
            self.popover.close()

    def _commands(self, local_id: int) -> list[RowCommand]:
        row = self.view_model.agenda.row_at(self.view_model.agenda.row_of(local_id))
        is_done = row is not None and row.status == "done"
        tick = self.tr("Open again") if is_done else self.tr("Done")
        commands = [
            RowCommand(tick, icon="undo" if is_done else "check", hint=self.tr("X"), run=lambda: self.tick(local_id)),
            RowCommand(
                self.tr("Edit"), icon="edit", hint=self.tr("E"), run=lambda: self.open_task(local_id, edit=True)
            ),
        ]
        if not is_done:
            snooze = lambda: self._open_snooze(local_id, self._corner_of_current())  # noqa: E731
            commands.append(RowCommand(self.tr("Snooze"), icon="snooze", hint=self.tr("S"), run=snooze))
        return [
            *commands,
            RULE,
            RowCommand(
                self.tr("Move to Trash"),
                icon="trash",
                hint=self.tr("Del"),
                destructive=True,
                run=lambda: self._delete(local_id),
            ),
        ]

    def _on_time_to_prepare(self) -> None:
        _ = self.task_panel

    def _on_profile_read(self, user: UserRow | None) -> None:
        zone = _zone(user.time_zone) if user is not None else None
        if zone != self.moments.zone:
            self.moments.zone = zone
            self.view_model.agenda.invalidate(None, list_too=False)
            self.pane.add.show_day()

    def _on_current_moved(self, local_id: int) -> None:
        if local_id > 0 and self.context.panel.is_open and local_id != self.view_model.local_id:
            self._show(local_id)

    def _on_link_pressed(self, entity: EntityKind, local_id: int) -> None:
        self.context.navigate(Target(PAGES[entity], entity, local_id))

    def _on_menu_wanted(self, local_id: int, corner: QPoint) -> None:
        open_row_menu(self.pane.list, self._commands(local_id), corner)

    def _on_snooze_wanted(self, local_id: int, button: QWidget) -> None:
        self._open_snooze(local_id, button.mapToGlobal(QPoint(0, button.height())))

    def _on_add_wanted(self, pairs: list[tuple[str, str]]) -> None:
        task = self.view_model.add(pairs)
        task.then(lambda _saved: self.pane.add.clear()).otherwise(self.pane.add.show_error)

    def _on_save_wanted(self, local_id: int | None, pairs: list[tuple[str, str]]) -> None:
        panel = self.task_panel
        task: Any = self.view_model.add(pairs) if local_id is None else self.view_model.change(local_id, pairs)

        def refused(error: BaseException) -> None:
            if self.context.panel.is_open and panel.local_id == local_id and panel.isVisible():
                panel.form.show_error(error)
            else:
                self.context.tasks.failed.emit(error)

        task.then(lambda _saved: panel.note_saved(local_id, pairs))
        task.otherwise(refused).finally_(lambda: panel.save.set_busy(False))

    def _on_card_read(self, card: RecordCard | None) -> None:
        if card is None:
            self.task_panel.show_nothing()
            return
        if not (self.task_panel.is_edited and self.task_panel.local_id == card.id):
            self.task_panel.show_task(card)
        self._focus_form()

    def _on_records_changed(self, entity: EntityKind, _ids: object, _origin: str, _batch: int) -> None:
        if entity is EntityKind.USER:
            self._profile.read(self.context.workspace.users.acting).then(self._on_profile_read)

    def _on_menu_hidden(self) -> None:
        self.menu = None

    def _on_popover_closed(self) -> None:
        self.popover, self.snooze_form = None, None


def _zone(name: str) -> ZoneInfo | None:
    """The zone of the profile; None, the machine's own, for a name that this system does not know."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def make_page(context: PageContext) -> TasksPage:
    """Make the page for one open workspace."""
    return TasksPage(context)
