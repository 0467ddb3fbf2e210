"""Data in and out, where the file is, and what lies in the trash."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from services.records.fields import EntityKind
from ui.pages import Target
from ui.pages.settings.section import FoundRow, Section
from ui.pages.settings.trash import TrashRow
from ui.pages.settings.view_model import SettingsViewModel
from ui.paths import short_path
from ui.theme.user_locale import number
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.paragraph import Paragraph
from ui.widgets.settings_row import SettingsRow

if TYPE_CHECKING:
    from services.exporting.service import ExportOutcome

ICONS: Final = {
    EntityKind.CONTACT: "contacts",
    EntityKind.COMPANY: "companies",
    EntityKind.LEAD: "leads",
    EntityKind.DEAL: "deals",
    EntityKind.TASK: "task",
    EntityKind.EVENT: "calendar",
    EntityKind.ACTIVITY: "activity",
}
LISTED: Final = 12
UNITS: Final = ("KB", "MB", "GB")


class DataSection(Section):
    """Everything can be taken out again, and nothing deleted is gone at once."""

    def __init__(self, view_model: SettingsViewModel, *, parent: QWidget | None = None) -> None:
        super().__init__("", "database", parent=parent)
        self.title = self.tr("Data")
        self._view_model = view_model
        self._path: Path | None = None
        self._trash: list[TrashRow] = []
        self.import_button = Button(self.tr("Import"), icon="import", small=True)
        self.json_button = Button(self.tr("JSON"), small=True)
        self.xlsx_button = Button(self.tr("Spreadsheet"), small=True)
        self.csv_button = Button(self.tr("csv"), small=True)
        self.vcf_button = Button(self.tr("vCards"), small=True)
        self.ics_button = Button(self.tr("Calendar"), small=True)
        self.folder_button = Button(self.tr("Open folder"), icon="folder", small=True)
        self.restore_button = Button(self.tr("Restore all"), small=True)
        self._file = FoundRow(self.tr("Workspace file"), " ", icon="database", control=self.folder_button)
        self._counts = FoundRow(self.tr("In it"), " ", icon="table")
        self._trash_card = Card(self.tr("Trash"), flush=True)
        self.left_out_card = Card(self.tr("Left out of the last export"))
        self.left_out = Paragraph()
        self._fill()
        self._connect()

    def _fill(self) -> None:
        everything = self._side_by_side(self.json_button, self.xlsx_button, self.csv_button)
        parts = self._side_by_side(self.vcf_button, self.ics_button)
        self.rows_card(
            self.tr("In and out"),
            [
                FoundRow(
                    self.tr("Bring your records"),
                    self.tr("From a file of another program; nothing is written before you have seen what happens."),
                    icon="import",
                    control=self.import_button,
                ),
                FoundRow(
                    self.tr("Take everything with you"),
                    self.tr("All living records. JSON holds all of it; what the others have no place for is told."),
                    icon="export",
                    control=everything,
                ),
                FoundRow(
                    self.tr("For other programs"),
                    self.tr("Contacts and companies as vCards, events and tasks as a calendar."),
                    icon="export",
                    control=parts,
                ),
            ],
        )
        self.left_out_card.body.addWidget(self.left_out)
        self.left_out_card.hide()
        self.add_card(self.left_out_card)
        self.rows_card(self.tr("On this disk"), [self._file, self._counts])
        self._trash_card.add_action(self.restore_button)
        self.add_card(self._trash_card)

    def _connect(self) -> None:
        context = self._view_model.context
        self.import_button.clicked.connect(lambda: context.navigate(Target("import_assistant")))
        for button, as_format in self._formats().items():
            button.clicked.connect(partial(self._export, as_format))
        self.folder_button.clicked.connect(self._on_folder_clicked)
        self.restore_button.clicked.connect(lambda: self._view_model.restore(self._trash))
        self._view_model.exported.connect(self._on_exported)
        self._view_model.information_read.connect(self._on_information_read)
        self._view_model.trash_read.connect(self._on_trash_read)

    def _formats(self) -> dict[Button, str]:
        return {
            self.json_button: "json",
            self.xlsx_button: "xlsx",
            self.csv_button: "csv",
            self.vcf_button: "vcf",
            self.ics_button: "ics",
        }

    def _side_by_side(self, *buttons: Button) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.metrics.row_gap)
        for button in buttons:
            button.setAccessibleName(self.tr("Export as {format}").format(format=button.text()))
            row.addWidget(button)
        return holder

    def _export(self, as_format: str) -> None:
        day = self._view_model.context.workspace.store.clock.now().astimezone()
        name = self.tr("MyCRM export {day}").format(day=f"{day:%Y-%m-%d}")
        if as_format == "csv":
            text = QFileDialog.getExistingDirectory(self, self.tr("Export everything"), str(Path.home()))
            text = str(Path(text) / name) if text else ""
        else:
            kinds = {
                "json": self.tr("JSON (*.json)"),
                "xlsx": self.tr("Spreadsheet (*.xlsx)"),
                "vcf": self.tr("vCards (*.vcf)"),
                "ics": self.tr("Calendar (*.ics)"),
            }
            proposed = str(Path.home() / f"{name}.{as_format}")
            text, _kind = QFileDialog.getSaveFileName(self, self.tr("Export"), proposed, kinds[as_format])
        if text:
            self._view_model.export(Path(text), as_format)

    def _on_exported(self, outcome: ExportOutcome, as_format: str) -> None:
        """What the format has no place for stays in sight until the next export."""
        names = {as_: button.text() for button, as_ in self._formats().items()}
        told = self.tr("{format} has no place for:").format(format=names.get(as_format, as_format))
        rest = self.tr("Nothing of it is lost here, and an export as JSON holds it.")
        self.left_out.set_paragraph("\n".join((told, *outcome.cannot_hold, rest)))
        self.left_out_card.setVisible(bool(outcome.cannot_hold))

    def _on_folder_clicked(self) -> None:
        if self._path is not None:
            self._view_model.context.program.reveal(self._path)

    def _on_information_read(self, facts: dict[str, Any]) -> None:
        self._path = Path(facts["path"])
        self._file.set_sentence(short_path(self._path))
        self._file.set_value(readable_size(int(facts["on_disk"])))
        counts = facts["counts"]
        self._counts.set_sentence(
            self.tr("{contacts} contacts, {companies} companies, {activities} activities, {changes} changes").format(
                contacts=number(counts["contacts"]),
                companies=number(counts["companies"]),
                activities=number(counts["activities"]),
                changes=number(facts["changes"]),
            )
        )
        self._trash_card.set_metadata(number(facts["trash"]) if facts["trash"] else "")

    def _on_trash_read(self, rows: list[TrashRow]) -> None:
        self._trash = rows
        self.restore_button.setVisible(bool(rows))
        body = self._trash_card.body
        while (item := body.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if not rows:
            body.addWidget(self._note(self.tr("Empty. What you delete stays here until you take it back.")))
        for row in rows[:LISTED]:
            button = Button(self.tr("Restore"), icon="restore", small=True)
            button.setAccessibleName(self.tr("Restore {name}").format(name=row.name))
            button.clicked.connect(partial(self._view_model.restore, [row]))
            body.addWidget(SettingsRow(row.name, row.detail, icon=ICONS[row.entity], control=button))
        if len(rows) > LISTED:
            body.addWidget(self._note(self.tr("And {count} more.").format(count=number(len(rows) - LISTED))))

    def _note(self, text: str) -> QWidget:
        metrics = self.theme.metrics
        note = Paragraph(text)
        note.setContentsMargins(metrics.card_pad, metrics.space_4, metrics.card_pad, metrics.space_16)
        note.setAlignment(Qt.AlignmentFlag.AlignLeft)
        return note


def readable_size(size: int) -> str:
    """A size in bytes as people read it: `12.4 MB`."""
    value = size / 1024
    for unit in UNITS:
        if value < 1024 or unit == UNITS[-1]:
            return f"{value:.0f} {unit}" if value >= 100 or unit == "KB" else f"{value:.1f} {unit}"
        value /= 1024
    raise AssertionError("the last unit takes everything")
