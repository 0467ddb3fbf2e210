"""Finds records that may be one: while somebody types, and in the whole workspace; remembers those that are not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import partial
from typing import Final

from services.access import Access, Permission, verb
from services.clock import from_millis
from services.duplicate_blocks import (
    Blocks,
    firm_keys,
    firm_order,
    person_keys,
    person_order,
    reached_keys,
)
from services.duplicate_grounds import Verdict
from services.duplicate_names import sounded
from services.duplicate_scoring import (
    FEW,
    LISTED,
    FirmTraits,
    PersonTraits,
    company_key,
    compare_firms,
    compare_people,
    firm_traits,
    person_traits,
)
from services.duplicate_turns import Turns
from services.duplicate_typing import Typed, typed_company, typed_contact
from services.errors import InvalidValue, NotFound
from services.reading import reading_of
from services.records.duplicates import IgnoredPair, Likely, Pair, PairSide
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.people import Saved
from services.store.connection import Connection
from services.store.documents import sliced
from services.store.queries import duplicates as queries
from services.store.queries.duplicates import Described
from services.store.queries.users import user_with_uid
from services.store.store import Store
from services.values.domains import domain_of
from services.values.unreadable import UnreadableValue

Progress = Callable[[int, int], None]

WORTH_A_WARNING: Final = 50
"""From this score on a record is shown to somebody who is typing another."""

MOST_WARNINGS: Final = 5
COMPARED: Final = (EntityKind.CONTACT, EntityKind.COMPANY)


class DuplicateService:
    """Warns of duplicates while typing, lists them for review, and keeps the pairs that are none."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    @verb(Permission.READ)
    def likely(
        self, entity: EntityKind, draft_fields: Mapping[str, str | Sequence[str]], *, exclude: int | None = None
    ) -> tuple[Likely, ...]:
        """The records that may be the one being typed, the likeliest first, at most 5.

        `draft_fields` holds what stands in the form under contract names (first_name, last_name, email, phone,
        company; name, domain, website, phone, city of a company), unfinished as it may be; email, phone and domain
        may be several. `exclude` is the record that is being edited.
        """
        _check(entity)
        with self._store.read() as connection:
            actor = self._store.actor
            reading = reading_of(user_with_uid(connection, actor) if actor else None)
            make = typed_contact if entity is EntityKind.CONTACT else typed_company
            typed = make(draft_fields, reading.default_region)
            ids = [local_id for local_id in _candidates(connection, typed) if local_id != exclude]
            found = queries.described(connection, entity, ids)
            counted = queries.holders(connection, entity, typed.reached, FEW)
            # The record being typed has them too.
            counted = {value: count + 1 for value, count in counted.items()}
            scored = [
                (verdict_on(typed.traits, traits_of(entity, one), counted, unfinished=True), one.id)
                for one in found.values()
            ]
            best = sorted((pair for pair in scored if pair[0].score >= WORTH_A_WARNING), key=_best_first)
            shown = queries.sides(connection, entity, [local_id for _, local_id in best[:MOST_WARNINGS]])
        return tuple(_likely(entity, verdict, shown[local_id]) for verdict, local_id in best[:MOST_WARNINGS])

    @verb(Permission.READ)
    def pairs(self, entity: EntityKind, *, least: int = LISTED, progress: Progress | None = None) -> list[Pair]:
        """All pairs of living records that may be one, the likeliest first, without those that are ignored.

        `progress` is told how many records were read so far.
        """
        _check(entity)
        with self._store.read() as connection:
            ids = queries.living_ids(connection, entity)
            ignored = queries.ignored_keys(connection, entity)
        turns = Turns()
        traits = self._all_traits(entity, ids, turns, progress)
        listed = _alike(traits, ignored, least, turns)
        shown = self._shown(entity, listed, traits)
        turns.forget(traits)
        return shown

    def _all_traits(
        self, entity: EntityKind, ids: Sequence[int], turns: Turns, progress: Progress | None
    ) -> dict[int, PersonTraits | FirmTraits]:
        """What is compared of these records, read in slices; those that went into the trash meanwhile are left out."""
        traits: dict[int, PersonTraits | FirmTraits] = {}
        for number, chunk in enumerate(sliced(ids, queries.SLICE)):
            with self._store.read() as connection:
                found = queries.described(connection, entity, chunk)
            for local_id, one in turns.taken(found.items()):
                traits[local_id] = traits_of(entity, one)
            turns.forget(found)
            if progress is not None:
                progress(number * queries.SLICE + len(chunk), len(ids))
        return traits

    def _shown(
        self,
        entity: EntityKind,
        listed: Sequence[tuple[Verdict, tuple[int, int]]],
        traits: Mapping[int, PersonTraits | FirmTraits],
    ) -> list[Pair]:
        with self._store.read() as connection:
            shown = queries.sides(connection, entity, sorted({local_id for _, pair in listed for local_id in pair}))
        pairs = []
        for verdict, ids in listed:
            first, second = sorted(ids, key=lambda local_id: _place(traits, local_id))
            if first in shown and second in shown:
                grounds = tuple(ground.value for ground in verdict.grounds)
                pairs.append(Pair(entity, shown[first], shown[second], verdict.score, verdict.reason, grounds))
        return pairs

    @verb(Permission.READ)
    def compare(self, entity: EntityKind, one: int, two: int) -> Verdict:
        """How likely two records are one, and why. Raises NotFound."""
        _check(entity)
        with self._store.read() as connection:
            return compared(connection, entity, one, two)

    @verb(Permission.EDIT)
    def ignore(self, entity: EntityKind, one: int, two: int) -> Saved:
        """Never show these two as a pair again; a pair that is ignored already stays so. Raises NotFound."""
        _check(entity)
        if one == two:
            raise InvalidValue("These are one record", "Choose two different records.")
        with self._store.write("edit", f"{entity}.ignore_pair") as unit:
            found = unit.load(entity, [one, two])
            if len(found) < 2:
                raise NotFound(f"There is no such {entity}", "It may have been removed for good.")
            first, second = sorted(found[local_id][0].hex() for local_id in (one, two))
            known = queries.ignored_pair(unit.connection, entity, first, second)
            if known is not None:
                uid = unit.load(EntityKind.DISTINCT_PAIR, [known])[known][0]
                return Saved(known, Uid(uid), None)
            document = unit.blank(EntityKind.DISTINCT_PAIR)
            document.update(entity=entity.value, first=first, second=second)
            local_id, made = unit.create(EntityKind.DISTINCT_PAIR, document)
        return Saved(local_id, made, unit.batch_uid)

    @verb(Permission.EDIT)
    def stop_ignoring(self, local_id: int) -> Saved:
        """Show an ignored pair again, named by the id of its own. Raises NotFound."""
        with self._store.write("edit", "distinct_pair.delete") as unit:
            moment = unit.now_millis
            unit.edit(EntityKind.DISTINCT_PAIR, local_id, lambda pair: pair.update(deleted_at=moment))
            uid = unit.load(EntityKind.DISTINCT_PAIR, [local_id])[local_id][0]
        return Saved(local_id, Uid(uid), unit.batch_uid)

    @verb(Permission.READ)
    def ignored(self, entity: EntityKind) -> list[IgnoredPair]:
        """The pairs that are never shown, those ignored last first; of each the fuller record first, then the older."""
        _check(entity)
        with self._store.read() as connection:
            rows = queries.ignored_rows(connection, entity)
            ids = sorted({local_id for row in rows for local_id in row[2:4]})
            shown = queries.sides(connection, entity, ids)
            traits = {one.id: traits_of(entity, one) for one in queries.described(connection, entity, ids).values()}
        pairs = []
        for local_id, uid, one, two, ignored_at in rows:
            first, second = sorted((one, two), key=lambda side: _place(traits, side))
            pairs.append(IgnoredPair(local_id, Uid(uid), entity, shown[first], shown[second], from_millis(ignored_at)))
        return pairs


def compared(connection: Connection, entity: EntityKind, one: int, two: int) -> Verdict:
    """How likely two records are one, in the trash or not. Raises NotFound."""
    found = queries.described(connection, entity, [one, two])
    if len(found) < 2:
        raise NotFound(f"There is no such {entity}", "It may be in the trash, or have been removed for good.")
    mine, other = (traits_of(entity, found[local_id]) for local_id in (one, two))
    values = {value for traits in (mine, other) for value, _ in reached_keys(traits)}
    return verdict_on(mine, other, queries.holders(connection, entity, values, FEW))


def _check(entity: EntityKind) -> None:
    if entity not in COMPARED:
        raise InvalidValue(f"Duplicates of {entity} records are not looked for", "Choose contacts or companies.")


def traits_of(entity: EntityKind, one: Described) -> PersonTraits | FirmTraits:
    """What is compared of a standing record."""
    if entity is EntityKind.CONTACT:
        return person_traits(
            one.first,
            one.last,
            companies=(*map(company_key, one.companies), *(f"@{domain}" for domain in one.domains)),
            emails=one.values("email"),
            birthday=one.birthday,
            key=one.key,
            phones=one.values("phone"),
            profiles=one.values("social"),
            addresses=one.values("address"),
        )
    return firm_traits(
        one.first,
        domains=one.domains | _domains(one.values("url")),
        phones=one.values("phone"),
        city=one.city,
        country=one.country,
        key=one.key,
    )


def _alike(
    traits: Mapping[int, PersonTraits | FirmTraits], ignored: Set[tuple[int, int]], least: int, turns: Turns
) -> list[tuple[Verdict, tuple[int, int]]]:
    """The pairs of these records that reach a score, the likeliest first."""
    blocks = _blocks(traits, turns)
    order = {local_id: _order(one) for local_id, one in turns.taken(traits.items())}
    candidates = blocks.pairs(order, turns)
    counted: dict[str, int] = {}
    for one in turns.taken({local_id for pair in candidates for local_id in pair}):
        counted.update((value, blocks.size(key)) for value, key in reached_keys(traits[one]))
    blocks.forget(turns)
    listed = []
    for one, two in turns.drained(candidates):
        if (one, two) not in ignored:
            verdict = verdict_on(traits[one], traits[two], counted)
            if verdict.score >= least:
                listed.append((verdict, (one, two)))
    return sorted(listed, key=lambda pair: (-pair[0].score, pair[1]))


def _blocks(traits: Mapping[int, PersonTraits | FirmTraits], turns: Turns) -> Blocks:
    blocks = Blocks()
    for local_id, one in turns.taken(traits.items()):
        for key in person_keys(one) if isinstance(one, PersonTraits) else firm_keys(one):
            blocks.add(key, local_id)
    return blocks


def _order(traits: PersonTraits | FirmTraits) -> str:
    return person_order(traits) if isinstance(traits, PersonTraits) else firm_order(traits)


def _domains(addresses: Iterable[str]) -> set[str]:
    found = set()
    for address in addresses:
        try:
            found.add(domain_of(address))
        except UnreadableValue:
            continue
    return found


def verdict_on(
    mine: PersonTraits | FirmTraits,
    other: PersonTraits | FirmTraits,
    counted: Mapping[str, int],
    *,
    unfinished: bool = False,
) -> Verdict:
    """How likely two of one kind are the same; `counted` tells how many records have a value."""
    if isinstance(mine, PersonTraits) and isinstance(other, PersonTraits):
        return compare_people(mine, other, counted, unfinished=unfinished)
    assert isinstance(mine, FirmTraits)
    assert isinstance(other, FirmTraits)
    return compare_firms(mine, other, counted)


def _fullness(traits: PersonTraits | FirmTraits) -> int:
    """How much a record says: its points, and how much of its name is written out."""
    if isinstance(traits, PersonTraits):
        sets = (traits.emails, traits.phones, traits.profiles, traits.addresses, traits.companies)
        written = sum(len(word) > 1 for word in (*traits.name.first, *traits.name.last))
        return sum(map(len, sets)) + 2 * written + bool(traits.birthday)
    return 2 * len(traits.domains) + len(traits.phones) + bool(traits.city) + len(traits.name.words)


def _place(traits: Mapping[int, PersonTraits | FirmTraits], local_id: int) -> tuple[int, int]:
    """Which record of a pair comes first: the fuller, then the older; one in the trash last."""
    known = traits.get(local_id)
    return (1 if known is None else -_fullness(known), local_id)


def _best_first(scored: tuple[Verdict, int]) -> tuple[int, int]:
    return (-scored[0].score, scored[1])


def _likely(entity: EntityKind, verdict: Verdict, side: PairSide) -> Likely:
    grounds = tuple(ground.value for ground in verdict.grounds)
    return Likely(entity, side.id, side.uid, side.name, side.detail, verdict.score, verdict.reason, grounds)


# --- Candidates while typing --------------------------------------------------------------------------------

ENOUGH: Final = 60


def _candidates(connection: Connection, typed: Typed) -> list[int]:
    """Records that share what reaches them, or have a name near the one being typed; the surest ways first."""
    found: dict[int, None] = {}
    for look in _ways(connection, typed):
        found.update(dict.fromkeys(look()))
        if len(found) >= ENOUGH:
            break
    return list(found)


def _ways(connection: Connection, typed: Typed) -> list[Callable[[], list[int]]]:
    entity, matching = typed.entity, partial(queries.matching, connection, typed.entity)
    ways: list[Callable[[], list[int]]] = [partial(queries.reached_by, connection, entity, typed.points)]
    if entity is EntityKind.COMPANY:
        ways.append(partial(queries.with_domain, connection, typed.domains))
    ways += [partial(queries.named, connection, entity, name) for name in typed.names]
    if typed.surname and typed.at_company:
        ways.append(partial(matching, {"name": [queries.one_of([typed.surname])], "company": typed.at_company}))
    if typed.words:
        ways.append(partial(matching, {"name": [queries.beginning(word) for word in typed.words]}))
    if typed.surname:
        ways.append(lambda: matching({"name": _near(connection, typed)}))
    return ways


def _near(connection: Connection, typed: Typed) -> list[str]:
    """The surname as it sounds or with a typo, beside the beginning of the first name."""
    forms = dict.fromkeys((*queries.spelt_alike(connection, typed.surname), sounded(typed.surname)))
    return [queries.one_of(forms), *map(queries.beginning, filter(None, (typed.initial,)))]
