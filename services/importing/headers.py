"""From the name of a column to what it holds: exports of known programs first, then six languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from services.importing.header_words import DURATION_WORDS, UNIT_OF_WORD, WORDS
from services.importing.vendors import Vendor, find_vendor
from services.records.fields import FIELDS, EntityKind
from services.values.durations import SECOND
from services.values.labels import FAX, LABEL_OF_WORD, MOBILE, PAGER, canonical_label
from services.values.text import fold

LABELLED: Final = frozenset(
    [
        "email",
        "phone",
        "website",
        "social",
        "address",
        "city",
        "region",
        "postal_code",
        "country",
        "formatted_address",
    ]
)
PARTS_OF_NAME: Final = frozenset(["full_name", "first_name", "middle_name", "last_name"])
PARTS_OF_ADDRESS: Final = frozenset(["address", "city", "region", "postal_code", "country", "formatted_address"])
EXTRA_TARGETS: Final = frozenset(["full_name", "middle_name", "region", "postal_code", "formatted_address"])
STATUS: Final = "status"
CLOSED_AT: Final = "closed_at"
COMPANY_KEY: Final = "company_key"
PEOPLE: Final = "people"
_EXTRAS: Final = {
    EntityKind.CONTACT: EXTRA_TARGETS,
    EntityKind.COMPANY: EXTRA_TARGETS,
    EntityKind.LEAD: EXTRA_TARGETS | {"first_name", "last_name"},
    # What of an event is no field of its record.
    EntityKind.EVENT: frozenset(
        [
            "attendees",
            "excluded",
            "added",
            "alarms",
            "calendar_uid",
            "sequence",
            "occurrence_at",
            "transparency",
            "visibility",
        ]
    ),
    # Open, won or lost beside the stage a deal stood in; the day on which it was closed, whichever way; its company
    # by the key that it had in the other program; the people who play a part in it.
    EntityKind.DEAL: frozenset([STATUS, CLOSED_AT, COMPANY_KEY, PEOPLE]),
}
_NUMBERED: Final = re.compile(
    r"(?P<kind>E-mail|Phone|Address|Website|Social|Organization|IM|Relation|Event|Custom Field) "
    r"(?P<number>\d+) - (?P<part>.+)",
    re.IGNORECASE,
)
_NUMBERED_PARTS: Final = {
    ("e-mail", "value"): "email",
    ("phone", "value"): "phone",
    ("website", "value"): "website",
    ("social", "value"): "social",
    ("address", "street"): "address",
    ("address", "po box"): "address",
    ("address", "extended address"): "address",
    ("address", "city"): "city",
    ("address", "region"): "region",
    ("address", "postal code"): "postal_code",
    ("address", "country"): "country",
    ("address", "formatted"): "formatted_address",
    **{
        (kind, flag): flag
        for kind in ("e-mail", "phone", "website", "social", "address")
        for flag in ("verified", "bounced")
    },
}
POINT_FLAGS: Final = ("verified", "bounced")
"""What a column says of the point in the columns of the same number; no field of the record itself."""
_FIELD_OF_KIND: Final = {"e-mail": "email"}
_FIRST_ORGANIZATION: Final = {"name": "company", "title": "title"}
_POINTING: Final = (MOBILE, FAX, PAGER)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a column goes: a field, with the label of its point or the column that holds it, or a unit.

    A field of "" leaves the column out.
    """

    field: str
    label: str = ""
    label_column: str = ""
    unit: str = ""


NOWHERE: Final = Target("")


def extra_targets(entity: EntityKind) -> frozenset[str]:
    """What columns of such a file may hold beside fields: parts of them, and what fields follow from."""
    return _EXTRAS.get(entity, frozenset())


def targets_of(entity: EntityKind, names: Sequence[str]) -> tuple[list[Target | None], Vendor | None]:
    """The target of each column, None where the name says nothing, and the program the file comes from."""
    vendor = find_vendor(names)
    present = {fold(name): name for name in names}
    return [_target(entity, name, vendor, present) for name in names], vendor


def _target(entity: EntityKind, name: str, vendor: Vendor | None, present: dict[str, str]) -> Target | None:
    numbered = _NUMBERED.fullmatch(name.strip())
    if numbered:
        return _numbered_target(entity, numbered, present)
    if vendor is not None:
        known = vendor.target(entity, name)
        if known is not None:
            return _with_duration_unit(parse_target(known), name)
        return lookup(entity, vendor.bare(name))
    return lookup(entity, name)


def _numbered_target(entity: EntityKind, found: re.Match[str], present: dict[str, str]) -> Target:
    """Google's "Phone 2 - Value": labelled by the column "Phone 2 - Label" (formerly "- Type") beside it."""
    kind, number, part = found["kind"].lower(), found["number"], found["part"].lower()
    if kind == "organization":
        is_main = number == "1" and entity in (EntityKind.CONTACT, EntityKind.LEAD)
        return Target(_FIRST_ORGANIZATION.get(part, "")) if is_main else NOWHERE
    field = _NUMBERED_PARTS.get((kind, part), "")
    if "address" not in FIELDS[entity] or not field or _FIELD_OF_KIND.get(kind, kind) not in FIELDS[entity]:
        return NOWHERE
    if field in POINT_FLAGS:
        return Target(field)
    stem = f"{found['kind']} {number} - "
    label = present.get(fold(stem + "Label")) or present.get(fold(stem + "Type"), "")
    return Target(field, label_column=label)


def parse_target(text: str) -> Target:
    """A target from "field" or "field:label"."""
    field, _, label = text.partition(":")
    return Target(field, label)


def lookup(entity: EntityKind, name: str) -> Target | None:
    """The target of a column by its name alone, in any of the languages; None if the name is not known."""
    folded = fold(name)
    known = _targets_by_word(entity)
    target = known.get(folded) or known.get(folded.rstrip("0123456789 "))
    if target is not None:
        return target
    words = folded.split()
    if entity is EntityKind.ACTIVITY:
        return _duration_target(words)
    return _labelled_target(known, words) if "phone" in FIELDS[entity] else None


def _duration_target(words: list[str]) -> Target | None:
    if not DURATION_WORDS.intersection(words):
        return None
    return Target("duration_s", unit=next((UNIT_OF_WORD[word] for word in words if word in UNIT_OF_WORD), SECOND))


def _with_duration_unit(target: Target, name: str) -> Target:
    if target.field != "duration_s":
        return target
    return _duration_target(["duration", *fold(name).split()]) or target


def _labelled_target(known: dict[str, Target], words: list[str]) -> Target | None:
    """ "Work e-mail", "Telefon privat", "Home city 2": a label beside the name of a field that takes one."""
    labels = [word for word in words if word in LABEL_OF_WORD]
    if not labels:
        return None
    label = canonical_label(" ".join(labels))
    rest = " ".join(word for word in words if word not in LABEL_OF_WORD and not word.isdigit())
    if not rest:
        return Target("phone", label) if label in _POINTING else None
    target = known.get(rest)
    if target is None or target.field not in LABELLED:
        return None
    return Target(target.field, label)


@cache
def _targets_by_word(entity: EntityKind) -> dict[str, Target]:
    known = {fold(field): Target(field) for field in FIELDS[entity]}
    for text, words in WORDS.get(entity, {}).items():
        target = parse_target(text)
        known.setdefault(fold(target.field), target)
        for word in words.split("|"):
            if word:
                known.setdefault(word, target)
    return known


def is_known_header(name: str) -> bool:
    """Whether a text is the usual name of some column."""
    if _NUMBERED.fullmatch(name.strip()):
        return True
    return any(lookup(entity, name) is not None for entity in WORDS)
