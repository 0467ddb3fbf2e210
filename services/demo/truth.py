"""The truth about a demo world, written beside the workspace and never into it.

A CSV file in UTF-8 with one row a contact, in the order of their keys:

    key                 external key of the contact
    at_risk             1 if a customer at the cut-off, who could leave in the 90 days after it, else 0; the people
                        written by hand stay whatever happens and are never at risk at the cut-off
    probability         chance, at the cut-off, of leaving in the 90 days after it; empty if not at risk
    label               1 if the contact did leave in those days (drawn from `probability`), else 0
    next_at_risk, next_probability, next_label
                        the same for the 90 days after the last day: this outcome is in no record
    segment             size class of the relation
    touch_rate, service_quality
                        lasting latents, standard normal
    engagement          drifting latent at the cut-off, standard normal
    cooling, ticket_pain, champion_left
                        states in the 90 days before the cut-off, 0 or 1 (champion_left: in the last 180 days)
    duplicate_of        key of the contact this one repeats, empty for nearly all
    duplicate_kind      typo, swapped, other_mail or same_phone
    cut_off             the moment all but the `next_` columns refer to, ISO 8601 UTC, the same in every row:
                        the end of the day 90 days before the last, so scores `--as-of` that day compare with it

With `.json` as the ending of the file the same rows are written as one JSON document,
`{"cut_off": ..., "contacts": [{...}]}`, empty values as null.
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from services.clock import from_millis
from services.demo.latents import SEGMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from services.demo.journeys import Risk
    from services.demo.world import DemoWorld

COLUMNS: Final = (
    "key",
    "at_risk",
    "probability",
    "label",
    "next_at_risk",
    "next_probability",
    "next_label",
    "segment",
    "touch_rate",
    "service_quality",
    "engagement",
    "cooling",
    "ticket_pain",
    "champion_left",
    "duplicate_of",
    "duplicate_kind",
    "cut_off",
)
_DIGITS: Final = 9
_CUT_OFF_PERIOD: Final = 1


def write_truth(world: DemoWorld, path: Path) -> None:
    """Write the truth as CSV, or as JSON where `path` ends so; an existing file is replaced."""
    if path.suffix.lower() == ".json":
        cut_off = from_millis(world.cut_off_ms).isoformat()
        rows = [dict(zip(COLUMNS[:-1], row, strict=False)) for row in truth_rows(world)]
        path.write_text(json.dumps({"cut_off": cut_off, "contacts": rows}, ensure_ascii=False, indent=1), "utf-8")
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(["" if value is None else value for value in row] for row in truth_rows(world))


def truth_rows(world: DemoWorld) -> Iterator[tuple[Any, ...]]:
    """The rows of the file; None where a cell is empty."""
    latents, journeys = world.latents, world.journeys
    copies = {entry.key: entry for entry in world.duplicates}
    columns: list[list[Any]] = [
        world.contacts.keys,
        *_risk_columns(journeys.last),
        *_risk_columns(journeys.next),
        [SEGMENTS[code] for code in latents.segment.tolist()],
        np.round(latents.touch, _DIGITS).tolist(),
        np.round(latents.quality, _DIGITS).tolist(),
        np.round(latents.engagement[_CUT_OFF_PERIOD], _DIGITS).tolist(),
        latents.cooling[_CUT_OFF_PERIOD].astype(np.int64).tolist(),
        latents.pain[_CUT_OFF_PERIOD].astype(np.int64).tolist(),
        latents.without_champion(_CUT_OFF_PERIOD).astype(np.int64).tolist(),
    ]
    cut_off = from_millis(world.cut_off_ms).isoformat()
    for row in zip(*columns, strict=True):
        copy = copies.get(row[0])
        yield (*row, copy.original_key if copy else None, copy.kind.value if copy else None, cut_off)


def _risk_columns(risk: Risk) -> tuple[list[int], list[float | None], list[int]]:
    probability = np.round(risk.probability, _DIGITS).tolist()
    at_risk = risk.at_risk.tolist()
    return (
        [int(flag) for flag in at_risk],
        [value if flag else None for value, flag in zip(probability, at_risk, strict=True)],
        risk.left.astype(np.int64).tolist(),
    )
