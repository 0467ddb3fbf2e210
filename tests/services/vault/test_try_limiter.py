"""Wrong passphrases cost time, mistakes do not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.clock import ManualClock
from services.vault.try_limiter import Tries, TryLimiter

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def after(clock: ManualClock, wrong: int) -> Tries:
    tries = Tries()
    for _ in range(wrong):
        tries = TryLimiter(clock).after_wrong(tries)
    return tries


@pytest.mark.parametrize(
    ("wrong", "left", "wait_s"),
    [
        (0, 5, 0.0),
        (1, 4, 0.0),
        (4, 1, 0.0),
        (5, 0, 30.0),
        (6, 0, 60.0),
        (7, 0, 120.0),
        (11, 0, 1920.0),
        (12, 0, 3600.0),
        (5000, 0, 3600.0),
    ],
)
def test_five_tries_are_free_and_then_the_wait_doubles_up_to_an_hour(wrong: int, left: int, wait_s: float) -> None:
    clock = ManualClock(START)
    tries = after(clock, wrong)

    assert TryLimiter(clock).tries_left(tries) == left
    assert TryLimiter(clock).wait_s(tries) == wait_s


def test_the_wait_runs_down_with_the_clock_and_ends() -> None:
    clock = ManualClock(START)
    tries = after(clock, 5)

    clock.advance(timedelta(seconds=29.5))
    assert TryLimiter(clock).wait_s(tries) == pytest.approx(0.5)
    clock.advance(timedelta(seconds=0.5))
    assert TryLimiter(clock).wait_s(tries) == 0.0
    clock.advance(timedelta(days=3650))
    assert TryLimiter(clock).wait_s(tries) == 0.0


def test_a_right_try_wipes_the_slate() -> None:
    clock = ManualClock(START)
    limiter = TryLimiter(clock)

    assert limiter.after_right() == Tries()
    assert limiter.wait_s(limiter.after_right()) == 0.0


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_that_jumps_years_locks_nobody_out(years: int) -> None:
    clock = ManualClock(START)
    tries = after(clock, 20)
    clock.advance(timedelta(days=365 * years))

    assert TryLimiter(clock).wait_s(tries) == 0.0
