"""The gallery's table with a row in every state."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.delegates.roles import CellKind, CellRole, RowState
from ui.theme.theme import Theme
from ui.theme.tokens import risk_level_of
from ui.widgets.card import Card
from ui.widgets.data_table import DataTable
from ui.widgets.gallery_controls import text

KINDS = [
    CellKind.SECONDARY,
    CellKind.CHECK,
    CellKind.NAME,
    CellKind.SECONDARY,
    CellKind.RISK,
    CellKind.NUMBER,
]
HEADS = ("State", "", "Name", "Company", "Churn risk", "Open, €")
WIDTHS = (84, 32, 164, 140, 120, 100)
ROWS: tuple[tuple[str, str, str, int, str], ...] = (
    ("Default", "Peter Bramhall", "Bramhall Packaging", 29, "22,900"),
    ("Hover", "Julia Rowe", "Juniper & Rowe", 9, "18,000"),
    ("Current", "Anna Berg", "Almeda Logistics", 62, "58,300"),
    ("Checked", "Karim Haddad", "Castellan Insurance", 51, "49,000"),
    ("Loading", "", "", 0, ""),
    ("Error", "", "", 0, ""),
)
STATES = {3: RowState.CHECKED, 4: RowState.LOADING, 5: RowState.ERROR}


class StateRows(QAbstractTableModel):
    """Six rows, one per state."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return len(ROWS)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return text(HEADS[section]) if shown and HEADS[section] else None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        state, name, company, share, amount = ROWS[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (text(state), "", name, company, f"{share}%", amount)[column]
        answers: dict[int, Any] = {
            CellRole.ROW_STATE: STATES.get(index.row(), RowState.NORMAL),
            CellRole.AVATAR_ID: name if column == 2 and name else None,
            CellRole.LEVEL: risk_level_of(share / 100) if column == 4 else None,
            CellRole.ERROR: text("This row could not be read."),
            CellRole.SECONDARY: text("The rest of the list is complete.") if index.row() == 5 else None,
        }
        return answers.get(role)


def table_card(theme: Theme) -> Card:
    """Default, hovered, current, checked, loading and broken rows."""
    card = Card(text("Table rows"), metadata=text("Placeholder bars stand still"), flush=True)
    table = DataTable(text("Table rows"), kinds=list(KINDS), in_card=True)
    table.setModel(StateRows(table))
    table.table_header.setSortIndicatorShown(False)
    for column, width in enumerate(WIDTHS):
        table.setColumnWidth(column, width)
    for key, icon, name in (("mail", "mail", "Write"), ("call", "call", "Call"), ("more", "more", "More")):
        table.add_quick_action(key, icon=icon, name=text(name))
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setFixedHeight(theme.metrics.table_head + len(ROWS) * theme.row_height)
    table.go_to_row(2)
    table.preview_hover(1)
    card.body.addWidget(table)
    card.body.setContentsMargins(0, 0, 0, theme.metrics.space_2)
    return card
