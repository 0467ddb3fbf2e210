"""Rows under heads: counts, folding, checking whole groups, and that heads are no records."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.ui.models.reading import GroupedNumbers, NumberedSource, Reading, reading
from ui.delegates.group_head import GroupHead
from ui.delegates.roles import CellRole, RowState


@pytest.fixture
def there(qtbot: QtBot) -> Iterator[Reading]:
    with reading(qtbot) as made:
        yield made


def two_groups() -> GroupedNumbers:
    """Two of one, three of another, one of none."""
    return GroupedNumbers([], groups={"a": [11, 12], "b": [21, 22, 23], None: [31]})


def shown(there: Reading) -> list[int | str]:
    """What stands in the rows: ids, and the names of heads."""
    model = there.model
    return [
        head_at(there, row).label if model.is_head(row) else model.id_at(row) or 0 for row in range(model.rowCount())
    ]


def head_at(there: Reading, row: int) -> GroupHead:
    found = there.model.index(row, 1).data(CellRole.GROUP)
    assert isinstance(found, GroupHead)
    return found


def test_each_group_has_a_head_with_its_count_and_sum(there: Reading) -> None:
    there.show(two_groups())
    assert shown(there) == ["a", 11, 12, "b", 21, 22, 23, "None", 31]
    head = head_at(there, 3)
    assert (head.label, head.count, head.sums, head.is_open) == ("b", 3, "€3", True)
    assert there.state(3) == RowState.GROUP
    assert there.model.index(3, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "b, 3 record(s), €3, open"
    assert list(there.model.ids) == [11, 12, 21, 22, 23, 31]


def test_a_head_is_neither_read_nor_edited_nor_a_record(there: Reading) -> None:
    source = two_groups()
    there.show(source)
    there.texts(*range(9))
    there.read_all()
    assert source.rows_read == [[11, 12, 21, 22, 23, 31]]
    assert (there.model.id_at(0), there.model.row_at(0)) == (None, None)
    assert not there.model.flags(there.model.index(0, 2)) & Qt.ItemFlag.ItemIsEditable
    assert there.model.flags(there.model.index(1, 2)) & Qt.ItemFlag.ItemIsEditable


def test_a_folded_group_stays_folded_when_the_list_is_read_again(there: Reading) -> None:
    there.show(two_groups())
    there.model.toggle_open(0)
    assert shown(there) == ["a", "b", 21, 22, 23, "None", 31]
    there.show(GroupedNumbers([], groups={"0": [1], "a": [11, 12, 13], None: [31]}))
    assert shown(there) == ["0", 1, "a", "None", 31]
    there.model.toggle_open(2)
    assert shown(there) == ["0", 1, "a", 11, 12, 13, "None", 31]


def test_what_others_remember_of_a_row_follows_it(there: Reading) -> None:
    there.show(two_groups())
    kept, lost = (QPersistentModelIndex(there.model.index(row, 1)) for row in (5, 1))
    there.model.toggle_open(0)
    assert (kept.row(), lost.isValid()) == (3, False)
    there.model.toggle_open(0)
    assert kept.row() == 5


def test_all_groups_are_folded_and_unfolded_at_once(there: Reading) -> None:
    there.show(two_groups())
    there.model.open_all(False)
    assert (shown(there), there.model.is_any_open) == (["a", "b", "None"], False)
    there.model.open_all(True)
    assert (len(shown(there)), there.model.is_any_open) == (9, True)


def test_the_group_of_a_record_is_unfolded_for_it(there: Reading) -> None:
    there.show(two_groups())
    there.model.open_all(False)
    there.model.open_group_of(22)
    assert shown(there) == ["a", "b", 21, 22, 23, "None"]
    there.model.open_group_of(99)
    assert there.model.rowCount() == 6


@pytest.mark.parametrize(
    ("row", "step", "reached"), [(-1, 1, 1), (2, 1, 4), (4, -1, 2), (1, -1, -1), (8, 1, -1), (3, 1, 4)]
)
def test_the_next_record_is_never_a_head(there: Reading, row: int, step: int, reached: int) -> None:
    there.show(two_groups())
    assert there.model.record_row(row, step) == reached


@pytest.mark.parametrize(("row", "head", "key"), [(0, 0, "a"), (2, 0, "a"), (6, 3, "b"), (8, 7, None), (9, -1, None)])
def test_every_row_knows_the_head_over_it(there: Reading, row: int, head: int, key: str | None) -> None:
    there.show(two_groups())
    assert (there.model.head_row_of(row), there.model.key_at(row)) == (head, key)


def test_checking_a_head_checks_its_whole_group_folded_or_not(there: Reading) -> None:
    there.show(two_groups())
    there.model.toggle_open(3)
    there.model.toggle_checked(3)
    assert there.model.checked == [21, 22, 23]
    assert head_at(there, 3).check is Qt.CheckState.Checked
    there.model.toggle_open(3)
    there.model.toggle_checked(5)
    assert head_at(there, 3).check is Qt.CheckState.PartiallyChecked
    there.model.toggle_checked(3)
    there.model.toggle_checked(3)
    assert (there.model.checked, head_at(there, 3).check) == ([], Qt.CheckState.Unchecked)


def test_a_range_over_heads_checks_only_records(there: Reading) -> None:
    there.show(two_groups())
    there.model.check_range(1, 5)
    assert there.model.checked == [11, 12, 21, 22]
    there.model.check_all(True)
    assert (there.model.checked_count, there.model.check_state) == (6, Qt.CheckState.Checked)


def test_a_record_in_two_groups_counts_once_and_changes_in_both(there: Reading, qtbot: QtBot) -> None:
    there.show(GroupedNumbers([], groups={"x": [1, 2], "y": [2, 3]}))
    there.read_all()
    assert (list(there.model.ids), len(shown(there))) == ([1, 2, 3], 6)
    there.model.toggle_checked(2)
    assert (there.model.checked, head_at(there, 3).check) == ([2], Qt.CheckState.PartiallyChecked)
    changed: list[int] = []
    there.model.dataChanged.connect(lambda first, _last, _roles: changed.append(first.row()))
    there.model.invalidate([2], list_too=False)
    assert changed == [2, 4]


def test_the_heads_go_when_a_list_without_groups_comes(there: Reading) -> None:
    there.show(two_groups())
    there.show(NumberedSource([5, 6]))
    assert (there.model.is_grouped, shown(there)) == (False, [5, 6])
    assert (there.model.record_row(0, 1), there.model.nearest_record(1)) == (1, 1)
    there.model.check_range(0, 1)
    assert there.model.checked == [5, 6]


def test_the_model_keeps_the_rules_of_item_models_while_it_is_folded(there: Reading) -> None:
    failure = QAbstractItemModelTester.FailureReportingMode.Fatal
    groups: dict[str | None, list[int]] = {f"g{n}": list(range(n * 50, n * 50 + 50)) for n in range(1, 11)}
    tester = QAbstractItemModelTester(there.model, failure)
    there.show(GroupedNumbers([], groups=dict(groups)))
    there.read_all()
    assert there.model.rowCount() == 510
    for row in (0, 100, 1, 400, 0):
        there.model.toggle_open(there.model.head_row_of(min(row, there.model.rowCount() - 1)))
        there.read_all()
    there.model.open_all(False)
    there.model.open_all(True)
    there.model.check_all(True)
    there.show(GroupedNumbers([], groups={None: [], **dict(list(groups.items())[:3])}))
    there.show(NumberedSource(range(500)))
    there.read_all()
    assert tester.model() is there.model


def test_folding_a_group_of_a_hundred_thousand_takes_no_noticeable_time(there: Reading) -> None:
    there.show(GroupedNumbers([], groups={"a": range(1, 100_001), "b": range(100_001, 100_101)}))
    worst = 0.0
    for _ in range(4):
        began = time.perf_counter()
        there.model.toggle_open(0)
        head_at(there, 0)
        worst = max(worst, time.perf_counter() - began)
    assert worst < 0.05
