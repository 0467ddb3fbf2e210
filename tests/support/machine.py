"""Describes what a figure was measured on."""

from __future__ import annotations

import os
import platform


def machine() -> str:
    """What a figure depends on, without naming the machine."""
    python = platform.python_version()
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs, Python {python}"
