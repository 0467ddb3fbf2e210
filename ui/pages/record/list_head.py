"""The top of a list page: its title with the living count, Import and New, and the tabs of its views."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui.pages.record.kind import BuiltInView, RecordKind
from ui.pages.record.list_view_model import ListViewModel
from ui.pages.record.moments import number
from ui.widgets.button import Button, ButtonKind
from ui.widgets.label import Label
from ui.widgets.surface import Surface
from ui.widgets.tab_bar import TabBar


class ListHead(Surface):
    """56 for the title, 36 for the tabs."""

    #: Bring a list of records.
    import_pressed = Signal()
    #: Add one record.
    new_pressed = Signal()
    #: The user chose a tab.
    view_chosen = Signal(object)

    def __init__(self, kind: RecordKind) -> None:
        super().__init__("surface")
        self._kind = kind
        self._count = Label(colour="text_3")
        self.bring = Button(self.tr("Import"), kind=ButtonKind.QUIET, icon="import")
        self.new = Button(kind.words.new, kind=ButtonKind.PRIMARY, icon="add")
        self.new.setToolTip(f"{kind.words.new}\t{self.tr('N')}")
        self.tabs = TabBar(self.tr("Views"), side_margin=self.theme.metrics.page_margin)
        for view in kind.views:
            self.tabs.add_tab(view.title)
        self._assemble()
        self.bring.clicked.connect(self.import_pressed)
        self.new.clicked.connect(self.new_pressed)
        self.tabs.tab_chosen.connect(self._on_tab_chosen)

    def show_counts(self, view_model: ListViewModel) -> None:
        """Show how many records each view has; views that are not counted yet show nothing."""
        for place, view in enumerate(self._kind.views):
            count = view_model.counts.get(view.key)
            # The first view is the whole: its count stands beside the title.
            self.tabs.set_count(place, number(count) if count is not None and place else "")
        whole = view_model.counts.get(self._kind.views[0].key)
        text = "" if whole is None else number(whole)
        if whole is not None and view_model.found.text and view_model.view is self._kind.views[0]:
            # No tab stands for this query, so nothing else says how many it finds.
            text = self.tr("{count} of {total}").format(count=number(len(view_model.table.ids)), total=text)
        self._count.setText(text)

    def show_view(self, view: BuiltInView) -> None:
        """Mark the tab of what is shown."""
        self.tabs.set_current(self._kind.views.index(view))

    def _assemble(self) -> None:
        metrics = self.theme.metrics
        title = Label(self._kind.words.title, role="title")
        row = QHBoxLayout()
        row.setContentsMargins(metrics.page_margin, 0, metrics.page_margin, 0)
        row.setSpacing(metrics.row_gap)
        row.addWidget(title)
        row.addSpacing(metrics.space_2)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self.bring)
        row.addWidget(self.new)
        title.setFixedHeight(metrics.page_header)
        # Both stand on one line of writing, though the title is larger.
        self._count.setContentsMargins(0, metrics.space_4, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.tabs)

    def _on_tab_chosen(self, place: int) -> None:
        self.view_chosen.emit(self._kind.views[place])
