"""Streets, postal codes and cities in the manner of each country."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from services.demo.pools import Ragged

if TYPE_CHECKING:
    from services.demo.draws import FloatArray, IntArray, Stream
    from services.demo.pools import Pools

_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_CODE_LENGTH = 12


@dataclass(slots=True)
class Addresses:
    """Columns of addresses; `city_code` counts the cities of all countries end to end."""

    city_code: IntArray
    streets: list[str]
    postal_codes: list[str]
    cities: list[str]

    def move(self, row: int, *, city: str, pools: Pools) -> None:
        """Put one address into a city by name, keeping its street."""
        places = [place for country in pools.countries for place in country.cities]
        code = next(index for index, place in enumerate(places) if place.name.roman == city)
        self.city_code[row] = code
        self.cities[row] = places[code].name.native
        self.postal_codes[row] = "".join(
            str((row * 7 + position * 3) % 10) if letter == "#" else "BDH"[position % 3] if letter == "@" else letter
            for position, letter in enumerate(places[code].postal)
        )


def draw_addresses(stream: Stream, *, country: IntArray, city_share: FloatArray, pools: Pools) -> Addresses:
    """An address in each row's country; `city_share` (0 to 1) says which of its cities."""
    count = len(country)
    cities = [city for entry in pools.countries for city in entry.cities]
    city_code = Ragged.of([len(entry.cities) for entry in pools.countries]).at(country, city_share)
    streets = [street for entry in pools.countries for street in entry.streets]
    street_code = Ragged.of([len(entry.streets) for entry in pools.countries]).at(country, stream.uniform(count))
    house = (1 + stream.exponential(28.0, count).astype(np.int64)).tolist()
    first = [entry.number_first for entry in pools.countries]
    digits = stream.below(10, count * _CODE_LENGTH).reshape(count, _CODE_LENGTH).tolist()
    codes = city_code.tolist()
    return Addresses(
        city_code=city_code,
        streets=[
            f"{number} {streets[street]}" if first[place] else f"{streets[street]} {number}"
            for number, street, place in zip(house, street_code.tolist(), country.tolist(), strict=True)
        ],
        postal_codes=[_fill(cities[code].postal, row) for code, row in zip(codes, digits, strict=True)],
        cities=[cities[code].name.native for code in codes],
    )


def _fill(pattern: str, digits: list[int]) -> str:
    return "".join(
        str(digit) if letter == "#" else _LETTERS[digit * 2] if letter == "@" else letter
        for letter, digit in zip(pattern, digits, strict=False)
    )
