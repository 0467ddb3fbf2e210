"""The columns of the list of leads."""

from typing import Any, Final

from PySide6.QtCore import Qt

from services.records.sales import LeadRow
from ui.delegates.roles import CellKind, CellRole
from ui.models.columns import Column
from ui.pages.leads.response import due_words, is_late
from ui.pages.record.column_layout import ColumnRule
from ui.pages.record.moments import Moments, number
from ui.pages.record.wording import choice, choice_tone, field_name
from ui.theme.tokens import Tone

RULES: Final = (
    ColumnRule("check", 50, 0),
    ColumnRule("name", 180, 0, stretch=3),
    ColumnRule("company", 150, 3, stretch=3),
    ColumnRule("email", 190, 5, stretch=2),
    ColumnRule("source", 120, 6, stretch=1),
    ColumnRule("status", 110, 1),
    ColumnRule("response_due", 140, 2),
    ColumnRule("owner", 130, 7, stretch=1),
    ColumnRule("phone", 150, 8, shown=False),
    ColumnRule("score", 80, 9, shown=False),
    ColumnRule("last", 110, 10, shown=False),
    ColumnRule("tags", 160, 11, stretch=2, shown=False),
    ColumnRule("created", 110, 4),
)


def lead_columns(moments: Moments) -> list[Column[LeadRow]]:
    """Every column there is; which are shown is the user's choice."""
    return [
        Column("check", "", CellKind.CHECK, lambda _row: ""),
        Column(
            "name",
            field_name("name"),
            CellKind.NAME,
            lambda row: row.name,
            {CellRole.AVATAR_ID: lambda row: row.id},
            sort="name",
            field="name",
        ),
        _plain("company", lambda row: row.company, field="company"),
        _plain("email", lambda row: row.email),
        _plain("source", lambda row: row.source, field="source"),
        Column(
            "status",
            field_name("status"),
            CellKind.STATUS,
            lambda row: choice(row.status),
            {CellRole.TONE: lambda row: choice_tone(row.status)},
            sort="status",
            field="status",
        ),
        Column(
            "response_due",
            field_name("response_due"),
            CellKind.DATE,
            lambda row: due_words(row, moments),
            {
                CellRole.TONE: lambda row: Tone.BAD if is_late(row, moments) else None,
                CellRole.ICON: lambda row: "warning" if is_late(row, moments) else None,
                Qt.ItemDataRole.ToolTipRole: lambda row: moments.exact(row.response_due),
            },
            sort="response_due",
        ),
        _plain("owner", lambda row: row.owner),
        Column("phone", field_name("phone"), CellKind.DATE, lambda row: row.phone, sort="phone"),
        Column(
            "score",
            field_name("score"),
            CellKind.NUMBER,
            lambda row: "" if row.score is None else number(row.score),
            {Qt.ItemDataRole.EditRole: lambda row: "" if row.score is None else str(row.score)},
            sort="score",
            field="score",
            newest_first=True,
        ),
        Column(
            "last",
            field_name("last"),
            CellKind.DATE,
            lambda row: moments.relative(row.last_activity_at),
            {Qt.ItemDataRole.ToolTipRole: lambda row: moments.exact(row.last_activity_at)},
            sort="last",
            newest_first=True,
        ),
        Column(
            "tags",
            field_name("tags"),
            CellKind.TAGS,
            lambda row: ", ".join(row.tags),
            {CellRole.TAGS: lambda row: [(tag, Tone.NEUTRAL) for tag in row.tags]},
        ),
        Column(
            "created",
            field_name("created"),
            CellKind.DATE,
            lambda row: moments.relative(row.created_at),
            {Qt.ItemDataRole.ToolTipRole: lambda row: moments.exact(row.created_at)},
            sort="created",
            newest_first=True,
        ),
    ]


def _plain(name: str, text: Any, *, field: str = "") -> Column[LeadRow]:
    return Column(name, field_name(name), CellKind.SECONDARY, text, sort=name, field=field)
