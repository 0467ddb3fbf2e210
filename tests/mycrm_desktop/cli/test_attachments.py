"""`mycrm files` attaches, lists, saves, renames and verifies files of records."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mycrm_desktop.cli.calls import Mycrm


@pytest.fixture
def anna(mycrm: Mycrm) -> str:
    return str(mycrm.good("contacts", "add", "first_name=Anna", "last_name=Berg")["uid"])


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "offer.pdf"
    path.write_bytes(b"offer")
    return path


def test_a_file_is_attached_listed_saved_renamed_and_detached(
    mycrm: Mycrm, anna: str, source: Path, tmp_path: Path
) -> None:
    made = mycrm.good("files", "attach", source, "--contact", anna[:30])
    assert (made["name"], made["size_bytes"], made["record"], made["record_name"]) == (
        "offer.pdf",
        5,
        anna,
        "Anna Berg",
    )
    assert [item["uid"] for item in mycrm.good("files", "list", anna)["items"]] == [made["uid"]]

    copy = tmp_path / "copy.pdf"
    mycrm.good("files", "save", made["uid"], "--to", copy)
    assert copy.read_bytes() == b"offer"
    assert mycrm("files", "save", made["uid"], "--to", copy).document["error"]["code"] == "exists"
    assert mycrm.good("files", "rename", made["uid"], "Angebot.pdf")["name"] == "Angebot.pdf"
    assert mycrm.good("files", "usage")["files"] == 1

    mycrm.good("files", "detach", made["uid"])
    assert mycrm.good("files", "list", anna)["items"] == []
    mycrm.good("undo")
    assert mycrm.good("files", "list", anna)["items"][0]["name"] == "Angebot.pdf"
    mycrm.good("files", "detach", made["uid"])
    mycrm.good("files", "restore", made["uid"])
    assert len(mycrm.good("files", "list", anna)["items"]) == 1
    assert mycrm.good("files", "purge")["contents"] == 0


def test_a_missing_content_is_told_with_exit_one(mycrm: Mycrm, anna: str, source: Path) -> None:
    made = mycrm.good("files", "attach", source, "--contact", anna)
    assert mycrm.good("files", "verify", "--full")["ok"]
    for content in mycrm.path.with_name("work.files").iterdir():
        content.unlink()
    answer = mycrm("files", "verify")

    assert answer.code == 1
    assert answer.document["problems"] == [f"files: the content of file {made['uid']} is missing"]


def test_a_file_belongs_to_one_record_that_exists(mycrm: Mycrm, anna: str, source: Path) -> None:
    assert mycrm("files", "attach", source).code == 1
    assert mycrm("files", "attach", source, "--contact", anna, "--deal", anna).code == 1
    assert mycrm("files", "attach", source, "--deal", anna).document["error"]["code"] == "not_found"
    assert mycrm("files", "attach", source.with_name("nowhere"), "--contact", anna).code == 1
    assert mycrm("files", "save", "ffff", "--to", source).code == 1
