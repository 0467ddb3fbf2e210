"""Where the fields of a query live: columns of the record, its contact points, tags, links, custom values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from services.filtering.fields import HAVE_POINTS, FilterField, Matching
from services.records.fields import LINKED, EntityKind
from services.store.catalogue import CATALOGUE

POINTS: Final = {
    "email": ("email", "normal"),
    "phone": ("phone", "normal"),
    "website": ("url", "normal"),
    "social": ("social", "normal"),
    "address": ("address", "normal"),
    "city": ("address", "city"),
    "country": ("address", "country"),
}
"""The kind of contact point and its column, by field."""

POINT_FLAGS: Final = frozenset({"verified", "bounced"})
_LINKS: Final = frozenset({Matching.PERSON, Matching.COMPANY, Matching.TITLE, Matching.PIPELINE, Matching.STAGE})
_RENAMED: Final = {"created": "created_at"}

# Whoever took part in an activity was in touch, with whom it was or not.
_CONTACT_LAST: Final = (
    "(SELECT max(x.at) FROM ("
    "SELECT max(a.occurred_at) AS at FROM activity a WHERE a.contact_id = t.id AND a.deleted_at IS NULL "
    "UNION ALL SELECT max(a.occurred_at) FROM activity_contact w JOIN activity a ON a.id = w.activity_id "
    "WHERE w.contact_id = t.id AND a.deleted_at IS NULL) x)"
)
# A company is in touch when it or one of its people is, as its list shows it.
_COMPANY_LAST: Final = (
    "(SELECT max(x.at) FROM ("
    "SELECT max(a.occurred_at) AS at FROM activity a WHERE a.company_id = t.id AND a.deleted_at IS NULL "
    "UNION ALL SELECT max(a.occurred_at) FROM contact p JOIN activity a ON a.contact_id = p.id "
    "WHERE p.company_id = t.id AND p.deleted_at IS NULL AND a.deleted_at IS NULL "
    "UNION ALL SELECT max(a.occurred_at) FROM contact p JOIN activity_contact w ON w.contact_id = p.id "
    "JOIN activity a ON a.id = w.activity_id "
    "WHERE p.company_id = t.id AND p.deleted_at IS NULL AND a.deleted_at IS NULL) x)"
)
_LINKED_LAST: Final = "(SELECT max(a.occurred_at) FROM activity a WHERE a.{}_id = t.id AND a.deleted_at IS NULL)"
LAST: Final = {
    EntityKind.CONTACT: _CONTACT_LAST,
    EntityKind.COMPANY: _COMPANY_LAST,
    EntityKind.DEAL: _LINKED_LAST.format("deal"),
    EntityKind.LEAD: _LINKED_LAST.format("lead"),
}
"""The last living activity of a record, in ms UTC."""


@dataclass(frozen=True, slots=True)
class Source:
    """A value and what stands around a condition on it; `alias` is the row that the value is taken from.

    `folded` is the folded value, its words in any order; `phrase` has them in the order of reading; `filled`
    is true where there is a value.
    """

    value: str
    folded: str
    phrase: str
    filled: str
    alias: str = "t"
    before: str = ""
    after: str = ""


def folded(expression: str) -> str:
    """The folded form of an expression; plain ASCII words are spared the call into Python."""
    return f"CASE WHEN {expression} GLOB '*[^a-zA-Z0-9]*' THEN fold({expression}) ELSE lower({expression}) END"


def source_of(entity: EntityKind, field: FilterField) -> Source:
    """Where a field of this kind of record lives."""
    if field.custom is not None:
        return _plain(custom_value(field))
    if field.name == "name":
        return _name(entity, "t")
    if field.name == "tags":
        return _tags(entity)
    if field.name == "domain":
        return _domain()
    if field.name == "participants":
        return _participants()
    if field.name in POINT_FLAGS and entity in HAVE_POINTS:
        return _flag(entity, field.name)
    if field.name == "contact" and entity is EntityKind.DEAL:
        return _people_of_deal()
    if field.matching in _LINKS:
        return _link(field)
    if field.name in POINTS and entity in HAVE_POINTS:
        return _point(entity, field)
    return _plain(LAST[entity] if field.name == "last" else f"t.{_RENAMED.get(field.name, field.name)}")


def custom_value(field: FilterField) -> str:
    """The expression of a custom field's value; its key is hexadecimal and can stand in a statement."""
    assert field.custom is not None
    return f"json_extract(t.custom, '$.\"{field.custom.uid.hex()}\"')"


def _plain(value: str) -> Source:
    return Source(value, folded(value), folded(value), f"{value} <> ''")


def _name(entity: EntityKind, alias: str) -> Source:
    stored, shown = f"{alias}.sort_name", f"{alias}.{CATALOGUE[entity].name_column}"
    if entity is not EntityKind.CONTACT:
        return Source(shown, stored, stored, f"{shown} <> ''", alias)
    # People are sorted by their last name: the same words in another order.
    value = f"{alias}.display_name"
    return Source(value, stored, f"fold({value})", f"{value} <> ''", alias)


def _tags(entity: EntityKind) -> Source:
    before = f"t.id IN (SELECT x.{entity}_id FROM {entity}_tag x JOIN tag g ON g.id = x.tag_id WHERE "
    filled = f"EXISTS (SELECT 1 FROM {entity}_tag x WHERE x.{entity}_id = t.id)"
    return Source("g.name", "g.folded_name", "g.folded_name", filled, "g", before, ")")


def _domain() -> Source:
    before = "t.id IN (SELECT d.company_id FROM company_domain d WHERE "
    return Source("d.domain", folded("d.domain"), folded("d.domain"), "t.domain <> ''", "d", before, ")")


def _participants() -> Source:
    before = (
        "t.id IN (SELECT w.activity_id FROM activity_contact w JOIN contact k ON k.id = w.contact_id "
        "WHERE k.deleted_at IS NULL AND "
    )
    filled = "EXISTS (SELECT 1 FROM activity_contact w WHERE w.activity_id = t.id)"
    return replace(_name(EntityKind.CONTACT, "k"), filled=filled, before=before, after=")")


def _people_of_deal() -> Source:
    """Everybody who plays a part in a deal, not only the main person."""
    before = (
        "t.id IN (SELECT x.deal_id FROM deal_contact x JOIN contact k ON k.id = x.contact_id "
        "WHERE k.deleted_at IS NULL AND "
    )
    return replace(_name(EntityKind.CONTACT, "k"), filled="t.contact_id IS NOT NULL", before=before, after=")")


def _flag(entity: EntityKind, name: str) -> Source:
    """Whether any contact point is so: yes or no, never missing."""
    value = f"(t.id IN (SELECT p.{entity}_id FROM {entity}_point p WHERE p.{name} = 1))"
    return Source(value, value, value, "1")


def _link(field: FilterField) -> Source:
    column, table = f"t.{field.name}_id", LINKED[field.name]
    before, filled = f"{column} IN (SELECT k.id FROM {table} k WHERE ", f"{column} IS NOT NULL"
    if table in (EntityKind.STAGE, EntityKind.PIPELINE):
        return Source("k.name", "k.folded_name", "k.folded_name", filled, "k", before, ")")
    if table is EntityKind.USER:
        return Source("k.name", folded("k.name"), folded("k.name"), filled, "k", before, ")")
    # What is in the trash can be linked to, but is not looked for.
    return replace(_name(table, "k"), filled=filled, before=f"{before}k.deleted_at IS NULL AND ", after=")")


def _point(entity: EntityKind, field: FilterField) -> Source:
    kind, column = POINTS[field.name]
    before = f"t.id IN (SELECT p.{entity}_id FROM {entity}_point p WHERE p.kind = '{kind}' AND "
    value = f"p.{column}"
    # The normal form of an address is folded already.
    same = value if field.name == "address" else folded(value)
    return Source(value, same, same, f"{before}{value} <> '')", "p", before, ")")
