"""Stores a demo world as a workspace: invented people with a year and a half of history."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as clock_time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from services.clock import to_millis
from services.demo.storing import DealsTold, DealTeller, LeadTeller, SalesFiller
from services.records.fields import EntityKind, FieldKind
from services.records.ids import Uid
from services.store.aggregates import Document
from services.store.directory import Directory
from services.store.writing import WriteUnit
from services.values.domains import normalise_url
from services.values.phones import as_written
from services.workspaces import Created, NewWorkspace, Workspaces

if TYPE_CHECKING:
    from services.demo.sales import DemoSales
    from services.demo.world import DemoWorld
    from services.store.store import Store

Progress = Callable[[str, int, int], None]

_SLICE: Final = 2_000
OWNER_NAME: Final = "Lena Hartmann"
OWNER_EMAIL: Final = "lena.hartmann@nordvik.example"
_OWNER_TERRITORY: Final = "DACH and Nordics"
_ZONE: Final = "Europe/Berlin"
_END_OF_WORLD: Final = clock_time(9, 50)

_CUSTOM: Final = (
    ("plan", FieldKind.CHOICE),
    ("seats", FieldKind.NUMBER),
    ("contract_end", FieldKind.DATE),
    ("newsletter", FieldKind.BOOL),
    ("segment", FieldKind.TEXT),
)


@dataclass(frozen=True, slots=True)
class BuiltDemo:
    """A demo workspace, open, and how long it took to make."""

    created: Created
    seconds: float


def build_demo(
    workspaces: Workspaces,
    path: Path,
    request: NewWorkspace,
    *,
    contacts: int = 2000,
    months: int = 18,
    seed: int = 7,
    today: date | None = None,
    truth: Path | None = None,
    progress: Progress | None = None,
) -> BuiltDemo:
    """Make a workspace with invented people; `truth` is a file for their true churn probabilities.

    Raises WorkspaceError and InvalidValue; a workspace that could not be completed is removed.
    """
    # numpy comes in with the generator; the window starts without it.
    from services.demo.plan import DemoPlan
    from services.demo.selling import make_sales
    from services.demo.truth import write_truth
    from services.demo.world import make_world

    started = time.monotonic()
    name = request.user_name or OWNER_NAME
    now = datetime.now(ZoneInfo(_ZONE))
    last_day = today or now.date()
    # A demo made early in the morning must not tell of the hours to come.
    ends_at = now if today is None and now.time() < _END_OF_WORLD else None
    world = make_world(
        DemoPlan(today=last_day, contacts=contacts, months=months, seed=seed, owner_name=name, ends_at=ends_at)
    )
    created = workspaces.create(path, _as_demo(request, name))
    try:
        _store(created.workspace.store, world, make_sales(world), progress or _quiet)
        if truth is not None:
            write_truth(world, truth)
    except BaseException:
        created.workspace.close()
        for leftover in path.parent.glob(f"{created.workspace.store.path.name}*"):
            leftover.unlink()
        raise
    return BuiltDemo(created, time.monotonic() - started)


def _store(store: Store, world: DemoWorld, sales: DemoSales, progress: Progress) -> None:
    """People first, then how they came in and their deals, each at its time, then what happened on the way."""
    with store.write("setup", "demo.create") as unit:
        people = _Filler(unit, world, store.actor, progress)
        people.fill()
    LeadTeller(store, sales.leads).tell()
    teller = DealTeller(store, sales.deals, people.companies, people.contacts)
    told = teller.tell(lambda done, total: progress("Deals", done, total))
    with store.write("setup", "demo.create") as unit:
        owner = store.actor.hex() if store.actor is not None else None
        SalesFiller(unit, owner, people.contacts, told).fill(sales)
        _Diary(unit, world, owner, people.contacts, told).fill(progress)


def _as_demo(request: NewWorkspace, name: str) -> NewWorkspace:
    return NewWorkspace(
        protection=request.protection,
        passphrase=request.passphrase,
        user_name=name,
        email=request.email or OWNER_EMAIL,
        time_zone=request.time_zone or _ZONE,
        territory=_OWNER_TERRITORY,
        demo=True,
    )


def _quiet(phase: str, done: int, total: int) -> None:
    """Say nothing."""


class _Filler:
    """Carries the columns of a world into one unit, a slice at a time."""

    def __init__(self, unit: WriteUnit, world: DemoWorld, owner: Uid | None, progress: Progress) -> None:
        self._unit = unit
        self._world = world
        self._owner = owner.hex() if owner is not None else None
        self._progress = progress
        self._directory = Directory(unit)
        self.companies: list[Uid] = []
        self.contacts: list[Uid] = []
        self._custom: dict[str, str] = {}

    def fill(self) -> None:
        """Companies first, then the people who work there."""
        plans = tuple(sorted({plan for plan in self._world.contacts.plans if plan}))
        for name, kind in _CUSTOM:
            options = plans if kind is FieldKind.CHOICE else ()
            field = self._directory.make_custom_field(EntityKind.CONTACT, name, kind, options, personal=False)
            self._custom[name] = field.uid.hex()
        self._directory.learn_tags(tag for tags in self._world.contacts.tags for tag in tags)
        self.companies = self._create(EntityKind.COMPANY, len(self._world.companies), self._company, "Companies")
        self.contacts = self._create(EntityKind.CONTACT, len(self._world.contacts), self._contact, "Contacts")

    def _create(self, entity: EntityKind, count: int, make: Callable[[int], Document], phase: str) -> list[Uid]:
        uids: list[Uid] = []
        for start in range(0, count, _SLICE):
            documents = [make(row) for row in range(start, min(start + _SLICE, count))]
            uids.extend(self._unit.create_many(entity, documents))
            self._progress(phase, len(uids), count)
        return uids

    def _base(self, entity: EntityKind) -> Document:
        document = self._unit.blank(entity)
        document["owner"] = self._owner
        document["source"] = "demo"
        return document

    def _company(self, row: int) -> Document:
        columns = self._world.companies
        document = self._base(EntityKind.COMPANY)
        document.update(
            external_key=columns.keys[row],
            name=columns.names[row],
            industry=columns.industries[row] or None,
            size=int(columns.sizes[row]),
            lifecycle=columns.lifecycles[row] or None,
            customer_since=_day(columns.customer_since[row]),
            churned_at=columns.churned_ms[row],
            churn_reason=columns.churn_reasons[row] or None,
        )
        points = [
            _point("phone", columns.phones[row], label="office"),
            _url(columns.websites[row]),
            _address(columns, row, "office"),
        ]
        document["points"] = self._keyed(points)
        domain = columns.domains[row]
        document["domains"] = self._keyed([{"domain": domain, "position": 0} if domain else None])
        return document

    def _contact(self, row: int) -> Document:
        columns = self._world.contacts
        document = self._base(EntityKind.CONTACT)
        document.update(
            external_key=columns.keys[row],
            first_name=columns.first_names[row] or None,
            last_name=columns.last_names[row] or None,
            title=columns.titles[row] or None,
            birthday=_day(columns.birthdays[row]),
            language=columns.languages[row] or None,
            time_zone=columns.time_zones[row] or None,
            lifecycle=columns.lifecycles[row] or None,
            churned_at=columns.churned_ms[row],
            churn_reason=columns.churn_reasons[row] or None,
            notes=columns.remarks[row] or None,
            created_at=_start_of(columns.known_since[row]),
        )
        points = [
            _point("email", columns.emails[row], label="work"),
            _point("email", columns.private_emails[row], label="home", is_primary=False),
            _point("phone", columns.mobiles[row], label="mobile"),
            _point("phone", columns.offices[row], label="work", is_primary=not columns.mobiles[row]),
            _address(columns, row, "work"),
        ]
        document["points"] = self._keyed(points)
        document["roles"] = self._keyed(self._roles(row))
        document["tags"] = {self._directory.tag(tag).hex(): {} for tag in columns.tags[row]}
        values = {
            "plan": columns.plans[row] or None,
            "seats": columns.seats[row],
            "contract_end": _day(columns.contract_ends[row]),
            "newsletter": int(columns.newsletters[row]),
            "segment": columns.segments[row] or None,
        }
        document["custom"] = {self._custom[name]: value for name, value in values.items() if value is not None}
        return document

    def _roles(self, row: int) -> Iterator[Document]:
        columns = self._world.contacts
        places = (
            (columns.companies[row], "", 1),
            (columns.second_companies[row], columns.second_roles[row], 0),
        )
        for company, role, is_primary in places:
            if company >= 0:
                yield {
                    "company": self.companies[int(company)].hex(),
                    "role": role,
                    "is_primary": is_primary,
                    "started_on": None,
                    "ended_on": None,
                }

    def _keyed(self, elements: Sequence[Document | None] | Iterator[Document]) -> Document:
        kept = [element for element in elements if element]
        return {uid.hex(): element for uid, element in zip(self._unit.uids.many(len(kept)), kept, strict=True)}


class _Diary:
    """Carries what happened with people into one unit, a slice at a time."""

    def __init__(
        self, unit: WriteUnit, world: DemoWorld, owner: str | None, contacts: Sequence[Uid], deals: DealsTold
    ) -> None:
        self._unit = unit
        self._world = world
        self._owner = owner
        self._contacts = contacts
        self._deals = deals

    def fill(self, progress: Progress) -> None:
        """Every entry, with the deal that it was about."""
        total = len(self._world.activities)
        for start in range(0, total, _SLICE):
            stop = min(start + _SLICE, total)
            self._unit.create_many(EntityKind.ACTIVITY, list(self._activities(start, stop)))
            progress("Activities", stop, total)

    def _activities(self, start: int, stop: int) -> Iterator[Document]:
        for entry in self._world.entries(slice(start, stop)):
            document = self._unit.blank(EntityKind.ACTIVITY)
            document.update(
                owner=self._owner,
                source="demo",
                deal=self._deals.about(entry.contact, entry.occurred_ms),
                type=entry.type,
                contact=self._contacts[entry.contact].hex(),
                occurred_at=entry.occurred_ms,
                recorded_at=entry.recorded_ms,
                created_at=entry.recorded_ms,
                subject=entry.subject or None,
                body=entry.body or None,
                outcome=entry.outcome or None,
                duration_s=entry.duration_s,
                amount=entry.amount,
                currency=entry.currency or None,
                direction=entry.direction or None,
                pinned=0,
            )
            yield document


def _day(value: date | None) -> str | None:
    return value.isoformat() if value is not None else None


def _start_of(day: date) -> int:
    return to_millis(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def _point(kind: str, raw: str, *, label: str, is_primary: bool = True) -> Document | None:
    if not raw:
        return None
    if kind == "phone":
        return _element(kind, label, as_written(raw), raw, is_primary=is_primary)
    return _element(kind, label, raw, raw.lower(), is_primary=is_primary)


def _url(website: str) -> Document | None:
    return _element("url", "", website, normalise_url(website), is_primary=True) if website else None


def _address(columns: Any, row: int, label: str) -> Document | None:
    street, city, country = columns.streets[row], columns.cities[row], columns.countries[row]
    if not (street or city or country):
        return None
    postal = columns.postal_codes[row]
    normal = " ".join(part for part in (street, postal, city, country) if part).casefold()
    element = _element("address", label, street, normal, is_primary=True)
    element.update(city=city or None, postal_code=postal or None, country=country or None)
    return element


def _element(kind: str, label: str, raw: str, normal: str, *, is_primary: bool) -> Document:
    return {
        "kind": kind,
        "label": label,
        "raw": raw,
        "normal": normal,
        "is_primary": int(is_primary),
        "city": None,
        "region": None,
        "postal_code": None,
        "country": None,
        "verified": None,
        "bounced": None,
    }
