"""Opening, creating and leaving workspaces: the work itself, for a thread that belongs to no store.

The services are imported inside, because this module is imported before the first paint and they are not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from services.errors import MyCrmError
    from services.open_workspace import OpenWorkspace
    from services.workspaces import Created, Workspaces

DemoProgress = Callable[[str, int, int], None]


class BuildDemo(Protocol):
    """Makes a demo workspace at a path and leaves it open."""

    def __call__(self, workspaces: Workspaces, path: Path, *, progress: DemoProgress | None) -> OpenWorkspace:
        """Build it; raises MyCrmError and leaves nothing behind."""
        ...


@dataclass(frozen=True, slots=True)
class Key:
    """What the user gave to open a workspace; empty for one that the keyring or nothing protects."""

    passphrase: str = field(default="", repr=False)
    recovery_code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Identified:
    """A workspace file and how it is protected: `keyring`, `passphrase` or `plain`.

    `error` is why it could not be opened without asking; `since` when the user locked it.
    """

    path: Path
    protection: str
    error: MyCrmError | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """The workspace that somebody asked for on the welcome card."""

    path: Path
    protection: str
    passphrase: str = field(default="", repr=False)
    user_name: str = ""
    email: str = ""
    time_zone: str = ""


def identify(path: Path) -> Identified:
    """Look at a file. Raises WorkspaceError when there is no workspace at the path."""
    from services.errors import WorkspaceDamaged, WorkspaceError
    from services.vault import opening
    from services.workspaces import protection_of, with_suffix

    path = path if path.exists() else with_suffix(path)
    kind = opening.identify(path).kind
    if kind is opening.FileKind.MISSING:
        raise WorkspaceError(
            "The workspace is not where it was",
            "It was moved, renamed, or lies on a disk that is not plugged in. Open it at its new place.",
            code="missing",
        )
    if kind is opening.FileKind.EMPTY:
        raise WorkspaceDamaged(f"{path.name} is empty", "It is no workspace. Choose another file.")
    return Identified(path, protection_of(path).value)


def open_workspace(workspaces: Workspaces, path: Path, key: Key) -> OpenWorkspace:
    """Open a workspace. Raises WorkspaceError."""
    return workspaces.open(path, passphrase=key.passphrase or None, recovery_code=key.recovery_code or None)


def create_workspace(workspaces: Workspaces, wanted: Wanted) -> Created:
    """Make a workspace, and its folder if that is missing. Raises MyCrmError; then nothing is left."""
    from services.errors import WorkspaceError
    from services.vault.protection import Protection
    from services.workspaces import NewWorkspace

    try:
        wanted.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(
            f"The folder {wanted.path.parent} could not be made", "Choose another folder.", code="folder"
        ) from error
    request = NewWorkspace(
        protection=Protection(wanted.protection),
        passphrase=wanted.passphrase,
        user_name=wanted.user_name,
        email=wanted.email,
        time_zone=wanted.time_zone,
    )
    return workspaces.create(wanted.path, request)


def workspace_uid(workspace: OpenWorkspace) -> str:
    """The uid of an open workspace, in hexadecimal."""
    from services.workspaces import information

    return str(information(workspace)["uid"])


def warm_up() -> None:
    """Import what opening needs while the user is still reading the welcome card."""
    import services.workspaces  # noqa: F401


def free_path(folder: Path, name: str) -> Path:
    """A path in `folder` that no file has yet: `name.mycrm`, else `name 2.mycrm` and so on."""
    number, path = 2, folder / f"{name}.mycrm"
    while path.exists():
        path = folder / f"{name} {number}.mycrm"
        number += 1
    return path
