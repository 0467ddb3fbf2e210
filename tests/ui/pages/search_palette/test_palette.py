"""The palette in the window: typing, choosing, closing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from services.records.people import SearchOutcome
from tests.ui.running import Started, make_workspace, started
from ui.pages import Target
from ui.pages.search_palette.items import PaletteEntry, PaletteGroup
from ui.pages.search_palette.list_model import PaletteListModel
from ui.pages.search_palette.palette import SearchPalette

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def running(qtbot: QtBot, tmp_path: Path) -> Iterator[Started]:
    """The window with three people."""
    make_workspace(tmp_path)
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        yield running


def open_palette(running: Started) -> SearchPalette:
    """Open it by keyboard and wait for what it shows first."""
    running.press(Qt.Key.Key_K, CONTROL)
    palette = running.window.palette_overlay
    assert palette is not None
    running.wait(lambda: titles(palette) != [])
    return palette


def titles(palette: SearchPalette) -> list[str]:
    """The rows from top to bottom, headings included."""
    model = palette.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def type_into(running: Started, qtbot: QtBot, palette: SearchPalette, text: str, first: str) -> None:
    """Type, and wait until the first row is what was looked for."""
    qtbot.keyClicks(palette.input, text)
    running.wait(lambda: titles(palette)[:1] == [first])


def test_it_opens_with_the_pages_and_the_cursor_in_its_line(running: Started) -> None:
    palette = open_palette(running)
    assert palette.input.hasFocus()
    assert "Go to Settings" in titles(palette)


def test_slash_opens_it_on_a_page_without_a_search_of_its_own(
    running: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = running.window.frame.pages.current
    assert page is not None
    monkeypatch.setattr(page, "focus_search", lambda: False)
    running.press(Qt.Key.Key_Slash)
    assert running.window.palette_overlay is not None and running.window.palette_overlay.is_open


def test_typing_finds_people_and_return_opens_the_first(running: Started, qtbot: QtBot) -> None:
    palette = open_palette(running)
    gone_to: list[Target] = []
    object.__setattr__(palette.view_model._context, "navigate", gone_to.append)
    type_into(running, qtbot, palette, "anna", "Contacts")
    assert titles(palette)[1] == "Anna Berg"
    qtbot.keyClick(palette.input, Qt.Key.Key_Return)
    assert not palette.is_open
    assert gone_to == [Target("contacts", EntityKind.CONTACT, 1)]
    running.settle()


def test_what_was_opened_comes_first_the_next_time(running: Started, qtbot: QtBot) -> None:
    palette = open_palette(running)
    type_into(running, qtbot, palette, "karim", "Contacts")
    qtbot.keyClick(palette.input, Qt.Key.Key_Return)
    running.settle()
    palette = open_palette(running)
    running.wait(lambda: titles(palette)[:2] == ["Recent", "Karim Haddad"])


def test_arrows_step_over_headings_and_go_round(running: Started, qtbot: QtBot) -> None:
    palette = open_palette(running)
    rows = [palette.list.currentIndex().row()]
    for _ in range(palette.list.model().rowCount() - 1):
        qtbot.keyClick(palette.input, Qt.Key.Key_Down)
        rows.append(palette.list.currentIndex().row())
    assert 0 not in rows
    assert rows[0] == rows[-1] == 1
    qtbot.keyClick(palette.input, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == palette.list.model().rowCount() - 1


def test_a_page_is_gone_to(running: Started, qtbot: QtBot) -> None:
    palette = open_palette(running)
    qtbot.keyClicks(palette.input, "settings")
    running.wait(lambda: titles(palette)[-2:] == ["Go to", "Go to Settings"])
    qtbot.keyClick(palette.input, Qt.Key.Key_Up)
    qtbot.keyClick(palette.input, Qt.Key.Key_Return)
    running.wait(lambda: running.window.frame.pages.current_name == "settings")
    running.settle()


def test_a_command_is_found_by_its_words_and_run(running: Started, qtbot: QtBot) -> None:
    palette = open_palette(running)
    qtbot.keyClicks(palette.input, "new deal")
    running.wait(lambda: "New deal" in titles(palette))
    qtbot.keyClick(palette.input, Qt.Key.Key_Return)
    running.wait(lambda: running.window.frame.pages.current_name == "deals")
    assert not palette.is_open
    running.settle()


def test_a_command_typed_with_a_slip_is_still_found(running: Started, qtbot: QtBot) -> None:
    palette = open_palette(running)
    qtbot.keyClicks(palette.input, "comapct rows")
    running.wait(lambda: titles(palette)[:2] == ["Commands", "Compact or comfortable rows"])
    before = running.parts.theme.density
    qtbot.keyClick(palette.input, Qt.Key.Key_Return)
    running.wait(lambda: running.parts.theme.density is not before)


def test_every_command_that_holds_here_can_be_found(running: Started, qtbot: QtBot) -> None:
    palette = open_palette(running)
    for command in running.window.shortcuts.commands():
        palette.input.clear()
        qtbot.keyClicks(palette.input, command.text)
        running.wait(lambda text=command.text: text in titles(palette))  # type: ignore[misc]
    running.settle()


@pytest.mark.parametrize("place", ["deal", "file"])
def test_deals_and_files_lead_to_the_page_that_shows_them(
    running: Started, qtbot: QtBot, tmp_path: Path, place: str
) -> None:
    stage = running.workspace.pipelines.ensure_default().stages[0].uid.hex()
    deal = running.workspace.deals.add(RecordDraft({"title": "Haulage module", "stage": stage}))
    offer = tmp_path / "Quotation.txt"
    offer.write_text("400 pallets", encoding="utf-8")
    running.workspace.files.attach(offer, EntityKind.DEAL, deal.id)
    palette = open_palette(running)
    gone_to: list[Target] = []
    object.__setattr__(palette.view_model._context, "navigate", gone_to.append)
    words, heading = {"deal": ("haulage", "Deals"), "file": ("quotation", "Files")}[place]
    type_into(running, qtbot, palette, words, heading)
    qtbot.keyClick(palette.input, Qt.Key.Key_Return)
    running.wait(lambda: gone_to == [Target("deals", EntityKind.DEAL, deal.id)])
    running.settle()
    running.wait(lambda: [hit.title for hit in running.workspace.search.recents()] == ["Haulage module"])


def test_nothing_found_is_said_with_the_typed_words(running: Started, qtbot: QtBot) -> None:
    palette = open_palette(running)
    qtbot.keyClicks(palette.input, "zzqqxx")
    running.wait(lambda: not palette._nothing.isHidden())
    assert "zzqqxx" in palette._nothing.text()
    assert palette.list.isHidden()
    qtbot.keyClick(palette.input, Qt.Key.Key_Return)
    assert palette.is_open


def test_an_answer_that_comes_late_does_not_replace_a_newer_one(
    running: Started, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    palette = open_palette(running)
    gate = threading.Event()
    service = running.workspace.search
    search = service.search

    def slow_for_anna(text: str, *, limit: int = 20) -> SearchOutcome:
        if text == "anna":
            gate.wait(10)
        return search(text, limit=limit)

    monkeypatch.setattr(service, "search", slow_for_anna)
    qtbot.keyClicks(palette.input, "anna")
    qtbot.wait(60)
    palette.input.clear()
    type_into(running, qtbot, palette, "karim", "Contacts")
    gate.set()
    running.settle()
    assert "Anna Berg" not in titles(palette)


def test_escape_closes_it_and_gives_the_focus_back(running: Started, qtbot: QtBot) -> None:
    before = running.window.window().focusWidget()
    palette = open_palette(running)
    qtbot.keyClick(palette.input, Qt.Key.Key_Escape)
    assert not palette.is_open
    assert running.window.window().focusWidget() is before


def test_a_press_outside_closes_it(running: Started, qtbot: QtBot) -> None:
    palette = open_palette(running)
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert not palette.is_open


def test_tab_does_not_leave_it(running: Started, qtbot: QtBot) -> None:
    palette = open_palette(running)
    qtbot.keyClick(palette.input, Qt.Key.Key_Tab)
    assert palette.input.hasFocus()


def test_an_activity_leads_to_its_contact(running: Started, qtbot: QtBot) -> None:
    sofia = running.workspace.contacts.cards([3])[0].uid.hex()
    running.workspace.activities.add(
        RecordDraft({"type": "note", "subject": "Pallets", "body": "Wants 400 pallets.", "contact": sofia})
    )
    palette = open_palette(running)
    gone_to: list[Target] = []
    object.__setattr__(palette.view_model._context, "navigate", gone_to.append)
    type_into(running, qtbot, palette, "pallets", "Activities")
    qtbot.keyClick(palette.input, Qt.Key.Key_Return)
    running.wait(lambda: gone_to == [Target("contacts", EntityKind.CONTACT, 3)])
    running.settle()


def test_the_list_keeps_the_rules_of_qt(qtbot: QtBot) -> None:
    model = PaletteListModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for count in (0, 1, 500, 3):
        entries = tuple(PaletteEntry(f"Person {number}", tag="Contact") for number in range(count))
        model.set_groups([PaletteGroup("Contacts", entries)] if entries else [])
        assert model.rowCount() == (count + 1 if count else 0)
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert tester.model() is model
