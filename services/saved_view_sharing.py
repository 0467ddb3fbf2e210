"""Saved views as files: what is written, and what of a file from elsewhere is believed."""

from __future__ import annotations

from typing import Any, Final

import orjson

from services.errors import InvalidValue
from services.records.fields import PLURALS, EntityKind
from services.records.saved_views import SavedView, ViewDraft

FORMAT: Final = "mycrm-view"
VERSION: Final = 1
LARGEST_BYTES: Final = 256 * 1024
_BY_PLURAL: Final = {plural: entity for entity, plural in PLURALS.items()}


class UnreadableViewFile(InvalidValue):
    """A file that is no saved view this program can take."""

    code = "view_file"


def to_bytes(view: SavedView) -> bytes:
    """The file of a view: JSON, without anybody's records in it but what the query names."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "kind": PLURALS[view.entity],
        "name": view.name,
        "query": view.query,
        "columns": list(view.columns),
        "sort": view.sort,
        "descending": view.descending,
        "grouping": view.grouping,
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def from_bytes(data: bytes) -> ViewDraft:
    """The view of a file. Raises UnreadableViewFile; what it names is checked when it is saved."""
    if len(data) > LARGEST_BYTES:
        raise _foreign("it is too large")
    try:
        document = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise _foreign("it is not JSON") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _foreign(f"it does not say that it is a {FORMAT}")
    version = document.get("version")
    if type(version) is not int or version < 1:
        raise _foreign("it does not say its version")
    if version > VERSION:
        raise UnreadableViewFile(
            "This view was saved by a newer program", "Update this one and try again.", code="view_file_too_new"
        )
    entity = _BY_PLURAL.get(_text(document, "kind"))
    if entity is None:
        raise _foreign(f"“{_text(document, 'kind')[:40]}” is no kind of record")
    return ViewDraft(
        entity=EntityKind(entity),
        name=_text(document, "name"),
        query=_text(document, "query"),
        columns=_texts(document, "columns"),
        sort=_text(document, "sort"),
        descending=_flag(document, "descending"),
        grouping=_text(document, "grouping"),
    )


def _text(document: dict[str, Any], name: str) -> str:
    value = document.get(name, "")
    if not isinstance(value, str):
        raise _foreign(f"its {name} is no text")
    return value


def _texts(document: dict[str, Any], name: str) -> tuple[str, ...]:
    value = document.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _foreign(f"its {name} are no list of texts")
    return tuple(value)


def _flag(document: dict[str, Any], name: str) -> bool:
    value = document.get(name, False)
    if not isinstance(value, bool):
        raise _foreign(f"its {name} is neither true nor false")
    return value


def _foreign(why: str) -> UnreadableViewFile:
    return UnreadableViewFile("This file is no saved view", f"Choose one that was exported here; {why}.", field="file")
