"""What is told while there is no window to tell it in: a fault of the program, a start that cannot go on."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox


def tell(title: str, message: str) -> None:
    """Say what happened and what to do, on the screen and to whoever started the program from a shell."""
    sys.stderr.write(f"{title}. {message}\n")
    box = QMessageBox(QMessageBox.Icon.Warning, "MyCRM", title, QMessageBox.StandardButton.Close)
    box.setInformativeText(message)
    box.exec()


def tell_of_fault(log_file: Path) -> None:
    """Say that the program failed somewhere, what is safe, and where the details are."""
    box = QMessageBox(
        QMessageBox.Icon.Warning,
        QCoreApplication.translate("Crash", "MyCRM made a mistake"),
        QCoreApplication.translate(
            "Crash",
            "Something went wrong inside the program. Everything you saved is safe. Close the window and "
            "start it again; if it happens once more, send us the log.",
        ),
        QMessageBox.StandardButton.Close,
    )
    box.setInformativeText(
        QCoreApplication.translate("Crash", "The log holds no names and no notes: {path}").format(path=log_file)
    )
    show = box.addButton(QCoreApplication.translate("Crash", "Show the log"), QMessageBox.ButtonRole.ActionRole)
    show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file.parent))))
    box.exec()
