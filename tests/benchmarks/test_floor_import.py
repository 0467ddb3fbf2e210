"""The floor of the import benchmark does the same work: it leaves the same rows in every table."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from benchmarks import floor_import
from benchmarks.importing import import_floor, import_ours
from benchmarks.people_file import write_people
from services.store.engine import connect
from services.store.tables import Base

_ENTITIES = ("user", "company", "contact", "contact_point", "contact_company", "batch")
_RANDOM = {
    "change": ("row_digest", "hlc"),
    "entity_salt": ("salt",),
    "batch": ("chain", "device", "started_at"),
}
_HEX = re.compile(rb"[0-9a-f]{32}")
_TIME = re.compile(rb'"created_at":\d+')
_ELSEWHERE = frozenset({"workspace", "opened_by", "setting"})


def _digests(path: Path) -> dict[str, str]:
    """A digest of every table, in which each uid is replaced by what it names."""
    raw = connect(path, None)
    try:
        names: dict[bytes, bytes] = {}
        for table in _ENTITIES:
            for local_id, uid in raw.execute(f'SELECT id, uid FROM "{table}" ORDER BY id'):
                names[bytes(uid)] = f"<{table} {local_id}>".encode()
        tables = [table for table in Base.metadata.tables if table not in _ELSEWHERE]
        tables += ["search_name_content", "search_body_content", "search_term"]
        return {table: _digest(raw, table, names) for table in tables}
    finally:
        raw.close()


def _digest(raw: Any, table: str, names: dict[bytes, bytes]) -> str:
    cursor = raw.execute(f'SELECT * FROM "{table}"')
    columns = [column[0] for column in cursor.description]
    left_out = {*_RANDOM.get(table, ()), "created_at", "changed_at"}
    if table == "change":
        # Our import remembers the mapping afterwards, in a batch of its own.
        rows = [row for row in cursor if row[columns.index("entity")] != "setting"]
    elif table == "batch":
        rows = [row for row in cursor if row[columns.index("label_code")] != "import.mapping"]
    else:
        rows = list(cursor)
    kept = [i for i, column in enumerate(columns) if column not in left_out]
    lines = sorted(b"|".join(_plain(row[i], names) for i in kept) for row in rows)
    if table == "entity_salt":
        lines = [line for line in lines if b"<unknown>" not in line]
    return f"{len(lines)} {hashlib.sha256(bytes(10).join(lines)).hexdigest()}"


def _plain(value: Any, names: dict[bytes, bytes]) -> bytes:
    if isinstance(value, bytes) and len(value) == 16:
        return names.get(value, b"<unknown>")
    text = value if isinstance(value, bytes) else str(value).encode()
    text = _TIME.sub(b'"created_at":0', text)
    return _HEX.sub(lambda found: names.get(bytes.fromhex(found[0].decode()), b"<unknown>"), text)


def test_the_plain_script_leaves_the_same_rows_in_every_table_as_our_import(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    write_people(file, 1_300)
    (tmp_path / "ours").mkdir()
    (tmp_path / "floor").mkdir()
    workspace = import_ours(file, tmp_path / "ours")
    workspace.close()
    floor = import_floor(file, tmp_path / "floor")
    ours, plain = _digests(workspace.store.path), _digests(floor)
    assert ours == plain
    assert ours["contact"].startswith("1300 ")


def test_the_plain_script_has_at_most_eighty_lines_of_code() -> None:
    lines = Path(floor_import.__file__).read_text(encoding="utf-8").splitlines()
    assert sum(1 for line in lines if line.strip()) <= 80
