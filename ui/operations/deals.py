"""What the user does with deals: add, move through the stages, win and lose, say who takes part; each one batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from services.errors import InvalidValue
from services.records.drafts import RecordDraft, Value
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.people import Saved
from services.records.sales import StageKind, StageRow
from ui.operations import Operation
from ui.operations.records import Progress, TypedRecord, read_draft
from ui.operations.wording import things

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace


@dataclass(frozen=True, slots=True)
class Winning:
    """What the win dialog gives, as it was typed: the signed amount and the day; "" leaves them as they are."""

    amount: str = ""
    signed_on: str = ""


@dataclass(frozen=True, slots=True)
class Losing:
    """What the lose dialog gives; `note` goes below what the notes say already."""

    reason: str
    details: str = ""
    competitor: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """The reason as it is kept: the chosen word first, so that reasons can be counted."""
        details = self.details.strip()
        return f"{self.reason}: {details}" if self.reason and details else self.reason or details


def add(workspace: OpenWorkspace, typed: TypedRecord) -> Operation[Saved]:
    """Add a deal from a form."""
    return Operation(
        run=lambda: workspace.deals.add(read_draft(workspace, EntityKind.DEAL, typed)),
        say=lambda _saved: _tr("Deal added"),
        batch=_batch,
    )


def move(workspace: OpenWorkspace, deal: int, title: str, stage: StageRow) -> Operation[Saved]:
    """Put a deal into a stage. Raises InvalidValue for one that lacks what the stage requires."""
    said = _tr("{deal} moved to {stage}").format(deal=title, stage=stage.name)
    return Operation(
        run=lambda: workspace.deals.move(deal, stage.uid.hex()),
        say=lambda saved: said if saved.batch else "",
        icon="arrow-right",
        batch=_batch,
    )


def fill_and_move(
    workspace: OpenWorkspace, deal: int, title: str, stage: StageRow, typed: TypedRecord
) -> Operation[Saved]:
    """Give a deal what its new stage requires, and put it there, as one batch. Raises InvalidValue."""

    def run() -> Saved:
        draft = read_draft(workspace, EntityKind.DEAL, typed)
        fields = {**draft.fields, "stage": stage.uid.hex()}
        return workspace.deals.change(deal, RecordDraft(fields, draft.points, draft.tags, draft.custom))

    said = _tr("{deal} moved to {stage}").format(deal=title, stage=stage.name)
    return Operation(run=run, say=lambda saved: said if saved.batch else "", icon="arrow-right", batch=_batch)


def move_many(workspace: OpenWorkspace, deals: Sequence[int], stage: StageRow) -> Operation[Saved]:
    """Put many deals into a stage; none is moved when one of them lacks what it requires."""
    chosen = list(deals)
    said = _tr("{things} moved to {stage}").format(things=things(EntityKind.DEAL, len(chosen)), stage=stage.name)
    return Operation(
        run=lambda: workspace.deals.move_many(chosen, stage.uid.hex()),
        say=lambda saved: said if saved.batch else "",
        icon="arrow-right",
        batch=_batch,
    )


def win(workspace: OpenWorkspace, deal: int, title: str, said: Winning) -> Operation[Saved]:
    """Win a deal, for the amount that was signed and on that day. Raises InvalidValue."""

    def run() -> Saved:
        pairs = [("won_at", said.signed_on)] if said.signed_on else []
        if said.amount:
            pairs += [("amount", said.amount), ("currency", _currency(workspace, deal))]
        if not pairs:
            return workspace.deals.win(deal)
        draft = read_draft(workspace, EntityKind.DEAL, TypedRecord(tuple(pairs)))
        _check_signed(draft, workspace.store.clock.now())
        return workspace.deals.change(deal, RecordDraft({**draft.fields, "stage": StageKind.WON.value}))

    text = _tr("{deal} is won").format(deal=title)
    return Operation(run=run, say=lambda saved: text if saved.batch else "", icon="won", batch=_batch)


def lose(workspace: OpenWorkspace, deal: int, title: str, said: Losing) -> Operation[Saved]:
    """Close a deal as lost, with the reason and what was learnt. Raises InvalidValue without a reason."""

    def run() -> Saved:
        if not said.note.strip() or not said.text:
            return workspace.deals.lose(deal, said.text, competitor=said.competitor)
        before = str(workspace.deals.card(deal).fields.get("notes") or "")
        fields: dict[str, Value] = {
            "stage": StageKind.LOST.value,
            "loss_reason": said.text,
            "notes": f"{before}\n\n{said.note.strip()}".strip(),
        }
        if said.competitor.strip():
            fields["competitor"] = said.competitor.strip()
        return workspace.deals.change(deal, RecordDraft(fields))

    text = _tr("{deal} closed as lost").format(deal=title)
    return Operation(run=run, say=lambda saved: text if saved.batch else "", icon="lost", batch=_batch)


def change(workspace: OpenWorkspace, deal: int, typed: TypedRecord, *, said: str = "") -> Operation[Saved]:
    """Set what was typed on one deal."""
    return Operation(
        run=lambda: workspace.deals.change(deal, read_draft(workspace, EntityKind.DEAL, typed)),
        say=lambda saved: (said or _tr("Saved")) if saved.batch else "",
        batch=_batch,
    )


def change_many(
    workspace: OpenWorkspace, ids: Sequence[int], typed: TypedRecord, *, progress: Progress | None = None
) -> Operation[Saved]:
    """Set the same values on many deals."""
    chosen = list(ids)

    def run() -> Saved:
        return workspace.deals.change_many(chosen, read_draft(workspace, EntityKind.DEAL, typed), progress=progress)

    said = _tr("{things} changed").format(things=things(EntityKind.DEAL, len(chosen)))
    return Operation(run=run, say=lambda saved: said if saved.batch else "", batch=_batch)


def tag(workspace: OpenWorkspace, ids: Sequence[int], name: str, *, on: bool) -> Operation[Saved]:
    """Put a tag on deals, or take it off."""
    chosen = list(ids)
    said = _tr("“{tag}” on {things}") if on else _tr("“{tag}” taken off {things}")
    text = said.format(tag=name, things=things(EntityKind.DEAL, len(chosen)))
    return Operation(
        run=lambda: workspace.deals.tag(chosen, name, on=on),
        say=lambda saved: text if saved.batch else "",
        icon="tag",
        batch=_batch,
    )


def restore(workspace: OpenWorkspace, ids: Sequence[int]) -> Operation[Saved]:
    """Take deals out of the trash."""
    chosen = list(ids)
    said = _tr("{things} restored").format(things=things(EntityKind.DEAL, len(chosen)))
    return Operation(run=lambda: workspace.deals.restore(chosen), say=lambda _saved: said, icon="restore", batch=_batch)


def set_person(workspace: OpenWorkspace, deal: int, contact: int, name: str, *, role: str = "") -> Operation[Saved]:
    """Say what part somebody plays in a deal; who is not in it yet comes in."""
    return Operation(
        run=lambda: workspace.deals.set_person(deal, contact, role=role),
        say=lambda saved: _tr("{name} takes part").format(name=name) if saved.batch else "",
        icon="user-add",
        batch=_batch,
    )


def make_main_person(workspace: OpenWorkspace, deal: int, contact: int, name: str, *, role: str) -> Operation[Saved]:
    """Make somebody the main person of a deal."""
    return Operation(
        run=lambda: workspace.deals.set_person(deal, contact, role=role, is_primary=True),
        say=lambda saved: _tr("{name} is the main contact").format(name=name) if saved.batch else "",
        icon="user",
        batch=_batch,
    )


def remove_person(workspace: OpenWorkspace, deal: int, contact: int, name: str) -> Operation[Saved]:
    """Take somebody out of a deal."""
    return Operation(
        run=lambda: workspace.deals.remove_person(deal, contact),
        say=lambda saved: _tr("{name} taken out of the deal").format(name=name) if saved.batch else "",
        icon="user",
        batch=_batch,
    )


def delete(workspace: OpenWorkspace, deals: Sequence[int]) -> Operation[Saved]:
    """Put deals into the trash."""
    chosen = list(deals)
    said = _tr("{things} moved to Trash").format(things=things(EntityKind.DEAL, len(chosen)))
    return Operation(run=lambda: workspace.deals.delete(chosen), say=lambda _saved: said, icon="trash", batch=_batch)


def _currency(workspace: OpenWorkspace, deal: int) -> str:
    rows = workspace.deals.rows([deal])
    return rows[0].currency if rows else ""


def _check_signed(draft: RecordDraft, now: datetime) -> None:
    signed = draft.fields.get("won_at")
    if isinstance(signed, datetime) and signed > now:
        raise InvalidValue("A deal cannot be signed on a day to come", "Give today or a day before.", field="won_at")


def _batch(saved: Saved) -> Uid | None:
    return saved.batch


def _tr(text: str) -> str:
    return QCoreApplication.translate("Deals", text)
