"""The page of leads: a page of records whose records can be converted and disqualified."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from services.records.fields import EntityKind
from services.records.people import RecordCard
from ui.operations import leads
from ui.operations.leads import Converted, Foreseen, TypedDeal
from ui.pages import PageContext, Shortcut, Target, TourState
from ui.pages.leads.convert_form import ConvertForm
from ui.pages.leads.disqualify_form import DisqualifyForm
from ui.pages.leads.head import LeadHead
from ui.pages.leads.kind import lead_kind
from ui.pages.leads.tour import lead_states
from ui.pages.record.detail_panel import DetailPanel, OpenUrl
from ui.pages.record.form_overlay import FormOverlay
from ui.pages.record.list_menus import RULE, RowCommand
from ui.pages.record.page import RecordPage
from ui.widgets.popover import Popover


class LeadsPage(RecordPage):
    """Adds to the page of records what only leads need."""

    def __init__(self, context: PageContext, open_url: OpenUrl = QDesktopServices.openUrl) -> None:
        super().__init__(lead_kind(), context, open_url)
        self.overlay: FormOverlay | None = None
        self.convert_form: ConvertForm | None = None
        self.popover: Popover | None = None
        self.disqualify_form: DisqualifyForm | None = None
        self._foreseeing = context.tasks.lane()
        self._on_convert_shown: Callable[[ConvertForm], None] | None = None

    def closed(self) -> None:
        """The workspace is about to be closed."""
        self._foreseeing.close()
        self.dismiss()
        super().closed()

    def left(self) -> None:
        """Another page is in front: an open form would cover it."""
        self.dismiss()
        super().left()

    def close_panel(self) -> None:
        """Give the room of the panel back to the list."""
        self.dismiss()
        super().close_panel()

    def shortcuts(self) -> Sequence[Shortcut]:
        """The keys of the list, and those of leads."""
        return (
            *super().shortcuts(),
            Shortcut("C", self.tr("Convert"), self.convert_current),
            Shortcut("D", self.tr("Disqualify"), self.disqualify_current),
        )

    def tour_states(self) -> Sequence[TourState]:
        """The states worth a picture."""
        return [*super().tour_states(), *lead_states(self)]

    def dismiss(self) -> None:
        """Take open forms away."""
        self._foreseeing.forget()
        if self.overlay is not None:
            self.overlay.dismiss()
        self._close_popover()

    def convert_current(self) -> None:
        """Open the form of the conversion for the lead the keyboard is on."""
        self.with_current(self.convert)

    def disqualify_current(self) -> None:
        """Ask for the reason, for the lead the keyboard is on."""
        self.with_current(lambda card: self.disqualify(card, None))

    def convert(self, card: RecordCard) -> None:
        """Read what the conversion would make, then show it."""
        if card.deleted_at is not None or card.fields.get("status") == "converted":
            return
        workspace = self.context.workspace
        task = self._foreseeing.read(lambda: leads.foresee(workspace, card))
        task.then(lambda foreseen: self._show_convert(card, foreseen))

    def when_convert_is_shown(self, then: Callable[[ConvertForm], None]) -> None:
        """Call once, with the form of the next conversion."""
        self._on_convert_shown = then

    def disqualify(self, card: RecordCard, anchor: QWidget | None) -> None:
        """Ask for the reason at a button, or in the head of the panel."""
        if card.deleted_at is not None or card.fields.get("status") == "converted":
            return
        form = DisqualifyForm()
        head = self.detail.head
        button = head.disqualify if isinstance(head, LeadHead) else head
        place = anchor or (button if button.isVisible() else head)
        self.disqualify_form = form
        self.popover = Popover(place)
        self.popover.set_content(form)
        self.popover.open_at(place, align_right=True)
        form.reason.editor.setFocus()
        self.popover.closed.connect(self._on_popover_closed)
        form.disqualify_wanted.connect(lambda reason: self._disqualify(form, card.id, reason))

    def _on_detail_made(self, detail: DetailPanel) -> None:
        detail.more_commands = self._commands
        head = detail.head
        assert isinstance(head, LeadHead)
        head.convert_pressed.connect(self._on_convert_pressed)
        head.disqualify_pressed.connect(self._on_disqualify_pressed)
        head.became_pressed.connect(self._on_record_wanted)

    def _commands(self, card: RecordCard) -> list[RowCommand]:
        """What can be done with a lead besides."""
        if card.fields.get("status") == "converted":
            return []
        commands = [
            RULE,
            RowCommand(self.tr("Convert"), icon="won", hint=self.tr("C"), run=lambda: self.convert(card)),
            RowCommand(self.tr("Disqualify"), icon="lost", hint=self.tr("D"), run=lambda: self.disqualify(card, None)),
        ]
        if card.fields.get("response_due") is not None and card.fields.get("responded_at") is None:
            commands.append(RowCommand(self.tr("Answered"), icon="check", run=lambda: self._answered(card.id)))
        return commands

    def _more_row_commands(self, local_id: int) -> list[RowCommand]:
        return [
            RULE,
            RowCommand(
                self.tr("Convert"), icon="won", hint=self.tr("C"), run=lambda: self.with_record(local_id, self.convert)
            ),
            RowCommand(
                self.tr("Disqualify"),
                icon="lost",
                hint=self.tr("D"),
                run=lambda: self.with_record(local_id, lambda card: self.disqualify(card, None)),
            ),
        ]

    def _show_convert(self, card: RecordCard, foreseen: Foreseen) -> None:
        self.dismiss()
        form = ConvertForm(card.name, foreseen)
        overlay = FormOverlay(self.widget.window(), self.tr("Convert"), form)
        self.overlay, self.convert_form = overlay, form
        form.cancelled.connect(overlay.dismiss)
        form.resized.connect(overlay.place)
        form.convert_wanted.connect(lambda deal: self._convert(form, card.id, deal))
        overlay.closed.connect(self._on_overlay_closed)
        overlay.open()
        form.convert.setFocus()
        shown, self._on_convert_shown = self._on_convert_shown, None
        if shown is not None:
            shown(form)

    def _convert(self, form: ConvertForm, lead: int, deal: TypedDeal | None) -> None:
        task = self.context.perform(leads.convert(self.context.workspace, lead, deal))

        def refused(error: BaseException) -> None:
            if self.convert_form is form:
                form.show_error(error)
            else:
                self.context.tasks.failed.emit(error)

        task.then(self._on_converted).otherwise(refused)

    def _on_converted(self, done: Converted) -> None:
        if self.overlay is not None:
            self.overlay.dismiss()
        self.context.navigate(Target("contacts", EntityKind.CONTACT, done.contact))

    def _disqualify(self, form: DisqualifyForm, lead: int, reason: str) -> None:
        task = self.context.perform(leads.disqualify(self.context.workspace, lead, reason))

        def refused(error: BaseException) -> None:
            if self.disqualify_form is form:
                form.show_error(error)
            else:
                self.context.tasks.failed.emit(error)

        task.then(lambda _saved: self._close_popover()).otherwise(refused)

    def _close_popover(self) -> None:
        if self.popover is not None:
            self.popover.close()

    def _answered(self, lead: int) -> None:
        self.context.perform(leads.answered(self.context.workspace, lead))

    def _on_convert_pressed(self) -> None:
        card = self.detail_view_model.card
        if card is not None:
            self.convert(card)

    def _on_disqualify_pressed(self, anchor: QWidget) -> None:
        card = self.detail_view_model.card
        if card is not None:
            self.disqualify(card, anchor)

    def _on_overlay_closed(self) -> None:
        self.overlay, self.convert_form = None, None

    def _on_popover_closed(self) -> None:
        self.popover, self.disqualify_form = None, None


def make_page(context: PageContext) -> LeadsPage:
    """Make the page for one open workspace."""
    return LeadsPage(context)
