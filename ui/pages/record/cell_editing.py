"""Editing a cell of the list: the values are read anew, the change is kept as one batch, errors stay in place."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from services.errors import InvalidValue, MyCrmError
from services.records.people import RecordCard
from ui.operations.records import service_of
from ui.pages.record.cell_editor import CellEditor
from ui.pages.record.inputs import make_input
from ui.pages.record.list_view_model import ListViewModel
from ui.pages.record.lookups import Lookups
from ui.pages.record.record_table import RecordTable


class CellEditing(QObject):
    """Answers the table's wish to edit a cell."""

    def __init__(self, view_model: ListViewModel, lookups: Lookups, table: RecordTable) -> None:
        super().__init__(table)
        self._view_model = view_model
        self._lookups = lookups
        self._table = table
        self._reading = view_model.context.tasks.lane()
        self.editor: CellEditor | None = None
        table.edit_requested.connect(self.begin)

    def begin(self, row: int, key: str) -> None:
        """Read the record and put the editor over its cell; a column that is only read leads to the name."""
        if self._view_model.in_trash:
            return
        model = self._view_model.table
        column = model.columns[model.column_of(key)]
        key = key if column.field else "name"
        local_id = model.id_at(row)
        if local_id is None:
            return
        if row != self._table.current_row:
            self._table.go_to_row(row)
        service = service_of(self._view_model.context.workspace, self._view_model.kind.entity)
        self._reading.read(lambda: service.card(local_id)).then(lambda card: self._open(card, key))

    def close(self) -> None:
        """Ignore what is still to come."""
        self._reading.close()
        self._end()

    def _fields(self, key: str) -> tuple[str, ...]:
        return self._view_model.kind.name_fields if key == "name" else (key,)

    def _open(self, card: RecordCard, key: str) -> None:
        row = self._view_model.table.row_of(card.id)
        if row < 0:
            return
        entity, names = self._view_model.kind.entity, self._fields(key)
        inputs = [make_input(entity, name, self._lookups, small=True, label="") for name in names]
        values = {name: self._view_model.moments.typed(card.fields.get(name)) for name in names}
        editor = self._table.edit_cell(row, key, inputs, values)
        self.editor = editor
        editor.committed.connect(lambda changes: self._keep(editor, card.id, changes))
        editor.stepped.connect(lambda changes, step: self._keep(editor, card.id, changes, key=key, step=step))
        editor.cancelled.connect(self._end)

    def _keep(
        self, editor: CellEditor, local_id: int, changes: Mapping[str, str], *, key: str = "", step: int = 0
    ) -> None:
        if not changes:
            self._next(local_id, key, step)
            return

        def refused(error: BaseException) -> None:
            if self.editor is editor and isinstance(error, MyCrmError):
                field = error.field if isinstance(error, InvalidValue) else ""
                editor.set_error(field, f"{error.title}. {error.message}")
            else:
                self._view_model.context.tasks.failed.emit(error)

        task = self._view_model.edit(local_id, changes)
        task.then(lambda _saved: self._next(local_id, key, step)).otherwise(refused)

    def _next(self, local_id: int, key: str, step: int) -> None:
        self._end()
        following = self._table.editable_neighbour(key, step) if step else ""
        row = self._view_model.table.row_of(local_id)
        if following and row >= 0:
            self.begin(row, following)

    def _end(self) -> None:
        self.editor = None
        self._table.end_editing()
