"""What a column holds, by its values: where its name says nothing, and to check what its name says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from services.importing.headers import Target
from services.importing.shapes import ColumnShape
from services.records.fields import FIELDS, EntityKind, FieldKind
from services.values.booleans import parse_bool
from services.values.coercion import Reading, coercer, is_nothing
from services.values.countries import find_country
from services.values.emails import is_email
from services.values.formulas import unmarked
from services.values.unreadable import UnreadableValue

JUDGED: Final = 25
_MOST: Final = 0.8
_HALF: Final = 0.5
_FEWEST_PHONE_DIGITS: Final = 7
_DIALLED: Final = "0123456789+()/-. \u00a0"
_MOST_CHOICES: Final = 2
# Texts fit anything; a name, a note and a key are never refused by content.
_CHECKED_KINDS: Final = frozenset(FieldKind) - {
    FieldKind.TEXT,
    FieldKind.LONG_TEXT,
    FieldKind.LINK,
    FieldKind.TAGS,
    FieldKind.RECURRENCE,
    # Nothing else is called e-mail or phone: what is none there is to be told, not to be passed over.
    FieldKind.EMAIL,
    FieldKind.PHONE,
}


def fits(entity: EntityKind, target: Target, column: ColumnShape, reading: Reading) -> bool:
    """Whether at least half of a column's values can be what its name says; an empty column can be all."""
    spec = FIELDS[entity].get(target.field)
    if spec is None or spec.kind not in _CHECKED_KINDS or not column.samples:
        return True
    # As the rows will be read: our own exports mark what a spreadsheet would take for a formula, such as a handle.
    return _share([unmarked(value) for value in column.samples], coercer(spec, reading)) >= _HALF


def target_by_content(entity: EntityKind, column: ColumnShape) -> Target | None:
    """E-mails, web addresses, international phones and countries show themselves; nothing else does."""
    known = FIELDS[entity]
    values = column.samples
    if not values:
        return None
    if _holds(values, is_email):
        if "contact" in known:
            return Target("contact")
        return Target("email") if "email" in known else None
    if "website" in known and _holds(values, _is_web_address):
        return Target("website")
    if "phone" in known and column.date_order is None and _holds(values, _is_phone):
        return Target("phone")
    if "country" in known and _holds(values, lambda text: bool(find_country(text))):
        return Target("country")
    return None


def custom_kind(column: ColumnShape) -> FieldKind:
    """The kind a custom field for this column should have."""
    if column.date_order is not None:
        return FieldKind.DATE
    if column.decimal_mark is not None:
        # Codes with leading zeros are names, not numbers.
        coded = any(value[:1] == "0" and value[1:2].isdigit() for value in column.samples)
        return FieldKind.TEXT if coded else FieldKind.NUMBER
    told = [value for value in column.samples if not is_nothing(value)]
    if told and len(told) <= _MOST_CHOICES and _share(told, _is_bool_word) == 1.0:
        return FieldKind.BOOL
    return FieldKind.TEXT


def _is_bool_word(text: str) -> bool:
    parse_bool(text)
    return True


def _is_web_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://", "www.")) and " " not in text


def _is_phone(text: str) -> bool:
    """Whether a text is a number as it is dialled: with +, a leading 0 or a bracket, and nothing but digits."""
    digits = sum(map(str.isdigit, text))
    return text.startswith(("+", "0", "(")) and digits >= _FEWEST_PHONE_DIGITS and not text.strip(_DIALLED)


def _holds(values: Sequence[str], test: Callable[[str], bool]) -> bool:
    judged = values[:JUDGED]
    return sum(1 for value in judged if test(value)) >= _MOST * len(judged)


def _share(values: Sequence[str], read: Callable[[str], object]) -> float:
    """Which part of the values can be read, from 0 to 1."""
    judged = values[:JUDGED]
    readable = 0
    for value in judged:
        try:
            read(value)
        except UnreadableValue:
            continue
        readable += 1
    return readable / len(judged)
