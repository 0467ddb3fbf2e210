"""What to import and how, and what an import did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from services.importing.applying import OnMatch, Tally, Verdict
from services.importing.decisions import Choice, LikelyRow, RowDecision
from services.records.drafts import RowReject
from services.records.fields import EntityKind
from services.records.ids import Uid

_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """One file to bring in; `mapping` holds `Column=field` options, empty to go by header and content.

    `decisions` are about rows that a dry run took for likely duplicates; `on_duplicate` decides of all that surely are.
    `make_stages` makes the stages and pipelines that deals name and nobody has.
    """

    path: Path
    entity: EntityKind
    mapping: tuple[str, ...] = ()
    key: str = ""
    on_match: OnMatch = OnMatch.UPDATE
    dry_run: bool = False
    chunk_rows: int = 0
    decisions: tuple[RowDecision, ...] = ()
    on_duplicate: Choice = Choice.KEEP
    make_stages: bool = False


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did, or would do, in rows of the file.

    `numbers` are the rows of each verdict in their order, those of `rejects` excepted; `nameless` of the skipped
    ones name nobody; `values_set` is how many values a rehearsal would set on records that stand. `likely` are the
    rows that look like duplicates though no key says so; None where nobody looked. `missing_stages` are named by
    deals and are not there, or were not before the import made them.
    """

    batch: Uid | None
    batches: tuple[Uid, ...]
    rows: int
    verdicts: dict[Verdict, int]
    also_created: int
    rejects: tuple[RowReject, ...] = field(repr=False)
    rejects_file: Path | None
    seconds: float
    dry_run: bool
    numbers: dict[Verdict, list[int]] = field(repr=False)
    nameless: int = 0
    values_set: int = 0
    notes: tuple[str, ...] = ()
    likely: tuple[LikelyRow, ...] | None = field(default=None, repr=False)
    missing_stages: tuple[str, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """The rows with this verdict."""
        return self.verdicts.get(verdict, 0)

    def as_document(self) -> dict[str, Any]:
        """The answer of the command line."""
        return {
            "batch": self.batch,
            "batches": list(self.batches),
            "rows": self.rows,
            **{verdict.value: self.count(verdict) for verdict in Verdict},
            "also_created": self.also_created,
            "rejects_file": self.rejects_file,
            "rejects": [
                {"row": reject.number, "column": reject.column, "reason": reject.reason}
                for reject in self.rejects[:_SHOWN]
            ],
            "possible_duplicates": None if self.likely is None else len(self.likely),
            "duplicates": [one.as_document() for one in (self.likely or ())[:_SHOWN]],
            "missing_stages": list(self.missing_stages),
            "dry_run": self.dry_run,
            "seconds": self.seconds,
        }


def summed(tally: Tally) -> tuple[int, dict[Verdict, int]]:
    """The number of rows, and of rows by verdict."""
    return sum(tally.verdicts.values()), dict(tally.verdicts)


def row_limit_note(rows: int, seconds_per_thousand: float) -> str:
    """What is said of a file so large that it holds the workspace for a while."""
    seconds = rows / 1000 * seconds_per_thousand
    return (
        f"{rows:,} rows take about {seconds:.0f} s, during which edits wait. "
        "Import in chunks (--chunk 100000) to let others write in between."
    )


def joined(batches: Sequence[Uid]) -> tuple[Uid | None, tuple[Uid, ...]]:
    """The batch that stands for an import, and all of its batches."""
    return (batches[0] if batches else None), tuple(batches)
