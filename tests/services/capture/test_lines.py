"""Every line that was written before there was a parser is read as it says; the few that are not are named."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import pytest

from services.capture.known import KnownNames
from tests.services.capture.corpus import LINES, ORDINARY, captured, group_of, lost_words, problems

KNOWN_FAILURES: Final[dict[str, str]] = {}
"""Lines that are read otherwise, by id, with the reason; one that comes to pass must leave the list."""

LEAST_ORDINARY, LEAST_AWKWARD = 0.95, 0.85


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{group_of(line)}-{line['id']}")
def test_a_line_is_read_as_it_is_meant(line: dict[str, Any], known: KnownNames) -> None:
    found = captured(line, known)
    wrong = problems(line, found)
    assert lost_words(found) == []
    if line["id"] in KNOWN_FAILURES:
        assert wrong, "It passes now: take it off the list."
    else:
        assert wrong == [], f"{line['line']!r}: {line['why']}"


def test_few_lines_are_on_the_list_and_each_is_a_line() -> None:
    lines = Counter(group_of(line) == ORDINARY for line in LINES)
    failing = Counter(identity.startswith(ORDINARY) for identity in KNOWN_FAILURES)
    assert set(KNOWN_FAILURES) <= {line["id"] for line in LINES}
    assert len(LINES) == len({line["id"] for line in LINES}) == 423
    assert (1 - failing[True] / lines[True], 1 - failing[False] / lines[False]) >= (LEAST_ORDINARY, LEAST_AWKWARD)
    assert 1 - failing[False] / lines[False] >= LEAST_AWKWARD
