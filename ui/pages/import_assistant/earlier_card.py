"""The card of earlier imports: what was imported when and by whom, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from services.records.ids import Uid
from ui.operations.wording import things
from ui.pages.import_assistant.earlier import EarlierImport
from ui.pages.import_assistant.pace import Progress
from ui.pages.import_assistant.wording import undoing_text
from ui.pages.record.moments import Moments
from ui.widgets.card import Card
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.tag import Tag
from ui.widgets.themed import Themed


class EarlierCard(Card):
    """Hidden as long as nothing was imported."""

    #: An import is to be taken back: the uid of its batch, and what was imported in words.
    undo_requested = Signal(object, str)

    def __init__(self, moments: Moments) -> None:
        super().__init__("", flush=True)
        self._moments = moments
        self._shown: Sequence[EarlierImport] = ()
        self.rows: list[EarlierRow] = []
        self.set_title(self.tr("Imported before"))
        self.hide()

    def show_imports(self, imports: Sequence[EarlierImport]) -> None:
        """List them, newest first; the keyboard stays on the row it was on."""
        if imports == self._shown:
            return
        focused = next((place for place, row in enumerate(self.rows) if row.undo.hasFocus()), -1)
        self._shown = imports
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [EarlierRow(found, self._moments) for found in imports]
        for row in self.rows:
            row.undo.clicked.connect(partial(self.undo_requested.emit, row.batch, row.what))
            self.body.addWidget(row)
        self.setVisible(bool(imports))
        if 0 <= focused < len(self.rows) and not self.rows[focused].undo.isHidden():
            self.rows[focused].undo.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Make the rows anew at the next occasion, even of the same imports."""
        self._shown = ()

    def show_undoing(self, batch: Uid, progress: Progress) -> None:
        """Say how far an import is taken back."""
        for row in self.rows:
            if row.batch == batch and progress.rate:
                row.show_undoing(progress)


class EarlierRow(Themed):
    """40 high: icon, what was imported, when and by whom, and Undo."""

    def __init__(self, found: EarlierImport, moments: Moments) -> None:
        super().__init__()
        self.batch = found.batch
        self._is_undone = found.is_undone
        self.what = what = things(found.entity, found.count)
        when = moments.day_and_time(found.done_at)
        told = self.tr("{when}, {name}").format(when=when, name=found.by) if found.by else when
        self._what = Label(what, role="body-medium", colour="text_3" if found.is_undone else "text")
        self._told = ElidedLabel(told, role="caption", colour="text_3")
        self._tag = Tag(self.tr("Taken back"))
        self._tag.setVisible(found.is_undone)
        self.undo = LinkButton(self.tr("Undo"))
        self.undo.setAccessibleName(self.tr("Undo the import of {things}, {when}").format(things=what, when=when))
        self.undo.setVisible(not found.is_undone)
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconMark("undo" if found.is_undone else "import"))
        self._row.addWidget(self._what)
        self._row.addWidget(self._told, 1)
        self._row.addWidget(self._tag)
        self._row.addWidget(self.undo)
        self.setAccessibleName(f"{what}, {told}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def show_undoing(self, progress: Progress) -> None:
        """Say how far it is."""
        self._told.setText(undoing_text(progress))
        self.undo.hide()

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self.setFixedHeight(metrics.row)
        # A link has four pixels of its own around its text, a tag has none.
        right = metrics.card_pad - (0 if self._is_undone else metrics.space_4)
        self._row.setContentsMargins(metrics.card_pad, 0, right, 0)
        self._row.setSpacing(metrics.group_gap)
