"""The aggregates of keeping order: files, saved views, and pairs that are not the same."""

from __future__ import annotations

from typing import Final

from services.records.fields import EntityKind
from services.store.aggregates import COMMON_COLUMNS, AggregateSpec, ColumnSpec
from services.store.names import name_key
from services.values.text import fold

FILE: Final = AggregateSpec(
    EntityKind.FILE,
    "file",
    (
        *COMMON_COLUMNS,
        ColumnSpec("name", personal=True),
        ColumnSpec("media_type"),
        ColumnSpec("size"),
        ColumnSpec("digest"),
        ColumnSpec("contact", link=EntityKind.CONTACT),
        ColumnSpec("company", link=EntityKind.COMPANY),
        ColumnSpec("deal", link=EntityKind.DEAL),
        ColumnSpec("lead", link=EntityKind.LEAD),
        ColumnSpec("activity", link=EntityKind.ACTIVITY),
    ),
    computed={"sort_name": lambda document: fold(document["name"] or "")},
)

SAVED_VIEW: Final = AggregateSpec(
    EntityKind.SAVED_VIEW,
    "saved_view",
    (
        ColumnSpec("entity"),
        ColumnSpec("name"),
        ColumnSpec("query", personal=True),
        ColumnSpec("columns"),
        ColumnSpec("sort"),
        ColumnSpec("descending"),
        ColumnSpec("grouping"),
        ColumnSpec("position"),
        ColumnSpec("owner", link=EntityKind.USER),
        ColumnSpec("created_at"),
        ColumnSpec("deleted_at"),
    ),
    computed={"folded_name": lambda document: name_key(document["name"])},
)

DISTINCT_PAIR: Final = AggregateSpec(
    EntityKind.DISTINCT_PAIR,
    "distinct_pair",
    tuple(ColumnSpec(name) for name in ("entity", "first", "second", "created_at", "deleted_at")),
)
