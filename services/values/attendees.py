"""Who is invited as one text: "Anna Berg <anna@x.example> (accepted, chair, organizer); otto@y.example"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from services.records.calendar_drafts import AttendeeDraft
from services.values.emails import normalise_email
from services.values.lists import MARK
from services.values.text import clean
from services.values.unreadable import UnreadableValue

ORGANIZER: Final = "organizer"
_PERSON: Final = re.compile(r"(?P<who>.*?)\s*(?:\((?P<told>[^()]*)\))?", re.DOTALL)
_NAMED: Final = re.compile(r"(?P<name>.*?)\s*<(?P<email>[^<>]+)>")
_APART: Final = str.maketrans({MARK: ",", "<": "", ">": "", "(": "", ")": ""})


def joined_attendees(people: Iterable[AttendeeDraft]) -> str:
    """The people as one text, which `split_attendees` takes apart again."""
    return f"{MARK} ".join(map(_written, people))


def _written(person: AttendeeDraft) -> str:
    name = clean(person.name.translate(_APART))
    who = f"{name} <{person.email}>" if name else person.email
    # The place tells response and role apart; what comes last may be left out.
    told = [person.response, person.role, ORGANIZER if person.is_organizer else ""]
    while told and not told[-1]:
        told.pop()
    return f"{who} ({', '.join(told)})"


def split_attendees(text: str) -> tuple[AttendeeDraft, ...]:
    """Each person once; raises UnreadableValue for one without a mail address."""
    found: dict[str, AttendeeDraft] = {}
    for piece in (part.strip() for part in text.split(MARK)):
        if piece:
            person = _read(piece)
            found.setdefault(person.email, person)
    return tuple(found.values())


def _read(piece: str) -> AttendeeDraft:
    match = _PERSON.fullmatch(piece)
    if match is None:
        raise UnreadableValue(piece, "is nobody with an e-mail address", "Write it as Anna Berg <anna@x.example>.")
    named = _NAMED.fullmatch(match["who"])
    name, address = (named["name"], named["email"]) if named else ("", match["who"])
    email = normalise_email(address)
    if match["told"] is None:
        return AttendeeDraft(email, clean(name))
    told = [clean(part).lower() for part in match["told"].split(",")]
    is_organizer = ORGANIZER in told
    rest = ["" if part == ORGANIZER else part for part in told]
    response, role = (*rest, "", "")[:2]
    return AttendeeDraft(email, clean(name), response, role, is_organizer)
