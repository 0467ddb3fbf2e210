"""Whatever becomes of a file's bytes, reading it ends, and in one of two ways: rows and rejects, or a refusal."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.importing.detection import detect
from services.importing.mapping import propose
from services.importing.reading import RowStream
from services.importing.refusals import UnreadableFile
from services.importing.rows import RowNormaliser
from services.importing.shapes import FileShape
from services.records.drafts import RowDraft, RowReject
from services.records.fields import EntityKind
from services.values.coercion import Reading
from tests.services.importing.reading_files import FILES

CASES = 500
SEEDS = sorted(FILES.iterdir())
_BYTES = [
    b'"',
    b"'",
    b";",
    b",",
    b"\n",
    b"\r",
    b"\0",
    b"\xff",
    b"\xfe\xff",
    b"\xc3",
    b'""',
    b"\\",
    b"\t",
    b"\xed\xa0\x80",
]


def _mutated(content: bytes, chance: random.Random) -> bytes:
    """The content with a few of its parts changed, removed, repeated or cut off."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        if not changed:
            break
        at, length = chance.randrange(len(changed)), chance.randint(1, 40)
        match chance.randrange(6):
            case 0:
                changed[at:at] = chance.choice(_BYTES)
            case 1:
                del changed[at : at + length]
            case 2:
                changed[at:at] = changed[at : at + length] * chance.randint(1, 20)
            case 3:
                changed[at] = chance.randrange(256)
            case 4:
                changed[at : at + length] = chance.randbytes(length)
            case _:
                del changed[at:]
    return bytes(changed)


def _read_to_the_end(path: Path) -> None:
    """Read and normalise everything; each row is a draft or a reject, and they are numbered without gaps."""
    try:
        shape: FileShape = detect(path, region="DE")
    except UnreadableFile:
        return
    reading = shape.reading(Reading(default_region="DE"))
    entity = EntityKind.ACTIVITY if path.name.startswith("activities") else EntityKind.CONTACT
    mapping = propose(entity, shape, reading=reading, make_custom=True)
    normalise = RowNormaliser(entity, shape, mapping, reading)
    with RowStream(path, shape) as stream:
        for expected, row in enumerate(stream, start=1):
            result = row if isinstance(row, RowReject) else normalise(*row)
            assert isinstance(result, RowDraft | RowReject)
            assert result.number == expected
            if isinstance(result, RowReject):
                assert result.reason
                "".join((result.value, result.reason, *result.cells)).encode("utf-8")


@pytest.mark.parametrize("block", range(10))
def test_five_hundred_damaged_exports_are_read_to_their_ends(tmp_path: Path, block: int) -> None:
    chance = random.Random(block)
    for _ in range(CASES // 10):
        seed = chance.choice(SEEDS)
        path = tmp_path / seed.name
        path.write_bytes(_mutated(seed.read_bytes(), chance))
        _read_to_the_end(path)


@given(st.binary(max_size=400))
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_to_their_end(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    _read_to_the_end(path)


@given(st.text(alphabet="ab;,\"'\n\r\t\\ |=1@.é", max_size=300))
@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_of_quotes_and_delimiters_is_read_to_its_end(tmp_path: Path, text: str) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(text.encode())
    _read_to_the_end(path)


@given(st.lists(st.lists(st.text(alphabet='ab;,"\n\r é', max_size=8), min_size=3, max_size=3), min_size=1, max_size=8))
@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_a_program_writes_properly_comes_back_cell_by_cell(tmp_path: Path, rows: list[list[str]]) -> None:
    import csv

    path = tmp_path / "proper.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
        writer.writerow(["First name", "Last name", "City"])
        writer.writerows(rows)
    with RowStream(path, detect(path, delimiter=";")) as stream:
        assert [row if isinstance(row, RowReject) else row[1] for row in stream] == rows
