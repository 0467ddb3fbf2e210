"""The comparison shows both values, what comes of the choices, and what moves."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from services.records.drafts import ConsentDraft
from services.records.duplicates import Side
from services.records.fields import EntityKind
from tests.ui.pages.duplicates.stage import DuplicatesStage
from ui.pages import Target
from ui.pages.duplicates.field_row import FieldChoice

ZHOU = "Mei-Lin Zhou and M. Zhou"


def row_of(stage: DuplicatesStage, name: str) -> FieldChoice:
    return next(row for row in stage.page.compare.comparison.rows if row.field is not None and row.field.name == name)


def test_each_field_that_differs_has_a_row_with_both_values(stage: DuplicatesStage) -> None:
    stage.open()
    stage.open_pair(ZHOU)
    texts = {
        row.accessibleName(): tuple(cell.text_shown for cell in row.cells.values())
        for row in stage.page.compare.comparison.rows
    }
    assert texts["Title"] == ("Plant Manager", "Werksleiterin")
    assert texts["Name"] == ("Mei-Lin Zhou", "M. Zhou")
    assert "Company" not in texts


def test_a_click_on_a_value_takes_it_and_the_result_shows_whose_it_was(stage: DuplicatesStage) -> None:
    stage.open()
    stage.open_pair(ZHOU)
    row = row_of(stage, "title")
    QTest.mouseClick(row.cells[Side.KEEP], Qt.MouseButton.LeftButton)
    assert stage.page.compare.result.below.text() == "Plant Manager, Stellhorn Elektrik"
    assert row.cells[Side.KEEP].isChecked()
    assert not row.cells[Side.OTHER].isChecked()
    assert ("m.zhou@stellhorn.example", "from M. Zhou") in stage.page.compare.result.texts
    QTest.mouseClick(row_of(stage, "email").cells[Side.OTHER], Qt.MouseButton.LeftButton)
    assert ("m.zhou@stellhorn.example", "from M. Zhou") not in stage.page.compare.result.texts
    assert ("mei-lin.zhou@stellhorn.example", "") in stage.page.compare.result.texts


def test_each_row_says_why_its_value_is_suggested_and_that_another_was_chosen(stage: DuplicatesStage) -> None:
    stage.open()
    stage.open_pair(ZHOU)
    told = {row.accessibleName(): row.reason for row in stage.page.compare.comparison.rows}
    assert (told["Name"], told["Title"], told["Email"]) == ("More complete", "Newer", "Both fit")
    stage.page.view_model.choose("title", Side.KEEP)
    assert row_of(stage, "title").reason == "Your choice"
    stage.page.view_model.choose("title", Side.OTHER)
    assert row_of(stage, "title").accessibleDescription() == "Newer"


def test_fields_that_are_equal_are_named_and_shown_when_wanted(stage: DuplicatesStage) -> None:
    stage.open()
    stage.open_pair(ZHOU)
    comparison = stage.page.compare.comparison
    count = len(comparison.rows)
    assert "company" in comparison.equal.text.text()
    comparison.equal.link.click()
    assert len(comparison.rows) > count
    assert not row_of(stage, "roles").cells[Side.KEEP].isEnabled()
    comparison.equal.link.click()
    assert len(comparison.rows) == count


def test_consent_cannot_be_chosen_and_the_rule_is_said(stage: DuplicatesStage) -> None:
    contacts = stage.workspace.contacts
    stage.open()
    pair = stage.open_pair(ZHOU).preview
    for side, state in ((pair.keep, "granted"), (pair.other, "withdrawn")):
        contacts.set_consent(side.id, ConsentDraft("email", state))
    stage.settle()
    row = row_of(stage, "consent.email")
    assert not row.cells[Side.KEEP].isEnabled()
    assert row.cells[Side.OTHER].isChecked()
    assert stage.page.compare.comparison.rule.isVisibleTo(stage.page.compare)
    assert ("Consent: Email: Withdrawn", "from M. Zhou") in stage.page.compare.result.texts


def test_what_moves_is_counted_on_both_and_on_the_result(stage: DuplicatesStage) -> None:
    stage.open()
    stage.open_pair(ZHOU)
    assert stage.page.compare.moves.table.accessibleName() == "What moves. Timeline entries: 1, 1, 2"


def test_two_companies_are_compared_by_their_own_fields(stage: DuplicatesStage) -> None:
    stage.open(Target("duplicates", EntityKind.COMPANY))
    stage.open_pair("Vireo Health GmbH and Vireo Health")
    assert [row.accessibleName() for row in stage.page.compare.comparison.rows] == ["Name"]
    assert stage.page.compare.result.name.text() == "Vireo Health GmbH"
    assert stage.page.compare.moves.nothing.isVisibleTo(stage.page.compare)


def test_a_pair_with_fewer_differences_hides_the_rows_it_does_not_need(stage: DuplicatesStage) -> None:
    stage.open()
    stage.open_pair(ZHOU)
    most = len(stage.page.compare.comparison.rows)
    stage.open_pair("Anna Berg and Anna Berg")
    few = stage.page.compare.comparison.rows
    assert len(few) < most
    assert all(row.isVisible() for row in few)
    assert stage.page.compare.merge.label == "Merge into Anna Berg"
