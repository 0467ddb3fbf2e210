"""The lines that judge quick capture, the workspace they are typed in, and how an answer is held against one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from services.capture.known import KnownNames
from services.capture.reading import CaptureContext, read_line
from services.open_workspace import OpenWorkspace
from services.records.capture import Captured, CapturedAmount, CapturedTime, NamedRecord, Part, PartKind
from services.records.drafts import PointDraft, RecordDraft
from services.values.emails import normalise_email
from services.values.names import split_full_name
from services.values.points import address_point
from services.values.text import clean
from tests.support.workspaces import company_draft, contact_draft, email, phone

FOLDER: Final = Path(__file__).parents[2] / "data" / "capture"
WORKSPACE: Final[dict[str, Any]] = json.loads((FOLDER / "workspace.json").read_text(encoding="utf-8"))
_READ: Final[Any] = json.loads((FOLDER / "lines.json").read_text(encoding="utf-8"))
LINES: Final[list[dict[str, Any]]] = _READ["lines"] if isinstance(_READ, dict) else _READ
ORDINARY: Final = "ordinary"
_TWICE: Final = {
    person["name"]
    for person in WORKSPACE["people"]
    if sum(other["name"] == person["name"] for other in WORKSPACE["people"]) > 1
}


def group_of(line: Mapping[str, Any]) -> str:
    """The group of a line, the first part of its id."""
    return str(line["id"]).partition("-")[0]


def fill(workspace: OpenWorkspace) -> None:
    """Add the people, companies and deals that the lines are matched against."""
    for company in WORKSPACE["companies"]:
        address = address_point(country=company["country"])
        workspace.companies.add(company_draft(company["name"], *([address] if address is not None else [])))
    for person in WORKSPACE["people"]:
        name = split_full_name(person["name"])
        points: tuple[PointDraft, ...] = (
            *(email(address) for address in person["emails"]),
            *(phone(number) for number in person["phones"]),
        )
        fields = {"company": person["company"], "title": person["job_title"]}
        workspace.contacts.add(contact_draft(name.first, name.last, *points, **fields))
    for deal in WORKSPACE["deals"]:
        company_uid = next(
            one.uid
            for one in workspace.companies.cards(range(1, len(WORKSPACE["companies"]) + 1))
            if one.name == deal["company"]
        )
        workspace.deals.add(
            RecordDraft(
                {
                    "title": deal["name"],
                    "company": company_uid.hex(),
                    "amount": deal["amount"]["minor"],
                    "currency": deal["amount"]["currency"],
                }
            )
        )


def context_of(line: Mapping[str, Any]) -> CaptureContext:
    """When and where a line is typed."""
    zone = ZoneInfo(line.get("zone") or WORKSPACE["zone"])
    now = datetime.fromisoformat(line["now"])
    now = now.replace(tzinfo=zone) if now.tzinfo is None else now.astimezone(zone)
    return CaptureContext(now, WORKSPACE["region"], WORKSPACE["currency"])


def captured(line: Mapping[str, Any], known: KnownNames) -> Captured:
    """What is read of a line."""
    return read_line(line["line"], known, context_of(line))


def called(record: NamedRecord) -> str:
    """How the lines name a record: with the company where two have the name."""
    words = sorted(record.name.split())
    known = next((p["name"] for p in WORKSPACE["people"] if sorted(p["name"].split()) == words), record.name)
    return f"{known} ({record.detail})" if known in _TWICE else known


def answers(found: Captured) -> dict[str, Any]:
    """What was read, under the names of the expectations."""

    def values(kind: PartKind, *, guess: bool = False) -> list[str]:
        taken = [part for part in found.of(kind) if part.value is not None and part.is_guess is guess]
        return [called(part.value) if isinstance(part.value, NamedRecord) else str(part.value) for part in taken]

    at = _value(found, PartKind.TIME)
    amount = _value(found, PartKind.AMOUNT)
    deal = _value(found, PartKind.DEAL)
    return {
        "kind": found.kind.value if found.kind else None,
        "done": found.done,
        "people": values(PartKind.PERSON),
        "companies": values(PartKind.COMPANY),
        "new_people": values(PartKind.NEW_PERSON),
        "new_companies": values(PartKind.NEW_COMPANY),
        "likely": _guessed(found.of(PartKind.PERSON)),
        "likely_companies": _guessed(found.of(PartKind.COMPANY)),
        "ambiguous_people": [
            {
                "text": found.line[slice(*part.span)] if part.span else "",
                "choices": [called(one) for one in part.choices],
            }
            for part in found.of(PartKind.PERSON)
            if part.choices and part.value is None
        ],
        "deal": deal.name if isinstance(deal, NamedRecord) else None,
        "amount": {"minor": amount.minor, "currency": amount.currency} if isinstance(amount, CapturedAmount) else None,
        "date": str(_value(found, PartKind.DATE)) if found.first(PartKind.DATE) else None,
        "time": at.starts.strftime("%H:%M") if isinstance(at, CapturedTime) else None,
        "ends": at.ends.strftime("%H:%M") if isinstance(at, CapturedTime) and at.ends else None,
        "recurrence": _value(found, PartKind.REPEAT),
        "priority": _value(found, PartKind.PRIORITY),
        "tags": [tag.casefold() for tag in values(PartKind.TAG)],
        "emails": values(PartKind.EMAIL),
        "phones": values(PartKind.PHONE),
        "urls": values(PartKind.URL),
    }


def _value(found: Captured, kind: PartKind) -> Any:
    part = found.first(kind)
    return part.value if part is not None else None


def _guessed(parts: Iterable[Part]) -> list[str]:
    """The records of guesses, taken or offered."""
    names: list[str] = []
    for part in parts:
        records = [part.value] if isinstance(part.value, NamedRecord) and part.is_guess else list(part.choices)
        names += [called(record) for record in records if isinstance(record, NamedRecord)]
    return names


_OF_PART: Final = {
    "date": (PartKind.DATE,),
    "time": (PartKind.TIME,),
    "amount": (PartKind.AMOUNT,),
    "person": (PartKind.PERSON, PartKind.NEW_PERSON),
    "company": (PartKind.COMPANY, PartKind.NEW_COMPANY),
}


def problems(line: Mapping[str, Any], found: Captured) -> list[str]:
    """What is wrong with an answer; nothing where the line passes, strictly or by one of its lenient variants."""
    variants = [line["expect"], *({**line["expect"], **one} for one in line.get("lenient") or [])]
    judged = [_differences(line, expected, found) for expected in variants]
    return [] if any(not one for one in judged) else judged[0]


def _differences(line: Mapping[str, Any], expected: Mapping[str, Any], found: Captured) -> list[str]:
    got = answers(found)
    wrong: list[str] = []
    for key, value in expected.items():
        if not _fits(key, value, got, found):
            wrong.append(f"{key}: wanted {value!r}, got {got.get(key, found.subject)!r}")
    return wrong


def _fits(key: str, value: Any, got: Mapping[str, Any], found: Captured) -> bool:
    if key == "title":
        subject = " ".join(found.subject.casefold().split())
        return " ".join(value.casefold().split()) in subject if value else not any(map(str.isalnum, subject))
    if key == "not":
        return not any(_is_covered(one, found) for one in value)
    if key == "ambiguous_people":
        wanted = [(one["text"], sorted(one["choices"])) for one in value]
        return bool(wanted == [(one["text"], sorted(one["choices"])) for one in got[key]])
    if key in ("likely", "likely_companies"):
        return set(value) <= set(got[key])
    if key == "recurrence" and value:
        return bool(got[key]) and set(value.split(";")) == set(str(got[key]).split(";"))
    if key == "tags":
        return [tag.casefold() for tag in value] == list(dict.fromkeys(got[key]))
    if key == "emails":
        return bool([normalise_email(address) for address in value] == got[key])
    if value in (None, []):
        return not got[key]
    return bool(got[key] == value)


def _is_covered(denied: Mapping[str, str], found: Captured) -> bool:
    """Whether a part of that kind covers words of the text, wherever it stands in the line."""
    kinds = _OF_PART.get(denied["as"], (PartKind(denied["as"]),) if denied["as"] in list(PartKind) else ())
    spans = [part.span for part in found.of(*kinds) if part.span is not None]
    places = [one.span() for one in re.finditer(re.escape(denied["text"]), found.line)]
    assert places, f"{denied['text']!r} is not in the line"
    return any(start < span[1] and span[0] < end for start, end in places for span in spans)


def lost_words(found: Captured) -> list[str]:
    """The words of a line that are in no part and not in the subject."""
    spans = [part.span for part in found.parts if part.span is not None]
    lost: list[str] = []
    place = 0
    for word in found.line.split():
        start = found.line.index(word, place)
        place = start + len(word)
        bare = [at for at in range(start, place) if found.line[at].isalnum()]
        left = [at for at in bare if not any(low <= at < high for low, high in spans)]
        text = clean("".join(found.line[at] for at in left))
        if text and text not in "".join(filter(str.isalnum, found.subject)):
            lost.append(word)
    return lost
