"""How the acting user writes dates, numbers and phones: read from the profile."""

from __future__ import annotations

from dataclasses import replace

from services.records.people import UserRow
from services.values.coercion import Reading

_DECIMAL_COMMA = frozenset({"de", "fr", "es", "it", "nl", "pt", "pl", "da", "sv", "nb", "fi", "cs", "tr", "ru", "el"})


def reading_of(user: UserRow | None) -> Reading:
    """The reading that follows from a user's locale, region and time zone; a neutral one without a user."""
    reading = Reading()
    if user is None:
        return reading
    language, _, country = user.locale.replace("-", "_").partition("_")
    return replace(
        reading,
        decimal_mark="," if language in _DECIMAL_COMMA else ".",
        default_region=(user.region or country).upper()[:2],
        time_zone=user.time_zone or "UTC",
    )
