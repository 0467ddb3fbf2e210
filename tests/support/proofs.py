"""Keeps the figures of the last run of each long proof in a table of the documentation.

A proof calls `record_proof(name, figure=value, ...)`; its row is written when the test has passed and the run
was asked to (`dev.py test --deep`). Rows of other proofs stay as they are.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest

from tests.support.machine import machine

OPTION = "--record-proofs"
HEADING = """# Proofs

The last run of each long proof (`python3 dev.py test --deep`), written by the proof itself when it passed.
A commit with a `+` had changes that were not committed.
"""
_PASSED = pytest.StashKey[bool]()


@dataclass(frozen=True, slots=True)
class Proof:
    """One row of the table."""

    proof: str
    date: str
    commit: str
    machine: str
    seed: str
    figures: str

    @classmethod
    def from_line(cls, line: str) -> Proof | None:
        """Read a row of the table; None for any other line."""
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        is_row = line.startswith("| ") and len(cells) == len(fields(cls)) and cells[0] != "proof"
        return cls(*cells) if is_row else None

    def line(self) -> str:
        """The row as it stands in the table."""
        cells = [str(getattr(self, field.name)) for field in fields(self)]
        return "| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in cells) + " |"


class RecordProof(Protocol):
    """What the fixture of this name hands to a proof."""

    def __call__(self, name: str, **figures: object) -> None:
        """Keep the figures under the proof's name, in one sentence of plain words."""
        ...


def commit() -> str:
    """The commit that ran, with a plus when files differ from it; `none` outside a repository."""

    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    # The record itself changes while proofs run, one after another.
    changed = git("status", "--porcelain", "--", ".", ":(exclude)docs/proofs.md")
    return (git("rev-parse", "--short=10", "HEAD") or "none") + ("+" if changed else "")


def figures_text(figures: Mapping[str, object]) -> str:
    """Figures as words: `rows 100,000; seconds 12.3`."""
    return "; ".join(f"{name.replace('_', ' ')} {_figure(value)}" for name, value in figures.items())


def _figure(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def write_proofs(path: Path, new: list[Proof]) -> None:
    """Replace the rows of these proofs, keep the others, sorted by name."""
    old = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    rows = {row.proof: row for row in map(Proof.from_line, old) if row}
    rows.update({row.proof: row for row in new})
    names = [field.name for field in fields(Proof)]
    table = [f"| {' | '.join(names)} |", "|" + "---|" * len(names)]
    table += [rows[name].line() for name in sorted(rows)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADING + "\n" + "\n".join(table) + "\n", encoding="utf-8", newline="\n")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where passed proofs are written."""
    parser.addoption(OPTION, metavar="FILE", default=None, help="write the figures of passed proofs there")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Remember whether the test itself passed, for the fixture's end."""
    report = yield
    if call.when == "call":
        item.stash[_PASSED] = call.excinfo is None
    return report


@pytest.fixture
def record_proof(request: pytest.FixtureRequest) -> Iterator[RecordProof]:
    """Call with a proof's name and figures; the row is written if the test passes."""
    seed = str(request.config.getoption("randomly_seed", "none"))
    proofs: list[Proof] = []

    def record(name: str, **figures: object) -> None:
        now = datetime.now(UTC).strftime("%Y-%m-%d")
        proofs.append(Proof(name, now, commit(), machine(), seed, figures_text(figures)))

    yield record
    target = request.config.getoption(OPTION)
    if target and request.node.stash.get(_PASSED, False):
        write_proofs(Path(target), proofs)
