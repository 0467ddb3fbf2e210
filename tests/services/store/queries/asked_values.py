"""What is asked for in query tests: for every field values that are there, values that are not, and doubtful ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from hypothesis import strategies as st

from services.filtering.fields import ORDERED, PATTERNED, FilterField, Matching
from services.filtering.tree import (
    ME,
    ORDERING,
    Age,
    AgeUnit,
    Amount,
    Comparison,
    Days,
    Moment,
    Operator,
    Pattern,
    Period,
    Value,
    Words,
)
from tests.services.store.queries import sample_book as sample
from tests.services.store.queries.people import uid_of

_PIECES = ("", "berg", "Al", "al", "example", ".example", "@", "a", "4", "40", " ", "o", "-", "[", "ü", "n B")
_PATTERNS = (
    st.lists(st.sampled_from(_PIECES), min_size=2, max_size=3)
    .map(lambda parts: (parts[0], *filter(None, parts[1:-1]), parts[-1]))
    .filter(any)
    .map(Pattern)
)
_PHONE_PATTERNS = (Pattern(("+49", "")), Pattern(("", "12", "5")))
_BY_FIELD: Mapping[str, tuple[Any, ...]] = {
    "external_key": sample.KEYS,
    "first_name": (*sample.FIRST_NAMES, "lukasz", "oneil"),
    "last_name": (*sample.LAST_NAMES, "grossmann", "dordevic"),
    "name": (*sample.FIRST_NAMES, *sample.LAST_NAMES, *sample.COMPANIES, "Berg Anna", "soren vireo example", "⚡"),
    "title": ("procurement", "lead of", "Head of Procurement", "geschaftsfuhrer"),
    "subject": ("procurement", "pricing koln", "Köln"),
    "body": ("pallets", "discount 400", "grossere MENGE", "🔥", "हिन्दी", "back call"),
    "notes": ("pallets", "discount 400", "grossere MENGE", "🔥", "हिन्दी", "back call"),
    "address": ("Hauptstrasse 1", "hauptstraße DE", "hamburg"),
    "email": ("ANNA.berg@almeda.example", "soren@vireo.example", "nobody@x.example"),
    "phone": ("+494012345", "04012345", "12345", "0049 40 12345", "212 555 0100", "999"),
    "website": ("almeda.example", "https://vireo.example", "http://www.vireo.example/de"),
    "social": ("@Anna.Berg", "linkedin.com/in/anna", "@nobody"),
    "city": (*sample.CITIES, "koln", "bad-homburg", "Lodz"),
    "company": (*sample.COMPANIES, "ALMEDA", "berg & co", uid_of("company", 3).hex(), uid_of("company", 3).hex()[:30]),
    "contact": ("anna", "berg", "Anna Berg", "anna.berg@almeda.example", uid_of("contact", 5).hex(), "⚡"),
    "deal": (*sample.TITLED, "angebot", "500 pallets", uid_of("deal", 3).hex(), uid_of("deal", 3).hex()[:20], "⚡"),
    "lead": (*sample.TITLED, "angebot", "500 pallets", uid_of("lead", 3).hex(), uid_of("lead", 4).hex()[:30], "⚡"),
    "location": ("hamburg", "elbchaussee hamburg", "dorde", "ZOOM", "zoo"),
    "participants": ("anna", "berg", "Anna Berg", "anna.berg@almeda.example", uid_of("contact", 9).hex(), "⚡"),
    "owner": (ME, "lena", "lukasz BERG", "lb@mycrm.example", "Me", "nobody", uid_of("user", 2).hex()),
    "tags": (*sample.TAGS, "Vip", "vip-2026", "fair koln"),
    "language": ("DE", "en-gb", "fr"),
    "time_zone": ("europe/berlin", "America/New_York"),
    "currency": ("eur", "JPY"),
    "domain": (*sample.DOMAINS, "ALMEDA.example"),
    "industry": ("LOGISTICS", "health-care"),
    "source": (*sample.SOURCES, "web site"),
    "outcome": ("no answer", "agreed"),
    "churn_reason": ("price", "HIGH too", "zu teuer", "teuer"),
    "country": sample.COUNTRIES,
    "size": (0, 1, 49, 50, 50.5, 51, 2**70),
    "cadence_days": (0, 30, 49.5, 90, 91),
    "duration_s": (0, 60, 3600, 59),
    "amount": tuple(
        Amount(Decimal(value), currency)
        for value in ("0", "19.99", "20", "1999", "1.999", "-0.5", "120000")
        for currency in ("", "EUR", "JPY", "KWD")
    ),
    "uid": (uid_of("contact", 7).hex(), uid_of("company", 7).hex()[:31], "6", "63"),
    "id": (1, 7, 40, 10**17),
}
_MOMENTS = (
    Moment(datetime(2026, 11, 22, 8, 30)),  # noqa: DTZ001 - clock time where the rep is
    Moment(datetime(2026, 11, 22, 13, 30, tzinfo=UTC)),
    Moment(datetime(2026, 11, 21, 13, 30, 1, tzinfo=UTC)),
)
_SPANS = tuple(
    Days(day, day) for day in (date(2026, 11, 22), date(2026, 11, 21), date(2025, 11, 22), date(2000, 2, 29))
)
_LONG_SPANS = (
    Days(date(2026, 11, 1), date(2026, 11, 30)),
    Days(date(2025, 1, 1), date(2025, 12, 31)),
    Days(date(1990, 1, 1), date(1990, 1, 1)),
)


_AGES = (
    *(Age(count, AgeUnit.DAY) for count in (0, 1, 7, 30, 365)),
    *(Age(count, AgeUnit.WEEK) for count in (1, 52)),
    *(Age(count, AgeUnit.MONTH) for count in (1, 9)),
    *(Age(count, AgeUnit.YEAR) for count in (0, 1, 9999)),
)


def known_values(field: FilterField) -> tuple[Value, ...]:
    """Values of which some are there, and some are not."""
    if field.matching is Matching.CHOICE:
        return field.choices
    if field.matching is Matching.YES_NO:
        return (True, False)
    if field.matching in (Matching.DATE, Matching.MOMENT):
        moments = _MOMENTS if field.matching is Matching.MOMENT else ()
        return (*_SPANS, *_LONG_SPANS, *moments, *Period)
    if field.custom is not None:
        return (0, 1, 10, 10.5, 11) if field.matching is Matching.NUMBER else sample.CITIES
    return _BY_FIELD[field.name]


def values_of(field: FilterField) -> st.SearchStrategy[Value]:
    """Known values and, where there can be any, patterns."""
    known = st.sampled_from(known_values(field))
    if field.matching is Matching.PHONE:
        return known | st.sampled_from(_PHONE_PATTERNS)
    return known | _PATTERNS if field.matching in PATTERNED else known


def known_ages(field: FilterField) -> tuple[Age, ...]:
    """How long ago: often exactly as long as something was; none for what is no date."""
    if field.matching is Matching.MOMENT:
        return (*_AGES, Age(24, AgeUnit.HOUR), Age(168, AgeUnit.HOUR))
    return _AGES if field.matching is Matching.DATE else ()


def ages_of(field: FilterField) -> st.SearchStrategy[Age] | None:
    """The known ages, as a strategy."""
    return st.sampled_from(known_ages(field)) if known_ages(field) else None


def every_comparison(field: FilterField) -> list[Comparison]:
    """Every operator of the field with every known value, and ranges between neighbours."""
    values = known_values(field)
    found = [Comparison(field.name, Operator.EMPTY), Comparison(field.name, Operator.FILLED)]
    found += [Comparison(field.name, Operator.IS, (value,)) for value in values]
    found.append(Comparison(field.name, Operator.IS, tuple(values)))
    if field.matching in ORDERED:
        for pool in (values, known_ages(field)):
            found += [Comparison(field.name, operator, (value,)) for operator in ORDERING for value in pool]
            for low, high in pairwise(pool):
                found.append(Comparison(field.name, Operator.BETWEEN, (low, high)))
                found.append(Comparison(field.name, Operator.BETWEEN, (high, low)))
    return found


WORDS: Final = st.lists(
    st.sampled_from(
        ("an", "Berg", "bergm", "al", "ALMEDA", "łuk", "soren", "x", "हि", "花", "discount", "pal", "&", "⚡", "gro")
    ),
    min_size=1,
    max_size=2,
).map(lambda words: Words(tuple(words)))
