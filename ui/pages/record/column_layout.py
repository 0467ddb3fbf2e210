"""How wide the columns of a list are, and which give way when the window is narrow. Pure: knows no widget."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """One column: `rank` 0 never gives way, the highest goes first; `stretch` is its share of spare room."""

    key: str
    width: int
    rank: int
    stretch: int = 0
    shown: bool = True


@dataclass(frozen=True, slots=True)
class ColumnWidths:
    """The shown columns with their widths, in their order, and those that gave way."""

    widths: dict[str, int]
    dropped: tuple[str, ...]


def fit_columns(
    rules: Sequence[ColumnRule], shown: Sequence[str], chosen: Mapping[str, int], *, room: int, edge: int = 0
) -> ColumnWidths:
    """Widths of the columns in `shown` that fit into `room` pixels and fill it.

    `chosen` are widths that the user set; they are kept and do not stretch. `edge` is what the first and the
    last column need beside their content together.
    """
    by_key = {rule.key: rule for rule in rules}
    standing = [by_key[key] for key in shown if key in by_key]
    dropped: list[str] = []

    def needed() -> int:
        return sum(chosen.get(rule.key, rule.width) for rule in standing) + edge

    while needed() > room:
        weakest = max(standing, key=lambda rule: rule.rank, default=None)
        if weakest is None or weakest.rank == 0:
            break
        standing.remove(weakest)
        dropped.append(weakest.key)
    widths = {rule.key: chosen.get(rule.key, rule.width) for rule in standing}
    _share_out(widths, [rule for rule in standing if rule.key not in chosen], room - needed())
    return ColumnWidths(widths, tuple(dropped))


def _share_out(widths: dict[str, int], rules: Sequence[ColumnRule], spare: int) -> None:
    total = sum(rule.stretch for rule in rules)
    if spare <= 0 or not total:
        return
    left = spare
    for rule in rules:
        share = spare * rule.stretch // total
        widths[rule.key] += share
        left -= share
    widths[next(rule.key for rule in rules if rule.stretch)] += left
