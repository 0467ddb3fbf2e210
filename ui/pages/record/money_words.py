"""Money as people of the user's locale write it: `€58,300`."""

from services.values.numbers import minor_digits
from ui.theme.user_locale import user_locale

_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "CHF": "CHF\u00a0", "JPY": "¥", "SEK": "SEK\u00a0", "DKK": "DKK\u00a0"}


def money(amount: int | None, currency: str) -> str:
    """An amount in minor units; whole amounts without the minor part, "" for none."""
    if amount is None:
        return ""
    digits = minor_digits(currency)
    whole, rest = divmod(abs(amount), 10**digits)
    shown = digits if rest or not whole else 0
    value = amount / 10**digits
    if not currency:
        return user_locale().toString(value, "f", shown)
    return user_locale().toCurrencyString(value, _SIGNS.get(currency, f"{currency}\u00a0"), shown)
