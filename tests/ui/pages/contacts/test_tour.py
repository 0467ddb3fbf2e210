"""The states of the page that are photographed."""

from collections.abc import Callable

from tests.ui.pages.record.stage import Stage
from ui.pages.record.kind import Tab


def test_every_state_of_the_tour_can_be_brought_about_one_after_the_other(stage: Stage) -> None:
    stage.open()
    page = stage.page
    looks: dict[str, Callable[[], bool]] = {
        "list": lambda: (page.list.table.current_row, stage.panel.is_open) == (0, False),
        "filtered": lambda: len(page.list.filters.chips.chips) == 2,
        "grouped": lambda: page.list_view_model.table.is_grouped and page.list_view_model.table.checked_count > 0,
        "grouped-below": lambda: page.list_view_model.table.is_grouped and page.list.table.current_row > 1,
        "panel": lambda: (stage.panel.is_open, page.detail.tab) == (True, Tab.TIMELINE),
        "selection": page.list.selection.bar.isVisible,
        "fields": lambda: page.detail.tab is Tab.FIELDS,
        "people": lambda: page.detail.tab is Tab.PEOPLE,
        "deals": lambda: page.detail.tab is Tab.DEALS,
        "tasks": lambda: page.detail.tab is Tab.TASKS,
        "history": lambda: bool(page.detail.history.entries),
        "call": lambda: page.detail.timeline.composer.is_open,
        "editor": lambda: page.detail.is_editing,
        "filter": lambda: page.list.popover is not None,
        "no-match": page.list.nothing.isVisible,
        "trash": lambda: page.list_view_model.in_trash,
    }
    assert [state.name for state in page.tour_states()] == list(looks)
    for state in page.tour_states():
        state.prepare()
        stage.until(looks[state.name])
    assert page.list.popover is None
