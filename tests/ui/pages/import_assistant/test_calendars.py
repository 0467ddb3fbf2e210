"""A calendar through the window: shown, taken over, known again, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.errors import MyCrmError
from services.records.fields import EntityKind
from services.store.queries.listing import ListRequest
from tests.ui.pages.import_assistant.stage import Stage
from ui.pages.import_assistant.import_run import RunState
from ui.pages.import_assistant.view_model import Step

EVENTS = (
    ("one", "Demo at Kepler", "DTSTART:20261201T090000Z", "DTEND:20261201T100000Z", "LOCATION:Berlin"),
    ("two", "Fair", "DTSTART;VALUE=DATE:20261203", "DTEND;VALUE=DATE:20261205", "X-OWN:kept nowhere"),
)
BROKEN = "BEGIN:VEVENT\nUID:three\nSUMMARY:Without a start\nEND:VEVENT"
TASK = "BEGIN:VTODO\nUID:four\nSUMMARY:Pack\nEND:VTODO"


def calendar(folder: Path, *more: str, title: str = "Demo at Kepler") -> Path:
    """A calendar with two events, and whatever else."""
    events = [
        "\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{summary}", *lines, "END:VEVENT"])
        for uid, summary, *lines in EVENTS
    ]
    text = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *events, *more, "END:VCALENDAR", ""])
    path = folder / "calendar.ics"
    path.write_bytes(text.replace("Demo at Kepler", title).replace("\n", "\r\n").encode())
    return path


def _look(stage: Stage, path: Path) -> None:
    stage.view_model.choose_file(path)
    stage.until(lambda: stage.view_model.chosen.calendar is not None and not stage.view_model.is_looking)
    stage.until(lambda: stage.page.view.is_built)
    stage.settle()


def _titles(stage: Stage) -> list[str]:
    events = stage.workspace.calendar
    return [row.title for row in events.rows(events.ids(ListRequest(sort="starts_at")))]


def _tasks(stage: Stage) -> list[str]:
    tasks = stage.workspace.tasks
    return [row.title for row in tasks.rows(tasks.ids(ListRequest()))]


def _cells(stage: Stage) -> list[list[str]]:
    model = stage.page.view.calendar.events.table.model()
    stage.until(lambda: model.rowCount() and model.index(0, 0).data())
    return [[str(model.index(row, column).data()) for column in range(4)] for row in range(model.rowCount())]


def test_the_events_are_shown_in_place_of_columns(stage: Stage) -> None:
    stage.open()
    _look(stage, calendar(stage.folder, BROKEN, TASK))
    view = stage.page.view
    assert stage.view_model.entity is EntityKind.EVENT
    assert stage.view_model.step is Step.MAP
    assert view.calendar.isVisible()
    assert not view.map.isVisible()
    cells = _cells(stage)
    assert [(row[0], row[2], row[3]) for row in cells] == [("Demo at Kepler", "Berlin", "New"), ("Fair", "", "New")]
    assert "1 Dec" in cells[0][1]
    assert cells[1][1].endswith("3 Dec")
    summary = view.calendar.summary
    assert summary.new.accessibleName().startswith("2 New")
    assert summary.rejected.isVisible()
    assert summary.tasks.isVisible()
    assert "has no start" in summary._reasons.text()
    assert "X-OWN" in summary._left_out.text()
    assert view.foot.first.text() == "Import 2 events and 1 task"
    assert _titles(stage) == []


def test_the_events_come_in_as_one_step_and_go_again(stage: Stage) -> None:
    stage.open()
    _look(stage, calendar(stage.folder, BROKEN))
    stage.import_it()
    assert stage.view_model.run.state is RunState.DONE
    assert _titles(stage) == ["Demo at Kepler", "Fair"]
    summary = stage.page.view.result.summary
    assert summary._heading.text() == "2 events imported"
    assert summary.rejects.isVisible()
    assert summary.rejects._title.text() == "1 event could not be read"
    assert summary.rejects.lines[0].accessibleName() == "Event 3: “Without a start” has no start"
    assert not summary.rejects.link.isVisible()
    stage.view_model.run.undo()
    stage.until(lambda: stage.view_model.run.is_undone)
    stage.settle()
    assert _titles(stage) == []


def test_the_same_calendar_again_changes_only_what_is_new_in_it(stage: Stage) -> None:
    stage.open()
    _look(stage, calendar(stage.folder))
    stage.import_it()
    stage.view_model.start_over()
    _look(stage, calendar(stage.folder, title="Demo moved"))
    assert [row[3] for row in _cells(stage)] == ["Here already", "Here already"]
    assert stage.page.view.calendar.summary.here.accessibleName().startswith("2 Here already")
    stage.import_it()
    outcome = stage.view_model.run.outcome
    assert outcome is not None
    assert {verdict.value: count for verdict, count in outcome.verdicts.items() if count} == {
        "updated": 1,
        "unchanged": 1,
    }
    assert sorted(_titles(stage)) == ["Demo moved", "Fair"]


def test_what_becomes_of_the_events_meanwhile_is_shown(stage: Stage) -> None:
    stage.open()
    path = calendar(stage.folder)
    _look(stage, path)
    found = stage.view_model.chosen.calendar
    assert found is not None
    stage.workspace.calendar.take(found.contents.events)
    stage.until(lambda: stage.view_model.chosen.calendar is not None and stage.view_model.chosen.calendar.known == 2)
    stage.settle()


def test_a_calendar_of_tasks_alone_is_a_list_of_tasks(stage: Stage) -> None:
    stage.open()
    path = stage.folder / "todo.ics"
    path.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\n{TASK}\nEND:VCALENDAR\n", encoding="utf-8")
    stage.check(path)
    assert stage.view_model.entity is EntityKind.TASK
    assert stage.verdicts == {"created": 1}
    stage.import_it()
    assert _tasks(stage) == ["Pack"]


def test_events_and_tasks_of_a_calendar_come_in_as_one_step_and_go_again(stage: Stage) -> None:
    stage.open()
    _look(stage, calendar(stage.folder, TASK))
    summary = stage.page.view.calendar.summary
    assert summary.with_tasks.isVisible() and summary.with_tasks.isChecked()
    assert summary.tasks.accessibleName() == "1 Tasks, 1 new, 0 updated"
    assert stage.page.view.foot.first.text() == "Import 2 events and 1 task"
    stage.import_it()
    assert (_titles(stage), _tasks(stage)) == (["Demo at Kepler", "Fair"], ["Pack"])
    result = stage.page.view.result.summary
    assert result._heading.text() == "2 events and 1 task imported"
    assert "1 new" in result._notes.text()
    stage.view_model.run.undo()
    stage.until(lambda: stage.view_model.run.is_undone)
    stage.settle()
    assert _titles(stage) == _tasks(stage) == []


def test_tasks_of_a_calendar_stay_in_the_file_if_the_user_says_so(stage: Stage) -> None:
    stage.open()
    _look(stage, calendar(stage.folder, TASK))
    summary = stage.page.view.calendar.summary
    summary.with_tasks.setChecked(False)
    assert summary.tasks.accessibleName() == "1 Tasks, left out"
    assert stage.page.view.foot.first.text() == "Import 2 events"
    stage.import_it()
    assert (len(_titles(stage)), _tasks(stage)) == (2, [])


def test_events_of_a_table_are_shown_and_taken_as_those_of_a_calendar(stage: Stage) -> None:
    stage.open()
    lines = ("Demo;2026-12-01 09:00;2026-12-01 10:00;Kiel", "Fair;2026-12-03;;", "Broken;someday;;")
    _look(stage, stage.file(lines, name="events.csv", header="Subject;Start;End;Location"))
    assert stage.view_model.entity is EntityKind.EVENT
    assert [row[0] for row in _cells(stage)] == ["Demo", "Fair"]
    assert stage.page.view.calendar.summary.rejected.isVisible()
    stage.import_it()
    assert _titles(stage) == ["Demo", "Fair"]


def test_a_calendar_that_cannot_be_written_leaves_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.open()
    _look(stage, calendar(stage.folder))

    def refuse(*_all: object, **_options: object) -> None:
        raise MyCrmError("The disk is full", "Free some space.")

    monkeypatch.setattr(type(stage.workspace.imports), "take_calendar", refuse)
    stage.import_it()
    assert stage.view_model.run.state is RunState.FAILED
    assert stage.view_model.failure().title == "The disk is full"
    assert _titles(stage) == []
    stage.view_model.try_again()
    stage.until(lambda: not stage.view_model.is_looking)
    stage.settle()
    assert stage.view_model.can_import


def test_after_a_calendar_a_table_holds_contacts_again(stage: Stage) -> None:
    stage.open()
    _look(stage, calendar(stage.folder))
    stage.view_model.start_over()
    stage.check()
    assert stage.view_model.entity is EntityKind.CONTACT
    assert stage.page.view.map.isVisible()


def test_earlier_imports_name_calendars_too(stage: Stage) -> None:
    stage.open()
    _look(stage, calendar(stage.folder))
    stage.import_it()
    stage.view_model.start_over()
    stage.until(stage.page.view.file.earlier.isVisible)
