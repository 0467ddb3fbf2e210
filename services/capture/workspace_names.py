"""The names of an open workspace, as quick capture asks for them; answers are kept while one line is typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from services.capture.known import Entry, entry
from services.records.capture import NamedRecord
from services.store.connection import Connection
from services.store.queries import capture as queries

_MOST_KEPT = 2_000

_Key = tuple[object, ...]


class AskedNames:
    """What was asked of one state of a workspace, with the answers: most of a line stays while its end is typed."""

    def __init__(self, state: object) -> None:
        self._state = state
        self._answers: dict[_Key, list[Entry]] = {}
        self._alike: dict[str, list[str]] = {}

    def still(self, state: object) -> AskedNames:
        """These answers while the workspace stands as it did, else none: a slower reader keeps its own."""
        return self if state == self._state and len(self._answers) <= _MOST_KEPT else AskedNames(state)

    def get(self, key: _Key) -> list[Entry] | None:
        """The answer to a question that was asked before."""
        return self._answers.get(key)

    def put(self, key: _Key, entries: list[Entry]) -> list[Entry]:
        """Keep an answer."""
        self._answers[key] = entries
        return entries

    @property
    def alike(self) -> dict[str, list[str]]:
        """Words one typo away, by the word that was asked for."""
        return self._alike


class WorkspaceNames:
    """Answers from the indexes of names and the full text, inside one reading transaction."""

    def __init__(self, connection: Connection, asked: AskedNames) -> None:
        self._connection = connection
        self._asked = asked

    def deals_titled(self, titles: Collection[str]) -> Sequence[Entry]:
        """The deals that have one of these titles, open ones first."""
        return [entry(one) for one in queries.deals_titled(self._connection, sorted(titles))]

    def companies_named(self, names: Collection[str]) -> Sequence[Entry]:
        """The companies that have one of these names."""
        return [entry(one) for one in queries.companies_named(self._connection, sorted(names))]

    def companies_beginning(self, word: str) -> Sequence[Entry]:
        """Some of the companies whose name begins with this whole word."""
        known = self._asked.get(("company", word))
        if known is not None:
            return known
        found = [entry(one) for one in queries.companies_beginning(self._connection, word)]
        return self._asked.put(("company", word), found)

    def people_named(self, names: Collection[str]) -> Sequence[Entry]:
        """The contacts that have one of these whole names, in either order of its parts."""
        return _people(queries.people_named(self._connection, sorted(names)))

    def people_with(self, words: Sequence[str], *, company: int | None = None) -> Sequence[Entry]:
        """Some of the contacts with all of these words in their names, of one company if it is told."""
        key = ("person", company, *words)
        known = self._asked.get(key)
        if known is not None:
            return known
        return self._asked.put(key, _people(queries.people_with(self._connection, words, company)))

    def people_reached(self, points: Collection[str]) -> Sequence[tuple[str, Entry]]:
        """The contacts that have one of these mail addresses or numbers, by the address or number."""
        found = queries.people_reached(self._connection, sorted(points))
        return [(point, entry(record, first)) for point, record, first in found]

    def alike(self, word: str) -> Sequence[str]:
        """Words of names that are one typo away from this one."""
        if word not in self._asked.alike:
            self._asked.alike[word] = queries.alike(self._connection, word)
        return self._asked.alike[word]


def _people(found: Iterable[tuple[NamedRecord, str]]) -> list[Entry]:
    return [entry(record, first) for record, first in found]
