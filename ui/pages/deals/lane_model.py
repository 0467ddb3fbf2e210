"""The cards of one lane: ids in memory, rows read in slices when they come into view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from services.errors import MyCrmError
from services.records.sales import DealRow
from ui.delegates.deal_card import CardFace, CardRole, Place
from ui.models.row_cache import RowCache
from ui.pages import PageContext
from ui.pages.deals.card_face import card_face
from ui.pages.record.moments import Moments

Index = QModelIndex | QPersistentModelIndex

SLICE: Final = 40
NOWHERE: Final = -1
_PARENT: Final = QModelIndex()


class LaneModel(QAbstractListModel):
    """Cards in the order of the lane, the slot of a card that is dragged over it, and the way to add one."""

    def __init__(self, context: PageContext, moments: Moments, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._moments = moments
        self._ids: list[int] = []
        self._cache: RowCache[DealRow] = RowCache()
        self._faces: dict[int, CardFace] = {}
        self._slot = NOWHERE
        self._gap: int | None = None
        self._adds = False
        self._wanted: set[int] = set()
        self._lane = context.tasks.lane()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._on_slices_due)
        self._open = True

    @property
    def ids(self) -> Sequence[int]:
        """The deals of the lane in order."""
        return self._ids

    @property
    def slot(self) -> int:
        """The row of the slot, -1 for none."""
        return self._slot

    def set_adds(self, adds: bool) -> None:
        """Whether the last row is the way to add a deal."""
        if adds != self._adds:
            self.beginResetModel()
            self._adds = adds
            self.endResetModel()

    def show_ids(self, ids: Sequence[int], rows: Mapping[int, DealRow]) -> None:
        """Show these deals; the rows that came with them need no reading. Cards that stay keep their place."""
        self.close_slot()
        ticket = self._cache.begin(rows)
        self._cache.arrived(ticket, list(rows), rows, missing="")
        for local_id in rows:
            self._faces.pop(local_id, None)
        new = list(ids)
        if new != self._ids:
            self._replace(new)
        self._tell_all()

    def row(self, local_id: int) -> DealRow | None:
        """A deal as it was read last."""
        return self._cache.get(local_id)

    def id_at(self, row: int) -> int | None:
        """The deal in a row; None for the slot and the way to add one."""
        if self._slot != NOWHERE:
            if row == self._slot:
                return None
            row -= row > self._slot
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, local_id: int | None) -> int:
        """The row of a deal, -1 when it is not here."""
        if local_id is None or local_id not in self._ids:
            return NOWHERE
        row = self._ids.index(local_id)
        return row + (self._slot != NOWHERE and row >= self._slot)

    def is_add(self, row: int) -> bool:
        """Whether a row is the way to add a deal."""
        return self._adds and row == self.rowCount() - 1

    def face(self, local_id: int) -> CardFace | None:
        """The card of a deal that was read."""
        row = self._cache.get(local_id)
        if row is None:
            return None
        made = self._faces.get(local_id)
        if made is None:
            made = self._faces[local_id] = card_face(row, self._moments)
        return made

    def invalidate(self, ids: Iterable[int] | None) -> None:
        """These deals changed, or (None) any may have: read again when next shown."""
        named = None if ids is None else list(ids)
        self._cache.invalidate(named)
        if named is None:
            self._faces.clear()
        self._tell_all()

    def open_slot(self, place: int) -> None:
        """Make room for the card that is dragged before the card at `place`."""
        place = min(max(0, place), len(self._ids))
        if place == self._slot:
            return
        self.close_slot()
        self.beginInsertRows(_PARENT, place, place)
        self._slot = place
        self.endInsertRows()

    def close_slot(self) -> None:
        """Nothing is dragged over this lane any more."""
        if self._slot == NOWHERE:
            return
        self.beginRemoveRows(_PARENT, self._slot, self._slot)
        self._slot = NOWHERE
        self.endRemoveRows()

    def set_gap(self, local_id: int | None) -> None:
        """The card of this deal is in the hand: its place is empty; None puts it back."""
        before, self._gap = self._gap, local_id
        for changed in {before, local_id} - {None}:
            row = self.row_of(changed)
            if row >= 0:
                self.dataChanged.emit(self.index(row), self.index(row))

    def place_for(self, dragged: DealRow) -> int:
        """Where a deal would stand: lanes go by the close, then by the title; what is not read yet comes after."""
        for place, local_id in enumerate(self._ids):
            row = self._cache.get(local_id)
            if row is None or _order(row) > _order(dragged):
                return place
        return len(self._ids)

    def close(self) -> None:
        """Ignore what is still to come."""
        self._open = False
        self._lane.close()
        self._soon.stop()

    def _replace(self, new: list[int]) -> None:
        """Change only what lies between the common beginning and the common end."""
        old = self._ids
        first = 0
        while first < min(len(old), len(new)) and old[first] == new[first]:
            first += 1
        rest = 0
        while rest < min(len(old), len(new)) - first and old[-1 - rest] == new[-1 - rest]:
            rest += 1
        if len(old) - rest > first:
            self.beginRemoveRows(_PARENT, first, len(old) - rest - 1)
            del old[first : len(old) - rest]
            self.endRemoveRows()
        if len(new) - rest > first:
            self.beginInsertRows(_PARENT, first, len(new) - rest - 1)
            old[first:first] = new[first : len(new) - rest]
            self.endInsertRows()

    def _tell_all(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def _want(self, local_id: int) -> None:
        self._wanted.add(local_id)
        if self._open and not self._soon.isActive():
            self._soon.start()

    def _on_slices_due(self) -> None:
        """Read what came into view, and what lies around it."""
        wanted, self._wanted = self._wanted, set()
        places = [place for place, local_id in enumerate(self._ids) if local_id in wanted]
        if not places:
            return
        first, last = max(0, places[0] - SLICE // 2), places[-1] + SLICE // 2
        ids = [local_id for local_id in self._ids[first : last + 1] if self._cache.needs(local_id)][: 4 * SLICE]
        if not ids:
            return
        ticket, deals = self._cache.begin(ids), self._context.workspace.deals

        def arrived(rows: list[DealRow]) -> None:
            found = {int(row.id): row for row in rows}
            self._cache.arrived(ticket, ids, found, missing=self.tr("This deal is gone."))
            self._ended(ids)

        def failed(error: BaseException) -> None:
            why = error.title if isinstance(error, MyCrmError) else self.tr("This deal could not be read.")
            self._cache.failed(ticket, ids, why)
            self._ended(ids)

        self._context.tasks.read(lambda: deals.rows(ids)).then(arrived).otherwise(failed)

    def _ended(self, ids: Sequence[int]) -> None:
        if not self._open:
            return
        for local_id in ids:
            self._faces.pop(local_id, None)
        self._tell_all()

    def rowCount(self, parent: Index = _PARENT) -> int:
        return 0 if parent.isValid() else len(self._ids) + (self._slot != NOWHERE) + self._adds

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or index.row() == self._slot:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        if self.is_add(index.row()):
            return self._add_data(role)
        local_id = self.id_at(index.row())
        if local_id is None:
            return Place.SLOT if role == CardRole.PLACE else None
        if self._cache.needs(local_id):
            self._want(local_id)
        if role == CardRole.PLACE:
            return self._place(local_id)
        face = self.face(local_id)
        if role == CardRole.FACE:
            return face
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            spoken = face.spoken if face is not None else self._cache.error(local_id) or self.tr("Loading")
            return spoken if role == Qt.ItemDataRole.AccessibleTextRole else face.title if face else ""
        return None

    def _place(self, local_id: int) -> Place:
        if local_id == self._gap:
            return Place.GAP
        return Place.LOADING if self._cache.get(local_id) is None else Place.CARD

    def _add_data(self, role: int) -> Any:
        if role == CardRole.PLACE:
            return Place.ADD
        return (
            self.tr("Add deal") if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        )


def _order(row: DealRow) -> tuple[bool, str, str]:
    close = row.expected_close.isoformat() if row.expected_close is not None else ""
    return (not close, close, row.title.casefold())
