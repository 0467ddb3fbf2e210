"""Every constructor call of the window, from top to bottom, and the way back in reverse."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from mycrm_desktop.config import Config
from mycrm_desktop.folders import device_id
from services.bus import EventBus
from services.clock import Clock, SystemClock
from services.workspace_list import WorkspaceList
from ui.brand_mark import brand_icon
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.navigation import import_pages
from ui.notifications.notifier import FindNotifier, Notifier
from ui.opening import Opening
from ui.operations.workspaces import BuildDemo, DemoProgress
from ui.session_state import SessionState
from ui.tasks import Tasks
from ui.theme.theme import Theme
from ui.theme.tokens import Density, ThemeMode
from ui.undisturbed import Undisturbed
from ui.widgets.focus_ring import FocusRing
from ui.widgets.tooltips import Tooltips
from ui.window_parts import WindowParts

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace
    from services.vault.keys import KeyStore
    from services.workspaces import Workspaces

DEMO_CONTACTS = 312
DEMO_MONTHS = 18
DEMO_SEED = 7


def system_keys() -> KeyStore:
    """The keyring of the operating system."""
    from services.vault.keyring_store import KeyringStore

    return KeyringStore()


def system_notifier() -> Callable[[], Notifier] | None:
    """What shows notifications on this desktop; None where only the window can."""
    if platform.system() == "Linux":
        from ui.notifications.session_bus import SessionBusNotifier

        return SessionBusNotifier if SessionBusNotifier.is_there() else None
    from ui.notifications.tray_notifier import TrayNotifier

    return TrayNotifier if TrayNotifier.is_there() else None


@dataclass(frozen=True, slots=True)
class Outside:
    """What the window takes from the machine; a test or the tour hands in its own."""

    make_keys: Callable[[], KeyStore] = system_keys
    clock: Clock = field(default_factory=SystemClock)
    build_demo: BuildDemo | None = None
    find_notifier: FindNotifier = system_notifier


@dataclass(frozen=True, slots=True)
class Wired:
    """The window and what has to be closed after it, in this order."""

    window: MainWindow
    parts: WindowParts
    icon: QIcon
    tooltips: Tooltips
    focus_ring: FocusRing

    def close(self) -> None:
        """Let go of everything, the last made first."""
        self.parts.state.save()
        self.window.cards.clear()
        self.parts.opening.close()
        self.window.reminders.close()
        self.parts.bridge.close()
        self.parts.tasks.close()
        self.tooltips.stop()
        for thing in (self.window, self.tooltips, self.focus_ring, self.parts.theme):
            thing.deleteLater()


def wire(config: Config, application: QApplication, state: SessionState, outside: Outside) -> Wired:
    """Build and join everything; nothing of a workspace is touched or imported yet."""
    theme = make_theme(application, state)
    focus_ring = FocusRing(application)
    tooltips = Tooltips(application)
    tasks = Tasks()
    bus = EventBus(tasks.gui.post)
    bridge = Bridge(bus)

    def workspaces() -> Workspaces:
        from services.store.store import Surroundings
        from services.workspaces import Workspaces

        surroundings = Surroundings(
            device=device_id(config.config_folder), clock=outside.clock, bus=bus, program="mycrm-desktop"
        )
        return Workspaces(outside.make_keys(), surroundings)

    opening = Opening(
        workspaces,
        WorkspaceList(config.config_folder, outside.clock),
        tasks,
        build_demo=outside.build_demo or build_demo,
        trust_keyring=lambda: outside.make_keys().trust(),
        import_pages=import_pages,
    )
    parts = WindowParts(
        opening=opening,
        tasks=tasks,
        bridge=bridge,
        theme=theme,
        state=state,
        clock=outside.clock,
        documents_folder=config.documents_folder,
        undisturbed=Undisturbed(application, (tooltips, focus_ring)),
        find_notifier=outside.find_notifier,
    )
    return Wired(MainWindow(parts), parts, brand_icon(theme), tooltips, focus_ring)


def make_theme(application: QApplication, state: SessionState) -> Theme:
    """The theme as the user last chose it."""
    theme = Theme(
        application,
        mode=ThemeMode(_one_of(ThemeMode, state.get("appearance", "theme"), ThemeMode.SYSTEM)),
        density=Density(_one_of(Density, state.get("appearance", "density"), Density.COMFORTABLE)),
        zoom=float(state.get("appearance", "zoom", 1.0)),
        reduced_motion=bool(state.get("appearance", "reduced_motion", default=False)),
    )
    theme.install()
    return theme


def build_demo(workspaces: Workspaces, path: Path, *, progress: DemoProgress | None) -> OpenWorkspace:
    """The demo of the welcome card: a few hundred invented customers, not encrypted, and marked as demo."""
    from services.demo.build import build_demo as build
    from services.vault.protection import Protection
    from services.workspaces import NewWorkspace

    request = NewWorkspace(protection=Protection.PLAIN, demo=True)
    built = build(
        workspaces,
        path,
        request,
        contacts=DEMO_CONTACTS,
        months=DEMO_MONTHS,
        seed=DEMO_SEED,
        progress=progress,
    )
    workspace: OpenWorkspace = built.created.workspace
    return workspace


def _one_of(kind: type[ThemeMode] | type[Density], value: object, default: str) -> str:
    return str(value) if value in {member.value for member in kind} else default
