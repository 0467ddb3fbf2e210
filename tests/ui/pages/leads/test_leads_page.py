"""The page of leads: its list, converting and disqualifying."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from services.store.queries.listing import ListRequest
from tests.ui.pages.record.stage import NOW, Stage
from ui.delegates.roles import CellRole
from ui.pages import Target
from ui.pages.leads.convert_form import ConvertForm
from ui.pages.leads.head import LeadHead
from ui.pages.leads.page import LeadsPage
from ui.pages.record.kind import Tab
from ui.theme.tokens import Tone


def leads_page(stage: Stage) -> LeadsPage:
    """The page, as the one of leads."""
    page = stage.page
    assert isinstance(page, LeadsPage)
    return page


def head_of(stage: Stage) -> LeadHead:
    """The head of the panel."""
    head = stage.page.detail.head
    assert isinstance(head, LeadHead)
    return head


def open_convert(stage: Stage, name: str) -> ConvertForm:
    """The form of the conversion of a lead."""
    page = leads_page(stage)
    stage.show_record(name)
    head_of(stage).convert.click()
    stage.until(lambda: page.convert_form is not None)
    assert page.convert_form is not None
    return page.convert_form


def row_of(stage: Stage, name: str) -> int:
    """The row of a lead on the list."""
    return stage.rows.index(name)


def test_the_newest_lead_comes_first(stage: Stage) -> None:
    stage.open()
    assert stage.page.list_view_model.descending
    assert set(stage.rows) == {"Nora Lind", "A. Berg", "Karim Haddad", "Yuki Tanabe", "Mia Rossi"}


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("new", {"Nora Lind", "Mia Rossi"}),
        ("working", {"A. Berg", "Karim Haddad"}),
        ("response", {"Nora Lind", "A. Berg"}),
        ("converted", set()),
        ("trash", set()),
    ],
)
def test_each_tab_shows_its_leads_and_counts_them(stage: Stage, key: str, names: set[str]) -> None:
    stage.open()
    view_model = stage.page.list_view_model
    view = next(view for view in view_model.kind.views if view.key == key)
    view_model.choose_view(view)
    stage.settle()
    assert set(stage.rows) == names
    assert view_model.view is view
    assert view_model.counts[key] == len(names)


@pytest.mark.parametrize(
    ("name", "text", "tone"),
    [
        ("Nora Lind", "3 h late", Tone.BAD),
        ("A. Berg", "Mon 23 Nov", None),
        ("Karim Haddad", "Answered", None),
        ("Yuki Tanabe", "", None),
    ],
)
def test_a_late_answer_is_said_in_bad(stage: Stage, name: str, text: str, tone: Tone | None) -> None:
    stage.open()
    row = row_of(stage, name)
    table = stage.page.list_view_model.table
    assert stage.cell(row, "response_due") == text
    assert table.index(row, table.column_of("response_due")).data(CellRole.TONE) == tone


def test_many_leads_change_their_status_at_once_and_come_back(stage: Stage) -> None:
    stage.open()
    table = stage.page.list_view_model.table
    for name in ("Nora Lind", "Mia Rossi"):
        table.toggle_checked(row_of(stage, name))
    stage.page.list_view_model.change_checked("status", "working")
    stage.settle()
    assert {row.status for row in stage.records()} == {"working", "nurturing"}
    stage.undo()
    assert sorted(row.status for row in stage.records()) == ["new", "new", "nurturing", "working", "working"]


def test_nobody_is_converted_by_a_choice_of_status(stage: Stage) -> None:
    stage.open()
    stage.show_record("Nora Lind")
    stage.page.edit_record()
    stage.until(lambda: stage.page.detail.is_editing)
    form = stage.page.detail.editor.form
    form.complete()
    combo = form.inputs["status"].field.focusProxy()
    assert combo is not None
    values = [combo.itemData(row) for row in range(combo.count())]  # type: ignore[attr-defined]
    assert values == ["new", "working", "nurturing", "qualified", "disqualified"]


def test_a_moment_is_edited_by_the_clock_of_the_profile(stage: Stage) -> None:
    stage.open()
    stage.show_record("Nora Lind")
    stage.page.edit_record()
    stage.until(lambda: stage.page.detail.is_editing)
    form = stage.page.detail.editor.form
    form.complete()
    # Ten in the morning in UTC is eleven in Berlin.
    assert form.inputs["response_due"].text == "2026-11-20 11:00"
    form.inputs["response_due"].set_text("2026-11-21 09:30")
    stage.page.detail.editor.submit()
    stage.settle()
    assert stage.row("Nora Lind").response_due == NOW.replace(day=21, hour=8, minute=30)  # type: ignore[attr-defined]


def test_the_form_says_what_will_be_made(stage: Stage) -> None:
    stage.open()
    form = open_convert(stage, "Nora Lind")
    assert form.contact._title.text() == "New contact: Nora Lind"
    assert form.company._title.text() == "New company: Fjord Freight"
    assert form.typed is None


def test_a_known_email_and_company_are_recognised(stage: Stage) -> None:
    stage.open()
    form = open_convert(stage, "A. Berg")
    assert form.contact._title.text() == "Fills up Anna Berg"
    assert form.company._title.text() == "Known company: Almeda Logistics"


def test_a_lead_becomes_a_contact_with_a_deal_and_the_contact_is_opened(stage: Stage) -> None:
    stage.open()
    form = open_convert(stage, "Nora Lind")
    form.wants_deal.setChecked(True)
    form.amount.set_text("12,500.50")
    form.close_day.set_text("2026-12-18")
    form.convert.click()
    stage.until(lambda: stage.navigated)
    stage.settle()
    made = stage.workspace.contacts.ids(ListRequest("name:Nora"))
    assert list(stage.navigated) == [Target("contacts", EntityKind.CONTACT, made[0])]
    deal = stage.workspace.deals.rows(stage.workspace.deals.ids(ListRequest("", "id")))[0]
    assert (deal.title, deal.amount, deal.currency, str(deal.expected_close)) == (
        "Fjord Freight",
        1_250_050,
        "EUR",
        "2026-12-18",
    )
    assert stage.toast == "Nora Lind is a contact now, with a deal"
    assert leads_page(stage).overlay is None


def test_undo_takes_the_whole_conversion_back(stage: Stage) -> None:
    stage.open()
    open_convert(stage, "Nora Lind").convert.click()
    stage.until(lambda: stage.navigated)
    stage.undo()
    assert not stage.workspace.contacts.ids(ListRequest("name:Nora"))
    assert stage.row("Nora Lind").status == "new"  # type: ignore[attr-defined]


def test_an_amount_that_cannot_be_read_is_said_beside_it_and_nothing_is_made(stage: Stage) -> None:
    stage.open()
    form = open_convert(stage, "Nora Lind")
    form.wants_deal.setChecked(True)
    form.amount.set_text("a lot")
    form.convert.click()
    stage.settle()
    assert form.amount.field_state.name == "ERROR"
    assert not form.convert.is_busy
    assert stage.row("Nora Lind").status == "new"  # type: ignore[attr-defined]


def test_escape_closes_the_form_and_converts_nothing(stage: Stage) -> None:
    stage.open()
    form = open_convert(stage, "Nora Lind")
    stage.qtbot.keyClick(form.convert, Qt.Key.Key_Escape)
    assert leads_page(stage).overlay is None
    assert stage.row("Nora Lind").status == "new"  # type: ignore[attr-defined]


def test_tab_goes_round_inside_the_form(stage: Stage) -> None:
    stage.open()
    form = open_convert(stage, "Nora Lind")
    seen = []
    for _ in range(4):
        seen.append(stage.window.focusWidget())
        stage.qtbot.keyClick(stage.window.focusWidget(), Qt.Key.Key_Tab)
    assert {form.convert, form.cancel, form.wants_deal} == set(seen)


def test_no_key_reaches_the_page_below_the_form(stage: Stage) -> None:
    stage.open()
    form = open_convert(stage, "Nora Lind")
    form.cancel.setFocus()
    stage.qtbot.keyClick(form.cancel, Qt.Key.Key_N)
    stage.settle()
    assert not stage.page.detail.is_editing


def test_a_converted_lead_leads_to_what_it_became(stage: Stage) -> None:
    stage.workspace.leads.convert(stage.id_of("Nora Lind"))
    stage.open()
    stage.show_record("Nora Lind")
    head = head_of(stage)
    assert head.became.isVisible()
    assert not head.convert.isVisible()
    wanted = next(
        row.id for row in stage.workspace.contacts.rows(stage.workspace.contacts.ids(ListRequest("name:Nora")))
    )
    head.became_pressed.emit(EntityKind.CONTACT, wanted)
    assert stage.navigated == [Target("contacts", EntityKind.CONTACT, wanted)]


def test_disqualifying_asks_for_the_reason(stage: Stage) -> None:
    stage.open()
    stage.show_record("Mia Rossi")
    head_of(stage).disqualify.click()
    form = leads_page(stage).disqualify_form
    assert form is not None
    form.disqualify.click()
    stage.until(lambda: form.reason.field_state.name == "ERROR")
    form.chips[0].click()
    form.disqualify.click()
    stage.until(lambda: leads_page(stage).popover is None)
    stage.settle()
    assert stage.row("Mia Rossi").status == "disqualified"  # type: ignore[attr-defined]
    assert stage.card("Mia Rossi").fields["disqualify_reason"] == "No budget"
    stage.undo()
    assert stage.row("Mia Rossi").status == "new"  # type: ignore[attr-defined]


def test_a_lead_that_was_answered_waits_no_longer(stage: Stage) -> None:
    stage.open()
    stage.show_record("Nora Lind")
    card = stage.page.detail_view_model.card
    assert card is not None
    command = next(found for found in stage.page.detail.commands(card) if found.text == "Answered")
    assert command.run is not None
    command.run()
    stage.settle()
    assert stage.row("Nora Lind").responded_at == NOW  # type: ignore[attr-defined]
    assert stage.cell(row_of(stage, "Nora Lind"), "response_due") == "Answered"


def test_the_timeline_of_a_lead_is_its_own(stage: Stage) -> None:
    uid = stage.card("Nora Lind").uid.hex()
    stage.workspace.activities.add(RecordDraft({"type": "call", "lead": uid, "body": "Wants a quote"}))
    stage.open()
    stage.show_record("Nora Lind")
    entries = stage.page.detail.timeline.entries
    stage.until(lambda: entries.rowCount() == 1)
    assert entries.index(0).data(CellRole.BODY) == "Wants a quote"


def test_a_call_is_logged_on_the_lead(stage: Stage) -> None:
    stage.open()
    stage.show_record("Nora Lind")
    stage.page.detail.call()
    assert stage.opened_urls == ["tel:+49405550101"]
    composer = stage.page.detail.timeline.composer
    composer.form.text.set_text("Sent the price list")
    composer.form.add.click()
    stage.until(lambda: stage.page.detail.timeline.entries.rowCount() == 1)
    entry = stage.page.detail.timeline.entries.entry(0)
    assert entry is not None
    assert (entry.type, entry.lead) == ("call", "Nora Lind")


def test_the_tasks_of_a_lead_stand_in_its_panel(stage: Stage) -> None:
    uid = stage.card("Nora Lind").uid.hex()
    task = stage.workspace.tasks.add(RecordDraft({"title": "Send the quote", "lead": uid, "due_at": NOW.date()})).id
    stage.open()
    stage.show_record("Nora Lind")
    stage.page.detail.show_tab(Tab.TASKS)
    linked = stage.page.detail.linked(Tab.TASKS)
    stage.until(lambda: linked.rows.rowCount() == 1)
    stage.settle()
    assert linked.rows.index(0, 0).data() == "Send the quote"
    assert linked.rows.index(0, 0).data(CellRole.END_TEXT) == "Today"
    linked.list.clicked.emit(linked.rows.index(0, 0))
    assert stage.navigated == [Target("tasks", EntityKind.TASK, task)]


def test_every_state_of_the_tour_can_be_brought_about_one_after_the_other(stage: Stage) -> None:
    stage.workspace.leads.convert(stage.id_of("Karim Haddad"))
    stage.open()
    page = leads_page(stage)
    looks: dict[str, Callable[[], bool]] = {
        "list": lambda: (page.list.table.current_row, stage.panel.is_open) == (0, False),
        "filtered": lambda: len(page.list.filters.chips.chips) == 2,
        "grouped": lambda: page.list_view_model.table.is_grouped and page.list_view_model.table.checked_count > 0,
        "grouped-below": lambda: page.list_view_model.table.is_grouped and page.list.table.current_row > 1,
        "panel": lambda: (stage.panel.is_open, page.detail.tab) == (True, Tab.TIMELINE),
        "selection": page.list.selection.bar.isVisible,
        "fields": lambda: page.detail.tab is Tab.FIELDS,
        "tasks": lambda: page.detail.tab is Tab.TASKS,
        "history": lambda: bool(page.detail.history.entries),
        "call": lambda: page.detail.timeline.composer.is_open,
        "editor": lambda: page.detail.is_editing,
        "filter": lambda: page.list.popover is not None,
        "no-match": page.list.nothing.isVisible,
        "trash": lambda: page.list_view_model.in_trash,
        "response-due": lambda: page.list_view_model.view.key == "response",
        "convert": lambda: page.convert_form is not None and not page.convert_form.wants_deal.isChecked(),
        "convert-deal": lambda: page.convert_form is not None and page.convert_form.wants_deal.isChecked(),
        "disqualify": lambda: page.disqualify_form is not None,
        "converted": lambda: stage.panel.is_open and head_of(stage).became.isVisible(),
    }
    assert [state.name for state in page.tour_states()] == list(looks)
    for state in page.tour_states():
        state.prepare()
        stage.until(looks[state.name])


def test_a_response_within_the_hour_is_late_by_minutes(stage: Stage) -> None:
    stage.workspace.leads.change(stage.id_of("Nora Lind"), RecordDraft({"response_due": NOW - timedelta(minutes=20)}))
    stage.open()
    assert stage.cell(row_of(stage, "Nora Lind"), "response_due") == "20 min late"
