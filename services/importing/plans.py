"""Files that were read and wait to be imported; rehearsing one and carrying it out run the same code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from services.duplicates import COMPARED
from services.errors import Cancelled
from services.importing.applying import OnMatch, RowApplier, Tally, Verdict
from services.importing.collector_rest import collector_at_rest
from services.importing.decisions import Decided, LikelyRow
from services.importing.likely_rows import LikelyRows
from services.importing.linking import RULES, RowLinks
from services.importing.mapping import Mapping
from services.importing.matching import Matcher
from services.importing.outcome import ImportRequest
from services.importing.pretending import PretendUnit, rehearsing
from services.importing.shapes import FileShape
from services.importing.stages import MissingStage, described_pipelines, make_stages, missing_stages
from services.records.drafts import RowDraft, RowReject
from services.records.fields import EntityKind
from services.store.directory import Directory
from services.store.staging import Staging
from services.store.store import Store
from services.store.writing import WriteUnit

Progress = Callable[[str, int, int], None]
Stopped = Callable[[], bool]

_COMPARING: Final = "Comparing"


@dataclass(slots=True)
class ImportPlan:
    """A file read and normalised, waiting in a staging file; closed by `apply` or `discard`."""

    request: ImportRequest
    mapping: Mapping
    shape: FileShape
    staging: Staging
    matcher: Matcher
    rows: int
    rejects: list[RowReject]
    digest: bytes
    started: float
    nobody: list[int] = field(default_factory=list)
    """Numbers of rows that name nobody: skipped, not rejected."""
    likely: tuple[LikelyRow, ...] | None = None
    """The rows that look like duplicates, once a rehearsal has looked for them."""
    missing: tuple[MissingStage, ...] = ()
    """The stages that deals name and that are not there, once a rehearsal or the import has looked."""

    def discard(self) -> None:
        """Throw the staged rows away."""
        self.staging.close()


def make_custom_fields(unit: WriteUnit, plan: ImportPlan) -> None:
    """Make the fields of the user's own that the mapping names."""
    directory = Directory(unit)
    for name, kind in plan.mapping.custom_kinds.items():
        directory.make_custom_field(plan.request.entity, name, kind)


def settle_stages(unit: WriteUnit, plan: ImportPlan) -> None:
    """Note which stages rows of deals name that are not there, and make them if that is wanted."""
    request = plan.request
    if request.entity is not EntityKind.DEAL:
        return
    plan.missing = missing_stages(unit, plan.staging.slices())
    if plan.missing and request.make_stages:
        make_stages(unit, plan.missing, described_pipelines(request.path))


def applier_of(unit: WriteUnit, plan: ImportPlan) -> RowApplier:
    """What carries the rows of a plan into a unit."""
    request = plan.request
    # The key of activities tells the contacts they are with; that of other rows, the rows themselves.
    key = request.key if request.entity is EntityKind.ACTIVITY else ""
    links = RowLinks(request.entity, key) if request.entity in RULES else None
    applier = RowApplier(
        unit, request.entity, plan.matcher, request.on_match, links, decided=Decided(request.decisions)
    )
    applier.expect_custom(plan.mapping.custom_kinds, pretend=isinstance(unit, PretendUnit))
    return applier


def rehearse(store: Store, plan: ImportPlan, progress: Progress | None, stopped: Stopped) -> tuple[RowApplier, int]:
    """Go through a plan without writing; answers with what counted, and the values set on records that stand."""
    request = plan.request
    with rehearsing(store, request.entity, makes_stages=request.make_stages) as rehearsal:
        with rehearsal.looking() as unit:
            make_custom_fields(unit, plan)
            settle_stages(unit, plan)
            applier = applier_of(unit, plan)
        for rows in _slices(plan, applier, progress, stopped, "Checking"):
            with rehearsal.looking():
                applier.take(rows)
    return applier, rehearsal.values_set


def carry_out(unit: WriteUnit, plan: ImportPlan, progress: Progress | None, stopped: Stopped) -> RowApplier:
    """Write the rows of a plan."""
    make_custom_fields(unit, plan)
    settle_stages(unit, plan)
    applier = applier_of(unit, plan)
    with collector_at_rest():
        for rows in _slices(plan, applier, progress, stopped, "Importing"):
            applier.take(rows)
    return applier


def _slices(
    plan: ImportPlan, applier: RowApplier, progress: Progress | None, stopped: Stopped, phase: str
) -> Iterator[list[RowDraft]]:
    is_grouped = plan.matcher.any_repeated() and plan.request.on_match is not OnMatch.CREATE
    if is_grouped or plan.request.decisions:
        for rows in plan.staging.slices():
            applier.gather(rows)
    done = len(plan.rejects) + len(plan.nobody)
    for rows in plan.staging.slices():
        _check(stopped)
        yield rows
        done += len(rows)
        if progress is not None:
            progress(phase, done, plan.rows)


def find_likely(store: Store, plan: ImportPlan, tally: Tally, progress: Progress | None, stopped: Stopped) -> None:
    """Look for rows that would be new but look like a record or an earlier row, unless that is known already."""
    request = plan.request
    if plan.likely is not None or request.entity not in COMPARED or request.on_match is OnMatch.CREATE:
        return
    # A row that was decided about is no new one in this rehearsal, but stays one to decide about.
    new = set(tally.numbers.get(Verdict.CREATED, ())) | {decision.number for decision in request.decisions}
    likely = LikelyRows(request.entity)
    for rows in plan.staging.slices():
        _check(stopped)
        likely.add(row for row in rows if row.number in new)
    plan.likely = likely.find(
        store,
        progress=None if progress is None else lambda done, total: progress(_COMPARING, done, total),
        check=lambda: _check(stopped),
    )


def _check(stopped: Stopped) -> None:
    if stopped():
        raise Cancelled("The import was stopped", "Nothing was imported.")
