"""The states of a page of records that are worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from ui.models.grouped_table_model import GroupedTableModel
from ui.pages import TourState
from ui.pages.record.detail_panel import DetailPanel
from ui.pages.record.kind import RecordKind, Tab
from ui.pages.record.list_pane import ListPane
from ui.pages.record.list_view_model import ListViewModel
from ui.pages.record.record_table import RecordTable


class Photographed(Protocol):
    """What the tour asks of the page."""

    kind: RecordKind
    list: ListPane
    list_view_model: ListViewModel

    @property
    def detail(self) -> DetailPanel:
        """The detail panel."""
        ...

    def open_record(self, local_id: int) -> None:
        """Show a record in the panel."""
        ...

    def edit_record(self) -> None:
        """Put the editor for the current record into the panel."""
        ...

    def close_panel(self) -> None:
        """Give the room of the panel back to the list."""
        ...


SHOWN_ROW = 3
CHECKED_ROWS = (3, 5, 8)
GROUPED_ROWS = 400
SCROLLED_TO = 34


def tour_states(page: Photographed) -> list[TourState]:
    """Each state starts from the list as it opens."""
    makers: dict[str, Callable[[Photographed], None]] = {
        "list": _show_list,
        "filtered": _show_filtered,
        "grouped": _show_grouped,
        "grouped-below": lambda p: _show_grouped(p, scrolled=True),
        "panel": lambda p: _show_tab(p, Tab.TIMELINE),
        "selection": _show_selection,
        "fields": lambda p: _show_tab(p, Tab.FIELDS),
        "people": lambda p: _show_tab(p, Tab.PEOPLE),
        "deals": lambda p: _show_tab(p, Tab.DEALS),
        "tasks": lambda p: _show_tab(p, Tab.TASKS),
        "history": lambda p: _show_tab(p, Tab.HISTORY),
        "call": _show_call,
        "editor": _show_editor,
        "filter": _show_filter,
        "no-match": _show_no_match,
        "trash": _show_trash,
    }
    missing = {tab.name.lower() for tab in Tab if tab not in page.kind.tabs}
    return [from_the_list(page, name, made) for name, made in makers.items() if name not in missing]


def from_the_list(page: Photographed, name: str, make: Callable[[Photographed], None]) -> TourState:
    """A state that is made once the page is back at its list."""
    return TourState(name, lambda: _from_the_list(page, make))


def _from_the_list(page: Photographed, make: Callable[[Photographed], None]) -> None:
    """Bring the page back to its list, then make the state once that is there."""
    page.close_panel()
    if page.list.popover is not None:
        page.list.popover.close()
    page.list.selection.clear()
    page.list.table.preview_hover(-1)
    page.list_view_model.group_by("")
    page.list_view_model.choose_view(page.kind.views[0])
    _when_filled(page, lambda: make(page))


def _when_filled(page: Photographed, then: Callable[[], None]) -> None:
    """Call once the list that was asked for is on show."""
    view_model, table = page.list_view_model, page.list_view_model.table

    def arrived(_is_other: bool) -> None:
        if view_model.view is not page.kind.views[0] or view_model.found.text or view_model.grouping:
            return  # the list of the state before, on its way when this one was asked for
        table.ids_replaced.disconnect(arrived)
        then()

    table.ids_replaced.connect(arrived)


def _show_list(page: Photographed) -> None:
    page.list.table.go_to_row(0)


def _show_filtered(page: Photographed) -> None:
    page.list_view_model.set_query(page.kind.sample_query)


def _show_grouped(page: Photographed, *, scrolled: bool = False) -> None:
    """The second group is folded, and two records of the first are checked; or the head at the top stays."""
    table = page.list_view_model.table

    def arrived(_is_other: bool) -> None:
        if not table.is_grouped:
            return
        table.ids_replaced.disconnect(arrived)
        if scrolled:
            table.open_all(True)
            page.list.table.go_to_row(min(SCROLLED_TO, table.rowCount() - 1))
        else:
            show_folded(page.list.table, table)

    table.ids_replaced.connect(arrived)
    page.list_view_model.group_by(page.kind.sample_grouping)


def show_folded(view: RecordTable, table: GroupedTableModel[Any]) -> None:
    """A list whose second group is folded, with some of the first checked and the keyboard on a record."""
    heads = [row for row in range(min(GROUPED_ROWS, table.rowCount())) if table.is_head(row)]
    if len(heads) > 1:
        table.toggle_open(heads[1])
    for row in CHECKED_ROWS[:2]:
        table.toggle_checked(row)
    view.go_to_row(1)


def _open_row(page: Photographed, row: int) -> None:
    local_id = page.list_view_model.table.id_at(row)
    if local_id is not None:
        page.open_record(local_id)


def _show_tab(page: Photographed, tab: Tab) -> None:
    _open_row(page, SHOWN_ROW)
    page.detail.show_tab(tab)


def _show_selection(page: Photographed) -> None:
    _show_tab(page, Tab.TIMELINE)
    for row in CHECKED_ROWS:
        page.list_view_model.table.toggle_checked(row)
    page.list.table.preview_hover(CHECKED_ROWS[-1] + 2)


def _show_call(page: Photographed) -> None:
    _show_tab(page, Tab.TIMELINE)
    page.detail.write("call")


def _show_editor(page: Photographed) -> None:
    _open_row(page, SHOWN_ROW)
    page.edit_record()


def _show_filter(page: Photographed) -> None:
    page.list.open_filter(page.list.filters.add)


def _show_no_match(page: Photographed) -> None:
    page.list_view_model.set_query("name:zzzz")


def _show_trash(page: Photographed) -> None:
    page.list_view_model.choose_view(page.kind.views[-1])
