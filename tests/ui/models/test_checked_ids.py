"""The checked records of a list."""

from PySide6.QtCore import Qt

from ui.models.checked_ids import CheckedIds


def test_toggling_checks_and_unchecks() -> None:
    checked = CheckedIds()
    assert [checked.toggle(5), checked.toggle(5)] == [True, False]


def test_the_state_says_none_some_or_all() -> None:
    checked = CheckedIds()
    states = [checked.state(2)]
    checked.toggle(1)
    states.append(checked.state(2))
    checked.add([2])
    states.append(checked.state(2))
    assert states == [Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked, Qt.CheckState.Checked]


def test_checked_ids_come_in_the_order_of_the_list() -> None:
    checked = CheckedIds()
    checked.add([1, 3, 2])
    assert checked.in_order([3, 9, 1, 2]) == [3, 1, 2]


def test_what_leaves_the_list_is_no_longer_checked() -> None:
    checked = CheckedIds()
    checked.add([1, 2])
    assert checked.keep([2, 3])
    assert checked.in_order([1, 2, 3]) == [2]
    assert not checked.keep([2, 3])
