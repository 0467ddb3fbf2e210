"""Rows of deals, leads and tasks before they are imported: what they say, and what their records will look like."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.importing.applying import Verdict
from services.importing.outcome import ImportRequest
from services.importing.service import ImportPlan
from services.open_workspace import OpenWorkspace
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from services.store.queries.listing import ListRequest
from services.store.store import Surroundings
from services.vault.memory_store import MemoryStore
from services.vault.protection import Protection
from services.workspaces import NewWorkspace, Workspaces


@pytest.fixture
def book(tmp_path: Path) -> Iterator[OpenWorkspace]:
    """An empty workspace."""
    workspaces = Workspaces(MemoryStore(), Surroundings(device=bytes(16)))
    request = NewWorkspace(protection=Protection.PLAIN, user_name="Lena Hartmann")
    workspace = workspaces.create(tmp_path / "book.mycrm", request).workspace
    yield workspace
    workspace.close()


def _plan(book: OpenWorkspace, folder: Path, entity: EntityKind, *lines: str) -> ImportPlan:
    file = folder / "list.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return book.imports.prepare(ImportRequest(file, entity), book.imports.inspect(file, entity))


def test_the_first_deals_of_a_workspace_are_planned_without_leaving_a_pipeline(
    book: OpenWorkspace, tmp_path: Path
) -> None:
    plan = _plan(
        book, tmp_path, EntityKind.DEAL, "Title,Company,Stage", "Pilot,Almeda,Proposal", "Odd,Almeda,Somewhere"
    )
    before = book.history.batches(limit=10)
    outcome = book.imports.rehearse(plan)
    assert (outcome.count(Verdict.CREATED), outcome.count(Verdict.REJECTED), outcome.also_created) == (1, 1, 1)
    assert "Qualified, Discovery" in outcome.rejects[0].reason
    first = book.imports.preview(plan, 1)
    assert first is not None
    assert (first.name, first.company, first.standing_id) == ("Pilot", "Almeda", None)
    assert book.history.batches(limit=10) == before
    assert book.pipelines.all() == []
    assert book.imports.apply(plan).count(Verdict.CREATED) == 1
    assert [row.stage for row in book.deals.rows(book.deals.ids(ListRequest()))] == ["Proposal"]


def test_a_known_deal_is_shown_with_what_becomes_different(book: OpenWorkspace, tmp_path: Path) -> None:
    book.deals.add(RecordDraft({"title": "Pilot", "external_key": "D1", "amount": 100, "currency": "EUR"}))
    plan = _plan(
        book,
        tmp_path,
        EntityKind.DEAL,
        "Deal ID,Title,Amount,Currency,Stage,Close date",
        "D1,Pilot,5,EUR,Closed Won,2026-10-02",
    )
    shown = book.imports.preview(plan, 1)
    assert shown is not None
    assert shown.matched_by == "external_key"
    assert {"amount", "stage", "won_at"} <= set(shown.changes)
    outcome = book.imports.rehearse(plan)
    assert outcome.count(Verdict.UPDATED) == 1
    assert outcome.values_set > 2
    plan.discard()


def test_rows_tell_themselves_in_a_few_words(book: OpenWorkspace, tmp_path: Path) -> None:
    deals = _plan(book, tmp_path, EntityKind.DEAL, "Title,Company", "Pilot,Almeda")
    leads = _plan(book, tmp_path, EntityKind.LEAD, "Name,Company,Email", ",Voss,a@voss.example", "Clara,,")
    tasks = _plan(book, tmp_path, EntityKind.TASK, "Task,Due date", "Call Anna,2026-11-24")
    told = [(g.name, g.detail) for plan in (deals, leads, tasks) for g in book.imports.glances(plan, [1, 2])]
    assert told == [("Pilot", "Almeda"), ("Voss", "a@voss.example"), ("Clara", ""), ("Call Anna", "")]
    lead = book.imports.preview(leads, 1)
    assert lead is not None
    assert (lead.name, lead.company, lead.emails) == ("Voss", "Voss", ("a@voss.example",))
    task = book.imports.preview(tasks, 1)
    assert task is not None
    assert (task.name, task.title) == ("Call Anna", "")
    for plan in (deals, leads, tasks):
        plan.discard()
