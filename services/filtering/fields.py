"""The fields a query can ask for: those of the contract, a few that are computed, and the user's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from services.records.fields import CUSTOM_PREFIX, FIELDS, EntityKind, FieldKind, FieldSpec
from services.records.people import CustomField
from services.values.text import fold


class Matching(StrEnum):
    """How a field is compared with what was asked for."""

    EXACT = "exact"
    """Character by character: keys of other systems."""
    CODE = "code"
    """The letters' case ignored: currencies, time zones, languages."""
    DOMAIN = "domain"
    """Kept in lower case."""
    FOLDED = "folded"
    """The whole text; case, accents, strokes and punctuation ignored."""
    WORDS = "words"
    """Every word occurs as a word, folded, in any order."""
    CHOICE = "choice"
    EMAIL = "email"
    PHONE = "phone"
    """A number with + is the whole number, one without is its end."""
    URL = "url"
    COUNTRY = "country"
    LANGUAGE = "language"
    NUMBER = "number"
    DURATION = "duration"
    MONEY = "money"
    DATE = "date"
    MOMENT = "moment"
    DAY_OR_MOMENT = "day_or_moment"
    """A moment, or a whole day wherever the user is."""
    YES_NO = "yes_no"
    TAG = "tag"
    COMPANY = "company"
    """A company by its whole name, folded, or by its uid."""
    PERSON = "person"
    """A user or contact by words of the name, by email or by uid."""
    TITLE = "title"
    """A deal or lead by words of its name, or by its uid."""
    PIPELINE = "pipeline"
    """A pipeline by its whole name, folded, or by its uid."""
    STAGE = "stage"
    """A stage by its whole name, folded, by what it means (open, won, lost) or by its uid."""
    UID = "uid"
    """Any beginning of a uid."""
    ID = "id"


ORDERED: Final = frozenset(
    {
        Matching.NUMBER,
        Matching.DURATION,
        Matching.MONEY,
        Matching.DATE,
        Matching.MOMENT,
        Matching.DAY_OR_MOMENT,
        Matching.ID,
    }
)
"""What can be compared with < and >."""

PATTERNED: Final = frozenset(
    {
        Matching.EXACT,
        Matching.CODE,
        Matching.DOMAIN,
        Matching.FOLDED,
        Matching.WORDS,
        Matching.EMAIL,
        Matching.PHONE,
        Matching.URL,
        Matching.LANGUAGE,
        Matching.TAG,
        Matching.COMPANY,
        Matching.PERSON,
        Matching.TITLE,
        Matching.PIPELINE,
        Matching.STAGE,
    }
)
"""What can be compared with a pattern."""


@dataclass(frozen=True, slots=True)
class FilterField:
    """One field of a query: its canonical name, what chips call it, and how it is compared."""

    name: str
    label: str
    matching: Matching
    choices: tuple[str, ...] = ()
    custom: CustomField | None = None


_BY_KIND: Final = {
    FieldKind.TEXT: Matching.FOLDED,
    FieldKind.LONG_TEXT: Matching.WORDS,
    FieldKind.NUMBER: Matching.NUMBER,
    FieldKind.INTEGER: Matching.NUMBER,
    FieldKind.BOOL: Matching.YES_NO,
    FieldKind.DATE: Matching.DATE,
    FieldKind.MOMENT: Matching.MOMENT,
    FieldKind.DAY_OR_MOMENT: Matching.DAY_OR_MOMENT,
    FieldKind.RECURRENCE: Matching.FOLDED,
    FieldKind.MONEY: Matching.MONEY,
    FieldKind.CURRENCY: Matching.CODE,
    FieldKind.CHOICE: Matching.CHOICE,
    FieldKind.EMAIL: Matching.EMAIL,
    FieldKind.PHONE: Matching.PHONE,
    FieldKind.URL: Matching.URL,
    FieldKind.COUNTRY: Matching.COUNTRY,
    FieldKind.LANGUAGE: Matching.LANGUAGE,
    FieldKind.TIME_ZONE: Matching.CODE,
    FieldKind.LINK: Matching.PERSON,
    FieldKind.TAGS: Matching.TAG,
}
_BY_NAME: Final = {
    "external_key": Matching.EXACT,
    "domain": Matching.DOMAIN,
    "name": Matching.WORDS,
    "title": Matching.WORDS,
    "address": Matching.WORDS,
    "subject": Matching.WORDS,
    "location": Matching.WORDS,
    "churn_reason": Matching.WORDS,
    "disqualify_reason": Matching.WORDS,
    "loss_reason": Matching.WORDS,
    "next_step": Matching.WORDS,
    "company": Matching.COMPANY,
    "deal": Matching.TITLE,
    "lead": Matching.TITLE,
    "pipeline": Matching.PIPELINE,
    "stage": Matching.STAGE,
    "duration_s": Matching.DURATION,
}
_LABELS: Final = {
    "at": "When",
    "churned_at": "Churned",
    "created": "Created",
    "duration_s": "Duration",
    "external_key": "External key",
    "id": "Number",
    "last": "Last contact",
    "occurred_at": "When",
    "recorded_at": "Recorded",
    "tags": "Tag",
    "uid": "Uid",
}
_ALIASES: Final = {
    "at": "occurred_at",
    "close": "expected_close",
    "created_at": "created",
    "due": "due_at",
    "duration": "duration_s",
    "last_contact": "last",
    "last_activity": "last",
    "tag": "tags",
    "domains": "domain",
    "participant": "participants",
    "start": "starts_at",
    "with": "participants",
}
_EXTRA: Final = (
    ("created", Matching.MOMENT),
    ("source", Matching.FOLDED),
    ("uid", Matching.UID),
    ("id", Matching.ID),
)


HAVE_POINTS: Final = (EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.LEAD)
IN_TOUCH: Final = (*HAVE_POINTS, EntityKind.DEAL)
"""The kinds of record that activities are with."""


def label_of(name: str) -> str:
    """What a chip calls a field of that name."""
    bare = name.removeprefix(CUSTOM_PREFIX)
    return _LABELS.get(name) or bare.replace("_", " ")[:1].upper() + bare.replace("_", " ")[1:]


def _from_contract(spec: FieldSpec) -> FilterField:
    matching = _BY_NAME.get(spec.name) or _BY_KIND[spec.kind]
    if matching is Matching.COMPANY and spec.kind is FieldKind.TEXT:
        matching = Matching.WORDS  # a lead's company is only a name
    return FilterField(spec.name, label_of(spec.name), matching, spec.choices)


def _standing(entity: EntityKind) -> dict[str, FilterField]:
    fields = [_from_contract(spec) for spec in FIELDS[entity].values()]
    fields += [FilterField(name, label_of(name), matching) for name, matching in _EXTRA]
    if entity not in (EntityKind.COMPANY, EntityKind.LEAD, EntityKind.ACTIVITY):
        fields.append(FilterField("name", "Name", Matching.WORDS))
    if entity is EntityKind.DEAL:
        fields.append(FilterField("status", "Status", Matching.CHOICE, ("open", "won", "lost")))
    if entity in IN_TOUCH:
        fields.append(FilterField("last", label_of("last"), Matching.MOMENT))
    if entity in HAVE_POINTS:
        fields += [FilterField(name, label_of(name), Matching.YES_NO) for name in ("verified", "bounced")]
    return {field.name: field for field in fields}


_STANDING: Final = {entity: MappingProxyType(_standing(entity)) for entity in FIELDS}


def fields_of(entity: EntityKind, custom_fields: Iterable[CustomField] = ()) -> Mapping[str, FilterField]:
    """Every field a query on this kind of record can name, by canonical name."""
    own = {
        CUSTOM_PREFIX + field.name: FilterField(
            CUSTOM_PREFIX + field.name,
            field.label or field.name,
            _BY_KIND[FieldKind(field.kind)],
            field.options,
            field,
        )
        for field in custom_fields
        if field.entity == entity
    }
    return {**_STANDING[entity], **own}


def find_field(name: str, fields: Mapping[str, FilterField]) -> FilterField | None:
    """The field somebody means by `name`: an alias, any case, a custom name however it is spelt."""
    lowered = name.lower()
    found = fields.get(name) or fields.get(_ALIASES.get(lowered, lowered))
    if found is not None or not lowered.startswith(CUSTOM_PREFIX):
        return found
    wanted = fold(name[len(CUSTOM_PREFIX) :])
    return next((field for field in fields.values() if field.custom and fold(field.custom.name) == wanted), None)


def spellings(fields: Mapping[str, FilterField]) -> list[str]:
    """Every word that names a field, for suggestions and completion."""
    return [*fields, *(alias for alias, name in _ALIASES.items() if name in fields)]
