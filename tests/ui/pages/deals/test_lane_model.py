"""The cards of one lane as a model: read in slices, changed in place, with room for a dragged card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from services.records.ids import DealId
from services.records.sales import DealRow
from tests.ui.pages.deals.stage import DealStage
from tests.ui.pages.deals.test_card_face import DEAL, MOMENTS
from ui.delegates.deal_card import CardRole, Place
from ui.pages.deals.lane_model import LaneModel

ROWS = 500


def _row(number: int) -> DealRow:
    close = date(2026, 12, 1) + timedelta(days=number)
    return replace(DEAL, id=DealId(number), title=f"Deal {number}", expected_close=close)


@pytest.fixture
def asked(empty_stage: DealStage, monkeypatch: pytest.MonkeyPatch) -> list[Sequence[int]]:
    """The slices that were read, of a workspace that has every deal there is."""
    read: list[Sequence[int]] = []

    def rows(ids: Sequence[int]) -> list[DealRow]:
        read.append(list(ids))
        return [_row(number) for number in ids]

    monkeypatch.setattr(empty_stage.workspace.deals, "rows", rows)
    return read


@pytest.fixture
def model(empty_stage: DealStage, asked: list[Sequence[int]]) -> LaneModel:
    made = LaneModel(empty_stage.page.context, MOMENTS)
    made.set_adds(True)
    return made


def _titles(model: LaneModel) -> list[Any]:
    return [model.index(row).data() for row in range(model.rowCount())]


def test_the_model_keeps_the_rules_of_item_models_with_500_rows(
    empty_stage: DealStage, asked: list[Sequence[int]]
) -> None:
    model = LaneModel(empty_stage.page.context, MOMENTS)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_adds(True)
    model.show_ids(range(ROWS), {})
    model.open_slot(3)
    model.open_slot(7)
    model.close_slot()
    model.show_ids([*range(5), *range(9, ROWS)], {})
    model.show_ids([1000, *range(5), *range(9, ROWS)], {})
    model.show_ids([], {})
    empty_stage.settle()
    assert model.rowCount() == 1
    tester.deleteLater()
    model.close()


def test_only_what_comes_into_view_is_read(
    empty_stage: DealStage, model: LaneModel, asked: list[Sequence[int]]
) -> None:
    model.show_ids(range(5_000), {number: _row(number) for number in range(10)})
    for row in range(8):
        assert model.index(row).data(CardRole.PLACE) is Place.CARD
    empty_stage.settle()
    assert asked == []
    assert model.index(3_000).data(CardRole.PLACE) is Place.LOADING
    empty_stage.until(lambda: model.index(3_000).data(CardRole.PLACE) is Place.CARD)
    assert len(asked) == 1 and 3_000 in asked[0] and len(asked[0]) <= 160
    model.close()


def test_a_deal_that_goes_takes_only_its_own_row(empty_stage: DealStage, model: LaneModel) -> None:
    model.show_ids(range(6), {number: _row(number) for number in range(6)})
    gone: list[tuple[int, int]] = []
    model.rowsRemoved.connect(lambda _parent, first, last: gone.append((first, last)))
    model.show_ids([0, 1, 3, 4, 5], {})
    assert gone == [(2, 2)]
    assert _titles(model)[:3] == ["Deal 0", "Deal 1", "Deal 3"]
    model.close()


def test_a_slot_is_a_row_without_a_deal_and_moves_the_others_down(empty_stage: DealStage, model: LaneModel) -> None:
    model.show_ids(range(3), {number: _row(number) for number in range(3)})
    model.open_slot(1)
    assert [model.id_at(row) for row in range(model.rowCount())] == [0, None, 1, 2, None]
    assert model.index(1).data(CardRole.PLACE) is Place.SLOT
    assert (model.row_of(0), model.row_of(2), model.is_add(4)) == (0, 3, True)
    model.close_slot()
    assert [model.id_at(row) for row in range(3)] == [0, 1, 2]
    model.close()


def test_a_card_in_the_hand_leaves_a_gap(empty_stage: DealStage, model: LaneModel) -> None:
    model.show_ids(range(3), {number: _row(number) for number in range(3)})
    model.set_gap(1)
    assert [model.index(row).data(CardRole.PLACE) for row in range(3)] == [Place.CARD, Place.GAP, Place.CARD]
    model.set_gap(None)
    assert model.index(1).data(CardRole.PLACE) is Place.CARD
    model.close()


def test_a_dragged_deal_would_stand_where_its_close_puts_it(empty_stage: DealStage, model: LaneModel) -> None:
    model.show_ids(range(3), {number: _row(number) for number in range(3)})
    between = replace(_row(99), expected_close=date(2026, 12, 2), title="Deal 15")
    assert model.place_for(between) == 2
    assert model.place_for(replace(between, expected_close=None)) == 3
    model.close()
