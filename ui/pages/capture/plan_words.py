"""What saving a line makes, in the language of the window: "Add 1 deal and 1 task"."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QCoreApplication

from services.records.capture import CapturePlan, PlannedChange
from ui.operations.wording import things

translate = QCoreApplication.translate


def made_words(plan: CapturePlan) -> str:
    """What comes in: "1 deal and 1 task"; empty where a line only changes what is there."""
    made = Counter(record.entity for record in plan.records if record.change is PlannedChange.CREATE)
    said = [things(entity.value, count) for entity, count in made.items()]
    if len(said) <= 1:
        return "".join(said)
    return translate("CapturePlan", "{some} and {last}").format(some=", ".join(said[:-1]), last=said[-1])


def plan_words(plan: CapturePlan) -> str:
    """What the button says."""
    made = made_words(plan)
    if made:
        return translate("CapturePlan", "Add {things}").format(things=made)
    return translate("CapturePlan", "Save the change") if plan.records else ""
