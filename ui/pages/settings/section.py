"""One section of the settings: cards in a wide column, and perhaps more in a narrow one at its right."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.card import Card
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.settings_row import SettingsRow

SIDE_WIDTH: Final = 312
MAIN_WIDTH: Final = 760


class Section(ScrollArea):
    """Put cards in with `add_card`; rows are found by the words in them."""

    def __init__(self, title: str, icon: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.title = title
        self.icon = icon
        self.setAccessibleName(title)
        self._main = QVBoxLayout()
        self._side = QVBoxLayout()
        self._side_box = QWidget()
        self._side_box.setLayout(self._side)
        self._side_box.hide()
        main_box = QWidget()
        main_box.setLayout(self._main)
        main_box.setMaximumWidth(round(MAIN_WIDTH * self.theme.zoom))
        for column in (self._main, self._side):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(self.theme.metrics.group_gap)
            column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(self.theme.metrics.page_margin)
        row.addWidget(main_box, 1)
        row.addWidget(self._side_box, 0, Qt.AlignmentFlag.AlignTop)
        # The wide column stops growing before the window does; what is left stays empty at the right.
        row.addStretch(0)
        self.body.addLayout(row)

    def add_card(self, card: Card) -> None:
        """Add a card below the others."""
        self._main.insertWidget(self._main.count() - 1, card)

    def add_side_card(self, card: Card) -> None:
        """Add a card to the narrow column."""
        card.setFixedWidth(round(SIDE_WIDTH * self.theme.zoom))
        self._side.insertWidget(self._side.count() - 1, card)
        self._side_box.show()

    def rows_card(self, title: str, rows: list[SettingsRow]) -> Card:
        """A card of settings, one row each."""
        card = Card(title, flush=True)
        for row in rows:
            card.body.addWidget(row)
        self.add_card(card)
        return card

    def narrow(self, words: list[str]) -> int:
        """Show only the rows that hold every word; gives how many there are."""
        found = 0
        for row in self.findChildren(SettingsRow):
            text = f"{self.title} {row.searched_text}".casefold() if isinstance(row, FoundRow) else ""
            holds = all(word in text for word in words)
            row.setVisible(holds)
            found += holds
        for card in self.findChildren(Card):
            rows = card.findChildren(SettingsRow)
            if rows:
                card.setVisible(not words or any(not row.isHidden() for row in rows))
            elif words:
                text = f"{self.title} {card.accessibleName()}".casefold()
                found += all(word in text for word in words)
        return found


class FoundRow(SettingsRow):
    """A settings row that the search of the page can find by its words."""

    def __init__(
        self,
        title: str,
        sentence: str = "",
        *,
        icon: str = "",
        control: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, sentence, icon=icon, control=control, parent=parent)
        self.searched_text = f"{title} {sentence}"
