"""E-mail addresses: out of whatever a cell holds, in the form in which they are compared."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from services.values.text import clean
from services.values.unreadable import UnreadableValue

LONGEST: Final = 254
_LONGEST_LOCAL: Final = 64
_USUAL: Final = re.compile(r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9]+(?:-+[a-z0-9]+)*\.)+[a-z]{2,63}")
_LOCAL: Final = re.compile(r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]+")
_DOMAIN_LABEL: Final = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
_IN_BRACKETS: Final = re.compile(r"<([^<>]*)>")
_BETWEEN: Final = re.compile(r"\s*:::\s*|[\s,;|]+")
_MAILTO: Final = re.compile(r"\s*(?:mailto|smtp)\s*:\s*", re.IGNORECASE)
# Exchange writes addresses of its own directory in Outlook's export where an internet address is expected.
_EXCHANGE: Final = re.compile(r"^/o=.*/cn=", re.IGNORECASE)
_HINT: Final = "Write it as name@company.example."


def normalise_email(text: str) -> str:
    """The one address in a text, lower-cased, its domain in Unicode; raises UnreadableValue."""
    lowered = text.lower()
    if len(lowered) <= LONGEST and "xn--" not in lowered and _USUAL.fullmatch(lowered):
        return lowered if lowered.index("@") <= _LONGEST_LOCAL else _refuse(text)
    found = split_emails(text)
    if len(found) != 1:
        return _refuse(text)
    return _normalise_address(found[0], text)


def is_email(text: str) -> bool:
    """Whether the text holds exactly one address that can be written to."""
    try:
        normalise_email(text)
    except UnreadableValue:
        return False
    return True


def split_emails(text: str) -> list[str]:
    """The addresses in a cell as written: "Anna <a@b.example>; c@d.example" holds two, Exchange ids none."""
    if _EXCHANGE.match(text.strip()):
        return []
    bare = _MAILTO.sub("", clean(text))
    if "<" in bare:
        pieces = _IN_BRACKETS.findall(bare)
        outside = [piece for piece in _BETWEEN.split(_IN_BRACKETS.sub(" ", bare)) if "@" in piece]
        pieces += [piece for piece in outside if piece.strip("\"'()") not in pieces]
    else:
        pieces = _BETWEEN.split(bare)
        with_sign = [piece for piece in pieces if "@" in piece]
        # Words around an address are a name ("Anna Berg anna@b.example"); without an address, the fault.
        pieces = with_sign or pieces
    return [piece for piece in (piece.strip(" \"'()<>[],;").rstrip(".") for piece in pieces) if piece]


def _normalise_address(address: str, text: str) -> str:
    lowered = unicodedata.normalize("NFC", unicodedata.normalize("NFC", address).lower())
    local, sign, domain = lowered.rpartition("@")
    labels = [_unicode_label(label) for label in domain.rstrip(".").split(".")]
    result = f"{local}@{'.'.join(labels)}"
    if not sign or not _is_local(local) or not _is_domain(labels) or len(result) > LONGEST:
        return _refuse(text)
    return result


def _is_local(local: str) -> bool:
    whole = bool(_LOCAL.fullmatch(local)) and len(local) <= _LONGEST_LOCAL
    return whole and ".." not in local and local[:1] != "." and local[-1:] != "."


def _is_domain(labels: list[str]) -> bool:
    if len(labels) < 2 or not all(_DOMAIN_LABEL.fullmatch(label) for label in labels):
        return False
    return len(labels[-1]) >= 2 and not labels[-1].isdigit()


def _unicode_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        decoded = label[4:].encode("ascii").decode("punycode")
    except ValueError:  # UnicodeError included: not punycode after all
        return label
    decoded = unicodedata.normalize("NFC", decoded.lower())
    return decoded if not decoded.isascii() and _DOMAIN_LABEL.fullmatch(decoded) else label


def _refuse(text: str) -> str:
    raise UnreadableValue(text, "is not an e-mail address", _HINT)
