"""The import goes on while another page is in front: a toast says how far it is, and can cancel it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.pages.import_assistant.import_run import ImportRun
from ui.pages.import_assistant.wording import count_text, pace_text
from ui.widgets.toast import Toast
from ui.widgets.toast_host import ToastHost


class AwayToast(QObject):
    """At most one toast, from leaving the assistant until the import ends or the assistant is back."""

    def __init__(self, run: ImportRun, toasts: ToastHost) -> None:
        super().__init__()
        self._run = run
        self._toasts = toasts
        self._toast: Toast | None = None
        run.progressed.connect(self._on_progressed)
        run.changed.connect(self._on_changed)

    def begin(self) -> None:
        """The assistant is not in front any more."""
        if self._run.is_under_way and self._toast is None:
            self._toast = self._toasts.show_progress(self.tr("Importing"))
            self._toast.action_pressed.connect(self._run.cancel)
            self._on_progressed()

    def end(self) -> None:
        """The assistant shows the progress itself."""
        toast, self._toast = self._toast, None
        if toast is not None:
            self._toasts.dismiss(toast)

    def _on_progressed(self) -> None:
        # A newer toast may have taken its place; the host deletes what it takes away.
        if self._toast is not None and self._toasts.current is self._toast:
            progress = self._run.progress
            self._toast.set_progress(progress.share, count=count_text(progress), rate=pace_text(progress))

    def _on_changed(self) -> None:
        if not self._run.is_under_way:
            self.end()
