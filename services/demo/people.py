"""The contacts of the demo world: who they are, where they work and how to reach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from services.demo.addresses import draw_addresses
from services.demo.draws import Stream
from services.demo.phones import numbers
from services.demo.pools import Ragged

if TYPE_CHECKING:
    from services.demo.addresses import Addresses
    from services.demo.companies import CompanyColumns
    from services.demo.draws import BoolArray, FloatArray, IntArray
    from services.demo.pools import Culture, Name, Pools

ALONE: Final = -1
"""Company of a contact who has none."""

_HAS_COMPANY: Final = 0.92
_SECOND_COMPANY: Final = 0.02
_AT_HOME: Final = 0.93
_HOME_CULTURE: Final = 0.88
_SAME_CITY: Final = 0.8
_DOUBLE_NAME: Final = 0.05
_BIG_COMPANY_BIAS: Final = 1.6
_HAS_EMAIL: Final = 0.97
_HAS_PRIVATE_EMAIL: Final = 0.15
_HAS_MOBILE: Final = 0.72
_HAS_OFFICE: Final = 0.46
_HAS_BIRTHDAY: Final = 0.35
_HAS_REMARK: Final = 0.22
_OLDEST_BIRTH: Final = 1957
_BIRTH_YEARS: Final = 46
_TAG_CHANCE: Final = 0.055
_PRIVATE_DOMAINS: Final = ("mail.example", "post.example", "inbox.example")
_ADDRESS_STYLES: Final = (0.62, 0.20, 0.10, 0.08)


@dataclass(frozen=True, slots=True)
class PersonCodes:
    """Draws behind the columns, so that a duplicate can share those of another row."""

    company: IntArray
    second_company: IntArray
    country: IntArray
    city_share: FloatArray
    culture: IntArray
    gender: IntArray
    given_share: FloatArray
    family_share: FloatArray
    double_share: FloatArray

    def rows(self, source: IntArray) -> PersonCodes:
        """The same with each row taken from `source`."""
        return PersonCodes(*(getattr(self, name)[source] for name in self.__dataclass_fields__))


@dataclass(frozen=True, slots=True)
class NameColumns:
    """Names of all rows: as written, in Latin letters, and as mail addresses have them."""

    first: list[str]
    last: list[str]
    call: list[str]
    call_last: list[str]
    first_ascii: list[str]
    last_ascii: list[str]


def company_count(contacts: int, *, cast: int) -> int:
    """How many firms a world of so many contacts has."""
    return max(cast, round(contacts * 0.5), 1)


def draw_people(
    seed: int, *, count: int, pools: Pools, companies: CompanyColumns, cast_companies: list[int]
) -> PersonCodes:
    """Draw who works where and what they are called; every firm gets somebody before any gets a second."""
    stream = Stream(seed, "people")
    employed = stream.chance(_HAS_COMPANY, count)
    employed[: len(cast_companies)] = True
    company = _employers(stream, employed=employed, firms=len(companies), cast_companies=cast_companies)
    second = np.where(
        stream.chance(_SECOND_COMPANY, count) & (company != ALONE), stream.below(len(companies), count), ALONE
    )
    second[second == company] = ALONE
    second[: len(cast_companies)] = ALONE
    own = stream.pick(pools.country_weights(), count)
    at_home = stream.chance(_AT_HOME, count) & (company != ALONE)
    at_home[: len(cast_companies)] = True
    country = np.where(at_home, companies.country_code[company], own)
    homes = np.array([pools.culture_of(entry) for entry in pools.countries], dtype=np.int64)
    culture = np.where(stream.chance(_HOME_CULTURE, count), homes[country], stream.below(len(pools.cultures), count))
    return PersonCodes(
        company=company,
        second_company=second,
        country=country,
        city_share=stream.uniform(count),
        culture=culture,
        gender=stream.below(2, count),
        given_share=stream.uniform(count),
        family_share=stream.uniform(count),
        double_share=stream.uniform(count),
    )


def _employers(stream: Stream, *, employed: BoolArray, firms: int, cast_companies: list[int]) -> IntArray:
    count = len(employed)
    company = (firms * stream.uniform(count) ** _BIG_COMPANY_BIAS).astype(np.int64)
    fixed = len(cast_companies)
    taken = len(set(cast_companies))
    order = np.cumsum(employed) - 1 - fixed + taken
    company = np.where(order < firms, order, company)
    company[:fixed] = cast_companies
    company[~employed] = ALONE
    return company


def draw_names(codes: PersonCodes, pools: Pools) -> NameColumns:
    """Spell out the drawn names; some Latin family names are double."""
    cultures = pools.cultures
    given = [name for culture in cultures for gender in (0, 1) for name in culture.given[gender]]
    family = [name for culture in cultures for gender in (0, 1) for name in culture.family[gender]]
    group = codes.culture * 2 + codes.gender
    first = Ragged.of(_lengths(cultures, given=True)).at(group, codes.given_share)
    families = Ragged.of(_lengths(cultures, given=False))
    last = families.at(group, codes.family_share)
    other = families.at(group, codes.double_share / _DOUBLE_NAME % 1.0)
    latin = np.array([culture.latin for culture in cultures])[codes.culture]
    double = latin & (codes.double_share < _DOUBLE_NAME) & (other != last)
    return NameColumns(
        first=[given[code].native for code in first.tolist()],
        last=_family_column(family, last, other=other, double=double, form="native"),
        call=[given[code].roman for code in first.tolist()],
        call_last=_family_column(family, last, other=other, double=double, form="roman"),
        first_ascii=[given[code].ascii for code in first.tolist()],
        last_ascii=_family_column(family, last, other=other, double=double, form="ascii"),
    )


def _lengths(cultures: tuple[Culture, ...], *, given: bool) -> list[int]:
    return [len((culture.given if given else culture.family)[gender]) for culture in cultures for gender in (0, 1)]


def _family_column(family: list[Name], last: IntArray, *, other: IntArray, double: BoolArray, form: str) -> list[str]:
    forms = [getattr(name, form) for name in family]
    column = [forms[code] for code in last.tolist()]
    for row in np.flatnonzero(double).tolist():
        column[row] = f"{column[row]}-{forms[other[row]]}"
    return column


def draw_places(seed: int, *, codes: PersonCodes, companies: CompanyColumns, pools: Pools, cast: int) -> Addresses:
    """Addresses of all rows: most people, and all of the cast, work in the town of their firm."""
    count = len(codes.company)
    places = draw_addresses(Stream(seed, "addresses"), country=codes.country, city_share=codes.city_share, pools=pools)
    stays = Stream(seed, "same city").chance(_SAME_CITY, count) & (codes.company != ALONE)
    stays[:cast] = True
    stays &= companies.country_code[codes.company] == codes.country
    for row in np.flatnonzero(stays).tolist():
        firm = int(codes.company[row])
        places.city_code[row] = companies.city_code[firm]
        places.cities[row] = companies.cities[firm]
        places.postal_codes[row] = companies.postal_codes[firm]
    return places


def draw_emails(
    seed: int,
    *,
    codes: PersonCodes,
    names: NameColumns,
    domains: list[str],
    fixed: dict[int, str],
    only_private: list[int],
) -> tuple[list[str], list[str]]:
    """Unique work and private addresses; `fixed` holds local parts given by hand, by row."""
    stream = Stream(seed, "emails")
    count = len(codes.company)
    style_of = stream.pick(_ADDRESS_STYLES, len(domains)).tolist()
    has_work, has_private = stream.chance(_HAS_EMAIL, count), stream.chance(_HAS_PRIVATE_EMAIL, count)
    private_domain = stream.below(len(_PRIVATE_DOMAINS), count).tolist()
    alone = codes.company == ALONE
    has_private = np.where(alone, has_work, has_private)
    has_work = has_work & ~alone
    has_work[only_private], has_private[only_private] = False, True
    work, private = [""] * count, [""] * count
    taken: set[str] = set()
    # Written by hand first, so that no drawn address takes theirs.
    for row, local in fixed.items():
        work[row] = claim(local, domain=domains[int(codes.company[row])], taken=taken)
    firms = codes.company.tolist()
    for row in np.flatnonzero(has_work).tolist():
        if not work[row]:
            local = local_part(style_of[firms[row]], first=names.first_ascii[row], last=names.last_ascii[row])
            work[row] = claim(local, domain=domains[firms[row]], taken=taken)
    for row in np.flatnonzero(has_private).tolist():
        if row not in fixed:
            local = local_part(0, first=names.first_ascii[row], last=names.last_ascii[row])
            private[row] = claim(local, domain=_PRIVATE_DOMAINS[private_domain[row]], taken=taken)
    return work, private


def local_part(style: int, *, first: str, last: str) -> str:
    """The part before the @: first.last, f.last, first or last."""
    return (f"{first}.{last}", f"{first[:1]}.{last}", first, last)[style]


def claim(local: str, *, domain: str, taken: set[str]) -> str:
    """The address, with the first number behind the local part that makes it unique; it is then taken."""
    address = f"{local}@{domain}"
    number = 1
    while address in taken:
        number += 1
        address = f"{local}{number}@{domain}"
    taken.add(address)
    return address


def draw_phones(seed: int, *, country: IntArray, cast: int, pools: Pools) -> tuple[list[str], list[str]]:
    """Mobile and office numbers; everybody of the cast has a mobile."""
    stream = Stream(seed, "phones")
    mobile = stream.chance(_HAS_MOBILE, len(country))
    mobile[:cast] = True
    office = stream.chance(_HAS_OFFICE, len(country))
    return (
        numbers([entry.mobile for entry in pools.countries], country=country, wanted=mobile),
        numbers([entry.office for entry in pools.countries], country=country, wanted=office),
    )


def draw_birthdays(seed: int, count: int) -> list[date | None]:
    """Birthdays of those who told us."""
    stream = Stream(seed, "birthdays")
    known = stream.chance(_HAS_BIRTHDAY, count).tolist()
    days = stream.below(_BIRTH_YEARS * 365, count).tolist()
    start = date(_OLDEST_BIRTH, 1, 1)
    return [start + timedelta(days=day) if told else None for told, day in zip(known, days, strict=True)]


def draw_tags(seed: int, *, count: int, tags: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Up to a few tags each."""
    stream = Stream(seed, "tags")
    mask = np.zeros(count, dtype=np.int64)
    for bit in range(len(tags)):
        mask |= stream.chance(_TAG_CHANCE, count).astype(np.int64) << bit
    sets = {code: tuple(tag for bit, tag in enumerate(tags) if code >> bit & 1) for code in np.unique(mask).tolist()}
    return [sets[code] for code in mask.tolist()]


def draw_titles(seed: int, *, segment: IntArray, titles: tuple[tuple[str, ...], ...]) -> list[str]:
    """Job titles that fit the size of the firm."""
    flat = [title for group in titles for title in group]
    share = Stream(seed, "titles").uniform(len(segment))
    codes = Ragged.of([len(group) for group in titles]).at(segment, share)
    return [flat[code] for code in codes.tolist()]


def draw_remarks(seed: int, *, count: int, remarks: tuple[str, ...]) -> list[str]:
    """A remark on some."""
    stream = Stream(seed, "remarks")
    has = stream.chance(_HAS_REMARK, count).tolist()
    codes = stream.below(len(remarks), count).tolist()
    return [remarks[code] if some else "" for some, code in zip(has, codes, strict=True)]
