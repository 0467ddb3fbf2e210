"""Telephone numbers: out of whatever a cell holds, in E.164, and the digits under which they are found.

Numbers in everyday notation take a short path whose result is that of the phonenumbers library (a test
compares them for every region); everything else goes to the library itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import phonenumbers
from phonenumbers import PhoneMetadata

from services.values.labels import LABEL_OF_WORD, canonical_label
from services.values.text import clean, fold
from services.values.unreadable import UnreadableValue

SHORTEST_SUFFIX: Final = 3
# Shorter national numbers are inner extensions or local numbers far more often than they are dialable.
_SHORTEST_UNCHECKED: Final = 7
_SEPARATORS: Final = str.maketrans("", "", " -.()/\u00a0\u2010\u2011\u2012\u2013\u202f")
_TRUNK_ZERO: Final = re.compile(r"(?<=\d)\s*\(0\)")
_BETWEEN: Final = re.compile(r"\s*(?:;|\||:::|\n|\s(?:or|oder|ou|o|of|und|and|et)\s)\s*", re.IGNORECASE)
_EXTENSION_WORD: Final = r"(?:ext(?:ension)?|x|durchwahl|dw|app|nst|poste|int)[.:]?"
# A comma or stroke parts two numbers only where a number or its label follows: "040/5550" is one number.
_BETWEEN_NUMBERS: Final = re.compile(
    rf"(?<=\d)\)?\s*[,/]\s*(?!{_EXTENSION_WORD}\s*\d)(?=\+|00?[1-9]|\(|[^\W\d_])", re.IGNORECASE
)
_EXTENSION: Final = re.compile(rf"[\s,;]*{_EXTENSION_WORD}\s*(\d{{1,7}})$", re.IGNORECASE)
_FEWEST_DIGITS_OF_A_PART: Final = 6
_LEADING_LABEL: Final = re.compile(r"\W*([^\W\d_][^\d+(]*?)[\s.:]*(?=[+(\d])")
_TRAILING_LABEL: Final = re.compile(r"(?<=\d)\s*\(([^\W\d_][^()\d]*)\)$")
_FLOAT_TAIL: Final = re.compile(r"(\d{6,})\.0")
_ROUNDED: Final = re.compile(r"\d(?:[.,]\d+)?e\+?\d{1,2}", re.IGNORECASE)
_LONGEST_CODE: Final = 3
_HINT: Final = "Write it with its country code, for example +49 30 23125014."


@dataclass(frozen=True, slots=True)
class PhoneText:
    """One number of a cell: as written, the label written with it, and its extension, if any."""

    raw: str
    label: str = ""
    extension: str = ""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the short path needs to know of one region's numbering plan."""

    code: str
    prefix: str
    abroad: str
    accepted: frozenset[int]
    too_short: frozenset[int]
    viable: re.Pattern[str]


@lru_cache(maxsize=512)
def _plan_of_region(region: str) -> _Plan | None:
    """The plan of a region; None where its rules for prefixes need the library."""
    metadata = PhoneMetadata.metadata_for_region(region, None)
    return None if metadata is None else _plan(metadata)


@lru_cache(maxsize=512)
def _plan_of_code(code: str) -> _Plan | None:
    number = int(code)
    if number not in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
        return None
    main = phonenumbers.region_code_for_country_code(number)
    metadata = PhoneMetadata.metadata_for_region_or_calling_code(number, main)
    return None if metadata is None else _plan(metadata)


def _plan(metadata: PhoneMetadata) -> _Plan | None:
    prefix = metadata.national_prefix_for_parsing or ""
    simple = (not prefix or prefix.isdigit()) and not metadata.national_prefix_transform_rule
    described = metadata.general_desc
    if not simple or described is None or not described.possible_length:
        return None
    lengths = frozenset(described.possible_length)
    longest = max(lengths)
    return _Plan(
        code=str(metadata.country_code),
        prefix=prefix,
        abroad=metadata.international_prefix or "",
        accepted=_accepted_lengths(metadata.country_code or 0) or lengths,
        # Lengths at which the library keeps the prefix: anything but possible or too long.
        too_short=frozenset(n for n in range(longest + 1) if n not in lengths),
        viable=re.compile(described.national_number_pattern or "(?!)"),
    )


def _accepted_lengths(code: int) -> frozenset[int]:
    """The lengths by which the library calls a number possible: those of the main region of its country code."""
    main = phonenumbers.region_code_for_country_code(code)
    metadata = PhoneMetadata.metadata_for_region_or_calling_code(code, main)
    described = metadata.general_desc if metadata is not None else None
    return frozenset(described.possible_length if described is not None else ())


def normalise_phone(text: str, region: str = "") -> str:
    """The number in E.164, read as dialled in `region`; its digits if it is no dialable number.

    Raises UnreadableValue for a text with fewer than three digits and for a number a spreadsheet has rounded.
    """
    bare = _without_trunk_zero(text) if "(0)" in text else text
    digits = bare.translate(_SEPARATORS) if text[-2:] != ".0" else ""
    return _short_path(digits, region, zero="(0)" in bare) or _long_path(text, region)


def _without_trunk_zero(text: str) -> str:
    """ "+49 (0)30" without the zero that is dialled only at home."""
    return _TRUNK_ZERO.sub("", text) if text.lstrip()[:1] in ("+", "0", "(") else text


def _short_path(digits: str, region: str, *, zero: bool) -> str:
    """E.164 for plain digits of a region with plain rules, else ""."""
    if not digits.isascii() or zero:
        return ""
    if digits[:1] == "+":
        return _international(digits[1:]) if digits[1:].isdigit() else ""
    if not digits.isdigit() or not region:
        return ""
    plan = _plan_of_region(region)
    if plan is None:
        return ""
    if plan.abroad != "00":
        if plan.abroad != "011" or digits[:3] == "011":
            return ""
    elif digits[:2] == "00":
        return _international(digits[2:])
    if digits.startswith(plan.code):
        return ""
    return _national(digits, plan)


def _international(digits: str) -> str:
    if digits[:1] == "0":
        return ""
    for length in range(1, _LONGEST_CODE + 1):
        code = digits[:length]
        if len(code) == length and int(code) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
            plan = _plan_of_code(code)
            return _national(digits[length:], plan) if plan is not None else ""
    return ""


def _national(number: str, plan: _Plan) -> str:
    national = number
    if plan.prefix and number.startswith(plan.prefix):
        stripped = number[len(plan.prefix) :]
        spoilt = plan.viable.fullmatch(number) and not plan.viable.fullmatch(stripped)
        if not spoilt and len(stripped) not in plan.too_short:
            national = stripped
        if national.startswith(plan.prefix):
            return ""
    if len(national) not in plan.accepted or len(national) < _SHORTEST_UNCHECKED:
        return ""
    return f"+{plan.code}{national}"


def _long_path(text: str, region: str) -> str:
    bare = _without_trunk_zero(clean(text))
    if _ROUNDED.fullmatch(bare):
        raise UnreadableValue(
            text, "is a rounded number, no phone number", "Format the column as text and export again."
        )
    whole = _FLOAT_TAIL.fullmatch(bare)
    bare = whole.group(1) if whole else _EXTENSION.sub("", bare)
    found = _dialable(bare, region)
    while found:
        again = _dialable(found, region)
        if again == found:
            return found
        found = again
    digits = "".join(str(int(character)) for character in bare if character.isdecimal())
    if len(digits) < SHORTEST_SUFFIX:
        raise UnreadableValue(text, "is not a phone number", _HINT)
    return digits


def _dialable(text: str, region: str) -> str:
    try:
        number = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException:
        return ""
    national = phonenumbers.national_significant_number(number)
    if len(national) < _SHORTEST_UNCHECKED:
        usable = phonenumbers.is_valid_number(number)
    else:
        reason = phonenumbers.is_possible_number_with_reason(number)
        usable = reason == phonenumbers.ValidationResult.IS_POSSIBLE
    return f"+{number.country_code}{national}" if usable else ""


def split_phones(text: str) -> list[PhoneText]:
    """The numbers in a cell: "Tel. 030 23125-14 / Mobil: 0171 3920001" holds two, each with its label."""
    if text.translate(_SEPARATORS).lstrip("+").isdigit() and "/" not in text:
        return [PhoneText(text.strip())]
    found = []
    for piece in _BETWEEN.split(text.replace("\r", "\n")):
        found += [_read_piece(part.strip()) for part in _split_piece(piece) if part.strip()]
    return found


def _split_piece(piece: str) -> list[str]:
    parts = _BETWEEN_NUMBERS.split(piece)
    whole = all(sum(map(str.isdecimal, part)) >= _FEWEST_DIGITS_OF_A_PART for part in parts)
    return parts if whole else [piece]


def _read_piece(piece: str) -> PhoneText:
    label = ""
    leading = _LEADING_LABEL.match(piece)
    if leading:
        label = _label(leading.group(1))
        piece = piece[leading.end() :]
    trailing = _TRAILING_LABEL.search(piece)
    if trailing:
        label = label or _label(trailing.group(1))
        piece = piece[: trailing.start()]
    extension = _EXTENSION.search(piece)
    return PhoneText(piece.strip(), label, extension.group(1) if extension else "")


def _label(text: str) -> str:
    return canonical_label(text) if any(word in LABEL_OF_WORD for word in fold(text).split()) else ""


def search_forms(normal: str) -> tuple[str, ...]:
    """The digits under which a normalised number is found, each as a prefix of what is typed, longest first.

    All its digits, the national number with and without a leading 0, every end of it from three digits on.
    """
    if normal[:1] != "+":
        national = normal
        forms = []
    else:
        digits = normal[1:]
        national = digits[len(_code_of(digits)) :]
        forms = [digits] if national[:1] == "0" else [digits, "0" + national]
    forms.extend([national[start:] for start in range(len(national) - SHORTEST_SUFFIX + 1)])
    return tuple(forms)


def _code_of(digits: str) -> str:
    for length in range(1, _LONGEST_CODE + 1):
        code = digits[:length]
        if code and int(code) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
            return code
    return ""


def query_digits(text: str) -> str:
    """What somebody typed to find a number, as digits without the prefix for calling abroad."""
    bare = _TRUNK_ZERO.sub("", text)
    digits = "".join(str(int(character)) for character in bare if character.isdecimal())
    return digits[2:] if digits.startswith("00") and not text.lstrip().startswith("+") else digits


def as_written(e164: str) -> str:
    """A number in E.164 the way its country groups it: +49 30 23125 000."""
    number = phonenumbers.parse(e164)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
