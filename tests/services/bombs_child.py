"""Run in a process of its own: asks every bomb of one workspace and reports how each ended."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from services.store.reading_sql import QueryLimits, QueryRefused, run_sql
from tests.services.sql_attacks import BOMBS, HEAVY
from tests.support.workspaces import CIPHER

LIMITS = QueryLimits(seconds=1.0, heap_bytes=512 * 1024 * 1024)


def main() -> None:
    """Ask them all; one that is answered has no code."""
    report = []
    for bomb in (*BOMBS, *HEAVY):
        started = time.monotonic()
        code = None
        try:
            run_sql(Path(sys.argv[1]), CIPHER, bomb, LIMITS)
        except QueryRefused as refused:
            code = refused.code
        report.append(
            {
                "sql": bomb[:120],
                "must_stop": bomb in BOMBS,
                "code": code,
                "seconds": round(time.monotonic() - started, 2),
            }
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(json.dumps({"bombs": report, "peak_mebibytes": peak}))


main()
