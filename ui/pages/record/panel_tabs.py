"""The tabs of a detail panel: a bar, and below it the tab in front, each made when it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from services.records.people import RecordCard
from ui.pages.record.kind import RecordKind, Tab
from ui.widgets.tab_bar import TabBar
from ui.widgets.themed import Themed


class RecordTab(Protocol):
    """What the panel asks of each of its tabs."""

    def show_card(self, card: RecordCard | None) -> None:
        """The record is another one, or was changed."""
        ...

    def set_active(self, active: bool) -> None:
        """Whether this tab is on show; a hidden one reads nothing."""
        ...

    def close_tab(self) -> None:
        """The page is closed."""
        ...


MakeTab = Callable[[QWidget], RecordTab]


class PanelTabs(Themed):
    """Makes a tab when it comes to the front: all at once would hold the window up."""

    #: Another tab is in front.
    tab_changed = Signal()

    def __init__(self, kind: RecordKind, makers: Mapping[Tab, MakeTab], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order = kind.tabs
        self._makers = makers
        self._made: dict[Tab, RecordTab] = {}
        self.bar = TabBar(_tr("Details"), side_margin=self.theme.metrics.space_20, parent=self)
        self._pages = QStackedWidget(self)
        for tab in self._order:
            self.bar.add_tab(tab_title(tab, kind))
            self._pages.addWidget(QWidget(self._pages))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._pages, 1)
        self.bar.tab_chosen.connect(self._on_tab_chosen)

    @property
    def current(self) -> Tab:
        """The tab in front."""
        return self._order[self.bar.current]

    @property
    def made(self) -> Mapping[Tab, RecordTab]:
        """The tabs that were made so far."""
        return self._made

    @property
    def missing(self) -> Tab | None:
        """The next tab that is not made yet."""
        return next((tab for tab in self._order if tab not in self._made), None)

    def tab(self, tab: Tab) -> RecordTab:
        """A tab, made if it was not wanted before."""
        if tab not in self._made:
            made = self._makers[tab](self._pages)
            assert isinstance(made, QWidget)
            self._made[tab] = made
            self._put(self._order.index(tab), made)
        return self._made[tab]

    def show_tab(self, tab: Tab) -> None:
        """Bring a tab to the front; one that this kind of record does not have stays away."""
        if tab not in self._order:
            return
        self.bar.set_current(self._order.index(tab))
        self.tab(tab)
        self._pages.setCurrentIndex(self._order.index(tab))
        self.tab_changed.emit()

    def set_count(self, tab: Tab, count: str) -> None:
        """Show how much a tab holds."""
        if tab in self._order:
            self.bar.set_count(self._order.index(tab), count)

    def show_card(self, card: RecordCard | None) -> None:
        """The record is another one, or was changed."""
        for made in self._made.values():
            made.show_card(card)

    def set_active(self, active: bool) -> None:
        """Whether the panel is on show."""
        for tab, made in self._made.items():
            made.set_active(active and tab is self.current)

    def close_tabs(self) -> None:
        """The page is closed."""
        for made in self._made.values():
            made.close_tab()

    def _put(self, place: int, widget: QWidget) -> None:
        """Put a tab's content into the place that was kept for it."""
        kept = self._pages.widget(place)
        assert kept is not None
        on_show = self._pages.currentIndex() == place
        self._pages.insertWidget(place, widget)
        self._pages.removeWidget(kept)
        kept.deleteLater()
        if on_show:
            self._pages.setCurrentIndex(place)

    def _on_tab_chosen(self, place: int) -> None:
        self.show_tab(self._order[place])


def tab_title(tab: Tab, kind: RecordKind) -> str:
    """What a tab is called."""
    titles = {
        Tab.TIMELINE: _tr("Timeline"),
        Tab.FIELDS: _tr("Fields"),
        Tab.PEOPLE: kind.words.people,
        Tab.DEALS: _tr("Deals"),
        Tab.TASKS: _tr("Tasks"),
        Tab.HISTORY: _tr("History"),
    }
    return titles[tab]


def _tr(text: str) -> str:
    return QCoreApplication.translate("DetailPanel", text)
