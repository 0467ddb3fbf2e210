"""Adding one condition to the list: field, how it is compared, and a value of the field's kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.errors import MyCrmError
from services.filtering.fields import FilterField, Matching, fields_of
from services.filtering.rendering import render_value
from services.records.fields import EntityKind
from ui.pages.record.inputs import ChoiceInput, LineInput, ValueInput
from ui.pages.record.lookups import Choices
from ui.pages.record.wording import choice, field_name
from ui.theme.theme import theme_of
from ui.widgets.button import Button, ButtonKind
from ui.widgets.combo_field import ComboField
from ui.widgets.label import Label
from ui.widgets.popover import Popover
from ui.widgets.segmented import Segmented

WIDTH: Final = 320
_FIRST: Final = ("lifecycle", "owner", "tags", "company", "last", "title", "name", "city", "country", "created")
_LEFT_OUT: Final = frozenset({"uid", "id"})


@dataclass(frozen=True, slots=True)
class Comparing:
    """One way to compare: its words and the typed form; without `{value}` it needs none."""

    words: str
    form: str
    days: bool = False

    @property
    def needs_value(self) -> bool:
        """Whether something has to be said beside it."""
        return "{" in self.form.replace("{field}", "")


def ways_to_compare(matching: Matching) -> list[Comparing]:
    """The operators of a field, the usual one first."""
    presence = [Comparing(_tr("is empty"), "{field}:none"), Comparing(_tr("is filled"), "{field}:any")]
    if matching is Matching.YES_NO:
        return [Comparing(_tr("is yes"), "{field}:yes"), Comparing(_tr("is no"), "{field}:no"), *presence]
    if matching in (Matching.DATE, Matching.MOMENT):
        return [
            Comparing(_tr("more than … days ago"), "{field}>{value}d", days=True),
            Comparing(_tr("less than … days ago"), "{field}<{value}d", days=True),
            Comparing(_tr("on"), "{field}:{value}"),
            Comparing(_tr("before"), "{field}<{value}"),
            Comparing(_tr("after"), "{field}>{value}"),
            *presence,
        ]
    if matching in (Matching.NUMBER, Matching.MONEY, Matching.DURATION):
        return [
            Comparing(_tr("is at least"), "{field}>={value}"),
            Comparing(_tr("is at most"), "{field}<={value}"),
            Comparing(_tr("is"), "{field}:{value}"),
            Comparing(_tr("is not"), "-{field}:{value}"),
            *presence,
        ]
    same = [Comparing(_tr("is"), "{field}:{quoted}"), Comparing(_tr("is not"), "-{field}:{quoted}")]
    if matching in (Matching.CHOICE, Matching.COUNTRY, Matching.LANGUAGE, Matching.URL):
        return [*same, *presence]
    begins = Comparing(_tr("begins with"), "{field}:{beginning}")
    holds = Comparing(_tr("contains"), "{field}:{inside}")
    return [*same, begins, holds, *presence]


def typed_condition(field: str, comparing: Comparing, value: str) -> str:
    """The condition as it would be typed into the query."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("*", "\\*")
    quoted = "me" if field == "owner" and value == "me" else render_value(value)
    return comparing.form.format(
        field=field, value=value.strip(), quoted=quoted, beginning=f'"{escaped}*"', inside=f'"*{escaped}*"'
    )


def offered_fields(entity: EntityKind, choices: Choices) -> list[FilterField]:
    """What can be filtered by, the usual ones first."""
    known = {name: field for name, field in fields_of(entity, choices.custom_fields).items() if name not in _LEFT_OUT}
    first = [known.pop(name) for name in _FIRST if name in known]
    return [*first, *sorted(known.values(), key=lambda field: (field.custom is not None, field.label.casefold()))]


class FilterForm(QWidget):
    """The content of the popover."""

    #: A condition in its typed form.
    condition_typed = Signal(str)

    def __init__(self, entity: EntityKind, choices: Choices, *, joins: bool = False) -> None:
        super().__init__()
        #: Whether both have to hold (0), or one of the two (1).
        self.joint = Segmented(
            [self.tr("And"), self.tr("Or")], name=self.tr("With the conditions there are"), small=True
        )
        if not joins:
            self.joint.hide()
        self._choices = choices
        self._fields = offered_fields(entity, choices)
        self.field = ComboField(
            self.tr("Field"), [(_label(field), number) for number, field in enumerate(self._fields)]
        )
        self.comparing = ComboField(self.tr("Condition"))
        self.value: ValueInput | None = None
        self._place = QVBoxLayout()
        self._add = Button(self.tr("Add filter"), kind=ButtonKind.PRIMARY)
        self._assemble()
        self.field.value_chosen.connect(self._on_field_chosen)
        self.comparing.value_chosen.connect(self._on_comparing_chosen)
        self._add.clicked.connect(self._on_add)
        self.choose_field(self._fields[0].name)

    @property
    def is_alternative(self) -> bool:
        """Whether records are wanted too that match this condition only."""
        return self.joint.current == 1

    def choose_field(self, name: str) -> None:
        """Start with this field."""
        number = next(number for number, field in enumerate(self._fields) if field.name == name)
        self.field.set_value(number)
        self._on_field_chosen(number)

    def show_error(self, error: BaseException) -> None:
        """Say under the value what cannot be read."""
        text = f"{error.title}. {error.message}" if isinstance(error, MyCrmError) else self.tr("This cannot be read.")
        (self.value.field if self.value is not None else self.comparing).set_error(text)

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme_of().metrics.group_gap)
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("Filter"), role="lead"))
        head.addStretch(1)
        head.addWidget(self.joint)
        column.addLayout(head)
        column.addWidget(self.field)
        column.addWidget(self.comparing)
        self._place.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._place)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._add)
        column.addLayout(foot)
        self.setMinimumWidth(round(WIDTH * theme_of().zoom))

    def _chosen(self) -> tuple[FilterField, Comparing]:
        field = self._fields[int(self.field.value)]
        return field, ways_to_compare(field.matching)[int(self.comparing.value)]

    def _on_field_chosen(self, number: object) -> None:
        ways = ways_to_compare(self._fields[int(str(number))].matching)
        self.comparing.set_options([(way.words, place) for place, way in enumerate(ways)])
        self.comparing.set_error("")
        self._show_value()

    def _on_comparing_chosen(self, _number: object) -> None:
        self._show_value()

    def _show_value(self) -> None:
        if self.value is not None:
            self._place.removeWidget(self.value)
            self.value.hide()
            self.value.deleteLater()
            self.value = None
        field, comparing = self._chosen()
        if comparing.needs_value:
            self.value = self._value_input(field, comparing)
            self.value.submitted.connect(self._on_submitted)
            self._place.addWidget(self.value)

    def _value_input(self, field: FilterField, comparing: Comparing) -> ValueInput:
        options = self._options(field, comparing)
        if options:
            made = ChoiceInput("value", self.tr("Value"), list(options), may_be_empty=False)
            made.set_text(str(options[0][1]))
            return made
        label = self.tr("Days") if comparing.days else self.tr("Value")
        is_day = field.matching in (Matching.DATE, Matching.MOMENT) and not comparing.days
        return LineInput("value", label, placeholder=self.tr("2026-03-15, or this-month") if is_day else "")

    def _options(self, field: FilterField, comparing: Comparing) -> Sequence[tuple[str, Any]]:
        if "{quoted}" not in comparing.form:
            return ()
        if field.matching is Matching.CHOICE:
            return [(choice(value) if field.custom is None else value, value) for value in field.choices]
        if field.name == "owner":
            return [(self.tr("Me"), "me"), *((user, user) for user in self._choices.users)]
        if field.matching is Matching.TAG:
            return [(tag, tag) for tag in self._choices.tags]
        return ()

    def _on_submitted(self) -> None:
        if isinstance(self.value, LineInput):
            self._on_add()

    def _on_add(self) -> None:
        field, comparing = self._chosen()
        text = self.value.text if self.value is not None else ""
        if comparing.needs_value and not text:
            assert self.value is not None
            self.value.set_error(self.tr("Say what it is compared with."))
            return
        self.condition_typed.emit(typed_condition(field.name, comparing, text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_add()
            return
        super().keyPressEvent(event)


def open_filter_popover(
    anchor: QWidget, entity: EntityKind, choices: Choices, *, joins: bool = False
) -> tuple[Popover, FilterForm]:
    """Open the popover at the button that asks for it; the caller closes it when the condition was taken.

    `joins` offers to say whether the condition holds beside those there are, or instead of them.
    """
    popover = Popover(anchor)
    form = FilterForm(entity, choices, joins=joins)
    popover.set_content(form)
    popover.open_at(anchor)
    form.field.combo.setFocus()
    return popover, form


def _label(field: FilterField) -> str:
    return field.label if field.custom is not None else field_name(field.name)


def _tr(text: str) -> str:
    return QCoreApplication.translate("FilterPopover", text)
