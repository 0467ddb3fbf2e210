"""The same plan gives the same world, on every machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from services.demo.draws import Stream
from services.demo.plan import DemoPlan
from services.demo.world import make_world
from tests.services.demo.worlds import TODAY, digest, world_of

SMALL = DemoPlan(today=TODAY, contacts=200, months=6, seed=11)
PINNED = "d323c2cce06dcb8ced8496668d4f92ffc7ffb0ef1c39933bc5526f75e0095000"


def test_a_small_world_is_the_one_it_has_always_been() -> None:
    assert digest(make_world(SMALL)) == PINNED


def test_the_same_plan_gives_the_same_world_twice() -> None:
    assert digest(make_world(replace(SMALL, contacts=60))) == digest(make_world(replace(SMALL, contacts=60)))


@pytest.mark.parametrize(
    "other",
    [
        replace(SMALL, seed=12),
        replace(SMALL, contacts=201),
        replace(SMALL, months=7),
        replace(SMALL, today=date(2026, 11, 25)),
        replace(SMALL, time_zone="America/New_York"),
    ],
    ids=["seed", "contacts", "months", "today", "zone"],
)
def test_another_plan_gives_another_world(other: DemoPlan) -> None:
    assert digest(make_world(other)) != digest(make_world(SMALL))


def test_the_same_people_live_in_a_world_of_another_day() -> None:
    later = make_world(replace(SMALL, today=date(2026, 12, 24)))
    assert later.contacts.emails == make_world(SMALL).contacts.emails


def test_texts_do_not_depend_on_how_many_are_asked_for_at_a_time() -> None:
    world = world_of(200)
    subjects, bodies = world.texts(slice(None))
    for start in range(0, len(world.activities), 97):
        rows = slice(start, start + 97)
        assert world.texts(rows) == (subjects[rows], bodies[rows])


def test_streams_with_different_names_are_independent_and_fixed() -> None:
    first, second = Stream(7, "one").uniform(4000), Stream(7, "two").uniform(4000)
    assert abs(float(np.corrcoef(first, second)[0, 1])) < 0.05
    assert first[:2].tolist() == ONE_OF_SEVEN


ONE_OF_SEVEN = [0.9239658534420251, 0.24651469243394464]


def test_drawn_distributions_have_the_moments_they_should() -> None:
    stream = Stream(3, "moments")
    count = 200_000
    normal = stream.normal(count)
    waiting = stream.exponential(5.0, count)
    few, many = stream.poisson(np.full(count, 0.4)), stream.poisson(np.full(count, 60.0))
    share = np.bincount(stream.pick((1, 2, 5), count)) / count
    assert abs(normal.mean()) < 0.01
    assert abs(normal.std() - 1) < 0.01
    assert abs((normal > 1.96).mean() - 0.025) < 0.002
    assert abs(waiting.mean() - 5) < 0.06
    assert abs(few.mean() - 0.4) < 0.01
    assert abs(few.var() - 0.4) < 0.01
    assert abs(many.mean() - 60) < 0.1
    assert abs(many.var() - 60) < 1.2
    assert np.abs(share - np.array([1, 2, 5]) / 8).max() < 0.005
