"""What a workspace tells of itself."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from services.records.fields import FIELDS, PLURALS


@dataclass(frozen=True, slots=True)
class About:
    """Counts of living records by kind, what is in the trash, and the file's own facts."""

    counts: dict[str, int]
    trash: int
    changes: int
    schema: str
    facts: dict[str, str]


def read_about(connection: Connection) -> About:
    """Count and collect what `workspace info` tells."""
    run = connection.exec_driver_sql
    counts = {
        PLURALS[entity]: run(f'SELECT count(*) FROM "{entity}" WHERE deleted_at IS NULL').scalar_one()
        for entity in FIELDS
    }
    counts["tags"] = run("SELECT count(*) FROM tag WHERE deleted_at IS NULL").scalar_one()
    trash = sum(run(f'SELECT count(*) FROM "{entity}" WHERE deleted_at IS NOT NULL').scalar_one() for entity in FIELDS)
    return About(
        counts=counts,
        trash=trash,
        changes=run("SELECT coalesce(max(seq), 0) FROM change").scalar_one(),
        schema=run("SELECT version_num FROM alembic_version").scalar_one(),
        facts={str(row[0]): str(row[1]) for row in run("SELECT name, value FROM workspace")},
    )
