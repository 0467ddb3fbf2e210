"""Turns staged rows into edits and verdicts: the same code plans an import and carries it out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from services.editing import DraftApplier, Mode
from services.errors import InvalidValue, MyCrmError, NotFound
from services.importing.checking import check_new, check_values, start
from services.importing.completing import completer_of
from services.importing.decisions import Decided
from services.importing.linking import RowLinks
from services.importing.matching import Matcher
from services.records.drafts import RecordDraft, RowDraft, RowReject
from services.records.fields import LINKED, EntityKind, FieldKind
from services.store.aggregates import Document
from services.store.catalogue import CATALOGUE
from services.store.documents import copied, load
from services.store.queries.matching import activities_at
from services.store.rows import Edit
from services.store.writing import WriteUnit

_TOLD_BY_LINK: Final = ("contact", "company", "deal", "lead")
"""The links of an activity, the one first by which it is looked for."""


class OnMatch(StrEnum):
    """What happens to a row whose record exists already."""

    UPDATE = "update"
    FILL = "fill"
    SKIP = "skip"
    CREATE = "create"


class Verdict(StrEnum):
    """What became of a row; the verdicts of a file add up to its rows."""

    CREATED = "created"
    UPDATED = "updated"
    FILLED = "filled"
    SKIPPED = "skipped"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(slots=True)
class Tally:
    """What an import did, in rows of the file."""

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    numbers: dict[Verdict, list[int]] = field(default_factory=lambda: defaultdict(list))
    rejects: list[RowReject] = field(default_factory=list)

    def plus(self, later: Tally) -> Tally:
        """Both tallies as one."""
        together = Tally(self.verdicts + later.verdicts, defaultdict(list), [*self.rejects, *later.rejects])
        for part in (self.numbers, later.numbers):
            for verdict, numbers in part.items():
                together.numbers[verdict].extend(numbers)
        return together

    def note(self, row: RowDraft, verdict: Verdict) -> None:
        """Record the verdict of one row."""
        self.verdicts[verdict] += 1
        self.numbers[verdict].append(row.number)

    def reject(self, reject: RowReject) -> None:
        """Record a row that cannot be taken."""
        self.verdicts[Verdict.REJECTED] += 1
        self.rejects.append(reject)


class RowApplier:
    """Carries slices of rows into a unit: a real one, or one that only pretends."""

    def __init__(
        self,
        unit: WriteUnit,
        entity: EntityKind,
        matcher: Matcher,
        on_match: OnMatch,
        links: RowLinks | None,
        decided: Decided | None = None,
    ) -> None:
        self._unit = unit
        self._entity = entity
        self._matcher = matcher
        self._on_match = on_match
        self._links = links
        self._applier = DraftApplier(unit, entity, from_file=True)
        self._completer = completer_of(unit, entity)
        self._claimed: set[int] = set()
        self._groups: dict[str, list[RowDraft]] = {}
        self._decided = decided or Decided()
        self._followers: dict[int, list[RowDraft]] = {}
        self._following: set[int] = set()
        self._gathered: set[int] = set()
        self.tally = Tally()

    @property
    def unknown_owners(self) -> frozenset[str]:
        """Owners that rows named and who do not work in this workspace."""
        return frozenset(self._applier.unknown_owners)

    @property
    def companies_made(self) -> int:
        """Companies that rows named and that did not exist."""
        return self._applier.directory.companies_made

    def expect_custom(self, kinds: Mapping[str, FieldKind], *, pretend: bool) -> None:
        """Know the custom fields that the mapping makes; a pretended import has not made them."""
        if pretend:
            for name, kind in kinds.items():
                self._applier.directory.make_custom_field(self._entity, name, kind)

    def continue_from(self, before: RowApplier) -> None:
        """Add up with the chunk before."""
        self.tally = before.tally.plus(self.tally)
        self._applier.directory.companies_made += before.companies_made
        self._applier.unknown_owners |= before.unknown_owners

    def gather(self, rows: Sequence[RowDraft]) -> None:
        """Note rows that share a key or were decided to be one, before any is carried out: they are one record."""
        here = {row.number for row in rows} | self._gathered
        self._gathered |= here
        for row in rows:
            leader = self._decided.leaders.get(row.number)
            # Of a part imported before this one the record stands already: then the row stays one of its own.
            if leader in here:
                self._followers.setdefault(leader, []).append(row)
                self._following.add(row.number)
            tag = self._matcher.tag(row.draft)
            if self._on_match is not OnMatch.CREATE and self._matcher.repeated(tag):
                self._groups.setdefault(tag, []).append(row)

    def take(self, rows: Sequence[RowDraft]) -> None:
        """Carry out one slice of rows."""
        if self._links is not None:
            rows = list(self._linked(rows))
        self._applier.prepare([row.draft for row in rows if row.number not in self._decided.skipped])
        if self._entity is EntityKind.DEAL:
            self._learn_companies(rows)
        matching = self._on_match is not OnMatch.CREATE
        tags = {row.number: self._matcher.tag(row.draft) for row in rows}
        matched = self._matcher.match(self._unit.connection, tags.values()) if matching else {}
        into = {self._decided.into[row.number] for row in rows if row.number in self._decided.into}
        standing = load(self._unit.connection, CATALOGUE[self._entity], into | set(matched.values()))
        keyless = [row for row in rows if matching and not tags[row.number]]
        twins = self._twins(keyless)
        edits: dict[bytes, Edit] = {}
        for row in rows:
            edit = self._decide(row, tags[row.number], matched, standing, twins)
            if edit is not None:
                earlier = edits.get(edit.uid)
                # Two rows that name one record by different keys are one edit: the second goes on from the first.
                edits[edit.uid] = edit if earlier is None else replace(edit, before=earlier.before)
                if edit.before is not None:
                    standing[edit.id] = (edit.uid, edit.after)
        self._unit.save(self._entity, [edit for edit in edits.values() if edit.after != edit.before])

    def _learn_companies(self, rows: Sequence[RowDraft]) -> None:
        """Make the companies of deals together; those of rows that will be rejected are not made."""
        blank = self._unit.blank(self._entity)
        named = (str(row.draft.fields.get("company") or "") for row in rows if self._is_understood(row.draft, blank))
        self._applier.directory.learn_companies(name for name in named if name)

    def _is_understood(self, draft: RecordDraft, blank: Document) -> bool:
        try:
            if self._completer is not None:
                self._completer.complete(draft, blank)
        except NotFound:
            return False
        return True

    def _linked(self, rows: Sequence[RowDraft]) -> Iterator[RowDraft]:
        assert self._links is not None
        for row, reject in self._links.resolve(self._unit.connection, rows):
            if reject is not None:
                self.tally.reject(reject)
            else:
                yield row

    def _decide(
        self,
        row: RowDraft,
        tag: str,
        matched: dict[str, int],
        standing: dict[int, tuple[bytes, Document]],
        twins: dict[int, list[tuple[int, Document]]],
    ) -> Edit | None:
        first = self._groups.get(tag, [row])[0]
        if first.number != row.number or row.number in self._following:
            return None  # carried out with the first row of its group
        group = list(self._group_of(row, tag))
        if row.number in self._decided.skipped:
            for member in group:
                self.tally.note(member, Verdict.SKIPPED)
            return None
        try:
            local_id = matched.get(tag) or self._merged_into(row, standing)
            if local_id is not None:
                return self._existing(row, group, local_id, standing)
            if len(group) == 1 and self._says_the_same(row, twins.get(row.number, [])):
                self.tally.note(row, Verdict.UNCHANGED)
                return None
            return self._new(group)
        except (InvalidValue, NotFound) as error:
            self._reject(group, error)
            return None

    def _group_of(self, row: RowDraft, tag: str) -> Iterator[RowDraft]:
        """The rows of one key, and those that were decided to be the same record, with the rows of their keys."""
        for member in self._groups.get(tag, [row]):
            yield member
            for follower in self._followers.get(member.number, ()):
                yield from self._group_of(follower, self._matcher.tag(follower.draft))

    def _merged_into(self, row: RowDraft, standing: Mapping[int, tuple[bytes, Document]]) -> int | None:
        """The record into which the row was decided to go, unless it is gone since."""
        local_id = self._decided.into.get(row.number)
        if local_id is None or local_id not in standing:
            return None
        return local_id if standing[local_id][1]["deleted_at"] is None else None

    def _reject(self, rows: Sequence[RowDraft], error: MyCrmError) -> None:
        column = error.field if isinstance(error, InvalidValue) else ""
        for row in rows:
            self.tally.reject(RowReject(row.number, column, "", str(error)))

    def _existing(
        self,
        row: RowDraft,
        group: Sequence[RowDraft],
        local_id: int,
        standing: dict[int, tuple[bytes, Document]],
    ) -> Edit | None:
        if self._on_match is OnMatch.SKIP:
            for member in group:
                self.tally.note(member, Verdict.SKIPPED)
            return None
        uid, before = standing[local_id]
        after = copied(before)
        steps = self._fold(after, [member.draft for member in group])
        changed = Verdict.FILLED if self._on_match is OnMatch.FILL else Verdict.UPDATED
        # Rows that cancel each other out leave the record as it was: importing a file twice changes nothing.
        different = after != before
        for member, moved in zip(group, steps, strict=True):
            self.tally.note(member, changed if moved and different else Verdict.UNCHANGED)
        return Edit(uid, before, after, local_id) if different else None

    def _fold(self, document: Document, drafts: Sequence[RecordDraft]) -> list[bool]:
        """Apply drafts one after the other; True for each that changed something."""
        mode = Mode.FILL if self._on_match is OnMatch.FILL else Mode.REPLACE
        steps = []
        for draft in drafts:
            earlier = copied(document)
            self._apply(document, draft, mode)
            steps.append(document != earlier)
        return steps

    def _apply(self, document: Document, draft: RecordDraft, mode: Mode = Mode.REPLACE) -> None:
        said = draft if self._completer is None else self._completer.complete(draft, document)
        self._applier.apply(document, said, mode)
        if self._completer is not None:
            self._completer.follow(document, draft, filling=mode is Mode.FILL)
        check_values(self._entity, document, now_millis=self._unit.now_millis)

    def _new(self, group: Sequence[RowDraft]) -> Edit | None:
        document = self._unit.blank(self._entity)
        document[CATALOGUE[self._entity].provenance] = "import"
        start(self._entity, document)
        self._apply(document, group[0].draft)
        check_new(self._entity, document)
        if self._completer is not None:
            self._completer.settle(document)
        following = self._fold(document, [row.draft for row in group[1:]])
        self.tally.note(group[0], Verdict.CREATED)
        changed = Verdict.FILLED if self._on_match is OnMatch.FILL else Verdict.UPDATED
        for row, moved in zip(group[1:], following, strict=True):
            if self._on_match is OnMatch.SKIP:
                self.tally.note(row, Verdict.SKIPPED)
            else:
                self.tally.note(row, changed if moved else Verdict.UNCHANGED)
        return Edit(self._unit.uids.new(), None, document)

    def _twins(self, rows: Sequence[RowDraft]) -> dict[int, list[tuple[int, Document]]]:
        """Standing records that keyless rows may repeat, with their documents."""
        if not rows:
            return {}
        candidates = self._candidates(rows)
        ids = {local_id for found in candidates.values() for local_id in found}
        documents = load(self._unit.connection, CATALOGUE[self._entity], ids)
        return {
            number: [(local_id, documents[local_id][1]) for local_id in found if local_id in documents]
            for number, found in candidates.items()
        }

    def _candidates(self, rows: Sequence[RowDraft]) -> dict[int, list[int]]:
        if self._entity is not EntityKind.ACTIVITY:
            return self._matcher.alike(self._unit.connection, rows)
        found: dict[int, list[int]] = {}
        for link in _TOLD_BY_LINK:
            pairs: dict[int, tuple[int, int]] = {}
            for row in rows:
                linked: Any = row.draft.fields.get(link)
                at: Any = row.draft.fields.get("occurred_at")
                if linked and isinstance(at, int) and row.number not in found:
                    pairs[row.number] = (self._unit.id_of(LINKED[link], bytes.fromhex(linked)), at)
            known = activities_at(self._unit.connection, sorted(set(pairs.values())), link) if pairs else {}
            found.update({number: known.get(pair, []) for number, pair in pairs.items()})
        return found

    def _says_the_same(self, row: RowDraft, candidates: list[tuple[int, Document]]) -> bool:
        """Whether a keyless row repeats a record of which no other row was taken to be the repetition."""
        for local_id, document in candidates:
            if local_id in self._claimed:
                continue
            after = copied(document)
            self._apply(after, row.draft)
            if after == document:
                self._claimed.add(local_id)
                return True
        return False
