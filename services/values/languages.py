"""Languages: from a name or a tag as programs write it to a BCP 47 tag ("German - Germany" -> "de-DE")."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from babel import Locale

from services.values.countries import find_country
from services.values.text import clean, fold, listed
from services.values.unreadable import UnreadableValue

_NAMED_IN: Final = ("en", "de", "fr", "es", "it", "nl")
_TAG: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?")
_WITH_COUNTRY: Final = re.compile(r"(.+?)(?:\s+-\s+|\s*\()(.+?)\)?")


@cache
def _codes_by_name() -> dict[str, str]:
    codes: dict[str, str] = {}
    for language in _NAMED_IN:
        for code, name in Locale.parse(language).languages.items():
            codes.setdefault(fold(name), str(code).replace("_", "-"))
    for code in _two_letter_codes():
        own = Locale.parse(code, sep="-").get_display_name(code) if code in _WRITTEN_LOCALLY else None
        if own:
            codes.setdefault(fold(own), code)
    return codes


_WRITTEN_LOCALLY: Final = listed("cs da fi hu nb pl pt ro sv tr el ru uk ja ko zh")


@cache
def _two_letter_codes() -> frozenset[str]:
    return frozenset(str(code) for code in Locale.parse("en").languages if len(str(code)) in (2, 3))


@lru_cache(maxsize=1024)
def parse_language(text: str) -> str:
    """The BCP 47 tag of a language; raises UnreadableValue."""
    bare = clean(text)
    tag = _TAG.fullmatch(bare)
    if tag and tag.group(1).lower() in _two_letter_codes():
        language, script, region = tag.groups()
        parts = [language.lower(), script.title() if script else "", region.upper() if region else ""]
        return "-".join(part for part in parts if part)
    named = _codes_by_name().get(fold(bare))
    if named:
        return named
    pair = _WITH_COUNTRY.fullmatch(bare)
    if pair:
        language_code = _codes_by_name().get(fold(pair.group(1)), "")
        country = find_country(pair.group(2))
        if language_code:
            return f"{language_code}-{country}" if country and "-" not in language_code else language_code
    raise UnreadableValue(text, "is not a language", "Write its name or its code, for example de or en-GB.")
