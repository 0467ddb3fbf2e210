"""The head of a lead's panel: convert, write, call, disqualify; of a converted one, what it became."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from services.records.fields import EntityKind
from services.records.people import LinkedRecord, RecordCard
from ui.pages.record.panel_head import PanelHead
from ui.theme.tokens import Tone
from ui.widgets.button import Button, ButtonKind
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.icon_button import IconButton
from ui.widgets.link_button import LinkButton
from ui.widgets.tag import Tag

_ICONS = {EntityKind.CONTACT: "contacts", EntityKind.COMPANY: "companies", EntityKind.DEAL: "deals"}
_ORDER = ("converted_contact", "converted_company", "converted_deal")


class LeadHead(PanelHead):
    """Convert is the loudest button; a lead that is closed offers no more of it."""

    #: The lead is to be converted.
    convert_pressed = Signal()
    #: Nothing will come of the lead; carries the button.
    disqualify_pressed = Signal(QWidget)
    #: What the lead became is to be opened: its kind and local id.
    became_pressed = Signal(object, int)

    def show_card(self, card: RecordCard) -> None:
        """Show a lead."""
        super().show_card(card)
        status, in_trash = card.fields.get("status"), card.deleted_at is not None
        closed = status in ("converted", "disqualified")
        self.convert.setVisible(not in_trash and status != "converted")
        self.convert.set_kind(ButtonKind.DEFAULT if closed else ButtonKind.PRIMARY)
        self.disqualify.setVisible(not in_trash and not closed)
        self._show_became([link for name in _ORDER for link in card.links if link.field == name])

    def _make_actions(self) -> list[QWidget]:
        self.convert = Button(self.tr("Convert"), kind=ButtonKind.PRIMARY, icon="won", small=True)
        self.disqualify = IconButton("lost", self.tr("Disqualify"), framed=True, small=True, colour="text")
        self.email.set_kind(ButtonKind.DEFAULT)
        self._shown_links: list[LinkedRecord] = []
        self.became = QWidget(self)
        self._links = FlowLayout(self.became)
        self.became.hide()
        for unused in (self.meet, self.note):
            unused.setParent(self)
            unused.hide()
        return [self.convert, self.email, self.call, self.disqualify]

    def _assemble(self) -> None:
        super()._assemble()
        self._column.addWidget(self.became)

    def _connect(self) -> None:
        super()._connect()
        self.convert.clicked.connect(self.convert_pressed)
        self.disqualify.clicked.connect(lambda: self.disqualify_pressed.emit(self.disqualify))

    def _show_became(self, links: list[LinkedRecord]) -> None:
        if links == self._shown_links:
            return
        self._shown_links = links
        self._links.clear()
        if links:
            self._links.addWidget(Tag(self.tr("Converted"), tone=Tone.OK, icon="check"))
        for link in links:
            self._links.addWidget(self._link(link))
        self.became.setVisible(bool(links))

    def _link(self, link: LinkedRecord) -> LinkButton:
        made = LinkButton(link.name, icon=_ICONS.get(link.entity, ""), role="body")
        made.clicked.connect(lambda: self.became_pressed.emit(link.entity, link.id))
        return made
