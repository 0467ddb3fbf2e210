"""What another contact is to the one on show: who, and in which way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from services.errors import MyCrmError
from services.records.fields import EntityKind
from services.records.ids import uid_text
from services.records.people import RELATION_KINDS
from ui.pages.record.bulk import InlineSuggestions
from ui.pages.record.suggestion_list import Suggestion
from ui.pages.record.wording import choice
from ui.tasks import Tasks
from ui.widgets.button import Button, ButtonKind
from ui.widgets.combo_field import ComboField
from ui.widgets.label import Label
from ui.widgets.line_field import LineField
from ui.widgets.themed import Themed

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

WIDTH: Final = 300
SEARCHED: Final = 40
SUGGESTED: Final = 5


class RelationForm(Themed):
    """Kind, person by search, note; in a popover the suggestions stand in the form."""

    #: The user is done: uid of the other contact, kind, note.
    relation_typed = Signal(str, str, str)

    def __init__(self, workspace: OpenWorkspace, tasks: Tasks) -> None:
        super().__init__()
        self._workspace = workspace
        self._lane = tasks.lane()
        self._taken: Suggestion | None = None
        self.kind = ComboField(_tr("Relation"), [(choice(kind), kind) for kind in RELATION_KINDS])
        self.person = LineField(_tr("Person"), placeholder=_tr("Search a contact"), icon="search")
        self.suggestions = InlineSuggestions()
        self.note = LineField(_tr("Note"))
        self.add = Button(_tr("Add"), kind=ButtonKind.PRIMARY)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.metrics.group_gap)
        column.addWidget(Label(_tr("Add a relation"), role="lead"))
        for widget in (self.kind, self.person, self.suggestions, self.note):
            column.addWidget(widget)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.add)
        column.addLayout(foot)
        self.setFixedWidth(round(WIDTH * self.theme.zoom))
        self.person.text_edited.connect(self._on_typed)
        self.person.submitted.connect(self._take_first)
        self.suggestions.taken.connect(self._on_taken)
        self.add.clicked.connect(self.submit)
        self.note.submitted.connect(self.submit)

    def submit(self) -> None:
        """Say who it is."""
        if self._taken is None or self._taken.text != self.person.text:
            self.person.set_error(_tr("Choose somebody from the list."))
            self.person.editor.setFocus()
            return
        self.relation_typed.emit(self._taken.value, str(self.kind.value), self.note.text.strip())

    def show_error(self, error: BaseException) -> None:
        """Say what is wrong."""
        if isinstance(error, MyCrmError):
            self.person.set_error(f"{error.title}. {error.message}")

    def close_form(self) -> None:
        """Ignore what is still to come."""
        self._lane.close()

    def _on_typed(self, text: str) -> None:
        self.person.set_error("")
        self._taken = None
        search = self._workspace.search

        def find() -> list[Suggestion]:
            hits = [hit for hit in search.search(text, limit=SEARCHED).hits if hit.entity == EntityKind.CONTACT]
            return [Suggestion(hit.title, uid_text(hit.uid)) for hit in hits[:SUGGESTED]]

        if text.strip():
            self._lane.read(find).then(self.suggestions.offer)
        else:
            self._lane.forget()
            self.suggestions.offer([])

    def _take_first(self) -> None:
        if self._taken is None and self.suggestions.offered:
            self._on_taken(self.suggestions.offered[0])
        else:
            self.submit()

    def _on_taken(self, suggestion: Suggestion) -> None:
        self._taken = suggestion
        self.person.set_text(suggestion.text)
        self.person.set_error("")
        self.note.editor.setFocus()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Relations", text)
