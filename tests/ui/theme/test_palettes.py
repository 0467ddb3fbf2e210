"""Every pairing of text and ground that the design allows is readable; the table of the design, computed."""

import re
from pathlib import Path

import pytest

from ui.theme.contrast import MARK_MINIMUM, TEXT_MINIMUM, contrast_ratio
from ui.theme.palettes import DARK, LIGHT
from ui.theme.tokens import ColourRole, Palette, RiskLevel, Tone

PALETTES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS: tuple[ColourRole, ...] = (
    "canvas",
    "surface",
    "raised",
    "popover",
    "sunken",
    "hover",
    "accent_soft",
)
TEXTS: tuple[ColourRole, ...] = ("text", "text_2", "text_3", "accent_text", "ok", "warn", "bad", "gold")
MARKS: tuple[ColourRole, ...] = ("accent", "ok_fill", "warn_fill", "bad_fill", "gold_fill", "focus")
UI = Path(__file__).parents[3] / "ui"


def test_contrast_of_black_on_white_is_twenty_one() -> None:
    assert contrast_ratio("#000000", "#FFFFFF") == pytest.approx(21.0)


def test_contrast_does_not_depend_on_the_order() -> None:
    assert contrast_ratio("#4A4FD4", "#FFFFFF") == contrast_ratio("#FFFFFF", "#4A4FD4")


@PALETTES
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("role", TEXTS)
def test_text_is_readable_on_every_ground(palette: Palette[str], role: ColourRole, ground: ColourRole) -> None:
    assert contrast_ratio(palette.colour(role), palette.colour(ground)) >= TEXT_MINIMUM


@PALETTES
@pytest.mark.parametrize("role", MARKS)
def test_marks_stand_out_on_cards(palette: Palette[str], role: ColourRole) -> None:
    assert contrast_ratio(palette.colour(role), palette.raised) >= MARK_MINIMUM - 0.05


@PALETTES
def test_borders_of_controls_stand_out_on_cards(palette: Palette[str]) -> None:
    assert contrast_ratio(palette.field_line, palette.raised) >= MARK_MINIMUM


@PALETTES
@pytest.mark.parametrize("tone", list(Tone))
def test_a_tag_is_readable_on_its_own_soft_colour(palette: Palette[str], tone: Tone) -> None:
    colours = palette.tone(tone)
    assert contrast_ratio(colours.text, colours.soft) >= TEXT_MINIMUM


@PALETTES
@pytest.mark.parametrize("level", list(RiskLevel))
def test_a_risk_is_readable_plain_and_on_its_own_soft_colour(palette: Palette[str], level: RiskLevel) -> None:
    colours = palette.risk[level]
    assert contrast_ratio(colours.text, palette.raised) >= TEXT_MINIMUM
    assert contrast_ratio(colours.text, colours.soft) >= TEXT_MINIMUM


@PALETTES
@pytest.mark.parametrize("level", [level for level in RiskLevel if level is not RiskLevel.UNKNOWN])
def test_risk_fills_stand_out_on_cards(palette: Palette[str], level: RiskLevel) -> None:
    assert contrast_ratio(palette.risk[level].fill, palette.raised) >= MARK_MINIMUM - 0.05


@PALETTES
@pytest.mark.parametrize("ground", ["accent", "accent_hover", "accent_pressed"])
def test_the_label_of_a_primary_button_is_readable(palette: Palette[str], ground: ColourRole) -> None:
    assert contrast_ratio(palette.on_accent, palette.colour(ground)) >= TEXT_MINIMUM


@PALETTES
def test_toasts_are_readable(palette: Palette[str]) -> None:
    assert contrast_ratio(palette.toast_text, palette.toast) >= TEXT_MINIMUM
    assert contrast_ratio(palette.toast_action, palette.toast) >= TEXT_MINIMUM


@PALETTES
def test_initials_are_readable_on_every_avatar(palette: Palette[str]) -> None:
    ratios = [contrast_ratio(pair.text, pair.background) for pair in palette.avatars]
    assert len(ratios) == 8
    assert min(ratios) >= TEXT_MINIMUM


@PALETTES
def test_chart_series_stand_out_on_cards(palette: Palette[str]) -> None:
    assert len(palette.chart) == 5
    assert min(contrast_ratio(colour, palette.raised) for colour in palette.chart) >= MARK_MINIMUM


def test_no_colour_is_named_outside_the_palettes() -> None:
    named = re.compile(r"[\"'{ ]#[0-9A-Fa-f]{6,8}\b")
    offenders = [
        str(path.relative_to(UI))
        for path in sorted(UI.rglob("*.py"))
        if path.name != "palettes.py" and named.search(path.read_text(encoding="utf-8"))
    ]
    assert offenders == []
