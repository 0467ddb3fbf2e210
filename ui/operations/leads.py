"""What the user does with leads: see what a conversion would make, convert, disqualify, say that they were answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from services.filtering.rendering import render_value
from services.lead_conversion import WantedDeal
from services.reading import reading_of
from services.records.drafts import PointKind, RecordDraft
from services.records.fields import EntityKind
from services.records.ids import Uid, uid_text
from services.records.people import RecordCard, Saved
from services.records.sales import Conversion
from services.store.queries.listing import ListRequest
from services.values.drafts import draft_from_pairs
from services.values.text import fold
from ui.operations import Operation

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

FALLBACK_CURRENCY = "EUR"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What converting a lead would make; `contact` and `company` are the known ones it would take, "" for new ones.

    `email` is what the known contact shares with the lead, `company_name` what a company would be called.
    """

    contact: str
    email: str
    company: str
    company_name: str
    deal_title: str
    currency: str


@dataclass(frozen=True, slots=True)
class TypedDeal:
    """The deal of a conversion as it was typed."""

    title: str = ""
    amount: str = ""
    currency: str = ""
    close: str = ""


@dataclass(frozen=True, slots=True)
class Converted:
    """What a lead became, and the local id of its contact."""

    conversion: Conversion
    contact: int
    name: str


def foresee(workspace: OpenWorkspace, card: RecordCard) -> Foreseen:
    """What converting this lead would make. Reads the workspace: not on the GUI thread."""
    contact, email = _known_contact(workspace, card)
    company_name = str(card.fields.get("company") or "")
    pipelines = workspace.pipelines.all()
    return Foreseen(
        contact=contact,
        email=email,
        company=_known_company(workspace, company_name),
        company_name=company_name,
        deal_title=company_name or card.name,
        currency=(pipelines[0].currency if pipelines else "") or FALLBACK_CURRENCY,
    )


def _known_contact(workspace: OpenWorkspace, card: RecordCard) -> tuple[str, str]:
    """The oldest living contact with one of the lead's emails, and that email: the one a conversion fills up."""
    contacts = workspace.contacts
    found: dict[int, str] = {}
    for point in card.points:
        if point.kind is PointKind.EMAIL:
            for local_id in contacts.ids(ListRequest(f"email:{render_value(point.normal)}", "id")):
                found.setdefault(local_id, point.raw)
    if not found:
        return "", ""
    oldest = min(found)
    return contacts.rows([oldest])[0].name, found[oldest]


def _known_company(workspace: OpenWorkspace, name: str) -> str:
    """The living company of that name, however it is written."""
    if not name.strip():
        return ""
    companies = workspace.companies
    ids = companies.ids(ListRequest(f"name:{render_value(name)}", "id"))
    return next((row.name for row in companies.rows(ids[:500]) if fold(row.name) == fold(name)), "")


def convert(workspace: OpenWorkspace, lead: int, deal: TypedDeal | None) -> Operation[Converted]:
    """Make a contact of a lead, with its company and perhaps a deal."""

    def run() -> Converted:
        conversion = workspace.leads.convert(lead, deal=None if deal is None else read_deal(workspace, deal))
        contact = workspace.contacts.resolve(uid_text(conversion.contact))
        return Converted(conversion, contact, workspace.contacts.rows([contact])[0].name)

    return Operation(run=run, say=_said, icon="won", batch=lambda done: done.conversion.batch)


def _said(done: Converted) -> str:
    if done.conversion.deal is not None:
        return _tr("{name} is a contact now, with a deal").format(name=done.name)
    return _tr("{name} is a contact now").format(name=done.name)


def read_deal(workspace: OpenWorkspace, typed: TypedDeal) -> WantedDeal:
    """The typed deal as values; raises InvalidValue naming the field. Reads the profile: not on the GUI thread."""
    pairs = [("amount", typed.amount), ("currency", typed.currency if typed.amount.strip() else "")]
    pairs += [("expected_close", typed.close)] if typed.close.strip() else []
    fields = draft_from_pairs(EntityKind.DEAL, pairs, reading_of(workspace.users.acting()), {}).fields
    amount, close = fields.get("amount"), fields.get("expected_close")
    return WantedDeal(
        title=typed.title.strip(),
        amount=amount if isinstance(amount, int) else None,
        currency=str(fields.get("currency") or ""),
        expected_close=close,  # type: ignore[arg-type] # a field of kind DATE is read as a date
    )


def disqualify(workspace: OpenWorkspace, lead: int, reason: str) -> Operation[Saved]:
    """Say that nothing will come of a lead, and why."""
    return Operation(
        run=lambda: workspace.leads.disqualify(lead, reason),
        say=lambda saved: _tr("Lead disqualified") if saved.batch else "",
        icon="lost",
        batch=_batch,
    )


def answered(workspace: OpenWorkspace, lead: int) -> Operation[Saved]:
    """Note that a lead was answered just now."""
    return Operation(
        run=lambda: workspace.leads.change(lead, RecordDraft({"responded_at": workspace.store.clock.now()})),
        say=lambda saved: _tr("Marked as answered") if saved.batch else "",
        batch=_batch,
    )


def _batch(saved: Saved) -> Uid | None:
    return saved.batch


def _tr(text: str) -> str:
    return QCoreApplication.translate("Leads", text)
