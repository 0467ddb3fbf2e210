"""Sentences for what a change did, and for the command, import or undo that did it. Pure: reads nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from services.clock import from_millis
from services.explaining_values import Wording, day, field_of
from services.records.fields import PLURALS, EntityKind, FieldKind
from services.records.ledger import Origin
from services.store.aggregates import AggregateSpec, ColumnSpec, Document, PartSpec
from services.store.ledger.changes import Operation
from services.store.ledger.diff import Pairs, ordered
from services.store.queries.explaining import ChangeInBatch

_SILENT: Final = frozenset(
    {"created_at", "stage_entered_at", "normal", "digest", "position", "sequence", "calendar_uid", "all_day"}
)
"""What follows from something else, or tells nobody anything."""

_VERBS: Final = {
    "add": "added by hand",
    "change": "changed by hand",
    "change_many": "changed together with others",
    "delete": "moved to the trash",
    "restore": "restored",
    "tag": "tagged",
    "untag": "untagged",
    "import": "import",
    "merge": "merged with another",
    "move": "moved to another stage",
    "move_many": "moved to another stage together with others",
    "win": "marked as won",
    "lose": "marked as lost",
    "person": "people of a deal",
    "convert": "lead converted",
    "done": "marked as done",
    "snooze": "put off",
    "attach": "attached",
    "rename": "renamed",
    "link_company": "linked to a company",
    "unlink_company": "unlinked from a company",
    "mark_point": "marked as verified or bounced",
    "starters": "made to start with",
    "invite": "people invited",
    "leave_out": "one occurrence left out",
    "ignore_pair": "never the same",
    "order": "put in order",
}


def command_words(label: str, records: int) -> str:
    """What a label code means: `contact.change_many` of 12 becomes `changed together with others (contact)`."""
    entity, _, action = label.partition(".")
    plural = PLURALS.get(EntityKind(entity), f"{entity}s") if entity in list(EntityKind) else entity
    if action == "import":
        return f"import of {records:,} {plural}" if records else f"import of {plural}"
    words = _VERBS.get(action, action.replace("_", " "))
    return f"{words} ({entity.replace('_', ' ')})"


def by_what(found: ChangeInBatch, when: Callable[[int], str]) -> str:
    """The command, import, sync, rule or undo that a change came from."""
    words = command_words(found.label, found.records)
    if found.origin == Origin.UNDO or found.undone_at is not None:
        again = "doing again" if found.kind == "redo" else "undoing"
        target = command_words(found.undone_label or found.label, 0)
        return f"{again}: {target}" + (f" of {when(found.undone_at)}" if found.undone_at is not None else "")
    if found.origin.startswith("sync:"):
        return f"sync with {found.origin.removeprefix('sync:')}: {words}"
    if found.origin == Origin.RULE:
        return f"a rule: {words}"
    if found.origin == Origin.TEAM:
        return f"a colleague's laptop: {words}"
    return words


def sentences(
    spec: AggregateSpec, found: ChangeInBatch, before: Document, after: Document, words: Wording
) -> list[str]:
    """A sentence for everything that one change made different."""
    told = []
    change = found.change
    if change.op is Operation.CREATE:
        told.append(f"The {spec.entity.value.replace('_', ' ')} came into being.")
    pairs = change.pairs
    for path, (old, new) in ordered(pairs):
        told += _told(spec, path, old, new, _Around(before, after, pairs, words))
    if found.erased:
        told.append("What was personal in this change has been erased.")
    return told


class _Around:
    """What a sentence needs beside the value: the record before and after, and the other values that changed."""

    def __init__(self, before: Document, after: Document, pairs: Pairs, words: Wording) -> None:
        self.before = before
        self.after = after
        self.pairs = pairs
        self.words = words

    def value(self, column: ColumnSpec, value: Any, *, old: bool) -> str:
        """A value before or after the change: money with the currency of then, whole days without a time."""
        document = self.before if old else self.after
        known = field_of(self.words.entity, column.name)
        if known is not None and known.kind is FieldKind.DAY_OR_MOMENT and document.get("all_day"):
            return day(from_millis(value).date().isoformat())
        return self.words.value(column, value, str(document.get("currency") or ""))


def _told(spec: AggregateSpec, path: str, old: Any, new: Any, around: _Around) -> Iterator[str]:
    keys = path.split("/")
    if keys[0] == "custom":
        label = around.words.custom_label(keys[1])
        yield _changed(label, old, new, lambda value, _: around.words.custom(keys[1], value))
        return
    if len(keys) == 1:
        column = spec.column_named(path)
        if column is not None and path not in _SILENT:
            yield from _column(column, old, new, around)
        return
    part = spec.part_named(keys[0])
    if part is None:
        return
    if len(keys) == 2:
        yield from _element(part, keys[1], old, new, around.words)
    else:
        yield from _inside(part, keys[1], keys[2], old, new, around)


def _column(column: ColumnSpec, old: Any, new: Any, around: _Around) -> Iterator[str]:
    words = around.words
    if column.name == "deleted_at":
        yield "Moved to the trash." if new is not None else "Taken out of the trash."
    elif column.name == "merged_into" and new is not None:
        yield f"It went into {words.value(column, new)}."
    elif column.name == "stage" and old is not None and new is not None:
        yield f"Moved from stage {words.value(column, old)} to {words.value(column, new)}."
    elif _TOLD_WITH.get(column.name, "") in around.pairs:
        return
    else:
        yield _changed(
            words.label(column.name),
            old,
            new,
            lambda value, is_old: around.value(column, value, old=is_old),
        )


def _changed(label: str, old: Any, new: Any, word: Callable[[Any, bool], str]) -> str:
    if old is None:
        return f"Set {label} to {word(new, False)}."
    if new is None:
        return f"Took {label} away; it was {word(old, True)}."
    return f"Changed {label} from {word(old, True)} to {word(new, False)}."


_TOLD_WITH: Final = {"status": "stage", "currency": "amount"}
"""What needs no sentence of its own where the other changed too."""

_NOUNS: Final = {
    "points": "contact point",
    "roles": "company",
    "relations": "relation to",
    "consents": "consent for",
    "domains": "domain",
    "contacts": "person",
    "attendees": "guest",
    "participants": "participant",
}


def _element(part: PartSpec, key: str, old: Any, new: Any, words: Wording) -> Iterator[str]:
    """An element that came or went."""
    if part.name == "tags":
        tag = words.linked(EntityKind.TAG, key)
        yield f"Tagged it {tag}." if new is not None else f"Took the tag {tag} off."
        return
    element = new if old is None else old
    described = words.linked(part.key_link, key) if part.key_link else _described(part, element, words)
    noun = _noun(part, element)
    if old is None:
        yield f"Added {noun} {described}."
    elif new is None:
        yield f"Removed {noun} {described}."
    else:
        yield f"Changed {noun} from {_described(part, old, words)} to {_described(part, new, words)}."


def _inside(part: PartSpec, key: str, name: str, old: Any, new: Any, around: _Around) -> Iterator[str]:
    """A value that changed inside an element."""
    if name in _SILENT:
        return
    element = around.after[part.name].get(key) or around.before[part.name].get(key) or {}
    column = next((column for column in part.columns if column.name == name), None)
    if column is None:
        return
    words = around.words
    noun = _noun(part, element)
    label = noun if name == "raw" else f"{words.label(name)} of {noun} {_described(part, element, words)}"
    yield _changed(label, old, new, lambda value, _: words.value(column, value))


def _noun(part: PartSpec, element: Document) -> str:
    """What an element is: of contact points which kind."""
    noun = _NOUNS.get(part.name, part.name)
    return str(element.get("kind") or noun) if part.name == "points" else noun


def _described(part: PartSpec, element: Document, words: Wording) -> str:
    """An element in a few words: what it links to or says, and what it is called."""
    parts = []
    for column in part.columns:
        value = element.get(column.name)
        if value is None or column.name in _SILENT or column.name in ("is_primary", "is_organizer", "kind"):
            continue
        if column.link is not None or column.name in ("raw", "domain", "email", "name", "channel"):
            parts.append(words.value(column, value))
    told = " ".join(parts) or "(erased)"
    details = [str(element[name]).replace("_", " ") for name in ("label", "role", "state") if element.get(name)]
    if part.name == "relations" and element.get("kind"):
        details.append(str(element["kind"]))
    spans = (("started_on", "from"), ("ended_on", "to"))
    details += [f"{word} {day(element[name])}" for name, word in spans if element.get(name)]
    return f"{told} ({', '.join(details)})" if details else told
