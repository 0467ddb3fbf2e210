"""What the user says of a contact's consents and relations, each as one batch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from services.reading import reading_of
from services.records.drafts import ConsentDraft
from services.records.fields import FieldKind, FieldSpec
from services.records.ids import Uid
from services.records.people import Saved
from services.values.coercion import coerce
from ui.operations import Operation

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace


@dataclass(frozen=True, slots=True)
class TypedConsent:
    """What the form says of a channel: `state` "" takes back what was said, `since` "" means now."""

    channel: str
    state: str
    basis: str = ""
    since: str = ""
    proof: str = ""


def set_consent(workspace: OpenWorkspace, contact: int, typed: TypedConsent) -> Operation[Saved]:
    """Say whether a contact may be written to on a channel, or take back what was said of it."""

    def run() -> Saved:
        if not typed.state:
            return workspace.contacts.remove_consent(contact, typed.channel)
        decided_at = read_moment(workspace, typed.since) if typed.since.strip() else None
        draft = ConsentDraft(typed.channel, typed.state, typed.basis, decided_at, typed.proof)
        return workspace.contacts.set_consent(contact, draft)

    texts = {"granted": _tr("Consent noted"), "withdrawn": _tr("Withdrawal noted"), "": _tr("Consent removed")}
    return Operation(
        run=run, say=lambda saved: texts.get(typed.state, _tr("Saved")) if saved.batch else "", batch=_batch
    )


def read_moment(workspace: OpenWorkspace, text: str) -> datetime:
    """A typed moment; raises InvalidValue. Reads the profile: not on the GUI thread."""
    reading = reading_of(workspace.users.acting())
    zoned = replace(reading, today=workspace.store.clock.now().date())
    found = coerce(FieldSpec("decided_at", FieldKind.MOMENT), text, zoned)
    assert isinstance(found, datetime)
    return found


def add_relation(workspace: OpenWorkspace, contact: int, other: str, kind: str, *, note: str = "") -> Operation[Saved]:
    """Say what another contact, named by uid, is to this one."""
    return Operation(
        run=lambda: workspace.contacts.add_relation(contact, workspace.contacts.resolve(other), kind, note=note),
        say=lambda saved: _tr("Relation added") if saved.batch else "",
        icon="link",
        batch=_batch,
    )


def remove_relation(workspace: OpenWorkspace, contact: int, relation: Uid) -> Operation[Saved]:
    """Take a relation away."""
    return Operation(
        run=lambda: workspace.contacts.remove_relation(contact, relation),
        say=lambda _saved: _tr("Relation removed"),
        icon="unlink",
        batch=_batch,
    )


def _batch(saved: Saved) -> Uid | None:
    return saved.batch


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactParts", text)
