"""The form of a task: what, by when, reminder, repeat, priority, what it belongs to, notes, own fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.errors import InvalidValue, MyCrmError, NotFound
from services.records.fields import PRIORITIES, EntityKind
from services.records.ids import uid_text
from services.records.people import RecordCard
from ui.operations.tasks import MORNING
from ui.pages.record.lookups import Lookups
from ui.pages.record.moments import Moments
from ui.pages.record.overlay_scroll import OverlayScroll
from ui.pages.record.record_field import RecordField
from ui.pages.record.wording import choice, field_name
from ui.pages.tasks.day_field import DayField
from ui.pages.tasks.own_fields import OwnFields
from ui.pages.tasks.rule_words import DAILY, WEEKDAYS, monthly, rule_words, weekly
from ui.tasks import Tasks
from ui.widgets.combo_field import ComboField
from ui.widgets.label import Label
from ui.widgets.line_field import LineField
from ui.widgets.paragraph import Paragraph
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.segmented import Segmented
from ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

NO_REMINDER: Final = ""
OWN: Final = "own"
MINUTES_BEFORE: Final = (0, -10, -60, -1440)
LINKS: Final = (EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.DEAL, EntityKind.LEAD)

State = Mapping[str, str]


class TaskForm(ScrollArea):
    """Shows a task and answers what was typed as (field, text) pairs."""

    #: Something was typed or chosen.
    edited = Signal()
    #: Return was pressed in a line.
    submitted = Signal()

    def __init__(self, workspace: OpenWorkspace, tasks: Tasks, moments: Moments) -> None:
        super().__init__(margins=False, bounded=False)
        OverlayScroll(self)
        self._moments = moments
        self._start: State = {}
        self._quiet = False
        self.title = LineField(self.tr("Title"))
        self.day = DayField(field_name("due_at"), lambda: moments.now().date())
        self.time = LineField(self.tr("Time"), placeholder=self.tr("Any"))
        self.reminder = ComboField(self.tr("Remind"))
        self.remind_at = LineField("", placeholder=self.tr("Tomorrow 9:00"))
        self.remind_at.editor.setAccessibleName(self.tr("Moment of the reminder"))
        self.repeat = ComboField(field_name("recurrence"))
        self.rule = LineField("", placeholder="FREQ=WEEKLY;BYDAY=MO,TH")
        self.rule.editor.setAccessibleName(self.tr("Rule for repeating"))
        self.rule_words = Paragraph(role="caption", colour="text_2")
        self.priority = Segmented([choice(value) for value in PRIORITIES], name=field_name("priority"), small=True)
        self.links = {
            entity: RecordField(entity, field_name(entity.value), workspace, tasks, placeholder=self.tr("Search"))
            for entity in LINKS
        }
        self.notes = TextField(field_name("notes"), lines=4)
        self.own = OwnFields(Lookups(workspace, tasks, EntityKind.TASK), moments)
        self._general = Paragraph(role="caption", colour="bad")
        self._assemble()
        self._connect()

    @property
    def state(self) -> dict[str, str]:
        """What stands in the form, by field."""
        repeat = str(self.repeat.value or "")
        reminder = str(self.reminder.value or "")
        return {
            "title": self.title.text.strip(),
            "due_at": f"{self.day.typed} {self.time.text.strip()}".strip(),
            "remind_at": self.remind_at.text.strip() if reminder == OWN else reminder,
            "recurrence": self.rule.text.strip() if repeat == OWN else repeat,
            "priority": PRIORITIES[self.priority.current],
            **{entity.value: field.typed for entity, field in self.links.items()},
            "notes": self.notes.text.strip(),
            **self.own.texts,
        }

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What became different since the task was shown."""
        return changes(self._start, self.state)

    def show_task(self, card: RecordCard | None, *, day: date | None = None) -> None:
        """Show a task, or an empty form for a new one due on a day."""
        self._quiet = True
        fields = card.fields if card is not None else {}
        links = {link.entity: (link.name, uid_text(link.uid)) for link in card.links} if card is not None else {}
        self.title.set_text(str(fields.get("title") or ""))
        due = fields.get("due_at", day)
        self._show_due(due)
        self._show_reminder(fields.get("remind_at"), due)
        self._show_repeat(str(fields.get("recurrence") or ""), due)
        self.priority.set_current(PRIORITIES.index(fields.get("priority") or "normal"))
        for entity, field in self.links.items():
            field.set_record(*links.get(entity, ("", "")))
        self.notes.set_text(str(fields.get("notes") or ""))
        self.own.show_card(card)
        self.clear_errors()
        self._start = {} if card is None else self.state
        self._quiet = False
        self.verticalScrollBar().setValue(0)

    def accept(self) -> None:
        """What stands here is what is kept."""
        self._start = self.state

    def clear_errors(self) -> None:
        """Nothing is wrong any more."""
        for field in (self.title, self.day, self.time, self.remind_at, self.rule, *self.links.values()):
            field.set_error("")
        self.own.clear_errors()
        self._general.hide()

    def show_error(self, error: BaseException) -> None:
        """Say beside the value what is wrong with it."""
        if not isinstance(error, MyCrmError):
            return
        text = f"{error.title}. {error.message}"
        own = self.own.show_error(error.field, text) if isinstance(error, InvalidValue) else None
        if own is not None:
            self.ensureWidgetVisible(own)
            return
        field = self._place(error)
        if field is None:
            self._general.set_paragraph(text)
            self._general.show()
            self.ensureWidgetVisible(self._general)
            return
        field.set_error(text)
        self.ensureWidgetVisible(field)
        field.editor.setFocus()

    def close_form(self) -> None:
        """The page is closed."""
        for field in self.links.values():
            field.close_field()
        self.own.close_fields()

    def _place(self, error: MyCrmError) -> LineField | None:
        named = error.field if isinstance(error, InvalidValue) else ""
        places: dict[str, LineField] = {
            "title": self.title,
            "due_at": self.day,
            "remind_at": self.remind_at if self.remind_at.isVisible() else self.day,
            "recurrence": self.rule if self.rule.isVisible() else self.day,
            **{entity.value: field for entity, field in self.links.items()},
        }
        if isinstance(error, NotFound) and not named:
            # The one that holds words instead of a record that was taken.
            return next((field for field in self.links.values() if field.typed and field.typed == field.text), None)
        return places.get(named)

    def _show_due(self, due: date | datetime | None) -> None:
        if isinstance(due, datetime):
            local = self._moments.local(due)
            self.day.set_day(local.date())
            self.time.set_text(f"{local:%H:%M}")
        else:
            self.day.set_day(due)
            self.time.set_text("")

    def _show_reminder(self, moment: datetime | None, due: date | datetime | None) -> None:
        words = {
            0: self.tr("When it is due"),
            -10: self.tr("10 minutes before"),
            -60: self.tr("1 hour before"),
            -1440: self.tr("1 day before"),
        }
        options = [(self.tr("Never"), NO_REMINDER)]
        options += [(words[minutes], f"due{minutes:+d}") for minutes in MINUTES_BEFORE]
        self.reminder.set_options([*options, (self.tr("Choose a moment"), OWN)])
        chosen = NO_REMINDER if moment is None else self._offset(moment, due)
        self.reminder.set_value(chosen)
        self.remind_at.set_text(f"{self._moments.local(moment):%Y-%m-%d %H:%M}" if moment and chosen == OWN else "")
        self.remind_at.setVisible(chosen == OWN)

    def _offset(self, moment: datetime, due: date | datetime | None) -> str:
        """Which of the offers a reminder is, `own` for none of them."""
        if due is None:
            return OWN
        zone = self._moments.now().tzinfo
        base = due if isinstance(due, datetime) else datetime.combine(due, MORNING, zone)
        minutes = (moment - base) // timedelta(minutes=1)
        exact = moment == base + timedelta(minutes=minutes)
        return f"due{minutes:+d}" if exact and minutes in MINUTES_BEFORE else OWN

    def _show_repeat(self, rule: str, due: date | datetime | None) -> None:
        day = self._moments.local(due).date() if isinstance(due, datetime) else due or self._moments.now().date()
        rules = {DAILY: DAILY, WEEKDAYS: WEEKDAYS, weekly(day): weekly(day), monthly(day): monthly(day)}
        options = [(self.tr("Never"), ""), *((rule_words(offer), offer) for offer in rules)]
        self.repeat.set_options([*options, (self.tr("Own rule"), OWN)])
        is_own = bool(rule) and rule not in rules
        self.repeat.set_value(OWN if is_own else rule)
        self.rule.set_text(rule if is_own else "")
        self._show_rule()

    def _show_rule(self) -> None:
        is_own = self.repeat.value == OWN
        self.rule.setVisible(is_own)
        words = rule_words(self.rule.text.strip()) if is_own else ""
        self.rule_words.set_paragraph(words if words != self.rule.text.strip() else "")
        self.rule_words.setVisible(bool(words))

    def _assemble(self) -> None:
        column = self.body
        self._general.hide()
        column.addWidget(self._general)
        column.addWidget(self.title)
        column.addLayout(self._pair(self.day, self.time, shares=(3, 2)))
        column.addWidget(self.reminder)
        column.addWidget(self.remind_at)
        column.addWidget(self.repeat)
        column.addWidget(self.rule)
        column.addWidget(self.rule_words)
        column.addLayout(self._labelled(field_name("priority"), self.priority))
        column.addWidget(Label(self.tr("Belongs to"), role="body-strong"))
        column.addLayout(self._pair(self.links[EntityKind.CONTACT], self.links[EntityKind.COMPANY]))
        column.addLayout(self._pair(self.links[EntityKind.DEAL], self.links[EntityKind.LEAD]))
        column.addWidget(self.notes)
        column.addWidget(self.own)
        column.addStretch(1)
        self._restyle()

    def _restyle(self) -> None:
        metrics = self.theme.metrics
        self.body.setContentsMargins(metrics.space_20, 0, metrics.space_20, metrics.space_24)
        self.body.setSpacing(metrics.group_gap)

    def _pair(self, first: QWidget, second: QWidget, *, shares: tuple[int, int] = (1, 1)) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.metrics.row_gap)
        row.addWidget(first, shares[0], Qt.AlignmentFlag.AlignTop)
        row.addWidget(second, shares[1], Qt.AlignmentFlag.AlignTop)
        return row

    def _labelled(self, text: str, widget: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self.theme.metrics.label_gap)
        column.addWidget(Label(text, role="caption-medium", colour="text_2"))
        column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        return column

    def _connect(self) -> None:
        self.theme.theme_changed.connect(self._restyle)
        for line in (self.title, self.time, self.remind_at, self.rule):
            line.text_edited.connect(self._on_edited)
            line.submitted.connect(self.submitted)
        self.rule.text_edited.connect(lambda _text: self._show_rule())
        self.day.edited.connect(self._on_edited)
        self.day.submitted.connect(self.submitted)
        self.reminder.value_chosen.connect(self._on_reminder_chosen)
        self.repeat.value_chosen.connect(self._on_repeat_chosen)
        self.priority.part_chosen.connect(self._on_edited)
        for field in self.links.values():
            field.edited.connect(self._on_edited)
            field.submitted.connect(self.submitted)
        self.notes.text_changed.connect(self._on_edited)
        self.own.edited.connect(self._on_edited)

    def _on_reminder_chosen(self, value: object) -> None:
        self.remind_at.setVisible(value == OWN)
        if value == OWN:
            self.remind_at.editor.setFocus()
        self._on_edited()

    def _on_repeat_chosen(self, value: object) -> None:
        self._show_rule()
        if value == OWN:
            self.rule.editor.setFocus()
        self._on_edited()

    def _on_edited(self, *_: object) -> None:
        if not self._quiet:
            self.edited.emit()


def changes(before: State, after: State) -> list[tuple[str, str]]:
    """What has to be said so that `before` becomes `after`; a reminder before a due day moves with it."""
    pairs = [(name, text) for name, text in after.items() if text != before.get(name, "")]
    names = {name for name, _text in pairs}
    if after["remind_at"].startswith("due") and names & {"due_at", "remind_at"}:
        pairs = [pair for pair in pairs if pair[0] not in ("due_at", "remind_at")]
        pairs += [("due_at", after["due_at"]), ("remind_at", after["remind_at"])]
    return pairs
