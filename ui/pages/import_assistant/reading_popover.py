"""How a file is read, to be corrected where looking at it misled: encoding, delimiter, dates, decimals."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from services.importing.encodings import encoding_name
from services.importing.shapes import FileShape
from services.values.dates import DateOrder
from services.values.numbers import COMMA, POINT
from ui.pages.import_assistant.kinds import is_text
from ui.pages.import_assistant.view_model import ImportViewModel
from ui.widgets.combo_field import ComboField
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.popover import Popover

ENCODINGS: Final = (
    "utf-8",
    "cp1252",
    "utf-16",
    "mac_roman",
    "cp850",
    "cp1250",
    "iso8859_2",
    "cp1251",
    "koi8_r",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp932",
    "euc_jp",
    "gb18030",
    "big5",
    "cp949",
)


class ReadingPanel(QWidget):
    """Four choices; each reads the file again at once."""

    def __init__(self, view_model: ImportViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self.encoding = ComboField(self.tr("Encoding"))
        self.delimiter = ComboField(self.tr("Columns are parted by"))
        self.dates = ComboField(self.tr("Dates"))
        self.decimals = ComboField(self.tr("Decimals"))
        column = QVBoxLayout(self)
        metrics = self.encoding.theme.metrics
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.space_12)
        column.addWidget(Label(self.tr("How the file is read"), role="lead"))
        column.addWidget(Paragraph(self.tr("Nothing in the file is changed. Columns keep their places.")))
        grid = QGridLayout()
        grid.setSpacing(metrics.space_12)
        for place, field in enumerate((self.encoding, self.delimiter, self.dates, self.decimals)):
            grid.addWidget(field, place // 2, place % 2)
            grid.setColumnStretch(place % 2, 1)
        column.addLayout(grid)
        self.setFixedWidth(metrics.popover_width - 2 * metrics.space_16)
        self.encoding.value_chosen.connect(lambda value: view_model.correct(encoding=value))
        self.delimiter.value_chosen.connect(lambda value: view_model.correct(delimiter=value))
        self.dates.value_chosen.connect(lambda value: view_model.correct(date_order=DateOrder(value)))
        self.decimals.value_chosen.connect(lambda value: view_model.correct(decimal_mark=value))
        view_model.file_changed.connect(self._on_file_changed)
        self._on_file_changed()

    def _on_file_changed(self) -> None:
        inspection = self._view_model.chosen.inspection
        if inspection is not None:
            shape = inspection.shape
            path = self._view_model.chosen.path
            for field in (self.encoding, self.delimiter):
                field.setVisible(path is None or is_text(path))
            _show(self.encoding, self._encodings(shape), shape.encoding)
            _show(self.delimiter, self._delimiters(shape), shape.dialect.delimiter)
            _show(self.dates, self._orders(), inspection.reading.date_order.value)
            _show(self.decimals, self._marks(), inspection.reading.decimal_mark)

    def _encodings(self, shape: FileShape) -> list[tuple[str, Any]]:
        offered = list(ENCODINGS)
        if shape.encoding not in offered:
            # UTF-8 with its mark is UTF-8 to people.
            same = "utf-8" if shape.encoding == "utf-8-sig" else ""
            offered = [shape.encoding, *(name for name in offered if name != same)]
        return [(encoding_name(name), name) for name in offered]

    def _delimiters(self, shape: FileShape) -> list[tuple[str, Any]]:
        known = [
            (self.tr("Semicolon"), ";"),
            (self.tr("Comma"), ","),
            (self.tr("Tab"), "\t"),
            (self.tr("Bar"), "|"),
            (self.tr("Colon"), ":"),
        ]
        own = shape.dialect.delimiter
        if any(own == mark for _, mark in known):
            return [*known]
        return [*known, (own if own.isprintable() else self.tr("Nothing, one column"), own)]

    def _orders(self) -> list[tuple[str, Any]]:
        return [
            (self.tr("Day first"), DateOrder.DAY_FIRST.value),
            (self.tr("Month first"), DateOrder.MONTH_FIRST.value),
            (self.tr("Year first"), DateOrder.YEAR_FIRST.value),
        ]

    def _marks(self) -> list[tuple[str, Any]]:
        return [(self.tr("Comma (1.204,50)"), COMMA), (self.tr("Point (1,204.50)"), POINT)]


def open_reading_popover(view_model: ImportViewModel, anchor: QWidget) -> Popover:
    """Open the choices below what was pressed."""
    popover = Popover(anchor)
    popover.set_content(ReadingPanel(view_model))
    popover.open_at(anchor)
    return popover


def _show(field: ComboField, options: list[tuple[str, Any]], value: Any) -> None:
    combo = field.combo
    if options != [(combo.itemText(row), combo.itemData(row)) for row in range(combo.count())]:
        field.set_options(options)
    field.set_value(value)
