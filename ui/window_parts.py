"""What the window is built of, handed over in one value by whoever starts it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from services.clock import Clock
from ui.bridge import Bridge
from ui.notifications.notifier import FindNotifier
from ui.opening import Opening
from ui.session_state import SessionState
from ui.tasks import Tasks
from ui.theme.theme import Theme
from ui.undisturbed import Undisturbed


@dataclass(frozen=True, slots=True)
class WindowParts:
    """The collaborators of the window, and where new workspaces go."""

    opening: Opening
    tasks: Tasks
    bridge: Bridge
    theme: Theme
    state: SessionState
    clock: Clock
    documents_folder: Path
    undisturbed: Undisturbed
    find_notifier: FindNotifier
