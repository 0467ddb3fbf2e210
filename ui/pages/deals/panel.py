"""The detail panel of a deal: head, timeline, fields, people, tasks and history, or its editor."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from services.errors import MyCrmError
from services.records.fields import EntityKind
from ui.pages.deals.editor import DealEditor
from ui.pages.deals.fields_tab import DealFieldsTab
from ui.pages.deals.history_tab import DealHistoryTab
from ui.pages.deals.inputs import DealLookups
from ui.pages.deals.panel_head import DealHead
from ui.pages.deals.people_tab import DealPeopleTab
from ui.pages.deals.record_view_models import DealViewModel
from ui.pages.record.file_drop import FileDrop
from ui.pages.record.kind import Tab
from ui.pages.record.linked_tab import LinkedCounts, LinkedTab
from ui.pages.record.lookups import Choices
from ui.pages.record.panel_tabs import MakeTab, PanelTabs
from ui.pages.record.timeline_tab import TimelineTab
from ui.theme.user_locale import number
from ui.widgets.empty_state import EmptyState
from ui.widgets.placeholder_rows import PlaceholderRows
from ui.widgets.surface import Surface


class DealPanel(Surface):
    """Reads what its current tab needs; the editor stands in the place of all of it."""

    #: Another record is to be opened: its kind and local id.
    record_wanted = Signal(object, int)
    #: A deal was saved in the editor: its local id.
    saved = Signal(int)
    #: The editor went away; the keyboard has to go somewhere.
    editor_left = Signal()
    #: Nothing is left to show: a new deal was dropped, or the deal is gone.
    done = Signal()

    def __init__(self, detail: DealViewModel, lookups: DealLookups, *, parent: QWidget | None = None) -> None:
        super().__init__("raised", parent=parent)
        self._detail = detail
        self._lookups = lookups
        self._stack = QStackedWidget(self)
        self._record = QWidget(self._stack)
        self.waiting = PlaceholderRows(columns=2, avatars=False, parent=self._stack)
        self.head = DealHead(detail.kind, parent=self._record)
        edge = self.theme.metrics.space_20
        makers: dict[Tab, MakeTab] = {
            Tab.TIMELINE: lambda parent: self._linking(TimelineTab(detail, edge=edge, parent=parent)),
            Tab.FIELDS: self._make_fields,
            Tab.PEOPLE: lambda parent: self._linking(DealPeopleTab(detail, lookups, parent=parent)),
            Tab.TASKS: lambda parent: self._linking(LinkedTab(detail, EntityKind.TASK, edge=edge, parent=parent)),
            Tab.HISTORY: lambda parent: DealHistoryTab(detail, parent=parent),
        }
        self.tabs = PanelTabs(detail.kind, makers, parent=self._record)
        self.counts = LinkedCounts(detail)
        self._editor: DealEditor | None = None
        self._trouble: EmptyState | None = None
        self._preparing = QTimer(self, singleShot=True, interval=0)
        self._preparing.timeout.connect(self.prepare)
        _ = self.timeline
        FileDrop(self, detail)
        self._assemble()
        self._connect()

    @property
    def tab(self) -> Tab:
        """The tab on show."""
        return self.tabs.current

    @property
    def timeline(self) -> TimelineTab:
        """The tab that is in front first."""
        made = self.tabs.tab(Tab.TIMELINE)
        assert isinstance(made, TimelineTab)
        return made

    @property
    def fields(self) -> DealFieldsTab:
        """The tab of fields."""
        made = self.tabs.tab(Tab.FIELDS)
        assert isinstance(made, DealFieldsTab)
        return made

    @property
    def people(self) -> DealPeopleTab:
        """The tab of people."""
        made = self.tabs.tab(Tab.PEOPLE)
        assert isinstance(made, DealPeopleTab)
        return made

    @property
    def history(self) -> DealHistoryTab:
        """The tab of stages and changes."""
        made = self.tabs.tab(Tab.HISTORY)
        assert isinstance(made, DealHistoryTab)
        return made

    @property
    def editor(self) -> DealEditor:
        """The editor, made when it is wanted for the first time."""
        if self._editor is None:
            self._editor = DealEditor(self._detail, self._lookups, parent=self._stack)
            self._editor.saved.connect(self._on_saved)
            self._editor.closed.connect(self._on_editor_closed)
            self._stack.addWidget(self._editor)
        return self._editor

    @property
    def is_editing(self) -> bool:
        """Whether the editor stands in the panel."""
        return self._editor is not None and self._stack.currentWidget() is self._editor

    def show_tab(self, tab: Tab) -> None:
        """Bring a tab to the front."""
        self.tabs.show_tab(tab)

    def write(self, kind: str) -> None:
        """Start an entry of the timeline."""
        self.stop_editing()
        self.show_tab(Tab.TIMELINE)
        self.timeline.write(kind)

    def write_step(self) -> None:
        """Edit the next step where it stands."""
        self.stop_editing()
        self.show_tab(Tab.FIELDS)
        self.fields.start_editing("next_step")

    def prepare(self) -> None:
        """Make the next piece beforehand, one a turn, while nobody waits for it."""
        missing = self.tabs.missing
        if not self.timeline.composer.has_form:
            _ = self.timeline.composer.form
        elif missing is not None:
            self.tabs.tab(missing)
        elif self._editor is None:
            _ = self.editor
        else:
            return
        self._preparing.start()

    def edit_new(self, texts: dict[str, str]) -> None:
        """Put the editor for a new deal into the panel."""
        self.editor.begin_new(texts)
        self._stack.setCurrentWidget(self.editor)
        self.editor.inputs["title"].take_focus()

    def edit(self) -> None:
        """Put the editor for the deal on show into the panel."""
        card = self._detail.card
        if card is not None and card.deleted_at is None:
            self.editor.begin(card)
            self._stack.setCurrentWidget(self.editor)
            self.editor.inputs["title"].take_focus()

    def stop_editing(self) -> None:
        """Read again; what was typed is kept."""
        if self.is_editing:
            self._show_card()

    def set_active(self, active: bool) -> None:
        """Whether the panel is on show; a hidden one reads nothing."""
        self.tabs.set_active(active)

    def show_choices(self, choices: Choices) -> None:
        """Lists of users, tags and custom fields are known, or different."""
        if Tab.FIELDS in self.tabs.made:
            self.fields.show_choices(choices)
        if self._editor is not None and not self.is_editing:
            self._editor.show_choices()

    def close_panel(self) -> None:
        """The page is closed."""
        self._preparing.stop()
        self.tabs.close_tabs()
        self.counts.close()
        if self._editor is not None:
            self._editor.stop()

    def _make_fields(self, parent: QWidget) -> DealFieldsTab:
        made = DealFieldsTab(self._detail, self._lookups, parent=parent)
        made.edit_wanted.connect(self.edit)
        return made

    def _linking(self, tab: TimelineTab | DealPeopleTab | LinkedTab) -> TimelineTab | DealPeopleTab | LinkedTab:
        if not isinstance(tab, TimelineTab):
            tab.record_wanted.connect(self.record_wanted)
        tab.show_card(self._detail.card)
        return tab

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        inner = QVBoxLayout(self._record)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.head)
        inner.addWidget(self.tabs, 1)
        for shown in (self.waiting, self._record):
            self._stack.addWidget(shown)

    def _connect(self) -> None:
        detail = self._detail
        detail.subject_changed.connect(self._on_subject_changed)
        detail.card_changed.connect(self._on_card_changed)
        detail.standing_read.connect(self._on_standing_read)
        self.tabs.tab_changed.connect(lambda: self.set_active(detail.context.panel.is_open))
        self.counts.counted.connect(self._on_counted)
        self.head.log_pressed.connect(self.write)
        self.head.step_pressed.connect(self.write_step)
        self.head.restore_pressed.connect(detail.restore)
        self.head.company_pressed.connect(self._on_company_pressed)

    def _show_card(self) -> None:
        if self._detail.card is not None:
            self._stack.setCurrentWidget(self._record)
        elif self._detail.error is not None:
            self._show_trouble(self._detail.error)
        else:
            self._stack.setCurrentWidget(self.waiting)

    def _show_trouble(self, error: BaseException) -> None:
        if self._trouble is None:
            self._trouble = EmptyState("", "", in_card=True, icon="refresh", parent=self._stack)
            self._trouble.action_pressed.connect(self._detail.read_again)
            self._stack.addWidget(self._trouble)
        why = f"{error.title}. {error.message}" if isinstance(error, MyCrmError) else self.tr("The board is complete.")
        title, action = self.tr("This deal could not be read"), self.tr("Try again")
        self._trouble.set_state(title, why, action=action, badge="warning")
        self._stack.setCurrentWidget(self._trouble)

    def _on_subject_changed(self) -> None:
        if Tab.FIELDS in self.tabs.made:
            self.fields.end_editing()
        if self.is_editing:
            self._stack.setCurrentWidget(self.waiting)

    def _on_card_changed(self) -> None:
        card = self._detail.card
        if card is not None:
            self.head.show_card(card)
            self.tabs.show_card(card)
            self.tabs.set_count(Tab.PEOPLE, number(len(card.people)) if card.people else "")
            self.counts.count(card)
        if self.is_editing:
            return
        if self._detail.local_id is None:
            self.done.emit()
        elif card is not None and self._editor is not None and self._editor.has_draft(card.id):
            # The text that was half typed when another deal was looked at.
            self.edit()
        else:
            self._show_card()

    def _on_standing_read(self) -> None:
        row = self._detail.row
        if row is not None:
            self.head.show_standing(row, self._detail.stages, self._detail.moments)

    def _on_counted(self, counts: dict[Tab, int]) -> None:
        for tab, count in counts.items():
            self.tabs.set_count(tab, number(count) if count else "")

    def _on_company_pressed(self) -> None:
        card = self._detail.card
        link = next((link for link in card.links if link.field == "company"), None) if card is not None else None
        if link is not None:
            self.record_wanted.emit(EntityKind.COMPANY, link.id)

    def _on_saved(self, local_id: int) -> None:
        self._show_card()
        self.editor_left.emit()
        self.saved.emit(local_id)

    def _on_editor_closed(self) -> None:
        if self._detail.local_id is None:
            self.done.emit()
        self._show_card()
        self.editor_left.emit()
