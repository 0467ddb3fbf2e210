"""What the welcome card knows and does: the wishes of the user, and the making of a workspace."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from services.errors import InvalidValue, MyCrmError
from ui.opening import Opening
from ui.operations.workspaces import Wanted, free_path, workspace_uid
from ui.session_state import SETTINGS_GROUP, code_kept_name
from ui.time_zones import system_time_zone, zone_options
from ui.window_parts import WindowParts

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace
    from services.vault.recovery import RecoveryCode
    from services.workspaces import Created
    from ui.tasks import Task

KEYRING: Final = "keyring"
PASSPHRASE: Final = "passphrase"  # noqa: S105 - the name of a choice
PLAIN: Final = "plain"
FIRST_NAME: Final = "My workspace"
DEMO_NAME: Final = "Demo"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What kept a workspace from being made; `field` names where, empty for the card as a whole."""

    field: str
    text: str


class WelcomeViewModel(QObject):
    """State and commands of the card; the recovery code passes through and is not kept."""

    #: Wishes, trouble or business changed; read the properties.
    changed = Signal()
    #: The workspace was made; carries the RecoveryCode to show once.
    code_made = Signal(object)
    #: The zones to choose from are known: list of name and IANA zone.
    zones_read = Signal(object)
    #: How far the demo is: phase, done, total.
    demo_progressed = Signal(str, int, int)

    def __init__(self, parts: WindowParts) -> None:
        super().__init__()
        self._parts = parts
        self._opening: Opening = parts.opening
        self._created: OpenWorkspace | None = None
        self._busy = False
        self._trouble: Trouble | None = None
        self._no_keyring = ""
        self._looking: tuple[Task[Any], ...] = ()
        path = free_path(parts.documents_folder, FIRST_NAME)
        self._wanted = Wanted(path, KEYRING, time_zone=system_time_zone())
        self._demo_path = free_path(parts.documents_folder, DEMO_NAME)

    @property
    def wanted(self) -> Wanted:
        """The workspace as wished for so far."""
        return self._wanted

    @property
    def demo_path(self) -> Path:
        """Where the demo goes."""
        return self._demo_path

    @property
    def is_busy(self) -> bool:
        """Whether a workspace is being made or opened."""
        return self._busy

    @property
    def is_created(self) -> bool:
        """Whether the workspace exists and its code is on show."""
        return self._created is not None

    @property
    def trouble(self) -> Trouble | None:
        """What is wrong with the wishes or went wrong with the making."""
        return self._trouble

    @property
    def no_keyring(self) -> str:
        """Why the keyring cannot be used; empty when it can."""
        return self._no_keyring

    def begin(self) -> None:
        """Look for the keyring and the zones, and import what will be needed, while the user reads."""
        self._opening.warm_up()
        now = self._parts.clock.now()
        self._looking = (
            self._opening.try_keyring().otherwise(self._on_no_keyring),
            self._parts.tasks.background(partial(zone_options, now)).then(self.zones_read.emit),
        )

    def wish(self, **values: str | Path) -> None:
        """Change wishes by the names of `Wanted`."""
        self._wanted = replace(self._wanted, **values)  # type: ignore[arg-type]
        self._trouble = None
        self.changed.emit()

    def create(self, repeated_passphrase: str) -> None:
        """Make the workspace, or say what is missing."""
        self._trouble = self._missing(repeated_passphrase)
        if self._trouble is None and not self._busy:
            self._busy = True
            task = self._opening.create(self._wanted)
            task.then(self._on_created).otherwise(self._on_trouble)
        self.changed.emit()

    def finish(self) -> None:
        """The user has the recovery code: show the workspace."""
        workspace, self._created = self._created, None
        if workspace is not None:
            self._opening.take(workspace)
            self._parts.tasks.read(lambda: workspace_uid(workspace)).then(self._remember_kept_code)

    def open_demo(self) -> None:
        """Make the demo and open it."""
        if self._busy:
            return
        self._busy, self._trouble = True, None
        report = self._parts.tasks.reporting(self._on_demo_progress)
        task = self._opening.create_demo(
            self._demo_path, progress=lambda phase, done, total: report((phase, done, total))
        )
        task.otherwise(self._on_trouble)
        self.changed.emit()

    def open_existing(self, path: Path) -> None:
        """Open a workspace file."""
        self._opening.switch(path)

    def abandon(self) -> None:
        """The card goes away: a workspace whose code is still on show is closed, and stays on the disk."""
        for task in self._looking:
            task.forget()
        workspace, self._created = self._created, None
        if workspace is not None:
            self._parts.tasks.background(workspace.close)

    def _remember_kept_code(self, uid: str) -> None:
        self._parts.state.set(SETTINGS_GROUP, code_kept_name(uid), True)

    def _missing(self, repeated_passphrase: str) -> Trouble | None:
        wanted = self._wanted
        if not wanted.user_name.strip():
            return Trouble("name", self.tr("Type your name; it signs your mails and notes."))
        if wanted.email and "@" not in wanted.email:
            return Trouble("email", self.tr("An address has an @, such as anna@example.com."))
        if wanted.protection == PASSPHRASE and wanted.passphrase != repeated_passphrase:
            return Trouble("repeated", self.tr("Both must be the same. Type it once more."))
        return None

    def _on_created(self, created: Created) -> None:
        self._busy = False
        code: RecoveryCode | None = created.recovery_code
        if code is None:
            self._opening.take(created.workspace)
            return
        self._created = created.workspace
        self._wanted = replace(self._wanted, passphrase="")
        self.code_made.emit(code)
        self.changed.emit()

    def _on_trouble(self, error: BaseException) -> None:
        self._busy = False
        if isinstance(error, MyCrmError):
            field = error.field if isinstance(error, InvalidValue) else ""
            self._trouble = Trouble(field, f"{error.title}. {error.message}")
        else:
            self._trouble = Trouble("", self.tr("Something went wrong in the program; nothing was made."))
        self.changed.emit()

    def _on_no_keyring(self, error: BaseException) -> None:
        self._no_keyring = error.title if isinstance(error, MyCrmError) else self.tr("The keyring failed")
        if self._wanted.protection == KEYRING:
            self._wanted = replace(self._wanted, protection=PASSPHRASE)
        self.changed.emit()

    def _on_demo_progress(self, told: tuple[str, int, int]) -> None:
        self.demo_progressed.emit(*told)
