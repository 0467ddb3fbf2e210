"""A sealed stream gives back exactly what went in, however it is read."""

from __future__ import annotations

import io
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from services.vault.sealed_stream import HEADER_BYTES, PIECE_BYTES, TAG_BYTES, SealedReader, seal


def content_of(size_bytes: int) -> bytes:
    return random.Random(size_bytes).randbytes(size_bytes)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 100_000), min_size=1, max_size=20), st.integers(0, 150_000))
def test_it_may_be_read_in_portions_of_any_size(portions: list[int], size_bytes: int) -> None:
    content = content_of(size_bytes)
    sealed = io.BytesIO()
    seal(io.BytesIO(content), sealed, key=bytes(32), name="n")
    sealed.seek(0)

    with io.BufferedReader(SealedReader(sealed, key=bytes(32), name="n"), 1000) as reader:
        got = b"".join(reader.read(portion) for portion in portions)
        got += reader.read()

    assert got == content


def test_the_size_on_the_disk_is_the_content_and_one_tag_for_each_piece() -> None:
    for size_bytes, pieces in ((0, 1), (1, 1), (PIECE_BYTES, 1), (PIECE_BYTES + 1, 2), (3 * PIECE_BYTES, 3)):
        sealed = io.BytesIO()
        assert seal(io.BytesIO(bytes(size_bytes)), sealed, key=bytes(32), name="n") == size_bytes
        assert len(sealed.getvalue()) == HEADER_BYTES + size_bytes + pieces * TAG_BYTES


def test_closing_the_reader_closes_the_file_beneath() -> None:
    sealed = io.BytesIO()
    seal(io.BytesIO(b"x"), sealed, key=bytes(32), name="n")
    sealed.seek(0)

    with io.BufferedReader(SealedReader(sealed, key=bytes(32), name="n")) as reader:
        assert reader.readable()

    assert sealed.closed
