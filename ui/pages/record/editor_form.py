"""The editor of a whole record: sections of labelled fields, what is wrong beside each of them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.errors import InvalidValue, MyCrmError
from services.records.drafts import PointKind
from services.records.fields import CUSTOM_PREFIX
from ui.pages.record.form_state import POINT_FIELDS, FormState
from ui.pages.record.inputs import ChoiceInput, ValueInput, make_input
from ui.pages.record.kind import FormPart, FormSection, RecordKind
from ui.pages.record.lookups import Choices, Lookups
from ui.pages.record.overlay_scroll import OverlayScroll
from ui.pages.record.point_editors import AddressesEditor, PointsEditor
from ui.pages.record.tag_row import TagRow
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.scroll_area import ScrollArea

_ADDRESS_FIELDS = ("address", "city", "country", "region", "postal_code")


class EditorForm(ScrollArea):
    """Shows a `FormState` and gives one back; knows nothing of saving.

    The sections are made one a turn of the event loop, from the top: all at once would hold it up.
    """

    #: Something was typed, chosen, added or removed.
    edited = Signal()

    def __init__(self, kind: RecordKind, lookups: Lookups) -> None:
        super().__init__(margins=False, bounded=False)
        OverlayScroll(self)
        self._kind = kind
        self._lookups = lookups
        self.inputs: dict[str, ValueInput] = {}
        self.points: dict[PointKind, PointsEditor] = {}
        self.addresses = AddressesEditor()
        self.tags = TagRow(lookups)
        self._own_fields = QVBoxLayout()
        self._own_head = QWidget(self)
        self._general = Paragraph(role="caption", colour="bad")
        self._shown = FormState()
        self._choices = lookups.choices
        self._waiting = list(kind.sections)
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._make_next)
        self._assemble()
        self._next.start()
        self.theme.theme_changed.connect(self._restyle)
        self.addresses.edited.connect(self.edited)
        self.tags.added.connect(lambda name: self._set_tags((*self.tags.tags, name)))
        self.tags.removed.connect(lambda name: self._set_tags(tuple(t for t in self.tags.tags if t != name)))

    @property
    def is_complete(self) -> bool:
        """Whether every section is there."""
        return not self._waiting

    def stop(self) -> None:
        """The page is closed: make no more sections."""
        self._next.stop()
        self._waiting.clear()

    def complete(self) -> None:
        """Make the sections that are still missing now."""
        while self._waiting:
            self._make_next()

    @property
    def state(self) -> FormState:
        """What stands in the form; a section that is not there yet counts with what it will show."""
        if not self.is_complete:
            return self._shown
        return FormState(
            {name: made.text for name, made in self.inputs.items()},
            {kind: editor.points for kind, editor in self.points.items() if editor.points},
            self.addresses.addresses,
            self.tags.tags,
        )

    def show_state(self, state: FormState) -> None:
        """Show the values of a record, or what was typed before."""
        self._shown = state
        self.clear_errors()
        for name, made in self.inputs.items():
            made.set_text(state.texts.get(name, ""))
        for kind, editor in self.points.items():
            editor.show_points(state.points.get(kind, ()))
        self.addresses.show_addresses(state.addresses)
        self.tags.show_tags(state.tags)
        self.verticalScrollBar().setValue(0)

    def show_choices(self, choices: Choices) -> None:
        """The lists offer these from now on; custom fields get their inputs."""
        self._choices = choices
        owner = self.inputs.get("owner")
        if isinstance(owner, ChoiceInput):
            owner.set_options([(user, user) for user in choices.users])
        if self.is_complete:
            self._show_own_fields()

    def _show_own_fields(self) -> None:
        wanted = [CUSTOM_PREFIX + field.name for field in self._choices.custom_fields]
        standing = [name for name in self.inputs if name.startswith(CUSTOM_PREFIX)]
        if wanted == standing:
            return
        for name in standing:
            old = self.inputs.pop(name)
            self._own_fields.removeWidget(old)
            old.hide()
            old.deleteLater()
        for name in wanted:
            made = self._input(name)
            made.set_text(self._shown.texts.get(name, ""))
            self._own_fields.addWidget(made)
        self._own_head.setVisible(bool(wanted))

    def take_focus(self) -> None:
        """Put the cursor into the first field."""
        next(iter(self.inputs.values())).take_focus()

    def show_error(self, error: BaseException) -> None:
        """Say what is wrong beside the value it concerns, and bring that into view."""
        if not isinstance(error, MyCrmError):
            return
        text = f"{error.title}. {error.message}"
        field = error.field if isinstance(error, InvalidValue) else ""
        made = self.inputs.get(field)
        editor = next((found for kind, found in self.points.items() if POINT_FIELDS[kind] == field), None)
        if made is not None:
            made.set_error(text)
            self.ensureWidgetVisible(made)
            made.take_focus()
        elif editor is not None:
            editor.show_error(text, error.title)
            self.ensureWidgetVisible(editor)
        elif field in _ADDRESS_FIELDS:
            self.addresses.show_error(field, text)
            self.ensureWidgetVisible(self.addresses)
        else:
            self._general.set_paragraph(text)
            self._general.show()
            self.ensureWidgetVisible(self._general)

    def clear_errors(self) -> None:
        """Nothing is wrong any more."""
        for made in self.inputs.values():
            made.set_error("")
        for editor in self.points.values():
            editor.clear_errors()
        self._general.hide()

    def _assemble(self) -> None:
        metrics = self.theme.metrics
        column = self.body
        self._general.hide()
        column.addWidget(self._general)
        self._sections = QVBoxLayout()
        self._sections.setSpacing(metrics.group_gap)
        column.addLayout(self._sections)
        self._own_head.hide()
        self._own_fields.setSpacing(metrics.group_gap)
        column.addStretch(1)
        self._restyle()
        self._make_next()

    def _make_next(self) -> None:
        if not self._waiting:
            return
        known = set(self.inputs)
        self._make(self._waiting.pop(0))
        for name in [name for name in self.inputs if name not in known]:
            self.inputs[name].set_text(self._shown.texts.get(name, ""))
        if self._waiting:
            self._next.start()
        else:
            self._show_own_fields()

    def _make(self, section: FormSection) -> None:
        column = self._sections
        if section.title:
            head = self._own_head if section.entries == (FormPart.CUSTOM,) else QWidget()
            box = QHBoxLayout(head)
            box.setContentsMargins(0, self.theme.metrics.space_8, 0, 0)
            box.addWidget(Label(section.title, role="body-strong"))
            column.addWidget(head)
        for entry in section.entries:
            if entry is FormPart.CUSTOM:
                column.addLayout(self._own_fields)
            elif isinstance(entry, tuple):
                column.addLayout(self._pair(entry))
            else:
                column.addWidget(self._part(entry))

    def _restyle(self) -> None:
        metrics = self.theme.metrics
        pad = metrics.space_20
        self.body.setSpacing(metrics.group_gap)
        self.body.setContentsMargins(pad, metrics.space_12, pad, metrics.space_24)

    def _pair(self, names: tuple[str, str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.metrics.row_gap)
        for name in names:
            row.addWidget(self._input(name), 1, Qt.AlignmentFlag.AlignTop)
        return row

    def _part(self, entry: str | PointKind | FormPart) -> QWidget:
        if isinstance(entry, PointKind):
            editor = PointsEditor(entry)
            editor.show_points(self._shown.points.get(entry, ()))
            editor.edited.connect(self.edited)
            self.points[entry] = editor
            return editor
        if entry is FormPart.ADDRESSES:
            return self.addresses
        if entry is FormPart.TAGS:
            return self._labelled(self.tags, _tr("Tags"))
        return self._input(str(entry))

    def _labelled(self, widget: QWidget, text: str) -> QWidget:
        around = QWidget()
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.metrics.label_gap)
        column.addWidget(Label(text, role="caption-medium", colour="text_2"))
        column.addWidget(widget)
        return around

    def _input(self, name: str) -> ValueInput:
        made = make_input(self._kind.entity, name, self._lookups)
        made.edited.connect(self.edited)
        self.inputs[name] = made
        return made

    def _set_tags(self, tags: tuple[str, ...]) -> None:
        self.tags.show_tags(tags)
        self.edited.emit()


def _tr(text: str) -> str:
    return QCoreApplication.translate("EditorForm", text)
