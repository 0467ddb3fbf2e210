"""A scroll bar that lies over the right edge of a list, so that rows reach the edge of the page."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar

from ui.theme.theme import theme_of


class OverlayScroll(QObject):
    """Shows and moves the vertical scroll bar of an area that hides its own."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._real = area.verticalScrollBar()
        self.bar = QScrollBar(Qt.Orientation.Vertical, area)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._real.rangeChanged.connect(self._on_range_changed)
        self._real.valueChanged.connect(self.bar.setValue)
        self.bar.valueChanged.connect(self._real.setValue)
        area.viewport().installEventFilter(self)
        self._on_range_changed(self._real.minimum(), self._real.maximum())

    def _on_range_changed(self, least: int, most: int) -> None:
        self.bar.setPageStep(self._real.pageStep())
        self.bar.setSingleStep(self._real.singleStep())
        self.bar.setRange(least, most)
        self.bar.setValue(self._real.value())
        self.bar.setVisible(most > least)
        self._place()

    def _place(self) -> None:
        viewport = self._area.viewport().geometry()
        width = theme_of().metrics.scrollbar
        self.bar.setGeometry(viewport.right() + 1 - width, viewport.top(), width, viewport.height())
        self.bar.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self.bar.setPageStep(self._real.pageStep())
            self._place()
        return super().eventFilter(watched, event)
