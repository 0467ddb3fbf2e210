"""The editor of a whole contact, for new ones and standing ones."""

from PySide6.QtCore import Qt

from services.records.drafts import PointKind, RecordDraft
from services.records.fields import EntityKind, FieldKind
from tests.support.workspaces import email
from tests.ui.pages.record.stage import Stage
from ui.pages.record.editor_pane import EditorPane
from ui.pages.record.inputs import CompanyInput, FlagInput, LineInput, make_input

CTRL = Qt.KeyboardModifier.ControlModifier


def new(stage: Stage) -> EditorPane:
    """Start a new contact."""
    stage.press("N")
    stage.until(lambda: stage.page.detail.editor.form.is_complete)
    return stage.page.detail.editor


def edit(stage: Stage, name: str) -> EditorPane:
    """Edit a contact."""
    stage.show_record(name)
    stage.page.detail.edit()
    stage.until(lambda: stage.page.detail.editor.form.is_complete)
    return stage.page.detail.editor


def write(stage: Stage, editor: EditorPane, **texts: str) -> None:
    """Type into fields."""
    for name, text in texts.items():
        made = editor.form.inputs[name]
        assert isinstance(made, LineInput)
        made.line.editor.selectAll()
        stage.qtbot.keyClicks(made.line.editor, text)


def point(stage: Stage, editor: EditorPane, kind: PointKind, text: str, place: int = 0) -> None:
    """Type into a line of contact points."""
    line = editor.form.points[kind].lines[place].line
    line.editor.selectAll()
    stage.qtbot.keyClicks(line.editor, text)


def save(stage: Stage, editor: EditorPane) -> None:
    """Press Ctrl+Return in the form."""
    made = editor.form.inputs["first_name"]
    assert isinstance(made, LineInput)
    stage.qtbot.keyClick(made.line.editor, Qt.Key.Key_Return, CTRL)
    stage.settle()


def emails(stage: Stage, name: str) -> list[tuple[str, str, bool]]:
    """The emails of a contact with label, and whether each is the main one."""
    points = stage.card(name).points
    return [(found.raw, found.label, found.is_primary) for found in points if found.kind is PointKind.EMAIL]


def test_a_new_contact_is_added_with_everything_and_shown(stage: Stage) -> None:
    stage.open()
    editor = new(stage)
    write(stage, editor, first_name="Ingrid", last_name="Solheim", title="Buyer", company="Vireo Health")
    point(stage, editor, PointKind.EMAIL, "Ingrid@Vireo.example")
    point(stage, editor, PointKind.PHONE, "+47 22 55 50 10")
    save(stage, editor)
    card = stage.card("Ingrid Solheim")
    assert (card.fields["title"], card.fields["company"], card.fields["lifecycle"], card.owner) == (
        "Buyer",
        "Vireo Health",
        "prospect",
        "Rosa Quill",
    )
    assert emails(stage, "Ingrid Solheim") == [("Ingrid@Vireo.example", "", True)]
    assert stage.toast == "Contact added"
    assert stage.page.detail.head.name.text() == "Ingrid Solheim"
    assert stage.page.list.table.current_id == stage.id_of("Ingrid Solheim")
    stage.undo()
    assert "Ingrid Solheim" not in stage.names()


def test_saving_nothing_new_changes_nothing(stage: Stage) -> None:
    stage.open()
    before = stage.card("Anna Berg")
    editor = edit(stage, "Anna Berg")
    save(stage, editor)
    assert stage.card("Anna Berg") == before
    assert not stage.page.detail.is_editing


def test_only_what_was_changed_is_written(stage: Stage) -> None:
    stage.open()
    editor = edit(stage, "Anna Berg")
    write(stage, editor, title="Chief of Procurement")
    save(stage, editor)
    entries = stage.workspace.history.of_record(stage.card("Anna Berg").uid)
    assert [change.path for change in entries[0].fields] == ["title"]


def test_several_emails_have_labels_and_the_first_is_the_main_one(stage: Stage) -> None:
    stage.open()
    editor = edit(stage, "Anna Berg")
    points = editor.form.points[PointKind.EMAIL]
    stage.qtbot.mouseClick(points.more, Qt.MouseButton.LeftButton)
    point(stage, editor, PointKind.EMAIL, "anna.berg@home.example", place=1)
    label = points.lines[1].label
    assert label is not None
    label.setCurrentIndex(label.findData("home"))
    save(stage, editor)
    assert emails(stage, "Anna Berg") == [
        ("anna@almeda.example", "", True),
        ("anna.berg@home.example", "home", False),
    ]


def test_the_main_email_is_written_anew(stage: Stage) -> None:
    stage.open()
    editor = edit(stage, "Anna Berg")
    point(stage, editor, PointKind.EMAIL, "a.berg@almeda.example")
    save(stage, editor)
    assert emails(stage, "Anna Berg") == [("a.berg@almeda.example", "", True)]


def test_the_only_email_is_taken_away(stage: Stage) -> None:
    stage.open()
    editor = edit(stage, "Anna Berg")
    points = editor.form.points[PointKind.EMAIL]
    points.lines[0].removed.emit(points.lines[0])
    save(stage, editor)
    assert emails(stage, "Anna Berg") == []
    stage.undo()
    assert emails(stage, "Anna Berg") == [("anna@almeda.example", "", True)]


def test_one_of_three_emails_is_taken_away_in_one_batch(stage: Stage) -> None:
    anna = stage.id_of("Anna Berg")
    draft = RecordDraft(points=(email("anna@almeda.example"), email("b@x.example"), email("c@x.example")))
    stage.workspace.contacts.change(anna, draft)
    stage.open()
    editor = edit(stage, "Anna Berg")
    points = editor.form.points[PointKind.EMAIL]
    points.lines[1].removed.emit(points.lines[1])
    save(stage, editor)
    assert [raw for raw, _, _ in emails(stage, "Anna Berg")] == ["anna@almeda.example", "c@x.example"]
    stage.undo()
    assert len(emails(stage, "Anna Berg")) == 3


def test_an_address_is_typed_part_by_part(stage: Stage) -> None:
    stage.open()
    editor = edit(stage, "Yuki Tanabe")
    addresses = editor.form.addresses
    stage.qtbot.mouseClick(addresses.more, Qt.MouseButton.LeftButton)
    parts = {"street": "Kanalweg 8", "postal_code": "20457", "city": "Hamburg", "country": "Germany"}
    for name, text in parts.items():
        stage.qtbot.keyClicks(addresses.blocks[0].parts[name].editor, text)
    save(stage, editor)
    address = stage.card("Yuki Tanabe").point(PointKind.ADDRESS)
    assert address is not None
    assert (address.raw, address.postal_code, address.city, address.country) == (
        "Kanalweg 8",
        "20457",
        "Hamburg",
        "DE",
    )


def test_tags_are_part_of_the_one_batch(stage: Stage) -> None:
    stage.open()
    editor = edit(stage, "Sofia Tessaro")
    editor.form.tags.removed.emit("vip")
    editor.form.tags.added.emit("fair")
    write(stage, editor, title="Founder")
    save(stage, editor)
    assert (stage.row("Sofia Tessaro").tags, stage.row("Sofia Tessaro").title) == (("fair",), "Founder")
    stage.undo()
    assert (stage.row("Sofia Tessaro").tags, stage.row("Sofia Tessaro").title) == (("vip",), "Owner")


def test_custom_fields_stand_in_the_form(stage: Stage) -> None:
    stage.workspace.custom_fields.add(EntityKind.CONTACT, "seats", FieldKind.NUMBER)
    stage.open()
    editor = edit(stage, "Yuki Tanabe")
    write(stage, editor, **{"custom.seats": "14"})
    save(stage, editor)
    assert stage.card("Yuki Tanabe").custom == {"seats": 14}


def test_a_company_is_suggested_while_it_is_typed(stage: Stage) -> None:
    stage.open()
    editor = edit(stage, "Yuki Tanabe")
    made = editor.form.inputs["company"]
    assert isinstance(made, CompanyInput)
    made.take_focus()
    stage.qtbot.keyClicks(made.line.editor, "alme")
    stage.until(lambda: made.suggestions.is_shown)
    stage.qtbot.keyClick(made.line.editor, Qt.Key.Key_Down)
    stage.qtbot.keyClick(made.line.editor, Qt.Key.Key_Return)
    assert made.text == "Almeda Logistics"


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_saved(stage: Stage) -> None:
    stage.open()
    editor = edit(stage, "Anna Berg")
    write(stage, editor, title="Buyer", birthday="never")
    point(stage, editor, PointKind.EMAIL, "not an address")
    save(stage, editor)
    wrong = editor.form.points[PointKind.EMAIL].lines[0].line.editor.accessibleDescription()
    said = editor.form.inputs["birthday"].field.focusProxy()
    assert said is not None
    assert "not an address" in wrong or "never" in said.accessibleDescription()
    assert stage.row("Anna Berg").title == "Head of Procurement"
    assert stage.page.detail.is_editing


def test_a_contact_without_a_name_or_address_is_refused_at_its_first_name(stage: Stage) -> None:
    stage.open()
    editor = new(stage)
    write(stage, editor, title="Nobody")
    save(stage, editor)
    first = editor.form.inputs["first_name"]
    assert isinstance(first, LineInput)
    assert "needs a name" in first.line.editor.accessibleDescription()
    write(stage, editor, first_name="Some")
    assert first.line.editor.accessibleDescription() == ""


def test_half_typed_text_is_there_again_when_the_record_comes_back(stage: Stage) -> None:
    stage.open()
    editor = edit(stage, "Anna Berg")
    write(stage, editor, title="Half a ti")
    stage.show_record("Karim Haddad")
    stage.show_record("Anna Berg")
    assert stage.page.detail.is_editing
    assert editor.form.inputs["title"].text == "Half a ti"
    save(stage, editor)
    assert stage.row("Anna Berg").title == "Half a ti"
    stage.show_record("Karim Haddad")
    stage.show_record("Anna Berg")
    assert not stage.page.detail.is_editing, "what was saved is no draft any more"


def test_half_a_new_contact_is_there_again_with_the_next_new_one(stage: Stage) -> None:
    stage.open()
    editor = new(stage)
    write(stage, editor, first_name="Ingr")
    stage.show_record("Anna Berg")
    new(stage)
    assert editor.form.inputs["first_name"].text == "Ingr"


def test_cancel_forgets_what_was_typed_and_escape_keeps_it(stage: Stage) -> None:
    stage.open()
    editor = edit(stage, "Anna Berg")
    write(stage, editor, title="Half")
    stage.qtbot.keyClick(editor, Qt.Key.Key_Escape)
    stage.page.detail.edit()
    assert editor.form.inputs["title"].text == "Half"
    stage.qtbot.mouseClick(editor.cancel, Qt.MouseButton.LeftButton)
    stage.page.detail.edit()
    assert editor.form.inputs["title"].text == "Head of Procurement"


def test_a_change_made_meanwhile_is_not_overwritten_by_what_was_not_touched(stage: Stage) -> None:
    stage.open()
    anna = stage.id_of("Anna Berg")
    editor = edit(stage, "Anna Berg")
    write(stage, editor, title="Buyer")
    stage.workspace.contacts.change(anna, RecordDraft({"lifecycle": "churned"}))
    stage.settle()
    assert editor.form.inputs["title"].text == "Buyer"
    save(stage, editor)
    assert (stage.row("Anna Berg").title, stage.row("Anna Berg").lifecycle) == ("Buyer", "churned")


def test_dropping_a_new_contact_closes_the_panel(stage: Stage) -> None:
    stage.open()
    editor = new(stage)
    stage.qtbot.mouseClick(editor.cancel, Qt.MouseButton.LeftButton)
    assert not stage.panel.is_open


def test_every_control_of_the_form_has_a_name(stage: Stage) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit

    stage.open()
    editor = edit(stage, "Anna Berg")
    editor.form.addresses._on_more()
    kinds = (QLineEdit, QComboBox, QPlainTextEdit, QAbstractButton)
    nameless = [widget for kind in kinds for widget in editor.findChildren(kind) if not widget.accessibleName()]
    assert nameless == []


def test_a_warning_that_was_never_given_is_a_plain_no(stage: Stage) -> None:
    stage.open()
    flag = make_input(EntityKind.CONTACT, "do_not_contact", stage.page.lookups)
    stage.qtbot.addWidget(flag)
    assert isinstance(flag, FlagInput)
    shown = []
    for typed in ("", "no", "yes"):
        flag.set_text(typed)
        shown.append((flag.choice_field.combo.currentText(), flag.text))
    assert shown == [("No", ""), ("No", "no"), ("Yes", "yes")]
