"""Spells out subjects and bodies of a range of activities from their templates and records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from services.demo.channels import KINDS
from services.demo.texts import REPLY_PREFIX

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from services.demo.activities import ActivityColumns
    from services.demo.cast import PlacedEntry
    from services.demo.companies import CompanyColumns
    from services.demo.contacts import ContactColumns
    from services.demo.draws import IntArray
    from services.demo.pools import Pools
    from services.demo.texts import Form, LanguageWords, Templates

    Texts = NDArray[np.object_]

_TIMES: Final = [
    "8:30",
    "9:00",
    "9:30",
    "10:00",
    "10:30",
    "11:00",
    "13:00",
    "13:30",
    "14:00",
    "15:00",
    "15:30",
    "16:00",
]


def _table(values: Sequence[str]) -> Texts:
    table = np.empty(len(values), dtype=object)
    table[:] = values
    return table


class TextRenderer:
    """Fills the slots of templates for the rows it is given; keeps lookup tables, no texts."""

    def __init__(
        self,
        activities: ActivityColumns,
        *,
        contacts: ContactColumns,
        companies: CompanyColumns,
        templates: Templates,
        hand_written: list[PlacedEntry],
        flavour: Flavour,
    ) -> None:
        self._activities = activities
        self._templates = templates
        self._hand_written = hand_written
        self._flavour = flavour
        self._people = {
            "first": _table(contacts.call_names),
            "last": _table(contacts.call_last_names),
            "city": _table(contacts.call_cities),
            "seats": _table([str(seats or 10) for seats in contacts.seats]),
            "company": _table(
                [
                    companies.names[firm] if firm >= 0 else f"{first} {last}"
                    for firm, first, last in zip(
                        contacts.companies.tolist(), contacts.call_names, contacts.call_last_names, strict=True
                    )
                ]
            ),
        }
        self._culture, self._industry = contacts.culture_code, contacts.industry_code

    def texts(self, rows: slice) -> tuple[list[str], list[str]]:
        """Subjects and bodies of the activities in a range of rows."""
        activities = self._activities
        start, stop, step = rows.indices(len(activities))
        index = np.arange(start, stop, step, dtype=np.int64)
        parent = activities.parent[index].astype(np.int64)
        answers = (parent >= 0) & (activities.kind[index] == KINDS.index("email"))
        subjects = self._fill(np.where(answers, parent, index), "subject")
        bodies = self._fill(index, "body")
        subjects[answers] = REPLY_PREFIX + subjects[answers]
        return subjects.tolist(), bodies.tolist()

    def _fill(self, rows: IntArray, part: str) -> Texts:
        filled = np.empty(len(rows), dtype=object)
        template = self._activities.template[rows]
        order = np.argsort(template, kind="stable")
        edges = np.flatnonzero(np.diff(template[order])) + 1
        for group in np.split(order, edges):
            if len(group):
                filled[group] = self._group(int(template[group[0]]), rows[group], part)
        return filled

    def _group(self, template: int, rows: IntArray, part: str) -> list[str] | str:
        if template < 0:
            text: str = getattr(self._hand_written[-1 - template], part)
            return text
        chosen = self._templates.all[template]
        form: Form = getattr(chosen, part)
        if not form.slots:
            return form.pattern % ()
        columns = [self._slot(slot, rows, chosen.language) for slot in form.slots]
        return [form.pattern % values for values in zip(*columns, strict=True)]

    def _slot(self, slot: str, rows: IntArray, language: str) -> list[Any]:
        if slot in self._people:
            column: list[Any] = self._people[slot][self._activities.contact[rows]].tolist()
            return column
        return self._flavour.slot(
            slot,
            variety=self._activities.variety[rows].astype(np.int64),
            occurred_ms=self._activities.occurred_ms[rows],
            duration_s=self._activities.duration_s[rows],
            culture=self._culture[self._activities.contact[rows]],
            industry=self._industry[self._activities.contact[rows]],
            language=language,
        )


class Flavour:
    """Values that make one text differ from the next: numbers, days, products, colleagues."""

    def __init__(self, pools: Pools, *, languages: dict[str, LanguageWords], owner_name: str) -> None:
        self._languages = languages
        self._owner = owner_name.split(maxsplit=1)[0]
        self._products = [_table(industry.products) for industry in pools.industries]
        self._units = [_table(industry.units) for industry in pools.industries]
        self._colleagues = [
            _table([name.roman for gender in culture.given for name in gender]) for culture in pools.cultures
        ]
        self._numbers: dict[str, Callable[[IntArray], IntArray]] = {
            "n": lambda variety: 2 + (variety >> 3) % 11,
            "count": lambda variety: 20 + 20 * ((variety >> 7) % 20),
            "pct": lambda variety: 3 + (variety >> 11) % 13,
            "days": lambda variety: 2 + (variety >> 15) % 8,
            "people": lambda variety: 2 + (variety >> 9) % 5,
        }

    def slot(
        self,
        slot: str,
        *,
        variety: IntArray,
        occurred_ms: IntArray,
        duration_s: NDArray[np.int32],
        culture: IntArray,
        industry: IntArray,
        language: str,
    ) -> list[Any]:
        """The values of one slot for some rows; the same row gets the same value wherever the slot stands."""
        if slot in self._numbers:
            return list(self._numbers[slot](variety).tolist())
        if slot == "owner":
            return [self._owner] * len(variety)
        if slot == "minutes":
            return list((duration_s // 60).tolist())
        if slot in {"weekday", "time"}:
            return _cycle(self._languages[language].weekdays if slot == "weekday" else _TIMES, variety >> 18)
        if slot in {"product", "unit", "colleague"}:
            tables = {"product": self._products, "unit": self._units, "colleague": self._colleagues}[slot]
            return _from_tables(tables, culture if slot == "colleague" else industry, variety >> 5)
        return _dated(slot, variety=variety, occurred_ms=occurred_ms, months=self._languages[language].months)


def _cycle(values: Sequence[str], number: IntArray) -> list[str]:
    return [values[position] for position in (number % len(values)).tolist()]


def _from_tables(tables: list[Texts], group: IntArray, number: IntArray) -> list[str]:
    return [
        tables[code][position % len(tables[code])]
        for code, position in zip(group.tolist(), number.tolist(), strict=True)
    ]


def _dated(slot: str, *, variety: IntArray, occurred_ms: IntArray, months: tuple[str, ...]) -> list[Any]:
    since_1970 = occurred_ms.astype("datetime64[ms]").astype("datetime64[M]").astype(np.int64)
    month, year = since_1970 % 12, 1970 + since_1970 // 12
    if slot == "month":
        return _cycle(months, month + 1)
    if slot == "year":
        return list((year + (month >= 6)).tolist())
    if slot == "doc":
        return [f"{y % 100:02d}-{n:04d}" for y, n in zip(year.tolist(), (variety % 9000 + 1000).tolist(), strict=True)]
    raise ValueError(f"no slot is called {slot}")
