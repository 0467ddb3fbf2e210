"""Finds the rows of a file that look like a record that is here or like an earlier row, though no key says so.

Rows and records are compared only where they share a block, as in the search for duplicates of a whole workspace:
the time grows with the number of both, not with their product.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final

from services.duplicate_blocks import (
    Blocks,
    firm_keys,
    firm_order,
    person_keys,
    person_order,
    reached_keys,
    words_key,
)
from services.duplicate_firms import firm_form
from services.duplicate_grounds import Verdict
from services.duplicate_names import name_form, sounded
from services.duplicate_scoring import LISTED, FirmTraits, PersonTraits, company_key, firm_traits, person_traits
from services.duplicates import traits_of, verdict_on
from services.importing.decisions import LikelyRow
from services.importing.previewing import glance
from services.records.drafts import PointKind, RecordDraft, RowDraft
from services.records.fields import EntityKind
from services.store.connection import Connection
from services.store.documents import sliced
from services.store.queries import duplicates as standing_queries
from services.store.queries import incoming
from services.store.store import Store
from services.values.domains import domain_of
from services.values.lists import split_list
from services.values.text import fold
from services.values.unreadable import UnreadableValue

Traits = PersonTraits | FirmTraits
Progress = Callable[[int, int], None]

_SLICE: Final = 2_000


class LikelyRows:
    """The rows that are compared, and what is compared of them; rows have negative ids, records theirs."""

    def __init__(self, entity: EntityKind) -> None:
        self._entity = entity
        self._traits: dict[int, Traits] = {}
        self._names: dict[int, tuple[str, str]] = {}

    def add(self, rows: Iterable[RowDraft]) -> None:
        """Compare these rows too."""
        for row in rows:
            self._traits[-row.number] = drafted_traits(self._entity, row.draft)
            seen = glance(self._entity, row)
            self._names[-row.number] = (seen.name, seen.detail)

    def find(
        self, store: Store, *, progress: Progress | None = None, check: Callable[[], None] | None = None
    ) -> tuple[LikelyRow, ...]:
        """Each row that looks like a record or an earlier row, with the likeliest, in the order of the file.

        `progress` is told how many records were read of how many; `check` may raise between slices.
        """
        if not self._traits:
            return ()
        rows = dict(self._traits)
        with store.read() as connection:
            ids = sorted(_worth_comparing(connection, self._entity, rows.values()))
        traits = dict(rows)
        for number, chunk in enumerate(sliced(ids, _SLICE)):
            if check is not None:
                check()
            with store.read() as connection:
                found = standing_queries.described(connection, self._entity, chunk)
            traits.update({local_id: traits_of(self._entity, one) for local_id, one in found.items()})
            if progress is not None:
                progress(number * _SLICE + len(chunk), len(ids))
        return self._shown(store, self._best(traits))

    def _best(self, traits: Mapping[int, Traits]) -> dict[int, tuple[Verdict, int]]:
        """For each row that is like something the likeliest, a record before a row of the same score."""
        blocks = _blocks(traits, self._traits)
        pairs = blocks.pairs({local_id: _order(one) for local_id, one in traits.items()})
        best: dict[int, tuple[Verdict, int]] = {}
        # The smaller id comes first: of two rows that is the later one, of a row and a record the row.
        for row, other in pairs:
            if row > 0:
                continue
            mine, theirs = traits[row], traits[other]
            counted = {value: blocks.size(key) for value, key in reached_keys(mine)}
            verdict = verdict_on(mine, theirs, counted)
            known = best.get(row)
            if verdict.score >= LISTED and (known is None or _rank(verdict, other) > _rank(*known)):
                best[row] = (verdict, other)
        return best

    def _shown(self, store: Store, best: Mapping[int, tuple[Verdict, int]]) -> tuple[LikelyRow, ...]:
        with store.read() as connection:
            standing = standing_queries.sides(
                connection, self._entity, {other for _, other in best.values() if other > 0}
            )
        found = []
        for row, (verdict, other) in best.items():
            side = standing.get(other)
            name, detail = (side.name, side.detail) if side is not None else self._names.get(other, ("", ""))
            found.append(
                LikelyRow(
                    number=-row,
                    name=self._names[row][0],
                    other=name,
                    other_detail=detail,
                    score=verdict.score,
                    reason=verdict.reason,
                    grounds=tuple(ground.value for ground in verdict.grounds),
                    standing_id=side.id if side is not None else None,
                    standing_uid=side.uid if side is not None else None,
                    other_number=-other if other < 0 else 0,
                )
            )
        return tuple(sorted(found, key=lambda one: one.number))


def _rank(verdict: Verdict, other: int) -> tuple[int, bool, int]:
    return verdict.score, other > 0, -abs(other)


def _order(traits: Traits) -> str:
    return person_order(traits) if isinstance(traits, PersonTraits) else firm_order(traits)


def _keys(traits: Traits) -> Iterable[str]:
    return person_keys(traits) if isinstance(traits, PersonTraits) else firm_keys(traits)


def _blocks(traits: Mapping[int, Traits], rows: Mapping[int, Traits]) -> Blocks:
    """The blocks in which there is a row; records among themselves are no concern of an import."""
    blocks = Blocks()
    shared: set[int] = set()
    for local_id, one in rows.items():
        for key in _keys(one):
            shared.add(hash(key))
            blocks.add(key, local_id)
    for local_id, one in traits.items():
        if local_id not in rows:
            for key in _keys(one):
                if hash(key) in shared:
                    blocks.add(key, local_id)
    return blocks


# --- What a row says ------------------------------------------------------------------------------------------


def drafted_traits(entity: EntityKind, draft: RecordDraft) -> Traits:
    """What is compared of a row of contacts or companies."""
    key = _text(draft, "external_key")
    if entity is EntityKind.COMPANY:
        return _firm(draft, key)
    company = _text(draft, "company")
    companies = [company_key(company)] if company else []
    return person_traits(
        _text(draft, "first_name"),
        _text(draft, "last_name"),
        companies=[found for found in companies if found],
        emails=_normals(draft, PointKind.EMAIL),
        birthday=_text(draft, "birthday"),
        key=key,
        phones=_normals(draft, PointKind.PHONE),
        profiles=_normals(draft, PointKind.SOCIAL),
        addresses=_normals(draft, PointKind.ADDRESS),
    )


def _firm(draft: RecordDraft, key: str) -> FirmTraits:
    domains = {*split_list(_text(draft, "domain")), *_domains(_normals(draft, PointKind.URL))}
    places = [point for point in draft.points if point.kind is PointKind.ADDRESS]
    return firm_traits(
        _text(draft, "name"),
        domains=domains,
        phones=_normals(draft, PointKind.PHONE),
        city=next((point.city for point in places if point.city), ""),
        country=next((point.country for point in places if point.country), ""),
        key=key,
    )


def _text(draft: RecordDraft, name: str) -> str:
    value = draft.fields.get(name)
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _normals(draft: RecordDraft, kind: PointKind) -> list[str]:
    return [point.normal for point in draft.points if point.kind is kind]


def _domains(addresses: Iterable[str]) -> set[str]:
    found = set()
    for address in addresses:
        try:
            found.add(domain_of(address))
        except UnreadableValue:
            continue
    return found


# --- Which records are worth comparing -------------------------------------------------------------------------


def _worth_comparing(connection: Connection, entity: EntityKind, rows: Iterable[Traits]) -> set[int]:
    """Records that may share a block with a row; all others are not even read."""
    people = [one for one in rows if isinstance(one, PersonTraits)]
    if entity is EntityKind.CONTACT:
        return _people_worth_comparing(connection, people)
    return _firms_worth_comparing(connection, [one for one in rows if isinstance(one, FirmTraits)])


def _people_worth_comparing(connection: Connection, rows: Sequence[PersonTraits]) -> set[int]:
    reached = {value for one in rows for value in (*one.emails, *one.phones, *one.profiles)}
    found = incoming.with_points(connection, EntityKind.CONTACT, reached)
    found |= incoming.with_keys(connection, EntityKind.CONTACT, {one.key for one in rows if one.key})
    at = {company for one in rows for company in one.companies}
    hosts = {company[1:] for company in at if company[:1] == "@"}
    companies = {
        local_id
        for local_id, name, _ in incoming.names_of(connection, EntityKind.COMPANY)
        if company_key(name or "") in at
    }
    companies |= incoming.with_domains(connection, hosts)
    found |= incoming.at_companies(connection, companies)
    found |= {local_id for local_id, host in incoming.mail_hosts(connection) if host in hosts}
    return found | _called_alike(connection, rows)


def _called_alike(connection: Connection, rows: Sequence[PersonTraits]) -> set[int]:
    names = {one.name.key for one in rows} - {""}
    words = {word for name in names for word in name.split()}

    @cache
    def may_fit(text: str | None) -> bool:
        """Whether a word of it is in a wanted name; titles and particles are no part of what is compared."""
        return any(sounded(word) in words for word in fold(text or "").split())

    return {
        local_id
        for local_id, first, last in incoming.names_of(connection, EntityKind.CONTACT)
        if (may_fit(first) or may_fit(last)) and name_form(first, last).key in names
    }


def _firms_worth_comparing(connection: Connection, rows: Sequence[FirmTraits]) -> set[int]:
    entity = EntityKind.COMPANY
    domains = {domain for one in rows for domain in one.domains}
    found = incoming.with_domains(connection, domains)
    found |= incoming.with_points(connection, entity, {phone for one in rows for phone in one.phones})
    found |= incoming.with_keys(connection, entity, {one.key for one in rows if one.key})
    names = {form for one in rows for form in (one.name.sound, words_key(one.name))}
    for local_id, name, _ in incoming.names_of(connection, entity):
        form = firm_form(name)
        # A name that looks like a domain is compared as one, which only the whole record tells.
        if form.sound in names or words_key(form) in names or "." in (name or ""):
            found.add(local_id)
    return found
