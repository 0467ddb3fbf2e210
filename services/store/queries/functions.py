"""What SQL here can call besides what SQLite brings."""

from __future__ import annotations

from typing import Any

from services.values.text import fold


def register_functions(driver_connection: Any) -> None:
    """Give one driver connection `fold(text)`, the form in which text is compared; NULL stays NULL."""
    driver_connection.create_function("fold", 1, _fold, deterministic=True)


def _fold(value: object) -> str | None:
    return None if value is None else fold(str(value))
