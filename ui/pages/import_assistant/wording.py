"""What the import assistant says of records, keys, verdicts and of how a file is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from services.importing.applying import OnMatch, Verdict
from services.importing.outcome import ImportOutcome
from services.importing.shapes import FileShape
from services.records.fields import EntityKind
from services.values.dates import DateOrder
from services.values.numbers import POINT
from ui.pages.import_assistant.pace import Progress
from ui.pages.record.moments import number
from ui.pages.record.wording import field_name
from ui.theme.user_locale import user_locale

NAMED_COLUMNS: Final = 2
LEGEND: Final = (Verdict.CREATED, Verdict.UPDATED, Verdict.UNCHANGED, Verdict.SKIPPED, Verdict.REJECTED)
"""The verdicts as they are listed; what fills is an update here."""


@dataclass(frozen=True, slots=True)
class EntityWords:
    """What is said of one kind of record; `{count}` stands for how many."""

    page: str
    title: str
    plural: str
    import_all: str
    imported: str
    show: str
    one_row: str


def entity_words(entity: EntityKind) -> EntityWords:
    """The words for contacts or companies."""
    if entity is EntityKind.COMPANY:
        return EntityWords(
            page="companies",
            title=_tr("Import companies"),
            plural=_tr("companies"),
            import_all=_tr("Import {things}"),
            imported=_tr("{things} imported"),
            show=_tr("Show the companies"),
            one_row=_tr("one row for each company"),
        )
    return EntityWords(
        page="contacts",
        title=_tr("Import contacts"),
        plural=_tr("contacts"),
        import_all=_tr("Import {things}"),
        imported=_tr("{things} imported"),
        show=_tr("Show the contacts"),
        one_row=_tr("one row for each contact"),
    )


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
    if not outcome.nameless:
        return _tr("already here")
    if outcome.nameless == outcome.count(Verdict.SKIPPED):
        return nameless(entity)
    return _tr("already here, or {nameless}").format(nameless=nameless(entity))


def nameless(entity: EntityKind) -> str:
    """Why a row is skipped that stands for nobody."""
    return _tr("no name") if entity is EntityKind.COMPANY else _tr("no name and no email")


def _remark_on_rejects(outcome: ImportOutcome, _entity: EntityKind) -> str:
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


def key_name(key: str, entity: EntityKind) -> str:
    """What a key is called; `""` is the one that the program chooses itself."""
    if key:
        return field_name(key)
    return _tr("Key, domain or name") if entity is EntityKind.COMPANY else _tr("Key or email")


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
    one = _tr("company") if entity is EntityKind.COMPANY else _tr("contact")
    return _tr("Same {key} as an existing {one}").format(key=_lower_first(field_name(matched_by)), one=one)


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
