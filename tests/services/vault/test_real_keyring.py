"""The same store against the real keyring daemon, in every state a session can be in."""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from typing import Any

import pytest

from tests.services.vault.conftest import PASSWORD
from tests.services.vault.private_session import PrivateSession
from tests.services.vault.real_workspaces import new_uid

pytestmark = pytest.mark.keyring_daemon

SECRET_SERVICE = "keyring.backends.SecretService.Keyring"
SECRET = secrets.token_bytes(32).hex()

PLAINTEXT_MODULE = """
import os
from keyring.backend import KeyringBackend

class PlaintextKeyring(KeyringBackend):
    priority = 0.5

    def get_password(self, service, username):
        return None

    def set_password(self, service, username, password):
        with open(os.path.expanduser("~/plaintext"), "a") as file:
            file.write(password)

    def delete_password(self, service, username):
        pass

class EagerKeyring(PlaintextKeyring):
    priority = 9
"""


def account() -> str:
    return new_uid().hex()


def only(answers: list[dict[str, Any]]) -> dict[str, Any]:
    (answer,) = answers
    return answer


def install_keyrings_alt(session: PrivateSession) -> dict[str, str]:
    """The environment with a package that registers itself with the library exactly as keyrings.alt does."""
    site = session.folder / "site"
    package = site / "keyrings" / "alt"
    package.mkdir(parents=True)
    (package / "file.py").write_text(PLAINTEXT_MODULE)
    information = site / "keyrings.alt-5.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: keyrings.alt\nVersion: 5.0\n")
    (information / "entry_points.txt").write_text("[keyring.backends]\nfile = keyrings.alt.file\n")
    return {"PYTHONPATH": f"{session.environment['PYTHONPATH']}:{site}"}


def assert_nothing_kept(session: PrivateSession) -> None:
    for path in session.home.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes()
    assert not (session.home / "plaintext").exists()


def test_a_key_is_kept_and_found_by_another_process_until_it_is_deleted(
    unlocked_session: PrivateSession,
) -> None:
    mine, other = account(), account()

    assert unlocked_session.run(["trust"], ["put", mine, SECRET], ["get", mine]) == [
        {"value": SECRET_SERVICE},
        {"value": SECRET_SERVICE},
        {"value": SECRET},
    ]
    assert unlocked_session.run(["get", mine], ["get", other], ["delete", other], ["delete", mine], ["get", mine]) == [
        {"value": SECRET},
        {"value": None},
        {"value": None},
        {"value": None},
        {"value": None},
    ]


def test_a_key_put_twice_is_the_later_one(unlocked_session: PrivateSession) -> None:
    mine = account()

    answers = unlocked_session.run(
        ["put", mine, "00" * 32], ["put", mine, SECRET], ["get", mine], ["delete", mine], ["get", mine]
    )
    assert [answer["value"] for answer in answers[2:]] == [SECRET, None, None]


def test_a_workspace_made_with_the_keyring_opens_in_another_process_without_a_question(
    unlocked_session: PrivateSession, tmp_path: Path
) -> None:
    path, uid = tmp_path / "sales.mycrm", new_uid()
    made = only(unlocked_session.run(["make_workspace", str(path), uid.hex()]))["value"]

    assert made["keyring"] == SECRET_SERVICE
    assert path.read_bytes()[:16] == uid
    assert only(unlocked_session.run(["read_workspace", str(path)])) == {"value": "kept"}


def test_a_key_outlives_the_daemon_and_the_login(bare_session: PrivateSession) -> None:
    bare_session.start_bus()
    bare_session.start_daemon(PASSWORD)
    mine = account()
    bare_session.run(["put", mine, SECRET])
    bare_session.stop_daemon()
    bare_session.start_daemon(PASSWORD)

    assert only(bare_session.run(["get", mine])) == {"value": SECRET}


def test_the_key_lies_nowhere_in_the_clear(bare_session: PrivateSession) -> None:
    bare_session.start_bus()
    bare_session.start_daemon(PASSWORD)
    bare_session.run(["put", account(), SECRET])

    files = [path for path in bare_session.folder.rglob("*") if path.is_file()]
    assert any(path.suffix == ".keyring" for path in files)
    for path in files:
        assert SECRET.encode() not in path.read_bytes()
        assert bytes.fromhex(SECRET) not in path.read_bytes()


def test_without_a_bus_the_user_decides(bare_session: PrivateSession) -> None:
    for answer in bare_session.run(["trust"], ["put", account(), SECRET], ["get", account()], ["delete", account()]):
        assert (answer["error"], answer["code"]) == ("NeedsDecision", "no_keyring")
        assert "passphrase" in answer["text"]
    assert_nothing_kept(bare_session)


def test_on_a_bus_without_a_daemon_the_user_decides(bare_session: PrivateSession) -> None:
    bare_session.start_bus()

    answer = only(bare_session.run(["put", account(), SECRET]))
    assert (answer["error"], answer["code"]) == ("NeedsDecision", "no_keyring")


def test_a_daemon_that_appears_later_is_found_without_restarting_the_program(
    bare_session: PrivateSession,
) -> None:
    bare_session.start_bus()
    ask = bare_session.start_child()
    assert ask(["trust"])["code"] == "no_keyring"
    bare_session.start_daemon(PASSWORD)

    assert ask(["trust"]) == {"value": SECRET_SERVICE}
    assert ask(["put", account(), SECRET]) == {"value": SECRET_SERVICE}


def test_a_daemon_that_goes_away_is_noticed_at_the_next_call(bare_session: PrivateSession) -> None:
    bare_session.start_bus()
    bare_session.start_daemon(PASSWORD)
    mine = account()
    ask = bare_session.start_child()
    assert ask(["put", mine, SECRET]) == {"value": SECRET_SERVICE}
    bare_session.stop_daemon()
    assert ask(["get", mine])["code"] == "no_keyring"
    bare_session.start_daemon(PASSWORD)

    assert ask(["get", mine]) == {"value": SECRET}


def test_a_daemon_no_login_ever_set_up_has_no_place_for_keys(bare_session: PrivateSession) -> None:
    bare_session.start_bus()
    bare_session.start_daemon(None)

    answer = only(bare_session.run(["put", account(), SECRET]))
    assert (answer["error"], answer["code"]) == ("NeedsDecision", "no_keyring")


def test_a_locked_keyring_is_told_and_the_recovery_code_still_opens(
    bare_session: PrivateSession, tmp_path: Path
) -> None:
    bare_session.start_bus()
    bare_session.start_daemon(PASSWORD)
    path = tmp_path / "sales.mycrm"
    made = only(bare_session.run(["make_workspace", str(path), new_uid().hex()]))["value"]
    assert only(bare_session.run(["lock_all"]))["value"] >= 1

    put, opened, by_code = bare_session.run(
        ["put", account(), SECRET],
        ["read_workspace", str(path)],
        ["read_workspace", str(path), made["recovery_code"]],
    )
    assert (put["error"], put["code"]) == ("WorkspaceLocked", "keyring_locked")
    assert (opened["error"], opened["code"]) == ("WorkspaceLocked", "keyring_locked")
    assert "recovery code" in opened["text"]
    assert by_code == {"value": "kept"}


def test_a_keyring_whose_login_password_was_changed_stays_locked(bare_session: PrivateSession) -> None:
    bare_session.start_bus()
    bare_session.start_daemon(PASSWORD)
    mine = account()
    bare_session.run(["put", mine, SECRET])
    bare_session.stop_daemon()
    bare_session.start_daemon("another password")

    assert only(bare_session.run(["get", mine]))["code"] == "keyring_locked"


def test_a_prompt_nobody_answers_ends_in_time_and_lets_the_program_end(bare_session: PrivateSession) -> None:
    bare_session.start_bus()
    bare_session.start_daemon(PASSWORD)
    bare_session.run(["put", account(), SECRET], ["lock_all"])
    bare_session.start_silent_prompter()
    started = time.monotonic()

    first, second = bare_session.run(["get", account()], ["get", account()], timeout_s=1.0)

    assert (first["error"], first["code"]) == ("WorkspaceLocked", "keyring_timeout")
    assert second["code"] == "keyring_timeout"
    assert time.monotonic() - started < 15


@pytest.mark.parametrize(
    ("backend", "reason"),
    [
        ("keyring.backends.null.Keyring", "keeps nothing"),
        ("keyring.backends.fail.Keyring", "no keyring"),
        ("keyrings.alt.file.PlaintextKeyring", "without real protection"),
        ("keyrings.alt.file.EagerKeyring", "without real protection"),
        ("no.such.Keyring", "cannot be used"),
        ("nonsense", "cannot be used"),
        ("keyring.backends.macOS.Keyring", "cannot be used"),
    ],
)
def test_an_untrustworthy_choice_is_refused_even_beside_a_good_keyring(
    unlocked_session: PrivateSession, bare_session: PrivateSession, backend: str, reason: str
) -> None:
    chosen = install_keyrings_alt(bare_session) | {
        "PYTHON_KEYRING_BACKEND": backend,
        "HOME": str(bare_session.home),
    }

    for answer in unlocked_session.run(["trust"], ["put", account(), SECRET], ["get", account()], environment=chosen):
        assert (answer["error"], answer["code"]) == ("NeedsDecision", "no_keyring")
        assert reason in answer["text"]
    assert_nothing_kept(bare_session)


def test_a_library_switched_off_by_its_configuration_file_is_respected(
    unlocked_session: PrivateSession, bare_session: PrivateSession
) -> None:
    settings = bare_session.home / ".config" / "python_keyring"
    settings.mkdir(parents=True)
    (settings / "keyringrc.cfg").write_text("[backend]\ndefault-keyring=keyring.backends.null.Keyring\n")

    answer = only(unlocked_session.run(["put", account(), SECRET], environment={"HOME": str(bare_session.home)}))
    assert answer["code"] == "no_keyring"
    assert "keeps nothing" in answer["text"]


def test_keyrings_alt_is_never_taken_where_the_library_would_take_it(bare_session: PrivateSession) -> None:
    answer = only(bare_session.run(["put", account(), SECRET], environment=install_keyrings_alt(bare_session)))

    assert answer["code"] == "no_keyring"
    assert "PlaintextKeyring keeps secrets in files without real protection" in answer["text"]
    assert_nothing_kept(bare_session)


@pytest.mark.parametrize("choice", [{}, {"PYTHON_KEYRING_BACKEND": "keyring.backends.chainer.ChainerBackend"}])
def test_beside_keyrings_alt_the_real_keyring_alone_is_used(
    unlocked_session: PrivateSession, bare_session: PrivateSession, choice: dict[str, str]
) -> None:
    mine = account()
    environment = install_keyrings_alt(bare_session) | {"HOME": str(bare_session.home)} | choice

    assert unlocked_session.run(["put", mine, SECRET], ["get", mine], ["delete", mine], environment=environment) == [
        {"value": SECRET_SERVICE},
        {"value": SECRET},
        {"value": None},
    ]
    assert_nothing_kept(bare_session)
