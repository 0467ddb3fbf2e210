"""What the palette offers for what is typed."""

from __future__ import annotations

import pytest

from services.records.ids import Uid
from services.records.people import SearchHit
from ui.navigation import NAVIGATION
from ui.pages.search_palette.items import entry_of, hit_groups, marked_ranges, page_group, recent_group


def hit(entity: str, local_id: int, title: str, rank: int) -> SearchHit:
    """One answer of a search."""
    return SearchHit(entity, local_id, Uid(bytes(16)), title, "", rank)


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("Anna Berg", ("ann",), ["Ann"]),
        ("Anna Berg", ("berg", "an"), ["An", "Berg"]),
        ("Joanna Berg", ("ann",), []),
        ("Chloé Marchand", ("chloe",), ["Chloé"]),
        ("CHLOÉ", ("chloé",), ["CHLOÉ"]),
        ("Joanna Ann", ("ann",), ["Ann"]),
        ("Anna", ("",), []),
        ("ﬁne Berg", ("berg",), ["Berg"]),
        ("", ("a",), []),
    ],
)
def test_typed_words_are_marked_where_a_word_begins_with_them(
    text: str, words: tuple[str, ...], marked: list[str]
) -> None:
    assert [text[start:end] for start, end in marked_ranges(text, words)] == marked


def test_answers_are_grouped_by_kind_with_the_kind_of_the_best_first() -> None:
    hits = [hit("company", 1, "Almeda", 0), hit("contact", 2, "Anna", 1), hit("company", 3, "Almo", 2)]
    groups = hit_groups(hits, ("al",))
    assert [(group.title, [entry.title for entry in group.entries]) for group in groups] == [
        ("Companies", ["Almeda", "Almo"]),
        ("Contacts", ["Anna"]),
    ]


def test_every_page_can_be_gone_to_without_typing() -> None:
    assert [entry.target.page for entry in page_group(NAVIGATION, ()).entries if entry.target] == [
        line.name for line in NAVIGATION
    ]


def test_only_pages_that_hold_every_typed_word_remain() -> None:
    assert [entry.title for entry in page_group(NAVIGATION, ("go", "set")).entries] == ["Go to Settings"]
    assert page_group(NAVIGATION, ("zzz",)).entries == ()


def test_people_are_round_and_companies_are_not() -> None:
    assert not entry_of(hit("contact", 1, "Anna", 0)).rounded
    assert entry_of(hit("company", 1, "Almeda", 0)).rounded
    assert entry_of(hit("activity", 1, "Call", 0)).icon


def test_recents_keep_their_order() -> None:
    group = recent_group([hit("contact", 2, "B", 0), hit("contact", 1, "A", 1)])
    assert [entry.title for entry in group.entries] == ["B", "A"]
