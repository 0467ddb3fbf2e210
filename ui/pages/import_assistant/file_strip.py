"""The strip over the mapping: which file, how large, how it is read, and whether its columns are remembered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from services.records.fields import EntityKind
from ui.pages.import_assistant.kinds import entity_words, is_text, kinds_of
from ui.pages.import_assistant.reading_popover import open_reading_popover
from ui.pages.import_assistant.view_model import ImportViewModel
from ui.pages.import_assistant.wording import dates_tag, numbers_tag, plurals, size_of_table
from ui.widgets.card import Card
from ui.widgets.combo_box import ComboBox
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.popover import Popover
from ui.widgets.tag import Tag


class FileStrip(Card):
    """48 high, on one line."""

    def __init__(self, view_model: ImportViewModel) -> None:
        super().__init__("", flush=True)
        self._view_model = view_model
        self.popover: Popover | None = None
        self._name = ElidedLabel(role="body-strong")
        self._size = Label(colour="text_2", tabular=True)
        self._written = Tag("")
        self._dates = Tag("")
        self._numbers = Tag("")
        self._source = Tag("")
        self._also = Tag("")
        self.change = LinkButton(self.tr("Change"))
        self.change.setAccessibleName(self.tr("Change how the file is read"))
        self._kind_label = Label(self.tr("Holds"), role="caption", colour="text_2")
        self.kind = ComboBox(small=True)
        self.kind.setAccessibleName(self.tr("What the file holds"))
        self._memory_label = Label(self.tr("Columns go"), role="caption", colour="text_2")
        self.memory = ComboBox(small=True)
        self.memory.setAccessibleName(self.tr("Where the columns go"))
        self.memory.addItem(self.tr("As last time"), True)
        self.memory.addItem(self.tr("As proposed"), False)
        self._assemble()
        self.kind.activated.connect(lambda _place: view_model.tell_entity(EntityKind(self.kind.currentData())))
        self.change.clicked.connect(self._on_change_pressed)
        self.memory.activated.connect(self._on_memory_chosen)
        view_model.file_changed.connect(self._on_changed)
        view_model.dry_run.changed.connect(self._on_changed)
        self._on_changed()

    def _assemble(self) -> None:
        metrics = self.theme.metrics
        strip = QWidget()
        strip.setFixedHeight(metrics.filter_bar - metrics.space_2)
        row = QHBoxLayout(strip)
        row.setContentsMargins(metrics.card_pad, 0, metrics.card_pad, 0)
        row.setSpacing(metrics.group_gap)
        row.addWidget(IconMark("file", size_role="icon_m"))
        row.addWidget(self._name)
        row.addWidget(self._size)
        tags = QHBoxLayout()
        tags.setSpacing(metrics.row_gap)
        for tag in (self._written, self._dates, self._numbers, self._source, self._also):
            tags.addWidget(tag)
        tags.addWidget(self.change)
        row.addLayout(tags)
        row.addStretch(1)
        row.addWidget(self._kind_label)
        row.addWidget(self.kind)
        row.addWidget(self._memory_label)
        row.addWidget(self.memory)
        self.body.addWidget(strip)

    def _on_changed(self) -> None:
        view_model, chosen = self._view_model, self._view_model.chosen
        if chosen.inspection is None or chosen.path is None:
            return
        shape = chosen.inspection.shape
        exact = shape.rows_exact or view_model.rows != shape.rows
        self._name.setText(chosen.path.name)
        self._size.setText(size_of_table(view_model.rows, len(shape.columns), exact=exact))
        # How a spreadsheet or JSON is encoded is nobody's choice.
        written = shape.description if is_text(chosen.path) else ""
        texts = (written, dates_tag(shape), numbers_tag(shape), chosen.inspection.mapping.source)
        for tag, text in zip((self._written, self._dates, self._numbers, self._source), texts, strict=True):
            tag.set_tag(text)
            tag.setVisible(bool(text))
        self._show_kinds(chosen.path)
        self._memory_label.setVisible(chosen.has_memory)
        self.memory.setVisible(chosen.has_memory)
        self.memory.setCurrentIndex(0 if chosen.inspection.remembered else 1)

    def _show_kinds(self, path: Path) -> None:
        offered = [kind.value for kind in kinds_of(path)]
        if [self.kind.itemData(place) for place in range(self.kind.count())] != offered:
            self.kind.clear()
            for name in offered:
                self.kind.addItem(entity_words(EntityKind(name)).name, name)
            self.kind.setMinimumWidth(self.kind.sizeHint().width())
        self.kind.setCurrentIndex(self.kind.findData(self._view_model.entity.value))
        also = self._view_model.chosen.also
        others = plurals(also) if also else ""
        self._also.set_tag(self.tr("Holds {others} too").format(others=others))
        self._also.setToolTip(self.tr("They stay in the file until it is imported once more as that kind."))
        self._also.setVisible(bool(also))

    def _on_change_pressed(self) -> None:
        self.popover = open_reading_popover(self._view_model, self.change)
        self.popover.closed.connect(self._on_popover_closed)

    def _on_popover_closed(self) -> None:
        self.popover = None

    def _on_memory_chosen(self, _place: int) -> None:
        self._view_model.use_remembered(bool(self.memory.currentData()))
