"""What a merge takes of two records unless something else is chosen, and why: as a careful colleague would. Pure.

Of two texts the fuller one is taken, then the newer; what can be kept of both is kept of both. How far somebody came as
a customer, since when, and who looks after them have rules of their own. About consent the stricter answer always wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from services.clock import from_millis
from services.merge_choices import CONSENT, How, Row, Written, current_consent, same_points_filled, value_of
from services.records.duplicates import MergeReason, Side
from services.records.fields import FieldKind
from services.store.aggregates import Document
from services.values.text import fold

_TEXTS: Final = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT})
_PLACEHOLDERS: Final = frozenset(
    {"", "n a", "na", "none", "null", "unknown", "tbd", "tba", "unbekannt", "keine angabe"}
)
_LETTERS_OF_AN_ABBREVIATED_WORD: Final = 6
_ABBREVIATION: Final = re.compile(r"\b[A-Z]{2,4}\b")
_AS_FULL: Final = 2 / 3
"""A newer text with less than this share of the letters of the older one is an emptier one."""

_CHURNED: Final = "churned"
_GRANTED: Final = "granted"
_STEPS: Final = MappingProxyType({"prospect": 0, "customer": 1})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Whose value a merge takes of a row, and why."""

    side: Side
    reason: MergeReason


@dataclass(frozen=True, slots=True)
class _Two:
    """The two records as one row sees them; the first is the one that stays."""

    row: Row
    documents: tuple[Document, Document]
    written: tuple[int, int]

    def values(self, name: str) -> tuple[Any, Any]:
        """A column of both."""
        mine, other = self.documents
        return mine.get(name), other.get(name)

    def texts(self) -> tuple[str, str]:
        """What the row says on each, as one text."""
        mine, other = (value_of(self.row, document) or () for document in self.documents)
        return " ".join(map(str, filter(None, mine))), " ".join(map(str, filter(None, other)))

    def newer(self, reason: MergeReason = MergeReason.NEWER) -> Suggestion:
        """The one that was written last; the one that stays where nothing tells."""
        if self.written[0] == self.written[1]:
            return Suggestion(Side.KEEP, MergeReason.STAYS)
        return _taken(self.written[1] > self.written[0], reason)


def _taken(is_other: bool, reason: MergeReason) -> Suggestion:
    return Suggestion(Side.OTHER if is_other else Side.KEEP, reason)


def suggestion(row: Row, mine: Document, other: Document, written: tuple[Written, Written]) -> Suggestion:
    """What a merge takes of a row and why; `written` tells when each path of the two was written last."""
    if row.how is How.CONSENT:
        return _stricter_answer(row, mine, other)
    one, two = value_of(row, mine), value_of(row, other)
    if row.how is How.POINTS and two and two <= one:
        filled = same_points_filled(row, mine, other)
        return Suggestion(Side.BOTH, MergeReason.BOTH) if filled else Suggestion(Side.KEEP, MergeReason.HAS_ALL)
    if one == two:
        return Suggestion(Side.KEEP, MergeReason.EQUAL)
    if row.how is How.STRICT:
        return _taken(bool(two and two[0]) and not (one and one[0]), MergeReason.STRICTER)
    if not one or not two:
        return _taken(not one, MergeReason.ONLY)
    if row.may_both:
        return _both_or_the_wider(row, one, two)
    newest = [max((known.get(path, 0) for path in row.paths), default=0) for known in written]
    rule = _RULES.get(row.name) or (_fuller_text if row.kind in _TEXTS else _newer)
    return rule(_Two(row, (mine, other), (newest[0], newest[1])))


def _both_or_the_wider(row: Row, one: Any, two: Any) -> Suggestion:
    if row.how is How.TEXT:
        mine, other = str(one[0]).strip(), str(two[0]).strip()
        if other in mine or mine in other:
            return _taken(other not in mine, MergeReason.HAS_ALL)
    elif two <= one:
        return Suggestion(Side.KEEP, MergeReason.HAS_ALL)
    return Suggestion(Side.BOTH, MergeReason.BOTH)


def _newer(two: _Two) -> Suggestion:
    return two.newer()


def _of_the_one_that_stays(_two: _Two) -> Suggestion:
    return Suggestion(Side.KEEP, MergeReason.STAYS)


# --- Texts --------------------------------------------------------------------------------------------------


def covers(full: str, short: str) -> bool:
    """Whether one text says all that another says and more: "Mei-Lin Zhou" that of "M. Zhou"."""
    words, parts = fold(full).split(), fold(short).split()
    if sum(map(len, words)) <= sum(map(len, parts)):
        return False
    return all(any(word.startswith(part) for word in words) for part in parts)


def _fuller_text(two: _Two) -> Suggestion:
    mine, other = two.texts()
    unsaid = fold(mine) in _PLACEHOLDERS, fold(other) in _PLACEHOLDERS
    if unsaid[0] != unsaid[1]:
        return _taken(unsaid[0], MergeReason.ONLY)
    if fold(mine) == fold(other):
        return _better_written(mine, other)
    if covers(mine, other) or covers(other, mine):
        return _taken(covers(other, mine), MergeReason.FULLER)
    said = _said(mine), _said(other)
    is_other = two.newer().side is Side.OTHER
    if said[is_other] < _AS_FULL * said[not is_other]:
        return _taken(not is_other, MergeReason.FULLER)
    return two.newer()


def _said(text: str) -> int:
    """How much a text says: its letters, those of an abbreviation as if it were written out."""
    short = _ABBREVIATION.findall(text) if not text.isupper() or len(text) <= 4 else []
    letters = sum(map(str.isalnum, text)) - sum(map(len, short))
    return letters + _LETTERS_OF_AN_ABBREVIATED_WORD * sum(map(len, short))


def _better_written(mine: str, other: str) -> Suggestion:
    """Of one text in two spellings: capitals where they belong, then accents as they are written."""
    care = [(not (text.isupper() or text.islower()), sum(not c.isascii() for c in text)) for text in (mine, other)]
    if care[0] == care[1]:
        return Suggestion(Side.KEEP, MergeReason.STAYS)
    return _taken(care[1] > care[0], MergeReason.WRITTEN)


def _fuller_name(two: _Two) -> Suggestion:
    """More of it written out; of two that are as full the newer: somebody married."""
    mine, other = two.texts()
    if fold(mine) == fold(other):
        return _better_written(mine, other)
    if covers(mine, other) or covers(other, mine):
        return _taken(covers(other, mine), MergeReason.FULLER)
    whole = [sum(len(word) > 1 for word in fold(text).split()) for text in (mine, other)]
    if whole[0] != whole[1]:
        return _taken(whole[1] > whole[0], MergeReason.FULLER)
    return two.newer()


def _whole_birthday(two: _Two) -> Suggestion:
    """The day with its year over the day alone; of two different days the newer."""
    mine, other = map(str, two.values("birthday"))
    if mine[-5:] == other[-5:] and mine.startswith("--") != other.startswith("--"):
        return _taken(mine.startswith("--"), MergeReason.FULLER)
    return two.newer()


# --- How far somebody came ----------------------------------------------------------------------------------


def _furthest(two: _Two) -> Suggestion:
    """A customer over a prospect; one who left only where that was later than what the other record says."""
    states = two.values("lifecycle")
    gone = [state == _CHURNED for state in states]
    if all(gone):
        return _left_last(two)
    if any(gone):
        left = gone.index(True)
        later = _left_later(two, left)
        return _taken((left == 1) is later, MergeReason.LEFT if later else MergeReason.NOT_SINCE)
    steps = [_STEPS.get(state, -1) for state in states]
    if steps[0] == steps[1]:
        return two.newer()
    return _taken(steps[1] > steps[0], MergeReason.FURTHER)


def _left_last(two: _Two) -> Suggestion:
    """Of two who left: the later day; of one day the one with its reason."""
    left = [
        (moment or 0, bool(reason))
        for moment, reason in zip(two.values("churned_at"), two.values("churn_reason"), strict=True)
    ]
    return two.newer() if left[0] == left[1] else _taken(left[1] > left[0], MergeReason.LEFT)


def _left_later(two: _Two, left: int) -> bool:
    """Whether somebody left after what the other record says; by the days where both are known."""
    churned_at, since = two.values("churned_at")[left], two.values("customer_since")[1 - left]
    if churned_at is not None and since:
        return from_millis(churned_at).date().isoformat() >= str(since)
    return two.written[left] > two.written[1 - left]


def _earlier(two: _Two) -> Suggestion:
    mine, other = map(str, two.values(two.row.paths[0]))
    return _taken(other < mine, MergeReason.EARLIER)


# --- Consent ------------------------------------------------------------------------------------------------


def _stricter_answer(row: Row, mine: Document, other: Document) -> Suggestion:
    """A withdrawal stands against every grant; of two equal answers the one given last."""
    channel = row.name.removeprefix(CONSENT)
    one, two = (current_consent(document, channel) for document in (mine, other))
    if one is None or two is None:
        return _taken(one is None, MergeReason.ONLY)
    granted = one[1]["state"] == _GRANTED, two[1]["state"] == _GRANTED
    if granted[0] != granted[1]:
        return _taken(granted[0], MergeReason.WITHDRAWN)
    given = [(answer["decided_at"] or 0, bool(answer["proof"])) for answer in (one[1], two[1])]
    return (
        Suggestion(Side.KEEP, MergeReason.EQUAL)
        if given[0] == given[1]
        else _taken(given[1] > given[0], MergeReason.NEWER)
    )


_RULES: Final[Mapping[str, Callable[[_Two], Suggestion]]] = MappingProxyType(
    {
        "name": _fuller_name,
        "birthday": _whole_birthday,
        "lifecycle": _furthest,
        "customer_since": _earlier,
        "owner": _of_the_one_that_stays,
        "external_key": _of_the_one_that_stays,
    }
)
