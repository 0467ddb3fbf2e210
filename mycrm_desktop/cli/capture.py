"""`mycrm capture`: one typed line becomes records, as in the window."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from mycrm_desktop.cli.session import session_of
from services.records.capture import (
    Captured,
    CapturedAmount,
    CapturedTime,
    CapturePlan,
    CaptureSaved,
    NamedRecord,
    Part,
    PartValue,
)


def capture(
    context: typer.Context,
    line: Annotated[str, typer.Argument(metavar="LINE", help='For example "Call Anna Acme 30k next Tue 10 #renewal".')],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be made; make nothing.")] = False,
) -> None:
    """Read a line and save what it says, in one batch: a task, a log entry, an event, a deal, a new contact."""
    session = session_of(context)
    with session.opened() as workspace:
        captured = workspace.capture.read(line)
        plan = workspace.capture.plan(captured)
        saved = None if dry_run else workspace.capture.save(captured)
    if plan.instead is not None:
        session.say(
            f"{plan.instead.detail} already has “{plan.instead.name}”; name it in the line to change that deal."
        )
    for part in captured.parts:
        if part.value is None and part.choices:
            session.say(f"“{_text(captured, part)}” may be {' or '.join(map(_called, part.choices))}.")
    session.answer(_document(captured, plan, saved), f"{plan.words}{'' if saved else f'. {plan.problem}'.rstrip('. ')}")


def _document(captured: Captured, plan: CapturePlan, saved: CaptureSaved | None) -> dict[str, Any]:
    return {
        "line": captured.line,
        "kind": captured.kind,
        "done": captured.done,
        "subject": captured.subject,
        "title": captured.title,
        "parts": [
            {
                "kind": part.kind,
                "text": _text(captured, part),
                "span": list(part.span) if part.span is not None else None,
                "value": _value(part.value),
                "is_guess": part.is_guess,
                "choices": [_value(choice) for choice in part.choices],
            }
            for part in captured.parts
        ],
        "plan": [
            {"change": one.change, "entity": one.entity, "type": one.kind or None, "title": one.title}
            for one in plan.records
        ],
        "problem": plan.problem or None,
        "instead": _value(plan.instead),
        "records": [
            {"change": one.change, "entity": one.entity, "uid": one.uid, "title": one.title}
            for one in (saved.records if saved is not None else ())
        ],
        "batch": saved.batch if saved is not None else None,
    }


def _text(captured: Captured, part: Part) -> str:
    """The words of a part; "" for one that follows from others."""
    return captured.line[slice(*part.span)] if part.span is not None else ""


def _called(record: NamedRecord) -> str:
    return f"{record.name} ({record.detail})" if record.detail else record.name


def _value(value: PartValue) -> Any:
    if isinstance(value, NamedRecord):
        return {"entity": value.entity, "uid": value.uid, "name": value.name, "detail": value.detail}
    if isinstance(value, CapturedAmount):
        return {"minor": value.minor, "currency": value.currency}
    if isinstance(value, CapturedTime):
        ends = value.ends.isoformat(timespec="minutes") if value.ends is not None else None
        return {"starts": value.starts.isoformat(timespec="minutes"), "ends": ends}
    return value
