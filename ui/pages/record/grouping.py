"""By what a list is grouped: the choice of its page, and what a saved view puts in its place while it is shown."""

from __future__ import annotations

from services.records.fields import CUSTOM_PREFIX
from services.records.saved_views import SavedView
from ui.session_state import SessionState


class Grouping:
    """Remembers both apart, so that leaving a grouped view does not group the other tabs."""

    def __init__(self, state: SessionState, page: str) -> None:
        self._state = state
        self._page = page
        self._own = str(state.get(page, "grouping", ""))
        self._shown = str(state.get(page, "grouping_shown", self._own))

    @property
    def shown(self) -> str:
        """The field by which what is shown is grouped, "" for none."""
        return self._shown

    def choose(self, by: str, *, view: SavedView | None) -> None:
        """Group by a field; on a view with a grouping of its own the other tabs keep theirs."""
        self._shown = by
        if view is None or not view.grouping:
            self._own = by
        self._keep()

    def enter(self, view: SavedView | None) -> None:
        """A tab is shown: one of the user's own views, or one that comes with the program."""
        self._shown = self._own if view is None or not view.grouping else view.grouping
        self._keep()

    def drop(self) -> None:
        """There is no such field any more."""
        self._own = "" if self._own == self._shown else self._own
        self._shown = ""
        self._keep()

    def _keep(self) -> None:
        """A field of the user's own says something of the workspace: it is not written beside it."""
        for key, by in (("grouping", self._own), ("grouping_shown", self._shown)):
            self._state.set(self._page, key, "" if by.startswith(CUSTOM_PREFIX) else by)
