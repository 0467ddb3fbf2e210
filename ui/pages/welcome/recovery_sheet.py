"""The recovery code on paper and in a file: what it opens, and how it is used."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from services.errors import MyCrmError

translate = QCoreApplication.translate


def sheet_lines(workspace: str, groups: tuple[str, ...]) -> list[str]:
    """The text of the sheet; the code stands in two lines of four groups."""
    return [
        translate("RecoverySheet", "MyCRM recovery code"),
        translate("RecoverySheet", "Workspace: {name}").format(name=workspace),
        "-".join(groups[:4]),
        "-".join(groups[4:]),
        translate(
            "RecoverySheet",
            "It opens the workspace when the keyring of the laptop is lost or the passphrase forgotten: "
            "choose “Recovery code” on the unlock card and type it. Capitals and dashes do not matter.",
        ),
        translate(
            "RecoverySheet",
            "Keep it apart from the laptop. Whoever has it and the file can read everything; nobody can send "
            "you a new one.",
        ),
    ]


def print_sheet(parent: QWidget, workspace: str, groups: tuple[str, ...]) -> bool:
    """Ask for a printer and print the sheet; False when the user changed their mind."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    title, name, first, second, *rest = sheet_lines(workspace, groups)
    document = QTextDocument()
    document.setHtml(
        f"<h2>{title}</h2><p>{name}</p><pre style='font-size:18pt'>{first}<br>{second}</pre>"
        + "".join(f"<p>{line}</p>" for line in rest)
    )
    document.print_(printer)
    return True


def save_sheet(path: Path, workspace: str, groups: tuple[str, ...]) -> None:
    """Write the sheet into a file that only its owner reads. Raises MyCrmError."""
    text = "\n\n".join(sheet_lines(workspace, groups)) + "\n"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise MyCrmError(
            translate("RecoverySheet", "The file could not be written"),
            translate("RecoverySheet", "Choose another folder, best on another disk."),
        ) from error
