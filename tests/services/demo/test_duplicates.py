"""Planted duplicates are known, and damaged in the way they say."""

from __future__ import annotations

import pytest
from rapidfuzz.distance import DamerauLevenshtein

from services.demo.duplicates import DuplicateKind, misspell
from tests.services.demo.worlds import world_of


def test_a_known_share_of_the_contacts_repeats_another() -> None:
    world = world_of(20_000)
    keys = [entry.key for entry in world.duplicates]
    originals = [entry.original_key for entry in world.duplicates]
    assert len(keys) == 301
    assert len(set(keys)) == len(set(originals)) == len(keys)
    assert not set(keys) & set(originals)
    assert set(keys) | set(originals) <= set(world.contacts.keys)
    assert {entry.kind for entry in world.duplicates} == set(DuplicateKind)


def test_each_duplicate_differs_from_its_original_as_its_kind_says() -> None:
    world = world_of(20_000)
    contacts = world.contacts
    row_of = {key: row for row, key in enumerate(contacts.keys)}
    for entry in world.duplicates:
        copy, original = row_of[entry.key], row_of[entry.original_key]
        names = (contacts.first_names[copy], contacts.last_names[copy])
        first, last = contacts.first_names[original], contacts.last_names[original]
        same_mobile = contacts.mobiles[copy] == contacts.mobiles[original] != ""
        assert contacts.companies[copy] == contacts.companies[original]
        assert not contacts.emails[copy] or contacts.emails[copy] != contacts.emails[original]
        if entry.kind is DuplicateKind.TYPO:
            assert names[0] == first
            assert DamerauLevenshtein.distance(names[1], last) == 1
        elif entry.kind is DuplicateKind.SWAPPED:
            assert names == (last, first)
        elif entry.kind is DuplicateKind.OTHER_MAIL:
            assert names == (first, last)
            assert same_mobile
            assert contacts.private_emails[copy]
            assert not contacts.emails[copy]
        else:
            assert names == (f"{first[0]}.", last)
            assert same_mobile


def test_duplicates_never_bought_and_are_not_at_risk() -> None:
    world = world_of(20_000)
    row_of = {key: row for row, key in enumerate(world.contacts.keys)}
    rows = [row_of[entry.key] for entry in world.duplicates]
    assert {world.contacts.lifecycles[row] for row in rows} == {"prospect"}
    assert not world.journeys.last.at_risk[rows].any()


@pytest.mark.parametrize(
    ("where", "how", "expected"),
    [
        (0.0, 0.1, "Brege"),
        (0.0, 0.5, "Beerge"),
        (0.0, 0.9, "Brge"),
        (0.99, 0.1, "Bereg"),
    ],
)
def test_a_typo_swaps_doubles_or_drops_a_letter_but_the_first(where: float, how: float, expected: str) -> None:
    assert misspell("Berge", where=where, how=how) == expected


def test_equal_neighbours_are_doubled_instead_of_swapped() -> None:
    assert misspell("Beer", where=0.0, how=0.1) == "Beeer"
