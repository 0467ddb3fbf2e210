"""The detail panel: timeline, fields, companies and history of a contact."""

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from services.records.drafts import PointKind, RecordDraft
from services.records.fields import EntityKind, FieldKind
from services.records.people import Point
from tests.ui.pages.record.stage import NOW, Stage
from ui.delegates.roles import CellRole
from ui.pages.record.handing_over import hand_over
from ui.pages.record.kind import Tab
from ui.pages.record.timeline_model import CALLS, PAGE


def timeline(stage: Stage) -> list[tuple[str, str, str]]:
    """Title, body and date of every entry on show."""
    model = stage.page.detail.timeline.entries
    roles = (Qt.ItemDataRole.DisplayRole, CellRole.BODY, CellRole.END_TEXT)
    texts = [[str(model.index(row).data(role)) for role in roles] for row in range(model.rowCount())]
    return [(title, body, date) for title, body, date in texts]


def show_tab(stage: Stage, tab: Tab) -> None:
    """Bring a tab to the front."""
    stage.page.detail.show_tab(tab)
    stage.until(lambda: not stage.page.detail.history._soon.isActive())
    stage.settle()


def history(stage: Stage) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Title and values of every batch on show."""
    return [
        (entry.item.title, [(line.what, line.before, line.after) for line in entry.item.lines])
        for entry in stage.page.detail.history.entries
    ]


def test_the_head_says_who_it_is_and_where_they_work(stage: Stage) -> None:
    stage.open()
    stage.show_record("Anna Berg")
    head = stage.page.detail.head
    assert (head.name.text(), head.line.text(), head.company.accessibleName()) == (
        "Anna Berg",
        "Head of Procurement,",
        "Almeda Logistics",
    )


def test_the_company_in_the_head_leads_to_its_page(stage: Stage) -> None:
    stage.open()
    stage.show_record("Anna Berg")
    stage.qtbot.mouseClick(stage.page.detail.head.company, Qt.MouseButton.LeftButton)
    target = stage.navigated[-1]
    assert (target.page, target.entity) == ("companies", EntityKind.COMPANY)
    assert stage.workspace.companies.card(target.id or 0).name == "Almeda Logistics"


def test_the_panel_follows_the_keyboard_while_it_is_open(stage: Stage) -> None:
    stage.open()
    stage.show_record("Anna Berg")
    stage.page.list.step(1)
    stage.until(lambda: stage.page.detail.head.name.text() == "Karim Haddad")


def test_only_the_last_of_many_records_passed_is_shown(stage: Stage) -> None:
    stage.open()
    stage.show_record("Anna Berg")
    for _ in range(4):
        stage.page.list.step(1)
    stage.settle()
    assert stage.page.detail.head.name.text() == "Sofia Tessaro"


def test_the_timeline_tells_the_newest_first(stage: Stage) -> None:
    anna = stage.id_of("Anna Berg")
    stage.add_activity(anna, "note", days_ago=3, body="Board decides in December.")
    stage.open()
    stage.show_record("Anna Berg")
    assert timeline(stage) == [
        ("Call, 14 min", "Reached · Asked for a volume discount.", "Fri 20 Nov"),
        ("Note", "Board decides in December.", "Tue 17 Nov"),
    ]
    assert stage.page.detail.timeline._count.text() == "2 entries"


def test_chips_narrow_the_timeline(stage: Stage) -> None:
    anna = stage.id_of("Anna Berg")
    stage.add_activity(anna, "email", subject="Offer")
    stage.open()
    stage.show_record("Anna Berg")
    stage.qtbot.mouseClick(stage.page.detail.timeline.chips[CALLS], Qt.MouseButton.LeftButton)
    stage.settle()
    assert [title for title, _, _ in timeline(stage)] == ["Call, 14 min"]


def test_a_long_timeline_is_read_in_pages(stage: Stage) -> None:
    anna = stage.id_of("Anna Berg")
    uid = stage.workspace.contacts.card(anna).uid
    for number in range(PAGE + 9):
        draft = RecordDraft(
            {"type": "note", "contact": uid.hex(), "body": str(number), "occurred_at": NOW - timedelta(days=number + 1)}
        )
        stage.workspace.activities.add(draft)
    stage.open()
    model = stage.page.detail.timeline.entries
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    stage.show_record("Anna Berg")
    stage.until(lambda: model.rowCount() >= PAGE)
    if model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    stage.until(lambda: model.rowCount() == PAGE + 10)
    assert model.total == PAGE + 10
    assert [model.index(row).data(CellRole.IS_LAST) for row in (PAGE - 1, PAGE + 9)] == [False, True]
    assert tester.model() is model


def test_a_note_is_added_and_taken_back(stage: Stage) -> None:
    stage.open()
    stage.show_record("Yuki Tanabe")
    stage.page.detail.write("note")
    composer = stage.page.detail.timeline.composer
    stage.qtbot.keyClicks(composer.form.text.editor, "Likes the new portal.")
    stage.qtbot.keyClick(composer.form.text.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: [body for _, body, _ in timeline(stage)] == ["Likes the new portal."])
    assert (stage.toast, composer.is_open) == ("Note added", False)
    stage.undo()
    stage.until(lambda: timeline(stage) == [])


def test_a_call_is_logged_with_outcome_and_length(stage: Stage) -> None:
    stage.open()
    stage.show_record("Yuki Tanabe")
    stage.qtbot.mouseClick(stage.page.detail.head.call, Qt.MouseButton.LeftButton)
    composer = stage.page.detail.timeline.composer
    composer.form.outcome.set_value("voicemail")
    stage.qtbot.keyClicks(composer.form.duration.editor, "7")
    stage.qtbot.mouseClick(composer.form.add, Qt.MouseButton.LeftButton)
    stage.until(lambda: timeline(stage) == [("Call, 7 min", "Left a message", "Fri 20 Nov")])
    row = stage.page.list_view_model.table.row_of(stage.id_of("Yuki Tanabe"))
    stage.until(lambda: stage.cell(row, "last") == "Today")


def test_a_length_that_cannot_be_read_is_said_beside_it(stage: Stage) -> None:
    stage.open()
    stage.show_record("Yuki Tanabe")
    stage.page.detail.write("meeting")
    composer = stage.page.detail.timeline.composer
    stage.qtbot.keyClicks(composer.form.duration.editor, "soon")
    stage.qtbot.mouseClick(composer.form.add, Qt.MouseButton.LeftButton)
    stage.until(lambda: composer.form.duration.editor.accessibleDescription() == "Write minutes, or 1 h 30 min.")
    assert (composer.is_open, timeline(stage)) == (True, [])


def test_an_empty_note_is_not_added(stage: Stage) -> None:
    stage.open()
    stage.show_record("Yuki Tanabe")
    stage.page.detail.write("note")
    composer = stage.page.detail.timeline.composer
    composer._on_add()
    stage.settle()
    assert composer.form.text.editor.accessibleDescription() == "Write something first."


def test_half_a_note_is_kept_while_another_record_is_looked_at(stage: Stage) -> None:
    stage.open()
    stage.show_record("Yuki Tanabe")
    stage.page.detail.write("call")
    composer = stage.page.detail.timeline.composer
    stage.qtbot.keyClicks(composer.form.text.editor, "She said")
    stage.show_record("Anna Berg")
    assert (composer.is_open, composer.form.text.text) == (False, "")
    stage.show_record("Yuki Tanabe")
    assert (composer.is_open, composer.form.text.text, composer.draft.type) == (True, "She said", "call")


def test_an_entry_opens_in_full(stage: Stage) -> None:
    stage.open()
    stage.show_record("Anna Berg")
    stage.page.detail.timeline.open_entry(0)
    popover = stage.page.detail.timeline.popover
    assert popover is not None
    assert popover.isVisible()
    popover.close()


def test_an_entry_goes_to_the_trash_and_comes_back(stage: Stage) -> None:
    stage.open()
    stage.show_record("Anna Berg")
    entry = stage.page.detail.timeline.entries.entry(0)
    assert entry is not None
    stage.page.detail.timeline._delete(entry.id)
    stage.until(lambda: timeline(stage) == [])
    stage.undo()
    stage.until(lambda: len(timeline(stage)) == 1)


def field_values(stage: Stage, *names: str) -> list[str]:
    """What the rows of the fields say."""
    rows = stage.page.detail.fields.rows
    return [rows[name].accessibleName() for name in names]


def test_the_fields_are_shown_as_people_write_them(stage: Stage) -> None:
    stage.workspace.contacts.change(
        stage.id_of("Anna Berg"), RecordDraft({"birthday": NOW.date().replace(year=1990), "language": "de"})
    )
    stage.open()
    stage.show_record("Anna Berg")
    show_tab(stage, Tab.FIELDS)
    assert field_values(stage, "title", "lifecycle", "owner", "language", "time_zone", "do_not_contact") == [
        "Title: Head of Procurement",
        "Lifecycle: Customer",
        "Owner: Rosa Quill",
        "Language: German",
        "Time zone: empty",
        "Do not contact: No",
    ]
    assert "1990" in field_values(stage, "birthday")[0]


def test_a_field_is_edited_where_it_stands(stage: Stage) -> None:
    stage.open()
    stage.show_record("Yuki Tanabe")
    show_tab(stage, Tab.FIELDS)
    row = stage.page.detail.fields.rows["title"]
    stage.qtbot.keyClick(row, Qt.Key.Key_Return)
    made: Any = row.input
    made.line.editor.selectAll()
    stage.qtbot.keyClicks(made.line.editor, "Planning lead")
    stage.qtbot.keyClick(made.line.editor, Qt.Key.Key_Return)
    stage.until(lambda: row.accessibleName() == "Title: Planning lead")
    assert not row.is_editing
    stage.undo()
    stage.until(lambda: row.accessibleName() == "Title: Planner")


def test_a_field_that_cannot_be_kept_says_why_beside_it(stage: Stage) -> None:
    stage.open()
    stage.show_record("Yuki Tanabe")
    show_tab(stage, Tab.FIELDS)
    row = stage.page.detail.fields.rows["birthday"]
    row.edit()
    made: Any = row.input
    stage.qtbot.keyClicks(made.line.editor, "31.02.1990")
    stage.qtbot.keyClick(made.line.editor, Qt.Key.Key_Return)
    stage.until(lambda: "31.02.1990" in made.line.editor.accessibleDescription())
    stage.qtbot.keyClick(made.line.editor, Qt.Key.Key_Escape)
    assert row.input is None
    assert stage.card("Yuki Tanabe").fields["birthday"] is None


def test_custom_fields_are_typed(stage: Stage) -> None:
    stage.workspace.custom_fields.add(EntityKind.CONTACT, "seats", FieldKind.NUMBER)
    stage.workspace.custom_fields.add(EntityKind.CONTACT, "plan", FieldKind.CHOICE, options=("Starter", "Pro"))
    stage.open()
    stage.show_record("Yuki Tanabe")
    show_tab(stage, Tab.FIELDS)
    rows = stage.page.detail.fields.custom
    assert [row.accessibleName() for row in rows.values()] == ["Seats: empty", "Plan: empty"]
    for name, text in (("seats", "12"), ("plan", "Pro")):
        rows[name].changed.emit(f"custom.{name}", text)
    stage.until(lambda: stage.card("Yuki Tanabe").custom == {"seats": 12, "plan": "Pro"})


def test_notes_are_written_in_place(stage: Stage) -> None:
    stage.open()
    stage.show_record("Yuki Tanabe")
    show_tab(stage, Tab.FIELDS)
    notes = stage.page.detail.fields.notes
    stage.qtbot.keyClick(notes, Qt.Key.Key_Return)
    stage.qtbot.keyClicks(notes._editor.editor, "Vegetarian")
    stage.qtbot.keyClick(notes._editor.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: stage.card("Yuki Tanabe").fields["notes"] == "Vegetarian")
    assert not notes.is_editing


def test_a_tag_is_put_on_and_taken_off_in_the_panel(stage: Stage) -> None:
    stage.open()
    stage.show_record("Yuki Tanabe")
    show_tab(stage, Tab.FIELDS)
    tags = stage.page.detail.fields.tags
    tags.start()
    stage.qtbot.keyClicks(tags.line.editor, "vip")
    stage.qtbot.keyClick(tags.line.editor, Qt.Key.Key_Return)
    stage.until(lambda: tags.tags == ("vip",))
    tags.chips[0].removed.emit()
    stage.until(lambda: tags.tags == ())
    assert stage.row("Yuki Tanabe").tags == ()


def test_contact_points_are_copied_and_used(stage: Stage) -> None:
    stage.open()
    stage.show_record("Anna Berg")
    show_tab(stage, Tab.FIELDS)
    mail, call = stage.page.detail.fields.points[:2]
    stage.qtbot.mouseClick(call._copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "+49 40 5550100"
    assert stage.toast == "Copied: +49 40 5550100"
    stage.qtbot.mouseClick(mail._use, Qt.MouseButton.LeftButton)
    stage.qtbot.mouseClick(call._use, Qt.MouseButton.LeftButton)
    assert stage.opened_urls == ["mailto:anna@almeda.example", "tel:+49405550100"]


def test_an_address_is_copied_where_no_mail_program_answers(stage: Stage) -> None:
    stage.opens_urls = False
    stage.open()
    stage.show_record("Anna Berg")
    stage.qtbot.mouseClick(stage.page.detail.head.email, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "anna@almeda.example"


def test_the_email_button_waits_for_an_address(stage: Stage) -> None:
    stage.open()
    stage.show_record("Yuki Tanabe")
    assert not stage.page.detail.head.email.isEnabled()


@pytest.mark.parametrize(
    ("kind", "raw", "opened"),
    [
        (PointKind.EMAIL, "a@x.example?bcc=spy@y.example", "mailto:a@x.example%3Fbcc=spy@y.example"),
        (PointKind.URL, "https://x.example/a", "https://x.example/a"),
        (PointKind.URL, "file:///etc/passwd", None),
        (PointKind.SOCIAL, "javascript:alert(1)", None),
        (PointKind.SOCIAL, "@handle", None),
    ],
)
def test_only_mail_calls_and_the_web_are_handed_over(kind: PointKind, raw: str, opened: str | None) -> None:
    from services.records.ids import Uid

    url = hand_over(Point(Uid(bytes(16)), kind, "", raw, raw, True))
    assert (url.toString() if url else None) == opened


def test_a_warning_not_to_contact_stands_in_the_head(stage: Stage) -> None:
    stage.workspace.contacts.change(stage.id_of("Anna Berg"), RecordDraft({"do_not_contact": True}))
    stage.open()
    stage.show_record("Anna Berg")
    assert stage.page.detail.head.hands_off.isVisible()


def test_the_companies_of_a_person_lead_to_their_page(stage: Stage) -> None:
    stage.open()
    stage.show_record("Anna Berg")
    show_tab(stage, Tab.PEOPLE)
    people = stage.page.detail.people
    assert [people.roles.index(row).data() for row in range(people.roles.rowCount())] == ["Almeda Logistics"]
    people._on_chosen(people.roles.index(0))
    assert stage.navigated[-1].page == "companies"


def test_the_history_says_what_changed_and_by_whom(stage: Stage) -> None:
    anna = stage.id_of("Anna Berg")
    stage.workspace.contacts.change(anna, RecordDraft({"title": "Buyer", "lifecycle": "churned"}))
    stage.workspace.contacts.tag([anna], "fair")
    stage.open()
    stage.show_record("Anna Berg")
    show_tab(stage, Tab.HISTORY)
    assert history(stage) == [
        ("Tag put on", [("Tags", "", "fair")]),
        ("2 values changed", [("Lifecycle", "Customer", "Churned"), ("Title", "Head of Procurement", "Buyer")]),
        ("Added", []),
    ]
    assert stage.page.detail.history.entries[0].item.who == "Rosa Quill"


def test_one_batch_of_the_history_is_taken_back(stage: Stage) -> None:
    anna = stage.id_of("Anna Berg")
    stage.workspace.contacts.change(anna, RecordDraft({"title": "Buyer"}))
    stage.workspace.contacts.tag([anna], "fair")
    stage.open()
    stage.show_record("Anna Berg")
    show_tab(stage, Tab.HISTORY)
    stage.qtbot.mouseClick(stage.page.detail.history.entries[1].undo, Qt.MouseButton.LeftButton)
    stage.until(lambda: stage.row("Anna Berg").title == "Head of Procurement")
    assert stage.row("Anna Berg").tags == ("fair",)
    stage.until(lambda: history(stage)[0][0] == "Taken back")


def test_a_record_that_is_deleted_offers_to_be_restored(stage: Stage) -> None:
    stage.open()
    stage.show_record("Anna Berg")
    head = stage.page.detail.head
    # From the menu of the panel; with the keyboard on the list the next record would be shown.
    head.more.setFocus()
    stage.page.detail_view_model.delete()
    stage.until(head.restore.isVisible)
    assert not head.email.isVisible()
    stage.qtbot.mouseClick(head.restore, Qt.MouseButton.LeftButton)
    stage.until(lambda: "Anna Berg" in stage.names())
    stage.until(head.email.isVisible)


def test_a_record_that_is_gone_says_so_in_the_panel(stage: Stage) -> None:
    stage.open()
    stage.page.open_record(99_999)
    stage.until(lambda: stage.page.detail._stack.currentWidget() is stage.page.detail.trouble)
    assert "could not be read" in stage.page.detail.trouble.accessibleName()


def test_what_is_opened_for_a_while_is_remembered_as_recent(stage: Stage) -> None:
    stage.open()
    stage.show_record("Yuki Tanabe")
    stage.until(lambda: [hit.title for hit in stage.workspace.search.recents()] == ["Yuki Tanabe"])


def test_a_hidden_tab_reads_nothing(stage: Stage) -> None:
    stage.open()
    stage.show_record("Anna Berg")
    show_tab(stage, Tab.FIELDS)
    stage.show_record("Karim Haddad")
    assert timeline(stage) == []
    show_tab(stage, Tab.TIMELINE)
    assert [title for title, _, _ in timeline(stage)] == ["Offer"]


def test_the_slider_goes_back_through_the_changes_and_shows_what_was_known_then(stage: Stage) -> None:
    anna = stage.id_of("Anna Berg")
    for title in ("Buyer", "Head of Buying"):
        stage.clock.advance(timedelta(days=1))
        stage.workspace.contacts.change(anna, RecordDraft({"title": title, "lifecycle": "churned"}))
    stage.open()
    stage.show_record("Anna Berg")
    show_tab(stage, Tab.HISTORY)
    box = stage.page.detail.history.standing
    assert (box.slider.maximum(), box.moment, box.lines) == (2, None, [])
    stage.qtbot.keyClick(box.slider, Qt.Key.Key_Left)
    stage.until(lambda: ("Title", "Buyer", True) in box.lines)
    assert ("First name", "Anna", False) in box.lines
    assert ("Lifecycle", "Churned", False) in box.lines
    stage.qtbot.keyClick(box.slider, Qt.Key.Key_Home)
    stage.until(lambda: ("Title", "Head of Procurement", True) in box.lines)
    assert ("Lifecycle", "Customer", True) in box.lines
    stage.qtbot.keyClick(box.slider, Qt.Key.Key_End)
    assert (box.moment, box.lines) == (None, [])


def test_a_record_that_never_changed_has_no_slider(stage: Stage) -> None:
    stage.open()
    stage.show_record("Yuki Tanabe")
    show_tab(stage, Tab.HISTORY)
    assert stage.page.detail.history.standing.isHidden()
