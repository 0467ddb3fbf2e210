"""What a dry run would do, as one stacked bar."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.shapes import crisp, fill_box
from ui.theme.tokens import ColourRole
from ui.widgets.themed import Themed

SMALLEST_PART = 3
GAP = 2


@dataclass(frozen=True, slots=True)
class VerdictPart:
    """A count and how it looks; `series` picks a chart colour instead of a role."""

    label: str
    count: int
    colour: ColourRole = "accent"
    series: int | None = None


class VerdictBar(Themed):
    """12 high, 2 px gaps, no part under 3 px, so that six bad rows among thousands are still seen."""

    def __init__(self, parts: list[VerdictPart] | None = None, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[VerdictPart] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_parts(parts or [])

    def set_parts(self, parts: list[VerdictPart]) -> None:
        """Show other parts; those without a count are left out."""
        self._parts = [part for part in parts if part.count > 0]
        self.setAccessibleName(", ".join(f"{part.count} {part.label}" for part in self._parts))
        self.update()

    def colour_of(self, part: VerdictPart) -> QColor:
        """The colour a legend shows for a part."""
        palette = self.theme.palette
        return palette.colour(part.colour) if part.series is None else palette.chart[part.series - 1]

    def part_widths(self, width: int) -> list[float]:
        """Widths of the parts in a bar of a width, every part visible."""
        if not self._parts:
            return []
        room = width - GAP * (len(self._parts) - 1)
        total = sum(part.count for part in self._parts)
        plain = [room * part.count / total for part in self._parts]
        missing = sum(max(0.0, SMALLEST_PART - share) for share in plain)
        spare = sum(max(0.0, share - SMALLEST_PART) for share in plain)
        factor = 1.0 - missing / spare if spare > 0 else 1.0
        return [
            SMALLEST_PART + (share - SMALLEST_PART) * factor if share > SMALLEST_PART else SMALLEST_PART
            for share in plain
        ]

    def sizeHint(self) -> QSize:
        return QSize(self.theme.metrics.rail, self.theme.metrics.verdict)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.metrics.space_32, self.theme.metrics.verdict)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = 0.0
        with crisp(painter):
            for part, width in zip(self._parts, self.part_widths(self.width()), strict=True):
                rect = QRectF(left, 0, width, self.height())
                radius = min(self.theme.metrics.radius_xs, width / 2)
                fill_box(painter, rect, self.colour_of(part), radius=radius)
                left += width + GAP
        painter.end()
