"""The centre of a list page: head, filter bar, the list or what stands in its place, and the bar of the checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from services.errors import MyCrmError
from ui.pages.record.cell_editing import CellEditing
from ui.pages.record.filter_bar import FilterBar
from ui.pages.record.filter_popover import open_filter_popover
from ui.pages.record.group_words import grouping_name
from ui.pages.record.list_head import ListHead
from ui.pages.record.list_menus import RowCommand, open_column_chooser, open_group_menu, open_sort_menu
from ui.pages.record.list_query import read_query
from ui.pages.record.list_view_model import ListState, ListViewModel
from ui.pages.record.lookups import Lookups
from ui.pages.record.record_table import RecordTable
from ui.pages.record.saved_views import SavedViews
from ui.pages.record.selection import Selection
from ui.widgets.empty_state import EmptyState
from ui.widgets.menu import Menu
from ui.widgets.placeholder_rows import PlaceholderRows
from ui.widgets.popover import Popover
from ui.widgets.surface import Surface

if TYPE_CHECKING:
    from ui.pages.record.list_query import ReadQuery

QUICK_MAIL: Final = "mail"
QUICK_CALL: Final = "call"
QUICK_MORE: Final = "more"


class ListPane(Surface):
    """Everything left of the detail panel; what concerns one record goes out as a signal."""

    #: Bring a list of records.
    import_wanted = Signal()
    #: Add one record.
    new_wanted = Signal()

    def __init__(self, view_model: ListViewModel, lookups: Lookups) -> None:
        super().__init__("surface")
        self._view_model = view_model
        self._lookups = lookups
        kind = view_model.kind
        self.head = ListHead(kind)
        self.filters = FilterBar()
        self.table = RecordTable(kind.words.title, view_model.table, kind.rules)
        self.empty = EmptyState(
            kind.words.empty_title,
            kind.words.empty_sentence,
            action=self.tr("Import a list"),
            icon="import",
            hint=self.tr("or add one with"),
            keys=("N",),
        )
        self.nothing = EmptyState(kind.words.no_match, "", action="", icon="close")
        self.waiting = PlaceholderRows(columns=5)
        self._stack = QStackedWidget()
        self.selection = Selection(view_model, lookups, self._stack)
        self.editing = CellEditing(view_model, lookups, self.table)
        self.views = SavedViews(view_model, self.head, self.table)
        self.popover: Popover | None = None
        self.menu: Menu | None = None
        self._wants_focus = False
        self._assemble()
        self._connect()
        self._restore_columns()

    def take_focus(self) -> None:
        """Give the keyboard to the list; to one that is still read, as soon as it is there."""
        self._wants_focus = True
        self._give_focus()

    def _give_focus(self) -> None:
        if not self._wants_focus or self._stack.currentWidget() is not self.table:
            return
        self._wants_focus = False
        # Who started to type meanwhile keeps on typing.
        if not isinstance(self.window().focusWidget(), QLineEdit | QPlainTextEdit):
            self.table.setFocus()

    def start_search(self) -> None:
        """Put the cursor into the query."""
        self.filters.start_typing()

    def step(self, step: int) -> None:
        """Go to the next row (1) or the one before (-1), from wherever the focus is."""
        if self._view_model.table.ids:
            self.take_focus()
            self.table.step(step)

    def close_list(self) -> None:
        """The page is closed."""
        self.editing.close()
        self.views.close()

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.filters)
        column.addWidget(self._stack, 1)
        for widget in (self.waiting, self.table, self.empty, self.nothing):
            self._stack.addWidget(widget)
        self.table.add_quick_action(QUICK_MAIL, icon="mail", name=self.tr("Write an email"))
        self.table.add_quick_action(QUICK_CALL, icon="call", name=self.tr("Call"))
        self.table.add_quick_action(QUICK_MORE, icon="more", name=self.tr("More"))
        self.setFocusProxy(self.table)
        self.setTabOrder(self.head, self.filters)
        self.setTabOrder(self.filters, self.table)

    def _connect(self) -> None:
        view_model, filters = self._view_model, self.filters
        self.head.import_pressed.connect(self.import_wanted)
        self.head.new_pressed.connect(self.new_wanted)
        self.head.view_chosen.connect(view_model.choose_view)
        filters.condition_removed.connect(view_model.remove_condition)
        filters.query_typed.connect(view_model.set_query)
        filters.filter_wanted.connect(self.open_filter)
        filters.group_wanted.connect(self.open_grouping)
        filters.grouping_removed.connect(lambda: view_model.group_by(""))
        filters.sort_wanted.connect(self.open_sort)
        filters.columns_wanted.connect(self.open_columns)
        filters.list_wanted.connect(self.take_focus)
        self.table.sort_requested.connect(self._on_sort_requested)
        self.table.columns_arranged.connect(self._on_columns_arranged)
        self.empty.action_pressed.connect(self.import_wanted)
        self.nothing.action_pressed.connect(self._on_nothing_pressed)
        view_model.query_changed.connect(self._on_query_changed)
        view_model.query_refused.connect(filters.show_error)
        view_model.counts_changed.connect(lambda: self.head.show_counts(view_model))
        view_model.views_changed.connect(lambda: self.head.show_views(view_model))
        view_model.state_changed.connect(self._on_state_changed)

    def open_filter(self, anchor: QWidget) -> None:
        """Offer a condition to add."""
        kind = self._view_model.kind
        popover, form = open_filter_popover(
            anchor, kind.entity, self._lookups.choices, joins=bool(self._view_model.found.text)
        )
        self._keep(popover)
        workspace = self._view_model.context.workspace
        lane = self._view_model.context.tasks.lane()

        def take(found: ReadQuery) -> None:
            popover.close()
            self._view_model.add_condition(found.query, is_alternative=form.is_alternative)

        def read(text: str) -> None:
            lane.read(lambda: read_query(workspace, kind.entity, text)).then(take).otherwise(form.show_error)

        form.condition_typed.connect(read)
        popover.closed.connect(lane.close)

    def open_grouping(self, anchor: QWidget) -> None:
        """Offer the fields by which the list can be grouped; those that stand in its columns first."""
        view_model = self._view_model

        def offer(fields: list[str]) -> None:
            custom = view_model.found.custom_fields
            named = [(key, grouping_name(key, custom)) for key in fields]
            columns = {column.key for column in view_model.table.columns}
            parts = [[field for field in named if (field[0] in columns) is first] for first in (True, False)]
            table = view_model.table
            folding = [
                RowCommand(self.tr("Fold all groups"), run=lambda: table.open_all(False)),
                RowCommand(self.tr("Unfold all groups"), run=lambda: table.open_all(True)),
            ]
            more = folding if table.is_grouped else []
            self.menu = open_group_menu(anchor, parts, by=view_model.grouping, group_by=view_model.group_by, more=more)

        view_model.groupable(offer)

    def open_sort(self, anchor: QWidget) -> None:
        """Offer the orders."""
        view_model = self._view_model
        open_sort_menu(
            anchor,
            view_model.table.columns,
            sort=view_model.sort,
            descending=view_model.descending,
            sort_by=lambda key, descending: view_model.sort_by(key, descending=descending),
        )

    def open_columns(self, anchor: QWidget) -> None:
        """Offer the columns."""
        popover, chooser = open_column_chooser(anchor, self._view_model.table.columns, self.table.column_keys)
        self._keep(popover)
        chooser.columns_chosen.connect(self._on_columns_chosen)

        def reset() -> None:
            popover.close()
            self.table.set_columns([rule.key for rule in self._view_model.kind.rules if rule.shown], {})
            self._on_columns_arranged()

        chooser.reset_wanted.connect(reset)

    def _keep(self, popover: Popover) -> None:
        self.popover = popover

        def forget() -> None:
            self.popover = None

        popover.closed.connect(forget)

    def _restore_columns(self) -> None:
        state, page = self._view_model.context.state, self._view_model.kind.page
        default = [rule.key for rule in self._view_model.kind.rules if rule.shown]
        shown, widths = state.get(page, "columns", default), state.get(page, "widths", {})
        good = isinstance(shown, list) and isinstance(widths, dict)
        self.table.set_columns(shown if good else default, widths if good else {})

    def _on_columns_chosen(self, keys: list[str]) -> None:
        order = [rule.key for rule in self._view_model.kind.rules]
        standing = [key for key in self.table.column_keys if key in keys]
        for key in keys:
            if key not in standing:
                # A column that comes stands where it would stand by itself: before the first that follows it.
                after = [place for place, other in enumerate(standing) if order.index(other) > order.index(key)]
                standing.insert(after[0] if after else len(standing), key)
        self.table.set_columns(standing, self.table.chosen_widths)
        self._on_columns_arranged()

    def _on_columns_arranged(self) -> None:
        state, page = self._view_model.context.state, self._view_model.kind.page
        state.set(page, "columns", self.table.column_keys)
        state.set(page, "widths", self.table.chosen_widths)

    def _on_sort_requested(self, section: int, descending: bool) -> None:
        column = self._view_model.table.columns[section]
        if column.sort:
            self._view_model.sort_by(column.sort, descending=descending)
        else:
            self._show_sort()

    def _show_sort(self) -> None:
        model, view_model = self._view_model.table, self._view_model
        place = next((n for n, column in enumerate(model.columns) if column.sort == view_model.sort), -1)
        down = Qt.SortOrder.DescendingOrder if view_model.descending else Qt.SortOrder.AscendingOrder
        header = self.table.table_header
        header.blockSignals(True)
        header.setSortIndicator(place, down)
        header.blockSignals(False)
        header.viewport().update()

    def _on_query_changed(self) -> None:
        self.filters.show_query(self._view_model.found)
        by = self._view_model.grouping
        self.filters.show_grouping(grouping_name(by, self._view_model.found.custom_fields) if by else "")
        self.head.show_view(self._view_model)
        self._show_sort()
        self._on_state_changed()

    def _on_state_changed(self) -> None:
        state = self._view_model.state
        if state is ListState.NO_MATCH:
            self._describe_nothing()
        elif state is ListState.FAILED:
            self._describe_failure()
        shown: dict[ListState, QWidget] = {
            ListState.LOADING: self.waiting,
            ListState.FILLED: self.table,
            ListState.EMPTY: self.empty,
        }
        self._stack.setCurrentWidget(shown.get(state, self.nothing))
        self._give_focus()
        self.filters.setVisible(state is not ListState.EMPTY)

    def _describe_nothing(self) -> None:
        if self._view_model.found.text:
            sentence = self.tr("Change the conditions above, or see all again.")
            action = self.tr("Clear the filter")
            self.nothing.set_state(self._view_model.kind.words.no_match, sentence, action=action, badge="search")
        else:
            sentence = self.tr("What you delete comes here, and can be restored from here.")
            self.nothing.set_state(self.tr("The trash is empty"), sentence, badge="trash")

    def _describe_failure(self) -> None:
        error = self._view_model.error
        title = error.title if isinstance(error, MyCrmError) else self.tr("The list could not be read")
        sentence = error.message if isinstance(error, MyCrmError) else self.tr("Nothing was changed. Try again.")
        self.nothing.set_state(title, sentence, action=self.tr("Try again"), badge="warning")

    def _on_nothing_pressed(self) -> None:
        if self._view_model.state is ListState.FAILED:
            self._view_model.read_again()
        else:
            self._view_model.clear_query()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.selection.clear():
            return
        super().keyPressEvent(event)
