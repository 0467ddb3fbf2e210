"""What a query means, said a second time and without SQL: each record is looked at on its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from services.filtering.fields import FilterField, Matching, fields_of
from services.filtering.tree import (
    Age,
    AgeUnit,
    Amount,
    And,
    Comparison,
    Days,
    Me,
    Moment,
    Not,
    Operator,
    Or,
    Pattern,
    Period,
    Query,
    Words,
)
from services.records.fields import EntityKind
from services.values.text import fold
from tests.services.store.queries.people import (
    OWN_FIELDS,
    Book,
    Entry,
    Organisation,
    Person,
    Record,
    Titled,
    User,
    uid_of,
)

_ANYTHING = "ש"  # a letter, so that folding leaves it where it stands
_DIGITS = {"JPY": 0, "KWD": 3}


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, when and where."""

    now: datetime
    zone: tzinfo
    actor: bytes


def matching_ids(book: Book, entity: EntityKind, query: Query, asker: Asker) -> set[int]:
    """The ids of all records that match, in the trash or not."""
    looker = _Looker(book, entity, asker)
    return {record.id for record in book.records(entity) if looker.holds(query, record)}


class _Looker:
    def __init__(self, book: Book, entity: EntityKind, asker: Asker) -> None:
        self.book = book
        self.entity = entity
        self.asker = asker
        self.fields = fields_of(entity, OWN_FIELDS)

    def holds(self, query: Query, record: Record) -> bool:
        if isinstance(query, And):
            return all(self.holds(part, record) for part in query.operands)
        if isinstance(query, Or):
            return any(self.holds(part, record) for part in query.operands)
        if isinstance(query, Not):
            return not self.holds(query.operand, record)
        if isinstance(query, Words):
            return self._has_words(query, record)
        return self._compares(query, record)

    def _has_words(self, query: Words, record: Record) -> bool:
        if isinstance(record, Person):
            company = self._company(record.company)
            texts = [record.name, company.name if company else "", *record.emails]
        elif isinstance(record, Organisation):
            texts = [record.name, *record.domains]
        else:
            assert isinstance(record, Entry)
            texts = [record.subject or "", record.body or "", record.notes or "", record.location or ""]
        words = " ".join(map(fold, texts)).split()
        asked = fold(" ".join(query.words)).split()
        return bool(asked) and all(any(word.startswith(begin) for word in words) for begin in asked)

    def _compares(self, query: Comparison, record: Record) -> bool:
        field = self.fields[query.field]
        if field.matching is Matching.MONEY:
            assert isinstance(record, Entry)
            return _amount_compares(record, query)
        values = [value for value in self._values(field, record) if value not in (None, "")]
        if query.operator is Operator.EMPTY:
            return not values
        if query.operator is Operator.FILLED:
            return bool(values)
        if query.operator is Operator.IS:
            return any(self._is(field, value, asked) for value in values for asked in query.values)
        return any(self._ordered(field, query, value) for value in values)

    def _values(self, field: FilterField, record: Record) -> list[Any]:
        if field.custom is not None:
            return [record.custom.get(field.custom.uid.hex())]
        several: dict[str, Callable[[], list[Any]]] = {
            "email": lambda: [email.lower() for email in record.emails],
            "phone": lambda: list(record.phones),
            "website": lambda: list(record.urls),
            "social": lambda: list(record.socials),
            "address": lambda: [f"{a.line} {a.city or ''} {a.country or ''}" for a in record.addresses],
            "city": lambda: [address.city for address in record.addresses],
            "country": lambda: [address.country for address in record.addresses],
            "domain": lambda: list(getattr(record, "domains", ())),
            "participants": lambda: [p for p in self.book.people if p.id in getattr(record, "participants", ())],
            "tags": lambda: list(record.tags),
            "owner": lambda: [user for user in self.book.users if user.id == record.owner],
            "contact": lambda: [p for p in self.book.people if p.id == getattr(record, "contact", None)],
            "company": lambda: [o for o in self.book.organisations if o.id == getattr(record, "company", None)],
            "deal": lambda: [d for d in self.book.deals if d.id == getattr(record, "deal", None)],
            "lead": lambda: [d for d in self.book.leads if d.id == getattr(record, "lead", None)],
            "created": lambda: [record.created_at],
            "last": lambda: [self._last(record)],
            "uid": lambda: [uid_of(self.entity.value, record.id).hex()],
        }
        return several[field.name]() if field.name in several else [getattr(record, field.name)]

    def _company(self, number: int | None) -> Organisation | None:
        return next((company for company in self.book.organisations if company.id == number), None)

    def _last(self, record: Record) -> int | None:
        living = [entry for entry in self.book.entries if entry.deleted_at is None]
        if isinstance(record, Person):
            mine = [entry for entry in living if record.id in (entry.contact, *entry.participants)]
        else:
            staff = {p.id for p in self.book.people if p.company == record.id and p.deleted_at is None}
            mine = [e for e in living if e.company == record.id or staff & {e.contact, *e.participants}]
        return max((entry.occurred_at for entry in mine), default=None)

    def _is(self, field: FilterField, value: Any, asked: Any) -> bool:
        if isinstance(value, User):
            return self._is_user(value, asked)
        if isinstance(value, Person):
            return value.deleted_at is None and _is_person(value, asked)
        if isinstance(value, Titled):
            uid = uid_of(field.name, value.id)
            return value.deleted_at is None and (_has_all_words(value.name, asked) or _begins(uid, asked))
        if isinstance(value, Organisation):
            named = value.deleted_at is None and _names(value.name, asked)
            return named or (value.deleted_at is None and _begins(uid_of("company", value.id), asked))
        if field.matching in _SAME:
            return _SAME[field.matching](value, asked)
        if isinstance(asked, Days | Moment | Period):
            low, high = self._span(field, asked)
            return bool(low <= self._time(field, value) < high)
        return bool(value == asked)

    def _is_user(self, user: User, asked: Any) -> bool:
        if isinstance(asked, Me):
            return user.uid == self.asker.actor
        if isinstance(asked, str) and "@" in asked:
            return user.email.lower() == asked.lower()
        return _has_all_words(user.name, asked) or _begins(user.uid, asked)

    def _ordered(self, field: FilterField, query: Comparison, value: Any) -> bool:
        first, last = query.values[0], query.values[-1]
        if field.matching in (Matching.DATE, Matching.MOMENT):
            return self._in_time(field, query, self._time(field, value))
        return _compare(query.operator, value, first, last)

    def _time(self, field: FilterField, value: Any) -> Any:
        """A moment as it is, a day as the midnight that begins it, without a zone; None for a day without a year."""
        if field.matching is Matching.MOMENT:
            return datetime.fromtimestamp(value / 1000, UTC)
        try:
            return datetime.combine(date.fromisoformat(value), datetime.min.time())
        except ValueError:
            return _NOWHERE

    def _in_time(self, field: FilterField, query: Comparison, value: Any) -> bool:
        if value is _NOWHERE:
            return False
        first, last = query.values[0], query.values[-1]
        if isinstance(first, Age) and isinstance(last, Age):
            limits = sorted([self._ago(field, first), self._ago(field, last)])
            older = {
                Operator.ABOVE: value < limits[0],
                Operator.AT_LEAST: value <= limits[0],
                Operator.BELOW: value > limits[0],
                Operator.AT_MOST: value >= limits[0],
                Operator.BETWEEN: limits[0] <= value <= limits[1],
            }
            return bool(older[query.operator])
        (low, high), (_, end) = self._span(field, first), self._span(field, last)
        holds = {
            Operator.BELOW: value < low,
            Operator.AT_MOST: value < high,
            Operator.ABOVE: value >= high,
            Operator.AT_LEAST: value >= low,
            Operator.BETWEEN: low <= value < end,
        }
        return bool(holds[query.operator])

    def _ago(self, field: FilterField, age: Age) -> datetime:
        here = self.asker.now.astimezone(self.asker.zone)
        if field.matching is Matching.DATE:
            here = datetime.combine(here.date(), datetime.min.time())
        months = {AgeUnit.MONTH: 1, AgeUnit.YEAR: 12}.get(age.unit, 0) * age.count
        if months:
            return _months_before(here, months)
        hours = {AgeUnit.HOUR: 1, AgeUnit.DAY: 24, AgeUnit.WEEK: 168}.get(age.unit, 0) * age.count
        back = timedelta(hours=hours)
        # An age in days is so many times 24 hours, whatever the clock was set to meanwhile.
        return here - back if here.tzinfo is None else self.asker.now - back

    def _span(self, field: FilterField, asked: Any) -> tuple[Any, Any]:
        if isinstance(asked, Moment):
            at = asked.at if asked.at.tzinfo else asked.at.replace(tzinfo=self.asker.zone)
            return at, at + timedelta(seconds=1 if at.second else 60)
        if isinstance(asked, Period):
            first, last = _NAMED[asked](self.asker.now.astimezone(self.asker.zone).date())
        else:
            first, last = asked.first, asked.last
        zone = None if field.matching is Matching.DATE else self.asker.zone
        midnight = datetime.min.time()
        return (
            datetime.combine(first, midnight, zone),
            datetime.combine(last + timedelta(days=1), midnight, zone),
        )


class _Nowhere:
    """A time that is neither before nor after any other."""

    def __lt__(self, other: object) -> bool:
        return False

    __gt__ = __le__ = __ge__ = __lt__


_NOWHERE = _Nowhere()


def _compare(operator: Operator, value: Any, low: Any, high: Any) -> bool:
    holds = {
        Operator.BELOW: lambda: value < low,
        Operator.AT_MOST: lambda: value <= low,
        Operator.ABOVE: lambda: value > low,
        Operator.AT_LEAST: lambda: value >= low,
        Operator.BETWEEN: lambda: low <= value <= high,
    }
    return bool(holds[operator]())


def _amount_compares(entry: Entry, query: Comparison) -> bool:
    if query.operator is Operator.EMPTY:
        return entry.amount is None
    if query.operator is Operator.FILLED:
        return entry.amount is not None
    if entry.amount is None:
        return False
    major = Decimal(entry.amount).scaleb(-_DIGITS.get(entry.currency or "", 2))
    amounts = [value for value in query.values if isinstance(value, Amount)]
    if query.operator is Operator.IS:
        return any(major == each.value and each.currency in ("", entry.currency) for each in amounts)
    ends = amounts[0], amounts[-1]
    return ends[1].currency in ("", entry.currency) and _compare(query.operator, major, ends[0].value, ends[1].value)


def _months_before(at: datetime, months: int) -> datetime:
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    if year < 1:
        return datetime.min.replace(tzinfo=at.tzinfo)
    for day in (at.day, 30, 29, 28):
        try:
            return at.replace(year=year, month=month + 1, day=min(day, at.day))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _month(day: date, step: int) -> tuple[date, date]:
    first = (day.replace(day=15) + timedelta(days=30 * step)).replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return first, following - timedelta(days=1)


def _week(day: date, step: int) -> tuple[date, date]:
    while day.isoweekday() != 1:
        day -= timedelta(days=1)
    return day + timedelta(days=7 * step), day + timedelta(days=7 * step + 6)


_NAMED: dict[Period, Callable[[date], tuple[date, date]]] = {
    Period.TODAY: lambda day: (day, day),
    Period.YESTERDAY: lambda day: (day - timedelta(days=1),) * 2,
    Period.TOMORROW: lambda day: (day + timedelta(days=1),) * 2,
    Period.THIS_WEEK: lambda day: _week(day, 0),
    Period.LAST_WEEK: lambda day: _week(day, -1),
    Period.NEXT_WEEK: lambda day: _week(day, 1),
    Period.THIS_MONTH: lambda day: _month(day, 0),
    Period.LAST_MONTH: lambda day: _month(day, -1),
    Period.NEXT_MONTH: lambda day: _month(day, 1),
    Period.THIS_YEAR: lambda day: (date(day.year, 1, 1), date(day.year, 12, 31)),
    Period.LAST_YEAR: lambda day: (date(day.year - 1, 1, 1), date(day.year - 1, 12, 31)),
    Period.NEXT_YEAR: lambda day: (date(day.year + 1, 1, 1), date(day.year + 1, 12, 31)),
}


def _like(pattern: Pattern, text: str, *, folded: bool) -> bool:
    joined = _ANYTHING.join(pattern.parts)
    asked, seen = (fold(joined), fold(text)) if folded else (joined, text)
    return re.fullmatch(re.escape(asked).replace(_ANYTHING, ".*"), seen, re.DOTALL) is not None


def _exact(value: str, asked: Any) -> bool:
    return _like(asked, value, folded=False) if isinstance(asked, Pattern) else value == asked


def _any_case(value: str, asked: Any) -> bool:
    if isinstance(asked, Pattern):
        asked = Pattern(tuple(part.lower() for part in asked.parts))
        return _like(asked, value.lower(), folded=False)
    return value.lower() == str(asked).lower()


def _folded(value: str, asked: Any) -> bool:
    if isinstance(asked, Pattern):
        return _like(asked, value, folded=True)
    return fold(value) == fold(asked) if fold(asked) else value == asked


def _names(value: str, asked: Any) -> bool:
    if isinstance(asked, Pattern):
        return _like(asked, value, folded=True)
    return (fold(value) or value.casefold()) == (fold(asked) or str(asked).casefold())


def _has_all_words(value: str, asked: Any) -> bool:
    if isinstance(asked, Pattern):
        joined = fold(_ANYTHING.join(asked.parts))
        pattern = re.escape(joined).replace(_ANYTHING, ".*")
        return re.search(f" {pattern} ", f" {fold(value)} ", re.DOTALL) is not None
    return set(fold(asked).split()) <= set(fold(value).split()) if fold(asked) else asked in value


def _phone(value: str, asked: Any) -> bool:
    if isinstance(asked, Pattern):
        return _like(asked, value, folded=False)
    digits = "".join(character for character in asked if character.isdigit())
    if asked.startswith(("+", "00")):
        return value == "+" + digits.removeprefix("00")
    return value.endswith(digits.lstrip("0"))


def _web(value: str, asked: Any) -> bool:
    if isinstance(asked, Pattern):
        return _any_case(value, asked)
    return _host_and_path(value) == _host_and_path(asked.lower())


def _host_and_path(text: str) -> str:
    return text.split("://")[-1].removeprefix("www.")


def _begins(uid: bytes, asked: Any) -> bool:
    hexadecimal = isinstance(asked, str) and re.fullmatch("[0-9a-f]{8,32}", asked)
    return bool(hexadecimal) and uid.hex().startswith(asked)


def _is_person(person: Person, asked: Any) -> bool:
    if isinstance(asked, str) and "@" in asked:
        return asked.lower() in (email.lower() for email in person.emails)
    return _has_all_words(person.name, asked) or _begins(uid_of("contact", person.id), asked)


_SAME: dict[Matching, Callable[[Any, Any], bool]] = {
    Matching.EXACT: _exact,
    Matching.CHOICE: _exact,
    Matching.COUNTRY: _exact,
    Matching.CODE: _any_case,
    Matching.LANGUAGE: _any_case,
    Matching.DOMAIN: _any_case,
    Matching.EMAIL: _any_case,
    Matching.FOLDED: _folded,
    Matching.TAG: _names,
    Matching.WORDS: _has_all_words,
    Matching.PHONE: _phone,
    Matching.URL: _web,
    Matching.UID: lambda value, asked: str(value).startswith(asked),
    Matching.YES_NO: lambda value, asked: bool(value) is asked,
}
