"""Real workspace files for tests: a clock that is moved by hand, a fixed key, drafts in one line."""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from services.access import Access
from services.activities import ActivityService
from services.clock import Clock, ManualClock
from services.companies import CompanyService
from services.contacts import ContactService
from services.custom_fields import CustomFieldService
from services.history import HistoryService
from services.identity import UidSource
from services.records.drafts import PointDraft, PointKind, RecordDraft, Value
from services.records.people import Role
from services.search import SearchService
from services.settings import SettingsService
from services.store.engine import Cipher
from services.store.store import Store, Surroundings
from services.tags import TagService
from services.users import UserService
from services.values.emails import normalise_email
from services.values.phones import normalise_phone

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

NOON: Final = datetime(2026, 5, 4, 12, tzinfo=UTC)
KEY: Final = bytes(range(32))
CIPHER: Final = Cipher(KEY)
DEVICE: Final = b"a device of tests"[:16]
SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True)
class Book:
    """An open store with the services that work on records; `close` it."""

    store: Store
    access: Access
    activities: ActivityService
    companies: CompanyService
    contacts: ContactService
    custom_fields: CustomFieldService
    history: HistoryService
    search: SearchService
    settings: SettingsService
    tags: TagService
    users: UserService

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    def problems(self) -> list[str]:
        """What a full verification finds."""
        return self.history.verify(full=True)

    def count(self, sql: str, *bound: Any) -> Any:
        """The first value of a query."""
        with self.store.read() as connection:
            return connection.exec_driver_sql(sql, bound).scalar()


def surroundings(clock: Clock | None = None, *, seed: int | None = None, program: str = "tests") -> Surroundings:
    """What a store needs: a clock that stands at noon unless one is given; a `seed` makes every uid repeatable."""
    random_bytes = os.urandom if seed is None else random.Random(seed).randbytes
    return Surroundings(DEVICE, clock or ManualClock(NOON), program=program, random_bytes=random_bytes)


def make_store(
    folder: Path, *, name: str = "book", clock: Clock | None = None, plain: bool = False, seed: int | None = None
) -> Store:
    """A new workspace file, encrypted unless `plain`, without a user."""
    around = surroundings(clock, seed=seed)
    uid = UidSource(ManualClock(NOON)).new()
    cipher = None if plain else Cipher(KEY, uid)
    return Store.create(folder / f"{name}.mycrm", cipher, around, uid=uid)


def open_store(
    path: Path, *, clock: Clock | None = None, plain: bool = False, around: Surroundings | None = None
) -> Store:
    """Open a file that `make_store` made."""
    return Store.open(path, None if plain else CIPHER, around or surroundings(clock))


def services_of(store: Store) -> Book:
    """The services of an open store."""
    access = Access(store)
    return Book(
        store,
        access,
        ActivityService(store, access),
        CompanyService(store, access),
        ContactService(store, access),
        CustomFieldService(store, access),
        HistoryService(store, access),
        SearchService(store, access),
        SettingsService(store, access),
        TagService(store, access),
        UserService(store, access),
    )


def make_book(
    folder: Path, *, name: str = "book", clock: Clock | None = None, plain: bool = False, user: str = "Rosa Quill"
) -> Book:
    """A new workspace with its first user, an owner, who is acting."""
    book = services_of(make_store(folder, name=name, clock=clock, plain=plain))
    if user:
        book.users.add(user, "rosa@example.org", Role.OWNER, kind="setup")
        book.users.act_as(user)
    return book


def open_book(path: Path, *, clock: Clock | None = None, plain: bool = False) -> Book:
    """Open a workspace that `make_book` made; its first owner is acting."""
    book = services_of(open_store(path, clock=clock, plain=plain))
    if book.users.all():
        book.users.act_as(None)
    return book


def make_workspace(folder: Path, *, name: str = "book", clock: Clock | None = None) -> OpenWorkspace:
    """A new workspace with every service there is, and its first user, who is acting."""
    from services.open_workspace import join

    workspace = join(make_store(folder, name=name, clock=clock))
    workspace.users.add("Rosa Quill", "rosa@example.org", Role.OWNER, kind="setup")
    workspace.users.act_as(None)
    return workspace


@dataclass(frozen=True, slots=True)
class Template:
    """A closed workspace file that tests copy instead of making one each."""

    path: Path
    made: list[Path] = field(default_factory=list)

    def copy(self, folder: Path) -> Path:
        """A copy of its own for one test."""
        target = folder / f"copy{len(self.made)}.mycrm"
        self.made.append(target)
        shutil.copyfile(self.path, target)
        return target


def email(address: str, label: str = "") -> PointDraft:
    """An email address."""
    return PointDraft(PointKind.EMAIL, address, normalise_email(address), label)


def phone(number: str, region: str = "DE", label: str = "") -> PointDraft:
    """A telephone number as dialled in a region."""
    return PointDraft(PointKind.PHONE, number, normalise_phone(number, region), label)


def contact_draft(
    first: str = "",
    last: str = "",
    *points: PointDraft,
    tags: tuple[str, ...] = (),
    custom: dict[str, Value] | None = None,
    **values: Value,
) -> RecordDraft:
    """A contact by its name; other fields by their contract names."""
    fields: dict[str, Value] = dict(values)
    if first:
        fields["first_name"] = first
    if last:
        fields["last_name"] = last
    return RecordDraft(fields, points, tags, custom or {})


def company_draft(name: str, *points: PointDraft, tags: tuple[str, ...] = (), **values: Value) -> RecordDraft:
    """A company by its name."""
    return RecordDraft({"name": name, **values}, points, tags)


def activity_draft(
    subject: str = "", *, contact: bytes | None = None, company: bytes | None = None, **values: Value
) -> RecordDraft:
    """An activity with a contact or a company, named by uid."""
    fields: dict[str, Value] = {"subject": subject, **values}
    if contact is not None:
        fields["contact"] = contact.hex()
    if company is not None:
        fields["company"] = company.hex()
    return RecordDraft(fields)
