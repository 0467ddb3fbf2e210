"""People as one text: those of deals with their parts, and those who are invited."""

from __future__ import annotations

import pytest

from services.records.calendar_drafts import AttendeeDraft
from services.values.attendees import joined_attendees, split_attendees
from services.values.roles import joined_people, known_part, split_people
from services.values.unreadable import UnreadableValue

PEOPLE = [("K-17", "champion"), ("anna@x.example", ""), ("Anna (junior) Berg", "decision")]
INVITED = (
    AttendeeDraft("rosa@x.example", "Rosa Quill", "", "", is_organizer=True),
    AttendeeDraft("anna@x.example", "Berg, Anna", "accepted", "chair"),
    AttendeeDraft("otto@x.example", "", "needs-action"),
    AttendeeDraft("mei@x.example", "", "", "opt-participant"),
)


def test_people_with_their_parts_come_back_from_their_text() -> None:
    assert split_people(joined_people(PEOPLE)) == PEOPLE


def test_an_address_in_brackets_is_the_key_of_a_person() -> None:
    assert split_people("Anna Berg (anna@x.example); ; K-1") == [("anna@x.example", ""), ("K-1", "")]


def test_somebody_who_is_named_twice_keeps_the_part_that_is_told() -> None:
    assert split_people("K-1; K-1 (user)") == [("K-1", "user")]


def test_a_part_is_known_whatever_its_case() -> None:
    assert [known_part(text, ("decision",)) for text in ("DECISION", "Technical")] == ["decision", "Technical"]


def test_who_is_invited_comes_back_from_the_text() -> None:
    assert split_attendees(joined_attendees(INVITED)) == INVITED


def test_who_is_invited_may_be_written_as_people_write_it() -> None:
    found = split_attendees("Anna Berg <ANNA@x.example>; otto@x.example ; anna@x.example")
    assert found == (AttendeeDraft("anna@x.example", "Anna Berg"), AttendeeDraft("otto@x.example"))


def test_signs_that_part_people_do_not_break_a_name() -> None:
    (found,) = split_attendees(joined_attendees([AttendeeDraft("a@x.example", "Berg; <Anna> (CEO)")]))
    assert (found.email, found.name) == ("a@x.example", "Berg, Anna CEO")


def test_somebody_without_an_address_cannot_be_invited() -> None:
    with pytest.raises(UnreadableValue):
        split_attendees("Anna Berg")
