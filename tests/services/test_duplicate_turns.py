"""While many records are compared, others may go on after each short turn."""

from __future__ import annotations

import pytest

from services import duplicate_turns
from services.duplicate_turns import PAUSE_S, TURN_S, Turns


class Watch:
    """Time goes on by what the work takes, and by what it sleeps."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.pauses = 0

    def perf_counter(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        assert seconds == PAUSE_S
        self.pauses += 1
        self.now_s += seconds


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    made = Watch()
    monkeypatch.setattr(duplicate_turns, "time", made)
    return made


def test_work_pauses_after_each_turn_and_not_before(watch: Watch) -> None:
    for _ in Turns().taken(range(80)):
        watch.now_s += TURN_S / 8
    assert watch.pauses == 10


def test_a_set_is_drained_and_a_dictionary_emptied_in_turns(watch: Watch) -> None:
    numbers, turns = set(range(20)), Turns()
    drained = []
    for number in turns.drained(numbers):
        watch.now_s += TURN_S
        drained.append(number)
    assert (sorted(drained), numbers, watch.pauses) == (list(range(20)), set(), 20)
    known = dict.fromkeys(range(20))
    turns.forget(known)
    assert known == {}
