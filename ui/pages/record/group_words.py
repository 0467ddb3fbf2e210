"""What the groups of a list are called: choices, months and what is empty in words, sums as money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate

from services.filtering.fields import Matching, fields_of
from services.records.fields import CUSTOM_PREFIX, EntityKind
from services.records.people import CustomField
from services.records.sales import Money
from services.records.saved_views import Group
from ui.pages.record.money_words import money
from ui.pages.record.wording import choice, field_name, own_field_label
from ui.theme.user_locale import user_locale

_MONTHLY: Final = frozenset({Matching.DATE, Matching.MOMENT, Matching.DAY_OR_MOMENT})
_MONTH: Final = re.compile(r"(\d{4})-(\d\d)")


def grouping_name(by: str, custom_fields: Sequence[CustomField] = ()) -> str:
    """What a field is called by which records are grouped."""
    own = next((field for field in custom_fields if CUSTOM_PREFIX + field.name == by), None)
    return own_field_label(own) if own is not None else field_name(by)


def group_label(entity: EntityKind, by: str, group: Group) -> str:
    """What stands in the head of a group."""
    if group.value is None:
        return _tr("No {field}").format(field=field_name("tag" if by == "tags" else by).lower())
    field = fields_of(entity).get(by)
    matching = field.matching if field is not None else Matching.DATE
    if matching is Matching.YES_NO:
        return _tr("Yes") if group.value else _tr("No")
    if matching is Matching.CHOICE:
        return choice(str(group.value))
    if matching in _MONTHLY:
        return _month(group.label)
    return group.label


def sums_text(sums: Money) -> str:
    """What a group of deals is worth, one sum a currency."""
    return ", ".join(money(minor_units, currency) for currency, minor_units in sums)


def _month(text: str) -> str:
    """`May 2026` for `2026-05`; a choice of a custom field as it is."""
    found = _MONTH.fullmatch(text)
    return user_locale().toString(QDate(int(found[1]), int(found[2]), 1), "MMMM yyyy") if found else text


def _tr(text: str) -> str:
    return QCoreApplication.translate("GroupWords", text)
