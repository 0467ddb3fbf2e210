"""What the user does with contacts and companies: add, change, tag, trash and restore, each as one batch.

Values come as the texts that were typed; they are read on the writer thread, where the profile says how dates,
numbers and phones are written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from services.reading import reading_of
from services.records.drafts import PointDraft, RecordDraft
from services.records.fields import EntityKind, FieldKind
from services.records.ids import Uid
from services.records.people import Saved
from services.values.countries import parse_country
from services.values.drafts import draft_from_pairs
from services.values.points import address_point, settled
from services.values.unreadable import UnreadableValue
from ui.operations import Operation
from ui.operations.wording import things

if TYPE_CHECKING:
    from services.companies import CompanyService
    from services.contacts import ContactService
    from services.deals import DealService
    from services.leads import LeadService
    from services.open_workspace import OpenWorkspace
    from services.tasks import TaskService

    RecordService = ContactService | CompanyService | LeadService
    ListService = RecordService | DealService | TaskService

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class AddressText:
    """One postal address as it was typed, part by part."""

    street: str = ""
    postal_code: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    label: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether no part says anything."""
        return not any((self.street, self.postal_code, self.city, self.region, self.country))


@dataclass(frozen=True, slots=True)
class TypedRecord:
    """What a form gives: (field, text) pairs as on the command line, and addresses.

    `exactly` names the fields of contact points of which something was taken away: what the form gives then
    replaces all of that kind.
    """

    pairs: tuple[tuple[str, str], ...] = ()
    addresses: tuple[AddressText, ...] = ()
    tags: tuple[str, ...] | None = None
    exactly: frozenset[str] = field(default_factory=frozenset)


def service_of(workspace: OpenWorkspace, entity: EntityKind) -> RecordService:
    """The service that keeps records of a kind; ValueError for a kind without a page."""
    if entity is EntityKind.CONTACT:
        return workspace.contacts
    if entity is EntityKind.COMPANY:
        return workspace.companies
    if entity is EntityKind.LEAD:
        return workspace.leads
    raise ValueError(f"No page shows a {entity}.")


def list_service_of(workspace: OpenWorkspace, entity: EntityKind) -> ListService:
    """The service that lists records of a kind; ValueError for a kind that is never listed."""
    if entity is EntityKind.DEAL:
        return workspace.deals
    if entity is EntityKind.TASK:
        return workspace.tasks
    return service_of(workspace, entity)


def read_draft(workspace: OpenWorkspace, entity: EntityKind, typed: TypedRecord) -> RecordDraft:
    """The typed texts as values; raises InvalidValue naming the field. Reads the workspace: not on the GUI thread."""
    kinds = {found.name: FieldKind(found.kind) for found in workspace.custom_fields.all(entity)}
    reading = reading_of(workspace.users.acting())
    draft = draft_from_pairs(entity, typed.pairs, reading, kinds)
    fields = dict(draft.fields) | dict.fromkeys(typed.exactly)
    tags = draft.tags
    if typed.tags is not None:
        # None takes every tag away, those given are put on afterwards.
        fields["tags"], tags = None, typed.tags
    points = settled([*draft.points, *(point for text in typed.addresses for point in _address(text))])
    return replace(draft, fields=fields, points=points, tags=tags)


def _address(text: AddressText) -> list[PointDraft]:
    try:
        country = parse_country(text.country) if text.country.strip() else ""
    except UnreadableValue as unreadable:
        raise unreadable.at("country") from None
    point = address_point(
        street=text.street,
        city=text.city,
        region=text.region,
        postal_code=text.postal_code,
        country=country,
        label=text.label,
    )
    return [] if point is None else [point]


def add(workspace: OpenWorkspace, entity: EntityKind, typed: TypedRecord) -> Operation[Saved]:
    """Add a record from a form."""
    texts = {
        EntityKind.CONTACT: _tr("Contact added"),
        EntityKind.COMPANY: _tr("Company added"),
        EntityKind.LEAD: _tr("Lead added"),
    }
    return Operation(
        run=lambda: service_of(workspace, entity).add(read_draft(workspace, entity, typed)),
        say=lambda _saved: texts[entity],
        batch=_batch,
    )


def change(
    workspace: OpenWorkspace, entity: EntityKind, local_id: int, typed: TypedRecord, *, said: str = ""
) -> Operation[Saved]:
    """Set what was typed on one record; `said` is what the toast says, else that it was saved."""
    return Operation(
        run=lambda: service_of(workspace, entity).change(local_id, read_draft(workspace, entity, typed)),
        say=lambda saved: (said or _tr("Saved")) if saved.batch else "",
        batch=_batch,
    )


def change_many(
    workspace: OpenWorkspace,
    entity: EntityKind,
    ids: Sequence[int],
    typed: TypedRecord,
    *,
    progress: Progress | None = None,
) -> Operation[Saved]:
    """Set the same values on many records."""
    chosen = list(ids)

    def run() -> Saved:
        draft = read_draft(workspace, entity, typed)
        return service_of(workspace, entity).change_many(chosen, draft, progress=progress)

    said = _tr("{things} changed").format(things=things(entity, len(chosen)))
    return Operation(run=run, say=lambda saved: said if saved.batch else "", batch=_batch)


def delete(workspace: OpenWorkspace, entity: EntityKind, ids: Sequence[int]) -> Operation[Saved]:
    """Put records into the trash."""
    chosen = list(ids)
    return Operation(
        run=lambda: service_of(workspace, entity).delete(chosen),
        say=lambda _saved: _tr("{things} moved to Trash").format(things=things(entity, len(chosen))),
        icon="trash",
        batch=_batch,
    )


def restore(workspace: OpenWorkspace, entity: EntityKind, ids: Sequence[int]) -> Operation[Saved]:
    """Take records out of the trash."""
    chosen = list(ids)
    return Operation(
        run=lambda: service_of(workspace, entity).restore(chosen),
        say=lambda _saved: _tr("{things} restored").format(things=things(entity, len(chosen))),
        icon="restore",
        batch=_batch,
    )


def _batch(saved: Saved) -> Uid | None:
    return saved.batch


def _tr(text: str) -> str:
    return QCoreApplication.translate("Records", text)
