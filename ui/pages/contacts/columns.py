"""The columns of the list of contacts."""

from typing import Final

from PySide6.QtCore import Qt

from services.records.people import ContactRow
from ui.delegates.roles import CellKind, CellRole
from ui.models.columns import Column
from ui.pages.record.column_layout import ColumnRule
from ui.pages.record.moments import Moments
from ui.pages.record.wording import choice, choice_tone, field_name
from ui.theme.tokens import Tone

RULES: Final = (
    ColumnRule("check", 50, 0),
    ColumnRule("name", 182, 0, stretch=3),
    ColumnRule("company", 150, 1, stretch=3),
    ColumnRule("title", 150, 6, stretch=2),
    ColumnRule("email", 200, 4, stretch=2),
    ColumnRule("phone", 150, 7),
    ColumnRule("city", 120, 9, stretch=1, shown=False),
    ColumnRule("last", 110, 2),
    ColumnRule("lifecycle", 100, 3),
    ColumnRule("owner", 140, 8, stretch=1, shown=False),
    ColumnRule("tags", 160, 10, stretch=2, shown=False),
    ColumnRule("created", 110, 11, shown=False),
)


def contact_columns(moments: Moments) -> list[Column[ContactRow]]:
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
        Column(
            "company",
            field_name("company"),
            CellKind.SECONDARY,
            lambda row: row.company,
            sort="company",
            field="company",
        ),
        Column("title", field_name("title"), CellKind.SECONDARY, lambda row: row.title, sort="title", field="title"),
        Column("email", field_name("email"), CellKind.SECONDARY, lambda row: row.email, sort="email"),
        Column("phone", field_name("phone"), CellKind.DATE, lambda row: row.phone, sort="phone"),
        Column("city", field_name("city"), CellKind.SECONDARY, lambda row: row.city, sort="city"),
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
