"""Runs the cases: `python -m benchmarks [--json FILE] [NAME...]`."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import cast

from benchmarks.runner import (
    Outcome,
    RunFailedError,
    Side,
    as_line,
    case_modules,
    cases_of,
    in_child,
    measure_case,
    report,
    run_here,
)
from tests.support.machine import machine


def child(arguments: list[str]) -> int:
    """Do one run for the process that started this one, and leave the answer in a file."""
    module, name, side, prepared, scratch, answer = arguments
    case = next(case for case in cases_of(module) if case.name == name)
    measured = run_here(case, cast(Side, side), Path(prepared), Path(scratch))
    Path(answer).write_text(json.dumps(asdict(measured)), encoding="utf-8")
    return 0


def main() -> int:
    """Measure the cases, tell each as it is known; 1 when one could not be measured."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure the program against its floors.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only the cases whose name holds one of these")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the report there")
    parser.add_argument("--module", action="append", help="cases of this module instead of the package's")
    parser.add_argument("--child", nargs=6, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        return child(arguments.child)
    outcomes: list[Outcome] = []
    failures = 0
    for module in arguments.module or case_modules():
        for case in cases_of(module):
            if arguments.names and not any(name in case.name for name in arguments.names):
                continue
            try:
                outcomes.append(measure_case(case, in_child(module, case)))
            except RunFailedError as failure:
                failures += 1
                print(failure, file=sys.stderr, flush=True)
            else:
                print(as_line(outcomes[-1]), flush=True)
    if arguments.json:
        arguments.json.write_text(json.dumps(report(machine(), outcomes), indent=2) + "\n", encoding="utf-8")
    return 1 if failures or not outcomes else 0


if __name__ == "__main__":
    sys.exit(main())
