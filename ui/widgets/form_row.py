"""A label at the left and a control at the right of it, as in detail panels."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets.elided_label import ElidedLabel
from ui.widgets.themed import Themed

LABEL_WIDTH = 136


class FormRow(Themed):
    """The label takes 136; the control the rest. Without a control it shows a value."""

    def __init__(
        self,
        label: str,
        control: QWidget | None = None,
        *,
        value: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label = ElidedLabel(label, colour="text_2")
        self._control = control or ElidedLabel(value, role="body-medium")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._control, 1)
        self._label.setBuddy(self._control)
        if control is not None and not control.accessibleName():
            control.setAccessibleName(label)
        self.restyle()

    def set_value(self, value: str) -> None:
        """Show another value in a row without a control; ValueError in a row with one."""
        if not isinstance(self._control, ElidedLabel):
            raise ValueError("This row has a control of its own.")
        self._control.setText(value)

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self.setMinimumHeight(metrics.row_compact)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(metrics.group_gap)
        self._label.setFixedWidth(round(LABEL_WIDTH * self.theme.zoom))
