"""A clock more than a day away from the last change is asked about, and followed once it is confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.clock import ManualClock, to_millis
from services.open_workspace import OpenWorkspace
from services.records.drafts import RecordDraft
from services.store.ledger.hlc import COUNTER_BITS
from services.store.store import Surroundings
from services.vault.memory_store import MemoryStore
from services.vault.protection import Protection
from services.workspaces import NewWorkspace, Workspaces

START = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(name="clock")
def _clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture(name="workspace")
def _workspace(tmp_path: Path, clock: ManualClock) -> Iterator[OpenWorkspace]:
    workspaces = Workspaces(MemoryStore(), Surroundings(device=bytes(16), clock=clock))
    request = NewWorkspace(protection=Protection.PLAIN, user_name="Lena")
    workspace = workspaces.create(tmp_path / "w.mycrm", request).workspace
    yield workspace
    workspace.close()


def _last_stamp(workspace: OpenWorkspace) -> int:
    with workspace.store.read() as connection:
        return int(connection.exec_driver_sql("SELECT max(hlc) FROM change").scalar_one())


def _add(workspace: OpenWorkspace, name: str) -> int:
    workspace.contacts.add(RecordDraft(fields={"first_name": name}))
    return _last_stamp(workspace)


def test_a_clock_within_a_day_is_followed_without_a_question(workspace: OpenWorkspace, clock: ManualClock) -> None:
    clock.advance(timedelta(hours=23))
    assert workspace.clock.question() is None
    assert _add(workspace, "Anna") >> COUNTER_BITS == to_millis(clock.now())


def test_a_clock_far_ahead_is_asked_about_and_not_followed_until_confirmed(
    workspace: OpenWorkspace, clock: ManualClock
) -> None:
    before = _last_stamp(workspace)
    clock.advance(timedelta(days=3650))
    question = workspace.clock.question()
    assert question is not None
    assert question.last_change_at == START
    assert _add(workspace, "Anna") == before + 1
    workspace.clock.confirm()
    clock.advance(timedelta(minutes=5))
    assert workspace.clock.question() is None
    assert _add(workspace, "Otto") >> COUNTER_BITS == to_millis(clock.now())


def test_a_clock_far_behind_is_asked_about_and_order_holds(workspace: OpenWorkspace, clock: ManualClock) -> None:
    before = _last_stamp(workspace)
    clock.set(START - timedelta(days=400))
    assert workspace.clock.question() is not None
    assert _add(workspace, "Anna") == before + 1


def test_who_has_confirmed_a_clock_behind_the_ledger_is_not_asked_for_a_day(
    workspace: OpenWorkspace, clock: ManualClock
) -> None:
    clock.set(START - timedelta(days=400))
    workspace.clock.confirm()
    clock.advance(timedelta(hours=20))
    assert workspace.clock.question() is None
    clock.advance(timedelta(hours=20))
    assert workspace.clock.question() is not None
