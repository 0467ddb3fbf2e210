"""The entries of the rail in their groups; one is current, arrows move between them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.navigation_item import NavigationItem
from ui.widgets.themed import Themed


class NavigationList(Themed):
    """Add entries and gaps from top to bottom; what follows `add_stretch` stands at the bottom."""

    #: The user chose an entry; carries its key.
    page_chosen = Signal(str)

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, NavigationItem] = {}
        self._column = QVBoxLayout(self)
        self.setAccessibleName(name)
        self.restyle()

    def add_page(self, key: str, label: str, *, icon: str, shortcut: str = "") -> NavigationItem:
        """Add an entry; its key is what `page_chosen` carries."""
        item = NavigationItem(label, icon=icon, shortcut=shortcut)
        item.clicked.connect(lambda: self.page_chosen.emit(key))
        self._items[key] = item
        self._column.addWidget(item)
        return item

    def add_gap(self) -> None:
        """Part two groups."""
        self._column.addSpacing(self.theme.metrics.space_12)

    def add_stretch(self) -> None:
        """Push what follows to the bottom."""
        self._column.addStretch(1)

    def set_current(self, key: str) -> None:
        """Mark an entry as the page that is shown."""
        for name, item in self._items.items():
            item.setChecked(name == key)

    def set_count(self, key: str, count: str) -> None:
        """Show a number beside an entry."""
        self._items[key].set_count(count)

    def set_shortcut(self, key: str, shortcut: str) -> None:
        """Say the key of an entry."""
        self._items[key].set_shortcut(shortcut)

    def set_collapsed(self, collapsed: bool) -> None:
        """Show icons only, or icons and labels."""
        for item in self._items.values():
            item.set_collapsed(collapsed)

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._column.setContentsMargins(metrics.space_8, 0, metrics.space_8, 0)
        self._column.setSpacing(metrics.space_2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        items = list(self._items.values())
        focused = next((place for place, item in enumerate(items) if item.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        items[(focused + step) % len(items)].setFocus(Qt.FocusReason.OtherFocusReason)
