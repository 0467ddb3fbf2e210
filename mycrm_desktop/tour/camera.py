"""Takes the pictures of one scale: the window with whatever lies over it, once everything has settled."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from mycrm_desktop.app import Run, make_application, until_imported
from mycrm_desktop.config import Config
from mycrm_desktop.tour import steps
from mycrm_desktop.tour.steps import STANDARD, Step
from mycrm_desktop.wiring import DEMO_CONTACTS, DEMO_MONTHS, DEMO_SEED, Outside
from services.clock import ManualClock
from services.vault.memory_store import MemoryStore
from ui.navigation import NAVIGATION
from ui.operations.workspaces import DemoProgress
from ui.pages import Page, Target
from ui.theme.tokens import ThemeMode
from ui.window_parts import WindowParts

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace
    from services.workspaces import Workspaces

TOUR_DAY: Final = date(2026, 11, 23)
TOUR_MOMENT: Final = datetime(2026, 11, 23, 8, 41, tzinfo=UTC)
THEMES: Final = (ThemeMode.LIGHT, ThemeMode.DARK)
BEAT_S: Final = 0.03
QUIET_BEATS: Final = 6
LONGEST_WAIT_S: Final = 60.0


class Camera:
    """Walks through the steps and saves `<page>-<state>-<theme>-<scale>.png` for each theme."""

    def __init__(self, run: Run, folder: Path, *, scale: int, only: str) -> None:
        self._run = run
        self._shell = run.shell
        self._folder = folder
        self._scale = scale
        self._only = only
        self.saved: list[str] = []

    async def walk(self, demo: Path) -> None:
        """Take every picture."""
        window, parts = self._run.wired.window, self._parts
        parts.theme.set_reduced_motion(True)
        await self._take(steps.steps_before_opening(window, parts))
        parts.opening.create_demo(demo)
        await self._until(lambda: parts.opening.workspace is not None)
        for line in NAVIGATION:
            await self._take(steps.steps_of_page(await self._page(line.name), line.name))
        # Pages made afresh: the frame is shown around lists that nobody touched.
        parts.opening.switch(demo)
        await self._until(lambda: parts.opening.workspace is None)
        await self._until(lambda: parts.opening.workspace is not None)
        await self._page("contacts")
        await self._take(steps.steps_of_frame(window))
        await self._take(steps.steps_of_cards(window, demo))
        await self._take_gallery()

    async def _page(self, name: str) -> Page:
        """Bring a page to the front."""
        window = self._run.wired.window
        await self._until(lambda: window.is_ready)
        window.navigate(Target(name))
        await self._until(lambda: window.frame.pages.current_name == name)
        await self._settled()
        page = window.frame.pages.current
        assert page is not None
        return page

    @property
    def _parts(self) -> WindowParts:
        return self._run.wired.parts

    async def _take(self, many: Iterable[Step]) -> None:
        for step in many:
            if step.name.startswith(self._only):
                await self._take_one(step)

    async def _take_one(self, step: Step) -> None:
        window = self._shell
        _close_popups()
        window.resize(step.size)
        step.prepare()
        await self._settled()
        for theme in THEMES:
            self._parts.theme.set_mode(theme)
            await self._settled()
            self._save(_with_popups(window), step.name, theme)
        self._parts.theme.set_mode(ThemeMode.LIGHT)
        _close_popups()
        if step.restore is not None:
            step.restore()
        window.resize(STANDARD)

    async def _take_gallery(self) -> None:
        from ui.widgets.gallery import build_gallery

        if not "gallery-states".startswith(self._only):
            return
        for theme in THEMES:
            self._parts.theme.set_mode(theme)
            gallery = build_gallery(self._parts.theme)
            gallery.resize(STANDARD)
            gallery.show()
            await self._settled()
            self._save(gallery.grab(), "gallery-states", theme)
            gallery.deleteLater()

    def _save(self, picture: QPixmap, name: str, theme: ThemeMode) -> None:
        file = self._folder / f"{name}-{theme.value}-{self._scale}x.png"
        if not picture.save(str(file)):
            raise OSError(f"{file} could not be written")
        self.saved.append(file.name)
        sys.stdout.write(f"{file.name}\n")
        sys.stdout.flush()

    async def _settled(self) -> None:
        """Wait until no task was under way for a few beats: debounced questions are asked and answered."""
        quiet = 0
        started = asyncio.get_running_loop().time()
        while quiet < QUIET_BEATS:
            await asyncio.sleep(BEAT_S)
            quiet = quiet + 1 if self._parts.tasks.is_settled else 0
            if asyncio.get_running_loop().time() - started > LONGEST_WAIT_S:
                raise TimeoutError("the window did not settle")

    async def _until(self, condition: Callable[[], bool]) -> None:
        started = asyncio.get_running_loop().time()
        while not condition():
            await asyncio.sleep(BEAT_S)
            if asyncio.get_running_loop().time() - started > LONGEST_WAIT_S:
                raise TimeoutError("the window did not get there")


def take_pictures(folder: Path, *, scale: int, only: str) -> int:
    """Build the demo in a temporary folder, take the pictures of one scale; the exit code."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    application = make_application()
    application.setCursorFlashTime(0)
    application.setQuitOnLastWindowClosed(False)
    keys = MemoryStore()
    with tempfile.TemporaryDirectory(prefix="mycrm-tour-", ignore_cleanup_errors=True) as name:
        home = Path(name)
        # What is shown of paths must not tell where the pictures were taken.
        os.environ["HOME"] = os.environ["USERPROFILE"] = name
        config = Config(home / "config", home / "state", home / "Documents" / "MyCRM")
        outside = Outside(
            make_keys=lambda: keys,
            clock=ManualClock(TOUR_MOMENT),
            build_demo=build_tour_demo,
            find_notifier=lambda: None,
        )
        run = Run(application, config, outside)
        if not until_imported(run, application):
            return 1
        run.complete()
        run.shell.resize(STANDARD)
        camera = Camera(run, folder, scale=scale, only=only)
        try:
            run.loop.run_until_complete(camera.walk(config.documents_folder / "Nordvik.mycrm"))
        finally:
            run.close()
    return 0


def build_tour_demo(workspaces: Workspaces, path: Path, *, progress: DemoProgress | None = None) -> OpenWorkspace:
    """The demo of the pictures: always the same day and people, encrypted as a user's own would be."""
    from services.demo.build import build_demo
    from services.vault.protection import Protection
    from services.workspaces import NewWorkspace

    request = NewWorkspace(protection=Protection.KEYRING, demo=True)
    built = build_demo(
        workspaces,
        path,
        request,
        contacts=DEMO_CONTACTS,
        months=DEMO_MONTHS,
        seed=DEMO_SEED,
        today=TOUR_DAY,
        progress=progress,
    )
    return built.created.workspace


def _with_popups(window: QWidget) -> QPixmap:
    """The window with the menus and popovers over it, which are windows of their own."""
    picture = window.grab()
    painter = QPainter(picture)
    corner = window.mapToGlobal(QPoint(0, 0))
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible() and other.isWindow():
            painter.drawPixmap(other.mapToGlobal(QPoint(0, 0)) - corner, other.grab())
    painter.end()
    return picture


def _close_popups() -> None:
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
