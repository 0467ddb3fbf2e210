"""Numbers are written as the user's locale writes them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from ui.theme.user_locale import number, user_locale


@pytest.fixture(autouse=True)
def locale_of_before() -> Iterator[None]:
    """The locale of the program is the same after a test."""
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        (QLocale.c(), "2,000"),
        (QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom), "2,000"),
        (QLocale(QLocale.Language.German, QLocale.Country.Germany), "2.000"),
    ],
)
def test_a_count_is_parted_as_the_locale_parts_it_and_as_english_where_there_is_none(
    locale: QLocale, written: str
) -> None:
    QLocale.setDefault(locale)
    assert number(2000) == written


def test_a_machine_without_a_locale_is_taken_for_an_english_one() -> None:
    QLocale.setDefault(QLocale.c())
    assert user_locale().language() is QLocale.Language.English
