"""The rows of the columns table: one for each column of the file, with what deserves a second look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from services.importing.headers import LABELLED
from services.importing.mapping import ColumnMapping
from services.importing.shapes import ColumnShape
from services.records.drafts import RowReject
from ui.pages.import_assistant.chosen import Chosen
from ui.pages.import_assistant.targets import target_text
from ui.pages.record.moments import number

GUESSED_UP_TO: Final = 0.7
"""Confidence of a mapping that rests on the values alone."""

_SEVERAL: Final = LABELLED | {"tags"}
"""Fields that take a value from each of several columns."""


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column of the file, where it goes, and a warning in a few words and in full, or ""."""

    shape: ColumnShape
    mapped: ColumnMapping
    target: str
    warning: str = ""
    explanation: str = ""

    @property
    def first_value(self) -> str:
        """The first value of the column."""
        return self.shape.samples[0] if self.shape.samples else ""


def column_rows(chosen: Chosen, rejects: Mapping[str, tuple[RowReject, int]]) -> list[ColumnRow]:
    """A row for every column; `rejects` are the unreadable values by column, as the last dry run found them."""
    inspection = chosen.inspection
    if inspection is None:
        return []
    shapes = {shape.name: shape for shape in inspection.shape.columns}
    earlier = _taken_before(inspection.mapping.columns)
    has_country = any(mapped.target == "country" for mapped in inspection.mapping.columns)
    places_unknown = not has_country and not inspection.reading.default_region
    rows = []
    for mapped in inspection.mapping.columns:
        shape = shapes[mapped.column]
        warning, explanation = _warning(mapped, rejects.get(mapped.column), earlier.get(mapped.column, ""))
        if not warning and mapped.target == "phone" and places_unknown and _lacks_country(shape):
            warning, explanation = _country_unknown()
        target = target_text(mapped, chosen.own_fields)
        rows.append(ColumnRow(shape, mapped, target, warning, explanation))
    return rows


def summary(rows: Sequence[ColumnRow]) -> str:
    """`9 of 9 mapped, 1 to confirm`."""
    mapped = sum(1 for row in rows if not row.mapped.is_ignored)
    told = _tr("{count} of {total} mapped").format(count=number(mapped), total=number(len(rows)))
    doubtful = sum(1 for row in rows if row.warning)
    return _tr("{mapped}, {count} to confirm").format(mapped=told, count=number(doubtful)) if doubtful else told


def _taken_before(columns: Sequence[ColumnMapping]) -> dict[str, str]:
    """For each column whose field an earlier column has already, the name of that one."""
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for mapped in columns:
        if mapped.is_ignored or mapped.custom_name or mapped.target in _SEVERAL:
            continue
        if mapped.target in first:
            found[mapped.column] = first[mapped.target]
        else:
            first[mapped.target] = mapped.column
    return found


def _warning(mapped: ColumnMapping, rejected: tuple[RowReject, int] | None, earlier: str) -> tuple[str, str]:
    if mapped.is_ignored:
        return "", ""
    if rejected is not None:
        return _unreadable(*rejected)
    if earlier:
        return (
            _tr("Where “{column}” is empty").format(column=earlier),
            _tr("“{column}” goes to the same field. Of two values the first one counts.").format(column=earlier),
        )
    if 0.0 < mapped.confidence <= GUESSED_UP_TO and not mapped.custom_name:
        return (
            _tr("Guessed from its values"),
            _tr("The name of the column is not known; its values look like this. Read as: {reason}.").format(
                reason=mapped.reason
            ),
        )
    return "", ""


def _lacks_country(shape: ColumnShape) -> bool:
    """Whether most numbers are written as they are dialled at home."""
    home = sum(1 for value in shape.samples if not value.lstrip("( ").startswith(("+", "00")))
    return home * 2 > len(shape.samples)


def _country_unknown() -> tuple[str, str]:
    return (
        _tr("Country unknown"),
        _tr(
            "The numbers do not say their country. Choose yours in Settings under Profile, or send a column to "
            "Country; until then they are kept as they are written."
        ),
    )


def _unreadable(first: RowReject, count: int) -> tuple[str, str]:
    one = _tr("“{value}” {reason}").format(value=first.value, reason=first.reason)
    if count == 1:
        return one, _tr("{sentence}. The row is left out.").format(sentence=one)
    return (
        _tr("“{value}” and {count} more").format(count=number(count - 1), value=first.value),
        _tr("{count} values cannot be read, the first in row {row}: {sentence}. These rows are left out.").format(
            count=number(count), row=number(first.number), sentence=one
        ),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImportColumns", text)
