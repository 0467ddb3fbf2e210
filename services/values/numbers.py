"""Numbers and amounts of money, read with a known decimal mark, and that mark found from samples.

The one exception to the known mark: a single separator that cannot part thousands ("58.3", "1204,50") is
the decimal mark whatever the column says; "58.300" follows the column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel.core import get_global

from services.values.text import clean
from services.values.unreadable import UnreadableValue

POINT: Final = "."
COMMA: Final = ","
MOST_DIGITS: Final = 18  # minor units stay within the 64 bits the store keeps
_HINT: Final = "Write it in digits, for example 1204.50."

_GROUPED: Final = {
    mark: re.compile(rf"\d{{1,3}}(?:\{mark}\d{{3}})+|\d{{1,2}}(?:\{mark}\d{{2}})*\{mark}\d{{3}}")
    for mark in (POINT, COMMA)
}
_AMOUNT: Final = re.compile(
    r"(?P<before>[^\d.,]*)(?P<core>[.,]?\d(?:[\d.,'’´` ]*\d)?)"
    r"(?P<no_minor>[.,](?:-+|–|—)(?!\d))?(?P<after>[^\d.,]*)"
)
_SPACED: Final = re.compile(r"\d{1,3}(?:([ '’´`])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
_SCIENTIFIC: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d{1,2}")
_PLAIN: Final = re.compile(r"-?[0-9]{1,15}")
_PLAIN_FRACTION: Final = re.compile(r"(-?[0-9]{1,13})[.,]([0-9]{1,2})")
_SIGN_CHARACTERS: Final = "+-−–"
_NEGATIVE: Final = (["-"], ["−"], ["–"])
_NO_SIGNS: Final = str.maketrans({"+": " ", "-": " ", "−": " ", "–": " ", "%": " "})

_SIGNS: Final = {
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₽": "RUB",
    "₺": "TRY",
    "₩": "KRW",
    "₴": "UAH",
    "₪": "ILS",
    "₫": "VND",
    "₱": "PHP",
    "฿": "THB",
    "₦": "NGN",
    "zł": "PLN",
    "zl": "PLN",
    "kč": "CZK",
    "ft": "HUF",
    "lei": "RON",
    "лв": "BGN",
    "us$": "USD",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "nt$": "TWD",
    "s$": "SGD",
    "r$": "BRL",
    "mx$": "MXN",
    "sfr": "CHF",
    "fr": "CHF",
    "euro": "EUR",
    "euros": "EUR",
    "dollar": "USD",
    "dollars": "USD",
    "pound": "GBP",
    "pounds": "GBP",
    "franken": "CHF",
    "rs": "INR",
    "円": "JPY",
    "元": "CNY",
    "원": "KRW",
}
# Signs of several currencies: the default currency if it is one of them, else the first.
_SHARED_SIGNS: Final = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "COP", "ARS"),
    "¥": ("JPY", "CNY"),
    "￥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of its currency, which is "" when neither text nor default names one."""

    minor_units: int
    currency: str


@dataclass(frozen=True, slots=True)
class MarkGuess:
    """The decimal mark of a column: "." or ",", and how sure that is, from 0 to 1."""

    mark: str
    confidence: float


@lru_cache(maxsize=512)
def minor_digits(currency: str) -> int:
    """How many digits the currency's minor unit has: 2 for EUR, 0 for JPY, 3 for BHD."""
    fractions = get_global("currency_fractions")
    return int(fractions.get(currency, fractions["DEFAULT"])[0])


@lru_cache(maxsize=1024)
def parse_currency(text: str, default: str = "") -> str:
    """The ISO 4217 code of a code, sign or name; raises UnreadableValue."""
    bare = clean(text).strip(". ").lower()
    if bare in _SHARED_SIGNS:
        choices = _SHARED_SIGNS[bare]
        return default if default in choices else choices[0]
    if bare in _SIGNS:
        return _SIGNS[bare]
    code = bare.upper()
    if len(code) == 3 and code in get_global("all_currencies"):
        return code
    raise UnreadableValue(text, "is not a currency", "Write its code of three letters, for example EUR.")


def parse_number(text: str, mark: str = POINT, refusal: str = "is not a number") -> int | float:
    """A number, whole ones as int; currency signs and % around it are passed over.

    Raises UnreadableValue, with `refusal` as its predicate.
    """
    if _PLAIN.fullmatch(text):
        return int(text)
    if _PLAIN_FRACTION.fullmatch(text):
        number = float(text.replace(COMMA, POINT))
        return int(number) if number.is_integer() else number
    bare = clean(text)
    if _SCIENTIFIC.fullmatch(bare):
        amount = Decimal(bare.replace(COMMA, POINT))
        if amount.adjusted() >= MOST_DIGITS:
            raise UnreadableValue(text, "is too large a number", _HINT)
        return _as_number(amount)
    amount, _ = _read(bare, text, mark=mark, default="", refusal=refusal)
    return _as_number(amount)


def parse_integer(text: str, mark: str = POINT) -> int:
    """A whole number; raises UnreadableValue for a fraction too."""
    number = parse_number(text, mark)
    if isinstance(number, float):
        raise UnreadableValue(text, "is not a whole number", "Write it without a fraction.")
    return number


def parse_money(text: str, mark: str = POINT, currency: str = "") -> Money:
    """An amount in the currency written with it, else in `currency`; raises UnreadableValue.

    A fraction finer than the currency's minor unit is refused, not rounded away.
    """
    amount, named = _read(clean(text), text, mark=mark, default=currency, refusal="is not an amount")
    chosen = named or currency
    minor = amount.scaleb(minor_digits(chosen))
    if minor != minor.to_integral_value():
        hint = f"Amounts in {chosen or 'money'} have {minor_digits(chosen)} decimals at most."
        raise UnreadableValue(text, "is finer than its currency", hint)
    return Money(int(minor), chosen)


def _as_number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _read(bare: str, text: str, *, mark: str, default: str, refusal: str) -> tuple[Decimal, str]:
    """The amount and the currency written around it ("" if none)."""
    in_brackets = bare[:1] == "(" and bare[-1:] == ")"
    found = _AMOUNT.fullmatch(bare[1:-1].strip() if in_brackets else bare)
    if found is None:
        raise UnreadableValue(text, refusal, _HINT)
    around = f"{found['before']} {found['after']}"
    signs = [character for character in around if character in _SIGN_CHARACTERS]
    # "58.300,-" writes no minor units after its decimal mark.
    amount = _decimal(found["core"], found["no_minor"][0] if found["no_minor"] else mark)
    if amount is None or len(signs) + in_brackets > 1:
        raise UnreadableValue(text, refusal, _HINT)
    currency = _currency_around(around.translate(_NO_SIGNS).split(), text, default=default, refusal=refusal)
    return (-amount if in_brackets or signs in _NEGATIVE else amount), currency


def _currency_around(signs: list[str], text: str, *, default: str, refusal: str) -> str:
    named = ""
    for part in signs:
        try:
            currency = parse_currency(part, default)
        except UnreadableValue:
            raise UnreadableValue(text, refusal, _HINT) from None
        if named and currency != named:
            raise UnreadableValue(text, refusal, _HINT)
        named = currency
    return named


def _decimal(core: str, mark: str) -> Decimal | None:
    """The value of digits and separators, or None where they make no number."""
    if not core.isascii():
        core = "".join(str(int(c)) if c.isdecimal() else c for c in core)
    if not core[1:].replace(POINT, "").replace(COMMA, "").isdigit() and len(core) > 1:
        if not _SPACED.fullmatch(core):
            return None
        core = "".join(character for character in core if character.isdigit() or character in ".,")
    if sum(map(str.isdigit, core)) > MOST_DIGITS:
        return None
    other = COMMA if mark == POINT else POINT
    marks = [character for character in core if character in ".,"]
    if not marks:
        return Decimal(core)
    if len(set(marks)) == 2:
        # With both in the text the last one is the decimal mark, whatever the column says.
        last = marks[-1]
        whole, _, fraction = core.rpartition(last)
        grouping = COMMA if last == POINT else POINT
        grouped = last not in whole and _GROUPED[grouping].fullmatch(whole)
        return Decimal(f"{whole.replace(grouping, '')}.{fraction}") if grouped else None
    if len(marks) > 1:
        return Decimal(core.replace(marks[0], "")) if _GROUPED[marks[0]].fullmatch(core) else None
    whole, _, fraction = core.partition(marks[0])
    groups_thousands = marks[0] == other and len(fraction) == 3 and 1 <= len(whole) <= 3 and whole != "0"
    return Decimal(whole + fraction) if groups_thousands else Decimal(f"{whole or '0'}.{fraction}")


def looks_like_number(text: str) -> bool:
    """Whether a text is a number or an amount under either decimal mark."""
    try:
        parse_number(text)
    except UnreadableValue:
        return False
    return True


def detect_decimal_mark(samples: Iterable[str], default: str = POINT) -> MarkGuess:
    """The decimal mark that the samples show; the default, with little confidence, where they show none."""
    votes = {POINT: 0.0, COMMA: 0.0}
    for sample in samples:
        mark, weight = _vote(sample)
        if mark:
            votes[mark] += weight
    total = votes[POINT] + votes[COMMA]
    if not total:
        return MarkGuess(default, 0.3)
    winner = COMMA if votes[COMMA] > votes[POINT] else POINT
    share = votes[winner] / total
    return MarkGuess(winner, round(min(0.99, 0.4 + 0.6 * share if total >= 1 else 0.5), 2))


def _vote(sample: str) -> tuple[str, float]:
    """Which decimal mark one sample speaks for, and how loudly: "58.300" whispers for the comma."""
    found = _AMOUNT.fullmatch(clean(sample).strip("() "))
    if found is None or not looks_like_number(sample):
        return "", 0.0
    if found["no_minor"]:
        return found["no_minor"][0], 1.0
    marks = [character for character in found["core"] if character in ".,"]
    if not marks:
        return "", 0.0
    other = COMMA if marks[-1] == POINT else POINT
    if len(set(marks)) == 2:
        return marks[-1], 1.0
    if len(marks) > 1:
        return other, 1.0
    fraction = found["core"].partition(marks[0])[2]
    return (other, 0.4) if len(fraction) == 3 else (marks[0], 1.0)
