"""Scores and reasons, judged by pairs that were labelled before there was a scorer."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from services.duplicate_grounds import Ground, Verdict, sentence
from services.duplicate_scoring import (
    LISTED,
    company_key,
    compare_firms,
    compare_people,
    firm_traits,
    person_traits,
)
from services.values.domains import domain_of

PAIRS: Final = Path(__file__).parents[1] / "data" / "duplicates.toml"
LEAST: Final = 0.95
"""Of the pairs that are listed so many are the same, and of those that are the same so many are listed."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One pair with the answer of somebody who knows it."""

    entity: str
    why: str
    same: bool
    verdict: Verdict


def compared(entity: str, pair: dict[str, Any]) -> Verdict:
    """The verdict on a pair of the file, in both orders the same."""
    holders = dict.fromkeys(_reached(pair["a"]) & _reached(pair["b"]), pair.get("holders", 2))
    if entity == "contact":
        mine, other = _person(pair["a"]), _person(pair["b"])
        verdict, turned = compare_people(mine, other, holders), compare_people(other, mine, holders)
    else:
        firm, second = _firm(pair["a"]), _firm(pair["b"])
        verdict, turned = compare_firms(firm, second, holders), compare_firms(second, firm, holders)
    assert verdict == turned, pair["why"]
    return verdict


def _reached(values: dict[str, Any]) -> set[str]:
    return {value for name in ("emails", "phones", "domains") for value in values.get(name, ())}


def _person(values: dict[str, Any]) -> Any:
    return person_traits(
        values.get("first"),
        values.get("last"),
        companies=[key(values[name]) for name, key in _PLACES.items() if name in values],
        emails=values.get("emails", ()),
        birthday=values.get("birthday"),
        key=values.get("key"),
        phones=values.get("phones", ()),
        profiles=values.get("socials", ()),
        addresses=[values["address"]] if "address" in values else (),
    )


_PLACES: Final[dict[str, Callable[[str], str]]] = {"company": company_key, "domain": "@{}".format}


def _firm(values: dict[str, Any]) -> Any:
    return firm_traits(
        values["name"],
        domains=[*values.get("domains", ()), *map(domain_of, values.get("websites", ()))],
        phones=values.get("phones", ()),
        city=values.get("city"),
        country=values.get("country"),
        key=values.get("key"),
    )


def labelled_pairs() -> list[Labelled]:
    """Every pair of the file with its verdict."""
    listed = tomllib.loads(PAIRS.read_text(encoding="utf-8"))
    return [
        Labelled(entity, pair["why"], pair["same"], compared(entity, pair))
        for entity, pairs in listed.items()
        for pair in pairs
    ]


@pytest.mark.parametrize("entity", ["contact", "company"])
def test_what_is_listed_is_the_same_and_what_is_the_same_is_listed(entity: str) -> None:
    pairs = [pair for pair in labelled_pairs() if pair.entity == entity]
    listed = [pair for pair in pairs if pair.verdict.score >= LISTED]
    right = [pair for pair in listed if pair.same]
    wrong = [f"{pair.why}: {pair.verdict}" for pair in pairs if pair.same != (pair.verdict.score >= LISTED)]
    precision, recall = len(right) / len(listed), len(right) / sum(pair.same for pair in pairs)
    assert precision >= LEAST, wrong
    assert recall >= LEAST, wrong


def test_the_list_holds_at_least_120_pairs_of_both_answers() -> None:
    pairs = labelled_pairs()
    assert len(pairs) >= 120
    assert min(sum(pair.same for pair in pairs), sum(not pair.same for pair in pairs)) >= 60


def test_the_reason_is_one_sentence_of_plain_words() -> None:
    first = next(pair for pair in labelled_pairs() if pair.why.startswith("initial, same mobile"))
    assert first.verdict.reason == "Same mobile number and company, names that fit, mail addresses of one pattern."
    assert first.verdict.score >= 90


def test_what_speaks_against_a_pair_is_told_too() -> None:
    assert sentence([Ground.NAME, Ground.OTHER_COMPANY]) == "Same name, but other companies."
    assert sentence([Ground.OTHER_NAMES]) == "Other names."
    assert sentence([]) == ""


@pytest.mark.parametrize("ground", list(Ground))
def test_every_ground_has_words(ground: Ground) -> None:
    assert sentence([ground]).endswith(".")


def test_a_mailbox_that_many_have_says_less_than_one_of_two() -> None:
    mine = person_traits("Ines", "Duarte", emails=["lisboa@vientos.example"])
    other = person_traits("I.", "Duarte", emails=["lisboa@vientos.example"])
    few = compare_people(mine, other, {"lisboa@vientos.example": 2})
    many = compare_people(mine, other, {"lisboa@vientos.example": 12})
    assert few.score > many.score
    assert Ground.SHARED_EMAIL in many.grounds


def test_a_birthday_without_a_year_agrees_with_one_that_has_it() -> None:
    mine = person_traits("Anna", "Berg", birthday="--05-09")
    assert Ground.BIRTHDAY in compare_people(mine, person_traits("Anna", "Berg", birthday="1986-05-09"), {}).grounds
    other = compare_people(mine, person_traits("Anna", "Berg", birthday="1986-05-10"), {})
    assert Ground.OTHER_BIRTHDAY in other.grounds


def test_a_free_mail_provider_is_no_company() -> None:
    mine = person_traits("Anna", "Berg", emails=["anna@gmx.de"])
    other = person_traits("Olga", "Petrova", emails=["olga@gmx.de"])
    assert Ground.COMPANY not in compare_people(mine, other, {}).grounds
    lutz, sommer = (firm_traits(name, domains=["gmx.de"]) for name in ("Lutz", "Sommer"))
    assert Ground.DOMAIN not in compare_firms(lutz, sommer, {}).grounds
