"""The form of a sealed file: read and written in pieces, every piece authenticated before it is handed out.

    header   "MYCRMF1\n", 32 random bytes (salt)
    pieces   ChaCha20-Poly1305(file key, nonce, up to 65,536 bytes) + 16 bytes of tag, one after the other

    file key = HKDF-SHA256(key, salt, info = "mycrm sealed file 1 " + name)
    nonce    = number of the piece as 11 bytes big-endian, then 1 for the last piece, else 0

This is the STREAM construction (Hoang, Reyhanitabar, Rogaway & Vizar, CRYPTO 2015), as the age format uses
it: pieces that are cut off, exchanged, repeated or added fail, as does the file of another name. All pieces
but the last are full, and the last is empty only when the content is.
"""

from __future__ import annotations

import io
import os
import secrets
from typing import BinaryIO, Protocol

from services.errors import WorkspaceDamaged, WorkspaceError
from services.vault.keys import hkdf

MAGIC = b"MYCRMF1\n"
SALT_BYTES = 32
HEADER_BYTES = len(MAGIC) + SALT_BYTES
PIECE_BYTES = 64 * 1024
TAG_BYTES = 16

_SEALED_PIECE_BYTES = PIECE_BYTES + TAG_BYTES


class ByteSource(Protocol):
    """Anything bytes can be read from, in order."""

    def read(self, size_bytes: int, /) -> bytes:
        """At most so many bytes; none at the end."""
        ...


class FileTampered(WorkspaceDamaged):
    """A sealed file was altered, cut off, exchanged with another, or never was one."""

    code = "file_damaged"


def seal(source: ByteSource, target: BinaryIO, *, key: bytes, name: str) -> int:
    """Write all of `source` to `target` under `key` (32 bytes), bound to `name`; gives the bytes read."""
    salt = secrets.token_bytes(SALT_BYTES)
    cipher = _PieceCipher(key, salt, name)
    target.write(MAGIC + salt)
    number = size_bytes = 0
    piece = read_fully(source, PIECE_BYTES)
    while True:
        following = read_fully(source, PIECE_BYTES) if len(piece) == PIECE_BYTES else b""
        target.write(cipher.encrypt(piece, number, last=not following))
        size_bytes += len(piece)
        if not following:
            return size_bytes
        piece, number = following, number + 1


def read_fully(source: ByteSource, size_bytes: int) -> bytes:
    """Exactly `size_bytes`, or fewer only at the end: a raw stream may give less than asked."""
    parts: list[bytes] = []
    while size_bytes and (part := source.read(size_bytes)):
        parts.append(part)
        size_bytes -= len(part)
    return b"".join(parts)


class SealedReader(io.RawIOBase):
    """The content of a sealed file, from its beginning to its end; wrap it in io.BufferedReader.

    The last piece is checked on opening, so a file cut off is refused before anything of it is read, and
    `content_bytes` is true as soon as there is a reader. Owns `source`.
    """

    def __init__(self, source: BinaryIO, *, key: bytes, name: str) -> None:
        super().__init__()
        self._source = source
        header = read_fully(source, HEADER_BYTES)
        if len(header) != HEADER_BYTES or not header.startswith(MAGIC):
            raise tampered(name)
        self._name = name
        self._cipher = _PieceCipher(key, header[len(MAGIC) :], name)
        sealed_bytes = source.seek(0, os.SEEK_END) - HEADER_BYTES
        self._pieces = max(1, -(-sealed_bytes // _SEALED_PIECE_BYTES))
        self.content_bytes = max(0, sealed_bytes - self._pieces * TAG_BYTES)
        self._number = 0
        self._piece = memoryview(b"")
        if not self._opened(self._pieces - 1) and self._pieces > 1:
            raise tampered(name)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._piece and self._number < self._pieces:
            self._piece = memoryview(self._opened(self._number))
            self._number += 1
        taken = self._piece[: len(buffer)]
        buffer[: len(taken)] = taken
        self._piece = self._piece[len(taken) :]
        return len(taken)

    def close(self) -> None:
        if not self.closed:
            self._source.close()
        super().close()

    def _opened(self, number: int) -> bytes:
        try:
            self._source.seek(HEADER_BYTES + number * _SEALED_PIECE_BYTES)
            sealed = read_fully(self._source, _SEALED_PIECE_BYTES)
        except OSError as error:
            raise unreadable(self._name, error) from error
        return self._cipher.decrypt(sealed, number, last=number == self._pieces - 1)


class _PieceCipher:
    def __init__(self, key: bytes, salt: bytes, name: str) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        self._name = name
        self._cipher = ChaCha20Poly1305(hkdf(key, salt=salt, info=f"mycrm sealed file 1 {name}".encode()))

    def encrypt(self, piece: bytes, number: int, *, last: bool) -> bytes:
        return self._cipher.encrypt(_nonce(number, last=last), piece, None)

    def decrypt(self, sealed: bytes, number: int, *, last: bool) -> bytes:
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher.decrypt(_nonce(number, last=last), sealed, None)
        except InvalidTag:
            raise tampered(self._name) from None


def tampered(name: str) -> FileTampered:
    """The error for a sealed file that is not what was put there."""
    return FileTampered(
        f"The stored file {name[:12]} is damaged", "Restore it from a backup, or attach the file again."
    )


def unreadable(name: str, error: OSError) -> WorkspaceError:
    """The error for a sealed file that the system does not let be read."""
    return WorkspaceError(
        f"The stored file {name[:12]} cannot be read",
        f"The system says: {error.strerror}. Mend that and try again.",
        code="file_unreadable",
    )


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")
