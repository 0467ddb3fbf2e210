"""Parts are changed by hand one at a time; the rest stays, and the words of a part that goes are subject again."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from services.capture import editing
from services.capture.known import KnownNames
from services.records.capture import CapturedAmount, NamedRecord, Part, PartKind
from tests.services.capture.corpus import lost_words
from tests.services.capture.test_reading import TYPED, read

LINE = "Call Anna Acme 30k next Tue 10 #renewal"


@given(text=TYPED, which=st.integers(0, 50))
@settings(max_examples=150, deadline=None)
def test_taking_a_part_away_keeps_the_others_and_loses_no_word(text: str, which: int, known: KnownNames) -> None:
    found = read(text, known)
    if not found.parts:
        return
    gone = found.parts[which % len(found.parts)]
    left = editing.without(found, gone)
    assert sorted(map(repr, left.parts)) == sorted(map(repr, _less(found.parts, gone)))
    assert lost_words(left) == []
    assert editing.without(left, gone) == left or gone in left.parts


def _less(parts: tuple[Part, ...], gone: Part) -> list[Part]:
    rest = list(parts)
    rest.remove(gone)
    return rest


def test_another_value_takes_the_words_of_the_old_one(known: KnownNames) -> None:
    found = read(LINE, known)
    amount = found.first(PartKind.AMOUNT)
    assert amount is not None
    changed = editing.replaced(found, amount, Part(PartKind.AMOUNT, CapturedAmount(3_500_000, "EUR")))
    (now,) = changed.of(PartKind.AMOUNT)
    assert (now.value, now.span) == (CapturedAmount(3_500_000, "EUR"), amount.span)
    assert [part for part in changed.parts if part is not now] == [part for part in found.parts if part != amount]
    assert changed.subject == found.subject


def test_a_part_taken_away_is_subject_again(known: KnownNames) -> None:
    found = read(LINE, known)
    tag = found.first(PartKind.TAG)
    assert tag is not None
    left = editing.without(found, tag)
    assert left.subject == "#renewal"
    assert left.of(PartKind.TAG) == ()


def test_a_second_date_takes_the_place_of_the_first_but_a_second_tag_stands_beside_it(known: KnownNames) -> None:
    found = read(LINE, known)
    dated = editing.added(found, Part(PartKind.DATE, date(2026, 4, 1)))
    assert [part.value for part in dated.of(PartKind.DATE)] == [date(2026, 4, 1)]
    tagged = editing.added(found, Part(PartKind.TAG, "vip", (0, 4)))
    assert [part.value for part in tagged.of(PartKind.TAG)] == ["renewal", "vip"]
    assert tagged.of(PartKind.TAG)[1].span is None


def test_one_of_several_people_is_taken(known: KnownNames) -> None:
    found = read("Call Anna tomorrow", known)
    (person,) = found.of(PartKind.PERSON)
    taken = editing.taken(found, person, 1)
    (now,) = taken.of(PartKind.PERSON)
    assert isinstance(now.value, NamedRecord)
    assert (now.value, now.choices, now.is_guess) == (person.choices[1], (), False)


def test_a_line_is_marked_as_done(known: KnownNames) -> None:
    found = read("Call Bill", known)
    assert editing.marked(found, done=True).done
    assert editing.marked(found, done=True).parts == found.parts
