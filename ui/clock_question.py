"""Asks in a banner whether the computer's clock is right when it stands more than a day from the last change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDateTime, QLocale, QObject

from services.clock import to_millis
from ui.banner_place import Announcement, BannerPlace
from ui.tasks import Lane, Tasks
from ui.widgets.banner import BannerKind

if TYPE_CHECKING:
    from datetime import datetime

    from services.clock_check import ClockQuestion
    from services.open_workspace import OpenWorkspace

NAME: Final = "clock"


class ClockAsker(QObject):
    """Asks when a workspace is opened; the answer holds for a day."""

    def __init__(self, tasks: Tasks, place: BannerPlace) -> None:
        super().__init__()
        self._tasks = tasks
        self._place = place
        self._lane = Lane(tasks)
        self._workspace: OpenWorkspace | None = None

    def begin(self, workspace: OpenWorkspace) -> None:
        """Look at the clock of a workspace that was just opened."""
        self._workspace = workspace
        if not workspace.store.read_only:
            self._lane.read(workspace.clock.question).then(self._ask)

    def end(self) -> None:
        """The workspace is about to be closed."""
        self._lane.forget()
        self._workspace = None
        self._place.withdraw(NAME)

    def _ask(self, question: ClockQuestion | None) -> None:
        if question is None:
            return
        behind = question.now < question.last_change_at
        sentence = (
            self.tr("The last change here is dated {last}. Until the clock is set, changes keep their order.")
            if behind
            else self.tr("The last change here was on {last}. Until you say so, changes are dated then.")
        )
        announcement = Announcement(
            BannerKind.ATTENTION,
            self.tr("Is it {now}?").format(now=_moment(question.now)),
            sentence.format(last=_moment(question.last_change_at)),
            self.tr("Yes, the clock is right"),
            self._confirm,
        )
        self._place.announce(NAME, announcement)

    def _confirm(self) -> None:
        if self._workspace is not None:
            self._place.withdraw(NAME)
            self._tasks.write(self._workspace.clock.confirm)


def _moment(at: datetime) -> str:
    return QLocale().toString(QDateTime.fromMSecsSinceEpoch(to_millis(at)), "dddd d MMMM yyyy, HH:mm")
