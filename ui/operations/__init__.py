"""User commands as values: a function per command in `ui/operations/<feature>.py` answers an `Operation`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from services.records.ids import Uid

Result = TypeVar("Result")


def last_batch(_result: object) -> Uid | None:
    """No batch in particular: undo takes the user's last one."""
    return None


@dataclass(frozen=True, slots=True)
class Operation(Generic[Result]):
    """One user command: what runs on the writer thread, and what the toast says of its result.

    `say` answers "" when nothing is to be said (nothing became different). `batch` names the batch that the
    toast's Undo takes back; None means the user's last one.
    """

    run: Callable[[], Result]
    say: Callable[[Result], str]
    undoable: bool = True
    icon: str = "check"
    batch: Callable[[Result], Uid | None] = last_batch
