"""Typed identities: local integers, and the uids that hold everywhere else."""

from __future__ import annotations

from typing import NewType

Uid = NewType("Uid", bytes)
"""16 bytes, a UUIDv7: the identity in the ledger, in exports, on the command line and on any wire."""

ContactId = NewType("ContactId", int)
CompanyId = NewType("CompanyId", int)
ActivityId = NewType("ActivityId", int)
UserId = NewType("UserId", int)
TagId = NewType("TagId", int)
BatchId = NewType("BatchId", int)
PipelineId = NewType("PipelineId", int)
StageId = NewType("StageId", int)
DealId = NewType("DealId", int)
LeadId = NewType("LeadId", int)
TaskId = NewType("TaskId", int)
EventId = NewType("EventId", int)
FileId = NewType("FileId", int)


def uid_text(uid: bytes) -> str:
    """Hexadecimal form of a uid, 32 characters, as people and scripts see it."""
    return uid.hex()
