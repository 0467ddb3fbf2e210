"""Who takes part in a deal, and what part they play."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStackedWidget, QVBoxLayout, QWidget

from services.records.fields import EntityKind
from services.records.people import RecordCard
from services.records.sales import DEAL_ROLES, DealPerson
from ui.delegates.list_delegate import ListDelegate
from ui.delegates.roles import CellRole
from ui.pages.deals.inputs import ContactInput, DealLookups
from ui.pages.deals.record_view_models import DealViewModel
from ui.pages.record.overlay_scroll import OverlayScroll
from ui.theme.tokens import Tone
from ui.widgets.menu import Menu
from ui.widgets.paragraph import Paragraph
from ui.widgets.themed import Themed, set_focus_shape

Index = QModelIndex | QPersistentModelIndex
_PARENT: Final = QModelIndex()


class DealPeopleModel(QAbstractListModel):
    """The people of one deal, the main one first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._people: tuple[DealPerson, ...] = ()

    @property
    def people(self) -> Sequence[DealPerson]:
        """Who takes part."""
        return self._people

    def show_people(self, people: Sequence[DealPerson]) -> None:
        """Show these."""
        if tuple(people) != self._people:
            self.beginResetModel()
            self._people = tuple(people)
            self.endResetModel()

    def rowCount(self, parent: Index = _PARENT) -> int:
        return 0 if parent.isValid() else len(self._people)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._people):
            return None
        person = self._people[index.row()]
        answers: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: person.name,
            Qt.ItemDataRole.AccessibleTextRole: ", ".join(filter(None, (person.name, role_name(person.role)))),
            CellRole.AVATAR_ID: person.contact_id,
            CellRole.SECONDARY: role_name(person.role) or _tr("No role yet"),
            CellRole.TAGS: [(_tr("Main"), Tone.NEUTRAL)] if person.is_primary else [],
        }
        return answers.get(role)


class DealPeopleTab(Themed):
    """A press goes to the person, the menu says what part they play, the line at the bottom brings one in."""

    #: Another record is to be opened: its kind and local id.
    record_wanted = Signal(object, int)

    def __init__(self, detail: DealViewModel, lookups: DealLookups, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail = detail
        self.people = DealPeopleModel(self)
        self.list = QListView(self)
        self.add = ContactInput("contact", self.tr("Bring somebody in"), lookups)
        self.menu: Menu | None = None
        self._nothing = Paragraph(detail.kind.words.no_people, centred=True)
        self._middle = QStackedWidget(self)
        self._configure()
        self.add.submitted.connect(self._on_person_chosen)
        self.list.clicked.connect(self._on_chosen)
        self.list.activated.connect(self._on_chosen)
        self.list.customContextMenuRequested.connect(self._on_menu_requested)
        self.show_card(detail.card)

    def show_card(self, card: RecordCard | None) -> None:
        """Show who takes part in a deal."""
        if card is None:
            return
        self.people.show_people(card.people)
        self.add.setEnabled(card.deleted_at is None)
        self._middle.setCurrentIndex(0 if card.people else 1)

    def set_active(self, active: bool) -> None:
        """What the card says is filled in whether the tab is on show or not."""

    def close_tab(self) -> None:
        """The page is closed."""

    def open_menu(self, row: int, corner: QPoint) -> None:
        """Offer what can be done with a person."""
        person = self.people.people[row]
        menu = self.menu = Menu(self, name=person.name)
        menu.add_item(_tr("Open"), icon="contacts").triggered.connect(lambda: self._open(person))
        if not person.is_primary:
            item = menu.add_item(_tr("Make the main contact"), icon="star")
            item.triggered.connect(lambda: self._detail.make_main(person.contact_id, person.name, person.role))
        roles = menu.add_submenu(_tr("Role"), icon="assign")
        for role in DEAL_ROLES:
            action = roles.add_item(role_name(role), checked=role == person.role)
            action.triggered.connect(
                lambda _on=False, role=role: self._detail.set_person(person.contact_id, person.name, role)
            )
        menu.addSeparator()
        out = menu.add_item(_tr("Take out of the deal"), icon="close", destructive=True)
        out.triggered.connect(lambda: self._detail.remove_person(person.contact_id, person.name))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.open_at_point(corner)

    def _configure(self) -> None:
        metrics, view = self.theme.metrics, self.list
        view.setProperty("bare", True)
        view.viewport().setAutoFillBackground(False)
        view.setAccessibleName(self._detail.kind.words.people)
        view.setModel(self.people)
        view.setItemDelegate(ListDelegate(view, edge_padding=metrics.space_20))
        view.setUniformItemSizes(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        OverlayScroll(view)
        set_focus_shape(view, radius=metrics.radius)
        empty = QWidget()
        around = QVBoxLayout(empty)
        around.setContentsMargins(metrics.space_20, metrics.space_32, metrics.space_20, 0)
        around.addWidget(self._nothing)
        around.addStretch(1)
        self._middle.addWidget(view)
        self._middle.addWidget(empty)
        foot = QVBoxLayout()
        foot.setContentsMargins(metrics.space_20, metrics.space_12, metrics.space_20, metrics.space_16)
        foot.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, metrics.space_4, 0, 0)
        column.addWidget(self._middle, 1)
        column.addLayout(foot)

    def _open(self, person: DealPerson) -> None:
        self.record_wanted.emit(EntityKind.CONTACT, person.contact_id)

    def _on_chosen(self, index: QModelIndex) -> None:
        self._open(self.people.people[index.row()])

    def _on_menu_requested(self, place: QPoint) -> None:
        row = self.list.indexAt(place).row()
        if row >= 0:
            self.open_menu(row, self.list.viewport().mapToGlobal(place))

    def _on_person_chosen(self) -> None:
        if self.add.contact is None:
            if self.add.text:
                self.add.set_error(self.tr("Choose one of the contacts that are suggested."))
            return
        name = self.add.line.text
        self._detail.set_person(self.add.contact, name, "")
        self.add.set_text("")


def role_name(role: str) -> str:
    """What a part in a deal is called."""
    names = {
        "champion": _tr("Champion"),
        "decision": _tr("Decides"),
        "user": _tr("User"),
        "influencer": _tr("Influencer"),
        "blocker": _tr("Blocker"),
        "other": _tr("Other"),
    }
    return names.get(role, role)


def _tr(text: str) -> str:
    return QCoreApplication.translate("DealPeople", text)
