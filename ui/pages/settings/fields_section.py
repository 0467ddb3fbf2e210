"""Own fields: what the user added to each kind of record, in the order in which forms show it."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.records.fields import CUSTOM_PREFIX, EntityKind, FieldKind
from services.records.people import CustomField
from ui.operations import custom_fields as operations
from ui.pages.record.wording import own_field_label
from ui.pages.settings.field_form import FieldForm, kind_name
from ui.pages.settings.section import FoundRow, Section
from ui.pages.settings.view_model import SettingsViewModel
from ui.tasks import Task
from ui.theme.user_locale import number
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.icon_button import IconButton
from ui.widgets.paragraph import Paragraph
from ui.widgets.popover import Popover

OFFERED: Final = (
    EntityKind.CONTACT,
    EntityKind.COMPANY,
    EntityKind.LEAD,
    EntityKind.DEAL,
    EntityKind.TASK,
    EntityKind.EVENT,
    EntityKind.ACTIVITY,
)


class FieldsSection(Section):
    """A card per kind of record; every change acts at once and can be undone."""

    def __init__(self, view_model: SettingsViewModel, *, parent: QWidget | None = None) -> None:
        super().__init__("", "field", parent=parent)
        self.title = self.tr("Own fields")
        self._view_model = view_model
        self._context = view_model.context
        self.fields: dict[EntityKind, list[CustomField]] = {entity: [] for entity in OFFERED}
        self.cards: dict[EntityKind, Card] = {}
        self.popover: Popover | None = None
        self.form: FieldForm | None = None
        for entity in OFFERED:
            card = Card(self._title(entity), flush=True)
            add = Button(self.tr("Add"), icon="add", small=True)
            add.setAccessibleName(self.tr("Add a field: {kind}").format(kind=self._title(entity)))
            add.clicked.connect(partial(self.open_form, entity, None, add))
            card.add_action(add)
            self.cards[entity] = card
            self.add_card(card)
        view_model.fields_read.connect(self._on_fields_read)

    def open_form(self, entity: EntityKind, field: CustomField | None, anchor: QWidget, *_: object) -> None:
        """Ask for a new field, or for another name and other options of one."""
        form = FieldForm(field)
        popover = Popover(anchor)
        popover.set_content(form)
        self.popover, self.form = popover, form
        form.submitted.connect(lambda: self._submit(form, entity, field))
        popover.closed.connect(self._on_closed)
        popover.open_at(anchor, align_right=True)
        form.take_focus()

    def move_field(self, entity: EntityKind, place: int, step: int) -> None:
        """Move a field up (-1) or down (1)."""
        order = [field.uid for field in self.fields[entity]]
        order[place], order[place + step] = order[place + step], order[place]
        self._context.perform(operations.reorder(self._context.workspace, entity, order))

    def delete_field(self, field: CustomField) -> None:
        """Take a field away."""
        self._context.perform(operations.delete(self._context.workspace, field))

    def close_form(self) -> None:
        """Take an open form away."""
        if self.popover is not None:
            self.popover.close()

    def _submit(self, form: FieldForm, entity: EntityKind, field: CustomField | None) -> None:
        workspace, perform = self._context.workspace, self._context.perform
        if field is None:
            task: Task[object] = perform(
                operations.add(workspace, entity, form.name.text.strip(), form.kind, form.options)
            )
        else:
            options = form.options if field.kind == FieldKind.CHOICE else None
            task = perform(operations.change(workspace, field.uid, label=form.name.text, options=options))

        def refused(error: BaseException) -> None:
            if self.form is form:
                form.show_error(error)
            else:
                self._context.tasks.failed.emit(error)

        task.then(lambda _done: self._close(form)).otherwise(refused)

    def _close(self, form: FieldForm) -> None:
        if self.form is form:
            self.close_form()

    def _on_closed(self) -> None:
        self.popover, self.form = None, None

    def _on_fields_read(self, fields: list[CustomField]) -> None:
        for entity, card in self.cards.items():
            mine = [field for field in fields if field.entity == entity]
            if mine != self.fields[entity] or not card.body.count():
                self.fields[entity] = mine
                self._fill(entity, card)

    def _fill(self, entity: EntityKind, card: Card) -> None:
        while (item := card.body.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        mine = self.fields[entity]
        card.set_metadata(number(len(mine)) if mine else "")
        if not mine:
            card.body.addWidget(self._note(self.tr("None yet.")))
        for place, field in enumerate(mine):
            card.body.addWidget(self._row(entity, place, field))

    def _row(self, entity: EntityKind, place: int, field: CustomField) -> FoundRow:
        said = [kind_name(FieldKind(field.kind)), ", ".join(field.options), f"{CUSTOM_PREFIX}{field.name}"]
        sentence = " · ".join(part for part in said if part)
        return FoundRow(own_field_label(field), sentence, icon="field", control=self._buttons(entity, place, field))

    def _buttons(self, entity: EntityKind, place: int, field: CustomField) -> QWidget:
        last = len(self.fields[entity]) - 1
        up = IconButton("arrow-up", self.tr("Move {name} up").format(name=own_field_label(field)), small=True)
        down = IconButton("arrow-down", self.tr("Move {name} down").format(name=own_field_label(field)), small=True)
        edit = IconButton("edit", self.tr("Edit {name}").format(name=own_field_label(field)), small=True)
        gone = IconButton("trash", self.tr("Delete {name}").format(name=own_field_label(field)), small=True)
        up.setEnabled(place > 0)
        down.setEnabled(place < last)
        up.clicked.connect(partial(self._on_moved, entity, place, -1))
        down.clicked.connect(partial(self._on_moved, entity, place, 1))
        edit.clicked.connect(partial(self.open_form, entity, field, edit))
        gone.clicked.connect(partial(self._on_deleted, field))
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.metrics.space_2)
        for button in (up, down, edit, gone):
            row.addWidget(button)
        return box

    def _on_moved(self, entity: EntityKind, place: int, step: int, *_: object) -> None:
        self.move_field(entity, place, step)

    def _on_deleted(self, field: CustomField, *_: object) -> None:
        self.delete_field(field)

    def _note(self, text: str) -> QWidget:
        metrics = self.theme.metrics
        note = QWidget()
        column = QVBoxLayout(note)
        column.setContentsMargins(metrics.card_pad, 0, metrics.card_pad, metrics.space_12)
        paragraph = Paragraph(text)
        paragraph.setAlignment(Qt.AlignmentFlag.AlignLeft)
        column.addWidget(paragraph)
        return note

    def _title(self, entity: EntityKind) -> str:
        titles = {
            EntityKind.CONTACT: self.tr("Contacts"),
            EntityKind.COMPANY: self.tr("Companies"),
            EntityKind.LEAD: self.tr("Leads"),
            EntityKind.DEAL: self.tr("Deals"),
            EntityKind.TASK: self.tr("Tasks"),
            EntityKind.EVENT: self.tr("Events"),
            EntityKind.ACTIVITY: self.tr("Activities"),
        }
        return titles[entity]
