"""The states of the assistant that are worth a picture, on a list made for them in a folder of its own."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject

from services.errors import MyCrmError
from services.importing.applying import Verdict
from services.records.fields import EntityKind
from services.records.ledger import UndoOutcome
from services.store.queries.listing import ListRequest
from ui.operations import history
from ui.pages import PageContext, TourState
from ui.pages.import_assistant.assistant_view import AssistantView
from ui.pages.import_assistant.dry_run import CheckState
from ui.pages.import_assistant.import_run import RunState
from ui.pages.import_assistant.pace import Progress
from ui.pages.import_assistant.recent_files import recent_files
from ui.pages.import_assistant.sample_calendar import write_calendar
from ui.pages.import_assistant.sample_list import KnownPerson, write_fair_list
from ui.pages.import_assistant.view_model import ImportViewModel, Step
from ui.tasks import Task

KNOWN: Final = 287
NO_TABLE: Final = "Katalog.csv"
CALENDAR: Final = "Messe_Hamburg.ics"
SHOWN_SHARE: Final = 0.62
SHOWN_RATE: Final = 4_120


class ImportTour(QObject):
    """Makes the states; what it imports is taken back as soon as another state or page is wanted."""

    def __init__(self, context: PageContext, view_model: ImportViewModel, view: AssistantView) -> None:
        super().__init__()
        self._context = context
        self._view_model = view_model
        self._view = view
        self._folder: Path | None = None
        self._imported = False
        self._then: Callable[[], None] | None = None

    def states(self) -> list[TourState]:
        """The states in the order of the steps."""
        return [
            TourState("file", self._show_file_step),
            TourState("unreadable", self._show_unreadable),
            TourState("mapped", partial(self._map, None)),
            TourState("calendar", self._show_calendar),
            TourState("new-rows", partial(self._map, self._list_new_rows)),
            TourState("running", partial(self._map, self._show_running)),
            TourState("failed", partial(self._map, self._show_failed)),
            TourState("result", partial(self._map, self._import)),
            TourState("undone", partial(self._map, self._import_and_undo)),
        ]

    def end(self) -> None:
        """Leave the workspace and the disk as they were; nothing where no picture was taken."""
        if self._folder is None:
            return
        self._view_model.run.pose(RunState.NOTHING)
        self._take_back()
        self._context.toasts.dismiss()
        self._remove_folder()

    def _show_file_step(self) -> None:
        self._start_afresh(lambda: self._write_list(self._show_recent))

    def _start_afresh(self, then: Callable[[], None]) -> None:
        """The workspace as it was, an empty folder, the first step; then go on."""
        run = self._view_model.run
        run.pose(RunState.NOTHING)
        self._context.toasts.dismiss()
        self._remove_folder()
        task = self._take_back()
        self._view_model.start_over()
        if task is None:
            then()
        else:
            task.then(lambda _outcome: then())

    def _show_recent(self, path: Path) -> None:
        now = self._context.workspace.store.clock.now()
        os.utime(path, (now.timestamp(), now.timestamp()))
        self._view.file.show_recent(recent_files(path.parent, now))

    def _show_unreadable(self) -> None:
        self._start_afresh(self._choose_no_table)

    def _choose_no_table(self) -> None:
        path = self._own_folder() / NO_TABLE
        path.write_bytes(b"%PDF-1.7\n% a catalogue that was given the name of a table\n")
        self._view_model.choose_file(path)

    def _show_calendar(self) -> None:
        self._start_afresh(self._choose_calendar)

    def _choose_calendar(self) -> None:
        path = self._own_folder() / CALENDAR
        write_calendar(path)
        self._view_model.choose_file(path)

    def _map(self, then: Callable[[], None] | None) -> None:
        self._then = then
        self._start_afresh(self._write_contacts)

    def _write_contacts(self) -> None:
        self._view_model.set_entity(EntityKind.CONTACT)
        self._write_list(self._on_list_written)

    def _write_list(self, then: Callable[[Path], None]) -> None:
        folder, context = self._own_folder(), self._context

        def write() -> Path:
            contacts = context.workspace.contacts
            ids = contacts.ids(ListRequest("", "name"))[:KNOWN]
            known = [
                KnownPerson(row.name, row.email, row.company)
                for row in contacts.rows(ids)
                if row.email and " " in row.name
            ]
            return write_fair_list(folder, known)

        context.tasks.read(write).then(then)

    def _on_list_written(self, path: Path) -> None:
        self._view_model.mapping_changed.connect(self._on_mapped)
        self._view_model.choose_file(path)

    def _on_mapped(self) -> None:
        if self._view_model.step is not Step.MAP:
            return
        self._view_model.mapping_changed.disconnect(self._on_mapped)
        self._view_model.dry_run.changed.connect(self._on_checked)
        if self._view_model.chosen.left_out:
            self._view_model.keep_left_out()

    def _on_checked(self) -> None:
        if self._view_model.dry_run.state is not CheckState.READY:
            return
        self._view_model.dry_run.changed.disconnect(self._on_checked)
        then, self._then = self._then, None
        if then is not None:
            then()

    def _list_new_rows(self) -> None:
        self._view.map.rows.show_verdict(Verdict.CREATED)
        self._view.map.columns.table.go_to_row(2)

    def _show_running(self) -> None:
        rows = self._view_model.rows
        progress = Progress("Importing", round(rows * SHOWN_SHARE), rows, SHOWN_RATE, 1.0)
        self._view_model.pose(RunState.RUNNING, progress=progress)

    def _show_failed(self) -> None:
        error = MyCrmError(
            self.tr("There is too little space on the disk for this import"),
            self.tr("It needs 96 MB free, there are 31 MB. Nothing was imported."),
        )
        self._view_model.pose(RunState.FAILED, error=error)

    def _import_and_undo(self) -> None:
        self._view_model.run.changed.connect(self._on_run_changed)
        self._import()

    def _on_run_changed(self) -> None:
        if self._view_model.run.state is RunState.DONE:
            self._view_model.run.changed.disconnect(self._on_run_changed)
            self._imported = False
            self._view_model.run.undo()

    def _import(self) -> None:
        self._imported = True
        self._view_model.import_now()

    def _take_back(self) -> Task[UndoOutcome] | None:
        run = self._view_model.run
        imported, self._imported = self._imported, False
        if not imported or run.state is not RunState.DONE or run.outcome is None or run.outcome.batch is None:
            return None
        return self._context.tasks.write(history.undo(self._context.workspace, run.outcome.batch).run)

    def _remove_folder(self) -> None:
        folder, self._folder = self._folder, None
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)

    def _own_folder(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="mycrm-tour-"))
        return self._folder
