"""One open workspace with all its services, joined once and handed to whoever needs it."""

from __future__ import annotations

from dataclasses import dataclass

from services.access import Access
from services.activities import ActivityService
from services.clock_check import ClockCheck
from services.companies import CompanyService
from services.contacts import ContactService
from services.custom_fields import CustomFieldService
from services.exporting.service import ExportService
from services.history import HistoryService
from services.importing.service import ImportService
from services.search import SearchService
from services.settings import SettingsService
from services.store.store import Store
from services.tags import TagService
from services.users import UserService


@dataclass(frozen=True, slots=True)
class OpenWorkspace:
    """The services of one open workspace file."""

    store: Store
    access: Access
    activities: ActivityService
    clock: ClockCheck
    companies: CompanyService
    contacts: ContactService
    custom_fields: CustomFieldService
    exports: ExportService
    history: HistoryService
    imports: ImportService
    search: SearchService
    settings: SettingsService
    tags: TagService
    users: UserService

    def close(self) -> None:
        """Finish what is under way and close the file."""
        self.store.close()


def join(store: Store) -> OpenWorkspace:
    """Make every service of an open store."""
    access = Access(store)
    return OpenWorkspace(
        store=store,
        access=access,
        activities=ActivityService(store, access),
        clock=ClockCheck(store, access),
        companies=CompanyService(store, access),
        contacts=ContactService(store, access),
        custom_fields=CustomFieldService(store, access),
        exports=ExportService(store, access),
        history=HistoryService(store, access),
        imports=ImportService(store, access),
        search=SearchService(store, access),
        settings=SettingsService(store, access),
        tags=TagService(store, access),
        users=UserService(store, access),
    )
