"""The firms of the demo world: unique names and domains that fit their trade and country."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from services.demo.addresses import draw_addresses
from services.demo.company_names import draw_cores, make_domains, make_unique
from services.demo.draws import Stream
from services.demo.latents import SEGMENT_WEIGHTS, SEGMENTS
from services.demo.phones import numbers
from services.demo.pools import Ragged

if TYPE_CHECKING:
    from datetime import date

    from services.demo.cast import Cast
    from services.demo.draws import IntArray
    from services.demo.pools import Pools

_SIZE_MEDIAN: Final = (24.0, 190.0, 1400.0, 420.0)
_SIZE_SPREAD: Final = 0.75


@dataclass(slots=True)
class CompanyColumns:
    """One entry a company in every column; codes are indexes into the pools, `*_ms` in ms UTC or None."""

    segment: IntArray
    industry_code: IntArray
    country_code: IntArray
    city_code: IntArray
    keys: list[str]
    names: list[str]
    domains: list[str]
    industries: list[str]
    sizes: list[int]
    phones: list[str]
    websites: list[str]
    streets: list[str]
    postal_codes: list[str]
    cities: list[str]
    countries: list[str]
    currencies: list[str]
    lifecycles: list[str]
    customer_since: list[date | None]
    churned_ms: list[int | None]
    churn_reasons: list[str]

    def __len__(self) -> int:
        return len(self.keys)


def make_companies(seed: int, *, count: int, pools: Pools, cast: Cast) -> CompanyColumns:
    """Draw `count` firms, those of the cast first; lifecycles are left open until their people are known."""
    stream = Stream(seed, "companies")
    fixed = len(cast.companies)
    codes = [country.code for country in pools.countries]
    segment = stream.pick(SEGMENT_WEIGHTS, count)
    industry = stream.below(len(pools.industries), count)
    country = stream.pick(pools.country_weights(), count)
    city_share = stream.uniform(count)
    size = np.array(_SIZE_MEDIAN)[segment] * np.exp(_SIZE_SPREAD * stream.normal(count))
    sizes = np.maximum(size, 2).astype(np.int64)
    trades = [entry.name for entry in pools.industries]
    for row, company in enumerate(cast.companies):
        segment[row] = SEGMENTS.index(company.segment)
        industry[row] = trades.index(company.industry)
        country[row] = codes.index(company.country)
        sizes[row] = company.size
    places = draw_addresses(Stream(seed, "company addresses"), country=country, city_share=city_share, pools=pools)
    for row, company in enumerate(cast.companies):
        places.move(row, city=company.city, pools=pools)
    fixed_names = [company.name for company in cast.companies]
    cores = fixed_names + draw_cores(
        Stream(seed, "company names"), industry=industry[fixed:], country=country[fixed:], pools=pools
    )
    make_unique(cores, pools=pools)
    legal = Ragged.of([len(entry.legal) for entry in pools.countries]).at(country, stream.uniform(count))
    forms = [form for entry in pools.countries for form in entry.legal]
    names = [f"{core} {forms[form]}" for core, form in zip(cores, legal.tolist(), strict=True)]
    names[:fixed] = fixed_names
    domains = make_domains(cores, given=[company.domain for company in cast.companies])
    return CompanyColumns(
        segment=segment,
        industry_code=industry,
        country_code=country,
        city_code=places.city_code,
        keys=[f"CO-{number:05d}" for number in range(1, count + 1)],
        names=names,
        domains=domains,
        industries=[trades[code] for code in industry.tolist()],
        sizes=sizes.tolist(),
        phones=numbers(
            [entry.office for entry in pools.countries],
            country=country,
            wanted=np.ones(count, dtype=np.bool_),
        ),
        websites=[f"https://www.{domain}" for domain in domains],
        streets=places.streets,
        postal_codes=places.postal_codes,
        cities=places.cities,
        countries=[codes[code] for code in country.tolist()],
        currencies=[pools.countries[code].currency for code in country.tolist()],
        lifecycles=["prospect"] * count,
        customer_since=[None] * count,
        churned_ms=[None] * count,
        churn_reasons=[""] * count,
    )
