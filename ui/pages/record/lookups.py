"""What forms look up while somebody types: companies by name, the users of the workspace, tags, custom fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from services.records.fields import EntityKind
from services.records.people import CustomField
from ui.pages.record.suggestion_list import Suggestion
from ui.tasks import Lane, Tasks

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

SUGGESTED: Final = 6
_SEARCHED: Final = 24


@dataclass(frozen=True, slots=True)
class Choices:
    """What is offered in lists: names of users (the acting one first), tags, custom fields of the kind."""

    users: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    custom_fields: tuple[CustomField, ...] = ()


class Lookups:
    """Asks the workspace on reader threads."""

    def __init__(self, workspace: OpenWorkspace, tasks: Tasks, entity: EntityKind) -> None:
        self._workspace = workspace
        self._tasks = tasks
        self._entity = entity
        self._choosing = tasks.lane()
        self.choices = Choices()

    def lane(self) -> Lane:
        """A lane of its own for one field."""
        return self._tasks.lane()

    def refresh(self, then: Callable[[Choices], None]) -> None:
        """Read what the lists offer."""

        def keep(choices: Choices) -> None:
            self.choices = choices
            then(choices)

        self._choosing.read(self._read_choices).then(keep)

    def companies(self, lane: Lane, text: str, then: Callable[[list[Suggestion]], None]) -> None:
        """Companies whose name has words that begin so."""
        if not text.strip():
            lane.forget()
            then([])
            return
        search = self._workspace.search

        def find() -> list[Suggestion]:
            hits = search.search(text, limit=_SEARCHED).hits
            names = (hit.title for hit in hits if hit.entity == EntityKind.COMPANY)
            return [Suggestion(name, name) for name in list(dict.fromkeys(names))[:SUGGESTED]]

        lane.read(find).then(then)

    def tags_like(self, text: str) -> list[Suggestion]:
        """Tags that hold the text, those that begin with it first."""
        wanted = text.strip().casefold()
        found = [tag for tag in self.choices.tags if wanted in tag.casefold()]
        found.sort(key=lambda tag: not tag.casefold().startswith(wanted))
        return [Suggestion(tag, tag) for tag in found[:SUGGESTED]]

    def close(self) -> None:
        """Ignore what is still to come."""
        self._choosing.close()

    def _read_choices(self) -> Choices:
        workspace = self._workspace
        acting = workspace.users.acting()
        users = [user.name for user in workspace.users.all()]
        if acting is not None:
            users.sort(key=lambda name: name != acting.name)
        return Choices(
            tuple(dict.fromkeys(users)),
            tuple(tag.name for tag in workspace.tags.all()),
            tuple(workspace.custom_fields.all(self._entity)),
        )
