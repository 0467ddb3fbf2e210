"""What item models say to the delegates: kinds of columns, roles of cells, and the state of a row."""

from enum import IntEnum, IntFlag
from typing import Final

from PySide6.QtCore import Qt

_FIRST: Final = Qt.ItemDataRole.UserRole.value + 1


class CellKind(IntEnum):
    """How a column is painted; the table is told one per column."""

    CHECK = 0
    NAME = 1
    TEXT = 2
    SECONDARY = 3
    NUMBER = 4
    DATE = 5
    TAGS = 6
    RISK = 7
    STATUS = 8


class CellRole(IntEnum):
    """Roles beside Qt's own; a model answers None for what it does not have."""

    #: RowState of the row, the same for each of its cells.
    ROW_STATE = _FIRST
    #: str: second line of a name or a list row, or what still works in a row with an error.
    SECONDARY = _FIRST + 1
    #: int or str: the id an avatar's colour comes from; None for no avatar.
    AVATAR_ID = _FIRST + 2
    #: str: the name the initials come from, when it is not the displayed text.
    AVATAR_NAME = _FIRST + 3
    #: bool: True for companies and providers, which have rounded squares.
    AVATAR_ROUNDED = _FIRST + 4
    #: RiskLevel of a RISK cell; its display text is the formatted share.
    LEVEL = _FIRST + 5
    #: Tone of a STATUS cell, or of a TEXT cell that warns.
    TONE = _FIRST + 6
    #: str: icon of a STATUS or TEXT cell, of a timeline entry or of a list row.
    ICON = _FIRST + 7
    #: list[tuple[str, Tone]] of a TAGS cell.
    TAGS = _FIRST + 8
    #: str: what went wrong in a row whose state is ERROR.
    ERROR = _FIRST + 9
    #: Sentiment of a timeline entry; None for no dot.
    SENTIMENT = _FIRST + 10
    #: str: body of a timeline entry, at most two lines are shown.
    BODY = _FIRST + 11
    #: str: date or number at the right of a timeline entry or list row.
    END_TEXT = _FIRST + 12
    #: bool: True for the last entry of a timeline, whose line ends.
    IS_LAST = _FIRST + 13
    #: GroupHead of a row whose state is GROUP.
    GROUP = _FIRST + 14


class RowState(IntFlag):
    """What is special about a row."""

    NORMAL = 0
    CHECKED = 1
    LOADING = 2
    ERROR = 4
    DIMMED = 8
    #: The head over the rows of a group.
    GROUP = 16
