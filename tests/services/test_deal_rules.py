"""What follows from the stage of a deal, rule by rule, on documents alone."""

from __future__ import annotations

from typing import Any

import pytest

from services.deal_rules import FIELD_WORDS, check_required, missing_fields, settle
from services.deals import with_person
from services.errors import InvalidValue
from services.records.ids import PipelineId, StageId, Uid
from services.records.sales import StageKind, StageRow
from services.store.sales_aggregates import DEAL, main_contact

NOW = 1_777_896_000_000


def stage(number: int, kind: StageKind, probability: int = 0, required: tuple[str, ...] = ()) -> StageRow:
    uid, pipeline = Uid(bytes([number] * 16)), Uid(bytes([200 + number // 10] * 16))
    return StageRow(
        StageId(number), uid, PipelineId(1), pipeline, f"Stage {number}", kind, probability, None, required, number
    )


TALK, OFFER = stage(1, StageKind.OPEN, 20), stage(2, StageKind.OPEN, 60)
WON, LOST, SIGNED = stage(3, StageKind.WON, 100), stage(4, StageKind.LOST), stage(13, StageKind.WON, 100)
STAGES = {row.uid.hex(): row for row in (TALK, OFFER, WON, LOST, SIGNED)}


def document(in_stage: StageRow, **values: Any) -> dict[str, Any]:
    """A deal that stands in a stage since an hour ago."""
    made = DEAL.blank() | {"stage": in_stage.uid.hex(), "stage_entered_at": NOW - 3_600_000} | values
    return made | {"pipeline": in_stage.pipeline_uid.hex(), "status": in_stage.kind.value}


def moved(before: dict[str, Any], to: StageRow, **values: Any) -> dict[str, Any]:
    """What becomes of a deal that is put into a stage."""
    after = before | {"stage": to.uid.hex()} | values
    settle(after, before, STAGES, now_millis=NOW)
    return after


@pytest.mark.parametrize("to", STAGES.values(), ids=lambda row: row.name)
def test_status_and_pipeline_are_those_of_the_stage(to: StageRow) -> None:
    after = moved(document(TALK), to)
    assert (after["status"], after["pipeline"]) == (to.kind.value, to.pipeline_uid.hex())


def test_a_deal_that_stays_keeps_when_it_came_and_how_probable_it_is() -> None:
    before = document(TALK, probability=33)
    assert moved(before, TALK, amount=7) == before | {"amount": 7}


def test_a_new_deal_came_now_unless_it_is_said_when() -> None:
    for given, expected in ((None, NOW), (5, 5)):
        after = document(TALK, stage_entered_at=given, probability=44)
        settle(after, None, STAGES, now_millis=NOW)
        assert (after["stage_entered_at"], after["probability"]) == (expected, 44)


def test_a_move_is_dated_now_or_when_it_is_said_to_have_been() -> None:
    before = document(TALK)
    assert moved(before, OFFER)["stage_entered_at"] == NOW
    assert moved(before, OFFER, stage_entered_at=99)["stage_entered_at"] == 99


PROBABILITIES = {
    "open to open drops what was set": (TALK, 33, OFFER, {}, None),
    "open to open with another one keeps it": (TALK, 33, OFFER, {"probability": 80}, 80),
    "open to open without one stays without": (TALK, None, OFFER, {}, None),
    "won freezes that of the stage": (OFFER, None, WON, {}, 60),
    "won freezes what was set": (OFFER, 5, WON, {}, 5),
    "lost freezes that of the stage": (TALK, None, LOST, {}, 20),
    "won to lost keeps what was frozen": (WON, 42, LOST, {}, 42),
    "reopening drops what was frozen": (LOST, 42, TALK, {}, None),
    "a frozen 0 is frozen too": (TALK, 0, LOST, {}, 0),
}


@pytest.mark.parametrize("case", PROBABILITIES)
def test_the_probability_follows_the_stage_until_it_is_frozen(case: str) -> None:
    start, probability, to, values, expected = PROBABILITIES[case]
    assert moved(document(start, probability=probability), to, **values)["probability"] == expected


CLOSES: list[tuple[StageRow, dict[str, Any], StageRow, tuple[Any, Any, Any]]] = [
    (TALK, {}, WON, (NOW, None, None)),
    (TALK, {"loss_reason": "price"}, LOST, (None, NOW, "price")),
    (LOST, {"lost_at": 5, "loss_reason": "price"}, WON, (NOW, None, None)),
    (WON, {"won_at": 5}, LOST, (None, NOW, None)),
    (WON, {"won_at": 5}, SIGNED, (5, None, None)),
    (WON, {"won_at": 5}, WON, (5, None, None)),
    (WON, {"won_at": 5}, TALK, (None, None, None)),
    (LOST, {"lost_at": 5, "loss_reason": "price"}, OFFER, (None, None, None)),
]


@pytest.mark.parametrize(("start", "values", "to", "expected"), CLOSES)
def test_a_deal_is_won_or_lost_at_one_moment_or_neither(
    start: StageRow, values: dict[str, Any], to: StageRow, expected: tuple[Any, Any, Any]
) -> None:
    after = moved(document(start, **values), to)
    assert (after["won_at"], after["lost_at"], after["loss_reason"]) == expected


FILLED: dict[str, Any] = {
    "amount": 0,
    "company": "ab",
    "contacts": {"k": {}},
    "expected_close": "2026-05-04",
    "next_step": "call",
    "next_step_due": "2026-05-04",
    "competitor": "Acme",
    "owner": "cd",
}


@pytest.mark.parametrize("name", FIELD_WORDS)
def test_each_field_that_a_stage_can_require_is_missed_and_found(name: str) -> None:
    asking = stage(9, StageKind.OPEN, required=(name,))
    empty = document(TALK)
    assert missing_fields(empty, asking) == (name,)
    with pytest.raises(InvalidValue, match=FIELD_WORDS[name]) as refusal:
        check_required(empty, asking)
    assert refusal.value.field == name
    column = "contacts" if name == "contact" else name
    check_required(empty | {column: FILLED[column]}, asking)


def test_everything_that_is_missing_is_named_at_once() -> None:
    asking = stage(9, StageKind.OPEN, required=("company", "amount", "owner"))
    with pytest.raises(InvalidValue, match="a company and an amount"):
        check_required(document(TALK, owner="ab"), asking)


def test_the_main_person_is_the_primary_one_else_the_oldest() -> None:
    people: dict[str, Any] = {}
    assert main_contact(document(TALK, contacts=people)) is None
    people = with_person(people, "anna", "k1", role="user", is_primary=None)
    people = with_person(people, "bo", "k2", role="", is_primary=None)
    assert main_contact(document(TALK, contacts=people)) == "anna"
    people = with_person(people, "bo", "k3", role="decision", is_primary=True)
    assert main_contact(document(TALK, contacts=people)) == "bo"
    assert people["k2"] == {"contact": "bo", "role": "decision", "is_primary": 1}
    people = with_person(people, "bo", "k4", role="", is_primary=False)
    assert [person["is_primary"] for person in people.values()] == [0, 0]
    assert main_contact(document(TALK, contacts=people)) == "anna"
