"""The ids of a list by group: what a row source answers when its list is to be shown with heads."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import overload


@dataclass(frozen=True, slots=True)
class GroupOfIds:
    """One group: what tells it from the others, its name, its sum as it is written, and its records in order."""

    key: Hashable
    label: str
    ids: Sequence[int]
    sums: str = ""


class GroupedIds(Sequence[int]):
    """Every record of a list once, in the order of its groups; a record can stand in several of them."""

    def __init__(self, groups: Sequence[GroupOfIds]) -> None:
        self.groups = tuple(groups)
        every = array("q", chain.from_iterable(group.ids for group in self.groups))
        once = dict.fromkeys(every)
        self.are_shared = len(once) < len(every)
        self.ids: Sequence[int] = array("q", once) if self.are_shared else every

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GroupedIds) and self.groups == other.groups

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, place: int) -> int: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...

    def __getitem__(self, place: int | slice) -> int | Sequence[int]:
        return self.ids[place]
