"""The head of the detail panel: who it is, where they work, and what can be done at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.records.drafts import PointKind
from services.records.fields import FIELDS
from services.records.people import RecordCard
from ui.pages.record.kind import RecordKind
from ui.theme.tokens import Tone
from ui.widgets.avatar import Avatar
from ui.widgets.button import Button, ButtonKind
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.icon_button import IconButton
from ui.widgets.link_button import LinkButton
from ui.widgets.tag import Tag
from ui.widgets.themed import Themed


class PanelHead(Themed):
    """Avatar 48, name 20/600, title and company; Email, Call, Meet and Note."""

    #: Write an email to the record's main address.
    email_pressed = Signal()
    #: Log an entry: note, call or meeting.
    log_pressed = Signal(str)
    #: Go to the company.
    company_pressed = Signal()
    #: The menu is wanted; carries the button.
    menu_wanted = Signal(QWidget)
    #: Take the record out of the trash.
    restore_pressed = Signal()

    def __init__(self, kind: RecordKind, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        # Companies are written to through their people.
        self._has_email = "email" in FIELDS[kind.entity]
        self.avatar = Avatar("", 0, size=self.theme.metrics.avatar_l, rounded=kind.rounded)
        self.name = ElidedLabel(role="title")
        self.line = ElidedLabel(colour="text_2")
        self.company = LinkButton("", role="body", elides=True)
        self.more = IconButton("more", self.tr("More"), small=True)
        self.email = Button(self.tr("Email"), kind=ButtonKind.PRIMARY, icon="mail", small=True)
        loudest = ButtonKind.DEFAULT if self._has_email else ButtonKind.PRIMARY
        self.call = Button(self.tr("Call"), kind=loudest, icon="call", small=True)
        self.meet = Button(self.tr("Meet"), icon="calendar", small=True)
        self.note = IconButton("note", self.tr("Write a note"), framed=True, small=True, colour="text")
        self.trashed = Tag(self.tr("In the trash"), icon="trash")
        self.hands_off = Tag(self.tr("Do not contact"), tone=Tone.WARN, icon="stop")
        self.restore = Button(self.tr("Restore"), icon="restore", small=True)
        self._shown = self._make_actions()
        self._assemble()
        self._connect()

    def show_card(self, card: RecordCard) -> None:
        """Show a record."""
        self.avatar.set_person(card.name, card.id)
        self.name.setText(card.name)
        title, company = self._kind.second_line(card)
        self.line.setText(f"{title}," if title and company else title)
        self.line.setVisible(bool(title))
        self.company.set_label(company)
        self.company.setVisible(bool(company))
        self._share_line()
        in_trash = card.deleted_at is not None
        address = card.point(PointKind.EMAIL)
        self.email.setEnabled(address is not None)
        self.email.setToolTip(address.raw if address else self.tr("There is no email address"))
        for button in self._shown:
            button.setVisible(not in_trash)
        self.email.setVisible(self._has_email and not in_trash)
        self.trashed.setVisible(in_trash)
        self.hands_off.setVisible(bool(card.fields.get("do_not_contact")) and not in_trash)
        self.restore.setVisible(in_trash)

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._column.setContentsMargins(metrics.space_20, metrics.gap, metrics.space_20, metrics.gap)
        self._column.setSpacing(metrics.group_gap)
        self._top.setSpacing(metrics.group_gap)
        self._actions.setSpacing(metrics.row_gap)
        # The link stands in a line of text, as high as that.
        self.company.setFixedHeight(self.theme.fonts.line_height("body"))

    def _make_actions(self) -> list[QWidget]:
        """The buttons in their order; a kind of record with others makes them here."""
        return [self.email, self.call, self.meet, self.note]

    def _assemble(self) -> None:
        self._column = QVBoxLayout(self)
        self._top = QHBoxLayout()
        self._top.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        first = QHBoxLayout()
        first.addWidget(self.name, 1)
        first.addWidget(self.more)
        texts.addLayout(first)
        # Below the button too: title and company are what is read most, and seldom short.
        self._second = QHBoxLayout()
        self._second.setSpacing(0)
        self._second.addWidget(self.line, 0)
        self._second.addWidget(self.company, 0)
        self._second.addStretch(1)
        texts.addLayout(self._second)
        texts.addWidget(self.hands_off, 0, Qt.AlignmentFlag.AlignLeft)
        self._top.addLayout(texts, 1)
        self._actions = QHBoxLayout()
        for button in (*self._shown, self.trashed, self.restore):
            self._actions.addWidget(button)
        self._actions.addStretch(1)
        self._column.addLayout(self._top)
        self._column.addLayout(self._actions)
        self.call.setToolTip(self.tr("Log a call"))
        self.meet.setToolTip(self.tr("Log a meeting"))
        self.trashed.hide()
        self.hands_off.hide()
        self.restore.hide()
        self.restyle()

    def _connect(self) -> None:
        self.email.clicked.connect(self.email_pressed)
        self.call.clicked.connect(lambda: self.log_pressed.emit("call"))
        self.meet.clicked.connect(lambda: self.log_pressed.emit("meeting"))
        self.note.clicked.connect(lambda: self.log_pressed.emit("note"))
        self.company.clicked.connect(self.company_pressed)
        self.more.clicked.connect(lambda: self.menu_wanted.emit(self.more))
        self.restore.clicked.connect(self.restore_pressed)

    def _share_line(self) -> None:
        """The title keeps its words as long as the company keeps two fifths of the line; both say the rest on hover."""
        metrics = self.theme.metrics
        room = self.width() - 2 * metrics.space_20 - metrics.avatar_l - metrics.group_gap
        wanted = self.line.sizeHint().width()
        company = self.company.sizeHint().width() if not self.company.isHidden() else 0
        self.line.setFixedWidth(max(metrics.space_32, min(wanted, room - min(company, room * 2 // 5))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_line()


def make_head(kind: RecordKind, parent: QWidget) -> PanelHead:
    """The head that belongs to a kind of record."""
    head = PanelHead(kind, parent=parent) if kind.make_head is None else kind.make_head(kind, parent)
    assert isinstance(head, PanelHead)
    return head
