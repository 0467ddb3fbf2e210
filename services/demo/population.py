"""Joins names, firms, journeys and contracts into contacts, the cast and the duplicates among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from services.demo.contacts import (
    ContactColumns,
    add_identity,
    add_profile,
    add_story,
    bare,
    begin_contacts,
    write_cast,
)
from services.demo.draws import Stream
from services.demo.duplicates import (
    DuplicateKind,
    damage_names,
    draw_doubles,
    draw_kinds,
    list_duplicates,
    share_mobiles,
)
from services.demo.journeys import draw_journeys
from services.demo.latents import draw_latents
from services.demo.people import ALONE, draw_emails, draw_names, draw_people, draw_phones
from services.demo.plan import HORIZON_DAYS
from services.demo.pools import to_ascii

if TYPE_CHECKING:
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
    segment = np.where(codes.company == ALONE, 0, companies.segment[codes.company])
    latents = draw_latents(plan.seed, segment=segment, periods=calendar.periods + 2)
    _set_cast_latents(latents, cast)
    journeys = draw_journeys(plan.seed, latents=latents, calendar=calendar, cast=size, fresh=fresh)
    reasons = _reasons(plan.seed, latents=latents, journeys=journeys, calendar=calendar)
    contacts, kinds = _columns(ground, codes=codes, latents=latents, journeys=journeys, reasons=reasons)
    _set_company_lifecycles(companies, contacts)
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
    period = np.minimum((calendar.days - 1 - day) // HORIZON_DAYS + 1, latents.periods - 1)
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
    seed, pools, cast = ground.plan.seed, ground.pools, ground.cast
    doubles = ground.doubles
    columns = begin_contacts(seed, codes=codes, companies=ground.companies, pools=pools, cast=len(cast.contacts))
    names = draw_names(codes, pools)
    _write_cast_names(names, cast)
    mobiles, offices = draw_phones(seed, country=codes.country, cast=len(cast.contacts), pools=pools)
    kinds = draw_kinds(seed, doubles, names=names, mobiles=mobiles)
    damage_names(seed, doubles, names=names, kinds=kinds)
    share_mobiles(seed, doubles, mobiles=mobiles, kinds=kinds)
    pairs = zip(doubles.rows.tolist(), kinds, strict=True)
    mail = draw_emails(
        seed,
        codes=codes,
        names=names,
        domains=ground.companies.domains,
        fixed={
            row: contact.email or f"{names.first_ascii[row]}.{names.last_ascii[row]}"
            for row, contact in enumerate(cast.contacts)
        },
        only_private=[row for row, kind in pairs if kind is DuplicateKind.OTHER_MAIL],
    )
    add_identity(columns, names=names, mail=mail, phones=(mobiles, offices))
    add_profile(seed, columns, segment=latents.segment, pools=pools)
    texts = [pools.words.churn_reasons[code] for code in reasons.tolist()]
    add_story(seed, columns, latents=latents, journeys=journeys, reasons=texts, calendar=ground.calendar)
    bare(columns, doubles.rows.tolist())
    write_cast(columns, cast=cast, calendar=ground.calendar)
    return columns, kinds


def _write_cast_names(names: NameColumns, cast: Cast) -> None:
    for row, contact in enumerate(cast.contacts):
        names.first[row], names.call[row] = contact.first, contact.first
        names.last[row], names.call_last[row] = contact.last, contact.last
        names.first_ascii[row] = to_ascii(contact.first)
        names.last_ascii[row] = to_ascii(contact.last)


def _set_company_lifecycles(companies: CompanyColumns, contacts: ContactColumns) -> None:
    """A firm is a customer while any of its people is, churned once the last one has left."""
    rows = zip(
        contacts.companies.tolist(),
        contacts.lifecycles,
        contacts.customer_since,
        contacts.churned_ms,
        contacts.churn_reasons,
        strict=True,
    )
    for firm, lifecycle, since, churned_ms, reason in rows:
        if firm == ALONE or since is None:
            continue
        companies.customer_since[firm] = min(since, companies.customer_since[firm] or since)
        if lifecycle == "customer":
            companies.lifecycles[firm] = "customer"
            companies.churned_ms[firm], companies.churn_reasons[firm] = None, ""
        elif companies.lifecycles[firm] != "customer" and churned_ms is not None:
            companies.lifecycles[firm] = "churned"
            if churned_ms > (companies.churned_ms[firm] or 0):
                companies.churned_ms[firm], companies.churn_reasons[firm] = churned_ms, reason
