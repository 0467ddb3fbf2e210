"""The views that a workspace starts with: what a salesperson asks every day."""

from __future__ import annotations

from typing import Final

from services.records.fields import EntityKind
from services.records.saved_views import ViewDraft

_CONTACT: Final = EntityKind.CONTACT
_COMPANY: Final = EntityKind.COMPANY
_LEAD: Final = EntityKind.LEAD
_DEAL: Final = EntityKind.DEAL
_ACTIVITY: Final = EntityKind.ACTIVITY
_TASK: Final = EntityKind.TASK
_EVENT: Final = EntityKind.EVENT

STARTERS: Final[dict[EntityKind, tuple[ViewDraft, ...]]] = {
    _CONTACT: (
        ViewDraft(_CONTACT, "All contacts"),
        ViewDraft(_CONTACT, "My contacts", "owner:me"),
        ViewDraft(_CONTACT, "Customers", "lifecycle:customer", sort="last"),
        ViewDraft(_CONTACT, "Not heard from", "lifecycle:customer last>90d", sort="last"),
    ),
    _COMPANY: (
        ViewDraft(_COMPANY, "All companies"),
        ViewDraft(_COMPANY, "Customers", "lifecycle:customer", sort="last"),
        ViewDraft(_COMPANY, "Prospects", "lifecycle:prospect"),
    ),
    _LEAD: (
        ViewDraft(_LEAD, "Open leads", "status:new,working,nurturing,qualified", sort="response_due"),
        ViewDraft(_LEAD, "My leads", "owner:me status:new,working,nurturing,qualified", sort="response_due"),
        ViewDraft(_LEAD, "All leads", grouping="status"),
    ),
    _DEAL: (
        ViewDraft(_DEAL, "Open deals", "stage:open", sort="expected_close"),
        ViewDraft(_DEAL, "My open deals", "stage:open owner:me", sort="expected_close", grouping="stage"),
        ViewDraft(_DEAL, "Without a next step", "stage:open next_step:none"),
        ViewDraft(_DEAL, "Won", "stage:won", sort="won_at", descending=True),
    ),
    _ACTIVITY: (
        ViewDraft(_ACTIVITY, "All activities", sort="occurred_at", descending=True),
        ViewDraft(_ACTIVITY, "Mine", "owner:me", sort="occurred_at", descending=True),
    ),
    _TASK: (
        ViewDraft(_TASK, "Open tasks", "status:open", sort="due_at"),
        ViewDraft(_TASK, "My open tasks", "status:open owner:me", sort="due_at"),
        ViewDraft(_TASK, "Done", "status:done", sort="done_at", descending=True),
    ),
    _EVENT: (ViewDraft(_EVENT, "All events", sort="starts_at", descending=True),),
}
"""By kind of record, in the order of their tabs; each is a query that a user could have typed."""
