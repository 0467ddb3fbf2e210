"""The checked records of a list: the bar over it and the forms its buttons open."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from services.records.people import Saved
from ui.pages.record.bulk import BulkEditForm, SelectionBar, TagForm, open_popover
from ui.pages.record.inputs import NEVER_EMPTY
from ui.pages.record.list_view_model import ListViewModel
from ui.pages.record.lookups import Lookups
from ui.pages.record.wording import choice, field_name
from ui.theme.user_locale import number
from ui.widgets.popover import Popover


class Selection(QObject):
    """Shows the bar while anything is checked and runs what is chosen on it, each as one batch."""

    def __init__(self, view_model: ListViewModel, lookups: Lookups, area: QWidget) -> None:
        super().__init__(area)
        self._view_model = view_model
        self._lookups = lookups
        self.bar = SelectionBar(area)
        self.popover: Popover | None = None
        self.form: QWidget | None = None
        view_model.table.checked_changed.connect(self._on_checked_changed)
        view_model.query_changed.connect(self._show)
        self.bar.dismissed.connect(self.clear)
        self.bar.edit.clicked.connect(self.open_edit)
        self.bar.tag.clicked.connect(self.open_tag)
        self.bar.assign.clicked.connect(self.open_assign)
        self.bar.delete.clicked.connect(self.delete)
        self.bar.restore.clicked.connect(self.restore)

    def clear(self) -> bool:
        """Uncheck all; returns whether anything was checked."""
        if not self._view_model.table.checked_count:
            return False
        self._view_model.table.check_all(False)
        return True

    def open_edit(self) -> None:
        """Offer one value for all."""
        self._open_values(self.bar.edit)

    def open_assign(self) -> None:
        """Offer an owner for all."""
        self._open_values(self.bar.assign, field="owner")

    def _open_values(self, anchor: QWidget, *, field: str = "") -> None:
        kind = self._view_model.kind
        count = self._view_model.table.checked_count
        form = BulkEditForm(kind.entity, kind.bulk_fields, self._lookups, count=count)
        form.preview_wanted.connect(lambda field, text: self._preview(form, field, text))
        form.change_wanted.connect(lambda field, text: self._change(form, field, text))
        if field and form.value is not None:
            form.choose_field(field)
        self._open(form, anchor, form.value if field and form.value is not None else form.field)

    def open_tag(self) -> None:
        """Offer a tag for all."""
        form = TagForm(self._lookups)
        form.tag_wanted.connect(self._tag)
        self._open(form, self.bar.tag, form.line)

    def delete(self) -> None:
        """Move all to the trash."""
        self._view_model.delete(self._view_model.table.checked)

    def restore(self) -> None:
        """Take all out of the trash."""
        self._view_model.restore(self._view_model.table.checked)

    def _open(self, form: QWidget, anchor: QWidget, focus: QWidget) -> None:
        self.form = form
        self.popover = open_popover(anchor, form, focus)
        self.popover.closed.connect(self._on_popover_closed)

    def _close(self) -> None:
        if self.popover is not None:
            self.popover.close()

    def _preview(self, form: BulkEditForm, field: str, text: str) -> None:
        shown = choice(text) if field in NEVER_EMPTY else text

        def show(changed: int, same: int) -> None:
            if self.form is not form:
                return
            said = self.tr("{count} change to {field} “{value}”.") if text else self.tr("{count} lose their {field}.")
            said = said.format(count=number(changed), field=field_name(field), value=shown)
            if same:
                said += " " + self.tr("{count} have it already.").format(count=number(same))
            form.show_preview(said)

        self._view_model.preview(field, text, show)

    def _change(self, form: BulkEditForm, field: str, text: str) -> None:
        def refused(error: BaseException) -> None:
            if self.form is form:
                form.show_error(error)
            else:
                self._view_model.context.tasks.failed.emit(error)

        self._view_model.change_checked(field, text).then(self._done).otherwise(refused)

    def _tag(self, name: str, on: bool) -> None:
        self._close()
        self._view_model.tag_checked(name, on=on).then(self._done)

    def _done(self, saved: Saved) -> None:
        self._close()
        if saved.batch is None:
            self._view_model.context.toasts.show_message(
                self.tr("Nothing to change: they have it already"), icon="info"
            )

    def _on_popover_closed(self) -> None:
        self.popover = None
        self.form = None

    def _on_checked_changed(self, _count: int) -> None:
        self._show()

    def _show(self) -> None:
        self.bar.show_selection(self._view_model.table.checked_count, in_trash=self._view_model.in_trash)
