"""A record that is named by searching for it: a contact, a company, a deal, a lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from services.records.fields import EntityKind
from services.records.ids import uid_text
from ui.pages.record.suggestion_list import Suggestion, SuggestionList
from ui.tasks import Tasks
from ui.widgets.line_field import LineField

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

SEARCHED: Final = 40
SUGGESTED: Final = 6


class RecordField(LineField):
    """Suggests records of one kind while somebody types; `typed` is the uid of the one that was taken."""

    #: The user typed, or took a record.
    edited = Signal()

    def __init__(
        self, entity: EntityKind, label: str, workspace: OpenWorkspace, tasks: Tasks, *, placeholder: str = ""
    ) -> None:
        super().__init__(label, placeholder=placeholder)
        self._entity = entity
        self._workspace = workspace
        self._lane = tasks.lane()
        self._taken: tuple[str, str] | None = None
        self.suggestions = SuggestionList(self.editor, self.framed)
        self.suggestions.taken.connect(self._on_taken)
        self.text_edited.connect(self._on_typed)

    @property
    def typed(self) -> str:
        """The uid of the record; a text that names none of the suggestions as it stands."""
        if self._taken is not None and self._taken[0] == self.text:
            return self._taken[1]
        return self.text.strip()

    def set_record(self, name: str, uid: str) -> None:
        """Show a record; two empty texts for none."""
        self._taken = (name, uid) if uid else None
        self.set_text(name)
        self.editor.home(False)

    def close_field(self) -> None:
        """Ignore what is still to come."""
        self._lane.close()

    def _on_typed(self, text: str) -> None:
        self.set_error("")
        self.edited.emit()
        if not text.strip():
            self._lane.forget()
            self.suggestions.offer([])
            return
        search, entity = self._workspace.search, self._entity

        def find() -> list[Suggestion]:
            hits = [hit for hit in search.search(text, limit=SEARCHED).hits if hit.entity == entity]
            return [Suggestion(hit.title, uid_text(hit.uid)) for hit in hits[:SUGGESTED]]

        self._lane.read(find).then(self.suggestions.offer)

    def _on_taken(self, suggestion: Suggestion) -> None:
        self._lane.forget()
        self.set_record(suggestion.text, suggestion.value)
        self.set_error("")
        self.edited.emit()
