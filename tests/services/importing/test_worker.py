"""Slices of rows, here or from a second process: the same rows, progress, cancelling, and the end of the child."""

from __future__ import annotations

import multiprocessing
import os
import signal
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from services.errors import Cancelled
from services.importing.detection import detect
from services.importing.mapping import propose
from services.importing.refusals import ImportStopped, UnreadableFile
from services.importing.transfer import decode, encode
from services.importing.worker import PAYS_FROM_ROWS, SLICE_ROWS, Job, Progress, normalise_file
from services.records.drafts import PointDraft, PointKind, RecordDraft, RowDraft, RowReject, Value
from services.records.fields import EntityKind
from services.values.coercion import Reading


def _job(folder: Path, rows: int) -> Job:
    path = folder / "list.csv"
    lines = [f"Anna Berg {n};anna{n}@berg.example;040 5550 {n:04d}\n" for n in range(1, rows + 1)]
    if rows > 7:
        lines[6] = "Mei;not an address;\n"
    path.write_text("Name;E-Mail;Tel\n" + "".join(lines), encoding="utf-8")
    shape = detect(path)
    reading = Reading(default_region="DE")
    return Job(path, EntityKind.CONTACT, shape, propose(EntityKind.CONTACT, shape, reading=reading), reading)


def _no_children() -> bool:
    return not multiprocessing.active_children()


def test_a_second_process_gives_the_same_slices_in_the_same_order(tmp_path: Path) -> None:
    job = _job(tmp_path, 2 * SLICE_ROWS + 34)
    apart = list(normalise_file(job, second_process=True))
    assert apart == list(normalise_file(job, second_process=False))
    assert [len(piece) for piece in apart] == [SLICE_ROWS, SLICE_ROWS, 34]
    assert [row.number for piece in apart for row in piece] == list(range(1, 2 * SLICE_ROWS + 35))
    assert isinstance(apart[0][6], RowReject)
    assert _no_children()


def test_progress_tells_rows_and_bytes(tmp_path: Path) -> None:
    job = _job(tmp_path, SLICE_ROWS + 1)
    for apart in (False, True):
        told: list[Progress] = []
        list(normalise_file(job, on_progress=told.append, second_process=apart))
        assert [progress.rows for progress in told] == [SLICE_ROWS, SLICE_ROWS + 1]
        assert told[-1].bytes_read == told[-1].size == job.path.stat().st_size


@pytest.mark.parametrize("apart", [False, True])
def test_cancelling_ends_the_work_and_the_process(tmp_path: Path, apart: bool) -> None:
    job = _job(tmp_path, 4 * SLICE_ROWS)
    slices = normalise_file(job, cancelled=lambda: bool(seen), second_process=apart)
    seen: list[int] = []
    with pytest.raises(Cancelled):
        while True:
            seen.append(len(next(slices)))
    assert seen == [SLICE_ROWS]
    assert _no_children()


def test_a_second_process_is_not_waited_for_after_a_cancel_before_its_first_slice(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        next(normalise_file(_job(tmp_path, 3), cancelled=lambda: True, second_process=True))
    assert _no_children()


def test_leaving_off_in_the_middle_ends_the_second_process(tmp_path: Path) -> None:
    slices = normalise_file(_job(tmp_path, 20 * SLICE_ROWS), second_process=True)
    next(slices)
    assert not _no_children()
    slices.close()
    assert _no_children()


def test_a_second_process_that_is_killed_is_a_known_error(tmp_path: Path) -> None:
    slices = normalise_file(_job(tmp_path, 60 * SLICE_ROWS), second_process=True)
    next(slices)
    (child,) = multiprocessing.active_children()
    assert child.pid is not None
    os.kill(child.pid, signal.SIGTERM)
    with pytest.raises(ImportStopped) as stopped:
        for _ in slices:
            pass
    assert stopped.value.message
    assert _no_children()


@pytest.mark.parametrize("apart", [False, True])
def test_a_file_that_has_gone_is_a_known_error_from_either_process(tmp_path: Path, apart: bool) -> None:
    job = _job(tmp_path, 3)
    job.path.unlink()
    with pytest.raises(UnreadableFile, match="There is no file"):
        list(normalise_file(job, second_process=apart))
    assert _no_children()


def test_a_small_file_is_read_without_a_second_process(tmp_path: Path) -> None:
    job = _job(tmp_path, 3)
    assert job.shape.rows < PAYS_FROM_ROWS
    slices = normalise_file(job)
    next(slices)
    assert _no_children()
    slices.close()


def test_rows_arrive_as_they_were_sent() -> None:
    fields: dict[str, Value] = {
        "a": "ä\0",
        "b": 5,
        "c": 1.5,
        "d": True,
        "e": date(2026, 1, 2),
        "f": datetime(2026, 1, 2, tzinfo=UTC),
    }
    point = PointDraft(PointKind.ADDRESS, "raw", "normal", "label", True, "city", "region", "1", "DE", True, False)
    rows: list[RowDraft | RowReject] = [
        RowDraft(1, RecordDraft({**fields, "g": None}, (point,), ("tag",), {"x": 1})),
        RowReject(2, "column", "value", "reason", ("a", "b")),
        RowDraft(3, RecordDraft()),
    ]
    assert decode(encode(rows)) == rows
