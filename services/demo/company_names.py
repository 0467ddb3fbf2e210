"""Names of firms and their domains: as many as wanted, all different."""

from __future__ import annotations

from itertools import count as counting
from typing import TYPE_CHECKING, Final

from services.demo.pools import to_ascii

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.demo.draws import IntArray, Stream
    from services.demo.pools import Country, Pools

_STYLE_WEIGHTS: Final = (0.36, 0.32, 0.14, 0.12, 0.06)
_QUALIFIERS: Final = (
    "Nord",
    "West",
    "Central",
    "International",
    "Europe",
    "Services",
    "Partners",
    "Trading",
    "Holding",
    "Works",
    "Solutions",
    "Supply",
)


def draw_cores(stream: Stream, *, industry: IntArray, country: IntArray, pools: Pools) -> list[str]:
    """Names without legal form, from brand words, families, trades and cities; some may be equal."""
    count = len(industry)
    families = [_family_names(place, pools) for place in pools.countries]
    style = stream.pick(_STYLE_WEIGHTS, count).tolist()
    one, two, three = (stream.uniform(count).tolist() for _ in range(3))
    cores = []
    for row, (trade_code, place_code) in enumerate(zip(industry.tolist(), country.tolist(), strict=True)):
        place = pools.countries[place_code]
        by_language = pools.industries[trade_code].words
        words = by_language.get(place.language, by_language["en"])
        cores.append(
            _core(
                style[row],
                word=words[int(one[row] * len(words))],
                shares=(two[row], three[row]),
                families=families[place_code],
                place=place,
                pools=pools,
            )
        )
    return cores


def _core(
    style: int,
    *,
    word: str,
    shares: tuple[float, float],
    families: list[str],
    place: Country,
    pools: Pools,
) -> str:
    first, second = shares
    stem = pools.words.stems[int(first * len(pools.words.stems))]
    family = families[int(first * len(families))]
    if style == 0:
        return f"{stem} {word}"
    if style == 1:
        return f"{family} {word}"
    if style == 2:
        return f"{stem} {pools.words.endings[int(second * len(pools.words.endings))]}"
    if style == 3:
        other = families[int(second * len(families))]
        return f"{family} & {other if other != family else 'Co'}"
    city = place.cities[int(first * len(place.cities))].name.roman.split(",")[0].removesuffix(" am Main")
    return f"{city} {word}"


def _family_names(place: Country, pools: Pools) -> list[str]:
    # The form without gender: firms are named after the founder's family.
    culture = pools.cultures[pools.culture_of(place)]
    return [name.roman for name in culture.family[1]]


def make_unique(names: list[str], *, pools: Pools) -> None:
    """Change names in place that occurred before, in this list or as a domain, until all differ."""
    taken: set[str] = set()
    for row, name in enumerate(names):
        slug = to_ascii(name)
        if slug in taken:
            names[row], slug = _other(name, taken=taken, pools=pools)
        taken.add(slug)


def _other(name: str, *, taken: set[str], pools: Pools) -> tuple[str, str]:
    for candidate in _variants(name, pools.words.stems):
        slug = to_ascii(candidate)
        if slug not in taken:
            return candidate, slug
    raise AssertionError("the variants of a name never end")


def _variants(name: str, stems: tuple[str, ...]) -> Iterator[str]:
    yield from (f"{name} {qualifier}" for qualifier in _QUALIFIERS)
    for number in counting():
        shift = sum(name.encode()) + number
        more = [stems[(shift * 7) % len(stems)]]
        if number >= len(stems):
            more.append(stems[number // len(stems) % len(stems)])
        if number >= len(stems) ** 2:
            more.append(str(number))
        yield " ".join([*more, name])


def make_domains(names: list[str], *, given: list[str]) -> list[str]:
    """A domain under .example for each name; the first ones are `given`. Unique because the names are."""
    taken = set(given)
    slugs = list(given)
    for name in names[len(given) :]:
        slug = to_ascii(name)[:56].strip("-")
        if slug in taken:
            slug = next(f"{slug}-{n}" for n in counting(2) if f"{slug}-{n}" not in taken)
        taken.add(slug)
        slugs.append(slug)
    return [f"{slug}.example" for slug in slugs]
