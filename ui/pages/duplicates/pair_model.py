"""The pairs of a list: two names, the reason below, and how alike they are at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from services.records.duplicates import IgnoredPair, Pair
from services.records.fields import EntityKind
from ui.delegates.roles import CellRole
from ui.pages.duplicates.view_model import Key, key_of
from ui.pages.record.moments import Moments
from ui.theme.tokens import Tone

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
SURE = 90


class PairModel(QAbstractListModel):
    """Pairs to look at, or pairs that are none; every one is known, so nothing is read while it scrolls."""

    def __init__(self, moments: Moments) -> None:
        super().__init__()
        self._moments = moments
        self._pairs: tuple[Pair | IgnoredPair, ...] = ()
        self._checked: frozenset[Key] = frozenset()

    def show_pairs(self, pairs: Sequence[Pair | IgnoredPair]) -> None:
        """Show other pairs."""
        self.beginResetModel()
        self._pairs = tuple(pairs)
        self.endResetModel()

    def show_checked(self, keys: frozenset[Key]) -> None:
        """Mark the pairs that are selected."""
        if keys != self._checked:
            self._checked = keys
            if self._pairs:
                ends = self.index(0, 0), self.index(len(self._pairs) - 1, 0)
                self.dataChanged.emit(*ends, [Qt.ItemDataRole.CheckStateRole])

    def pair(self, row: int) -> Pair | IgnoredPair | None:
        """The pair of a row."""
        return self._pairs[row] if 0 <= row < len(self._pairs) else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._pairs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        pair = self.pair(index.row()) if index.isValid() else None
        if pair is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.tr("{one} and {two}").format(one=pair.first.name, two=pair.second.name)
        if role == CellRole.SECONDARY:
            return self._second_line(pair)
        is_checked = key_of(pair) in self._checked
        if role == Qt.ItemDataRole.CheckStateRole and isinstance(pair, Pair):
            return Qt.CheckState.Checked if is_checked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = [self.data(index), *(text for text, _tone in self._tags(pair)), self._second_line(pair)]
            return ". ".join([*said, self.tr("Selected")] if is_checked else said)
        looks: dict[int, Any] = {
            CellRole.AVATAR_ID: int(pair.first.id),
            CellRole.AVATAR_NAME: pair.first.name,
            CellRole.AVATAR_ROUNDED: pair.entity is EntityKind.COMPANY,
            CellRole.TAGS: self._tags(pair),
        }
        return looks.get(role)

    def _second_line(self, pair: Pair | IgnoredPair) -> str:
        if isinstance(pair, Pair):
            return pair.reason
        return self.tr("Never shown as a pair since {day}").format(day=self._moments.day(pair.ignored_at))

    def _tags(self, pair: Pair | IgnoredPair) -> list[tuple[str, Tone]]:
        if not isinstance(pair, Pair):
            return []
        tone = Tone.ACCENT if pair.score >= SURE else Tone.NEUTRAL
        return [(self.tr("{score}% alike").format(score=pair.score), tone)]
