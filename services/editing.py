"""Applies drafts to documents: what a form, a command, a file or a provider gives becomes the record's new state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final

from services.deal_applying import DEAL_PARTS, DealApplier
from services.errors import InvalidValue, NotFound
from services.records.drafts import PointDraft, PointKind, RecordDraft, Value
from services.records.fields import FIELDS, LINKED, EntityKind, FieldKind
from services.store.aggregates import Document
from services.store.catalogue import domains_of
from services.store.directory import Directory
from services.store.stored import stored
from services.store.writing import WriteUnit
from services.values.lists import split_list
from services.values.text import fold

_POINT_FIELDS: Final = frozenset({"email", "phone", "website", "social", "address", "city", "country"})
_FLAGS: Final = ("verified", "bounced")
_ADDRESS_PARTS: Final = ("city", "region", "postal_code", "country")


class Mode(StrEnum):
    """What happens to a value that is there already."""

    REPLACE = "replace"
    FILL = "fill"


class DraftApplier:
    """Carries drafts over to documents of one kind inside a transaction; makes companies and tags on the way.

    A draft `from_file` may name an owner who does not work here, and only adds to domains and participants:
    what a list leaves out is not denied by it.
    """

    def __init__(self, unit: WriteUnit, entity: EntityKind, *, from_file: bool = False) -> None:
        self._unit = unit
        self._entity = entity
        self._from_file = from_file
        self._parts = {
            EntityKind.CONTACT: {"company": self._apply_company},
            EntityKind.COMPANY: {"domain": self._apply_domains},
            EntityKind.ACTIVITY: {"participants": self._apply_participants},
        }.get(entity, {})
        self.directory = Directory(unit)
        self._deals = DealApplier(unit, self.directory) if entity is EntityKind.DEAL else None
        self.unknown_owners: set[str] = set()

    @property
    def now_millis(self) -> int:
        """When this transaction takes place, in ms UTC."""
        return self._unit.now_millis

    def new_key(self) -> str:
        """The key of a new element of a record."""
        return self._unit.uids.new().hex()

    def prepare(self, drafts: Sequence[RecordDraft]) -> None:
        """Look up or make all companies and tags that these drafts name, with few statements."""
        if self._entity is EntityKind.CONTACT:
            self.directory.learn_companies(
                str(draft.fields["company"]) for draft in drafts if draft.fields.get("company")
            )
        self.directory.learn_tags(tag for draft in drafts for tag in draft.tags)

    def apply(self, document: Document, draft: RecordDraft, mode: Mode = Mode.REPLACE) -> None:
        """Set what the draft gives. Raises InvalidValue for values that name nothing."""
        standing = dict(document) if self._deals is not None and document["stage"] is not None else None
        for name, value in draft.fields.items():
            self._apply_field(document, name, value, mode)
        if self._deals is not None:
            filling = mode is Mode.FILL
            self._deals.apply(document, standing, draft.fields, fill_only=filling, lenient=self._from_file)
        if self._entity is EntityKind.ACTIVITY:
            _settle_participants(document)
        by_kind: dict[PointKind, list[PointDraft]] = {}
        for point in draft.points:
            by_kind.setdefault(point.kind, []).append(point)
        for kind, points in by_kind.items():
            self._apply_points(document, kind, points, mode)
        if draft.tags:
            document["tags"] = dict(document["tags"])
            for tag in draft.tags:
                document["tags"].setdefault(self.directory.tag(tag).hex(), {})
        for name, value in draft.custom.items():
            key = self.directory.custom_field(self._entity, name).uid.hex()
            if mode is Mode.FILL and document["custom"].get(key) is not None:
                continue
            self._set_custom(document, key, stored(value))

    @staticmethod
    def _set_custom(document: Document, key: str, value: Any) -> None:
        custom = dict(document["custom"])
        if value is None:
            custom.pop(key, None)
        else:
            custom[key] = value
        document["custom"] = custom

    def _apply_field(self, document: Document, name: str, value: Value, mode: Mode) -> None:
        if name == "tags":
            if value is None:
                document["tags"] = {}
            return
        if name in _POINT_FIELDS and name not in document:
            if value is None and mode is Mode.REPLACE:
                _drop_point(document, name)
            return
        if name in self._parts:
            self._parts[name](document, value, mode)
            return
        if self._deals is not None and name in DEAL_PARTS:
            return
        if mode is Mode.FILL and document[name] is not None:
            return
        if name == "owner" and value and self._is_stranger(str(value)):
            return
        kind = FIELDS[self._entity][name].kind
        if kind is FieldKind.DAY_OR_MOMENT:
            _set_day_or_moment(document, name, value)
        else:
            document[name] = self._linked(name, value) if kind is FieldKind.LINK else stored(value)

    def _is_stranger(self, owner: str) -> bool:
        """Whether a file names an owner who does not work here; such a record keeps the owner it has."""
        if not self._from_file:
            return False
        if owner not in self.unknown_owners:
            try:
                self.directory.user(owner)
            except NotFound:
                self.unknown_owners.add(owner)
        return owner in self.unknown_owners

    def _linked(self, name: str, value: Value) -> str | None:
        return None if value in (None, "") else self.directory.named(LINKED[name], str(value)).hex()

    def _apply_company(self, document: Document, value: Value, mode: Mode) -> None:
        roles = dict(document["roles"])
        main = next((key for key, role in sorted(roles.items()) if role["is_primary"]), None)
        if mode is Mode.FILL and roles:
            return
        if value is None or value == "":
            if main is not None:
                del roles[main]
        else:
            company = self.directory.company(str(value)).hex()
            if main is not None and roles[main]["company"] == company:
                return
            _set_main_role(roles, main, company, new_key=self.new_key())
        document["roles"] = roles

    def _apply_domains(self, document: Document, value: Value, mode: Mode) -> None:
        standing = domains_of(document)
        if mode is Mode.FILL and standing:
            return
        wanted = split_list(str(value or ""))
        if self._from_file:
            wanted = _with_domains(standing, wanted)
        if wanted == standing:
            return
        known = {element["domain"]: key for key, element in sorted(document["domains"].items(), reverse=True)}
        document["domains"] = {
            known.get(domain) or self.new_key(): {"domain": domain, "position": position}
            for position, domain in enumerate(wanted)
        }

    def _apply_participants(self, document: Document, value: Value, mode: Mode) -> None:
        standing = document["participants"]
        if mode is Mode.FILL and standing:
            return
        named: Document = {self.directory.contact(key).hex(): {} for key in split_list(str(value or ""))}
        document["participants"] = {**standing, **named} if self._from_file else named

    def _apply_points(self, document: Document, kind: PointKind, points: Sequence[PointDraft], mode: Mode) -> None:
        standing = any(point["kind"] == kind.value for point in document["points"].values())
        if mode is Mode.FILL and standing:
            return
        merged = dict(document["points"])
        if not standing:
            self._add_points(merged, points)
            document["points"] = merged
            return
        for index, draft in enumerate(points):
            self._apply_point(merged, draft, first=index == 0)
        document["points"] = merged

    def _add_points(self, points: Document, drafts: Sequence[PointDraft]) -> None:
        """The first points of their kind: nothing to compare them with but each other."""
        seen: set[str] = set()
        for draft in drafts:
            if draft.normal not in seen:
                is_primary = not seen
                seen.add(draft.normal)
                points[self.new_key()] = _point_document(draft, is_primary=is_primary)

    def _apply_point(self, points: Document, draft: PointDraft, *, first: bool) -> None:
        """The first draft of a kind is the primary one; others are added where they are new."""
        kind = draft.kind.value
        mine = {key: point for key, point in points.items() if point["kind"] == kind}
        same = next((key for key, point in sorted(mine.items()) if point["normal"] == draft.normal), None)
        primary = next((key for key, point in sorted(mine.items()) if point["is_primary"]), None)
        if same is None and first and primary is not None:
            same = primary
        if same is None:
            points[self.new_key()] = _point_document(draft, is_primary=first and primary is None)
            return
        points[same] = _refreshed(points[same], draft)
        if first and primary not in (None, same) and not points[same]["is_primary"]:
            assert primary is not None
            points[primary] = {**points[primary], "is_primary": 0}
            points[same] = {**points[same], "is_primary": 1}


def _set_day_or_moment(document: Document, name: str, value: Value) -> None:
    """A whole day is kept as its midnight UTC, wherever the user is; one of two ends says it for both."""
    if isinstance(value, date) and not isinstance(value, datetime):
        document[name] = stored(datetime(value.year, value.month, value.day, tzinfo=UTC))
        document["all_day"] = 1
    else:
        document[name] = stored(value)
        if value is not None:
            document["all_day"] = 0


def _set_main_role(roles: Document, main: str | None, company: str, *, new_key: str) -> None:
    known = next((key for key, role in sorted(roles.items()) if role["company"] == company), None)
    if known is not None:
        if main is not None:
            roles[main] = {**roles[main], "is_primary": 0}
        roles[known] = {**roles[known], "is_primary": 1, "ended_on": None}
    elif main is not None:
        roles[main] = {**roles[main], "company": company}
    else:
        roles[new_key] = {
            "company": company,
            "role": "",
            "is_primary": 1,
            "started_on": None,
            "ended_on": None,
        }


def _with_domains(standing: list[str], named: list[str]) -> list[str]:
    """The domains of a company with those that a file names; a new one that stands first there is the primary one."""
    new = [domain for domain in named if domain not in standing]
    if new and new[0] == named[0]:
        return [new[0], *standing, *new[1:]]
    return [*standing, *new]


def _settle_participants(document: Document) -> None:
    """Whom an activity was with is no participant besides; without anybody else it was with the first of them."""
    others = dict(document["participants"])
    if others and document["contact"] is None and document["company"] is None:
        document["contact"] = next(iter(others))
    others.pop(document["contact"] or "", None)
    document["participants"] = others


def _point_document(draft: PointDraft, *, is_primary: bool) -> Document:
    return {
        "kind": draft.kind.value,
        "label": draft.label,
        "raw": draft.raw,
        "normal": draft.normal,
        "is_primary": int(is_primary),
        "city": draft.city or None,
        "region": draft.region or None,
        "postal_code": draft.postal_code or None,
        "country": draft.country or None,
        # What is not known and what is not so are the same: nothing is written of it.
        "verified": 1 if draft.verified else None,
        "bounced": 1 if draft.bounced else None,
    }


def _refreshed(point: Document, draft: PointDraft) -> Document:
    """A standing point with what the draft says; an address keeps the parts that the draft leaves out."""
    fresh = _point_document(draft, is_primary=bool(point["is_primary"]))
    if not draft.label:
        fresh["label"] = point["label"]
    if draft.kind is PointKind.ADDRESS:
        for name in _ADDRESS_PARTS:
            fresh[name] = fresh[name] or point[name]
        if not draft.raw:
            fresh["raw"] = point["raw"]
            fresh["normal"] = _address_normal(fresh)
    elif point["normal"] == draft.normal:
        # The same address or number, written another way: how the rep knows it stays.
        fresh["raw"] = point["raw"]
    for flag in _FLAGS:
        # Of another address or number nothing is known yet.
        if getattr(draft, flag) is None and fresh["normal"] == point["normal"]:
            fresh[flag] = point[flag]
    return fresh


def _address_normal(point: Document) -> str:
    """The form in which an address is compared, in the order of `services.values.points.address_point`."""
    parts = (point[name] for name in ("raw", "postal_code", "city", "region", "country"))
    return fold(" ".join(part for part in parts if part))


def _drop_point(document: Document, name: str) -> None:
    """Take away the primary point that a contract field stands for."""
    kind = {"website": "url", "city": "address", "country": "address"}.get(name, name)
    points = document["points"]
    keys = sorted(key for key, point in points.items() if point["kind"] == kind)
    key = next((key for key in keys if points[key]["is_primary"]), keys[0] if keys else None)
    if key is None:
        return
    if name in ("city", "country"):
        rest_of_it = {**points[key], name: None}
        document["points"] = {**points, key: {**rest_of_it, "normal": _address_normal(rest_of_it)}}
        return
    rest = {other: point for other, point in points.items() if other != key}
    heir = next((other for other in sorted(rest) if rest[other]["kind"] == kind), None)
    if heir is not None:
        rest[heir] = {**rest[heir], "is_primary": 1}
    document["points"] = rest


def check_fields(entity: EntityKind, names: Iterable[str]) -> None:
    """Raise InvalidValue for a field that this kind of record does not have."""
    known = FIELDS[entity]
    for name in names:
        if name not in known:
            raise InvalidValue(
                f"A {entity} has no field “{name}”",
                f"Fields are: {', '.join(known)}, and custom.NAME.",
                field=name,
            )
