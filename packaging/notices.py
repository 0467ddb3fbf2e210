"""Writes NOTICES.md from what the installed libraries declare, and finds the texts that a build has to carry.

`python packaging/notices.py` after a change of the pins; a test compares the file with them.
"""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.txt"
TEXTS = ROOT / "packaging" / "licences"
TARGET = ROOT / "NOTICES.md"

LONGEST_NAME = 100  # some put the whole text where the name belongs
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
# Read from their licence files: the first names none in its metadata, the others are installed on Windows only.
_READ_BY_HAND = {"sqlcipher3": "Zlib", "colorama": "BSD-3-Clause", "pywin32-ctypes": "BSD-3-Clause"}
_BY_CLASSIFIER = {"MIT License": "MIT", "BSD License": "BSD", "Apache Software License": "Apache-2.0"}

INTRODUCTION = """# Notices

MyCRM Desktop is under the MIT licence (see LICENSE). A build of it carries the libraries below, each under its
own licence; the texts are in the folder `licences` of a build and in the libraries' packages.

Qt and its Python bindings (PySide6, shiboken6) are used under the LGPL-3.0, unchanged and as shared libraries of
their own: in a build they lie as single files in `_internal/PySide6` and may be replaced by changed ones.
"""
WITHIN = """
## Within these libraries

| part | in | licence |
|---|---|---|
| CPython | a build | PSF-2.0 |
| Qt 6 | PySide6-Essentials | LGPL-3.0 |
| SQLCipher | sqlcipher3 | BSD-3-Clause |
| SQLite | sqlcipher3 | public domain |
| OpenSSL | sqlcipher3, cryptography | Apache-2.0 |
| Phosphor icons | QtAwesome | MIT |
| Font Awesome, Elusive Icons | QtAwesome | OFL-1.1 |
| Material Design Icons, Remix Icon | QtAwesome | Apache-2.0 |
| Codicons | QtAwesome | CC-BY-4.0 |
| Unicode locale data | Babel | Unicode-3.0 |
| time zone database | tzdata | public domain |
"""


@dataclass(frozen=True, slots=True)
class Component:
    """A library that a build carries."""

    name: str
    licence: str


def locked_names() -> list[str]:
    """The libraries of the runtime lock, each once."""
    return sorted(set(_PIN.findall(LOCK.read_text(encoding="utf-8"))))


def licence_of(name: str) -> str:
    """What a library says its licence is, in the words it uses.

    Raises LookupError when it says nothing and nobody has read its text.
    """
    if name in _READ_BY_HAND:
        return _READ_BY_HAND[name]
    declared = metadata.metadata(name)
    for key in ("License-Expression", "License"):
        if key in declared and len(declared[key]) < LONGEST_NAME:
            return declared[key]
    for classifier in declared.get_all("Classifier") or []:
        last = classifier.rpartition(" :: ")[2]
        if classifier.startswith("License ::") and last in _BY_CLASSIFIER:
            return _BY_CLASSIFIER[last]
    raise LookupError(f"{name} names no licence: read its text and add it to _READ_BY_HAND")


def written_licences() -> dict[str, str]:
    """What NOTICES.md says already: the word on libraries that are for other systems or Pythons than this one."""
    rows = re.findall(r"^\| ([\w.-]+) \| (.+) \|$", TARGET.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(rows)


def components() -> list[Component]:
    """Every library of the runtime lock with its licence."""
    written = written_licences()
    found = []
    for name in locked_names():
        try:
            licence = licence_of(name)
        except metadata.PackageNotFoundError:
            licence = written[name]
        found.append(Component(name, licence))
    return found


def notices(found: Sequence[Component]) -> str:
    """The whole of NOTICES.md."""
    rows = [f"| {component.name} | {component.licence} |" for component in found]
    return "\n".join([INTRODUCTION, "| library | licence |", "|---|---|", *rows, WITHIN]).rstrip() + "\n"


def licence_texts() -> list[tuple[str, str]]:
    """Files of licence texts and the folder of a build that each goes to."""
    texts = [(str(path), "licences") for path in sorted(TEXTS.glob("*.txt"))]
    texts += [(str(ROOT / name), "licences") for name in ("LICENSE", "NOTICES.md")]
    for name in locked_names():
        try:
            files = metadata.files(name) or []
        except metadata.PackageNotFoundError:
            continue  # a library of another system
        named = [file for file in files if ".dist-info" in file.parts[0] and _LICENCE_FILE.search(file.name)]
        texts += [(str(file.locate()), f"licences/{name}/{'/'.join(file.parts[1:-1])}") for file in named]
    python = [Path(sysconfig.get_path("stdlib"), "LICENSE.txt"), Path(sys.base_prefix, "LICENSE.txt")]
    return texts + [(str(path), "licences/python") for path in python if path.exists()]


if __name__ == "__main__":
    TARGET.write_text(notices(components()), encoding="utf-8", newline="\n")
