"""Reads and normalises a file in slices, in a second process where that pays.

The child never sees the workspace: it gets the path, the shape, the mapping and the reading, and sends slices
back over a pipe. The pipe is the back-pressure: the child stays one slice ahead and waits. A child that dies
ends the import with a typed error, a parent that dies or cancels ends the child.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Generator
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from services.errors import Cancelled, MyCrmError
from services.importing.mapping import Mapping
from services.importing.reading import RowStream
from services.importing.refusals import ImportStopped, UnreadableFile
from services.importing.rows import RowNormaliser
from services.importing.shapes import FileShape
from services.importing.transfer import decode, encode
from services.records.drafts import RowDraft, RowReject
from services.records.fields import EntityKind
from services.values.coercion import Reading

SLICE_ROWS: Final = 500
PAYS_FROM_ROWS: Final = 5_000
"""Below this the second process takes longer to start than it saves."""

_POLL_S: Final = 0.1
_STOP_S: Final = 2.0
_ROWS: Final = b"r"
_DONE: Final = b"d"
_FAILED: Final = b"f"
_PROGRESS_BYTES: Final = 8

Slice = list[RowDraft | RowReject]
_Slices = Generator[tuple[Slice, int], None, None]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of a file has come: rows so far, bytes so far and of the file."""

    rows: int
    bytes_read: int
    size: int


@dataclass(frozen=True, slots=True)
class Job:
    """Everything needed to read one file, and nothing else: this is what the child gets."""

    path: Path
    entity: EntityKind
    shape: FileShape
    mapping: Mapping
    reading: Reading


def normalise_file(
    job: Job,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    second_process: bool | None = None,
) -> Generator[Slice, None, None]:
    """Slices of up to 500 rows in the order of the file, in a second process from about 5,000 rows on.

    Raises Cancelled soon after `cancelled` answers True, ImportStopped if the second process dies, and
    UnreadableFile if the file cannot be opened. Closing the iterator ends the second process.
    """
    apart = job.shape.rows > PAYS_FROM_ROWS if second_process is None else second_process
    slices = _in_child(job, cancelled or _never) if apart else _here(job)
    rows = 0
    try:
        for piece, bytes_read in slices:
            if cancelled is not None and cancelled():
                raise _cancelled()
            rows += len(piece)
            if on_progress is not None:
                on_progress(Progress(rows, bytes_read, job.shape.size))
            yield piece
    finally:
        slices.close()


def _never() -> bool:
    return False


def _cancelled() -> Cancelled:
    return Cancelled("The import was stopped", "Nothing of it was kept.")


def _here(job: Job) -> _Slices:
    normalise = RowNormaliser(job.entity, job.shape, job.mapping, job.reading)
    with RowStream(job.path, job.shape) as stream:
        rows = iter(stream)
        while True:
            piece = [row if isinstance(row, RowReject) else normalise(*row) for row in islice(rows, SLICE_ROWS)]
            if not piece:
                return
            yield piece, stream.bytes_read


def _in_child(job: Job, cancelled: Callable[[], bool]) -> _Slices:
    # spawn: the same on every system, and safe beside the threads of the parent
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=run_job, args=(job, sender), name="import-reader", daemon=True)
    child.start()
    sender.close()  # so that the pipe ends when the child does
    try:
        yield from _received(receiver, cancelled)
        child.join(_STOP_S)
    finally:
        receiver.close()
        if child.is_alive():
            child.kill()
            child.join(_STOP_S)
        child.close()


def _received(receiver: Connection, cancelled: Callable[[], bool]) -> _Slices:
    while True:
        message = _next_message(receiver, cancelled)
        kind, payload = message[:1], message[1:]
        if kind == _DONE:
            return
        if kind == _FAILED:
            raise _told_error(payload)
        bytes_read = int.from_bytes(payload[:_PROGRESS_BYTES], "big")
        yield decode(payload[_PROGRESS_BYTES:]), bytes_read


def _next_message(receiver: Connection, cancelled: Callable[[], bool]) -> bytes:
    try:
        while not receiver.poll(_POLL_S):
            if cancelled():
                raise _cancelled()
        return receiver.recv_bytes()
    except (EOFError, OSError) as error:
        raise ImportStopped(
            "Reading the file stopped before its end", "Nothing was imported. Start the import again."
        ) from error


def run_job(job: Job, sender: Connection) -> None:
    """What the child does: read, normalise, send; its parent's end of the pipe is all it knows."""
    # The parent decides when to stop; a Ctrl-C meant for it must not leave a trace of the child.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        try:
            for piece, bytes_read in _here(job):
                head = _ROWS + bytes_read.to_bytes(_PROGRESS_BYTES, "big")
                sender.send_bytes(head + encode(piece))
            sender.send_bytes(_DONE)
        except MyCrmError as error:
            sender.send_bytes(_FAILED + "\0".join((error.code, error.title, error.message)).encode())
    except (BrokenPipeError, ConnectionError):
        return  # the parent has closed its end: there is nobody to tell
    finally:
        sender.close()


def _told_error(payload: bytes) -> MyCrmError:
    code, title, message = payload.decode().split("\0", 2)
    kind = UnreadableFile if code == UnreadableFile.code else ImportStopped
    return kind(title, message)
