"""The settings: what is changed acts at once, comes back after an undo, and is shown as it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from services.records.drafts import RecordDraft
from services.records.people import UserRow
from services.vault.protection import Protection
from tests.ui.running import PASSPHRASE, Started, make_workspace, started
from ui.notifications.preferences import NotificationPreferences
from ui.pages import Target
from ui.pages.settings.appearance_section import AppearanceSection
from ui.pages.settings.data_section import DataSection, readable_size
from ui.pages.settings.notifications_section import NotificationsSection
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.profile_section import ProfileSection, region_options
from ui.pages.settings.section import Section
from ui.pages.settings.security_section import SecuritySection
from ui.pages.unlock.page import UnlockPage
from ui.theme.tokens import Density, ThemeMode
from ui.widgets.button import Button


@pytest.fixture
def running(qtbot: QtBot, tmp_path: Path) -> Iterator[Started]:
    """The window with its settings in front."""
    make_workspace(tmp_path)
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        go_to_settings(running)
        yield running


def go_to_settings(running: Started, section: str = "profile") -> SettingsPage:
    """Bring a section to the front."""
    running.window.navigate(Target("settings", argument=section))
    running.wait(lambda: running.window.frame.pages.current_name == "settings")
    page = running.window.frame.pages.current
    assert isinstance(page, SettingsPage)
    running.wait(lambda: page.view.current == section)
    running.settle()
    return page


def section_of(running: Started, name: str) -> Section:
    """A section of the settings, in front."""
    return go_to_settings(running, name).sections[name]


def user(running: Started) -> UserRow:
    """Who works here, as the store has it."""
    found = running.workspace.users.acting()
    assert found is not None
    return found


def leave_field(running: Started, qtbot: QtBot, name: str, text: str) -> ProfileSection:
    """Type into a field of the profile and leave it."""
    section = section_of(running, "profile")
    assert isinstance(section, ProfileSection)
    field = section._fields[name]
    field.editor.setFocus()
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, text) if text else field.editor.clear()
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    running.settle()
    return section


def test_the_profile_is_shown_as_it_stands(running: Started) -> None:
    section = section_of(running, "profile")
    assert isinstance(section, ProfileSection)
    assert section._fields["name"].text == "Lena Hartmann"
    assert section.zone.currentData() == "Europe/Berlin"
    assert [chip.isChecked() for chip in section.days] == [True] * 5 + [False] * 2


def test_a_changed_field_is_saved_when_it_is_left_and_control_z_takes_it_back(running: Started, qtbot: QtBot) -> None:
    section = leave_field(running, qtbot, "territory", "Iceland")
    running.wait(lambda: running.said() == "Profile changed")
    assert user(running).territory == "Iceland"
    section._fields["territory"].editor.clearFocus()
    running.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    running.wait(lambda: section._fields["territory"].text == "")
    assert user(running).territory == ""


def test_leaving_a_field_unchanged_writes_nothing(running: Started, qtbot: QtBot) -> None:
    before = len(running.workspace.history.batches())
    leave_field(running, qtbot, "name", "Lena Hartmann")
    assert len(running.workspace.history.batches()) == before


@pytest.mark.parametrize(("name", "text"), [("name", ""), ("email", "lena")])
def test_a_value_that_cannot_be_right_is_refused_beside_its_field(
    running: Started, qtbot: QtBot, name: str, text: str
) -> None:
    before = getattr(user(running), name)
    section = leave_field(running, qtbot, name, text)
    assert not section._fields[name]._message.isHidden()
    assert getattr(user(running), name) == before


def test_a_day_of_the_work_week_acts_at_once(running: Started) -> None:
    section = section_of(running, "profile")
    assert isinstance(section, ProfileSection)
    section.days[5].click()
    running.settle()
    assert user(running).work_week == (1, 2, 3, 4, 5, 6)


def test_a_time_zone_and_a_country_are_chosen(running: Started) -> None:
    section = section_of(running, "profile")
    assert isinstance(section, ProfileSection)
    section.zone.setCurrentIndex(section.zone.findData("Europe/Oslo"))
    section.zone.activated.emit(section.zone.currentIndex())
    section.region.setCurrentIndex(section.region.findData("NO"))
    section.region.activated.emit(section.region.currentIndex())
    running.settle()
    assert (user(running).time_zone, user(running).region) == ("Europe/Oslo", "NO")


def test_what_another_process_changed_is_shown(running: Started) -> None:
    section = section_of(running, "profile")
    assert isinstance(section, ProfileSection)
    running.workspace.users.change_profile(name="Lena Berg")
    running.wait(lambda: section._fields["name"].text == "Lena Berg")
    running.wait(lambda: "Lena Berg" in running.window.frame.rail.person.accessibleName())


def test_appearance_acts_at_once_and_is_kept(qtbot: QtBot, tmp_path: Path) -> None:
    make_workspace(tmp_path)
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        section = section_of(running, "appearance")
        assert isinstance(section, AppearanceSection)
        section.mode.part_chosen.emit(2)
        section.density.part_chosen.emit(1)
        assert running.parts.theme.is_dark
        assert running.parts.theme.density is Density.COMPACT
        running.settle()
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        assert running.parts.theme.mode is ThemeMode.DARK
        assert running.parts.theme.density is Density.COMPACT


def test_a_zoom_is_kept(running: Started) -> None:
    section = section_of(running, "appearance")
    assert isinstance(section, AppearanceSection)
    section.zoom.setCurrentIndex(section.zoom.findData(1.25))
    section.zoom.activated.emit(section.zoom.currentIndex())
    assert running.parts.theme.zoom == 1.25
    assert running.parts.state.get("appearance", "zoom") == 1.25


def test_a_plain_workspace_says_that_encryption_is_off(running: Started) -> None:
    section = section_of(running, "security")
    assert isinstance(section, SecuritySection)
    running.wait(lambda: section._state_tag.accessibleName() == "Off")
    assert section._code_card.isHidden()


def test_an_encrypted_workspace_says_how_it_opens(qtbot: QtBot, tmp_path: Path) -> None:
    make_workspace(tmp_path, protection=Protection.PASSPHRASE)
    with started(qtbot, tmp_path) as running:
        running.wait(lambda: isinstance(running.window.cards.card, UnlockPage))
        running.card(UnlockPage).passphrase.set_text(PASSPHRASE)
        running.card(UnlockPage).unlock_button.click()
        running.wait_open()
        section = section_of(running, "security")
        assert isinstance(section, SecuritySection)
        running.wait(lambda: section._state_tag.accessibleName() == "On")
        assert section._code_tag.accessibleName() == "Not confirmed"
        section.kept.click()
        assert section._code_tag.accessibleName() == "Written down"


def test_lock_now_locks(running: Started) -> None:
    section = section_of(running, "security")
    assert isinstance(section, SecuritySection)
    section.lock_button.click()
    running.wait(lambda: isinstance(running.window.cards.card, UnlockPage))


@pytest.mark.parametrize("full", [False, True])
def test_a_check_of_a_sound_file_says_so_and_is_remembered(running: Started, full: bool) -> None:
    section = section_of(running, "security")
    assert isinstance(section, SecuritySection)
    (section.full_button if full else section.check_button).click()
    running.wait(lambda: section._sound_tag.accessibleName() == "Sound")
    running.settle()
    assert ("Everything checked" if full else "Last check") in section._last_check.text()
    result = section._view_model.last_check()
    assert result is not None and (result.full, result.problems) == (full, ())


def test_a_check_that_finds_something_says_what(running: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    section = section_of(running, "security")
    assert isinstance(section, SecuritySection)
    monkeypatch.setattr(type(running.workspace.history), "verify", lambda _self, full=False: ["page 7 is broken"])
    section.check_button.click()
    running.wait(lambda: section._sound_tag.accessibleName() == "1 problem")
    assert "page 7 is broken" in section._sound_text.text()
    running.settle()


def test_everything_deleted_is_listed_and_restored(running: Started) -> None:
    running.workspace.contacts.delete([1])
    running.workspace.companies.delete([2])
    section = section_of(running, "data")
    assert isinstance(section, DataSection)
    running.wait(lambda: {row.name for row in section._trash} == {"Anna Berg", "Castellan Insurance"})
    section.restore_button.click()
    running.wait(lambda: section._trash == [])
    assert running.workspace.contacts.cards([1])[0].deleted_at is None


def test_every_kind_that_is_thrown_away_is_listed_and_restored(running: Started) -> None:
    fill_every_kind(running)
    workspace = running.workspace
    for service in (workspace.leads, workspace.deals, workspace.tasks, workspace.calendar):
        service.delete([1])
    section = section_of(running, "data")
    assert isinstance(section, DataSection)
    running.wait(lambda: {row.name for row in section._trash} == {"Mei Zhou", "Scanners", "Call Kepler", "Fair"})
    section.restore_button.click()
    running.wait(lambda: section._trash == [])
    assert workspace.tasks.card(1).deleted_at is None
    assert workspace.calendar.card(1).deleted_at is None


def test_one_record_is_restored_alone(running: Started) -> None:
    running.workspace.contacts.delete([1, 2])
    section = section_of(running, "data")
    assert isinstance(section, DataSection)
    running.wait(lambda: len(section._trash) == 2)
    restore = next(button for button in section.findChildren(Button) if button.accessibleName() == "Restore Anna Berg")
    restore.click()
    running.wait(lambda: [row.name for row in section._trash] == ["Karim Haddad"])
    running.settle()


def test_everything_is_exported_to_json(running: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    to = tmp_path / "all.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(to), ""))
    section = section_of(running, "data")
    assert isinstance(section, DataSection)
    section.json_button.click()
    running.wait(lambda: "6 records exported" in running.said())
    assert {len(json.loads(to.read_text(encoding="utf-8"))[name]) for name in ("contacts", "companies")} == {3}


def test_everything_is_exported_to_a_folder_of_csv(
    running: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    section = section_of(running, "data")
    assert isinstance(section, DataSection)
    section.csv_button.click()
    running.wait(lambda: "exported" in running.said())
    folder = tmp_path / "MyCRM export 2026-11-23"
    assert {file.name for file in folder.iterdir()} == {
        f"{name}.csv" for name in ("contacts", "companies", "leads", "deals", "activities", "tasks", "events")
    }


def fill_every_kind(running: Started) -> None:
    """One record more of every kind that came with sales and planning."""
    workspace = running.workspace
    workspace.leads.add(RecordDraft({"name": "Mei Zhou"}))
    workspace.deals.add(RecordDraft({"title": "Scanners"}))
    workspace.tasks.add(RecordDraft({"title": "Call Kepler"}))
    workspace.calendar.add(RecordDraft({"title": "Fair", "starts_at": datetime(2026, 12, 1, 9, tzinfo=UTC)}))


@pytest.mark.parametrize(
    ("as_format", "held"),
    [
        ("json", "contacts companies leads deals activities tasks events"),
        ("xlsx", "contacts companies leads deals activities tasks events"),
        ("vcf", "contacts companies"),
        ("ics", "events tasks"),
    ],
)
def test_an_export_holds_every_kind_of_record_that_its_format_can(
    running: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_format: str, held: str
) -> None:
    fill_every_kind(running)
    to = tmp_path / f"all.{as_format}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(to), ""))
    run, ran = running.workspace.exports.run, []

    def noted(*args: Any, **options: Any) -> Any:
        ran.append(run(*args, **options))
        return ran[-1]

    monkeypatch.setattr(type(running.workspace.exports), "run", lambda _self, *args, **options: noted(*args, **options))
    section = section_of(running, "data")
    assert isinstance(section, DataSection)
    {"json": section.json_button, "xlsx": section.xlsx_button, "vcf": section.vcf_button, "ics": section.ics_button}[
        as_format
    ].click()
    running.wait(lambda: "exported" in running.said())
    assert to.exists()
    counts = ran[0].counts
    assert set(counts) == set(held.split())
    assert all(counts[name] for name in ("leads", "deals", "tasks", "events") if name in counts)


def test_what_a_format_has_no_place_for_is_told_until_the_next_export(
    running: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_every_kind(running)
    names = iter((str(tmp_path / "all.xlsx"), str(tmp_path / "all.json")))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (next(names), ""))
    section = section_of(running, "data")
    assert isinstance(section, DataSection)
    assert section.left_out_card.isHidden()
    section.xlsx_button.click()
    running.wait(lambda: not section.left_out_card.isHidden())
    assert "Spreadsheet has no place for" in section.left_out.text()
    assert "pipelines and their stages (1 record)" in section.left_out.text()
    section.json_button.click()
    running.wait(section.left_out_card.isHidden)


def test_an_export_that_cannot_be_written_says_so(
    running: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "no" / "all.json"), ""))
    section = section_of(running, "data")
    assert isinstance(section, DataSection)
    section.json_button.click()
    running.wait(lambda: "could not be written" in running.said())


def test_a_changed_mind_exports_nothing(running: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    section = section_of(running, "data")
    assert isinstance(section, DataSection)
    section.json_button.click()
    assert running.said() == ""


def test_the_file_and_what_is_in_it_are_told(running: Started) -> None:
    section = section_of(running, "data")
    assert isinstance(section, DataSection)
    running.wait(lambda: "3 contacts, 3 companies" in section._counts._sentence.text())
    assert "Nordvik.mycrm" in section._file._sentence.text()


def test_a_setting_is_found_by_its_words(running: Started) -> None:
    page = go_to_settings(running)
    page.view.search.set_text("motion")
    running.wait(lambda: page.view.current == "appearance")
    page.view.search.set_text("")
    page.view.search.set_text("zzqq")
    assert page.view.current == "appearance"
    running.settle()


def test_the_section_shown_last_is_in_front_the_next_time(qtbot: QtBot, tmp_path: Path) -> None:
    make_workspace(tmp_path)
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        page = go_to_settings(running)
        page.view.navigation.page_chosen.emit("about")
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        running.window.navigate(Target("settings"))
        running.wait(lambda: running.window.frame.pages.current_name == "settings")
        again = running.window.frame.pages.current
        assert isinstance(again, SettingsPage)
        running.wait(lambda: again.view.current == "about")
        running.settle()


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 KB"), (2_048, "2 KB"), (5_500_000, "5.2 MB"), (300_000_000, "286 MB"), (3_000_000_000, "2.8 GB")],
)
def test_a_size_is_said_in_words(size: int, text: str) -> None:
    assert readable_size(size) == text


def test_a_theme_may_change_after_the_settings_were_closed(qtbot: QtBot, tmp_path: Path) -> None:
    path = make_workspace(tmp_path)
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        section_of(running, "appearance")
        running.parts.opening.switch(path)
        running.wait(lambda: running.parts.opening.workspace is None)
        running.wait_open()
        # An error inside a slot would fail this test.
        running.parts.theme.set_mode(ThemeMode.DARK)
        assert running.parts.theme.is_dark


def test_countries_are_offered_by_name_in_order() -> None:
    options = region_options()
    names = [name for name, _code in options]
    assert ("Germany", "DE") in options
    assert names == sorted(names)
    assert all(len(code) == 2 for _name, code in options)


def test_what_is_told_and_when_not_is_kept_on_this_laptop(running: Started) -> None:
    section = section_of(running, "notifications")
    assert isinstance(section, NotificationsSection)
    section.with_names.click()
    section.lead.setCurrentIndex(section.lead.findData(30))
    section.lead.activated.emit(section.lead.currentIndex())
    section.is_quiet.click()
    section.until.setCurrentIndex(section.until.findData("08:30"))
    section.until.activated.emit(section.until.currentIndex())
    kept = NotificationPreferences(running.parts.state)
    assert (kept.with_names, kept.before_meetings, kept.quiet) == (
        False,
        timedelta(minutes=30),
        (time(20), time(8, 30)),
    )
    section.is_quiet.click()
    assert kept.quiet is None
    assert not section.until.isEnabled()
