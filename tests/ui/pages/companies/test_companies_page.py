"""The page of companies: the same machinery with other columns, people and words."""

from PySide6.QtCore import Qt

from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from tests.ui.pages.record.stage import Stage
from ui.delegates.roles import CellRole
from ui.pages import Target
from ui.pages.record.inputs import LineInput
from ui.pages.record.kind import Tab


def test_the_list_shows_what_a_company_is_and_who_belongs_to_it(stage: Stage) -> None:
    almeda = stage.id_of("Almeda Logistics")
    stage.workspace.companies.change(
        almeda, RecordDraft({"domain": "almeda.example", "industry": "Freight", "size": 1200})
    )
    stage.open()
    assert stage.rows == ["Almeda Logistics", "Castellan Insurance"]
    keys = ("domain", "industry", "size", "contacts", "last", "lifecycle", "owner")
    assert [stage.cell(0, key) for key in keys][:5] == ["almeda.example", "Freight", "1,200", "1", "Today"]
    table = stage.page.list_view_model.table
    assert table.index(0, table.column_of("name")).data(CellRole.AVATAR_ROUNDED) is True


def test_the_views_speak_of_companies(stage: Stage) -> None:
    stage.open()
    tabs = [view.title for view in stage.page.kind.views]
    assert tabs == ["All", "My companies", "Customers", "No touch in 30 days", "Trash"]
    stage.page.list_view_model.choose_view(stage.page.kind.views[3])
    assert stage.rows == ["Castellan Insurance"]


def test_the_people_of_a_company_lead_to_their_page(stage: Stage) -> None:
    stage.open()
    stage.show_record("Almeda Logistics")
    stage.page.detail.show_tab(Tab.PEOPLE)
    people = stage.page.detail.people
    stage.until(lambda: people.people.rowCount() == 1)
    people.people.index(0, 0).data()
    stage.until(lambda: people.people.index(0, 0).data() == "Anna Berg")
    people._on_chosen(people.people.index(0, 0))
    target = stage.navigated[-1]
    assert (target.page, target.entity) == ("contacts", EntityKind.CONTACT)
    assert stage.workspace.contacts.card(target.id or 0).name == "Anna Berg"


def test_somebody_who_joins_a_company_appears_among_its_people(stage: Stage) -> None:
    stage.open()
    stage.show_record("Almeda Logistics")
    stage.page.detail.show_tab(Tab.PEOPLE)
    people = stage.page.detail.people
    stage.until(lambda: people.people.rowCount() == 1)
    stage.add_contact("Karl", "Neu", company="Almeda Logistics")
    stage.until(lambda: people.people.rowCount() == 2)


def test_a_company_without_people_says_so(stage: Stage) -> None:
    stage.workspace.companies.add(RecordDraft({"name": "Lonely Ltd"}))
    stage.open()
    stage.show_record("Lonely Ltd")
    stage.page.detail.show_tab(Tab.PEOPLE)
    stage.until(lambda: stage.page.detail.people.people.is_read)
    stage.settle()
    assert stage.page.detail.people._middle.currentIndex() == 1


def test_the_timeline_of_a_company_names_the_person(stage: Stage) -> None:
    stage.open()
    stage.show_record("Almeda Logistics")
    entries = stage.page.detail.timeline.entries
    stage.until(lambda: entries.rowCount() == 1)
    assert entries.index(0).data(CellRole.BODY) == "Anna Berg · Reached · Asked for a volume discount."


def test_a_call_is_logged_with_the_company_itself(stage: Stage) -> None:
    stage.open()
    stage.show_record("Castellan Insurance")
    stage.page.detail.write("call")
    composer = stage.page.detail.timeline.composer
    stage.qtbot.keyClicks(composer.form.text.editor, "Left word with the front desk.")
    stage.qtbot.mouseClick(composer.form.add, Qt.MouseButton.LeftButton)
    stage.until(lambda: stage.page.detail.timeline.entries.rowCount() == 2)
    assert stage.toast == "Call logged"


def test_companies_are_called_not_written_to(stage: Stage) -> None:
    stage.open()
    stage.show_record("Almeda Logistics")
    head = stage.page.detail.head
    assert (head.email.isVisible(), head.call.isVisible()) == (False, True)


def test_a_new_company_is_added_in_the_panel(stage: Stage) -> None:
    stage.open()
    stage.press("N")
    form = stage.page.detail.editor.form
    stage.until(lambda: form.is_complete)
    for name, text in {"name": "Vireo Health", "domain": "https://www.vireo.example/about", "size": "51-200"}.items():
        made = form.inputs[name]
        assert isinstance(made, LineInput)
        stage.qtbot.keyClicks(made.line.editor, text)
    stage.page.detail.editor.submit()
    stage.settle()
    card = stage.card("Vireo Health")
    assert (card.fields["domain"], card.fields["size"]) == ("vireo.example", 51)
    assert stage.toast == "Company added"


def test_a_company_needs_a_name(stage: Stage) -> None:
    stage.open()
    stage.press("N")
    editor = stage.page.detail.editor
    stage.until(lambda: editor.form.is_complete)
    editor.submit()
    stage.settle()
    made = editor.form.inputs["name"]
    assert isinstance(made, LineInput)
    assert "needs a name" in made.line.editor.accessibleDescription()


def test_a_company_is_renamed_in_the_list(stage: Stage) -> None:
    stage.open()
    stage.page.list.editing.begin(0, "name")
    stage.until(lambda: stage.page.list.editing.editor is not None)
    editor = stage.page.list.editing.editor
    assert editor is not None
    made = editor.inputs[0]
    assert isinstance(made, LineInput)
    made.line.editor.selectAll()
    stage.qtbot.keyClicks(made.line.editor, "Almeda Group")
    stage.qtbot.keyClick(made.line.editor, Qt.Key.Key_Return)
    stage.until(lambda: stage.rows[0] == "Almeda Group")
    assert stage.workspace.contacts.rows([1])[0].company == "Almeda Group"


def test_every_state_of_the_tour_can_be_brought_about(stage: Stage) -> None:
    stage.open()
    for state in stage.page.tour_states():
        state.prepare()
        stage.settle()
    assert stage.page.list_view_model.in_trash


def test_the_duplicates_of_companies_are_one_key_away(stage: Stage) -> None:
    stage.open()
    stage.press("D")
    assert stage.navigated == [Target("duplicates", EntityKind.COMPANY)]
