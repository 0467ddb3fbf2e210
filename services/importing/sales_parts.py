"""The parts of a row of leads, deals and orders: one name as a text, and amounts with their currency."""

from __future__ import annotations

from dataclasses import dataclass

from services.importing.parts import Cells, RowState, first_of
from services.values.coercion import is_nothing
from services.values.numbers import parse_currency, parse_money
from services.values.unreadable import UnreadableValue


@dataclass(frozen=True, slots=True)
class LeadNamePart:
    """A lead's name, which is kept as one text; its parts make it where there is none as a whole."""

    parts: tuple[tuple[int, ...], ...] = ()
    whole: tuple[int, ...] = ()

    def __call__(self, cells: Cells, row: RowState) -> None:
        """Read the name of one row."""
        name = " ".join(filter(None, (first_of(cells, part) for part in self.parts)))
        name = name or first_of(cells, self.whole)
        if name:
            row.fields["name"] = name


@dataclass(frozen=True, slots=True)
class MoneyPart:
    """An amount with its currency, which decides how many minor units a major one has."""

    amount: int
    currency: int
    mark: str
    default_currency: str

    def __call__(self, cells: Cells, row: RowState) -> None:
        """Read the amount of one row."""
        named = cells[self.currency] if self.currency >= 0 else ""
        currency = self.default_currency
        if named and not is_nothing(named):
            row.at = self.currency
            currency = parse_currency(named, self.default_currency)
            row.fields["currency"] = currency
        text = cells[self.amount] if self.amount >= 0 else ""
        if not text or is_nothing(text):
            return
        row.at = self.amount
        money = parse_money(text, self.mark, currency)
        if "currency" in row.fields and money.currency != currency:
            hint = "Amount and currency of a row have to agree."
            raise UnreadableValue(text, f"is not in {currency}", hint)
        row.fields["amount"] = money.minor_units
        if money.currency:
            row.fields["currency"] = money.currency
