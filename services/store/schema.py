"""Makes the tables of a new workspace and tells which version an existing file has.

Alembic is imported only by `services.store.upgrading`, and only when the version differs.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from services.errors import WorkspaceDamaged, WorkspaceTooNew
from services.store.search_index import CREATE_SQL
from services.store.tables import Base

REVISIONS: Final = ("0001", "0002", "0003", "0004")
"""Every revision this program knows, oldest first; a test compares them with the migration scripts."""

HEAD: Final = REVISIONS[-1]


def create_all(connection: Connection) -> None:
    """Make every table of the newest version in an empty file, and stamp it."""
    Base.metadata.create_all(connection)
    for statement in CREATE_SQL:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))


def is_empty(connection: Connection) -> bool:
    """Whether the file has no tables yet."""
    return bool(connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one() == 0)


def stamped_version(connection: Connection) -> str:
    """The revision of an existing file. Raises WorkspaceDamaged for a file that is not a workspace."""
    sql = "SELECT count(*) FROM sqlite_master WHERE name IN ('alembic_version', 'batch', 'workspace')"
    if connection.exec_driver_sql(sql).scalar_one() != 3:
        raise WorkspaceDamaged(
            "This file is a database, but not a workspace of MyCRM",
            "Choose another file. This one was not changed.",
        )
    versions = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    if len(versions) != 1:
        raise WorkspaceDamaged(
            "This workspace does not say which version it is of",
            "Restore the newest backup. The file was not changed.",
        )
    return str(versions[0])


def check_known(version: str) -> None:
    """Refuse a file that a newer program wrote."""
    if version not in REVISIONS:
        raise WorkspaceTooNew(
            f"This workspace was written by a newer MyCRM (version {version} of its tables)",
            "Update this program, then open it again. The file was not changed.",
        )
