"""Changes of the profile, of settings kept in the workspace, and of what lies in the trash."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QCoreApplication

from services.records.fields import EntityKind
from services.records.people import Saved
from ui.operations import Operation
from ui.operations.wording import things

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

translate: Final = QCoreApplication.translate


def change_profile(workspace: OpenWorkspace, **values: Any) -> Operation[None]:
    """Change the acting user's own name, email, time zone, region or work week."""
    return Operation(
        run=lambda: workspace.users.change_profile(**values),
        say=lambda _none: translate("SettingsOperations", "Profile changed"),
    )


class Restoring(Protocol):
    """A service whose records can be taken out of the trash."""

    def restore(self, ids: Sequence[int], /) -> Saved:
        """Take them out, in one batch."""


def restore(workspace: OpenWorkspace, entity: EntityKind, ids: Sequence[int]) -> Operation[Saved]:
    """Take records out of the trash."""
    services: dict[EntityKind, Restoring] = {
        EntityKind.CONTACT: workspace.contacts,
        EntityKind.COMPANY: workspace.companies,
        EntityKind.LEAD: workspace.leads,
        EntityKind.DEAL: workspace.deals,
        EntityKind.TASK: workspace.tasks,
        EntityKind.EVENT: workspace.calendar,
        EntityKind.ACTIVITY: workspace.activities,
    }
    service = services[entity]
    return Operation(
        run=lambda: service.restore(ids),
        say=lambda _saved: translate("SettingsOperations", "{things} restored").format(
            things=things(entity.value, len(ids))
        ),
        icon="restore",
        batch=lambda saved: saved.batch,
    )
