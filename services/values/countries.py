"""Countries: from a name in any of a dozen languages, or an ISO 3166 code, to the code of two letters."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from babel import Locale
from babel.core import get_global

from services.values.text import fold, listed
from services.values.unreadable import UnreadableValue

LANGUAGES: Final = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "nl",
    "pt",
    "pl",
    "sv",
    "da",
    "nb",
    "fi",
    "cs",
    "hu",
    "ro",
    "tr",
)
_NOT_COUNTRIES: Final = listed("EU EZ UN QO XA XB ZZ AC CP DG EA IC TA CQ")
_OTHER_NAMES: Final = {
    "uk": "GB",
    "u k": "GB",
    "great britain": "GB",
    "grossbritannien": "GB",
    "england": "GB",
    "scotland": "GB",
    "schottland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "nordirland": "GB",
    "grande bretagne": "GB",
    "gran bretana": "GB",
    "gran bretagna": "GB",
    "groot brittannie": "GB",
    "usa": "US",
    "u s a": "US",
    "u s": "US",
    "america": "US",
    "united states of america": "US",
    "vereinigte staaten von amerika": "US",
    "etats unis d amerique": "US",
    "estados unidos de america": "US",
    "el": "GR",
    "hellas": "GR",
    "holland": "NL",
    "hollande": "NL",
    "olanda": "NL",
    "the netherlands": "NL",
    "brd": "DE",
    "bundesrepublik deutschland": "DE",
    "federal republic of germany": "DE",
    "republik osterreich": "AT",
    "eire": "IE",
    "republic of ireland": "IE",
    "schweiz ch": "CH",
    "confederation suisse": "CH",
    "czech republic": "CZ",
    "tschechische republik": "CZ",
    "republique tcheque": "CZ",
    "slovak republic": "SK",
    "russian federation": "RU",
    "russische foderation": "RU",
    "south korea": "KR",
    "republic of korea": "KR",
    "korea": "KR",
    "north korea": "KP",
    "vietnam": "VN",
    "viet nam": "VN",
    "turkey": "TR",
    "ivory coast": "CI",
    "macedonia": "MK",
    "moldova republic of": "MD",
    "iran islamic republic of": "IR",
    "hong kong": "HK",
    "macau": "MO",
    "macao": "MO",
    "taiwan": "TW",
    "taiwan r o c": "TW",
    "palestine": "PS",
    "vatican": "VA",
    "cape verde": "CV",
    "swaziland": "SZ",
    "burma": "MM",
    "uae": "AE",
    "u a e": "AE",
    "prc": "CN",
    "p r china": "CN",
    "mainland china": "CN",
    "bosnia": "BA",
    "kosovo": "XK",
}
_HINT: Final = "Write its name, or its code of two letters, for example DE."


@cache
def _codes_by_name() -> dict[str, str]:
    known = _known_codes()
    codes = {code.lower(): code for code in known}
    for long_code, targets in get_global("territory_aliases").items():
        if len(long_code) == 3 and long_code.isalpha() and len(targets) == 1 and targets[0] in known:
            codes.setdefault(long_code.lower(), targets[0])
    codes.update(_OTHER_NAMES)
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in known:
                codes.setdefault(fold(name), code)
    return codes


@cache
def _known_codes() -> frozenset[str]:
    territories = [str(code) for code in Locale.parse("en").territories]
    return frozenset(code for code in territories if len(code) == 2 and code.isalpha()) - _NOT_COUNTRIES


@lru_cache(maxsize=4096)
def find_country(text: str) -> str:
    """The ISO code of two letters, or "" for a text that names no country."""
    folded = fold(text)
    if len(text) == 2 and text.isascii() and text.isupper() and text in _known_codes():
        return text
    codes = _codes_by_name()
    return codes.get(folded) or codes.get(folded.removeprefix("the "), "")


def parse_country(text: str) -> str:
    """The ISO code of two letters; raises UnreadableValue for a text that names no country."""
    code = find_country(text)
    if not code:
        raise UnreadableValue(text, "is not a country", _HINT)
    return code


@lru_cache(maxsize=512)
def country_name(code: str, language: str = "en") -> str:
    """The country's name in a language, or the code itself where CLDR has none."""
    return str(Locale.parse(language).territories.get(code, code))
