"""Quick capture over the window: the line, its parts as chips, what it will make, and the keys that make it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.errors import MyCrmError
from services.records.capture import CaptureKind, Part, PartKind
from ui.overlay import Overlay
from ui.pages import PageContext
from ui.pages.capture.capture_chip import CaptureChip
from ui.pages.capture.line_edit import CaptureLine
from ui.pages.capture.plan_words import plan_words
from ui.pages.capture.view_model import CaptureViewModel, Shown
from ui.pages.capture.wording import colour_of
from ui.pages.record.money_words import money
from ui.widgets.button import Button, ButtonKind
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.icon_mark import IconMark
from ui.widgets.key_cap import KeyCap
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.menu import Menu
from ui.widgets.paragraph import Paragraph
from ui.widgets.separator import Separator

INPUT_HEIGHT = 56
FOOT_HEIGHT = 40


class QuickCapture(Overlay):
    """Return saves, Ctrl+Return opens what was made, Tab goes through the chips, Escape closes and keeps the text."""

    def __init__(self, parent: QWidget, context: PageContext) -> None:
        super().__init__(parent, "", width=0, top=0)
        metrics = self.theme.metrics
        self._width, self._top = metrics.palette_width, metrics.palette_top
        self.setAccessibleName(self.tr("Quick capture"))
        self.view_model = CaptureViewModel(context)
        self.line = CaptureLine()
        self.chips: list[CaptureChip] = []
        self.menu: Menu | None = None
        self.save = Button("", kind=ButtonKind.PRIMARY, icon="check", key_cap=self.tr("Enter"))
        self.save_and_open = Button(self.tr("Add and open"), key_cap=self.tr("Ctrl Enter"))
        self.instead = LinkButton("", icon="info")
        self._flow_box = QWidget()
        self._flow = FlowLayout(self._flow_box, gap=metrics.row_gap)
        self._below = QWidget()
        self._hint = Paragraph(role="caption", colour="text_2")
        self._trouble = Paragraph(role="caption", colour="bad")
        self._fill()
        self._connect()
        self._show(None)

    def show_capture(self) -> None:
        """Open, with what was typed before and not saved."""
        self.open()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self.line.selectAll()

    def dismiss(self) -> None:
        """Close; the text stays for the next time."""
        self.view_model.close()
        super().dismiss()

    def _fill(self) -> None:
        metrics = self.theme.metrics
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget()
        head.setFixedHeight(round(INPUT_HEIGHT * self.theme.zoom))
        row = QHBoxLayout(head)
        row.setContentsMargins(metrics.space_20, 0, metrics.space_20, 0)
        row.setSpacing(metrics.group_gap)
        row.addWidget(IconMark("add", colour="accent_text", size_role="icon_l"))
        row.addWidget(self.line, 1)
        row.addWidget(Label(self.tr("Read on this laptop"), role="caption", colour="text_3"))
        column.addWidget(head)
        column.addWidget(Separator())
        self.line.setPlaceholderText(self.tr("Call Anna Berg 30k next Tue 10 #renewal"))
        self.line.setAccessibleName(self.tr("What is to be done, or was done"))
        column.addWidget(self._body())
        column.addWidget(self._foot())
        self.frame.set_content(content)

    def _body(self) -> QWidget:
        metrics = self.theme.metrics
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(metrics.space_20, metrics.group_gap, metrics.space_20, metrics.gap)
        column.setSpacing(metrics.group_gap)
        column.addWidget(self._flow_box)
        column.addWidget(self.instead, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._hint)
        column.addWidget(self._trouble)
        row = QHBoxLayout(self._below)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics.row_gap)
        row.addWidget(self.save)
        row.addWidget(self.save_and_open)
        row.addStretch(1)
        column.addWidget(self._below)
        return body

    def _foot(self) -> QWidget:
        metrics = self.theme.metrics
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Separator())
        row = QHBoxLayout()
        row.setContentsMargins(metrics.space_20, 0, metrics.space_20, 0)
        row.setSpacing(metrics.row_gap)
        for keys, text in (((self.tr("Tab"),), self.tr("edit chips")), ((self.tr("Del"),), self.tr("back to text"))):
            row.addWidget(KeyCap(*keys))
            row.addWidget(Label(text, role="caption", colour="text_2"))
            row.addSpacing(metrics.row_gap)
        row.addStretch(1)
        row.addWidget(KeyCap(self.tr("Esc")))
        row.addWidget(Label(self.tr("close"), role="caption", colour="text_2"))
        column.addLayout(row, 1)
        foot.setFixedHeight(round(FOOT_HEIGHT * self.theme.zoom))
        return foot

    def _connect(self) -> None:
        self.line.textChanged.connect(lambda: self.view_model.type(self.line.line))
        self.line.submitted.connect(lambda and_open: self.view_model.save(and_open=and_open))
        self.line.escaped.connect(self.dismiss)
        self.line.left.connect(lambda: self._step(1))
        self.save.clicked.connect(lambda _on=False: self.view_model.save(and_open=False))
        self.save_and_open.clicked.connect(lambda _on=False: self.view_model.save(and_open=True))
        self.instead.clicked.connect(self._on_instead)
        self.view_model.line_read.connect(self._show)
        self.view_model.saved.connect(self._on_saved)
        self.view_model.refused.connect(self._on_refused)

    def _show(self, shown: Shown | None) -> None:
        focused = next((place for place, chip in enumerate(self.chips) if chip.hasFocus()), None)
        self._flow.clear()
        self.chips = []
        self._trouble.hide()
        parts = shown.captured.parts if shown is not None else ()
        for part in parts:
            self._add_chip(part, done=shown is not None and shown.captured.done)
        self.line.show_spans({part.span: colour_of(part, self.theme) for part in parts if part.span is not None})
        self._flow_box.setVisible(bool(parts))
        self._show_plan(shown)
        self.place()
        if focused is not None:
            (self.chips[min(focused, len(self.chips) - 1)] if self.chips else self.line).setFocus()

    def _add_chip(self, part: Part, *, done: bool) -> None:
        chip = CaptureChip(part, done=done)
        chip.clicked.connect(partial(self._open_menu, chip))
        chip.removed.connect(partial(self.view_model.remove, part))
        self.chips.append(chip)
        self._flow.addWidget(chip)

    def _show_plan(self, shown: Shown | None) -> None:
        plan = shown.plan if shown is not None else None
        can_save = plan is not None and not plan.problem
        self._below.setVisible(plan is not None)
        self.save.setEnabled(can_save)
        self.save_and_open.setEnabled(can_save)
        if plan is not None:
            self.save.set_label(plan_words(plan) or self.tr("Add"))
        instead = plan.instead if plan is not None else None
        self.instead.setVisible(instead is not None)
        if instead is not None:
            worth = money(instead.amount, instead.currency) if instead.amount is not None else ""
            named = ", ".join(filter(None, (instead.name, worth)))
            self.instead.set_label(self.tr("Add to {deal} instead").format(deal=named))
        self._hint.setVisible(plan is None or bool(plan.problem))
        self._hint.set_paragraph(
            plan.problem
            if plan is not None
            else self.tr("Whom, what, when, how much: names, days and amounts are found as you type.")
        )

    def _open_menu(self, chip: CaptureChip) -> None:
        menu = self.menu = Menu(self, name=chip.accessibleName())
        part, view_model = chip.part, self.view_model
        for place, choice in enumerate(part.choices):
            said = ", ".join(filter(None, (choice.name, choice.detail)))
            menu.add_item(said, icon="user").triggered.connect(partial(self._take, part, place))
        if part.kind is PartKind.KIND and part.value is not CaptureKind.NOTE:
            done = view_model.shown is not None and view_model.shown.captured.done
            text = self.tr("It is to be done") if done else self.tr("It has happened")
            menu.add_item(text, icon="check").triggered.connect(lambda: view_model.mark(done=not done))
        menu.add_item(self.tr("Make it text again"), icon="close").triggered.connect(lambda: view_model.remove(part))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.open_at(chip)

    def _take(self, part: Part, place: int, _on: bool = False) -> None:
        self.view_model.take(part, place)

    def _on_instead(self) -> None:
        shown = self.view_model.shown
        if shown is not None and shown.plan.instead is not None:
            self.view_model.add_to_deal(shown.plan.instead)

    def _on_saved(self) -> None:
        self.line.clear()
        self.dismiss()

    def _on_refused(self, error: BaseException) -> None:
        if isinstance(error, MyCrmError):
            self._trouble.set_paragraph(f"{error.title}. {error.message}")
            self._trouble.show()
            self.place()

    def _step(self, step: int) -> None:
        """Go on to the next stop of the keyboard: the line, the chips, what can be pressed below."""
        buttons = [self.instead, self.save, self.save_and_open]
        stops: list[QWidget] = [
            self.line,
            *self.chips,
            *(one for one in buttons if one.isVisible() and one.isEnabled()),
        ]
        now = next((place for place, stop in enumerate(stops) if stop.hasFocus()), 0)
        stops[(now + step) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        self._step(1 if forward else -1)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        by = step.get(Qt.Key(event.key()))
        if by is not None:
            self._step(by)
            event.accept()
            return
        super().keyPressEvent(event)
