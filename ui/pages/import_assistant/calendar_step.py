"""The second step for a calendar, which has no columns to map: the events that will come in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout

from services.importing.applying import Verdict
from services.records.calendar_drafts import EventDraft
from services.records.fields import EntityKind
from ui.delegates.roles import CellKind, CellRole
from ui.models.columns import Column
from ui.models.lazy_table_model import LazyTableModel
from ui.operations.calendar_imports import CalendarFound
from ui.operations.wording import things
from ui.pages.import_assistant.map_step import LEFT_SHARE, RIGHT_SHARE
from ui.pages.import_assistant.view_model import ImportViewModel
from ui.pages.import_assistant.wording import event_reason
from ui.pages.record.moments import Moments, number
from ui.theme.tokens import Tone
from ui.widgets.card import Card
from ui.widgets.checkbox import Checkbox
from ui.widgets.data_table import DataTable
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.themed import Themed

SHOWN_REJECTS: Final = 6
"""Events that cannot be read, each with its reason; of more it is said how many."""
TITLE, WHEN, PLACE, STATE = range(4)


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event of the file; `id` is its place in it."""

    id: int
    title: str
    when: str
    place: str
    is_here: bool


class EventSource:
    """The events of a calendar, worded a page at a time."""

    def __init__(self, found: CalendarFound, now: Moments, untitled: str) -> None:
        self._found = found
        self._now = now
        self._untitled = untitled

    def ids(self) -> Sequence[int]:
        """The places of the events."""
        return range(1, len(self._found.contents.events) + 1)

    def rows(self, ids: Sequence[int]) -> Sequence[EventLine]:
        """What they say."""
        events = self._found.contents.events
        return [self._line(one, events[one - 1]) for one in ids]

    def _line(self, one: int, draft: EventDraft) -> EventLine:
        title = draft.title or self._untitled
        place = " ".join(draft.location.split()) or draft.conference_url
        return EventLine(one, title, when_text(draft, self._now), place, self._found.is_here(draft))


def when_text(draft: EventDraft, now: Moments) -> str:
    """`Wed 18 Nov, 14:05`; the day alone where a whole day is meant."""
    if not draft.all_day:
        return now.day_and_time(draft.starts_at)
    # The days meant are those of UTC, wherever the calendar is looked at.
    return now.day(draft.starts_at.astimezone(UTC).date())


class CalendarStep(Themed):
    """At the left the events, at the right how many of them are new; empty until `building` was gone through."""

    events: EventsCard
    summary: CalendarCard

    def __init__(self, view_model: ImportViewModel, now: Moments) -> None:
        super().__init__()
        self._view_model = view_model
        self._now = now
        self._row = QHBoxLayout(self)
        self.restyle()

    def building(self) -> Sequence[Callable[[], None]]:
        """What fills it, a turn of the event loop each."""
        return (self._add_events, self._add_summary)

    def close_step(self) -> None:
        """Ignore what is still to come."""
        self.events.close_card()

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._row.setContentsMargins(metrics.page_margin, 0, metrics.page_margin, metrics.gap)
        self._row.setSpacing(metrics.gap)

    def _add_events(self) -> None:
        self.events = EventsCard(self._view_model, self._now)
        self._row.addWidget(self.events, LEFT_SHARE)

    def _add_summary(self) -> None:
        self.summary = CalendarCard(self._view_model)
        right = QVBoxLayout()
        right.addWidget(self.summary)
        right.addStretch(1)
        self._row.addLayout(right, RIGHT_SHARE)


class EventsCard(Card):
    """The events in the order of the file."""

    def __init__(self, view_model: ImportViewModel, now: Moments) -> None:
        super().__init__("", flush=True)
        self._view_model = view_model
        self._now = now
        self._shown: CalendarFound | None = None
        self._lines: LazyTableModel[EventLine] | None = None
        self.table = DataTable(self.tr("Events of the file"), kinds=_KINDS, in_card=True)
        self.set_title(self.tr("Events"))
        self.body.addWidget(self.table, 1)
        # The last row keeps away from the round corners of the card.
        self.body.addSpacing(self.theme.metrics.space_8)
        view_model.file_changed.connect(self._on_file_changed)
        self._on_file_changed()

    def close_card(self) -> None:
        """Ignore what is still to come."""
        if self._lines is not None:
            self._lines.close()

    def _on_file_changed(self) -> None:
        chosen = self._view_model.chosen
        found = chosen.calendar
        if found is None or found is self._shown:
            return
        self._shown = found
        self.set_title(chosen.path.name if chosen.path is not None else self.tr("Events"))
        self.set_metadata(things(EntityKind.EVENT, len(found.contents.events)))
        before, self._lines = self._lines, self._model()
        self.table.setModel(self._lines)
        self.table.table_header.setSortIndicatorShown(False)
        self.table.table_header.setSectionsClickable(False)
        header, metrics = self.table.table_header, self.theme.metrics
        header.setStretchLastSection(False)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        for part, rows in ((WHEN, 4), (PLACE, 4), (STATE, 3)):
            header.resizeSection(part, rows * metrics.row)
        self._lines.show_list(EventSource(found, self._now, self.tr("Without a title")))
        if before is not None:
            before.close()
            before.deleteLater()

    def _model(self) -> LazyTableModel[EventLine]:
        here, new = self.tr("Here already"), self.tr("New")
        tones = {int(CellRole.TONE): lambda line: Tone.NEUTRAL if line.is_here else Tone.OK}
        columns: list[Column[EventLine]] = [
            Column("title", self.tr("Event"), CellKind.NAME, lambda line: line.title),
            Column("when", self.tr("Begins"), CellKind.TEXT, lambda line: line.when),
            Column("place", self.tr("Where"), CellKind.SECONDARY, lambda line: line.place),
            Column("here", self.tr("State"), CellKind.STATUS, lambda line: here if line.is_here else new, tones),
        ]
        model = LazyTableModel(columns, self._view_model.context.tasks)
        model.setParent(self.table)
        return model


class CalendarCard(Card):
    """How many events are new, how many are here, and what of the file stays behind."""

    def __init__(self, view_model: ImportViewModel) -> None:
        super().__init__("")
        self._view_model = view_model
        self.set_title(self.tr("What will come in"))
        self.add_action(Label(self.tr("Nothing written yet"), role="caption", colour="text_2"))
        self.new = _Count(self.tr("New"), self.tr("not in your calendar yet"))
        self.here = _Count(self.tr("Here already"), self.tr("updated where they differ"))
        self.rejected = _Count(self.tr("Cannot be read"), self.tr("left out"))
        self.tasks = _Count(self.tr("Tasks"), "")
        self.with_tasks = Checkbox(self.tr("Import the tasks with the events"))
        lines = QVBoxLayout()
        lines.setSpacing(0)
        for line in (self.new, self.here, self.rejected, self.tasks):
            lines.addWidget(line)
        self._reasons = Paragraph(role="caption", colour="bad")
        self._left_out = Paragraph(role="caption")
        self.body.addLayout(lines)
        self.body.addWidget(self.with_tasks)
        self.body.addWidget(self._reasons)
        self.body.addWidget(self._left_out)
        view_model.file_changed.connect(self._on_file_changed)
        view_model.mapping_changed.connect(self._show_tasks)
        self.with_tasks.toggled.connect(view_model.set_with_tasks)
        self._on_file_changed()

    def _show_tasks(self) -> None:
        chosen = self._view_model.chosen
        if chosen.calendar is None or chosen.calendar.told.tasks is None:
            self.tasks.show_count(0)
            self.with_tasks.setVisible(False)
            return
        told = chosen.calendar.told.tasks.verdicts
        new, changed = told.get(Verdict.CREATED, 0), told.get(Verdict.UPDATED, 0)
        pattern = self.tr("{new} new, {changed} updated") if chosen.with_tasks else self.tr("left out")
        remark = pattern.format(new=number(new), changed=number(changed))
        self.tasks.show_count(len(chosen.calendar.contents.tasks), remark=remark)
        self.with_tasks.setVisible(True)
        self.with_tasks.setChecked(chosen.with_tasks)

    def _on_file_changed(self) -> None:
        found = self._view_model.chosen.calendar
        if found is None:
            return
        contents, told = found.contents, found.told
        here = told.events.updated + told.events.unchanged + told.events.outdated
        differ = self.tr("{count} updated, {same} unchanged").format(
            count=number(told.events.updated), same=number(here - told.events.updated)
        )
        self.new.show_count(told.events.created, always=True)
        self.here.show_count(here, always=True, remark=differ if here else self.tr("updated where they differ"))
        self.rejected.show_count(len(told.rejects))
        self._show_tasks()
        reasons = [event_reason(reject) for reject in told.rejects[:SHOWN_REJECTS]]
        if len(told.rejects) > SHOWN_REJECTS:
            more = number(len(told.rejects) - SHOWN_REJECTS)
            reasons.append(self.tr("and {count} more").format(count=more))
        self._reasons.set_paragraph("\n".join(reasons))
        self._reasons.setVisible(bool(reasons))
        names = ", ".join(sorted(contents.left_out))
        self._left_out.set_paragraph(self.tr("Not kept of events: {names}").format(names=names))
        self._left_out.setVisible(bool(names))


class _Count(Themed):
    """40 high: a count, what it counts, and a remark."""

    def __init__(self, name: str, remark: str) -> None:
        super().__init__()
        self._name = name
        self._told = f"{name}, {remark}"
        self._count = Label(role="body-strong", tabular=True)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._remark = ElidedLabel(role="caption", colour="text_3")
        self._remark.setText(remark)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._count)
        self._row.addWidget(Label(name, role="body-medium"))
        self._row.addWidget(self._remark, 1)
        self.restyle()

    def show_count(self, count: int, *, always: bool = False, remark: str = "") -> None:
        """Show how many there are; without any the line goes, unless it is there `always`."""
        if remark:
            self._told = f"{self._name}, {remark}"
            self._remark.setText(remark)
        self._count.setText(number(count))
        self.setAccessibleName(f"{number(count)} {self._told}")
        self.setVisible(always or count > 0)

    def restyle(self) -> None:
        self.setFixedHeight(self.theme.metrics.row)
        self._count.setMinimumWidth(self.theme.metrics.row)
        self._row.setSpacing(self.theme.metrics.chip_pad)


_KINDS: Final = [CellKind.NAME, CellKind.TEXT, CellKind.SECONDARY, CellKind.STATUS]
