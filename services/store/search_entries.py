"""What the full-text index holds of each kind of record: folded texts, found in one of two stages. Pure."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from services.records.fields import EntityKind
from services.store.aggregates import Document
from services.store.catalogue import domains_of, main_company
from services.values.phones import search_forms
from services.values.text import fold

CODES: Final = MappingProxyType(
    {
        EntityKind.CONTACT: 1,
        EntityKind.COMPANY: 2,
        EntityKind.ACTIVITY: 3,
        EntityKind.LEAD: 4,
        EntityKind.DEAL: 5,
        EntityKind.TASK: 6,
        EntityKind.EVENT: 7,
        EntityKind.FILE: 8,
    }
)
KINDS: Final = MappingProxyType({code: kind for kind, code in CODES.items()})
STRIDE: Final = 16
"""A row id of the index is local id * STRIDE + code of the kind."""

NameEntry = tuple[int, str, str, str, str, str]
"""Row id, name, company, emails, phones, and whatever else the record says."""

BodyEntry = tuple[int, str, str]
"""Row id, subject and body."""

COMPANY_OF: Final[MappingProxyType[EntityKind, Callable[[Document], str | None]]] = MappingProxyType(
    {EntityKind.CONTACT: main_company, EntityKind.DEAL: lambda document: document["company"]}
)
"""The uid of the company that a record is found by, for kinds that are found so."""


def row_id(entity: EntityKind, local_id: int) -> int:
    """The id of a record's row in the index."""
    return local_id * STRIDE + CODES[entity]


def _emails(document: Document) -> str:
    return fold(" ".join(p["normal"] for p in document["points"].values() if p["kind"] == "email"))


def _phones(document: Document) -> str:
    forms: list[str] = []
    for point in document["points"].values():
        if point["kind"] == "phone":
            forms.extend(search_forms(point["normal"]))
    return " ".join(dict.fromkeys(forms))


def _other(document: Document, *columns: str) -> str:
    """Everything else that words may be found in: notes, places, keys and custom texts."""
    texts = [document[name] for name in (*columns, "external_key", "notes")]
    points = document.get("points", {}).values()
    texts += [point["city"] for point in points if point["kind"] == "address"]
    texts += [value for value in document.get("custom", {}).values() if isinstance(value, str)]
    return fold(" ".join(text for text in texts if text))


def name_entry(entity: EntityKind, local_id: int, document: Document, company: str) -> NameEntry:
    """What is found of a record in the first stage; `company` is the folded name of its company."""
    name, company, email, phone, other = _FIRST_STAGE[entity](document, company)
    return (row_id(entity, local_id), name, company, email, phone, other)


_Texts = tuple[str, str, str, str, str]


def _contact(document: Document, company: str) -> _Texts:
    name = fold(" ".join(filter(None, (document["first_name"], document["last_name"]))))
    return (name, company, _emails(document), _phones(document), _other(document, "title"))


def _company(document: Document, _company: str) -> _Texts:
    domains = fold(" ".join(domains_of(document)))
    return (fold(document["name"] or ""), domains, "", _phones(document), _other(document, "industry"))


def _lead(document: Document, _company: str) -> _Texts:
    company = fold(document["company"] or "")
    name = fold(document["name"] or "") or company
    return (name, company, _emails(document), _phones(document), _other(document, "title", "source"))


def _deal(document: Document, company: str) -> _Texts:
    return (fold(document["title"] or ""), company, "", "", _other(document, "next_step", "competitor", "loss_reason"))


def _task(document: Document, _company: str) -> _Texts:
    return (fold(document["title"] or ""), "", "", "", _other(document))


def _event(document: Document, _company: str) -> _Texts:
    people = document["attendees"].values()
    emails = fold(" ".join(person["email"] for person in people))
    invited = [fold(person["name"]) for person in people if person["name"]]
    other = " ".join([_other(document, "location"), *invited])
    return (fold(document["title"] or ""), "", emails, "", other)


def _file(document: Document, _company: str) -> _Texts:
    return (fold(document["name"] or ""), "", "", "", _other(document))


_FIRST_STAGE: Final[MappingProxyType[EntityKind, Callable[[Document, str], _Texts]]] = MappingProxyType(
    {
        EntityKind.CONTACT: _contact,
        EntityKind.COMPANY: _company,
        EntityKind.LEAD: _lead,
        EntityKind.DEAL: _deal,
        EntityKind.TASK: _task,
        EntityKind.EVENT: _event,
        EntityKind.FILE: _file,
    }
)


def body_entry(local_id: int, document: Document) -> BodyEntry | None:
    """What is found of an activity in the second stage; None when there is no text."""
    subject = fold(document["subject"] or "")
    body = fold(" ".join(filter(None, (document["body"], document["notes"], document["location"]))))
    return (row_id(EntityKind.ACTIVITY, local_id), subject, body) if subject or body else None


def terms_of(entry: NameEntry) -> list[str]:
    """The words of names in which a typo is forgiven."""
    return [word for word in f"{entry[1]} {entry[2]}".split() if len(word) > 2]


SEARCHED: Final = (
    "first_name",
    "last_name",
    "name",
    "company",
    "domains",
    "points",
    "roles",
    "subject",
    "body",
    "notes",
    "location",
    "title",
    "industry",
    "source",
    "next_step",
    "competitor",
    "loss_reason",
    "attendees",
    "external_key",
    "custom",
    "deleted_at",
)
"""The columns and parts of a document that the index holds something of."""
