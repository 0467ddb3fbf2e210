"""What somebody has typed so far of a contact or company, made ready for the search for duplicates. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.duplicate_scoring import FirmTraits, PersonTraits, company_key, firm_traits, person_traits
from services.records.fields import EntityKind
from services.values.domains import FREE_MAIL_DOMAINS, domain_of
from services.values.emails import normalise_email
from services.values.phones import normalise_phone
from services.values.text import fold
from services.values.unreadable import UnreadableValue

TypedFields = Mapping[str, str | Sequence[str]]

_SHORTEST_NUMBER: Final = 7
_SHORTEST_NAME: Final = 3
_MOST_WORDS: Final = 4
_LONGEST: Final = 80
"""Of a text that was pasted into a name, the beginning is looked at."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What is looked for: `traits` to compare, and the ways to candidates, each empty where it leads nowhere.

    `points` are normal forms of mail addresses and numbers, `names` beginnings of names in the order of lists,
    `words` words of the name, `surname` its surest one, `initial` the beginning of the first name, and
    `at_company` full-text expressions of the company.
    """

    entity: EntityKind
    traits: PersonTraits | FirmTraits
    points: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    surname: str = ""
    initial: str = ""
    at_company: tuple[str, ...] = ()

    @property
    def reached(self) -> tuple[str, ...]:
        """The values of which it matters how many records have them."""
        return (*self.points, *self.domains)


def _texts(fields: TypedFields, name: str) -> list[str]:
    value = fields.get(name) or ()
    return [text for text in ([value] if isinstance(value, str) else value) if text.strip()]


def _text(fields: TypedFields, name: str) -> str:
    return " ".join(_texts(fields, name))[:_LONGEST]


def _readable(texts: Sequence[str], normalise: Callable[[str], str]) -> Iterator[str]:
    """The normal forms of those that are finished already."""
    for text in texts:
        try:
            yield normalise(text)
        except UnreadableValue:
            continue


def _numbers(fields: TypedFields, region: str) -> tuple[str, ...]:
    found = _readable(_texts(fields, "phone"), lambda text: normalise_phone(text, region))
    return tuple(number for number in found if sum(map(str.isdigit, number)) >= _SHORTEST_NUMBER)


def typed_contact(fields: TypedFields, region: str) -> Typed:
    """What is typed of a contact; a number without a country code is read as dialled in `region`."""
    first, last = _text(fields, "first_name"), _text(fields, "last_name")
    company = _text(fields, "company")
    emails, phones = tuple(_readable(_texts(fields, "email"), normalise_email)), _numbers(fields, region)
    companies = [company_key(company)] if company_key(company) else []
    given, family = fold(first).split()[:_MOST_WORDS], fold(last).split()[:_MOST_WORDS]
    plain = " ".join(given), " ".join(family)
    orders = [f"{plain[1]} {plain[0]}", f"{plain[0]} {plain[1]}"] if all(plain) else []
    return Typed(
        EntityKind.CONTACT,
        person_traits(first, last, companies=companies, emails=emails, phones=phones),
        points=(*emails, *phones),
        names=tuple(orders),
        words=(*given, *family) if given and family else (),
        surname=family[-1] if family and len(family[-1]) >= _SHORTEST_NAME else "",
        initial=given[0][:1] if given else "",
        at_company=tuple(f'"{word}"*' for word in fold(company).split()[:2]),
    )


def typed_company(fields: TypedFields, region: str) -> Typed:
    """What is typed of a company; a number without a country code is read as dialled in `region`."""
    name = _text(fields, "name")
    phones = _numbers(fields, region)
    addresses = [*_texts(fields, "domain"), *_texts(fields, "website")]
    named = dict.fromkeys(domain for domain in _readable(addresses, domain_of) if domain not in FREE_MAIL_DOMAINS)
    city, country = _text(fields, "city"), _text(fields, "country")
    traits = firm_traits(name, domains=named, phones=phones, city=city, country=country)
    words = traits.name.words[:_MOST_WORDS]
    beginning = " ".join(words)
    surname = max(words, key=len, default="")
    return Typed(
        EntityKind.COMPANY,
        traits,
        points=phones,
        domains=tuple(named),
        names=(beginning,) if len(beginning) >= _SHORTEST_NAME else (),
        words=words if len(beginning) >= _SHORTEST_NAME else (),
        surname=surname if len(surname) >= _SHORTEST_NAME else "",
    )
