"""What became of mails that were put on a timeline."""

from __future__ import annotations

from dataclasses import dataclass

from services.records.ids import Uid


@dataclass(frozen=True, slots=True)
class MailReject:
    """A mail that could not be put on a timeline, by the name of its file, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class MailsTaken:
    """How many mails came onto a timeline; `batch` is None when nothing changed.

    `known` were there already by their Message-ID, `restored` came back out of the trash; `attachments` counts files
    inside the mails, which are not kept.
    """

    batch: Uid | None
    created: int
    restored: int
    known: int
    attachments: int
    rejects: tuple[MailReject, ...]
