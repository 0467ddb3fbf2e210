"""Pairs are listed with their reason, merged, left for later, or said to be none; every step can be undone."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from services.errors import InvalidValue
from services.records.drafts import RecordDraft
from services.records.duplicates import Side
from services.records.fields import EntityKind
from tests.ui.pages.duplicates.stage import DuplicatesStage
from ui.delegates.roles import CellRole
from ui.pages import Target
from ui.pages.duplicates.head import Shown

ZHOU = "Mei-Lin Zhou and M. Zhou"
BERG = "Anna Berg and Anna Berg"
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_pairs_are_listed_with_reason_and_likeness(stage: DuplicatesStage) -> None:
    stage.open()
    assert sorted(stage.lines) == sorted([ZHOU, BERG])
    model = stage.page.list_pane.list.model()
    index = model.index(stage.lines.index(ZHOU), 0)
    pair = stage.page.view_model.pairs[index.row()]
    assert index.data(CellRole.SECONDARY) == pair.reason
    assert [text for text, _tone in index.data(CellRole.TAGS)] == [f"{pair.score}% alike"]
    assert pair.reason in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_model_of_pairs_keeps_the_rules_of_models(stage: DuplicatesStage) -> None:
    model = stage.page.list_pane.list.model()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    stage.open()
    some = stage.page.view_model.pairs
    stage.page.list_pane.list.show_pairs(some * 250)
    stage.page.list_pane.list.show_pairs([])
    assert tester.model() is model


def test_companies_are_another_list(stage: DuplicatesStage) -> None:
    stage.open()
    stage.page.head.kind_chosen.emit(1)
    stage.settle()
    assert stage.lines == ["Vireo Health GmbH and Vireo Health"]


def test_a_target_opens_the_pairs_of_its_kind(stage: DuplicatesStage) -> None:
    stage.open(Target("duplicates", EntityKind.COMPANY))
    assert stage.page.head.kind.current == 1
    assert stage.lines == ["Vireo Health GmbH and Vireo Health"]


def test_a_book_without_pairs_says_so(empty_stage: DuplicatesStage) -> None:
    empty_stage.open()
    assert not empty_stage.page.list_pane.is_filled
    assert "No duplicates" in empty_stage.page.list_pane.empty.accessibleName()


def test_merge_moves_everything_and_the_next_pair_follows(stage: DuplicatesStage) -> None:
    stage.open()
    kept = stage.open_pair(ZHOU).preview.keep
    stage.page.view_model.choose("title", Side.KEEP)
    stage.page.view_model.merge()
    stage.settle()
    assert stage.toast == "M. Zhou merged into Mei-Lin Zhou"
    assert stage.names().count("M. Zhou") == 0
    card = stage.workspace.contacts.card(kept.id)
    assert card.fields["title"] == "Plant Manager"
    assert {point.raw for point in card.points if point.kind.value == "email"} == {
        "mei-lin.zhou@stellhorn.example",
        "m.zhou@stellhorn.example",
    }
    assert set(card.tags) == {"panels", "fair"}
    assert stage.page.view_model.current is not None
    assert stage.lines == [BERG] or stage.page.view_model.pairs == [stage.page.view_model.current]


def test_undo_parts_the_two_again_and_their_pair_comes_back(stage: DuplicatesStage) -> None:
    stage.open()
    before = stage.names()
    stage.open_pair(ZHOU)
    stage.page.view_model.merge()
    stage.settle()
    assert stage.names() != before
    stage.undo()
    assert stage.toast == "Undone: merge of two contacts"
    assert stage.names() == before
    stage.page.show_list()
    assert ZHOU in stage.lines


def test_after_the_last_pair_the_empty_list_is_shown(stage: DuplicatesStage) -> None:
    stage.open(Target("duplicates", EntityKind.COMPANY))
    stage.open_pair("Vireo Health GmbH and Vireo Health")
    stage.page.view_model.merge()
    stage.settle()
    assert not stage.page.is_comparing
    assert not stage.page.list_pane.is_filled
    assert stage.names(EntityKind.COMPANY).count("Vireo Health") == 0


def test_a_refused_merge_says_why_and_leaves_both(stage: DuplicatesStage) -> None:
    stage.open()
    other = stage.open_pair(ZHOU).preview.other
    stage.page.left()  # it does not hear of what another window does
    stage.workspace.contacts.delete([other.id])
    stage.settle()
    stage.page.view_model.merge()
    stage.settle()
    trouble = stage.page.compare.trouble
    assert trouble.isVisible()
    assert trouble.accessibleName() == "A contact in the trash cannot be merged. Restore it first, then try again."
    assert not stage.failed
    assert stage.page.compare.merge.isEnabled()


def test_pairs_that_cannot_be_read_say_why_and_can_be_read_again(stage: DuplicatesStage) -> None:
    refuse = InvalidValue("The book is shut", "Open it first.")
    service = stage.workspace.duplicates
    real = service.pairs

    def pairs(*_args: object, **_options: object) -> list[object]:
        raise refuse

    service.pairs = pairs  # type: ignore[assignment,method-assign]
    stage.open()
    assert stage.page.list_pane.empty.accessibleName() == "The book is shut. Open it first."
    service.pairs = real  # type: ignore[method-assign]
    stage.page.list_pane.empty.action_pressed.emit()
    stage.settle()
    assert len(stage.lines) == 2


def test_not_the_same_hides_a_pair_for_good_and_can_be_taken_back(stage: DuplicatesStage) -> None:
    stage.open()
    stage.open_pair(ZHOU)
    stage.key(Qt.Key.Key_N)
    stage.page.show_list()
    assert stage.lines == [BERG]
    assert stage.toast == "Mei-Lin Zhou and M. Zhou are never shown as a pair again"
    stage.page.show_part(Shown.IGNORED)
    stage.settle()
    assert stage.lines == [ZHOU]
    stage.key(Qt.Key.Key_R)
    assert stage.lines == []
    stage.page.show_part(Shown.PAIRS)
    assert ZHOU in stage.lines


def test_undo_of_not_the_same_shows_the_pair_again(stage: DuplicatesStage) -> None:
    stage.open()
    stage.page.view_model.ignore(stage.page.view_model.pairs[stage.lines.index(ZHOU)])
    stage.settle()
    assert stage.lines == [BERG]
    stage.undo()
    assert stage.toast == "Undone: never these two contacts"
    assert sorted(stage.lines) == sorted([ZHOU, BERG])


def test_later_puts_a_pair_behind_the_others_and_shows_the_next(stage: DuplicatesStage) -> None:
    stage.open()
    first, second = stage.page.view_model.pairs
    stage.page.open_pair(first)
    stage.settle()
    stage.key(Qt.Key.Key_S)
    assert stage.page.view_model.pairs == [second, first]
    assert stage.page.view_model.current == second
    stage.page.view_model.read_again()
    stage.settle()
    assert stage.page.view_model.pairs == [second, first]


def test_the_keyboard_alone_chooses_and_merges(stage: DuplicatesStage) -> None:
    stage.open()
    while stage.page.list_pane.list.currentIndex().data() != ZHOU:
        stage.key(Qt.Key.Key_J)
    stage.key(Qt.Key.Key_Return)
    comparison = stage.page.compare.comparison
    stage.key(Qt.Key.Key_J)
    assert comparison.current is not None
    assert comparison.current.name == "title"
    stage.key(Qt.Key.Key_1)
    assert stage.decision.result(comparison.current) == "Plant Manager"
    stage.key(Qt.Key.Key_2)
    assert stage.decision.result(comparison.current) == "Werksleiterin"
    stage.key(Qt.Key.Key_Down)
    assert comparison.current.name == "email"
    stage.key(Qt.Key.Key_2)
    assert stage.decision.result(comparison.current) == ("m.zhou@stellhorn.example",)
    stage.key(Qt.Key.Key_B)
    assert len(stage.decision.result(comparison.current)) == 2
    stage.key(Qt.Key.Key_Return, CONTROL)
    assert "M. Zhou" not in stage.names()


def test_arrows_go_from_pair_to_pair_and_escape_leads_back(stage: DuplicatesStage) -> None:
    stage.open()
    first, second = stage.page.view_model.pairs
    stage.key(Qt.Key.Key_Return)
    assert stage.page.view_model.current == first
    stage.key(Qt.Key.Key_Right)
    assert stage.page.view_model.current == second
    stage.key(Qt.Key.Key_Right)
    assert stage.page.view_model.current == second
    stage.key(Qt.Key.Key_Left)
    assert stage.page.view_model.current == first
    stage.key(Qt.Key.Key_Escape)
    assert not stage.page.is_comparing
    assert stage.page.list_pane.list.current == first
    assert stage.page.list_pane.list.hasFocus()


def test_swap_keeps_the_other_record(stage: DuplicatesStage) -> None:
    stage.open()
    before = stage.open_pair(ZHOU).preview
    stage.key(Qt.Key.Key_X)
    after = stage.decision.preview
    assert (after.keep.id, after.other.id) == (before.other.id, before.keep.id)
    stage.page.view_model.merge()
    stage.settle()
    assert stage.toast == "Mei-Lin Zhou merged into M. Zhou"


def test_a_change_elsewhere_shows_in_the_pair_on_show_and_keeps_the_choices(stage: DuplicatesStage) -> None:
    stage.open()
    keep = stage.open_pair(ZHOU).preview.keep
    stage.page.view_model.choose("title", Side.KEEP)
    stage.workspace.contacts.change(keep.id, RecordDraft({"title": "Head of Plants"}))
    stage.settle()
    title = next(field for field in stage.decision.preview.fields if field.name == "title")
    assert stage.decision.result(title) == "Head of Plants"


def test_nothing_is_read_while_another_page_is_in_front(stage: DuplicatesStage) -> None:
    stage.open()
    stage.page.left()
    other = stage.page.view_model.pairs[stage.lines.index(ZHOU)].second
    stage.workspace.contacts.delete([other.id])
    stage.settle()
    assert ZHOU in stage.lines
    stage.page.opened(Target("duplicates"))
    stage.settle()
    assert stage.lines == [BERG]


def test_an_answer_that_does_not_know_what_was_ignored_meanwhile_is_not_shown(stage: DuplicatesStage) -> None:
    stage.open()
    seen: list[list[str]] = []
    pair = stage.page.view_model.pairs[stage.lines.index(ZHOU)]
    service, real = stage.workspace.duplicates, stage.workspace.duplicates.pairs

    def pairs_before(*args: Any, **options: Any) -> Any:
        service.pairs = real  # type: ignore[method-assign]
        found = real(*args, **options)
        service.ignore(EntityKind.CONTACT, pair.first.id, pair.second.id)
        return found

    service.pairs = pairs_before  # type: ignore[method-assign]
    stage.page.view_model.pairs_changed.connect(lambda: seen.append(stage.lines))
    stage.page.view_model.read_again()
    stage.until(lambda: stage.lines == [BERG])
    assert seen == [[BERG]]


def test_progress_says_how_many_records_were_read(stage: DuplicatesStage) -> None:
    told: list[tuple[int, int]] = []
    stage.page.view_model.progress_made.connect(lambda done, total: told.append((done, total)))
    stage.open()
    assert told[-1] == (5, 5)


def test_every_state_of_the_tour_can_be_brought_about_one_after_the_other(stage: DuplicatesStage) -> None:
    stage.open()
    page = stage.page
    looks = {
        "pairs": lambda: page.list_pane.is_filled and not page.is_comparing,
        "selected": lambda: len(page.bulk.keys) == 2,
        "merge-many": lambda: page.bulk.plan is not None,
        "compare": lambda: page.is_comparing and not page.compare.trouble.isVisible(),
        "chosen": lambda: page.is_comparing and page.compare.comparison.current is not None,
        "refused": page.compare.trouble.isVisible,
        "never": lambda: page.shown is Shown.IGNORED and bool(stage.lines),
        "empty": lambda: not page.list_pane.is_filled and not page.is_comparing,
    }
    assert [state.name for state in page.tour_states()] == list(looks)
    for state in page.tour_states():
        state.prepare()
        stage.until(looks[state.name])
        stage.settle()
    page.tour_states()[0].prepare()
    stage.until(looks["pairs"])
