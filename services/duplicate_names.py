"""How two names of people stand to each other: the same, misspelt, shortened, or of two people. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from services.values.names import split_full_name
from services.values.text import fold, listed

_TITLES: Final = listed("mr mrs ms miss dr prof professor herr frau ing dipl mag monsieur madame mme dott dottssa")
_DEGREES: Final = listed("phd md mba msc bsc ma ba llm esq cpa")
_GENERATIONS: Final = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_PARTICLES: Final = listed("van von vom der den de het t la le les du des da dos das do di del della al el ter ten zu")

_SHORT_FORMS: Final = (
    "robert bob bobby rob robbie",
    "william bill billy will willi willy liam",
    "richard rick dick rich",
    "elizabeth elisabeth liz lisa beth betty lizzy eliza elise lisbeth",
    "margaret margarete maggie meg peggy greta gretel grete",
    "james jim jimmy jamie",
    "john jack johnny",
    "michael mike mick micha michi",
    "thomas tom tommy",
    "katharina kathrin katja kathi katherine catherine kate kathy katie cathy",
    "edward ed eddie ted ned",
    "theodor theodore theo ted",
    "charles charlie chuck",
    "joseph josef joe sepp jupp",
    "johannes hannes hans jan johann jo",
    "friedrich fritz fred frederick freddy",
    "alexander alex sascha sasha aleksandr xander",
    "alexandra alex sascha sasha sandra",
    "christopher christoph chris kit",
    "christian chris christiane",
    "christina christine chris tina",
    "andrew andy drew",
    "andreas andi andy",
    "anthony antony tony anton toni",
    "matthew matt matthias matthaus",
    "daniel dan danny",
    "david dave",
    "stephen steven steve stefan stephan",
    "benjamin ben benny",
    "samuel samantha sam",
    "patrick patricia pat",
    "gerald gerry jerry gerhard gerd",
    "nicholas nick nikolaus klaus niko nicolas nico",
    "gregory greg",
    "jennifer jenny jen",
    "susanne susan sue suzanne susi",
    "deborah debbie deb",
    "barbara barb babs barbel",
    "victoria viktoria vicky",
    "ludwig lutz",
    "heinrich heinz heiner henry harry",
    "wolfgang wolf",
    "francisco paco francesco franco",
    "jose pepe",
    "giuseppe beppe pino",
    "dmitri dima",
    "vladimir volodya vova",
    "mikhail misha",
)


def _by_short_form() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_SHORT_FORMS):
        for name in line.split():
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


_FAMILIES_OF: Final = _by_short_form()

_LATIN: Final = (
    "а=a б=b в=v г=g д=d е=e ж=zh з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch "
    "ъ= ы=y ь= э=e ю=yu я=ya і=i ї=i є=ie ґ=g "
    "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s τ=t υ=u φ=f χ=ch ψ=ps ω=o"
)
_LETTERS: Final = str.maketrans(dict(pair.split("=") for pair in _LATIN.split(" ")))
_SOUNDS: Final = (
    ("tsch", "ch"),
    ("sch", "sh"),
    ("chr", "kr"),
    ("x", "ks"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("ae", "a"),
    ("oe", "o"),
    ("ue", "u"),
    ("w", "v"),
    ("y", "i"),
    ("j", "i"),
)
_HARD_C: Final = re.compile(r"c(?=[aourlt]|$)")
_DOUBLED: Final = re.compile(r"([^\W\d])\1+")
_VOWELS: Final = str.maketrans("", "", "aeiou")
# What a name for a man and one for a woman differ by: Daniel and Daniela, Andrea and Andreas, Martin and Martine.
_GENDERED: Final = frozenset({"a", "e", "s", "ia", "ina", "ine", "ette", "ella"})
_LAST_VOWELS: Final = frozenset("aeo")

_SHORTEST_WITH_TYPO: Final = 5
_LONG: Final = 9
_SHORTEST_CUT: Final = 3
_FEWEST_CONSONANTS: Final = 4


@lru_cache(maxsize=200_000)
def sounded(word: str) -> str:
    """A folded word in Latin letters, by its sound: transliterations and double letters make no difference."""
    text = word if word.isascii() else word.translate(_LETTERS)
    for written, sound in _SOUNDS:
        if written in text:
            text = text.replace(written, sound)
    return _DOUBLED.sub(r"\1", _HARD_C.sub("k", text))


class Fit(Enum):
    """How one part of a name fits another, from best to worst."""

    EQUAL = auto()
    SOUND = auto()
    TYPO = auto()
    SHORT = auto()
    PART = auto()
    INITIAL = auto()
    LOOSE = auto()
    EMPTY = auto()
    CONFLICT = auto()


@dataclass(frozen=True, slots=True)
class NameForm:
    """A person's name as it is compared: folded words, without titles and degrees; `generation` is jr, sr, ii ..."""

    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    generation: str = ""

    @property
    def key(self) -> str:
        """Names that sound the same in any order have the same key; empty for a name of one word."""
        words = sorted(sounded(word) for word in (*self.first, *self.last) if word not in _PARTICLES)
        return " ".join(words) if len(words) > 1 else ""

    @property
    def last_key(self) -> str:
        """The sound of the family name's first word that is no particle."""
        plain = [word for word in self.last if word not in _PARTICLES] or list(self.last)
        return sounded(plain[0]) if plain else ""

    @property
    def first_key(self) -> str:
        """The sound of the first name's first word."""
        return sounded(self.first[0]) if self.first else ""


def name_form(first: str | None, last: str | None) -> NameForm:
    """The form of a name as it is kept; a whole name in one of the two fields is taken apart."""
    first, last = first or "", last or ""
    given = list(_words(first))
    family = list(_words(last))
    generation = ""
    while len(family) > 1 and (family[-1] in _GENERATIONS or family[-1] in _DEGREES):
        generation = _GENERATIONS.get(family.pop(), generation)
    if bool(given) != bool(family) and (len(given or family) > 1 or not (given or family)[0].isascii()):
        parts = split_full_name(first or last)
        given, family = list(_words(parts.first)), list(_words(parts.last))
    return NameForm(tuple(given), tuple(family), generation)


@lru_cache(maxsize=50_000)
def _words(text: str) -> tuple[str, ...]:
    words = fold(text).split()
    kept = [word for word in words if word not in _TITLES]
    return tuple(kept or words)


def first_fit(mine: tuple[str, ...], other: tuple[str, ...]) -> Fit:
    """How two first names fit."""
    if not mine or not other:
        return Fit.EMPTY
    if mine == other:
        return Fit.EQUAL
    return _first_fit(*((mine, other) if mine <= other else (other, mine)))


@lru_cache(maxsize=50_000)
def _first_fit(mine: tuple[str, ...], other: tuple[str, ...]) -> Fit:
    one, two = "".join(map(sounded, mine)), "".join(map(sounded, other))
    if one == two:
        return Fit.SOUND
    if _has_initial(mine) or _has_initial(other):
        return Fit.INITIAL if _initials_fit(mine, other) else _part_with_initial(mine, other)
    if set(mine) < set(other) or set(other) < set(mine):
        return Fit.PART
    return _word_fit(mine[0], other[0], one, two)


def _word_fit(mine: str, other: str, one: str, two: str) -> Fit:
    """How two written-out first names fit: `one` and `two` are their sounds, of all their words."""
    if _FAMILIES_OF.get(mine, frozenset()) & _FAMILIES_OF.get(other, frozenset()):
        return Fit.SHORT
    if _is_gendered(one, two):
        return Fit.CONFLICT
    shorter, longer = sorted((sounded(mine), sounded(other)), key=len)
    if len(shorter) >= _SHORTEST_CUT and longer.startswith(shorter):
        return Fit.SHORT
    if _is_typo(one, two):
        return Fit.TYPO
    bones = one.translate(_VOWELS)
    if len(bones) >= _FEWEST_CONSONANTS and bones == two.translate(_VOWELS):
        return Fit.LOOSE
    return Fit.CONFLICT


def _has_initial(words: tuple[str, ...]) -> bool:
    return any(_is_initial(word) for word in words)


def _is_initial(word: str) -> bool:
    """Whether a word is one letter of an alphabet; one Chinese character is a whole name."""
    return len(word) == 1 and word.isalpha() and sounded(word).isascii()


def _initials_fit(mine: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether words and initials agree one by one, as far as both go."""
    pairs = list(zip(mine, other, strict=False))
    return all(
        one == two or (min(len(one), len(two)) == 1 and one[0] == two[0]) or sounded(one) == sounded(two)
        for one, two in pairs
    )


def _part_with_initial(mine: tuple[str, ...], other: tuple[str, ...]) -> Fit:
    """ "John R." and "Jon": without the initials the names may still fit."""
    full = [tuple(word for word in words if not _is_initial(word)) for words in (mine, other)]
    if not full[0] or not full[1]:
        return Fit.CONFLICT
    fit = first_fit(full[0], full[1])
    return Fit.PART if fit in (Fit.EQUAL, Fit.SOUND) else fit


def _is_gendered(one: str, two: str) -> bool:
    shorter, longer = sorted((one, two), key=len)
    if len(shorter) < len(longer) and longer.startswith(shorter):
        return longer[len(shorter) :] in _GENDERED
    same_length = len(one) == len(two) and one[:-1] == two[:-1]
    return same_length and one[-1] in _LAST_VOWELS and two[-1] in _LAST_VOWELS


def _is_typo(one: str, two: str) -> bool:
    shortest = min(len(one), len(two))
    if shortest < _SHORTEST_WITH_TYPO:
        return False
    most = 2 if shortest >= _LONG else 1
    return OSA.distance(one, two, score_cutoff=most) <= most


def last_fit(mine: tuple[str, ...], other: tuple[str, ...]) -> Fit:
    """How two family names fit."""
    if not mine or not other:
        return Fit.EMPTY
    if mine == other:
        return Fit.EQUAL
    return _last_fit(*((mine, other) if mine <= other else (other, mine)))


@lru_cache(maxsize=50_000)
def _last_fit(mine: tuple[str, ...], other: tuple[str, ...]) -> Fit:
    one, two = "".join(map(sounded, mine)), "".join(map(sounded, other))
    if one == two:
        return Fit.SOUND
    plain = [{sounded(word) for word in words if word not in _PARTICLES} for words in (mine, other)]
    if plain[0] and plain[1] and (plain[0] <= plain[1] or plain[1] <= plain[0]):
        return Fit.PART
    if _has_initial(mine) or _has_initial(other):
        return Fit.INITIAL if _initials_fit(mine, other) else Fit.CONFLICT
    return Fit.TYPO if _is_typo(one, two) else Fit.CONFLICT


def is_swapped(mine: NameForm, other: NameForm) -> bool:
    """Whether one's first name is the other's family name and the other way round."""
    good = (Fit.EQUAL, Fit.SOUND)
    return first_fit(mine.first, other.last) in good and first_fit(mine.last, other.first) in good
