"""A page of contacts with a handful of people."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import services.filtering.grammar  # noqa: F401 - its first import belongs to the start of the program
from tests.ui.pages.record.stage import Stage, stage_for
from ui.theme.theme import Theme


@pytest.fixture
def empty_stage(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Stage]:
    """A workspace without anybody."""
    with stage_for(qtbot, theme, tmp_path) as stage:
        yield stage


@pytest.fixture
def stage(empty_stage: Stage) -> Stage:
    """Five people; Anna was called today, Karim long ago."""
    anna = empty_stage.add_contact(
        "Anna",
        "Berg",
        address="anna@almeda.example",
        number="+49 40 5550100",
        company="Almeda Logistics",
        title="Head of Procurement",
        lifecycle="customer",
    )
    karim = empty_stage.add_contact("Karim", "Haddad", company="Castellan Insurance", lifecycle="customer")
    empty_stage.add_contact("Sofia", "Tessaro", address="sofia@tessaro.example", title="Owner", tags=("vip",))
    empty_stage.add_contact("Julia", "Rowe", lifecycle="churned")
    empty_stage.add_contact("Yuki", "Tanabe", title="Planner")
    empty_stage.add_activity(anna, "call", duration_s=840, body="Asked for a volume discount.", outcome="reached")
    empty_stage.add_activity(karim, "email", days_ago=60, subject="Offer", body="As discussed.")
    return empty_stage
