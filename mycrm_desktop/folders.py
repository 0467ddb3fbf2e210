"""Where this program keeps what belongs to the laptop and not to a workspace."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

import platformdirs

CONFIG_FOLDER_VARIABLE: Final = "MYCRM_CONFIG_DIR"
_APPLICATION: Final = "MyCRM"


def config_folder() -> Path:
    """The folder of settings of this laptop; MYCRM_CONFIG_DIR names another one."""
    named = os.environ.get(CONFIG_FOLDER_VARIABLE)
    return Path(named) if named else Path(platformdirs.user_config_dir(_APPLICATION, appauthor=False))


def device_id(folder: Path) -> bytes:
    """The 16 random bytes that name this laptop in ledgers; made at the first call."""
    path = folder / "device"
    try:
        found = bytes.fromhex(path.read_text(encoding="ascii").strip())
        if len(found) == 16:
            return found
    except (OSError, ValueError):
        pass
    folder.mkdir(parents=True, exist_ok=True)
    made = secrets.token_bytes(16)
    path.write_text(made.hex(), encoding="ascii")
    return made
