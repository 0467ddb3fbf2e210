"""A few hundred invented records in which every kind of value, and every kind of missing value, occurs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, Final, TypeVar

from services.clock import to_millis
from services.records.fields import ACTIVITY_TYPES, CHANNELS, CONTACT_LIFECYCLES
from tests.services.store.queries.people import (
    PLAN,
    REGION,
    RENEWAL,
    SEATS,
    VIP,
    Address,
    Book,
    Entry,
    Organisation,
    Person,
    Record,
    Titled,
    User,
)

Item = TypeVar("Item")

NOW: Final = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)
FIRST_NAMES: Final = ("Anna", "Łukasz", "Søren", "Chloé", "Mei-Lin", "هدى", "हिन्दी", "花子", "Annabel", "O'Neil")
LAST_NAMES: Final = ("Berg", "Großmann", "Bergmann", "Đorđević", "van der Berg", "田中", "El Amrani")
CITIES: Final = ("Hamburg", "Köln", "KOLN", "New York", "Łódź", "Bad Homburg", "東京", "–")
COMPANIES: Final = ("Almeda Logistics", "Almeda", "Berg & Co", "Ñandú S.A.", "⚡", "⭐", "Vireo Health", "berg co")
TAGS: Final = ("vip", "VIP 2026", "Fair Köln", "🔥", "⭐")
DOMAINS: Final = ("almeda.example", "myexample", "shop.almeda.example", "bücher.example")
EMAILS: Final = ("anna.berg@almeda.example", "Soren@Vireo.example", "o'neil@x.example", "info@almeda.example")
PHONES: Final = ("+494012345", "+4917112345", "+12125550100", "04012345")
URLS: Final = ("https://www.almeda.example", "http://vireo.example/de", "https://vireo.example")
PROFILES: Final = ("@anna.berg", "https://www.linkedin.com/in/anna")
REASONS: Final = ("Price too high", "zu teuer!")
TITLES: Final = ("Head of Procurement", "Procurement Lead", "CEO", "", "Geschäftsführer")
NOTES: Final = ("Asked for a discount from 400 pallets.", "Größere Menge im März", "call back 🔥", "हिन्दी में", "")
LANGUAGES: Final = ("de", "en-GB", "pt-BR")
ZONES: Final = ("Europe/Berlin", "America/New_York")
COUNTRIES: Final = ("DE", "US", "PL")
PLACES: Final = ("Hamburg, Elbchaussee 1", "bei Đorđe", "Zoom", "")
TITLED: Final = ("Angebot Łódź", "Pallets 500+", "⚡ Pilot", "Pilot", "angebot lodz")
KEYS: Final = ("A-1", "a 1", "003Xy", "A*1")
SOURCES: Final = ("Trade fair", "trade-fair", "Web[site]")
INDUSTRIES: Final = ("Logistics", "logistics", "Health care")
BIRTHDAYS: Final = ("1986-11-14", "1990-01-01", "1989-12-31", "2000-02-29", "--11-14")
CURRENCIES: Final = ("EUR", "JPY", "KWD", "USD")


def _moment(random: Random) -> int:
    """A moment within two years; often a round one, at a distance that is asked for."""
    if random.random() < 0.3:
        return to_millis(NOW - timedelta(days=random.choice((0, 1, 7, 30, 365)), seconds=random.choice((0, 1, -1))))
    return to_millis(NOW - timedelta(minutes=random.randrange(-60_000, 1_000_000)))


def _day(random: Random) -> str:
    return (date(2026, 11, 22) - timedelta(days=random.choice((0, 1, 7, 30, 31, 365, 366, 800)))).isoformat()


def _some(random: Random, items: tuple[Item, ...], *, most: int = 2) -> tuple[Item, ...]:
    return tuple(random.sample(items, random.randrange(most + 1)))


def _maybe(random: Random, items: tuple[Item, ...]) -> Item | None:
    return random.choice((None, *items))


def _custom(random: Random) -> dict[str, Any]:
    values: dict[str, Any] = {
        SEATS.uid.hex(): random.choice((0, 1, 10, 10.5, 50, -3)),
        PLAN.uid.hex(): random.choice(PLAN.options),
        RENEWAL.uid.hex(): _day(random),
        VIP.uid.hex(): random.choice((0, 1)),
        REGION.uid.hex(): random.choice(CITIES),
    }
    return {key: value for key, value in values.items() if random.random() < 0.6}


def _common(random: Random, number: int) -> dict[str, Any]:
    return {
        "id": number,
        "created_at": _moment(random),
        "deleted_at": 1 if random.random() < 0.1 else None,
        "external_key": _maybe(random, KEYS),
        "source": _maybe(random, SOURCES),
        "notes": _maybe(random, NOTES),
        "owner": _maybe(random, (1, 2, 3)),
        "tags": _some(random, TAGS),
        "lifecycle": _maybe(random, CONTACT_LIFECYCLES),
        "churned_at": random.choice((None, _moment(random))),
        "churn_reason": _maybe(random, REASONS),
    }


def _reachable(random: Random, record: Record) -> None:
    record.phones = _some(random, PHONES)
    record.urls = _some(random, URLS, most=1)
    record.socials = _some(random, PROFILES, most=1)
    record.addresses = tuple(
        Address(f"Hauptstraße {number}", _maybe(random, CITIES), _maybe(random, COUNTRIES))
        for number in range(random.randrange(3))
    )
    # Every record that has a phone has a point of which something can be known.
    record.verified = bool(record.phones) and random.random() < 0.3
    record.bounced = bool(record.phones) and random.random() < 0.2


def sample_book(*, people: int = 160, organisations: int = 40, entries: int = 200) -> Book:
    """The same book at every call."""
    random = Random(20261122)
    book = Book(
        users=[
            User(1, "Lena Hartmann", "lena@mycrm.example"),
            User(2, "Łukasz Berg", "LB@mycrm.example"),
            User(3, "Me", "third@mycrm.example"),
        ]
    )
    for number in range(1, organisations + 1):
        company = Organisation(
            **_common(random, number),
            name=random.choice(COMPANIES),
            domains=_some(random, DOMAINS, most=3),
            industry=_maybe(random, INDUSTRIES),
            size=_maybe(random, (0, 1, 49, 50, 51, 5000)),
            customer_since=random.choice((None, _day(random))),
        )
        _reachable(random, company)
        book.organisations.append(company)
    employers = tuple(range(1, organisations - 3))  # the last ones have nobody and were never in touch
    for number in range(1, people + 1):
        person = Person(
            **_common(random, number),
            custom=_custom(random),
            first_name=_maybe(random, FIRST_NAMES),
            last_name=_maybe(random, LAST_NAMES),
            title=_maybe(random, TITLES),
            birthday=_maybe(random, BIRTHDAYS),
            language=_maybe(random, LANGUAGES),
            time_zone=_maybe(random, ZONES),
            preferred_channel=_maybe(random, CHANNELS),
            cadence_days=_maybe(random, (0, 30, 49, 50, 90)),
            do_not_contact=_maybe(random, (0, 1)),
            company=_maybe(random, employers),
        )
        _reachable(random, person)
        person.emails = _some(random, EMAILS)
        book.people.append(person)
    for number in range(1, 13):
        for titled in (book.deals, book.leads):
            gone = 1 if number % 5 == 0 else None
            titled.append(Titled(number, deleted_at=gone, name=TITLED[number % len(TITLED)]))
    for number in range(1, entries + 1):
        book.entries.append(
            Entry(
                **{**_common(random, number), "lifecycle": None, "churned_at": None, "churn_reason": None},
                type=random.choice(ACTIVITY_TYPES),
                contact=_maybe(random, tuple(range(1, people + 1))),
                company=_maybe(random, employers),
                deal=_maybe(random, tuple(range(1, 13))),
                lead=_maybe(random, tuple(range(1, 13))),
                occurred_at=_moment(random),
                recorded_at=_moment(random),
                subject=_maybe(random, (*TITLES, "Pricing for Köln")),
                body=_maybe(random, NOTES),
                outcome=_maybe(random, ("No answer", "Agreed")),
                duration_s=_maybe(random, (0, 60, 3600)),
                amount=_maybe(random, (0, 1999, 2000, 120_000, -50)),
                currency=_maybe(random, CURRENCIES),
                direction=_maybe(random, ("in", "out")),
                location=_maybe(random, PLACES),
                participants=tuple(random.sample(range(1, people + 1), random.choice((0, 0, 1, 3)))),
            )
        )
    return book
