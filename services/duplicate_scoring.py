"""How likely two records are one person or one company, with the reason in words. Pure: does no I/O.

Each thing that the two share or do not share adds to or takes from the log-odds; the weights were set by hand
and are judged by the pairs of `tests/data/duplicates.toml`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Final

import phonenumbers

from services.duplicate_firms import FirmFit, FirmForm, are_set_apart, firm_fit, firm_form
from services.duplicate_grounds import Ground, Verdict
from services.duplicate_names import Fit, NameForm, first_fit, is_swapped, last_fit, name_form, sounded
from services.values.domains import FREE_MAIL_DOMAINS, company_domain
from services.values.text import fold, listed

LISTED: Final = 60
"""From this score on a pair is shown for review."""

FEW: Final = 3
"""A mail address or number that more records have belongs to a group: a shared mailbox, a switchboard."""

_SHARED_MAILBOXES: Final = listed(
    "info office kontakt contact mail hello post sales vertrieb verkauf einkauf support service team admin "
    "office buchhaltung rechnung invoice accounting billing hr jobs bewerbung marketing presse press zentrale "
    "sekretariat reception empfang kundenservice webmaster postmaster hallo bonjour bureau ufficio ventas compras"
)


@dataclass(frozen=True, slots=True)
class PersonTraits:
    """What is compared of a contact. `companies` are any keys that name its companies, domains of mail included."""

    name: NameForm
    companies: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    profiles: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    birthday: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class FirmTraits:
    """What is compared of a company; `domains` include those of its web addresses, without free mail providers."""

    name: FirmForm
    domains: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    city: str = ""
    country: str = ""
    key: str = ""


def person_traits(
    first: str | None,
    last: str | None,
    *,
    companies: Iterable[str] = (),
    emails: Iterable[str] = (),
    birthday: str | None = None,
    key: str | None = None,
    **points: Iterable[str],
) -> PersonTraits:
    """The traits of a contact; `points` may give phones, profiles and addresses in their normal form."""
    mails = frozenset(emails)
    domains = (f"@{domain}" for domain in (_work_domain(mail.rpartition("@")[2]) for mail in mails) if domain)
    sets = {name: frozenset(values) for name, values in points.items()}
    form = name_form(first, last)
    return PersonTraits(form, frozenset((*companies, *domains)), mails, birthday=birthday or "", key=key or "", **sets)


def firm_traits(
    name: str | None,
    *,
    domains: Iterable[str] = (),
    phones: Iterable[str] = (),
    city: str | None = None,
    country: str | None = None,
    key: str | None = None,
) -> FirmTraits:
    """The traits of a company."""
    own = tuple(domain for domain in domains if domain not in FREE_MAIL_DOMAINS)
    form = firm_form(name, own)
    return FirmTraits(form, frozenset(own), frozenset(phones), fold(city or ""), country or "", key or "")


@lru_cache(maxsize=50_000)
def company_key(name: str) -> str:
    """The key under which a company of this name is the same, however its name is written."""
    return firm_form(name).sound


@lru_cache(maxsize=50_000)
def _work_domain(host: str) -> str:
    """The domain that names a company, of the part of a mail address after the @."""
    return company_domain(f"@{host}")


@lru_cache(maxsize=50_000)
def is_mobile(normal: str) -> bool:
    """Whether a number in E.164 is certainly a mobile's."""
    try:
        number = phonenumbers.parse(normal)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE


@dataclass(slots=True)
class _Balance:
    """The log-odds so far; a ground is noted with what it weighs."""

    total: float = -4.0
    grounds: list[Ground] = field(default_factory=list)

    def add(self, ground: Ground | None, weight: float) -> None:
        self.total += weight
        if ground is not None:
            self.grounds.append(ground)

    def verdict(self) -> Verdict:
        score = round(100 / (1 + math.exp(-self.total)))
        return Verdict(min(max(score, 0), 99), tuple(dict.fromkeys(self.grounds)))


Holders = Mapping[str, int]
"""How many living records have a mail address, number or domain; two where nothing is said."""

_FIRST: Final = {
    Fit.EQUAL: 2.8,
    Fit.SOUND: 2.5,
    Fit.TYPO: 1.8,
    Fit.SHORT: 1.8,
    Fit.PART: 1.8,
    Fit.INITIAL: 1.2,
    Fit.LOOSE: 0.8,
    Fit.EMPTY: -1.5,
    Fit.CONFLICT: -5.0,
}
_LAST: Final = {**_FIRST, Fit.CONFLICT: -2.5, Fit.INITIAL: 0.8}
_STILL_TO_COME: Final = (0.0, 1.5, 2.0)
"""What a first or last name that is not typed yet may turn out to say, by how many of the two are missing."""

_ALIKE: Final = frozenset({Fit.SOUND, Fit.TYPO, Fit.LOOSE})


def compare_people(mine: PersonTraits, other: PersonTraits, holders: Holders, *, unfinished: bool = False) -> Verdict:
    """How likely two contacts are one person; of an `unfinished` one the rest of the name is still to come."""
    balance = _Balance()
    parts = _weigh_names(balance, mine, other)
    if unfinished:
        balance.add(None, _STILL_TO_COME[parts.count(Fit.EMPTY)])
    _weigh_points(balance, mine, other, holders)
    _weigh_company(balance, mine, other)
    if mine.key and mine.key == other.key:
        balance.add(Ground.KEY, 5.0)
    if mine.profiles & other.profiles:
        balance.add(Ground.PROFILE, 5.0)
    if mine.addresses & other.addresses:
        balance.add(Ground.ADDRESS, 2.0)
    if mine.birthday and other.birthday:
        same = mine.birthday[-5:] == other.birthday[-5:] and not _years_differ(mine.birthday, other.birthday)
        balance.add(Ground.BIRTHDAY if same else Ground.OTHER_BIRTHDAY, 2.5 if same else -6.0)
    if not mine.emails & other.emails:
        _weigh_mail_patterns(balance, mine, other, parts)
    return balance.verdict()


def _years_differ(mine: str, other: str) -> bool:
    return mine[:1] != "-" and other[:1] != "-" and mine[:4] != other[:4]


def _weigh_names(balance: _Balance, mine: PersonTraits, other: PersonTraits) -> tuple[Fit, Fit]:
    one, two = mine.name, other.name
    first, last = first_fit(one.first, two.first), last_fit(one.last, two.last)
    if one.generation != two.generation:
        balance.add(Ground.OTHER_GENERATION, -6.0 if one.generation and two.generation else -5.5)
    if not (one.first or one.last) or not (two.first or two.last):
        _weigh_missing_name(balance, mine, other)
    elif (first, last) == (Fit.EQUAL, Fit.EQUAL) or sorted((*one.first, *one.last)) == sorted((*two.first, *two.last)):
        swapped = first is Fit.CONFLICT
        balance.add(Ground.NAMES_SWAPPED if swapped else Ground.NAME, 4.8 if swapped else 5.6)
    elif is_swapped(one, two):
        balance.add(Ground.NAMES_SWAPPED, 4.3)
    else:
        balance.add(_ground_of(first, last), _FIRST[first] + _LAST[last])
    return first, last


def _weigh_missing_name(balance: _Balance, mine: PersonTraits, other: PersonTraits) -> None:
    """Of a record without a name its mail address may spell one."""
    named = mine.name if mine.name.first or mine.name.last else other.name
    locals_ = [email.partition("@")[0] for email in mine.emails & other.emails]
    if any(_pattern(local, named) == "full" for local in locals_):
        balance.add(Ground.NAMES_FIT, 1.5)


def _ground_of(first: Fit, last: Fit) -> Ground:
    if first is Fit.CONFLICT:
        return Ground.OTHER_NAMES
    if last is Fit.CONFLICT:
        return Ground.OTHER_LAST_NAME
    if first in _ALIKE or last in _ALIKE:
        return Ground.NAMES_ALIKE
    if Fit.EMPTY in (first, last):
        return Ground.NAME_PART
    return Ground.NAMES_FIT


def _weigh_points(balance: _Balance, mine: PersonTraits, other: PersonTraits, holders: Holders) -> None:
    shared = mine.emails & other.emails
    if shared:
        own = any(holders.get(email, 2) <= FEW and not _is_shared_mailbox(email) for email in shared)
        balance.add(Ground.EMAIL if own else Ground.SHARED_EMAIL, 4.5 if own else 1.0)
    elif mine.emails and other.emails:
        balance.add(None, -0.7)
    numbers = mine.phones & other.phones
    if numbers:
        few = [number for number in numbers if holders.get(number, 2) <= FEW]
        if any(map(is_mobile, few)):
            balance.add(Ground.MOBILE, 4.2)
        else:
            balance.add(Ground.PHONE if few else Ground.SWITCHBOARD, 2.0 if few else 0.7)
    elif any(map(is_mobile, mine.phones)) and any(map(is_mobile, other.phones)):
        balance.add(None, -1.0)


def _is_shared_mailbox(email: str) -> bool:
    return email.partition("@")[0] in _SHARED_MAILBOXES


def _weigh_company(balance: _Balance, mine: PersonTraits, other: PersonTraits) -> None:
    shared = mine.companies & other.companies
    # A mail address that both have says where they work only once.
    if shared - {f"@{_work_domain(email.rpartition('@')[2])}" for email in mine.emails & other.emails}:
        balance.add(Ground.COMPANY, 2.5)
    elif mine.companies and other.companies and not shared:
        balance.add(Ground.OTHER_COMPANY, -3.0)


def _weigh_mail_patterns(balance: _Balance, mine: PersonTraits, other: PersonTraits, parts: tuple[Fit, Fit]) -> None:
    """At one domain, addresses that are made of either's name speak for one person; two of one kind speak against."""
    for one, two in product(mine.emails, other.emails):
        local, _, domain = one.partition("@")
        second, _, at = two.partition("@")
        if domain != at or _is_shared_mailbox(one) or _is_shared_mailbox(two) or Fit.CONFLICT in parts:
            continue
        if local.rstrip("0123456789") == second.rstrip("0123456789"):
            balance.add(Ground.OTHER_MAIL, -4.0)
            return
        kinds = {_pattern(local, mine.name, other.name), _pattern(second, mine.name, other.name)}
        if "" in kinds or (kinds == {"full"} and parts[0] is Fit.PART):
            balance.add(Ground.OTHER_MAIL, -2.5)
        else:
            balance.add(Ground.MAIL_PATTERN, 1.0)
        return


def _pattern(local: str, *names: NameForm) -> str:
    """How an address spells one of the names: "full" (first and last), "short" (initials, one part), or "" for not."""
    words = "".join(sounded(word) for word in fold(local).split() if not word.isdigit())
    kinds = {_spelt(words, name) for name in names}
    return "full" if "full" in kinds else "short" if "short" in kinds else ""


def _spelt(words: str, name: NameForm) -> str:
    first, last = "".join(map(sounded, name.first)), "".join(map(sounded, name.last))
    starts = {sounded(word) for word in name.first} | {first}
    if any(len(given) > 1 and words in (given + last, last + given) for given in starts):
        return "full"
    initials = {given[:1] for given in starts} | {"".join(word[:1] for word in name.first)}
    short = {last, *starts} | {start + last for start in initials} | {last + start for start in initials}
    return "short" if words and words in short else ""


# --- Companies ----------------------------------------------------------------------------------------------

_FIRM: Final = {
    FirmFit.EQUAL: 5.5,
    FirmFit.SOUND: 5.0,
    FirmFit.ORDER: 4.5,
    FirmFit.TYPO: 3.0,
    FirmFit.PART: 2.0,
    FirmFit.INITIALS: 2.0,
    FirmFit.SIBLING: -1.0,
    FirmFit.CONFLICT: -4.0,
}
_FIRM_GROUND: Final = {
    FirmFit.EQUAL: Ground.NAME,
    FirmFit.SOUND: Ground.NAMES_ALIKE,
    FirmFit.ORDER: Ground.NAMES_FIT,
    FirmFit.TYPO: Ground.NAMES_ALIKE,
    FirmFit.PART: Ground.NAME_PART,
    FirmFit.INITIALS: Ground.NAMES_FIT,
    FirmFit.SIBLING: Ground.OTHER_NAMES,
    FirmFit.CONFLICT: Ground.OTHER_NAMES,
}


def compare_firms(mine: FirmTraits, other: FirmTraits, holders: Holders) -> Verdict:
    """How likely two companies are one."""
    balance = _Balance()
    fit = firm_fit(mine.name, other.name)
    balance.add(_FIRM_GROUND[fit], _FIRM[fit])
    if are_set_apart(mine.name, other.name):
        balance.add(Ground.SET_APART, -4.0)
    if mine.name.forms and other.name.forms and mine.name.forms != other.name.forms:
        balance.add(Ground.OTHER_FORM, -6.0)
    if mine.key and mine.key == other.key:
        balance.add(Ground.KEY, 5.0)
    _weigh_shared(balance, mine.domains, other.domains, holders, _DOMAIN_WEIGHTS)
    _weigh_shared(balance, mine.phones, other.phones, holders, _PHONE_WEIGHTS)
    _weigh_place(balance, mine, other)
    return balance.verdict()


_Weights = tuple[Ground, float, Ground, float, float]
_DOMAIN_WEIGHTS: Final[_Weights] = (Ground.DOMAIN, 4.0, Ground.SHARED_DOMAIN, 0.7, -2.0)
_PHONE_WEIGHTS: Final[_Weights] = (Ground.PHONE, 2.5, Ground.SWITCHBOARD, 0.7, -1.0)


def _weigh_shared(
    balance: _Balance, mine: frozenset[str], other: frozenset[str], holders: Holders, weights: _Weights
) -> None:
    ground, weight, many, weight_of_many, weight_of_none = weights
    shared = mine & other
    if shared:
        few = any(holders.get(value, 2) <= FEW for value in shared)
        balance.add(ground if few else many, weight if few else weight_of_many)
    elif mine and other:
        balance.add(None, weight_of_none)


def _weigh_place(balance: _Balance, mine: FirmTraits, other: FirmTraits) -> None:
    if mine.city and other.city:
        same = mine.city == other.city
        balance.add(Ground.CITY if same else Ground.OTHER_PLACE, 0.7 if same else -2.5)
    elif mine.country and other.country and mine.country != other.country:
        balance.add(Ground.OTHER_PLACE, -2.5)
