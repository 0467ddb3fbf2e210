"""The people of deals and the stages of pipelines, through files of every format and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.mycrm_desktop.cli.calls import Mycrm

EXPORTS = ("csv", "xlsx", "json")


@pytest.fixture(name="other")
def _other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Mycrm:
    calls = Mycrm(tmp_path / "other.mycrm", capsys)
    calls.good("workspace", "create", calls.path, "--plain", "--user", "Lena Hartmann", "--email", "lena@x.example")
    return calls


def _file(folder: Path, *lines: str, name: str = "deals.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _people(calls: Mycrm) -> dict[str, list[tuple[str, str, bool]]]:
    """Name, part and whether it is the main person, of each deal."""
    path = calls.path.with_name(f"{calls.path.stem}-told.json")
    calls.good("export", "deals", "--format", "json", "--to", path)
    deals = json.loads(path.read_text(encoding="utf-8"))["deals"]
    return {
        deal["title"]: sorted((who["name"], who["role"], bool(who["is_primary"])) for who in deal["people"])
        for deal in deals
    }


def _contacts(calls: Mycrm) -> None:
    for first, key in (("Anna", "K1"), ("Bodil", ""), ("Cem", "")):
        fields = [f"first_name={first}", "last_name=Berg", f"email={first.lower()}@x.example"]
        calls.good("contacts", "add", *fields, *([f"external_key={key}"] if key else []))


def _some_deals(calls: Mycrm, folder: Path) -> dict[str, list[tuple[str, str, bool]]]:
    _contacts(calls)
    file = _file(
        folder,
        "Deal ID,Title,Contact,People",
        "D1,Pilot,anna@x.example,K1 (Champion); bodil@x.example (decision); Cem Berg (Technical)",
        "D2,Seats,bodil@x.example,",
        "D3,Renewal,,cem@x.example (blocker); anna@x.example",
    )
    assert calls.good("import", "deals", file)["created"] == 3
    return {
        "Pilot": [("Anna Berg", "champion", True), ("Bodil Berg", "decision", False), ("Cem Berg", "Technical", False)],
        "Seats": [("Bodil Berg", "", True)],
        "Renewal": [("Anna Berg", "", False), ("Cem Berg", "blocker", True)],
    }


def test_a_file_says_who_plays_which_part_in_a_deal(mycrm: Mycrm, tmp_path: Path) -> None:
    assert _some_deals(mycrm, tmp_path) == _people(mycrm)
    again = mycrm.good("import", "deals", tmp_path / "deals.csv")
    assert (again["unchanged"], again["batch"]) == (3, None)


@pytest.mark.parametrize("as_format", EXPORTS)
def test_the_people_of_deals_come_back_from_an_export(
    mycrm: Mycrm, other: Mycrm, tmp_path: Path, as_format: str
) -> None:
    expected = _some_deals(mycrm, tmp_path)
    people, deals = tmp_path / f"people.{as_format}", tmp_path / f"out.{as_format}"
    mycrm.good("export", "contacts", "--format", as_format, "--to", people)
    assert mycrm.good("export", "deals", "--format", as_format, "--to", deals)["cannot_hold"] == []
    assert mycrm.good("import", "deals", deals)["unchanged"] == 3
    other.good("import", "contacts", people)
    assert other.good("import", "deals", deals)["created"] == 3
    assert _people(other) == expected


def test_somebody_who_is_not_here_rejects_the_row_with_the_name(mycrm: Mycrm, tmp_path: Path) -> None:
    _contacts(mycrm)
    outcome = mycrm.good("import", "deals", _file(tmp_path, "Title,People", "Pilot,nobody@x.example (champion)"))
    assert outcome["rejects"] == [{"row": 1, "column": "people", "reason": "There is no contact “nobody@x.example”"}]


def test_nobody_is_taken_out_of_a_deal_and_filling_keeps_the_parts(mycrm: Mycrm, tmp_path: Path) -> None:
    expected = _some_deals(mycrm, tmp_path)
    file = _file(tmp_path, "Deal ID,Title,People", "D1,Pilot,anna@x.example (user)", name="fill.csv")
    mycrm.good("import", "deals", file, "--on-match", "fill")
    assert _people(mycrm) == expected
    mycrm.good("import", "deals", file)
    assert _people(mycrm)["Pilot"] == [("Anna Berg", "user", True), *expected["Pilot"][1:]]


def _stages(calls: Mycrm) -> dict[str, list[tuple[str, str]]]:
    found = calls.good("pipelines", "list")["items"]
    return {one["name"]: [(stage["name"], stage["kind"]) for stage in one["stages"]] for one in found}


STAGED = ("Title,Pipeline,Stage", "Pilot,,Legal review", "Seats,Partners,Signed up", "Renewal,,Proposal")


def test_stages_that_are_missing_are_named_and_made_only_if_that_is_wanted(mycrm: Mycrm, tmp_path: Path) -> None:
    mycrm.good("deals", "add", "title=First")
    before = _stages(mycrm)
    file = _file(tmp_path, *STAGED)
    told = mycrm.good("import", "deals", file, "--dry-run")
    assert told["missing_stages"] == ["Legal review", "Partners: Signed up"]
    assert (told["created"], told["rejected"]) == (1, 2)
    would = mycrm.good("import", "deals", file, "--dry-run", "--make-stages")
    assert (would["created"], would["rejected"]) == (3, 0)
    assert _stages(mycrm) == before
    done = mycrm.good("import", "deals", file, "--make-stages")
    assert done["created"] == 3
    after = _stages(mycrm)
    assert ("Legal review", "open") in after["Sales" if "Sales" in after else next(iter(after))]
    assert after["Partners"] == [("Signed up", "open"), ("Won", "won"), ("Lost", "lost")]
    stages = [kind for _, kind in next(iter(after.values()))]
    assert stages.index("won") == stages.count("open")
    mycrm.good("undo", done["batch"])
    assert _stages(mycrm) == before
    assert mycrm.good("workspace", "verify", "--full")["ok"] is True


def test_pipelines_come_in_from_json_with_their_identity(mycrm: Mycrm, other: Mycrm, tmp_path: Path) -> None:
    mycrm.good("deals", "add", "title=First")
    mycrm.good("import", "deals", _file(tmp_path, *STAGED), "--make-stages")
    file = tmp_path / "all.json"
    mycrm.good("export", "everything", "--format", "json", "--to", file)
    told = other.good("import", "pipelines", file, "--dry-run")
    assert other.good("pipelines", "list")["items"] == []
    outcome = other.good("import", "pipelines", file)
    assert {**told, "dry_run": False, "batch": outcome["batch"]} == outcome
    assert outcome["created"] == len(_stages(mycrm))
    assert _of(other) == _of(mycrm)
    again = other.good("import", "pipelines", file)
    assert (again["unchanged"], again["batch"]) == (outcome["created"], None)
    assert other.good("import", "deals", file)["created"] == 4
    other.good("undo", outcome["batch"])
    assert other.good("workspace", "verify", "--full")["ok"] is True


def _of(calls: Mycrm) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = calls.good("pipelines", "list")["items"]
    return items


def test_a_pipeline_is_changed_as_the_file_says_and_a_faulty_one_is_rejected(mycrm: Mycrm, tmp_path: Path) -> None:
    mycrm.good("deals", "add", "title=First")
    name = next(iter(_stages(mycrm)))
    described = [
        {"name": name, "stages": [{"name": "Proposal", "probability": 55}, {"name": "Trial", "probability": 70}]},
        {"name": "Odd", "stages": [{"name": "Open"}]},
        {"name": "Off", "stages": [{"name": "Open", "probability": "lots"}]},
    ]
    file = _file(tmp_path, json.dumps({"pipelines": described}), name="pipelines.json")
    outcome = mycrm.good("import", "pipelines", file)
    assert (outcome["updated"], outcome["rejected"]) == (1, 2)
    assert [one["reason"] for one in outcome["rejects"]] == ["has no stage that is won", "“lots” is no whole number"]
    assert [stage for stage, _ in _stages(mycrm)[name]][:2] == ["Proposal", "Trial"]


def test_a_file_without_pipelines_is_refused(mycrm: Mycrm, tmp_path: Path) -> None:
    answer = mycrm("import", "pipelines", _file(tmp_path, "[]", name="none.json"))
    assert answer.code == 1
    assert "holds no list of pipelines" in answer.err
