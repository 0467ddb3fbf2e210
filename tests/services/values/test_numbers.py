"""Numbers and amounts, and the decimal mark of a column."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.values.numbers import (
    COMMA,
    POINT,
    Money,
    detect_decimal_mark,
    minor_digits,
    parse_currency,
    parse_integer,
    parse_money,
    parse_number,
)
from services.values.unreadable import UnreadableValue


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("58.300,00 €", COMMA, 58300),
        ("1.204,50 €", COMMA, 1204.5),
        ("-250,00 €", COMMA, -250),
        ("(1,234.56)", POINT, -1234.56),
        ("58.300", COMMA, 58300),
        ("58.300", POINT, 58.3),
        ("58.3", COMMA, 58.3),
        ("1,234", POINT, 1234),
        ("1,234", COMMA, 1.234),
        ("0,123", POINT, 0.123),
        ("1 234 567,89", COMMA, 1234567.89),
        ("1\u202f234,5", COMMA, 1234.5),
        ("CHF 1'234.50", POINT, 1234.5),
        ("1,23,45,678.90", POINT, 12345678.9),
        ("1.234.567", POINT, 1234567),
        ("58.300,-", POINT, 58300),
        ("250-", POINT, -250),
        ("€ -250", POINT, -250),
        ("−5", POINT, -5),
        ("+5", POINT, 5),
        ("12 %", POINT, 12),
        (".5", POINT, 0.5),
        ("007", POINT, 7),
        ("1.5E+05", POINT, 150000),
        ("١٢٣", POINT, 123),
    ],
)
def test_a_number_is_read_under_its_decimal_mark(text: str, mark: str, number: float) -> None:
    assert parse_number(text, mark) == number


@pytest.mark.parametrize(
    "text",
    [
        "n. a.",
        "",
        "-",
        "abc",
        "1.2.3",
        "1 2 3",
        "12 34",
        "1'2",
        "5.",
        "--5",
        "(-5)",
        "5 €/kg",
        "1,5 Mio",
        "EUR 5 USD",
        "nan",
        "inf",
        "0x10",
        "1_000",
        "10.00.2026",
        "9" * 19,
        "1e99",
        "=1+1",
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    for mark in (POINT, COMMA):
        with pytest.raises(UnreadableValue, match="number"):
            parse_number(text, mark)


@pytest.mark.parametrize(
    ("text", "mark", "currency", "money"),
    [
        ("120000", POINT, "EUR", Money(12_000_000, "EUR")),
        ("58.300,00 €", COMMA, "CHF", Money(5_830_000, "EUR")),
        ("1204.5", POINT, "EUR", Money(120_450, "EUR")),
        ("$1,204.50", POINT, "EUR", Money(120_450, "USD")),
        ("$1,204.50", POINT, "CAD", Money(120_450, "CAD")),
        ("12 kr", POINT, "NOK", Money(1200, "NOK")),
        ("¥ 5000", POINT, "EUR", Money(5000, "JPY")),
        ("5000", POINT, "JPY", Money(5000, "JPY")),
        ("1.234", POINT, "BHD", Money(1234, "BHD")),
        ("5 zł", POINT, "EUR", Money(500, "PLN")),
        ("7", POINT, "", Money(700, "")),
    ],
)
def test_an_amount_is_in_minor_units_of_its_currency(text: str, mark: str, currency: str, money: Money) -> None:
    assert parse_money(text, mark, currency) == money


def test_an_amount_finer_than_its_currency_is_refused_and_not_rounded() -> None:
    with pytest.raises(UnreadableValue, match="finer"):
        parse_money("1.005", POINT, "EUR")


def test_no_amount_is_refused_as_an_amount() -> None:
    with pytest.raises(UnreadableValue, match="is not an amount"):
        parse_money("n. a.", COMMA, "EUR")


@given(st.integers(-(10**12), 10**12), st.sampled_from([("EUR", 2), ("JPY", 0), ("BHD", 3)]))
@settings(deadline=None)
def test_an_amount_written_either_way_is_the_same_amount(minor: int, currency: tuple[str, int]) -> None:
    code, digits = currency
    assert minor_digits(code) == digits
    whole, fraction = divmod(abs(minor), 10**digits)
    for mark, group in ((POINT, ","), (COMMA, "."), (COMMA, " "), (POINT, "'")):
        text = f"{whole:,}".replace(",", group) + (f"{mark}{fraction:0{digits}d}" if digits else "")
        sign = "-" if minor < 0 else ""
        assert parse_money(f"{sign}{text} {code}", mark, "") == Money(minor, code)


def test_whole_numbers_refuse_fractions() -> None:
    assert parse_integer("1.250", COMMA) == 1250
    with pytest.raises(UnreadableValue, match="whole number"):
        parse_integer("1.25", POINT)


@pytest.mark.parametrize(
    ("text", "code"), [("eur", "EUR"), ("€", "EUR"), ("Franken", "CHF"), ("Kč", "CZK"), ("US$", "USD")]
)
def test_a_currency_is_known_by_code_sign_or_name(text: str, code: str) -> None:
    assert parse_currency(text) == code


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(UnreadableValue):
        parse_currency("XQZ")


@pytest.mark.parametrize(
    ("samples", "mark", "sure"),
    [
        (["58.300,00 €", "12"], COMMA, True),
        (["1,204.50", "7"], POINT, True),
        (["1.5", "2.25"], POINT, True),
        (["58.300", "1.204,50"], COMMA, True),
        (["1.234.567"], COMMA, True),
        (["58.300,-"], COMMA, True),
        (["58.300"], COMMA, False),
        (["12", "n. a."], POINT, False),
        ([], POINT, False),
    ],
)
def test_the_decimal_mark_is_found_from_samples(samples: list[str], mark: str, sure: bool) -> None:
    guess = detect_decimal_mark(samples)
    assert guess.mark == mark
    assert (guess.confidence > 0.9) is sure
