"""What belongs to a contact besides its values: consents, relations, deals and tasks."""

from __future__ import annotations

from datetime import date

import pytest

from services.records.drafts import ConsentDraft, RecordDraft
from services.records.fields import EntityKind
from tests.ui.pages.record.stage import NOW, Stage
from ui.delegates.roles import CellRole
from ui.pages import Target
from ui.pages.record.consent_group import ConsentGroup
from ui.pages.record.kind import Tab
from ui.pages.record.people_tab import PeopleTab


def consents_of(stage: Stage) -> ConsentGroup:
    """The group of consents in the panel."""
    stage.page.detail.show_tab(Tab.FIELDS)
    group = stage.page.detail.fields.consents
    assert group is not None
    return group


def related(stage: Stage) -> PeopleTab:
    """The tab of companies and relations, with Anna on show."""
    stage.open()
    stage.show_record("Anna Berg")
    stage.page.detail.show_tab(Tab.PEOPLE)
    stage.settle()
    return stage.page.detail.people


def test_every_channel_has_a_row_that_says_what_is_known(stage: Stage) -> None:
    anna = stage.id_of("Anna Berg")
    stage.workspace.contacts.set_consent(anna, ConsentDraft("email", "granted", "contract", NOW, "Form 12"))
    stage.workspace.contacts.set_consent(anna, ConsentDraft("sms", "withdrawn"))
    stage.open()
    stage.show_record("Anna Berg")
    rows = consents_of(stage).rows
    assert rows["email"].accessibleName() == "Email: Granted since 20 Nov, contract"
    assert rows["sms"].accessibleName() == "Text message: Withdrawn since 20 Nov"
    assert rows["call"].accessibleName() == "Call: empty"
    assert rows["email"].toolTip() == "Form 12"


def test_a_consent_is_given_in_its_form_and_taken_back_by_undo(stage: Stage) -> None:
    stage.open()
    stage.show_record("Anna Berg")
    group = consents_of(stage)
    group.rows["call"].edit()
    form = group.form
    assert form is not None
    form.basis.set_value("legitimate_interest")
    form.since.set_text("2026-11-03 10:00")
    form.proof.set_text("On the phone")
    form.submit()
    stage.until(lambda: group.popover is None)
    stage.settle()
    consent = stage.card("Anna Berg").consents[0]
    assert (consent.channel, consent.state, consent.basis) == ("call", "granted", "legitimate_interest")
    assert consent.decided_at == NOW.replace(day=3, hour=9)
    assert stage.toast == "Consent noted"
    stage.undo()
    assert stage.card("Anna Berg").consents == ()


def test_a_consent_of_the_future_is_refused_beside_its_moment(stage: Stage) -> None:
    stage.open()
    stage.show_record("Anna Berg")
    group = consents_of(stage)
    group.open_form("email")
    assert group.form is not None
    group.form.since.set_text("2029-01-01")
    group.form.submit()
    form = group.form
    stage.until(lambda: form.since.field_state.name == "ERROR")
    assert stage.card("Anna Berg").consents == ()


def test_what_was_said_of_a_channel_is_forgotten(stage: Stage) -> None:
    stage.workspace.contacts.set_consent(stage.id_of("Anna Berg"), ConsentDraft("email", "granted"))
    stage.open()
    stage.show_record("Anna Berg")
    group = consents_of(stage)
    group.open_form("email")
    assert group.form is not None
    group.form.state.set_value("")
    group.form.submit()
    stage.until(lambda: group.popover is None)
    stage.settle()
    assert stage.card("Anna Berg").consents == ()


def test_a_relation_is_added_by_searching_the_person(stage: Stage) -> None:
    people = related(stage)
    people.add.click()
    form = people.form
    assert form is not None
    form.kind.set_value("reports_to")
    stage.qtbot.keyClicks(form.person.editor, "kari")
    stage.until(lambda: form.suggestions.offered)
    form.person.submitted.emit()
    form.note.set_text("since May")
    form.add.click()
    stage.until(lambda: people.popover is None)
    stage.settle()
    rows = [people.roles.index(row) for row in range(people.roles.rowCount())]
    assert [(row.data(), row.data(CellRole.SECONDARY)) for row in rows] == [
        ("Almeda Logistics", ""),
        ("Karim Haddad", "Reports to, since May"),
    ]
    people._on_chosen(people.roles.index(1))
    assert stage.navigated[-1] == Target("contacts", EntityKind.CONTACT, stage.id_of("Karim Haddad"))


def test_a_relation_with_nobody_in_particular_is_refused(stage: Stage) -> None:
    people = related(stage)
    people.open_relation_form()
    form = people.form
    assert form is not None
    form.person.set_text("Nobody")
    form.submit()
    assert form.person.field_state.name == "ERROR"
    assert people.popover is not None
    people.popover.close()


def test_a_relation_is_removed_and_comes_back_by_undo(stage: Stage) -> None:
    stage.workspace.contacts.add_relation(stage.id_of("Anna Berg"), stage.id_of("Yuki Tanabe"), "friend")
    people = related(stage)
    stage.page.detail_view_model.remove_relation(stage.card("Anna Berg").relations[0].uid)
    stage.settle()
    assert people.roles.rowCount() == 1
    stage.undo()
    assert people.roles.rowCount() == 2


def test_the_deals_of_a_contact_are_counted_and_open_their_page(stage: Stage) -> None:
    stage.workspace.pipelines.ensure_default()
    uid = stage.card("Anna Berg").uid.hex()
    draft = RecordDraft(
        {
            "title": "Renewal 2027",
            "contact": uid,
            "amount": 5_830_000,
            "currency": "EUR",
            "expected_close": date(2026, 12, 9),
        }
    )
    deal = stage.workspace.deals.add(draft).id
    stage.open()
    stage.show_record("Anna Berg")
    stage.page.detail.show_tab(Tab.DEALS)
    linked = stage.page.detail.linked(Tab.DEALS)
    stage.until(lambda: linked.rows.rowCount() == 1)
    linked.rows.index(0, 0).data()
    stage.settle()
    index = linked.rows.index(0, 0)
    stage_name = stage.workspace.deals.rows([deal])[0].stage
    assert (index.data(), index.data(CellRole.END_TEXT)) == ("Renewal 2027", "€58,300")
    assert index.data(CellRole.SECONDARY) == f"{stage_name}, closes 9 Dec"
    linked._on_chosen(index)
    assert stage.navigated == [Target("deals", EntityKind.DEAL, deal)]


def test_only_open_tasks_stand_in_the_panel_and_the_count_follows(stage: Stage) -> None:
    uid = stage.card("Anna Berg").uid.hex()
    ids = [
        stage.workspace.tasks.add(RecordDraft({"title": title, "contact": uid, "due_at": day})).id
        for title, day in (("later", date(2026, 12, 3)), ("late", date(2026, 11, 18)))
    ]
    stage.open()
    stage.show_record("Anna Berg")
    counted: list[dict[Tab, int]] = []
    stage.page.detail.counts.counted.connect(counted.append)
    stage.page.detail.show_tab(Tab.TASKS)
    linked = stage.page.detail.linked(Tab.TASKS)
    stage.until(lambda: linked.rows.rowCount() == 2)
    linked.rows.index(0, 0).data()
    stage.settle()
    assert [linked.rows.index(row, 0).data() for row in (0, 1)] == ["late", "later"]
    stage.workspace.tasks.done([ids[0]])
    stage.until(lambda: counted and counted[-1][Tab.TASKS] == 1)
    stage.until(lambda: linked.rows.rowCount() == 1)


@pytest.mark.parametrize("kind", [EntityKind.DEAL, EntityKind.LEAD])
def test_an_entry_says_which_deal_or_lead_it_was_about(stage: Stage, kind: EntityKind) -> None:
    stage.workspace.pipelines.ensure_default()
    if kind is EntityKind.DEAL:
        service, draft = stage.workspace.deals, RecordDraft({"title": "Renewal 2027"})
    else:
        service, draft = stage.workspace.leads, RecordDraft({"name": "Renewal 2027"})  # type: ignore[assignment]
    uid = service.card(service.add(draft).id).uid.hex()
    company = stage.workspace.companies.rows([1])[0].name
    stage.workspace.activities.add(
        RecordDraft({"type": "call", "company": company, kind.value: uid, "body": "Asked again"})
    )
    entry = stage.workspace.activities.timeline(company=1)[0][0]
    from ui.pages.record.timeline_model import entry_body

    assert entry_body(entry, EntityKind.COMPANY) == "Renewal 2027 · Asked again"
    assert entry_body(entry, kind) == "Asked again"
