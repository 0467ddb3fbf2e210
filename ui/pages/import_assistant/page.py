"""The import assistant as the frame knows it: three steps, its keys and the states worth a picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QStandardPaths, QTimer
from PySide6.QtWidgets import QWidget

from services.records.fields import EntityKind
from services.records.ids import Uid
from ui.pages import PageContext, Shortcut, Target, TourState
from ui.pages.import_assistant.assistant_view import AssistantView
from ui.pages.import_assistant.away_toast import AwayToast
from ui.pages.import_assistant.earlier import SEARCHED_BATCHES, earlier_imports
from ui.pages.import_assistant.import_run import perform_undo
from ui.pages.import_assistant.kinds import KINDS, entity_words
from ui.pages.import_assistant.recent_files import recent_files
from ui.pages.import_assistant.tour import ImportTour
from ui.pages.import_assistant.view_model import ImportViewModel, Step
from ui.pages.record.moments import Moments

EARLIER_SETTLE_MS: Final = 200


class ImportAssistantPage(QObject):
    """Brings in a list of records of one kind, or a calendar."""

    def __init__(self, context: PageContext, downloads: Path | None) -> None:
        super().__init__()
        self.context = context
        self._downloads = downloads
        self.view_model = ImportViewModel(context)
        self.view = AssistantView(self.view_model, Moments(context.workspace.store.clock.now))
        self._away = AwayToast(self.view_model.run, context.toasts)
        self._recent = context.tasks.background(lambda: None)
        self._earlier = context.tasks.lane()
        self._undoing: set[Uid] = set()
        self._earlier_soon = QTimer(self, singleShot=True, interval=EARLIER_SETTLE_MS)
        self._tour = ImportTour(context, self.view_model, self.view)
        self.view.close_requested.connect(self.close_assistant)
        self.view.show_requested.connect(self.show_records)
        self.view.reveal_requested.connect(context.program.reveal)
        self.view.file.earlier.undo_requested.connect(self._on_undo_requested)
        self._earlier_soon.timeout.connect(self._look_for_earlier)
        context.bridge.records_changed.connect(self._on_records_changed)

    @property
    def widget(self) -> QWidget:
        """What fills the centre."""
        return self.view

    @property
    def panel(self) -> QWidget | None:
        """The assistant has no detail panel."""
        return None

    @property
    def title(self) -> str:
        """The page's name."""
        return self.tr("Import")

    def opened(self, target: Target) -> None:
        """In front now, for one kind of record, perhaps with a file already (`argument` is its path)."""
        self._away.end()
        self.view.build_rest()
        if target.entity is not None:
            self.view_model.set_entity(target.entity)
        self.view_model.come_back()
        if target.argument:
            self.view_model.choose_file(Path(target.argument))
        if self.view_model.step is Step.FILE:
            self._look_for_recent()
        self._look_for_earlier()
        self.view.focus_step()

    def left(self) -> None:
        """Another page is in front; an import that is under way goes on, and says so there."""
        self._tour.end()
        self.view_model.leave()
        self._away.begin()

    def closed(self) -> None:
        """The workspace is about to be closed."""
        self._tour.end()
        self._away.end()
        self._recent.forget()
        self.context.bridge.records_changed.disconnect(self._on_records_changed)
        self._earlier_soon.stop()
        self._earlier.close()
        self.view.close_view()
        self.view_model.close()

    def focus_search(self) -> bool:
        """The assistant has no search of its own."""
        return False

    def shortcuts(self) -> Sequence[Shortcut]:
        """The keys of the assistant; those without a command are its widgets' own."""
        return (
            Shortcut("Ctrl+O", self.tr("Choose a file"), self.view.choose_file),
            Shortcut("Ctrl+Return", self.tr("Import what the dry run told"), self.view_model.import_now),
            Shortcut("Alt+Right", self.tr("Next row"), lambda: self.view_model.step_row(1)),
            Shortcut("Alt+Left", self.tr("Row before"), lambda: self.view_model.step_row(-1)),
            Shortcut("J", self.tr("Next column, in the table")),
            Shortcut("K", self.tr("Column before, in the table")),
            Shortcut("Return", self.tr("Choose where the column goes")),
            Shortcut("Escape", self.tr("Cancel the import, else close the assistant")),
        )

    def tour_states(self) -> Sequence[TourState]:
        """The states worth a picture."""
        return self._tour.states()

    def close_assistant(self) -> None:
        """Back to the list that the file was meant for."""
        self.context.navigate(Target(entity_words(self.view_model.entity).page))

    def show_records(self) -> None:
        """Show the list with what was imported."""
        entity: EntityKind = self.view_model.entity
        self.context.navigate(Target(entity_words(entity).page, entity))

    def _look_for_recent(self) -> None:
        downloads, now = self._downloads, self.context.workspace.store.clock.now()
        self._recent.forget()
        task = self.context.tasks.background(lambda: recent_files(downloads, now))
        self._recent = task.then(self.view.file.show_recent)  # type: ignore[assignment]

    def _look_for_earlier(self) -> None:
        history = self.context.workspace.history
        task = self._earlier.read(lambda: earlier_imports(history.batches(limit=SEARCHED_BATCHES)))
        task.then(self.view.file.earlier.show_imports)

    def _on_undo_requested(self, batch: Uid, what: str) -> None:
        if batch not in self._undoing:
            self._undoing.add(batch)
            report = partial(self.view.file.earlier.show_undoing, batch)
            perform_undo(self.context, batch, what, report=report).finally_(partial(self._on_undo_ended, batch))

    def _on_undo_ended(self, batch: Uid) -> None:
        self._undoing.discard(batch)
        self.view.file.earlier.forget()
        self._look_for_earlier()

    def _on_records_changed(self, entity: EntityKind, _ids: Any, _origin: str, _batch: int) -> None:
        if entity in KINDS and self.view_model.is_in_front:
            self._earlier_soon.start()


def make_page(context: PageContext) -> ImportAssistantPage:
    """The page over the open workspace."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    return ImportAssistantPage(context, Path(place) if place else None)
