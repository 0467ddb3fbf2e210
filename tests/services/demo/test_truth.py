"""The truth: written outside, drawn as it says, and as hard to guess as it should be."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from services.demo.truth import COLUMNS, write_truth
from tests.services.demo.worlds import auc, world_of


def test_the_file_has_a_row_a_contact_with_the_documented_columns(tmp_path: Path) -> None:
    world = world_of(2000)
    write_truth(world, tmp_path / "truth.csv")
    with (tmp_path / "truth.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [row["key"] for row in rows] == world.contacts.keys
    at_risk = [row for row in rows if row["at_risk"] == "1"]
    assert 600 < len(at_risk) < 1200
    assert all(0 < float(row["probability"]) < 1 for row in at_risk)
    assert all(row["probability"] == "" and row["label"] == "0" for row in rows if row["at_risk"] == "0")
    assert sum(row["duplicate_of"] != "" for row in rows) == len(world.duplicates)
    assert {datetime.fromisoformat(row["cut_off"]).timestamp() * 1000 for row in rows} == {world.cut_off_ms}


def test_json_holds_the_same_rows(tmp_path: Path) -> None:
    world = world_of(200)
    write_truth(world, tmp_path / "truth.csv")
    write_truth(world, tmp_path / "truth.json")
    document = json.loads((tmp_path / "truth.json").read_text("utf-8"))
    with (tmp_path / "truth.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert datetime.fromisoformat(document["cut_off"]).timestamp() * 1000 == world.cut_off_ms
    for entry, row in zip(document["contacts"], rows, strict=True):
        row.pop("cut_off")
        assert {name: "" if value is None else str(value) for name, value in entry.items()} == row


def test_labels_are_what_the_records_say_happened_after_the_cut_off() -> None:
    world = world_of(20_000)
    left = np.array([moment or 0 for moment in world.contacts.churned_ms])
    assert (world.journeys.last.left == (left > world.cut_off_ms)).all()
    assert world.journeys.last.at_risk[world.journeys.last.left].all()


def test_what_comes_next_is_in_no_record() -> None:
    world = world_of(20_000)
    coming = world.journeys.next
    assert {world.contacts.lifecycles[row] for row in np.flatnonzero(coming.at_risk)} == {"customer"}
    assert coming.left.sum() > 300
    assert {world.contacts.churned_ms[row] for row in np.flatnonzero(coming.left)} == {None}


@pytest.mark.parametrize("which", ["last", "next"])
def test_probabilities_are_calibrated_because_labels_are_drawn_from_them(which: str) -> None:
    risk = getattr(world_of(20_000).journeys, which)
    probability, left = risk.probability[risk.at_risk], risk.left[risk.at_risk]
    for part in np.array_split(np.argsort(probability, kind="stable"), 5):
        expected = probability[part].mean()
        spread = np.sqrt(expected * (1 - expected) / len(part))
        assert abs(left[part].mean() - expected) < 4 * spread


def test_an_oracle_that_sees_the_latents_ranks_as_well_as_intended() -> None:
    risk = world_of(20_000).journeys.last
    oracle = auc(risk.probability[risk.at_risk], risk.left[risk.at_risk])
    assert 0.75 <= oracle <= 0.79
    assert 0.05 < risk.left[risk.at_risk].mean() < 0.10


def test_what_is_recorded_by_the_cut_off_says_something_about_who_leaves() -> None:
    world = world_of(20_000)
    log, risk = world.activities, world.journeys.last
    known = log.recorded_ms <= world.cut_off_ms
    met = np.bincount(log.contact[known], minlength=20_000)
    tickets = np.bincount(
        log.contact[known & (log.kind == 8) & (log.occurred_ms > world.cut_off_ms - 90 * 86_400_000)],
        minlength=20_000,
    )
    rarely = auc(-met[risk.at_risk].astype(np.float64), risk.left[risk.at_risk])
    painful = auc(tickets[risk.at_risk].astype(np.float64), risk.left[risk.at_risk])
    assert 0.60 < rarely < 0.72
    assert painful > 0.52


def test_nothing_before_the_cut_off_knows_the_label() -> None:
    """Among people of like latents, those who will leave look like those who stay."""
    world = world_of(20_000)
    risk, log = world.journeys.last, world.activities
    known = log.recorded_ms <= world.cut_off_ms
    met = np.bincount(log.contact[known], minlength=20_000)[risk.at_risk].astype(np.float64)
    seats = np.array([number or 0 for number in world.contacts.seats], dtype=np.float64)[risk.at_risk]
    ends = np.array([day.toordinal() if day else 0 for day in world.contacts.contract_ends], dtype=np.float64)
    order = np.argsort(risk.probability[risk.at_risk], kind="stable")
    for column in (met, seats, ends[risk.at_risk]):
        scores = [
            auc(column[part], risk.left[risk.at_risk][part])
            for part in np.array_split(order, 10)
            if risk.left[risk.at_risk][part].any()
        ]
        assert abs(float(np.mean(scores)) - 0.5) < 0.06
