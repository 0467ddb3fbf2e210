"""Turns a lead into a contact, a company and a deal, so that nothing that was known of the person is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from services.deal_applying import DealApplier
from services.errors import InvalidValue, NotFound
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.sales import Conversion
from services.store.aggregates import Document
from services.store.directory import Directory
from services.store.queries.leads import contact_reached_by, linked_to
from services.store.writing import WriteUnit
from services.values.names import split_full_name

_MOVED: Final = (EntityKind.ACTIVITY, EntityKind.TASK, EntityKind.FILE)


@dataclass(frozen=True, slots=True)
class WantedDeal:
    """The deal that a conversion opens; `title` "" names it after the company or person."""

    title: str = ""
    amount: int | None = None
    currency: str = ""
    stage: str = ""
    expected_close: date | None = None


class Converter:
    """Carries one lead over inside a transaction."""

    def __init__(self, unit: WriteUnit, actor: bytes | None) -> None:
        self._unit = unit
        self._actor = actor
        self._directory = Directory(unit)

    def convert(self, local_id: int, wanted: WantedDeal | None) -> Conversion:
        """Make what the lead becomes; its own record stays and names it. Raises InvalidValue and NotFound."""
        found = self._unit.load(EntityKind.LEAD, [local_id]).get(local_id)
        if found is None:
            raise NotFound("There is no such lead", "It may have been removed for good.")
        uid, lead = found
        if lead["converted_contact"] is not None:
            raise InvalidValue("This lead was converted already", "Open its contact instead.", field="status")
        known_companies = self._directory.companies_made
        company = self._directory.company(lead["company"]) if lead["company"] else None
        made_company = self._directory.companies_made > known_companies
        contact, made_contact = self._contact(lead, company)
        deal = self._deal(lead, contact, company, wanted) if wanted is not None else None
        self._link_everything(local_id, contact, company, deal)
        self._close(local_id, contact, company, deal)
        return Conversion(
            Uid(uid),
            Uid(contact),
            Uid(company) if company else None,
            Uid(deal) if deal else None,
            made_contact,
            made_company,
            self._unit.batch_uid,
        )

    def _contact(self, lead: Document, company: bytes | None) -> tuple[bytes, bool]:
        emails = [point["normal"] for point in lead["points"].values() if point["kind"] == "email"]
        known = contact_reached_by(self._unit.connection, emails)
        if known is not None:
            self._unit.edit(EntityKind.CONTACT, known, lambda contact: self._fill(contact, lead, company))
            return self._unit.load(EntityKind.CONTACT, [known])[known][0], False
        document = self._unit.blank(EntityKind.CONTACT)
        document.update(source="lead", lifecycle="prospect", owner=lead["owner"])
        self._fill(document, lead, company)
        return self._unit.create(EntityKind.CONTACT, document)[1], True

    def _fill(self, contact: Document, lead: Document, company: bytes | None) -> None:
        """Give a contact what it does not have yet; two notes are kept one under the other."""
        if not contact["first_name"] and not contact["last_name"] and lead["name"]:
            parts = split_full_name(lead["name"])
            contact["first_name"], contact["last_name"] = parts.first or None, parts.last or None
        contact["title"] = contact["title"] or lead["title"]
        contact["external_key"] = contact["external_key"] or lead["external_key"]
        contact["notes"] = "\n\n".join(text for text in (contact["notes"], lead["notes"]) if text) or None
        contact["tags"] = {**contact["tags"], **lead["tags"]}
        contact["points"] = self._points(contact["points"], lead["points"])
        contact["custom"] = {**self._custom(lead["custom"]), **contact["custom"]}
        employed = {role["company"] for role in contact["roles"].values()}
        if company is not None and company.hex() not in employed:
            role = {
                "company": company.hex(),
                "role": lead["title"] or "",
                "is_primary": int(not contact["roles"]),
                "started_on": None,
                "ended_on": None,
            }
            contact["roles"] = {**contact["roles"], self._unit.uids.new().hex(): role}

    def _points(self, standing: Document, coming: Document) -> Document:
        """The points of a contact and those of its lead, none twice, one primary of a kind."""
        merged = dict(standing)
        for _, point in sorted(coming.items(), key=lambda item: (not item[1]["is_primary"], item[0])):
            same_kind = [known for known in merged.values() if known["kind"] == point["kind"]]
            if all(known["normal"] != point["normal"] for known in same_kind):
                merged[self._unit.uids.new().hex()] = {**point, "is_primary": int(not same_kind)}
        return merged

    def _custom(self, values: Document) -> Document:
        """The lead's own fields under the contact's fields of the same name, made where they are new."""
        carried: Document = {}
        for field in self._directory.custom_fields(EntityKind.LEAD):
            value = values.get(field.uid.hex())
            if value is None:
                continue
            target = self._directory.same_custom_field(EntityKind.CONTACT, field)
            if target is not None:
                carried[target.uid.hex()] = value
        return carried

    def _deal(self, lead: Document, contact: bytes, company: bytes | None, wanted: WantedDeal) -> bytes:
        document = self._unit.blank(EntityKind.DEAL)
        document.update(
            source="lead",
            title=wanted.title.strip() or lead["company"] or lead["name"] or "Deal",
            owner=lead["owner"] or (self._actor.hex() if self._actor else None),
            company=company.hex() if company else None,
            amount=wanted.amount,
            currency=wanted.currency or None,
            expected_close=wanted.expected_close.isoformat() if wanted.expected_close else None,
        )
        fields = {"stage": wanted.stage, "contact": contact.hex()}
        DealApplier(self._unit, self._directory).apply(document, None, fields)
        return self._unit.create(EntityKind.DEAL, document)[1]

    def _link_everything(self, lead: int, contact: bytes, company: bytes | None, deal: bytes | None) -> None:
        """What hangs on the lead hangs on what it became too, where it names nobody else."""

        def link(document: Document) -> None:
            document["contact"] = document["contact"] or contact.hex()
            if company is not None:
                document["company"] = document["company"] or company.hex()
            if deal is not None:
                document["deal"] = document["deal"] or deal.hex()

        for entity in _MOVED:
            self._unit.edit_many(entity, linked_to(self._unit.connection, entity.value, lead), link)

    def _close(self, local_id: int, contact: bytes, company: bytes | None, deal: bytes | None) -> None:
        def close(lead: Document) -> None:
            lead.update(
                status="converted",
                converted_at=self._unit.now_millis,
                converted_contact=contact.hex(),
                converted_company=company.hex() if company else None,
                converted_deal=deal.hex() if deal else None,
            )

        self._unit.edit(EntityKind.LEAD, local_id, close)
