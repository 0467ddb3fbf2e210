"""Sums over a board, and what they become when a deal moves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.records.ids import PipelineId, StageId, Uid
from services.records.sales import BoardLane, StageKind, StageRow
from tests.ui.pages.deals.test_card_face import DEAL
from ui.pages.deals.board_view_model import moved_sums
from ui.pages.deals.money import every_sum, leading_sum, typed_amount, with_added


def _stage(number: int, name: str, probability: int) -> StageRow:
    uid = Uid(bytes(16))
    return StageRow(
        StageId(number), uid, PipelineId(1), uid, name, StageKind.OPEN, probability, None, (), position=number
    )


DISCOVERY, NEGOTIATION = _stage(2, "Discovery", 30), _stage(4, "Negotiation", 70)


def test_the_leading_sum_says_how_many_other_currencies_there_are() -> None:
    sums = (("EUR", 11_420_049), ("USD", 5_000))
    assert (leading_sum(sums), every_sum(sums)) == ("€114,200 +1", "€114,200.49, $50")
    assert leading_sum(()) == ""


@pytest.mark.parametrize(
    ("minor", "currency", "mark", "text"),
    [
        (9_200_000, "EUR", ".", "92,000"),
        (9_200_050, "EUR", ",", "92.000,50"),
        (1500, "JPY", ".", "1,500"),
        (None, "EUR", ".", ""),
    ],
)
def test_an_amount_in_a_form_is_written_with_the_marks_it_is_read_with(
    minor: int | None, currency: str, mark: str, text: str
) -> None:
    assert typed_amount(minor, currency, mark) == text


def test_an_amount_in_another_currency_is_a_sum_of_its_own() -> None:
    assert with_added((("EUR", 100),), "USD", 50) == (("EUR", 100), ("USD", 50))
    assert with_added((("EUR", 100),), "EUR", -30) == (("EUR", 70),)


def test_a_lane_loses_what_the_deal_was_worth_there_and_the_other_gains_what_it_will_be() -> None:
    leaving = BoardLane(NEGOTIATION, (7,), (("EUR", 9_200_000),), (("EUR", 6_440_000),))
    taking = BoardLane(DISCOVERY, (), (), ())
    assert moved_sums(leaving, DEAL, DISCOVERY).weighted == (("EUR", 0),)
    assert moved_sums(taking, DEAL, DISCOVERY).weighted == (("EUR", 2_760_000),)


def test_a_probability_of_the_users_own_leaves_with_the_deal() -> None:
    lane = BoardLane(NEGOTIATION, (7,), (("EUR", 9_200_000),), (("EUR", 8_280_000),))
    assert moved_sums(lane, replace(DEAL, probability=90), DISCOVERY).weighted == (("EUR", 0),)


def test_a_deal_without_an_amount_changes_no_sum() -> None:
    lane = BoardLane(NEGOTIATION, (7,), (), ())
    assert moved_sums(lane, replace(DEAL, amount=None), DISCOVERY) is lane
