"""`mycrm leads`, `deals` and `pipelines`: those of every record, and what selling needs beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

import typer

from mycrm_desktop.cli.records import Uid, draft_of, major, record, record_commands, saved
from mycrm_desktop.cli.session import session_of
from services.errors import InvalidValue, NotFound
from services.lead_conversion import WantedDeal
from services.open_workspace import OpenWorkspace
from services.records.fields import EntityKind
from services.records.sales import (
    DEAL_ROLES,
    BoardLane,
    DealRow,
    Money,
    PipelineRow,
    StageDraft,
    StageKind,
    StageRow,
)
from services.values.coercion import Reading
from services.values.numbers import parse_integer
from services.values.percents import parse_percent
from services.values.text import fold

pipeline_commands = typer.Typer(no_args_is_help=True, help="Pipelines and their stages.")
Pipeline = Annotated[str, typer.Argument(metavar="PIPELINE", help="Its name or uid.")]
Reason = Annotated[str, typer.Option(help="Why, in a few words.")]


def lead_commands() -> typer.Typer:
    """The commands of leads."""
    group = record_commands(EntityKind.LEAD)

    @group.command()
    def convert(
        context: typer.Context,
        uid: Uid,
        deal: Annotated[str, typer.Option(metavar="TITLE", help="Open a deal of this title.")] = "",
        amount: Annotated[str, typer.Option(metavar="A", help="What the deal is worth, in major units.")] = "",
        currency: Annotated[str, typer.Option(metavar="C")] = "",
        stage: Annotated[str, typer.Option(metavar="S", help="The stage that the deal starts in.")] = "",
        close: Annotated[str, typer.Option(metavar="DAY", help="When the deal is expected to close.")] = "",
    ) -> None:
        """Make a contact of a lead, with its company and, if anything is said of one, a deal."""
        session = session_of(context)
        with session.opened() as workspace:
            leads = workspace.leads
            local_id = leads.resolve(uid, trash=False)
            given = {"title": deal, "amount": amount, "currency": currency, "expected_close": close}
            wanted = _wanted(workspace, given, stage)
            made = leads.convert(local_id, deal=wanted)
            answer = {
                **record(leads.card(local_id)),
                "made_contact": made.made_contact,
                "made_company": made.made_company,
                "batch": made.batch,
            }
        session.answer(answer)

    @group.command()
    def disqualify(context: typer.Context, uid: Uid, reason: Reason) -> None:
        """Say that nothing will come of a lead, and why."""
        session = session_of(context)
        with session.opened() as workspace:
            leads = workspace.leads
            answer = saved(leads, leads.disqualify(leads.resolve(uid, trash=False), reason))
        session.answer(answer)

    return group


def _wanted(workspace: OpenWorkspace, given: dict[str, str], stage: str) -> WantedDeal | None:
    pairs = [f"{name}={text}" for name, text in given.items() if text]
    if not pairs and not stage:
        return None
    values: dict[str, Any] = draft_of(workspace, EntityKind.DEAL, pairs, replace_tags=False).fields
    return WantedDeal(
        title=given["title"],
        amount=values.get("amount"),
        currency=values.get("currency") or "",
        stage=stage,
        expected_close=values.get("expected_close"),
    )


def deal_commands() -> typer.Typer:
    """The commands of deals."""
    group = record_commands(EntityKind.DEAL)
    _add_moves(group)

    @group.command()
    def people(
        context: typer.Context,
        uid: Uid,
        add: Annotated[str, typer.Option(metavar="CONTACT", help="The uid of a contact who plays a part.")] = "",
        remove: Annotated[str, typer.Option(metavar="CONTACT", help="The uid of a contact to take out.")] = "",
        role: Annotated[str, typer.Option(help=f"The part: {', '.join(DEAL_ROLES)}, or any other word.")] = "",
        primary: Annotated[bool, typer.Option("--primary", help="Show the deal with this contact.")] = False,
    ) -> None:
        """Say who plays which part in a deal; without options, tell."""
        session = session_of(context)
        with session.opened() as workspace:
            deals = workspace.deals
            local_id = deals.resolve(uid, trash=False)
            if bool(add) == bool(remove):
                if add:
                    raise InvalidValue("Somebody cannot come and go at once", "Give --add or --remove.", field="add")
                answer: dict[str, Any] = {**record(deals.card(local_id)), "batch": None}
            elif add:
                contact = workspace.contacts.resolve(add, trash=False)
                result = deals.set_person(local_id, contact, role=role, is_primary=True if primary else None)
                answer = saved(deals, result)
            else:
                answer = saved(deals, deals.remove_person(local_id, workspace.contacts.resolve(remove)))
        session.answer(answer)

    @group.command()
    def board(
        context: typer.Context,
        pipeline: Annotated[str, typer.Option(metavar="P", help="Its name or uid; the first one without it.")] = "",
        where: Annotated[str, typer.Option(help="A query, such as owner:me")] = "",
    ) -> None:
        """Show the stages of a pipeline with their deals and sums."""
        session = session_of(context)
        with session.opened() as workspace:
            found = _found(workspace, pipeline) if pipeline else workspace.pipelines.ensure_default()
            lanes = workspace.deals.board(found.id, where=where)
            totals = workspace.deals.totals(found.id)
            items = [_lane(lane, workspace.deals.rows(lane.ids)) for lane in lanes]
        answer = {
            "pipeline": found.name,
            "uid": found.uid,
            "lanes": items,
            "open": totals.open,
            "total": _money(totals.total),
            "weighted": _money(totals.weighted),
            "overdue": totals.overdue,
            "without_next_step": totals.without_next_step,
            "stale": totals.stale,
        }
        session.answer(answer, "\n".join(f"{lane['stage']}  {lane['count']}  {lane['total']}" for lane in items))

    @group.command()
    def stages(context: typer.Context, uid: Uid) -> None:
        """Tell when a deal came into which stage, and what it was worth then."""
        session = session_of(context)
        with session.opened() as workspace:
            visits = workspace.deals.visits(workspace.deals.resolve(uid))
        items = [
            {
                "before": visit.before or None,
                "after": visit.after or None,
                "changed_at": visit.changed_at,
                "amount": None if visit.amount is None else major(visit.amount, visit.currency),
                "currency": visit.currency or None,
            }
            for visit in visits
        ]
        session.answer({"items": items})

    return group


def _add_moves(group: typer.Typer) -> None:
    @group.command()
    def move(
        context: typer.Context,
        uid: Uid,
        stage: Annotated[str, typer.Argument(metavar="STAGE", help="Its name or uid, or won, or lost.")],
    ) -> None:
        """Put a deal into a stage."""
        session = session_of(context)
        with session.opened() as workspace:
            deals = workspace.deals
            answer = saved(deals, deals.move(deals.resolve(uid, trash=False), stage))
        session.answer(answer)

    @group.command()
    def win(context: typer.Context, uid: Uid) -> None:
        """Win a deal."""
        session = session_of(context)
        with session.opened() as workspace:
            deals = workspace.deals
            answer = saved(deals, deals.win(deals.resolve(uid, trash=False)))
        session.answer(answer)

    @group.command()
    def lose(
        context: typer.Context,
        uid: Uid,
        reason: Reason,
        competitor: Annotated[str, typer.Option(metavar="C", help="To whom it was lost.")] = "",
    ) -> None:
        """Lose a deal, with the reason."""
        session = session_of(context)
        with session.opened() as workspace:
            deals = workspace.deals
            answer = saved(deals, deals.lose(deals.resolve(uid, trash=False), reason, competitor=competitor))
        session.answer(answer)


def _lane(lane: BoardLane, rows: Sequence[DealRow]) -> dict[str, Any]:
    return {
        "stage": lane.stage.name,
        "uid": lane.stage.uid,
        "kind": lane.stage.kind,
        "probability": lane.stage.probability,
        "count": len(lane.ids),
        "total": _money(lane.total),
        "weighted": _money(lane.weighted),
        "deals": [_deal(row) for row in rows],
    }


def _deal(row: DealRow) -> dict[str, Any]:
    return {
        "uid": row.uid,
        "title": row.title,
        "company": row.company or None,
        "contact": row.contact or None,
        "amount": None if row.amount is None else major(row.amount, row.currency),
        "currency": row.currency or None,
        "probability": row.probability,
        "expected_close": row.expected_close,
        "closed_at": row.closed_at,
        "stage_entered_at": row.stage_entered_at,
        "next_step": row.next_step or None,
        "next_step_due": row.next_step_due,
        "owner": row.owner or None,
    }


def _money(money: Money) -> dict[str, float]:
    return {currency: major(amount, currency) for currency, amount in money}


def _found(workspace: OpenWorkspace, text: str) -> PipelineRow:
    """The pipeline of a name, a uid or the beginning of one. Raises NotFound."""
    known = workspace.pipelines.all()
    named = [row for row in known if fold(row.name) == fold(text)]
    found = named or [row for row in known if len(text) >= 4 and row.uid.hex().startswith(text.lower())]
    if len(found) != 1:
        names = ", ".join(row.name for row in known) or "none yet"
        raise NotFound(f"“{text}” names {'more than one' if found else 'no'} pipeline", f"Pipelines are: {names}.")
    return found[0]


def _pipeline(row: PipelineRow) -> dict[str, Any]:
    return {
        "uid": row.uid,
        "name": row.name,
        "currency": row.currency or None,
        "stages": [
            {
                "uid": stage.uid,
                "name": stage.name,
                "kind": stage.kind,
                "probability": stage.probability,
                "rotting_days": stage.rotting_days,
                "required_fields": list(stage.required_fields),
            }
            for stage in row.stages
        ],
    }


@pipeline_commands.command("list")
def pipelines_list(context: typer.Context) -> None:
    """List pipelines with their stages."""
    session = session_of(context)
    with session.opened() as workspace:
        items = [_pipeline(row) for row in workspace.pipelines.all()]
    session.answer({"items": items})


@pipeline_commands.command("add")
def pipelines_add(
    context: typer.Context,
    name: str,
    stage: Annotated[
        list[str],
        typer.Option(metavar="NAME[:PERCENT[:DAYS]]", help="An open stage, its probability, when deals are stale."),
    ],
    won: Annotated[str, typer.Option(metavar="NAME", help="The stage that means won.")] = "Won",
    lost: Annotated[str, typer.Option(metavar="NAME", help="The stage that means lost.")] = "Lost",
    currency: Annotated[str, typer.Option(metavar="C")] = "",
) -> None:
    """Add a pipeline; its open stages in order."""
    session = session_of(context)
    stages = [
        *map(_stage_draft, stage),
        StageDraft(won, StageKind.WON, probability=100),
        StageDraft(lost, StageKind.LOST),
    ]
    with session.opened() as workspace:
        result = workspace.pipelines.add(name, stages, currency=currency.upper())
        answer = {**_pipeline(_of_uid(workspace, result.uid)), "batch": result.batch}
    session.answer(answer)


def _of_uid(workspace: OpenWorkspace, uid: bytes) -> PipelineRow:
    return next(row for row in workspace.pipelines.all() if row.uid == uid)


def _stage_draft(text: str) -> StageDraft:
    """An open stage from "Proposal:50:21". Raises InvalidValue."""
    name, _, rest = text.partition(":")
    percent, _, days = rest.partition(":")
    reading = Reading()
    return StageDraft(
        name.strip(),
        probability=parse_percent(percent) if percent else 0,
        rotting_days=parse_integer(days, reading.decimal_mark) if days else None,
    )


@pipeline_commands.command("set")
def pipelines_set(
    context: typer.Context,
    pipeline: Pipeline,
    name: Annotated[str, typer.Option(help="Another name.")] = "",
    currency: Annotated[str | None, typer.Option(metavar="C", help="Empty takes it away.")] = None,
    stage: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME[:PERCENT[:DAYS]]", help="An open stage to change, or to add as the last one."),
    ] = None,
    requires: Annotated[
        list[str] | None,
        typer.Option(metavar="STAGE=FIELD,...", help="What deals need to come into a stage."),
    ] = None,
    without: Annotated[list[str] | None, typer.Option(metavar="NAME", help="A stage to take away; repeat.")] = None,
) -> None:
    """Change a pipeline: its name, its stages, and what these require."""
    session = session_of(context)
    with session.opened() as workspace:
        found = _found(workspace, pipeline)
        drafts = [_kept(row) for row in found.stages]
        for text in stage or ():
            drafts = _with_stage(drafts, _stage_draft(text))
        for text in requires or ():
            drafts = _requiring(drafts, text)
        gone = {fold(text) for text in without or ()}
        drafts = [draft for draft in drafts if fold(draft.name) not in gone]
        kept = found.currency if currency is None else currency.upper()
        result = workspace.pipelines.change(found.uid, name or found.name, drafts, currency=kept)
        answer = {**_pipeline(_of_uid(workspace, result.uid)), "batch": result.batch}
    session.answer(answer)


def _kept(row: StageRow) -> StageDraft:
    return StageDraft(row.name, row.kind, row.probability, row.rotting_days, row.required_fields, row.uid)


def _with_stage(drafts: list[StageDraft], wanted: StageDraft) -> list[StageDraft]:
    """The stages with one changed, or added behind the last open one."""
    if any(fold(draft.name) == fold(wanted.name) for draft in drafts):
        return [
            replace(draft, probability=wanted.probability, rotting_days=wanted.rotting_days)
            if fold(draft.name) == fold(wanted.name)
            else draft
            for draft in drafts
        ]
    still_open = [draft for draft in drafts if draft.kind is StageKind.OPEN]
    closed = [draft for draft in drafts if draft.kind is not StageKind.OPEN]
    return [*still_open, wanted, *closed]


def _requiring(drafts: list[StageDraft], text: str) -> list[StageDraft]:
    name, separator, fields = text.partition("=")
    if not separator or all(fold(draft.name) != fold(name) for draft in drafts):
        raise InvalidValue(
            f"“{text}” names no stage", "Write it as Proposal=amount,contact with a stage's name.", field="requires"
        )
    wanted = tuple(field.strip() for field in fields.split(",") if field.strip())
    return [replace(d, required_fields=wanted) if fold(d.name) == fold(name) else d for d in drafts]


@pipeline_commands.command("delete")
def pipelines_delete(context: typer.Context, pipeline: Pipeline) -> None:
    """Take a pipeline away in which no deals stand."""
    session = session_of(context)
    with session.opened() as workspace:
        result = workspace.pipelines.delete(_found(workspace, pipeline).uid)
    session.answer({"uid": result.uid, "batch": result.batch})
