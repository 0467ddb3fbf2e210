"""The states of the page of leads that no other page of records has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from services.records.people import RecordCard
from ui.pages import TourState
from ui.pages.leads.convert_form import ConvertForm
from ui.pages.record.tour import Photographed, from_the_list

NEW, RESPONSE, CONVERTED = 1, 3, 4


class PhotographedLeads(Photographed, Protocol):
    """What the tour asks of the page beyond what every list of records has."""

    def with_record(self, local_id: int, then: Callable[[RecordCard], None]) -> None:
        """Read a record afresh and go on with it."""
        ...

    def convert(self, card: RecordCard) -> None:
        """Show the form that converts a lead."""
        ...

    def when_convert_is_shown(self, then: Callable[[ConvertForm], None]) -> None:
        """Go on as soon as that form is there."""
        ...

    def disqualify(self, card: RecordCard, anchor: None) -> None:
        """Ask why nothing will come of a lead."""
        ...


def lead_states(page: PhotographedLeads) -> list[TourState]:
    """Each starts from the list."""
    return [
        _state(page, "response-due", lambda: _view(page, RESPONSE, lambda: None)),
        _state(page, "convert", lambda: _with_first(page, NEW, page.convert)),
        _state(page, "convert-deal", lambda: _with_first(page, NEW, lambda card: _with_deal(page, card))),
        _state(page, "disqualify", lambda: _with_first(page, NEW, lambda card: page.disqualify(card, None))),
        _state(page, "converted", lambda: _with_first(page, CONVERTED, lambda _card: None)),
    ]


def _state(page: PhotographedLeads, name: str, make: Callable[[], None]) -> TourState:
    def begin(_page: Photographed) -> None:
        make()

    return from_the_list(page, name, begin)


def _view(page: PhotographedLeads, place: int, then: Callable[[], None]) -> None:
    table, view = page.list_view_model.table, page.kind.views[place]

    def arrived(_is_other: bool) -> None:
        if page.list_view_model.view is view:
            table.ids_replaced.disconnect(arrived)
            then()

    table.ids_replaced.connect(arrived)
    page.list_view_model.choose_view(view)


def _with_first(page: PhotographedLeads, place: int, then: Callable[[RecordCard], None]) -> None:
    def opened() -> None:
        local_id = page.list_view_model.table.id_at(0)
        if local_id is not None:
            page.with_record(local_id, then)

    _view(page, place, opened)


def _with_deal(page: PhotographedLeads, card: RecordCard) -> None:
    page.when_convert_is_shown(lambda form: form.wants_deal.setChecked(True))
    page.convert(card)
