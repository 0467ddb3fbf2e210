"""The ledger's invariants, proved by random sequences of changes against an oracle in plain Python."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.clock import from_millis
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.people import Role
from services.store.ledger.hlc import COUNTER_BITS, LONGEST_LEAP
from tests.services.store.changes import OWNED, fill_template
from tests.services.store.making import WORDS, Action
from tests.services.store.sequences import SEQUENCES, Run
from tests.support.proofs import RecordProof
from tests.support.workspaces import Template, make_book

SEQUENCES_IN_THE_ORDINARY_RUN = 300
SEQUENCES_IN_THE_LONG_PROOF = 2_000


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A workspace with two users, closed."""
    book = make_book(tmp_path_factory.mktemp("template"), user="")
    for name in ("Rosa", "Uli"):
        book.users.add(name, f"{name}@example.org", Role.OWNER, kind="setup")
    fill_template(book.store)
    book.store.checkpoint()
    book.close()
    return Template(book.store.path)


@pytest.fixture
def start(template: Template, tmp_path: Path) -> Iterator[Any]:
    """Begin a sequence on a file of its own, and let go of the one before."""
    runs: list[Run] = []

    def end() -> None:
        if runs:
            ended = runs.pop()
            ended.book.close()
            ended.path.unlink(missing_ok=True)

    def begin() -> Run:
        end()
        run = Run(template.copy(tmp_path))
        runs.append(run)
        return run

    yield begin
    end()


def prove(run: Run, actions: list[Action], moments: list[int]) -> None:
    """Carry a sequence out and check every invariant."""
    for action in actions:
        run.carry_out(action)
    run.check_records()
    check_ledger(run)
    check_any_moment(run, moments)
    assert run.book.problems() == []
    run.check_undo_and_redo()
    check_erasure(run, moments)
    run.book.close()
    run.path.unlink()


def check_ledger(run: Run) -> None:
    """Stamps, projections, flags and labels, each against what the oracle knows."""
    check_stages(run)
    with run.book.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT hlc FROM change ORDER BY seq").fetchall()
        moves = connection.exec_driver_sql(
            "SELECT entity, lower(hex(entity_uid)), before, after FROM lifecycle_change ORDER BY seq"
        ).fetchall()
        labels = connection.exec_driver_sql("SELECT DISTINCT kind, label_code FROM batch").fetchall()
        headers = connection.exec_driver_sql("SELECT started_at, actor, origin, kind FROM batch ORDER BY id").fetchall()
    stamps = [row[0] for row in rows]
    assert all(one < other for one, other in pairwise(stamps))
    longest = int(LONGEST_LEAP.total_seconds() * 1000) << COUNTER_BITS
    assert all(other - one <= longest + (1 << COUNTER_BITS) for one, other in pairwise(stamps))
    assert sorted((tuple(row) for row in moves), key=_with_none) == sorted(run.oracle.lifecycles(), key=_with_none)
    for kind, label in labels:
        assert re.fullmatch(r"[a-z_]+", kind)
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", label)
        assert not any(word and word.casefold() in label for word in WORDS)
    expected = [(batch.moment, batch.actor, batch.origin, batch.kind) for batch in run.oracle.batches]
    assert [tuple(row) for row in headers] == expected
    flags = {row.uid: row.undone for row in run.book.history.batches(limit=10_000)}
    assert flags == {batch.uid: not run.oracle.stands(batch.number) for batch in run.oracle.batches}


def check_stages(run: Run) -> None:
    """When deals came into which stage, and what they were worth then and are worth now."""
    with run.book.store.read() as connection:
        visits = connection.exec_driver_sql(
            "SELECT lower(hex(deal_uid)), before, after, changed_at, amount, currency FROM stage_change ORDER BY seq"
        ).fetchall()
        worths = connection.exec_driver_sql("SELECT lower(hex(deal_uid)), amount, currency FROM deal_worth").fetchall()
    assert sorted((tuple(row) for row in visits), key=_with_none) == sorted(run.oracle.visits(), key=_with_none)
    assert {row[0]: (row[1], row[2]) for row in worths} == run.oracle.worths()


def _with_none(move: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(str(value) for value in move)


def check_any_moment(run: Run, moments: list[int]) -> None:
    """Every record at any moment is what the oracle kept of that moment."""
    known = sorted({batch.moment for batch in run.oracle.batches})
    chosen = {known[0] - 1, run.now, *(known[number % len(known)] + number % 3 - 1 for number in moments)}
    for moment in chosen:
        expected = run.oracle.at(moment)
        for kind, uid in run.oracle.records:
            found = run.book.history.at(EntityKind(kind), Uid(bytes.fromhex(uid)), from_millis(moment))
            assert found == expected.get((kind, uid))


def check_erasure(run: Run, moments: list[int]) -> None:
    """Rows without their personal half and salt leave chain and projections verifying, later changes included."""
    kind = OWNED[moments[1] % len(OWNED)]
    records = run.oracle.of_kind(kind)
    if not records:
        return
    _, uid = records[moments[0] % len(records)]
    with run.book.store.note() as connection:
        connection.exec_driver_sql("UPDATE change SET personal = NULL WHERE entity_uid = ?", (bytes.fromhex(uid),))
        connection.exec_driver_sql("DELETE FROM entity_salt WHERE entity_uid = ?", (bytes.fromhex(uid),))
    assert run.book.problems() == []
    with run.book.store.write("edit", "test.after_erasure") as unit:
        local_id = unit.id_of(EntityKind(kind), bytes.fromhex(uid))
        unit.edit(EntityKind(kind), local_id, lambda document: document.update(external_key="after"))
    touching = [batch for batch in run.oracle.batches if any(step.key[1] == uid for step in batch.steps)]
    for batch in touching[-3:]:
        if batch.kind != "setup":
            run.book.history.undo(Uid(batch.uid))
    assert run.book.problems() == []


MOMENTS = st.lists(st.integers(0, 10_000), min_size=3, max_size=3)


@settings(
    max_examples=SEQUENCES_IN_THE_ORDINARY_RUN,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
)
@given(actions=SEQUENCES, moments=MOMENTS)
def test_every_sequence_of_changes_keeps_every_invariant(start: Any, actions: list[Action], moments: list[int]) -> None:
    prove(start(), actions, moments)


@pytest.mark.deep
@pytest.mark.timeout(4 * 3600)
def test_thousands_of_longer_sequences_keep_every_invariant(start: Any, record_proof: RecordProof) -> None:
    figures = {"sequences": 0, "changes": 0, "batches": 0}

    @settings(max_examples=SEQUENCES_IN_THE_LONG_PROOF, deadline=None, suppress_health_check=list(HealthCheck))
    @given(actions=st.lists(SEQUENCES.map(lambda found: found[:15]), min_size=1, max_size=4), moments=MOMENTS)
    def generated(actions: list[list[Action]], moments: list[int]) -> None:
        run = start()
        prove(run, [action for part in actions for action in part], moments)
        figures["sequences"] += 1
        figures["batches"] += len(run.oracle.batches)
        figures["changes"] += sum(len(batch.steps) for batch in run.oracle.batches)

    generated()
    record_proof("ledger invariants over generated sequences", **figures)
