"""Keeps one main point of each kind, and one main role, when a change is taken back after others were made. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from services.store.aggregates import Document

_PARTS: Final = ("points", "roles")

Group = tuple[str, str]
"""A part of a document, and the kind of its elements; "" where they are all of one."""


def lost_primaries(before: Document, after: Document) -> list[Group]:
    """The groups that had one main element, or none at all, and have several or none among some now."""
    standing = dict(_groups(before))
    return [
        group
        for group, keys in _groups(after)
        if len(_primaries(after, group, keys)) != 1
        and len(_primaries(before, group, standing.get(group, []))) == bool(standing.get(group))
    ]


def settle_primaries(before: Document, after: Document) -> None:
    """Make one element of each such group the main one: that which was, else one that is, else the oldest."""
    groups = dict(_groups(after))
    for group in lost_primaries(before, after):
        part, keys = group[0], groups[group]
        was = {key for key, element in before[part].items() if element["is_primary"]}
        elements = after[part]
        heir = min(
            keys,
            key=lambda key: (
                key not in was,
                not elements[key]["is_primary"],
                bool(elements[key].get("ended_on")),
                key,
            ),
        )
        after[part] = {
            key: {**element, "is_primary": int(key == heir)} if key in keys else element
            for key, element in elements.items()
        }


def _groups(document: Document) -> Iterator[tuple[Group, list[str]]]:
    for part in _PARTS:
        found: dict[str, list[str]] = defaultdict(list)
        for key, element in document.get(part, {}).items():
            found[element.get("kind") or ""].append(key)
        for kind, keys in found.items():
            yield (part, kind), keys


def _primaries(document: Document, group: Group, keys: list[str]) -> list[str]:
    return [key for key in keys if document[group[0]][key]["is_primary"]]
