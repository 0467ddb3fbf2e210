"""The numbers of the design: spacing, radii, type, metrics and motion; no other module of `ui` names any."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from enum import IntEnum, StrEnum
from typing import Final, Generic, Literal, TypeVar

C = TypeVar("C")
D = TypeVar("D")

ColourRole = Literal[
    "canvas",
    "surface",
    "raised",
    "popover",
    "sunken",
    "code",
    "hover",
    "pressed",
    "segment_on",
    "line",
    "line_strong",
    "field_line",
    "toast",
    "toast_text",
    "toast_action",
    "scrim",
    "shadow",
    "text",
    "text_2",
    "text_3",
    "accent_text",
    "ok",
    "warn",
    "bad",
    "gold",
    "accent",
    "accent_hover",
    "accent_pressed",
    "on_accent",
    "accent_soft",
    "accent_soft_2",
    "ok_soft",
    "ok_fill",
    "warn_soft",
    "warn_fill",
    "bad_soft",
    "bad_fill",
    "gold_soft",
    "gold_fill",
    "focus",
]
"""Every single colour by its name in the design; risk, charts and avatars are groups of their own."""


class RiskLevel(IntEnum):
    """How likely a customer is lost; UNKNOWN when the predictor abstains."""

    UNKNOWN = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4


class Sentiment(IntEnum):
    """The mood of one message; UNSURE when no statement can be made."""

    UNSURE = 0
    POSITIVE = 1
    NEUTRAL = 2
    NEGATIVE = 3


class Tone(StrEnum):
    """What a tag, a banner or a pill says by its colour; always beside a word."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    GOLD = "gold"


class Density(StrEnum):
    """How high the rows of tables and lists are."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"


class ThemeMode(StrEnum):
    """Where light or dark comes from."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


RISK_FLOORS: Final = ((0.70, RiskLevel.CRITICAL), (0.45, RiskLevel.HIGH), (0.20, RiskLevel.MEDIUM))


def risk_level_of(probability: float | None) -> RiskLevel:
    """The level of a probability between 0 and 1; None is an abstention."""
    if probability is None:
        return RiskLevel.UNKNOWN
    return next((level for floor, level in RISK_FLOORS if probability >= floor), RiskLevel.LOW)


@dataclass(frozen=True, slots=True)
class ToneColours(Generic[C]):
    """One meaning in three strengths: readable text, a fill for marks and a soft background."""

    text: C
    fill: C
    soft: C

    def mapped(self, convert: Callable[[C], D]) -> "ToneColours[D]":
        """The same tone in another representation of colour."""
        return ToneColours(text=convert(self.text), fill=convert(self.fill), soft=convert(self.soft))


@dataclass(frozen=True, slots=True)
class AvatarColours(Generic[C]):
    """Background and initials of one avatar pair."""

    background: C
    text: C


@dataclass(frozen=True, slots=True)
class Palette(Generic[C]):
    """Every colour of one mode; as text in `palettes`, as QColor in the running theme."""

    canvas: C
    surface: C
    raised: C
    popover: C
    sunken: C
    code: C
    hover: C
    pressed: C
    segment_on: C
    line: C
    line_strong: C
    field_line: C
    toast: C
    toast_text: C
    toast_action: C
    scrim: C
    shadow: C
    text: C
    text_2: C
    text_3: C
    accent_text: C
    ok: C
    warn: C
    bad: C
    gold: C
    accent: C
    accent_hover: C
    accent_pressed: C
    on_accent: C
    accent_soft: C
    accent_soft_2: C
    ok_soft: C
    ok_fill: C
    warn_soft: C
    warn_fill: C
    bad_soft: C
    bad_fill: C
    gold_soft: C
    gold_fill: C
    focus: C
    risk: dict[RiskLevel, ToneColours[C]]
    sentiment: dict[Sentiment, C]
    chart: tuple[C, ...]
    avatars: tuple[AvatarColours[C], ...]
    tiers: dict[str, C]

    def colour(self, role: ColourRole) -> C:
        """The colour of a role."""
        value: C = getattr(self, role)
        return value

    def tone(self, tone: Tone) -> ToneColours[C]:
        """Text, fill and soft background of a tone."""
        return {
            Tone.NEUTRAL: ToneColours(text=self.text_2, fill=self.field_line, soft=self.hover),
            Tone.ACCENT: ToneColours(text=self.accent_text, fill=self.accent, soft=self.accent_soft),
            Tone.OK: ToneColours(text=self.ok, fill=self.ok_fill, soft=self.ok_soft),
            Tone.WARN: ToneColours(text=self.warn, fill=self.warn_fill, soft=self.warn_soft),
            Tone.BAD: ToneColours(text=self.bad, fill=self.bad_fill, soft=self.bad_soft),
            Tone.GOLD: ToneColours(text=self.gold, fill=self.gold_fill, soft=self.gold_soft),
        }[tone]

    def mapped(self, convert: Callable[[C], D]) -> "Palette[D]":
        """The same palette in another representation of colour."""
        groups = {"risk", "sentiment", "chart", "avatars", "tiers"}
        flat = {item.name: convert(getattr(self, item.name)) for item in fields(self) if item.name not in groups}
        return Palette(
            **flat,
            risk={level: tone.mapped(convert) for level, tone in self.risk.items()},
            sentiment={mood: convert(colour) for mood, colour in self.sentiment.items()},
            chart=tuple(convert(colour) for colour in self.chart),
            avatars=tuple(
                AvatarColours(background=convert(pair.background), text=convert(pair.text)) for pair in self.avatars
            ),
            tiers={tier: convert(colour) for tier, colour in self.tiers.items()},
        )


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """One step of the type scale: size and line in pixels, weight 400 to 600, tracking in pixels."""

    size: int
    line: int
    weight: int
    tracking: float = 0.0
    mono: bool = False


TextRole = Literal[
    "caption",
    "caption-medium",
    "caption-strong",
    "body",
    "body-medium",
    "body-strong",
    "lead",
    "title",
    "display",
    "mono",
    "mono-lead",
]

TYPE_SCALE: Final[dict[TextRole, TypeStyle]] = {
    "caption": TypeStyle(12, 16, 400),
    "caption-medium": TypeStyle(12, 16, 500),
    "caption-strong": TypeStyle(12, 16, 600),
    "body": TypeStyle(13, 18, 400),
    "body-medium": TypeStyle(13, 18, 500),
    "body-strong": TypeStyle(13, 18, 600),
    "lead": TypeStyle(15, 20, 600),
    "title": TypeStyle(20, 26, 600, tracking=-0.2),
    "display": TypeStyle(28, 34, 600, tracking=-0.4),
    "mono": TypeStyle(12, 18, 400, mono=True),
    "mono-lead": TypeStyle(15, 26, 400, tracking=1.0, mono=True),
}


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes in logical pixels at 100 %; `scaled` gives those of another zoom."""

    space_2: int = 2
    space_4: int = 4
    space_6: int = 6
    space_8: int = 8
    space_12: int = 12
    space_16: int = 16
    space_20: int = 20
    space_24: int = 24
    space_32: int = 32
    page_margin: int = 24
    gap: int = 16
    lane_gap: int = 10
    card_pad: int = 16
    row_gap: int = 8
    group_gap: int = 12
    radius: int = 8
    radius_s: int = 6
    radius_xs: int = 3
    radius_check: int = 5
    radius_pop: int = 10
    radius_palette: int = 12
    icon_xs: int = 14
    icon_s: int = 16
    icon_m: int = 18
    icon_l: int = 20
    rail: int = 200
    rail_collapsed: int = 56
    nav_item: int = 32
    top_bar: int = 52
    search_width: int = 400
    page_header: int = 56
    tab_bar: int = 36
    tab_gap: int = 20
    tab_underline: int = 2
    filter_bar: int = 48
    control: int = 32
    control_s: int = 28
    button_pad: int = 12
    field_pad: int = 10
    label_gap: int = 6
    dialog: int = 536
    dialog_foot: int = 60
    banner: int = 40
    chip: int = 24
    chip_answer: int = 28
    chip_pad: int = 10
    tag: int = 20
    tag_pad: int = 7
    key_cap: int = 18
    key_cap_pad: int = 5
    pill: int = 28
    pill_pad: int = 12
    mark: int = 16
    risk_mark: int = 12
    switch_width: int = 32
    switch_height: int = 18
    switch_knob: int = 14
    hit_area: int = 28
    row: int = 40
    row_compact: int = 32
    row_two_lines: int = 44
    table_head: int = 32
    cell_pad: int = 8
    current_bar: int = 3
    settings_row: int = 52
    panel: int = 400
    panel_narrow: int = 360
    panel_wide: int = 480
    progress: int = 6
    progress_thin: int = 4
    slider: int = 4
    verdict: int = 12
    avatar_xs: int = 20
    avatar_s: int = 24
    avatar_rail: int = 28
    avatar_m: int = 40
    avatar_l: int = 48
    card_head: int = 40
    toast: int = 44
    toast_two_lines: int = 60
    toast_progress_width: int = 304
    toast_progress: int = 76
    toast_lift: int = 24
    bulk_bar: int = 48
    bulk_bar_lift: int = 20
    popover_width: int = 388
    palette_width: int = 680
    palette_top: int = 96
    menu_item: int = 32
    start_choice: int = 70
    protection_row: int = 64
    timeline_icon: int = 24
    timeline_gap: int = 12
    empty_width: int = 208
    empty_height: int = 132
    empty_text: int = 400
    text_width: int = 760
    content_width: int = 1400
    shadow_margin: int = 24
    shadow_blur: int = 32
    shadow_drop: int = 12
    scrollbar: int = 10

    def scaled(self, zoom: float) -> "Metrics":
        """The same sizes at a zoom, each rounded to a whole pixel."""
        if zoom == 1.0:
            return self
        return replace(self, **{item.name: max(1, round(getattr(self, item.name) * zoom)) for item in fields(self)})


DISABLED_OPACITY: Final = 0.45
FOCUS_WIDTH: Final = 2
FOCUS_GAP: Final = 1
HAIRLINE: Final = 1
ICON_GRID: Final = 20
ICON_STROKE: Final = 1.75
MARK_STROKE: Final = 1.5

FAST_MS: Final = 90
NORMAL_MS: Final = 140
CELEBRATE_MS: Final = 150
TOAST_STAYS_MS: Final = 6000
BUSY_DELAY_MS: Final = 300
BUSY_TURN_MS: Final = 900
TOOLTIP_DELAY_MS: Final = 500

MINIMUM_ZOOM: Final = 0.8
MAXIMUM_ZOOM: Final = 2.0
