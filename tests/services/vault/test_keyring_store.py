"""The keyring is trusted with care, waited for with patience that ends, and quoted never."""

from __future__ import annotations

import base64
import logging
import threading
import traceback
from collections.abc import Callable, Iterator

import pytest
from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError, PasswordDeleteError

from services.errors import MyCrmError, NeedsDecision, WorkspaceLocked
from services.vault.keyring_backends import name_of, why_refused
from services.vault.keyring_store import LARGEST_SECRET_BYTES, SERVICE, KeyringStore
from services.vault.keys import KeyStore

SECRET = b"canary-secret-of-32-bytes-length"
SECRET_TEXT = base64.b64encode(SECRET).decode()


class Keyring:
    """Stands in for a back end of the library: same three calls, kept in a dictionary."""

    priority = 5.0

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not found")


class Failing(Keyring):
    """Answers every call with an error that quotes what it was given, as a careless back end may."""

    def __init__(self, kind: Callable[[str], BaseException]) -> None:
        super().__init__()
        self.kind = kind

    def get_password(self, service: str, username: str) -> str | None:
        raise self.kind(f"{username} {SECRET_TEXT}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.kind(f"{username} {password}")


class Waiting(Keyring):
    """Blocks, like a prompt nobody answers, until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()
        self.calls = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.calls += 1
        self.answered.wait(30)
        return super().get_password(service, username)


@pytest.fixture
def waiting() -> Iterator[Waiting]:
    keyring = Waiting()
    yield keyring
    keyring.answered.set()
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join(10)


def store_over(*keyrings: Keyring, timeout_s: float = 10.0) -> KeyringStore:
    return KeyringStore(find_keyrings=lambda: keyrings, timeout_s=timeout_s)


def every_use(store: KeyStore) -> list[Callable[[], object]]:
    return [lambda: store.get("a"), lambda: store.put("a", SECRET), lambda: store.delete("a")]


def kind_named(module: str, *, priority: object = 5.0) -> object:
    return type("Keyring", (), {"__module__": module, "priority": priority})()


def test_a_secret_is_kept_under_the_service_of_the_program_and_read_back() -> None:
    keyring = Keyring()
    store: KeyStore = store_over(keyring)
    store.put("a", SECRET)

    assert keyring.kept == {("MyCRM Desktop", "a"): SECRET_TEXT}
    assert store.get("a") == SECRET
    assert store.get("b") is None
    store.delete("a")
    assert keyring.kept == {}
    store.delete("a")


def test_the_name_of_what_keeps_the_key_is_known_after_the_first_call() -> None:
    store = store_over(Keyring())
    assert store.name == ""

    store.trust()

    assert store.name == name_of(Keyring())


def test_a_keyring_that_loses_or_changes_what_it_is_given_is_found_out() -> None:
    class Losing(Keyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            return

    class Changing(Keyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            super().set_password(service, username, password.lower())

    for keyring in (Losing(), Changing()):
        with pytest.raises(NeedsDecision) as caught:
            store_over(keyring).put("a", SECRET)
        assert caught.value.code == "no_keyring"
        assert "did not keep" in caught.value.message


def test_the_best_keyring_is_written_and_all_are_read_and_cleared() -> None:
    best, other = Keyring(), Keyring()
    other.set_password(SERVICE, "old", SECRET_TEXT)
    store = store_over(best, other)
    store.put("new", SECRET)

    assert (SERVICE, "new") in best.kept
    assert (SERVICE, "new") not in other.kept
    assert store.get("old") == SECRET
    store.delete("old")
    assert other.kept == {}


def test_a_locked_keyring_does_not_hide_the_key_in_another_one() -> None:
    other = Keyring()
    other.set_password(SERVICE, "a", SECRET_TEXT)
    store = store_over(Failing(KeyringLocked), other)

    assert store.get("a") == SECRET
    with pytest.raises(WorkspaceLocked) as caught:
        store.get("b")
    assert caught.value.code == "keyring_locked"


@pytest.mark.parametrize(
    ("kind", "expected", "code"),
    [
        (KeyringLocked, WorkspaceLocked, "keyring_locked"),
        (NoKeyringError, NeedsDecision, "no_keyring"),
        (InitError, NeedsDecision, "no_keyring"),
        (KeyringError, WorkspaceLocked, "keyring_failed"),
        (OSError, WorkspaceLocked, "keyring_failed"),
        (RuntimeError, WorkspaceLocked, "keyring_failed"),
        (KeyError, WorkspaceLocked, "keyring_failed"),
    ],
)
def test_every_failure_is_a_known_error_that_repeats_nothing(
    kind: Callable[[str], BaseException],
    expected: type[MyCrmError],
    code: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = store_over(Failing(kind))
    with caplog.at_level(logging.DEBUG):
        for use in every_use(store):
            with pytest.raises(expected) as caught:
                use()
            assert caught.value.code == code
            told = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
            assert SECRET_TEXT not in told
            assert caught.value.__context__ is None
    assert SECRET_TEXT not in caplog.text
    assert "canary" not in caplog.text


def test_an_interruption_of_the_program_is_passed_on_as_it_is() -> None:
    with pytest.raises(KeyboardInterrupt):
        store_over(Failing(KeyboardInterrupt)).get("a")


def test_a_prompt_nobody_answers_ends_in_an_error_and_a_second_one_is_not_opened(waiting: Waiting) -> None:
    store = store_over(waiting, timeout_s=0.05)
    for _ in range(3):
        with pytest.raises(WorkspaceLocked) as caught:
            store.get("a")
        assert caught.value.code == "keyring_timeout"
        assert "prompt" in caught.value.message

    assert waiting.calls == 1


def test_once_the_prompt_is_answered_the_next_call_succeeds(waiting: Waiting) -> None:
    waiting.set_password(SERVICE, "a", SECRET_TEXT)
    store = store_over(waiting, timeout_s=0.05)
    with pytest.raises(WorkspaceLocked):
        store.get("a")
    waiting.answered.set()
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join(10)

    assert store.get("a") == SECRET


def test_the_search_for_a_keyring_is_under_the_time_limit_too(waiting: Waiting) -> None:
    def find() -> list[Keyring]:
        waiting.answered.wait(30)
        return [waiting]

    store = KeyringStore(find_keyrings=find, timeout_s=0.05)

    with pytest.raises(WorkspaceLocked) as caught:
        store.trust()
    assert caught.value.code == "keyring_timeout"


def test_a_thread_left_behind_cannot_hold_up_the_end_of_the_program(waiting: Waiting) -> None:
    with pytest.raises(WorkspaceLocked):
        store_over(waiting, timeout_s=0.05).get("a")

    assert [thread.daemon for thread in threading.enumerate() if thread.name == "keyring"] == [True]


def test_calls_from_several_threads_are_made_one_at_a_time() -> None:
    class Counting(Keyring):
        inside = most = 0

        def get_password(self, service: str, username: str) -> str | None:
            self.inside += 1
            self.most = max(self.most, self.inside)
            found = super().get_password(service, username)
            self.inside -= 1
            return found

    keyring = Counting()
    store = store_over(keyring)
    threads = [threading.Thread(target=store.put, args=(f"a{number}", SECRET)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert keyring.most == 1
    assert len(keyring.kept) == 20


@pytest.mark.parametrize("text", ["", "no base64!", "é", "AAA", "\ud800"])
def test_a_damaged_entry_is_told_apart_from_none(text: str) -> None:
    keyring = Keyring()
    keyring.set_password(SERVICE, "a", text)
    if text == "":
        assert store_over(keyring).get("a") == b""
        return

    with pytest.raises(WorkspaceLocked) as caught:
        store_over(keyring).get("a")
    assert caught.value.code == "keyring_entry_damaged"


def test_a_secret_larger_than_windows_takes_is_refused_everywhere() -> None:
    with pytest.raises(ValueError, match="512"):
        store_over(Keyring()).put("a", bytes(LARGEST_SECRET_BYTES + 1))
    assert len(base64.b64encode(bytes(LARGEST_SECRET_BYTES))) <= 1280


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        ("keyrings.alt.file", "without real protection"),
        ("keyrings.alt", "without real protection"),
        ("keyring.backends.null", "keeps nothing"),
        ("keyring.backends.fail", "no keyring"),
        ("keyrings.altogether", "not the operating system's own"),
        ("keyring.backends.chainer", "not the operating system's own"),
        ("keyring.backends.SecretServiceLookalike", "not the operating system's own"),
        ("somebody.elses", "not the operating system's own"),
        (__name__, "not the operating system's own"),
    ],
)
def test_back_ends_that_are_no_keyring_of_the_system_are_refused_with_the_reason(module: str, reason: str) -> None:
    assert reason in why_refused(kind_named(module))


@pytest.mark.parametrize(
    "module",
    [
        "keyring.backends.SecretService",
        "keyring.backends.kwallet",
        "keyring.backends.libsecret",
        "keyring.backends.macOS",
        "keyring.backends.macOS.api",
        "keyring.backends.Windows",
    ],
)
def test_the_keyrings_of_the_systems_are_trusted_if_they_can_work_here(module: str) -> None:
    class Broken:
        def __get__(self, instance: object, owner: object) -> float:
            raise RuntimeError("no bus")

    assert why_refused(kind_named(module)) == ""
    assert why_refused(kind_named(module, priority=1)) == ""
    assert "cannot be used" in why_refused(kind_named(module, priority=0.9))
    assert "cannot be used" in why_refused(kind_named(module, priority=-1))
    assert "cannot be used" in why_refused(kind_named(module, priority=Broken()))
