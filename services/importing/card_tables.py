"""Cards of an address book as a table with the columns of our own export, and the cards that cannot be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from services.importing.vcards import read_cards
from services.records.drafts import PointDraft, PointKind, RecordDraft, RowReject, Value
from services.records.fields import EntityKind
from services.values.coercion import Reading

_NAMES: Final = {
    PointKind.EMAIL: "E-mail",
    PointKind.PHONE: "Phone",
    PointKind.URL: "Website",
    PointKind.SOCIAL: "Social",
    PointKind.ADDRESS: "Address",
}


def card_rows(path: Path, entity: EntityKind, reading: Reading) -> tuple[list[list[str]], list[RowReject]]:
    """Header and rows of the cards of this kind, and the rejected ones by their place in the file.

    Raises UnreadableFile.
    """
    found: list[dict[str, str]] = []
    rejects: list[RowReject] = []
    for card in read_cards(path, reading):
        if isinstance(card, RowReject):
            # A cell of its own, else the file of rejected rows would show those of a row of the same number.
            rejects.append(replace(card, cells=("",)))
        elif card.entity is entity:
            found.append(dict(_cells(card.row.draft)))
    header = list(dict.fromkeys(name for row in found for name in row)) or ["external_key"]
    return [header, *([row.get(name, "") for name in header] for row in found)], rejects


def _cells(draft: RecordDraft) -> Iterator[tuple[str, str]]:
    for name, value in draft.fields.items():
        if value is not None:
            yield name, _text(value)
    if draft.tags:
        yield "tags", ", ".join(f'"{tag}"' if "," in tag else tag for tag in draft.tags)
    counts: Counter[PointKind] = Counter()
    for point in draft.points:
        counts[point.kind] += 1
        yield from _point(f"{_NAMES[point.kind]} {counts[point.kind]} - ", point)


def _point(stem: str, point: PointDraft) -> Iterator[tuple[str, str]]:
    yield f"{stem}Label", point.label
    if point.kind is not PointKind.ADDRESS:
        yield f"{stem}Value", point.raw
        return
    yield f"{stem}Street", point.raw
    yield f"{stem}City", point.city
    yield f"{stem}Region", point.region
    yield f"{stem}Postal Code", point.postal_code
    yield f"{stem}Country", point.country


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
