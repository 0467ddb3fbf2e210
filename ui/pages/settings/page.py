"""The settings page: sections at the left, their cards at the right, one search over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui.pages import PageContext, Shortcut, Target, TourState
from ui.pages.settings.about_section import AboutSection
from ui.pages.settings.appearance_section import AppearanceSection
from ui.pages.settings.data_section import DataSection
from ui.pages.settings.profile_section import ProfileSection
from ui.pages.settings.section import Section
from ui.pages.settings.security_section import SecuritySection
from ui.pages.settings.view_model import SettingsViewModel
from ui.widgets.input_frame import FieldState
from ui.widgets.label import Label
from ui.widgets.line_field import LineField
from ui.widgets.navigation_list import NavigationList
from ui.widgets.surface import Surface

NAME: Final = "settings"
SEARCH_WIDTH: Final = 260
LIST_WIDTH: Final = 208


class SettingsPage:
    """Only what works is shown: a section appears with what it sets."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self._view_model = SettingsViewModel(context)
        self.sections: dict[str, Section] = {
            "profile": ProfileSection(self._view_model),
            "appearance": AppearanceSection(context.theme, context.state),
            "security": SecuritySection(self._view_model),
            "data": DataSection(self._view_model),
            "about": AboutSection(QCoreApplication.applicationVersion()),
        }
        self.widget = SettingsView(self.sections)
        self.widget.navigation.page_chosen.connect(self._on_section_chosen)

    @property
    def panel(self) -> QWidget | None:
        """Settings have no detail panel."""
        return None

    @property
    def title(self) -> str:
        """The name of the page."""
        return self.widget.tr("Settings")

    def opened(self, target: Target) -> None:
        """Show the section that the target names, else the one shown last."""
        kept = target.argument or self._context.state.get(NAME, "section", "profile")
        self.widget.show_section(kept if kept in self.sections else "profile")
        self._view_model.refresh()

    def left(self) -> None:
        """Another page came to the front; what is typed in a field counts."""
        focused = self.widget.focusWidget()
        if focused is not None:
            focused.clearFocus()

    def closed(self) -> None:
        """The workspace is about to be closed."""
        self._view_model.close()

    def focus_search(self) -> bool:
        """Put the cursor into “Find a setting”."""
        self.widget.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.widget.search.editor.selectAll()
        return True

    def shortcuts(self) -> Sequence[Shortcut]:
        """The settings have no keys of their own."""
        return ()

    def tour_states(self) -> Sequence[TourState]:
        """Every section, and the search."""
        states = [TourState(name, partial(self._show_for_tour, name, "")) for name in self.sections]
        return [*states, TourState("find", partial(self._show_for_tour, "profile", "theme"))]

    def _show_for_tour(self, name: str, searched: str) -> None:
        self.widget.search.set_text("")
        self.widget.show_section(name)
        self.widget.search.set_text(searched)

    def _on_section_chosen(self, name: str) -> None:
        self.widget.show_section(name)
        self._context.state.set(NAME, "section", name)


class SettingsView(Surface):
    """The widgets of the page."""

    def __init__(self, sections: dict[str, Section], *, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self._sections = sections
        self.search = LineField("", placeholder=self.tr("Find a setting"), icon="search")
        self.search.editor.setAccessibleName(self.tr("Find a setting"))
        self.search.editor.setClearButtonEnabled(True)
        self.search.text_changed.connect(self._on_searched)
        self.navigation = NavigationList(self.tr("Sections of the settings"))
        self._stack = QStackedWidget()
        for name, section in sections.items():
            self.navigation.add_page(name, section.title, icon=section.icon)
            self._stack.addWidget(section)
        self.navigation.add_stretch()
        self._fill()

    def show_section(self, name: str) -> None:
        """Bring a section to the front."""
        self.navigation.set_current(name)
        self._stack.setCurrentWidget(self._sections[name])

    def _fill(self) -> None:
        metrics = self.theme.metrics
        head = _Bar()
        row = QHBoxLayout(head)
        row.setContentsMargins(metrics.page_margin, 0, metrics.page_margin, 0)
        row.addWidget(Label(self.tr("Settings"), role="title"), 1)
        self.search.setFixedWidth(round(SEARCH_WIDTH * self.theme.zoom))
        row.addWidget(self.search)
        side = Surface("surface", lines=Qt.Edge.RightEdge)
        side.setFixedWidth(round(LIST_WIDTH * self.theme.zoom))
        column = QVBoxLayout(side)
        column.setContentsMargins(metrics.space_4, metrics.group_gap, metrics.space_4, 0)
        column.addWidget(self.navigation)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(side)
        below.addWidget(self._stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addLayout(below, 1)

    def _on_searched(self, text: str) -> None:
        words = text.casefold().split()
        found = {name: section.narrow(words) for name, section in self._sections.items()}
        current = next(name for name, section in self._sections.items() if section is self._stack.currentWidget())
        if words and not found[current]:
            first = next((name for name, count in found.items() if count), "")
            if first:
                self.show_section(first)
        missing = bool(words) and not any(found.values())
        self.search.show_state(FieldState.WARNING if missing else FieldState.NORMAL)


class _Bar(Surface):
    """The head of the page with the line below it."""

    def __init__(self) -> None:
        super().__init__("surface", lines=Qt.Edge.BottomEdge)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.theme.metrics.page_header)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.theme.metrics.page_header)


def make_page(context: PageContext) -> SettingsPage:
    """The page for one open workspace."""
    return SettingsPage(context)
