"""One open workspace with all its services, joined once and handed to whoever needs it."""

from __future__ import annotations

from dataclasses import dataclass

from services.access import Access
from services.activities import ActivityService
from services.calendar import EventService
from services.capture.service import CaptureService
from services.clock_check import ClockCheck
from services.companies import CompanyService
from services.contacts import ContactService
from services.custom_fields import CustomFieldService
from services.deals import DealService
from services.duplicates import DuplicateService
from services.explaining import ExplainService
from services.exporting.service import ExportService
from services.files import FileService
from services.history import HistoryService
from services.importing.service import ImportService
from services.leads import LeadService
from services.mails import MailService
from services.merging import MergeService
from services.pipelines import PipelineService
from services.querying import QueryService
from services.reminders import ReminderService
from services.saved_views import SavedViewService
from services.search import SearchService
from services.settings import SettingsService
from services.store.store import Store
from services.tags import TagService
from services.targets import TargetService
from services.tasks import TaskService
from services.users import UserService


@dataclass(frozen=True, slots=True)
class OpenWorkspace:
    """The services of one open workspace file."""

    store: Store
    access: Access
    activities: ActivityService
    calendar: EventService
    capture: CaptureService
    clock: ClockCheck
    companies: CompanyService
    contacts: ContactService
    custom_fields: CustomFieldService
    deals: DealService
    duplicates: DuplicateService
    explaining: ExplainService
    exports: ExportService
    files: FileService
    history: HistoryService
    imports: ImportService
    leads: LeadService
    mails: MailService
    merging: MergeService
    pipelines: PipelineService
    query: QueryService
    reminders: ReminderService
    search: SearchService
    settings: SettingsService
    tags: TagService
    targets: TargetService
    tasks: TaskService
    users: UserService
    views: SavedViewService

    def close(self) -> None:
        """Finish what is under way and close the file."""
        self.store.close()


def join(store: Store) -> OpenWorkspace:
    """Make every service of an open store."""
    access = Access(store)
    calendar, tasks = EventService(store, access), TaskService(store, access)
    settings = SettingsService(store, access)
    return OpenWorkspace(
        store=store,
        access=access,
        activities=ActivityService(store, access),
        calendar=calendar,
        capture=CaptureService(store, access),
        clock=ClockCheck(store, access),
        companies=CompanyService(store, access),
        contacts=ContactService(store, access),
        custom_fields=CustomFieldService(store, access),
        deals=DealService(store, access),
        duplicates=DuplicateService(store, access),
        explaining=ExplainService(store, access),
        exports=ExportService(store, access),
        files=FileService(store, access),
        history=HistoryService(store, access),
        imports=ImportService(store, access),
        leads=LeadService(store, access),
        mails=MailService(store, access),
        merging=MergeService(store, access),
        pipelines=PipelineService(store, access),
        query=QueryService(store, access),
        reminders=ReminderService(store, access, tasks, calendar),
        search=SearchService(store, access),
        settings=settings,
        tags=TagService(store, access),
        targets=TargetService(store, access, settings),
        tasks=tasks,
        users=UserService(store, access),
        views=SavedViewService(store, access),
    )
