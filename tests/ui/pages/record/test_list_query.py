"""Queries as the filter bar handles them."""

import pytest

from services.filtering.parsing import parse
from services.filtering.rendering import render
from services.records.fields import EntityKind
from ui.pages.record.list_query import is_impersonal, shown, without

CONTACT = EntityKind.CONTACT


@pytest.mark.parametrize(
    ("text", "place", "left"),
    [
        ("lifecycle:customer", 0, ""),
        ("lifecycle:customer owner:me", 0, "owner:me"),
        ("lifecycle:customer owner:me last>30d", 1, "lifecycle:customer last>30d"),
        ("city:Hamburg OR city:Kiel", 0, "city:Kiel"),
        ("owner:me -lifecycle:churned", 1, "owner:me"),
        ("lifecycle:customer lifecycle:customer", 1, "lifecycle:customer"),
    ],
)
def test_closing_a_chip_leaves_the_other_conditions(text: str, place: int, left: str) -> None:
    query = parse(text, CONTACT)
    chip = shown(query, ()).chips[place]
    assert render(without(query, chip.query)) == left


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lifecycle:customer",
        "owner:me",
        "last>30d",
        "-lifecycle:churned (last<2w OR created:this-month)",
        "email:none",
    ],
)
def test_what_names_nobody_may_be_remembered(text: str) -> None:
    assert is_impersonal(parse(text, CONTACT), CONTACT)


@pytest.mark.parametrize(
    "text",
    [
        "Anna",
        "name:anna",
        "email:*@acme.example",
        "owner:Rosa",
        "company:Acme",
        "tag:cancer",
        "birthday:1990-05-09",
        "lifecycle:customer OR name:anna",
        "-name:anna",
        "custom.score>5",
    ],
)
def test_what_names_somebody_or_something_private_is_not_remembered(text: str) -> None:
    from services.records.ids import Uid
    from services.records.people import CustomField

    own = [CustomField(Uid(bytes(16)), "contact", "score", "number", "Score", (), True)]
    assert not is_impersonal(parse(text, CONTACT, own), CONTACT)
