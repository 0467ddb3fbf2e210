"""Many pairs are selected by mouse and keyboard, shown as a plan, merged in one step and parted by one undo."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from services.errors import InvalidValue
from services.records.fields import EntityKind
from tests.support.workspaces import contact_draft, email
from tests.ui.pages.duplicates.stage import DuplicatesStage
from ui.delegates.roles import CellRole
from ui.pages import Target
from ui.pages.duplicates.head import Shown
from ui.pages.duplicates.words import conflicts_text

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


@pytest.fixture
def many(stage: DuplicatesStage) -> DuplicatesStage:
    """The page in front with five pairs, most of them certain."""
    for number in range(3):
        for title in ("Buyer", "Head of Purchasing"):
            found = email(f"tara{number}@firm{number}.example")
            stage.workspace.contacts.add(contact_draft("Tara", f"Third{number}", found, title=title))
    stage.open()
    assert len(stage.lines) == 5
    return stage


def press(stage: DuplicatesStage, row: int, modifiers: Qt.KeyboardModifier, *, at_box: bool = False) -> None:
    """Click on a line, or on its box."""
    view = stage.page.list_pane.list
    rect = view.visualRect(view.model().index(row, 0))
    at = QPoint(rect.left() + 30, rect.center().y()) if at_box else rect.center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifiers, at)
    stage.settle()


def rows(stage: DuplicatesStage) -> list[int]:
    """The lines with a tick."""
    model = stage.page.list_pane.list.model()
    ticked = Qt.CheckState.Checked
    return [
        row for row in range(model.rowCount()) if model.index(row, 0).data(Qt.ItemDataRole.CheckStateRole) == ticked
    ]


def test_control_shift_and_the_box_select_and_a_plain_click_opens(many: DuplicatesStage) -> None:
    press(many, 1, CONTROL)
    press(many, 3, SHIFT)
    assert rows(many) == [1, 2, 3]
    press(many, 2, PLAIN, at_box=True)
    assert rows(many) == [1, 3]
    assert many.page.view_model.current is None
    press(many, 0, PLAIN)
    assert many.page.is_comparing
    assert rows(many) == [1, 3]


def test_the_keyboard_selects_with_x_space_shift_and_all(many: DuplicatesStage) -> None:
    many.key(Key.Key_X)
    assert rows(many) == [0]
    many.key(Key.Key_Down, SHIFT)
    assert rows(many) == [0, 1]
    many.key(Key.Key_Space)
    assert rows(many) == [0]
    assert "Selected" in many.page.list_pane.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    many.key(Key.Key_A, CONTROL)
    assert rows(many) == [0, 1, 2, 3, 4]
    assert many.page.list_pane.bar.accessibleName() == "5 pairs selected"
    many.key(Key.Key_Escape)
    assert rows(many) == []
    assert not many.page.list_pane.bar.isVisible()


def test_all_that_reach_a_likeness_are_selected_at_once(many: DuplicatesStage) -> None:
    counts = many.page.bulk.counts()
    scores = [pair.score for pair in many.page.view_model.pairs]
    assert counts[0] == (99, sum(score >= 99 for score in scores)) or counts[0][0] < 99
    assert counts == sorted(counts, key=lambda entry: entry[1])
    menu = many.page.offer_levels()
    first = menu.actions()[0]
    level, count = counts[0]
    assert first.text() == f"At least {level}% alike"
    first.trigger()
    menu.close()
    many.settle()
    assert len(rows(many)) == count
    assert all(many.page.view_model.pairs[row].score >= level for row in rows(many))


def test_the_plan_tells_who_stays_who_goes_and_what_is_left_behind(many: DuplicatesStage) -> None:
    many.page.bulk.select_from(0)
    many.key(Key.Key_M)
    plan = many.page.bulk.plan
    assert plan is not None
    model = many.page.plan.model
    assert QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    lines = [model.index(row, 0) for row in range(model.rowCount())]
    assert "M. Zhou goes into Mei-Lin Zhou" in [line.data() for line in lines]
    zhou = next(line for line in lines if "Zhou" in line.data())
    assert zhou.data(Qt.ItemDataRole.ToolTipRole) == "Name, title"
    assert zhou.data(Qt.ItemDataRole.AccessibleTextRole) == "M. Zhou goes into Mei-Lin Zhou. 2 values in conflict"
    assert many.page.plan.merge.label == "Merge 5 pairs"
    assert many.page.plan.summary.text() == f"5 records go into 5 others, {conflicts_text(plan.conflicts)}"
    assert many.page.head.count.text() == "5 pairs"


def test_a_plan_is_merged_in_one_step_and_one_undo_parts_all_again(many: DuplicatesStage) -> None:
    before = many.names()
    many.page.bulk.select_from(0)
    many.page.open_plan()
    many.settle()
    many.key(Key.Key_Return, CONTROL)
    assert many.toast == "5 pairs merged"
    assert len(many.names()) == len(before) - 5
    assert many.lines == []
    assert rows(many) == []
    assert not many.page.bulk.is_open
    many.undo()
    assert many.names() == before
    assert len(many.page.view_model.pairs) == 5


def test_a_pair_can_be_taken_out_of_the_plan_until_none_is_left(many: DuplicatesStage) -> None:
    press(many, 0, CONTROL)
    press(many, 1, CONTROL)
    many.page.open_plan()
    many.settle()
    many.key(Key.Key_J)
    many.key(Key.Key_X)
    assert many.page.plan.merge.label == "Merge 1 pair"
    assert many.page.plan.summary.text().startswith("1 record goes into another")
    many.key(Key.Key_Space)
    assert not many.page.bulk.is_open
    assert many.page.list_pane.isVisible()


def test_escape_leads_back_to_the_list_with_the_selection(many: DuplicatesStage) -> None:
    press(many, 0, CONTROL)
    many.page.list_pane.bar.merge.click()
    many.settle()
    many.key(Key.Key_Escape)
    assert not many.page.bulk.is_open
    assert rows(many) == [0]
    assert many.page.list_pane.list.hasFocus()


def test_a_merge_that_is_refused_says_why_and_merges_none(many: DuplicatesStage) -> None:
    many.page.bulk.select_from(0)
    many.page.open_plan()
    many.settle()
    plan = many.page.bulk.plan
    assert plan is not None
    many.page.left()  # it does not hear of what another window does
    many.workspace.contacts.delete([int(plan.merges[0].other.id)])
    before = many.names()
    many.page.bulk.merge()
    many.settle()
    assert many.page.plan.trouble.accessibleName().startswith("A contact in the trash cannot be merged")
    assert many.names() == before
    assert not many.failed


def test_a_plan_that_cannot_be_read_says_why(many: DuplicatesStage) -> None:
    def plan(*_args: object) -> None:
        raise InvalidValue("The book is shut", "Open it first.")

    many.workspace.merging.plan = plan  # type: ignore[assignment,method-assign]
    many.page.bulk.select_from(0)
    many.page.open_plan()
    many.settle()
    assert many.page.plan.trouble.accessibleName() == "The book is shut. Open it first."
    assert not many.page.plan.merge.isEnabled()


def test_a_plan_on_show_knows_what_is_changed_meanwhile(many: DuplicatesStage) -> None:
    row = next(place for place, line in enumerate(many.lines) if "Zhou" in line)
    press(many, row, CONTROL)
    many.page.open_plan()
    many.settle()
    before = many.page.bulk.plan
    assert before is not None
    many.workspace.contacts.change(int(before.merges[0].other.id), contact_draft(title="Plant Manager"))
    many.until(lambda: many.page.bulk.plan is not None and many.page.bulk.plan != before)
    after = many.page.bulk.plan
    assert after is not None
    assert set(before.merges[0].conflicts) - set(after.merges[0].conflicts) == {"title"}


def test_a_selection_does_not_outlive_its_pairs_its_kind_or_its_list(many: DuplicatesStage) -> None:
    press(many, 0, CONTROL)
    many.page.ignore_current()
    many.settle()
    assert many.page.bulk.keys == frozenset()
    press(many, 0, CONTROL)
    many.page.opened(Target("duplicates", EntityKind.COMPANY))
    many.settle()
    assert many.page.bulk.keys == frozenset()
    press(many, 0, CONTROL)
    many.page.show_part(Shown.IGNORED)
    assert many.page.bulk.keys == frozenset()


def test_pairs_that_are_none_have_no_box(many: DuplicatesStage) -> None:
    many.page.ignore_current()
    many.settle()
    many.page.show_part(Shown.IGNORED)
    many.settle()
    index = many.page.list_pane.list.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.CheckStateRole) is None
    assert index.data(CellRole.SECONDARY)
    many.key(Key.Key_Space)
    assert many.page.bulk.keys == frozenset()
