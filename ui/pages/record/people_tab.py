"""Who belongs to a record: the people of a company, the companies of a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from services.records.fields import EntityKind
from services.records.ids import uid_text
from services.records.people import CompanyRole, ContactRow, RecordCard, Relation
from services.store.queries.listing import ListRequest
from ui.delegates.list_delegate import ListDelegate
from ui.delegates.roles import CellKind, CellRole
from ui.models.columns import Column
from ui.models.lazy_table_model import LazyTableModel
from ui.pages.record.detail_view_model import DetailViewModel
from ui.pages.record.list_menus import RULE, RowCommand, open_row_menu
from ui.pages.record.list_query import ListSource
from ui.pages.record.moments import long_date
from ui.pages.record.overlay_scroll import OverlayScroll
from ui.pages.record.relation_form import RelationForm
from ui.pages.record.wording import choice
from ui.theme.tokens import Tone
from ui.widgets.link_button import LinkButton
from ui.widgets.paragraph import Paragraph
from ui.widgets.popover import Popover
from ui.widgets.themed import Themed, set_focus_shape

Index = QModelIndex | QPersistentModelIndex
_PARENT: Final = QModelIndex()


class RolesModel(QAbstractListModel):
    """The companies a person works or worked for, the present one first, then the people they are related to."""

    def __init__(self) -> None:
        super().__init__()
        self._roles: tuple[CompanyRole | Relation, ...] = ()

    def show_roles(self, roles: Sequence[CompanyRole], relations: Sequence[Relation] = ()) -> None:
        """Show these."""
        ties: tuple[CompanyRole | Relation, ...] = (*roles, *relations)
        if ties != self._roles:
            self.beginResetModel()
            self._roles = ties
            self.endResetModel()

    def tie_at(self, row: int) -> CompanyRole | Relation:
        """The company or person in a row."""
        return self._roles[row]

    def rowCount(self, parent: Index = _PARENT) -> int:
        return 0 if parent.isValid() else len(self._roles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        found = self._roles[index.row()]
        if isinstance(found, Relation):
            return self._of_relation(found, role)
        answers: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: found.company_name,
            CellRole.AVATAR_ID: found.company_id,
            CellRole.AVATAR_ROUNDED: True,
            CellRole.SECONDARY: self._second_line(found),
            CellRole.TAGS: [(self.tr("Main"), Tone.NEUTRAL)] if found.is_primary and self._companies > 1 else [],
        }
        return answers.get(role)

    @property
    def _companies(self) -> int:
        return sum(isinstance(tie, CompanyRole) for tie in self._roles)

    def _of_relation(self, relation: Relation, role: int) -> Any:
        kind = choice(relation.kind)
        answers: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: relation.other,
            CellRole.AVATAR_ID: relation.other_id,
            CellRole.SECONDARY: ", ".join(part for part in (kind, relation.note) if part),
        }
        return answers.get(role)

    def _second_line(self, role: CompanyRole) -> str:
        since = self.tr("since {day}").format(day=long_date(role.started_on)) if role.started_on else ""
        until = self.tr("until {day}").format(day=long_date(role.ended_on)) if role.ended_on else ""
        return ", ".join(part for part in (role.role, since, until) if part)


def person_column() -> Column[ContactRow]:
    """One person as a line of a list: name, title, and how to reach them."""
    return Column(
        "name",
        "",
        CellKind.NAME,
        lambda row: row.name,
        {
            CellRole.AVATAR_ID: lambda row: row.id,
            CellRole.SECONDARY: lambda row: row.title or row.email or row.phone,
        },
    )


class PeopleTab(Themed):
    """Reads the people of a company only while it is on show."""

    #: Another record is to be opened: its kind and local id.
    record_wanted = Signal(object, int)

    def __init__(self, detail: DetailViewModel, *, edge: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail = detail
        self._active = False
        self._company: int | None = None
        self._is_of_company = detail.kind.entity is EntityKind.COMPANY
        self.roles = RolesModel()
        self.people: LazyTableModel[Any] = LazyTableModel([person_column()], detail.context.tasks, self)
        self.list = QListView()
        self.add = LinkButton(self.tr("Add a person"), icon="add")
        self.add.clicked.connect(self.open_relation_form)
        self.popover: Popover | None = None
        self.form: RelationForm | None = None
        self._nothing = Paragraph(detail.kind.words.no_people, centred=True)
        self._middle = QStackedWidget()
        self._configure(edge)
        detail.context.bridge.records_changed.connect(self._on_records_changed)
        self.people.ids_replaced.connect(self._show)
        self.list.clicked.connect(self._on_chosen)
        self.list.activated.connect(self._on_chosen)

    def show_card(self, card: RecordCard | None) -> None:
        """Show who belongs to a record."""
        if card is None:
            return
        if not self._is_of_company:
            self.roles.show_roles(card.roles, card.relations)
            self._show()
        elif self._active:
            self._read(card)

    def set_active(self, active: bool) -> None:
        """Whether this tab is on show."""
        self._active = active
        if active:
            self.show_card(self._detail.card)

    def close_tab(self) -> None:
        """The page is closed."""
        if self.popover is not None:
            self.popover.close()
        self._detail.context.bridge.records_changed.disconnect(self._on_records_changed)
        self.people.close()

    def _configure(self, edge: int) -> None:
        view = self.list
        view.setProperty("bare", True)
        view.viewport().setAutoFillBackground(False)
        view.setAccessibleName(self._detail.kind.words.people)
        view.setModel(self.people if self._is_of_company else self.roles)
        view.setItemDelegate(ListDelegate(view, edge_padding=edge))
        view.setUniformItemSizes(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        OverlayScroll(view)
        set_focus_shape(view, radius=self.theme.metrics.radius)
        empty = QWidget()
        around = QVBoxLayout(empty)
        around.setContentsMargins(edge, self.theme.metrics.space_32, edge, 0)
        around.addWidget(self._nothing)
        around.addStretch(1)
        self._middle.addWidget(self.list)
        self._middle.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, self.theme.metrics.space_4, 0, 0)
        column.addWidget(self._middle)
        if not self._is_of_company:
            around_add = QHBoxLayout()
            around_add.setContentsMargins(self.theme.metrics.space_16, 0, edge, self.theme.metrics.space_12)
            around_add.addWidget(self.add)
            around_add.addStretch(1)
            column.addLayout(around_add)
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(self._on_menu_requested)

    def open_relation_form(self) -> None:
        """Ask who else belongs to the contact on show."""
        form = RelationForm(self._detail.context.workspace, self._detail.context.tasks)
        popover = Popover(self.add)
        popover.set_content(form)
        self.popover, self.form = popover, form
        form.relation_typed.connect(lambda other, kind, note: self._add_relation(form, other, kind, note))
        popover.closed.connect(form.close_form)
        popover.closed.connect(self._on_form_closed)
        popover.open_at(self.add)
        form.person.editor.setFocus()

    def _add_relation(self, form: RelationForm, other: str, kind: str, note: str) -> None:
        def added(_saved: object) -> None:
            if self.popover is not None and self.form is form:
                self.popover.close()

        def refused(error: BaseException) -> None:
            if self.form is form:
                form.show_error(error)
            else:
                self._detail.context.tasks.failed.emit(error)

        self._detail.add_relation(other, kind, note).then(added).otherwise(refused)

    def _on_form_closed(self) -> None:
        self.popover, self.form = None, None

    def _on_menu_requested(self, point: QPoint) -> None:
        index = self.list.indexAt(point)
        if not index.isValid():
            return
        tie = self.roles.tie_at(index.row())
        commands = [RowCommand(self.tr("Open"), icon="sidebar", run=lambda: self._on_chosen(index))]
        if isinstance(tie, Relation):
            remove = RowCommand(
                self.tr("Remove the relation"),
                icon="unlink",
                destructive=True,
                run=lambda: self._detail.remove_relation(tie.uid),
            )
            commands += [RULE, remove]
        open_row_menu(self.list, commands, self.list.viewport().mapToGlobal(point))

    def _read(self, card: RecordCard) -> None:
        if self._company == card.id:
            return
        self._company = card.id
        request = ListRequest(f"company:{uid_text(card.uid)}")
        self.people.show_list(ListSource(self._detail.context.workspace.contacts, request))

    def _show(self, *_: object) -> None:
        model = self.list.model()
        self._middle.setCurrentIndex(0 if model is not None and model.rowCount() else 1)

    def _on_records_changed(self, entity: EntityKind, ids: tuple[int, ...] | None, _origin: str, _batch: int) -> None:
        if self._is_of_company and entity is EntityKind.CONTACT:
            self.people.invalidate(ids)

    def _on_chosen(self, index: QModelIndex) -> None:
        if not self._is_of_company:
            tie = self.roles.tie_at(index.row())
            if isinstance(tie, Relation):
                self.record_wanted.emit(EntityKind.CONTACT, tie.other_id)
            else:
                self.record_wanted.emit(EntityKind.COMPANY, tie.company_id)
            return
        local_id = self.people.id_at(index.row())
        if local_id is not None:
            self.record_wanted.emit(EntityKind.CONTACT, local_id)
