"""Sums of money over a board: by currency, rounded, and with one deal more or less."""

from __future__ import annotations

from services.records.sales import Money
from services.values.numbers import POINT, minor_digits
from ui.pages.record.money_words import money


def typed_amount(minor_units: int | None, currency: str, mark: str) -> str:
    """An amount as a form shows it and reads it again; `mark` is the decimal mark that it is read with.

    The user's locale may part thousands with what the profile takes for the decimal mark: only the profile's
    counts here.
    """
    if minor_units is None:
        return ""
    digits = minor_digits(currency) if currency else 2
    whole, rest = divmod(minor_units, 10**digits)
    text = f"{whole:,}" if mark == POINT else f"{whole:,}".replace(",", POINT)
    return f"{text}{mark}{rest:0{digits}d}" if rest else text


def leading_sum(sums: Money) -> str:
    """The sum in the currency of most deals, and how many others there are: `€114,200 +1`; "" for none."""
    if not sums:
        return ""
    currency, minor_units = sums[0]
    text = money(rounded(minor_units, currency), currency)
    return f"{text} +{len(sums) - 1}" if len(sums) > 1 else text


def every_sum(sums: Money) -> str:
    """All sums, one a currency."""
    return ", ".join(money(minor_units, currency) for currency, minor_units in sums)


def rounded(minor_units: int, currency: str) -> int:
    """A sum without its minor units: over a board they are only noise."""
    unit: int = 10 ** (minor_digits(currency) if currency else 2)
    return (minor_units + unit // 2) // unit * unit


def sum_in(sums: Money, currency: str) -> int:
    """The sum in one currency."""
    return next((minor_units for code, minor_units in sums if code == currency), 0)


def with_added(sums: Money, currency: str, minor_units: int) -> Money:
    """The sums with an amount more, or less, in one currency."""
    if currency not in {code for code, _ in sums}:
        return (*sums, (currency, minor_units))
    return tuple((code, total + minor_units if code == currency else total) for code, total in sums)
