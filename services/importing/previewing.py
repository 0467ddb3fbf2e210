"""What staged rows say, and what the record of one of them will look like: nothing is written for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from services.editing import DraftApplier, Mode
from services.errors import InvalidValue, NotFound
from services.importing.applying import OnMatch
from services.importing.completing import completer_of
from services.importing.matching import Matcher
from services.importing.outcome import ImportRequest
from services.records.drafts import PointKind, RecordDraft, RowDraft
from services.records.fields import CUSTOM_PREFIX, EntityKind, FieldKind
from services.store.aggregates import Document
from services.store.catalogue import CATALOGUE, display_name, main_company, main_domain
from services.store.directory import custom_fields
from services.store.documents import copied, load
from services.store.sales_aggregates import lead_display_name
from services.store.writing import WriteUnit
from services.values.phones import as_written

_FIELD_OF_POINT = {"url": "website"}
_TOLD_BY: Final = {
    EntityKind.COMPANY: ("name", "domain"),
    EntityKind.LEAD: ("name", "company"),
    EntityKind.DEAL: ("title", "company", "contact"),
    EntityKind.TASK: ("title", "contact", "deal"),
    EntityKind.ACTIVITY: ("subject", "type"),
}
"""The fields that tell a row from others, the one that names it first."""


@dataclass(frozen=True, slots=True)
class RowGlance:
    """A row in a few words: what it calls the record, and what tells it from others; `id` is its number."""

    id: int
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class RowPreview:
    """A record as a row will leave it.

    `standing_id` is the record that stands already, found by `matched_by`; `changes` are the fields of it that
    become different. `repeats` says that other rows of the file have the same key.
    """

    number: int
    name: str
    title: str
    company: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    place: str
    matched_by: str
    repeats: bool
    changes: tuple[str, ...]
    standing_id: int | None


def glance(entity: EntityKind, row: RowDraft) -> RowGlance:
    """The row in a few words, from what it says itself."""
    draft = row.draft
    emails, phones = _said(draft, PointKind.EMAIL), _said(draft, PointKind.PHONE)
    if entity is EntityKind.CONTACT:
        names = [draft.fields.get("first_name"), draft.fields.get("last_name")]
        texts = [" ".join(str(part) for part in names if part), draft.fields.get("company"), *emails, *phones]
    else:
        texts = [*(draft.fields.get(field) for field in _TOLD_BY[entity]), *emails, *phones]
    said = [str(text) for text in texts if text]
    return RowGlance(row.number, said[0] if said else "", said[1] if len(said) > 1 else "")


def _said(draft: RecordDraft, kind: PointKind) -> list[str]:
    return [point.raw for point in draft.points if point.kind is kind]


class RowPreviewer:
    """Applies rows to copies of what stands, inside a unit that leaves nothing behind."""

    def __init__(
        self, unit: WriteUnit, request: ImportRequest, kinds: Mapping[str, FieldKind], matcher: Matcher
    ) -> None:
        self._unit = unit
        self._request = request
        self._matcher = matcher
        self._applier = DraftApplier(unit, request.entity, from_file=True)
        self._completer = completer_of(unit, request.entity)
        directory = self._applier.directory
        self._made = {
            directory.make_custom_field(request.entity, name, kind).uid.hex(): name for name, kind in kinds.items()
        }

    def look(self, row: RowDraft) -> RowPreview:
        """The record after this row."""
        self._applier.prepare([row.draft])
        tag = self._matcher.tag(row.draft)
        local_id = self._standing_id(row, tag)
        before = self._standing(local_id)
        after = self._after(row.draft, before)
        return RowPreview(
            number=row.number,
            name=self._name(after),
            title=self._title(after),
            company=self._company(after, row.draft),
            emails=tuple(point["normal"] for point in _points(after, "email")),
            phones=tuple(_dialled(point) for point in _points(after, "phone")),
            place=", ".join(point["city"] for point in _points(after, "address") if point["city"]),
            matched_by=tag.partition("\0")[0] if local_id is not None else "",
            repeats=self._matcher.repeated(tag),
            changes=self._changes(before, after) if before is not None else (),
            standing_id=local_id,
        )

    def _standing_id(self, row: RowDraft, tag: str) -> int | None:
        if self._request.on_match is OnMatch.CREATE:
            return None
        return self._matcher.match(self._unit.connection, [tag]).get(tag)

    def _standing(self, local_id: int | None) -> Document | None:
        if local_id is None:
            return None
        return load(self._unit.connection, CATALOGUE[self._request.entity], [local_id])[local_id][1]

    def _after(self, draft: RecordDraft, before: Document | None) -> Document:
        after = self._unit.blank(self._request.entity) if before is None else copied(before)
        if before is None or self._request.on_match is not OnMatch.SKIP:
            mode = Mode.FILL if self._request.on_match is OnMatch.FILL else Mode.REPLACE
            try:
                said = draft if self._completer is None else self._completer.complete(draft, after)
                self._applier.apply(after, said, mode)
            except (InvalidValue, NotFound):
                # The row is among the rejected ones, with this reason; what it says otherwise can still be seen.
                return after
        return after

    def _name(self, after: Document) -> str:
        if self._request.entity is EntityKind.CONTACT:
            return display_name(after)
        if self._request.entity is EntityKind.LEAD:
            return lead_display_name(after)
        return str(after.get("name") or after.get("subject") or after.get("title") or "")

    def _title(self, after: Document) -> str:
        """What stands under the name; the title of a deal or task is its name."""
        is_job = self._request.entity in (EntityKind.CONTACT, EntityKind.LEAD)
        return str((after.get("title") if is_job else after.get("industry")) or "")

    def _company(self, after: Document, draft: RecordDraft) -> str:
        entity = self._request.entity
        if entity is EntityKind.COMPANY:
            return str(main_domain(after) or "")
        if entity is EntityKind.LEAD:
            return str(after["company"] or "")
        uid = main_company(after) if entity is EntityKind.CONTACT else after.get("company")
        if uid is None:
            return ""
        try:
            local_id = self._unit.id_of(EntityKind.COMPANY, bytes.fromhex(uid))
        except NotFound:
            # The import would make it: only the draft knows its name.
            return str(draft.fields.get("company") or "")
        return str(self._unit.load(EntityKind.COMPANY, [local_id])[local_id][1]["name"] or "")

    def _changes(self, before: Document, after: Document) -> tuple[str, ...]:
        changed: list[str] = []
        for name, value in after.items():
            if value == before[name]:
                continue
            if name == "points":
                changed += _kinds_changed(before[name], value)
            elif name == "custom":
                changed += self._custom_changed(before[name], value)
            else:
                changed.append(_FIELD_OF_PART.get(name, name))
        return tuple(dict.fromkeys(changed))

    def _custom_changed(self, before: Document, after: Document) -> list[str]:
        fields = custom_fields(self._unit.connection, self._request.entity)
        known = {**{field.uid.hex(): field.name for field in fields}, **self._made}
        keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        return [CUSTOM_PREFIX + known.get(key, "") for key in keys]


_FIELD_OF_PART: Final = {"roles": "company", "domains": "domain", "contacts": "contact"}


def _points(document: Document, kind: str) -> list[Any]:
    mine = [
        (not point["is_primary"], key, point)
        for key, point in document.get("points", {}).items()
        if point["kind"] == kind
    ]
    return [point for _, _, point in sorted(mine, key=lambda item: item[:2])]


def _kinds_changed(before: Document, after: Document) -> list[str]:
    kinds = [
        (after.get(key) or before[key])["kind"] for key in {**before, **after} if before.get(key) != after.get(key)
    ]
    return [_FIELD_OF_POINT.get(kind, kind) for kind in kinds]


def _dialled(point: Document) -> str:
    """A phone as it is dialled from anywhere: +49 40 55501182; as it was written where its country is not known."""
    normal = str(point["normal"])
    return as_written(normal) if normal.startswith("+") else str(point["raw"])
