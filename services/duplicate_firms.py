"""How two names of companies stand to each other: the same, misspelt, shortened, or of two firms. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from rapidfuzz import fuzz

from services.duplicate_names import sounded
from services.values.text import fold, listed

_LEGAL_FORMS: Final = {
    form: family
    for family, forms in {
        "gmbh": "gmbh",
        "ug": "ug haftungsbeschrankt",
        "kg": "kg kgaa ohg gbr",
        "ag": "ag se",
        "inc": "inc incorporated corp corporation co company llc lp llp",
        "ltd": "ltd limited plc pty",
        "sa": "sa spa nv sas",
        "srl": "srl sarl sl bv bvba sprl",
        "ab": "ab as asa aps oy oyj hf",
        "zoo": "zoo sp spzoo doo kft sro",
        "ooo": "ооо оао зао ооо",
        "ev": "ev eg",
    }.items()
    for form in forms.split()
}
_SMALL_WORDS: Final = listed("and und et y e i the der die das le la les")
_APART: Final = listed(
    "holding group gruppe groupe stiftung foundation deutschland germany austria osterreich schweiz switzerland suisse "
    "france frankreich italia italy espana spain polska poland nederland netherlands belgium sverige sweden norge "
    "norway danmark denmark suomi finland uk usa america international europe europa asia china india japan nord sud "
    "ost west north south east emea apac"
)
_ALIKE: Final = 88
_SHORTEST_ALIKE: Final = 6


class FirmFit(Enum):
    """How two names of companies fit, from best to worst."""

    EQUAL = auto()
    SOUND = auto()
    ORDER = auto()
    TYPO = auto()
    PART = auto()
    INITIALS = auto()
    SIBLING = auto()
    CONFLICT = auto()


@dataclass(frozen=True, slots=True)
class FirmForm:
    """A company's name as it is compared: its own words, and the families of the legal forms it names."""

    words: tuple[str, ...] = ()
    forms: frozenset[str] = frozenset()

    @property
    def sound(self) -> str:
        """The name in one word, by its sound."""
        return "".join(map(sounded, self.words))


def firm_form(name: str | None, domains: tuple[str, ...] = ()) -> FirmForm:
    """The form of a company's name; a name that is its own domain is taken for the domain's first label."""
    text = name or ""
    if text.strip().lower() in domains:
        text = text.strip().partition(".")[0]
    words = _joined_letters(fold(text.replace("'", "")).split())
    own = [word for word in words if word not in _LEGAL_FORMS and word not in _SMALL_WORDS]
    return FirmForm(tuple(own or words), frozenset(_LEGAL_FORMS[word] for word in words if word in _LEGAL_FORMS))


def _joined_letters(words: list[str]) -> list[str]:
    """Words with runs of single letters as one: s. p. a. and spa are the same."""
    joined: list[str] = []
    in_run = False
    for word in words:
        if len(word) == 1 and in_run and not word.isdigit():
            joined[-1] += word
        else:
            joined.append(word)
        in_run = len(word) == 1 and not word.isdigit()
    return joined


def firm_fit(mine: FirmForm, other: FirmForm) -> FirmFit:
    """How two names of companies fit, legal forms left aside."""
    if mine.words == other.words:
        return FirmFit.EQUAL
    one, two = mine.sound, other.sound
    if one == two:
        return FirmFit.SOUND
    words = {sounded(word) for word in mine.words}, {sounded(word) for word in other.words}
    if words[0] == words[1]:
        return FirmFit.ORDER
    if words[0] < words[1] or words[1] < words[0]:
        return FirmFit.PART
    if _is_short_for(mine.words, other.words) or _is_short_for(other.words, mine.words):
        return FirmFit.INITIALS
    if min(len(one), len(two)) >= _SHORTEST_ALIKE and fuzz.ratio(one, two) >= _ALIKE:
        return FirmFit.TYPO
    same_start = bool(mine.words and other.words) and sounded(mine.words[0]) == sounded(other.words[0])
    return FirmFit.SIBLING if same_start else FirmFit.CONFLICT


def _is_short_for(short: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return len(short) == 1 and len(words) > 1 and short[0] == "".join(word[0] for word in words)


def are_set_apart(mine: FirmForm, other: FirmForm) -> bool:
    """Whether a country, a number or a word such as "Holding" is in one name only: firms of one group."""
    different = set(mine.words) ^ set(other.words)
    return any(word in _APART or word.isdigit() for word in different)
