"""The columns of the list of companies."""

from typing import Final

from PySide6.QtCore import Qt

from services.records.people import CompanyRow
from ui.delegates.roles import CellKind, CellRole
from ui.models.columns import Column
from ui.pages.record.column_layout import ColumnRule
from ui.pages.record.moments import Moments, number
from ui.pages.record.wording import choice, choice_tone, field_name
from ui.theme.tokens import Tone

RULES: Final = (
    ColumnRule("check", 50, 0),
    ColumnRule("name", 200, 0, stretch=3),
    ColumnRule("domain", 160, 4, stretch=2),
    ColumnRule("industry", 130, 5, stretch=2),
    ColumnRule("size", 100, 7),
    ColumnRule("city", 120, 6, stretch=1),
    ColumnRule("contacts", 96, 8),
    ColumnRule("last", 110, 2),
    ColumnRule("lifecycle", 100, 3),
    ColumnRule("owner", 130, 9, stretch=1),
    ColumnRule("tags", 160, 10, stretch=2, shown=False),
    ColumnRule("created", 110, 11, shown=False),
)


def company_columns(moments: Moments) -> list[Column[CompanyRow]]:
    """Every column there is; which are shown is the user's choice."""
    return [
        Column("check", "", CellKind.CHECK, lambda _row: ""),
        Column(
            "name",
            field_name("name"),
            CellKind.NAME,
            lambda row: row.name,
            {CellRole.AVATAR_ID: lambda row: row.id, CellRole.AVATAR_ROUNDED: lambda _row: True},
            sort="name",
            field="name",
        ),
        Column(
            "domain",
            field_name("domain"),
            CellKind.SECONDARY,
            lambda row: row.domain,
            sort="domain",
            field="domain",
        ),
        Column(
            "industry",
            field_name("industry"),
            CellKind.SECONDARY,
            lambda row: row.industry,
            sort="industry",
            field="industry",
        ),
        Column(
            "size",
            field_name("size"),
            CellKind.NUMBER,
            lambda row: "" if row.size is None else number(row.size),
            {Qt.ItemDataRole.EditRole: lambda row: "" if row.size is None else str(row.size)},
            sort="size",
            field="size",
        ),
        Column("city", field_name("city"), CellKind.SECONDARY, lambda row: row.city, sort="city"),
        Column("contacts", field_name("contacts"), CellKind.NUMBER, lambda row: number(row.contacts)),
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
            "lifecycle",
            field_name("lifecycle"),
            CellKind.STATUS,
            lambda row: choice(row.lifecycle) if row.lifecycle else "",
            {CellRole.TONE: lambda row: choice_tone(row.lifecycle)},
            sort="lifecycle",
            field="lifecycle",
        ),
        Column("owner", field_name("owner"), CellKind.SECONDARY, lambda row: row.owner, sort="owner"),
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
            lambda row: moments.day(row.created_at, weekday=False),
            {Qt.ItemDataRole.ToolTipRole: lambda row: moments.exact(row.created_at)},
            sort="created",
            newest_first=True,
        ),
    ]
