"""Many pairs to merge at once: which are selected, what merging them would do, and doing it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QObject, Signal

from services.errors import MyCrmError
from services.records.duplicates import MergePlan, Pair
from ui.operations import duplicates
from ui.pages.duplicates.view_model import DuplicatesViewModel, Key, key_of

LEVELS: Final = (99, 95, 90, 80)
"""The likenesses from which on all pairs can be selected at once."""


class BulkMerge(QObject):
    """Keeps what is selected as long as those pairs are listed; the plan is that of the selection."""

    #: Other pairs are selected now.
    selection_changed = Signal()
    #: The plan was asked for, came, or was left.
    plan_changed = Signal()
    #: The merge was refused, or could not be planned: title and message.
    refused = Signal(str, str)

    def __init__(self, pairs: DuplicatesViewModel) -> None:
        super().__init__()
        self._pairs = pairs
        self._selected: dict[Key, Pair] = {}
        self._lane = pairs.context.tasks.lane()
        self.is_open = False
        self.is_merging = False
        self.plan: MergePlan | None = None
        pairs.pairs_changed.connect(self._on_pairs_changed)

    @property
    def selected(self) -> list[Pair]:
        """The selected pairs, in the order of the list."""
        return [pair for pair in self._pairs.pairs if key_of(pair) in self._selected]

    @property
    def keys(self) -> frozenset[Key]:
        """What makes the selected pairs."""
        return frozenset(self._selected)

    def counts(self) -> list[tuple[int, int]]:
        """How many pairs reach each level, without levels that select no more than the one above."""
        found: list[tuple[int, int]] = []
        for level in (*LEVELS, 0):
            count = sum(pair.score >= level for pair in self._pairs.pairs)
            if count and (not found or count > found[-1][1]):
                found.append((level, count))
        return found

    def toggle(self, pair: Pair) -> None:
        """Select a pair, or no longer."""
        if key_of(pair) in self._selected:
            self._set(known for known in self._selected.values() if key_of(known) != key_of(pair))
        else:
            self._set((*self._selected.values(), pair))

    def add(self, pairs: Iterable[Pair]) -> None:
        """Select these too."""
        self._set((*self._selected.values(), *pairs))

    def select_from(self, level: int) -> None:
        """Select the pairs that are at least so much alike, and no others."""
        self._set(pair for pair in self._pairs.pairs if pair.score >= level)

    def clear(self) -> bool:
        """Select none; returns whether any was."""
        had = bool(self._selected)
        self._set(())
        return had

    def open(self) -> None:
        """Show what merging the selected pairs would do."""
        if self._selected:
            self.is_open = True
            self._read_plan()

    def leave(self) -> None:
        """Back to the list; what is selected stays so."""
        self.is_open, self.plan = False, None
        self._lane.forget()
        self.plan_changed.emit()

    def merge(self) -> None:
        """Carry the plan out."""
        plan = self.plan
        if plan is None or self.is_merging or not self.is_open:
            return
        self._set_merging(True)
        task = self._pairs.context.perform(duplicates.merge_many(self._pairs.context.workspace, plan))
        task.then(lambda _saved: self._on_merged(plan))
        task.otherwise(self._on_refused).finally_(lambda: self._set_merging(False))

    def close(self) -> None:
        """The workspace is about to be closed."""
        self._lane.close()

    def _set(self, pairs: Iterable[Pair]) -> None:
        wanted = {key_of(pair): pair for pair in pairs}
        if wanted.keys() == self._selected.keys() or self.is_merging:
            return
        self._selected = wanted
        self.selection_changed.emit()
        if self.is_open:
            if wanted:
                self._read_plan()
            else:
                self.leave()

    def _read_plan(self) -> None:
        self.plan = None
        self._ask_for_plan()
        self.plan_changed.emit()

    def _ask_for_plan(self) -> None:
        merging, entity = self._pairs.context.workspace.merging, self._pairs.entity
        pairs = [(int(pair.first.id), int(pair.second.id)) for pair in self.selected]
        self._lane.read(lambda: merging.plan(entity, pairs)).then(self._on_planned).otherwise(self._on_refused)

    def _set_merging(self, merging: bool) -> None:
        self.is_merging = merging
        self.plan_changed.emit()

    def _on_planned(self, plan: MergePlan) -> None:
        self.plan = plan
        self.plan_changed.emit()

    def _on_merged(self, plan: MergePlan) -> None:
        self.is_merging = False
        self.is_open, self.plan = False, None
        self._pairs.drop_records(plan.ends)
        self.plan_changed.emit()

    def _on_pairs_changed(self) -> None:
        """Pairs that are listed no more are not selected; of those that are something else may be known now."""
        if self.is_merging:
            return
        if len(self.selected) < len(self._selected):
            self._set(self.selected)
        elif self.is_open:
            self._ask_for_plan()

    def _on_refused(self, error: BaseException) -> None:
        if isinstance(error, MyCrmError):
            self.refused.emit(error.title, error.message)
        else:
            self._pairs.context.tasks.failed.emit(error)
