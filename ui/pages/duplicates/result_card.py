"""The record as it will look: name, how to reach it, what is known, and what came from the other one."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.records.duplicates import MergeField, Side
from services.records.fields import EntityKind
from ui.pages.duplicates.decision import Decision, says_something
from ui.pages.duplicates.words import CONSENT, field_icon, in_reading_order, merge_field_name, part_text, value_text
from ui.pages.record.moments import Moments
from ui.theme.tokens import ColourRole, Tone
from ui.widgets.avatar import Avatar
from ui.widgets.card import Card
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.tag import Tag
from ui.widgets.themed import Themed

_IN_HEAD: Final = frozenset({"name", "title", "roles", "tags"})
_BARE: Final = frozenset({"email", "phone", "url", "website", "social", "address", "domains", "relations", "notes"})
_ALWAYS: Final = _BARE - {"notes"} | {"birthday"}
AVATAR: Final = 48


class ResultLine(Themed):
    """An icon, a value, and whose it was where it came from the other record."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconMark("field")
        self.text = ElidedLabel()
        self.source = Label(role="caption-medium", colour="accent_text")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self.source)
        self.restyle()

    def show_line(self, icon: str, text: str, source: str, *, colour: ColourRole) -> None:
        """Show a value."""
        self._icon.set_icon(icon)
        self.text.setText(text)
        self.text.set_colour(colour)
        self.source.setText(source)
        self.source.setVisible(bool(source))

    def restyle(self) -> None:
        self.setFixedHeight(self.theme.metrics.space_24 + self.theme.metrics.space_2)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(self.theme.metrics.row_gap)


class ResultCard(Card):
    """Changes with every choice."""

    def __init__(self, moments: Moments) -> None:
        super().__init__("")
        self.set_title(self.tr("Result"))
        self.set_metadata(self.tr("As it will look"))
        self._moments = moments
        self.lines: list[ResultLine] = []
        self._shown = 0
        self._avatars = {rounded: Avatar("", 0, size=AVATAR, rounded=rounded) for rounded in (False, True)}
        self.name = ElidedLabel(role="title")
        self.below = ElidedLabel(colour="text_2")
        head = QHBoxLayout()
        head.setSpacing(self.theme.metrics.group_gap)
        for avatar in self._avatars.values():
            head.addWidget(avatar)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.name)
        texts.addWidget(self.below)
        head.addLayout(texts, 1)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.tags = QWidget()
        self._flow = FlowLayout(self.tags, gap=self.theme.metrics.space_6)
        self._tags: list[tuple[str, bool]] = []
        self.body.addLayout(head)
        self.body.addLayout(self._column)
        self.body.addWidget(self.tags)

    @property
    def texts(self) -> list[tuple[str, str]]:
        """The lines on show: each value and whose it was."""
        return [(line.text.text(), line.source.text()) for line in self.lines[: self._shown]]

    def show_decision(self, decision: Decision) -> None:
        """Show what comes of it."""
        preview = decision.preview
        fields = {field.name: field for field in preview.fields}
        results = {name: decision.result(field) for name, field in fields.items()}
        self._show_head(decision, results)
        lines = [line for field in in_reading_order(preview.fields) for line in self._lines_of(field, decision)]
        for place, (icon, text, source, colour) in enumerate(lines):
            self._line_at(place).show_line(icon, text, source, colour=colour)
        self._shown = len(lines)
        for place, made in enumerate(self.lines):
            made.setVisible(place < len(lines))
        tags = fields.get("tags")
        self._show_tags(results.get("tags") or (), set(tags.keep or ()) if tags else set())

    def _show_head(self, decision: Decision, results: dict[str, Any]) -> None:
        preview = decision.preview
        rounded = preview.entity is EntityKind.COMPANY
        name = str(results.get("name") or preview.keep.name)
        for is_rounded, avatar in self._avatars.items():
            avatar.setVisible(is_rounded is rounded)
        self._avatars[rounded].set_person(name, int(preview.keep.id))
        self.name.setText(name)
        roles = results.get("roles") or ()
        parts = [results.get("title"), *roles] if not rounded else [results.get("industry"), *results["domains"][:1]]
        self.below.setText(", ".join(str(part) for part in parts if part))
        self.below.setVisible(bool(self.below.text()))

    def _lines_of(self, field: MergeField, decision: Decision) -> list[tuple[str, str, str, ColourRole]]:
        result, entity = decision.result(field), decision.preview.entity
        if field.name in _IN_HEAD or not says_something(result) or result is False:
            return []
        own = not field.differs or decision.side(field) is not Side.OTHER
        if own and field.name not in _ALWAYS and not field.locked:
            return []
        icon = field_icon(field.name)
        if isinstance(result, tuple):
            known = field.keep or ()
            return [(icon, part_text(one), self._source(decision, one in known), "text") for one in result]
        text = value_text(entity, field.name, result, self._moments)
        if field.name not in _BARE:
            text = f"{merge_field_name(field.name)}: {text}"
        warns = field.locked and (field.name == "do_not_contact" or result != "granted")
        colour: ColourRole = "warn" if warns and (field.name.startswith(CONSENT) or result) else "text"
        return [(icon, text, self._source(decision, own), colour)]

    def _source(self, decision: Decision, own: bool) -> str:
        return "" if own else self.tr("from {name}").format(name=decision.preview.other.name)

    def _line_at(self, place: int) -> ResultLine:
        while place >= len(self.lines):
            line = ResultLine()
            self._column.addWidget(line)
            self.lines.append(line)
        return self.lines[place]

    def _show_tags(self, tags: tuple[str, ...], own: set[str]) -> None:
        wanted = [(tag, tag in own) for tag in tags]
        if wanted != self._tags:
            self._tags = wanted
            self._flow.clear()
            for tag, is_own in wanted:
                tone, icon = (Tone.NEUTRAL, "") if is_own else (Tone.ACCENT, "add")
                self._flow.addWidget(Tag(tag, tone=tone, icon=icon))
        self.tags.setVisible(bool(wanted))
