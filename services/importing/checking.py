"""What a new record of a file starts with, and what no record may be without."""

from __future__ import annotations

from typing import Final

from services.errors import InvalidValue
from services.records.fields import EntityKind
from services.store.aggregates import Document
from services.store.catalogue import display_name
from services.store.sales_aggregates import lead_display_name


def start(entity: EntityKind, document: Document) -> None:
    """Give a new record what it has unless the row says otherwise."""
    if entity is EntityKind.CONTACT:
        document["lifecycle"] = "prospect"
    elif entity is EntityKind.ACTIVITY:
        document["type"] = "note"
        document["pinned"] = 0
    elif entity is EntityKind.LEAD:
        document["status"] = "new"
    elif entity is EntityKind.TASK:
        document.update(status="open", priority="normal", all_day=0)


def check_new(entity: EntityKind, document: Document) -> None:
    """Refuse a record that says nothing. Raises InvalidValue."""
    if entity is EntityKind.CONTACT and not display_name(document):
        raise InvalidValue("A contact needs a name, an email or a phone", "The row has none.", field="first_name")
    if entity is EntityKind.LEAD and not lead_display_name(document):
        raise InvalidValue("A lead needs a name, a company, an email or a phone", "The row has none.", field="name")
    if entity is EntityKind.ACTIVITY:
        _check_activity(document)
    for kind, field, words in _NAMED:
        if entity is kind and not (document[field] or "").strip():
            raise InvalidValue(f"{words} needs a {field}", "The row has none.", field=field)


_NAMED: Final = (
    (EntityKind.COMPANY, "name", "A company"),
    (EntityKind.DEAL, "title", "A deal"),
    (EntityKind.TASK, "title", "A task"),
)


def _check_activity(document: Document) -> None:
    if document["occurred_at"] is None:
        raise InvalidValue("An activity needs a time", "The row has none.", field="occurred_at")
    # What a file tells happened is counted as recorded when it occurred, unless the file says otherwise.
    if document["recorded_at"] is None:
        document["recorded_at"] = document["occurred_at"]


def check_values(entity: EntityKind, document: Document, *, now_millis: int) -> None:
    """Refuse values that contradict each other. Raises InvalidValue."""
    if entity is EntityKind.DEAL:
        _check_deal(document)
    elif entity is EntityKind.TASK:
        _check_task(document, now_millis)


def _check_deal(document: Document) -> None:
    if (document["amount"] or 0) < 0:
        raise InvalidValue("A deal cannot be worth less than nothing", "Give an amount from 0.", field="amount")


def _check_task(document: Document, now_millis: int) -> None:
    if document["recurrence"] and document["due_at"] is None:
        raise InvalidValue("A task that repeats needs a day", "Say when it is due for the first time.", field="due_at")
    if document["status"] == "done":
        document["done_at"] = document["done_at"] or now_millis
    else:
        document["done_at"] = None
