"""The columns of the list of deals."""

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt

from services.records.sales import DealRow, StageKind
from ui.delegates.roles import CellKind, CellRole
from ui.models.columns import Column
from ui.pages.deals.card_face import days_in_stage, due_text, short_day
from ui.pages.record.column_layout import ColumnRule
from ui.pages.record.moments import Moments, long_date
from ui.pages.record.money_words import money
from ui.theme.tokens import Tone
from ui.theme.user_locale import number

RULES: Final = (
    ColumnRule("check", 50, 0),
    ColumnRule("name", 200, 0, stretch=3),
    ColumnRule("company", 160, 3, stretch=3),
    ColumnRule("stage", 116, 1),
    ColumnRule("amount", 110, 0),
    ColumnRule("expected_close", 96, 2),
    ColumnRule("next_step", 170, 4, stretch=2),
    ColumnRule("days", 80, 6),
    ColumnRule("owner", 130, 7, stretch=1),
    ColumnRule("probability", 90, 8, shown=False),
    ColumnRule("contact", 140, 9, stretch=1, shown=False),
    ColumnRule("last", 110, 10, shown=False),
    ColumnRule("created", 110, 11, shown=False),
    ColumnRule("tags", 160, 12, stretch=2, shown=False),
)
_TONES: Final = {StageKind.WON: Tone.OK, StageKind.LOST: Tone.NEUTRAL, StageKind.OPEN: Tone.NEUTRAL}


def deal_columns(moments: Moments) -> list[Column[DealRow]]:
    """Every column there is; which are shown is the user's choice."""
    return [
        Column("check", "", CellKind.CHECK, lambda _row: ""),
        Column(
            "name",
            _tr("Deal"),
            CellKind.NAME,
            lambda row: row.title,
            {
                CellRole.AVATAR_ID: lambda row: row.company_id if row.company_id is not None else f"deal {row.id}",
                CellRole.AVATAR_NAME: lambda row: row.company or row.title,
                CellRole.AVATAR_ROUNDED: lambda _row: True,
            },
            sort="title",
            field="title",
        ),
        Column("company", _tr("Company"), CellKind.SECONDARY, lambda row: row.company, sort="company", field="company"),
        Column(
            "stage",
            _tr("Stage"),
            CellKind.STATUS,
            lambda row: row.stage,
            {CellRole.TONE: lambda row: _TONES[row.kind]},
            sort="stage",
        ),
        Column(
            "amount",
            _tr("Amount"),
            CellKind.NUMBER,
            lambda row: money(row.amount, row.currency),
            sort="amount",
            newest_first=True,
        ),
        Column(
            "expected_close",
            _tr("Close"),
            CellKind.DATE,
            lambda row: short_day(row.expected_close, moments),
            {Qt.ItemDataRole.ToolTipRole: lambda row: long_date(row.expected_close) if row.expected_close else ""},
            sort="expected_close",
            field="expected_close",
        ),
        Column(
            "next_step",
            _tr("Next step"),
            CellKind.SECONDARY,
            lambda row: _step(row, moments),
            {CellRole.TONE: lambda row: _step_tone(row, moments)},
            sort="next_step_due",
            field="next_step",
        ),
        Column(
            "days",
            _tr("In stage"),
            CellKind.NUMBER,
            lambda row: _days(row, moments),
            {Qt.ItemDataRole.ToolTipRole: lambda row: moments.exact(row.stage_entered_at)},
            sort="stage_entered_at",
        ),
        Column("owner", _tr("Owner"), CellKind.SECONDARY, lambda row: row.owner, sort="owner"),
        Column(
            "probability",
            _tr("Probability"),
            CellKind.NUMBER,
            lambda row: _tr("{number}%").format(number=number(row.probability)),
            sort="probability",
            newest_first=True,
        ),
        Column("contact", _tr("Contact"), CellKind.SECONDARY, lambda row: row.contact, sort="contact"),
        Column(
            "last",
            _tr("Last contact"),
            CellKind.DATE,
            lambda row: moments.relative(row.last_activity_at),
            {Qt.ItemDataRole.ToolTipRole: lambda row: moments.exact(row.last_activity_at)},
            sort="last",
            newest_first=True,
        ),
        Column(
            "created",
            _tr("Created"),
            CellKind.DATE,
            lambda row: moments.day(row.created_at, weekday=False),
            {Qt.ItemDataRole.ToolTipRole: lambda row: moments.exact(row.created_at)},
            sort="created",
            newest_first=True,
        ),
        Column(
            "tags",
            _tr("Tags"),
            CellKind.TAGS,
            lambda row: ", ".join(row.tags),
            {CellRole.TAGS: lambda row: [(tag, Tone.NEUTRAL) for tag in row.tags]},
        ),
    ]


def _step(row: DealRow, moments: Moments) -> str:
    if row.kind is not StageKind.OPEN:
        return ""
    if not row.next_step:
        return _tr("Add a next step")
    if row.next_step_due is None:
        return row.next_step
    return _tr("{step}, {due}").format(step=row.next_step, due=due_text(row.next_step_due, moments))


def _step_tone(row: DealRow, moments: Moments) -> Tone | None:
    if row.kind is not StageKind.OPEN:
        return None
    if not row.next_step:
        return Tone.WARN
    late = row.next_step_due is not None and row.next_step_due < moments.now().date()
    return Tone.BAD if late else None


def _days(row: DealRow, moments: Moments) -> str:
    if row.kind is not StageKind.OPEN:
        return ""
    return _tr("{count} d").format(count=number(days_in_stage(row, moments.now())))


def _tr(text: str) -> str:
    return QCoreApplication.translate("DealColumns", text)
