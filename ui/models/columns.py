"""What a table model is told of one column: its key, title and the values it takes from a row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from ui.delegates.roles import CellKind

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column; `values` answers item roles other than the displayed text from a row.

    `sort` is the sort key of list requests, "" where the column cannot be sorted by; `field` names what an
    edit of the cell changes, "" for cells that are only read. `newest_first` is how a first press sorts.
    """

    key: str
    title: str
    kind: CellKind
    text: Callable[[Row], str]
    values: Mapping[int, Callable[[Row], Any]] = field(default_factory=dict)
    sort: str = ""
    field: str = ""
    newest_first: bool = False
