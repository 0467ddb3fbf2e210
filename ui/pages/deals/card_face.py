"""What a card says of a deal, as seen at one moment. Pure: everything it needs is handed in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate

from services.records.sales import DealRow, StageKind
from ui.delegates.deal_card import CardFace
from ui.pages.record.moments import Moments
from ui.pages.record.money_words import money
from ui.theme.tokens import Tone
from ui.theme.user_locale import user_locale

WEEK: Final = 7
YEAR: Final = 330
_HEATS: Final = ((0.25, 1), (0.6, 2), (1.0, 3))
"""Up to this share of the days that are good for a stage, so many pips; beyond the last, four."""
_STALE: Final = 4

_STEP_ICONS: Final = (
    ("note", ("log", "note", "notiz", "summary")),
    ("call", ("call", "phone", "ring", "anruf", "telefon")),
    ("mail", ("mail", "reply", "pricing", "write", "follow up", "antwort")),
    ("location", ("visit", "site", "besuch", "on-site")),
    ("meeting", ("demo", "video", "terms", "zoom", "teams")),
    ("calendar", ("meet", "review", "workshop", "kickoff", "kick-off", "termin", "lunch")),
    ("document", ("offer", "draft", "nda", "contract", "proposal", "quote", "angebot", "vertrag", "send")),
)
"""The first word that a step holds tells its icon."""


def card_face(row: DealRow, moments: Moments) -> CardFace:
    """The card of a deal."""
    who = row.company or row.contact
    days = days_in_stage(row, moments.now())
    closed = row.kind is not StageKind.OPEN
    heat = 0 if closed else heat_of(row.stage_entered_at, row.rotting_days, moments.now())
    step, due, icon, tone = _closed_step(row) if closed else _step(row, moments)
    amount = money(row.amount, row.currency)
    return CardFace(
        id=row.id,
        title=row.title,
        who=who,
        avatar_id=row.company_id if row.company_id is not None else f"contact {row.contact_id}",
        is_person=not row.company,
        date=_date(row, moments),
        amount=amount,
        step=step,
        due=due,
        step_icon=icon,
        step_tone=tone,
        days="" if closed else _tr("{count} d").format(count=days),
        heat=heat,
        spoken=_spoken(row, who, amount, f"{step}, {due}" if due else step, days),
    )


def days_in_stage(row: DealRow, now: datetime) -> int:
    """Whole days since a deal came into its stage."""
    return (now - row.stage_entered_at).days if row.stage_entered_at is not None else 0


def heat_of(entered_at: datetime | None, rotting_days: int | None, now: datetime) -> int:
    """How many pips are lit, 0 for a stage in which deals do not age."""
    if entered_at is None or not rotting_days:
        return 0
    share = (now - entered_at) / timedelta(days=rotting_days)
    return next((heat for most, heat in _HEATS if share <= most), _STALE)


def step_icon(step: str) -> str:
    """The icon that goes with the words of a next step."""
    words = step.casefold()
    return next((icon for icon, known in _STEP_ICONS if any(word in words for word in known)), "check")


def due_text(due: date, moments: Moments) -> str:
    """When a step is due, in a word: `overdue`, `today`, `Thu`, `3 Dec`."""
    days = (due - moments.now().date()).days
    if days < 0:
        return _tr("overdue")
    if days == 0:
        return _tr("today")
    if days < WEEK:
        return user_locale().toString(QDate(due.year, due.month, due.day), "ddd")
    return short_day(due, moments)


def short_day(day: date | None, moments: Moments) -> str:
    """`12 Jan` within a year either way, `Jan 2028` beyond: a card has no room for more."""
    if day is None:
        return ""
    near = abs((day - moments.now().date()).days) < YEAR
    return user_locale().toString(QDate(day.year, day.month, day.day), "d MMM" if near else "MMM yyyy")


def _step(row: DealRow, moments: Moments) -> tuple[str, str, str, Tone]:
    due = row.next_step_due
    if not row.next_step:
        return _tr("Add a next step"), "", "warning", Tone.WARN
    if due is None:
        return row.next_step, "", step_icon(row.next_step), Tone.NEUTRAL
    today = moments.now().date()
    # What is due today is what the card is about: only another day has to be said.
    said = "" if due == today else due_text(due, moments)
    return row.next_step, said, step_icon(row.next_step), Tone.BAD if due < today else Tone.NEUTRAL


def _closed_step(row: DealRow) -> tuple[str, str, str, Tone]:
    won = row.kind is StageKind.WON
    days = (row.closed_at - row.created_at).days if row.closed_at is not None else 0
    if days < 1:
        return (_tr("Won"), "", "check", Tone.NEUTRAL) if won else (_tr("Lost"), "", "close", Tone.NEUTRAL)
    text = _tr("Won after {count} days") if won else _tr("Lost after {count} days")
    if days == 1:
        text = _tr("Won after a day") if won else _tr("Lost after a day")
    return text.format(count=days), "", "check" if won else "close", Tone.NEUTRAL


def _date(row: DealRow, moments: Moments) -> str:
    if row.kind is StageKind.OPEN:
        return short_day(row.expected_close, moments)
    if row.closed_at is None:
        return ""
    is_today = moments.local(row.closed_at).date() == moments.now().date()
    return _tr("Today") if is_today else moments.day(row.closed_at, weekday=False)


def _spoken(row: DealRow, who: str, amount: str, step: str, days: int) -> str:
    """The card as a screen reader reads it."""
    age = _tr("{count} days in {stage}").format(count=days, stage=row.stage)
    return ". ".join(part for part in (row.title, who, amount, step, age) if part)


def _tr(text: str) -> str:
    return QCoreApplication.translate("DealCard", text)
