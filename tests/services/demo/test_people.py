"""The people and firms of a world: unique, reachable, of many tongues."""

from __future__ import annotations

import re

import numpy as np
import phonenumbers
import pytest

from services.demo.phones import numbers
from services.demo.pools import load_pools, to_ascii
from tests.services.demo.worlds import world_of

POOLS = load_pools()


def test_keys_emails_and_domains_occur_once() -> None:
    world = world_of(20_000)
    addresses = [address for address in (*world.contacts.emails, *world.contacts.private_emails) if address]
    assert len(set(addresses)) == len(addresses) > 18_000
    assert len(set(world.contacts.keys)) == 20_000
    assert len(set(world.companies.keys)) == len(world.companies)
    assert len({name.casefold() for name in world.companies.names}) == len(world.companies)
    assert len(set(world.companies.domains)) == len(world.companies)


def test_addresses_and_domains_are_plain_ascii_under_example() -> None:
    world = world_of(20_000)
    label = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
    address = re.compile(rf"[a-z0-9-]+(?:\.[a-z0-9-]+)?@{label}\.example")
    for email in (*world.contacts.emails, *world.contacts.private_emails):
        assert not email or address.fullmatch(email), email
    assert all(re.fullmatch(rf"{label}\.example", domain) for domain in world.companies.domains)


def test_every_phone_is_a_valid_number_of_its_country() -> None:
    world = world_of(5000)
    contacts, companies = world.contacts, world.companies
    checked = 0
    for country, phone in (
        *zip(contacts.countries, contacts.mobiles, strict=True),
        *zip(contacts.countries, contacts.offices, strict=True),
        *zip(companies.countries, companies.phones, strict=True),
    ):
        if not phone or phone in {"+491715550138", "+494055501900"}:
            continue
        parsed = phonenumbers.parse(phone, None)
        assert phonenumbers.is_valid_number(parsed), phone
        assert phonenumbers.region_code_for_number(parsed) == country
        assert phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) == phone
        checked += 1
    assert checked > 5000


@pytest.mark.parametrize("country", POOLS.countries, ids=lambda country: country.code)
def test_every_range_of_numbers_is_valid_from_end_to_end(country: object) -> None:
    place = next(entry for entry in POOLS.countries if entry is country)
    for pattern in (*place.mobile, *place.office):
        prefix, digits = pattern.rstrip("#"), pattern.count("#")
        assert pattern == prefix + "#" * digits
        for suffix in range(0, 10**digits, max(10**digits // 300, 1)):
            parsed = phonenumbers.parse(f"{prefix}{suffix:0{digits}d}", None)
            assert phonenumbers.is_valid_number(parsed), (pattern, suffix)
            assert phonenumbers.region_code_for_number(parsed) == place.code


def test_numbers_differ_until_the_ranges_of_a_country_are_used_up() -> None:
    rows = np.zeros(1000 + 100 + 50, dtype=np.int64)
    taken = numbers([("+4930231250##", "+493023126###")], country=rows, wanted=np.ones(1150, dtype=np.bool_))
    assert len(set(taken[:1100])) == 1100
    assert taken[0].startswith("+4930231250")
    assert taken[1100:] == taken[100:150]


def test_names_of_many_tongues_are_there_as_they_are_written() -> None:
    world = world_of(20_000)
    first, last = set(world.contacts.first_names), set(world.contacts.last_names)
    assert {"Łukasz", "Søren", "Đorđe", "İpek", "Θεοδώρα", "健太", "فاطمة", "Олена", "지은", "美玲"} <= first
    assert {"Großmann", "Straßer", "Kießling", "Παπαδόπουλος", "佐藤", "الحداد", "Шевченко", "Nováková"} <= last


def test_there_are_enough_names_in_every_culture() -> None:
    assert len(POOLS.cultures) >= 12
    for culture in POOLS.cultures:
        given = {name.native for gender in culture.given for name in gender}
        family = {name.native for name in culture.family[1]}
        assert len(given) >= 40, culture.name
        assert len(family) >= 60, culture.name
        for names in (*culture.given, *culture.family):
            assert all(re.fullmatch(r"[a-z0-9-]+", name.ascii) for name in names), culture.name


@pytest.mark.parametrize(
    ("text", "umlauts", "expected"),
    [
        ("Łukasz", False, "lukasz"),
        ("Søren", False, "soren"),
        ("Đorđe", False, "dorde"),
        ("İpek", False, "ipek"),
        ("Yılmaz", False, "yilmaz"),
        ("Straßer", False, "strasser"),
        ("Müller", True, "mueller"),
        ("Müller", False, "muller"),
        ("Zoë", True, "zoe"),
        ("O'Brien", False, "obrien"),
        ("Al Haddad", False, "alhaddad"),
        ("Jean-Marc", False, "jean-marc"),
        ("Ẹniọlá", False, "eniola"),
    ],
)
def test_names_become_ascii_the_way_addresses_have_them(text: str, umlauts: bool, expected: str) -> None:
    assert to_ascii(text, umlauts=umlauts) == expected


def test_columns_are_complete_and_fit_each_other() -> None:
    world = world_of(5000)
    contacts, companies = world.contacts, world.companies
    for columns in (contacts, companies):
        lengths = {len(getattr(columns, name)) for name in columns.__dataclass_fields__}
        assert lengths == {len(columns)}
    assert contacts.companies.max() < len(companies)
    assert len(set(contacts.companies.tolist()) - {-1}) > 0.97 * len(companies)
    assert (contacts.companies == -1).mean() < 0.12
    second = contacts.second_companies >= 0
    assert second.any()
    assert (contacts.second_companies[second] != contacts.companies[second]).all()
    assert all(bool(role) == bool(has) for role, has in zip(contacts.second_roles, second, strict=True))


def test_firms_are_customers_while_any_of_their_people_is() -> None:
    world = world_of(5000)
    people: dict[int, set[str]] = {}
    for firm, lifecycle in zip(world.contacts.companies.tolist(), world.contacts.lifecycles, strict=True):
        people.setdefault(firm, set()).add(lifecycle)
    for firm, lifecycle in enumerate(world.companies.lifecycles):
        found = people.get(firm, {"prospect"})
        expected = "customer" if "customer" in found else "churned" if "churned" in found else "prospect"
        assert lifecycle == expected
        assert (world.companies.churned_ms[firm] is not None) == (lifecycle == "churned")
        assert bool(world.companies.churn_reasons[firm]) == (lifecycle == "churned")
        assert (world.companies.customer_since[firm] is None) == (lifecycle == "prospect")


def test_what_was_bought_is_known_of_customers_only() -> None:
    contacts = world_of(5000).contacts
    for row, lifecycle in enumerate(contacts.lifecycles):
        bought = lifecycle != "prospect"
        assert bool(contacts.plans[row]) == bought
        assert (contacts.seats[row] is not None) == bought
        assert (contacts.contract_ends[row] is not None) == bought
