"""Time zones as people choose them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ui.time_zones import system_time_zone, zone_name, zone_options

WINTER = datetime(2026, 1, 15, 12, tzinfo=UTC)
SUMMER = datetime(2026, 7, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "at", "name"),
    [
        ("Europe/Berlin", WINTER, "Berlin, UTC+1"),
        ("Europe/Berlin", SUMMER, "Berlin, UTC+2"),
        ("Asia/Kolkata", WINTER, "Kolkata, UTC+5:30"),
        ("America/St_Johns", WINTER, "St Johns, UTC\u22123:30"),
        ("America/Argentina/Buenos_Aires", WINTER, "Buenos Aires, UTC\u22123"),
        ("Africa/Abidjan", WINTER, "Abidjan, UTC+0"),
        ("UTC", WINTER, "UTC"),
    ],
)
def test_a_zone_is_named_by_its_city_and_distance(zone: str, at: datetime, name: str) -> None:
    assert zone_name(zone, at) == name


def test_the_options_are_sorted_and_hold_no_zone_twice() -> None:
    options = zone_options(WINTER)
    zones = [zone for _name, zone in options]
    assert options[0] == ("UTC", "UTC")
    assert len(zones) == len(set(zones)) > 300
    assert [name for name, _zone in options[1:]] == sorted(name for name, _zone in options[1:])


def test_the_zone_of_the_laptop_is_one_of_them_or_utc() -> None:
    assert system_time_zone() in {zone for _name, zone in zone_options(WINTER)}
