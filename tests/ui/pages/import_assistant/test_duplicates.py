"""Rows that look like records that are here: told in the dry run, and decided before anything is written."""

from __future__ import annotations

from PySide6.QtCore import Qt

from services.importing.applying import OnMatch, Verdict
from services.importing.decisions import Choice
from services.importing.mapping import ColumnMapping
from services.records.fields import EntityKind, FieldKind
from tests.support.workspaces import contact_draft, email, phone
from tests.ui.pages.import_assistant.stage import ROWS, Stage
from ui.pages.import_assistant.duplicates_card import SHOWN, DuplicatesCard
from ui.pages.import_assistant.import_run import RunState

LIKE = "Zhou, M.;Kepler Optik;m.zhou@private.example;0151 5550 1170;;"


def _card(stage: Stage) -> DuplicatesCard:
    return stage.page.view.map.duplicates


def _checked(stage: Stage, rows: tuple[str, ...] = (*ROWS[:2], LIKE)) -> None:
    draft = contact_draft("Mei-Lin", "Zhou", email("zhou@other.example"), phone("+4915155501170"))
    stage.workspace.contacts.add(draft)
    stage.open()
    stage.check(stage.file(rows))
    stage.until(lambda: len(_card(stage).lines) == min(_card(stage).count, SHOWN))


def test_rows_that_look_like_records_have_a_line_of_their_own_and_are_listed_with_the_reason(stage: Stage) -> None:
    _checked(stage, (ROWS[0], LIKE))
    legend = stage.page.view.map.dry_run.legend
    assert legend.likely.isVisible()
    assert "1 Possible duplicates" in legend.likely.accessibleName()
    assert legend.lines[Verdict.CREATED].accessibleName().startswith("1 New")
    card = _card(stage)
    assert card.isVisible() and not stage.page.view.map.rows.isVisible()
    (line,) = card.lines
    assert "M. Zhou" in line.accessibleName() and "Like Mei-Lin Zhou" in line.accessibleName()
    assert "mobile number" in line.toolTip()


def test_the_user_decides_what_becomes_of_such_a_row(stage: Stage) -> None:
    _checked(stage, (ROWS[0], LIKE))
    line = _card(stage).lines[0]
    line.choices.part_chosen.emit(2)
    stage.settle()
    assert stage.verdicts == {"created": 1, "skipped": 1}
    line.choices.part_chosen.emit(0)
    stage.settle()
    assert stage.verdicts == {"created": 1, "updated": 1}
    assert "1 merged" in stage.page.view.map.dry_run.legend.likely.accessibleName()
    assert _card(stage).lines == [line]
    stage.import_it()
    assert stage.view_model.run.state is RunState.DONE
    assert sorted(stage.names()) == ["Anna Berg", "M. Zhou"]


def test_all_that_are_sure_are_merged_at_once_and_kept_again(stage: Stage) -> None:
    _checked(stage, (ROWS[0], "Zhou, M.;;m.zhou@other.example;0151 5550 1170;;"))
    card = _card(stage)
    assert card.all_sure.label == "Merge all above 95%"
    stage.qtbot.mouseClick(card.all_sure, Qt.MouseButton.LeftButton)
    stage.settle()
    assert stage.verdicts == {"created": 1, "updated": 1}
    assert card.all_sure.label == "Keep all"
    stage.qtbot.mouseClick(card.all_sure, Qt.MouseButton.LeftButton)
    stage.settle()
    assert stage.verdicts == {"created": 2}


def test_another_way_or_another_mapping_forgets_what_was_decided(stage: Stage) -> None:
    _checked(stage, (ROWS[0], LIKE))
    _card(stage).lines[0].choices.part_chosen.emit(2)
    stage.settle()
    stage.view_model.send(ColumnMapping("Erstkontakt", "custom.erst", FieldKind.DATE))
    stage.settle()
    assert stage.view_model.chosen.choice_of(2) is Choice.KEEP
    assert stage.verdicts == {"created": 2}
    stage.view_model.set_on_match(OnMatch.CREATE)
    stage.settle()
    assert not _card(stage).isVisible()


def test_the_rows_of_a_verdict_take_the_place_of_the_duplicates_and_give_it_back(stage: Stage) -> None:
    _checked(stage, (ROWS[0], LIKE))
    step = stage.page.view.map
    stage.qtbot.mouseClick(step.dry_run.legend.lines[Verdict.CREATED].show_link, Qt.MouseButton.LeftButton)
    assert step.rows.isVisible() and not step.duplicates.isVisible()
    stage.qtbot.mouseClick(step.dry_run.legend.likely.show_link, Qt.MouseButton.LeftButton)
    assert step.duplicates.isVisible() and not step.rows.isVisible()


def test_of_many_the_first_are_listed_and_a_link_lists_more(stage: Stage) -> None:
    names = [chr(ord("a") + n // 6) * 2 + "berg" + chr(ord("a") + n % 6) * 2 for n in range(36)]
    pairs = [(f"{name}, Anna;{name} AG;anna@{name}.example;;;", f"{name}, Anna;{name} AG;;;;") for name in names]
    many = tuple(row for pair in pairs for row in pair)
    _checked(stage, many)
    card = _card(stage)
    assert card.count > SHOWN and len(card.lines) == SHOWN
    stage.qtbot.mouseClick(card.more, Qt.MouseButton.LeftButton)
    stage.until(lambda: len(card.lines) == card.count)
    assert not card.more.isVisible()


def test_leads_have_no_such_line(stage: Stage) -> None:
    stage.open(EntityKind.LEAD)
    stage.check(stage.file(("Berg, Anna;Almeda;anna@almeda.example;;;",)))
    assert not stage.page.view.map.dry_run.legend.likely.isVisible()
