"""Keeps keys in the keyring of the operating system, and waits for it no longer than agreed.

A locked keyring shows its prompt and blocks until someone answers, so every call runs in a thread of its own,
one at a time, and is left behind when its time is over: the thread is a daemon, because it must not hold up
the end of the program. What was written is read back, because there are keyrings that lose it without a word.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import logging
import threading
import traceback
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Generic, TypeVar

from services.errors import MyCrmError, WorkspaceLocked
from services.vault.keyring_backends import Backend, name_of, no_keyring, system_keyrings

SERVICE = "MyCRM Desktop"
DEFAULT_TIMEOUT_S = 60.0
LARGEST_SECRET_BYTES = 512  # Windows takes 1280 characters of base64

_log = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class KeyringStore:
    """A `KeyStore` over the system's keyring; any thread may call it, the GUI thread should not.

    Raises NeedsDecision(code="no_keyring"), and WorkspaceLocked with the codes keyring_locked,
    keyring_timeout, keyring_failed and keyring_entry_damaged.
    """

    def __init__(
        self,
        *,
        find_keyrings: Callable[[], Sequence[Backend]] = system_keyrings,
        timeout_s: float = DEFAULT_TIMEOUT_S,
    ) -> None:
        self._find_keyrings = find_keyrings
        self._timeout_s = timeout_s
        self._turn = threading.Lock()
        self._name = ""

    @property
    def name(self) -> str:
        """Module and class of the back end last used; empty before the first call."""
        return self._name

    def trust(self) -> None:
        """Look for a trustworthy keyring, writing nothing; raises NeedsDecision when there is none."""
        self._ask(self._keyrings)

    def get(self, account: str) -> bytes | None:
        """The secret kept for `account` in any trustworthy keyring, or None."""
        return self._ask(lambda: self._read(account))

    def put(self, account: str, secret: bytes) -> None:
        """Keep `secret` in the best trustworthy keyring and read it back."""
        if len(secret) > LARGEST_SECRET_BYTES:
            raise ValueError(f"a keyring entry holds at most {LARGEST_SECRET_BYTES} bytes")
        self._ask(lambda: self._write(account, secret))

    def delete(self, account: str) -> None:
        """Forget the secret of `account` in every trustworthy keyring."""
        self._ask(lambda: self._erase(account))

    def _ask(self, question: Callable[[], Answer]) -> Answer:
        # A call left behind still holds the turn: a second one would only put up a second prompt.
        if not self._turn.acquire(timeout=self._timeout_s):
            raise _timed_out(self._timeout_s)
        call = _Call(question, finished=self._turn.release)
        threading.Thread(target=call.run, name="keyring", daemon=True).start()
        if not call.done.wait(self._timeout_s):
            raise _timed_out(self._timeout_s)
        if call.error is not None:
            raise _explained(call.error)
        return call.answers[0]

    def _keyrings(self) -> Sequence[Backend]:
        keyrings = self._find_keyrings()
        self._name = name_of(keyrings[0])
        return keyrings

    def _read(self, account: str) -> bytes | None:
        from keyring.errors import KeyringError

        failure: KeyringError | None = None
        for keyring in self._keyrings():
            try:
                text = keyring.get_password(SERVICE, account)
            except KeyringError as error:
                failure = failure or error  # another keyring of the session may hold the key
                continue
            if text is not None:
                self._name = name_of(keyring)
                return _decoded(text)
        if failure is not None:
            raise failure
        return None

    def _write(self, account: str, secret: bytes) -> None:
        keyring = self._keyrings()[0]
        text = base64.b64encode(secret).decode()
        keyring.set_password(SERVICE, account, text)
        kept = keyring.get_password(SERVICE, account)
        if kept is None or not hmac.compare_digest(kept.encode(), text.encode()):
            raise no_keyring(f"{name_of(keyring)} did not keep what it was given")

    def _erase(self, account: str) -> None:
        for keyring in self._keyrings():
            if keyring.get_password(SERVICE, account) is not None:
                keyring.delete_password(SERVICE, account)


class _Call(Generic[Answer]):
    """One question asked in a thread: its answer, or the error it ended with, for the thread that waits."""

    def __init__(self, question: Callable[[], Answer], *, finished: Callable[[], None]) -> None:
        self._question = question
        self._finished = finished
        self.done = threading.Event()
        self.answers: list[Answer] = []
        self.error: BaseException | None = None

    def run(self) -> None:
        with self:
            self.answers.append(self._question())

    def __enter__(self) -> _Call[Answer]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        # Nothing is swallowed: the waiting thread raises it, which is where someone can act on it.
        self.error = error
        self._finished()
        self.done.set()
        return True


def _explained(error: BaseException) -> BaseException:
    """The error for people; of a foreign one only its kind, because its text might repeat a secret."""
    from keyring.errors import InitError, KeyringLocked, NoKeyringError

    if isinstance(error, MyCrmError) or not isinstance(error, Exception):
        return error
    if isinstance(error, NoKeyringError | InitError):
        return no_keyring("The session's keyring has no place for secrets")
    if isinstance(error, KeyringLocked):
        return WorkspaceLocked(
            "The keyring is locked",
            "Unlock it, as its own prompt asks, and try again, or use the recovery code.",
            code="keyring_locked",
        )
    where = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    _log.warning("The keyring failed with %s at %s", type(error).__qualname__, " ".join(where))
    return WorkspaceLocked(
        "The keyring failed",
        f"Try again, or use the recovery code. ({type(error).__qualname__})",
        code="keyring_failed",
    )


def _timed_out(timeout_s: float) -> WorkspaceLocked:
    return WorkspaceLocked(
        f"The keyring did not answer within {timeout_s:g} seconds",
        "Its prompt may wait behind another window: answer it and try again, or use the recovery code.",
        code="keyring_timeout",
    )


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode("ascii", "replace"), validate=True)
    except binascii.Error:
        raise WorkspaceLocked(
            "The keyring's entry for this workspace is damaged",
            "Use the recovery code; the entry is then written afresh.",
            code="keyring_entry_damaged",
        ) from None
