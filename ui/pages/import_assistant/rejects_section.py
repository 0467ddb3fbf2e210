"""The rows that could not be read, below the result: the first of them, and where all of them are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.importing.rejects import reason_text
from services.records.drafts import RowReject
from ui.pages.import_assistant.row_list import number_width
from ui.pages.import_assistant.wording import event_reason
from ui.pages.record.moments import number
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.paragraph import Paragraph
from ui.widgets.themed import Themed

SHOWN: Final = 6
"""As many lines; with more rows the last line says how many more."""


class RejectsSection(Themed):
    """A heading with its link, a sentence, and the first rows with their reasons."""

    #: The file of these rows is to be shown in its folder.
    reveal_requested = Signal()
    #: There is no file of them yet: they are to be saved.
    save_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._has_file = False
        self._title = Label(role="body-strong")
        self._where = Paragraph(role="caption")
        self.link = LinkButton("")
        self.link.clicked.connect(self._on_link_pressed)
        self.lines = [_Line() for _ in range(SHOWN)]
        self._more = Label(role="caption", colour="text_3")
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self.link)
        self._rows = QVBoxLayout()
        for line in self.lines:
            self._rows.addWidget(line)
        self._rows.addWidget(self._more)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self._where)
        self._column.addLayout(self._rows)
        self.restyle()

    def show_rejects(self, rejects: Sequence[RowReject], file_name: str, *, are_events: bool = False) -> None:
        """Show these; `file_name` is where they were written, "" if they could not be.

        Those of a calendar are events (`are_events`): they cannot be saved as the rows of a table.
        """
        count = len(rejects)
        self._has_file = bool(file_name)
        many = self.tr("{count} rows could not be read").format(count=number(count))
        one = self.tr("1 row could not be read")
        if are_events:
            many = self.tr("{count} events could not be read").format(count=number(count))
            one = self.tr("1 event could not be read")
        self._title.setText(one if count == 1 else many)
        there = self.tr("With their reasons in {name}: mend them there and import that file.").format(name=file_name)
        self._where.set_paragraph(there if file_name else self.tr("They are in no file yet."))
        self.link.set_label(self.tr("Show in folder") if file_name else self.tr("Save as file"))
        self.link.setVisible(not are_events)
        self._where.setVisible(not are_events)
        named = count if count <= SHOWN else SHOWN - 1
        for place, line in enumerate(self.lines):
            line.setVisible(place < named)
            if place < named:
                line.show_reject(rejects[place], is_event=are_events)
        self._more.setText(self.tr("and {count} more").format(count=number(count - named)))
        self._more.setVisible(count > named)

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._rows.setContentsMargins(0, metrics.space_8, 0, 0)
        self._rows.setSpacing(metrics.space_4)
        self._more.setContentsMargins(number_width(self.theme), 0, 0, 0)
        # A link has four pixels of its own around its text.
        self._head.setContentsMargins(0, metrics.space_4, -metrics.space_4, 0)

    def _on_link_pressed(self) -> None:
        if self._has_file:
            self.reveal_requested.emit()
        else:
            self.save_requested.emit()


class _Line(QWidget):
    """The number of a row, and why it could not be read."""

    def __init__(self) -> None:
        super().__init__()
        self._number = Label(role="caption", colour="text_3", tabular=True)
        self._reason = ElidedLabel(role="caption", colour="bad")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._number)
        row.addWidget(self._reason, 1)

    def show_reject(self, reject: RowReject, *, is_event: bool) -> None:
        """Show one row, or event."""
        name = self.tr("Event {number}") if is_event else self.tr("Row {number}")
        self._number.setText(name.format(number=number(reject.number)))
        self._number.setMinimumWidth(number_width(self._number.theme))
        self._reason.setText(event_reason(reject) if is_event else reason_text(reject))
        self.setAccessibleName(f"{self._number.text()}: {self._reason.text()}")
