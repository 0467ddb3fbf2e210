"""The strip under the top bar shows the most urgent announcement, and nothing when there is none."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ui.banner_place import Announcement, BannerPlace
from ui.theme.theme import Theme
from ui.widgets.banner import BannerKind


class Pressed:
    """Counts how often a button was pressed."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


def said(place: BannerPlace) -> str:
    """What the banner on show says."""
    return place.banner.accessibleName() if place.banner is not None and not place.isHidden() else ""


@pytest.fixture
def place(qtbot: QtBot, theme: Theme) -> BannerPlace:
    """A place without announcements."""
    place = BannerPlace()
    qtbot.addWidget(place)
    return place


def announcement(kind: BannerKind, clause: str, act: Pressed | None = None) -> Announcement:
    """One with a button."""
    return Announcement(kind, clause, "Because.", "Do it", act or Pressed())


def test_it_takes_no_room_without_an_announcement(place: BannerPlace) -> None:
    assert place.isHidden()


def test_the_most_urgent_goes_first_and_the_next_follows_it(place: BannerPlace) -> None:
    place.announce("policy", announcement(BannerKind.MANAGED, "Managed by IT."))
    place.announce("clock", announcement(BannerKind.ATTENTION, "Is it Monday?"))
    assert said(place).startswith("Is it Monday?")
    place.withdraw("clock")
    assert said(place).startswith("Managed by IT.")
    place.withdraw("policy")
    assert place.isHidden()


def test_the_button_acts_for_what_is_on_show(place: BannerPlace) -> None:
    first, second = Pressed(), Pressed()
    place.announce("policy", announcement(BannerKind.MANAGED, "Managed by IT.", first))
    place.announce("clock", announcement(BannerKind.ATTENTION, "Is it Monday?", second))
    assert place.banner is not None
    place.banner.action_pressed.emit()
    assert (first.times, second.times) == (0, 1)


def test_all_are_gone_when_the_workspace_is_closed(place: BannerPlace) -> None:
    place.announce("clock", announcement(BannerKind.ATTENTION, "Is it Monday?"))
    place.withdraw_all()
    assert place.isHidden()
