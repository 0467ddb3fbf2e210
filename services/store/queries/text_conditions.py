"""Conditions on text, choices, contact points, tags and links, each compared in the form it is kept in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from services.errors import InvalidValue
from services.filtering.fields import FilterField, Matching
from services.filtering.tree import Pattern, Value
from services.records.sales import StageKind
from services.store.queries.fragments import NEVER, Sql, all_hold, is_in, one_holds
from services.store.queries.sources import Source
from services.values.domains import normalise_social, normalise_url
from services.values.emails import normalise_email
from services.values.phones import query_digits
from services.values.text import clean, fold
from services.values.unreadable import UnreadableValue

_MOST_WORDS: Final = 100
_LONGEST_PATTERN: Final = 10_000  # bytes; SQLite takes five times as many
_FEWEST_UID_DIGITS: Final = 8  # fewer are a word like "cafe"
_UID: Final = re.compile(rf"[0-9a-f]{{{_FEWEST_UID_DIGITS},32}}")
_BEGINNING_OF_UID: Final = re.compile(r"[0-9a-f]{1,32}")
_WEB: Final = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
_GLOB_SIGNS: Final = str.maketrans({"*": "[*]", "?": "[?]", "[": "[[]"})

Condition = Callable[[Source, Value, FilterField], Sql]


def same_text(source: Source, values: Sequence[Value], field: FilterField) -> Sql:
    """Whether the value is one of these. Raises InvalidValue for a value that no text is compared with."""
    condition = _CONDITIONS[field.matching]
    return one_holds([condition(source, value, field) for value in values])


def matches_text(matching: Matching) -> bool:
    """Whether this is the module for that way of comparing."""
    return matching in _CONDITIONS


def unfit(field: FilterField, value: object) -> InvalidValue:
    """The error for a value that the field cannot be compared with."""
    kind = type(value).__name__.lower()
    hint = "Choose a value of the kind that the field holds."
    return InvalidValue(f"{field.label} cannot be compared with this {kind}", hint, field=field.name)


def folded_words(text: str) -> list[str]:
    """The folded words of a text, each once. Raises InvalidValue for more than anybody types."""
    words = list(dict.fromkeys(fold(text).split()))
    if len(words) > _MOST_WORDS:
        raise InvalidValue("These are too many words at once", f"Ask for {_MOST_WORDS} at most.", field="where")
    return words


def holds_words(source: Source, text: str, *, beginnings: bool = False) -> Sql:
    """Whether every word of `text` occurs as a word, or begins one; signs alone are looked for as such."""
    words = folded_words(text)
    if not words:
        return Sql(f"instr({source.value}, ?) > 0", (clean(text),)) if clean(text) else NEVER
    end = "" if beginnings else " "
    padded = f"' ' || {source.folded} || ' '"
    return all_hold([Sql(f"instr({padded}, ?) > 0", (f" {word}{end}",)) for word in words])


def _text(value: Value, field: FilterField) -> str:
    if not isinstance(value, str):
        raise unfit(field, value)
    return clean(value)


def _glob(expression: str, parts: Sequence[str], *, around: str = "") -> Sql:
    pattern = "*".join(part.translate(_GLOB_SIGNS) for part in parts)
    if len(pattern.encode()) > _LONGEST_PATTERN:
        raise InvalidValue("The text with * is too long", "Shorten it.", field="where")
    if around:
        return Sql(f"' ' || {expression} || ' ' GLOB ?", (f"*{around}{pattern}{around}*",))
    return Sql(f"{expression} GLOB ?", (pattern,))


def _plain_parts(pattern: Pattern, *, lower: bool = False) -> list[str]:
    """The parts as text is kept: NFC, nothing that cannot be written to the file."""
    kept = [unicodedata.normalize("NFC", part).encode("utf-8", "ignore").decode() for part in pattern.parts]
    return [part.lower() for part in kept] if lower else kept


def folded_parts(pattern: Pattern) -> list[str]:
    """The folded parts; a separator beside a star stays one: "*.example" does not match "myexample"."""
    found = []
    last = len(pattern.parts) - 1
    for index, part in enumerate(pattern.parts):
        middle = fold(part)
        before = " " if index > 0 and _separates(part[:1]) else ""
        after = " " if index < last and _separates(part[-1:]) else ""
        if middle:
            found.append(before + middle + after)
        else:
            # Signs alone part words, but before the first and after the last there is nothing to part.
            found.append(before if 0 < index < last else "")
    return found


def _separates(sign: str) -> bool:
    return " " in fold(f"a{sign}b")


def _exact(source: Source, value: Value, field: FilterField) -> Sql:
    if isinstance(value, Pattern):
        return _glob(source.value, _plain_parts(value))
    return is_in(source.value, [_text(value, field)])


def _code(source: Source, value: Value, field: FilterField) -> Sql:
    if isinstance(value, Pattern):
        return _glob(f"lower({source.value})", _plain_parts(value, lower=True))
    return Sql(f"lower({source.value}) = ?", (_text(value, field).lower(),))


def _lower(source: Source, value: Value, field: FilterField) -> Sql:
    """Text that is kept in lower case, so that its index serves."""
    if isinstance(value, Pattern):
        return _glob(source.value, _plain_parts(value, lower=True))
    return is_in(source.value, [_text(value, field).lower()])


def _email(source: Source, value: Value, field: FilterField) -> Sql:
    if isinstance(value, Pattern):
        return _glob(source.value, _plain_parts(value, lower=True))
    text = _text(value, field)
    try:
        return is_in(source.value, [normalise_email(text)])
    except UnreadableValue:
        return is_in(source.value, [text.lower()])


def _phone(source: Source, value: Value, field: FilterField) -> Sql:
    if isinstance(value, Pattern):
        kept = ["".join(sign for sign in part if sign.isdecimal() or sign == "+") for part in value.parts]
        return _glob(source.value, kept)
    text = _text(value, field)
    digits = query_digits(text)
    if text.startswith(("+", "00")):
        return is_in(source.value, ["+" + digits])
    # Without its country code a number is known by its end; the 0 in front of it is dialled, not kept.
    ending = digits.lstrip("0") or digits
    return _glob(source.value, ["", ending]) if ending else NEVER


def _web(source: Source, value: Value, field: FilterField) -> Sql:
    if isinstance(value, Pattern):
        return _glob(f"lower({source.value})", _plain_parts(value, lower=True))
    text = _text(value, field)
    try:
        normal = normalise_social(text) if field.name == "social" else normalise_url(text)
    except UnreadableValue:
        return is_in(source.value, [text])
    bare = _WEB.sub("", normal)
    if bare == normal:
        return is_in(source.value, [normal])
    return is_in(source.value, [f"{scheme}://{www}{bare}" for scheme in ("https", "http") for www in ("", "www.")])


def _folded_glob(source: Source, pattern: Pattern) -> Sql:
    parts = folded_parts(pattern)
    # Of signs nothing is left to look for: any value will do.
    return _glob(source.folded, parts) if any(parts) else Sql(f"{source.value} <> ''")


def _folded(source: Source, value: Value, field: FilterField) -> Sql:
    if isinstance(value, Pattern):
        return _folded_glob(source, value)
    text = _text(value, field)
    # What has no letters or digits is compared by its signs.
    return is_in(source.folded, [fold(text)]) if fold(text) else is_in(source.value, [text])


def _words(source: Source, value: Value, field: FilterField) -> Sql:
    if not isinstance(value, Pattern):
        return holds_words(source, _text(value, field))
    parts = folded_parts(value)
    if not any(parts):
        return Sql(f"{source.value} <> ''")
    condition = _glob(source.phrase, parts, around=" ")
    if source.phrase == source.folded:
        return condition
    # What is stored has the same words: looking there first spares folding every name anew.
    fragments = [fragment for part in parts for fragment in part.split()]
    within = [Sql(f"instr({source.folded}, ?) > 0", (fragment,)) for fragment in fragments]
    return all_hold([*within, condition])


def _name_key(text: str) -> str:
    return fold(text) or text.casefold()


def _tag(source: Source, value: Value, field: FilterField) -> Sql:
    if isinstance(value, Pattern):
        return _folded_glob(source, value)
    return is_in(source.folded, [_name_key(_text(value, field))])


def _uid(source: Source, value: Value, field: FilterField) -> Sql:
    text = _text(value, field).lower()
    if not _BEGINNING_OF_UID.fullmatch(text):
        return NEVER
    low, high = bytes.fromhex(text.ljust(32, "0")), bytes.fromhex(text.ljust(32, "f"))
    return Sql(f"{source.alias}.uid BETWEEN ? AND ?", (low, high))


def _company(source: Source, value: Value, field: FilterField) -> Sql:
    named = _tag(source, value, field)
    return one_holds([named, *_by_uid(source, value, field)])


def _by_uid(source: Source, value: Value, field: FilterField) -> list[Sql]:
    fits = isinstance(value, str) and _UID.fullmatch(value.lower())
    return [_uid(source, value, field)] if fits else []


def _person(source: Source, value: Value, field: FilterField) -> Sql:
    if isinstance(value, str) and "@" in value:
        return _person_by_email(value, field)
    return one_holds([_words(source, value, field), *_by_uid(source, value, field)])


def _title(source: Source, value: Value, field: FilterField) -> Sql:
    # A uid is looked up; words would be looked for in every title.
    return next(iter(_by_uid(source, value, field)), None) or _words(source, value, field)


def _stage(source: Source, value: Value, field: FilterField) -> Sql:
    means = isinstance(value, str) and value.lower() in frozenset(StageKind)
    meaning = [Sql("k.kind = ?", (str(value).lower(),))] if means else []
    return one_holds([_company(source, value, field), *meaning])


def _person_by_email(value: str, field: FilterField) -> Sql:
    address = clean(value).lower()
    if field.name == "owner":
        return Sql("lower(k.email) = ?", (address,))
    points = "SELECT p.contact_id FROM contact_point p WHERE p.kind = 'email' AND p.normal = ?"
    return Sql(f"k.id IN ({points})", (address,))


_CONDITIONS: Final[dict[Matching, Condition]] = {
    Matching.EXACT: _exact,
    Matching.CODE: _code,
    Matching.LANGUAGE: _code,
    Matching.DOMAIN: _lower,
    Matching.FOLDED: _folded,
    Matching.WORDS: _words,
    Matching.CHOICE: _exact,
    Matching.EMAIL: _email,
    Matching.PHONE: _phone,
    Matching.URL: _web,
    Matching.COUNTRY: _exact,
    Matching.TAG: _tag,
    Matching.COMPANY: _company,
    Matching.PERSON: _person,
    Matching.TITLE: _title,
    Matching.PIPELINE: _company,
    Matching.STAGE: _stage,
    Matching.UID: _uid,
}
