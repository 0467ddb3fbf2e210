"""The settings page: sections at the left, their cards at the right, one search over all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui.pages import PageContext, Shortcut, Target, TourState
from ui.pages.settings.about_section import AboutSection
from ui.pages.settings.appearance_section import AppearanceSection
from ui.pages.settings.data_section import DataSection
from ui.pages.settings.fields_section import FieldsSection
from ui.pages.settings.notifications_section import NotificationsSection
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
FIRST_SECTION: Final = "profile"
SEARCH_WIDTH: Final = 260
LIST_WIDTH: Final = 208

FILE_SIZE_ON_TOUR: Final = 14_260_633
MakeSection = Callable[[], Section]


class SettingsPage(QObject):
    """Only what works is shown; a section is built when somebody first looks at it, or searches."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._view_model = SettingsViewModel(context)
        titles = {
            "profile": (self.tr("Profile and work week"), "user"),
            "appearance": (self.tr("Appearance"), "appearance"),
            "notifications": (self.tr("Notifications"), "bell"),
            "security": (self.tr("Security"), "security"),
            "data": (self.tr("Data"), "database"),
            "fields": (self.tr("Own fields"), "field"),
            "about": (self.tr("About"), "info"),
        }
        self._makers: dict[str, MakeSection] = {
            "profile": lambda: ProfileSection(self._view_model),
            "appearance": lambda: AppearanceSection(context.theme, context.state),
            "notifications": lambda: NotificationsSection(context.state),
            "security": lambda: SecuritySection(self._view_model),
            "data": lambda: DataSection(self._view_model),
            "fields": lambda: FieldsSection(self._view_model),
            "about": lambda: AboutSection(QCoreApplication.applicationVersion()),
        }
        self.sections: dict[str, Section] = {}
        self.view = SettingsView(titles)
        self.view.navigation.page_chosen.connect(self._on_section_chosen)
        self.view.search.text_changed.connect(self._on_searched)
        self._waiting = FIRST_SECTION
        self._next_turn = QTimer(self, singleShot=True, interval=0)
        self._next_turn.timeout.connect(self._on_next_turn)
        self._search_turn = QTimer(self, singleShot=True, interval=0)
        self._search_turn.timeout.connect(self._on_searched)

    @property
    def widget(self) -> QWidget:
        """What fills the centre."""
        return self.view

    @property
    def panel(self) -> QWidget | None:
        """Settings have no detail panel."""
        return None

    @property
    def title(self) -> str:
        """The name of the page."""
        return self.tr("Settings")

    def opened(self, target: Target) -> None:
        """Show the section that the target names, else the one shown last."""
        kept = target.argument or self._context.state.get(NAME, "section", FIRST_SECTION)
        self.show_section(kept if kept in self._makers else FIRST_SECTION)
        self._view_model.refresh()

    def left(self) -> None:
        """Another page came to the front; what is typed in a field counts."""
        focused = self.view.focusWidget()
        if focused is not None:
            focused.clearFocus()

    def closed(self) -> None:
        """The workspace is about to be closed."""
        self._next_turn.stop()
        self._search_turn.stop()
        fields = self.sections.get("fields")
        if isinstance(fields, FieldsSection):
            fields.close_form()
        self._view_model.close()

    def focus_search(self) -> bool:
        """Put the cursor into “Find a setting”."""
        self.view.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.view.search.editor.selectAll()
        return True

    def shortcuts(self) -> Sequence[Shortcut]:
        """The settings have no keys of their own."""
        return ()

    def tour_states(self) -> Sequence[TourState]:
        """Every section, and the search."""
        states = [TourState(name, partial(self._show_for_tour, name, "")) for name in self._makers]
        return [*states, TourState("find", partial(self._show_for_tour, FIRST_SECTION, "theme"))]

    def show_section(self, name: str) -> None:
        """Bring a section to the front; one that has to be built first comes a moment later."""
        self._waiting = name
        if name in self.sections:
            self._next_turn.stop()
            self.view.show_section(name, self.sections[name])
        else:
            self._next_turn.start()

    def _on_next_turn(self) -> None:
        """Building a section and showing it are a turn of the event loop each, so that neither holds it up for long."""
        if self._waiting not in self.sections:
            self._section(self._waiting)
            self._next_turn.start()
            return
        self.show_section(self._waiting)
        self._view_model.refresh()

    def _section(self, name: str) -> Section:
        if name not in self.sections:
            self.sections[name] = self._makers[name]()
        return self.sections[name]

    def _on_section_chosen(self, name: str) -> None:
        self.show_section(name)
        self._context.state.set(NAME, "section", name)

    def _on_searched(self) -> None:
        words = self.view.search.text.casefold().split()
        missing = next((name for name in self._makers if name not in self.sections), "") if words else ""
        if missing:
            self._section(missing)
            self._search_turn.start()
            return
        found = {name: section.narrow(words) for name, section in self.sections.items()}
        first = next((name for name in self._makers if found.get(name)), "")
        if words and first and not found.get(self.view.current, 0):
            self.show_section(first)
        self.view.search.show_state(FieldState.WARNING if words and not first else FieldState.NORMAL)

    def _show_for_tour(self, name: str, searched: str) -> None:
        # Random keys and names make one and the same demo a few pages larger or smaller.
        self._view_model.measure_file = lambda _path: FILE_SIZE_ON_TOUR
        self._view_model.refresh()
        self.view.search.set_text("")
        self.show_section(name)
        self.view.search.set_text(searched)


class SettingsView(Surface):
    """The widgets of the page."""

    def __init__(self, titles: dict[str, tuple[str, str]], *, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self.current = ""
        self.search = LineField("", placeholder=self.tr("Find a setting"), icon="search", clearable=True)
        self.search.editor.setAccessibleName(self.tr("Find a setting"))
        self.navigation = NavigationList(self.tr("Sections of the settings"))
        for name, (title, icon) in titles.items():
            self.navigation.add_page(name, title, icon=icon)
        self.navigation.add_stretch()
        self._stack = QStackedWidget()
        self._fill()

    def show_section(self, name: str, section: Section) -> None:
        """Bring a section to the front."""
        self.current = name
        if self._stack.indexOf(section) < 0:
            self._stack.addWidget(section)
        self.navigation.set_current(name)
        self._stack.setCurrentWidget(section)

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
