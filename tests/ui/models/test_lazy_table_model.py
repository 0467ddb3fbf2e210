"""The lazy table: ids in memory, rows when they are shown, nothing waited for."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from services.errors import InvalidValue
from tests.ui.models.reading import NumberedSource, Reading, reading
from ui.delegates.roles import CellRole, RowState
from ui.models.lazy_table_model import PAGE, PAGES_WAITING, READS_AT_ONCE


@pytest.fixture
def there(qtbot: QtBot) -> Iterator[Reading]:
    with reading(qtbot) as made:
        yield made


def test_nothing_is_listed_before_the_ids_arrive(there: Reading) -> None:
    there.model.show_list(NumberedSource(range(5)))
    assert (there.model.rowCount(), there.model.is_read) == (0, False)
    there.go()
    assert (there.model.rowCount(), there.model.is_read) == (5, True)


def test_rows_are_placeholders_until_they_are_read(there: Reading) -> None:
    there.show(NumberedSource([7, 8]))
    assert (there.texts(0), there.state(0)) == ([None], RowState.LOADING)
    there.settle()
    there.go()
    assert (there.texts(0, 1), there.state(0)) == (["a7", "a8"], RowState.NORMAL)


def test_one_paint_of_many_rows_is_one_read(there: Reading) -> None:
    source = NumberedSource(range(1000))
    there.show(source)
    there.texts(*range(20))
    there.read_all()
    assert source.rows_read == [list(range(PAGE))]


def test_the_rows_around_those_shown_are_read_ahead(there: Reading) -> None:
    source = NumberedSource(range(1000))
    there.show(source)
    there.model.show_rows(180, 199)
    there.read_all()
    assert {ids[0] for ids in source.rows_read} == {100, 200}


def test_what_was_scrolled_past_long_ago_is_not_read(there: Reading) -> None:
    source = NumberedSource(range(100_000))
    there.show(source)
    for row in range(0, 100_000, 500):
        there.texts(row)
    there.settle()
    assert len(there.reins.waiting) == READS_AT_ONCE
    there.read_all()
    assert len(source.rows_read) <= PAGES_WAITING
    assert source.rows_read[0][0] == 99_500, "what is shown now comes first"


def test_the_old_list_stays_until_the_ids_of_the_new_one_arrive(there: Reading) -> None:
    there.show(NumberedSource([1, 2]))
    there.texts(0)
    there.read_all()
    there.model.show_list(NumberedSource([2, 3], edition="b"))
    assert there.texts(0, 1) == ["a1", "a2"]
    there.go()
    assert there.texts(0) == ["a2"], "rows outlive the list they came with"


def test_only_the_newest_list_is_shown(there: Reading) -> None:
    there.model.show_list(NumberedSource([1]))
    there.model.show_list(NumberedSource([2, 3]))
    there.go()
    there.go()
    assert list(there.model.ids) == [2, 3]


def test_the_views_are_told_whether_it_is_another_list(there: Reading, qtbot: QtBot) -> None:
    said: list[bool] = []
    there.model.ids_replaced.connect(said.append)
    source = NumberedSource([1])
    there.show(source)
    source.listed = [1, 2]
    there.model.invalidate(None)
    qtbot.waitUntil(lambda: bool(there.reins.waiting))
    there.go()
    assert said == [True, False]


def test_a_change_makes_the_named_rows_stale_and_shows_them_until_the_new_ones_come(there: Reading) -> None:
    source = NumberedSource([1, 2])
    there.show(source)
    there.texts(0)
    there.read_all()
    source.edition = "b"
    there.model.invalidate([2], list_too=False)
    assert there.texts(0, 1) == ["a1", "a2"]
    there.read_all()
    assert there.texts(0, 1) == ["a1", "b2"]


def test_several_changes_within_a_moment_read_the_list_once(there: Reading, qtbot: QtBot) -> None:
    source = NumberedSource([1, 2])
    there.show(source)
    for _ in range(5):
        there.model.invalidate([1])
    qtbot.waitUntil(lambda: bool(there.reins.waiting))
    there.read_all()
    assert source.lists_read == 2


def test_reading_the_same_ids_again_resets_nothing(there: Reading, qtbot: QtBot) -> None:
    there.show(NumberedSource([1, 2]))
    resets: list[bool] = []
    there.model.modelReset.connect(lambda: resets.append(True))
    there.model.invalidate(None)
    qtbot.waitUntil(lambda: bool(there.reins.waiting))
    there.read_all()
    assert not resets


def test_a_row_that_cannot_be_read_says_so_and_the_rest_of_the_list_stays(there: Reading) -> None:
    source = NumberedSource(range(300))
    there.show(source)
    there.texts(0)
    there.read_all()
    source.refused = InvalidValue("The disk was removed", "Put it back.")
    there.texts(250)
    there.read_all()
    index = there.model.index(250, 1)
    assert there.state(250) == RowState.ERROR
    assert index.data(CellRole.ERROR) == "The disk was removed."
    assert index.data(CellRole.SECONDARY) == "The rest of the list is complete."
    assert there.texts(0) == ["a0"]
    source.refused = None
    there.model.retry(250)
    there.texts(250, 251)
    there.read_all()
    assert there.texts(250, 251) == ["a250", "a251"]


def test_a_record_that_is_gone_is_an_error_of_its_row(there: Reading) -> None:
    there.show(NumberedSource([1, 2], gone=frozenset({2})))
    there.texts(0)
    there.read_all()
    assert (there.texts(0), there.state(1)) == (["a1"], RowState.ERROR)


def test_a_list_that_cannot_be_read_is_told_and_the_present_one_stays(there: Reading) -> None:
    there.show(NumberedSource([1]))
    errors: list[object] = []
    there.model.list_failed.connect(errors.append)
    there.model.show_list(NumberedSource([2], refused=InvalidValue("No such field", "Name one.")))
    there.go()
    assert (len(errors), list(there.model.ids)) == (1, [1])


def test_checking_is_by_id_and_outlives_another_order(there: Reading) -> None:
    there.show(NumberedSource([1, 2, 3]))
    there.model.toggle_checked(0)
    there.model.show_list(NumberedSource([3, 2, 1]))
    there.go()
    assert there.model.checked == [1]
    assert there.state(2) & RowState.CHECKED


def test_what_leaves_the_list_is_unchecked_and_that_is_told(there: Reading) -> None:
    there.show(NumberedSource([1, 2, 3]))
    there.model.check_all(True)
    counts: list[int] = []
    there.model.checked_changed.connect(counts.append)
    there.model.show_list(NumberedSource([2]))
    there.go()
    assert (there.model.checked, counts) == ([2], [1])


def test_a_range_of_rows_is_checked_with_both_ends(there: Reading) -> None:
    there.show(NumberedSource(range(10, 20)))
    there.model.check_range(2, 4)
    assert there.model.checked == [12, 13, 14]
    assert there.model.check_state is Qt.CheckState.PartiallyChecked


def test_checking_a_hundred_thousand_reads_no_row_and_takes_no_time(there: Reading) -> None:
    source = NumberedSource(range(100_000))
    there.show(source)
    started = time.thread_time()
    there.model.check_all(True)
    spent = time.thread_time() - started
    flags = there.model.flags(there.model.index(99_999, 1))
    assert (there.model.checked_count, source.rows_read, spent < 0.05) == (100_000, [], True)
    assert flags & Qt.ItemFlag.ItemIsEnabled
    assert not there.reins.waiting


def test_cells_can_be_edited_once_their_row_is_read(there: Reading) -> None:
    there.show(NumberedSource([1]))
    before = there.model.flags(there.model.index(0, 2))
    there.texts(0)
    there.read_all()
    assert not before & Qt.ItemFlag.ItemIsEditable
    assert there.model.flags(there.model.index(0, 2)) & Qt.ItemFlag.ItemIsEditable
    assert not there.model.flags(there.model.index(0, 1)) & Qt.ItemFlag.ItemIsEditable


def test_while_a_row_is_edited_the_list_keeps_its_places(there: Reading) -> None:
    there.show(NumberedSource([1, 2]))
    there.model.hold()
    there.model.show_list(NumberedSource([2]))
    there.go()
    assert list(there.model.ids) == [1, 2]
    there.model.release()
    assert list(there.model.ids) == [2]


def test_screen_readers_are_told_what_is_checked_and_what_is_loading(there: Reading) -> None:
    there.show(NumberedSource([1]))
    role = Qt.ItemDataRole.AccessibleTextRole
    assert there.model.index(0, 1).data(role) == "Loading"
    there.texts(0)
    there.read_all()
    there.model.toggle_checked(0)
    assert (there.model.index(0, 0).data(role), there.model.index(0, 1).data(role)) == ("Checked", "a1")
    assert there.model.headerData(0, Qt.Orientation.Horizontal, role) == "Check all"


def test_a_closed_model_ignores_what_comes_later(there: Reading) -> None:
    there.show(NumberedSource([1]))
    there.texts(0)
    there.settle()
    there.model.show_list(NumberedSource([5, 6]))
    there.model.close()
    there.read_all()
    assert (list(there.model.ids), there.texts(0)) == ([1], [None])


def test_qt_finds_nothing_wrong_with_five_hundred_rows(there: Reading) -> None:
    tester = QAbstractItemModelTester(there.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    source = NumberedSource(range(500))
    there.show(source)
    there.texts(0, 250, 499)
    there.read_all()
    there.model.toggle_checked(3)
    there.model.check_range(0, 499)
    there.model.invalidate(range(10), list_too=False)
    there.read_all()
    there.show(NumberedSource(range(100, 600)))
    there.show(NumberedSource([]))
    assert tester.model() is there.model
