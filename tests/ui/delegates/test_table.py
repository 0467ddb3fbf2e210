"""The table: keys, checks, rows in their states, and what its cells say."""

from typing import Any

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from ui.delegates.cell_delegate import CellDelegate
from ui.delegates.list_delegate import ListDelegate
from ui.delegates.roles import CellKind, CellRole, RowState
from ui.delegates.timeline_delegate import TimelineDelegate
from ui.theme.theme import Theme
from ui.theme.tokens import Density, RiskLevel, Tone
from ui.widgets.data_table import DataTable

KINDS = [
    CellKind.CHECK,
    CellKind.NAME,
    CellKind.SECONDARY,
    CellKind.RISK,
    CellKind.DATE,
    CellKind.TAGS,
    CellKind.STATUS,
    CellKind.NUMBER,
]
Index = QModelIndex | QPersistentModelIndex


class People(QAbstractTableModel):
    """Rows that know nothing but their number, some in a special state."""

    def __init__(self, count: int = 100) -> None:
        super().__init__()
        self.count = count
        self.states: dict[int, RowState] = {}

    def rowCount(self, parent: Index | None = None) -> int:
        return self.count

    def columnCount(self, parent: Index | None = None) -> int:
        return len(KINDS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        shown = role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal
        return f"Column {section}" if shown else None

    def data(self, index: Index, role: int = 0) -> Any:
        answers: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole.value: f"Person number {index.row()} with a name",
            CellRole.ROW_STATE: self.states.get(index.row(), RowState.NORMAL),
            CellRole.AVATAR_ID: index.row(),
            CellRole.LEVEL: RiskLevel.HIGH,
            CellRole.TAGS: [("renewal", Tone.NEUTRAL), ("key account", Tone.GOLD), ("fair", Tone.ACCENT)],
            CellRole.TONE: Tone.OK if index.column() == 6 else None,
            CellRole.ERROR: "This row could not be read.",
        }
        return answers.get(role)


@pytest.fixture
def people(theme: Theme) -> People:
    return People()


@pytest.fixture
def table(theme: Theme, qtbot: QtBot, people: People) -> DataTable:
    """A shown table of a hundred people."""
    table = DataTable("Contacts", kinds=list(KINDS))
    qtbot.addWidget(table)
    table.setModel(people)
    table.resize(1200, 500)
    for column, width in enumerate((50, 160, 140, 110, 100, 150, 130, 100)):
        table.setColumnWidth(column, width)
    table.show()
    return table


def painted(table: DataTable) -> QImage:
    return table.viewport().grab().toImage()


def ground_of(table: DataTable, row: int, image: QImage) -> str:
    """Colour of a row where nothing is written: just above its hairline, right of the bar."""
    rect = table.row_rect(row)
    return image.pixelColor(rect.x() + 8, rect.bottom() - 3).name()


def test_j_and_k_move_the_current_row(theme: Theme, qtbot: QtBot, table: DataTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_J)
    assert table.current_row == 0
    with qtbot.waitSignal(table.row_reached, timeout=1000) as caught:
        QTest.keyClick(table, Qt.Key.Key_J)
    assert caught.args == [1]
    QTest.keyClick(table, Qt.Key.Key_K)
    QTest.keyClick(table, Qt.Key.Key_K)
    assert table.current_row == 0


def test_j_stops_at_the_last_row(table: DataTable, people: People) -> None:
    table.go_to_row(people.count - 1)
    QTest.keyClick(table, Qt.Key.Key_J)
    assert table.current_row == people.count - 1


def test_return_opens_space_previews_and_x_checks(qtbot: QtBot, table: DataTable) -> None:
    table.go_to_row(4)
    for key, signal in (
        (Qt.Key.Key_Return, table.row_activated),
        (Qt.Key.Key_Space, table.row_previewed),
        (Qt.Key.Key_X, table.checked_toggled),
    ):
        with qtbot.waitSignal(signal, timeout=1000) as caught:
            QTest.keyClick(table, key)
        assert caught.args == [4]


def test_without_a_current_row_keys_do_nothing(qtbot: QtBot, table: DataTable) -> None:
    with qtbot.assertNotEmitted(table.row_activated), qtbot.assertNotEmitted(table.row_previewed):
        QTest.keyClick(table, Qt.Key.Key_Return)
        QTest.keyClick(table, Qt.Key.Key_Space)


def test_letters_do_not_search_the_list(table: DataTable) -> None:
    table.go_to_row(2)
    QTest.keyClicks(table, "Pe")
    assert table.current_row == 2


def test_control_a_asks_to_check_all(qtbot: QtBot, table: DataTable) -> None:
    with qtbot.waitSignal(table.all_checked_toggled, timeout=1000) as caught:
        QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert caught.args == [True]


def check_place(table: DataTable, row: int) -> QPoint:
    return QPoint(30, table.row_rect(row).center().y())


def test_a_press_on_a_checkbox_checks_and_does_not_move(qtbot: QtBot, table: DataTable) -> None:
    with qtbot.waitSignal(table.checked_toggled, timeout=1000) as caught:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=check_place(table, 3))
    assert caught.args == [3]
    assert table.current_row == -1


def test_shift_and_a_press_check_a_range(qtbot: QtBot, table: DataTable) -> None:
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=check_place(table, 6))
    with qtbot.waitSignal(table.range_checked, timeout=1000) as caught:
        QTest.mouseClick(
            table.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.ShiftModifier,
            check_place(table, 2),
        )
    assert caught.args == [2, 6]


def test_the_checkbox_in_the_head_asks_for_all_then_none(qtbot: QtBot, table: DataTable) -> None:
    header = table.table_header
    for state, asked in ((Qt.CheckState.PartiallyChecked, True), (Qt.CheckState.Checked, False)):
        header.set_check_state(state)
        with qtbot.waitSignal(table.all_checked_toggled, timeout=1000) as caught:
            QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, 16))
        assert caught.args == [asked]


def test_a_press_on_a_head_sorts_and_another_turns_it_round(qtbot: QtBot, table: DataTable) -> None:
    header = table.table_header
    place = QPoint(header.sectionViewportPosition(1) + 40, 16)
    seen: list[tuple[int, bool]] = []
    table.sort_requested.connect(lambda column, descending: seen.append((column, descending)))
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [column for column, _ in seen] == [1, 1]
    assert seen[0][1] != seen[1][1]


def test_rows_have_the_height_of_the_density(theme: Theme, table: DataTable) -> None:
    assert table.rowHeight(0) == 40
    theme.set_density(Density.COMPACT)
    assert table.rowHeight(0) == 32
    table.set_row_lines(two_lines=True)
    assert table.rowHeight(0) == 44


def test_the_current_row_has_the_bar_and_its_ground(theme: Theme, table: DataTable) -> None:
    table.go_to_row(1)
    image = painted(table)
    assert image.pixelColor(1, table.row_rect(1).center().y()).name() == theme.palette.accent.name()
    assert ground_of(table, 1, image) == theme.palette.accent_soft.name()
    assert ground_of(table, 2, image) == theme.palette.surface.name()


def test_a_checked_row_has_its_ground_but_no_bar(theme: Theme, table: DataTable, people: People) -> None:
    people.states[2] = RowState.CHECKED
    image = painted(table)
    assert ground_of(table, 2, image) == theme.palette.accent_soft.name()
    assert image.pixelColor(1, table.row_rect(2).center().y()).name() == theme.palette.accent_soft.name()


def test_a_hovered_row_has_its_ground_and_a_checked_one_keeps_its_own(
    theme: Theme, table: DataTable, people: People
) -> None:
    table.preview_hover(3)
    assert ground_of(table, 3, painted(table)) == theme.palette.hover.name()
    people.states[3] = RowState.CHECKED
    assert ground_of(table, 3, painted(table)) == theme.palette.accent_soft.name()


def test_a_loading_row_writes_nothing(theme: Theme, table: DataTable, people: People) -> None:
    people.states[0] = RowState.LOADING
    row = table.row_rect(0)
    image = painted(table).copy(row)
    darkest = min(
        image.pixelColor(x, y).lightness() for x in range(0, image.width(), 2) for y in range(row.height() - 2)
    )
    assert darkest >= theme.palette.pressed.lightness()


def test_try_again_is_told_for_the_row(qtbot: QtBot, table: DataTable, people: People) -> None:
    people.states[5] = RowState.ERROR
    place = QPoint(table.content_right - 40, table.row_rect(5).center().y())
    with qtbot.waitSignal(table.retry_requested, timeout=1000) as caught:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert caught.args == [5]


def test_quick_actions_stand_on_the_hovered_row_only(qtbot: QtBot, table: DataTable, people: People) -> None:
    table.add_quick_action("call", icon="call", name="Call")
    people.states[6] = RowState.LOADING
    assert table._actions is not None
    table.preview_hover(4)
    assert table._actions.y() == table.row_rect(4).y()
    table.preview_hover(6)
    assert not table._actions.isVisible()


def test_a_quick_action_names_its_row(qtbot: QtBot, table: DataTable) -> None:
    table.add_quick_action("call", icon="call", name="Call")
    table.preview_hover(4)
    assert table._actions is not None
    with qtbot.waitSignal(table.quick_action_pressed, timeout=1000) as caught:
        table._actions.action_pressed.emit("call")
    assert caught.args == ["call", 4]


def test_outer_columns_follow_hiding_and_moving(table: DataTable) -> None:
    assert (table.first_column, table.last_column, table.error_column) == (0, 7, 1)
    table.setColumnHidden(7, True)
    assert table.last_column == 6
    table.table_header.moveSection(0, 1)
    assert (table.first_column, table.error_column) == (1, 1)


def cell(table: DataTable, column: int) -> CellDelegate:
    delegate = table.itemDelegateForColumn(column)
    assert isinstance(delegate, CellDelegate)
    return delegate


def test_a_shortened_cell_offers_its_whole_text(table: DataTable, people: People) -> None:
    index = people.index(0, 1)
    rect = table.visualRect(index)
    assert cell(table, 1).hidden_text(rect, index) == "Person number 0 with a name"
    assert cell(table, 1).hidden_text(rect.adjusted(0, 0, 400, 0), index) == ""


def test_tags_that_do_not_fit_are_all_named(table: DataTable, people: People) -> None:
    index = people.index(0, 5)
    rect = table.visualRect(index)
    assert cell(table, 5).hidden_text(rect, index) == "renewal, key account, fair"


def test_numbers_are_never_shortened(theme: Theme, table: DataTable) -> None:
    table.setColumnWidth(7, 60)
    assert painted(table).width() > 0


def test_a_hundred_thousand_rows_open_at_once(theme: Theme, qtbot: QtBot) -> None:
    table = DataTable("Contacts", kinds=list(KINDS))
    qtbot.addWidget(table)
    table.setModel(People(100_000))
    table.resize(1200, 500)
    table.show()
    table.go_to_row(99_999)
    assert table.row_rect(99_999).bottom() <= table.viewport().height()


class Entries(People):
    """Timeline entries, the second without a body."""

    def data(self, index: Index, role: int = 0) -> Any:
        if role == CellRole.BODY:
            return "" if index.row() == 1 else "A long body of words " * 12
        return super().data(index, role)


def test_timeline_rows_are_as_high_as_their_lines(theme: Theme, qtbot: QtBot) -> None:
    view, model = QListView(), Entries(3)
    qtbot.addWidget(view)
    view.setModel(model)
    view.setItemDelegate(TimelineDelegate(view))
    view.resize(360, 400)
    view.show()
    line = theme.fonts.line_height("body")
    tall, short = view.sizeHintForIndex(model.index(0, 0)), view.sizeHintForIndex(model.index(1, 0))
    assert tall.height() - short.height() == 2 * line
    view.grab()


def test_list_rows_have_the_height_of_their_lines(theme: Theme, qtbot: QtBot) -> None:
    view, model = QListView(), People(3)
    qtbot.addWidget(view)
    view.setModel(model)
    view.setItemDelegate(ListDelegate(view))
    assert view.sizeHintForIndex(model.index(0, 0)).height() == 44
    view.setItemDelegate(ListDelegate(view, two_lines=False))
    assert view.sizeHintForIndex(model.index(0, 0)).height() == 40
    view.resize(300, 200)
    view.grab()
