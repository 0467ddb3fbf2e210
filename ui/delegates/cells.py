"""Which delegate paints which kind of column."""

from PySide6.QtWidgets import QAbstractItemView

from ui.delegates.cell_delegate import CellDelegate
from ui.delegates.check_cell import CheckCell
from ui.delegates.name_cell import NameCell
from ui.delegates.number_cell import NumberCell
from ui.delegates.risk_cell import RiskCell
from ui.delegates.roles import CellKind
from ui.delegates.row_host import RowHost
from ui.delegates.status_cell import StatusCell
from ui.delegates.tags_cell import TagsCell
from ui.delegates.text_cell import TextCell


def delegate_for(kind: CellKind, host: RowHost, parent: QAbstractItemView) -> CellDelegate:
    """The painter of a kind of column in a view."""
    if kind is CellKind.SECONDARY:
        return TextCell(host, parent, colour="text_2")
    if kind is CellKind.DATE:
        return TextCell(host, parent, colour="text_2", tabular=True)
    classes: dict[CellKind, type[CellDelegate]] = {
        CellKind.CHECK: CheckCell,
        CellKind.NAME: NameCell,
        CellKind.TEXT: TextCell,
        CellKind.NUMBER: NumberCell,
        CellKind.TAGS: TagsCell,
        CellKind.RISK: RiskCell,
        CellKind.STATUS: StatusCell,
    }
    return classes[kind](host, parent)
