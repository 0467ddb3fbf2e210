"""Deals: what a new one begins with, what follows from its stage, and what boards and lists say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from services.clock import ManualClock
from services.errors import InvalidValue, NotFound
from services.open_workspace import OpenWorkspace
from services.records.drafts import RecordDraft, Value
from services.records.fields import EntityKind
from services.records.sales import BoardLane, DealRow, StageKind
from services.store import undoing
from services.store.queries.listing import ListRequest
from tests.services.selling import change_stages, deal_draft, problems, second_pipeline, titles
from tests.services.store.reading import facts
from tests.support.workspaces import NOON, activity_draft, contact_draft, email, make_workspace

DAY = timedelta(days=1)


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands at noon."""
    return ManualClock(NOON)


@pytest.fixture
def book(tmp_path: Path, clock: ManualClock) -> Iterator[OpenWorkspace]:
    """An empty workspace."""
    workspace = make_workspace(tmp_path, clock=clock)
    yield workspace
    workspace.close()


def row(book: OpenWorkspace, local_id: int) -> DealRow:
    return book.deals.rows([local_id])[0]


def add(book: OpenWorkspace, title: str = "Angebot", **values: object) -> int:
    return book.deals.add(deal_draft(title, **values)).id  # type: ignore[arg-type]


def lanes(book: OpenWorkspace, where: str = "") -> dict[str, BoardLane]:
    return {lane.stage.name: lane for lane in book.deals.board(book.pipelines.all()[0].id, where=where)}


def probability_said(book: OpenWorkspace, local_id: int) -> object:
    """What the record itself says of its probability."""
    return book.deals.card(local_id).fields["probability"]


def test_a_new_deal_stands_in_the_first_stage_of_the_default_pipeline_and_is_the_users(book: OpenWorkspace) -> None:
    shown = row(book, add(book, amount=120_000, currency="EUR", company="Ørsted"))
    assert (shown.pipeline, shown.stage, shown.kind, shown.probability) == ("Sales", "Qualified", StageKind.OPEN, 15)
    assert (shown.owner, shown.stage_entered_at, shown.rotting_days) == ("Rosa Quill", NOON, 30)
    assert (shown.company, shown.amount, shown.currency, shown.closed_at) == ("Ørsted", 120_000, "EUR", None)
    assert problems(book) == []


def test_a_deal_can_begin_in_any_stage_of_any_pipeline(book: OpenWorkspace) -> None:
    second_pipeline(book)
    assert row(book, add(book, stage="negotiation")).probability == 70
    assert row(book, add(book, pipeline="partners")).stage == "Pitch"
    assert row(book, add(book, stage="Signed")).pipeline == "Partners"
    assert row(book, add(book, stage="won", owner=None)).kind is StageKind.WON


REFUSED: dict[str, dict[str, Value]] = {
    "title": {"title": " "},
    "amount": {"amount": -1},
    "probability": {"probability": 101},
}


@pytest.mark.parametrize("field", REFUSED)
def test_a_deal_that_makes_no_sense_is_refused_and_nothing_is_kept(field: str, book: OpenWorkspace) -> None:
    book.pipelines.ensure_default()
    before = facts(book.store)
    with pytest.raises(InvalidValue) as refusal:
        book.deals.add(RecordDraft({"title": "Angebot", **REFUSED[field]}))
    assert refusal.value.field == field
    assert facts(book.store) == before


@pytest.mark.parametrize("stage", ["nowhere", "ff" * 16])
def test_a_stage_that_does_not_exist_is_refused_by_naming_those_that_do(stage: str, book: OpenWorkspace) -> None:
    deal = add(book)
    with pytest.raises(NotFound, match="no stage") as refusal:
        book.deals.move(deal, stage)
    assert "Qualified, Discovery, Proposal" in refusal.value.message
    assert row(book, deal).stage == "Qualified"


def test_moving_a_deal_says_when_it_came_and_takes_the_probability_of_the_stage(
    book: OpenWorkspace, clock: ManualClock
) -> None:
    deal = add(book)
    clock.advance(3 * DAY)
    saved = book.deals.move(deal, "PROPOSAL")
    assert saved.batch is not None
    shown = row(book, deal)
    assert (shown.stage, shown.probability, shown.stage_entered_at) == ("Proposal", 50, NOON + 3 * DAY)
    assert book.deals.move(deal, "proposal").batch is None
    assert problems(book) == []


def test_a_probability_that_was_set_by_hand_ends_with_the_stage_it_was_set_in(book: OpenWorkspace) -> None:
    deal = add(book, probability=90)
    assert row(book, deal).probability == 90
    book.deals.change(deal, RecordDraft({"title": "Anders"}))
    assert row(book, deal).probability == 90
    book.deals.move(deal, "Discovery")
    assert (row(book, deal).probability, probability_said(book, deal)) == (30, None)
    book.deals.change(deal, RecordDraft({"stage": "Proposal", "probability": 65}))
    assert row(book, deal).probability == 65


def test_winning_freezes_the_probability_that_held_and_nothing_recomputes_it(book: OpenWorkspace) -> None:
    by_stage, by_hand = add(book, "One"), add(book, "Two", probability=35)
    for deal in (by_stage, by_hand):
        book.deals.win(deal)
    assert [probability_said(book, deal) for deal in (by_stage, by_hand)] == [15, 35]
    change_stages(book, Qualified={"probability": 80}, Won={"probability": 50})
    book.deals.change(by_stage, RecordDraft({"amount": 5}))
    book.deals.lose(by_hand, "price")
    assert [probability_said(book, deal) for deal in (by_stage, by_hand)] == [15, 35]
    assert [row(book, deal).probability for deal in (by_stage, by_hand)] == [100, 0]
    assert problems(book) == []


def test_a_win_closes_a_deal_and_an_undo_of_it_gives_everything_back(book: OpenWorkspace, clock: ManualClock) -> None:
    deal = add(book, amount=70_000, currency="EUR", probability=60)
    before = facts(book.store)
    clock.advance(DAY)
    book.deals.win(deal)
    shown = row(book, deal)
    assert (shown.kind, shown.stage, shown.closed_at) == (StageKind.WON, "Won", NOON + DAY)
    assert book.history.undo().left_alone == ()
    assert facts(book.store) == before
    assert row(book, deal).closed_at is None
    assert [visit.after for visit in book.deals.visits(deal)] == ["Qualified", "Won", "Qualified"]
    assert problems(book) == []
    book.history.redo()
    assert row(book, deal).kind is StageKind.WON
    assert problems(book) == []


def test_a_lost_deal_has_a_reason_and_maybe_a_competitor(book: OpenWorkspace, clock: ManualClock) -> None:
    deal = add(book)
    with pytest.raises(InvalidValue, match="needs a reason"):
        book.deals.lose(deal, "  ")
    assert row(book, deal).kind is StageKind.OPEN
    clock.advance(DAY)
    book.deals.lose(deal, " price ", competitor="Acme")
    fields = book.deals.card(deal).fields
    assert (fields["loss_reason"], fields["competitor"], fields["lost_at"]) == ("price", "Acme", NOON + DAY)
    assert (fields["won_at"], row(book, deal).stage) == (None, "Lost")


def test_reopening_takes_away_the_close_its_reason_and_the_frozen_probability(book: OpenWorkspace) -> None:
    deal = add(book, probability=60)
    book.deals.lose(deal, "price")
    book.deals.move(deal, "Discovery")
    fields = book.deals.card(deal).fields
    assert [fields[name] for name in ("lost_at", "loss_reason", "won_at", "probability")] == [None] * 4
    assert (row(book, deal).kind, row(book, deal).probability) == (StageKind.OPEN, 30)


def test_a_deal_that_is_won_a_second_time_is_won_then(book: OpenWorkspace, clock: ManualClock) -> None:
    deal = add(book)
    book.deals.win(deal)
    clock.advance(DAY)
    assert book.deals.win(deal).batch is None
    book.deals.move(deal, "Proposal")
    clock.advance(DAY)
    book.deals.win(deal)
    assert row(book, deal).closed_at == NOON + 2 * DAY


def test_a_stage_keeps_out_deals_that_lack_what_it_requires(book: OpenWorkspace) -> None:
    change_stages(book, Proposal={"required_fields": ("amount", "contact")})
    deal = add(book)
    contact = book.contacts.add(contact_draft("Anna"))
    with pytest.raises(InvalidValue, match="needs an amount and a contact") as refusal:
        book.deals.move(deal, "Proposal")
    assert refusal.value.field == "amount"
    book.deals.change(deal, RecordDraft({"amount": 0}))
    with pytest.raises(InvalidValue, match="“Proposal” needs a contact"):
        book.deals.move(deal, "Proposal")
    assert row(book, deal).stage == "Qualified"
    book.deals.set_person(deal, contact.id)
    book.deals.move(deal, "Proposal")
    # What is there already is not thrown out, and may be left for another stage.
    book.deals.change(deal, RecordDraft({"amount": None}))
    book.deals.move(deal, "Negotiation")
    assert row(book, deal).stage == "Negotiation"


def test_no_other_way_into_a_stage_goes_past_what_it_requires(book: OpenWorkspace) -> None:
    change_stages(book, Proposal={"required_fields": ("amount",)})
    deal = add(book)
    commands: tuple[Callable[[], object], ...] = (
        lambda: book.deals.change(deal, RecordDraft({"stage": "Proposal"})),
        lambda: book.deals.change_many([deal], RecordDraft({"stage": "Proposal"})),
        lambda: book.deals.add(deal_draft(stage="Proposal")),
    )
    for command in commands:
        with pytest.raises(InvalidValue, match="“Proposal” needs an amount"):
            command()
    book.deals.change(deal, RecordDraft({"stage": "Proposal", "amount": 5}))
    assert row(book, deal).stage == "Proposal"


def test_many_deals_are_moved_in_one_batch_or_none_of_them(book: OpenWorkspace) -> None:
    change_stages(book, Proposal={"required_fields": ("amount",)})
    ids = [add(book, f"Deal {number}", amount=1) for number in range(3)]
    bare = add(book, "Bare")
    with pytest.raises(InvalidValue, match="needs an amount"):
        book.deals.move_many([*ids, bare], "Proposal")
    with pytest.raises(InvalidValue, match="Nothing is selected"):
        book.deals.move_many([], "Proposal")
    assert {row(book, deal).stage for deal in ids} == {"Qualified"}
    book.deals.move_many(ids, "Proposal")
    assert {row(book, deal).stage for deal in ids} == {"Proposal"}
    book.history.undo()
    assert {row(book, deal).stage for deal in ids} == {"Qualified"}
    assert problems(book) == []


def test_visits_say_what_the_deal_was_worth_then(book: OpenWorkspace, clock: ManualClock) -> None:
    deal = add(book, amount=100, currency="EUR")
    clock.advance(DAY)
    book.deals.change(deal, RecordDraft({"amount": 250}))
    book.deals.move(deal, "Discovery")
    book.deals.change(deal, RecordDraft({"amount": 300, "currency": "JPY", "stage": "Proposal"}))
    book.deals.change(deal, RecordDraft({"amount": 999}))
    said = [
        (visit.before, visit.after, visit.changed_at, visit.amount, visit.currency) for visit in book.deals.visits(deal)
    ]
    assert said == [
        ("", "Qualified", NOON, 100, "EUR"),
        ("Qualified", "Discovery", NOON + DAY, 250, "EUR"),
        ("Discovery", "Proposal", NOON + DAY, 300, "JPY"),
    ]
    assert problems(book) == []


def people(book: OpenWorkspace, deal: int) -> list[tuple[str, str, bool]]:
    return [(person.name, person.role, person.is_primary) for person in book.deals.card(deal).people]


def test_the_first_person_of_a_deal_is_the_main_one_until_another_is_made_so(book: OpenWorkspace) -> None:
    anna, bo, cem = (book.contacts.add(contact_draft(name)) for name in ("Anna", "Bo", "Cem"))
    deal = add(book)
    book.deals.set_person(deal, anna.id, role="user")
    book.deals.set_person(deal, bo.id, role="champion")
    assert people(book, deal) == [("Anna", "user", True), ("Bo", "champion", False)]
    book.deals.set_person(deal, bo.id, role="decision", is_primary=True)
    assert people(book, deal) == [("Bo", "decision", True), ("Anna", "user", False)]
    assert row(book, deal).contact == "Bo"
    book.deals.change(deal, RecordDraft({"contact": cem.uid.hex()}))
    assert people(book, deal) == [("Cem", "decision", True), ("Anna", "user", False)]
    book.deals.change(deal, RecordDraft({"contact": anna.uid.hex()}))
    assert people(book, deal) == [("Anna", "user", True), ("Cem", "decision", False)]
    book.deals.remove_person(deal, anna.id)
    assert people(book, deal) == [("Cem", "decision", False)]
    assert row(book, deal).contact == "Cem"
    for _ in range(6):
        book.history.undo()
    assert people(book, deal) == []
    assert problems(book) == []


def test_a_draft_without_a_main_person_takes_only_that_one_away(book: OpenWorkspace) -> None:
    _, bo = (book.contacts.add(contact_draft(name, "", email(f"{name}@x.org"))) for name in ("Anna", "Bo"))
    deal = add(book, contact="anna@x.org")
    book.deals.set_person(deal, bo.id, role="user")
    book.deals.change(deal, RecordDraft({"contact": None}))
    assert people(book, deal) == [("Bo", "user", False)]
    with pytest.raises(NotFound):
        book.deals.change(deal, RecordDraft({"contact": "nobody@x.org"}))


def test_a_board_holds_open_deals_by_close_and_what_was_closed_this_month(
    book: OpenWorkspace, clock: ManualClock
) -> None:
    clock.set(datetime(2026, 4, 30, 12, tzinfo=UTC))
    old = add(book, "Old")
    book.deals.win(old)
    clock.set(NOON)
    late = add(book, "Late", expected_close=date(2026, 9, 1))
    without = add(book, "Without")
    soon = add(book, "Soon", expected_close=date(2026, 6, 1))
    first, second = add(book, "First"), add(book, "Second")
    book.deals.win(first)
    clock.advance(timedelta(hours=1))
    book.deals.win(second)
    gone = add(book, "Gone")
    book.deals.delete([gone])
    shown = lanes(book)
    assert list(shown) == ["Qualified", "Discovery", "Proposal", "Negotiation", "Won", "Lost"]
    assert shown["Qualified"].ids == (soon, late, without)
    assert shown["Won"].ids == (second, first)
    assert shown["Lost"].ids == ()
    assert lanes(book, "soon")["Qualified"].ids == (soon,)
    with pytest.raises(InvalidValue):
        book.deals.board(book.pipelines.all()[0].id, where="nmae:x")


def test_the_month_of_a_board_begins_where_the_user_is(book: OpenWorkspace, clock: ManualClock) -> None:
    clock.set(datetime(2026, 4, 30, 23, tzinfo=UTC))
    deal = add(book)
    book.deals.win(deal)
    clock.set(NOON)
    assert lanes(book)["Won"].ids == ()
    book.users.change_profile(time_zone="Europe/Berlin")
    assert lanes(book)["Won"].ids == (deal,)


def test_lanes_are_summed_by_currency_and_weighted_by_what_holds_for_each_deal(book: OpenWorkspace) -> None:
    for amount, currency, probability in ((100, "EUR", None), (205, "EUR", 50), (300, "JPY", 0), (None, "EUR", 50)):
        add(book, f"Deal {amount}", amount=amount, currency=currency, probability=probability)
    won = add(book, "Won", amount=40, currency="EUR")
    book.deals.win(won)
    lane, closed = lanes(book)["Qualified"], lanes(book)["Won"]
    assert lane.total == (("EUR", 305), ("JPY", 300))
    # 15 % of 100 and 50 % of 205 are 117.5, rounded once.
    assert lane.weighted == (("EUR", 118), ("JPY", 0))
    assert (closed.total, closed.weighted) == ((("EUR", 40),), (("EUR", 40),))


def test_what_stands_over_a_board_are_the_open_deals_that_need_somebody(
    book: OpenWorkspace, clock: ManualClock
) -> None:
    add(book, "Overdue", amount=200, currency="EUR", next_step="call", next_step_due=date(2026, 5, 3))
    add(book, "Today", amount=100, currency="EUR", next_step="call", next_step_due=date(2026, 5, 4))
    add(book, "Bare")
    book.deals.lose(add(book, "Lost", amount=900, currency="EUR"), "price")
    pipeline = book.pipelines.all()[0].id
    said = book.deals.totals(pipeline)
    assert (said.open, said.overdue, said.without_next_step, said.stale) == (3, 1, 1, 0)
    assert (said.total, said.weighted) == ((("EUR", 300),), (("EUR", 45),))
    book.users.change_profile(time_zone="Pacific/Kiritimati")  # the day after already
    assert book.deals.totals(pipeline).overdue == 2
    clock.advance(30 * DAY)
    assert book.deals.totals(pipeline).stale == 0
    clock.advance(timedelta(seconds=1))
    assert book.deals.totals(pipeline).stale == 3


@pytest.fixture
def filled(book: OpenWorkspace) -> OpenWorkspace:
    """Some deals in several stages, with people."""
    second_pipeline(book)
    anna = book.contacts.add(contact_draft("Anna", "Berg", email("anna@x.org")))
    bo = book.contacts.add(contact_draft("Bo", "Ek"))
    for title, stage, person in (
        ("Alpha", "Qualified", anna),
        ("Beta", "Proposal", bo),
        ("Gamma", "Won", anna),
        ("Delta", "Signed", None),
        ("Eps", "Lost", None),
    ):
        named = {"contact": person.uid.hex()} if person is not None else {}
        add(book, title, stage=stage, amount=len(title), currency="EUR", company=f"Firm {title}", **named)
    book.deals.set_person(2, anna.id, role="user")
    return book


FILTERS = {
    "": ["Alpha", "Beta", "Delta", "Eps", "Gamma"],
    "stage:won": ["Delta", "Gamma"],
    "stage:Proposal": ["Beta"],
    "stage:prop*": ["Beta"],
    "-stage:won": ["Alpha", "Beta", "Eps"],
    "stage:open": ["Alpha", "Beta"],
    "status:open": ["Alpha", "Beta"],
    "status:won,lost": ["Delta", "Eps", "Gamma"],
    "contact:anna": ["Alpha", "Beta", "Gamma"],
    "contact:anna@x.org": ["Alpha", "Beta", "Gamma"],
    "contact:none": ["Delta", "Eps"],
    "pipeline:partners": ["Delta"],
    'company:"firm beta"': ["Beta"],
    "owner:me stage:open": ["Alpha", "Beta"],
    "title:alpha": ["Alpha"],
    "name:alp*": ["Alpha"],
    "firm eps": ["Eps"],
    "amount>0.04": ["Alpha", "Delta", "Gamma"],
    "last:none": ["Alpha", "Beta", "Delta", "Eps", "Gamma"],
}


@pytest.mark.parametrize("where", FILTERS)
def test_a_query_finds_the_deals_it_means(where: str, filled: OpenWorkspace) -> None:
    assert titles(filled, "deals", where) == FILTERS[where]


SORTS = {
    "name": ["Alpha", "Beta", "Delta", "Eps", "Gamma"],
    "stage": ["Alpha", "Delta", "Beta", "Gamma", "Eps"],
    "contact": ["Alpha", "Gamma", "Beta", "Delta", "Eps"],
    "created": ["Alpha", "Beta", "Gamma", "Delta", "Eps"],
    "amount": ["Eps", "Beta", "Alpha", "Gamma", "Delta"],
    "status": ["Alpha", "Beta", "Gamma", "Delta", "Eps"],
    "company": ["Alpha", "Beta", "Delta", "Eps", "Gamma"],
}


@pytest.mark.parametrize("field", SORTS)
def test_a_list_of_deals_is_in_the_order_asked_for(field: str, filled: OpenWorkspace) -> None:
    assert titles(filled, "deals", sort=field) == SORTS[field]
    request = ListRequest(sort=field)
    pages = [filled.deals.page(request, limit=2)]
    while pages[-1].next:
        pages.append(filled.deals.page(request, limit=2, after=pages[-1].next))
    assert [deal.title for page in pages for deal in page.items] == SORTS[field]
    assert list(filled.deals.ids(request)) == [deal.id for page in pages for deal in page.items]


def test_a_deal_shows_its_newest_living_activity(filled: OpenWorkspace, clock: ManualClock) -> None:
    deal = filled.deals.card(1).uid.hex()
    contact = filled.contacts.card(1).uid
    calls = []
    for subject in ("Call", "Mail"):
        clock.advance(DAY)
        calls.append(filled.activities.add(activity_draft(subject, contact=contact, deal=deal)))
    assert row(filled, 1).last_activity_at == NOON + 2 * DAY
    filled.activities.delete([calls[1].id])
    assert row(filled, 1).last_activity_at == NOON + DAY
    assert titles(filled, "deals", "last<30d") == ["Alpha"]
    assert titles(filled, "deals", "last:any") == ["Alpha"]


def test_a_pipeline_that_another_deal_needs_by_now_is_not_undone_with_the_first_deal(book: OpenWorkspace) -> None:
    first = book.deals.add(deal_draft("First", company="Ørsted"))
    second = book.deals.add(deal_draft("Second", company="Ørsted"))
    left = book.history.undo(first.batch).left_alone
    assert [one.why for one in left] == [undoing.IN_USE] * 3
    assert {one.entity for one in left} == {EntityKind.STAGE, EntityKind.PIPELINE, EntityKind.COMPANY}
    assert row(book, second.id).stage == "Qualified"
    assert [pipeline.name for pipeline in book.pipelines.all()] == ["Sales"]
    assert problems(book) == []


def test_the_only_deal_takes_the_pipeline_that_was_made_for_it_with_it(book: OpenWorkspace) -> None:
    book.deals.add(deal_draft("First"))
    assert book.history.undo().left_alone == ()
    assert book.pipelines.all() == []
    book.history.redo()
    assert [len(pipeline.stages) for pipeline in book.pipelines.all()] == [6]
    assert titles(book, "deals") == ["First"]


def test_a_deal_whose_pipeline_is_gone_can_be_moved_into_another(book: OpenWorkspace) -> None:
    partners = second_pipeline(book)
    deal = add(book, stage="Pitch")
    book.deals.delete([deal])
    book.pipelines.delete(partners.uid)
    book.deals.restore([deal])
    book.deals.change(deal, RecordDraft({"title": "Again"}))
    book.deals.move(deal, "Proposal")
    assert (row(book, deal).pipeline, row(book, deal).stage) == ("Sales", "Proposal")
    assert problems(book) == []


def test_trash_and_tags_work_as_with_every_record(book: OpenWorkspace) -> None:
    deal = add(book, "Angebot")
    book.deals.tag([deal], "vip")
    assert (row(book, deal).tags, titles(book, "deals", "tag:vip")) == (("vip",), ["Angebot"])
    book.deals.delete([deal])
    assert titles(book, "deals") == []
    assert titles(book, "deals", trash=True) == ["Angebot"]
    assert lanes(book)["Qualified"].ids == ()
    book.deals.restore([deal])
    assert lanes(book)["Qualified"].ids == (deal,)
