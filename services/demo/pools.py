"""The word lists of the demo world, read from `resources/seed/demo`: names, places, industries, words."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from services.demo.draws import FloatArray, IntArray

_STROKES: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "å": "a"}
)
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_UMLAUT_CULTURES: Final = frozenset({"german"})


def folder() -> Traversable:
    """Where the word lists lie, in a checkout, a wheel and a frozen program alike."""
    return files("resources") / "seed" / "demo"


def read_toml(name: str) -> dict[str, Any]:
    """One of the lists in TOML."""
    return tomllib.loads((folder() / name).read_text("utf-8"))


def to_ascii(text: str, *, umlauts: bool = False) -> str:
    """Lower-case ASCII letters, digits and hyphens of `text`, as mail addresses and domains are made from it.

    With `umlauts`, ä ö ü become ae oe ue as Germans write them.
    """
    lower = unicodedata.normalize("NFC", text.lower()).replace("i̇", "i").translate(_STROKES)
    if umlauts:
        lower = lower.translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", lower)
    return "".join(letter for letter in plain if letter.isascii() and (letter.isalnum() or letter == "-"))


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written, in Latin letters, and as it appears in a mail address."""

    native: str
    roman: str
    ascii: str


@dataclass(frozen=True, slots=True)
class Culture:
    """Given names by gender (female, male) and family names in both forms."""

    name: str
    given: tuple[tuple[Name, ...], tuple[Name, ...]]
    family: tuple[tuple[Name, ...], tuple[Name, ...]]
    latin: bool


@dataclass(frozen=True, slots=True)
class City:
    """A city: its name, the pattern of its postal codes, its time zone and language."""

    name: Name
    postal: str
    zone: str
    language: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country with what makes its addresses, numbers and firms look right."""

    code: str
    weight: float
    currency: str
    culture: str
    language: str
    number_first: bool
    legal: tuple[str, ...]
    mobile: tuple[str, ...]
    office: tuple[str, ...]
    streets: tuple[str, ...]
    cities: tuple[City, ...]


@dataclass(frozen=True, slots=True)
class Industry:
    """A trade: what it uses of ours, what it orders, and words for its company names by language."""

    name: str
    products: tuple[str, ...]
    units: tuple[str, ...]
    words: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Words:
    """Lists that belong to no country."""

    stems: tuple[str, ...]
    endings: tuple[str, ...]
    titles: tuple[tuple[str, ...], ...]
    roles: tuple[str, ...]
    tags: tuple[str, ...]
    churn_reasons: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pools:
    """Everything names, firms and addresses are drawn from."""

    cultures: tuple[Culture, ...]
    countries: tuple[Country, ...]
    industries: tuple[Industry, ...]
    words: Words

    def culture_of(self, country: Country) -> int:
        """Index of the culture most people of a country belong to."""
        return next(i for i, culture in enumerate(self.cultures) if culture.name == country.culture)

    def zones(self) -> tuple[str, ...]:
        """Every time zone that occurs, sorted."""
        return tuple(sorted({city.zone for country in self.countries for city in country.cities}))

    def country_weights(self) -> list[float]:
        """How often each country occurs."""
        return [country.weight for country in self.countries]


def load_pools() -> Pools:
    """Read all lists; about 30 ms."""
    lists = read_toml("words.toml")
    titles = lists["titles"]
    words = Words(
        stems=tuple(lists["stems"]),
        endings=tuple(lists["endings"]),
        titles=tuple(tuple(titles[size]) for size in ("small", "middle", "large", "public")),
        roles=tuple(lists["roles"]),
        tags=tuple(lists["tags"]),
        churn_reasons=tuple(lists["churn_reasons"]),
        remarks=tuple(lists["remarks"]),
    )
    names = sorted((folder() / "names").iterdir(), key=lambda entry: entry.name)
    return Pools(
        cultures=tuple(
            read_culture(entry.name.removesuffix(".txt"), entry.read_text("utf-8"))
            for entry in names
            if entry.name.endswith(".txt")
        ),
        countries=tuple(_country(entry) for entry in read_toml("places.toml")["country"]),
        industries=tuple(_industry(entry) for entry in read_toml("industries.toml")["industry"]),
        words=words,
    )


def read_culture(name: str, text: str) -> Culture:
    """A list of names: sections in brackets, names by comma, `male/female` and `native=roman` forms."""
    sections: dict[str, list[str]] = {}
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[] ")
            sections[section] = []
        elif line.strip() and not line.startswith("#"):
            sections[section].extend(part.strip() for part in line.split(",") if part.strip())
    umlauts = name in _UMLAUT_CULTURES
    forms = [entry.split("/") for entry in sections["family"]]
    family = tuple(tuple(_name(form[side], umlauts=umlauts) for form in forms) for side in (-1, 0))
    given = tuple(tuple(_name(entry, umlauts=umlauts) for entry in sections[gender]) for gender in ("female", "male"))
    return Culture(
        name,
        given=(given[0], given[1]),
        family=(family[0], family[1]),
        latin="=" not in sections["family"][0],
    )


def _name(entry: str, *, umlauts: bool = False) -> Name:
    native, _, roman = entry.partition("=")
    roman = roman or native
    return Name(native, roman, to_ascii(roman, umlauts=umlauts))


def _country(entry: dict[str, Any]) -> Country:
    cities = []
    for line in entry["cities"]:
        name, postal, *rest = line.split("|")
        zone, language = rest or (entry["zone"], entry["language"])
        cities.append(City(_name(name), postal, zone, language))
    return Country(
        code=entry["code"],
        weight=float(entry["weight"]),
        currency=entry["currency"],
        culture=entry["culture"],
        language=entry["language"],
        number_first=entry["number_first"],
        legal=tuple(entry["legal"]),
        mobile=tuple(entry["mobile"]),
        office=tuple(entry["office"]),
        streets=tuple(entry["streets"]),
        cities=tuple(cities),
    )


def _industry(entry: dict[str, Any]) -> Industry:
    words = {language: tuple(names) for language, names in entry["words"].items()}
    return Industry(entry["name"], tuple(entry["products"]), tuple(entry["units"]), words)


@dataclass(frozen=True, slots=True)
class Ragged:
    """Lists of different lengths laid end to end, so that arrays can pick from each of them."""

    start: IntArray
    length: IntArray

    @classmethod
    def of(cls, lengths: list[int]) -> Ragged:
        """Lay out lists of these lengths."""
        length = np.array(lengths, dtype=np.int64)
        return cls(np.concatenate([[0], np.cumsum(length)[:-1]]).astype(np.int64), length)

    def at(self, group: IntArray, share: FloatArray) -> IntArray:
        """Position, in all lists, of the entry that lies at `share` (0 to 1) of each chosen list."""
        return self.start[group] + (share * self.length[group]).astype(np.int64)
