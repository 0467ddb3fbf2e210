"""Joins names, firms, journeys and contracts into the contacts of a world, the cast and duplicates among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from services.demo.contracts import draw_contracts
from services.demo.draws import Stream
from services.demo.duplicates import (
    DuplicateKind,
    damage_names,
    draw_doubles,
    draw_kinds,
    list_duplicates,
    share_mobiles,
)
from services.demo.journeys import NEVER, draw_journeys
from services.demo.latents import SEGMENT_WEIGHTS, SEGMENTS, draw_latents
from services.demo.people import (
    ALONE,
    ContactColumns,
    draw_birthdays,
    draw_emails,
    draw_names,
    draw_people,
    draw_phones,
    draw_places,
    draw_remarks,
    draw_tags,
    draw_titles,
)

if TYPE_CHECKING:
    from datetime import date

    from services.demo.cast import Cast
    from services.demo.companies import CompanyColumns
    from services.demo.draws import BoolArray, IntArray
    from services.demo.duplicates import Doubles, PlantedDuplicate
    from services.demo.journeys import Journeys
    from services.demo.latents import Latents
    from services.demo.people import NameColumns, PersonCodes
    from services.demo.plan import Calendar, DemoPlan
    from services.demo.pools import Pools

_REASON_BASE: Final = (0.24, 0.18, 0.10, 0.12, 0.09, 0.11, 0.06, 0.10)
_REASON_PAIN: Final = (0.0, 0.10, 0.60, 0.12, 0.0, 0.0, 0.0, 0.0)
_REASON_COOLING: Final = (0.05, 0.10, 0.0, 0.0, 0.06, 0.06, 0.0, 0.40)
_REASON_CHAMPION: Final = (0.0, 0.35, 0.0, 0.0, 0.15, 0.10, 0.15, 0.0)
_CAST_ENGAGEMENT: Final = 0.3
_CAST_QUALITY: Final = 0.3


@dataclass(frozen=True, slots=True)
class Population:
    """The contacts of a world with what is true about them; `reasons` are codes of reasons for leaving."""

    contacts: ContactColumns
    latents: Latents
    journeys: Journeys
    duplicates: tuple[PlantedDuplicate, ...]
    fresh: BoolArray
    reasons: IntArray


@dataclass(frozen=True, slots=True)
class _Ground:
    plan: DemoPlan
    calendar: Calendar
    pools: Pools
    cast: Cast
    companies: CompanyColumns
    doubles: Doubles


def make_population(
    plan: DemoPlan, *, calendar: Calendar, pools: Pools, cast: Cast, companies: CompanyColumns
) -> Population:
    """Draw all contacts, and set the lifecycles of their companies."""
    count, size = plan.contacts, len(cast.contacts)
    doubles = draw_doubles(plan.seed, count=count, cast=size)
    ground = _Ground(plan, calendar, pools, cast, companies, doubles)
    codes = draw_people(
        plan.seed, count=count, pools=pools, companies=companies, cast_companies=cast.company_of()
    ).rows(doubles.source(count))
    fresh = _fresh_rows(ground)
    segment = np.where(
        codes.company == ALONE,
        Stream(plan.seed, "segments").pick((*SEGMENT_WEIGHTS[:1], 0.0, 0.0, 0.0), count),
        companies.segment[codes.company],
    )
    latents = draw_latents(plan.seed, segment=segment, periods=calendar.periods + 2)
    _set_cast_latents(latents, cast)
    journeys = draw_journeys(plan.seed, latents=latents, calendar=calendar, cast=size, fresh=fresh)
    reasons = _reasons(plan.seed, latents=latents, journeys=journeys, calendar=calendar)
    contacts, kinds = _columns(ground, codes=codes, latents=latents, journeys=journeys, reasons=reasons)
    _write_cast(contacts, cast)
    _set_company_lifecycles(companies, contacts, journeys)
    duplicates = list_duplicates(doubles, kinds=kinds, keys=contacts.keys, cast=cast)
    return Population(contacts, latents, journeys, duplicates, fresh, reasons)


def _fresh_rows(ground: _Ground) -> BoolArray:
    fresh = np.zeros(ground.plan.contacts, dtype=np.bool_)
    fresh[ground.doubles.rows] = True
    fresh[: len(ground.cast.contacts)] = [bool(contact.duplicate_of) for contact in ground.cast.contacts]
    return fresh


def _set_cast_latents(latents: Latents, cast: Cast) -> None:
    for row, contact in enumerate(cast.contacts):
        given = contact.latents
        latents.engagement[:2, row] = given.get("engagement", _CAST_ENGAGEMENT)
        latents.quality[row] = given.get("quality", _CAST_QUALITY)
        latents.cooling[0, row] = bool(given.get("cooling", 0))
        latents.pain[0, row] = bool(given.get("pain", 0))
        latents.champion_left[:2, row] = [bool(given.get("champion", 0)), False]


def _reasons(seed: int, *, latents: Latents, journeys: Journeys, calendar: Calendar) -> IntArray:
    """Codes of reasons that fit the state the relation was in."""
    count = len(journeys.left)
    day = np.minimum(journeys.left, calendar.days - 1)
    period = np.minimum((calendar.days - 1 - day) // 90 + 1, latents.periods - 1)
    rows = np.arange(count)
    weights = (
        np.array(_REASON_BASE)[None, :]
        + latents.pain[period, rows][:, None] * np.array(_REASON_PAIN)
        + latents.cooling[period, rows][:, None] * np.array(_REASON_COOLING)
        + latents.champion_left[period, rows][:, None] * np.array(_REASON_CHAMPION)
    )
    edges = np.cumsum(weights, axis=1)
    target = Stream(seed, "reasons").uniform(count) * edges[:, -1]
    reasons: IntArray = (target[:, None] >= edges[:, :-1]).sum(axis=1).astype(np.int64)
    return reasons


def _columns(
    ground: _Ground, *, codes: PersonCodes, latents: Latents, journeys: Journeys, reasons: IntArray
) -> tuple[ContactColumns, list[DuplicateKind]]:
    seed, pools, companies = ground.plan.seed, ground.pools, ground.companies
    count, calendar = len(codes.company), ground.calendar
    names = draw_names(codes, pools)
    _write_cast_names(names, ground.cast)
    mobiles, offices = draw_phones(seed, country=codes.country, cast=len(ground.cast.contacts), pools=pools)
    kinds = draw_kinds(seed, ground.doubles, names=names, mobiles=mobiles)
    damage_names(seed, ground.doubles, names=names, kinds=kinds)
    share_mobiles(seed, ground.doubles, mobiles=mobiles, kinds=kinds)
    privately = [
        row
        for row, kind in zip(ground.doubles.rows.tolist(), kinds, strict=True)
        if kind is DuplicateKind.OTHER_MAIL
    ]
    emails, private_emails = draw_emails(
        seed,
        codes=codes,
        names=names,
        domains=companies.domains,
        fixed={row: c.email or _local(names, row) for row, c in enumerate(ground.cast.contacts)},
        only_private=privately,
    )
    places = draw_places(seed, codes=codes, companies=companies, pools=pools)
    cities = [city for country in pools.countries for city in country.cities]
    towns = [cities[code] for code in places.city_code.tolist()]
    zones = {zone: code for code, zone in enumerate(pools.zones())}
    countries = [pools.countries[code] for code in codes.country.tolist()]
    contracts = draw_contracts(seed, latents=latents, journeys=journeys, calendar=calendar)
    is_double = np.zeros(count, dtype=np.bool_)
    is_double[ground.doubles.rows] = True
    roles = Stream(seed, "roles").below(len(pools.words.roles), count).tolist()
    left = (journeys.left < NEVER).tolist()
    remarks = draw_remarks(seed, count=count, remarks=pools.words.remarks)
    words = pools.words
    return (
        ContactColumns(
            companies=codes.company,
            second_companies=np.where(is_double, ALONE, codes.second_company),
            segment=latents.segment,
            culture_code=codes.culture,
            industry_code=_trades(seed, codes=codes, companies=companies, pools=pools),
            zone_code=np.array([zones[town.zone] for town in towns], dtype=np.int64),
            keys=[f"C-{number:06d}" for number in range(1, count + 1)],
            first_names=names.first,
            last_names=names.last,
            call_names=names.call,
            call_cities=[town.name.roman.split(",")[0] for town in towns],
            titles=draw_titles(seed, segment=latents.segment, titles=words.titles),
            second_roles=[
                words.roles[role] if firm != ALONE and not double else ""
                for role, firm, double in zip(roles, codes.second_company.tolist(), is_double, strict=True)
            ],
            emails=emails,
            private_emails=private_emails,
            mobiles=mobiles,
            offices=offices,
            streets=places.streets,
            postal_codes=places.postal_codes,
            cities=places.cities,
            countries=[country.code for country in countries],
            currencies=[country.currency for country in countries],
            languages=[town.language for town in towns],
            time_zones=[town.zone for town in towns],
            birthdays=draw_birthdays(seed, count),
            remarks=["" if double else text for text, double in zip(remarks, is_double, strict=True)],
            tags=draw_tags(seed, count=count, tags=words.tags),
            plans=contracts.plans,
            seats=contracts.seats,
            contract_ends=contracts.ends,
            newsletters=contracts.newsletters,
            segments=[SEGMENTS[code] for code in latents.segment.tolist()],
            lifecycles=_lifecycles(journeys),
            known_since=[calendar.date_of(day) for day in journeys.known.tolist()],
            customer_since=_dates(journeys.customer, calendar),
            churned_ms=[moment if gone else None for moment, gone in zip(journeys.left_ms.tolist(), left, strict=True)],
            churn_reasons=[
                words.churn_reasons[code] if gone else "" for code, gone in zip(reasons.tolist(), left, strict=True)
            ],
        ),
        kinds,
    )
