"""The reasons for which two records are taken for one, or are not, and how they are told. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Ground(StrEnum):
    """A reason to take two records for one, or not; the interface may word them itself."""

    KEY = "key"
    NAME = "name"
    EMAIL = "email"
    SHARED_EMAIL = "shared_email"
    MOBILE = "mobile"
    PHONE = "phone"
    SWITCHBOARD = "switchboard"
    PROFILE = "profile"
    COMPANY = "company"
    DOMAIN = "domain"
    SHARED_DOMAIN = "shared_domain"
    BIRTHDAY = "birthday"
    ADDRESS = "address"
    CITY = "city"
    NAMES_SWAPPED = "names_swapped"
    NAMES_FIT = "names_fit"
    NAMES_ALIKE = "names_alike"
    NAME_PART = "name_part"
    OTHER_LAST_NAME = "other_last_name"
    MAIL_PATTERN = "mail_pattern"
    OTHER_NAMES = "other_names"
    OTHER_COMPANY = "other_company"
    OTHER_BIRTHDAY = "other_birthday"
    OTHER_GENERATION = "other_generation"
    OTHER_MAIL = "other_mail"
    OTHER_FORM = "other_form"
    SET_APART = "set_apart"
    OTHER_PLACE = "other_place"


_SAME: Final = {
    Ground.KEY: "key in the system they came from",
    Ground.NAME: "name",
    Ground.EMAIL: "mail address",
    Ground.SHARED_EMAIL: "shared mailbox",
    Ground.MOBILE: "mobile number",
    Ground.PHONE: "phone number",
    Ground.SWITCHBOARD: "switchboard number",
    Ground.PROFILE: "profile on the web",
    Ground.DOMAIN: "domain",
    Ground.SHARED_DOMAIN: "domain that many have",
    Ground.COMPANY: "company",
    Ground.BIRTHDAY: "birthday",
    Ground.ADDRESS: "address",
    Ground.CITY: "place",
}
_WITH: Final = {
    Ground.NAMES_SWAPPED: "first and last name swapped",
    Ground.NAMES_FIT: "names that fit",
    Ground.NAMES_ALIKE: "names spelt alike",
    Ground.NAME_PART: "one name part of the other",
    Ground.MAIL_PATTERN: "mail addresses of one pattern",
}
_BUT: Final = {
    Ground.OTHER_LAST_NAME: "another last name",
    Ground.OTHER_NAMES: "other names",
    Ground.OTHER_COMPANY: "other companies",
    Ground.OTHER_BIRTHDAY: "other birthdays",
    Ground.OTHER_GENERATION: "a junior and a senior",
    Ground.OTHER_MAIL: "a mail address each",
    Ground.OTHER_FORM: "other legal forms",
    Ground.SET_APART: "names that set them apart",
    Ground.OTHER_PLACE: "other places",
}


def sentence(grounds: Iterable[Ground]) -> str:
    """The grounds in one sentence: "Same mobile number and company, names that fit." """
    given = frozenset(grounds)
    same = _listed(words for ground, words in _SAME.items() if ground in given)
    clauses = [f"same {same}"] if same else []
    clauses += [words for ground, words in _WITH.items() if ground in given]
    contrary = _listed(words for ground, words in _BUT.items() if ground in given)
    if contrary:
        clauses.append(f"but {contrary}" if clauses else contrary)
    text = ", ".join(clauses)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _listed(words: Iterable[str]) -> str:
    *most, last = list(words) or [""]
    return f"{', '.join(most)} and {last}" if most else last


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely two records are the same, 0 to 100, and why."""

    score: int
    grounds: tuple[Ground, ...]

    @property
    def reason(self) -> str:
        """The grounds in one sentence."""
        return sentence(self.grounds)
