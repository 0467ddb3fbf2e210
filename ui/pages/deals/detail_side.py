"""The panel beside board and list: made when it is wanted, filled a turn of the event loop later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from services.records.fields import EntityKind
from services.records.sales import StageKind
from ui.pages import PageContext, Target
from ui.pages.deals.inputs import DealLookups
from ui.pages.deals.panel import DealPanel
from ui.pages.deals.record_view_models import DealViewModel
from ui.pages.record.kind import RecordKind
from ui.pages.record.lookups import Choices
from ui.pages.record.moments import Moments

PREPARED_AFTER_MS: Final = 400

_PAGE_OF = {EntityKind.CONTACT: "contacts", EntityKind.COMPANY: "companies", EntityKind.TASK: "tasks"}


class DetailSide(QObject):
    """Opens deals in the panel, and the editor."""

    #: The panel was closed, or its editor left: the keyboard has to go somewhere.
    left = Signal()
    #: The deal on show is to be won or lost: carries its row and the kind.
    closing_wanted = Signal(object, object)
    #: The deal on show is to be put into a stage: carries its row and the stage.
    stage_chosen = Signal(object, object)
    #: The menu of the deal on show is wanted; carries the button.
    menu_wanted = Signal(QWidget)

    def __init__(self, kind: RecordKind, context: PageContext, moments: Moments, lookups: DealLookups) -> None:
        super().__init__()
        self._context = context
        self._lookups = lookups
        self.view_model = DealViewModel(kind, context, moments)
        self.widget = QWidget()
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 0)
        self._panel: DealPanel | None = None
        self._wanted: Callable[[], None] | None = None
        self._prepare = QTimer(self, singleShot=True, interval=PREPARED_AFTER_MS)
        self._prepare.timeout.connect(self._on_time_to_prepare)
        self._next_turn = QTimer(self, singleShot=True, interval=0)
        self._next_turn.timeout.connect(self._on_next_turn)

    @property
    def panel(self) -> DealPanel:
        """The panel; made when it is wanted, because board and panel at once would hold the window up."""
        if self._panel is None:
            self._panel = DealPanel(self.view_model, self._lookups, parent=self.widget)
            self._panel.record_wanted.connect(self._on_record_wanted)
            self._panel.saved.connect(self.open)
            self._panel.done.connect(self.close_panel)
            self._panel.editor_left.connect(self.left)
            head = self._panel.head
            head.win_pressed.connect(lambda: self._close_deal(StageKind.WON))
            head.lose_pressed.connect(lambda: self._close_deal(StageKind.LOST))
            head.stage_chosen.connect(self._on_stage_chosen)
            head.menu_wanted.connect(self.menu_wanted)
            layout = self.widget.layout()
            assert layout is not None
            layout.addWidget(self._panel)
        return self._panel

    @property
    def is_open(self) -> bool:
        """Whether the panel is on show."""
        return self._context.panel.is_open

    def start(self) -> None:
        """Make the panel soon, while nobody waits for it."""
        self._prepare.start()

    def open(self, local_id: int) -> None:
        """Show a deal."""
        self._with_panel(lambda: self._show(local_id))

    def follow(self, local_id: int) -> None:
        """The keyboard came to a deal: an open panel shows it."""
        if self.is_open and self._panel is not None and not self._panel.is_editing:
            self.view_model.show(local_id)

    def toggle(self, local_id: int) -> None:
        """Show a deal, or close the panel that shows it."""
        if self.is_open and self.view_model.local_id == local_id:
            self.close_panel()
        else:
            self.open(local_id)

    def add_new(self, texts: dict[str, str]) -> None:
        """Put the editor for a new deal into the panel."""
        self._with_panel(lambda: self._show_new(texts))

    def edit(self, local_id: int) -> None:
        """Put the editor for a deal into the panel."""
        self.open(local_id)
        self._when_read(local_id, self.panel.edit)

    def write(self, local_id: int, kind: str) -> None:
        """Start an entry of the timeline of a deal."""
        self.open(local_id)
        self._when_read(local_id, lambda: self.panel.write(kind))

    def write_step(self, local_id: int) -> None:
        """Edit the next step of a deal."""
        self.open(local_id)
        self._when_read(local_id, self.panel.write_step)

    def close_panel(self) -> None:
        """Give the room of the panel back."""
        self._next_turn.stop()
        self._context.panel.close()
        self.set_active(False)
        self.left.emit()

    def set_active(self, active: bool) -> None:
        """Whether the panel may read."""
        if self._panel is not None:
            self._panel.set_active(active and self.is_open)
        elif active and self.is_open:
            _ = self.panel

    def show_choices(self, choices: Choices) -> None:
        """The lists offer these from now on."""
        if self._panel is not None:
            self._panel.show_choices(choices)

    def close(self) -> None:
        """The page is closed."""
        self._prepare.stop()
        self._next_turn.stop()
        if self._panel is not None:
            self._panel.close_panel()
        self.view_model.close()

    def _show(self, local_id: int) -> None:
        self.panel.stop_editing()
        self.view_model.show(local_id)
        self._context.panel.open()
        self.panel.set_active(True)

    def _show_new(self, texts: dict[str, str]) -> None:
        self._context.panel.open()
        self.panel.edit_new(texts)

    def _with_panel(self, act: Callable[[], None]) -> None:
        if self._panel is None:
            _ = self.panel  # made before anything is announced that it listens to
            self._wanted = act
            self._next_turn.start()
        elif self._next_turn.isActive():
            self._wanted = act
        else:
            act()

    def _on_next_turn(self) -> None:
        act, self._wanted = self._wanted, None
        if act is not None:
            act()

    def _on_time_to_prepare(self) -> None:
        if self._panel is None:
            _ = self.panel
            self._prepare.start()
        else:
            self._panel.prepare()

    def _when_read(self, local_id: int, then: Callable[[], None]) -> None:
        """Call when the values of a deal are on show; not at all when another one is shown before."""
        model = self.view_model
        if model.card is not None and model.card.id == local_id and self._panel is not None and self.is_open:
            then()
            return

        def arrived() -> None:
            if model.local_id != local_id or model.card is not None:
                model.card_changed.disconnect(arrived)
            if model.card is not None and model.card.id == local_id:
                then()

        model.card_changed.connect(arrived)

    def _close_deal(self, kind: StageKind) -> None:
        if self.view_model.row is not None:
            self.closing_wanted.emit(self.view_model.row, kind)

    def _on_stage_chosen(self, stage: object) -> None:
        if self.view_model.row is not None:
            self.stage_chosen.emit(self.view_model.row, stage)

    def _on_record_wanted(self, entity: EntityKind, local_id: int) -> None:
        page = _PAGE_OF.get(entity)
        if page is not None:
            self._context.navigate(Target(page, entity, local_id))
