"""Merge then undo is the identity, for random pairs in random books; the ledger verifies before and after."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.open_workspace import OpenWorkspace, join
from services.records.fields import EntityKind
from services.store.aggregates import Document
from tests.services.merged_books import COMPANY, CONTACT, RandomBook, documents
from tests.support.proofs import RecordProof
from tests.support.workspaces import Template, make_workspace, open_store

BOOKS_IN_THE_ORDINARY_RUN = 25
BOOKS_IN_THE_LONG_PROOF = 1_500


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A workspace with one user, closed."""
    workspace = make_workspace(tmp_path_factory.mktemp("template"))
    workspace.store.checkpoint()
    workspace.close()
    return Template(workspace.store.path)


@contextmanager
def opened(template: Template, folder: Path) -> Iterator[OpenWorkspace]:
    """A workspace of its own for one book."""
    path = template.copy(folder)
    workspace = join(open_store(path))
    workspace.users.act_as(None)
    try:
        yield workspace
    finally:
        workspace.close()
        path.unlink()


def named_by(found: dict[tuple[str, bytes], Document], entity: EntityKind, gone: set[str]) -> list[str]:
    """The records that still name one that went, `merged_into` and what those that went say themselves left aside."""
    wrong = []
    for (kind, uid), document in found.items():
        if kind == entity and uid.hex() in gone:
            continue
        named = str({name: value for name, value in document.items() if name != "merged_into"})
        wrong += [f"{kind} {uid.hex()}" for other in gone if other in named]
    return wrong


def prove(book: OpenWorkspace, seed: int, *, entity: EntityKind, size: int, pairs: int) -> None:
    """Merge random pairs of a random book: nobody names those that went; undone, every record is as it was."""
    made = RandomBook(book, seed, size)
    made.fill()
    before = documents(book.store)
    saved = book.merging.merge_many(entity, made.pairs(entity, pairs))
    merged = documents(book.store)
    gone = {uid.hex() for (kind, uid), document in merged.items() if kind == entity and document["merged_into"]}
    assert gone
    assert named_by(merged, entity, gone) == []
    for (kind, _), document in merged.items():
        check_one(kind, document)
    assert above_themselves(merged) == []
    assert book.history.verify(full=True) == []
    outcome = book.history.undo(saved.batch)
    assert outcome.left_alone == ()
    assert documents(book.store) == before
    assert book.history.verify(full=True) == []
    book.history.redo()
    assert documents(book.store).keys() == merged.keys()
    assert {key: value["merged_into"] for key, value in documents(book.store).items() if "merged_into" in value} == {
        key: value["merged_into"] for key, value in merged.items() if "merged_into" in value
    }


def above_themselves(found: dict[tuple[str, bytes], Document]) -> list[str]:
    """The living companies whose parents lead back to them."""
    parents = {uid.hex(): document["parent"] for (kind, uid), document in found.items() if kind == COMPANY}
    wrong = []
    for company in parents:
        seen, above = {company}, parents[company]
        while above is not None and above not in seen:
            seen.add(above)
            above = parents[above]
        wrong += [company] if above == company else []
    return wrong


def check_one(kind: str, document: Document) -> None:
    """One primary point of a kind, one primary role, nobody in an activity besides himself."""
    primaries = [point["kind"] for point in document.get("points", {}).values() if point["is_primary"]]
    assert len(primaries) == len(set(primaries))
    assert {point["kind"] for point in document.get("points", {}).values()} == set(primaries)
    assert sum(role["is_primary"] for role in document.get("roles", {}).values()) <= 1
    if kind == EntityKind.ACTIVITY:
        assert document["contact"] not in document["participants"]


@settings(max_examples=BOOKS_IN_THE_ORDINARY_RUN, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 1 << 40), entity=st.sampled_from((CONTACT, COMPANY)), pairs=st.integers(1, 8))
def test_the_undo_of_a_merge_is_the_identity(
    template: Template, tmp_path: Path, seed: int, entity: EntityKind, pairs: int
) -> None:
    with opened(template, tmp_path) as book:
        prove(book, seed, entity=entity, size=5, pairs=pairs)


@pytest.mark.parametrize("entity", [CONTACT, COMPANY])
def test_fifty_pairs_merged_and_undone_leave_the_workspace_as_it_was(
    template: Template, tmp_path: Path, entity: EntityKind
) -> None:
    with opened(template, tmp_path) as book:
        prove(book, 50, entity=entity, size=60, pairs=50)


@pytest.mark.deep
@pytest.mark.timeout(4 * 3600)
def test_thousands_of_merges_are_undone_without_a_trace(
    template: Template, tmp_path: Path, record_proof: RecordProof
) -> None:
    draw = random.Random(11)
    merged = 0
    for seed in range(BOOKS_IN_THE_LONG_PROOF):
        pairs = draw.randrange(1, 40)
        merged += pairs
        with opened(template, tmp_path) as book:
            prove(book, seed, entity=draw.choice((CONTACT, COMPANY)), size=draw.randrange(2, 25), pairs=pairs)
    record_proof("merge and undo", books=BOOKS_IN_THE_LONG_PROOF, pairs=merged)
