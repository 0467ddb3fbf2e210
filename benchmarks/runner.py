"""Measures cases against their floors: medians of interleaved runs, each run in a process of its own.

A module of this package that has `CASES` is found by itself. A run is a function of two folders: `prepared`,
which the case's `prepare` filled once and every run may read, and `scratch`, which is new for each run and gone
after it. It returns one value in the case's unit, having timed what it wants timed. The floor is the same work
done as plainly as can be; without one a case is judged by its value.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, Protocol

from tests.support.private_home import settle_in

LEAST_RUNS = 5
LONGEST_RUN_S = 1800.0

Run = Callable[[Path, Path], float]
Side = Literal["prepare", "ours", "floor"]


@dataclass(frozen=True, slots=True)
class Aim:
    """What is promised: at most `max` times the floor, or a value of at most `max`."""

    kind: Literal["ratio", "value"]
    max: float


@dataclass(frozen=True, slots=True)
class BenchCase:
    """One thing that is measured; smaller is better."""

    name: str
    unit: str
    ours: Run
    aim: Aim
    floor: Run | None = None
    prepare: Callable[[Path], None] | None = None
    runs: int = LEAST_RUNS

    def __post_init__(self) -> None:
        if self.runs < LEAST_RUNS:
            raise ValueError(f"{self.name}: a median wants at least {LEAST_RUNS} runs, not {self.runs}")
        if self.aim.kind == "ratio" and self.floor is None:
            raise ValueError(f"{self.name}: a ratio wants a floor")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case as it stands in the report; `value` and `floor` are medians, `rss_mb` that of our peaks."""

    name: str
    value: float
    unit: str
    floor: float | None
    ratio: float | None
    aim: Aim
    met: bool
    rss_mb: float | None


class RunFailedError(Exception):
    """A run did not end with a value."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run in a child process came to."""

    value: float
    rss_mb: float | None


class Measure(Protocol):
    """Does one run somewhere and tells what it came to."""

    def __call__(self, side: Side, prepared: Path, scratch: Path) -> Measured:
        """Do the run; raises RunFailedError."""
        ...


def cases_of(module: str) -> Sequence[BenchCase]:
    """The cases that a module offers."""
    cases: Sequence[BenchCase] = getattr(importlib.import_module(module), "CASES", ())
    return cases


def case_modules() -> list[str]:
    """The modules of this package that may offer cases."""
    package = importlib.import_module("benchmarks")
    found = (info.name for info in pkgutil.walk_packages(package.__path__, "benchmarks."))
    return sorted(name for name in found if not name.endswith(("__main__", ".runner")))


def peak_rss_mb() -> float | None:
    """The most memory this process has had; None where the system does not tell simply."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not getrusage: its figure is inherited from the process that started this one.
        line = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    if sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return None


def run_here(case: BenchCase, side: Side, prepared: Path, scratch: Path) -> Measured:
    """Do one run in this process."""
    if side == "prepare":
        if case.prepare:
            case.prepare(prepared)
        return Measured(0.0, peak_rss_mb())
    run = case.ours if side == "ours" else case.floor
    assert run is not None, f"{case.name} has no floor"
    return Measured(float(run(prepared, scratch)), peak_rss_mb())


def in_child(module: str, case: BenchCase) -> Measure:
    """Runs that each have a process of their own, so that nothing is imported or cached beforehand."""

    def measure(side: Side, prepared: Path, scratch: Path) -> Measured:
        answer = scratch / "measured.json"
        environment = dict(os.environ)
        settle_in(scratch / "home", environment)
        command = [sys.executable, "-P", "-m", "benchmarks", "--child", module, case.name, side]
        command += [str(prepared), str(scratch), str(answer)]
        done = subprocess.run(command, env=environment, timeout=LONGEST_RUN_S, stdout=sys.stderr, check=False)
        if done.returncode != 0 or not answer.exists():
            raise RunFailedError(f"{case.name}: {side} ended with exit code {done.returncode}")
        return Measured(**json.loads(answer.read_text("utf-8")))

    return measure


def measure_case(case: BenchCase, measure: Measure) -> Outcome:
    """Prepare once, then run ours and floor by turns; who begins alternates, so that drift hits both alike."""
    sides: list[Side] = ["ours"] if case.floor is None else ["ours", "floor"]
    found: dict[Side, list[Measured]] = {side: [] for side in sides}
    with tempfile.TemporaryDirectory(prefix="mycrm-bench-") as folder:
        prepared = Path(folder, "prepared")
        prepared.mkdir()
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            measure("prepare", prepared, Path(scratch))
        for turn in range(case.runs):
            for side in sides if turn % 2 == 0 else reversed(sides):
                with tempfile.TemporaryDirectory(dir=folder) as scratch:
                    found[side].append(measure(side, prepared, Path(scratch)))
    return outcome(case, found["ours"], found.get("floor", []))


def outcome(case: BenchCase, ours: Sequence[Measured], floors: Sequence[Measured]) -> Outcome:
    """Medians, their ratio, and whether the aim is met."""
    value = statistics.median(run.value for run in ours)
    floor = statistics.median(run.value for run in floors) if floors else None
    ratio = value / floor if floor else None
    judged = ratio if case.aim.kind == "ratio" else value
    peaks = [run.rss_mb for run in ours if run.rss_mb is not None]
    return Outcome(
        name=case.name,
        value=value,
        unit=case.unit,
        floor=floor,
        ratio=ratio,
        aim=case.aim,
        met=judged is not None and judged <= case.aim.max,
        rss_mb=statistics.median(peaks) if peaks else None,
    )


def report(machine: str, outcomes: Iterable[Outcome]) -> dict[str, object]:
    """The report as it is written to a file."""
    return {"machine": machine, "cases": [asdict(found) for found in outcomes]}


def as_line(found: Outcome) -> str:
    """One outcome for people."""
    beside = f"floor {found.floor:.4g}, ratio {found.ratio:.2f}" if found.floor and found.ratio else "no floor"
    aim = f"{'<=' if found.met else '>'} {found.aim.max:g}{'x' if found.aim.kind == 'ratio' else ''}"
    rss = f", {found.rss_mb:.0f} MB" if found.rss_mb is not None else ""
    verdict = "met" if found.met else "NOT MET"
    return f"{found.name}: {found.value:.4g} {found.unit} ({beside}{rss}); {aim}: {verdict}"
