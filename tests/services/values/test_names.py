"""Full names into parts and back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.values.names import NameOrder, display_name, initials, split_full_name


@pytest.mark.parametrize(
    ("full", "first", "last"),
    [
        ("Berg, Anna", "Anna", "Berg"),
        ("Anna Berg", "Anna", "Berg"),
        ("Anna van der Berg", "Anna", "van der Berg"),
        ("van der Berg, Anna", "Anna", "van der Berg"),
        ("Dr. Anna Berg MD", "Anna", "Berg"),
        ("Berg, Dr. Anna", "Anna", "Berg"),
        ("Prof. Dr. med. Jörg Weiß", "Jörg", "Weiß"),
        ("Dipl.-Ing. Max Muster", "Max", "Muster"),
        ("Herr Groß", "", "Groß"),
        ("Mr. Dan Pellworth Jr.", "Dan", "Pellworth"),
        ("Smith, Jr., John", "John", "Smith"),
        ("Anna Berg, MBA", "Anna", "Berg"),
        ("Anna Maria Berg", "Anna Maria", "Berg"),
        ("Maria da Silva Santos", "Maria", "da Silva Santos"),
        ("BERG Anna", "Anna", "BERG"),
        ("Anna Maria GARCIA LOPEZ", "Anna Maria", "GARCIA LOPEZ"),
        ("JP Morgan", "JP", "Morgan"),
        ("M. Zhou", "M.", "Zhou"),
        ("Jack Ma", "Jack", "Ma"),
        ("Van Morrison", "Van", "Morrison"),
        ("von Trapp", "", "von Trapp"),
        ("Ludwig von und zu Hohenburg", "Ludwig", "von und zu Hohenburg"),
        ("Madonna", "Madonna", ""),
        ("Berg,", "", "Berg"),
        ("", "", ""),
        (" , ", "", ""),
        ("山田 太郎", "太郎", "山田"),
        ("王小明", "小明", "王"),
        ("欧阳娜娜", "娜娜", "欧阳"),
        ("김철수", "철수", "김"),
        ("남궁민수", "민수", "남궁"),
        ("山田太郎", "", "山田太郎"),
    ],
)
def test_a_full_name_is_split(full: str, first: str, last: str) -> None:
    name = split_full_name(full)
    assert (name.first, name.last) == (first, last)


def test_titles_and_degrees_are_kept_apart() -> None:
    name = split_full_name("Dr. Anna Berg MD")
    assert (name.prefix, name.suffix) == ("Dr.", "MD")


@pytest.mark.parametrize(
    ("full", "first", "last"),
    [
        ("Berg Anna", "Anna", "Berg"),
        ("van der Berg Anna", "Anna", "van der Berg"),
        ("Berg Anna Maria", "Anna Maria", "Berg"),
    ],
)
def test_a_column_known_to_be_family_name_first_is_split_so(full: str, first: str, last: str) -> None:
    name = split_full_name(full, NameOrder.LAST_FIRST)
    assert (name.first, name.last) == (first, last)


@given(st.text(max_size=60))
@settings(deadline=None)
def test_no_letter_of_a_name_is_lost(full: str) -> None:
    name = split_full_name(full)
    parts = name.prefix + name.first + name.last + name.suffix
    assert sorted(filter(str.isalnum, parts)) == sorted(filter(str.isalnum, _cleaned(full)))


def _cleaned(full: str) -> str:
    from services.values.text import clean

    return clean(full)


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("Anna", "Berg", "Anna Berg"),
        ("", "Berg", "Berg"),
        ("Anna", "", "Anna"),
        ("太郎", "山田", "山田太郎"),
        ("", "", ""),
    ],
)
def test_a_name_is_shown_as_is_the_custom(first: str, last: str, shown: str) -> None:
    assert display_name(first, last) == shown


@pytest.mark.parametrize(
    ("first", "last", "fallback", "letters"),
    [
        ("Anna", "Berg", "", "AB"),
        ("Anna", "van der Berg", "", "AB"),
        ("madonna", "", "", "M"),
        ("Éloïse", "öberg", "", "ÉÖ"),
        ("太郎", "山田", "", "山"),
        ("", "", "Almeda Logistics GmbH", "AL"),
        ("", "", "anna@berg.example", "AB"),
        ("", "", "123", ""),
    ],
)
def test_initials_are_those_of_first_and_family_name(first: str, last: str, fallback: str, letters: str) -> None:
    assert initials(first, last, fallback) == letters
