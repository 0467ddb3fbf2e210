"""The state of a list page: which view, query and order, what is shown, and the commands on its records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from services.filtering.rendering import render_value
from services.filtering.tree import Query, all_of, any_of
from services.records.fields import EntityKind
from services.records.saved_views import SavedView
from services.store.queries.listing import ListRequest
from ui.models.grouped_table_model import GroupedTableModel
from ui.operations import records, tags
from ui.operations.records import TypedRecord, service_of
from ui.pages import PageContext
from ui.pages.record.grouping import Grouping
from ui.pages.record.kind import BuiltInView, RecordKind
from ui.pages.record.list_query import (
    NO_QUERY,
    GroupedSource,
    ListSource,
    ReadQuery,
    is_impersonal,
    read_query,
    shown,
    without,
)
from ui.pages.record.moments import Moments
from ui.tasks import Task
from ui.theme.user_locale import number

COUNTING_MS: Final = 120
SAVED: Final = "saved:"
"""Begins the keys of the user's own views."""

LONG_WORK: Final = 2_000
"""From this many records on a bulk change shows its progress."""

_CONCERNED: Final = frozenset(
    {
        EntityKind.ACTIVITY,
        EntityKind.COMPANY,
        EntityKind.CONTACT,
        EntityKind.CUSTOM_FIELD,
        EntityKind.PIPELINE,
        EntityKind.STAGE,
        EntityKind.TAG,
        EntityKind.USER,
    }
)


class ListState(Enum):
    """What the middle of the page shows."""

    LOADING = auto()
    FILLED = auto()
    EMPTY = auto()
    NO_MATCH = auto()
    FAILED = auto()


class ListViewModel(QObject):
    """One list of records; its rows are in `table`."""

    #: View, query or order are different.
    query_changed = Signal()
    #: The typed query cannot be read: the error. The list stays as it was.
    query_refused = Signal(object)
    #: The numbers beside the tabs are known, or different.
    counts_changed = Signal()
    #: The list is loading, filled, empty or failed.
    state_changed = Signal()
    #: The user's own views are known, or different.
    views_changed = Signal()
    #: A view of the user was chosen: a SavedView.
    saved_view_chosen = Signal(object)

    def __init__(self, kind: RecordKind, context: PageContext, moments: Moments) -> None:
        super().__init__()
        self.kind = kind
        self.context = context
        self.moments = moments
        self.table: GroupedTableModel[Any] = GroupedTableModel(kind.columns(moments), context.tasks, self)
        self.counts: dict[str, int] = {}
        self.saved: tuple[SavedView, ...] = ()
        self._chosen = ""
        self._service = service_of(context.workspace, kind.entity)
        self._reading = context.tasks.lane()
        self._counting = context.tasks.lane()
        self._previewing = context.tasks.lane()
        self._found = NO_QUERY
        self._trash = False
        self._error: BaseException | None = None
        self.sort = str(context.state.get(kind.page, "sort", kind.sort))
        self.descending = bool(context.state.get(kind.page, "descending", kind.descending))
        self._grouping = Grouping(context.state, kind.page)
        self._count_soon = QTimer(self, singleShot=True, interval=COUNTING_MS)
        self._count_soon.timeout.connect(self._count)
        self.table.ids_replaced.connect(self._on_ids_replaced)
        self.table.list_failed.connect(self._on_list_failed)
        context.bridge.records_changed.connect(self._on_records_changed)

    @property
    def found(self) -> ReadQuery:
        """The query with its chips."""
        return self._found

    @property
    def in_trash(self) -> bool:
        """Whether the list shows what was deleted."""
        return self._trash

    @property
    def view(self) -> BuiltInView:
        """The tab that stands for what is shown: the one with this very query, else the whole."""
        standing = [view for view in self.views if view.trash == self._trash]
        same = [view for view in standing if view.where == self._found.text]
        # Of several for one query the one that was pressed, else the one that is grouped alike.
        pressed = next((view for view in same if view.key == self._chosen), None)
        alike = next((view for view in same if self._grouping_of(view) == self.grouping), None)
        return pressed or alike or (same or standing)[0]

    @property
    def views(self) -> tuple[BuiltInView, ...]:
        """The tabs: those that come with the program, the user's own, and the trash at the end."""
        own = tuple(BuiltInView(_key(view), view.name, view.query) for view in self.saved)
        built_in = self.kind.views
        return (*(view for view in built_in if not view.trash), *own, *(view for view in built_in if view.trash))

    @property
    def saved_view(self) -> SavedView | None:
        """The user's own view that stands for what is shown."""
        return self._own(self.view)

    @property
    def is_unsaved(self) -> bool:
        """Whether a query or a grouping is shown for which there is no tab."""
        if self._trash:
            return False
        return self.view.where != self._found.text or self.grouping != self._grouping_of(self.view)

    @property
    def grouping(self) -> str:
        """The field by which the list is grouped, "" for none."""
        return self._grouping.shown

    def show_saved(self, views: tuple[SavedView, ...], counts: Mapping[int, int | None]) -> None:
        """The user's own views, and how many records each shows."""
        own = {_key(view): counts.get(view.id) for view in views}
        self.counts = {key: count for key, count in self.counts.items() if not key.startswith(SAVED)}
        self.counts |= {key: count for key, count in own.items() if count is not None}
        if views != self.saved:
            self.saved = views
            self.views_changed.emit()
        self.counts_changed.emit()

    @property
    def error(self) -> BaseException | None:
        """Why the list could not be read."""
        return self._error

    @property
    def state(self) -> ListState:
        """What the middle of the page shows."""
        if self._error is not None and not self.table.is_read:
            return ListState.FAILED
        if not self.table.is_read:
            return ListState.LOADING
        if self.table.ids:
            return ListState.FILLED
        nothing_at_all = self.counts.get("all") == 0 if self._found.text else True
        return ListState.EMPTY if nothing_at_all and not self._trash else ListState.NO_MATCH

    def start(self) -> None:
        """Show what was shown last time."""
        self.set_query(str(self.context.state.get(self.kind.page, "query", "")))
        self._count()

    def choose_view(self, view: BuiltInView) -> None:
        """Show the list of a tab."""
        self._chosen = view.key
        own = self._own(view)
        self._grouping.enter(own)
        if own is not None and own.sort:
            self.sort_by(own.sort, descending=own.descending)
        if own is not None:
            self.saved_view_chosen.emit(own)
        self.set_query(view.where, trash=view.trash)

    def stay_on(self, local_id: int) -> None:
        """What is shown was just saved as a view: its tab is the one that stands for it, as soon as it is there."""
        self._chosen = f"{SAVED}{local_id}"
        self.views_changed.emit()

    def set_query(self, text: str, *, trash: bool | None = None) -> None:
        """Show what matches a typed query."""
        in_trash = self._trash if trash is None else trash
        workspace, entity = self.context.workspace, self.kind.entity
        task = self._reading.read(lambda: read_query(workspace, entity, text))
        task.then(lambda found: self._show(found, trash=in_trash)).otherwise(self.query_refused.emit)

    def add_condition(self, condition: Query, *, is_alternative: bool = False) -> None:
        """Show only those that match this too; as an alternative also those that match only this."""
        joined = any_of if is_alternative else all_of
        self._show(shown(joined(self._found.query, condition), self._found.custom_fields), trash=self._trash)

    def remove_condition(self, part: Query) -> None:
        """Take the condition of a chip away."""
        left = without(self._found.query, part)
        self._show(shown(left, self._found.custom_fields), trash=self._trash)

    def clear_query(self) -> None:
        """Show all again."""
        self._show(NO_QUERY, trash=self._trash)

    def sort_by(self, key: str, *, descending: bool) -> None:
        """Show the list in another order."""
        if (key, descending) == (self.sort, self.descending):
            return
        self.sort, self.descending = key, descending
        self.context.state.set(self.kind.page, "sort", key)
        self.context.state.set(self.kind.page, "descending", descending)
        self._show(self._found, trash=self._trash)

    def group_by(self, by: str) -> None:
        """Group the list by a field, or "" by none."""
        if by != self.grouping:
            self._grouping.choose(by, view=self.saved_view)
            self._show(self._found, trash=self._trash)

    def groupable(self, then: Callable[[list[str]], None]) -> None:
        """Say by which fields the list can be grouped."""
        workspace, entity = self.context.workspace, self.kind.entity
        self._previewing.read(lambda: workspace.views.groupable(entity)).then(then)

    def read_again(self) -> None:
        """Try again after an error."""
        self._show(self._found, trash=self._trash)

    def edit(self, local_id: int, pairs: Mapping[str, str]) -> Task[Any]:
        """Set fields of one record to what was typed."""
        typed = TypedRecord(tuple(pairs.items()))
        return self.context.perform(records.change(self.context.workspace, self.kind.entity, local_id, typed))

    def change_checked(self, field: str, text: str) -> Task[Any]:
        """Give all checked records the same value in a field."""
        ids = self.table.checked
        progress, end = self._progress(len(ids))
        typed = TypedRecord(((field, text),))
        operation = records.change_many(self.context.workspace, self.kind.entity, ids, typed, progress=progress)
        return self.context.perform(operation).finally_(end)

    def preview(self, field: str, text: str, then: Callable[[int, int], None]) -> None:
        """Say how many of the checked records a change would concern, and how many have the value already."""
        checked, service, form = self.table.checked, self._service, _same_value(field, text)

        def count() -> int:
            return 0 if form is None else len(set(service.ids(ListRequest(form, "id"))).intersection(checked))

        self._previewing.read(count).then(lambda same: then(len(checked) - same, same)).otherwise(lambda _error: None)

    def tag_checked(self, name: str, *, on: bool = True) -> Task[Any]:
        """Put a tag on all checked records, or take it off."""
        verb = tags.put_on if on else tags.take_off
        return self.context.perform(verb(self.context.workspace, self.kind.entity, self.table.checked, name))

    def delete(self, ids: Sequence[int]) -> Task[Any]:
        """Put records into the trash."""
        return self.context.perform(records.delete(self.context.workspace, self.kind.entity, ids))

    def restore(self, ids: Sequence[int]) -> Task[Any]:
        """Take records out of the trash."""
        return self.context.perform(records.restore(self.context.workspace, self.kind.entity, ids))

    def close(self) -> None:
        """Ignore what is still to come."""
        self.context.bridge.records_changed.disconnect(self._on_records_changed)
        self._count_soon.stop()
        self._reading.close()
        self._counting.close()
        self._previewing.close()
        self.table.close()

    def _own(self, view: BuiltInView) -> SavedView | None:
        return next((saved for saved in self.saved if _key(saved) == view.key), None)

    def _grouping_of(self, view: BuiltInView) -> str:
        own = self._own(view)
        return own.grouping if own is not None else ""

    def _show(self, found: ReadQuery, *, trash: bool) -> None:
        self._found, self._trash = found, trash
        keep = is_impersonal(found.query, self.kind.entity)
        self.context.state.set(self.kind.page, "query", found.text if keep else "")
        request = ListRequest(found.text, self.sort, self.descending, trash)
        self.table.show_list(self._source(request))
        self.query_changed.emit()

    def _source(self, request: ListRequest) -> ListSource:
        if not self.grouping:
            return ListSource(self._service, request)
        workspace, entity = self.context.workspace, self.kind.entity
        return GroupedSource(self._service, request, workspace=workspace, entity=entity, by=self.grouping)

    def _progress(self, total: int) -> tuple[Callable[[int, int], None] | None, Callable[[], None]]:
        """How long work tells its progress, and what takes the toast away again."""
        if total < LONG_WORK:
            return None, lambda: None
        toasts = self.context.toasts
        toast = toasts.show_progress(self.tr("Changing {what}").format(what=self.kind.words.title))

        def show(done: tuple[int, int]) -> None:
            if toasts.current is not toast:
                return
            text = self.tr("{done} of {total}").format(done=number(done[0]), total=number(done[1]))
            toast.set_progress(done[0] / done[1], count=text)

        report = self.context.tasks.reporting(show)
        return lambda done, of: report((done, of)), lambda: toasts.dismiss(toast)

    def _count(self) -> None:
        service, views = self._service, self.kind.views

        def count() -> dict[str, int]:
            return {view.key: len(service.ids(ListRequest(view.where, "id", trash=view.trash))) for view in views}

        self._counting.read(count).then(self._on_counted)

    def _on_counted(self, counts: dict[str, int]) -> None:
        self.counts = {key: count for key, count in self.counts.items() if key.startswith(SAVED)} | counts
        self.counts_changed.emit()
        self.state_changed.emit()

    def _on_ids_replaced(self, _is_other: bool) -> None:
        self._error = None
        if self.grouping and self.table.ids and not self.table.is_grouped and self.table.is_settled:
            self._grouping.drop()
            self.query_changed.emit()
        if not self._trash and not self._found.text:
            self.counts["all"] = len(self.table.ids)
        self.counts_changed.emit()
        self.state_changed.emit()

    def _on_list_failed(self, error: BaseException) -> None:
        self._error = error
        self.state_changed.emit()

    def _on_records_changed(self, entity: EntityKind, ids: tuple[int, ...] | None, _origin: str, _batch: int) -> None:
        if entity is self.kind.entity:
            self.table.invalidate(ids)
        elif entity in _CONCERNED:
            # A row says something of records of other kinds too: the company's name, the last activity, tags.
            self.table.invalidate(None)
        else:
            return
        self._count_soon.start()


def _key(view: SavedView) -> str:
    return f"{SAVED}{view.id}"


def _same_value(field: str, text: str) -> str | None:
    """The query for records that have the value already; None where none says exactly that."""
    if field == "title":
        return None
    return f"{field}:{render_value(text)}" if text else f"{field}:none"
