"""The user's own views: saved from what is shown, found again with their count, changed, shared, taken away."""

from __future__ import annotations

from pathlib import Path

from services.records.fields import EntityKind
from services.records.saved_views import ViewDraft
from tests.ui.pages.record.stage import Stage
from ui.pages.record.list_head import ListHead
from ui.pages.record.saved_views import SavedViews
from ui.widgets.input_frame import FieldState


def opened(stage: Stage, query: str = "") -> SavedViews:
    """The page with what matches a query."""
    stage.open()
    views = stage.page.list.views
    stage.until(lambda: not views._soon.isActive())
    stage.settle()
    if query:
        stage.page.list_view_model.set_query(query)
        stage.until(lambda: stage.page.list_view_model.found.text == query)
        stage.settle()
    return views


def titles(stage: Stage) -> list[str]:
    """The tabs from left to right."""
    return [view.title for view in stage.page.list_view_model.views]


def head(stage: Stage) -> ListHead:
    return stage.page.list.head


def named(stage: Stage, views: SavedViews, name: str) -> None:
    """Type a name into the form and save."""
    form = views.form
    assert form is not None
    form.name.set_text(name)
    form.submit()
    stage.settle()


def saved(stage: Stage, name: str, query: str) -> None:
    """A view that is there beforehand."""
    stage.workspace.views.add(ViewDraft(EntityKind.CONTACT, name, query))


def test_what_is_shown_is_saved_as_a_tab_with_its_count_and_order(stage: Stage) -> None:
    views = opened(stage, "lifecycle:churned")
    stage.page.list_view_model.sort_by("last", descending=True)
    stage.settle()
    assert head(stage)._save.isVisible()
    head(stage)._save.click()
    named(stage, views, "Gone")
    stage.until(lambda: "Gone" in titles(stage))
    assert titles(stage)[-1] == "Trash"
    assert stage.toast == "View “Gone” saved"
    assert views.popover is None
    view = stage.page.list_view_model.saved_view
    assert view is not None
    assert (view.query, view.sort, view.descending) == ("lifecycle:churned", "last", True)
    stage.until(lambda: stage.page.list_view_model.counts.get(f"saved:{view.id}") == 1)
    assert head(stage)._save.isHidden()
    stage.undo()
    stage.until(lambda: "Gone" not in titles(stage))


def test_a_view_shows_its_list_again(stage: Stage) -> None:
    saved(stage, "Planners", "title:planner")
    opened(stage)
    stage.until(lambda: "Planners" in titles(stage))
    head(stage).tabs.tab_chosen.emit(titles(stage).index("Planners"))
    stage.settle()
    assert stage.page.list_view_model.found.text == "title:planner"
    assert [row.name for row in stage.workspace.contacts.rows(stage.page.list_view_model.table.ids)] == ["Yuki Tanabe"]
    assert head(stage)._manage.isVisible()


def test_a_name_that_is_taken_or_empty_is_refused_beside_it(stage: Stage) -> None:
    saved(stage, "Planners", "title:planner")
    views = opened(stage, "lifecycle:churned")
    views.save_shown()
    for name in ("planners", "  "):
        named(stage, views, name)
        assert views.form is not None
        assert views.form.name.field_state is FieldState.ERROR
    assert titles(stage).count("Planners") == 1


def test_a_view_is_renamed_moved_and_deleted_and_each_is_undone(stage: Stage) -> None:
    saved(stage, "One", "title:one")
    saved(stage, "Two", "title:two")
    views = opened(stage, "title:two")
    stage.until(lambda: titles(stage)[-3:] == ["One", "Two", "Trash"])

    def run(text: str) -> None:
        view = stage.page.list_view_model.saved_view
        assert view is not None
        (command,) = [command for command in views.commands(view) if command.text == text]
        assert command.enabled
        assert command.run is not None
        command.run()
        stage.settle()

    run("Rename")
    named(stage, views, "Second")
    stage.until(lambda: titles(stage)[-3:] == ["One", "Second", "Trash"])
    run("Move left")
    stage.until(lambda: titles(stage)[-3:] == ["Second", "One", "Trash"])
    run("Delete")
    stage.until(lambda: titles(stage)[-2:] == ["One", "Trash"])
    stage.undo()
    stage.until(lambda: titles(stage)[-3:] == ["Second", "One", "Trash"])


def test_a_view_goes_to_a_file_and_comes_back_under_another_name(stage: Stage, tmp_path: Path) -> None:
    saved(stage, "Planners", "title:planner")
    views = opened(stage, "title:planner")
    stage.until(lambda: stage.page.list_view_model.saved_view is not None)
    view = stage.page.list_view_model.saved_view
    assert view is not None
    views._choose_place(view)
    dialog, file = views.dialog, tmp_path / "planners.mycrm-view"
    assert dialog is not None
    dialog.fileSelected.emit(str(file))
    dialog.done(0)
    stage.settle()
    assert b"title:planner" in file.read_bytes()
    views.take(str(file))
    stage.until(lambda: len([title for title in titles(stage) if title.startswith("Planners")]) == 2)


def test_a_file_that_is_no_view_is_refused(stage: Stage, tmp_path: Path) -> None:
    views = opened(stage)
    before, file = titles(stage), tmp_path / "bad.mycrm-view"
    failures: list[BaseException] = []
    stage.tasks.failed.connect(failures.append)
    for content in (b"", b"{}", b"\xff\x00", b'{"format": "mycrm-view", "version": 99}'):
        file.write_bytes(content)
        views.take(str(file))
        stage.settle()
    assert titles(stage) == before
    assert len(failures) == 4
