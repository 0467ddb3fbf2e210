"""The card of the first start, in the middle of the window."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui.brand_mark import BrandMark
from ui.pages.welcome.create_form import CreateForm
from ui.pages.welcome.other_forms import DemoForm, ExistingForm
from ui.pages.welcome.view_model import WelcomeViewModel
from ui.theme.shapes import crisp, fill_box, hairline
from ui.theme.tokens import HAIRLINE
from ui.widgets.button import Button, ButtonKind
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.start_choice import StartChoice
from ui.widgets.surface import Surface
from ui.widgets.themed import Themed
from ui.window_parts import WindowParts

CARD_WIDTH: Final = 920
CREATE, DEMO, EXISTING = range(3)


class WelcomePage(Surface):
    """Three ways to start; one primary button at the foot does what is chosen."""

    #: The user wants to leave the program.
    quit_requested = Signal()
    #: The user came from an open workspace and wants back to it.
    back_requested = Signal()

    def __init__(self, parts: WindowParts, *, can_go_back: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent=parent)
        self.view_model = WelcomeViewModel(parts)
        self._can_go_back = can_go_back
        self.create_form = CreateForm(self.view_model, parts.clock)
        self.demo_form = DemoForm(self.view_model)
        self.existing_form = ExistingForm(parts.opening.known())
        self.choices = [
            StartChoice(self.tr("Create my workspace"), self.tr("Empty, ready in a second"), icon="add"),
            StartChoice(self.tr("Open a demo"), self.tr("312 invented customers to try it with"), icon="play"),
            StartChoice(self.tr("Open existing"), self.tr("A workspace made before"), icon="folder"),
        ]
        self._all_forms: list[QWidget] = [self.create_form, self.demo_form, self.existing_form]
        self._forms = QStackedWidget()
        self._error = Paragraph(colour="bad")
        self._hint = Label(role="caption", colour="text_2")
        self._leave = Button(self.tr("Back") if can_go_back else self.tr("Quit"), kind=ButtonKind.QUIET)
        self.primary = Button("", kind=ButtonKind.PRIMARY, key_cap=self.tr("Enter"))
        self._fill()
        self._connect()
        self.choose(CREATE)
        self.setFocusProxy(self.create_form.name)
        self.view_model.begin()

    def choose(self, way: int) -> None:
        """Take one of the three ways."""
        # The card keeps its height while somebody looks at the other ways.
        created = self._forms.currentIndex() == CREATE and self.isVisible()
        kept = self._forms.height() if created else self._forms.minimumHeight()
        self._forms.setMinimumHeight(0 if way == CREATE else kept)
        self.choices[way].setChecked(True)
        self._forms.setCurrentIndex(way)
        for place, form in enumerate(self._all_forms):
            # Only the form on show has a say in the height of the card.
            vertical = QSizePolicy.Policy.Preferred if place == way else QSizePolicy.Policy.Ignored
            form.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        self._show_foot()

    def left(self) -> None:
        """The card goes away."""
        self.create_form.recovery.forget_code()
        self.view_model.abandon()

    def submit(self) -> None:
        """Do what the primary button says."""
        if not self.primary.isEnabled() or self.primary.is_busy:
            return
        way = self._forms.currentIndex()
        if way == DEMO:
            self.view_model.open_demo()
        elif way == EXISTING:
            self._look_for_file()
        elif self.view_model.is_created:
            self.create_form.recovery.forget_code()
            self.view_model.finish()
        else:
            self.view_model.create(self.create_form.repeated.text)

    def _fill(self) -> None:
        metrics = self.theme.metrics
        head = QHBoxLayout()
        head.setSpacing(metrics.space_16)
        head.addWidget(BrandMark(large=True))
        titles = QVBoxLayout()
        titles.setSpacing(metrics.space_2)
        titles.addWidget(Label(self.tr("Welcome to MyCRM"), role="title"))
        titles.addWidget(
            Label(
                self.tr("Your customers stay on this laptop. No account and no network are needed to start."),
                colour="text_2",
            )
        )
        head.addLayout(titles, 1)
        ways = QHBoxLayout()
        ways.setSpacing(metrics.group_gap)
        for choice in self.choices:
            ways.addWidget(choice, 1)
        for form in self._all_forms:
            self._forms.addWidget(form)
        inner = QVBoxLayout()
        inner.setContentsMargins(metrics.space_32, metrics.space_32, metrics.space_32, metrics.space_32)
        inner.setSpacing(metrics.space_24)
        inner.addLayout(head)
        inner.addLayout(ways)
        inner.addWidget(self._forms, 1)
        inner.addWidget(self._error)
        self._error.hide()
        card = Card(ground="surface", flush=True)
        card.setAccessibleName(self.tr("Welcome to MyCRM"))
        card.setFixedWidth(round(CARD_WIDTH * self.theme.zoom))
        card.body.addLayout(inner)
        card.body.addWidget(self._foot())
        scroll = ScrollArea(bounded=False)
        scroll.body.addStretch(1)
        scroll.body.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        scroll.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    def _foot(self) -> QWidget:
        metrics = self.theme.metrics
        foot = _Foot()
        row = QHBoxLayout(foot)
        row.setContentsMargins(metrics.space_32, metrics.space_16, metrics.space_32, metrics.space_16)
        row.setSpacing(metrics.row_gap)
        row.addWidget(self._hint, 1)
        row.addWidget(self._leave)
        row.addWidget(self.primary)
        return foot

    def _connect(self) -> None:
        for way, choice in enumerate(self.choices):
            choice.clicked.connect(lambda _checked=False, way=way: self.choose(way))
        self.primary.clicked.connect(self.submit)
        self._leave.clicked.connect(self.back_requested if self._can_go_back else self.quit_requested)
        self.create_form.submitted.connect(self.submit)
        self.create_form.recovery.kept_toggled.connect(self._show_foot)
        self.existing_form.path_chosen.connect(self.view_model.open_existing)
        self.view_model.changed.connect(self._show_foot)

    def _show_foot(self) -> None:
        way, view_model = self._forms.currentIndex(), self.view_model
        labels = [
            self.tr("Open workspace") if view_model.is_created else self.tr("Create workspace"),
            self.tr("Open the demo"),
            self.tr("Choose a file…"),
        ]
        hints = [
            self.tr("Next: bring your contacts from a file. You can skip that."),
            self.tr("Made here in a few seconds; delete it whenever you like."),
            self.tr("A workspace is one file whose name ends in .mycrm."),
        ]
        self.primary.set_label(labels[way])
        self._hint.setText(hints[way])
        self.primary.set_busy(view_model.is_busy)
        waits = view_model.is_created and not self.create_form.recovery.is_kept
        self.primary.setEnabled(not (way == CREATE and waits))
        self.primary.setToolTip(self.tr("Keep the recovery code first, then tick the box.") if waits else "")
        for choice in self.choices:
            choice.setEnabled(not view_model.is_busy and not view_model.is_created)
        self._leave.setEnabled(not view_model.is_busy)
        trouble = view_model.trouble
        text = trouble.text if trouble is not None and trouble.field not in _FIELDS else ""
        self._error.set_paragraph(text)
        self._error.setVisible(bool(text))

    def _look_for_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self,
            self.tr("Open a workspace"),
            str(self.view_model.wanted.path.parent),
            self.tr("Workspaces (*.mycrm)"),
        )
        if name:
            self.view_model.open_existing(Path(name))


_FIELDS: Final = frozenset({"name", "email", "passphrase", "repeated"})


class _Foot(Themed):
    """The lower edge of the card, on raised ground, round where the card is."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, radius = self.theme.palette, self.theme.metrics.radius - HAIRLINE
        painter = QPainter(self)
        with crisp(painter):
            painter.setClipRect(self.rect())
            fill_box(painter, self.rect().adjusted(0, -radius, 0, 0), palette.raised, radius=radius)
        hairline(painter, start=0, end=self.width(), y=0, colour=palette.line)
        painter.end()
