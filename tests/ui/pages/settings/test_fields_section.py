"""Own fields in the settings: added, renamed, put in order, deleted, each with its way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from services.records.fields import EntityKind, FieldKind
from tests.ui.running import Started, make_workspace, started
from ui.pages import Target
from ui.pages.settings.field_form import FieldForm
from ui.pages.settings.fields_section import FieldsSection
from ui.pages.settings.page import SettingsPage
from ui.widgets.button import Button

CONTACT = EntityKind.CONTACT


@pytest.fixture
def running(qtbot: QtBot, tmp_path: Path) -> Iterator[Started]:
    """The window with its own fields in front; contacts have two."""
    make_workspace(tmp_path)
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        running.workspace.custom_fields.add(CONTACT, "plan", FieldKind.CHOICE, options=("Basic", "Pro"))
        running.workspace.custom_fields.add(CONTACT, "seats", FieldKind.NUMBER)
        running.window.navigate(Target("settings", argument="fields"))
        running.wait(lambda: "fields" in page(running).sections and page(running).view.current == "fields")
        running.wait(lambda: len(section(running).fields[CONTACT]) == 2)
        running.settle()
        yield running


def page(running: Started) -> SettingsPage:
    """The page of settings."""
    found = running.window.frame.pages.current
    assert isinstance(found, SettingsPage)
    return found


def section(running: Started) -> FieldsSection:
    """The section of own fields."""
    found = page(running).sections["fields"]
    assert isinstance(found, FieldsSection)
    return found


def names(running: Started) -> list[str]:
    """What the fields of contacts are called, as the section shows them."""
    running.settle()
    return [field.label for field in section(running).fields[CONTACT]]


def undo(running: Started) -> None:
    """Press Undo on the toast."""
    toast = running.window.frame.toasts.current
    assert toast is not None
    toast.action_pressed.emit()


def form_for_new(running: Started) -> FieldForm:
    """The form of a new field of contacts."""
    card = section(running).cards[CONTACT]
    add = card.findChild(Button)
    assert isinstance(add, Button)
    add.click()
    form = section(running).form
    assert form is not None
    return form


def test_a_field_is_added_and_undone(running: Started) -> None:
    form = form_for_new(running)
    form.name.set_text("Contract ends")
    form.kind_field.set_value(FieldKind.DATE.value)
    form.save.click()
    running.wait(lambda: len(section(running).fields[CONTACT]) == 3)
    assert names(running) == ["plan", "seats", "Contract ends"]
    assert section(running).popover is None
    undo(running)
    running.wait(lambda: len(section(running).fields[CONTACT]) == 2)


def test_a_choice_is_added_with_its_options(running: Started) -> None:
    form = form_for_new(running)
    form.name.set_text("Size")
    form.kind_field.set_value(FieldKind.CHOICE.value)
    form.kind_field.value_chosen.emit(FieldKind.CHOICE.value)
    assert not form.option_lines.isHidden()
    form.option_lines.set_text("Small\n\n Large ")
    form.save.click()
    running.wait(lambda: len(section(running).fields[CONTACT]) == 3)
    assert section(running).fields[CONTACT][2].options == ("Small", "Large")


def test_a_field_without_a_name_is_refused_in_the_form(running: Started) -> None:
    form = form_for_new(running)
    form.save.click()
    running.wait(lambda: form.name.field_state.name == "ERROR")
    section(running).close_form()
    assert section(running).popover is None


def test_a_field_is_renamed_and_its_kind_stays(running: Started) -> None:
    field = section(running).fields[CONTACT][0]
    section(running).open_form(CONTACT, field, section(running))
    form = section(running).form
    assert form is not None
    assert not form.kind_field.combo.isEnabled()
    form.name.set_text("Price plan")
    form.option_lines.set_text("Basic\nPro\nTeam")
    form.save.click()
    running.wait(lambda: names(running) == ["Price plan", "seats"])
    assert section(running).fields[CONTACT][0].options == ("Basic", "Pro", "Team")


def test_fields_change_places(running: Started) -> None:
    section(running).move_field(CONTACT, 0, 1)
    running.wait(lambda: names(running) == ["seats", "plan"])


def test_a_deleted_field_comes_back_by_undo(running: Started) -> None:
    section(running).delete_field(section(running).fields[CONTACT][0])
    running.wait(lambda: names(running) == ["seats"])
    assert running.said() == "Field deleted: plan"
    undo(running)
    running.wait(lambda: names(running) == ["plan", "seats"])
