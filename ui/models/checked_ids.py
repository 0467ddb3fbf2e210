"""Which records are checked, kept by id and apart from rows: checking a hundred thousand takes no row."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt


class CheckedIds:
    """A set of ids that says how it stands to the whole list."""

    def __init__(self) -> None:
        self._ids: set[int] = set()

    def __contains__(self, local_id: int) -> bool:
        return local_id in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def toggle(self, local_id: int) -> bool:
        """Check what was not, or the other way round; returns what it is now."""
        if local_id in self._ids:
            self._ids.discard(local_id)
            return False
        self._ids.add(local_id)
        return True

    def add(self, ids: Iterable[int]) -> None:
        """Check these too."""
        self._ids.update(ids)

    def discard(self, ids: Iterable[int]) -> None:
        """Check these no longer."""
        self._ids.difference_update(ids)

    def clear(self) -> None:
        """Check none."""
        self._ids.clear()

    def keep(self, ids: Iterable[int]) -> bool:
        """Uncheck what is not among these; returns whether anything was."""
        before = len(self._ids)
        if before:
            self._ids.intersection_update(ids)
        return len(self._ids) != before

    def in_order(self, ids: Sequence[int]) -> list[int]:
        """The checked ids as the list orders them."""
        return [local_id for local_id in ids if local_id in self._ids]

    def state_of(self, ids: Sequence[int]) -> Qt.CheckState:
        """Whether all of these are checked, some or none."""
        if not self._ids or self._ids.isdisjoint(ids):
            return Qt.CheckState.Unchecked
        every = all(map(self._ids.__contains__, ids))
        return Qt.CheckState.Checked if every else Qt.CheckState.PartiallyChecked

    def state(self, total: int) -> Qt.CheckState:
        """Whether all of `total` records are checked, some or none."""
        if not self._ids:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if len(self._ids) >= total else Qt.CheckState.PartiallyChecked
