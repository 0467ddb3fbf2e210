"""The top of a list page: its title with the living count, Import and New, and the tabs of its views."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.record.kind import RecordKind
from ui.pages.record.list_view_model import ListViewModel
from ui.pages.record.moments import number
from ui.widgets.button import Button, ButtonKind
from ui.widgets.icon_button import IconButton
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
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
    #: What is shown is to be saved as a view.
    save_wanted = Signal()
    #: What can be done with the view on show is to be offered: where on the screen.
    view_menu_wanted = Signal(QPoint)

    def __init__(self, kind: RecordKind) -> None:
        super().__init__("surface")
        self._kind = kind
        self._count = Label(colour="text_3")
        self.bring = Button(self.tr("Import"), kind=ButtonKind.QUIET, icon="import")
        self.new = Button(kind.words.new, kind=ButtonKind.PRIMARY, icon="add")
        self.new.setToolTip(f"{kind.words.new}\t{self.tr('N')}")
        self.tabs = TabBar(self.tr("Views"), side_margin=self.theme.metrics.page_margin)
        #: The tabs with what can be done with views; pages with a head of their own take it over.
        self.view_row = Surface("surface", lines=Qt.Edge.BottomEdge)
        self._views = kind.views
        for view in self._views:
            self.tabs.add_tab(view.title)
        self._save = LinkButton(self.tr("Save view"), icon="add")
        self._manage = IconButton("more", self.tr("What to do with this view"), small=True)
        self._save.hide()
        self._manage.hide()
        self._assemble()
        self.bring.clicked.connect(self.import_pressed)
        self.new.clicked.connect(self.new_pressed)
        self.tabs.tab_chosen.connect(self._on_tab_chosen)
        self._save.clicked.connect(self.save_wanted)
        self._manage.clicked.connect(self._on_manage_clicked)

    @property
    def action_anchor(self) -> QWidget:
        """Beside what forms about views open."""
        return next((button for button in (self._save, self._manage) if button.isVisibleTo(self.view_row)), self.tabs)

    def show_views(self, view_model: ListViewModel) -> None:
        """The tabs are others."""
        self._views = view_model.views
        self.tabs.clear_tabs()
        for view in self._views:
            self.tabs.add_tab(view.title)
        self.show_counts(view_model)
        self.show_view(view_model)

    def show_counts(self, view_model: ListViewModel) -> None:
        """Show how many records each view has; views that are not counted yet show nothing."""
        for place, view in enumerate(self._views):
            count = view_model.counts.get(view.key)
            # The first view is the whole: its count stands beside the title.
            self.tabs.set_count(place, number(count) if count is not None and place else "")
        whole = view_model.counts.get(self._kind.views[0].key)
        text = "" if whole is None else number(whole)
        if whole is not None and view_model.found.text and view_model.view is self._kind.views[0]:
            # No tab stands for this query, so nothing else says how many it finds.
            text = self.tr("{count} of {total}").format(count=number(len(view_model.table.ids)), total=text)
        self._count.setText(text)

    def show_view(self, view_model: ListViewModel) -> None:
        """Mark the tab of what is shown."""
        self.tabs.set_current(self._views.index(view_model.view))
        self._save.setVisible(view_model.is_unsaved)
        self._manage.setVisible(view_model.saved_view is not None)

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
        views = QHBoxLayout(self.view_row)
        views.setContentsMargins(0, 0, metrics.page_margin, 0)
        views.setSpacing(metrics.row_gap)
        views.addWidget(self.tabs, 1)
        views.addWidget(self._save)
        views.addWidget(self._manage)
        column.addWidget(self.view_row)

    def _on_manage_clicked(self) -> None:
        self.view_menu_wanted.emit(self._manage.mapToGlobal(self._manage.rect().bottomLeft()))

    def _on_tab_chosen(self, place: int) -> None:
        self.view_chosen.emit(self._views[place])
