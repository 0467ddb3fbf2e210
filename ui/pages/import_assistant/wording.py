"""What the import assistant says of records, keys, verdicts and of how a file is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication

from services.importing.applying import OnMatch, Verdict
from services.importing.decisions import Choice, LikelyRow, RowDecision
from services.importing.outcome import ImportOutcome
from services.importing.rejects import reason_text
from services.importing.shapes import FileShape
from services.records.drafts import RowReject
from services.records.fields import EntityKind
from services.values.dates import DateOrder
from services.values.numbers import POINT
from ui.pages.import_assistant.kinds import entity_words
from ui.pages.import_assistant.looking import Looked
from ui.pages.import_assistant.pace import Progress
from ui.pages.import_assistant.trouble import Trouble
from ui.pages.record.moments import number
from ui.pages.record.wording import field_name
from ui.theme.user_locale import user_locale

NAMED_COLUMNS: Final = 2
NAMED_STAGES: Final = 4
LEGEND: Final = (Verdict.CREATED, Verdict.UPDATED, Verdict.UNCHANGED, Verdict.SKIPPED, Verdict.REJECTED)
"""The verdicts as they are listed; what fills is an update here."""
_PEOPLE: Final = (EntityKind.CONTACT, EntityKind.LEAD)


def verdict_name(verdict: Verdict, *, filling: bool = False, done: bool = False) -> str:
    """`New`, `Update`, `Unchanged`, `Skipped`, `Cannot be read`; once `done`, `Updated` and `Could not be read`."""
    if verdict is Verdict.UPDATED and filling:
        return _tr("Filled up")
    if done and verdict is Verdict.UPDATED:
        return _tr("Updated")
    if done and verdict is Verdict.REJECTED:
        return _tr("Could not be read")
    return {
        Verdict.CREATED: _tr("New"),
        Verdict.UPDATED: _tr("Update"),
        Verdict.FILLED: _tr("Filled up"),
        Verdict.UNCHANGED: _tr("Unchanged"),
        Verdict.SKIPPED: _tr("Skipped"),
        Verdict.REJECTED: _tr("Cannot be read"),
    }[verdict]


def count_of(outcome: ImportOutcome, verdict: Verdict) -> int:
    """The rows of a line of the legend."""
    count = outcome.count(verdict)
    return count + outcome.count(Verdict.FILLED) if verdict is Verdict.UPDATED else count


def numbers_of(outcome: ImportOutcome, verdict: Verdict) -> list[int]:
    """The rows of a line of the legend, by their numbers."""
    if verdict is Verdict.REJECTED:
        return [reject.number for reject in outcome.rejects]
    if verdict is Verdict.UPDATED:
        return outcome.numbers.get(Verdict.UPDATED, []) + outcome.numbers.get(Verdict.FILLED, [])
    return outcome.numbers.get(verdict, [])


def written(outcome: ImportOutcome) -> int:
    """The rows that leave something in the workspace."""
    return count_of(outcome, Verdict.CREATED) + count_of(outcome, Verdict.UPDATED)


def remark(outcome: ImportOutcome, verdict: Verdict, entity: EntityKind) -> str:
    """What stands behind a count of a dry run: `contacts and 214 companies`, `512 empty fields filled`."""
    if not count_of(outcome, verdict):
        return ""
    remarks = {
        Verdict.CREATED: _remark_on_new,
        Verdict.UPDATED: _remark_on_updates,
        Verdict.UNCHANGED: lambda _outcome, _entity: _tr("already as in the file"),
        Verdict.SKIPPED: _remark_on_skipped,
        Verdict.REJECTED: _remark_on_rejects,
    }
    return remarks[verdict](outcome, entity)


def _remark_on_new(outcome: ImportOutcome, entity: EntityKind) -> str:
    plural = entity_words(entity).plural
    made = outcome.also_created
    if not made or entity is EntityKind.COMPANY:
        return plural
    if made == 1:
        return _tr("{plural} and 1 company").format(plural=plural)
    return _tr("{plural} and {count} companies").format(plural=plural, count=number(made))


def _remark_on_updates(outcome: ImportOutcome, _entity: EntityKind) -> str:
    count = outcome.values_set
    if not count:
        return ""
    if outcome.count(Verdict.FILLED):
        return (
            _tr("1 empty field filled")
            if count == 1
            else _tr("{count} empty fields filled").format(count=number(count))
        )
    return _tr("1 field changed") if count == 1 else _tr("{count} fields changed").format(count=number(count))


def _remark_on_skipped(outcome: ImportOutcome, entity: EntityKind) -> str:
    if entity is EntityKind.EVENT:
        return _tr("newer here than in the file")
    if not outcome.nameless:
        return _tr("already here")
    if outcome.nameless == outcome.count(Verdict.SKIPPED):
        return nameless(entity)
    return _tr("already here, or {nameless}").format(nameless=nameless(entity))


def nameless(entity: EntityKind) -> str:
    """Why a row is skipped that stands for nobody."""
    return _tr("no name and no email") if entity in _PEOPLE else _tr("no name")


def _remark_on_rejects(outcome: ImportOutcome, entity: EntityKind) -> str:
    if entity is EntityKind.EVENT:
        return entity_words(entity).plural
    columns = list(dict.fromkeys(reject.column for reject in outcome.rejects if reject.column))
    if not columns:
        return ""
    named = ", ".join(columns[:NAMED_COLUMNS])
    left = len(columns) - NAMED_COLUMNS
    return named if left <= 0 else _tr("{named} and {count} more").format(named=named, count=number(left))


def rows_title(verdict: Verdict, count: int, *, filling: bool = False) -> str:
    """The heading of a list of rows."""
    if verdict is Verdict.REJECTED:
        return (
            _tr("1 row cannot be read")
            if count == 1
            else _tr("{count} rows cannot be read").format(count=number(count))
        )
    name = verdict_name(verdict, filling=filling)
    return _tr("{verdict}: {rows}").format(verdict=name, rows=rows_text(count))


def undecided(outcome: ImportOutcome, verdict: Verdict) -> int:
    """How many rows of a line of the legend stand in the line of likely duplicates instead."""
    if not outcome.dry_run or not outcome.likely:
        return 0
    likely = {row.number for row in outcome.likely}
    return sum(number in likely for number in numbers_of(outcome, verdict))


def shown_numbers(outcome: ImportOutcome, verdict: Verdict) -> list[int]:
    """The rows of a line of the legend without those that look like duplicates, which have a line of their own."""
    likely = {row.number for row in outcome.likely or ()} if outcome.dry_run else set()
    numbers = numbers_of(outcome, verdict)
    return [number for number in numbers if number not in likely] if likely else numbers


def likely_title(count: int) -> str:
    """`31 possible duplicates`."""
    if count == 1:
        return _tr("1 possible duplicate")
    return _tr("{count} possible duplicates").format(count=number(count))


def likely_to(row: LikelyRow) -> str:
    """What a row looks like, and why: `Like Mei-Lin Zhou, same mobile number`, `Like row 12, same name and company`."""
    other = _tr("row {number}").format(number=number(row.other_number)) if row.other_number else row.other
    return _tr("Like {other}, {reason}").format(other=other, reason=_lower_first(row.reason.rstrip(".")))


def remark_on_likely(decisions: Sequence[RowDecision]) -> str:
    """What was decided so far: `2 merged, 1 left out`."""
    merged = sum(one.choice is Choice.MERGE for one in decisions)
    skipped = sum(one.choice is Choice.SKIP for one in decisions)
    told = [_tr("{count} merged").format(count=number(merged))] if merged else []
    told += [_tr("{count} left out").format(count=number(skipped))] if skipped else []
    return ", ".join(told) or _tr("your choice below")


def stages_told(stages: Sequence[str]) -> str:
    """The stages that deals name and nobody has: `Legal review, Partners: Signed up and 2 more`."""
    named, left = ", ".join(stages[:NAMED_STAGES]), len(stages) - NAMED_STAGES
    return named if left <= 0 else _tr("{named} and {count} more").format(named=named, count=number(left))


def key_name(key: str, entity: EntityKind) -> str:
    """What a key is called; `""` is the one that the program chooses itself."""
    if key:
        return field_name(key)
    return {EntityKind.CONTACT: _tr("Key or email"), EntityKind.COMPANY: _tr("Key, domain or name")}.get(
        entity, _tr("External key")
    )


def ways_with_matches() -> list[tuple[str, OnMatch]]:
    """What can happen to a row whose record is there, each as text and value."""
    return [
        (_tr("Update it"), OnMatch.UPDATE),
        (_tr("Fill empty fields"), OnMatch.FILL),
        (_tr("Leave it alone"), OnMatch.SKIP),
        (_tr("Add it again"), OnMatch.CREATE),
    ]


def match_sentence(matched_by: str, entity: EntityKind) -> str:
    """Why a row stands for a record that is there: `Same email as an existing contact`."""
    key = _lower_first(field_name(matched_by))
    return _tr("Same {key} as an existing {one}").format(key=key, one=entity_words(entity).one)


def dates_tag(shape: FileShape) -> str:
    """How dates are read: `Dates day first`; empty for a file without dates."""
    if all(column.date_order is None for column in shape.columns):
        return ""
    return {
        DateOrder.DAY_FIRST: _tr("Dates day first"),
        DateOrder.MONTH_FIRST: _tr("Dates month first"),
        DateOrder.YEAR_FIRST: _tr("Dates year first"),
    }[shape.date_order.order]


def numbers_tag(shape: FileShape) -> str:
    """How numbers are read: `Decimal comma`; empty for a file without numbers that show it."""
    if all(column.decimal_mark is None for column in shape.columns):
        return ""
    return _tr("Decimal point") if shape.decimal_mark.mark == POINT else _tr("Decimal comma")


def nothing_in(path: Path | None, looked: Looked) -> Trouble:
    """What is wrong with a file that can be read but holds none of the records, and what to do."""
    name = path.name if path is not None else ""
    if looked.also:
        title = _tr("“{name}” holds no {plural}").format(name=name, plural=entity_words(looked.entity).plural)
        return Trouble(title, _tr("It holds {others}: choose them above.").format(others=plurals(looked.also)))
    if looked.calendar is not None:
        return Trouble(_tr("“{name}” holds no events").format(name=name), _tr("Export it again, with its events."))
    title = _tr("“{name}” has names of columns but no rows").format(name=name)
    return Trouble(title, _tr("Choose a file with rows below its first line."))


def event_reason(reject: RowReject) -> str:
    """Why an event of a calendar cannot be read: `“Fair” has no start`."""
    if reject.value:
        return reason_text(reject)
    title = reject.cells[0] if reject.cells else ""
    return f"“{title}” {reject.reason}" if title else _tr("An event {reason}").format(reason=reject.reason)


def plurals(kinds: Sequence[EntityKind]) -> str:
    """`companies, deals and tasks`."""
    *first, last = (entity_words(kind).plural for kind in kinds)
    return _tr("{first} and {last}").format(first=", ".join(first), last=last) if first else last


def rows_text(count: int) -> str:
    """`1,842 rows`."""
    return _tr("1 row") if count == 1 else _tr("{count} rows").format(count=number(count))


def size_of_table(rows: int, columns: int, *, exact: bool) -> str:
    """`1,842 rows, 9 columns`."""
    told = rows_text(rows)
    if not exact:
        told = _tr("about {rows}").format(rows=told)
    wide = _tr("1 column") if columns == 1 else _tr("{count} columns").format(count=number(columns))
    return _tr("{rows}, {columns}").format(rows=told, columns=wide)


def seconds(value: float) -> str:
    """`1.4 s`, with the decimal mark of the user's locale."""
    return _tr("{count} s").format(count=user_locale().toString(value, "f", 1))


def count_text(progress: Progress) -> str:
    """`1,140 of 1,842`."""
    told = _tr("{done} of {total}")
    return told.format(done=number(progress.done), total=number(progress.total)) if progress.total else ""


def pace_text(progress: Progress) -> str:
    """`12,400 rows/s, 3 s left`; empty while it is not known."""
    if not progress.rate:
        return ""
    rate = _tr("{rate} rows/s").format(rate=number(progress.rate))
    left = user_locale().toString(max(1.0, progress.left_s), "f", 0)
    return _tr("{rate}, {left} s left").format(rate=rate, left=left)


def undoing_text(progress: Progress) -> str:
    """`Taking back 1,140 of 1,842, 4,100 rows/s, 1 s left`."""
    count, pace = count_text(progress), pace_text(progress)
    if not count:
        return _tr("Taking the import back")
    told = _tr("Taking back {count}").format(count=count)
    return _tr("{told}, {pace}").format(told=told, pace=pace) if pace else told


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImportAssistant", text)
