"""Names of records: how they are compared, and what stands for one that has none."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from services.values.text import fold


@lru_cache(maxsize=50_000)
def name_key(name: str | None) -> str:
    """The form in which names of companies and tags are compared; names without letters or digits keep their signs."""
    return fold(name or "") or (name or "").strip().casefold()


def first_point(document: dict[str, Any]) -> str:
    """The primary email, else the primary phone of a record, as it was written; else nothing."""
    points = sorted(document["points"].items(), key=lambda item: (not item[1]["is_primary"], item[0]))
    for kind in ("email", "phone"):
        for _, point in points:
            if point["kind"] == kind:
                return str(point["raw"])
    return ""
