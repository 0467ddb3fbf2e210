"""The states of the review that are worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QTimer

from services.records.duplicates import Pair, Side
from ui.pages import TourState
from ui.pages.duplicates.bulk_view_model import BulkMerge
from ui.pages.duplicates.compare_pane import ComparePane
from ui.pages.duplicates.head import Shown
from ui.pages.duplicates.list_pane import ListPane
from ui.pages.duplicates.view_model import DuplicatesViewModel

SHOWN_FIELD = 1


class Photographed(Protocol):
    """What the tour asks of the page."""

    view_model: DuplicatesViewModel
    bulk: BulkMerge
    list_pane: ListPane

    @property
    def compare(self) -> ComparePane:
        """The comparison."""
        ...

    def open_pair(self, pair: Pair) -> None:
        """Put a pair side by side."""
        ...

    def show_list(self) -> None:
        """Back to the list."""
        ...

    def show_part(self, shown: Shown) -> None:
        """Show the pairs to review, or those that are none."""
        ...


def tour_states(page: Photographed) -> list[TourState]:
    """Each state starts from the list of pairs of contacts."""
    makers: dict[str, Callable[[Photographed], None]] = {
        "pairs": lambda _page: None,
        "selected": _select_some,
        "merge-many": _show_plan,
        "compare": _open_first,
        "chosen": _show_chosen,
        "refused": _show_refused,
        "never": _show_ignored,
        "empty": lambda p: p.view_model.preview_nothing(),
    }

    def state(name: str, make: Callable[[Photographed], None]) -> TourState:
        return TourState(name, lambda: _from_the_list(page, make))

    return [state(name, make) for name, make in makers.items()]


def _from_the_list(page: Photographed, make: Callable[[Photographed], None]) -> None:
    page.show_list()
    page.bulk.clear()
    page.show_part(Shown.PAIRS)
    page.compare.comparison.show_equal(False)
    view_model = page.view_model
    if view_model.pairs:
        make(page)
        return

    def read() -> None:
        if not view_model.is_reading:
            view_model.pairs_changed.disconnect(read)
            # After the page itself, which listens too.
            QTimer.singleShot(0, view_model, lambda: make(page))

    view_model.pairs_changed.connect(read)
    view_model.read_again()


def _select_some(page: Photographed) -> None:
    for pair in page.view_model.pairs[:3]:
        page.bulk.toggle(pair)


def _show_plan(page: Photographed) -> None:
    page.bulk.select_from(0)
    page.bulk.open()


def _open_first(page: Photographed) -> None:
    """The pair that has the most to decide among the first ones would take a reading each: the first is taken."""
    if page.view_model.pairs:
        page.open_pair(page.view_model.pairs[0])


def _when_read(page: Photographed, then: Callable[[], None]) -> None:
    view_model = page.view_model

    def read() -> None:
        if view_model.decision is not None:
            view_model.decision_changed.disconnect(read)
            QTimer.singleShot(0, view_model, then)

    view_model.decision_changed.connect(read)
    _open_first(page)


def _show_chosen(page: Photographed) -> None:
    """The other value in one row, and the fields that are equal unfolded."""

    def choose() -> None:
        page.compare.comparison.go_to(SHOWN_FIELD)
        page.compare.choose(Side.OTHER)
        page.compare.comparison.show_equal(True)

    _when_read(page, choose)


def _show_ignored(page: Photographed) -> None:
    page.view_model.preview_ignored()
    page.show_part(Shown.IGNORED)


def _show_refused(page: Photographed) -> None:
    def refuse() -> None:
        page.compare.show_refusal(
            page.compare.tr("A contact in the trash cannot be merged"),
            page.compare.tr("Restore it first, then try again."),
        )

    _when_read(page, refuse)
