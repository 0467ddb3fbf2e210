"""Pipelines and their stages: what they must have, and that no deal is left standing nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.errors import InvalidValue, NotFound
from services.open_workspace import OpenWorkspace
from services.records.ids import Uid
from services.records.sales import PipelineRow, StageDraft, StageKind
from tests.services.selling import deal_draft, problems, second_pipeline, stage_drafts
from tests.services.store.reading import facts
from tests.support.workspaces import make_workspace

OPEN, WON, LOST = (
    StageDraft("Talk", probability=20),
    StageDraft("Won", StageKind.WON),
    StageDraft("Lost", StageKind.LOST),
)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[OpenWorkspace]:
    """An empty workspace."""
    workspace = make_workspace(tmp_path)
    yield workspace
    workspace.close()


def names(pipeline: PipelineRow) -> list[str]:
    return [stage.name for stage in pipeline.stages]


def named(book: OpenWorkspace, name: str) -> PipelineRow:
    return next(pipeline for pipeline in book.pipelines.all() if pipeline.name == name)


def test_a_workspace_has_no_pipeline_until_one_is_needed(book: OpenWorkspace) -> None:
    assert book.pipelines.all() == []
    made = book.pipelines.ensure_default()
    assert (made.name, names(made)) == (
        "Sales",
        ["Qualified", "Discovery", "Proposal", "Negotiation", "Won", "Lost"],
    )
    assert [stage.probability for stage in made.stages] == [15, 30, 50, 70, 100, 0]
    assert book.pipelines.ensure_default() == made
    assert [pipeline.uid for pipeline in book.pipelines.all()] == [made.uid]
    assert len(book.history.batches()) == 2  # the first user, and the pipeline once
    assert problems(book) == []


def test_a_new_pipeline_stands_after_the_others_with_its_stages_in_order(book: OpenWorkspace) -> None:
    second_pipeline(book)
    book.pipelines.add(" Renewals ", [LOST, OPEN, WON], currency="EUR")
    assert [pipeline.name for pipeline in book.pipelines.all()] == ["Sales", "Partners", "Renewals"]
    made = named(book, "Renewals")
    assert (names(made), made.currency) == (["Lost", "Talk", "Won"], "EUR")
    book.history.undo()
    assert [pipeline.name for pipeline in book.pipelines.all()] == ["Sales", "Partners"]
    assert problems(book) == []


REFUSED: dict[str, tuple[str, list[StageDraft], str]] = {
    "no name": (" ", [OPEN, WON, LOST], "needs a name"),
    "a name that is taken": ("SALES", [OPEN, WON, LOST], "already"),
    "no open stage": ("New", [WON, LOST], "a stage that is open"),
    "no stage that means won": ("New", [OPEN, LOST], "a stage that is won"),
    "no stage that means lost": ("New", [OPEN, WON], "a stage that is lost"),
    "two stages of one name": ("New", [OPEN, StageDraft("TALK"), WON, LOST], "a name of its own"),
    "a stage without a name": ("New", [OPEN, StageDraft("·"), WON, LOST], "a name of its own"),
    "more than certain": ("New", [StageDraft("A", probability=101), WON, LOST], "101 % makes no sense"),
    "less than nothing": ("New", [StageDraft("A", probability=-1), WON, LOST], "-1 % makes no sense"),
    "stale at once": ("New", [StageDraft("A", rotting_days=0), WON, LOST], "not stale before a day"),
    "a field that no deal has": ("New", [StageDraft("A", required_fields=("shoes",)), WON, LOST], "“shoes”"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_pipeline_that_makes_no_sense_is_refused_and_nothing_is_kept(case: str, book: OpenWorkspace) -> None:
    name, stages, said = REFUSED[case]
    default = book.pipelines.ensure_default()
    before = facts(book.store)
    with pytest.raises(InvalidValue, match=said):
        book.pipelines.add(name, stages)
    if case != "a name that is taken":
        with pytest.raises(InvalidValue, match=said):
            book.pipelines.change(default.uid, name, stages)
    assert facts(book.store) == before


def test_stages_are_renamed_moved_added_and_taken_away_in_one_batch(book: OpenWorkspace) -> None:
    default = book.pipelines.ensure_default()
    kept = stage_drafts(default, Proposal={"name": "Offer", "probability": 55, "required_fields": ("amount",)})
    wanted = [kept[2], StageDraft("Trial", probability=60), kept[0], *kept[3:]]
    before = facts(book.store)
    book.pipelines.change(default.uid, "Direct", wanted, currency="EUR")
    changed = book.pipelines.all()[0]
    assert (changed.name, changed.currency) == ("Direct", "EUR")
    assert names(changed) == ["Offer", "Trial", "Qualified", "Negotiation", "Won", "Lost"]
    assert changed.stages[0].uid == default.stages[2].uid
    assert (changed.stages[0].probability, changed.stages[0].required_fields) == (55, ("amount",))
    book.history.undo()
    assert book.pipelines.all()[0] == default
    book.history.redo()
    assert names(book.pipelines.all()[0]) == names(changed)
    assert facts(book.store) != before
    assert problems(book) == []


def test_setting_what_stands_already_is_no_change(book: OpenWorkspace) -> None:
    default = book.pipelines.ensure_default()
    assert book.pipelines.change(default.uid, default.name, stage_drafts(default)).batch is None


def test_a_stage_that_deals_stand_in_is_not_taken_away(book: OpenWorkspace) -> None:
    default = book.pipelines.ensure_default()
    deals = [book.deals.add(deal_draft(f"Deal {number}", stage="Proposal")).id for number in range(2)]
    without = [draft for draft in stage_drafts(default) if draft.name != "Proposal"]
    with pytest.raises(InvalidValue, match="2 deals stand in “Proposal”"):
        book.pipelines.change(default.uid, "Sales", without)
    book.deals.move(deals[0], "Discovery")
    with pytest.raises(InvalidValue, match="One deal stands in “Proposal”"):
        book.pipelines.change(default.uid, "Sales", without)
    book.deals.delete([deals[1]])
    book.pipelines.change(default.uid, "Sales", without)
    assert "Proposal" not in names(book.pipelines.all()[0])
    book.deals.restore([deals[1]])
    assert book.deals.rows([deals[1]])[0].stage == "Proposal"
    book.deals.move(deals[1], "Negotiation")
    assert problems(book) == []


def test_what_a_stage_means_does_not_change_while_deals_stand_in_it(book: OpenWorkspace) -> None:
    default = book.pipelines.ensure_default()
    deal = book.deals.add(deal_draft(stage="Negotiation")).id
    wanted = stage_drafts(default, Negotiation={"kind": StageKind.WON})
    with pytest.raises(InvalidValue, match="One deal stands in “Negotiation”"):
        book.pipelines.change(default.uid, "Sales", wanted)
    book.deals.move(deal, "Proposal")
    book.pipelines.change(default.uid, "Sales", wanted)
    book.deals.move(deal, "Negotiation")
    assert book.deals.rows([deal])[0].kind is StageKind.WON
    assert problems(book) == []


def test_a_pipeline_is_taken_away_when_no_deal_stands_in_it(book: OpenWorkspace) -> None:
    partners = second_pipeline(book)
    deal = book.deals.add(deal_draft(stage="Pitch")).id
    with pytest.raises(InvalidValue, match="One deal stands in “Partners”"):
        book.pipelines.delete(partners.uid)
    book.deals.win(deal)
    with pytest.raises(InvalidValue, match="One deal stands in “Partners”"):
        book.pipelines.delete(partners.uid)
    book.deals.move(deal, "Qualified")
    book.pipelines.delete(partners.uid)
    assert [pipeline.name for pipeline in book.pipelines.all()] == ["Sales"]
    with pytest.raises(NotFound):
        book.deals.add(deal_draft("Late", pipeline="Partners"))
    book.history.undo()
    assert named(book, "Partners") == partners
    assert problems(book) == []


def test_what_is_not_there_is_not_found(book: OpenWorkspace) -> None:
    for command in (book.pipelines.delete, lambda uid: book.pipelines.change(uid, "X", [OPEN, WON, LOST])):
        with pytest.raises(NotFound, match="no such pipeline"):
            command(Uid(bytes(16)))
    with pytest.raises(NotFound, match="no pipeline “Nowhere”") as refusal:
        book.deals.add(deal_draft(pipeline="Nowhere"))
    assert "Pipelines are: Sales" in refusal.value.message


def test_a_stage_of_the_deals_own_pipeline_goes_before_one_of_the_same_name_elsewhere(book: OpenWorkspace) -> None:
    book.pipelines.ensure_default()
    book.pipelines.add("Partners", [StageDraft("Proposal"), StageDraft("Pitch"), WON, LOST])
    here, there = (book.deals.add(deal_draft(stage=stage)).id for stage in ("Qualified", "Pitch"))
    for deal in (here, there):
        book.deals.move(deal, "proposal")
    assert [row.pipeline for row in book.deals.rows([here, there])] == ["Sales", "Partners"]
    partners = named(book, "Partners")
    book.deals.move(here, partners.stages[0].uid.hex())
    assert book.deals.rows([here])[0].pipeline == "Partners"
