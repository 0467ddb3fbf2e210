"""The states of the page that are photographed."""

from tests.ui.pages.record.stage import Stage
from ui.pages.record.detail_panel import Tab


def test_every_state_of_the_tour_can_be_brought_about_one_after_the_other(stage: Stage) -> None:
    stage.open()
    shown: dict[str, object] = {}
    for state in stage.page.tour_states():
        state.prepare()
        stage.settle()
        stage.qtbot.wait(60)
        stage.settle()
        page = stage.page
        shown[state.name] = {
            "list": lambda: (page.list.table.current_row, stage.panel.is_open) == (0, False),
            "filtered": lambda: len(page.list.filters.chips.chips) == 2,
            "panel": lambda: (stage.panel.is_open, page.detail.tab) == (True, Tab.TIMELINE),
            "selection": lambda: page.list.selection.bar.isVisible(),
            "fields": lambda: page.detail.tab is Tab.FIELDS,
            "people": lambda: page.detail.tab is Tab.PEOPLE,
            "history": lambda: bool(page.detail.history.entries),
            "call": lambda: page.detail.timeline.composer.is_open,
            "editor": lambda: page.detail.is_editing,
            "filter": lambda: page.list.popover is not None,
            "no-match": lambda: page.list.nothing.isVisible(),
            "trash": lambda: page.list_view_model.in_trash,
        }[state.name]()
    assert all(shown.values()), shown
    assert len(shown) == 12
    if stage.page.list.popover is not None:
        stage.page.list.popover.close()
