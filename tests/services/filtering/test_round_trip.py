"""Whatever a query is, its typed form means the same query."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.filtering import EVERYTHING, UnreadableQuery, describe, parse, render
from services.filtering.fields import fields_of
from services.records.fields import EntityKind, FieldKind
from services.records.ids import Uid
from services.records.people import CustomField
from tests.services.filtering.queries import queries

ENTITIES = (EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.ACTIVITY)
_KINDS = (FieldKind.NUMBER, FieldKind.TEXT, FieldKind.DATE, FieldKind.BOOL, FieldKind.CHOICE)
_NAMES = ("seats", "Support plan", 'a "quoted" \\ name, (x)*', "région.東京", "2nd-line")


def own_fields(entity: EntityKind) -> tuple[CustomField, ...]:
    """Custom fields of every kind, with names that need care."""
    return tuple(
        CustomField(Uid(bytes([number] * 16)), entity.value, name, kind.value, name, ("Gold", "none"), False)
        for number, (name, kind) in enumerate(zip(_NAMES, _KINDS, strict=True))
    )


@settings(max_examples=400, deadline=None)
@given(st.data(), st.sampled_from(ENTITIES))
def test_the_typed_form_of_any_query_is_read_as_that_query(data: st.DataObject, entity: EntityKind) -> None:
    own = own_fields(entity)
    query = data.draw(queries(fields_of(entity, own)))
    typed = render(query)
    assert parse(typed, entity, own) == query, typed


@settings(max_examples=200, deadline=None)
@given(st.data(), st.sampled_from(ENTITIES))
def test_every_query_can_be_said_in_chips_that_together_are_the_query(data: st.DataObject, entity: EntityKind) -> None:
    own = own_fields(entity)
    query = data.draw(queries(fields_of(entity, own)))
    chips = describe(query, own)
    assert all(chip.text for chip in chips)
    parts = [chip.query for chip in chips]
    assert parts == [query] or tuple(parts) == getattr(query, "operands", ())


_SIGNS = (*':(),-*\\"“”„ ', "<", ">=", "!=", "..", "NOT ", "AND ", " OR ")
_TYPED = st.lists(
    st.sampled_from(
        [
            *_SIGNS,
            "city",
            "size",
            "last",
            "tag",
            "anna",
            "30d",
            "2026-02-30",
            "10",
            "none",
            "custom.",
            "é",
            "\x00",
            "\ud800",
        ]
    ),
    max_size=14,
).map("".join)


@settings(max_examples=600, deadline=None)
@given(_TYPED | st.text(max_size=30))
def test_whatever_is_typed_is_a_query_or_a_sentence_that_says_where_it_fails(text: str) -> None:
    try:
        query = parse(text, EntityKind.COMPANY)
    except UnreadableQuery as error:
        assert 0 <= error.position <= len(text)
        assert error.title
        assert error.message
    else:
        assert parse(render(query), EntityKind.COMPANY) == query


@pytest.mark.parametrize("entity", ENTITIES)
def test_nothing_typed_is_the_query_that_everything_matches(entity: EntityKind) -> None:
    assert parse("  \n", entity) == EVERYTHING
    assert render(EVERYTHING) == ""
    assert describe(EVERYTHING) == ()
