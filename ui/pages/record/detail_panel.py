"""The detail panel: one record with its timeline, fields, people and history, or its editor."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from services.errors import MyCrmError
from services.records.drafts import PointKind
from services.records.fields import EntityKind
from services.records.people import Point, RecordCard
from ui.pages.record.detail_view_model import DetailViewModel
from ui.pages.record.editor_pane import EditorPane
from ui.pages.record.fields_tab import FieldsTab
from ui.pages.record.file_drop import FileDrop
from ui.pages.record.handing_over import hand_over
from ui.pages.record.history_tab import HistoryTab
from ui.pages.record.kind import Tab
from ui.pages.record.linked_tab import LinkedCounts, LinkedTab
from ui.pages.record.list_menus import RULE, RowCommand, open_row_menu
from ui.pages.record.lookups import Choices, Lookups
from ui.pages.record.moments import number
from ui.pages.record.panel_head import make_head
from ui.pages.record.panel_tabs import MakeTab, PanelTabs
from ui.pages.record.people_tab import PeopleTab
from ui.pages.record.point_row import point_text
from ui.pages.record.timeline_tab import TimelineTab
from ui.widgets.empty_state import EmptyState
from ui.widgets.placeholder_rows import PlaceholderRows
from ui.widgets.surface import Surface

OpenUrl = Callable[[QUrl], bool]


class DetailPanel(Surface):
    """Reads what its current tab needs; the editor stands in the place of all of it."""

    #: Another record is to be opened: its kind and local id.
    record_wanted = Signal(object, int)
    #: A record was saved in the editor: its local id.
    saved = Signal(int)
    #: The editor went away; the keyboard has to go somewhere.
    editor_left = Signal()
    #: Nothing is left to show: a new record was dropped, or the record is gone.
    done = Signal()

    def __init__(
        self, detail: DetailViewModel, lookups: Lookups, open_url: OpenUrl, *, parent: QWidget | None = None
    ) -> None:
        super().__init__("raised", parent=parent)
        self._detail = detail
        self._lookups = lookups
        self._open_url = open_url
        edge = self.theme.metrics.space_20
        # From the outside in: a widget that changes its parent is styled again with everything in it.
        self._stack = QStackedWidget(self)
        self._record = QWidget(self._stack)
        self.waiting = PlaceholderRows(columns=2, avatars=False, parent=self._stack)
        self.head = make_head(detail.kind, self._record)
        makers: dict[Tab, MakeTab] = {
            Tab.TIMELINE: lambda parent: TimelineTab(detail, edge=edge, parent=parent),
            Tab.FIELDS: self._make_fields,
            Tab.PEOPLE: self._make_people,
            Tab.DEALS: lambda parent: self._make_linked(EntityKind.DEAL, parent),
            Tab.TASKS: lambda parent: self._make_linked(EntityKind.TASK, parent),
            Tab.HISTORY: lambda parent: HistoryTab(detail, parent=parent),
        }
        self.tabs = PanelTabs(detail.kind, makers, parent=self._record)
        self.counts = LinkedCounts(detail)
        self.more_commands: Callable[[RecordCard], Sequence[RowCommand]] = lambda _card: ()
        self._choices: Choices | None = None
        self._editor: EditorPane | None = None
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
    def fields(self) -> FieldsTab:
        """The tab of fields."""
        made = self.tabs.tab(Tab.FIELDS)
        assert isinstance(made, FieldsTab)
        return made

    @property
    def people(self) -> PeopleTab:
        """The tab of companies or people."""
        made = self.tabs.tab(Tab.PEOPLE)
        assert isinstance(made, PeopleTab)
        return made

    @property
    def history(self) -> HistoryTab:
        """The tab of changes."""
        made = self.tabs.tab(Tab.HISTORY)
        assert isinstance(made, HistoryTab)
        return made

    def linked(self, tab: Tab) -> LinkedTab:
        """The tab of deals or of tasks."""
        made = self.tabs.tab(tab)
        assert isinstance(made, LinkedTab)
        return made

    def _make_fields(self, parent: QWidget) -> FieldsTab:
        made = FieldsTab(self._detail, self._lookups, parent=parent)
        made.edit_wanted.connect(self.edit)
        made.use_wanted.connect(self.use)
        made.copy_wanted.connect(self.copy)
        if self._choices is not None:
            made.show_choices(self._choices)
        made.show_card(self._detail.card)
        return made

    def _make_people(self, parent: QWidget) -> PeopleTab:
        made = PeopleTab(self._detail, edge=self.theme.metrics.space_20, parent=parent)
        made.record_wanted.connect(self.record_wanted)
        made.show_card(self._detail.card)
        return made

    def _make_linked(self, entity: EntityKind, parent: QWidget) -> LinkedTab:
        made = LinkedTab(self._detail, entity, edge=self.theme.metrics.space_20, parent=parent)
        made.record_wanted.connect(self.record_wanted)
        made.show_card(self._detail.card)
        return made

    @property
    def editor(self) -> EditorPane:
        """The editor, made when it is wanted for the first time."""
        if self._editor is None:
            self._editor = EditorPane(self._detail, self._lookups, parent=self._stack)
            self._editor.saved.connect(self._on_saved)
            self._editor.closed.connect(self._on_editor_closed)
            self._editor.record_wanted.connect(self.record_wanted)
            self._stack.addWidget(self._editor)
        return self._editor

    @property
    def trouble(self) -> EmptyState:
        """What stands here when a record cannot be read, made when that happens."""
        if self._trouble is None:
            self._trouble = EmptyState("", "", in_card=True, icon="refresh", parent=self._stack)
            self._trouble.action_pressed.connect(self._detail.read_again)
            self._stack.addWidget(self._trouble)
        return self._trouble

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

    def prepare(self) -> None:
        """Make the next piece beforehand, one a turn, while nobody waits for it."""
        composer = self.timeline.composer
        missing = self.tabs.missing
        if not composer.has_form:
            _ = composer.form
        elif missing is not None:
            self.tabs.tab(missing)
        elif self._editor is None:
            _ = self.editor
        else:
            return
        self._preparing.start()

    def edit_new(self, texts: dict[str, str] | None = None) -> None:
        """Put the editor for a new record into the panel."""
        self.editor.begin_new(texts)
        self._stack.setCurrentWidget(self.editor)

    def edit(self) -> None:
        """Put the editor for the record on show into the panel."""
        card = self._detail.card
        if card is not None and card.deleted_at is None:
            self.editor.begin(card)
            self._stack.setCurrentWidget(self.editor)

    def stop_editing(self) -> None:
        """Read again; what was typed is kept."""
        if self.is_editing:
            self._show_card()

    def set_active(self, active: bool) -> None:
        """Whether the panel is on show; a hidden one reads nothing."""
        self.tabs.set_active(active)

    def show_choices(self, choices: Choices) -> None:
        """Lists of users, tags and custom fields are known, or different."""
        self._choices = choices
        if Tab.FIELDS in self.tabs.made:
            self.fields.show_choices(choices)
        if self._editor is not None:
            self._editor.show_choices(choices)

    def close_panel(self) -> None:
        """The page is closed."""
        self._preparing.stop()
        self.tabs.close_tabs()
        self.counts.close()
        if self._editor is not None:
            self._editor.form.stop()
            self._editor.likely.close_box()

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
        self.tabs.tab_changed.connect(self._on_tab_changed)
        self.counts.counted.connect(self._on_counted)
        self.head.email_pressed.connect(self.write_email)
        self.head.log_pressed.connect(self.write)
        self.head.company_pressed.connect(self._on_company_pressed)
        self.head.menu_wanted.connect(self._on_menu_wanted)
        self.head.restore_pressed.connect(detail.restore)

    def write_email(self) -> None:
        """Hand the main address over to the user's mail program."""
        card = self._detail.card
        point = card.point(PointKind.EMAIL) if card is not None else None
        if point is not None:
            self.use(point)

    def call(self) -> None:
        """Hand the main number over to what makes calls, and start the entry of the call."""
        card = self._detail.card
        point = card.point(PointKind.PHONE) if card is not None else None
        if point is not None:
            self.use(point)
        self.write("call")

    def use(self, point: Point) -> None:
        """Write, call or open; where nothing on this machine does, the text is copied."""
        url = hand_over(point)
        if url is None or not self._open_url(url):
            self.copy(point_text(point))

    def copy(self, text: str) -> None:
        """Put a text into the clipboard and say so."""
        QGuiApplication.clipboard().setText(text)
        self._detail.context.toasts.show_message(self.tr("Copied: {text}").format(text=text), icon="copy")

    def _show_card(self) -> None:
        card, error = self._detail.card, self._detail.error
        if card is not None:
            self._stack.setCurrentWidget(self._record)
        elif error is not None:
            why = (
                f"{error.title}. {error.message}" if isinstance(error, MyCrmError) else self.tr("The list is complete.")
            )
            title, action = self.tr("This record could not be read"), self.tr("Try again")
            self.trouble.set_state(title, why, action=action, badge="warning")
            self._stack.setCurrentWidget(self.trouble)
        else:
            self._stack.setCurrentWidget(self.waiting)

    def _on_subject_changed(self) -> None:
        if Tab.FIELDS in self.tabs.made:
            self.fields.end_editing()
        if self.is_editing:
            self._stack.setCurrentWidget(self.waiting)

    def _on_card_changed(self) -> None:
        card = self._detail.card
        if card is not None:
            self._fill(card)
        if self._detail.local_id is None and not self.is_editing:
            self.done.emit()
        elif card is not None and self._has_draft(card.id) and not self.is_editing:
            # The text that was half typed when another record was looked at.
            self.edit()
        elif not self.is_editing:
            self._show_card()

    def _has_draft(self, place: int) -> bool:
        return self._editor is not None and self._editor.has_draft(place)

    def _fill(self, card: RecordCard) -> None:
        self.head.show_card(card)
        self.tabs.show_card(card)
        self.counts.count(card)

    def _on_tab_changed(self) -> None:
        self.set_active(self._detail.context.panel.is_open)

    def _on_counted(self, counts: dict[Tab, int]) -> None:
        for tab, count in counts.items():
            self.tabs.set_count(tab, number(count) if count else "")

    def _on_company_pressed(self) -> None:
        card = self._detail.card
        if card is not None and card.roles:
            self.record_wanted.emit(EntityKind.COMPANY, card.roles[0].company_id)

    def _on_saved(self, local_id: int) -> None:
        # The editor's work is done; whether the record on show is another one decides the page.
        self._show_card()
        self.editor_left.emit()
        self.saved.emit(local_id)

    def _on_editor_closed(self) -> None:
        if self._detail.local_id is None:
            self.done.emit()
        self._show_card()
        self.editor_left.emit()

    def _on_menu_wanted(self, button: QWidget) -> None:
        card = self._detail.card
        if card is None:
            return
        corner = button.mapToGlobal(button.rect().bottomLeft())
        open_row_menu(self, self.commands(card), corner)

    def commands(self, card: RecordCard) -> list[RowCommand]:
        """What can be done with the record on show."""
        if card.deleted_at is not None:
            return [RowCommand(self.tr("Restore"), icon="restore", run=self._detail.restore)]
        point = card.point(PointKind.EMAIL)
        return [
            RowCommand(self.tr("Edit"), icon="edit", hint=self.tr("Ctrl E"), run=self.edit),
            RowCommand(
                self.tr("Copy email address"),
                icon="copy",
                run=lambda: self.copy(point.raw) if point else None,
                enabled=point is not None,
            ),
            *self.more_commands(card),
            RULE,
            RowCommand(
                self.tr("Move to Trash"),
                icon="trash",
                hint=self.tr("Del"),
                destructive=True,
                run=self._detail.delete,
            ),
        ]
