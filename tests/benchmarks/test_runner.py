"""The runner measures ours and floor by turns, in processes of their own, and judges by medians."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.runner import Aim, BenchCase, Measured, Side, case_modules, measure_case, outcome

TOY_CASES = """
import os
from benchmarks.runner import Aim, BenchCase

def prepare(prepared):
    (prepared / "price").write_text("6")

def ours(prepared, scratch):
    (scratch / "left").write_text("")  # gone before the next run, or this would find it
    assert os.listdir(scratch) in (["left", "home"], ["home", "left"])
    with open(os.environ["TOY_LOG"], "a") as log:
        log.write(f"ours {os.getpid()}\\n")
    return float((prepared / "price").read_text())

def floor(prepared, scratch):
    with open(os.environ["TOY_LOG"], "a") as log:
        log.write(f"floor {os.getpid()}\\n")
    return 4.0

def broken(prepared, scratch):
    raise RuntimeError("no value")

CASES = [
    BenchCase("price", "ms", ours, Aim("ratio", 1.4), floor=floor, prepare=prepare),
    BenchCase("price alone", "ms", ours, Aim("value", 6), prepare=prepare),
    BenchCase("broken", "ms", broken, Aim("value", 1)),
]
"""


def zero(prepared: Path, scratch: Path) -> float:
    """A run that costs nothing."""
    return 0.0


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A folder with a module of cases."""
    (tmp_path / "toy_cases.py").write_text(TOY_CASES, encoding="utf-8")
    return tmp_path


def bench(toy: Path, *names: str) -> tuple[subprocess.CompletedProcess[str], dict[str, object]]:
    """Run the toy's cases as a user would."""
    report = toy / "report.json"
    environment = {**os.environ, "PYTHONPATH": str(toy), "TOY_LOG": str(toy / "log")}
    command = [sys.executable, "-P", "-m", "benchmarks", "--module", "toy_cases", "--json", str(report), *names]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done, json.loads(report.read_text(encoding="utf-8"))


def test_the_report_has_the_agreed_form(toy: Path) -> None:
    done, report = bench(toy, "price")
    assert done.returncode == 0, done.stderr
    assert set(report) == {"machine", "cases"}
    cases = report["cases"]
    assert isinstance(cases, list)
    for case in cases:
        assert case.pop("rss_mb") is None or sys.platform in ("linux", "darwin")
    assert cases == [
        {
            "name": "price",
            "value": 6.0,
            "unit": "ms",
            "floor": 4.0,
            "ratio": 1.5,
            "aim": {"kind": "ratio", "max": 1.4},
            "met": False,
        },
        {
            "name": "price alone",
            "value": 6.0,
            "unit": "ms",
            "floor": None,
            "ratio": None,
            "aim": {"kind": "value", "max": 6},
            "met": True,
        },
    ]
    assert "price: 6 ms (floor 4, ratio 1.50" in done.stdout
    assert "NOT MET" in done.stdout


def test_each_run_has_its_own_process_and_the_sides_take_turns(toy: Path) -> None:
    done, _ = bench(toy, "price")
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in (toy / "log").read_text(encoding="utf-8").splitlines()]
    assert len({process for _, process in lines}) == len(lines) == 15
    assert [side for side, _ in lines[:10]] == ["ours", "floor", "floor", "ours"] * 2 + ["ours", "floor"]


def test_a_case_that_fails_is_told_and_does_not_stop_the_others(toy: Path) -> None:
    done, report = bench(toy)
    assert done.returncode == 1
    assert "broken: ours ended with exit code 1" in done.stderr
    cases = report["cases"]
    assert isinstance(cases, list)
    assert [case["name"] for case in cases] == ["price", "price alone"]


def test_the_median_is_not_moved_by_one_slow_run() -> None:
    case = BenchCase("x", "ms", zero, Aim("ratio", 2), floor=zero)
    ours = [Measured(value, 10.0) for value in (3, 1000, 1, 2, 2)]
    floors = [Measured(value, None) for value in (1, 1, 1, 1, 500)]
    found = outcome(case, ours, floors)
    assert (found.value, found.floor, found.ratio, found.met, found.rss_mb) == (2, 1, 2, True, 10.0)


@pytest.mark.parametrize(("value", "met"), [(7.9, True), (8.0, True), (8.1, False)])
def test_a_value_is_judged_by_itself_even_beside_a_floor(value: float, met: bool) -> None:
    case = BenchCase("x", "ms", zero, Aim("value", 8), floor=zero)
    assert outcome(case, [Measured(value, None)] * 5, [Measured(0.1, None)] * 5).met is met


def test_a_floor_of_nothing_gives_no_ratio_and_meets_no_aim() -> None:
    case = BenchCase("x", "ms", zero, Aim("ratio", 2), floor=zero)
    found = outcome(case, [Measured(1.0, None)] * 5, [Measured(0.0, None)] * 5)
    assert (found.ratio, found.met) == (None, False)


def test_a_case_is_prepared_once() -> None:
    sides: list[Side] = []

    def measure(side: Side, prepared: Path, scratch: Path) -> Measured:
        sides.append(side)
        assert prepared.is_dir() and scratch.is_dir() and scratch != prepared
        return Measured(1.0, None)

    measure_case(BenchCase("x", "ms", zero, Aim("value", 1), runs=7), measure)
    assert sides == ["prepare"] + ["ours"] * 7


def test_fewer_than_five_runs_and_a_ratio_without_a_floor_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 5 runs"):
        BenchCase("x", "ms", zero, Aim("value", 1), runs=4)
    with pytest.raises(ValueError, match="wants a floor"):
        BenchCase("x", "ms", zero, Aim("ratio", 1))


def test_every_case_of_the_package_has_a_name_of_its_own() -> None:
    from benchmarks.runner import cases_of

    names = [case.name for module in case_modules() for case in cases_of(module)]
    assert len(names) == len(set(names))
