"""The files of a record: dropped or chosen to be kept with it, saved elsewhere, taken away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QMimeData, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from services.records.fields import EntityKind
from services.records.files import FileRow
from services.records.people import RecordCard
from ui.operations import files
from ui.pages.record.detail_view_model import DetailViewModel
from ui.theme.user_locale import readable_size
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.icon_button import IconButton
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.themed import Themed

CHANGED_BY: Final = (EntityKind.FILE,)


class FileLine(Themed):
    """One file: its name, its size, and what can be done with it."""

    #: A copy of it is wanted.
    save_wanted = Signal()
    #: It is to be taken away.
    remove_wanted = Signal()

    def __init__(self, file: FileRow, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = file
        self._icon = IconMark("file")
        name = ElidedLabel()
        name.setText(file.name)
        self.save = IconButton("download", _tr("Save a copy of {name}").format(name=file.name), small=True)
        self.remove = IconButton("trash", _tr("Remove {name}").format(name=file.name), small=True)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._row.addWidget(name, 1)
        self._row.addWidget(Label(readable_size(file.size_bytes), role="caption", colour="text_3"))
        self._row.addWidget(self.save)
        self._row.addWidget(self.remove)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.save.clicked.connect(self.save_wanted)
        self.remove.clicked.connect(self.remove_wanted)
        self.restyle()

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self.setFixedHeight(metrics.row_compact)
        # The glyph, not its place, stands on the edge of the panel.
        inset = (metrics.control_s - metrics.icon_s) // 2
        self._row.setContentsMargins(metrics.space_20 - inset, 0, metrics.space_16, 0)
        self._row.setSpacing(metrics.space_4)
        self._icon.setFixedWidth(metrics.control_s)


class FilesGroup(QWidget):
    """Reads the files of the record on show while its tab is on show."""

    def __init__(self, detail: DetailViewModel) -> None:
        super().__init__()
        self._detail = detail
        self._active = False
        self._shown: int | None = None
        self._lane = detail.context.tasks.lane()
        self.lines: list[FileLine] = []
        self.dialog: QFileDialog | None = None
        self.attach = LinkButton(_tr("Attach a file, or drop it here"), icon="attachment")
        self.attach.clicked.connect(self.choose)
        metrics = self.attach.theme.metrics
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        below = QHBoxLayout()
        below.setContentsMargins(metrics.space_16, 0, metrics.space_16, 0)
        below.addWidget(self.attach)
        below.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addLayout(self._column)
        around.addLayout(below)
        detail.context.bridge.records_changed.connect(self._on_records_changed)

    def show_card(self, card: RecordCard | None) -> None:
        """Show the files of a record."""
        if card is None or card.id == self._shown:
            return
        self._show_lines(())
        self._shown = None
        if self._active:
            self._read()

    def set_active(self, active: bool) -> None:
        """Whether the tab is on show; a hidden one reads nothing."""
        self._active = active
        card = self._detail.card
        if active and card is not None and card.id != self._shown:
            self._read()

    def close_group(self) -> None:
        """The page is closed."""
        self._lane.close()
        self._detail.context.bridge.records_changed.disconnect(self._on_records_changed)

    def choose(self) -> None:
        """Let the user choose files to attach."""
        dialog = QFileDialog(self, _tr("Attach files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: put_files(self._detail, [Path(name) for name in names]))
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.finished.connect(self._on_dialog_finished)
        self.dialog = dialog
        dialog.open()

    def _save(self, file: FileRow) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        dialog = QFileDialog(self, _tr("Save a copy"), folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(file.name)
        dialog.fileSelected.connect(partial(self._on_place_chosen, file))
        self._open(dialog)

    def _on_place_chosen(self, file: FileRow, name: str) -> None:
        context = self._detail.context
        context.perform(files.save_copy(context.workspace, file.id, Path(name)))

    def _remove(self, file: FileRow) -> None:
        context = self._detail.context
        context.perform(files.detach(context.workspace, file.id, file.name))

    def _read(self) -> None:
        card = self._detail.card
        if card is None:
            return
        self._shown = card.id
        workspace, entity, local_id = self._detail.context.workspace, self._detail.kind.entity, card.id
        self._lane.read(lambda: workspace.files.of_record(entity, local_id)).then(self._show_lines)

    def _show_lines(self, found: Sequence[FileRow]) -> None:
        for old in self.lines:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.lines = []
        for file in found:
            line = FileLine(file, parent=self)
            line.save_wanted.connect(partial(self._save, file))
            line.remove_wanted.connect(partial(self._remove, file))
            self._column.addWidget(line)
            self.lines.append(line)

    def _on_dialog_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _on_records_changed(self, entity: EntityKind, _ids: tuple[int, ...] | None, _origin: str, _batch: int) -> None:
        if entity in CHANGED_BY:
            self._shown = None
            if self._active:
                self._read()


def dropped_files(data: QMimeData) -> list[Path]:
    """The local files that are dropped; none when anything else is among them, folders included."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return paths if len(paths) == len(data.urls()) and all(path.is_file() for path in paths) else []


def put_files(detail: DetailViewModel, paths: Sequence[Path]) -> None:
    """Keep files with the record on show."""
    card = detail.card
    if card is not None and card.deleted_at is None and paths:
        detail.context.perform(files.put(detail.context.workspace, detail.kind.entity, card.id, paths))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Files", text)
