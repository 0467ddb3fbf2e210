"""Whatever is typed, reading it raises nothing, loses nothing and marks words of the line once."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.capture.known import KnownNames
from services.capture.lines import Line
from services.capture.reading import CaptureContext, read_line
from services.open_workspace import OpenWorkspace
from services.records.capture import Captured, CaptureKind, NamedRecord, PartKind
from services.records.fields import EntityKind
from tests.services.capture.corpus import LINES, context_of, lost_words

CONTEXT: Final[CaptureContext] = context_of(LINES[0])
_PIECES: Final = sorted({piece for line in LINES for piece in line["line"].split()})
_PIECE = st.one_of(st.sampled_from(_PIECES), st.text(max_size=8), st.from_regex(r"[0-9]{1,5}[:.,/k%-]?[0-9]{0,3}"))
TYPED = st.one_of(st.text(max_size=120), st.lists(_PIECE, max_size=14).map(" ".join))


def read(text: str, known: KnownNames) -> Captured:
    """What is read of a text on a Wednesday in March."""
    return read_line(text, known, CONTEXT)


@given(text=TYPED)
@settings(max_examples=400, deadline=None)
def test_no_word_is_lost_and_no_text_raises(text: str, known: KnownNames) -> None:
    assert lost_words(read(text, known)) == []


@given(text=TYPED)
@settings(max_examples=300, deadline=None)
def test_parts_lie_inside_the_line_and_beside_each_other(text: str, known: KnownNames) -> None:
    spans = sorted(part.span for part in read(text, known).parts if part.span is not None)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@given(text=TYPED)
@settings(max_examples=200, deadline=None)
def test_what_is_typed_up_to_now_is_read_too(text: str, known: KnownNames) -> None:
    for end in range(0, len(text), 7):
        assert lost_words(read(text[:end], known)) == []


def test_signs_that_look_alike_and_signs_that_nobody_sees_keep_their_places() -> None:
    text = "Call\u200b Siobhan O\u2019Brien\u00ad 8\u20139"
    line = Line(text)
    assert line.plain == "Call Siobhan O'Brien 8-9"
    assert text[slice(*line.span(5, 20))] == "Siobhan O\u2019Brien"


def test_a_pasted_text_is_read_at_its_beginning_and_kept_whole(known: KnownNames) -> None:
    text = "Call Sue tomorrow " + "and so on " * 2000
    found = read(text, known)
    assert found.kind is CaptureKind.CALL
    assert lost_words(found) == []


@pytest.mark.parametrize(
    ("text", "kind", "done"),
    [
        ("Talk to Grant about pricing tomorrow", CaptureKind.CALL, False),
        ("Katharina hat eine Mail geschrieben wegen Preisen", CaptureKind.EMAIL, True),
        ("Gestern mit Frank zu Mittag gegessen", CaptureKind.MEETING, True),
        ("Anruf von Mo: braucht Muster", CaptureKind.CALL, True),
        ("Besuchsbericht schreiben", CaptureKind.TASK, False),
        ("Petra schreiben wegen Angebot", CaptureKind.EMAIL, False),
        ("Termin mit Bill vorbereiten", CaptureKind.TASK, False),
        ("Mail an Sue schicken", CaptureKind.EMAIL, False),
        ("Had lunch with Mark", CaptureKind.MEETING, True),
        ("Visited Orange today", CaptureKind.MEETING, True),
        ("Left Bill a message", CaptureKind.CALL, True),
        ("Quick chat with Maria about pricing", CaptureKind.CALL, False),
        ("Set up meeting with Siobhan next Tue", CaptureKind.MEETING, False),
        ("Note Petra is on holiday", CaptureKind.NOTE, True),
        ("Tom Baker: wants 3 demo units", CaptureKind.NOTE, True),
        ("Łukasz trifft sich mit mir am Donnerstag", CaptureKind.MEETING, False),
        ("Schicke Sue morgen das Angebot", CaptureKind.TASK, False),
    ],
)
def test_the_verb_says_what_it_is_and_whether_it_happened(
    text: str, kind: CaptureKind, done: bool, known: KnownNames
) -> None:
    found = read(text, known)
    assert (found.kind, found.done) == (kind, done)


def test_a_day_that_describes_something_is_no_day(known: KnownNames) -> None:
    found = read("Cancel Friday's lunch with Bill", known)
    assert found.first(PartKind.DATE) is None
    assert found.title == "Cancel Friday's lunch with Bill"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Report to Petra every week on Monday", "FREQ=WEEKLY;BYDAY=MO"),
        ("Jede Woche montags Bericht an Petra", "FREQ=WEEKLY;BYDAY=MO"),
        ("Call Sue every Monday and Thursday", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("Alle 3 Monate Otto anrufen", "FREQ=MONTHLY;INTERVAL=3"),
        ("Alle 2 Wochen dienstags Jour fixe mit Katharina", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("Send the daily report to Sue", None),
    ],
)
def test_a_rule_is_read_only_where_something_repeats(text: str, rule: str | None, known: KnownNames) -> None:
    part = read(text, known).first(PartKind.REPEAT)
    assert (part.value if part is not None else None) == rule


@pytest.mark.parametrize(
    "text",
    [
        "Note Petra is on holiday until 7 April",
        "Called Bill, call again in 2 hours",
        "Called Sue, she is free at 4",
        "Talked to Will, decision end of April",
    ],
)
def test_what_happened_did_not_happen_later(text: str, known: KnownNames) -> None:
    found = read(text, known)
    assert found.done
    assert found.of(PartKind.DATE, PartKind.TIME) == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        # Nobody of these names is known but Bill: whose last name is another is somebody else.
        ("Call Bill Sanders", [(PartKind.NEW_PERSON, "Bill Sanders")]),
        ("Call Claire Meyer Jones", [(PartKind.NEW_PERSON, "Claire Meyer Jones")]),
        ("Meet Tom Nordlicht", [(PartKind.NEW_PERSON, "Tom Nordlicht")]),
        ("Angebot an Müller Bau schicken", []),
        ("Visit Havn Shipping", []),
        ("Check in with Jean-Marc", []),
        ("Quote for Zenith Partners", []),
        ("May I call you", []),
    ],
)
def test_what_only_looks_like_a_known_name_is_none(
    text: str, parts: list[tuple[PartKind, str]], known: KnownNames
) -> None:
    named = read(text, known).of(
        PartKind.PERSON, PartKind.NEW_PERSON, PartKind.COMPANY, PartKind.NEW_COMPANY, PartKind.DEAL
    )
    assert [(part.kind, part.value) for part in named] == parts


def test_the_number_of_an_invoice_is_no_amount(known: KnownNames) -> None:
    assert read("Frau Lindholm wegen Rechnung 4711 anrufen", known).first(PartKind.AMOUNT) is None


def test_the_company_of_the_workspace_decides_between_two_of_one_name(typed_in: OpenWorkspace) -> None:
    found = typed_in.capture.read("Call Anna at Brightwater")
    (person,) = found.of(PartKind.PERSON)
    assert isinstance(person.value, NamedRecord)
    assert person.value.detail == "Brightwater Foods"


def test_those_opened_lately_are_offered_first(tmp_path: Path) -> None:
    from tests.support.workspaces import contact_draft, make_workspace

    workspace = make_workspace(tmp_path)
    people = [
        workspace.contacts.add(contact_draft("Zoe", f"Number{letter}")) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZABC"
    ]
    workspace.search.remember(EntityKind.CONTACT, people[27].id)
    (person,) = workspace.capture.read("Call Zoe").of(PartKind.PERSON)
    assert [choice.id for choice in person.choices][:2] == [people[27].id, people[0].id]
    workspace.close()


def test_answers_of_one_state_are_asked_again_after_a_change(tmp_path: Path) -> None:
    from tests.support.workspaces import contact_draft, make_workspace

    workspace = make_workspace(tmp_path)
    assert workspace.capture.read("Call Zoltan").of(PartKind.PERSON) == ()
    workspace.contacts.add(contact_draft("Zoltan", "Nagy"))
    assert len(workspace.capture.read("Call Zoltan").of(PartKind.PERSON)) == 1
    workspace.close()
