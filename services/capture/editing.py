"""Changes the parts of a captured line by hand, and says anew what remains of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from services.records.capture import Captured, Part, PartKind
from services.values.text import clean

_JOINTS: Final = " ,;:|-–—"
OF_ONE: Final = frozenset(
    {PartKind.KIND, PartKind.DEAL, PartKind.AMOUNT, PartKind.DATE, PartKind.TIME, PartKind.REPEAT, PartKind.PRIORITY}
)
"""Kinds of which a line has one part."""

_FIELDS: Final = frozenset({PartKind.DATE, PartKind.TIME, PartKind.REPEAT, PartKind.PRIORITY, PartKind.TAG})
_BEFORE_SIGN: Final = re.compile(r"\s+(?=[,;.!?](?:\s|$))")
_SIGNS_IN_A_ROW: Final = re.compile(r"([,;:])(?:\s*[,;:])+")


def settled(captured: Captured) -> Captured:
    """A captured line whose parts are in order and whose subject and title follow from them."""
    parts = tuple(sorted(captured.parts, key=_place))
    subject = _remaining(captured.line, [part.span for part in parts])
    title = _remaining(
        captured.line, [part.span for part in parts if part.kind in _FIELDS or _is_label(captured, part)]
    )
    return replace(captured, parts=parts, subject=subject, title=title)


def _place(part: Part) -> tuple[bool, tuple[int, int]]:
    return part.span is None, part.span or (0, 0)


def _is_label(captured: Captured, part: Part) -> bool:
    """Whether a part only says what kind the line is: "Note:"."""
    return part.kind is PartKind.KIND and part.span is not None and captured.line[slice(*part.span)].endswith(":")


def _remaining(line: str, spans: Iterable[tuple[int, int] | None]) -> str:
    """What of a line lies in no span, in one run of words."""
    pieces: list[str] = []
    place = 0
    for start, end in sorted(span for span in spans if span is not None):
        pieces.append(line[place:start])
        place = max(place, end)
    pieces.append(line[place:])
    words = _SIGNS_IN_A_ROW.sub(r"\1", _BEFORE_SIGN.sub("", clean(" ".join(pieces))))
    return words.strip(_JOINTS)


def beside_amount(captured: Captured) -> str:
    """The title of a line without its amount, as a deal is called."""
    kinds = _FIELDS | {PartKind.AMOUNT}
    return _remaining(captured.line, [part.span for part in captured.parts if part.kind in kinds])


def replaced(captured: Captured, old: Part, new: Part) -> Captured:
    """The line with another part in the place of one: its words stand for the new one."""
    placed = replace(new, span=old.span)
    return settled(
        replace(captured, parts=tuple(placed if part is old or part == old else part for part in captured.parts))
    )


def without(captured: Captured, old: Part) -> Captured:
    """The line without a part: its words are subject again."""
    return settled(replace(captured, parts=_less(captured.parts, old)))


def added(captured: Captured, new: Part) -> Captured:
    """The line with a part that no words stand for; of a kind of which there is one, it takes the other's place."""
    standing = captured.first(new.kind) if new.kind in OF_ONE else None
    if standing is not None:
        return replaced(captured, standing, new)
    return settled(replace(captured, parts=(*captured.parts, replace(new, span=None))))


def taken(captured: Captured, part: Part, choice: int) -> Captured:
    """The line with one of the choices of an ambiguous part taken, by its place among them."""
    return replaced(captured, part, Part(part.kind, part.choices[choice]))


def marked(captured: Captured, *, done: bool) -> Captured:
    """The line as something that happened, or is to be done."""
    return replace(captured, done=done)


def _less(parts: Sequence[Part], old: Part) -> tuple[Part, ...]:
    place = next((number for number, part in enumerate(parts) if part == old), None)
    return tuple(part for number, part in enumerate(parts) if number != place)
