"""Quick capture: reads a typed line against the workspace, says what it would make, and saves it as one batch."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING, Final

from services.access import Access, Permission, verb
from services.capture.workspace_names import AskedNames, WorkspaceNames
from services.errors import InvalidValue
from services.reading import reading_of
from services.records.capture import Captured, CapturePlan, CaptureSaved, NamedRecord, PartKind
from services.records.fields import EntityKind
from services.store.connection import Connection
from services.store.queries.capture import open_deals
from services.store.queries.listing import zone_of
from services.store.queries.settings import setting_value
from services.store.queries.users import user_with_uid
from services.store.store import Store

if TYPE_CHECKING:
    from services.capture.intents import Intent
    from services.capture.reading import CaptureContext

_DEFAULT_CURRENCY: Final = "EUR"


class CaptureService:
    """Reads, plans and saves typed lines; reading is made to be asked at every keystroke, off the window's thread."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access
        self._asked = AskedNames(None)

    @verb(Permission.READ)
    def read(self, line: str) -> Captured:
        """What a line says; no text raises an error."""
        # The tables of words are made with the first line, not while the program starts.
        from services.capture.reading import read_line

        with self._store.read() as connection:
            asked = self._asked.still(connection.exec_driver_sql("SELECT max(id) FROM batch").scalar())
            self._asked = asked
            return read_line(line, WorkspaceNames(connection, asked), self._context(connection))

    @verb(Permission.READ)
    def plan(self, captured: Captured) -> CapturePlan:
        """What saving a line would do, what stands in its way, and the deal that its amount may belong to instead."""
        from services.capture.intents import NOBODY_NAMED, NOTHING_SAID, in_words

        with self._store.read() as connection:
            intents = self._intents(captured, connection)
            instead = _instead(captured, connection)
        problem = ""
        if not intents:
            problem = NOTHING_SAID
        elif any(map(_lacks_somebody, intents)):
            problem = NOBODY_NAMED
        return CapturePlan(tuple(intent.planned() for intent in intents), in_words(intents), problem, instead)

    @verb(Permission.EDIT)
    def save(self, captured: Captured) -> CaptureSaved:
        """Make and change the records of a line in one batch. Raises InvalidValue and NotFound."""
        from services.capture.intents import NOTHING_SAID
        from services.capture.saving import Making

        with self._store.write("create", "capture.save") as unit:
            intents = self._intents(captured, unit.connection)
            if not intents:
                raise InvalidValue(NOTHING_SAID, "Say what is to be done or was done, or an amount.", field="line")
            making = Making(unit, self._region(unit.connection))
            for intent in intents:
                making.make(intent)
        return CaptureSaved(tuple(making.made), unit.batch_uid if unit.changed else None)

    def _intents(self, captured: Captured, connection: Connection) -> tuple[Intent, ...]:
        from services.capture.intents import intents_of

        return intents_of(captured, self._store.clock.now(), self._zone(connection))

    def _zone(self, connection: Connection) -> tzinfo:
        return zone_of(connection, self._store.actor)

    def _region(self, connection: Connection) -> str:
        actor = self._store.actor
        return reading_of(user_with_uid(connection, actor) if actor else None).default_region

    def _context(self, connection: Connection) -> CaptureContext:
        from services.capture.reading import CaptureContext

        value = setting_value(connection, "currency")
        currency = value.strip('"') if value else _DEFAULT_CURRENCY
        now = self._store.clock.now().astimezone(self._zone(connection))
        return CaptureContext(now, self._region(connection), currency)


def _lacks_somebody(intent: Intent) -> bool:
    """Whether it is a log entry of nobody."""
    linked = intent.people or intent.company or intent.deal or intent.deal_is_new
    return intent.entity is EntityKind.ACTIVITY and not linked


def _instead(captured: Captured, connection: Connection) -> NamedRecord | None:
    """The only open deal of the line's company, where an amount would make a second one."""
    if captured.first(PartKind.AMOUNT) is None or captured.first(PartKind.DEAL) is not None:
        return None
    named = [part.value for kind in (PartKind.COMPANY, PartKind.PERSON) for part in captured.of(kind)]
    known = [one.company_id for one in named if isinstance(one, NamedRecord) and one.company_id is not None]
    company = known[0] if known else None
    deals = open_deals(connection, company) if company is not None else []
    return deals[0] if len(deals) == 1 else None
