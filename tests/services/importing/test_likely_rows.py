"""Rows that look like a record that is here or like an earlier row: found in the dry run, and decided of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from services.importing.applying import OnMatch, Verdict
from services.importing.decisions import Choice, LikelyRow, decide
from services.importing.outcome import ImportOutcome, ImportRequest
from services.open_workspace import OpenWorkspace
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from services.store.queries.listing import ListRequest
from tests.support.workspaces import contact_draft, email, make_workspace, phone

HEADER = "First name,Last name,Company,Email,Phone"
ANNA = "A.,Berg,Almeda,a.berg@private.example,+49 151 5550 1182"
TWIN = "Jörg,Weiß,Groß,weiss@gross.example,+49 151 5550 2222"
AGAIN = "Joerg,Weiss,Groß,,+49 151 5550 2222"
OTHER = "Mei,Zhou,Kepler,zhou@kepler.example,"


@pytest.fixture(name="workspace")
def _workspace(tmp_path: Path) -> Iterator[OpenWorkspace]:
    (tmp_path / "w").mkdir()
    workspace = make_workspace(tmp_path / "w")
    workspace.contacts.add(
        contact_draft("Anna", "Berg", email("anna@almeda.example"), phone("+4915155501182"), company="Almeda")
    )
    yield workspace
    workspace.close()


def _file(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "list.csv"
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def _request(path: Path, entity: EntityKind = EntityKind.CONTACT, **options: object) -> ImportRequest:
    return replace(ImportRequest(path, entity, dry_run=True), **options)  # type: ignore[arg-type]


def _likely(outcome: ImportOutcome) -> list[LikelyRow]:
    assert outcome.likely is not None
    return list(outcome.likely)


def _names(workspace: OpenWorkspace) -> list[str]:
    return [row.name for row in workspace.contacts.rows(workspace.contacts.ids(ListRequest()))]


def test_a_row_that_no_key_matches_is_told_with_the_record_it_looks_like(
    workspace: OpenWorkspace, tmp_path: Path
) -> None:
    outcome = workspace.imports.run(_request(_file(tmp_path, OTHER, ANNA)))
    assert outcome.count(Verdict.CREATED) == 2
    (found,) = _likely(outcome)
    assert (found.number, found.name, found.other, found.other_number) == (2, "A. Berg", "Anna Berg", 0)
    assert found.standing_uid is not None
    assert found.score >= 90
    assert "mobile number" in found.reason
    assert _names(workspace) == ["Anna Berg"]


def test_a_row_like_an_earlier_row_of_the_file_is_told_too(workspace: OpenWorkspace, tmp_path: Path) -> None:
    (found,) = _likely(workspace.imports.run(_request(_file(tmp_path, TWIN, OTHER, AGAIN))))
    assert (found.number, found.other_number, found.standing_id) == (3, 1, None)


def test_rows_that_a_key_matches_and_rows_that_are_nobody_elses_are_no_duplicates(
    workspace: OpenWorkspace, tmp_path: Path
) -> None:
    known = "Anna,Berg,Almeda,anna@almeda.example,"
    outcome = workspace.imports.run(_request(_file(tmp_path, known, OTHER)))
    assert _likely(outcome) == []


def test_nobody_looks_for_duplicates_where_every_row_is_added_or_rows_are_neither_people_nor_firms(
    workspace: OpenWorkspace, tmp_path: Path
) -> None:
    path = _file(tmp_path, ANNA)
    assert workspace.imports.run(_request(path, on_match=OnMatch.CREATE)).likely is None
    deals = _file(tmp_path, "Rollout,100", header="Title,Amount")
    assert workspace.imports.run(_request(deals, EntityKind.DEAL)).likely is None


def test_companies_are_compared_by_name_and_domain(workspace: OpenWorkspace, tmp_path: Path) -> None:
    workspace.companies.add(RecordDraft({"name": "Kepler Optik GmbH"}))
    path = _file(tmp_path, "kepler.example,KeplerOptik", "fabrik.example,Fabrik", header="Domain,Name")
    (found,) = _likely(workspace.imports.run(_request(path, EntityKind.COMPANY)))
    assert (found.number, found.other) == (1, "Kepler Optik GmbH")


@pytest.mark.parametrize(
    ("choice", "verdict", "names"),
    [
        (Choice.KEEP, Verdict.CREATED, ["Anna Berg", "A. Berg"]),
        (Choice.SKIP, Verdict.SKIPPED, ["Anna Berg"]),
        (Choice.MERGE, Verdict.UPDATED, ["A. Berg"]),
    ],
)
def test_what_is_decided_of_a_row_is_rehearsed_and_then_done(
    workspace: OpenWorkspace, tmp_path: Path, choice: Choice, verdict: Verdict, names: list[str]
) -> None:
    request = _request(_file(tmp_path, ANNA))
    plan = workspace.imports.prepare(request, workspace.imports.inspect(request.path, request.entity))
    (found,) = _likely(workspace.imports.rehearse(plan))
    decided = workspace.imports.revise(plan, replace(request, decisions=(decide(found, choice),)))
    outcome = workspace.imports.rehearse(decided)
    assert outcome.count(verdict) == 1
    assert _likely(outcome) == [found]
    done = workspace.imports.apply(workspace.imports.revise(decided, replace(decided.request, dry_run=False)))
    assert done.count(verdict) == 1
    assert sorted(_names(workspace)) == sorted(names)
    assert workspace.history.verify(full=True) == []


def test_rows_decided_to_be_one_become_one_record(workspace: OpenWorkspace, tmp_path: Path) -> None:
    request = _request(_file(tmp_path, TWIN, OTHER, AGAIN))
    plan = workspace.imports.prepare(request, workspace.imports.inspect(request.path, request.entity))
    (found,) = _likely(workspace.imports.rehearse(plan))
    decided = workspace.imports.revise(plan, replace(request, dry_run=False, decisions=(decide(found, Choice.MERGE),)))
    outcome = workspace.imports.apply(decided)
    assert (outcome.count(Verdict.CREATED), outcome.count(Verdict.UPDATED)) == (2, 1)
    assert sorted(_names(workspace)) == ["Anna Berg", "Joerg Weiss", "Mei Zhou"]


def test_a_row_decided_to_be_left_out_makes_no_company(workspace: OpenWorkspace, tmp_path: Path) -> None:
    request = _request(_file(tmp_path, ANNA.replace("Almeda", "Almeda North")))
    plan = workspace.imports.prepare(request, workspace.imports.inspect(request.path, request.entity))
    (found,) = _likely(workspace.imports.rehearse(plan))
    outcome = workspace.imports.rehearse(
        workspace.imports.revise(plan, replace(request, decisions=(decide(found, Choice.SKIP),)))
    )
    plan.discard()
    assert outcome.also_created == 0


def test_a_row_whose_record_is_gone_since_the_decision_stays_a_record_of_its_own(
    workspace: OpenWorkspace, tmp_path: Path
) -> None:
    request = _request(_file(tmp_path, ANNA))
    plan = workspace.imports.prepare(request, workspace.imports.inspect(request.path, request.entity))
    (found,) = _likely(workspace.imports.rehearse(plan))
    decided = replace(request, dry_run=False, decisions=(decide(found, Choice.MERGE),))
    assert found.standing_id is not None
    workspace.contacts.delete([found.standing_id])
    assert workspace.imports.apply(workspace.imports.revise(plan, decided)).count(Verdict.CREATED) == 1


def test_all_that_are_surely_duplicates_are_decided_at_once(workspace: OpenWorkspace, tmp_path: Path) -> None:
    request = replace(_request(_file(tmp_path, ANNA, OTHER)), dry_run=False, on_duplicate=Choice.SKIP)
    outcome = workspace.imports.run(request)
    assert (outcome.count(Verdict.CREATED), outcome.count(Verdict.SKIPPED)) == (1, 1)
    assert outcome.as_document()["possible_duplicates"] == 1
    assert outcome.as_document()["duplicates"][0]["row"] == 1
