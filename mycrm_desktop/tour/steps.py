"""What the tour shows: the cards before a workspace, the frame and its overlays, every page, the gallery."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize

from services.errors import WorkspaceLocked
from services.vault.recovery import RecoveryCode
from ui.main_window import MainWindow
from ui.operations.workspaces import Identified
from ui.pages import Page
from ui.pages.unlock.page import UnlockPage
from ui.pages.welcome.page import CREATE, DEMO, EXISTING, WelcomePage
from ui.window_parts import WindowParts

STANDARD: Final = QSize(1440, 900)
SMALL: Final = QSize(1280, 800)
LARGE: Final = QSize(1920, 1080)
SAMPLE_CODE: Final = 0x2C9F_41B7_6E03_D85A_91C4_77EF_2B60_9D3A_58E1
SEARCHED: Final = "an"
CAPTURED: Final = "Call Anna Berg 30k next Tue 10 #renewal"
TWO_OF_A_NAME: Final = "Met Anna yesterday, wants 20k more !"
SAMPLE_WORDS: Final = "four words"


@dataclass(frozen=True, slots=True)
class Step:
    """One picture: its name, what brings the state about, what takes it back, and the window's size."""

    page: str
    state: str
    prepare: Callable[[], None]
    restore: Callable[[], None] | None = None
    size: QSize = STANDARD

    @property
    def name(self) -> str:
        """The beginning of the file's name."""
        return f"{self.page}-{self.state}"


def steps_before_opening(window: MainWindow, parts: WindowParts) -> Iterator[Step]:
    """The welcome card, and the frame while a workspace opens."""
    yield Step("welcome", "create", partial(_welcome, window, CREATE))
    yield Step("welcome", "passphrase", partial(_welcome_passphrase, window))
    yield Step("welcome", "recovery-code", partial(_welcome_code, window, parts))
    yield Step("welcome", "demo", partial(_welcome, window, DEMO))
    yield Step("welcome", "existing", partial(_welcome, window, EXISTING))
    yield Step("frame", "opening", window.cards.clear)


def steps_of_page(page: Page, name: str) -> Iterator[Step]:
    """Every state that a page names."""
    for state in page.tour_states():
        yield Step(name, state.name, state.prepare)


def steps_of_frame(window: MainWindow) -> Iterator[Step]:
    """The overlays, toasts, popovers and widths of the frame, around the contacts, which are in front."""
    frame = window.frame
    listed = partial(_contacts, window, "list")
    beside = partial(_contacts, window, "panel")
    closed = partial(frame.panel.set_page_open, "contacts", False)
    yield Step("frame", "list", listed)
    yield Step("frame", "1280x800-list", listed, None, SMALL)
    yield Step("frame", "panel", beside)
    yield Step("palette", "recent", window.show_palette, partial(_close_palette, window))
    yield Step("palette", "search", partial(window.show_palette, SEARCHED), partial(_close_palette, window))
    yield Step("palette", "nothing", partial(window.show_palette, "zzqqxx"), partial(_close_palette, window))
    yield Step("palette", "commands", partial(window.show_palette, "new"), partial(_close_palette, window))
    yield Step("capture", "line", partial(_capture, window, CAPTURED), partial(_close_capture, window))
    yield Step("capture", "empty", partial(_capture, window, ""), partial(_close_capture, window))
    yield Step("capture", "two-of-a-name", partial(_capture, window, TWO_OF_A_NAME), partial(_close_capture, window))
    yield Step("shortcuts", "sheet", window.show_sheet, window.sheet.dismiss)
    yield Step("toast", "undo", partial(_toast, window), frame.toasts.dismiss)
    yield Step("toast", "left-alone", partial(_toast_left_alone, window), frame.toasts.dismiss)
    yield Step("toast", "progress", partial(_toast_progress, window), frame.toasts.dismiss)
    yield Step("frame", "sync-popover", frame.top_bar.show_sync_popover)
    yield Step("frame", "workspace-menu", window.show_workspace_menu)
    yield Step("frame", "not-encrypted", partial(_plain, window, plain=True), partial(_plain, window, plain=False))
    yield Step("frame", "rail-collapsed", frame.toggle_rail, frame.toggle_rail)
    yield Step("frame", "1280x800", beside, None, SMALL)
    yield Step("frame", "1920x1080", beside, closed, LARGE)


def steps_of_cards(window: MainWindow, path: Path) -> Iterator[Step]:
    """The cards of a locked or broken workspace; the last steps, because the workspace is closed for them."""
    wrong = WorkspaceLocked("The passphrase is wrong", "Type it again.", code="wrong_passphrase")
    yield Step("unlock", "keyring", window.lock)
    yield Step("unlock", "passphrase", partial(window.cards.show_unlock, Identified(path, "passphrase")))
    yield Step("unlock", "wrong", partial(_wrong, window, Identified(path, "passphrase", error=wrong)))
    missing = WorkspaceLocked(
        "The workspace is not where it was",
        "It was moved, renamed, or lies on a disk that is not plugged in. Open it at its new place.",
    )
    shown = Path("Documents") / "MyCRM" / "Nordvik.mycrm"
    yield Step("unlock", "trouble", partial(window.cards.show_trouble, shown, missing))


def _welcome(window: MainWindow, way: int) -> None:
    if not isinstance(window.cards.card, WelcomePage):
        window.cards.show_welcome()
    card = window.cards.card
    assert isinstance(card, WelcomePage)
    card.create_form.name.set_text("Lena Hartmann")
    card.create_form.email.set_text("lena.hartmann@nordvik.example")
    card.choose(way)


def _welcome_passphrase(window: MainWindow) -> None:
    _welcome(window, CREATE)
    card = window.cards.card
    assert isinstance(card, WelcomePage)
    card.view_model.wish(user_name="Lena Hartmann", protection="passphrase", passphrase=SAMPLE_WORDS)
    card.create_form.passphrase.set_text(SAMPLE_WORDS)
    card.view_model.create("for words")


def _welcome_code(window: MainWindow, parts: WindowParts) -> None:
    window.cards.show_welcome()
    _welcome(window, CREATE)
    card = window.cards.card
    assert isinstance(card, WelcomePage)
    recovery = card.create_form.recovery
    recovery.show_code(RecoveryCode.from_number(SAMPLE_CODE), card.view_model.wanted.path)
    recovery.tick()
    recovery.say_done(recovery.tr("Printed at {time}").format(time=f"{parts.clock.now().astimezone():%H:%M}"))


def _capture(window: MainWindow, line: str) -> None:
    window.show_capture()
    if window.capture_overlay is not None:
        window.capture_overlay.line.setPlainText(line)


def _close_capture(window: MainWindow) -> None:
    if window.capture_overlay is not None:
        window.capture_overlay.line.clear()
        window.capture_overlay.dismiss()


def _close_palette(window: MainWindow) -> None:
    if window.palette_overlay is not None:
        window.palette_overlay.dismiss()


def _toast(window: MainWindow) -> None:
    window.frame.toasts.show_undoable(window.tr("12 contacts moved to Trash"), icon="trash")


def _toast_left_alone(window: MainWindow) -> None:
    window.frame.toasts.show_error(
        window.tr("Undone: change of 12 contacts"), kept=window.tr("2 values were changed since and stay as they are.")
    )


def _toast_progress(window: MainWindow) -> None:
    toast = window.frame.toasts.show_progress(window.tr("Importing contacts"))
    toast.set_progress(0.62, count="1,140 of 1,842", rate=window.tr("310 a second, 3 s left"))


def _plain(window: MainWindow, *, plain: bool) -> None:
    window.frame.top_bar.set_workspace(is_open=True, encrypted=not plain)


def _contacts(window: MainWindow, name: str) -> None:
    page = window.frame.pages.current
    assert page is not None
    for state in page.tour_states():
        if state.name == name:
            state.prepare()


def _wrong(window: MainWindow, identified: Identified) -> None:
    window.cards.show_unlock(identified)
    card = window.cards.card
    assert isinstance(card, UnlockPage)
    card.passphrase.set_text("not the passphrase")
