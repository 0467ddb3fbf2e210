"""Levels, zoomed sizes and the stable colour of an avatar."""

import pytest

from ui.theme.avatars import initials_of, pair_of
from ui.theme.palettes import LIGHT
from ui.theme.tokens import Metrics, RiskLevel, risk_level_of


@pytest.mark.parametrize(
    ("probability", "level"),
    [
        (None, RiskLevel.UNKNOWN),
        (0.0, RiskLevel.LOW),
        (0.199, RiskLevel.LOW),
        (0.20, RiskLevel.MEDIUM),
        (0.449, RiskLevel.MEDIUM),
        (0.45, RiskLevel.HIGH),
        (0.699, RiskLevel.HIGH),
        (0.70, RiskLevel.CRITICAL),
        (1.0, RiskLevel.CRITICAL),
    ],
)
def test_a_probability_belongs_to_one_level(probability: float | None, level: RiskLevel) -> None:
    assert risk_level_of(probability) is level


def test_sizes_grow_with_the_zoom_and_stay_whole() -> None:
    metrics = Metrics().scaled(1.5)
    assert (metrics.row, metrics.control, metrics.radius) == (60, 48, 12)


def test_sizes_at_full_zoom_are_the_ones_of_the_design() -> None:
    metrics = Metrics()
    assert metrics.scaled(1.0) is metrics


def test_a_mapped_palette_keeps_every_colour_in_its_place() -> None:
    lowered = LIGHT.mapped(str.lower)
    assert lowered.accent == LIGHT.accent.lower()
    assert lowered.risk[RiskLevel.HIGH].fill == LIGHT.risk[RiskLevel.HIGH].fill.lower()
    assert [pair.text for pair in lowered.avatars] == [pair.text.lower() for pair in LIGHT.avatars]


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Anna Berg", "AB"),
        ("Anna Maria van den Berg", "AB"),
        ("Juniper & Rowe", "JR"),
        ("Cher", "C"),
        ("łukasz żak", "ŁŻ"),
        ("", ""),
        ("  —  ", ""),
    ],
)
def test_initials_come_from_the_first_and_the_last_word(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_the_colour_of_a_record_never_changes() -> None:
    assert [pair_of(number) for number in (1, 2, 3, 42)] == [7, 5, 3, 0]


def test_all_pairs_are_used() -> None:
    assert {pair_of(number) for number in range(200)} == set(range(8))
