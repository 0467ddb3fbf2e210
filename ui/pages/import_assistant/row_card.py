"""How one row will look: the record it makes or changes, its verdict, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.importing.applying import Verdict
from services.importing.rejects import reason_text
from services.records.drafts import RowReject
from services.records.fields import EntityKind
from ui.pages.import_assistant.dry_run import CheckState
from ui.pages.import_assistant.view_model import ImportViewModel
from ui.pages.import_assistant.wording import match_sentence, verdict_name
from ui.pages.record.moments import number
from ui.pages.record.wording import field_name
from ui.theme.shapes import crisp, panel
from ui.theme.tokens import Tone
from ui.widgets.avatar import Avatar
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.icon_button import IconButton
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.placeholder_rows import paint_placeholder_bar
from ui.widgets.tag import Tag
from ui.widgets.themed import Themed

if TYPE_CHECKING:
    from services.importing.previewing import RowPreview

SHOWN_POINTS = 2
_WITH_FACES = (EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.LEAD)
_TONES = {
    Verdict.CREATED: Tone.OK,
    Verdict.UPDATED: Tone.ACCENT,
    Verdict.FILLED: Tone.ACCENT,
    Verdict.UNCHANGED: Tone.NEUTRAL,
    Verdict.SKIPPED: Tone.NEUTRAL,
    Verdict.REJECTED: Tone.BAD,
}


class RowSection(Themed):
    """The heading with the way from row to row, and the card below it."""

    #: Show the row that many further on, or before.
    step_requested = Signal(int)

    def __init__(self, view_model: ImportViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._place = Label(role="caption", colour="text_3", tabular=True)
        self.before = IconButton("chevron-left", self.tr("Row before"), small=True)
        self.after = IconButton("chevron-right", self.tr("Next row"), small=True)
        self.before.clicked.connect(lambda: self.step_requested.emit(-1))
        self.after.clicked.connect(lambda: self.step_requested.emit(1))
        self.card = RowCard()
        self._head = QHBoxLayout()
        self._head.addWidget(Label(self.tr("How a row will look"), role="body-strong"))
        self._head.addStretch(1)
        self._head.addWidget(self._place)
        self._head.addWidget(self.before)
        self._head.addWidget(self.after)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.card)
        self.restyle()

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._head.setSpacing(metrics.space_4)
        self._column.setContentsMargins(metrics.card_pad, metrics.space_8, metrics.card_pad, metrics.card_pad)
        self._column.setSpacing(metrics.space_6)

    def show_state(self) -> None:
        """Show the row of the moment, or that it is on its way."""
        view_model = self._view_model
        shown, rows = view_model.shown_row, view_model.rows
        ready = view_model.dry_run.state is CheckState.READY
        told = self.tr("Row {number} of {total}").format(number=number(shown), total=number(rows))
        self._place.setText(told if shown and ready else "")
        self.before.setEnabled(ready and shown > 1)
        self.after.setEnabled(ready and shown < rows)
        if not ready:
            self.card.show_waiting()
            return
        verdict = view_model.dry_run.verdicts.of(shown)
        preview, reject = view_model.preview, view_model.dry_run.verdicts.reject(shown)
        if reject is not None:
            self.card.show_reject(reject)
        elif verdict is Verdict.SKIPPED and (preview is None or preview.number != shown):
            self.card.show_nobody(shown, view_model.entity)
        elif preview is not None and preview.number == shown and verdict is not None:
            self.card.show_preview(preview, verdict, view_model.entity)


class RowCard(Themed):
    """On the ground of the page: avatar and name, contact points in the middle, the verdict at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._waits = True
        self._content = QWidget()
        self._avatar = Avatar("", 0, size=40)
        self._square = Avatar("", 0, size=40, rounded=True)
        self._name = ElidedLabel(role="body-strong")
        self._title = ElidedLabel(colour="text_2")
        self._company = ElidedLabel(role="caption", colour="text_3")
        self._points = [_PointLine() for _ in range(2 * SHOWN_POINTS)]
        self._tag = Tag("")
        self._reason = ElidedLabel(role="caption", colour="text_2")
        self._assemble()
        self.setAccessibleName(self.tr("How a row will look"))
        self.show_waiting()

    def show_waiting(self) -> None:
        """Placeholders, standing still."""
        self._waits = True
        self._content.hide()
        self.setAccessibleDescription(self.tr("Checking"))
        self.update()

    def show_preview(self, preview: RowPreview, verdict: Verdict, entity: EntityKind) -> None:
        """The record as the row will leave it."""
        stable_id = preview.standing_id if preview.standing_id is not None else f"row {preview.number}"
        self._show_avatar(preview.name, stable_id, entity)
        phones = [("call", phone) for phone in preview.phones[:SHOWN_POINTS]]
        emails = [("mail", email) for email in preview.emails[:SHOWN_POINTS]]
        place = [("location", preview.place)] if preview.place else []
        self._show_texts(preview.name, preview.title, preview.company, [*phones, *emails, *place])
        self._show_verdict(verdict, self._verdict_text(preview, verdict), self._reason_of(preview, verdict, entity))
        fields = ", ".join(field_name(name) for name in preview.changes)
        self._tag.setToolTip(self.tr("Changes: {fields}").format(fields=fields) if fields else "")
        self._end_waiting()

    def show_reject(self, reject: RowReject) -> None:
        """Why the row cannot be read."""
        self._show_avatar("", 0, EntityKind.CONTACT)
        self._show_texts(self.tr("Row {number}").format(number=number(reject.number)), reason_text(reject), "", [])
        self._show_verdict(Verdict.REJECTED, verdict_name(Verdict.REJECTED), self.tr("The row is left out"))
        self._end_waiting()

    def show_nobody(self, row: int, entity: EntityKind) -> None:
        """The row names nobody."""
        is_person = entity in (EntityKind.CONTACT, EntityKind.LEAD)
        missing = self.tr("No name, no email and no phone") if is_person else self.tr("No name")
        self._show_avatar("", 0, entity)
        self._show_texts(self.tr("Row {number}").format(number=number(row)), missing, "", [])
        self._show_verdict(
            Verdict.SKIPPED, verdict_name(Verdict.SKIPPED), self.tr("Nobody to write it to") if is_person else ""
        )
        self._end_waiting()

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self.setFixedHeight(2 * metrics.control + metrics.space_12)
        self._row.setContentsMargins(metrics.card_pad, 0, metrics.card_pad, 0)
        self._row.setSpacing(metrics.group_gap)

    def _assemble(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        for label in (self._name, self._title, self._company):
            names.addWidget(label)
        names.addStretch(1)
        points = QVBoxLayout()
        points.setSpacing(0)
        points.addStretch(1)
        for line in self._points:
            points.addWidget(line)
        points.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(self.theme.metrics.space_4)
        right.addStretch(1)
        right.addWidget(self._tag, 0, Qt.AlignmentFlag.AlignRight)
        right.addWidget(self._reason)
        right.addStretch(1)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._row = QHBoxLayout(self._content)
        self._row.addWidget(self._avatar)
        self._row.addWidget(self._square)
        self._row.addLayout(names, 3)
        self._row.addLayout(points, 4)
        self._row.addLayout(right)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._content)
        self.restyle()

    def _show_avatar(self, name: str, stable_id: int | str, entity: EntityKind) -> None:
        rounded = entity is EntityKind.COMPANY
        if entity not in _WITH_FACES:
            name = ""
        shown = self._square if rounded else self._avatar
        shown.set_person(name, stable_id)
        self._avatar.setVisible(bool(name) and not rounded)
        self._square.setVisible(bool(name) and rounded)

    def _show_texts(self, name: str, title: str, company: str, points: list[tuple[str, str]]) -> None:
        for label, text in ((self._name, name), (self._title, title), (self._company, company)):
            label.setText(text)
            label.setVisible(bool(text))
        for line, point in zip(self._points, [*points, *[("", "")] * len(self._points)], strict=False):
            line.show_point(*point)

    def _show_verdict(self, verdict: Verdict, text: str, reason: str) -> None:
        self._tag.set_tag(text, tone=_TONES[verdict])
        self._tag.setToolTip("")
        self._reason.setText(reason)

    def _verdict_text(self, preview: RowPreview, verdict: Verdict) -> str:
        name = verdict_name(verdict)
        count = len(preview.changes)
        if verdict not in (Verdict.UPDATED, Verdict.FILLED) or not count:
            return name
        if count == 1:
            return self.tr("{verdict}, 1 field").format(verdict=name)
        return self.tr("{verdict}, {count} fields").format(verdict=name, count=number(count))

    def _reason_of(self, preview: RowPreview, verdict: Verdict, entity: EntityKind) -> str:
        if preview.matched_by:
            return match_sentence(preview.matched_by, entity)
        if preview.repeats:
            return self.tr("Other rows of the file add to it")
        if verdict is Verdict.UNCHANGED:
            return self.tr("Here already, word for word")
        return self.tr("Not here yet") if verdict is Verdict.CREATED else ""

    def _end_waiting(self) -> None:
        self._waits = False
        self._content.show()
        said = (self._name, self._title, self._company, self._reason)
        self.setAccessibleDescription(", ".join(label.text() for label in said if label.text()))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        painter = QPainter(self)
        with crisp(painter):
            panel(painter, self.rect(), fill=palette.surface, border=palette.line, radius=metrics.radius)
            if self._waits:
                inner = self.rect().adjusted(metrics.card_pad, 0, -metrics.card_pad, 0)
                third = inner.height() // 3
                for line, share in enumerate((0.3, 0.42)):
                    row = inner.adjusted(0, 0, 0, 0)
                    row.setTop(inner.top() + line * third + third // 2)
                    row.setHeight(third)
                    paint_placeholder_bar(painter, row, share=share, theme=self.theme)
        painter.end()


class _PointLine(QWidget):
    """An icon and a contact point."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconMark("call", size_role="icon_xs")
        self._text = ElidedLabel(tabular=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._text.theme.metrics.space_6)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)

    def show_point(self, icon: str, text: str) -> None:
        """Show a point, or nothing."""
        self.setVisible(bool(text))
        self._icon.set_icon(icon or "call")
        self._text.setText(text)
