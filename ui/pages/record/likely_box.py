"""The quiet warning over a form: who that is being typed may be there already."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.records.duplicates import Likely
from services.records.fields import EntityKind
from ui.pages.record.detail_view_model import DetailViewModel
from ui.pages.record.form_state import POINT_FIELDS, FormState
from ui.theme.shapes import crisp, panel
from ui.widgets.icon_mark import IconMark
from ui.widgets.link_button import LinkButton
from ui.widgets.paragraph import Paragraph
from ui.widgets.themed import Themed

SETTLING_MS: Final = 120
MOST: Final = 2
SURE: Final = 80
"""From this score on the warning says probably."""

COMPARED: Final = (EntityKind.CONTACT, EntityKind.COMPANY)
TEXTS: Final = ("first_name", "last_name", "company", "name", "domain", "city")


class LikelyBox(Themed):
    """Asks while somebody types; nothing in it stops anybody from saving."""

    #: A record that may be the same one is to be opened: its kind and local id.
    record_wanted = Signal(object, int)

    def __init__(self, detail: DetailViewModel, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail = detail
        self._lane = detail.context.tasks.lane()
        self._typed: dict[str, str | Sequence[str]] = {}
        self._place: int | None = None
        self.found: tuple[Likely, ...] = ()
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._soon = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._soon.timeout.connect(self._ask)
        self.restyle()
        self.hide()

    def ask(self, state: FormState, place: int | None) -> None:
        """What stands in the form now, and of which record; None for a new one."""
        typed = compared_fields(state)
        if self._detail.kind.entity not in COMPARED or (typed, place) == (self._typed, self._place):
            return
        self._typed, self._place = typed, place
        self._soon.start()

    def forget(self) -> None:
        """Another form is shown."""
        self._soon.stop()
        self._lane.forget()
        self._typed, self._place = {}, None
        self._show(())

    def close_box(self) -> None:
        """The page is closed."""
        self._soon.stop()
        self._lane.close()

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._column.setContentsMargins(metrics.space_20, 0, metrics.space_20, metrics.space_8)
        self._column.setSpacing(metrics.space_4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics, palette = self.theme.metrics, self.theme.palette
        with crisp(painter):
            ground = self.rect().adjusted(metrics.space_16, 0, -metrics.space_16, -metrics.space_4)
            panel(painter, ground, fill=palette.warn_soft, border=palette.warn_soft, radius=metrics.radius)
        painter.end()

    def _ask(self) -> None:
        if not self._typed:
            self._show(())
            return
        duplicates, entity = self._detail.context.workspace.duplicates, self._detail.kind.entity
        typed, place = self._typed, self._place
        self._lane.read(lambda: duplicates.likely(entity, typed, exclude=place)).then(self._show)

    def _show(self, found: tuple[Likely, ...]) -> None:
        if found == self.found:
            return
        self.found = found
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = [self._row(one) for one in found[:MOST]]
        for row in self._rows:
            self._column.addWidget(row)
        self.setVisible(bool(found))

    def _row(self, one: Likely) -> QWidget:
        metrics = self.theme.metrics
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(metrics.space_8, metrics.space_4, metrics.space_8, metrics.space_4)
        line.setSpacing(metrics.group_gap)
        line.addWidget(IconMark("warning", colour="warn"))
        text = likely_words(one)
        line.addWidget(Paragraph(text, role="caption", colour="text"), 1)
        action = LinkButton(_tr("Open"), role="caption-medium")
        action.setAccessibleDescription(text)
        action.clicked.connect(partial(self.record_wanted.emit, one.entity, one.id))
        line.addWidget(action)
        row.setAccessibleName(text)
        return row


def likely_words(one: Likely) -> str:
    """`Perhaps Anna Berg, Almeda Logistics: same e-mail address`."""
    who = ", ".join(part for part in (one.name, one.detail) if part)
    words = _tr("Probably {who}: {reason}") if one.score >= SURE else _tr("Perhaps {who}: {reason}")
    return words.format(who=who, reason=one.reason[:1].lower() + one.reason[1:])


def compared_fields(state: FormState) -> dict[str, str | Sequence[str]]:
    """What of a form is compared, under the names of its fields; blank ones are left out."""
    found: dict[str, str | Sequence[str]] = {
        name: state.texts[name] for name in TEXTS if state.texts.get(name, "").strip()
    }
    for kind, name in POINT_FIELDS.items():
        texts = tuple(point.text for point in state.points.get(kind, ()) if point.text.strip())
        if texts and name != "social":
            found[name] = texts
    return found


def _tr(text: str) -> str:
    return QCoreApplication.translate("LikelyBox", text)
