"""The registry of pages: every line leads somewhere, and none stands in another's way."""

from __future__ import annotations

import importlib

import pytest

from ui.navigation import NAVIGATION, NavigationLine
from ui.theme.icon_names import GLYPHS


@pytest.mark.parametrize("line", NAVIGATION, ids=lambda line: line.name)
def test_every_line_has_a_page_that_can_be_made(line: NavigationLine) -> None:
    module = importlib.import_module(f"ui.pages.{line.name}.page")
    assert callable(module.make_page)


@pytest.mark.parametrize("line", NAVIGATION, ids=lambda line: line.name)
def test_every_line_has_an_icon_and_a_title(line: NavigationLine) -> None:
    assert line.icon in GLYPHS
    assert line.title


def test_no_two_lines_share_a_name_or_a_letter() -> None:
    assert len({line.name for line in NAVIGATION}) == len(NAVIGATION)
    assert len({line.letter for line in NAVIGATION}) == len(NAVIGATION)
    assert all(len(line.letter) == 1 and line.letter.isupper() for line in NAVIGATION)


def test_groups_stand_together_in_the_rail() -> None:
    groups = [line.group for line in NAVIGATION]
    assert groups == sorted(groups)
