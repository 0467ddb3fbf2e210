"""What is done with several contacts at once: one batch, one undo."""

from pytestqt.qtbot import QtBot

from tests.ui.pages.record.stage import Stage
from ui.pages.record.bulk import BulkEditForm, TagForm
from ui.pages.record.inputs import ChoiceInput, LineInput


def check(stage: Stage, *names: str) -> None:
    """Check the rows of these people."""
    table = stage.page.list_view_model.table
    for name in names:
        table.toggle_checked(table.row_of(stage.id_of(name)))


def edit_form(stage: Stage, field: str) -> BulkEditForm:
    """Open the form that changes all, at a field."""
    stage.page.list.selection.open_edit()
    form = stage.page.list.selection.form
    assert isinstance(form, BulkEditForm)
    form.field.set_value(field)
    form._on_field_chosen(field)
    return form


def test_the_bar_says_how_many_are_checked_and_goes_with_the_last(stage: Stage) -> None:
    stage.open()
    bar = stage.page.list.selection.bar
    seen = []
    for name in ("Anna Berg", "Julia Rowe", "Julia Rowe", "Anna Berg"):
        check(stage, name)
        seen.append(bar.accessibleName() if bar.isVisible() else "")
    assert seen == ["1 selected", "2 selected", "1 selected", ""]


def test_several_contacts_go_to_the_trash_and_come_back_with_one_undo(stage: Stage) -> None:
    stage.open()
    check(stage, "Anna Berg", "Julia Rowe", "Yuki Tanabe")
    stage.page.list.selection.delete()
    stage.settle()
    assert stage.rows == ["Karim Haddad", "Sofia Tessaro"]
    assert stage.toast == "3 contacts moved to Trash"
    assert not stage.page.list.selection.bar.isVisible()
    assert stage.page.list_view_model.counts["trash"] == 3
    stage.undo()
    assert len(stage.rows) == 5


def test_the_toast_takes_back_exactly_what_it_tells_of(stage: Stage) -> None:
    stage.open()
    check(stage, "Anna Berg")
    stage.page.list.selection.delete()
    stage.settle()
    assert stage.toasts.current is not None
    stage.toasts.current.action_pressed.emit()
    stage.settle()
    assert len(stage.rows) == 5


def test_all_checked_get_the_same_value_in_one_batch(stage: Stage) -> None:
    stage.open()
    check(stage, "Anna Berg", "Julia Rowe", "Yuki Tanabe")
    form = edit_form(stage, "lifecycle")
    assert isinstance(form.value, ChoiceInput)
    form.value.set_text("customer")
    form._on_change()
    stage.settle()
    lifecycles = {row.name: row.lifecycle for row in stage.records()}
    assert [lifecycles[name] for name in ("Anna Berg", "Julia Rowe", "Yuki Tanabe")] == ["customer"] * 3
    assert stage.toast == "3 contacts changed"
    stage.undo()
    assert {row.name: row.lifecycle for row in stage.records()}["Julia Rowe"] == "churned"


def test_the_form_says_beforehand_how_many_change(stage: Stage, qtbot: QtBot) -> None:
    stage.open()
    check(stage, "Anna Berg", "Julia Rowe", "Yuki Tanabe")
    form = edit_form(stage, "lifecycle")
    assert isinstance(form.value, ChoiceInput)
    form.value.set_text("customer")
    form.value.edited.emit()
    stage.until(lambda: "2 change to Lifecycle “Customer”. 1 have it already." in form._preview.accessibleName())


def test_the_same_company_for_all_is_found_while_it_is_typed(stage: Stage, qtbot: QtBot) -> None:
    stage.open()
    check(stage, "Julia Rowe", "Yuki Tanabe")
    form = edit_form(stage, "company")
    assert isinstance(form.value, LineInput)
    qtbot.keyClicks(form.value.line.editor, "alm")
    stage.until(lambda: form._suggestions._suggestions)
    form._suggestions.option_chosen.emit(0)
    form._on_change()
    stage.settle()
    assert stage.row("Julia Rowe").company == "Almeda Logistics"
    assert stage.row("Yuki Tanabe").company == "Almeda Logistics"


def test_nothing_to_change_offers_no_undo_of_something_else(stage: Stage) -> None:
    stage.open()
    check(stage, "Anna Berg", "Karim Haddad")
    form = edit_form(stage, "lifecycle")
    assert isinstance(form.value, ChoiceInput)
    form.value.set_text("customer")
    form._on_change()
    stage.settle()
    assert stage.toast == "Nothing to change: they have it already"
    assert stage.toasts.current is not None
    assert not stage.toasts.current._action.isVisible()


def test_a_tag_is_put_on_all_and_taken_off_again(stage: Stage) -> None:
    stage.open()
    check(stage, "Anna Berg", "Sofia Tessaro")
    for on, tags in ((True, [("fair",), ("fair", "vip")]), (False, [(), ("vip",)])):
        stage.page.list.selection.open_tag()
        form = stage.page.list.selection.form
        assert isinstance(form, TagForm)
        form.line.set_text("fair")
        form._tell(on)
        stage.settle()
        assert [stage.row("Anna Berg").tags, stage.row("Sofia Tessaro").tags] == tags
    assert stage.toast == "“fair” taken off 2 contacts"


def test_known_tags_are_suggested(stage: Stage) -> None:
    stage.open()
    check(stage, "Anna Berg")
    stage.page.list.selection.open_tag()
    form = stage.page.list.selection.form
    assert isinstance(form, TagForm)
    form._on_text_edited("V")
    assert [found.text for found in form.suggestions._suggestions] == ["vip"]


def test_in_the_trash_the_checked_are_restored(stage: Stage) -> None:
    stage.open()
    check(stage, "Anna Berg", "Julia Rowe")
    stage.page.list.selection.delete()
    stage.settle()
    stage.page.list_view_model.choose_view(stage.page.kind.views[-1])
    stage.settle()
    assert stage.rows == ["Anna Berg", "Julia Rowe"]
    stage.page.list_view_model.table.check_all(True)
    bar = stage.page.list.selection.bar
    assert [bar.restore.isVisible(), bar.delete.isVisible(), bar.edit.isVisible()] == [True, False, False]
    stage.page.list.selection.restore()
    stage.settle()
    assert (stage.rows, len(stage.names())) == ([], 5)
    assert stage.toast == "2 contacts restored"


def test_long_work_shows_its_progress_and_ends_in_one_toast(stage: Stage) -> None:
    stage.open()
    check(stage, "Anna Berg")
    report, end = stage.page.list_view_model._progress(5_000)
    assert report is not None
    toast = stage.toasts.current
    assert toast is not None
    report(2_500, 5_000)
    stage.settle()
    assert toast._left.text() == "2,500 of 5,000"
    end()
    report(5_000, 5_000)
    stage.settle()


def test_assign_gives_all_checked_an_owner(stage: Stage) -> None:
    stage.open()
    check(stage, "Anna Berg", "Julia Rowe")
    bar = stage.page.list.selection.bar
    assert bar.assign.isVisible()
    bar.assign.click()
    form = stage.page.list.selection.form
    assert isinstance(form, BulkEditForm)
    assert form.field.value == "owner"
    assert isinstance(form.value, ChoiceInput)
    assert [form.value.choice_field.combo.itemText(0), form.value.name] == ["Nobody", "owner"]
    form.value.set_text("Rosa Quill")
    form._on_change()
    stage.until(lambda: stage.row("Anna Berg").owner == stage.row("Julia Rowe").owner == "Rosa Quill")
