"""The bar over every page: search, and at the right what the user should always know about the data."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.button import Button
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.popover import Popover
from ui.widgets.search_field import SearchField
from ui.widgets.status_pill import StatusPill
from ui.widgets.surface import Surface


class TopBar(Surface):
    """52 high: the search field at the left, the status area at the right."""

    #: The search field was pressed.
    search_requested = Signal()
    #: The button of quick capture was pressed.
    capture_requested = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("surface", lines=Qt.Edge.BottomEdge, parent=parent)
        self.search = SearchField(self.tr("Search or run a command"))
        self.search.clicked.connect(self.search_requested)
        self.capture = Button(self.tr("Capture"), icon="add")
        self.capture.clicked.connect(self.capture_requested)
        self._read_only = StatusPill()
        self._read_only.set_parts([(self.tr("Read only"), "lock", "warn")])
        self._read_only.clicked.connect(self._on_read_only_clicked)
        self._plain = StatusPill()
        self._plain.set_parts([(self.tr("Not encrypted"), "unlock", "warn")])
        self._plain.clicked.connect(self._on_plain_clicked)
        self.sync = StatusPill()
        self.sync.set_parts([(self.tr("Local only"), "laptop", "text_2")])
        self.sync.clicked.connect(self.show_sync_popover)
        self.popover: Popover | None = None
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.search)
        self._row.addWidget(self.capture)
        self._row.addStretch(1)
        for pill in (self._read_only, self._plain, self.sync):
            self._row.addWidget(pill)
        self.set_workspace(is_open=False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def set_workspace(self, *, is_open: bool, encrypted: bool = True, read_only: bool = False) -> None:
        """Say what holds for the open workspace; a plain one says so for ever."""
        self.capture.setEnabled(is_open and not read_only)
        self._plain.setVisible(is_open and not encrypted)
        self._read_only.setVisible(is_open and read_only)

    def show_sync_popover(self) -> None:
        """Say plainly where the data is."""
        self._show(
            self.sync,
            icon="laptop",
            title=self.tr("Local only"),
            text=self.tr(
                "Everything is saved on this laptop and nothing leaves it. No account is connected, "
                "so there is nothing to send and nothing waiting."
            ),
        )

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._row.setContentsMargins(metrics.space_20, 0, metrics.space_20, 1)
        self._row.setSpacing(metrics.row_gap)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.theme.metrics.top_bar)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.theme.metrics.top_bar)

    def _on_plain_clicked(self) -> None:
        self._show(
            self._plain,
            icon="unlock",
            title=self.tr("This workspace is not encrypted"),
            text=self.tr(
                "Whoever gets this disk or a backup of it reads every name, note and mail. "
                "“mycrm workspace rekey” encrypts it; copies made before stay readable."
            ),
        )

    def _on_read_only_clicked(self) -> None:
        self._show(
            self._read_only,
            icon="lock",
            title=self.tr("This workspace can only be read"),
            text=self.tr(
                "Its file or folder does not allow changes. Mend the permissions, or copy the file to a "
                "folder of yours and open it there."
            ),
        )

    def _show(self, anchor: StatusPill, *, icon: str, title: str, text: str) -> None:
        metrics = self.theme.metrics
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.space_6)
        head = QHBoxLayout()
        head.setSpacing(metrics.row_gap)
        head.addWidget(IconMark(icon, size_role="icon_l"))
        head.addWidget(Label(title, role="lead"), 1)
        column.addLayout(head)
        column.addWidget(Paragraph(text))
        content.setFixedWidth(metrics.popover_width - 2 * metrics.card_pad)
        self.popover = Popover(self, padding=metrics.card_pad, gap=metrics.space_4)
        self.popover.setAccessibleName(title)
        self.popover.set_content(content)
        self.popover.closed.connect(self._on_popover_closed)
        self.popover.open_at(anchor, align_right=True)

    def _on_popover_closed(self) -> None:
        self.popover = None
