"""Every table of a workspace; importing this package registers them all with the metadata."""

from services.store.tables.activities import (
    ActivityContactTable,
    ActivityTable,
    ActivityTagTable,
    LifecycleChangeTable,
)
from services.store.tables.base import Base, TableKind
from services.store.tables.ledger import BatchTable, ChangeTable, EntitySaltTable
from services.store.tables.operations import ImportJobTable, OpenedByTable, RecentTable, WorkspaceTable
from services.store.tables.people import (
    CompanyDomainTable,
    CompanyPointTable,
    CompanyTable,
    CompanyTagTable,
    ContactCompanyTable,
    ContactPointTable,
    ContactTable,
    ContactTagTable,
    CustomFieldTable,
    SettingTable,
    TagTable,
    UserTable,
)

__all__ = [
    "ActivityContactTable",
    "ActivityTable",
    "ActivityTagTable",
    "Base",
    "BatchTable",
    "ChangeTable",
    "CompanyDomainTable",
    "CompanyPointTable",
    "CompanyTable",
    "CompanyTagTable",
    "ContactCompanyTable",
    "ContactPointTable",
    "ContactTable",
    "ContactTagTable",
    "CustomFieldTable",
    "EntitySaltTable",
    "ImportJobTable",
    "LifecycleChangeTable",
    "OpenedByTable",
    "RecentTable",
    "SettingTable",
    "TableKind",
    "TagTable",
    "UserTable",
    "WorkspaceTable",
]
