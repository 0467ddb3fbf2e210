"""Editors for what a record has several of: contact points with labels, and postal addresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.records.drafts import PointKind
from ui.operations.records import AddressText
from ui.pages.record.form_state import POINT_FIELDS, PointText
from ui.pages.record.wording import POINT_LABELS, field_name, point_label
from ui.widgets.combo_box import ComboBox
from ui.widgets.icon_button import IconButton
from ui.widgets.label import Label
from ui.widgets.line_field import LineField
from ui.widgets.link_button import LinkButton
from ui.widgets.themed import Themed

LABEL_WIDTH: Final = 104
_LABELLED: Final = (PointKind.EMAIL, PointKind.PHONE)
_ADDRESS_PARTS: Final = ("street", "postal_code", "city", "region", "country")


def label_box(label: str) -> ComboBox:
    """The choice of a label; one of the user's own is among them."""
    box = ComboBox()
    box.addItem(_tr("No label"), "")
    for known in POINT_LABELS:
        box.addItem(point_label(known), known)
    if box.findData(label) < 0:
        box.addItem(point_label(label), label)
    box.setCurrentIndex(box.findData(label))
    box.setAccessibleName(_tr("Label"))
    box.setFixedWidth(round(LABEL_WIDTH * box.theme.zoom))
    return box


class PointLine(QWidget):
    """One point: its text, its label, and an x."""

    #: Something was typed or chosen.
    edited = Signal()
    #: The x was pressed.
    removed = Signal(QWidget)

    def __init__(self, kind: PointKind, point: PointText) -> None:
        super().__init__()
        name = field_name(POINT_FIELDS[kind])
        self.line = LineField("", placeholder=name)
        self.line.editor.setAccessibleName(name)
        self.line.set_text(point.text)
        self.line.editor.home(False)
        self.label = label_box(point.label) if kind in _LABELLED else None
        remove = IconButton("close", _tr("Remove {name}").format(name=name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        metrics = self.line.theme.metrics
        row.setSpacing(metrics.space_4)
        row.addWidget(self.line, 1)
        if self.label is not None:
            # Fields stand as far apart as in pairs; the x belongs to its line.
            row.addSpacing(metrics.row_gap - metrics.space_4)
            row.addWidget(self.label)
            self.label.activated.connect(self.edited)
        row.addWidget(remove)
        self.line.text_edited.connect(self._on_text_edited)
        remove.clicked.connect(lambda: self.removed.emit(self))

    @property
    def point(self) -> PointText:
        """What was typed."""
        label = str(self.label.currentData() or "") if self.label is not None else ""
        return PointText(self.line.text.strip(), label)

    def _on_text_edited(self, _text: str) -> None:
        self.line.set_error("")
        self.edited.emit()


class PointsEditor(Themed):
    """The points of one kind; the first is the main one."""

    #: Something was typed, chosen, added or removed.
    edited = Signal()

    def __init__(self, kind: PointKind) -> None:
        super().__init__()
        self.kind = kind
        self.lines: list[PointLine] = []
        names = {
            PointKind.EMAIL: (_tr("Email"), _tr("Add email")),
            PointKind.PHONE: (_tr("Phone"), _tr("Add phone")),
            PointKind.URL: (_tr("Website"), _tr("Add website")),
            PointKind.SOCIAL: (_tr("Profiles"), _tr("Add profile")),
        }
        title, more = names[kind]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self.theme.metrics.space_6)
        self._column.addWidget(Label(title, role="caption-medium", colour="text_2"))
        self.more = LinkButton(more, icon="add")
        self._column.addWidget(self.more)
        self.more.clicked.connect(self._on_more)
        self.show_points(())

    @property
    def points(self) -> tuple[PointText, ...]:
        """What was typed, without empty lines."""
        return tuple(line.point for line in self.lines if line.point.text)

    def show_points(self, points: Sequence[PointText]) -> None:
        """Show these; where there are none, one empty line."""
        for line in list(self.lines):
            self._drop(line)
        for point in points or (PointText(""),):
            self._add(point)

    def show_error(self, text: str, title: str) -> None:
        """Say what is wrong below the line whose text the error names."""
        named = next((line for line in self.lines if line.point.text and line.point.text in title), None)
        (named or self.lines[0]).line.set_error(text)

    def clear_errors(self) -> None:
        """Nothing is wrong any more."""
        for line in self.lines:
            line.line.set_error("")

    def _add(self, point: PointText) -> PointLine:
        line = PointLine(self.kind, point)
        line.edited.connect(self.edited)
        line.removed.connect(self._on_removed)
        self.lines.append(line)
        self._column.insertWidget(self._column.count() - 1, line)
        return line

    def _drop(self, line: PointLine) -> None:
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _on_more(self) -> None:
        self._add(PointText("")).line.editor.setFocus()

    def _on_removed(self, line: PointLine) -> None:
        self._drop(line)
        if not self.lines:
            self._add(PointText(""))
        self.edited.emit()


class AddressBlock(QWidget):
    """One address: street, postal code and city, region and country."""

    #: Something was typed.
    edited = Signal()
    #: The x was pressed.
    removed = Signal(QWidget)

    def __init__(self, address: AddressText) -> None:
        super().__init__()
        self._label = address.label
        labels = {
            "street": _tr("Street and number"),
            "postal_code": _tr("Postal code"),
            "city": _tr("City"),
            "region": _tr("Region"),
            "country": _tr("Country"),
        }
        self.parts = {name: LineField("", placeholder=labels[name]) for name in _ADDRESS_PARTS}
        for name, part in self.parts.items():
            part.editor.setAccessibleName(labels[name])
            part.set_text(getattr(address, name))
            part.text_edited.connect(self._on_text_edited)
        remove = IconButton("close", _tr("Remove address"))
        remove.clicked.connect(lambda: self.removed.emit(self))
        gap = self.parts["street"].theme.metrics.space_6
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        for names in (("street",), ("postal_code", "city"), ("region", "country")):
            row = QHBoxLayout()
            row.setSpacing(gap)
            for place, name in enumerate(names):
                row.addWidget(self.parts[name], 1 + (place and len(names) - 1))
            if names == ("street",):
                row.addWidget(remove)
            column.addLayout(row)

    @property
    def address(self) -> AddressText:
        """What was typed."""
        texts = {name: part.text.strip() for name, part in self.parts.items()}
        return AddressText(**texts, label=self._label)

    def _on_text_edited(self, _text: str) -> None:
        for part in self.parts.values():
            part.set_error("")
        self.edited.emit()


class AddressesEditor(Themed):
    """The addresses of a record; the first is the main one."""

    #: Something was typed, added or removed.
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[AddressBlock] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self.theme.metrics.group_gap)
        self.more = LinkButton(_tr("Add address"), icon="add")
        self._column.addWidget(self.more)
        self.more.clicked.connect(self._on_more)

    @property
    def addresses(self) -> tuple[AddressText, ...]:
        """What was typed, without empty ones."""
        return tuple(block.address for block in self.blocks if not block.address.is_empty)

    def show_addresses(self, addresses: Sequence[AddressText]) -> None:
        """Show these."""
        for block in list(self.blocks):
            self._drop(block)
        for address in addresses:
            self._add(address)

    def show_error(self, field: str, text: str) -> None:
        """Say what is wrong with a part of an address."""
        part = {"address": "street"}.get(field, field)
        for block in self.blocks:
            if part in block.parts and block.parts[part].text:
                block.parts[part].set_error(text)
                return

    def _add(self, address: AddressText) -> AddressBlock:
        block = AddressBlock(address)
        block.edited.connect(self.edited)
        block.removed.connect(self._on_removed)
        self.blocks.append(block)
        self._column.insertWidget(self._column.count() - 1, block)
        return block

    def _drop(self, block: AddressBlock) -> None:
        self.blocks.remove(block)
        self._column.removeWidget(block)
        block.hide()
        block.deleteLater()

    def _on_more(self) -> None:
        self._add(AddressText()).parts["street"].editor.setFocus()

    def _on_removed(self, block: AddressBlock) -> None:
        self._drop(block)
        self.edited.emit()


def _tr(text: str) -> str:
    return QCoreApplication.translate("PointEditors", text)
