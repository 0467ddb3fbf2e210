"""Days as people name them, days or moments, rules for repeating, percentages, and states in six languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from services.errors import InvalidValue
from services.records.drafts import Value
from services.records.fields import DEAL_FIELDS, LEAD_FIELDS, TASK_FIELDS, EntityKind, FieldSpec
from services.values.coercion import Reading, coerce
from services.values.dates import DateOrder
from services.values.drafts import draft_from_pairs
from services.values.spoken_days import dated, spoken_day

SUNDAY = date(2026, 11, 22)
SPOKEN = Reading(DateOrder.DAY_FIRST, ".", "DE", "EUR", "Europe/Berlin", SUNDAY)
OF_A_FILE = Reading(DateOrder.DAY_FIRST, ".", "DE", "EUR", "Europe/Berlin")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", date(2026, 11, 22)),
        ("Tomorrow", date(2026, 11, 23)),
        ("yesterday", date(2026, 11, 21)),
        ("Übermorgen", date(2026, 11, 24)),
        ("aujourd'hui", date(2026, 11, 22)),
        ("mañana", date(2026, 11, 23)),
        ("dopodomani", date(2026, 11, 24)),
        ("monday", date(2026, 11, 23)),
        ("next friday", date(2026, 11, 27)),
        ("Sonntag", date(2026, 11, 29)),
        ("in 3 days", date(2026, 11, 25)),
        ("+2w", date(2026, 12, 6)),
        ("in 1 Woche", date(2026, 11, 29)),
        ("someday", None),
        ("3", None),
        ("", None),
    ],
)
def test_a_day_in_words_counts_from_today(words: str, day: date | None) -> None:
    assert spoken_day(words, SUNDAY) == day


def test_a_spoken_day_keeps_its_time_of_day_and_other_text_stays_as_it_is() -> None:
    assert dated("tomorrow 10:00", SUNDAY) == "2026-11-23 10:00"
    assert dated("morgen um 9:30", SUNDAY) == "2026-11-23 um 9:30"
    assert dated("24.11.2026 10:00", SUNDAY) == "24.11.2026 10:00"


@pytest.mark.parametrize(
    ("spec", "text", "value"),
    [
        (TASK_FIELDS["due_at"], "2026-11-24", date(2026, 11, 24)),
        (TASK_FIELDS["due_at"], "24.11.2026", date(2026, 11, 24)),
        (TASK_FIELDS["due_at"], "tomorrow", date(2026, 11, 23)),
        (TASK_FIELDS["due_at"], "2026-11-24 10:00", datetime(2026, 11, 24, 9, tzinfo=UTC)),
        (TASK_FIELDS["due_at"], "2026-11-24T10:00:00Z", datetime(2026, 11, 24, 10, tzinfo=UTC)),
        (TASK_FIELDS["due_at"], "tomorrow 10:00", datetime(2026, 11, 23, 9, tzinfo=UTC)),
        (TASK_FIELDS["due_at"], "morgen um 9:30", datetime(2026, 11, 23, 8, 30, tzinfo=UTC)),
        (TASK_FIELDS["due_at"], "0000-00-00", None),
        (TASK_FIELDS["remind_at"], "friday 8:00", datetime(2026, 11, 27, 7, tzinfo=UTC)),
        (DEAL_FIELDS["expected_close"], "in 2 weeks", date(2026, 12, 6)),
        (TASK_FIELDS["recurrence"], "RRULE:FREQ=WEEKLY;BYDAY=mo", "FREQ=WEEKLY;BYDAY=MO"),
        (TASK_FIELDS["recurrence"], "wöchentlich", "FREQ=WEEKLY"),
        (TASK_FIELDS["recurrence"], "every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        (TASK_FIELDS["recurrence"], "-", None),
        (TASK_FIELDS["priority"], "Medium", "normal"),
        (TASK_FIELDS["priority"], "None", None),
        (TASK_FIELDS["priority"], "hoch", "high"),
        (TASK_FIELDS["status"], "Not Started", "open"),
        (TASK_FIELDS["status"], "COMPLETED", "done"),
        (LEAD_FIELDS["status"], "Open - Not Contacted", "new"),
        (LEAD_FIELDS["status"], "Attempted to contact", "working"),
        (LEAD_FIELDS["status"], "Closed - Not Converted", "disqualified"),
        (LEAD_FIELDS["status"], "qualifiziert", "qualified"),
        (DEAL_FIELDS["forecast_category"], "Best Case", "best_case"),
        (DEAL_FIELDS["forecast_category"], "Closed", None),
        (DEAL_FIELDS["probability"], "35 %", 35),
        (DEAL_FIELDS["probability"], "0.15", 15),
        (DEAL_FIELDS["probability"], "1", 1),
        (DEAL_FIELDS["probability"], "1.0", 100),
    ],
)
def test_a_text_becomes_the_value_of_its_field(spec: FieldSpec, text: str, value: Value) -> None:
    assert coerce(spec, text, SPOKEN) == value


@pytest.mark.parametrize(
    ("spec", "text"),
    [
        (TASK_FIELDS["due_at"], "soon"),
        (TASK_FIELDS["due_at"], "2026-11-24 25:00"),
        (TASK_FIELDS["recurrence"], "FREQ=SOMETIMES"),
        (TASK_FIELDS["recurrence"], "now and then"),
        (TASK_FIELDS["priority"], "purple"),
        (DEAL_FIELDS["probability"], "130"),
        (DEAL_FIELDS["probability"], "-5"),
    ],
)
def test_what_cannot_be_read_is_refused_by_the_name_of_its_field(spec: FieldSpec, text: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        coerce(spec, text, SPOKEN)
    assert refusal.value.field == spec.name
    assert refusal.value.message


def test_nobody_speaks_in_a_file() -> None:
    with pytest.raises(InvalidValue):
        coerce(TASK_FIELDS["due_at"], "tomorrow", OF_A_FILE)


def test_of_two_contacts_of_a_deal_the_last_one_counts() -> None:
    pairs = [("title", "Pilot"), ("contact", "anna@x.example"), ("contact", "otto@x.example")]
    draft = draft_from_pairs(EntityKind.DEAL, pairs, SPOKEN, {})
    assert draft.fields == {"title": "Pilot", "contact": "otto@x.example"}
