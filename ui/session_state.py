"""What the window remembers from start to start, on this device only: geometry, rail, columns."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QByteArray, QSettings

FILE_NAME: Final = "window.ini"
SETTINGS_GROUP: Final = "settings"


def code_kept_name(workspace_uid: str) -> str:
    """The name under which this laptop remembers that a recovery code was written down."""
    return f"code_kept_{workspace_uid}"


class SessionState:
    """Values by group and name in an ini file; a group is a page's name, or `window`."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / FILE_NAME), QSettings.Format.IniFormat)

    def get(self, group: str, name: str, default: Any = None) -> Any:
        """A value of anything JSON can hold; `default` when there is none, or an unreadable one."""
        text = self._settings.value(f"{group}/{name}")
        if not isinstance(text, str):
            return default
        try:
            return json.loads(text)
        except ValueError:
            return default

    def set(self, group: str, name: str, value: Any) -> None:
        """Keep a value of anything JSON can hold; no personal data belongs here."""
        self._settings.setValue(f"{group}/{name}", json.dumps(value))

    def get_bytes(self, group: str, name: str) -> QByteArray:
        """State that Qt made (`saveGeometry`, `saveState`); empty when there is none."""
        value = self._settings.value(f"{group}/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_bytes(self, group: str, name: str, value: QByteArray) -> None:
        """Keep state that Qt made."""
        self._settings.setValue(f"{group}/{name}", value)

    def save(self) -> None:
        """Write to disk now; Qt does it by itself now and then."""
        self._settings.sync()
