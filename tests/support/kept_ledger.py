"""Writes the ledger that a program of the current revision leaves behind, for the programs that come after it.

`python -m tests.support.kept_ledger tests/data/ledgers/NNNN.json` is run once, by the last commit of a revision; the
file is never written again. It holds a workspace with every kind of record that was changed, merged and undone.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sqlalchemy import Connection

from services.clock import ManualClock
from services.lead_conversion import WantedDeal
from services.open_workspace import OpenWorkspace
from services.records.drafts import ConsentDraft, RecordDraft
from services.records.fields import EntityKind, FieldKind
from services.records.saved_views import ViewDraft
from services.store.tables import Base
from tests.services.selling import deal_draft, lead_draft, second_pipeline, task_draft
from tests.support.workspaces import NOON, activity_draft, company_draft, contact_draft, email, make_workspace

_STEP: Final = timedelta(minutes=1)
_LEFT_OUT: Final = frozenset({"alembic_version", "opened_by"})
_SEARCH: Final = {
    "search_name": ("rowid", "name", "company", "email", "phone", "other"),
    "search_body": ("rowid", "subject", "body"),
    "search_term": ("term",),
}


def fill(workspace: OpenWorkspace, clock: ManualClock) -> None:
    """Every kind of record, and every kind of change."""

    def later() -> None:
        clock.advance(_STEP)

    workspace.custom_fields.add(EntityKind.DEAL, "round", FieldKind.NUMBER)
    for name in ("Almeda Logistics", "Ørsted"):
        later()
        workspace.companies.add(company_draft(name))
    for first, last, address in (("Anna", "Berg", "anna@almeda.example"), ("A.", "Berg", "a.berg@almeda.example")):
        later()
        workspace.contacts.add(contact_draft(first, last, email(address), company="Almeda Logistics"))
    later()
    workspace.contacts.add(contact_draft("Ben", "Ort", email("ben@orsted.example")))
    workspace.contacts.set_consent(1, ConsentDraft("email", "granted", "contract"))
    workspace.contacts.add_relation(1, 3, "colleague", note="Same fair")
    later()
    workspace.activities.add(activity_draft("Kick-off", contact=workspace.contacts.card(2).uid))
    lead = workspace.leads.add(lead_draft("Clara Voss", email("clara@voss.example"), company="Voss")).id
    later()
    workspace.leads.convert(lead, deal=WantedDeal("Voss pilot", 1_200_000, "EUR"))
    deal = workspace.deals.add(deal_draft("Fleet", amount=9_200_000, currency="EUR", company="Almeda Logistics")).id
    later()
    workspace.deals.move(deal, "Discovery")
    workspace.deals.set_person(deal, 1, role="Buyer")
    second_pipeline(workspace)
    later()
    workspace.tasks.done([workspace.tasks.add(task_draft("Call", date(2026, 5, 5), recurrence="FREQ=WEEKLY")).id])
    later()
    event = RecordDraft({"title": "Visit", "starts_at": NOON + timedelta(days=2), "recurrence": "FREQ=DAILY;COUNT=3"})
    workspace.calendar.add(event)
    workspace.views.add(ViewDraft(EntityKind.DEAL, "Large", "amount>50000"))
    later()
    workspace.duplicates.ignore(EntityKind.CONTACT, 1, 3)
    later()
    workspace.merging.merge(EntityKind.CONTACT, 1, 2)
    later()
    workspace.history.undo()
    later()
    workspace.deals.win(deal)
    later()
    workspace.contacts.change_many([1, 3], RecordDraft({"lifecycle": "customer"}, tags=("fair",)))
    later()
    workspace.merging.merge(EntityKind.CONTACT, 1, 2)


def rows_of(connection: Connection, table: str, columns: tuple[str, ...] = ("*",)) -> dict[str, Any]:
    """The columns and rows of a table as JSON holds them: bytes as {"hex": …}."""
    found = connection.exec_driver_sql(f'SELECT {", ".join(columns)} FROM "{table}"')
    rows = [[{"hex": value.hex()} if isinstance(value, bytes) else value for value in row] for row in found]
    return {"columns": list(found.keys()), "rows": rows}


def kept(connection: Connection) -> dict[str, Any]:
    """All tables that hold anything."""
    tables = {name: rows_of(connection, name) for name in sorted(Base.metadata.tables) if name not in _LEFT_OUT}
    tables |= {name: rows_of(connection, name, columns) for name, columns in _SEARCH.items()}
    tables["sqlite_sequence"] = rows_of(connection, "sqlite_sequence")
    return {name: found for name, found in tables.items() if found["rows"]}


def main(target: Path) -> None:
    """Fill a workspace and write its tables."""
    clock = ManualClock(NOON)
    with TemporaryDirectory() as folder:
        workspace = make_workspace(Path(folder), clock=clock)
        fill(workspace, clock)
        assert workspace.history.verify(full=True) == []
        with workspace.store.read() as connection:
            found = kept(connection)
        workspace.close()
    lines = [f" {json.dumps(name)}: {_table(table)}" for name, table in found.items()]
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")


def _table(table: dict[str, Any]) -> str:
    rows = ",\n".join(f"   {json.dumps(row, ensure_ascii=False)}" for row in table["rows"])
    return f'{{"columns": {json.dumps(table["columns"])}, "rows": [\n{rows}\n ]}}'


if __name__ == "__main__":
    main(Path(sys.argv[1]))
