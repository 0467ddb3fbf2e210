"""Reads money in a line: "2.5k", "€30k", "1.200,50 €", "30 TEUR", "5k-10k", "from 30k to 45k". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from services.capture.lexicon import Lexicon, lexicon
from services.capture.lines import Line
from services.records.capture import CapturedAmount
from services.values.numbers import minor_digits, parse_currency
from services.values.unreadable import UnreadableValue

_NUMBER: Final = (
    r"[0-9]{1,3}(?:[.,'][0-9]{3})+(?:[.,][0-9]{1,2})?|"
    r"[0-9]{1,3}(?: [0-9]{3})+(?:,[0-9]{2})?(?![0-9])|[0-9]+(?:[.,][0-9]+)?"
)
_SIGN: Final = r"€|£|\$|¥|US\$|zł|Kč|kr\b"
_MONEY: Final = re.compile(
    rf"(?P<times>[0-9]{{1,3}}\s?[x×]\s?)?(?P<before>(?:{_SIGN}|\b[A-Z]{{3}}\b)\s?)?(?P<number>{_NUMBER})(?![0-9])"
    rf"(?P<no_minor>[.,]-)?\s?(?P<factor>(?:TEUR|[A-Za-z]{{1,8}})\b\.?|)?",
)
_AFTER: Final = re.compile(rf"\s?(?P<currency>{_SIGN}|[A-Za-z]{{2,7}}\b)")
_TO: Final = re.compile(r"\s?-\s?|\s(?:to|bis|auf|up to)\s")
_MOST_DIGITS: Final = 15
_YEARS: Final = range(1900, 2100)
_LEAST_WITHOUT_SIGN: Final = 100
CROWN: Final = "kr"
"""The currency of an amount in crowns until it is known whose they are."""

_CROWNS: Final = {"DK": "DKK", "NO": "NOK", "SE": "SEK", "IS": "ISK"}
_MINUTES: Final = "m"
_NUMBERED: Final = frozenset(("-", "/", "#", ".", ":", "no", "nr", "invoice", "rechnung", "contract", "vertrag"))
"""What stands before a number that names something: invoice 4711."""


def crown_of(countries: Iterable[str], currencies: Iterable[str]) -> str:
    """Whose crowns are meant: those of the deal or the company's country, else the most widely used."""
    known = [currency for currency in currencies if currency in _CROWNS.values()]
    known += [_CROWNS[country] for country in countries if country in _CROWNS]
    return known[0] if known else "SEK"


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """Words of money by their places in the plain text; `amount` None for what is written like it and is none."""

    start: int
    end: int
    amount: CapturedAmount | None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class _Written:
    """One amount as it is written: `factor` 1 where none is, `currency` "" likewise."""

    start: int
    end: int
    value: Decimal
    factor: int
    currency: str
    has_decimals: bool
    may_be_minutes: bool = False

    @property
    def is_money(self) -> bool:
        """Whether its own signs say so."""
        return bool(self.currency) or self.factor > 1 or self.has_decimals


class AmountReader:
    """Finds money in the free words of a line."""

    def __init__(self, line: Line, default_currency: str) -> None:
        self._line = line
        self._default = default_currency
        self._words: Lexicon = lexicon()

    def read(self, *, minutes: bool) -> list[FoundAmount]:
        """The amounts whose signs say that they are money, in order; their words are taken.

        "30m" is left alone where it may be `minutes`.
        """
        found: list[FoundAmount] = []
        for number in self._line.free_atoms():
            one = self._at(number, minutes=minutes)
            if one is not None:
                found.append(one)
                self._line.take(one.start, one.end)
        return found

    def beside_offer(self) -> FoundAmount | None:
        """A bare number in a line about an offer; its words are taken."""
        if not any(self._line.said(number) in self._words.offers for number in range(len(self._line.atoms))):
            return None
        for number in self._line.free_atoms():
            written = self._written(number)
            if written is None or self._is_counting(written) or written.value < _LEAST_WITHOUT_SIGN:
                continue
            if written.value in _YEARS or self._line.said(number - 1) in _NUMBERED:
                continue
            if self._line.plain[written.start : written.end].startswith("0") or self._is_in_word(written):
                continue
            self._line.take(written.start, written.end)
            return FoundAmount(written.start, written.end, self._amount(written))
        return None

    def _is_in_word(self, written: _Written) -> bool:
        beside = self._line.plain[max(0, written.start - 1) : written.start] + self._line.plain[written.end :][:1]
        return any(character.isalnum() or character in "-/" for character in beside)

    def _at(self, number: int, *, minutes: bool) -> FoundAmount | None:
        written = self._written(number)
        if written is None or (written.may_be_minutes and minutes):
            return None
        upper = self._upper(written)
        if not (written.is_money or (upper is not None and upper.is_money)):
            return None
        if self._is_counting(upper or written):
            return FoundAmount(written.start, written.end, None)
        if self._is_negative(written.start):
            return FoundAmount(written.start, written.end, None)
        if upper is None:
            return FoundAmount(written.start, written.end, self._amount(written))
        if self._said_before(written.start) in ("from", "von"):
            return FoundAmount(written.start, upper.end, self._amount(upper), is_new=True)
        lower = _Written(
            written.start,
            upper.end,
            written.value,
            written.factor if written.factor > 1 else upper.factor,
            written.currency or upper.currency,
            written.has_decimals,
        )
        return FoundAmount(lower.start, lower.end, self._amount(lower))

    def _said_before(self, start: int) -> str:
        number = self._line.number_at(start)
        return self._line.said(number - 1) if number else ""

    def _is_negative(self, start: int) -> bool:
        before = self._line.plain[max(0, start - 2) : start]
        return before.endswith("-") and (len(before) == 1 or before[0] in " €$£")

    def _is_counting(self, written: _Written) -> bool:
        """Whether a thing or a percent sign follows: 50k users, 10 %."""
        following = self._line.said(self._line.next_number(written.end))
        return not written.currency and (following in self._words.counted_things or following == "%")

    def _upper(self, lower: _Written) -> _Written | None:
        joint = _TO.match(self._line.plain, lower.end)
        number = self._line.number_at(joint.end()) if joint is not None else None
        upper = self._written(number, after_joint=True) if number is not None else None
        return upper if upper is not None and self._line.is_free(lower.end, upper.end) else None

    def _written(self, number: int, *, after_joint: bool = False) -> _Written | None:
        """What is written at an atom, if it is a number with or without signs of money."""
        found = self._line.matched(_MONEY, number)
        if found is None or (not after_joint and self._is_piece(number)):
            return None
        before = _currency((found["before"] or "").strip())
        if found["before"] and not before:
            return None
        digits = found["number"]
        if sum(map(str.isdigit, digits)) > _MOST_DIGITS:
            return None
        value, has_decimals = _number(digits)
        factor, end = self._factor(found)
        currency, end = (before, end) if before else self._currency_after(end, found)
        if " " in digits and not (currency or before):
            # Figures in groups without a currency are a phone number, or two numbers.
            first = digits.split(" ", 1)[0]
            return _Written(found.start(), found.start("number") + len(first), Decimal(first), 1, "", False)
        word = (found["factor"] or "").rstrip(".")
        minutes = word == _MINUTES and not currency and not before and "." not in digits and "," not in digits
        times = int(re.sub(r"[^0-9]", "", found["times"] or "1")) if found["times"] else 1
        return _Written(found.start(), end, value * times, factor, currency, has_decimals, minutes)

    def _is_piece(self, number: int) -> bool:
        atom = self._line.atoms[number]
        before = self._line.atoms[number - 1].text if atom.glued and number else ""
        return bool(before) and before not in ("(", "-", "~", "=", ":", '"', "+")

    def _factor(self, found: re.Match[str]) -> tuple[int, int]:
        """What the number is counted in, and where the words so far end."""
        bare = found.end("no_minor") if found["no_minor"] else found.end("number")
        word = (found["factor"] or "").rstrip(".").casefold()
        factor = self._words.factors.get(word) if word else None
        if factor is None:
            return 1, bare
        # The dot of "Mio." belongs to it, that of "30k." ends a sentence.
        keeps_dot = found["factor"].endswith(".") and len(word) > 1
        return int(factor), found.end("factor") if keeps_dot else found.start("factor") + len(word)

    def _currency_after(self, end: int, found: re.Match[str]) -> tuple[str, int]:
        if (found["factor"] or "").upper() == "TEUR":
            return "EUR", end
        after = _AFTER.match(self._line.plain, end)
        if after is None or not self._line.is_free(*after.span("currency")):
            return "", end
        word = after["currency"]
        if word.casefold() == CROWN:
            return CROWN, after.end()
        known = self._words.money_words.get(word.casefold())
        currency = str(known) if known else _currency(word)
        return (currency, after.end()) if currency else ("", end)

    def _amount(self, written: _Written) -> CapturedAmount | None:
        currency = written.currency or self._default
        minor = written.value * written.factor * 10 ** minor_digits(currency)
        if minor >= Decimal(10) ** _MOST_DIGITS:
            return None
        return CapturedAmount(int(minor), currency)


def _currency(word: str) -> str:
    """The currency that a sign or code names; "" for any other word, codes being written in capitals."""
    if not word or (word.isascii() and word.isalpha() and not (len(word) == len("EUR") and word.isupper())):
        return ""
    try:
        return parse_currency(word, "USD" if word == "$" else "")
    except UnreadableValue:
        return ""


def _number(digits: str) -> tuple[Decimal, bool]:
    """The value, and whether it has thousands and decimals both, which only money has.

    Three digits behind a single mark are thousands, one or two are decimals.
    """
    marks = [character for character in digits if not character.isdigit()]
    plain = digits.replace(" ", "").replace("'", "")
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return Decimal(plain), False
    decimals = len(plain) - last - 1
    if decimals in (1, 2):
        whole = re.sub(r"[.,]", "", plain[:last])
        return Decimal(f"{whole}.{plain[last + 1 :]}"), len(marks) > 1
    if decimals == len("000"):
        return Decimal(re.sub(r"[.,]", "", plain)), False
    return Decimal(f"{plain[:last].replace(',', '').replace('.', '')}.{plain[last + 1 :]}"), False
