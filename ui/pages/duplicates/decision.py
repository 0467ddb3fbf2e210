"""What the user decided about two records: whose value each field takes, and what comes of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from services.records.duplicates import MergeField, MergePreview, Side


@dataclass(frozen=True, slots=True)
class Decision:
    """A preview with the choices that differ from what it suggests; locked fields cannot be chosen."""

    preview: MergePreview
    choices: Mapping[str, Side] = field(default_factory=dict)

    def side(self, found: MergeField) -> Side:
        """Whose value a field takes."""
        return self.choices.get(found.name, found.suggested)

    def takes(self, found: MergeField, side: Side) -> bool:
        """Whether the value of one of the two is taken."""
        return self.side(found) in (side, Side.BOTH)

    def chosen(self, name: str, side: Side) -> Decision:
        """With another choice; as it is where the field does not allow it."""
        found = next((known for known in self.preview.fields if known.name == name), None)
        if found is None or found.locked or not found.differs or (side is Side.BOTH and not both_fit(found)):
            return self
        others = {known: chosen for known, chosen in self.choices.items() if known != name}
        return replace(self, choices=others if side is found.suggested else {**others, name: side})

    def toggled(self, name: str, side: Side) -> Decision:
        """After a press on one of the two values: taken alone, or beside the other where both can be kept."""
        found = next((known for known in self.preview.fields if known.name == name), None)
        if found is None or not both_fit(found):
            return self.chosen(name, side)
        other = Side.OTHER if side is Side.KEEP else Side.KEEP
        if not self.takes(found, side):
            return self.chosen(name, Side.BOTH)
        return self.chosen(name, other) if self.takes(found, other) else self

    def on(self, preview: MergePreview) -> Decision:
        """The same choices on a newer reading of the same two records, as far as they still can be made."""
        carried = Decision(preview)
        for name, side in self.choices.items():
            carried = carried.chosen(name, side)
        return carried

    def result(self, found: MergeField) -> Any:
        """The value that the merged record will have, as a card shows it."""
        side = self.side(found)
        if side is not Side.BOTH:
            return found.keep if side is Side.KEEP else found.other
        if isinstance(found.keep, tuple) and isinstance(found.other, tuple):
            return (*found.keep, *(value for value in found.other if value not in found.keep))
        return "\n\n".join(str(value) for value in (found.keep, found.other) if value)


def says_something(value: Any) -> bool:
    """Whether a value is more than nothing."""
    return value is not None and value not in ("", ())


def both_fit(found: MergeField) -> bool:
    """Whether there are two values that can be kept beside each other."""
    return found.may_both and found.differs and says_something(found.keep) and says_something(found.other)


def equal_fields(preview: MergePreview) -> tuple[MergeField, ...]:
    """The fields in which both say the same, without those that say nothing."""
    return tuple(found for found in preview.fields if not found.differs and says_something(found.keep))
