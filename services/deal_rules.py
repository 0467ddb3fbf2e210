"""What follows from the stage of a deal. Pure: does no I/O.

A deal follows its stage: whether it is open, won or lost, when it came there, and how probable it is unless the
user has said otherwise. Closing freezes the probability it had; nothing recomputes it afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from services.errors import InvalidValue
from services.records.sales import StageKind, StageRow
from services.store.aggregates import Document

FIELD_WORDS: Final[Mapping[str, str]] = {
    "amount": "an amount",
    "company": "a company",
    "contact": "a contact",
    "expected_close": "an expected close",
    "next_step": "a next step",
    "next_step_due": "a day for the next step",
    "competitor": "a competitor",
    "owner": "an owner",
}
"""The fields that a stage may require, as a sentence calls them."""


def settle(after: Document, before: Document | None, stages: Mapping[str, StageRow], *, now_millis: int) -> None:
    """Make the rest of a deal follow its stage; `stages` by uid in hexadecimal."""
    stage = stages[after["stage"]]
    after["pipeline"] = stage.pipeline_uid.hex()
    earlier = stages.get(before["stage"]) if before is not None and before["stage"] else None
    came = before is None or before["stage"] != after["stage"]
    if came:
        _enter(after, before, now_millis)
        _follow_probability(after, before, earlier, stage)
    after["status"] = stage.kind.value
    _close(after, stage.kind, now_millis)


def _enter(after: Document, before: Document | None, now_millis: int) -> None:
    given = after["stage_entered_at"]
    if given is None or (before is not None and given == before["stage_entered_at"]):
        after["stage_entered_at"] = now_millis


def _follow_probability(after: Document, before: Document | None, earlier: StageRow | None, stage: StageRow) -> None:
    if stage.kind is not StageKind.OPEN:
        if after["probability"] is None and earlier is not None:
            after["probability"] = earlier.probability
    elif before is not None and after["probability"] == before["probability"]:
        # What the user set belonged to the stage that the deal has left; what closing froze, to the closed deal.
        after["probability"] = None


def _close(after: Document, kind: StageKind, now_millis: int) -> None:
    if kind is StageKind.WON:
        after["won_at"] = after["won_at"] or now_millis
        after["lost_at"] = after["loss_reason"] = None
    elif kind is StageKind.LOST:
        after["lost_at"] = after["lost_at"] or now_millis
        after["won_at"] = None
    else:
        after["won_at"] = after["lost_at"] = after["loss_reason"] = None


def missing_fields(document: Document, stage: StageRow) -> tuple[str, ...]:
    """The fields that the stage requires and the deal does not have."""
    return tuple(name for name in stage.required_fields if not _is_filled(document, name))


def _is_filled(document: Document, name: str) -> bool:
    if name == "contact":
        return bool(document["contacts"])
    if name == "tags":
        return bool(document["tags"])
    return document.get(name) not in (None, "")


def check_required(document: Document, stage: StageRow) -> None:
    """Raise InvalidValue for a deal that lacks what the stage requires."""
    missing = missing_fields(document, stage)
    if missing:
        words = " and ".join(FIELD_WORDS.get(name, name.replace("_", " ")) for name in missing)
        raise InvalidValue(
            f"A deal in “{stage.name}” needs {words}",
            "Fill it in first. The deal stays as it was.",
            field=missing[0],
        )
