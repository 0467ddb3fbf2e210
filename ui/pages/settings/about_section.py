"""What this program is, and whose work is in it."""

from __future__ import annotations

import platform
from typing import Final

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.pages.settings.section import FoundRow, Section
from ui.widgets.card import Card
from ui.widgets.label import Label

LIBRARIES: Final = (
    ("Qt for Python (PySide6)", "LGPL-3.0"),
    ("SQLCipher and SQLite", "BSD-3-Clause, public domain"),
    ("sqlcipher3", "Zlib"),
    ("SQLAlchemy and Alembic", "MIT"),
    ("cryptography", "Apache-2.0 or BSD-3-Clause"),
    ("keyring, platformdirs", "MIT"),
    ("QtAwesome with the Phosphor icons", "MIT"),
    ("qasync", "BSD-2-Clause"),
    ("phonenumbers", "Apache-2.0"),
    ("CleverCSV, charset-normalizer, RapidFuzz", "MIT"),
    ("Babel, NumPy", "BSD-3-Clause"),
    ("orjson", "Apache-2.0 or MIT"),
    ("Lark, Typer", "MIT"),
    ("python-dateutil", "Apache-2.0 or BSD-3-Clause"),
)


class AboutSection(Section):
    """Version and licences."""

    def __init__(self, version: str, *, parent: QWidget | None = None) -> None:
        super().__init__("", "info", parent=parent)
        self.title = self.tr("About")
        program = FoundRow(
            self.tr("MyCRM {version}").format(version=version),
            self.tr("The CRM that a salesperson owns. Free software under the MIT licence."),
            icon="laptop",
        )
        runs_on = FoundRow(
            self.tr("Runs on"),
            self.tr("Python {python}, Qt {qt}, {system}").format(
                python=platform.python_version(), qt=qVersion(), system=platform.system()
            ),
            icon="code",
        )
        self.rows_card(self.tr("This program"), [program, runs_on])
        card = Card(self.tr("Made with"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.theme.metrics.page_margin)
        grid.setVerticalSpacing(self.theme.metrics.space_6)
        grid.setColumnStretch(1, 1)
        for place, (name, licence) in enumerate(LIBRARIES):
            grid.addWidget(Label(name), place, 0)
            grid.addWidget(Label(licence, colour="text_2"), place, 1)
        card.body.addLayout(grid)
        self.add_card(card)
