"""What a delegate asks of the view it paints for."""

from typing import NamedTuple, Protocol

from ui.theme.theme import Theme


class HeadPlaces(NamedTuple):
    """The edges of the head of a group in viewport coordinates: name and sum stand over those of the rows."""

    left: int
    right: int
    name_left: int
    sums_right: int


class RowHost(Protocol):
    """A view with a hovered and a current row; rows and columns are -1 when there is none."""

    @property
    def theme(self) -> Theme:
        """The theme to paint with."""

    @property
    def hovered_row(self) -> int:
        """The row under the pointer."""

    @property
    def current_row(self) -> int:
        """The row the keyboard is on."""

    @property
    def first_column(self) -> int:
        """The column painted leftmost."""

    @property
    def last_column(self) -> int:
        """The column painted rightmost."""

    @property
    def error_column(self) -> int:
        """The column where the sentence of a row error starts."""

    @property
    def edge_padding(self) -> int:
        """Padding before the first and after the last cell."""

    @property
    def content_right(self) -> int:
        """Right edge of the last cell in viewport coordinates."""

    @property
    def head_places(self) -> HeadPlaces:
        """Where the parts of the head of a group stand."""
