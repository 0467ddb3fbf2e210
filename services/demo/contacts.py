"""The contacts of the demo world as columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from services.demo.contracts import draw_contracts
from services.demo.draws import Stream
from services.demo.journeys import NEVER
from services.demo.latents import SEGMENTS
from services.demo.people import (
    ALONE,
    draw_birthdays,
    draw_places,
    draw_remarks,
    draw_tags,
    draw_titles,
)

if TYPE_CHECKING:
    from datetime import date

    from services.demo.cast import Cast
    from services.demo.companies import CompanyColumns
    from services.demo.draws import IntArray
    from services.demo.journeys import Journeys
    from services.demo.latents import Latents
    from services.demo.people import NameColumns, PersonCodes
    from services.demo.plan import Calendar
    from services.demo.pools import Pools

_CAST_CONTRACT_DAYS: Final = (21, 63, 118, 187, 246, 301)


@dataclass(slots=True)
class ContactColumns:
    """One entry a contact in every column; "" or None where a contact has nothing, `*_ms` moments in ms UTC.

    `companies` and `second_companies` are row numbers of the companies or -1. `call_names`, `call_last_names` and
    `call_cities` are in Latin letters, as the rep writes them. The custom fields are `plans` (choice), `seats`
    (number), `contract_ends` (date), `newsletters` (bool) and `segments` (text).
    """

    keys: list[str]
    companies: IntArray
    second_companies: IntArray
    culture_code: IntArray
    industry_code: IntArray
    zone_code: IntArray
    second_roles: list[str] = field(default_factory=list)
    first_names: list[str] = field(default_factory=list)
    last_names: list[str] = field(default_factory=list)
    call_names: list[str] = field(default_factory=list)
    call_last_names: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    private_emails: list[str] = field(default_factory=list)
    mobiles: list[str] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)
    streets: list[str] = field(default_factory=list)
    postal_codes: list[str] = field(default_factory=list)
    cities: list[str] = field(default_factory=list)
    call_cities: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    currencies: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    time_zones: list[str] = field(default_factory=list)
    birthdays: list[date | None] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    tags: list[tuple[str, ...]] = field(default_factory=list)
    plans: list[str] = field(default_factory=list)
    seats: list[int | None] = field(default_factory=list)
    contract_ends: list[date | None] = field(default_factory=list)
    newsletters: list[bool] = field(default_factory=list)
    segments: list[str] = field(default_factory=list)
    lifecycles: list[str] = field(default_factory=list)
    known_since: list[date] = field(default_factory=list)
    customer_since: list[date | None] = field(default_factory=list)
    churned_ms: list[int | None] = field(default_factory=list)
    churn_reasons: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.keys)


def begin_contacts(
    seed: int, *, codes: PersonCodes, companies: CompanyColumns, pools: Pools, cast: int
) -> ContactColumns:
    """Columns with keys, firms and places; the rest is added below."""
    count = len(codes.company)
    places = draw_places(seed, codes=codes, companies=companies, pools=pools, cast=cast)
    cities = [city for country in pools.countries for city in country.cities]
    towns = [cities[code] for code in places.city_code.tolist()]
    countries = [pools.countries[code] for code in codes.country.tolist()]
    zones = {zone: code for code, zone in enumerate(pools.zones())}
    stream = Stream(seed, "trades and roles")
    own_trade = stream.below(len(pools.industries), count)
    role = stream.below(len(pools.words.roles), count).tolist()
    return ContactColumns(
        keys=[f"C-{number:06d}" for number in range(1, count + 1)],
        companies=codes.company,
        second_companies=codes.second_company,
        culture_code=codes.culture,
        industry_code=np.where(codes.company == ALONE, own_trade, companies.industry_code[codes.company]),
        zone_code=np.array([zones[town.zone] for town in towns], dtype=np.int64),
        second_roles=[
            pools.words.roles[code] if firm != ALONE else ""
            for code, firm in zip(role, codes.second_company.tolist(), strict=True)
        ],
        streets=places.streets,
        postal_codes=places.postal_codes,
        cities=places.cities,
        call_cities=[town.name.roman.split(",")[0] for town in towns],
        countries=[country.code for country in countries],
        currencies=[country.currency for country in countries],
        languages=[town.language for town in towns],
        time_zones=[town.zone for town in towns],
    )


def add_identity(
    columns: ContactColumns,
    *,
    names: NameColumns,
    mail: tuple[list[str], list[str]],
    phones: tuple[list[str], list[str]],
) -> None:
    """Names and contact points."""
    columns.first_names, columns.last_names = names.first, names.last
    columns.call_names, columns.call_last_names = names.call, names.call_last
    columns.emails, columns.private_emails = mail
    columns.mobiles, columns.offices = phones


def add_profile(seed: int, columns: ContactColumns, *, segment: IntArray, pools: Pools) -> None:
    """Title, birthday, tags and remarks."""
    count, words = len(columns), pools.words
    columns.titles = draw_titles(seed, segment=segment, titles=words.titles)
    columns.birthdays = draw_birthdays(seed, count)
    columns.remarks = draw_remarks(seed, count=count, remarks=words.remarks)
    columns.tags = draw_tags(seed, count=count, tags=words.tags)
    columns.segments = [SEGMENTS[code] for code in segment.tolist()]


def add_story(
    seed: int,
    columns: ContactColumns,
    *,
    latents: Latents,
    journeys: Journeys,
    reasons: list[str],
    calendar: Calendar,
) -> None:
    """Lifecycle, dates and what was bought; `reasons` are those each would leave for."""
    contracts = draw_contracts(seed, latents=latents, journeys=journeys, calendar=calendar)
    columns.plans, columns.seats = contracts.plans, contracts.seats
    columns.contract_ends, columns.newsletters = contracts.ends, contracts.newsletters
    bought, left = (journeys.customer < NEVER).tolist(), (journeys.left < NEVER).tolist()
    columns.lifecycles = [
        "churned" if gone else "customer" if signed else "prospect" for gone, signed in zip(left, bought, strict=True)
    ]
    columns.known_since = [calendar.date_of(day) for day in journeys.known.tolist()]
    columns.customer_since = [
        calendar.date_of(day) if signed else None
        for day, signed in zip(journeys.customer.tolist(), bought, strict=True)
    ]
    columns.churned_ms = [
        moment if gone else None for moment, gone in zip(journeys.left_ms.tolist(), left, strict=True)
    ]
    columns.churn_reasons = [reason if gone else "" for reason, gone in zip(reasons, left, strict=True)]


def bare(columns: ContactColumns, rows: list[int]) -> None:
    """Take remarks, tags, birthdays and second firms from duplicates: second entries are made in haste."""
    columns.second_companies[rows] = ALONE
    for row in rows:
        columns.second_roles[row], columns.remarks[row] = "", ""
        columns.tags[row], columns.birthdays[row] = (), None


def write_cast(columns: ContactColumns, *, cast: Cast, calendar: Calendar) -> None:
    """Put what is written by hand over what was drawn for the first rows."""
    for row, contact in enumerate(cast.contacts):
        columns.titles[row], columns.remarks[row], columns.tags[row] = (
            contact.title,
            contact.notes,
            contact.tags,
        )
        columns.mobiles[row] = contact.mobile or columns.mobiles[row]
        columns.offices[row] = contact.office or columns.offices[row]
        columns.streets[row] = contact.street or columns.streets[row]
        columns.postal_codes[row] = contact.postal_code or columns.postal_codes[row]
        columns.languages[row] = contact.language or columns.languages[row]
        columns.plans[row], columns.seats[row] = contact.plan, contact.seats or None
        days = _CAST_CONTRACT_DAYS[row % len(_CAST_CONTRACT_DAYS)]
        columns.contract_ends[row] = calendar.date_of(calendar.days - 1 + days) if contact.plan else None
