"""The sales target, and how far its running period is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from services.access import Access, Permission, verb
from services.errors import InvalidValue
from services.records.targets import SalesTarget, TargetPeriod, TargetProgress
from services.settings import SettingsService
from services.store.queries.listing import zone_of
from services.store.queries.targets import period_sums
from services.store.store import Store

SETTING: Final = "sales_target"
_MONTHS: Final = {TargetPeriod.MONTH: 1, TargetPeriod.QUARTER: 3, TargetPeriod.YEAR: 12}
_DAY: Final = timedelta(days=1)


class TargetService:
    """One target for a workspace, kept in the ledger as every setting is."""

    def __init__(self, store: Store, access: Access, settings: SettingsService) -> None:
        self._store = store
        self._access = access
        self._settings = settings

    @verb(Permission.READ)
    def target(self) -> SalesTarget | None:
        """The target, None where none was set."""
        return _read(self._settings.get(SETTING))

    @verb(Permission.EDIT)
    def set_target(self, target: SalesTarget | None) -> None:
        """Set a target, or take it away with None. Raises InvalidValue for an amount that is none."""
        if target is None:
            self._settings.set(SETTING, None)
            return
        if target.amount <= 0:
            raise InvalidValue("A target is more than nothing", "Type an amount such as 240,000.", field="amount")
        if len(target.currency) != len("EUR") or not target.currency.isalpha():
            raise InvalidValue("This is no currency", "Type three letters, such as EUR.", field="currency")
        value = {"amount": target.amount, "currency": target.currency.upper(), "period": target.period.value}
        self._settings.set(SETTING, value)

    @verb(Permission.READ)
    def progress(self) -> TargetProgress:
        """How far the running month, quarter or year is; the quarter where no target says otherwise."""
        target = self.target()
        with self._store.read() as connection:
            zone = zone_of(connection, self._store.actor)
            today = self._store.clock.now().astimezone(zone).date()
            since, until = period_around(today, target.period if target else TargetPeriod.QUARTER)
            sums = period_sums(
                connection,
                since=datetime.combine(since, datetime.min.time(), zone),
                until=datetime.combine(until, datetime.min.time(), zone),
                last_day=until - _DAY,
                actor=self._store.actor,
            )
        most = sums.deals.most_common(1)
        currency = target.currency if target else (most[0][0] if most else "")
        return TargetProgress(
            since=since,
            until=until,
            today=today,
            target=target,
            currency=currency,
            won=sums.won[currency],
            expected=sums.expected[currency],
            weighted=sums.weighted[currency],
            left_out=sum(count for other, count in sums.deals.items() if other != currency),
        )


def period_around(day: date, period: TargetPeriod) -> tuple[date, date]:
    """The first day of the period that holds a day, and the first day after it; periods begin with the year."""
    months = _MONTHS[period]
    first = (day.month - 1) // months * months + 1
    since = date(day.year, first, 1)
    after = first + months
    until = date(day.year + 1, 1, 1) if after > 12 else date(day.year, after, 1)
    return since, until


def _read(kept: Any) -> SalesTarget | None:
    """A kept target; None for what an older or newer program wrote in another form."""
    if not isinstance(kept, dict):
        return None
    amount, currency, period = kept.get("amount"), kept.get("currency"), kept.get("period")
    known = {member.value for member in TargetPeriod}
    if not isinstance(amount, int) or not isinstance(currency, str) or period not in known:
        return None
    return SalesTarget(amount, currency, TargetPeriod(period))
