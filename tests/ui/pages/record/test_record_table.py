"""The list widget over real stores and long lists: places kept, columns fitted, the loop never held up."""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

import services.filtering.grammar  # noqa: F401 - its first import, of a parser generator, belongs to the start of the program
from services.contacts import ContactService
from services.records.fields import EntityKind
from services.records.ids import ContactId, Uid
from services.records.people import ContactRow
from services.store.queries.listing import ListRequest
from services.store.store import Store
from tests.support.workspaces import NOON, make_store, services_of
from ui.models.grouped_table_model import GroupedTableModel
from ui.pages.contacts.columns import RULES, contact_columns
from ui.pages.record.list_query import ListSource
from ui.pages.record.moments import Moments
from ui.pages.record.record_table import RecordTable
from ui.tasks import Tasks
from ui.theme.theme import Theme

MANY = 100_000
STORED = 20_000


class Invented:
    """A list of any length, its rows made up when they are asked for."""

    def __init__(self, ids: Sequence[int]) -> None:
        self.listed = array("q", ids)

    def ids(self) -> Sequence[int]:
        """All ids."""
        return self.listed

    def rows(self, ids: Sequence[int]) -> Sequence[ContactRow]:
        """Their rows."""
        return [invented(local_id) for local_id in ids]


def invented(local_id: int) -> ContactRow:
    """A contact named after its id."""
    return ContactRow(
        id=ContactId(local_id),
        uid=Uid(local_id.to_bytes(16, "big")),
        name=f"Contact {local_id}",
        title="Buyer",
        company_id=None,
        company=f"Company {local_id % 977}",
        email=f"c{local_id}@post.example",
        phone="+49 40 5550100",
        city="Hamburg",
        country="DE",
        lifecycle=("prospect", "customer", "churned")[local_id % 3],
        owner="Rosa Quill",
        last_activity_at=NOON,
        created_at=NOON,
        tags=("vip",) if local_id % 5 == 0 else (),
    )


class Shelf:
    """A table on the screen with its model and the threads it reads on."""

    def __init__(self, qtbot: QtBot, store: Store | None = None) -> None:
        self.qtbot = qtbot
        self.tasks = Tasks()
        if store is not None:
            self.tasks.attach(store)
        else:
            self.tasks.attach(self)
        self.model: GroupedTableModel[Any] = GroupedTableModel(contact_columns(Moments(lambda: NOON)), self.tasks)
        self.table = RecordTable("Contacts", self.model, RULES)
        qtbot.addWidget(self.table)
        self.table.resize(1240, 700)
        self.table.show()

    def run_read(self, work: Any) -> Any:
        """Read on a thread of no store."""
        return self.tasks._own.submit(work)

    run_write = run_read

    def show(self, source: Any) -> None:
        """Show a list with its first rows."""
        self.model.show_list(source)
        self.settle()

    def settle(self) -> None:
        """Wait until everything that is shown was read."""
        self.qtbot.wait(20)
        self.qtbot.waitUntil(lambda: self.tasks.is_settled and not self.model._waiting, timeout=20_000)

    def scroll_through(self, steps: int) -> None:
        """Drag the scroll bar from the top to the end."""
        bar = self.table.verticalScrollBar()
        for step in range(steps + 1):
            bar.setValue(round(bar.maximum() * step / steps))
            self.qtbot.wait(10)

    def close(self) -> None:
        """End the threads."""
        self.model.close()
        self.tasks.close()


@pytest.fixture
def shelf(qtbot: QtBot, theme: Theme) -> Iterator[Shelf]:
    made = Shelf(qtbot)
    yield made
    made.close()


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[Store]:
    """A real store with twenty thousand contacts."""
    store = make_store(tmp_path, plain=True)
    with store.write("import", "contact.import") as unit:
        for start in range(0, STORED, 2_000):
            documents = []
            for number in range(start, start + 2_000):
                document = unit.blank(EntityKind.CONTACT)
                document.update(first_name=f"First{number}", last_name=f"Last{number * 7919 % STORED:05}")
                document["lifecycle"] = ("prospect", "customer", "churned")[number % 3]
                documents.append(document)
            unit.create_many(EntityKind.CONTACT, documents)
    yield store
    store.close()


def test_a_hundred_thousand_rows_are_listed_scrolled_and_checked_without_holding_up_the_loop(shelf: Shelf) -> None:
    shelf.show(Invented(range(1, MANY + 1)))
    shelf.scroll_through(60)
    shelf.table.go_to_row(MANY - 1)
    shelf.settle()
    shelf.qtbot.keyClick(shelf.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert shelf.model.checked_count == MANY
    assert shelf.model.index(MANY - 1, 1).data() == f"Contact {MANY}"
    shelf.show(Invented(range(MANY, 0, -1)))
    assert shelf.model.checked_count == MANY


def test_a_store_with_twenty_thousand_contacts_never_holds_up_the_loop(
    qtbot: QtBot, theme: Theme, stored: Store
) -> None:
    shelf = Shelf(qtbot, stored)
    contacts: ContactService = services_of(stored).contacts
    try:
        started = time.perf_counter()
        shelf.show(ListSource(contacts, ListRequest()))
        first_page_s = time.perf_counter() - started
        shelf.scroll_through(60)
        shelf.show(ListSource(contacts, ListRequest("lifecycle:customer", "name", descending=True)))
        shelf.scroll_through(20)
        shelf.show(ListSource(contacts, ListRequest("", "lifecycle")))
        assert len(shelf.model.ids) == STORED
        assert first_page_s < 5
    finally:
        shelf.close()


def test_the_current_row_and_the_place_are_kept_when_the_list_is_read_again(shelf: Shelf) -> None:
    source = Invented(range(1, 500))
    shelf.show(source)
    shelf.table.go_to_row(200)
    shelf.settle()
    place = shelf.table.verticalScrollBar().value()
    source.listed = array("q", [1000, 1001, *range(1, 500)])
    shelf.model.invalidate(None)
    shelf.qtbot.waitUntil(lambda: len(shelf.model.ids) == 501)
    assert (shelf.table.current_id, shelf.table.current_row) == (201, 202)
    assert shelf.table.verticalScrollBar().value() == place


def test_another_list_starts_at_its_top_with_the_same_record_current(shelf: Shelf) -> None:
    shelf.show(Invented(range(1, 500)))
    shelf.table.go_to_row(300)
    shelf.show(Invented(range(499, 0, -1)))
    assert (shelf.table.current_id, shelf.table.current_row) == (301, 198)
    assert shelf.table.verticalScrollBar().value() == 0


def test_a_record_that_leaves_the_list_is_no_longer_current(shelf: Shelf) -> None:
    shelf.show(Invented(range(1, 50)))
    shelf.table.go_to_row(3)
    reached: list[int] = []
    shelf.table.row_reached.connect(reached.append)
    shelf.show(Invented(range(10, 50)))
    assert (shelf.table.current_id, shelf.table.current_row, reached) == (None, -1, [-1])


def test_j_and_k_move_and_x_checks(shelf: Shelf) -> None:
    shelf.show(Invented(range(1, 50)))
    for key in (Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_X):
        shelf.qtbot.keyClick(shelf.table, key)
    assert (shelf.table.current_id, shelf.model.checked) == (2, [2])


def press(shelf: Shelf, row: int, key: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a cell."""
    rect = shelf.table.visualRect(shelf.model.index(row, shelf.model.column_of(key)))
    shelf.qtbot.mouseClick(shelf.table.viewport(), Qt.MouseButton.LeftButton, modifier, rect.topLeft() + QPoint(30, 20))


def test_control_checks_single_rows_and_shift_a_range(shelf: Shelf) -> None:
    shelf.show(Invented(range(1, 50)))
    press(shelf, 2, "company", Qt.KeyboardModifier.ControlModifier)
    press(shelf, 5, "company", Qt.KeyboardModifier.ShiftModifier)
    press(shelf, 4, "company", Qt.KeyboardModifier.ControlModifier)
    assert shelf.model.checked == [3, 4, 6]


def test_a_press_on_the_name_is_told_and_on_other_cells_only_moves(shelf: Shelf) -> None:
    shelf.show(Invented(range(1, 50)))
    pressed: list[int] = []
    shelf.table.name_pressed.connect(pressed.append)
    press(shelf, 2, "company")
    press(shelf, 4, "name")
    assert (pressed, shelf.table.current_row) == ([4], 4)


def test_a_double_click_asks_to_edit_where_cells_can_be_edited(shelf: Shelf) -> None:
    shelf.show(Invented(range(1, 50)))
    wanted: list[tuple[int, str]] = []
    opened: list[int] = []
    shelf.table.edit_requested.connect(lambda row, key: wanted.append((row, key)))
    shelf.table.row_activated.connect(opened.append)
    for key in ("title", "email"):
        press(shelf, 3, key)
        rect = shelf.table.visualRect(shelf.model.index(3, shelf.model.column_of(key)))
        shelf.qtbot.mouseDClick(shelf.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(30, 20))
    assert (wanted, opened) == ([(3, "title")], [3])


def shown_columns(shelf: Shelf) -> list[str]:
    """The columns on the screen, from left to right."""
    header = shelf.table.table_header
    sections = [header.logicalIndex(place) for place in range(header.count())]
    return [shelf.model.columns[section].key for section in sections if not header.isSectionHidden(section)]


def test_columns_of_low_rank_give_way_and_come_back_in_their_place(shelf: Shelf) -> None:
    everything = shown_columns(shelf)
    shelf.table.resize(840, 700)
    narrow = shown_columns(shelf)
    shelf.table.resize(1240, 700)
    assert everything == ["check", "name", "company", "title", "email", "phone", "last", "lifecycle"]
    assert narrow == ["check", "name", "company", "email", "last", "lifecycle"]
    assert shown_columns(shelf) == everything


def test_the_columns_fill_the_table_at_every_width(shelf: Shelf) -> None:
    for width in (840, 1080, 1240, 1600):
        shelf.table.resize(width, 700)
        assert shelf.table.table_header.length() == shelf.table.viewport().width()


def test_a_width_that_the_user_sets_is_kept_and_told(shelf: Shelf) -> None:
    with shelf.qtbot.waitSignal(shelf.table.columns_arranged):
        shelf.table.table_header.resizeSection(shelf.model.column_of("company"), 260)
    shelf.table.resize(1300, 700)
    assert shelf.table.chosen_widths == {"company": 260}
    assert shelf.table.columnWidth(shelf.model.column_of("company")) == 260


def test_a_column_that_the_user_moves_stays_there_and_the_checkbox_first(shelf: Shelf) -> None:
    header = shelf.table.table_header
    with shelf.qtbot.waitSignal(shelf.table.columns_arranged):
        header.moveSection(header.visualIndex(shelf.model.column_of("lifecycle")), 0)
    assert shown_columns(shelf)[:3] == ["check", "lifecycle", "name"]


def test_unknown_columns_of_another_version_are_passed_over(shelf: Shelf) -> None:
    shelf.table.set_columns(["email", "no-such-column", "city"], {"nothing": 10, "city": 140})
    assert (shelf.table.column_keys, shelf.table.chosen_widths) == (
        ["check", "name", "email", "city"],
        {"city": 140},
    )
