"""Files dropped anywhere on a panel belong to the record it shows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from ui.pages.record.detail_view_model import DetailViewModel
from ui.pages.record.files_group import dropped_files, put_files


class FileDrop(QObject):
    """Takes what is dropped on a widget while it shows a record that is not in the trash."""

    def __init__(self, panel: QWidget, detail: DetailViewModel) -> None:
        super().__init__(panel)
        self._detail = detail
        panel.setAcceptDrops(True)
        panel.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Entering, moving and dropping are all QDropEvents.
        if not isinstance(event, QDropEvent):
            return super().eventFilter(watched, event)
        if self._takes(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            if event.type() == QEvent.Type.Drop:
                put_files(self._detail, dropped_files(event.mimeData()))
        else:
            event.ignore()
        return True

    def _takes(self, data: QMimeData) -> bool:
        card = self._detail.card
        return card is not None and card.deleted_at is None and bool(dropped_files(data))
