"""Reads what the settings show and changes what they change, off the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from services.errors import Cancelled, MyCrmError
from services.records.fields import PLURALS, EntityKind
from ui.operations import settings as operations
from ui.pages import PageContext
from ui.pages.settings.trash import KINDS, TrashRow, read_trash
from ui.session_state import SETTINGS_GROUP, code_kept_name
from ui.theme.user_locale import number

if TYPE_CHECKING:
    from services.exporting.service import ExportOutcome
    from ui.widgets.toast import Toast

EXPORTED_KINDS: Final = tuple(PLURALS)
"""Everything that an export can hold, in the order in which an import needs it."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the last integrity check of this workspace on this laptop found."""

    checked_at: datetime
    full: bool
    problems: tuple[str, ...]


class SettingsViewModel(QObject):
    """State of the settings page; every change acts at once and comes back as a change of records."""

    #: The acting user was read: UserRow or None.
    user_read = Signal(object)
    #: Facts about the workspace were read: the answer of `workspace info`.
    information_read = Signal(object)
    #: The trash was read: list of TrashRow.
    trash_read = Signal(object)
    #: The own fields of all kinds of record were read: list of CustomField, in their order.
    fields_read = Signal(object)
    #: Everything was exported: ExportOutcome, and the format.
    exported = Signal(object, str)
    #: A check began or ended, or an earlier one was found: CheckResult or None, and whether one is running.
    check_changed = Signal(object, bool)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        #: The size in bytes of a workspace's file; replaced where pictures must always be the same.
        self.measure_file: Callable[[Path], int] = _on_disk
        self._lanes = [context.tasks.lane() for _ in range(4)]
        self._uid = ""
        self._checking = False
        context.bridge.records_changed.connect(self._on_records_changed)

    @property
    def is_checking(self) -> bool:
        """Whether an integrity check is running."""
        return self._checking

    def refresh(self) -> None:
        """Read everything afresh."""
        self._read_user()
        self._read_facts()
        self._read_fields()

    def close(self) -> None:
        """Answers that come later are not wanted."""
        for lane in self._lanes:
            lane.close()
        self.context.bridge.records_changed.disconnect(self._on_records_changed)

    def change_profile(self, **values: Any) -> None:
        """Change the acting user's profile."""
        self.context.perform(operations.change_profile(self.context.workspace, **values))

    def restore(self, rows: list[TrashRow]) -> None:
        """Take records out of the trash, one batch a kind."""
        for entity in KINDS:
            ids = [row.id for row in rows if row.entity is entity]
            if ids:
                self.context.perform(operations.restore(self.context.workspace, entity, ids))

    def check(self, *, full: bool) -> None:
        """Check the workspace; `full` replays the whole ledger."""
        if self._checking:
            return
        self._checking = True
        self.check_changed.emit(self.last_check(), True)
        history = self.context.workspace.history
        task = self.context.tasks.read(lambda: history.verify(full=full))
        task.then(partial(self._on_checked, full)).finally_(self._on_check_ended)

    def last_check(self) -> CheckResult | None:
        """What the last check found, on this laptop."""
        kept = self.context.state.get(SETTINGS_GROUP, f"check_{self._uid}")
        if not isinstance(kept, dict):
            return None
        try:
            at = datetime.fromisoformat(str(kept.get("at")))
        except ValueError:
            return None
        problems = tuple(str(line) for line in kept.get("problems", ()))
        return CheckResult(at, bool(kept.get("full")), problems)

    def is_code_kept(self) -> bool:
        """Whether the user said on this laptop that the recovery code is written down."""
        return bool(self.context.state.get(SETTINGS_GROUP, code_kept_name(self._uid), default=False))

    def set_code_kept(self, kept: bool) -> None:
        """Remember it."""
        self.context.state.set(SETTINGS_GROUP, code_kept_name(self._uid), kept)

    def export(self, to: Path, as_format: str) -> None:
        """Write every record that the format holds to a folder (csv) or a file (all others), with progress."""
        exports, tasks = self.context.workspace.exports, self.context.tasks
        toast = self.context.toasts.show_progress(self.tr("Exporting"))
        show = tasks.reporting(partial(_show_progress, toast))
        stopped = threading.Event()

        def progress(phase: str, done: int, total: int) -> None:
            if stopped.is_set():
                raise Cancelled(self.tr("Export stopped"), self.tr("The file was not finished and is gone."))
            show((phase, done, total))

        job = tasks.read(lambda: exports.run(EXPORTED_KINDS, as_format, to, everything=True, progress=progress))
        toast.action_pressed.connect(stopped.set)
        job.then(partial(self._on_exported, toast, as_format)).otherwise(partial(self._on_export_failed, toast))

    def _read_user(self) -> None:
        self._lanes[0].read(self.context.workspace.users.acting).then(self.user_read.emit)

    def _read_facts(self) -> None:
        from services.workspaces import information

        workspace, measure = self.context.workspace, self.measure_file
        self._lanes[1].read(lambda: {**information(workspace), "on_disk": measure(workspace.store.path)}).then(
            self._on_information
        )
        self._lanes[2].read(partial(read_trash, self.context.workspace)).then(self.trash_read.emit)

    def _read_fields(self) -> None:
        self._lanes[3].read(self.context.workspace.custom_fields.all).then(self.fields_read.emit)

    def _on_information(self, facts: dict[str, Any]) -> None:
        self._uid = str(facts["uid"])
        self.information_read.emit(facts)
        self.check_changed.emit(self.last_check(), self._checking)

    def _on_checked(self, full: bool, problems: list[str]) -> None:
        at = self.context.workspace.store.clock.now()
        kept = {"at": at.isoformat(), "full": full, "problems": problems[:20]}
        self.context.state.set(SETTINGS_GROUP, f"check_{self._uid}", kept)

    def _on_check_ended(self) -> None:
        self._checking = False
        self.check_changed.emit(self.last_check(), False)

    def _on_exported(self, toast: Toast, as_format: str, outcome: ExportOutcome) -> None:
        self.exported.emit(outcome, as_format)
        self.context.toasts.dismiss(toast)
        count = sum(outcome.counts.values())
        told = self.tr("1 record exported") if count == 1 else self.tr("{count} records exported")
        done = self.context.toasts.show_message(told.format(count=number(count)), icon="export", action=self.tr("Show"))
        done.action_pressed.connect(partial(self.context.program.reveal, outcome.path))

    def _on_export_failed(self, toast: Toast, error: BaseException) -> None:
        self.context.toasts.dismiss(toast)
        if isinstance(error, MyCrmError):
            self.context.toasts.show_error(error.title, kept=error.message)
        else:
            self.context.tasks.failed.emit(error)

    def _on_records_changed(self, entity: EntityKind, _ids: tuple[int, ...] | None, _origin: str, _batch: int) -> None:
        if entity is EntityKind.USER:
            self._read_user()
        if entity is EntityKind.CUSTOM_FIELD:
            self._read_fields()
        self._read_facts()


def _on_disk(path: Path) -> int:
    """Bytes of the file and of the log beside it, where the newest changes are."""
    files = (path, path.with_name(f"{path.name}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def _show_progress(toast: Toast, told: tuple[str, int, int]) -> None:
    _phase, done, total = told
    toast.set_progress(done / total if total else 0.0, count=number(done))
