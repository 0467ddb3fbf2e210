"""Everything known about a record, in groups; most values are edited where they stand."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.errors import MyCrmError
from services.records.fields import CUSTOM_PREFIX, FIELDS, EntityKind, FieldKind
from services.records.people import CustomField, RecordCard
from ui.operations.contact_parts import TypedConsent
from ui.pages.record.consent_group import ConsentGroup
from ui.pages.record.detail_view_model import DetailViewModel
from ui.pages.record.field_row import FieldRow
from ui.pages.record.files_group import FilesGroup
from ui.pages.record.inputs import ValueInput, make_input
from ui.pages.record.lookups import Choices, Lookups
from ui.pages.record.moments import as_typed, language_name, long_date, number
from ui.pages.record.notes_box import NotesBox
from ui.pages.record.overlay_scroll import OverlayScroll
from ui.pages.record.point_row import PointRow
from ui.pages.record.tag_row import TagRow
from ui.pages.record.wording import choice, choice_tone, field_name, own_field_label
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.scroll_area import ScrollArea

_READ_ONLY: Final = ("churned_at", "churn_reason", "external_key", "created")


class FieldsTab(ScrollArea):
    """Rows are made once and filled again for each record."""

    #: Many values, or contact points, are to be edited in the form.
    edit_wanted = Signal()
    #: A contact point is to be used: written to, called, opened.
    use_wanted = Signal(object)
    #: A text is to be copied.
    copy_wanted = Signal(str)

    def __init__(self, detail: DetailViewModel, lookups: Lookups, *, parent: QWidget | None = None) -> None:
        super().__init__(margins=False, bounded=False, parent=parent)
        OverlayScroll(self)
        self._detail = detail
        self._lookups = lookups
        self.points: list[PointRow] = []
        self.rows: dict[str, FieldRow] = {}
        self.custom: dict[str, FieldRow] = {}
        self.tags = TagRow(lookups)
        self.notes = NotesBox(self.tr("What is worth knowing"))
        is_person = detail.kind.entity is EntityKind.CONTACT
        self.consents = ConsentGroup(detail.moments) if is_person else None
        self.files = FilesGroup(detail)
        self._no_points = LinkButton(self.tr("Add an email, phone or address"), icon="add")
        self._assemble()
        self._connect()
        self._fields_of_own: tuple[CustomField, ...] = ()

    def show_card(self, card: RecordCard | None) -> None:
        """Show the values of a record."""
        self.setEnabled(card is not None and card.deleted_at is None)
        if card is None:
            return
        self._show_points(card)
        for name, row in self.rows.items():
            if not row.is_editing:
                self._fill(row, name, self._value(card, name))
            row.setVisible(name not in _READ_ONLY or self._value(card, name) is not None)
        self._show_custom(card)
        self.tags.show_tags(card.tags)
        if self.consents is not None:
            self.consents.show_consents(card.consents)
        self.notes.show_text(card.fields.get("notes") or "")
        self.files.show_card(card)

    def show_choices(self, choices: Choices) -> None:
        """The lists offer these from now on; custom fields get their rows."""
        if choices.custom_fields == self._fields_of_own:
            return
        self._fields_of_own = choices.custom_fields
        for row in self.custom.values():
            self._own_group.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.custom = {}
        for field in choices.custom_fields:
            name = CUSTOM_PREFIX + field.name
            row = self._row(name, own_field_label(field))
            self._own_group.addWidget(row)
            self.custom[field.name] = row
        self._own_head.setVisible(bool(self.custom))
        if self._detail.card is not None:
            self._show_custom(self._detail.card)

    def set_active(self, active: bool) -> None:
        """What the card says is filled in whether the tab is on show or not; files are read when it is."""
        self.files.set_active(active)

    def close_tab(self) -> None:
        """The page is closed."""
        self.files.close_group()
        if self.consents is not None:
            self.consents.close_form()

    def start_editing(self, name: str) -> None:
        """Open the editor of one field."""
        row = self.rows.get(name)
        if row is not None:
            self.ensureWidgetVisible(row)
            row.edit()

    def end_editing(self) -> None:
        """Another record is shown: editors go away."""
        for row in (*self.rows.values(), *self.custom.values()):
            row.end_editing()

    def _assemble(self) -> None:
        column = self.body
        metrics = self.theme.metrics
        edit = LinkButton(self.tr("Edit"))
        edit.clicked.connect(self.edit_wanted)
        column.addLayout(self._head(self.tr("How to reach them"), edit))
        self._point_group = self._group()
        around = QHBoxLayout()
        around.setContentsMargins(metrics.space_16, 0, metrics.space_16, 0)
        around.addWidget(self._no_points)
        around.addStretch(1)
        column.addLayout(around)
        column.addLayout(self._head(self.tr("Profile")))
        group = self._group()
        for name in self._detail.kind.profile_fields:
            group.addWidget(self._row(name, field_name(name)))
        column.addLayout(self._head(self.tr("Tags")))
        column.addLayout(self._inset(self.tags))
        self._own_head = QWidget()
        self._own_head.setLayout(self._head(self.tr("Own fields")))
        self._own_head.hide()
        column.addWidget(self._own_head)
        self._own_group = self._group()
        if self.consents is not None:
            column.addLayout(self._head(self.tr("Consent")))
            self._group().addWidget(self.consents)
        column.addLayout(self._head(self.tr("Notes")))
        column.addLayout(self._inset(self.notes))
        column.addLayout(self._head(self.tr("Files")))
        self._group().addWidget(self.files)
        column.addLayout(self._head(self.tr("Record")))
        group = self._group()
        for name in _READ_ONLY:
            row = FieldRow(name, field_name(name), None)
            self.rows[name] = row
            group.addWidget(row)
        column.addSpacing(metrics.space_24)
        column.addStretch(1)
        self._restyle()

    def _restyle(self) -> None:
        self.body.setSpacing(0)

    def _connect(self) -> None:
        self.theme.theme_changed.connect(self._restyle)
        self._no_points.clicked.connect(self.edit_wanted)
        self.tags.added.connect(lambda name: self._detail.tag(name, on=True))
        self.tags.removed.connect(lambda name: self._detail.tag(name, on=False))
        self.notes.changed.connect(self._on_notes_changed)
        if self.consents is not None:
            self.consents.consent_typed.connect(self._on_consent_typed)

    def _head(self, text: str, action: QWidget | None = None) -> QHBoxLayout:
        metrics = self.theme.metrics
        row = QHBoxLayout()
        row.setContentsMargins(metrics.space_20, metrics.gap, metrics.space_16, metrics.space_4)
        row.addWidget(Label(text, role="body-strong"))
        row.addStretch(1)
        if action is not None:
            row.addWidget(action)
        return row

    def _group(self) -> QVBoxLayout:
        group = QVBoxLayout()
        group.setContentsMargins(0, 0, 0, 0)
        group.setSpacing(0)
        self.body.addLayout(group)
        return group

    def _inset(self, widget: QWidget) -> QVBoxLayout:
        box = QVBoxLayout()
        pad = self.theme.metrics.space_20
        box.setContentsMargins(pad, self.theme.metrics.space_4, pad, 0)
        box.addWidget(widget)
        return box

    def _row(self, name: str, label: str) -> FieldRow:
        row = FieldRow(name, label, self._make_input)
        row.changed.connect(lambda field, text: self._change(row, field, text))
        if not name.startswith(CUSTOM_PREFIX):
            self.rows[name] = row
        return row

    def _make_input(self, name: str) -> ValueInput:
        return make_input(self._detail.kind.entity, name, self._lookups, small=True, label="")

    def _change(self, row: FieldRow, field: str, text: str) -> None:
        def refused(error: BaseException) -> None:
            if row.is_editing and isinstance(error, MyCrmError):
                row.show_error(f"{error.title}. {error.message}")
            else:
                self._detail.context.tasks.failed.emit(error)

        task = self._detail.change_field(field, text)
        task.then(lambda _saved: row.end_editing()).otherwise(refused)

    def _on_consent_typed(self, typed: TypedConsent) -> None:
        group = self.consents
        assert group is not None

        def refused(error: BaseException) -> None:
            if not group.show_error(error):
                self._detail.context.tasks.failed.emit(error)

        self._detail.set_consent(typed).then(lambda _saved: group.close_form()).otherwise(refused)

    def _on_notes_changed(self, text: str) -> None:
        self._detail.change_field("notes", text)

    def _value(self, card: RecordCard, name: str) -> Any:
        if name == "owner":
            return card.owner or None
        return card.created_at if name == "created" else card.fields.get(name)

    def _fill(self, row: FieldRow, name: str, value: Any) -> None:
        tone = choice_tone(str(value)) if name in ("lifecycle", "status") and value else None
        row.show_value(self._shown(name, value), self._detail.moments.typed(value), tone=tone)

    def _shown(self, name: str, value: Any) -> str:
        spec = FIELDS[self._detail.kind.entity].get(name)
        kind = spec.kind if spec else FieldKind.TEXT
        if value is None:
            # A warning that was never given is a plain no.
            return own_value(False, kind) if kind is FieldKind.BOOL else ""
        if name == "created":
            return self._detail.moments.exact(value)
        if kind is FieldKind.CHOICE:
            return choice(str(value))
        if kind is FieldKind.DATE:
            return long_date(value)
        if kind is FieldKind.BOOL:
            return own_value(value, kind)
        if kind is FieldKind.LANGUAGE:
            return language_name(str(value))
        if kind is FieldKind.MOMENT:
            return self._detail.moments.exact(value)
        return number(value) if kind is FieldKind.INTEGER else str(value)

    def _show_points(self, card: RecordCard) -> None:
        while len(self.points) < len(card.points):
            row = PointRow()
            row.use_wanted.connect(self.use_wanted)
            row.copy_wanted.connect(self.copy_wanted)
            self._point_group.addWidget(row)
            self.points.append(row)
        for place, row in enumerate(self.points):
            if place < len(card.points):
                row.show_point(card.points[place])
            row.setVisible(place < len(card.points))
        self._no_points.setVisible(not card.points)

    def _show_custom(self, card: RecordCard) -> None:
        kinds = {field.name: FieldKind(field.kind) for field in self._fields_of_own}
        for name, row in self.custom.items():
            if not row.is_editing:
                value = card.custom.get(name)
                row.show_value(own_value(value, kinds[name]), as_typed(value))


def own_value(value: Any, kind: FieldKind) -> str:
    """The value of a custom field as it is shown."""
    if value is None:
        return ""
    if kind is FieldKind.BOOL:
        yes, no = QCoreApplication.translate("FieldsTab", "Yes"), QCoreApplication.translate("FieldsTab", "No")
        return yes if value else no
    if kind is FieldKind.DATE and not isinstance(value, date):
        return long_date(date.fromisoformat(str(value)))
    return as_typed(value)
