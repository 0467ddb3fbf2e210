"""A record as it stood after each of its changes: a slider through time, and the values of that moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from services.records.explanations import Standing
from services.records.fields import CUSTOM_PREFIX, FIELDS, FieldKind
from services.records.ids import Uid
from ui.pages.record.detail_view_model import DetailViewModel
from ui.pages.record.field_row import LABEL_SHARE
from ui.pages.record.moments import Moments, as_typed, long_date
from ui.pages.record.wording import choice, field_name
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.paragraph import Paragraph
from ui.widgets.slider import Slider
from ui.widgets.themed import Themed

SETTLING_MS: Final = 40
LEFT_OUT: Final = frozenset({"created", "external_key", "last_contact"})


class StandingBox(Themed):
    """At its right end the record is as it is now, and nothing more is shown."""

    #: The values of a moment came, or went away again.
    shown = Signal()

    def __init__(self, detail: DetailViewModel, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail = detail
        self._reading = detail.context.tasks.lane()
        self._uid: Uid | None = None
        self._moments: list[datetime] = []
        self.lines: list[tuple[str, str, bool]] = []
        self.slider = Slider(_tr("As it was"))
        self._said = Label(role="caption", colour="text_2")
        self._back = LinkButton(_tr("Back to now"), role="caption-medium")
        self._values = QWidget()
        self._grid = QGridLayout(self._values)
        self._soon = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._soon.timeout.connect(self._read)
        head = QHBoxLayout()
        head.addWidget(self._said, 1)
        head.addWidget(self._back)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(self.slider)
        self._column.addWidget(self._values)
        self.slider.valueChanged.connect(self._on_moved)
        self._back.clicked.connect(self.go_back)
        self.show_changes(None, ())
        self.restyle()

    @property
    def moment(self) -> datetime | None:
        """The moment on show; None for now."""
        place = self.slider.value()
        return self._moments[place] if place < len(self._moments) - 1 else None

    def show_changes(self, uid: Uid | None, moments: Sequence[datetime]) -> None:
        """Offer the moments of these changes, the oldest first; it goes back to now."""
        self._reading.forget()
        self._uid, self._moments = uid, sorted(set(moments))
        self.slider.blockSignals(True)
        self.slider.setRange(0, max(0, len(self._moments) - 1))
        self.slider.setValue(self.slider.maximum())
        self.slider.blockSignals(False)
        self.setVisible(len(self._moments) > 1)
        self._say()
        self._show_values(())

    def go_back(self) -> None:
        """Show the record as it is now."""
        self.slider.setValue(self.slider.maximum())
        self.slider.setFocus()

    def close_box(self) -> None:
        """The page is closed."""
        self._soon.stop()
        self._reading.close()

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._column.setContentsMargins(metrics.space_20, metrics.gap, metrics.space_20, metrics.space_8)
        self._column.setSpacing(metrics.space_4)
        self._grid.setContentsMargins(0, metrics.space_8, 0, metrics.space_8)
        self._grid.setHorizontalSpacing(metrics.group_gap)
        self._grid.setVerticalSpacing(metrics.space_4)
        self._grid.setColumnMinimumWidth(0, round(LABEL_SHARE * self.theme.zoom))
        self._grid.setColumnStretch(1, 1)

    def _say(self) -> None:
        moment = self.moment
        if moment is None:
            self._said.setText(_tr("As it is now"))
        else:
            self._said.setText(_tr("As it was, {when}").format(when=self._detail.moments.exact(moment)))
        self.slider.setAccessibleDescription(self._said.text())
        self._back.setVisible(moment is not None)

    def _on_moved(self) -> None:
        self._say()
        if self.moment is None:
            self._soon.stop()
            self._reading.forget()
            self._show_values(())
        else:
            self._soon.start()

    def _read(self) -> None:
        uid, moment = self._uid, self.moment
        if uid is None or moment is None:
            return
        explaining, moments = self._detail.context.workspace.explaining, self._detail.moments

        def read() -> list[tuple[str, str, bool]]:
            return standing_lines(explaining.standing(uid, moment), explaining.standing(uid, moments.now()), moments)

        self._reading.read(read).then(self._show_values)

    def _show_values(self, lines: Sequence[tuple[str, str, bool]]) -> None:
        self.lines = list(lines)
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        top = Qt.AlignmentFlag.AlignTop
        for row, (name, value, differs) in enumerate(self.lines):
            self._grid.addWidget(Label(name, role="caption", colour="text_2"), row, 0, top)
            text = Paragraph(
                value, role="caption-medium" if differs else "caption", colour="text" if differs else "text_2"
            )
            self._grid.addWidget(text, row, 1, top)
        self._values.setVisible(bool(self.lines))
        self.shown.emit()


def standing_lines(then: Standing, now: Standing, moments: Moments) -> list[tuple[str, str, bool]]:
    """Name, value, and whether it is another one today, of every field that was filled then or is now."""
    specs = FIELDS[then.entity]
    known = [*specs, *(name for name in (*then.fields, *now.fields) if name.startswith(CUSTOM_PREFIX))]
    found = []
    for name in dict.fromkeys(known):
        show = choice if name in specs and specs[name].kind is FieldKind.CHOICE else partial(_shown, moments=moments)
        before, after = (show(fields[name]) if fields.get(name) else "" for fields in (then.fields, now.fields))
        if (before or after) and name not in LEFT_OUT:
            found.append((field_name(name), before or _tr("Empty"), before != after))
    if then.in_trash:
        found.insert(0, (_tr("Record"), _tr("In the Trash"), not now.in_trash))
    return found


def _shown(value: Any, moments: Moments) -> str:
    if isinstance(value, bool):
        return _tr("Yes") if value else _tr("No")
    if isinstance(value, datetime):
        return moments.exact(value)
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, Mapping):
        return ", ".join(filter(None, (_shown(one, moments) for one in value.values() if not isinstance(one, bool))))
    if isinstance(value, (list, tuple)):
        return "; ".join(filter(None, (_shown(one, moments) for one in value)))
    return as_typed(value)


def _tr(text: str) -> str:
    return QCoreApplication.translate("StandingBox", text)
