"""What a card says of a deal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from services.records.ids import CompanyId, DealId, StageId, Uid
from services.records.sales import DealRow, StageKind
from ui.pages.deals.card_face import card_face, due_text, heat_of, step_icon
from ui.pages.record.moments import Moments
from ui.theme.tokens import Tone

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
MOMENTS = Moments(lambda: NOW, UTC)
DEAL = DealRow(
    id=DealId(7),
    uid=Uid(bytes(16)),
    title="Fleet contract",
    company_id=CompanyId(3),
    company="Lindgaard Marine",
    contact_id=None,
    contact="",
    amount=9_200_000,
    currency="EUR",
    pipeline="Sales",
    stage_id=StageId(4),
    stage="Negotiation",
    kind=StageKind.OPEN,
    probability=70,
    stage_entered_at=NOW - timedelta(days=6),
    rotting_days=28,
    expected_close=date(2026, 12, 9),
    closed_at=None,
    next_step="Terms",
    next_step_due=date(2026, 11, 25),
    owner="Rosa Quill",
    created_at=NOW - timedelta(days=30),
    last_activity_at=None,
    tags=(),
)


def test_a_card_says_who_what_when_and_for_how_much() -> None:
    face = card_face(DEAL, MOMENTS)
    assert (face.who, face.title, face.amount, face.date) == ("Lindgaard Marine", "Fleet contract", "€92,000", "9 Dec")
    assert (face.step, face.due, face.step_tone, face.days) == ("Terms", "Wed", Tone.NEUTRAL, "6 d")
    assert face.spoken == "Fleet contract. Lindgaard Marine. €92,000. Terms, Wed. 6 days in Negotiation"


def test_a_missing_step_warns_and_an_overdue_one_is_bad() -> None:
    missing = card_face(replace(DEAL, next_step="", next_step_due=None), MOMENTS)
    assert (missing.step, missing.step_icon, missing.step_tone) == ("Add a next step", "warning", Tone.WARN)
    late = card_face(replace(DEAL, next_step_due=date(2026, 11, 23)), MOMENTS)
    assert (late.due, late.step_tone) == ("overdue", Tone.BAD)


def test_what_is_due_today_needs_no_day() -> None:
    face = card_face(replace(DEAL, next_step="Terms, 10:30", next_step_due=NOW.date()), MOMENTS)
    assert (face.step, face.due, face.step_tone) == ("Terms, 10:30", "", Tone.NEUTRAL)


def test_a_won_deal_says_when_and_after_how_long_and_has_no_pips() -> None:
    won = replace(DEAL, kind=StageKind.WON, closed_at=NOW, stage="Won", rotting_days=None)
    face = card_face(won, MOMENTS)
    assert (face.date, face.step, face.days, face.heat) == ("Today", "Won after 30 days", "", 0)


def test_a_deal_without_a_company_shows_its_contact() -> None:
    face = card_face(replace(DEAL, company_id=None, company="", contact="Jonas Lind"), MOMENTS)
    assert (face.who, face.is_person) == ("Jonas Lind", True)


@pytest.mark.parametrize(
    ("days", "rotting", "heat"),
    [(4, 30, 1), (9, 30, 2), (19, 21, 3), (14, 21, 3), (11, 21, 2), (31, 28, 4), (21, 21, 3), (5, None, 0)],
)
def test_pips_are_lit_by_the_share_of_the_days_that_are_good_for_the_stage(
    days: int, rotting: int | None, heat: int
) -> None:
    assert heat_of(NOW - timedelta(days=days), rotting, NOW) == heat


@pytest.mark.parametrize(("days", "said"), [(-1, "overdue"), (0, "today"), (2, "Thu"), (9, "3 Dec"), (500, "Apr 2028")])
def test_a_step_is_due_in_a_word(days: int, said: str) -> None:
    assert due_text(NOW.date() + timedelta(days=days), MOMENTS) == said


@pytest.mark.parametrize(
    ("step", "icon"),
    [("Call Marcus", "call"), ("Intro mail", "mail"), ("Site visit", "location"), ("Log visit notes", "note")],
)
def test_the_words_of_a_step_choose_its_icon(step: str, icon: str) -> None:
    assert step_icon(step) == icon
