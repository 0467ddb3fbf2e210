"""The user's own views on a list page: read beside the tabs, saved from what is shown, changed in a menu."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from services.errors import MyCrmError
from services.filtering.fields import fields_of
from services.records.fields import EntityKind
from services.records.people import Saved
from services.records.saved_views import SavedView, ViewDraft
from ui.operations import Operation, saved_views
from ui.pages.record.list_head import ListHead
from ui.pages.record.list_menus import RULE, RowCommand, open_row_menu
from ui.pages.record.list_view_model import ListViewModel
from ui.pages.record.record_table import RecordTable
from ui.widgets.button import Button, ButtonKind
from ui.widgets.label import Label
from ui.widgets.line_field import LineField
from ui.widgets.link_button import LinkButton
from ui.widgets.menu import Menu
from ui.widgets.popover import Popover
from ui.widgets.themed import Themed

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

WIDTH: Final = 280
SETTLING_MS: Final = 60
SUFFIX: Final = ".mycrm-view"


class NameForm(Themed):
    """A name, and below it a way to take a view from a file."""

    #: The user is done: the name.
    name_typed = Signal(str)
    #: A file is to be taken instead.
    file_wanted = Signal()

    def __init__(self, title: str, name: str = "", *, takes_files: bool = False) -> None:
        super().__init__()
        self.name = LineField(_tr("Name"), placeholder=_tr("Such as Autumn fair"))
        self.name.set_text(name)
        self.save = Button(_tr("Save"), kind=ButtonKind.PRIMARY)
        self.file = LinkButton(_tr("Take one from a file"))
        self.file.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.metrics.group_gap)
        column.addWidget(Label(title, role="lead"))
        column.addWidget(self.name)
        foot = QHBoxLayout()
        foot.addWidget(self.file)
        foot.addStretch(1)
        foot.addWidget(self.save)
        column.addLayout(foot)
        self.file.setVisible(takes_files)
        self.setFixedWidth(round(WIDTH * self.theme.zoom))
        self.save.clicked.connect(self.submit)
        self.name.submitted.connect(self.submit)
        self.file.clicked.connect(self.file_wanted)

    def submit(self) -> None:
        """Say the name."""
        self.name.set_error("")
        self.name_typed.emit(self.name.text)

    def show_error(self, error: BaseException) -> None:
        """Say what is wrong beside the name."""
        if isinstance(error, MyCrmError):
            self.name.set_error(f"{error.title}. {error.message}")


class SavedViews(QObject):
    """Keeps the tabs of a head up to date with the views of its workspace."""

    def __init__(self, view_model: ListViewModel, head: ListHead, table: RecordTable) -> None:
        super().__init__(head)
        self._view_model = view_model
        self._head = head
        self._table = table
        self._lane = view_model.context.tasks.lane()
        self.popover: Popover | None = None
        self.form: NameForm | None = None
        self.menu: Menu | None = None
        self.dialog: QFileDialog | None = None
        self._soon = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._soon.timeout.connect(self._read)
        head.save_wanted.connect(self.save_shown)
        head.view_menu_wanted.connect(self.open_menu)
        view_model.saved_view_chosen.connect(self._show_columns)
        view_model.context.bridge.records_changed.connect(self._on_records_changed)
        self._soon.start()

    def close(self) -> None:
        """The page is closed."""
        self._soon.stop()
        self._lane.close()
        self._view_model.context.bridge.records_changed.disconnect(self._on_records_changed)

    def save_shown(self) -> None:
        """Ask for the name of what is shown now."""
        form = NameForm(_tr("Save this view"), takes_files=True)
        form.name_typed.connect(lambda name: self._run(saved_views.add(self._workspace, self._draft(name)), stay=True))
        form.file_wanted.connect(self._choose_file)
        self._open(form)

    def rename(self, view: SavedView) -> None:
        """Ask for another name."""
        form = NameForm(_tr("Rename the view"), view.name)
        form.name_typed.connect(lambda name: self._run(saved_views.rename(self._workspace, view, name)))
        self._open(form)

    def commands(self, view: SavedView) -> list[RowCommand]:
        """What can be done with a view."""
        perform, workspace, views = self._view_model.context.perform, self._workspace, self._view_model.saved
        place = [one.id for one in views].index(view.id)

        def moved(by: int) -> Callable[[], object]:
            return lambda: perform(saved_views.move(workspace, views, view, by))

        return [
            RowCommand(_tr("Rename"), "edit", run=lambda: self.rename(view)),
            RowCommand(_tr("Save as shown now"), "check", run=lambda: self._save_again(view)),
            RowCommand(_tr("Move left"), "chevron-left", run=moved(-1), enabled=place > 0),
            RowCommand(_tr("Move right"), "chevron-right", run=moved(1), enabled=place < len(views) - 1),
            RowCommand(_tr("Share as a file"), "export", run=lambda: self._choose_place(view)),
            RULE,
            RowCommand(
                _tr("Delete"), "trash", run=lambda: perform(saved_views.delete(workspace, view)), destructive=True
            ),
        ]

    def open_menu(self, corner: QPoint) -> None:
        """Offer what can be done with the view on show."""
        view = self._view_model.saved_view
        if view is not None:
            self.menu = open_row_menu(self._head.view_row, self.commands(view), corner)

    @property
    def _workspace(self) -> OpenWorkspace:
        return self._view_model.context.workspace

    def _save_again(self, view: SavedView) -> None:
        self._view_model.context.perform(saved_views.change(self._workspace, view, self._draft(view.name)))

    def _draft(self, name: str) -> ViewDraft:
        view_model, entity = self._view_model, self._view_model.kind.entity
        known = fields_of(entity, view_model.found.custom_fields)
        columns = tuple(key for key in self._table.column_keys if key in known)
        query, sort = view_model.found.text, view_model.sort
        return ViewDraft(entity, name, query, columns, sort, view_model.descending, view_model.grouping)

    def _run(self, operation: Operation[Saved], *, stay: bool = False) -> None:
        form, popover = self.form, self.popover

        def refused(error: BaseException) -> None:
            if form is not None and self.form is form:
                form.show_error(error)
            else:
                self._view_model.context.tasks.failed.emit(error)

        def done(saved: Saved) -> None:
            if stay:
                self._view_model.stay_on(saved.id)
            if popover is not None:
                popover.close()

        self._view_model.context.perform(operation).then(done).otherwise(refused)

    def _open(self, form: NameForm) -> None:
        popover = Popover(self._head.view_row)
        popover.set_content(form)
        self.form, self.popover = form, popover
        popover.closed.connect(self._on_closed)
        popover.open_at(self._head.action_anchor)
        form.name.editor.setFocus()
        form.name.editor.selectAll()

    def _choose_file(self) -> None:
        if self.popover is not None:
            self.popover.close()
        dialog = QFileDialog(self._head.view_row, _tr("Take a view from a file"), str(Path.home()), f"*{SUFFIX}")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take)
        self._open_dialog(dialog)

    def take(self, name: str) -> None:
        """Save the view of a file."""
        context = self._view_model.context
        context.perform(saved_views.take(context.workspace, Path(name)))

    def _choose_place(self, view: SavedView) -> None:
        dialog = QFileDialog(self._head.view_row, _tr("Share the view"), str(Path.home()), f"*{SUFFIX}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(f"{view.name.replace('/', '-')}{SUFFIX}")
        context = self._view_model.context
        dialog.fileSelected.connect(
            lambda name: context.perform(saved_views.export(context.workspace, view, Path(name)))
        )
        self._open_dialog(dialog)

    def _open_dialog(self, dialog: QFileDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._on_dialog_finished)
        dialog.open()

    def _read(self) -> None:
        views, entity = self._workspace.views, self._view_model.kind.entity
        self._lane.read(lambda: (tuple(views.all(entity)), views.counts(entity))).then(self._show)

    def _show(self, found: tuple[tuple[SavedView, ...], dict[int, int | None]]) -> None:
        self._view_model.show_saved(*found)

    def _show_columns(self, view: SavedView) -> None:
        kept = {column.key for column in self._view_model.table.columns}
        columns = [key for key in view.columns if key in kept]
        if columns:
            first = self._table.column_keys[0]
            self._table.set_columns([first, *(key for key in columns if key != first)], self._table.chosen_widths)

    def _on_closed(self) -> None:
        self.form, self.popover = None, None

    def _on_dialog_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _on_records_changed(self, entity: EntityKind, _ids: tuple[int, ...] | None, _origin: str, _batch: int) -> None:
        if entity in (EntityKind.SAVED_VIEW, self._view_model.kind.entity):
            self._soon.start()


def _tr(text: str) -> str:
    return QCoreApplication.translate("SavedViews", text)
