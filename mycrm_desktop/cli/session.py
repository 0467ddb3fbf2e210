"""What one call of `mycrm` works with: its global options, the open workspace, and how it answers."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Final

import typer

from mycrm_desktop.folders import config_folder, device_id
from services.errors import InvalidValue, MyCrmError, NeedsDecision, WorkspaceError, WorkspaceReadOnly
from services.open_workspace import OpenWorkspace
from services.store.store import Surroundings
from services.vault.keyring_store import KeyringStore
from services.vault.keys import KeyStore
from services.workspace_list import WorkspaceList
from services.workspaces import Workspaces, with_suffix

ENVIRONMENT_WORKSPACE: Final = "MYCRM_WORKSPACE"
_PROGRESS_EVERY_S: Final = 0.5
_NOT_ABOUT_THE_FILE: Final = frozenset({"exists", "disk_full"})


@dataclass(slots=True)
class Session:
    """The global options of this call; commands open the workspace through it."""

    workspace_path: Path | None = None
    passphrase_file: Path | None = None
    user: str | None = None
    as_json: bool = False
    no_input: bool = False
    _last_progress: float = field(default=0.0, repr=False)

    def workspaces(self) -> Workspaces:
        """What makes and opens workspace files."""
        return Workspaces(self.keys(), Surroundings(device=device_id(config_folder()), program="mycrm"))

    def keys(self) -> KeyStore:
        """The operating system's keyring."""
        return KeyringStore()

    def passphrase(self) -> str | None:
        """The passphrase of this call: the first line of the file that was named."""
        return None if self.passphrase_file is None else self.first_line(self.passphrase_file)

    @staticmethod
    def first_line(file: Path) -> str:
        """The first line of a passphrase file. Raises InvalidValue."""
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidValue(
                f"The passphrase file {file} could not be read", "Check its path and permissions."
            ) from error
        return text.split("\n", 1)[0].rstrip("\r")

    def path(self) -> Path:
        """The workspace of this call. Raises InvalidValue when none was named and none was used before."""
        if self.workspace_path is not None:
            return self.workspace_path
        named = os.environ.get(ENVIRONMENT_WORKSPACE)
        if named:
            return Path(named)
        last = WorkspaceList(config_folder()).last_used()
        if last is not None:
            return last
        raise InvalidValue(
            "No workspace was named",
            "Give --workspace PATH, or make one: mycrm workspace create PATH",
            field="workspace",
        )

    def existing_path(self) -> Path:
        """The workspace file of this call, with its suffix if that was left out."""
        path = self.path()
        return path if path.exists() else with_suffix(path)

    def has_workspace(self) -> bool:
        """Whether this call has a workspace file to work with."""
        try:
            return self.existing_path().exists()
        except InvalidValue:
            return False

    def remember(self, path: Path) -> None:
        """Make a workspace the one that commands without --workspace work with."""
        WorkspaceList(config_folder()).use(path)

    def known_workspaces(self) -> list[dict[str, Any]]:
        """The workspaces known on this laptop, the last used first."""
        return [
            {"path": entry.path, "name": entry.name, "last_used_at": entry.last_used_at}
            for entry in WorkspaceList(config_folder()).all()
        ]

    @contextmanager
    def opened(self) -> Iterator[OpenWorkspace]:
        """The open workspace, closed when the block ends."""
        workspace = self.workspaces().open(self.path(), passphrase=self._passphrase_or_ask(), user=self.user)
        try:
            yield workspace
        finally:
            workspace.close()

    def _passphrase_or_ask(self) -> str | None:
        given = self.passphrase()
        if given is not None or self.no_input or not sys.stdin.isatty():
            return given
        from services.vault.protection import Protection
        from services.workspaces import protection_of

        path = self.existing_path()
        if path.exists() and protection_of(path) is Protection.PASSPHRASE:
            return str(typer.prompt("Passphrase", hide_input=True, err=True))
        return None

    def answer(self, document: Any, text: str | None = None) -> None:
        """Print the answer: the document as JSON, or `text` (else the document in plain lines)."""
        if self.as_json:
            typer.echo(json.dumps(plain(document), ensure_ascii=False))
        else:
            typer.echo(text if text is not None else as_lines(document))

    def say(self, text: str) -> None:
        """A message beside the answer."""
        typer.echo(text, err=True)

    def progress(self, phase: str, done: int, total: int) -> None:
        """Progress on stderr, at most twice a second."""
        now = time.monotonic()
        if now - self._last_progress >= _PROGRESS_EVERY_S:
            self._last_progress = now
            self.say(f"{phase} {done:,} of {total:,}" if total else f"{phase} {done:,}")


def plain(value: Any) -> Any:
    """A value as JSON holds it: moments as ISO 8601 UTC, uids in hexadecimal."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value


def as_lines(document: Any) -> str:
    """A document for people: a line a value, a line an item."""
    value = plain(document)
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        return "\n".join(_line(item) for item in value["items"]) or "Nothing here."
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_short(item)}" for key, item in value.items() if item not in (None, "", [], {}))
    if isinstance(value, list):
        return "\n".join(_line(item) for item in value)
    return str(value)


def _line(item: Any) -> str:
    if isinstance(item, dict):
        return "  ".join(_short(part) for part in item.values() if part not in (None, "", [], {}))
    return _short(item)


def _short(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def exit_code(error: MyCrmError) -> int:
    """1 known error, 3 stopped for a decision, 4 workspace locked or unreadable."""
    if isinstance(error, NeedsDecision):
        return 3
    if isinstance(error, WorkspaceReadOnly) or error.code in _NOT_ABOUT_THE_FILE:
        return 1
    return 4 if isinstance(error, WorkspaceError) else 1


def session_of(context: typer.Context) -> Session:
    """The session of a command's context."""
    found = context.find_object(Session)
    assert found is not None
    return found
