"""Rows of older formats read like rows of today's."""

from __future__ import annotations

import pytest

from services.records.fields import EntityKind
from services.store.catalogue import CATALOGUE, domains_of
from services.store.ledger.changes import Operation, encode, read_row
from services.store.ledger.diff import Pairs, backward, forward
from services.store.ledger.upcasting import CURRENT_SCHEMA, LIFTERS, first_domain_key, lift

UID = bytes(range(16))
COMPANY = CATALOGUE[EntityKind.COMPANY]


def lifted(personal: Pairs | None) -> Pairs | None:
    return lift("company", UID, 1, {}, personal)[1]


def test_every_older_format_has_a_way_to_the_next_one() -> None:
    assert sorted(LIFTERS) == list(range(1, CURRENT_SCHEMA))


def test_a_domain_that_came_changed_and_went_is_one_element_that_did() -> None:
    document = COMPANY.blank()
    seen = []
    for pair in ((None, "a.example"), ("a.example", "b.example"), ("b.example", None)):
        pairs = lifted({"domain": pair, "name": (None, "Almeda")})
        assert pairs is not None
        assert pairs["name"] == (None, "Almeda")
        forward(COMPANY, document, pairs)
        seen.append(domains_of(document))
    assert seen == [["a.example"], ["b.example"], []]


@pytest.mark.parametrize("pair", [(None, "a.example"), ("a.example", "b.example"), ("b.example", None)])
def test_a_lifted_change_can_be_taken_back(pair: tuple[str | None, str | None]) -> None:
    before, change = lifted({"domain": (None, pair[0])}), lifted({"domain": pair})
    assert before is not None
    assert change is not None
    document = COMPANY.blank()
    if pair[0] is not None:
        forward(COMPANY, document, before)
    forward(COMPANY, document, change)
    assert backward(COMPANY, document, change) == []
    assert domains_of(document) == ([] if pair[0] is None else [pair[0]])


def test_an_erased_row_and_what_is_no_company_are_read_as_they_are() -> None:
    assert lift("company", UID, 1, {"size": (None, 5)}, None) == ({"size": (None, 5)}, None)
    note: Pairs = {"domain": (None, "a.example")}
    assert lift("contact", UID, 1, {}, note) == ({}, note)


def test_a_stored_row_is_lifted_when_it_is_read_and_one_of_today_is_not() -> None:
    pairs: Pairs = {"domain": (None, "a.example")}
    stored = encode({}, Operation.CREATE), encode(pairs, Operation.CREATE)
    old = read_row((1, 1, 1, 1, "company", UID, "create", *stored))
    assert set(old.pairs) == {f"domains/{first_domain_key(UID)}"}
    assert read_row((1, 1, 1, CURRENT_SCHEMA, "company", UID, "create", *stored)).pairs == pairs


def test_the_element_of_one_company_is_never_that_of_another() -> None:
    assert len({first_domain_key(bytes([number] * 16)) for number in range(256)}) == 256
