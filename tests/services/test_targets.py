"""The target of a period and how far it is: what counts, in which currency, and when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from services.clock import ManualClock
from services.errors import InvalidValue
from services.open_workspace import OpenWorkspace
from services.records.targets import SalesTarget, TargetPeriod
from services.targets import SETTING, period_around
from tests.services.selling import deal_draft, problems
from tests.support.workspaces import NOON, make_workspace

TODAY = NOON.date()
QUARTER = SalesTarget(24_000_000, "EUR", TargetPeriod.QUARTER)


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands at noon."""
    return ManualClock(NOON)


@pytest.fixture
def book(tmp_path: Path, clock: ManualClock) -> Iterator[OpenWorkspace]:
    """An empty workspace."""
    workspace = make_workspace(tmp_path, clock=clock)
    yield workspace
    workspace.close()


def add(book: OpenWorkspace, title: str, amount: int, currency: str = "EUR", close: date | None = TODAY) -> int:
    return book.deals.add(deal_draft(title, amount=amount, currency=currency, expected_close=close)).id


@pytest.mark.parametrize(
    ("day", "period", "since", "until"),
    [
        (date(2026, 11, 24), TargetPeriod.QUARTER, date(2026, 10, 1), date(2027, 1, 1)),
        (date(2026, 1, 1), TargetPeriod.QUARTER, date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 12, 31), TargetPeriod.MONTH, date(2026, 12, 1), date(2027, 1, 1)),
        (date(2026, 2, 28), TargetPeriod.MONTH, date(2026, 2, 1), date(2026, 3, 1)),
        (date(2026, 6, 30), TargetPeriod.YEAR, date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_period_begins_with_its_first_day_and_ends_before_the_next(
    day: date, period: TargetPeriod, since: date, until: date
) -> None:
    assert period_around(day, period) == (since, until)


def test_what_was_won_in_the_period_counts_and_what_was_won_before_does_not(
    book: OpenWorkspace, clock: ManualClock
) -> None:
    book.targets.set_target(QUARTER)
    book.deals.win(add(book, "Before", 100_00))
    clock.advance(timedelta(days=100))
    book.deals.win(add(book, "Haulage", 76_200_00))
    progress = book.targets.progress()
    assert (progress.won, progress.target) == (76_200_00, QUARTER)


def test_open_deals_count_by_when_they_are_to_close_and_by_their_probability(book: OpenWorkspace) -> None:
    book.targets.set_target(QUARTER)
    _since, until = period_around(TODAY, TargetPeriod.QUARTER)
    add(book, "This quarter", 100_000_00, close=until - timedelta(days=1))
    add(book, "Late", 10_000_00, close=TODAY - timedelta(days=400))
    add(book, "Next quarter", 500_000_00, close=until)
    add(book, "Some day", 500_000_00, close=None)
    rows = book.deals.rows([1, 2])
    progress = book.targets.progress()
    assert progress.expected == 110_000_00
    assert progress.weighted == sum((row.amount or 0) * row.probability for row in rows) // 100
    assert progress.days_left == (until - TODAY).days - 1


def test_other_currencies_are_counted_as_left_out_and_never_added(book: OpenWorkspace) -> None:
    book.targets.set_target(QUARTER)
    add(book, "Euro", 1_000_00)
    add(book, "Dollar", 9_000_00, "USD")
    progress = book.targets.progress()
    assert (progress.expected, progress.left_out) == (1_000_00, 1)


def test_without_a_target_the_quarter_is_told_in_the_currency_most_deals_are_in(book: OpenWorkspace) -> None:
    add(book, "Euro", 1_000_00)
    add(book, "Crowns", 5_000_00, "DKK")
    add(book, "More crowns", 5_000_00, "DKK")
    progress = book.targets.progress()
    assert (progress.target, progress.currency, progress.expected) == (None, "DKK", 10_000_00)


def test_lost_and_deleted_deals_count_for_nothing(book: OpenWorkspace) -> None:
    book.deals.lose(add(book, "Lost", 1_000_00), "price")
    book.deals.delete([add(book, "Deleted", 1_000_00)])
    assert (book.targets.progress().expected, book.targets.progress().won) == (0, 0)


def test_a_target_is_undone_like_everything_else(book: OpenWorkspace) -> None:
    book.targets.set_target(QUARTER)
    book.history.undo()
    assert book.targets.target() is None
    book.history.redo()
    assert book.targets.target() == QUARTER
    book.targets.set_target(None)
    assert book.targets.target() is None
    assert problems(book) == []


@pytest.mark.parametrize(
    ("target", "field"),
    [
        (SalesTarget(0, "EUR", TargetPeriod.YEAR), "amount"),
        (SalesTarget(-1, "EUR", TargetPeriod.YEAR), "amount"),
        (SalesTarget(1, "Euro", TargetPeriod.YEAR), "currency"),
        (SalesTarget(1, "", TargetPeriod.YEAR), "currency"),
    ],
)
def test_a_target_that_is_none_is_refused(book: OpenWorkspace, target: SalesTarget, field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        book.targets.set_target(target)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "kept", ["240000", {"amount": "1", "currency": "EUR", "period": "year"}, {"period": "week"}, []]
)
def test_a_kept_value_of_another_form_is_no_target(book: OpenWorkspace, kept: object) -> None:
    book.settings.set(SETTING, kept)
    assert book.targets.target() is None
