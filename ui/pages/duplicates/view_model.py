"""The state of the review: the pairs of each kind, the pair that is looked at, and what was decided about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from services.errors import MyCrmError
from services.records.duplicates import IgnoredPair, MergePreview, Pair, PairSide, Side
from services.records.fields import EntityKind
from ui.operations import duplicates
from ui.pages import PageContext
from ui.pages.duplicates.decision import Decision
from ui.pages.record.moments import Moments
from ui.tasks import Lane

KINDS: Final = (EntityKind.CONTACT, EntityKind.COMPANY)
SETTLING_MS: Final = 300
_CONCERNED: Final = frozenset({*KINDS, EntityKind.DISTINCT_PAIR})

Key = frozenset[int]


def key_of(pair: Pair | IgnoredPair) -> Key:
    """What makes a pair the same pair, whichever of the two comes first."""
    return frozenset((int(pair.first.id), int(pair.second.id)))


@dataclass
class _Found:
    """What is known of one kind."""

    lane: Lane
    pairs: list[Pair] = field(default_factory=list)
    ignored: list[IgnoredPair] = field(default_factory=list)
    is_read: bool = False
    is_reading: bool = False
    is_stale: bool = True


class DuplicatesViewModel(QObject):
    """Reads pairs when the page is in front; a reading takes seconds in a large book, so there is one at a time."""

    #: The pairs or the ignored pairs of the kind on show are others now.
    pairs_changed = Signal()
    #: How far the reading is: records read, and how many there are.
    progress_made = Signal(int, int)
    #: The pairs could not be read: the error.
    reading_failed = Signal(object)
    #: Another pair is looked at, or none.
    current_changed = Signal()
    #: The preview or a choice of the current pair is another now.
    decision_changed = Signal()
    #: A merge was refused: title and message.
    merge_refused = Signal(str, str)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.moments = Moments(context.workspace.store.clock.now)
        self.entity = EntityKind.CONTACT
        self.current: Pair | None = None
        self.decision: Decision | None = None
        self.is_merging = False
        self._is_swapped = False
        self._is_active = False
        self._later: dict[Key, None] = {}
        self._found: Mapping[EntityKind, _Found] = {kind: _Found(context.tasks.lane()) for kind in KINDS}
        self._preview = context.tasks.lane()
        self._soon = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._soon.timeout.connect(self._read_stale)
        context.bridge.records_changed.connect(self._on_records_changed)

    @property
    def pairs(self) -> list[Pair]:
        """The pairs of the kind on show, the likeliest first, those left for later at the end."""
        return self._found[self.entity].pairs

    @property
    def ignored(self) -> list[IgnoredPair]:
        """The pairs of this kind that are never shown, those ignored last first."""
        return self._found[self.entity].ignored

    @property
    def is_read(self) -> bool:
        """Whether the pairs of this kind were read once."""
        return self._found[self.entity].is_read

    @property
    def is_reading(self) -> bool:
        """Whether they are being read, for the first time or again."""
        return self._found[self.entity].is_reading

    @property
    def place(self) -> int:
        """Where the current pair stands in the list, -1 for nowhere."""
        return self.pairs.index(self.current) if self.current in self.pairs else -1

    @property
    def keep(self) -> PairSide | None:
        """The record that stays."""
        return self._sides()[0] if self.current is not None else None

    @property
    def other(self) -> PairSide | None:
        """The record that moves into it."""
        return self._sides()[1] if self.current is not None else None

    def set_active(self, active: bool) -> None:
        """Only a page in front reads: what changed meanwhile is read when it comes back."""
        self._is_active = active
        if active:
            self._read_stale()
        else:
            self._soon.stop()

    def choose_kind(self, entity: EntityKind) -> None:
        """Show the pairs of another kind."""
        if entity is not self.entity:
            self.entity = entity
            self.look_at(None)
            self.pairs_changed.emit()
            self._read_stale()

    def read_again(self) -> None:
        """Look for pairs of this kind again."""
        self._found[self.entity].is_stale = True
        self._read_stale()

    def look_at(self, pair: Pair | None) -> None:
        """Put a pair side by side, with what is suggested."""
        self.current = pair
        self._is_swapped = False
        self._read_decision()
        self.current_changed.emit()

    def step(self, step: int) -> None:
        """Look at the next pair (1) or the one before (-1)."""
        place = self.place + step
        if self.current is not None and 0 <= place < len(self.pairs):
            self.look_at(self.pairs[place])

    def swap(self) -> None:
        """The other one stays."""
        if self.current is not None and not self.is_merging:
            self._is_swapped = not self._is_swapped
            self._read_decision()

    def choose(self, name: str, side: Side) -> None:
        """Take the value of one record, or of both."""
        self._decide(self.decision.chosen(name, side) if self.decision else None)

    def toggle(self, name: str, side: Side) -> None:
        """The value of one record was pressed."""
        self._decide(self.decision.toggled(name, side) if self.decision else None)

    def merge(self) -> None:
        """Carry out what was decided; the next pair follows."""
        pair, keep, other = self.current, self.keep, self.other
        if pair is None or keep is None or other is None or self.decision is None or self.is_merging:
            return
        self._set_merging(True)
        workspace, choices = self.context.workspace, self.decision.choices
        task = self.context.perform(duplicates.merge(workspace, pair.entity, keep, other, choices=choices))
        gone = int(other.id)
        task.then(lambda _saved: self._drop(lambda found: gone in key_of(found)))
        task.otherwise(self._on_refused).finally_(lambda: self._set_merging(False))

    def ignore(self, pair: Pair) -> None:
        """Never these two."""
        task = self.context.perform(duplicates.ignore(self.context.workspace, pair.entity, pair.first, pair.second))
        task.then(lambda _saved: self._drop(lambda found: key_of(found) == key_of(pair)))

    def stop_ignoring(self, pair: IgnoredPair) -> None:
        """Look at an ignored pair again."""
        self.context.perform(duplicates.stop_ignoring(self.context.workspace, int(pair.id), pair.first, pair.second))

    def leave_for_later(self, pair: Pair) -> None:
        """Put a pair behind all others until the page is closed; the next one follows."""
        key, found = key_of(pair), self._found[pair.entity]
        place = found.pairs.index(pair)
        self._later.pop(key, None)
        self._later[key] = None
        found.pairs = self._in_order(found.pairs)
        if self.current == pair and len(found.pairs) > 1:
            # Behind the last one the review begins again.
            self.look_at(found.pairs[0] if found.pairs[place] == pair else found.pairs[place])
        self.pairs_changed.emit()

    def drop_records(self, gone: Set[int]) -> None:
        """Take the pairs of records that went into others out at once."""
        self._drop(lambda found: not gone.isdisjoint(key_of(found)))

    def close(self) -> None:
        """The workspace is about to be closed."""
        self.context.bridge.records_changed.disconnect(self._on_records_changed)
        self._soon.stop()
        self._preview.close()
        for found in self._found.values():
            found.lane.close()

    def preview_ignored(self) -> None:
        """Stand as if the last pair were one of those that are none, for pictures."""
        now = self.moments.now()
        last = [pair for pair in self.pairs[-1:] if not self.ignored]
        self.ignored[:0] = [IgnoredPair(0, pair.first.uid, pair.entity, pair.first, pair.second, now) for pair in last]
        self._found[self.entity].is_stale = True
        self.pairs_changed.emit()

    def preview_nothing(self) -> None:
        """Stand as in a book without pairs, for pictures."""
        self._found[self.entity].pairs = []
        self._found[self.entity].is_stale = True
        self.look_at(None)
        self.pairs_changed.emit()

    def _sides(self) -> tuple[PairSide, PairSide]:
        assert self.current is not None
        sides = (self.current.first, self.current.second)
        return (sides[1], sides[0]) if self._is_swapped else sides

    def _decide(self, decision: Decision | None) -> None:
        if decision is not None and decision != self.decision and not self.is_merging:
            self.decision = decision
            self.decision_changed.emit()

    def _set_merging(self, merging: bool) -> None:
        self.is_merging = merging
        self.decision_changed.emit()

    def _in_order(self, pairs: list[Pair]) -> list[Pair]:
        later = list(self._later)
        return sorted(pairs, key=lambda pair: later.index(key) + 1 if (key := key_of(pair)) in self._later else 0)

    def _read_stale(self) -> None:
        found, entity = self._found[self.entity], self.entity
        if not self._is_active or not found.is_stale or found.is_reading:
            return
        found.is_stale, found.is_reading = False, True
        service = self.context.workspace.duplicates

        def show(done: tuple[int, int]) -> None:
            self._on_progress(entity, done)

        report = self.context.tasks.reporting(show)

        def read() -> tuple[list[Pair], list[IgnoredPair]]:
            ignored = service.ignored(entity)
            return service.pairs(entity, progress=lambda done, total: report((done, total))), ignored

        task = found.lane.read(read).then(lambda answer: self._on_read(entity, *answer))
        task.otherwise(lambda error: self._on_failed(entity, error))

    def _read_decision(self) -> None:
        pair = self.current
        if pair is None:
            self._preview.forget()
            self._show_preview(None)
            return
        keep, other = self._sides()
        merging, entity = self.context.workspace.merging, pair.entity
        task = self._preview.read(lambda: merging.preview(entity, keep.id, other.id))
        task.then(self._show_preview).otherwise(self._on_preview_failed)

    def _show_preview(self, preview: MergePreview | None) -> None:
        before = self.decision
        if preview is None:
            self.decision = None
        elif before is not None and (before.preview.keep.id, before.preview.other.id) == (
            preview.keep.id,
            preview.other.id,
        ):
            self.decision = before.on(preview)
        else:
            self.decision = Decision(preview)
        self.decision_changed.emit()

    def _drop(self, is_gone: Callable[[Pair], bool]) -> None:
        """Take pairs out at once: the next reading may take seconds."""
        found = self._found[self.entity]
        place = max(self.place, 0)
        found.pairs = [pair for pair in found.pairs if not is_gone(pair)]
        if self.current is not None and is_gone(self.current):
            self.look_at(found.pairs[min(place, len(found.pairs) - 1)] if found.pairs else None)
        self.pairs_changed.emit()

    def _on_read(self, entity: EntityKind, pairs: list[Pair], ignored: list[IgnoredPair]) -> None:
        found = self._found[entity]
        found.is_reading = False
        if found.is_stale and found.is_read:
            # Something was merged or ignored meanwhile, which this answer may not know.
            self._soon.start()
            return
        found.pairs, found.ignored, found.is_read = self._in_order(pairs), ignored, True
        if entity is self.entity:
            self._find_current_again()
            self.pairs_changed.emit()
        self._soon.start()

    def _find_current_again(self) -> None:
        """The pair that is looked at stays so, with what was decided; one that is none any more is left."""
        if self.current is None:
            return
        key = key_of(self.current)
        again = next((pair for pair in self.pairs if key_of(pair) == key), None)
        if again is None:
            self.look_at(None)
        else:
            self._is_swapped ^= again.first.id != self.current.first.id
            self.current = again
            self._read_decision()

    def _on_failed(self, entity: EntityKind, error: BaseException) -> None:
        self._found[entity].is_reading = False
        if entity is self.entity:
            self.reading_failed.emit(error)

    def _on_preview_failed(self, error: BaseException) -> None:
        """A record of the pair is gone: the pairs are read again, which leaves this one."""
        self.context.tasks.failed.emit(error)
        self.look_at(None)
        self.read_again()

    def _on_refused(self, error: BaseException) -> None:
        if isinstance(error, MyCrmError):
            self.merge_refused.emit(error.title, error.message)
        else:
            self.context.tasks.failed.emit(error)

    def _on_progress(self, entity: EntityKind, done: tuple[int, int]) -> None:
        if entity is self.entity and self.is_reading:
            self.progress_made.emit(*done)

    def _on_records_changed(self, entity: EntityKind, _ids: tuple[int, ...] | None, _origin: str, _batch: int) -> None:
        if entity in _CONCERNED:
            stale = [self._found[entity]] if entity in KINDS else list(self._found.values())
            for found in stale:
                found.is_stale = True
            if self._is_active:
                self._soon.start()
