"""The panel of a deal: head, fields, people, history, timeline, and the editor."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt

from services.records.fields import EntityKind
from tests.ui.pages.deals.stage import DealStage
from ui.operations.activities import TypedActivity
from ui.pages import Target
from ui.pages.record.inputs import LineInput
from ui.pages.record.kind import Tab


def _show(stage: DealStage, title: str = "Fleet contract") -> None:
    stage.open()
    stage.page.open_record(stage.id_of(title))
    stage.until(lambda: stage.page.side.view_model.row is not None)
    stage.settle()


def _contact(stage: DealStage, name: str) -> int:
    hits = stage.workspace.search.search(name).hits
    return next(hit.id for hit in hits if hit.entity == EntityKind.CONTACT)


def test_the_head_says_what_it_is_worth_and_where_it_stands(stage: DealStage) -> None:
    _show(stage)
    head = stage.page.side.panel.head
    assert (head.name.text(), head.company.text(), head.amount.text()) == (
        "Fleet contract",
        "Lindgaard Marine",
        "€92,000",
    )
    assert head.stage.accessibleName() == "Negotiation"
    assert head.bar.accessibleName() == "Stage 4 of 4: Negotiation"
    assert (head.age.text(), head.step.text()) == ("for 6 days", "Terms, Wed")


def test_the_company_is_a_way_to_it(stage: DealStage) -> None:
    _show(stage)
    stage.page.side.panel.head.company.click()
    company = stage.row("Fleet contract").company_id
    assert company is not None
    assert stage.navigated == [Target("companies", EntityKind.COMPANY, company)]


def test_a_press_on_the_stage_bar_moves_the_deal(stage: DealStage) -> None:
    _show(stage)
    bar = stage.page.side.panel.head.bar
    bar.setFocus()
    stage.key(Qt.Key.Key_Left)
    stage.key(Qt.Key.Key_Return)
    stage.settle()
    assert stage.row("Fleet contract").stage == "Proposal"
    assert bar.accessibleName() == "Stage 3 of 4: Proposal"


def test_the_next_step_is_written_where_it_stands(stage: DealStage) -> None:
    _show(stage)
    stage.page.side.panel.head.step.click()
    row = stage.page.side.panel.fields.rows["next_step"]
    assert row.input is not None
    row.input.set_text("Send the contract")
    row.input.submitted.emit()
    stage.settle()
    assert stage.row("Fleet contract").next_step == "Send the contract"
    assert stage.page.side.panel.head.step.text() == "Send the contract, Wed"


def test_an_amount_typed_in_the_fields_keeps_its_currency(stage: DealStage) -> None:
    _show(stage)
    stage.page.side.panel.show_tab(Tab.FIELDS)
    row = stage.page.side.panel.fields.rows["amount"]
    row.edit()
    assert row.input is not None and row.input.text == "92,000"
    row.input.set_text("95,500.50")
    row.input.submitted.emit()
    stage.settle()
    assert (stage.row("Fleet contract").amount, stage.row("Fleet contract").currency) == (9_550_050, "EUR")


def test_somebody_comes_in_gets_a_role_and_goes_again(stage: DealStage) -> None:
    _show(stage)
    panel = stage.page.side.panel
    panel.show_tab(Tab.PEOPLE)
    people = panel.people
    people.add.line.editor.setFocus()
    people.add.line.editor.insert("Jonas")
    people.add.line.text_edited.emit("Jonas")
    stage.until(lambda: bool(people.add.suggestions.suggestions))
    people.add.suggestions.take(0)
    stage.settle()
    assert [person.name for person in people.people.people] == ["Jonas Lind"]
    people.open_menu(0, QPoint(0, 0))
    assert people.menu is not None
    roles = next(action.menu() for action in people.menu.actions() if action.menu() is not None)
    next(action for action in roles.actions() if action.text() == "Champion").trigger()  # type: ignore[attr-defined]
    people.menu.close()
    stage.settle()
    assert people.people.people[0].role == "champion"
    stage.page.side.view_model.remove_person(people.people.people[0].contact_id, "Jonas Lind")
    stage.settle()
    assert people.people.people == ()
    assert stage.toast == "Jonas Lind taken out of the deal"


def test_a_name_that_nobody_has_is_refused_beside_the_field(stage: DealStage) -> None:
    _show(stage)
    stage.page.side.panel.show_tab(Tab.PEOPLE)
    people = stage.page.side.panel.people
    people.add.line.set_text("Nobody at all")
    people.add.submitted.emit()
    assert people.add.line.editor.accessibleDescription()
    assert people.people.people == ()


def test_another_one_can_be_the_main_person(stage: DealStage) -> None:
    deal = stage.id_of("Fleet contract")
    for name in ("Jonas", "Priya"):
        stage.workspace.deals.set_person(deal, _contact(stage, name))
    _show(stage)
    stage.page.side.view_model.make_main(_contact(stage, "Priya"), "Priya Nair", "")
    stage.settle()
    assert stage.row("Fleet contract").contact == "Priya Nair"


def test_a_call_is_logged_on_the_timeline_of_the_deal(stage: DealStage) -> None:
    _show(stage)
    stage.page.log(stage.id_of("Fleet contract"), "call")
    stage.until(lambda: stage.page.side.panel.timeline.composer.is_open)
    stage.page.side.view_model.log(TypedActivity("call", "They want it in writing."))
    stage.settle()
    entries, total = stage.workspace.activities.timeline(deal=stage.id_of("Fleet contract"))
    assert (total, entries[0].type) == (1, "call")
    assert stage.page.side.panel.timeline.entries.total == 1


def test_history_shows_the_way_through_the_stages(stage: DealStage) -> None:
    _show(stage)
    panel = stage.page.side.panel
    panel.show_tab(Tab.HISTORY)
    stage.workspace.deals.move(stage.id_of("Fleet contract"), "Proposal")
    stage.settle()
    stage.until(lambda: len(panel.history.visits.lines) == 2)
    assert [line[0] for line in panel.history.visits.lines] == ["Proposal", "Negotiation"]
    stage.until(lambda: len(panel.history.changes.entries) >= 2)


def test_the_editor_makes_a_deal_with_company_contact_and_amount(stage: DealStage) -> None:
    stage.open()
    stage.page.add_new()
    stage.until(lambda: stage.page.side.panel.is_editing and stage.page.side.panel.editor.is_complete)
    editor = stage.page.side.panel.editor
    for name, text in (
        ("title", "Dock cranes"),
        ("company", "Lindgaard Marine"),
        ("contact", "Jonas Lind"),
        ("amount", "24,000"),
        ("currency", "EUR"),
        ("next_step", "Call Jonas"),
        ("expected_close", "2026-12-30"),
    ):
        editor.inputs[name].set_text(text)
    editor.submit()
    stage.settle()
    made = stage.row("Dock cranes")
    assert (made.company, made.contact, made.amount, made.stage) == (
        "Lindgaard Marine",
        "Jonas Lind",
        2_400_000,
        "Qualified",
    )
    assert stage.page.side.view_model.local_id == made.id
    assert not stage.page.side.panel.is_editing
    assert "Dock cranes" in stage.titles("Qualified")


def test_the_editor_says_what_is_wrong_beside_the_field_and_keeps_what_was_typed(stage: DealStage) -> None:
    stage.open()
    stage.page.add_new()
    stage.until(lambda: stage.page.side.panel.is_editing and stage.page.side.panel.editor.is_complete)
    editor = stage.page.side.panel.editor
    editor.inputs["amount"].set_text("much")
    editor.inputs["title"].set_text("Kept")
    editor.inputs["title"].edited.emit()
    editor.submit()
    stage.settle()
    amount = editor.inputs["amount"]
    assert isinstance(amount, LineInput) and amount.line.editor.accessibleDescription()
    stage.key(Qt.Key.Key_Escape)
    assert not stage.panel.is_open
    stage.page.add_new()
    assert editor.texts["title"] == "Kept"


def test_an_edited_deal_is_saved_field_by_field(stage: DealStage) -> None:
    _show(stage)
    stage.page.edit_everything(stage.id_of("Fleet contract"))
    stage.until(lambda: stage.page.side.panel.is_editing and stage.page.side.panel.editor.is_complete)
    editor = stage.page.side.panel.editor
    assert (editor.texts["amount"], editor.texts["stage"]) == ("92,000", "Negotiation")
    editor.inputs["title"].set_text("Fleet contract, 3 years")
    editor.inputs["stage"].set_text("Proposal")
    editor.submit()
    stage.settle()
    saved = stage.row("Fleet contract, 3 years")
    assert (saved.stage, saved.amount) == ("Proposal", 9_200_000)
