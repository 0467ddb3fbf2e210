"""The page of duplicates as the frame knows it: the lists of pairs, a pair side by side, and the keys."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from services.records.duplicates import IgnoredPair, Pair, Side
from services.records.fields import EntityKind
from services.records.people import UserRow
from ui.pages import PageContext, Shortcut, Target, TourState
from ui.pages.duplicates.bulk_pane import BulkPane
from ui.pages.duplicates.bulk_view_model import BulkMerge
from ui.pages.duplicates.compare_pane import ComparePane
from ui.pages.duplicates.head import DuplicatesHead, Shown
from ui.pages.duplicates.list_pane import ListPane
from ui.pages.duplicates.tour import tour_states
from ui.pages.duplicates.view_model import KINDS, DuplicatesViewModel
from ui.theme.user_locale import number
from ui.widgets.menu import Menu
from ui.widgets.surface import Surface


def make_page(context: PageContext) -> DuplicatesPage:
    """Make the page for one open workspace."""
    return DuplicatesPage(context)


class DuplicatesPage(QObject):
    """The list comes first; Return puts a pair side by side, Esc leads back."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.view_model = DuplicatesViewModel(context)
        self._surface = Surface("surface")
        self.head = DuplicatesHead()
        self.list_pane = ListPane(self.view_model.moments)
        self.bulk = BulkMerge(self.view_model)
        self._compare: ComparePane | None = None
        self._plan: BulkPane | None = None
        self._views = QStackedWidget()
        self._profile = context.tasks.lane()
        self.shown = Shown.PAIRS
        self._assemble()
        self._connect()

    @property
    def compare(self) -> ComparePane:
        """The comparison, made when the first pair is looked at."""
        if self._compare is None:
            self._compare = ComparePane(self.view_model)
            self._compare.cancelled.connect(self.show_list)
            self._views.addWidget(self._compare)
        return self._compare

    @property
    def plan(self) -> BulkPane:
        """What merging the selected pairs would do, made when it is first asked for."""
        if self._plan is None:
            self._plan = BulkPane(self.bulk)
            self._plan.cancelled.connect(self.bulk.leave)
            self._views.addWidget(self._plan)
        return self._plan

    @property
    def is_comparing(self) -> bool:
        """Whether two records stand side by side."""
        return self.view_model.current is not None

    @property
    def widget(self) -> QWidget:
        """What fills the centre."""
        return self._surface

    @property
    def panel(self) -> QWidget | None:
        """There is none."""
        return None

    @property
    def title(self) -> str:
        """The page's name."""
        return self.tr("Duplicates")

    def opened(self, target: Target) -> None:
        """In front now, perhaps for the pairs of one kind."""
        self._profile.read(self.context.workspace.users.acting).then(self._on_profile_read)
        if target.entity in KINDS and target.entity is not None:
            self.head.kind.set_current(KINDS.index(target.entity))
            self._choose_kind(target.entity)
        self.view_model.set_active(True)
        self._show()
        self.take_focus()

    def left(self) -> None:
        """Another page is in front: nothing is read meanwhile."""
        self.view_model.set_active(False)

    def closed(self) -> None:
        """The workspace is about to be closed."""
        self._profile.close()
        if self._compare is not None:
            self._compare.comparison.close_rows()
        self.bulk.close()
        self.view_model.close()

    def focus_search(self) -> bool:
        """Pairs are not searched for by text."""
        return False

    def shortcuts(self) -> Sequence[Shortcut]:
        """The keys of list and comparison; those without a command are the widgets' own."""
        return (
            Shortcut("J", self.tr("Next pair of the list, next field of a pair"), lambda: self._step(1)),
            Shortcut("K", self.tr("The one before"), lambda: self._step(-1)),
            Shortcut("Return", self.tr("Put a pair side by side")),
            Shortcut("Right", self.tr("Next pair, the one before with Left")),
            Shortcut("1", self.tr("Take the value of the one that stays"), lambda: self._choose(Side.KEEP)),
            Shortcut("2", self.tr("Take the value of the other one"), lambda: self._choose(Side.OTHER)),
            Shortcut("B", self.tr("Keep both values, where both fit"), lambda: self._choose(Side.BOTH)),
            Shortcut("X", self.tr("Select a pair of the list; of two side by side the other one stays"), self._on_x),
            Shortcut("M", self.tr("Merge the selected pairs"), self.open_plan),
            Shortcut("Ctrl+Return", self.tr("Merge"), self._merge),
            Shortcut("N", self.tr("Not the same: never these two"), self.ignore_current),
            Shortcut("S", self.tr("Later"), self.leave_current),
            Shortcut("R", self.tr("Show a pair again that is ignored"), self.show_current_again),
        )

    def tour_states(self) -> Sequence[TourState]:
        """The states worth a picture."""
        return tour_states(self)

    def open_pair(self, pair: Pair | IgnoredPair) -> None:
        """Put a pair side by side."""
        if isinstance(pair, Pair):
            self.compare.comparison.go_to(0)
            self.view_model.look_at(pair)
            self.take_focus()

    def open_plan(self) -> None:
        """Show what merging the selected pairs would do."""
        if not self.is_comparing and self.shown is Shown.PAIRS:
            self.bulk.open()

    def offer_levels(self) -> Menu:
        """Offer to select all pairs that are at least so much alike."""
        menu = Menu(self.head.select, name=self.tr("Select"))
        for level, count in self.bulk.counts():
            said = self.tr("At least {score}% alike").format(score=level) if level else self.tr("All pairs")
            action = menu.add_item(said, hint=number(count))
            action.triggered.connect(lambda _on=False, level=level: self.bulk.select_from(level))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.open_at(self.head.select, align_right=True)
        return menu

    def show_list(self) -> None:
        """Back to the list, on the pair that was looked at."""
        if self.bulk.is_open:
            self.bulk.leave()
        pair = self.view_model.current
        self.view_model.look_at(None)
        if pair is not None:
            self.list_pane.list.go_to(pair)
        self.take_focus()

    def show_part(self, shown: Shown) -> None:
        """Show the pairs to review, or those that are none."""
        self.shown = shown
        self.bulk.clear()
        self._show()
        self.take_focus()

    def take_focus(self) -> None:
        """Give the keyboard to what is on show."""
        if self.is_comparing:
            self.compare.setFocus()
        elif self.bulk.is_open:
            self.plan.take_focus()
        else:
            self.list_pane.list.setFocus()

    def ignore_current(self) -> None:
        """Never these two."""
        pair = self._current_pair()
        if pair is not None:
            self.view_model.ignore(pair)

    def leave_current(self) -> None:
        """Look at it later."""
        pair = self._current_pair()
        if pair is not None:
            self.view_model.leave_for_later(pair)

    def show_current_again(self) -> None:
        """Look at an ignored pair again."""
        pair = self.list_pane.list.current
        if isinstance(pair, IgnoredPair) and not self.is_comparing:
            self.view_model.stop_ignoring(pair)

    def _current_pair(self) -> Pair | None:
        found = self.view_model.current or (None if self.bulk.is_open else self.list_pane.list.current)
        return found if isinstance(found, Pair) and not self.view_model.is_merging else None

    def _step(self, step: int) -> None:
        if self.is_comparing:
            self.compare.comparison.step(step)
        elif self.bulk.is_open:
            self.plan.step(step)
        else:
            self.list_pane.list.step(step)

    def _choose(self, side: Side) -> None:
        if self.is_comparing:
            self.compare.choose(side)

    def _on_x(self) -> None:
        if self.is_comparing:
            self.view_model.swap()
        elif self.bulk.is_open:
            self.plan.drop_current()
        else:
            self.list_pane.list.toggle_current()

    def _merge(self) -> None:
        if self.is_comparing:
            self.view_model.merge()
        else:
            self.bulk.merge()

    def _assemble(self) -> None:
        column = QVBoxLayout(self._surface)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._views, 1)
        self._views.addWidget(self.list_pane)

    def _connect(self) -> None:
        self.head.kind_chosen.connect(self._on_kind_chosen)
        self.head.shown_chosen.connect(self.show_part)
        self.head.step_pressed.connect(self.view_model.step)
        self.head.later_pressed.connect(self.leave_current)
        self.head.never_pressed.connect(self.ignore_current)
        self.head.again_pressed.connect(self.show_current_again)
        self.list_pane.list.pair_opened.connect(self.open_pair)
        self.head.select_pressed.connect(self.offer_levels)
        self.list_pane.list.pair_toggled.connect(self.bulk.toggle)
        self.list_pane.list.pairs_added.connect(self.bulk.add)
        self.list_pane.list.cleared.connect(self.bulk.clear)
        self.list_pane.bar.dismissed.connect(self.bulk.clear)
        self.list_pane.bar.merge.clicked.connect(self.open_plan)
        self.bulk.selection_changed.connect(self._on_selection_changed)
        self.bulk.plan_changed.connect(self._on_plan_changed)
        self.list_pane.again_wanted.connect(self.view_model.read_again)
        self.view_model.pairs_changed.connect(self._show)
        self.view_model.current_changed.connect(self._show)
        self.view_model.progress_made.connect(self.list_pane.show_progress)
        self.view_model.reading_failed.connect(self._on_reading_failed)

    def _show(self) -> None:
        view_model = self.view_model
        if self.is_comparing:
            self.head.show_pair(view_model.place, len(view_model.pairs))
            self._views.setCurrentWidget(self.compare)
            return
        if self.bulk.is_open:
            self.head.show_plan(len(self.bulk.selected))
            self._views.setCurrentWidget(self.plan)
            return
        had_focus = any(pane is not None and pane.isAncestorOf(_focused(pane)) for pane in (self._compare, self._plan))
        self._views.setCurrentWidget(self.list_pane)
        pairs: Sequence[Pair | IgnoredPair] = view_model.pairs
        if self.shown is Shown.IGNORED:
            pairs = view_model.ignored
        self.head.show_list(len(pairs) if view_model.is_read else None, self.shown)
        if view_model.is_read:
            title, sentence = self._words_of_nothing()
            self.list_pane.show_pairs(pairs, title=title, sentence=sentence)
        else:
            self.list_pane.show_waiting()
        if had_focus:
            self.take_focus()

    def _words_of_nothing(self) -> tuple[str, str]:
        if self.shown is Shown.IGNORED:
            sentence = self.tr("Of which two you say that they are not the same, you find here and can take it back.")
            return self.tr("No pair is ignored"), sentence
        sentence = self.tr("No two records share an email, a phone, a domain or a name that would make them a pair.")
        return self.tr("No duplicates"), sentence

    def _on_selection_changed(self) -> None:
        self.list_pane.show_checked(self.bulk.keys if self.shown is Shown.PAIRS else frozenset())
        self._show()

    def _on_plan_changed(self) -> None:
        was_open = self._plan is not None and self._views.currentWidget() is self._plan
        self._show()
        if was_open is not self.bulk.is_open:
            self.take_focus()

    def _on_kind_chosen(self, place: int) -> None:
        self._choose_kind(KINDS[place])

    def _choose_kind(self, kind: EntityKind) -> None:
        if kind is not self.view_model.entity:
            # Ids of another kind name other records.
            self.bulk.clear()
        self.view_model.choose_kind(kind)

    def _on_reading_failed(self, error: BaseException) -> None:
        if self.view_model.is_read:
            self.context.tasks.failed.emit(error)
        else:
            self.list_pane.show_trouble(error)

    def _on_profile_read(self, user: UserRow | None) -> None:
        try:
            zone = ZoneInfo(user.time_zone) if user is not None and user.time_zone else None
        except (ZoneInfoNotFoundError, ValueError):
            zone = None  # the machine's own
        self.view_model.moments.zone = zone


def _focused(inside: QWidget) -> QWidget:
    return inside.window().focusWidget() or inside.window()
