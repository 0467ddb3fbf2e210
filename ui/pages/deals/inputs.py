"""The controls for the values of a deal: company and contact by search, the stage from a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from services.records.fields import EntityKind
from services.records.sales import StageRow
from services.values.numbers import POINT
from ui.pages import PageContext
from ui.pages.deals.money import typed_amount
from ui.pages.record.inputs import ChoiceInput, LineInput, ValueInput, make_input
from ui.pages.record.lookups import SUGGESTED, Lookups
from ui.pages.record.moments import as_typed
from ui.pages.record.suggestion_list import Suggestion, SuggestionList
from ui.tasks import Lane

_SEARCHED: Final = 24


class DealLookups(Lookups):
    """Finds contacts too, and knows the stages of the pipeline."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context.workspace, context.tasks, EntityKind.DEAL)
        self.stages: tuple[StageRow, ...] = ()
        self.decimal_mark: str = POINT

    def contacts(self, lane: Lane, text: str, then: Callable[[list[Suggestion]], None]) -> None:
        """Contacts whose name has words that begin so; a suggestion stands for a uid."""
        if not text.strip():
            lane.forget()
            then([])
            return
        search = self._workspace.search

        def find() -> list[Suggestion]:
            hits = [hit for hit in search.search(text, limit=_SEARCHED).hits if hit.entity == EntityKind.CONTACT]
            return [Suggestion(_line(hit.title, hit.snippet), f"{hit.id}:{hit.uid.hex()}") for hit in hits[:SUGGESTED]]

        lane.read(find).then(then)


def _line(name: str, where: str) -> str:
    return f"{name}, {where}" if where else name


class ContactInput(LineInput):
    """Somebody by search; what is typed without choosing is the name, or the email, of a contact."""

    def __init__(self, name: str, label: str, lookups: DealLookups, *, small: bool = False) -> None:
        super().__init__(name, label, placeholder=_tr("Type a name"), small=small)
        self._lookups = lookups
        self._lane = lookups.lane()
        self._chosen = ("", "")
        self.contact: int | None = None
        self.suggestions = SuggestionList(self.line.editor, self.line)
        self.suggestions.taken.connect(self._on_taken)
        self.line.text_edited.connect(self._on_name_typed)

    @property
    def text(self) -> str:
        shown = self.line.text.strip()
        name, uid = self._chosen
        return uid if uid and shown == name else shown

    def set_text(self, text: str) -> None:
        self._chosen, self.contact = ("", ""), None
        super().set_text(text)

    def _on_name_typed(self, text: str) -> None:
        self._chosen, self.contact = ("", ""), None
        self._lookups.contacts(self._lane, text, self.suggestions.offer)

    def _on_taken(self, suggestion: Suggestion) -> None:
        self._lane.forget()
        local_id, _, uid = suggestion.value.partition(":")
        name = suggestion.text.partition(", ")[0]
        self._chosen, self.contact = (name, uid), int(local_id)
        self.line.set_text(name)
        self.edited.emit()
        self.submitted.emit()


def make_deal_input(name: str, lookups: DealLookups, *, small: bool = False, label: str | None = None) -> ValueInput:
    """The control for a field of a deal; label "" shows none."""
    shown = deal_field_name(name) if label is None else label
    if name == "contact":
        return ContactInput(name, shown, lookups, small=small)
    if name == "stage":
        options: list[tuple[str, Any]] = [(stage.name, stage.name) for stage in lookups.stages]
        return ChoiceInput(name, shown, options, may_be_empty=False, small=small)
    made = make_input(EntityKind.DEAL, name, lookups, small=small, label=shown)
    if label == "":
        made.tell_name(deal_field_name(name))
    return made


def deal_value(name: str, value: object, currency: str, mark: str) -> str:
    """A value of a deal as a form shows it and reads it again."""
    if name == "amount" and isinstance(value, int):
        return typed_amount(value, currency, mark)
    return as_typed(value)


def deal_field_name(name: str) -> str:
    """What a field of a deal is called."""
    names = {
        "title": _tr("Title"),
        "amount": _tr("Amount"),
        "currency": _tr("Currency"),
        "company": _tr("Company"),
        "contact": _tr("Contact"),
        "pipeline": _tr("Pipeline"),
        "stage": _tr("Stage"),
        "probability": _tr("Probability, %"),
        "expected_close": _tr("Closes on"),
        "next_step": _tr("Next step"),
        "next_step_due": _tr("Due"),
        "competitor": _tr("Competitor"),
        "loss_reason": _tr("Why it was lost"),
        "owner": _tr("Owner"),
        "notes": _tr("Notes"),
        "won_at": _tr("Won"),
        "lost_at": _tr("Lost"),
        "created": _tr("Created"),
    }
    return names.get(name) or name.replace("_", " ").capitalize()


def _tr(text: str) -> str:
    return QCoreApplication.translate("DealFields", text)
