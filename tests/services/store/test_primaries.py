"""Of each kind of point one is the main one, whatever was changed between a merge and its undo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.open_workspace import OpenWorkspace, join
from services.records.drafts import PointDraft, PointKind, RecordDraft, RoleDraft
from services.records.duplicates import Side
from services.records.fields import EntityKind
from services.records.people import RecordCard
from services.store.aggregates import Document
from services.store.primaries import lost_primaries, settle_primaries
from tests.support.workspaces import Template, company_draft, contact_draft, make_workspace, open_store

CONTACT = EntityKind.CONTACT
NAMES = ("a", "b", "c", "d")
KINDS = (PointKind.EMAIL, PointKind.PHONE)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A workspace with one user, closed."""
    workspace = make_workspace(tmp_path_factory.mktemp("template"))
    workspace.store.checkpoint()
    workspace.close()
    return Template(workspace.store.path)


@contextmanager
def opened(template: Template, folder: Path) -> Iterator[OpenWorkspace]:
    """A workspace of its own."""
    path = template.copy(folder)
    workspace = join(open_store(path))
    workspace.users.act_as(None)
    try:
        yield workspace
    finally:
        workspace.close()
        path.unlink()


def drawn(kind: PointKind, name: str) -> PointDraft:
    normal = f"{name}@x.example" if kind is PointKind.EMAIL else f"+4940555{NAMES.index(name)}00"
    return PointDraft(kind, normal, normal)


def wrong(card: RecordCard) -> list[str]:
    """The kinds of point of a record without one main one, and its roles where they have several."""
    found = []
    for kind in KINDS:
        main = [point.is_primary for point in card.points if point.kind is kind]
        found += [kind.value] if main and sum(main) != 1 else []
    roles = [role.is_primary for role in card.roles]
    return [*found, "role"] if roles and sum(roles) != 1 else found


points = st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(NAMES)), unique=True, max_size=4)
edits = st.lists(
    st.tuples(
        st.sampled_from(("first", "add", "drop", "role", "unlink")),
        st.sampled_from(KINDS),
        st.sampled_from(NAMES),
        st.booleans(),
    ),
    max_size=5,
)
choices = st.fixed_dictionaries(
    {}, optional={kind: st.sampled_from(list(Side)) for kind in (*(kind.value for kind in KINDS), "roles")}
)


def edit(book: OpenWorkspace, kept: int, what: tuple[str, PointKind, str, bool]) -> None:
    """What somebody does to a contact: its main point of a kind is another, one comes in or goes, so does a role."""
    verb, kind, name, primary = what
    if verb == "first":
        book.contacts.change(kept, RecordDraft(points=(drawn(kind, name),)))
    elif verb == "add":
        known = [point for point in book.contacts.card(kept).points if point.kind is kind and point.is_primary]
        drafts = [PointDraft(kind, point.raw, point.normal) for point in known]
        book.contacts.change(kept, RecordDraft(points=(*drafts, drawn(kind, name))))
    elif verb == "drop":
        book.contacts.change(kept, RecordDraft({kind.value: None}))
    elif verb == "role":
        book.contacts.link_company(kept, RoleDraft(f"Firm {name}", is_primary=primary))
    else:
        for role in book.contacts.card(kept).roles[:1]:
            book.contacts.unlink_company(kept, role.company_uid.hex())


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(mine=points, theirs=points, chosen=choices, later=edits, redo=st.booleans())
def test_every_kind_of_point_has_one_main_point_after_a_late_undo(
    template: Template, tmp_path: Path, mine: Any, theirs: Any, chosen: dict[str, Side], later: Any, redo: bool
) -> None:
    with opened(template, tmp_path) as book:
        for name in NAMES:
            book.companies.add(company_draft(f"Firm {name}"))
        kept, other = (
            book.contacts.add(contact_draft("Anna", "Berg", *(drawn(*one) for one in found), company=company)).id
            for found, company in ((mine, "Firm a"), (theirs, "Firm b"))
        )
        fields = {field.name for field in book.merging.preview(CONTACT, kept, other).fields}
        saved = book.merging.merge(CONTACT, kept, other, {n: side for n, side in chosen.items() if n in fields})
        for what in later:
            edit(book, kept, what)
        before = book.contacts.card(kept)
        assert wrong(before) == []
        book.history.undo(saved.batch)
        assert wrong(book.contacts.card(kept)) == []
        assert wrong(book.contacts.card(other)) == []
        if redo:
            book.history.redo()
            assert wrong(book.contacts.card(kept)) == []
        assert book.history.verify(full=True) == []


def test_the_point_that_came_after_the_merge_becomes_the_main_one(template: Template, tmp_path: Path) -> None:
    with opened(template, tmp_path) as book:
        kept = book.contacts.add(contact_draft("Anna", "Berg")).id
        other = book.contacts.add(contact_draft("A.", "Berg", drawn(PointKind.EMAIL, "a"))).id
        saved = book.merging.merge(CONTACT, kept, other)
        both = (drawn(PointKind.EMAIL, "a"), drawn(PointKind.EMAIL, "b"))
        book.contacts.change(kept, RecordDraft(points=both))
        book.history.undo(saved.batch)
        (left,) = book.contacts.card(kept).points
        assert (left.normal, left.is_primary) == ("b@x.example", True)


def element(kind: str, primary: int) -> Document:
    return {"kind": kind, "is_primary": primary}


@pytest.mark.parametrize(
    ("before", "after", "main"),
    [
        ({"a": 1, "b": 0}, {"b": 0, "c": 0}, "b"),
        ({"a": 1}, {"a": 1, "b": 1}, "a"),
        ({"b": 1}, {"a": 1, "b": 1}, "b"),
        ({}, {"a": 1, "b": 1}, "a"),
    ],
)
def test_the_main_one_is_that_which_was_else_the_oldest(
    before: dict[str, int], after: dict[str, int], main: str
) -> None:
    one, two = ({"points": {key: element("email", flag) for key, flag in keys.items()}} for keys in (before, after))
    assert lost_primaries(one, two) == [("points", "email")]
    settle_primaries(one, two)
    assert [key for key, point in two["points"].items() if point["is_primary"]] == [main]


def test_what_had_no_main_one_before_is_left_alone() -> None:
    before = {"points": {"a": element("email", 0), "p": element("phone", 1)}}
    after = {"points": {"a": element("email", 0), "b": element("email", 0), "p": element("phone", 1)}}
    assert lost_primaries(before, after) == []
