"""The states of the page that are photographed, and that no turn of the loop is long."""

from collections.abc import Callable

from tests.ui.pages.deals.stage import DealStage
from ui.pages.deals.head import View
from ui.pages.deals.lose_dialog import LoseDialog
from ui.pages.deals.win_dialog import WinDialog
from ui.pages.record.kind import Tab


def test_every_state_of_the_tour_can_be_brought_about_one_after_the_other(stage: DealStage) -> None:
    stage.open()
    page, side = stage.page, stage.page.side
    looks: dict[str, Callable[[], bool]] = {
        "board": lambda: page.board_pane.is_filled and not stage.panel.is_open,
        "dragging": lambda: page.board.hand is not None and page.board.hand.target is not None,
        "panel": lambda: (stage.panel.is_open, side.panel.tab) == (True, Tab.TIMELINE),
        "people": lambda: side.panel.tab is Tab.PEOPLE,
        "history": lambda: side.panel.tab is Tab.HISTORY,
        "fields": lambda: side.panel.tab is Tab.FIELDS,
        "editor": lambda: side.panel.is_editing and side.panel.editor.place is not None,
        "new": lambda: side.panel.is_editing and side.panel.editor.place is None,
        "win": lambda: isinstance(page.closing.dialog, WinDialog),
        "lose": lambda: isinstance(page.closing.dialog, LoseDialog),
        "list": lambda: page.view is View.LIST and bool(page.list_side.view_model.table.ids),
        "list-grouped": lambda: page.list_side.view_model.table.is_grouped,
        "selection": lambda: page.list_side.view_model.table.checked_count == 3,
        "empty": lambda: page.board_pane.currentWidget() is page.board_pane.empty,
    }
    assert [state.name for state in page.tour_states()] == list(looks)
    for state in page.tour_states():
        state.prepare()
        stage.until(looks[state.name])
        stage.settle()
    page.tour_states()[0].prepare()
    stage.until(looks["board"])
