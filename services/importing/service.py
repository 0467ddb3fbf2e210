"""Brings files in: inspects, plans, carries out as one batch, and finishes what was cut short."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from services.access import Access, Permission, verb
from services.errors import MyCrmError
from services.importing import chunks
from services.importing.applying import RowApplier, Verdict
from services.importing.calendar_files import CalendarOutcome, calendar_contents, rehearse_calendar, take_calendar
from services.importing.decisions import Choice, decide_sure
from services.importing.detection import detect
from services.importing.mapping import Mapping, explained, propose, read_as_told, with_options
from services.importing.matching import Matcher
from services.importing.outcome import ImportOutcome, ImportRequest, joined, row_limit_note, summed
from services.importing.pipeline_files import PipelinesTaken, take_pipelines
from services.importing.plans import (
    ImportPlan,
    Progress,
    Stopped,
    applier_of,
    carry_out,
    find_likely,
    make_custom_fields,
    rehearse,
    settle_stages,
)
from services.importing.pretending import rehearsing
from services.importing.previewing import RowGlance, RowPreview, RowPreviewer, glance
from services.importing.refusals import UnreadableFile
from services.importing.rejects import rejects_path, write_rejects
from services.importing.rows import SKIPPED_REASONS
from services.importing.shapes import AS_FOUND, Correction, FileShape, corrected
from services.importing.tables import as_table
from services.importing.worker import Job, normalise_file
from services.reading import reading_of
from services.records.calendar_drafts import CalendarContents
from services.records.drafts import RowDraft, RowReject
from services.records.fields import CUSTOM_PREFIX, EntityKind, FieldKind
from services.records.ids import Uid
from services.records.ledger import Origin
from services.store.directory import custom_fields
from services.store.queries.matching import check_key
from services.store.staging import Staging
from services.store.store import Store
from services.store.writing import WriteUnit
from services.users import UserService
from services.values.coercion import Reading

LARGE: Final = 200_000
"""Rows from which on a plan says how long it takes and offers chunks."""

_SECONDS_PER_THOUSAND: Final = 0.09
_SPACE_FACTOR: Final = 2

__all__ = ["ImportOutcome", "ImportPlan", "ImportRequest", "ImportService", "Inspection"]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file looks like, and where its columns would go; `remembered` when they went there last time."""

    shape: FileShape
    mapping: Mapping
    reading: Reading
    remembered: bool = False


class ImportService:
    """Imports contacts, companies, leads, deals, activities and tasks from files."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    @verb(Permission.READ)
    def inspect(
        self, path: Path, entity: EntityKind, *, correction: Correction = AS_FOUND, remembered: bool = True
    ) -> Inspection:
        """Look at a file: its form, and where its columns go, as last time if `remembered`. Raises UnreadableFile."""
        user = UserService(self._store, self._access).acting()
        base = reading_of(user)
        with as_table(path, entity, base) as table:
            found = detect(
                table.path,
                encoding=correction.encoding,
                delimiter=correction.delimiter,
                region=base.default_region,
            )
        shape = corrected(found, correction)
        reading = shape.reading(base)
        saved = chunks.saved_mapping(self._store, entity, shape.names) if remembered else None
        if saved is not None and saved.fits(shape):
            mapping = explained(read_as_told(saved.adapted(shape), correction), shape, reading)
            return Inspection(shape, mapping, reading, remembered=True)
        known = self._known_custom(entity)
        mapping = propose(entity, shape, reading=reading, custom_kinds=known)
        # Our own exports name custom fields as the command line does: custom.seats:number.
        own = [f"{c.column}={c.column}" for c in mapping.columns if c.column.startswith(CUSTOM_PREFIX)]
        mapping = with_options(mapping, shape, own, reading=reading, custom_kinds=known)
        return Inspection(shape, mapping, reading)

    def _known_custom(self, entity: EntityKind) -> dict[str, FieldKind]:
        with self._store.read() as connection:
            return {found.name: FieldKind(found.kind) for found in custom_fields(connection, entity)}

    @verb(Permission.EDIT)
    def run(
        self, request: ImportRequest, *, progress: Progress | None = None, stopped: Stopped | None = None
    ) -> ImportOutcome:
        """Inspect, plan and carry out in one go. Raises MyCrmError; then nothing was written."""
        inspection = self.inspect(request.path, request.entity)
        mapping = inspection.mapping
        if request.mapping:
            known = self._known_custom(request.entity)
            mapping = with_options(
                mapping, inspection.shape, request.mapping, reading=inspection.reading, custom_kinds=known
            )
        prepared = Inspection(inspection.shape, mapping, inspection.reading)
        plan = self.prepare(request, prepared, progress=progress, stopped=stopped)
        try:
            if request.on_duplicate is not Choice.KEEP:
                likely = self.rehearse(plan, progress=progress, stopped=stopped).likely or ()
                decisions = decide_sure(likely, request.on_duplicate)
                plan = self.revise(plan, replace(request, decisions=decisions))
            if request.dry_run:
                return self.rehearse(plan, progress=progress, stopped=stopped)
            return self.apply(plan, progress=progress, stopped=stopped)
        finally:
            plan.discard()

    @verb(Permission.READ)
    def prepare(
        self,
        request: ImportRequest,
        inspection: Inspection,
        *,
        progress: Progress | None = None,
        stopped: Stopped | None = None,
    ) -> ImportPlan:
        """Read and normalise a file into a staging file, outside the write lock. Raises MyCrmError, Cancelled."""
        started = time.monotonic()
        is_activity = request.entity is EntityKind.ACTIVITY
        if request.key and not is_activity:
            check_key(request.entity, request.key)
        matcher = Matcher(request.entity, "" if is_activity else request.key, self._custom_uid(request))
        digest = _digest(request.path)  # before there is a staging file that a missing one would leave behind
        plan = ImportPlan(
            request,
            inspection.mapping,
            inspection.shape,
            Staging.beside(self._store.path),
            matcher,
            0,
            [],
            digest,
            started,
        )
        try:
            self._stage(plan, inspection, progress, stopped or _never)
        except BaseException:
            plan.discard()
            raise
        return plan

    @verb(Permission.READ)
    def revise(self, plan: ImportPlan, request: ImportRequest) -> ImportPlan:
        """The rows of a plan, already read, with another key or another way with matches; both plans share them."""
        if request.key == plan.request.key:
            matcher = plan.matcher.renewed()
        else:
            check_key(request.entity, request.key or "external_key")
            matcher = Matcher(request.entity, request.key, self._custom_uid(request))
            for rows in plan.staging.slices():
                matcher.count(rows)
        same = replace(plan.request, decisions=()) == replace(request, decisions=())
        is_decided = same and request.decisions != plan.request.decisions
        # What was decided of a row makes no other row look like a duplicate; records since then may.
        likely = plan.likely if is_decided else None
        return replace(plan, request=request, matcher=matcher, likely=likely, started=time.monotonic())

    @verb(Permission.READ)
    def glances(self, plan: ImportPlan, numbers: Sequence[int]) -> list[RowGlance]:
        """What rows say in a few words; those that were not taken are left out."""
        return [glance(plan.request.entity, row) for row in plan.staging.numbered(numbers)]

    @verb(Permission.READ)
    def preview(self, plan: ImportPlan, number: int) -> RowPreview | None:
        """What the record of a row will look like; None for a row that is not taken. Writes nothing."""
        with rehearsing(self._store, plan.request.entity) as rehearsal, rehearsal.looking() as unit:
            previewer = RowPreviewer(unit, plan.request, plan.mapping.custom_kinds, plan.matcher.renewed())
            return next((previewer.look(row) for row in plan.staging.numbered([number])), None)

    @verb(Permission.READ)
    def save_rejects(self, plan: ImportPlan, rejects: Sequence[RowReject], path: Path) -> None:
        """Write rejected rows and their reasons to a file, which may be there already. Raises UnreadableFile."""
        self._write_rejects(plan, rejects, path)

    def _write_rejects(self, plan: ImportPlan, rejects: Sequence[RowReject], path: Path) -> Path | None:
        reading = reading_of(UserService(self._store, self._access).acting())
        with as_table(plan.request.path, plan.request.entity, reading) as table:
            return write_rejects(table.path, plan.shape, rejects, path)

    def _custom_uid(self, request: ImportRequest) -> str:
        if not request.key.startswith(CUSTOM_PREFIX):
            return ""
        name = request.key.removeprefix(CUSTOM_PREFIX)
        with self._store.read() as connection:
            found = [f.uid.hex() for f in custom_fields(connection, request.entity) if f.name == name]
        return found[0] if found else ""

    @staticmethod
    def _stage(plan: ImportPlan, inspection: Inspection, progress: Progress | None, stopped: Stopped) -> None:
        request = plan.request
        with as_table(request.path, request.entity, inspection.reading) as table:
            plan.rejects.extend(table.rejects)
            plan.rows += len(table.rejects)
            job = Job(table.path, request.entity, inspection.shape, plan.mapping, inspection.reading)
            for taken in normalise_file(job, cancelled=stopped):
                rows = [row for row in taken if isinstance(row, RowDraft)]
                for row in taken:
                    if isinstance(row, RowReject) and row.reason in SKIPPED_REASONS:
                        plan.nobody.append(row.number)
                    elif isinstance(row, RowReject):
                        plan.rejects.append(row)
                plan.rows += len(taken)
                plan.matcher.count(rows)
                plan.staging.add(rows)
                if progress is not None:
                    progress("Reading", plan.rows, inspection.shape.rows)

    @verb(Permission.READ)
    def rehearse(
        self, plan: ImportPlan, *, progress: Progress | None = None, stopped: Stopped | None = None
    ) -> ImportOutcome:
        """Tell what `apply` would do, and which rows look like duplicates; writes nothing."""
        applier, values_set = rehearse(self._store, plan, progress, stopped or _never)
        find_likely(self._store, plan, applier.tally, progress, stopped or _never)
        # Whatever the request says: a rehearsal leaves no file of rejected rows either.
        rehearsed = replace(plan, request=replace(plan.request, dry_run=True))
        return replace(self._outcome(rehearsed, applier, []), values_set=values_set)

    @verb(Permission.EDIT)
    def apply(
        self, plan: ImportPlan, *, progress: Progress | None = None, stopped: Stopped | None = None
    ) -> ImportOutcome:
        """Carry a plan out: one batch, or one a chunk under one parent. Raises MyCrmError and Cancelled."""
        if plan.request.make_stages:
            self._access.require(Permission.MANAGE)
        self._check_space(plan)
        try:
            if plan.request.chunk_rows:
                return self._apply_in_chunks(plan, progress, stopped or _never)
            with self._store.write(
                "import", f"{plan.request.entity}.import", Origin.IMPORT, source_digest=plan.digest
            ) as unit:
                applier = carry_out(unit, plan, progress, stopped or _never)
            batches = [unit.batch_uid] if unit.changed and unit.batch_uid is not None else []
            outcome = self._outcome(plan, applier, batches)
            chunks.save_mapping(self._store, plan.request.entity, plan.mapping)
        finally:
            plan.discard()
        return outcome

    def _apply_in_chunks(self, plan: ImportPlan, progress: Progress | None, stopped: Stopped) -> ImportOutcome:
        runner = chunks.ChunkedImport(self._store, plan.staging, plan.request.entity, plan.digest)
        with self._store.write("import", "custom_field.add", Origin.IMPORT) as unit:
            make_custom_fields(unit, plan)
            settle_stages(unit, plan)

        def make_applier(chunk_unit: WriteUnit) -> RowApplier:
            return applier_of(chunk_unit, plan)

        batches, applier = runner.run(plan.request.chunk_rows, plan.rows, make_applier, progress, stopped)
        return self._outcome(plan, applier, batches)

    def _check_space(self, plan: ImportPlan) -> None:
        needed = _SPACE_FACTOR * (self._store.path.stat().st_size + 4 * plan.staging.size_bytes)
        free = shutil.disk_usage(self._store.path.parent).free
        if free < needed:
            raise MyCrmError(
                "There is too little space on the disk for this import",
                f"It needs {needed // 1024**2 + 1} MB free, there are {free // 1024**2} MB. Nothing was imported.",
                code="disk_full",
            )

    def _outcome(self, plan: ImportPlan, applier: RowApplier, batches: list[Uid]) -> ImportOutcome:
        tally = applier.tally
        rejects = sorted([*plan.rejects, *tally.rejects], key=lambda reject: reject.number)
        _, verdicts = summed(tally)
        verdicts[Verdict.REJECTED] = len(rejects)
        verdicts[Verdict.SKIPPED] = verdicts.get(Verdict.SKIPPED, 0) + len(plan.nobody)
        request = plan.request
        numbers = {verdict: sorted(found) for verdict, found in tally.numbers.items()}
        numbers[Verdict.SKIPPED] = sorted([*numbers.get(Verdict.SKIPPED, ()), *plan.nobody])
        notes = (
            [row_limit_note(plan.rows, _SECONDS_PER_THOUSAND)] if plan.rows > LARGE and not request.chunk_rows else []
        )
        rejects_file = None
        if rejects and not request.dry_run:
            try:
                rejects_file = self._write_rejects(plan, rejects, rejects_path(request.path))
            except UnreadableFile as error:
                # The import itself is done by now, and stays done.
                notes.append(f"The rejected rows could not be written to a file. {error}")
        batch, every = joined(batches)
        if applier.unknown_owners:
            names = ", ".join(sorted(applier.unknown_owners)[:5])
            notes.append(f"Not in this workspace, so their records have no owner: {names}")
        if plan.missing:
            stages, made = ", ".join(map(str, plan.missing)), request.make_stages
            notes.append(
                f"Made: {stages}" if made else f"Stages that are missing: {stages}. They can be made on the way."
            )
        return ImportOutcome(
            batch=batch,
            batches=every,
            rows=plan.rows,
            verdicts=verdicts,
            also_created=applier.companies_made,
            rejects=tuple(rejects),
            rejects_file=rejects_file,
            seconds=time.monotonic() - plan.started,
            dry_run=request.dry_run,
            numbers=numbers,
            nameless=len(plan.nobody),
            notes=tuple(notes),
            likely=plan.likely,
            missing_stages=tuple(map(str, plan.missing)),
        )

    @verb(Permission.READ)
    def read_calendar(self, path: Path) -> CalendarContents:
        """The events and tasks of a calendar, or the events of a table. Raises UnreadableFile."""
        return calendar_contents(path, reading_of(UserService(self._store, self._access).acting()))

    @verb(Permission.READ)
    def rehearse_calendar(self, path: Path, contents: CalendarContents, *, with_tasks: bool = False) -> CalendarOutcome:
        """Tell what `take_calendar` would do; writes nothing."""
        with self._tasks_of(path, contents, with_tasks=with_tasks) as tasks:
            return rehearse_calendar(self._store, contents, tasks)

    @verb(Permission.EDIT)
    def take_calendar(self, path: Path, contents: CalendarContents, *, with_tasks: bool = False) -> CalendarOutcome:
        """Take the events over, and perhaps the tasks beside them, as one batch. Raises MyCrmError."""
        with self._tasks_of(path, contents, with_tasks=with_tasks) as tasks:
            return take_calendar(self._store, contents, tasks, digest=_digest(path))

    @contextmanager
    def _tasks_of(self, path: Path, contents: CalendarContents, *, with_tasks: bool) -> Iterator[ImportPlan | None]:
        """The tasks of a calendar, read; none where they are not wanted, or there are none."""
        if not with_tasks or not contents.tasks:
            yield None
            return
        request = ImportRequest(path, EntityKind.TASK)
        plan = self.prepare(request, self.inspect(path, EntityKind.TASK))
        try:
            yield plan
        finally:
            plan.discard()

    @verb(Permission.MANAGE)
    def pipelines(self, path: Path, *, dry_run: bool = False) -> PipelinesTaken:
        """Bring in the pipelines of a JSON file with their stages, as one batch. Raises UnreadableFile."""
        return take_pipelines(self._store, path, dry_run=dry_run)

    @verb(Permission.EDIT)
    def finish_interrupted(self) -> list[str]:
        """Finish or roll back chunked imports that a killed program left; returns what was done, in words."""
        return chunks.finish_interrupted(self._store)


def _never() -> bool:
    return False


def _digest(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError as error:
        raise MyCrmError(
            f"{path} could not be read", "Check the path and its permissions.", code="unreadable"
        ) from error
