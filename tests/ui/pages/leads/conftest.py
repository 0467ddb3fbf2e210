"""A page of leads on a real workspace."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from services.bus import EventBus
from services.clock import ManualClock
from services.records.drafts import RecordDraft, Value
from services.records.fields import EntityKind
from tests.support.workspaces import email, phone
from tests.ui.pages.record.stage import NOW, Stage, add_contact, make_book, stage_for
from ui.theme.theme import Theme


@pytest.fixture(scope="session")
def leads_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace with five leads; Nora's answer is late, Anna is a contact already, Karim was answered."""
    folder = tmp_path_factory.mktemp("leads")
    book = make_book(folder, ManualClock(NOW), EventBus())
    book.pipelines.ensure_default()
    add_contact(book, "Anna", "Berg", address="anna@almeda.example", company="Almeda Logistics")
    points = {
        "Nora Lind": (email("nora@fjord.example"), phone("+49 40 5550101")),
        "A. Berg": (email("anna@almeda.example"),),
    }
    leads: dict[str, dict[str, Value]] = {
        "Nora Lind": {"company": "Fjord Freight", "status": "new", "response_due": NOW - timedelta(hours=3)},
        "A. Berg": {"company": "almeda logistics", "status": "working", "response_due": NOW + timedelta(days=3)},
        "Karim Haddad": {"status": "working", "response_due": NOW - timedelta(days=1), "responded_at": NOW},
        "Yuki Tanabe": {"status": "nurturing", "title": "Planner"},
        "Mia Rossi": {"status": "new", "source": "Trade fair"},
    }
    for name, values in leads.items():
        book.leads.add(RecordDraft({"name": name, **values}, points.get(name, ())))
    book.store.checkpoint()
    book.close()
    return folder / "book.mycrm"


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme, tmp_path: Path, leads_file: Path) -> Iterator[Stage]:
    """The page of leads, with its panel beside it."""
    with stage_for(qtbot, theme, tmp_path, EntityKind.LEAD, copy_of=leads_file) as made:
        yield made
