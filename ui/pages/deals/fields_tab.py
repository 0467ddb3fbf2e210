"""Everything known about a deal; most values are edited where they stand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.errors import MyCrmError
from services.records.fields import CUSTOM_PREFIX, FieldKind
from services.records.people import RecordCard
from ui.operations.records import TypedRecord
from ui.pages.deals.inputs import DealLookups, deal_field_name, deal_value, make_deal_input
from ui.pages.deals.lose_dialog import reason_name
from ui.pages.deals.record_view_models import DealViewModel
from ui.pages.record.field_row import FieldRow
from ui.pages.record.fields_tab import own_value
from ui.pages.record.files_group import FilesGroup
from ui.pages.record.inputs import ValueInput
from ui.pages.record.lookups import Choices
from ui.pages.record.moments import as_typed, long_date
from ui.pages.record.money_words import money
from ui.pages.record.notes_box import NotesBox
from ui.pages.record.overlay_scroll import OverlayScroll
from ui.pages.record.tag_row import TagRow
from ui.pages.record.wording import own_field_label
from ui.theme.user_locale import number
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.scroll_area import ScrollArea

SELLING: Final = ("title", "company", "amount", "currency", "expected_close", "probability")
STEP: Final = ("next_step", "next_step_due")
MORE: Final = ("competitor", "loss_reason", "owner")
RECORD: Final = ("won_at", "lost_at", "created")


class DealFieldsTab(ScrollArea):
    """Rows are made once and filled again for each deal."""

    #: Everything is to be edited at once.
    edit_wanted = Signal()

    def __init__(self, detail: DealViewModel, lookups: DealLookups, *, parent: QWidget | None = None) -> None:
        super().__init__(margins=False, bounded=False, parent=parent)
        OverlayScroll(self)
        self._detail = detail
        self._lookups = lookups
        self.rows: dict[str, FieldRow] = {}
        self.custom: dict[str, FieldRow] = {}
        self._kinds: dict[str, FieldKind] = {}
        self.tags = TagRow(lookups)
        self.files = FilesGroup(detail)
        self.notes = NotesBox(self.tr("What is worth knowing"))
        self._assemble()
        self.theme.theme_changed.connect(self._restyle)
        self.tags.added.connect(lambda name: detail.tag(name, on=True))
        self.tags.removed.connect(lambda name: detail.tag(name, on=False))
        self.notes.changed.connect(lambda text: detail.change_field("notes", text))
        detail.standing_read.connect(lambda: self.show_card(detail.card))
        self.show_choices(lookups.choices)
        self.show_card(detail.card)

    def show_card(self, card: RecordCard | None) -> None:
        """Show the values of a deal."""
        self.setEnabled(card is not None and card.deleted_at is None)
        if card is None:
            return
        for name, row in self.rows.items():
            value = card.created_at if name == "created" else card.owner if name == "owner" else card.fields.get(name)
            if not row.is_editing:
                row.show_value(self._shown(name, value, card), self._typed(name, value, card))
            row.setVisible(name not in (*RECORD, "loss_reason") or value is not None)
        for name, row in self.custom.items():
            if not row.is_editing:
                value = card.custom.get(name)
                row.show_value(own_value(value, self._kinds[name]), as_typed(value))
        self.tags.show_tags(card.tags)
        self.notes.show_text(card.fields.get("notes") or "")
        self.files.show_card(card)

    def show_choices(self, choices: Choices) -> None:
        """Custom fields get their rows."""
        wanted = {field.name: FieldKind(field.kind) for field in choices.custom_fields}
        if wanted == self._kinds:
            return
        for old in self.custom.values():
            self._own.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._kinds, self.custom = wanted, {}
        for field in choices.custom_fields:
            row = self.custom[field.name] = self._row(CUSTOM_PREFIX + field.name, own_field_label(field))
            self._own.addWidget(row)
        self._own_head.setVisible(bool(wanted))
        if self._detail.card is not None:
            self.show_card(self._detail.card)

    def set_active(self, active: bool) -> None:
        """What the card says is filled in whether the tab is on show or not; files are read when it is."""
        self.files.set_active(active)

    def close_tab(self) -> None:
        """The page is closed."""
        self.files.close_group()

    def start_editing(self, name: str) -> None:
        """Open the editor of one field."""
        row = self.rows.get(name)
        if row is not None:
            self.ensureWidgetVisible(row)
            row.edit()

    def end_editing(self) -> None:
        """Another deal is shown: editors go away."""
        for row in (*self.rows.values(), *self.custom.values()):
            row.end_editing()

    def _assemble(self) -> None:
        column, metrics = self.body, self.theme.metrics
        edit = LinkButton(self.tr("Edit"))
        edit.clicked.connect(self.edit_wanted)
        self._section(self.tr("Deal"), SELLING, edit)
        self._section(self.tr("Next step"), STEP)
        self._section(self.tr("More"), MORE)
        column.addWidget(self._head(self.tr("Tags")))
        column.addLayout(self._inset(self.tags))
        self._own_head = self._head(self.tr("Own fields"))
        self._own_head.hide()
        column.addWidget(self._own_head)
        self._own = QVBoxLayout()
        self._own.setSpacing(0)
        column.addLayout(self._own)
        column.addWidget(self._head(self.tr("Notes")))
        column.addLayout(self._inset(self.notes))
        column.addWidget(self._head(self.tr("Files")))
        column.addWidget(self.files)
        self._section(self.tr("Record"), RECORD)
        column.addSpacing(metrics.space_24)
        column.addStretch(1)
        self._restyle()

    def _restyle(self) -> None:
        self.body.setSpacing(0)

    def _section(self, title: str, names: tuple[str, ...], action: QWidget | None = None) -> None:
        self.body.addWidget(self._head(title, action))
        for name in names:
            row = self.rows[name] = self._row(name, deal_field_name(name))
            self.body.addWidget(row)

    def _head(self, text: str, action: QWidget | None = None) -> QWidget:
        metrics = self.theme.metrics
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(metrics.space_20, metrics.gap, metrics.space_16, metrics.space_4)
        row.addWidget(Label(text, role="body-strong"))
        row.addStretch(1)
        if action is not None:
            row.addWidget(action)
        return head

    def _inset(self, widget: QWidget) -> QVBoxLayout:
        box = QVBoxLayout()
        pad = self.theme.metrics.space_20
        box.setContentsMargins(pad, self.theme.metrics.space_4, pad, 0)
        box.addWidget(widget)
        return box

    def _row(self, name: str, label: str) -> FieldRow:
        row = FieldRow(name, label, None if name in RECORD else self._make_input)
        row.changed.connect(lambda field, text: self._change(row, field, text))
        return row

    def _make_input(self, name: str) -> ValueInput:
        return make_deal_input(name, self._lookups, small=True, label="")

    def _change(self, row: FieldRow, field: str, text: str) -> None:
        def refused(error: BaseException) -> None:
            if row.is_editing and isinstance(error, MyCrmError):
                row.show_error(f"{error.title}. {error.message}")
            else:
                self._detail.context.tasks.failed.emit(error)

        card = self._detail.card
        assert self._detail.local_id is not None
        pairs = [(field, text)]
        if field == "amount" and text and card is not None and _currency(card):
            # An amount alone is read in the user's own currency.
            pairs.append(("currency", _currency(card)))
        task = self._detail.change(self._detail.local_id, TypedRecord(tuple(pairs)))
        task.then(lambda _saved: row.end_editing()).otherwise(refused)

    def _typed(self, name: str, value: Any, card: RecordCard) -> str:
        return deal_value(name, value, _currency(card), self._lookups.decimal_mark)

    def _shown(self, name: str, value: Any, card: RecordCard) -> str:
        row = self._detail.row
        if name == "probability" and value is None and row is not None and row.id == card.id:
            return self.tr("{number}%, by stage").format(number=number(row.probability))
        if value is None or value == "":
            return ""
        if name == "probability":
            return self.tr("{number}%").format(number=number(value))
        if name == "amount":
            return money(int(value), _currency(card))
        if name == "loss_reason":
            return reason_name(str(value))
        if isinstance(value, datetime):
            return self._detail.moments.exact(value)
        return long_date(value) if isinstance(value, date) else str(value)


def _currency(card: RecordCard) -> str:
    return str(card.fields.get("currency") or "")
