"""Workspaces from the command line: made, described, checked, rekeyed, refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mycrm_desktop.cli.main import run
from tests.mycrm_desktop.cli.calls import Mycrm


def _secret(folder: Path, text: str, name: str = "secret") -> Path:
    file = folder / name
    file.write_text(text + "\n", encoding="utf-8")
    return file


def test_a_passphrase_workspace_opens_with_it_and_exits_4_without_or_with_another(
    mycrm: Mycrm, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, right = tmp_path / "safe.mycrm", _secret(tmp_path, "correct horse battery")
    made = mycrm.good("workspace", "create", path, options=("--passphrase-file", str(right)))
    assert made["encrypted"] is True
    assert len(made["recovery_code"].replace("-", "")) == 32
    assert not path.read_bytes().startswith(b"SQLite format 3")
    safe = Mycrm(path, capsys)
    assert safe("workspace", "info").code == 4
    wrong = _secret(tmp_path, "something else", "wrong")
    assert safe("workspace", "info", options=("--passphrase-file", str(wrong))).code == 4
    assert safe.good("workspace", "info", options=("--passphrase-file", str(right)))["protection"] == "passphrase"


def test_without_a_keyring_nothing_is_made_and_the_exit_code_is_3(
    mycrm: Mycrm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    answer = mycrm("workspace", "create", tmp_path / "keyed.mycrm")
    assert answer.code == 3
    assert answer.document["error"]["code"] == "no_keyring"
    assert not (tmp_path / "keyed.mycrm").exists()


def test_an_existing_file_is_never_overwritten(mycrm: Mycrm) -> None:
    before = mycrm.path.read_bytes()
    assert mycrm("workspace", "create", mycrm.path, "--plain").code == 1
    assert mycrm.path.read_bytes() == before


def test_rekey_encrypts_a_plain_workspace_and_keeps_its_content(mycrm: Mycrm, tmp_path: Path) -> None:
    uid = mycrm.good("contacts", "add", "first_name=Anna")["uid"]
    new = _secret(tmp_path, "a new passphrase")
    mycrm.good("workspace", "rekey", "--new-passphrase-file", new)
    assert not mycrm.path.read_bytes().startswith(b"SQLite format 3")
    shown = mycrm.good("contacts", "show", uid, options=("--passphrase-file", str(new)))
    assert shown["first_name"] == "Anna"
    assert mycrm("contacts", "show", uid).code == 4


def test_verify_is_clean_on_a_new_workspace_and_exits_1_on_a_tampered_one(mycrm: Mycrm) -> None:
    from services.store.engine import connect

    mycrm.good("contacts", "add", "first_name=Anna")
    assert mycrm.good("workspace", "verify", "--full")["problems"] == []
    raw = connect(mycrm.path, None)
    raw.execute("UPDATE contact SET first_name = 'Eve'")
    raw.close()
    answer = mycrm("workspace", "verify", "--full")
    assert answer.code == 1
    assert any("first_name" in problem for problem in answer.document["problems"])


@pytest.mark.parametrize("content", [b"", b"not a workspace at all" * 400, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_workspace_exits_4_and_is_left_as_it_is(mycrm: Mycrm, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.mycrm"
    path.write_bytes(content)
    code = run(["--workspace", str(path), "--json", "--no-input", "workspace", "info"])
    assert code == 4
    assert path.read_bytes() == content


def test_the_last_used_workspace_is_taken_when_none_is_named(
    mycrm: Mycrm, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MYCRM_WORKSPACE", raising=False)
    capsys.readouterr()
    assert run(["--json", "workspace", "info"]) == 0
    assert json.loads(capsys.readouterr().out)["path"] == str(mycrm.path)
    assert mycrm.good("workspaces", "list")["items"][0]["path"] == str(mycrm.path)


def test_members_may_edit_but_not_manage_and_readers_may_only_read(mycrm: Mycrm) -> None:
    mycrm.good("users", "add", "Max", "--role", "member")
    mycrm.good("users", "add", "Rita", "--role", "read_only")
    assert mycrm("contacts", "add", "first_name=Anna", options=("--user", "Max")).code == 0
    assert mycrm("users", "add", "Eve", options=("--user", "Max")).code == 1
    refused = mycrm("contacts", "add", "first_name=Bea", options=("--user", "Rita"))
    assert refused.code == 1
    assert refused.document["error"]["code"] == "not_allowed"
    assert len(mycrm.good("contacts", "list", options=("--user", "Rita"))["items"]) == 1


def test_doctor_names_every_check_with_a_value(mycrm: Mycrm) -> None:
    answer = mycrm("doctor")
    names = [check["name"] for check in answer.document["checks"]]
    assert {"versions", "paths", "sqlite", "cipher", "keyring", "display", "disk", "clock", "integrity"} <= set(names)
    assert answer.code == (0 if all(check["ok"] for check in answer.document["checks"]) else 1)


def test_help_as_markdown_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["help", "--markdown"]) == 0
    page = capsys.readouterr().out
    for command in ("workspace verify", "import", "contacts list", "undo", "demo create", "fields add"):
        assert f"## `mycrm {command}`" in page
