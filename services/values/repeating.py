"""How something repeats: a rule of RFC 5545, or one of the words for the usual ones."""

from __future__ import annotations

from typing import Final

from services.errors import InvalidValue
from services.values.text import fold
from services.values.unreadable import UnreadableValue

_WORDS: Final = {
    "FREQ=DAILY": "daily|every day|taglich|quotidien|tous les jours|diario|ogni giorno|dagelijks",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR": "weekdays|every weekday|werktags|werktaglich|jours ouvrables",
    "FREQ=WEEKLY": "weekly|every week|wochentlich|hebdomadaire|toutes les semaines|semanal|settimanale|wekelijks",
    "FREQ=MONTHLY": "monthly|every month|monatlich|mensuel|tous les mois|mensual|mensile|maandelijks",
    "FREQ=YEARLY": "yearly|annually|every year|jahrlich|annuel|tous les ans|anual|annuale|jaarlijks",
}
_RULES: Final = {word: rule for rule, words in _WORDS.items() for word in words.split("|")}


def parse_recurrence(text: str) -> str:
    """The rule without its name, in capitals. Raises UnreadableValue."""
    known = _RULES.get(fold(text))
    if known is not None:
        return known
    # dateutil comes in with the first rule; most files have none.
    from services.recurrence import normal_rule

    try:
        return normal_rule(text)
    except InvalidValue as error:
        raise UnreadableValue(text, "is no rule for repeating", error.message) from error
