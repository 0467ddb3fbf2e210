"""The query language of lists and saved views: text, tree and chips; it knows no database."""

from services.filtering.describing import ChipText, describe
from services.filtering.parsing import parse
from services.filtering.rendering import render
from services.filtering.tree import (
    EVERYTHING,
    And,
    Comparison,
    Not,
    Operator,
    Or,
    Query,
    Words,
    all_of,
    any_of,
)
from services.filtering.unreadable import UnreadableQuery

__all__ = [
    "EVERYTHING",
    "And",
    "ChipText",
    "Comparison",
    "Not",
    "Operator",
    "Or",
    "Query",
    "UnreadableQuery",
    "Words",
    "all_of",
    "any_of",
    "describe",
    "parse",
    "render",
]
