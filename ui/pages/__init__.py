"""The pages of the window, and the contract between a page and the frame.

A page is one folder `ui/pages/<name>/`, whose `page.py` has `make_page(context: PageContext) -> Page`, and
one line in `ui/navigation.py` with its name; the frame knows nothing else of it. Pages are imported when
somebody first goes there, so that the start imports none; a page without a group in its line has no entry in
the rail (the import assistant).

* A page is made once per open workspace with one `PageContext`, the first time somebody goes there, and
  thrown away when the workspace is closed or replaced. It never outlives its workspace.
* `widget` fills the centre, from below the top bar to the lower edge. The header (title, buttons), tabs
  and filter bar belong to the page.
* `panel` is the optional detail panel: one widget, made by the page and put by the frame into the host at
  the right (400 wide, 360 below 1360, 480 from 1920), which gives it `raised` ground and the line at its
  left. The page opens and closes it with `context.panel.open()` and `.close()`; the list stays visible.
  Esc closes it when nothing inside the page took the key. The frame remembers per page whether it was
  open.
* `opened(target)` is called whenever the page comes to the front, and again when it is in front and
  somebody navigates to another record of it. `left()` when another page comes to the front. `closed()`
  once, before the workspace is closed: stop timers, end subscriptions, ignore answers that come later
  (close your `Lane`s).
* `focus_search()` is asked by `/`; a page without a search of its own returns False and the palette
  opens.
* `shortcuts()` lists the keys that hold while the page is in front. Those with a `run` are bound by the
  frame (letters do not fire while somebody types in a field); those without are handled by the page's own
  widgets and are listed only for the sheet that `?` shows.
* `tour_states()` names the states worth a picture. Each `prepare` runs on the GUI thread on a demo
  workspace with the page in front; the tour then waits until no task is under way and saves
  `<page>-<state>-<theme>-<scale>.png`. A state starts from the page as `opened(Target(page))` leaves it.
* Reading: `context.tasks.read(fn)`; for a question asked again and again (a list, a search, a detail)
  take a `lane = context.tasks.lane()` and `lane.read(fn)`: only the newest answer is delivered.
* Changing: build an `Operation` (ui/operations) and `context.perform(operation)`: it runs on the writer
  thread, ends in the toast with Undo, and errors come as a toast with title and message.
* What changed, here or in another process, comes as `context.bridge.records_changed`.
* The time is `context.workspace.store.clock.now()`, never the machine's: the tour stands on a fixed day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtWidgets import QWidget

from services.records.fields import EntityKind
from ui.bridge import Bridge
from ui.operations import Operation
from ui.session_state import SessionState
from ui.tasks import Task, Tasks
from ui.theme.theme import Theme
from ui.widgets.toast_host import ToastHost

if TYPE_CHECKING:
    # Importing every service takes longer than the first paint may.
    from services.open_workspace import OpenWorkspace


@dataclass(frozen=True, slots=True)
class Target:
    """Where to go: a page, and there perhaps a record, or what `argument` means to that page."""

    page: str
    entity: EntityKind | None = None
    id: int | None = None
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One key of a page, as Qt spells it (`E`, `Ctrl+Shift+N`, `G, C`), and what it does in a few words.

    The user may choose another key for one that has a `run`. A command without a key has a `name` of its own and
    is reached by the palette. `icon` is what the palette shows before it.
    """

    keys: str
    text: str
    run: Callable[[], None] | None = None
    icon: str = "keyboard"
    name: str = ""


@dataclass(frozen=True, slots=True)
class TourState:
    """A state worth a picture: its name in the file name, and what brings it about."""

    name: str
    prepare: Callable[[], None]


class Panel(Protocol):
    """The place of the detail panel at the right of the frame."""

    @property
    def is_open(self) -> bool:
        """Whether the panel of this page is on show."""
        ...

    def open(self) -> None:
        """Show the page's panel beside the list."""
        ...

    def close(self) -> None:
        """Give its room back to the list."""
        ...


class Perform(Protocol):
    """Runs a user command on the writer thread and ends it in a toast."""

    def __call__(self, operation: Operation[Any], /) -> Task[Any]:
        """Start the command; the task lets the caller follow it up."""
        ...


class Program(Protocol):
    """What a page may ask of the program around it."""

    def lock(self) -> None:
        """Close the workspace and show the unlock card."""
        ...

    def show_palette(self, text: str = "") -> None:
        """Open the palette, with a text typed already."""
        ...

    def reveal(self, path: Path) -> None:
        """Show a file or folder in the file manager."""
        ...


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a page is given: everything it may use of the program."""

    workspace: OpenWorkspace
    tasks: Tasks
    toasts: ToastHost
    bridge: Bridge
    theme: Theme
    state: SessionState
    navigate: Callable[[Target], None]
    perform: Perform
    panel: Panel
    program: Program


class Page(Protocol):
    """One page of the window; see the module's text for the rules."""

    @property
    def widget(self) -> QWidget:
        """What fills the centre."""
        ...

    @property
    def panel(self) -> QWidget | None:
        """The detail panel, or None when the page has none."""
        ...

    @property
    def title(self) -> str:
        """The page's name as the rail and the palette show it."""
        ...

    def opened(self, target: Target) -> None:
        """The page is in front now; `target` may name a record of it."""
        ...

    def left(self) -> None:
        """Another page came to the front."""
        ...

    def closed(self) -> None:
        """The workspace is about to be closed."""
        ...

    def focus_search(self) -> bool:
        """Put the cursor into the page's own search; False when it has none."""
        ...

    def shortcuts(self) -> Sequence[Shortcut]:
        """The keys that hold while the page is in front."""
        ...

    def tour_states(self) -> Sequence[TourState]:
        """The states worth a picture."""
        ...
