"""The table of proofs holds the last passed run of each, and nothing that names the machine."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from tests.support.machine import machine
from tests.support.proofs import Proof, figures_text, write_proofs

SUITE = """
import pytest

@pytest.mark.parametrize("rows", [1000])
def test_passes(record_proof, rows):
    record_proof("rows kept", rows=rows, seconds=1.23456)

def test_fails(record_proof):
    record_proof("never written", rows=1)
    assert False
"""


def row(name: str, figures: str) -> Proof:
    """A row with only what matters to a test."""
    return Proof(name, "2026-01-02", "abc", "Linux, 2 CPUs", "7", figures)


def test_a_new_run_replaces_its_row_and_keeps_the_others(tmp_path: Path) -> None:
    table = tmp_path / "docs" / "proofs.md"
    write_proofs(table, [row("b", "old"), row("a", "kept")])
    write_proofs(table, [row("b", "new")])
    rows = [Proof.from_line(line) for line in table.read_text(encoding="utf-8").splitlines()]
    assert [found for found in rows if found] == [row("a", "kept"), row("b", "new")]


def test_a_bar_in_a_figure_does_not_break_the_table(tmp_path: Path) -> None:
    table = tmp_path / "proofs.md"
    write_proofs(table, [row("a", "x | y\nz")])
    write_proofs(table, [])
    assert "| x / y z |" in table.read_text(encoding="utf-8")


def test_figures_read_as_words() -> None:
    figures = {"rows": 100_000, "p95_ms": 1.23456, "bytes": 12_345_678.9, "same": True, "moment": "end"}
    assert figures_text(figures) == "rows 100,000; p95 ms 1.235; bytes 12,345,679; same True; moment end"


def test_the_machine_is_described_without_its_name() -> None:
    assert platform.node() not in machine()
    assert "CPUs" in machine()


def test_only_a_proof_that_passed_is_written_and_only_when_asked(pytester: pytest.Pytester) -> None:
    pytester.makeconftest('pytest_plugins = ["tests.support.proofs"]')
    pytester.makepyfile(SUITE)
    quiet = ("-p", "no:xdist", "-p", "no:randomly")
    pytester.runpytest_subprocess(*quiet).assert_outcomes(passed=1, failed=1)
    table = pytester.path / "docs" / "proofs.md"
    assert not table.exists()
    pytester.runpytest_subprocess(*quiet, f"--record-proofs={table}").assert_outcomes(passed=1, failed=1)
    text = table.read_text(encoding="utf-8")
    assert "rows 1,000; seconds 1.235" in text
    assert "never written" not in text
