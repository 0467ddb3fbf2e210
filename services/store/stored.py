"""The form in which documents keep typed values."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from services.clock import to_millis
from services.records.drafts import Value


def stored(value: Value) -> Any:
    """Moments in ms UTC, days as ISO text, yes/no as 1 or 0, empty text as None; other values as they are."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, datetime):
        return to_millis(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    return value
